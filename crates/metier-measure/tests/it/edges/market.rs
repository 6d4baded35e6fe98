//! Rates, distances and signatures.

use metier_measure::minhash::{self, Bands, Index, MinHash, NearDuplicates};
use metier_measure::profile::{self, Need};
use metier_measure::rate::{self, Observed};
use metier_measure::shrink::{self, Gamma};

use super::*;

fn seen(events: f64, exposure: f64) -> Observed {
    Observed {
        events: n(events),
        exposure,
    }
}

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "rate::garwood",
        takes: &[N, R],
        gives: UP,
        call: |v| ends(rate::garwood(n(v[0]), v[1])),
        answers: &[
            &[0.0, 0.3],
            &[1e12, 0.3],
            &[1e9, 1e-12],
            &[30.0, 1.0 - f64::EPSILON / 2.0],
        ],
    },
    Edge {
        name: "rate::ratio",
        takes: &[N, F, N, F, F],
        gives: UP,
        call: |v| {
            let ratio = rate::ratio(seen(v[0], v[1]), seen(v[2], v[3]), v[4])?;
            assert!((0.0..=1.0).contains(&ratio.p_value));
            let known = [Some(ratio.lower), ratio.ratio, ratio.upper];
            let known: Vec<f64> = known.into_iter().flatten().collect();
            assert!(known.windows(2).all(|w| w[0] <= w[1] * (1.0 + 1e-9)), "{ratio:?}");
            Ok(known)
        },
        answers: &[
            &[1e12, 0.01, 1e12, 30.0, 0.3],
            &[0.0, 0.01, 1e12, 0.01, 0.3],
            &[1.0, 1e12, 0.0, 1e-12, 0.3],
        ],
    },
    Edge {
        name: "shrink::interval",
        takes: &[F, F, N, F, F],
        gives: UP,
        call: |v| ends(Gamma::new(v[0], v[1])?.after(seen(v[2], v[3]))?.interval(v[4])),
        answers: &[&[1e-9, 1e-9, 1e12, 1e12, 0.3], &[1e12, 1.0, 0.0, 1e-12, 0.3]],
    },
    Edge {
        name: "shrink::above",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| one(Gamma::new(v[0], v[1])?.above(v[2])),
        answers: &[&[0.3, 30.0, 1e9], &[1e12, 1e-9, 1e300], &[1e9, 1.0, 1e9]],
    },
    Edge {
        name: "shrink::fit",
        takes: &[N, F, N, F],
        gives: ANY,
        call: |v| {
            let fit = shrink::fit(&[seen(v[0], v[1]), seen(v[2], v[3]), seen(v[0], v[3])])?;
            assert!(fit.law.mean() > 0.0);
            Ok(vec![fit.law.shape(), fit.law.rate(), fit.ln_likelihood])
        },
        answers: &[
            &[30.0, 1.0, 0.0, 30.0],
            &[1.0, 1.0, 1.0, 1.0],
            &[1e9, 1.0, 1e9, 1.0],
        ],
    },
    Edge {
        name: "profile::rescale",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| one(profile::rescale(v[0], v[1], v[2])),
        answers: &[&[30.0, -1.0, 1e300], &[1e-300, 0.0, 1e-300]],
    },
    Edge {
        name: "profile::gap",
        takes: &[F, F, F, F],
        gives: UNIT,
        call: |v| {
            let need = |importance, level| Need { importance, level };
            let gap = profile::gap(&[need(v[0], v[1])], &[need(v[2], v[3])])?;
            Ok(vec![gap.missing, gap.unused])
        },
        answers: &[&[1e-300, 0.0, 1e-300, 1.0], &[1.0, 1.0, 0.3, 0.0]],
    },
    Edge {
        name: "profile::cosine",
        takes: &[F, F, F, F],
        gives: (-1.0, 1.0),
        call: |v| one(profile::cosine(&v[..2], &v[2..])),
        answers: &[&[1e-300, 0.0, 0.3, 1.0], &[1e150, -1.0, 1e150, 1e-300]],
    },
    Edge {
        name: "profile::euclid",
        takes: &[F, F, F, F],
        gives: UP,
        call: |v| one(profile::euclid(&v[..2], &v[2..])),
        answers: &[&[1e150, 0.0, -1e150, 0.0], &[0.0; 4]],
    },
    Edge {
        name: "minhash::new",
        takes: &[I],
        gives: UP,
        call: |v| {
            MinHash::new(i(v[0]), 1)?
                .signature(&[1, 2])
                .map(|s| vec![s.len() as f64])
        },
        answers: &[&[1.0], &[4096.0]],
    },
    Edge {
        name: "minhash::estimate_sd",
        takes: &[R, I],
        gives: UNIT,
        call: |v| one(minhash::estimate_sd(v[0], i(v[1]))),
        answers: &[&[0.0, 1.0], &[1.0, 4096.0], &[0.3, 5.0]],
    },
    Edge {
        name: "index::probability",
        takes: &[I, I, R],
        gives: UNIT,
        call: |v| one(Bands::new(i(v[0]), i(v[1]))?.probability(v[2])),
        answers: &[&[4096.0, 1.0, 1e-12], &[1.0, 4096.0, 1.0], &[4.0, 5.0, 0.0]],
    },
    Edge {
        name: "index::half",
        takes: &[I, I],
        gives: UNIT,
        call: |v| Ok(vec![Bands::new(i(v[0]), i(v[1]))?.half()]),
        answers: &[&[4096.0, 1.0], &[1.0, 4096.0]],
    },
    Edge {
        name: "index::new",
        takes: &[I],
        gives: UP,
        call: |v| Index::new(Bands::new(2, 2)?, i(v[0])).map(|index| vec![index.bytes() as f64]),
        answers: &[&[1.0]],
    },
    Edge {
        name: "near::new",
        takes: &[R],
        gives: UP,
        call: |v| {
            NearDuplicates::new(Bands::new(2, 2)?, v[0], 5, 1).map(|near| vec![near.index().len() as f64])
        },
        answers: &[&[1e-12], &[0.3], &[1.0 - f64::EPSILON / 2.0]],
    },
];

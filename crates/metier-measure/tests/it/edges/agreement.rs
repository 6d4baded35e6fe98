//! Agreement, two groups' rates, and the laws under them.

use metier_measure::agreement::Weights;
use metier_measure::agreement::icc::{self, icc};
use metier_measure::agreement::kappa::kappa;
use metier_measure::agreement::within::within;
use metier_measure::distribution;
use metier_measure::fisher::{self, Group};
use metier_measure::impact::impact;
use metier_measure::interval::Interval;

use super::{ANY, Edge, F, LN_P, N, R, UNIT, UP, count, n, one};

/// Group sizes up to the largest allowed and beyond; the last becomes the largest there is.
const SIZES: &[f64] = &[0.0, 1.0, 2.0, 30.0, 1e7, 1e7 + 1.0, 2e19];

/// Few, for tables.
const V: &[f64] = &[f64::NAN, -1.0, 0.0, 0.01, 1e99, 1e300];

fn group(selected: f64, of: f64) -> Group {
    Group {
        of: n(of),
        selected: n(selected),
    }
}

fn bounds(interval: Option<Interval>) -> Vec<f64> {
    interval.map_or(Vec::new(), |i| {
        // At a confidence near zero both are the same number, computed twice.
        assert!(i.lower <= i.upper + 1e-12 * i.upper.abs().max(1.0), "{i:?}");
        vec![i.lower, i.upper]
    })
}

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "distribution::f_upper",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| one(distribution::f_upper(v[0], v[1], v[2])),
        answers: &[
            &[0.0, 1.0, 1.0],
            &[1e300, 0.3, 1e12],
            &[5e-324, 1e12, 1e12],
            &[1.5, 1e12, 1e12],
        ],
    },
    Edge {
        name: "distribution::f_quantile",
        takes: &[R, R, R],
        gives: UP,
        call: |v| one(distribution::f_quantile(v[0], v[1], v[2])),
        answers: &[
            &[1e-12, 1.0, 30.0],
            &[1.0 - f64::EPSILON / 2.0, 30.0, 30.0],
            &[0.3, 1e12, 1e12],
        ],
    },
    Edge {
        name: "distribution::t_two_sided",
        takes: &[R, R],
        gives: UNIT,
        call: |v| one(distribution::t_two_sided(v[0], v[1])),
        answers: &[&[0.0, 1.0], &[1e12, 0.3], &[-1.0, 1e12], &[5e-324, 30.0]],
    },
    Edge {
        name: "distribution::t_quantile",
        takes: &[R, R],
        gives: ANY,
        call: |v| one(distribution::t_quantile(v[0], v[1])),
        answers: &[&[1e-300, 1e12], &[1e-12, 1.0], &[1.0 - f64::EPSILON / 2.0, 1.0]],
    },
    Edge {
        name: "fisher::two_sided",
        takes: &[N, SIZES, N, SIZES],
        gives: UNIT,
        call: |v| one(fisher::two_sided(group(v[0], v[1]), group(v[2], v[3]))),
        answers: &[
            &[0.0, 1.0, 0.0, 1.0],
            &[30.0, 1e7, 0.0, 1e7],
            &[30.0, 30.0, 0.0, 1e7],
        ],
    },
    Edge {
        name: "fisher::ln_two_sided",
        takes: &[N, SIZES, N, SIZES],
        gives: LN_P,
        call: |v| one(fisher::ln_two_sided(group(v[0], v[1]), group(v[2], v[3]))),
        answers: &[&[1.0, 1.0, 0.0, 1e7], &[2.0, 30.0, 30.0, 30.0]],
    },
    Edge {
        name: "impact::impact",
        takes: &[N, SIZES, N, SIZES, F],
        gives: UP,
        call: |v| {
            let got = impact(group(v[0], v[1]), group(v[2], v[3]), v[4])?;
            let known = [got.ratio, got.ratio_if_one_more].into_iter().flatten();
            let rates = [got.focal_rate, got.reference_rate, got.fisher_p];
            Ok(known.chain(rates).chain(bounds(got.katz)).collect())
        },
        answers: &[&[0.0, 1.0, 0.0, 1.0, 0.3], &[30.0, 1e7, 30.0, 30.0, 0.3]],
    },
    Edge {
        name: "icc::icc",
        takes: &[V, V, V, V, F],
        gives: ANY,
        call: |v| {
            let got = icc(&[vec![v[0], v[1]], vec![v[2], v[3]]], v[4])?;
            let all = [got.one, got.two, got.three, got.one_k, got.two_k, got.three_k];
            assert!(all.iter().all(|icc| (0.0..=1.0).contains(&icc.p) && icc.f >= 0.0));
            Ok(all
                .iter()
                .flat_map(|icc| [vec![icc.value], bounds(icc.interval)].concat())
                .collect())
        },
        answers: &[&[0.01, 0.3, 1.0, 30.0, 0.3], &[-1.0, 0.01, 0.0, 1e99, 0.01]],
    },
    Edge {
        name: "icc::spearman_brown",
        takes: &[R, R],
        gives: UNIT,
        call: |v| one(icc::spearman_brown(v[0], v[1])),
        answers: &[&[0.0, 1e9], &[1.0, 1e-300], &[5e-324, 5e-324]],
    },
    Edge {
        name: "icc::raters_needed",
        takes: &[R, R],
        gives: UP,
        call: |v| count(icc::raters_needed(v[0], v[1])),
        answers: &[&[1.0, 0.3], &[0.3, 1e-300], &[0.3, 0.3]],
    },
    Edge {
        name: "kappa::kappa",
        takes: &[F, F, F, F, F],
        gives: ANY,
        call: |v| {
            let scale = [0.0, 0.3, 1.0];
            let got = kappa(&v[..2], &v[2..4], &scale, Weights::Quadratic, v[4])?;
            Ok([
                vec![got.kappa, got.se, got.observed, got.expected],
                bounds(got.interval),
            ]
            .concat())
        },
        answers: &[&[0.0, 0.3, 0.0, 0.3, 0.3], &[0.0, 0.0, 0.3, 0.3, 0.3]],
    },
    Edge {
        name: "within::within",
        takes: &[R, R],
        gives: ANY,
        call: |v| {
            let got = within(&[v[0], v[1], 0.0], 100)?;
            Ok(vec![
                got.median,
                got.ad_mean,
                got.ad_median,
                got.range,
                got.r_wg.unwrap_or(0.0),
            ])
        },
        answers: &[&[0.0, 0.0], &[30.0, -1.0], &[5e-324, 1.0]],
    },
];

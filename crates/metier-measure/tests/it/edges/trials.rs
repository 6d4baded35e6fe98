//! Sequences of trials.

use metier_measure::accuracy;
use metier_measure::consistency;
use metier_measure::cusum::{self, Cusum};
use metier_measure::decay::{self, Batch, Discounted};
use metier_measure::sequential::{self, Ratio};
use metier_measure::share;

use super::*;

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "accuracy::ln_e",
        takes: &[N, N, R],
        gives: ANY,
        call: |v| one(accuracy::ln_e(n(v[0]), n(v[1]), v[2])),
        answers: &[
            &[1e9, 0.0, 1e-12],
            &[1e9, 1e9, 0.3],
            &[1e12, 1e9, 1e-300],
            &[0.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "accuracy::ln_e_mirror",
        takes: &[N, N, R],
        gives: ANY,
        call: |v| one(accuracy::ln_e_mirror(n(v[0]), n(v[1]), v[2])),
        answers: &[
            &[1e9, 0.0, 1e-12],
            &[1e9, 1e9, 0.3],
            &[1e12, 1e9, 1e-300],
            &[0.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "accuracy::bound",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| one(accuracy::bound(n(v[0]), n(v[1]), v[2])),
        answers: &[
            &[1e9, 0.0, 1e-300],
            &[1e9, 30.0, 0.3],
            &[1e12, 1e12, 0.3],
            &[0.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "accuracy::clean_needed",
        takes: &[N, N, F, F],
        gives: UP,
        call: |v| count(accuracy::clean_needed(n(v[0]), n(v[1]), v[2], v[3])),
        answers: &[&[1e9, 30.0, 0.01, 0.01], &[1e9, 30.0, 0.3, 1e-300]],
    },
    Edge {
        name: "accuracy::first_n",
        takes: &[N, R, R],
        gives: UP,
        call: |v| count(accuracy::first_n(n(v[0]), v[1], v[2])),
        answers: &[&[0.0, 0.3, 1e-300], &[1e9, 0.3, 0.3]],
    },
    Edge {
        name: "accuracy::fixed_n",
        takes: &[N, R, R],
        gives: UP,
        call: |v| count(accuracy::fixed_n(n(v[0]), v[1], v[2])),
        answers: &[&[0.0, 0.3, 1e-12], &[1e9, 0.3, 0.3]],
    },
    Edge {
        name: "accuracy::progress",
        takes: &[N, N, F, F],
        gives: UNIT,
        call: |v| one(accuracy::progress(n(v[0]), n(v[1]), v[2], v[3])),
        answers: &[&[1e9, 30.0, 1e-300, 0.01], &[1e9, 1e9, 0.3, 0.3]],
    },
    Edge {
        name: "accuracy::clopper_pearson",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| both(|s| accuracy::clopper_pearson(v[0], v[1], v[2], s)),
        answers: &[
            &[1e9, 0.0, 0.3],
            &[1e9, 1e9, 0.3],
            &[1e12, 1e9, 0.3],
            &[0.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "accuracy::binomial_p_value",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| one(accuracy::binomial_p_value(n(v[0]), n(v[1]), v[2])),
        answers: &[
            &[1e9, 0.0, 1e-300],
            &[1e9, 30.0, 1e-12],
            &[1e12, 1e9, 0.3],
            &[0.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "sequential::confidence_sequence",
        takes: &[N, N, F, F, &[0.5, 1.0, f64::NAN, 1e300]],
        gives: UNIT,
        call: |v| {
            ends(sequential::confidence_sequence(
                n(v[0]),
                n(v[1]),
                v[2],
                (v[3], v[4]),
            ))
        },
        answers: &[
            &[1e9, 0.0, 0.01, 1.0, 1.0],
            &[1e12, 1e9, 1e-300, 0.3, 0.5],
            &[1e9, 1e9, 0.3, 30.0, 0.5],
        ],
    },
    Edge {
        name: "sequential::new",
        takes: &[F, F, F, F],
        gives: ANY,
        call: |v| {
            Ratio::new(v[0], v[1], v[2], v[3]).map(|r| {
                assert!(r.clean_to_accept() > 0.0 && r.errors_to_reject() > 0.0 && r.clean_per_error() > 0.0);
                vec![r.accept, r.reject, r.on_error, r.on_success]
            })
        },
        answers: &[&[0.01, 0.3, 0.01, 0.3], &[1e-300, 0.3, 1e-300, 0.01]],
    },
    Edge {
        name: "share::exact",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| both(|sides| share::exact(n(v[0]), n(v[1]), v[2], sides)),
        answers: &[
            &[1e12, 0.0, 0.3],
            &[1e12, 1e12, 0.3],
            &[1.0, 1.0, 1e-12],
            &[30.0, 1.0, 1.0 - f64::EPSILON / 2.0],
        ],
    },
    Edge {
        name: "share::wilson",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| ends(share::wilson(n(v[0]), n(v[1]), v[2])),
        answers: &[
            &[1e9, 0.0, 0.3],
            &[1e9, 1e9, 0.3],
            &[1e12, 1.0, 0.3],
            &[1.0, 0.0, 0.3],
        ],
    },
    Edge {
        name: "share::agresti_coull",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| ends(share::agresti_coull(n(v[0]), n(v[1]), v[2])),
        answers: &[&[1e9, 0.0, 0.3], &[1e9, 1e9, 0.3], &[1.0, 0.0, 0.3]],
    },
    Edge {
        name: "share::jeffreys",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| both(|s| share::jeffreys(n(v[0]), n(v[1]), v[2], s)),
        answers: &[&[1e9, 0.0, 0.95], &[1e9, 1e9, 0.95], &[0.0, 0.0, 0.95]],
    },
    Edge {
        name: "share::jeffreys_at_least",
        takes: &[N, N, R],
        gives: UNIT,
        call: |v| one(share::jeffreys_at_least(n(v[0]), n(v[1]), v[2])),
        answers: &[&[1e9, 0.0, 0.3], &[1e9, 30.0, 1e-12], &[0.0, 0.0, 1.0]],
    },
    Edge {
        name: "consistency::tarone",
        takes: &[N, N, N, N],
        gives: ANY,
        call: |v| {
            consistency::tarone(&groups(v)).map(|t| {
                assert!(t.pearson >= 0.0 && (0.0..=1.0).contains(&t.p) && (0.0..=1.0).contains(&t.pearson_p));
                vec![t.rate, t.s, t.z, t.pearson]
            })
        },
        answers: &[
            &[1e9, 1.0, 30.0, 30.0],
            &[1e9, 0.0, 1e9, 1e9],
            &[30.0, 1.0, 0.0, 0.0],
        ],
    },
    Edge {
        name: "consistency::design_effect",
        takes: &[N, N, N, N],
        gives: UP,
        call: |v| one(consistency::design_effect(&groups(v))),
        answers: &[&[1e9, 1.0, 30.0, 30.0], &[1e9, 0.0, 1e9, 1e9]],
    },
    Edge {
        name: "consistency::effective_trials",
        takes: &[R, R],
        gives: UP,
        call: |v| one(consistency::effective_trials(v[0], v[1])),
        answers: &[&[1e12, 1e-300], &[0.0, 1e300]],
    },
    Edge {
        name: "consistency::korn_graubard",
        takes: &[N, N, F, F],
        gives: UNIT,
        call: |v| both(|s| consistency::korn_graubard(n(v[0]), n(v[1]), v[2], v[3], s)),
        answers: &[&[1e9, 30.0, 1e-300, 0.3], &[1e9, 1e9, 30.0, 0.3]],
    },
    Edge {
        name: "cusum::new",
        takes: &[R, R, R],
        gives: (0.0, 0.0),
        call: |v| Cusum::new(v[0], v[1], v[2]).map(|c| vec![c.statistic()]),
        answers: &[&[1e-300, 0.3, 1e300]],
    },
    Edge {
        name: "cusum::lattice",
        takes: &[R, R, R],
        gives: (1.0, 1e4),
        call: |v| {
            Cusum::new(v[0], v[1], v[2])?
                .lattice()
                .map(|l| vec![l.jump as f64, l.top as f64])
        },
        answers: &[&[1e-300, 0.3, 30.0], &[1e-12, 0.3, 1e-300]],
    },
    Edge {
        name: "cusum::cusum",
        takes: &[F, F, F],
        gives: UP,
        call: |v| cusum::cusum(&[true, false, true], v[0], v[1], v[2]).map(|t| t.statistic),
        answers: &[&[1e-300, 0.3, 30.0]],
    },
    Edge {
        name: "cusum::average_run_length",
        takes: &[F, F, F, F],
        gives: (1.0, f64::MAX),
        call: |v| one(cusum::average_run_length(v[0], v[1], v[2], v[3])),
        answers: &[&[0.01, 0.3, 30.0, 0.3], &[0.01, 0.3, 1e-300, 0.01]],
    },
    Edge {
        name: "decay::retained",
        takes: &[R, R],
        gives: UNIT,
        call: |v| one(decay::retained(v[0], v[1])),
        answers: &[&[1e300, 1e-300], &[0.0, 1e-300]],
    },
    Edge {
        name: "decay::age_until",
        takes: &[R, R],
        gives: UP,
        call: |v| one(decay::age_until(v[0], v[1])),
        answers: &[&[1e-300, 1e12], &[1.0, 1e300]],
    },
    Edge {
        name: "decay::discounted",
        takes: &[R, N, N, R],
        gives: UP,
        call: |v| {
            decay::discounted(
                &[Batch {
                    age: v[0],
                    successes: n(v[1]),
                    errors: n(v[2]),
                }],
                v[3],
            )
            .map(|d| {
                assert!((0.0..=1.0).contains(&d.mean()), "{d:?}");
                vec![d.successes, d.errors, d.trials()]
            })
        },
        answers: &[&[0.0, 1e9, 0.0, 1e-300], &[1e300, 1e9, 1e9, 1.0]],
    },
    Edge {
        name: "decay::quantile",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| {
            one(Discounted {
                successes: v[0],
                errors: v[1],
            }
            .quantile(v[2]))
        },
        answers: &[&[0.0, 0.0, 0.3], &[1e9, 1e9, 1e-300]],
    },
    Edge {
        name: "learning::error_at",
        takes: &[N],
        gives: UNIT,
        call: |v| one(curve().error_at(n(v[0]))),
        answers: &[&[1.0], &[2e19]],
    },
    Edge {
        name: "learning::error_at_most",
        takes: &[N, R],
        gives: UNIT,
        call: |v| one(curve().error_at_most(n(v[0]), v[1])),
        answers: &[&[2e19, 1e-300], &[1.0, 0.3]],
    },
];

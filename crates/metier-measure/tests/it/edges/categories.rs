//! Ordered categories and what speaks for them.

use metier_measure::evidence::{self, Curve, Item};
use metier_measure::ordinal::{self, OrdinalModel, Rating};
use metier_measure::range;

use super::*;

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "ordinal::new",
        takes: &[F, F, R],
        gives: ANY,
        call: |v| OrdinalModel::new(&v[..2], v[2]).map(|m| m.taus().to_vec()),
        answers: &[&[0.0, 30.0, 1.5]],
    },
    Edge {
        name: "ordinal::posterior",
        takes: &[I, F, F, R],
        gives: ANY,
        call: |v| {
            let rating = Rating {
                category: i(v[0]),
                leniency_mean: v[1],
                leniency_sd: v[2],
            };
            ordinal::posterior(&ordinal::equal_thresholds(4), v[3], &[rating; 3]).map(|p| {
                assert!(
                    (p.mass.iter().sum::<f64>() - 1.0).abs() < 1e-9 && p.sd >= 0.0,
                    "{p:?}"
                );
                [p.mass, p.at_least, vec![p.mean, p.sd]].concat()
            })
        },
        answers: &[&[4.0, 30.0, 0.0, 30.0], &[0.0, 30.0, 0.01, 0.3]],
    },
    Edge {
        name: "evidence::likelihood",
        takes: &[I, I, F, F, F],
        gives: UNIT,
        call: |v| {
            one(evidence::likelihood(
                i(v[0]),
                i(v[1]),
                true,
                Curve {
                    a: v[2],
                    g: v[3],
                    s: v[4],
                },
            ))
        },
        answers: &[&[0.0, 5.0, 1.0, 0.01, 0.01]],
    },
    Edge {
        name: "evidence::independence",
        takes: &[N, R],
        gives: UNIT,
        call: |v| one(evidence::independence(i(v[0]), v[1])),
        answers: &[&[1e9, 1.0], &[1.0, 0.0]],
    },
    Edge {
        name: "evidence::weight",
        takes: &[F, I, F, F, F],
        gives: UNIT,
        call: |v| one(evidence::weight(v[0], i(v[1]), v[2], v[3], v[4])),
        answers: &[&[1.0, 1.0, 0.3, 1e300, 1.0]],
    },
    Edge {
        name: "evidence::temper",
        takes: &[F, F, I, R],
        gives: UNIT,
        call: |v| {
            evidence::temper(
                &v[..2],
                &[Item {
                    target: i(v[2]),
                    supports: true,
                    weight: v[3],
                }],
                Curve::default(),
            )
        },
        answers: &[&[0.3, 1.0 - 0.3, 1.0, 1.0], &[0.3, 1.0 - 0.3, 1.0, 0.0]],
    },
    Edge {
        name: "evidence::change_if_removed",
        takes: &[I, I, R],
        gives: (-1.0, 1.0),
        call: |v| {
            evidence::change_if_removed(
                &[0.3, 1.0 - 0.3],
                &[Item {
                    target: i(v[0]),
                    supports: false,
                    weight: v[2],
                }],
                i(v[1]),
                Curve::default(),
            )
        },
        answers: &[&[1.0, 1.0, 1.0]],
    },
    Edge {
        name: "evidence::decibans",
        takes: &[I, F, F, R],
        gives: ANY,
        call: |v| {
            one(evidence::decibans(
                &v[1..3],
                Item {
                    target: i(v[0]),
                    supports: true,
                    weight: v[3],
                },
                Curve::default(),
            ))
        },
        answers: &[&[1.0, 0.3, 1.0 - 0.3, 1.0]],
    },
    Edge {
        name: "range::shortest_run",
        takes: &[F, F, R],
        gives: SHAPES,
        call: |v| range::shortest_run(&v[..2], v[2]).map(|r| vec![r.lo as f64, r.hi as f64, r.held.min(1.0)]),
        answers: &[&[0.3, 1.0 - 0.3, 0.3]],
    },
];

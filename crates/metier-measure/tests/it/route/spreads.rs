//! Ranges from three estimates.

use metier_measure::route::spread::{Spread, ThreePoint, longest, total};
use proptest::prelude::*;
use serde_json::Value;

fn table() -> Value {
    serde_json::from_str(include_str!("../../golden/spread.json")).unwrap()
}

fn rows(key: &str) -> Vec<Vec<Value>> {
    serde_json::from_value(table()[key].clone()).unwrap()
}

fn durations(value: &Value) -> Vec<ThreePoint> {
    let points: Vec<[f64; 3]> = serde_json::from_value(value.clone()).unwrap();
    points.into_iter().map(point).collect()
}

fn point([low, likely, high]: [f64; 3]) -> ThreePoint {
    ThreePoint { low, likely, high }
}

/// One end of the range, asked for by its probability.
fn end(of: impl Fn(f64) -> Spread, p: f64) -> Spread {
    of((2.0 * p - 1.0).abs().max(1e-12))
}

#[test]
fn sums_agree_with_a_finer_grid() {
    for row in rows("sums") {
        let (durations, p, want) = (
            durations(&row[0]),
            row[1].as_f64().unwrap(),
            row[2].as_f64().unwrap(),
        );
        let spread = end(|mass| total(&durations, mass).unwrap(), p);
        let got = if p < 0.5 {
            spread.independent.0
        } else {
            spread.independent.1
        };
        let width = spread.most - spread.least;
        assert!(
            (got - want).abs() < 2e-5 * width,
            "{durations:?} at {p}: {got}, {want}"
        );
    }
}

#[test]
fn single_durations_have_the_quantiles_of_their_law() {
    for row in rows("single") {
        let estimate = point(serde_json::from_value(row[0].clone()).unwrap());
        let (p, want) = (row[1].as_f64().unwrap(), row[2].as_f64().unwrap());
        assert!((estimate.quantile(p).unwrap() - want).abs() < 1e-9, "{row:?}");
    }
}

#[test]
fn the_later_of_two_chains_agrees_with_a_finer_grid() {
    for row in rows("later") {
        let (one, two) = (durations(&row[0]), durations(&row[1]));
        let (p, want) = (row[2].as_f64().unwrap(), row[3].as_f64().unwrap());
        let mut after = Vec::new();
        for chain in [one.len(), two.len()] {
            let first = after.len();
            after.extend((0..chain).map(|i| if i == 0 { vec![] } else { vec![first + i - 1] }));
        }
        let all = [one, two].concat();
        let spread = end(|mass| longest(&all, &after, mass).unwrap(), p);
        // The grid's rounding is upwards, at most a cell for each duration.
        let cell = spread.most / 4_096.0;
        let over = spread.independent.1 - want;
        assert!(
            over > -0.1 * cell && over < 3.5 * cell,
            "{row:?}: {over} in cells of {cell}"
        );
    }
}

#[test]
fn worked_example() {
    let spread = total(&[point([3.0, 5.0, 8.0]), point([25.0, 45.0, 80.0])], 0.8).unwrap();
    assert_eq!((spread.least, spread.most), (28.0, 88.0));
    assert!((spread.mean - (31.0 / 6.0 + 285.0 / 6.0)).abs() < 1e-12);
    assert!(spread.together.0 < spread.independent.0 && spread.independent.1 < spread.together.1);
    let certain = total(&[point([4.0, 4.0, 4.0]), point([2.0, 2.0, 2.0])], 0.8).unwrap();
    assert_eq!(certain.independent, (6.0, 6.0));
    assert_eq!(certain.together, (6.0, 6.0));
    let nothing = total(&[], 0.8).unwrap();
    assert_eq!((nothing.least, nothing.most, nothing.mean), (0.0, 0.0, 0.0));
}

#[test]
fn what_is_no_estimate_is_refused() {
    let good = point([1.0, 2.0, 3.0]);
    for bad in [
        [2.0, 1.0, 3.0],
        [1.0, 3.0, 2.0],
        [-1.0, 1.0, 2.0],
        [f64::NAN, 1.0, 2.0],
        [0.0, f64::NAN, 2.0],
        [0.0, 1.0, f64::INFINITY],
        [0.0, 1.0, 1e7],
    ] {
        assert!(total(&[good, point(bad)], 0.8).is_err(), "{bad:?}");
        assert!(point(bad).quantile(0.5).is_err());
    }
    for mass in [0.0, 1.0, f64::NAN, -0.5] {
        assert!(total(&[good], mass).is_err());
    }
    assert!(total(&vec![good; 4_001], 0.8).is_err());
    assert!(longest(&[good], &[vec![0]], 0.8).is_err() && longest(&[good], &[], 0.8).is_err());
}

fn estimates() -> impl Strategy<Value = Vec<ThreePoint>> {
    let one = (0.0..20.0, 0.0..20.0, 0.0..20.0)
        .prop_map(|(low, more, most)| point([low, low + more, low + more + most]));
    prop::collection::vec(one, 1..12)
}

proptest! {
    #[test]
    fn ranges_are_nested_and_within_the_extremes(durations in estimates(), links in prop::collection::vec(0_usize..12, 24)) {
        let narrow = total(&durations, 0.5).unwrap();
        let wide = total(&durations, 0.9).unwrap();
        let slack = 1e-3 * (wide.most - wide.least) + 1e-9;
        for (inner, outer) in [(narrow.independent, wide.independent), (narrow.together, wide.together)] {
            prop_assert!(outer.0 <= inner.0 && inner.1 <= outer.1);
            prop_assert!(wide.least <= outer.0 + 1e-9 && outer.1 <= wide.most + 1e-9);
        }
        prop_assert!(wide.together.0 <= wide.independent.0 + slack);
        prop_assert!(wide.independent.1 <= wide.together.1 + slack);

        let after: Vec<Vec<usize>> = (0..durations.len())
            .map(|i| links[2 * i..2 * i + 2].iter().copied().filter(|b| *b < i).collect())
            .collect();
        let path = longest(&durations, &after, 0.9).unwrap();
        prop_assert!(path.least <= path.most && path.most <= wide.most + 1e-9);
        prop_assert!(path.independent.0 <= path.independent.1 && path.together.0 <= path.together.1);
        prop_assert!(path.least <= path.independent.0 + 1e-9 && path.independent.1 <= path.most + 1e-9);
    }
}

//! Stated probabilities against tables of an arbitrary-precision tool; see `tests/golden/forecast.py`.

use metier_measure::forecast::{
    Edges, Forecast, brier, check, decompose, log_score, overall, pooled, reliability,
};
use serde_json::Value;

use crate::assert_near;

fn table() -> Value {
    serde_json::from_str(include_str!("../golden/forecast.json")).unwrap()
}

/// A number, or a number kept as text for its digits.
fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn told(set: &Value) -> Vec<Forecast> {
    let of = |row: &Value| Forecast {
        stated: number(&row[0]),
        came: row[1].as_bool().unwrap(),
    };
    set["told"].as_array().unwrap().iter().map(of).collect()
}

fn each_set(see: impl Fn(&Value, &[Forecast], &str)) {
    for (place, set) in table()["sets"].as_array().unwrap().iter().enumerate() {
        see(set, &told(set), &format!("set {place}"));
    }
}

#[test]
fn scores() {
    each_set(|set, told, what| {
        assert_near(brier(told).unwrap(), number(&set["brier"]), 1e-13, what);
        assert_near(log_score(told).unwrap(), number(&set["log_score"]), 1e-13, what);
    });
}

#[test]
fn decompositions() {
    let edges: Vec<f64> = table()["edges"].as_array().unwrap().iter().map(number).collect();
    each_set(|set, told, what| {
        for (edges, name) in [(Edges::Values, "by_value"), (Edges::At(&edges), "by_edges")] {
            let got = decompose(told, edges).unwrap();
            let parts = [
                got.reliability,
                got.reliability_by_chance,
                got.resolution,
                got.uncertainty,
                got.spread,
                got.covariance,
            ];
            for (part, want) in parts.iter().zip(set[name].as_array().unwrap()) {
                assert_near(*part, number(want), 1e-13, &format!("{what} {name}"));
            }
        }
    });
}

#[test]
fn bins_with_exact_intervals() {
    let edges: Vec<f64> = table()["edges"].as_array().unwrap().iter().map(number).collect();
    each_set(|set, told, what| {
        let got = reliability(told, Edges::At(&edges), 1, 0.9).unwrap();
        let want = set["bins"].as_array().unwrap();
        assert_eq!(got.len(), want.len(), "{what}");
        for (bin, row) in got.iter().zip(want) {
            assert_near(bin.from, number(&row[0]), 1e-15, what);
            assert_near(bin.to, number(&row[1]), 1e-15, what);
            assert_eq!(
                [bin.count, bin.came].map(Some),
                [row[2].as_u64(), row[3].as_u64()],
                "{what}"
            );
            assert_near(bin.interval.lower, number(&row[4]), 1e-10, what);
            assert_near(bin.interval.upper, number(&row[5]), 1e-10, what);
        }
    });
}

#[test]
fn the_exact_law_of_the_number_that_comes() {
    each_set(|set, told, what| {
        let want = &set["overall"];
        let got = overall(told, 0.9).unwrap();
        assert_near(got.expected, number(&want[0]), 1e-13, what);
        assert_eq!(
            [got.came, got.low, got.high].map(Some),
            [want[1].as_u64(), want[2].as_u64(), want[3].as_u64()],
            "{what}"
        );
        assert_near(got.p_value, number(&want[4]), 1e-12, what);
        let check = check(told, 0.9, 0.1, 0.8).unwrap();
        assert_eq!(check.overall, got);
        assert_near(check.power_if_lower, number(&want[5]), 1e-12, what);
        assert_near(check.power_if_higher, number(&want[6]), 1e-12, what);
    });
}

#[test]
fn shares_that_rise() {
    each_set(|set, told, what| {
        let want = &set["isotonic"];
        let got = pooled(told).unwrap();
        for row in want["shares"].as_array().unwrap() {
            let value = number(&row[0]);
            let pool = got
                .pools
                .iter()
                .find(|p| p.from <= value && value <= p.to)
                .unwrap();
            assert_near(pool.share(), number(&row[1]), 1e-13, what);
        }
        let parts = [got.miscalibration, got.discrimination, got.uncertainty];
        for (part, want) in parts.iter().zip(want["parts"].as_array().unwrap()) {
            assert_near(*part, number(want), 1e-13, what);
        }
    });
}

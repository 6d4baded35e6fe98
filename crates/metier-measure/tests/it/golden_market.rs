//! Against tables of other tools; see `tests/golden/market.py`.

use metier_measure::multiple::benjamini_hochberg;
use metier_measure::rate::{Observed, garwood, ratio};
use metier_measure::shrink::{Gamma, Spread, fit};
use metier_measure::trend::{Series, Test, hamed_rao, mann_kendall, seasonal, seasonal_slope, theil_sen};
use serde_json::Value;

fn table() -> Value {
    serde_json::from_str(include_str!("../golden/market.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no count"))
}

fn rows<'a>(table: &'a Value, name: &str) -> &'a Vec<Value> {
    let rows = table[name].as_array().unwrap();
    assert!(!rows.is_empty());
    rows
}

/// Relative, also for small numbers.
#[track_caller]
fn assert_same(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!(
        (got - want).abs() <= tolerance * want.abs(),
        "{what}: got {got:e}, want {want:e}"
    );
}

#[test]
fn poisson_intervals_from_no_event_to_a_thousand_million() {
    for row in rows(&table(), "garwood") {
        let (k, confidence) = (count(&row[0]), number(&row[1]));
        let got = garwood(k, confidence).unwrap();
        // 1 - 0.999999 is known to ten digits of itself.
        assert_same(
            got.lower,
            number(&row[2]),
            1e-11,
            &format!("lower, {k} at {confidence}"),
        );
        assert_same(
            got.upper,
            number(&row[3]),
            1e-12,
            &format!("upper, {k} at {confidence}"),
        );
    }
}

#[test]
fn ratios_of_rates_with_few_events_and_with_many() {
    for row in rows(&table(), "ratio") {
        let now = Observed {
            events: count(&row[0]),
            exposure: number(&row[1]),
        };
        let before = Observed {
            events: count(&row[2]),
            exposure: number(&row[3]),
        };
        let got = ratio(now, before, 0.95).unwrap();
        // scipy's own precision is what limits the rows of a million events and more.
        let tolerance = if now.events + before.events > 1_000_000 {
            1e-7
        } else {
            1e-11
        };
        assert_same(got.p_value, number(&row[4]), tolerance, &format!("p of {row}"));
        if tolerance < 1e-10 {
            assert_same(got.lower, number(&row[5]), 1e-11, &format!("lower of {row}"));
            match (got.upper, row[6].as_f64()) {
                (Some(got), Some(want)) => assert_same(got, want, 1e-11, &format!("upper of {row}")),
                (got, want) => assert_eq!(got, want, "upper of {row}"),
            }
        }
    }
}

#[test]
fn gamma_posteriors_of_tiny_and_huge_shapes() {
    for row in rows(&table(), "gamma") {
        let observed = Observed {
            events: count(&row[0]),
            exposure: number(&row[1]),
        };
        let law = Gamma::new(number(&row[2]), number(&row[3])).unwrap();
        let after = law.after(observed).unwrap();
        assert_same(after.mean(), number(&row[4]), 1e-14, "mean");
        let held = after.interval(0.95).unwrap();
        assert_same(held.lower, number(&row[5]), 1e-11, &format!("lower of {row}"));
        assert_same(held.upper, number(&row[6]), 1e-11, &format!("upper of {row}"));
    }
}

#[test]
fn laws_of_rates_have_the_largest_likelihood() {
    for case in rows(&table(), "negative_binomial") {
        let things: Vec<Observed> = rows(case, "y")
            .iter()
            .zip(rows(case, "e"))
            .map(|(y, e)| Observed {
                events: count(y),
                exposure: number(e),
            })
            .collect();
        let got = fit(&things).unwrap();
        assert_eq!(got.spread, Spread::Estimated);
        // The likelihood is flat at its top: half the digits of its value remain for the place of it.
        assert_same(
            got.ln_likelihood,
            number(&case["ln_likelihood"]),
            1e-10,
            "likelihood",
        );
        assert_same(got.law.shape(), number(&case["shape"]), 1e-5, "shape");
        assert_same(got.law.mean(), number(&case["mean"]), 1e-6, "mean");
    }
}

#[track_caller]
fn assert_test(got: &Test, want: &Value, what: &str) {
    let parts = [got.score as f64, got.variance, got.tau, got.z];
    for (i, got) in parts.into_iter().enumerate() {
        let want = number(&want[i]);
        assert!(
            (got - want).abs() <= 1e-11 * want.abs(),
            "{what}, {i}: got {got:e}, want {want:e}"
        );
    }
    // One minus the normal law, as that tool takes it, has no digits beyond 1e-16.
    assert!((got.p_value - number(&want[4])).abs() <= 1e-14, "{what}: p");
}

#[test]
fn trends_with_ties_seasons_persistence_and_gaps() {
    let mut corrected = 0;
    for case in rows(&table(), "series") {
        let what = case["name"].as_str().unwrap();
        let values: Vec<Option<f64>> = rows(case, "x").iter().map(Value::as_f64).collect();
        let series = Series::new(&values).unwrap();
        assert_test(&mann_kendall(&series).unwrap(), &case["plain"], what);
        assert_test(&seasonal(&series, 12).unwrap(), &case["seasonal"], what);
        if case["hamed_rao"].is_array() {
            assert_test(&hamed_rao(&series, 0.05).unwrap(), &case["hamed_rao"], what);
            corrected += 1;
        } else if case.get("hamed_rao").is_some() {
            assert!(hamed_rao(&series, 0.05).is_err(), "{what}");
        }
        let near = |got: f64, want: &Value| {
            let want = number(want);
            assert!(
                (got - want).abs() <= 1e-12 * want.abs().max(1.0),
                "{what}: {got} {want}"
            );
        };
        let line = theil_sen(&series, 0.95, 1.0).unwrap();
        near(line.slope, &case["slope"][0]);
        near(line.intercept, &case["slope"][1]);
        if case["slope"].as_array().unwrap().len() == 4 {
            near(line.interval.lower, &case["slope"][2]);
            near(line.interval.upper, &case["slope"][3]);
        }
        let line = seasonal_slope(&series, 12, 0.8, 1.0).unwrap();
        near(line.slope, &case["seasonal_slope"][0]);
        near(line.intercept, &case["seasonal_slope"][1]);
    }
    assert!(corrected >= 15, "{corrected}");
}

#[test]
fn adjusted_p_values_with_ties_and_at_the_ends() {
    for row in rows(&table(), "adjusted") {
        let p: Vec<f64> = row[0].as_array().unwrap().iter().map(number).collect();
        let got = benjamini_hochberg(&p).unwrap();
        for (got, want) in got.iter().zip(row[1].as_array().unwrap()) {
            assert_same(*got, number(want), 1e-14, "adjusted");
        }
    }
}

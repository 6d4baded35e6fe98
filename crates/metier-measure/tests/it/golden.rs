//! Against tables of an arbitrary-precision tool; see `tests/golden/make.py`.

use metier_measure::accuracy::{
    Sides, bound, clean_needed, clopper_pearson, first_n, ln_e, ln_e_mirror, progress,
};
use metier_measure::ordinal::{Rating, equal_thresholds, posterior};
use metier_measure::special::{
    beta_quantile, gamma_quantile, gamma_upper_quantile, ln_beta, ln_inc_beta, ln_inc_beta_reg,
    ln_inc_gamma_reg, ln_inc_gamma_upper_reg,
};
use serde_json::Value;

use crate::assert_near;

fn table() -> Value {
    serde_json::from_str(include_str!("../golden/golden.json")).unwrap()
}

/// A number, or a number kept as text for its digits.
fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

#[test]
fn e_process_from_one_trial_to_a_million_million() {
    for row in table()["ln_e"].as_array().unwrap() {
        let (n, k, eps) = (
            row[0].as_u64().unwrap(),
            row[1].as_u64().unwrap(),
            number(&row[2]),
        );
        let mirror = row[3].as_bool().unwrap();
        let got = if mirror {
            ln_e_mirror(n, k, eps)
        } else {
            ln_e(n, k, eps)
        }
        .unwrap();
        assert_near(
            got,
            number(&row[4]),
            1e-9,
            &format!("n={n} k={k} eps={eps} mirror={mirror}"),
        );
    }
}

#[test]
fn incomplete_beta_for_any_shapes() {
    for row in table()["ln_inc_beta"].as_array().unwrap() {
        let (a, b, x) = (number(&row[0]), number(&row[1]), number(&row[2]));
        let what = format!("a={a} b={b} x={x}");
        let (raw, regular) = (number(&row[3]), number(&row[4]));
        // Where x sits on a steep slope its own rounding is what limits the answer.
        assert_near(
            ln_inc_beta(a, b, x).unwrap_or_else(|e| panic!("{what}: {e}")),
            raw,
            1e-9,
            &what,
        );
        assert_near(ln_inc_beta_reg(a, b, x).unwrap(), regular, 1e-9, &what);
        if regular > -700.0 && regular < -1e-9 {
            let p = regular.exp();
            let back = beta_quantile(a, b, p).unwrap();
            let again = ln_inc_beta_reg(a, b, back).unwrap();
            assert_near(again, regular, 1e-6, &format!("quantile of {what}"));
        }
    }
}

#[test]
fn beta_function_for_any_shapes() {
    for row in table()["ln_beta"].as_array().unwrap() {
        let (a, b) = (number(&row[0]), number(&row[1]));
        assert_near(
            ln_beta(a, b).unwrap(),
            number(&row[2]),
            1e-12,
            &format!("a={a} b={b}"),
        );
    }
}

#[test]
fn incomplete_gamma_for_any_shape() {
    for row in table()["ln_inc_gamma"].as_array().unwrap() {
        let (a, x) = (number(&row[0]), number(&row[1]));
        let (lower, upper) = (number(&row[2]), number(&row[3]));
        let what = format!("a={a} x={x}");
        let got = (
            ln_inc_gamma_reg(a, x).unwrap(),
            ln_inc_gamma_upper_reg(a, x).unwrap(),
        );
        assert_near(got.0, lower, 1e-12, &what);
        assert_near(got.1, upper, 1e-12, &what);
        // Of a value next to zero the digits themselves.
        if lower > -1e-9 && lower < -1e-300 {
            assert_near(got.0 / lower, 1.0, 1e-11, &what);
        }
        if lower > -600.0 && lower < -1e-9 && a > 1e-4 {
            let back = gamma_quantile(a, lower.exp()).unwrap();
            let again = ln_inc_gamma_reg(a, back).unwrap();
            assert_near(again, lower, 1e-9, &format!("quantile of {what}"));
        }
        if upper > -600.0 && upper < -1e-9 {
            let back = gamma_upper_quantile(a, upper.exp()).unwrap();
            let again = ln_inc_gamma_upper_reg(a, back).unwrap();
            assert_near(again, upper, 1e-9, &format!("upper quantile of {what}"));
        }
    }
}

#[test]
fn ordinal_posterior() {
    let table = &table()["ordinal"];
    let said: Vec<Rating> = table["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| Rating {
            category: usize::try_from(r[0].as_u64().unwrap()).unwrap(),
            leniency_mean: number(&r[1]),
            leniency_sd: number(&r[2]),
        })
        .collect();
    let after = posterior(&equal_thresholds(8), 1.3, &said).unwrap();
    assert_near(after.mean, number(&table["mean"]), 1e-9, "mean");
    assert_near(after.sd, number(&table["sd"]), 1e-9, "sd");
    for (k, want) in table["at_least"].as_array().unwrap().iter().enumerate() {
        assert_near(after.at_least[k], number(want), 1e-9, &format!("at least {k}"));
    }
}

#[test]
fn the_numbers_everyone_quotes() {
    assert_near(
        ln_e(500, 1, 0.01).unwrap().exp(),
        5.857_697_939_607,
        1e-11,
        "E(500, 1)",
    );
    assert_near(
        ln_e(100, 0, 0.01).unwrap().exp(),
        2.038_130_392_293_293_6,
        1e-12,
        "E(100, 0)",
    );
    for (eps, needed) in [(0.01, 377), (0.05, 74), (0.1, 36), (0.02, 188)] {
        assert_eq!(first_n(0, eps, 0.05), Ok(needed));
        assert_eq!(clean_needed(30, 0, eps, 0.05), Ok(needed - 30));
        assert!(progress(needed - 1, 0, eps, 0.05).unwrap() < 1.0);
        assert_eq!(progress(needed, 0, eps, 0.05), Ok(1.0));
    }
    let fixed = clopper_pearson(299.0, 0.0, 0.95, Sides::One).unwrap();
    assert_near(fixed.lower, 0.990_030_853_207_101, 1e-12, "Clopper-Pearson");
    for (n, claim) in [(30, 0.8816), (36, 0.9003), (74, 0.9501), (377, 0.9900)] {
        assert_near(bound(n, 0, 0.05).unwrap(), claim, 5e-5, "bound");
    }
}

#[test]
fn edges_are_answered_or_refused() {
    assert_eq!(ln_e(0, 0, 0.01), Ok(0.0));
    assert_eq!(ln_e_mirror(0, 0, 0.01), Ok(0.0));
    assert_eq!(bound(0, 0, 0.05), Ok(0.0));
    assert_eq!(bound(5, 5, 0.05), Ok(0.0));
    for eps in [0.0, 1.0, -0.1, f64::NAN, f64::INFINITY] {
        assert!(ln_e(10, 1, eps).is_err() && ln_e_mirror(10, 1, eps).is_err());
        assert!(bound(10, 1, eps).is_err() && progress(10, 1, 0.1, eps).is_err());
        assert!(clean_needed(10, 1, eps, 0.05).is_err() && clean_needed(10, 1, 0.1, eps).is_err());
    }
    assert!(ln_e(10, 11, 0.1).is_err() && ln_e(u64::MAX, 0, 0.1).is_err());
    assert!(clean_needed(0, 0, 1e-13, 0.05).is_err());
    assert!(clean_needed(0, 0, 1e-11, 0.05).unwrap() > 300_000_000_000);
    // Nothing but errors where next to none are claimed: the mean of t^(2k) over [0, 1].
    let hopeless = ln_e(1_000_000_000, 1_000_000_000, 1e-300).unwrap();
    assert_near(hopeless, -(2e9_f64 + 1.0).ln(), 1e-9, "all wrong");
    // One trial can prove something, if the claim is weak enough.
    assert!(bound(1, 0, 0.05).unwrap() > 0.0);
    let huge = bound(1_000_000_000, 0, 0.05).unwrap();
    assert!((1.0 - huge) * 1e9 > 3.0 && (1.0 - huge) * 1e9 < 4.0);
    assert!(clean_needed(1_000_000_000, 0, 1e-9, 0.05).is_ok());
}

//! Against `tests/golden/make_agreement.py`: tails and quantiles of t and F, Fisher's test in whole numbers, the
//! standard error of kappa by another package.

use metier_measure::agreement::Weights;
use metier_measure::agreement::kappa::kappa;
use metier_measure::distribution::{f_quantile, f_upper, t_quantile, t_two_sided};
use metier_measure::fisher::{Group, ln_two_sided, two_sided};
use serde_json::Value;

use crate::assert_near;

fn table() -> Value {
    serde_json::from_str(include_str!("../golden/golden_agreement.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

#[test]
fn tails_and_quantiles() {
    for row in table()["f_upper"].as_array().unwrap() {
        let (f, d1, d2, want) = (number(&row[0]), number(&row[1]), number(&row[2]), number(&row[3]));
        assert_near(
            f_upper(f, d1, d2).unwrap() / want,
            1.0,
            1e-12,
            &format!("F {row}"),
        );
        if d1.to_bits() == 1.0_f64.to_bits() {
            assert_near(t_two_sided(f.sqrt(), d2).unwrap() / want, 1.0, 1e-12, "t");
            assert_near(
                -t_quantile(0.5 * want, d2).unwrap() / f.sqrt(),
                1.0,
                1e-12,
                "t quantile",
            );
        }
    }
    for row in table()["f_quantile"].as_array().unwrap() {
        let (p, d1, d2, want) = (number(&row[0]), number(&row[1]), number(&row[2]), number(&row[3]));
        assert_near(
            f_quantile(p, d1, d2).unwrap() / want,
            1.0,
            1e-12,
            &format!("F quantile {row}"),
        );
    }
}

#[test]
fn fisher_in_whole_numbers() {
    for row in table()["fisher"].as_array().unwrap() {
        let count = |i: usize| row[i].as_u64().unwrap();
        let one = Group {
            selected: count(0),
            of: count(1),
        };
        let other = Group {
            selected: count(2),
            of: count(3),
        };
        // Far tails are smaller than any float: compare the logarithms then.
        let text = row[4].as_str().unwrap();
        let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
        let want: f64 = digits.parse::<f64>().unwrap().ln() + power.parse::<f64>().unwrap() * 10f64.ln();
        assert_near(
            ln_two_sided(one, other).unwrap(),
            want,
            1e-11,
            &format!("ln p {row}"),
        );
        assert_eq!(two_sided(one, other), two_sided(other, one));
    }
}

#[test]
fn kappa_by_another_package() {
    for case in table()["kappa"].as_array().unwrap() {
        let rows: Vec<Vec<u64>> = serde_json::from_value(case["table"].clone()).unwrap();
        let scale: Vec<f64> = (0..rows.len()).map(|i| i as f64).collect();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (i, row) in rows.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                for _ in 0..*count {
                    first.push(scale[i]);
                    second.push(scale[j]);
                }
            }
        }
        let weights = match case["weights"].as_str().unwrap() {
            "identity" => Weights::Identity,
            "linear" => Weights::Linear,
            _ => Weights::Quadratic,
        };
        let got = kappa(&first, &second, &scale, weights, 0.95).unwrap();
        assert_near(got.kappa, number(&case["kappa"]), 1e-12, "kappa");
        assert_near(got.se, number(&case["se"]), 1e-12, "standard error");
    }
}

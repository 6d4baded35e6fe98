//! Sections on ordered categories: the posterior of several raters, tempered evidence.

use metier_measure::decay::retained;
use metier_measure::evidence::{
    Curve, Item, change_if_removed, decibans, independence, likelihood, temper, weight,
};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use serde_json::Value;

use super::{f, list, u};
use crate::assert_near;

fn ratings(value: &Value) -> Vec<Rating> {
    let rating = |r: &Value| Rating {
        category: usize::try_from(u(&r[0])).unwrap(),
        leniency_mean: f(&r[1]),
        leniency_sd: f(&r[2]),
    };
    list(value).iter().map(rating).collect()
}

/// The sum behind `worked_example.json`: 40,001 equidistant points of `theta`, the indicator taken at each. Its
/// `P(theta > tau)` is that of a threshold moved to between two points, up to 2e-4 from the exact value.
fn on_the_references_grid(taus: &[f64], said: &[Rating]) -> Vec<f64> {
    let logistic = |v: f64| 1.0 / (1.0 + (-v).exp());
    let chance = |r: &Rating, theta: f64| -> f64 {
        let given = |z: f64| {
            let v = theta + r.leniency_mean + r.leniency_sd * z;
            let hi = taus.get(r.category).map_or(1.0, |t| logistic(t - v));
            let lo = r.category.checked_sub(1).map_or(0.0, |k| logistic(taus[k] - v));
            (-0.5 * z * z).exp() * (hi - lo)
        };
        (-32..=32).map(|i| given(f64::from(i) * 0.25)).sum()
    };
    let mut kinds: Vec<(Rating, i32)> = Vec::new();
    for rating in said {
        match kinds.iter_mut().find(|(kind, _)| kind == rating) {
            Some((_, count)) => *count += 1,
            None => kinds.push((*rating, 1)),
        }
    }
    let mut above = vec![0.0; taus.len()];
    let mut total = 0.0;
    for i in -20_000..=20_000 {
        let theta = 8.0 * 1.3 * f64::from(i) / 20_000.0;
        let prior = (-0.5 * (theta / 1.3) * (theta / 1.3)).exp();
        let density = kinds
            .iter()
            .fold(prior, |p, (kind, count)| p * chance(kind, theta).powi(*count));
        total += density;
        for (sum, tau) in above.iter_mut().zip(taus) {
            *sum += if theta > *tau { density } else { 0.0 };
        }
    }
    std::iter::once(1.0)
        .chain(above.iter().map(|a| a / total))
        .collect()
}

pub(super) fn v2_posterior(v: &Value) {
    let taus: Vec<f64> = list(&v["tau"]).iter().map(f).collect();
    let mut model = OrdinalModel::new(&taus, 1.3).unwrap();
    for case in list(&v["cases"]) {
        let said = ratings(&case["ratings_[rung,leniency_mean,leniency_sd]"]);
        let got = model.posterior(&said).unwrap();
        let want = &case["posterior"];
        assert_near(got.mean, f(&want["eap"]), 1e-6, "mean");
        assert_near(got.sd, f(&want["sd"]), 1e-6, "sd");
        for (k, want) in list(&want["p_rung_at_least"]).iter().enumerate() {
            assert_near(got.at_least[k], f(want), 1e-6, &format!("at least {k}"));
        }
    }
}

pub(super) fn worked_example(v: &Value) {
    let taus = equal_thresholds(8);
    for (got, want) in taus.iter().zip(list(&v["tau"])) {
        assert_near(*got, f(want), 1e-12, "threshold");
    }
    let said = ratings(&v["ratings_[rung,leniency_mean,leniency_sd]"]);
    let got = OrdinalModel::new(&taus, 1.3).unwrap().posterior(&said).unwrap();
    // The vector's numbers are those of its grid; the crate's are the exact ones (see `golden.rs`), and the
    // grid is no further from them than half a step times the density.
    let grid = on_the_references_grid(&taus, &said);
    for (k, want) in list(&v["p_rung_at_least"]).iter().enumerate() {
        assert_near(
            grid[k],
            f(want),
            1e-8,
            &format!("the reference's grid, at least {k}"),
        );
        assert_near(got.at_least[k], f(want), 2e-4, &format!("at least {k}"));
    }
}

pub(super) fn v4_evidence(v: &Value) {
    let prior: Vec<f64> = list(&v["prior"]).iter().map(f).collect();
    let (rho, half_life, curve) = (f(&v["rho"]), f(&v["H_months"]), Curve::default());
    let given = list(&v["items"]);
    let mut items = Vec::new();
    for item in given {
        let same = given
            .iter()
            .filter(|other| other["source"] == item["source"])
            .count();
        let weight = weight(
            f(&item["verifiability"]),
            same,
            rho,
            f(&item["age_months"]),
            half_life,
        )
        .unwrap();
        assert_near(
            independence(same, rho).unwrap(),
            f(&item["independence"]),
            1e-9,
            "independence",
        );
        let recency = retained(f(&item["age_months"]), half_life).unwrap();
        assert_near(recency, f(&item["recency"]), 1e-9, "recency");
        assert_near(weight, f(&item["weight"]), 1e-9, "weight");
        items.push(Item {
            target: usize::try_from(u(&item["target_rung"])).unwrap(),
            supports: item["supports"] == true,
            weight,
        });
    }
    let changes = change_if_removed(&prior, &items, 4, curve).unwrap();
    for ((item, want), change) in items.iter().zip(given).zip(changes) {
        let got = decibans(&prior, *item, curve).unwrap();
        assert_near(got, f(&want["decibans_for_target"]), 1e-9, "decibans");
        assert_near(
            change,
            f(&want["change_in_P(rung>=4)_if_removed"]),
            1e-9,
            "change",
        );
    }
    let tempered = temper(&prior, &items, curve).unwrap();
    for (got, want) in tempered.iter().zip(list(&v["posterior_tempered"])) {
        assert_near(*got, f(want), 1e-9, "tempered");
    }
    for (k, want) in list(&v["P_at_least"]).iter().enumerate() {
        assert_near(tempered[k..].iter().sum(), f(want), 1e-9, "at least");
    }
    let full: Vec<Item> = items.iter().map(|i| Item { weight: 1.0, ..*i }).collect();
    let untempered = temper(&prior, &full, curve).unwrap();
    for source in ["posterior_untempered", "pgmpy_untempered"] {
        for (got, want) in untempered.iter().zip(list(&v[source])) {
            assert_near(*got, f(want), 1e-9, source);
        }
    }
    let sum = likelihood(3, 2, true, curve).unwrap() + likelihood(3, 2, false, curve).unwrap();
    assert_near(sum, 1.0, 1e-15, "likelihood and its opposite");
}

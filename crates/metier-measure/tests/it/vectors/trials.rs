//! Sections on trials: sequential and fixed-sample tests, consistency, learning, decay.

use metier_measure::accuracy::{Sides, binomial_p_value, bound, clopper_pearson, first_n, ln_e};
use metier_measure::consistency::{Group, change_point, korn_graubard, runs_test, tarone};
use metier_measure::cusum::{average_run_length, cusum};
use metier_measure::decay::{Batch, age_until, discounted, retained};
use metier_measure::learning::learning_curve;

use super::{bits, f, list, u, vector};
use crate::assert_near;

#[test]
fn v1_binomial_r() {
    let Some(v) = vector("v1_binomial_R.json") else {
        return;
    };
    for case in list(&v["cases"]) {
        let (n, k) = (u(&case["n"]), u(&case["errors"]));
        let (real_n, real_k) = (f(&case["n"]), f(&case["errors"]));
        let two = clopper_pearson(real_n, real_k, 0.95, Sides::Two).unwrap();
        assert_near(two.lower, f(&case["cp95_two"][0]), 1e-9, "two-sided, lower");
        assert_near(two.upper, f(&case["cp95_two"][1]), 1e-9, "two-sided, upper");
        let one = clopper_pearson(real_n, real_k, 0.95, Sides::One).unwrap();
        assert_near(one.lower, f(&case["cp95_lower_one"]), 1e-9, "one-sided, lower");
        assert_near(one.upper, f(&case["cp95_upper_one"]), 1e-9, "one-sided, upper");
        let p = binomial_p_value(n, k, 0.01).unwrap();
        assert_near(p, f(&case["p_value_H0_acc_le_099"]), 1e-9, "p-value");
    }
    for case in list(&v["min_n_for_99pct_at_95conf"]) {
        let (k, n) = (u(&case["errors"]), u(&case["min_attempts"]));
        assert!(binomial_p_value(n, k, 0.01).unwrap() <= 0.05);
        assert!(binomial_p_value(n - 1, k, 0.01).unwrap() > 0.05);
    }
    for case in list(&v["clean_runs_needed"]) {
        let (n, eps, alpha) = (
            u(&case["clean_runs"]),
            1.0 - f(&case["acc"]),
            1.0 - f(&case["conf"]),
        );
        assert!(binomial_p_value(n, 0, eps).unwrap() <= alpha);
        assert!(binomial_p_value(n - 1, 0, eps).unwrap() > alpha);
    }
}

#[test]
fn v1_sequential() {
    let Some(v) = vector("v1_sequential.json") else {
        return;
    };
    let mut seen = 0;
    for case in list(&v["values"]).iter().filter(|c| f(&c["w0"]) == 0.0) {
        let got = ln_e(u(&case["n"]), u(&case["k"]), f(&case["eps"])).unwrap();
        assert_near(got, f(&case["ln_e"]), 1e-9, "ln E");
        assert_near(got.exp(), f(&case["e"]), 1e-9, "E");
        seen += 1;
    }
    assert_eq!(seen, 9);
    for case in list(&v["first_n_table"])
        .iter()
        .filter(|c| c["mixture"] == "Beta(.5,.5)|[0,eps]")
    {
        for (k, n) in case["first_n_certified_with_k_errors"].as_object().unwrap() {
            let got = first_n(k.parse().unwrap(), f(&case["eps"]), f(&case["alpha"])).unwrap();
            assert_eq!(got, u(n), "k={k}");
        }
    }
    for case in list(&v["korn_graubard"]) {
        let (n, k, deff) = (u(&case["n"]), u(&case["errors"]), f(&case["deff"]));
        let got = korn_graubard(n, k, deff, 0.95, Sides::One).unwrap();
        assert_near(got.lower, f(&case["lower_one95"]), 1e-9, "Korn-Graubard");
        let effective = metier_measure::consistency::effective_trials(f(&case["n"]), deff).unwrap();
        assert_near(effective, f(&case["n_eff"]), 1e-9, "effective trials");
    }
}

#[test]
fn v1_eprocess_table() {
    let Some(v) = vector("v1_eprocess_table.json") else {
        return;
    };
    for (name, case) in v["table"].as_object().unwrap() {
        let part = |i: usize| -> f64 {
            name.split(',')
                .nth(i)
                .unwrap()
                .split('=')
                .nth(1)
                .unwrap()
                .parse()
                .unwrap()
        };
        let (target, alpha) = (part(0), part(1));
        for (k, n) in list(&case["e_process_first_n_by_errors_0..5"]).iter().enumerate() {
            let (k, n) = (k as u64, u(n));
            assert_eq!(first_n(k, 1.0 - target, alpha).unwrap(), n, "{name} k={k}");
            // The bound is the inversion of the same gate.
            assert!(bound(n, k, alpha).unwrap() >= target - 1e-12);
            assert!(bound(n - 1, k, alpha).unwrap() < target);
        }
        for (k, n) in list(&case["fixed_n_by_errors_0..5"]).iter().enumerate() {
            assert!(binomial_p_value(u(n), k as u64, 1.0 - target).unwrap() <= alpha);
            assert!(binomial_p_value(u(n) - 1, k as u64, 1.0 - target).unwrap() > alpha);
        }
    }
}

#[test]
fn v1_consistency() {
    let Some(v) = vector("v1_consistency.json") else {
        return;
    };
    for case in list(&v["tarone"]) {
        let groups: Vec<Group> = list(&case["n"])
            .iter()
            .zip(list(&case["errors"]))
            .map(|(n, k)| Group {
                trials: u(n),
                errors: u(k),
            })
            .collect();
        let got = tarone(&groups).unwrap();
        assert_near(got.rate, f(&case["p"]), 1e-9, "rate");
        assert_near(got.s, f(&case["S"]), 1e-9, "S");
        assert_near(got.z, f(&case["Z"]), 1e-9, "Z");
        assert_near(got.p / f(&case["p_one_sided"]), 1.0, 1e-9, "p");
        assert_near(got.pearson, f(&case["pearson_X2"]), 1e-9, "X2");
    }
    for case in list(&v["runs"]) {
        let got = runs_test(&bits(&case["seq"])).unwrap();
        assert_near(got.z, f(&case["z"]), 1e-9, "runs z");
        assert_near(got.p / f(&case["p"]), 1.0, 1e-9, "runs p");
    }
    let case = &v["bernoulli_cusum"];
    let trace = cusum(&bits(&case["x"]), f(&case["p0"]), f(&case["p1"]), 4.5).unwrap();
    let want: Vec<f64> = list(&case["S"]).iter().map(f).collect();
    for (got, want) in trace.statistic.iter().zip(&want) {
        assert_near(*got, *want, 1e-9, "CUSUM");
    }
    assert_eq!(trace.statistic.len(), want.len());
    assert_eq!(trace.alarm, want.iter().position(|s| *s >= 4.5));
    for case in list(&v["bernoulli_cusum_arl_markov"]) {
        for (key, rate) in [
            ("ARL_in_control_err_.01", 0.01),
            ("ARL_err_.05", 0.05),
            ("ARL_err_.10", 0.1),
        ] {
            let got = average_run_length(f(&case["p0"]), f(&case["p1"]), f(&case["h"]), rate).unwrap();
            assert_near(got, f(&case[key]), 1e-9, key);
        }
    }
    let case = &v["changepoint"];
    let got = change_point(&bits(&case["x"])).unwrap();
    assert_near(got.half_lr, f(&case["max_half_LR"]), 1e-9, "half LR");
    assert_eq!(got.at as u64, u(&case["first_index_of_new_regime_0based"]));
}

#[test]
fn v1_learning_curve() {
    let Some(v) = vector("v1_learning_curve.json") else {
        return;
    };
    let errors = bits(&v["y"]);
    let fit = learning_curve(&errors).unwrap();
    assert_near(fit.intercept, f(&v["b"][0]), 1e-9, "intercept");
    assert_near(fit.slope, f(&v["b"][1]), 1e-9, "slope");
    assert_near(fit.intercept_se, f(&v["se"][0]), 1e-9, "se of the intercept");
    assert_near(fit.slope_se, f(&v["se"][1]), 1e-9, "se of the slope");
    assert_near(fit.deviance, f(&v["deviance"]), 1e-9, "deviance");
    let next = errors.len() as u64 + 1;
    assert_near(fit.error_at(next).unwrap(), f(&v["pred_err_next"]), 1e-9, "next");
    let upper = fit.error_at_most(next, 0.95).unwrap();
    assert_near(upper, f(&v["pred_err_upper95_one_sided"]), 1e-9, "upper");
}

#[test]
fn v3_decay() {
    let Some(v) = vector("v3_decay.json") else { return };
    let half_life = |kind: &str| match kind {
        "accuracy" => 6.5,
        "speed" => 13.0,
        _ => 11.0,
    };
    for case in list(&v["retained"]) {
        let half_life = half_life(case["kind"].as_str().unwrap());
        let got = retained(f(&case["months"]), half_life).unwrap();
        assert_near(got, f(&case["gain_retained"]), 1e-9, "retained");
    }
    for (kind, ages) in v["months_until_retained"].as_object().unwrap() {
        for (share, age) in ages.as_object().unwrap() {
            let got = age_until(share.parse().unwrap(), half_life(kind)).unwrap();
            assert_near(got, f(age), 1e-9, "age");
        }
    }
    for (month, want) in v["discounted_beta"]["at"].as_object().unwrap() {
        let now: f64 = month.parse().unwrap();
        let batches = [
            Batch {
                age: now,
                successes: 40,
                errors: 0,
            },
            Batch {
                age: now - 1.0,
                successes: 20,
                errors: 1,
            },
        ];
        let got = discounted(&batches, 6.5).unwrap();
        assert_near(got.successes, f(&want["s"]), 1e-9, "s");
        assert_near(got.errors, f(&want["k"]), 1e-9, "k");
        assert_near(got.trials(), f(&want["n_eff"]), 1e-9, "n");
        assert_near(got.mean(), f(&want["mean"]), 1e-9, "mean");
        assert_near(got.quantile(0.05).unwrap(), f(&want["lower05"]), 1e-9, "lower");
    }
}

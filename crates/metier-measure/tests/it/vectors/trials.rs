//! Sections on trials: sequential and fixed-sample tests, consistency, learning, decay.

use metier_measure::accuracy::{Sides, binomial_p_value, bound, clopper_pearson, first_n, fixed_n, ln_e};
use metier_measure::consistency::{
    Group, change_point, change_point_p, effective_trials, korn_graubard, runs_test, tarone,
};
use metier_measure::cusum::{Cusum, average_run_length, cusum};
use metier_measure::decay::{Batch, age_until, discounted, retained};
use metier_measure::learning::learning_curve;
use metier_measure::sequential::{Ratio, confidence_sequence};
use metier_measure::share::{agresti_coull, jeffreys, jeffreys_at_least, wilson};
use metier_measure::special::{beta_quantile, ln_inc_beta};

use serde_json::Value;

use super::{bits, f, list, u};
use crate::assert_near;
use crate::passage::Passage;

pub(super) fn binomial_r(v: &Value) {
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
        let approximate = wilson(n, n - k, 0.95).unwrap();
        assert_near(
            approximate.lower,
            f(&case["wilson95_two"][0]),
            1e-9,
            "Wilson, lower",
        );
        assert_near(
            approximate.upper,
            f(&case["wilson95_two"][1]),
            1e-9,
            "Wilson, upper",
        );
        // The file opens the interval where nothing or everything succeeded.
        let belief = jeffreys(n, n - k, 0.95, Sides::Two).unwrap();
        let lower = if k == n { 0.0 } else { belief.lower };
        let upper = if k == 0 { 1.0 } else { belief.upper };
        assert_near(lower, f(&case["jeffreys95_two"][0]), 1e-9, "Jeffreys, lower");
        assert_near(upper, f(&case["jeffreys95_two"][1]), 1e-9, "Jeffreys, upper");
        let one = jeffreys(n, n - k, 0.95, Sides::One).unwrap().lower;
        assert_near(one, f(&case["jeffreys_lower_one95"]), 1e-9, "Jeffreys, one-sided");
        let held = jeffreys_at_least(n, n - k, 0.99).unwrap();
        assert_near(held, f(&case["post_prob_acc_ge_099_jeffreys"]), 1e-9, "belief");
    }
    for case in list(&v["min_n_for_99pct_at_95conf"]) {
        let got = fixed_n(u(&case["errors"]), 0.01, 0.05).unwrap();
        assert_eq!(got, u(&case["min_attempts"]));
    }
    for case in list(&v["clean_runs_needed"]) {
        let (eps, alpha) = (1.0 - f(&case["acc"]), 1.0 - f(&case["conf"]));
        assert_eq!(fixed_n(0, eps, alpha).unwrap(), u(&case["clean_runs"]));
    }
}

pub(super) fn binomial_statsmodels(v: &Value) {
    for case in list(&v["cases"]) {
        let (n, confidence) = (u(&case["n"]), f(&case["conf"]));
        let errors = u(&case["errors"]);
        let hits = n - errors;
        let exact = clopper_pearson(n as f64, errors as f64, confidence, Sides::Two);
        for (name, got) in [
            ("beta", exact),
            ("wilson", wilson(n, hits, confidence)),
            ("jeffreys", jeffreys(n, hits, confidence, Sides::Two)),
            ("agresti_coull", agresti_coull(n, hits, confidence)),
        ] {
            let got = got.unwrap();
            assert_near(got.lower, f(&case[name][0]), 1e-9, name);
            assert_near(got.upper, f(&case[name][1]), 1e-9, name);
        }
    }
}

/// A bet against "the error rate is at least eps", by a law Beta(a, b) cut off at eps, with part of the stake on an
/// error rate of zero. Straight from the incomplete beta function, unlike [`ln_e`].
struct Mixture {
    a: f64,
    b: f64,
    at_zero: f64,
}

impl Mixture {
    fn named(name: &str) -> Self {
        let (a, at_zero) = match name {
            "uniform[0,eps]" => (1.0, 0.0),
            "Beta(.5,.5)|[0,eps]" => (0.5, 0.0),
            "half atom at 0 + half Beta(1,1)|[0,eps]" => (1.0, 0.5),
            "half atom at 0 + half Beta(.5,.5)|[0,eps]" => (0.5, 0.5),
            other => panic!("{other}: unknown"),
        };
        Self { a, b: a, at_zero }
    }

    fn ln_e(&self, n: u64, k: u64, eps: f64) -> f64 {
        let (wrong, right) = (k as f64, (n - k) as f64);
        let ratio = ln_inc_beta(self.a + wrong, self.b + right, eps).unwrap()
            - ln_inc_beta(self.a, self.b, eps).unwrap();
        let null = wrong * eps.ln() + right * (-eps).ln_1p();
        let atom = if k == 0 { self.at_zero * (-null).exp() } else { 0.0 };
        (atom + (1.0 - self.at_zero) * (ratio - null).exp()).ln()
    }
}

pub(super) fn sequential(v: &Value) {
    for case in list(&v["values"]) {
        let (n, k, eps) = (u(&case["n"]), u(&case["k"]), f(&case["eps"]));
        let bet = Mixture {
            a: f(&case["a"]),
            b: f(&case["b"]),
            at_zero: f(&case["w0"]),
        };
        let want = (f(&case["ln_e"]), f(&case["e"]));
        assert_near(bet.ln_e(n, k, eps), want.0, 1e-9, "ln E of the mixture");
        assert_near(bet.ln_e(n, k, eps).exp(), want.1, 1e-9, "E of the mixture");
        if bet.at_zero == 0.0 {
            assert_near(ln_e(n, k, eps).unwrap(), want.0, 1e-9, "ln E");
        }
    }
    for case in list(&v["first_n_table"]) {
        let (name, eps, alpha) = (
            case["mixture"].as_str().unwrap(),
            f(&case["eps"]),
            f(&case["alpha"]),
        );
        let bet = Mixture::named(name);
        for (k, n) in case["first_n_certified_with_k_errors"].as_object().unwrap() {
            let (k, n) = (k.parse().unwrap(), u(n));
            assert!(bet.ln_e(n, k, eps) >= -alpha.ln(), "{name} k={k}: proven");
            assert!(bet.ln_e(n - 1, k, eps) < -alpha.ln(), "{name} k={k}: not before");
            if name == "Beta(.5,.5)|[0,eps]" {
                assert_eq!(first_n(k, eps, alpha).unwrap(), n, "k={k}");
            }
        }
    }
    for (k, n) in v["fixed_n_table"].as_object().unwrap() {
        assert_eq!(fixed_n(k.parse().unwrap(), 0.01, 0.05).unwrap(), u(n));
    }
    for case in list(&v["quadrature_crosscheck"]) {
        let got = ln_e(u(&case["n"]), u(&case["k"]), 0.01).unwrap().exp();
        assert_near(got, f(&case["quad"]), 1e-9, "quadrature");
        assert_near(got, f(&case["closed"]), 1e-9, "closed form");
    }
    for case in list(&v["robbins_cs"]) {
        let (n, k, mixture) = (u(&case["n"]), u(&case["errors"]), (f(&case["a"]), f(&case["b"])));
        let got = confidence_sequence(n, k, f(&case["alpha"]), mixture).unwrap();
        assert_near(got.lower, f(&case["lower"]), 1e-9, "Robbins, lower");
        assert_near(got.upper, f(&case["upper"]), 1e-9, "Robbins, upper");
    }
    for case in list(&v["sprt"]) {
        let of = |name: &str| f(&case[name]);
        let test = Ratio::new(of("p_good"), of("p_bad"), of("alpha"), of("beta")).unwrap();
        for (name, got) in [
            ("upper_lnA", test.accept),
            ("lower_lnB", test.reject),
            ("inc_error", test.on_error),
            ("inc_ok", test.on_success),
            ("clean_runs_to_accept", test.clean_to_accept()),
            ("extra_clean_runs_per_error", test.clean_per_error()),
            ("errors_at_start_to_reject", test.errors_to_reject()),
        ] {
            assert_near(got, of(name), 1e-9, name);
        }
    }
    for case in list(&v["korn_graubard"]) {
        let (n, k, deff) = (u(&case["n"]), u(&case["errors"]), f(&case["deff"]));
        let got = korn_graubard(n, k, deff, 0.95, Sides::One).unwrap();
        assert_near(got.lower, f(&case["lower_one95"]), 1e-9, "Korn-Graubard");
        let effective = effective_trials(f(&case["n"]), deff).unwrap();
        assert_near(effective, f(&case["n_eff"]), 1e-9, "effective trials");
    }
    peeking(&v["peeking_simulation"]);
}

/// The share of simulated sequences that passed, against its exact value: within four standard errors of a
/// share of that many.
fn share_of(runs: u64, got: &Value, exact: f64) {
    let (share, runs) = (f(got), runs as f64);
    let passed = share * runs;
    assert_near(passed, passed.round(), 1e-9, "a share of the runs is a count");
    let error = (exact * (1.0 - exact) / runs).sqrt();
    assert!((share - exact).abs() <= 4.0 * error, "{share}, exactly {exact}");
}

fn peeking(v: &Value) {
    let (runs, horizon, rate) = (u(&v["reps"]), u(&v["horizon"]), f(&v["true_error"]));
    let gate = Passage::new(horizon, rate, |k| first_n(k, 0.01, 0.05).unwrap());
    share_of(runs, &v["e_process_false_certify"], gate.share());
    let naive = Passage::new(horizon, rate, |k| fixed_n(k, 0.01, 0.05).unwrap());
    share_of(runs, &v["naive_CP_peek_false_certify"], naive.share());
}

pub(super) fn eprocess_table(v: &Value) {
    for (name, case) in v["table"].as_object().unwrap() {
        let part = |i: usize| -> f64 {
            let pair = name.split(',').nth(i).unwrap();
            pair.split('=').nth(1).unwrap().parse().unwrap()
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
            let got = fixed_n(k as u64, 1.0 - target, alpha).unwrap();
            assert_eq!(got, u(n), "{name} k={k}");
        }
    }
    let (runs, horizon) = (u(&v["reps"]), u(&v["simulation_horizon"]));
    let simulated = &v["true_error->(share certified, median attempts at certification)"];
    for (rate, case) in simulated.as_object().unwrap() {
        let rate = rate.parse().unwrap();
        let gate = Passage::new(horizon, rate, |k| first_n(k, 0.01, 0.05).unwrap());
        let naive = Passage::new(horizon, rate, |k| fixed_n(k, 0.01, 0.05).unwrap());
        for (law, got) in [(gate, &case["e_process"]), (naive, &case["naive_peek_CP"])] {
            share_of(runs, &got[0], law.share());
            let passed = f(&got[0]) * runs as f64;
            law.assert_median(f(&got[1]), passed);
        }
    }
}

/// The same numbers by other crates of this language, as far as they are about trials.
pub(super) fn other_crates(v: &Value) {
    for case in list(&v["statrs_beta_inverse_cdf"]) {
        let got = beta_quantile(f(&case["alpha"]), f(&case["beta"]), f(&case["p"])).unwrap();
        assert_near(got, f(&case["rust"]), 1e-9, "beta quantile by statrs");
        assert_near(got, f(&case["R"]), 1e-9, "beta quantile by R");
    }
    let p = binomial_p_value(473, 1, 0.01).unwrap();
    assert_near(p, f(&v["binomial_cdf(1;473,.01)"]), 1e-9, "binomial");
    let case = &v["e_process_via_statrs_ln_beta_beta_reg"];
    for (i, (name, n, k)) in [("n100_k0", 100, 0), ("n500_k1", 500, 1), ("n800_k2", 800, 2)]
        .into_iter()
        .enumerate()
    {
        let got = ln_e(n, k, 0.01).unwrap().exp();
        assert_near(got, f(&case[name]), 1e-9, name);
        assert_near(got, f(&case["scipy"][i]), 1e-9, "by scipy");
    }
    let got = confidence_sequence(299, 0, 0.05, (1.0, 1.0)).unwrap().lower;
    for (by, want) in v["robbins_cs_299_0_alpha.05_Beta(1,1)"].as_object().unwrap() {
        assert_near(got, f(want), 1e-9, by);
    }
}

pub(super) fn consistency(v: &Value) {
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
        assert_eq!(got.df, u(&case["df"]));
        assert_near(got.pearson_p, f(&case["p_pearson"]), 1e-9, "p of X2");
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
        let chart = Cusum::new(f(&case["p0"]), f(&case["p1"]), f(&case["h"])).unwrap();
        let lattice = chart.lattice().unwrap();
        assert_eq!(lattice.jump as u64, u(&case["units_per_error"]));
        assert_eq!(lattice.top as u64, u(&case["H_units"]));
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
    // The reference drew 1999 orders and counted its own among them; here the chance is exact.
    let runs = 1999.0;
    let as_good = f(&case["perm_p_1999_seed7"]) * (runs + 1.0) - 1.0;
    assert_near(as_good, as_good.round(), 1e-9, "a share of the orders is a count");
    let exact = change_point_p(&bits(&case["x"])).unwrap();
    let error = (exact * (1.0 - exact) * runs).sqrt();
    assert!(
        (as_good - exact * runs).abs() <= 4.0 * error,
        "{as_good}, exactly {exact}"
    );
}

pub(super) fn learning(v: &Value) {
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

pub(super) fn decay(v: &Value) {
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
        let got = discounted(&batches, f(&v["discounted_beta"]["h"])).unwrap();
        assert_near(got.successes, f(&want["s"]), 1e-9, "s");
        assert_near(got.errors, f(&want["k"]), 1e-9, "k");
        assert_near(got.trials(), f(&want["n_eff"]), 1e-9, "n");
        assert_near(got.mean(), f(&want["mean"]), 1e-9, "mean");
        assert_near(got.quantile(0.05).unwrap(), f(&want["lower05"]), 1e-9, "lower");
    }
}

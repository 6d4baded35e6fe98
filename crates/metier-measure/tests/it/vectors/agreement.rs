//! Sections on agreement between raters.

use metier_measure::agreement::alpha::{Level, Resampling, alpha, bootstrap};
use metier_measure::agreement::chance::{Chance, Coefficient, coefficient};
use metier_measure::agreement::icc::{icc, raters_needed, spearman_brown};
use metier_measure::agreement::kappa::kappa;
use metier_measure::agreement::loevinger::loevinger;
use metier_measure::agreement::within::within;
use metier_measure::agreement::{Ratings, Weights, observed_scale};
use metier_measure::interval::Coverage;
use serde_json::Value;

use super::{bits, f, list, u};
use crate::assert_near;

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(f).collect()
}

fn ratings(value: &Value, skip: usize) -> Ratings {
    ratings_on(value, skip, None)
}

/// A table with a row for each unit, from one with a row for each rater; the first `skip` raters left out. The
/// scale is, as in the references, what was given, unless it is stated.
fn ratings_on(value: &Value, skip: usize, scale: Option<&[f64]>) -> Ratings {
    let raters = &list(value)[skip..];
    let unit = |i: usize| raters.iter().map(|rater| rater[i].as_f64()).collect();
    let rows: Vec<Vec<Option<f64>>> = (0..list(&raters[0]).len()).map(unit).collect();
    let observed = observed_scale(rows.iter().flatten().flatten().copied()).unwrap();
    Ratings::of_table(&rows, scale.unwrap_or(&observed)).unwrap()
}

/// One of irrCAC's results, which it rounds to five digits but for p.
fn check_coefficient(got: Coefficient, want: &Value, two_sided: bool) {
    let interval = got.interval.unwrap();
    // For alpha the reference divides what it has rounded already.
    let rounded = want["coefficient_name"] == "Krippendorff's Alpha";
    let quotient = if rounded {
        (got.value * 1e5).round() / 1e5
    } else {
        got.value
    };
    for (got, want) in [
        (got.value, &want["coefficient_value"]),
        (interval.lower, &want["confidence_interval"][0]),
        (interval.upper, &want["confidence_interval"][1]),
        (quotient / got.se, &want["z"]),
        (got.se, &want["se"]),
        (got.observed, &want["pa"]),
        (got.expected, &want["pe"]),
    ] {
        assert!((got - f(want)).abs() <= 5.1e-6, "got {got}, want {want}");
    }
    // The reference takes 1 - cdf, which keeps sixteen decimals, and for one coefficient only one tail.
    let p = got.p.unwrap() * if two_sided { 1.0 } else { 0.5 };
    let want = f(&want["p_value"]);
    assert!((p - want).abs() <= 1e-8 * want + 9e-16, "p {p:e}, want {want:e}");
}

pub(super) fn agreement(v: &Value) {
    let canonical = &v["krippendorff_canonical"];
    let table = ratings(&canonical["data_raters_x_units"], 0);
    for (level, name) in [
        (Level::Nominal, "nominal"),
        (Level::Ordinal, "ordinal"),
        (Level::Interval, "interval"),
        (Level::Ratio, "ratio"),
    ] {
        let got = alpha(&table, level).unwrap();
        assert_near(got.alpha, f(&canonical["alpha"][name]), 1e-9, name);
        assert_eq!((got.units, got.ratings), (11, 40));
    }
    let given = &v["irrCAC_ordinal_weights_on_canonical"];
    for (chance, name) in [
        (Chance::Gwet, "gwet_AC2"),
        (Chance::Krippendorff, "krippendorff"),
        (Chance::Fleiss, "fleiss"),
        (Chance::Conger, "conger"),
        (Chance::BrennanPrediger, "brennan_prediger"),
    ] {
        let got = coefficient(&table, chance, Weights::Ordinal, 0.95).unwrap();
        check_coefficient(got, &given[name], chance != Chance::BrennanPrediger);
    }

    let case = &v["metier_360"];
    let data = &case["data_raters_x_competencies"];
    let all = ratings(data, 0);
    let got = alpha(&all, Level::Ordinal).unwrap().alpha;
    assert_near(got, f(&case["alpha_ordinal_all"]), 1e-9, "all");
    let others = alpha(&ratings(data, 1), Level::Ordinal).unwrap().alpha;
    assert_near(others, f(&case["alpha_ordinal_without_self"]), 1e-9, "others");
    let resampling = Resampling {
        samples: 2_000,
        seed: 1,
    };
    let got = bootstrap(&all, Level::Ordinal, resampling, 0.95).unwrap();
    assert_near(
        got.interval.lower,
        f(&case["bootstrap"]["ci95"][0]),
        1e-9,
        "lower",
    );
    assert_near(
        got.interval.upper,
        f(&case["bootstrap"]["ci95"][1]),
        1e-9,
        "upper",
    );
    assert_eq!(got.without_variation as u64, u(&case["bootstrap"]["n_nan"]));
    // Eight units are too few for it to be shown.
    assert_eq!(got.interval.coverage, Coverage::Unchecked);
    // These were made with all nine categories of the scale, of which seven were given.
    let nine: Vec<f64> = (0..9).map(f64::from).collect();
    let all = ratings_on(data, 0, Some(&nine));
    for (weights, name) in [
        (Weights::Ordinal, "gwet_AC2_ordinal"),
        (Weights::Quadratic, "gwet_AC2_quadratic"),
    ] {
        let got = coefficient(&all, Chance::Gwet, weights, 0.95).unwrap();
        check_coefficient(got, &case[name], true);
    }
    for unit in list(&case["within"]) {
        let got = within(&numbers(&unit["ratings"]), 9).unwrap();
        assert_near(got.median, f(&unit["median"]), 1e-9, "median");
        assert_near(got.ad_mean, f(&unit["AD_mean"]), 1e-9, "AD around the mean");
        assert_near(got.ad_median, f(&unit["AD_median"]), 1e-9, "AD around the median");
        assert_near(got.range, f(&unit["range"]), 1e-9, "range");
        assert_near(got.r_wg.unwrap(), f(&unit["r_wg_uniform"]), 1e-9, "r_wg");
    }
}

/// The variance of weighted kappa as the reference computes it. Where Fleiss, Cohen and Everitt have the mean
/// weight of the second rater's category `j`, `sum_i w_ij p_i.`, it has `p_j. sum_i w_ij`, a slip that later
/// releases of that package no longer make. So its interval for quadratic weights is compared with
/// this, and the crate's own with another package's in `golden_agreement.rs`.
fn variance_with_the_references_slip(a: &[f64], b: &[f64], kappa: f64) -> f64 {
    let n = a.len() as f64;
    let category = |v: f64| {
        (1..=5_u8)
            .position(|k| f64::from(k).to_bits() == v.to_bits())
            .unwrap()
    };
    let (mut table, mut rows, mut columns) = ([[0.0; 5]; 5], [0.0; 5], [0.0; 5]);
    for (a, b) in a.iter().zip(b) {
        let (i, j) = (category(*a), category(*b));
        table[i][j] += 1.0 / n;
        rows[i] += 1.0 / n;
        columns[j] += 1.0 / n;
    }
    let w = |i: usize, j: usize| 1.0 - (i.abs_diff(j) * i.abs_diff(j)) as f64 / 16.0;
    let sum = |of: &dyn Fn(usize, usize) -> f64| -> f64 { (0..25).map(|at| of(at / 5, at % 5)).sum() };
    let expected = sum(&|i, j| w(i, j) * rows[i] * columns[j]);
    let observed = kappa * (1.0 - expected) + expected;
    let first = |i: usize| (0..5).map(|j| w(i, j) * columns[j]).sum::<f64>();
    let second = |j: usize| rows[j] * (0..5).map(|i| w(i, j)).sum::<f64>();
    let spread = sum(&|i, j| {
        let term = w(i, j) * (1.0 - expected) - (first(i) + second(j)) * (1.0 - observed);
        table[i][j] * term * term
    });
    let centre = observed * expected - 2.0 * expected + observed;
    (spread - centre * centre) / (n * (1.0 - expected).powi(4))
}

pub(super) fn weighted_kappa(v: &Value) {
    let scale: Vec<f64> = (1..=5).map(f64::from).collect();
    let (a, b) = (numbers(&v["a"]), numbers(&v["b"]));
    for (weights, at, name) in [
        (Weights::Identity, 0, "kappa"),
        (Weights::Quadratic, 1, "weighted_kappa_quadratic"),
    ] {
        let got = kappa(&a, &b, &scale, weights, 0.95).unwrap();
        let want = &v["ci"][at];
        let se = if weights == Weights::Identity {
            let interval = got.interval.unwrap();
            assert_near(
                interval.upper - got.kappa,
                1.959_963_984_540_054 * got.se,
                1e-12,
                "reach",
            );
            got.se
        } else {
            variance_with_the_references_slip(&a, &b, got.kappa).sqrt()
        };
        assert_near(got.kappa, f(&v[name]), 1e-9, name);
        assert_near(got.kappa - 1.959_963_984_540_054 * se, f(&want[0]), 1e-9, "lower");
        assert_near(got.kappa, f(&want[1]), 1e-9, "middle");
        assert_near(got.kappa + 1.959_963_984_540_054 * se, f(&want[2]), 1e-9, "upper");
    }
}

pub(super) fn intraclass(v: &Value) {
    let rows: Vec<Vec<f64>> = list(&v["data"]).iter().map(numbers).collect();
    let got = icc(&rows, 0.95).unwrap();
    for want in list(&v["icc"]) {
        let name = want["type"].as_str().unwrap();
        let got = match name {
            "ICC1" => got.one,
            "ICC2" => got.two,
            "ICC3" => got.three,
            "ICC1k" => got.one_k,
            "ICC2k" => got.two_k,
            _ => got.three_k,
        };
        assert_near(got.value, f(&want["ICC"]), 1e-9, name);
        assert_near(got.f, f(&want["F"]), 1e-9, "F");
        assert_near(got.degrees.0, f(&want["df1"]), 1e-9, "df1");
        assert_near(got.degrees.1, f(&want["df2"]), 1e-9, "df2");
        assert_near(got.p / f(&want["p"]), 1.0, 1e-9, "p");
        let interval = got.interval.unwrap();
        assert_near(interval.lower, f(&want["lower bound"]), 1e-9, "lower");
        assert_near(interval.upper, f(&want["upper bound"]), 1e-9, "upper");
    }
}

pub(super) fn more_raters(v: &Value) {
    for case in list(&v["values"]) {
        let got = spearman_brown(f(&case["r1"]), f(&case["k"])).unwrap();
        assert_near(got, f(&case["rk"]), 1e-9, "Spearman-Brown");
    }
    for (r, want) in v["raters_needed_for_.80"].as_object().unwrap() {
        assert_eq!(raters_needed(r.parse().unwrap(), 0.8), Ok(u(want)));
    }
}

pub(super) fn order_of_steps(v: &Value) {
    let rows: Vec<Vec<bool>> = list(&v["X"]).iter().map(bits).collect();
    let got = loevinger(&rows).unwrap();
    assert_near(got.h, f(&v["loevinger_H"]), 1e-9, "H");
    for (got, want) in got.passed.iter().zip(list(&v["p"])) {
        assert_near(*got, f(want), 1e-9, "share passed");
    }
    // Ten respondents are too few to be shown.
    assert!(!got.shown);
}

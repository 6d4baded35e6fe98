//! Every public function at the edges of its domain and beyond: right or refused, never a number that only looks
//! like an answer.
//!
//! The tables name each function with the values to try for each parameter; all combinations are tried. NaN and
//! the infinities must be refused wherever they stand. What is answered must be finite and lie where the
//! function's values lie. What a function must answer, however extreme, is listed beside it.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;

use metier_measure::Result;
use metier_measure::accuracy::{Interval, Sides};
use metier_measure::consistency::{self, Group};
use metier_measure::learning::{self, LearningCurve};

mod agreement;
mod categories;
mod functions;
mod market;
mod raters;
mod trials;

/// What a real parameter may be given.
const R: &[f64] = &[
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    -1.0,
    0.0,
    5e-324,
    1e-300,
    1e-12,
    0.3,
    1.0 - f64::EPSILON / 2.0,
    1.0,
    1.5,
    30.0,
    1e9,
    1e12,
    1e300,
];
/// Fewer, for functions of four real parameters.
const F: &[f64] = &[
    f64::NAN,
    f64::INFINITY,
    -1.0,
    0.0,
    1e-300,
    0.01,
    0.3,
    1.0,
    30.0,
    1e300,
];
/// What a count may be given; the last becomes the largest there is.
const N: &[f64] = &[0.0, 1.0, 2.0, 30.0, 1e9, 1e12, 1e12 + 1.0, 2e19];
/// What a small index may be given.
const I: &[f64] = &[0.0, 1.0, 4.0, 5.0, 2e19];

const ANY: (f64, f64) = (f64::MIN, f64::MAX);
const UNIT: (f64, f64) = (0.0, 1.0);
const LN_P: (f64, f64) = (f64::MIN, 0.0);
const UP: (f64, f64) = (0.0, f64::MAX);

struct Edge {
    name: &'static str,
    takes: &'static [&'static [f64]],
    gives: (f64, f64),
    answers: &'static [&'static [f64]],
    call: fn(&[f64]) -> Result<Vec<f64>>,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn n(value: f64) -> u64 {
    value as u64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn i(value: f64) -> usize {
    value as usize
}

fn one(value: Result<f64>) -> Result<Vec<f64>> {
    value.map(|v| vec![v])
}

fn count(value: Result<u64>) -> Result<Vec<f64>> {
    value.map(|v| vec![v as f64])
}

fn ends(value: Result<Interval>) -> Result<Vec<f64>> {
    let ends = value?;
    // At a confidence near zero both are the same number, computed twice.
    assert!(ends.lower <= ends.upper + 1e-12, "{ends:?}");
    Ok(vec![ends.lower, ends.upper])
}

fn both(of: impl Fn(Sides) -> Result<Interval>) -> Result<Vec<f64>> {
    // Each one-sided bound stands alone, so below a confidence of one half the lower is the higher.
    let one = of(Sides::One)?;
    Ok([vec![one.lower, one.upper], ends(of(Sides::Two))?].concat())
}

/// Two groups, of so many trials and errors.
fn groups(v: &[f64]) -> [Group; 2] {
    [0, 2].map(|at| Group {
        trials: n(v[at]),
        errors: n(v[at + 1]),
    })
}

fn curve() -> LearningCurve {
    let errors: Vec<bool> = (0..40).map(|t| t % (t / 4 + 1) == 0 && t < 30).collect();
    learning::learning_curve(&errors).unwrap()
}

const SHAPES: (f64, f64) = (0.0, 1.0);

/// All functions, by subject.
fn edges() -> impl Iterator<Item = &'static Edge> {
    [
        trials::EDGES,
        functions::EDGES,
        categories::EDGES,
        market::EDGES,
        agreement::EDGES,
        raters::EDGES,
    ]
    .into_iter()
    .flatten()
}

/// Functions of a whole list of outcomes, whose edges are the lists below.
const OF_LISTS: &[&str] = &[
    "consistency::change_point",
    "consistency::change_point_p",
    "consistency::runs_test",
    "learning::learning_curve",
    // Reached through the tables' closures, or refused and answered in their own tests.
    "estimate::new",
    "fit::refit",
    "fit::remodel",
    "further::mass",
    "further::open",
    "further::outcomes",
    "links::comparable",
    "links::cells_of_both",
    "links::linking",
    "spread::leniency",
    "spread::log_likelihood",
    "spread::spreads",
    "shrink::after",
    "shrink::new",
    "index::candidates",
    "index::insert",
    "minhash::estimate",
    "minhash::signature",
    "near::place",
];

/// Functions that are defined for whatever the type holds.
const TOTAL: &[&str] = &[
    "cusum::alarm",
    "cusum::push",
    "cusum::statistic",
    "decay::mean",
    "decay::trials",
    "fisher::rate",
    "fit::cells",
    "fit::model",
    "fit::penalised",
    "fit::raters",
    "fit::reached",
    "fit::subjects",
    "index::bytes",
    "index::is_empty",
    "index::len",
    "index::length",
    "links::components",
    "links::is_told",
    "links::new",
    "near::index",
    "ordinal::equal_thresholds",
    "ordinal::taus",
    "pooled::share",
    "profile::product",
    "sequential::clean_per_error",
    "sequential::clean_to_accept",
    "sequential::errors_to_reject",
    "shrink::mean",
    "shrink::rate",
    "shrink::shape",
];

/// The files whose public functions are held to the table.
const FILES: &[&str] = &[
    "accuracy.rs",
    "agreement/icc.rs",
    "agreement/kappa.rs",
    "agreement/within.rs",
    "consistency.rs",
    "cusum.rs",
    "decay.rs",
    "distribution.rs",
    "evidence.rs",
    "fisher.rs",
    "forecast.rs",
    "forecast/bins.rs",
    "forecast/check.rs",
    "forecast/pooled.rs",
    "further.rs",
    "impact.rs",
    "learning.rs",
    "minhash.rs",
    "minhash/index.rs",
    "minhash/near.rs",
    "profile.rs",
    "range.rs",
    "raters/estimate.rs",
    "raters/fit.rs",
    "raters/links.rs",
    "raters/spread.rs",
    "rate.rs",
    "sequential.rs",
    "share.rs",
    "shrink.rs",
    "special/beta.rs",
    "special/chi_square.rs",
    "special/gamma.rs",
    "special/normal.rs",
];

/// Whether a parameter is real, so that NaN may come in its place.
fn is_real(values: &[f64]) -> bool {
    values.iter().any(|v| v.is_nan())
}

fn combinations(takes: &[&[f64]]) -> Vec<Vec<f64>> {
    takes.iter().fold(vec![Vec::new()], |rows, values| {
        let longer = |row: &Vec<f64>| {
            values
                .iter()
                .map(|v| [&row[..], &[*v]].concat())
                .collect::<Vec<_>>()
        };
        rows.iter().flat_map(longer).collect()
    })
}

/// What is wrong with a function's answer, if anything is.
fn fault(edge: &Edge, row: &[f64]) -> Option<String> {
    let Ok(told) = catch_unwind(|| (edge.call)(row)) else {
        return Some(format!("{} panics at {row:?}", edge.name));
    };
    let required = edge.answers.contains(&row);
    let finite = row.iter().all(|v| v.is_finite());
    let (least, most) = edge.gives;
    match told {
        Ok(values) if !finite || !values.iter().all(|v| (least..=most).contains(v)) => {
            Some(format!("{} answers {row:?} with {values:?}", edge.name))
        }
        Err(error) if required => Some(format!("{} refuses {row:?}: {error}", edge.name)),
        _ => None,
    }
}

#[test]
fn right_or_refused() {
    let mut faults = Vec::new();
    for edge in edges() {
        let rows = combinations(edge.takes);
        let refused = rows
            .iter()
            .filter(|row| catch_unwind(|| (edge.call)(row)).is_ok_and(|r| r.is_err()))
            .count();
        println!("{}: {} tried, {refused} refused", edge.name, rows.len());
        if edge.takes.iter().any(|values| is_real(values)) {
            assert!(refused > 0, "{} refuses nothing", edge.name);
        }
        let listed = edge.answers.iter().map(|row| row.to_vec());
        // One fault of a function is enough to go and look.
        faults.extend(rows.into_iter().chain(listed).find_map(|row| fault(edge, &row)));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn lists_of_outcomes_are_answered_or_refused() {
    let long = vec![false; 1_000_000];
    let mut one_error = long.clone();
    one_error[999_999] = true;
    let lists: [&[bool]; 7] = [
        &[],
        &[true],
        &[false; 3],
        &[true; 3],
        &[true, false, true, false],
        &long,
        &one_error,
    ];
    for list in lists {
        let alike = list.iter().all(|e| *e == list[0]);
        let runs = consistency::runs_test(list);
        assert_eq!(runs.is_err(), alike, "all alike or too few");
        if let Ok(runs) = runs {
            assert!(runs.z.is_finite() && (0.0..=1.0).contains(&runs.p));
        }
        let change = consistency::change_point(list);
        assert_eq!(change.is_err(), list.len() < 2);
        if let Ok(change) = change {
            assert!(change.half_lr.is_finite() && (1..list.len()).contains(&change.at));
            let p = consistency::change_point_p(list).unwrap();
            assert!(p > 0.0 && p <= 1.0, "{p}");
            assert!(!alike || p >= 1.0 - 1e-9, "no change among equals: {p}");
        }
        let clear = learning::learning_curve(list);
        assert_eq!(
            clear.is_ok(),
            list.len() == 4,
            "no finite curve but where both outcomes mix"
        );
    }
}

#[test]
fn no_public_function_is_left_out() {
    let named: BTreeSet<&str> = edges()
        .map(|edge| edge.name)
        .chain(OF_LISTS.iter().copied())
        .chain(TOTAL.iter().copied())
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = 0;
    for file in FILES {
        let source = std::fs::read_to_string(folder.join(file)).unwrap();
        let stem = Path::new(file).file_stem().unwrap().to_str().unwrap();
        for line in source.lines() {
            let Some(rest) = line.trim_start().strip_prefix("pub fn ") else {
                continue;
            };
            let name = format!("{stem}::{}", rest.split(['(', '<']).next().unwrap());
            assert!(
                named.contains(name.as_str()),
                "{name} is not in the tables of edges"
            );
            found += 1;
        }
    }
    assert!(
        found >= named.len() - 4,
        "{found} functions, {} names",
        named.len()
    );
}

//! How often do intervals for a success rate hold it? Summed over the binomial law where that is possible, and
//! so exact; the intervals that may be looked at after every trial, over time.

use metier_measure::accuracy::{Interval, Sides, bound, clopper_pearson, first_n};
use metier_measure::sequential::confidence_sequence;
use metier_measure::share::{agresti_coull, jeffreys, wilson};
use metier_measure::special::ln_gamma;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::Share;
use crate::passage::Passage;

/// `P(k hits of n)` at rate `p`, for all `k`.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let ln_factorial = |k: u64| ln_gamma(k as f64 + 1.0).unwrap();
    let chance = |k: u64| {
        let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
        (ways + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p()).exp()
    };
    (0..=n).map(chance).collect()
}

/// The chance that the interval of the outcome holds the rate `p`.
fn coverage(intervals: &[Interval], p: f64) -> f64 {
    let holds = |i: &Interval| i.lower <= p && p <= i.upper;
    binomial(intervals.len() as u64 - 1, p)
        .iter()
        .zip(intervals)
        .filter(|(_, interval)| holds(interval))
        .map(|(chance, _)| chance)
        .sum()
}

/// The rates at which coverage is least: just beyond each bound. Between two neighbouring bounds the same outcomes
/// hold the rate, and the chance of such a run of outcomes has no minimum inside.
fn just_beyond(intervals: &[Interval]) -> Vec<f64> {
    let bounds = intervals
        .iter()
        .flat_map(|i| [i.lower * (1.0 - 1e-12), i.upper * (1.0 + 1e-12)]);
    bounds.filter(|p| *p > 0.0 && *p < 1.0).collect()
}

fn all(n: u64, of: impl Fn(u64) -> Interval) -> Vec<Interval> {
    (0..=n).map(of).collect()
}

const SIZES: [u64; 9] = [1, 2, 5, 10, 20, 50, 100, 299, 1000];

#[test]
fn the_exact_interval_never_covers_less_than_stated() {
    println!("Clopper-Pearson, 95%: least coverage over all rates, mean over rates .001, .002, ... .999");
    for n in SIZES {
        for sides in [Sides::Two, Sides::One] {
            // Of k successes; each one-sided bound on its own.
            let exact = |k: u64| clopper_pearson(n as f64, (n - k) as f64, 0.95, sides).unwrap();
            let kinds: Vec<(&str, Vec<Interval>)> = match sides {
                Sides::Two => vec![("two-sided", all(n, exact))],
                Sides::One => vec![
                    (
                        "lower",
                        all(n, |k| Interval {
                            upper: 1.0,
                            ..exact(k)
                        }),
                    ),
                    (
                        "upper",
                        all(n, |k| Interval {
                            lower: 0.0,
                            ..exact(k)
                        }),
                    ),
                ],
            };
            for (name, intervals) in kinds {
                let least = just_beyond(&intervals)
                    .into_iter()
                    .map(|p| coverage(&intervals, p));
                let least = least.fold(1.0, f64::min);
                let mean = (1..1000)
                    .map(|i| coverage(&intervals, f64::from(i) / 1000.0))
                    .sum::<f64>()
                    / 999.0;
                println!(
                    "n = {n}, {name}: least {least:.5}, mean {mean:.5}, mean excess {:.5}",
                    mean - 0.95
                );
                assert!(least >= 0.95 - 1e-9, "n = {n}, {name}: {least}");
            }
        }
    }
}

#[test]
fn approximate_intervals_cover_about_what_they_state() {
    println!("95%, rates .1, .11, ... .9: mean and least coverage");
    for n in [20, 50, 100, 299] {
        type Of = fn(u64, u64) -> Interval;
        let kinds: [(&str, Of); 3] = [
            ("Wilson", |n, k| wilson(n, k, 0.95).unwrap()),
            ("Jeffreys", |n, k| jeffreys(n, k, 0.95, Sides::Two).unwrap()),
            ("Agresti-Coull", |n, k| agresti_coull(n, k, 0.95).unwrap()),
        ];
        for (name, of) in kinds {
            let intervals = all(n, |k| of(n, k));
            let found: Vec<f64> = (10..=90)
                .map(|i| coverage(&intervals, f64::from(i) / 100.0))
                .collect();
            let mean = found.iter().sum::<f64>() / found.len() as f64;
            let least = found.iter().copied().fold(1.0, f64::min);
            println!("n = {n}, {name}: mean {mean:.4}, least {least:.4}");
            assert!((0.93..=0.97).contains(&mean), "{name} n = {n}: {mean}");
            if n >= 50 {
                assert!(least >= 0.92, "{name} n = {n}: {least}");
            }
        }
    }
}

#[test]
fn the_anytime_bound_holds_at_all_times_together() {
    // The bound exceeds the true accuracy at some time exactly when the true accuracy is certified at some time.
    println!(
        "anytime bound, alpha 5%: chance that it is ever above the true accuracy, exactly, and the excess"
    );
    for (accuracy, horizon) in [
        (0.5, 2000),
        (0.8, 5000),
        (0.9, 5_000),
        (0.99, 10_000),
        (0.999, 10_000),
    ] {
        let rate = 1.0 - accuracy;
        let ever = Passage::new(horizon, rate, |k| first_n(k, rate, 0.05).unwrap()).share();
        println!(
            "accuracy {accuracy}, {horizon} trials: {ever:.5}, coverage {:.5}, excess {:.5}",
            1.0 - ever,
            0.05 - ever
        );
        assert!(ever <= 0.05, "{accuracy}: {ever}");
    }
    // And by looking at the bound itself.
    let mut generator = Pcg64Mcg::seed_from_u64(41);
    let (accuracy, horizon) = (0.9, 300);
    let share = Share::count(400, || {
        let mut errors = 0;
        (1..=horizon).any(|trial| {
            let error = generator.random_bool(1.0 - accuracy);
            errors += u64::from(error);
            // An error never raises the bound.
            !error && bound(trial, errors, 0.05).unwrap() > accuracy
        })
    });
    let exact = Passage::new(horizon, 0.1, |k| first_n(k, 0.1, 0.05).unwrap()).share();
    println!(
        "accuracy {accuracy}, {horizon} trials, the bound after each: ever above {share}; exactly {exact:.5}"
    );
    share.assert_is(exact);
}

#[test]
fn the_confidence_sequence_holds_at_all_times_together() {
    println!("Robbins's confidence sequence, uniform mixture, alpha 5%: ever beside the true rate");
    for (accuracy, seed) in [(0.5, 51), (0.9, 52), (0.99, 53)] {
        let mut generator = Pcg64Mcg::seed_from_u64(seed);
        let share = Share::count(400, || {
            let mut errors = 0;
            (1..=250).any(|trial| {
                errors += u64::from(generator.random_bool(1.0 - accuracy));
                let now = confidence_sequence(trial, errors, 0.05, (1.0, 1.0)).unwrap();
                accuracy < now.lower || accuracy > now.upper
            })
        });
        println!("accuracy {accuracy}, 250 trials: {share}");
        assert!(share.value <= 0.05, "{share}");
    }
}

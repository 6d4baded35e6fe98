//! Counts: how often the intervals of rare shares, of counts and of ratios hold, what shrinking is worth, and
//! how many of many findings are false. Summed over the laws where that is possible, and so exact.

use metier_measure::accuracy::{Interval, Sides};
use metier_measure::multiple::findings;
use metier_measure::rate::{Observed, Ratio, garwood, ratio};
use metier_measure::share::{exact, wilson};
use metier_measure::shrink::fit;
use metier_measure::special::{ln_gamma, normal_upper};
use rand::SeedableRng;
use rand_distr::{Distribution, Gamma, Poisson, StandardNormal};
use rand_pcg::Pcg64Mcg;

fn ln_factorial(k: u64) -> f64 {
    ln_gamma(k as f64 + 1.0).unwrap()
}

fn binomial(n: u64, k: u64, p: f64) -> f64 {
    let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    (ways + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p()).exp()
}

fn poisson(k: u64, mean: f64) -> f64 {
    (k as f64 * mean.ln() - mean - ln_factorial(k)).exp()
}

fn mean_and_least(values: &[f64]) -> (f64, f64) {
    let least = values.iter().copied().fold(1.0, f64::min);
    (values.iter().sum::<f64>() / values.len() as f64, least)
}

/// Shares from one hit in `n` to a half, evenly spaced by their logarithms.
fn shares(n: u64) -> Vec<f64> {
    let (from, to) = ((1.0 / n as f64).ln(), 0.5_f64.ln());
    (0..=300)
        .map(|i| (from + (to - from) * f64::from(i) / 300.0).exp())
        .collect()
}

#[test]
fn intervals_of_rare_shares() {
    println!(
        "95%, shares from 1/n to 1/2, 301 of them evenly spaced by their logarithm: mean and least coverage"
    );
    for n in [30, 120, 1350] {
        type Of = fn(u64, u64) -> Interval;
        let kinds: [(&str, Of); 2] = [
            ("Wilson", |n, k| wilson(n, k, 0.95).unwrap()),
            ("exact", |n, k| exact(n, k, 0.95, Sides::Two).unwrap()),
        ];
        for (name, of) in kinds {
            let intervals: Vec<Interval> = (0..=n).map(|k| of(n, k)).collect();
            let coverage = |p: f64| -> f64 {
                // Beyond fourteen standard deviations nothing is left.
                let (centre, reach) = (n as f64 * p, 14.0 * (n as f64 * p).sqrt() + 30.0);
                (0..=n)
                    .zip(&intervals)
                    .filter(|(k, _)| (*k as f64 - centre).abs() <= reach)
                    .filter(|(_, i)| i.lower <= p && p <= i.upper)
                    .map(|(k, _)| binomial(n, k, p))
                    .sum()
            };
            let found: Vec<f64> = shares(n).into_iter().map(coverage).collect();
            let (mean, least) = mean_and_least(&found);
            println!(
                "n = {n}, {name}: mean {mean:.4}, least {least:.4}, mean excess {:+.4}",
                mean - 0.95
            );
            if name == "exact" {
                assert!(least >= 0.95 - 1e-9, "{least}");
            } else {
                assert!((0.93..=0.97).contains(&mean), "{mean}");
                assert!(least >= 0.83, "{least}");
            }
        }
    }
}

#[test]
fn intervals_of_counts() {
    let intervals: Vec<Interval> = (0..=600).map(|k| garwood(k, 0.95).unwrap()).collect();
    let coverage = |mean: f64| -> f64 {
        (0..)
            .zip(&intervals)
            .filter(|(_, i)| i.lower <= mean && mean <= i.upper)
            .map(|(k, _)| poisson(k, mean))
            .sum()
    };
    println!("Garwood, 95%: least coverage (just beyond each bound) and mean over 200 means of each range");
    for (from, to) in [(0.01, 1.0), (1.0, 10.0), (10.0, 100.0), (100.0, 400.0)] {
        let bounds = intervals
            .iter()
            .flat_map(|i| [i.lower * (1.0 - 1e-12), i.upper * (1.0 + 1e-12)]);
        let edges: Vec<f64> = bounds.filter(|m| (from..to).contains(m)).map(coverage).collect();
        let even: Vec<f64> = (0..200)
            .map(|i| coverage(from + (to - from) * f64::from(i) / 200.0))
            .collect();
        let (mean, least) = (mean_and_least(&even).0, mean_and_least(&edges).1);
        println!(
            "means {from} to {to}: least {least:.4}, mean {mean:.4}, mean excess {:.4}",
            mean - 0.95
        );
        assert!(least >= 0.95 - 1e-9, "{least}");
    }
}

#[test]
fn ratios_of_rates() {
    println!(
        "ratio of rates, 95%, exposures 14890 and 14600, conditional on the total: least coverage over ratios .25 to 4,"
    );
    println!("mean of it, and the size of the test at 5%");
    for total in [1, 5, 20, 100, 589] {
        let outcome = |k: u64| -> Ratio {
            let side = |events, exposure| Observed { events, exposure };
            ratio(side(k, 14890.0), side(total - k, 14600.0), 0.95).unwrap()
        };
        let all: Vec<Ratio> = (0..=total).map(outcome).collect();
        let share = |r: f64| r * 14890.0 / (r * 14890.0 + 14600.0);
        let chance = |r: f64, hit: &dyn Fn(&Ratio) -> bool| -> f64 {
            (0..)
                .zip(&all)
                .filter(|(_, o)| hit(o))
                .map(|(k, _)| binomial(total, k, share(r)))
                .fold(0.0, |sum, chance| sum + chance)
        };
        let found: Vec<f64> = (-100..=100)
            .map(|i| (f64::from(i) / 100.0 * 4_f64.ln()).exp())
            .map(|r| chance(r, &|o| o.lower <= r && o.upper.is_none_or(|upper| r <= upper)))
            .collect();
        let (mean, least) = mean_and_least(&found);
        let size = chance(1.0, &|o| o.p_value <= 0.05);
        println!(
            "{total} events: least {least:.4}, mean {mean:.4}, mean excess {:.4}, size {size:.4}",
            mean - 0.95
        );
        assert!(
            least >= 0.95 - 1e-9 && size <= 0.05 + 1e-9,
            "{total}: {least} {size}"
        );
    }
}

#[test]
fn shrunken_rates() {
    println!(
        "rates Gamma(2, 1), exposures 0.5 to 4, law fitted to the same things: share of posterior 95% intervals that hold"
    );
    println!("the rate, and mean squared error of the shrunken rate over that of the observed one");
    for (things, runs, seed) in [(10, 600, 91), (30, 200, 92), (100, 60, 93), (300, 20, 94)] {
        let mut generator = Pcg64Mcg::seed_from_u64(seed);
        let law = Gamma::new(2.0, 1.0).unwrap();
        let (mut held, mut squares, mut raw_squares, mut widest) = (0.0, 0.0, 0.0, 0);
        for _ in 0..runs {
            let rates: Vec<f64> = (0..things).map(|_| law.sample(&mut generator)).collect();
            let seen: Vec<Observed> = (0..)
                .zip(&rates)
                .map(|(i, rate)| {
                    let exposure = 0.5 + 3.5 * f64::from(i % 8) / 7.0;
                    let events = Poisson::new((rate * exposure).max(1e-9))
                        .unwrap()
                        .sample(&mut generator);
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let events = events as u64;
                    Observed { events, exposure }
                })
                .collect();
            let Ok(fit) = fit(&seen) else { continue };
            widest += u32::from(fit.spread == metier_measure::shrink::Spread::Widest);
            for (seen, rate) in seen.iter().zip(&rates) {
                let after = fit.law.after(*seen).unwrap();
                let interval = after.interval(0.95).unwrap();
                held += f64::from(u8::from(interval.lower <= *rate && *rate <= interval.upper));
                squares += (after.mean() - rate).powi(2);
                raw_squares += (seen.events as f64 / seen.exposure - rate).powi(2);
            }
        }
        let coverage = held / f64::from(things * runs);
        let error = squares / raw_squares;
        println!(
            "{things} things, {runs} runs: coverage {coverage:.4}, squared error {error:.3}, no spread seen in {widest} runs"
        );
        assert!(error < 0.8, "{error}");
        // With few things the fitted law is taken for the true one too readily, and the intervals are short.
        assert!(coverage >= 0.85, "{coverage}");
        if things >= 100 {
            assert!((0.93..=0.97).contains(&coverage), "{coverage}");
        }
    }
}

#[test]
fn false_findings_among_many() {
    println!(
        "Benjamini-Hochberg at q = .1, 50 tests of which 10 have an effect of 3 standard errors: mean share of false findings"
    );
    for (name, common, seed) in [("independent", 0.0, 81), ("correlated .5", 0.5_f64, 82)] {
        let mut generator = Pcg64Mcg::seed_from_u64(seed);
        let runs = 4000_u32;
        let (mut sum, mut squares, mut found_effects) = (0.0, 0.0, 0);
        for _ in 0..runs {
            let mut normal = || -> f64 { StandardNormal.sample(&mut generator) };
            let shared = common.sqrt() * normal();
            let p: Vec<f64> = (0..50)
                .map(|i| {
                    let noise = shared + (1.0 - common).sqrt() * normal();
                    // One-sided, so that the dependence stays positive.
                    normal_upper(noise + if i < 10 { 3.0 } else { 0.0 }).unwrap()
                })
                .collect();
            let found = findings(&p, 0.1).unwrap();
            let false_ones = found[10..].iter().filter(|f| **f).count() as f64;
            let all = found.iter().filter(|f| **f).count();
            let share = false_ones / all.max(1) as f64;
            sum += share;
            squares += share * share;
            found_effects += found[..10].iter().filter(|f| **f).count();
        }
        let mean = sum / f64::from(runs);
        let error = ((squares / f64::from(runs) - mean * mean) / f64::from(runs)).sqrt();
        let power = found_effects as f64 / f64::from(10 * runs);
        println!("{name}: {mean:.4} +- {error:.4} of {runs} runs; effects found {power:.3}");
        if common == 0.0 {
            // Exactly q times the share of true null hypotheses.
            assert!((mean - 0.08).abs() <= 4.0 * error, "{mean}");
        } else {
            assert!(mean <= 0.1 + 4.0 * error, "{mean}");
        }
    }
}

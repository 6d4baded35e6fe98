//! The processor time of single calls, the least of several runs, for a machine that is not doing nothing else:
//! `cargo run --release -p metier-measure --example processor_time` (Linux). `benches/peers/trials.py` runs it and times
//! scipy beside it.
#![allow(clippy::unwrap_used, reason = "a program that cannot go on stops")]

use std::hint::black_box as given;

use metier_measure::accuracy::{Sides, clopper_pearson, ln_e, ln_e_mirror};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use metier_measure::special::{beta_quantile, gamma_quantile, ln_inc_gamma_upper_reg};

/// Seconds this process has been on a processor.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    told.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn time<T>(name: &str, calls: u32, mut call: impl FnMut() -> T) {
    let mut least = f64::INFINITY;
    for _ in 0..9 {
        let before = processor();
        for _ in 0..calls {
            given(call());
        }
        least = least.min((processor() - before) / f64::from(calls));
    }
    println!("{name}\t{:.4}", least * 1e6);
}

/// 40 things, 8 raters each, of five kinds, over nine categories.
fn things() -> Vec<Vec<Rating>> {
    let kinds = [(0.6, 0.7), (-0.3, 0.5), (0.15, 0.6), (0.15, 0.6), (0.0, 0.5)];
    let rating = |thing: usize, rater: usize| {
        let (leniency_mean, leniency_sd) = kinds[rater % kinds.len()];
        Rating {
            category: (thing + rater * rater) % 9,
            leniency_mean,
            leniency_sd,
        }
    };
    (0..40)
        .map(|thing| (0..8).map(|rater| rating(thing, rater)).collect())
        .collect()
}

fn main() {
    for (n, k) in [(30, 0), (500, 1), (5_000, 49), (1_000_000_000, 10_000_000)] {
        time(&format!("ln_e {n} {k}"), 100_000, || {
            ln_e(given(n), given(k), given(0.01))
        });
    }
    time("ln_e_mirror 500 1", 100_000, || {
        ln_e_mirror(given(500), given(1), given(0.01))
    });
    time("clopper_pearson 473 1", 10_000, || {
        clopper_pearson(given(473.0), given(1.0), 0.95, Sides::One)
    });
    time("beta_quantile 298.5 2.5", 10_000, || {
        beta_quantile(given(298.5), given(2.5), given(0.05))
    });
    for (name, a, x) in [("4.5", 4.5, 5.4), ("1e9", 1e9, 1_000_050_000.0)] {
        time(&format!("ln_inc_gamma_upper_reg {name}"), 100_000, || {
            ln_inc_gamma_upper_reg(given(a), given(x))
        });
    }
    time("gamma_quantile 4.5", 10_000, || {
        gamma_quantile(given(4.5), given(0.05))
    });
    let (taus, things) = (equal_thresholds(8), things());
    let all = |model: &mut OrdinalModel| things.iter().filter_map(|r| model.posterior(r).ok()).count();
    time("40 posteriors, new model", 50, || {
        all(&mut OrdinalModel::new(given(&taus), 1.3).unwrap())
    });
    let mut model = OrdinalModel::new(&taus, 1.3).unwrap();
    time("40 posteriors, same model", 200, || all(given(&mut model)));
}

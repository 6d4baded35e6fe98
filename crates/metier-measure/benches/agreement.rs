//! What agreement, a comparison of rates and a protected table cost: `cargo bench -p metier-measure --bench
//! agreement`. If the interpreter named by `PYTHON` (by default `python3`) has the package `krippendorff`, its time for
//! the same alpha, the point estimate only, is printed first.
#![allow(missing_docs, reason = "the macro writes the functions")]

use std::hint::black_box;
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_measure::agreement::Ratings;
use metier_measure::agreement::alpha::{Level, Resampling, alpha, bootstrap, interval};
use metier_measure::impact::{Group, impact};
use metier_measure::suppress::two_way;

const UNITS: u64 = 1_000;
const RATERS: u64 = 8;

/// A category from 1 to 7 for each unit and rater: the unit's own, and noise of one either way, by whole numbers that
/// the peer's script repeats. Nearly all units differ.
fn category(unit: u64, rater: u64) -> u64 {
    let noise = ((unit * RATERS + rater + 1) * 2_654_435_761 % 4_294_967_296) >> 16;
    (unit * 7_919 % 7 + noise % 3).clamp(1, 7)
}

const PEER: &str = "
import timeit
from importlib.metadata import version
import numpy as np, krippendorff
noise = lambda u, r: ((u * 8 + r + 1) * 2654435761 % 4294967296) >> 16
data = np.array([[min(max(u * 7919 % 7 + noise(u, r) % 3, 1), 7) * 1.0 for u in range(1000)] for r in range(8)])
run = lambda: krippendorff.alpha(reliability_data=data, level_of_measurement='ordinal')
name, value = 'krippendorff', run()
best = min(timeit.repeat(run, number=20, repeat=7)) / 20
print(f'krippendorff {version(name)}: alpha {value:.12f}, {best * 1e6:.0f} us for the point estimate')
";

fn agreement(c: &mut Criterion) {
    let rows: Vec<Vec<f64>> = (0..UNITS)
        .map(|unit| (0..RATERS).map(|rater| category(unit, rater) as f64).collect())
        .collect();
    let scale: Vec<f64> = (1..=7).map(f64::from).collect();
    let ratings = Ratings::of_units(&rows, &scale).unwrap_or_else(|error| unreachable!("{error}"));
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match Command::new(&python).args(["-c", PEER]).output() {
        Ok(peer) if peer.status.success() => print!("{}", String::from_utf8_lossy(&peer.stdout)),
        _ => println!("{python} has no package krippendorff: not compared"),
    }
    if let Ok(own) = alpha(&ratings, Level::Ordinal) {
        let mut kinds: Vec<Vec<u64>> = (0..UNITS)
            .map(|unit| (0..RATERS).map(|rater| category(unit, rater)).collect())
            .collect();
        for unit in &mut kinds {
            unit.sort_unstable();
        }
        kinds.sort_unstable();
        kinds.dedup();
        println!(
            "metier-measure: alpha {:.12}, {} kinds of units",
            own.alpha,
            kinds.len()
        );
    }
    c.bench_function("alpha, 1000 units x 8 raters", |b| {
        b.iter(|| alpha(black_box(&ratings), Level::Ordinal));
    });
    c.bench_function("table and alpha, 1000 units x 8 raters", |b| {
        b.iter(|| {
            Ratings::of_units(black_box(&rows), &scale).and_then(|ratings| alpha(&ratings, Level::Ordinal))
        });
    });
    let resampling = Resampling {
        samples: 2_000,
        seed: 1,
    };
    c.bench_function("alpha with 2000 bootstrap samples, 1000 units x 8 raters", |b| {
        b.iter(|| bootstrap(black_box(&ratings), Level::Ordinal, resampling, 0.95));
    });
    c.bench_function("alpha with jackknife interval, 1000 units x 8 raters", |b| {
        b.iter(|| interval(black_box(&ratings), Level::Ordinal, 0.95));
    });
}

fn fairness(c: &mut Criterion) {
    for (a, m, n, s) in [(30, 100, 50, 110), (420_000, 600_000, 560_000, 700_000)] {
        let (focal, reference) = (Group { selected: a, of: m }, Group { selected: n, of: s });
        c.bench_function(&format!("impact {a}/{m} against {n}/{s}"), |b| {
            b.iter(|| impact(black_box(focal), black_box(reference), 0.95));
        });
    }
    for (height, width) in [(5_u64, 6_u64), (12, 8), (40, 25)] {
        let rows: Vec<Vec<u64>> = (0..height)
            .map(|i| {
                (0..width)
                    .map(|j| (i * 37 + j * 53 + i * j * 11) % 71 + (i + j) % 3)
                    .collect()
            })
            .collect();
        let least = two_way(&rows, 5).map(|table| table.least);
        println!("{height} x {width}: {least:?}");
        c.bench_function(&format!("protect a table of {height} x {width}"), |b| {
            b.iter(|| two_way(black_box(&rows), 5));
        });
    }
}

criterion_group!(benches, agreement, fairness);
criterion_main!(benches);

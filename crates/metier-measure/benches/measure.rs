//! What a page costs: `cargo bench -p metier-measure`.
#![allow(missing_docs, reason = "the macro writes the functions")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_measure::accuracy::{Sides, bound, clean_needed, clopper_pearson, ln_e};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use metier_measure::special::{beta_quantile, gamma_quantile, ln_inc_gamma_upper_reg};

fn accuracy(c: &mut Criterion) {
    for (n, k) in [(30, 0), (500, 1), (5_000, 49), (1_000_000_000, 10_000_000)] {
        c.bench_function(&format!("ln_e n={n} k={k}"), |b| {
            b.iter(|| ln_e(black_box(n), black_box(k), black_box(0.01)));
        });
    }
    c.bench_function("bound n=500 k=1", |b| {
        b.iter(|| bound(black_box(500), black_box(1), 0.05));
    });
    c.bench_function("clean_needed n=300 k=1", |b| {
        b.iter(|| clean_needed(black_box(300), black_box(1), 0.01, 0.05));
    });
    c.bench_function("clopper_pearson n=473 k=1", |b| {
        b.iter(|| clopper_pearson(black_box(473.0), black_box(1.0), 0.95, Sides::One));
    });
}

fn functions(c: &mut Criterion) {
    for (a, x) in [(4.5, 5.4), (1e6, 999_999.75), (1e9, 1_000_050_000.0)] {
        c.bench_function(&format!("ln_inc_gamma_upper_reg a={a:e}"), |b| {
            b.iter(|| ln_inc_gamma_upper_reg(black_box(a), black_box(x)));
        });
    }
    c.bench_function("gamma_quantile a=4.5", |b| {
        b.iter(|| gamma_quantile(black_box(4.5), black_box(0.05)));
    });
    c.bench_function("beta_quantile a=298.5 b=2.5", |b| {
        b.iter(|| beta_quantile(black_box(298.5), black_box(2.5), black_box(0.05)));
    });
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

fn ordinal(c: &mut Criterion) {
    let (taus, things) = (equal_thresholds(8), things());
    let all = |model: &mut OrdinalModel| things.iter().filter_map(|r| model.posterior(r).ok()).count();
    c.bench_function("40 posteriors of 8 ratings, new model", |b| {
        b.iter(|| OrdinalModel::new(black_box(&taus), 1.3).map(|mut model| all(&mut model)));
    });
    let mut model = OrdinalModel::new(&taus, 1.3).unwrap_or_else(|error| unreachable!("{error}"));
    c.bench_function("40 posteriors of 8 ratings, same model", |b| {
        b.iter(|| all(black_box(&mut model)));
    });
}

criterion_group!(benches, accuracy, functions, ordinal);
criterion_main!(benches);

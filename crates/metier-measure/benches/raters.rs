//! What several raters cost: `cargo bench -p metier-measure --bench raters`. The large sizes are timed by
//! `examples/raters_at_scale.rs`.
#![allow(missing_docs, reason = "the macro writes the functions")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    reason = "draws within small ranges; a benchmark that cannot go on has failed"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use metier_measure::evidence::Curve;
use metier_measure::further::{Further, Known};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use metier_measure::raters::{Ask, Estimate, Fit, Links, Ratings, Settings, Through};
use rand::SeedableRng;
use rand_pcg::Pcg64;

#[path = "raters/world.rs"]
mod world;

use world::{World, model};

fn ratings(subjects: u32) -> Ratings {
    let mut rng = Pcg64::seed_from_u64(20);
    let world = World::new(subjects, &mut rng);
    let entries = world.entries(&mut rng);
    Ratings::new(world.shape(), &entries).unwrap()
}

fn fit(c: &mut Criterion) {
    for subjects in [100, 1_000] {
        let ratings = ratings(subjects);
        c.bench_function(&format!("mode of {} ratings", ratings.len()), |b| {
            b.iter(|| Fit::new(black_box(&ratings), &model(), Settings::default()));
        });
        c.bench_function(&format!("components of {} ratings", ratings.len()), |b| {
            b.iter(|| Links::new(black_box(&ratings), Through::Cells));
        });
        let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        let links = Links::new(&ratings, Through::Cells);
        c.bench_function(&format!("one leniency of {} ratings", ratings.len()), |b| {
            b.iter(|| fit.leniency(&ratings, &links, black_box(0)));
        });
    }
}

fn estimate(c: &mut Criterion) {
    let ratings = ratings(10);
    let links = Links::new(&ratings, Through::Cells);
    c.bench_function(&format!("model of {} ratings", ratings.len()), |b| {
        b.iter(|| Estimate::new(black_box(&ratings), &links, &model(), &Ask::default()));
    });
}

fn further(c: &mut Criterion) {
    let mut model = OrdinalModel::new(&equal_thresholds(8), 1.3).unwrap();
    let said: Vec<Rating> = (0..8)
        .map(|i| Rating {
            category: 3 + i % 3,
            leniency_mean: 0.1 * i as f64,
            leniency_sd: 0.6,
        })
        .collect();
    let offered: Vec<Further> = (0..9)
        .map(|target| Further::Item { target, weight: 0.7 })
        .chain([0.5, 0.6, 0.7].map(|leniency_sd| Further::Rating {
            leniency_mean: 0.0,
            leniency_sd,
        }))
        .collect();
    c.bench_function("the most telling of 12 further observations", |b| {
        b.iter(|| {
            let mut known = Known {
                model: &mut model,
                ratings: &said,
                items: &[],
                curve: Curve::default(),
                level: 0.8,
            };
            known.most_telling(black_box(&offered))
        });
    });
}

criterion_group!(benches, fit, estimate, further);
criterion_main!(benches);

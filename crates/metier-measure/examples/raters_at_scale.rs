//! What several raters cost at an organisation's scale:
//! `cargo run --release -p metier-measure --example raters_at_scale -- RATINGS`.
//!
//! Further arguments, each with its default: the gradient's tolerance (1e-6), block sweeps (2), probes for the
//! estimation of the model (0: none), its tolerance (1e-4), and a file to write the ratings to, for
//! `benches/peers/raters.R`. The ratings are simulated; the seed is fixed.
#![allow(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a stopwatch, and draws within small ranges"
)]

use std::time::{Duration, Instant};

use metier_measure::raters::{Ask, Entry, Estimate, Fit, Links, Model, Ratings, Settings, Through};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

#[path = "../benches/raters/world.rs"]
mod world;

use world::{ASPECTS, World, model};

/// Wall time and, where the system tells it, time on the processor: other work on the machine counts in the
/// first alone.
struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self {
            wall: Instant::now(),
            processor: on_processor(),
        }
    }

    fn read(&self) -> String {
        let wall = self.wall.elapsed();
        match (on_processor(), self.processor) {
            (Some(now), Some(then)) => {
                format!("{wall:.2?} ({:.2?} on the processor)", now.saturating_sub(then))
            }
            _ => format!("{wall:.2?}"),
        }
    }
}

fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(
        text.split_whitespace().next()?.parse().ok()?,
    ))
}

/// Variances, thresholds and means from a start that is not the truth.
fn estimate(ratings: &Ratings, probes: usize, tolerance: f64) -> metier_measure::Result<()> {
    let clock = Clock::start();
    let links = Links::new(ratings, Through::Cells);
    println!(
        "{} components of raters: {}",
        links.components().len(),
        clock.read()
    );
    let start = Model {
        taus: vec![-2.1, -0.7, 0.7, 2.1],
        group_mean: vec![0.6, 0.0, 0.0],
        group_sd: vec![1.0; 3],
        subject_sd: 1.3,
        cell_sd: 1.3,
    };
    let ask = Ask {
        shared_sd: false,
        tolerance,
        probes,
        ..Ask::default()
    };
    let clock = Clock::start();
    let estimate = Estimate::new(ratings, &links, &start, &ask)?;
    println!(
        "estimated: {}, {} steps, last change {:.1e}, error of the probes {:.1e}\n{:.4?}",
        clock.read(),
        estimate.rounds,
        estimate.change,
        estimate.probe_error,
        estimate.fit.model()
    );
    Ok(())
}

fn write(path: &str, entries: &[Entry]) {
    let mut text = String::from("subject,aspect,rater,group,category\n");
    for e in entries {
        text += &format!(
            "{},{},{},{},{}\n",
            e.subject, e.aspect, e.rater, e.group, e.category
        );
    }
    if let Err(error) = std::fs::write(path, text) {
        println!("{path}: {error}");
    }
}

fn main() -> metier_measure::Result<()> {
    let number = |n: usize, default: f64| {
        std::env::args()
            .nth(n)
            .and_then(|a| a.parse().ok())
            .unwrap_or(default)
    };
    let wanted = number(1, 1e5);
    let settings = Settings {
        tolerance: number(2, 1e-6),
        sweeps: number(3, 2.0) as usize,
        steps: 100,
    };
    let subjects = (wanted / f64::from(ASPECTS * 5)) as u32;
    let mut rng = Pcg64::seed_from_u64(20);
    let world = World::new(subjects, &mut rng);
    let entries = world.entries(&mut rng);
    let shape = world.shape();
    if let Some(path) = std::env::args().nth(6) {
        write(&path, &entries);
    }
    let clock = Clock::start();
    let mut ratings = Ratings::new(shape, &entries)?;
    println!(
        "{} ratings, {subjects} subjects, {} cells, {} raters: sorted in {}, {} MB",
        ratings.len(),
        ratings.cells(),
        shape.raters,
        clock.read(),
        ratings.bytes() / 1_000_000
    );
    drop(entries);
    let clock = Clock::start();
    let mut fit = Fit::new(&ratings, &model(), settings)?;
    println!("mode from nothing: {}, {:?}", clock.read(), fit.reached());

    // A thousand further ratings, of few as many as a tenth: somebody of the unit rates an aspect of a subject.
    let mut more: Vec<Entry> = Vec::new();
    let count = 1_000.min(ratings.len() / 10);
    while more.len() < count {
        let subject = rng.random_range(0..subjects);
        let rater = world.peer(subject, &mut rng);
        let entry = world.rate(subject, rng.random_range(0..ASPECTS), rater, &mut rng);
        let same = |e: &Entry| (e.subject, e.aspect, e.rater) == (entry.subject, entry.aspect, entry.rater);
        if !more.iter().any(same) {
            more.push(entry);
        }
    }
    let clock = Clock::start();
    let added = ratings.add(&more)?;
    let adding = clock.read();
    fit.refit(&ratings, &added, settings)?;
    println!(
        "{} ratings added ({} revised): {adding} to add, {} with the refit, {:?}",
        more.len(),
        added.revised,
        clock.read(),
        fit.reached()
    );
    if number(4, 0.0) > 0.0 {
        estimate(&ratings, number(4, 0.0) as usize, number(5, 1e-4))?;
    }
    Ok(())
}

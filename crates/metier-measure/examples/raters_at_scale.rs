//! What several raters cost at an organisation's scale:
//! `cargo run --release -p metier-measure --example raters_at_scale -- RATINGS`.
//!
//! Each subject is rated in 20 aspects by itself, its manager and three peers, most of them from its own unit
//! of 400. The data are simulated from the model; the seed is fixed.
#![allow(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a stopwatch, and draws within small ranges"
)]

use std::time::{Duration, Instant};

use metier_measure::raters::{Entry, Fit, Model, Ratings, Settings, Shape};
use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

const ASPECTS: u32 = 20;
const SELF: u8 = 0;
const MANAGER: u8 = 1;
const PEER: u8 = 2;

fn model() -> Model {
    Model {
        taus: vec![-2.2, -0.8, 0.6, 2.0],
        group_mean: vec![0.6, -0.3, 0.15],
        group_sd: vec![0.7, 0.5, 0.6],
        subject_sd: 1.0,
        cell_sd: 0.8,
    }
}

fn normal(rng: &mut Pcg64) -> f64 {
    StandardNormal.sample(rng)
}

/// Raters are the subjects themselves, then a manager for each ten, then two peers for each five.
struct World {
    subjects: u32,
    theta: Vec<f64>,
    leniency: Vec<f64>,
}

impl World {
    fn new(subjects: u32, rng: &mut Pcg64) -> Self {
        let model = model();
        let mut theta = Vec::with_capacity((subjects * ASPECTS) as usize);
        for _ in 0..subjects {
            let u = model.subject_sd * normal(rng);
            theta.extend((0..ASPECTS).map(|_| u + model.cell_sd * normal(rng)));
        }
        let mut world = Self {
            subjects,
            theta,
            leniency: Vec::new(),
        };
        world.leniency = (0..world.raters())
            .map(|rater| {
                let group = usize::from(world.group(rater));
                model.group_mean[group] + model.group_sd[group] * normal(rng)
            })
            .collect();
        world
    }

    fn raters(&self) -> u32 {
        self.subjects + self.subjects / 10 + self.subjects / 10 * 4
    }

    fn group(&self, rater: u32) -> u8 {
        match rater {
            r if r < self.subjects => SELF,
            r if r < self.subjects + self.subjects / 10 => MANAGER,
            _ => PEER,
        }
    }

    fn peer(&self, subject: u32, rng: &mut Pcg64) -> u32 {
        let peers = self.subjects / 10 * 4;
        let unit = 160.min(peers);
        let from = (subject / 400 * 160).min(peers - unit);
        let at = if rng.random_range(0..10) == 0 {
            rng.random_range(0..peers)
        } else {
            from + rng.random_range(0..unit)
        };
        self.subjects + self.subjects / 10 + at
    }

    fn rate(&self, subject: u32, aspect: u32, rater: u32, rng: &mut Pcg64) -> Entry {
        let eta = self.theta[(subject * ASPECTS + aspect) as usize] + self.leniency[rater as usize];
        let u: f64 = rng.random();
        let category = model()
            .taus
            .iter()
            .filter(|tau| u > 1.0 / (1.0 + libm::exp(eta - **tau)))
            .count();
        Entry {
            subject,
            aspect,
            rater,
            group: self.group(rater),
            category: category as u8,
        }
    }

    fn entries(&self, rng: &mut Pcg64) -> Vec<Entry> {
        let mut entries = Vec::with_capacity((self.subjects * ASPECTS * 5) as usize);
        for subject in 0..self.subjects {
            let mut raters = vec![
                subject,
                self.subjects + (subject / 10).min(self.subjects / 10 - 1),
            ];
            while raters.len() < 5 {
                let peer = self.peer(subject, rng);
                if !raters.contains(&peer) {
                    raters.push(peer);
                }
            }
            for aspect in 0..ASPECTS {
                entries.extend(raters.iter().map(|&rater| self.rate(subject, aspect, rater, rng)));
            }
        }
        // In no order: the ratings are sorted by the library.
        for i in (1..entries.len()).rev() {
            entries.swap(i, (rng.next_u64() % (i as u64 + 1)) as usize);
        }
        entries
    }
}

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
    let shape = Shape {
        subjects,
        aspects: ASPECTS,
        raters: world.raters(),
        groups: 3,
        categories: 5,
    };
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

    // A thousand further ratings: somebody new to the subject rates an aspect of it.
    let mut more: Vec<Entry> = Vec::new();
    while more.len() < 1_000 {
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
    Ok(())
}

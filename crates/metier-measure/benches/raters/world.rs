//! An organisation simulated from the model, of any size: each subject is rated in 20 aspects by itself, its
//! manager and three peers, nine in ten of them from its own unit of 400.

use metier_measure::raters::{Entry, Model, Shape};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

pub const ASPECTS: u32 = 20;
const SELF: u8 = 0;
const MANAGER: u8 = 1;
const PEER: u8 = 2;

/// Thresholds, means and deviations that the ratings are drawn from.
pub fn model() -> Model {
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
pub struct World {
    subjects: u32,
    theta: Vec<f64>,
    leniency: Vec<f64>,
}

impl World {
    /// At least ten subjects.
    pub fn new(subjects: u32, rng: &mut Pcg64) -> Self {
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

    pub fn shape(&self) -> Shape {
        Shape {
            subjects: self.subjects,
            aspects: ASPECTS,
            raters: self.raters(),
            groups: 3,
            categories: 5,
        }
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

    /// Somebody who may rate a subject.
    pub fn peer(&self, subject: u32, rng: &mut Pcg64) -> u32 {
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

    /// What a rater says of a subject's aspect.
    pub fn rate(&self, subject: u32, aspect: u32, rater: u32, rng: &mut Pcg64) -> Entry {
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

    /// All ratings, in no order: the library sorts them.
    pub fn entries(&self, rng: &mut Pcg64) -> Vec<Entry> {
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
        for i in (1..entries.len()).rev() {
            entries.swap(i, (rng.next_u64() % (i as u64 + 1)) as usize);
        }
        entries
    }
}

//! A simulated organisation: 48 subjects in 8 aspects, placed in five categories by themselves, by one of 6
//! managers and by some of 16 peers. Subjects, cells, raters and chance are drawn from the model of
//! `metier_measure::raters`; with a halo, each rater besides has a view of their own of each subject, which
//! the model does not know.

use metier_measure::raters::{Entry, Fit, Model, Ratings, Settings, Shape};
use metier_measure::special::normal_upper;
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

const SUBJECTS: u32 = 48;
const ASPECTS: u32 = 8;
const MANAGERS: u32 = 6;
const PEERS: u32 = 16;
const TOP: u8 = 4;

/// Ratings, and the categories they try to tell.
pub struct Organisation {
    pub ratings: Ratings,
    /// By subject and aspect.
    pub truth: Vec<u8>,
    /// By subject and aspect: what was said, oneself first, then the manager, then the peers.
    said: Vec<Vec<u8>>,
}

/// Shares of the cells.
#[derive(Debug, Clone, Copy)]
pub struct Hits {
    pub exact: f64,
    pub within_one: f64,
}

/// Groups: self, manager, peer.
pub fn truth() -> Model {
    Model {
        taus: vec![-2.2, -0.8, 0.6, 2.0],
        group_mean: vec![0.6, -0.3, 0.15],
        group_sd: vec![0.7, 0.5, 0.6],
        subject_sd: 1.0,
        cell_sd: 0.8,
    }
}

fn above(taus: &[f64], value: f64) -> u8 {
    u8::try_from(taus.iter().filter(|tau| value > **tau).count()).unwrap()
}

impl Organisation {
    /// `raters` ratings of each cell, two or more.
    pub fn new(seed: u64, raters: usize, halo: f64) -> Self {
        let mut rng = Pcg64::seed_from_u64(seed);
        let mut normal = |sd: f64| -> f64 {
            let z: f64 = StandardNormal.sample(&mut rng);
            sd * z
        };
        let model = truth();
        let groups = [(0, SUBJECTS), (1, MANAGERS), (2, PEERS)];
        let leniency: Vec<f64> = groups
            .iter()
            .flat_map(|&(group, count)| vec![group; count as usize])
            .map(|group: usize| model.group_mean[group] + normal(model.group_sd[group]))
            .collect();
        let theta: Vec<f64> = (0..SUBJECTS)
            .flat_map(|_| {
                let u = normal(model.subject_sd);
                (0..ASPECTS)
                    .map(|_| u + normal(model.cell_sd))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut entries = Vec::new();
        let mut said = vec![Vec::new(); theta.len()];
        for subject in 0..SUBJECTS {
            let mut panel = vec![subject, SUBJECTS + rng.random_range(0..MANAGERS)];
            let peers = sample(&mut rng, PEERS as usize, raters - 2);
            panel.extend(
                peers
                    .iter()
                    .map(|p| SUBJECTS + MANAGERS + u32::try_from(p).unwrap()),
            );
            for rater in panel {
                let z: f64 = StandardNormal.sample(&mut rng);
                for aspect in 0..ASPECTS {
                    let cell = (subject * ASPECTS + aspect) as usize;
                    let eta = theta[cell] + leniency[rater as usize] + halo * z;
                    // P(Y <= k) = logistic(tau - eta): a logistic deviate around eta, cut at the thresholds.
                    let u: f64 = rng.random_range(f64::MIN_POSITIVE..1.0);
                    let category = above(&model.taus, eta + (u / (1.0 - u)).ln());
                    said[cell].push(category);
                    entries.push(Entry {
                        subject,
                        aspect,
                        rater,
                        group: match rater {
                            r if r < SUBJECTS => 0,
                            r if r < SUBJECTS + MANAGERS => 1,
                            _ => 2,
                        },
                        category,
                    });
                }
            }
        }
        let shape = Shape {
            subjects: SUBJECTS,
            aspects: ASPECTS,
            raters: SUBJECTS + MANAGERS + PEERS,
            groups: 3,
            categories: TOP + 1,
        };
        Self {
            ratings: Ratings::new(shape, &entries).unwrap(),
            truth: theta.iter().map(|t| above(&model.taus, *t)).collect(),
            said,
        }
    }

    pub fn hits(&self, guess: impl Fn(usize) -> f64) -> Hits {
        let share = |within: f64| {
            let hits = (0..self.truth.len())
                .filter(|&cell| (guess(cell) - f64::from(self.truth[cell])).abs() <= within)
                .count();
            hits as f64 / self.truth.len() as f64
        };
        Hits {
            exact: share(0.25),
            within_one: share(1.25),
        }
    }

    /// The mean of what was said, halves to the even category; without oneself, from the second.
    pub fn mean(&self, from: usize) -> Hits {
        self.hits(|cell| {
            let said = &self.said[cell][from..];
            let sum: f64 = said.iter().map(|c| f64::from(*c)).sum();
            (sum / said.len() as f64).round_ties_even()
        })
    }

    pub fn median(&self) -> Hits {
        self.hits(|cell| {
            let mut said = self.said[cell].clone();
            said.sort_unstable();
            let (n, at) = (said.len(), |i: usize| f64::from(said[i]));
            (0.5 * (at((n - 1) / 2) + at(n / 2))).round_ties_even()
        })
    }

    pub fn manager(&self) -> Hits {
        self.hits(|cell| f64::from(self.said[cell][1]))
    }

    pub fn fit(&self, model: &Model) -> Fit {
        Fit::new(&self.ratings, model, Settings::default()).unwrap()
    }

    /// The category in which the mode of subject and cell lies.
    pub fn mode(&self, fit: &Fit) -> Hits {
        let taus = &fit.model().taus;
        self.hits(|cell| {
            f64::from(above(
                taus,
                fit.subjects()[cell / ASPECTS as usize] + fit.cells()[cell],
            ))
        })
    }

    /// Of all statements "at least category k", which share is made with 90%, and how many of these hold.
    pub fn claims(&self, fit: &Fit) -> (f64, f64) {
        let spreads = fit.spreads(&self.ratings).unwrap();
        let (mut made, mut hold) = (0.0, 0.0);
        for (cell, truth) in self.truth.iter().enumerate() {
            let theta = fit.subjects()[cell / ASPECTS as usize] + fit.cells()[cell];
            for (k, tau) in (1..).zip(&fit.model().taus) {
                if normal_upper((tau - theta) / spreads.stand[cell]).unwrap() >= 0.9 {
                    made += 1.0;
                    hold += if *truth >= k { 1.0 } else { 0.0 };
                }
            }
        }
        (made / (self.truth.len() * usize::from(TOP)) as f64, hold / made)
    }
}

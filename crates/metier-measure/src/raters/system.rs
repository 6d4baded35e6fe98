//! The joint Newton system of all effects, and of thresholds and groups' means where these are free.
//!
//! With `A` the subjects' arrows (subject and cells), `x` the rest (thresholds, means, raters) and `B`
//! between them, elimination of `A`, subject by subject, leaves the Schur complement
//! `S = H_xx - B' A^-1 B`, which is never formed: a product with it reads the ratings once. It is solved by
//! conjugate gradients, preconditioned with its own diagonal for the raters and its own block for the few
//! thresholds and means.
//!
//! All of `H` follows from two numbers a rating, `f1 = F1 (1 - F1)` and `f0 = F0 (1 - F0)`: `H` is
//! `f1 e e'` with `e = tau_y - eta`, plus `f0 e e'` with `e = tau_{y-1} - eta`, plus what only the two
//! thresholds share.

use crate::raters::data::Ratings;
use crate::raters::dense::Cholesky;
use crate::raters::effects::Effects;
use crate::raters::model::{score, weight};

mod product;
mod solve;

pub(super) use solve::dot;

/// Which numbers beside the effects are free.
#[derive(Debug, Clone)]
pub(super) struct Free {
    pub(super) taus: bool,
    pub(super) groups: Vec<bool>,
}

impl Free {
    pub(super) fn any(&self) -> bool {
        self.taus || self.groups.contains(&true)
    }
}

/// One number for each unknown: thresholds, means and raters in `rest`, in this order.
#[derive(Debug, Clone)]
pub(super) struct Vector {
    pub(super) rest: Vec<f64>,
    pub(super) subject: Vec<f64>,
    pub(super) cell: Vec<f64>,
}

/// The Hessian and the gradient of the penalised log-likelihood at some effects.
#[derive(Debug)]
pub(super) struct System<'a> {
    ratings: &'a Ratings,
    free: Free,
    cell_precision: f64,
    /// By place among the ratings held; `w = f1 + f0` alone, in `high`, when nothing but effects is free.
    high: Vec<f64>,
    low: Vec<f64>,
    /// `1 / (w_c + 1/s_v^2)` by cell.
    inverse: Vec<f64>,
    /// What is left of the subject's own diagonal after its cells are eliminated.
    pivot: Vec<f64>,
    /// What thresholds share beside `f1` and `f0`: its diagonal, and its upper neighbour.
    shared: Vec<(f64, f64)>,
    prior: Vec<f64>,
    group: Vec<u8>,
    diagonal: Vec<f64>,
    block: Option<Cholesky>,
    pub(super) gradient: Vector,
}

impl<'a> System<'a> {
    pub(super) fn new(ratings: &'a Ratings, effects: &Effects, free: &Free) -> Self {
        let (subjects, raters) = (effects.subject.len(), effects.rater.len());
        let taus = usize::from(ratings.shape().categories) - 1;
        let groups = usize::from(ratings.shape().groups);
        let rest = taus + groups + raters;
        let mut system = Self {
            ratings,
            free: free.clone(),
            cell_precision: effects.precisions.cell,
            high: vec![0.0; ratings.held()],
            low: vec![0.0; if free.any() { ratings.held() } else { 0 }],
            inverse: vec![0.0; ratings.cells()],
            pivot: vec![0.0; subjects],
            shared: vec![(0.0, 0.0); taus],
            prior: Vec::new(),
            group: (0..raters)
                .map(|r| u8::try_from(ratings.group_or_first(r)).unwrap_or(0))
                .collect(),
            diagonal: Vec::new(),
            block: None,
            gradient: Vector {
                rest: vec![0.0; rest],
                subject: vec![0.0; subjects],
                cell: vec![0.0; ratings.cells()],
            },
        };
        system.renew(effects);
        system
    }

    /// The number of thresholds and means, which stand before the raters.
    pub(super) fn fixed(&self) -> usize {
        self.shared.len() + self.free.groups.len()
    }

    /// The unknowns beside subjects and cells that are free, for a dense factor.
    pub(super) fn free_places(&self) -> Vec<usize> {
        (0..self.gradient.rest.len())
            .filter(|&i| self.is_free(i))
            .collect()
    }

    /// Takes on the effects' present values; the preconditioner is left as it was.
    pub(super) fn renew(&mut self, effects: &Effects) {
        self.cell_precision = effects.precisions.cell;
        self.prior.clear();
        self.prior.extend(
            self.group
                .iter()
                .map(|&g| effects.precisions.group[usize::from(g)]),
        );
        if self.free.any() {
            self.weigh::<true>(effects);
        } else {
            self.weigh::<false>(effects);
        }
    }

    /// The largest derivative of the penalised log-likelihood by any free unknown.
    pub(super) fn slope(&self) -> f64 {
        let g = &self.gradient;
        [&g.rest, &g.subject, &g.cell]
            .into_iter()
            .flatten()
            .fold(0.0, |most, g| if g.abs() > most { g.abs() } else { most })
    }

    fn is_free(&self, place: usize) -> bool {
        let taus = self.shared.len();
        match place {
            i if i < taus => self.free.taus,
            i if i < self.fixed() => self.free.groups[i - taus],
            _ => true,
        }
    }

    fn pin(&self, rest: &mut [f64]) {
        for (place, value) in rest[..self.fixed()].iter_mut().enumerate() {
            if !self.is_free(place) {
                *value = 0.0;
            }
        }
    }

    fn weigh<const FREE: bool>(&mut self, effects: &Effects) {
        let (taus, fixed) = (self.shared.len(), self.fixed());
        let (prior, mut of_taus) = (effects.precisions.cell, vec![0.0; taus + 1]);
        self.shared.fill((0.0, 0.0));
        let (thresholds, raters_slope) = self.gradient.rest.split_at_mut(fixed);
        raters_slope.fill(0.0);
        for subject in 0..effects.subject.len() {
            let (raters, categories) = self.ratings.ratings(subject);
            let span = self.ratings.span(subject);
            let mut slope = -effects.subject[subject] * effects.precisions.subject;
            let mut pivot = effects.precisions.subject;
            let mut from = 0;
            for slot in self.ratings.slots(subject) {
                let (cell, to) = (slot.cell as usize, slot.end as usize);
                let odds = effects.cell_odds[cell];
                let (mut s, mut w) = (0.0, 0.0);
                for i in from..to {
                    let (rater, category) = (raters[i] as usize, categories[i]);
                    let e = odds * effects.rater_odds[rater];
                    let of = effects.cuts.upper_lower(category, e);
                    let (own, heavy) = (score(of), weight(of));
                    s += own;
                    w += heavy;
                    raters_slope[rater] += own;
                    if FREE {
                        self.high[span.start + i] = of.0 * (1.0 - of.0);
                        self.low[span.start + i] = of.1 * (1.0 - of.1);
                        let (upper, lower) = effects.cuts.pulls(category, e, of);
                        let y = usize::from(category);
                        of_taus[y] += upper;
                        if y > 0 {
                            of_taus[y - 1] -= lower;
                            let product = upper * lower;
                            self.shared[y - 1].0 += product;
                            if y < taus {
                                self.shared[y].0 += product;
                                self.shared[y - 1].1 -= product;
                            }
                        }
                    } else {
                        self.high[span.start + i] = heavy;
                    }
                }
                from = to;
                let inverse = 1.0 / (w + prior);
                self.inverse[cell] = inverse;
                self.gradient.cell[cell] = s - effects.cell[cell] * prior;
                slope += s;
                pivot += w * prior * inverse;
            }
            self.gradient.subject[subject] = slope;
            self.pivot[subject] = pivot;
        }
        thresholds.fill(0.0);
        if FREE {
            thresholds[..taus].copy_from_slice(&of_taus[..taus]);
            for (slope, &group) in raters_slope.iter().zip(&self.group) {
                thresholds[taus + usize::from(group)] += slope;
            }
        }
        for ((slope, effect), prior) in raters_slope.iter_mut().zip(&effects.rater).zip(&self.prior) {
            *slope -= effect * prior;
        }
        let mut rest = std::mem::take(&mut self.gradient.rest);
        self.pin(&mut rest);
        self.gradient.rest = rest;
    }
}

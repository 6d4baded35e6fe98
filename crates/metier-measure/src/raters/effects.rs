//! The effects, and Newton steps for one subject with its cells, or for one rater, the rest held fixed.

use crate::raters::data::Ratings;
use crate::raters::model::{Cuts, Model, Precisions, odds, score, weight};
use crate::raters::system::Vector;

/// The largest step of a subject's or a cell's effect, and of a rater's. Unclamped, block Newton can diverge:
/// far from the mode the likelihood's curvature vanishes and the step overshoots.
const CLAMP_SUBJECT: f64 = 0.7;
const CLAMP_RATER: f64 = 0.5;

/// A model made ready, and the effects under it.
#[derive(Debug, Clone)]
pub(super) struct Effects {
    pub(super) cuts: Cuts,
    pub(super) precisions: Precisions,
    pub(super) means: Vec<f64>,
    pub(super) subject: Vec<f64>,
    pub(super) cell: Vec<f64>,
    pub(super) rater: Vec<f64>,
    /// `exp(u + v)` by cell.
    pub(super) cell_odds: Vec<f64>,
    /// `exp(mean + b)` by rater.
    pub(super) rater_odds: Vec<f64>,
}

/// What one subject's arrow-shaped system needs of each of its cells.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    cells: Vec<(f64, f64)>,
}

impl Effects {
    /// All effects zero, those of nobody as yet included.
    pub(super) fn zero(ratings: &Ratings, model: &Model) -> Self {
        let mut effects = Self {
            cuts: model.cuts(),
            precisions: model.precisions(),
            means: model.group_mean.clone(),
            subject: Vec::new(),
            cell: Vec::new(),
            rater: Vec::new(),
            cell_odds: Vec::new(),
            rater_odds: Vec::new(),
        };
        effects.widen(ratings);
        effects
    }

    /// Room for what was added: a new cell starts at zero around its subject, a new rater at its group's mean.
    pub(super) fn widen(&mut self, ratings: &Ratings) {
        let shape = ratings.shape();
        let first = self.cell.len();
        let was = self.rater.len();
        self.subject.resize(shape.subjects as usize, 0.0);
        self.cell.resize(ratings.cells(), 0.0);
        self.cell_odds.resize(ratings.cells(), 1.0);
        for cell in first..self.cell.len() {
            if let Some((subject, _)) = ratings.cell(cell) {
                self.cell_odds[cell] = odds(self.subject[subject as usize]);
            }
        }
        self.rater.resize(shape.raters as usize, 0.0);
        self.rater_odds.resize(shape.raters as usize, 1.0);
        for rater in was..self.rater.len() {
            self.renew_rater(ratings, rater);
        }
    }

    /// Takes on another model at the same effects.
    pub(super) fn adopt(&mut self, ratings: &Ratings, model: &Model) {
        self.cuts = model.cuts();
        self.precisions = model.precisions();
        self.means.clone_from(&model.group_mean);
        for rater in 0..self.rater.len() {
            self.renew_rater(ratings, rater);
        }
    }

    pub(super) fn renew_subject(&mut self, ratings: &Ratings, subject: usize) {
        for slot in ratings.slots(subject) {
            let cell = slot.cell as usize;
            self.cell_odds[cell] = odds(self.subject[subject] + self.cell[cell]);
        }
    }

    pub(super) fn renew_rater(&mut self, ratings: &Ratings, rater: usize) {
        self.rater_odds[rater] = odds(self.means[ratings.group_or_first(rater)] + self.rater[rater]);
    }

    /// One clamped Newton step of a subject's effect with its cells', raters fixed; the largest change.
    ///
    /// The Hessian is an arrow: the subject's row against a diagonal of cells. Eliminating the cells leaves
    /// `1/s_u^2 + Sum_c w_c / (1 + w_c s_v^2)` for the subject, a sum of positive terms.
    pub(super) fn step_subject(&mut self, ratings: &Ratings, subject: usize, scratch: &mut Scratch) -> f64 {
        let (raters, categories) = ratings.ratings(subject);
        let slots = ratings.slots(subject);
        let prior = self.precisions.cell;
        let mut right = -self.subject[subject] * self.precisions.subject;
        let mut pivot = self.precisions.subject;
        let mut from = 0;
        scratch.cells.clear();
        for slot in slots {
            let (cell, to) = (slot.cell as usize, slot.end as usize);
            let (mut s, mut w) = (0.0, 0.0);
            for (rater, category) in raters[from..to].iter().zip(&categories[from..to]) {
                let e = self.cell_odds[cell] * self.rater_odds[*rater as usize];
                let of = self.cuts.upper_lower(*category, e);
                s += score(of);
                w += weight(of);
            }
            from = to;
            let inverse = 1.0 / (w + prior);
            let own = s - self.cell[cell] * prior;
            right += s - w * inverse * own;
            pivot += w * prior * inverse;
            scratch.cells.push((own * inverse, w * inverse));
        }
        let step = right / pivot;
        let mut largest = clamp(&mut self.subject[subject], step, CLAMP_SUBJECT);
        for (slot, (own, pull)) in slots.iter().zip(&scratch.cells) {
            let moved = clamp(
                &mut self.cell[slot.cell as usize],
                own - pull * step,
                CLAMP_SUBJECT,
            );
            largest = largest.max(moved);
        }
        self.renew_subject(ratings, subject);
        largest
    }

    /// One clamped Newton step of a rater's effect, all else fixed; the change.
    pub(super) fn step_rater(&mut self, ratings: &Ratings, rater: usize) -> f64 {
        let prior = self.precisions.group[ratings.group_or_first(rater)];
        let (cells, categories) = ratings.sheet(rater);
        let odds = self.rater_odds[rater];
        let (mut right, mut pivot) = (-self.rater[rater] * prior, prior);
        for (cell, category) in cells.iter().zip(categories) {
            let of = self
                .cuts
                .upper_lower(*category, self.cell_odds[*cell as usize] * odds);
            right += score(of);
            pivot += weight(of);
        }
        let moved = clamp(&mut self.rater[rater], right / pivot, CLAMP_RATER);
        self.renew_rater(ratings, rater);
        moved
    }

    /// Moves all effects by `length` times `d`, whose raters stand after `fixed` others.
    pub(super) fn advance(&mut self, ratings: &Ratings, d: &Vector, fixed: usize, length: f64) {
        let pairs = [
            (&mut self.subject, &d.subject[..]),
            (&mut self.cell, &d.cell[..]),
            (&mut self.rater, &d.rest[fixed..]),
        ];
        for (effects, steps) in pairs {
            for (effect, step) in effects.iter_mut().zip(steps) {
                *effect += length * step;
            }
        }
        for subject in 0..self.subject.len() {
            self.renew_subject(ratings, subject);
        }
        for rater in 0..self.rater.len() {
            self.renew_rater(ratings, rater);
        }
    }

    /// All subjects, then all raters; the largest change.
    pub(super) fn sweep(&mut self, ratings: &Ratings, scratch: &mut Scratch) -> f64 {
        let mut largest = 0.0_f64;
        for subject in 0..self.subject.len() {
            largest = largest.max(self.step_subject(ratings, subject, scratch));
        }
        for rater in 0..self.rater.len() {
            largest = largest.max(self.step_rater(ratings, rater));
        }
        largest
    }
}

fn clamp(effect: &mut f64, step: f64, most: f64) -> f64 {
    let step = step.clamp(-most, most);
    *effect += step;
    step.abs()
}

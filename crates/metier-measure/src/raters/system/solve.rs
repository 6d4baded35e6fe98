//! Solutions: the subjects' arrows eliminated, conjugate gradients for the rest.

use super::{System, Vector};
use crate::error::{MeasureError, Result};
use crate::raters::dense::Cholesky;

impl System<'_> {
    /// Solves `H d = right` to a relative residual in the rest of `accuracy`; the steps taken.
    pub(in crate::raters) fn solve(&mut self, right: &Vector, accuracy: f64) -> Result<(Vector, usize)> {
        let mut d = right.clone();
        self.solve_arrows(&mut d.subject, &mut d.cell);
        // B' A^-1 right, taken from the right side of the rest.
        let mut reduced = right.rest.clone();
        self.take_arrows(&d, &mut reduced);
        let (rest, steps) = self.solve_rest(&reduced, accuracy)?;
        let (of_subject, of_cell) = self.answer(&rest);
        for (d, of) in d.subject.iter_mut().zip(&of_subject) {
            *d -= of;
        }
        for (d, of) in d.cell.iter_mut().zip(&of_cell) {
            *d -= of;
        }
        d.rest = rest;
        Ok((d, steps))
    }

    /// Renews the preconditioner: the diagonal of `S` for the raters, its block for what stands before.
    pub(in crate::raters) fn precondition(&mut self) -> Result<()> {
        let fixed = self.fixed();
        let mut diagonal = self.prior.clone();
        let mut sums = vec![0.0; diagonal.len()];
        for subject in 0..self.pivot.len() {
            let (raters, _) = self.ratings.ratings(subject);
            let start = self.ratings.span(subject).start;
            let mut from = 0;
            for slot in self.ratings.slots(subject) {
                let to = slot.end as usize;
                let inverse = self.inverse[slot.cell as usize];
                for (at, rater) in (start + from..).zip(&raters[from..to]) {
                    let mut w = self.high[at];
                    if self.free.any() {
                        w += self.low[at];
                    }
                    let rater = *rater as usize;
                    diagonal[rater] += w - w * w * inverse;
                    sums[rater] += w * inverse * self.cell_precision;
                }
                from = to;
            }
            // Each rater of the subject once: the sum is emptied as it is used.
            for &rater in raters {
                let sum = std::mem::take(&mut sums[rater as usize]);
                diagonal[rater as usize] -= sum * sum / self.pivot[subject];
            }
        }
        self.diagonal = diagonal;
        if self.free.any() {
            let places: Vec<usize> = (0..fixed).filter(|&i| self.is_free(i)).collect();
            self.block = Some(self.dense(&places)?);
        }
        Ok(())
    }

    /// The factor of `S` at `places`.
    pub(in crate::raters) fn dense(&self, places: &[usize]) -> Result<Cholesky> {
        let length = self.gradient.rest.len();
        let (mut unit, mut column) = (vec![0.0; length], vec![0.0; length]);
        let mut matrix = Vec::with_capacity(places.len() * places.len());
        for &place in places {
            unit[place] = 1.0;
            self.apply(&unit, &mut column);
            unit[place] = 0.0;
            matrix.extend(places.iter().map(|&other| column[other]));
        }
        Cholesky::new(places.to_vec(), matrix)
    }

    fn preconditioned(&self, residual: &[f64], out: &mut [f64]) {
        let fixed = self.fixed();
        out[..fixed].fill(0.0);
        if let Some(block) = &self.block {
            block.solve(residual, out);
        }
        let raters = out[fixed..].iter_mut().zip(&residual[fixed..]);
        for ((out, residual), diagonal) in raters.zip(&self.diagonal) {
            *out = residual / diagonal;
        }
    }

    /// `S^-1 right` by preconditioned conjugate gradients from zero (Hestenes and Stiefel, Journal of
    /// Research of the National Bureau of Standards 49, 1952); the steps taken.
    pub(in crate::raters) fn solve_rest(&self, right: &[f64], accuracy: f64) -> Result<(Vec<f64>, usize)> {
        const MOST: usize = 2_000;
        let n = right.len();
        let (mut x, mut residual) = (vec![0.0; n], right.to_vec());
        let (mut turned, mut product) = (vec![0.0; n], vec![0.0; n]);
        self.preconditioned(&residual, &mut turned);
        let mut direction = turned.clone();
        let mut size = dot(&residual, &turned);
        let goal = accuracy * accuracy * size;
        for steps in 0..MOST {
            if size <= goal || size == 0.0 {
                return Ok((x, steps));
            }
            self.apply(&direction, &mut product);
            let length = size / dot(&direction, &product);
            for ((x, d), (r, p)) in x
                .iter_mut()
                .zip(&direction)
                .zip(residual.iter_mut().zip(&product))
            {
                *x += length * d;
                *r -= length * p;
            }
            self.preconditioned(&residual, &mut turned);
            let next = dot(&residual, &turned);
            if !next.is_finite() {
                break;
            }
            let share = next / size;
            size = next;
            for (d, t) in direction.iter_mut().zip(&turned) {
                *d = t + share * *d;
            }
        }
        Err(MeasureError::NoConvergence {
            quantity: "the joint Newton step",
        })
    }
}

pub(in crate::raters) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

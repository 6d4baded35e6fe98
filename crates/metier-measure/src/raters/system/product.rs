//! Products with the parts of the Hessian, each one pass over the ratings.

use super::{System, Vector};

/// A vector laid out for the passes.
struct Laid {
    /// Each rater's effect with its group's mean.
    whole: Vec<f64>,
    /// The thresholds between a zero before and one after: what lies beyond the ends does not move.
    edges: Vec<f64>,
}

impl System<'_> {
    /// `S x`.
    pub(in crate::raters) fn apply(&self, x: &[f64], out: &mut [f64]) {
        if self.free.any() {
            self.apply_as::<true>(x, out);
        } else {
            self.apply_as::<false>(x, out);
        }
    }

    fn apply_as<const FREE: bool>(&self, x: &[f64], out: &mut [f64]) {
        let laid = self.lay(x);
        let (taus, fixed) = (self.shared.len(), self.fixed());
        out.fill(0.0);
        let of_raters = &mut out[fixed..];
        let mut edges = vec![0.0; taus + 2];
        let mut own: Vec<f64> = Vec::new();
        for subject in 0..self.pivot.len() {
            let (raters, categories) = self.ratings.ratings(subject);
            let (high, low) = self.pulls::<FREE>(subject);
            own.clear();
            let shift = self.shift_of::<FREE>(subject, &laid, &mut own);
            let mut from = 0;
            for (slot, own) in self.ratings.slots(subject).iter().zip(&own) {
                let to = slot.end as usize;
                let moved = (own + self.cell_precision * shift) * self.inverse[slot.cell as usize];
                for i in from..to {
                    let rater = raters[i] as usize;
                    let apart = laid.whole[rater] - moved;
                    if FREE {
                        let y = usize::from(categories[i]);
                        let upper = high[i] * (apart - laid.edges[y + 1]);
                        let lower = low[i] * (apart - laid.edges[y]);
                        of_raters[rater] += upper + lower;
                        edges[y + 1] -= upper;
                        edges[y] -= lower;
                    } else {
                        of_raters[rater] += high[i] * apart;
                    }
                }
                from = to;
            }
        }
        if FREE {
            for (k, of) in edges[1..=taus].iter().enumerate() {
                let (own, next) = self.shared[k];
                out[k] += of + own * x[k];
                if k + 1 < taus {
                    out[k] += next * x[k + 1];
                    out[k + 1] += next * x[k];
                }
            }
            for (rater, &group) in self.group.iter().enumerate() {
                out[taus + usize::from(group)] += out[fixed + rater];
            }
        }
        for ((out, x), prior) in out[fixed..].iter_mut().zip(&x[fixed..]).zip(&self.prior) {
            *out += x * prior;
        }
        self.pin(out);
    }

    fn lay(&self, x: &[f64]) -> Laid {
        let taus = self.shared.len();
        let (means, raters) = (&x[taus..], &x[self.fixed()..]);
        let whole = raters
            .iter()
            .zip(&self.group)
            .map(|(x, &group)| x + means[usize::from(group)])
            .collect();
        let mut edges = vec![0.0; taus + 2];
        edges[1..=taus].copy_from_slice(&x[..taus]);
        Laid { whole, edges }
    }

    /// A subject's share of the two numbers a rating; the second is empty when nothing but effects is free.
    #[inline]
    fn pulls<const FREE: bool>(&self, subject: usize) -> (&[f64], &[f64]) {
        let span = self.ratings.span(subject);
        let low = if FREE { &self.low[span.clone()] } else { &[][..] };
        (&self.high[span], low)
    }

    /// Per cell of a subject `(B x)_c`, appended to `own`; and the subject's component of `A^-1 B x`.
    #[inline]
    fn shift_of<const FREE: bool>(&self, subject: usize, laid: &Laid, own: &mut Vec<f64>) -> f64 {
        let (raters, categories) = self.ratings.ratings(subject);
        let (high, low) = self.pulls::<FREE>(subject);
        let (mut from, mut right) = (0, 0.0);
        for slot in self.ratings.slots(subject) {
            let to = slot.end as usize;
            let mut sum = 0.0;
            for i in from..to {
                let of = laid.whole[raters[i] as usize];
                if FREE {
                    let y = usize::from(categories[i]);
                    sum += high[i] * (of - laid.edges[y + 1]) + low[i] * (of - laid.edges[y]);
                } else {
                    sum += high[i] * of;
                }
            }
            from = to;
            own.push(sum);
            right += sum * self.inverse[slot.cell as usize];
        }
        right * self.cell_precision / self.pivot[subject]
    }

    /// `A^-1 B x`: how subjects and cells answer to a move of the rest, with the sign turned.
    pub(in crate::raters) fn answer(&self, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let laid = self.lay(x);
        let mut of_subject = vec![0.0; self.pivot.len()];
        let mut of_cell = vec![0.0; self.inverse.len()];
        let mut own = Vec::new();
        for (subject, of) in of_subject.iter_mut().enumerate() {
            own.clear();
            let shift = if self.free.any() {
                self.shift_of::<true>(subject, &laid, &mut own)
            } else {
                self.shift_of::<false>(subject, &laid, &mut own)
            };
            *of = shift;
            for (slot, own) in self.ratings.slots(subject).iter().zip(&own) {
                let cell = slot.cell as usize;
                of_cell[cell] = (own + self.cell_precision * shift) * self.inverse[cell] - shift;
            }
        }
        (of_subject, of_cell)
    }

    /// `A^-1 (right)`, in place.
    pub(super) fn solve_arrows(&self, of_subject: &mut [f64], of_cell: &mut [f64]) {
        for (subject, right) in of_subject.iter_mut().enumerate() {
            let slots = self.ratings.slots(subject);
            for slot in slots {
                let cell = slot.cell as usize;
                *right -= self.pull(cell) * of_cell[cell];
            }
            *right /= self.pivot[subject];
            for slot in slots {
                let cell = slot.cell as usize;
                of_cell[cell] = of_cell[cell] * self.inverse[cell] - self.pull(cell) * *right;
            }
        }
    }

    /// `w_c / (w_c + 1/s_v^2)`.
    fn pull(&self, cell: usize) -> f64 {
        1.0 - self.cell_precision * self.inverse[cell]
    }

    /// The variance of a subject's effect were the rest known.
    pub(in crate::raters) fn own_variance_of_subject(&self, subject: usize) -> f64 {
        1.0 / self.pivot[subject]
    }

    /// The variances of a cell's effect, and of its sum with the subject's, were the rest known.
    pub(in crate::raters) fn own_variance_of_cell(&self, subject: usize, cell: usize) -> (f64, f64) {
        let (of_subject, inverse) = (1.0 / self.pivot[subject], self.inverse[cell]);
        let (pull, sum) = (self.pull(cell), self.cell_precision * inverse);
        (
            inverse + pull * pull * of_subject,
            inverse + sum * sum * of_subject,
        )
    }

    /// The logarithm of the determinant of `A`.
    pub(in crate::raters) fn ln_determinant(&self) -> f64 {
        let of = |values: &[f64]| values.iter().map(|v| libm::log(*v)).sum::<f64>();
        of(&self.pivot) - of(&self.inverse)
    }

    pub(super) fn take_arrows(&self, d: &Vector, reduced: &mut [f64]) {
        let (taus, fixed, free) = (self.shared.len(), self.fixed(), self.free.any());
        let mut of_group = vec![0.0; self.free.groups.len()];
        for subject in 0..self.pivot.len() {
            let (raters, categories) = self.ratings.ratings(subject);
            let start = self.ratings.span(subject).start;
            let mut from = 0;
            for slot in self.ratings.slots(subject) {
                let to = slot.end as usize;
                let moved = d.subject[subject] + d.cell[slot.cell as usize];
                for i in from..to {
                    let (rater, y) = (raters[i] as usize, usize::from(categories[i]));
                    let mut heavy = self.high[start + i];
                    if free {
                        let low = self.low[start + i];
                        if y < taus {
                            reduced[y] += heavy * moved;
                        }
                        if y > 0 {
                            reduced[y - 1] += low * moved;
                        }
                        heavy += low;
                        of_group[usize::from(self.group[rater])] += heavy * moved;
                    }
                    reduced[fixed + rater] -= heavy * moved;
                }
                from = to;
            }
        }
        for (reduced, of) in reduced[taus..fixed].iter_mut().zip(&of_group) {
            *reduced -= of;
        }
        self.pin(reduced);
    }

    /// The largest change of any rating's `eta` along `d`; a bound for it when that is small already.
    pub(in crate::raters) fn reach(&self, d: &Vector) -> f64 {
        const SMALL: f64 = 0.25;
        let whole = self.lay(&d.rest).whole;
        let largest = |list: &[f64]| list.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let bound = largest(&whole) + largest(&d.subject) + largest(&d.cell);
        if bound <= SMALL {
            return bound;
        }
        let mut most = 0.0_f64;
        for subject in 0..self.pivot.len() {
            let (raters, _) = self.ratings.ratings(subject);
            let mut from = 0;
            for slot in self.ratings.slots(subject) {
                let to = slot.end as usize;
                let moved = d.subject[subject] + d.cell[slot.cell as usize];
                for rater in &raters[from..to] {
                    most = most.max((moved + whole[*rater as usize]).abs());
                }
                from = to;
            }
        }
        most
    }
}

//! Products with the parts of the Hessian, each one pass over the ratings.

use super::{System, Vector};

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
        let whole = self.whole(x);
        let (taus, fixed) = (self.shared.len(), self.fixed());
        out.fill(0.0);
        let mut of_taus = vec![0.0; taus + 1];
        let mut own: Vec<f64> = Vec::new();
        for subject in 0..self.pivot.len() {
            let (raters, categories) = self.ratings.ratings(subject);
            let start = self.ratings.span(subject).start;
            let slots = self.ratings.slots(subject);
            own.clear();
            let shift = self.shift_of::<FREE>(subject, x, &whole, &mut own);
            let mut from = 0;
            for (slot, own) in slots.iter().zip(&own) {
                let to = slot.end as usize;
                let moved = (own + self.cell_precision * shift) * self.inverse[slot.cell as usize];
                for i in from..to {
                    let (rater, at) = (raters[i] as usize, start + i);
                    let apart = whole[rater] - moved;
                    if FREE {
                        let y = usize::from(categories[i]);
                        let upper = if y < taus {
                            self.high[at] * (apart - x[y])
                        } else {
                            0.0
                        };
                        let lower = if y > 0 {
                            self.low[at] * (apart - x[y - 1])
                        } else {
                            0.0
                        };
                        out[fixed + rater] += upper + lower;
                        of_taus[y] -= upper;
                        if y > 0 {
                            of_taus[y - 1] -= lower;
                        }
                    } else {
                        out[fixed + rater] += self.high[at] * apart;
                    }
                }
                from = to;
            }
        }
        if FREE {
            for (k, of) in of_taus[..taus].iter().enumerate() {
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

    /// Each rater's effect with its group's mean.
    fn whole(&self, x: &[f64]) -> Vec<f64> {
        let (means, raters) = (&x[self.shared.len()..], &x[self.fixed()..]);
        raters
            .iter()
            .zip(&self.group)
            .map(|(x, &group)| x + means[usize::from(group)])
            .collect()
    }

    /// Per cell of a subject `(B x)_c`, appended to `own`; and the subject's component of `A^-1 B x`.
    #[inline]
    fn shift_of<const FREE: bool>(
        &self,
        subject: usize,
        x: &[f64],
        whole: &[f64],
        own: &mut Vec<f64>,
    ) -> f64 {
        let (raters, categories) = self.ratings.ratings(subject);
        let start = self.ratings.span(subject).start;
        let taus = self.shared.len();
        let (mut from, mut right) = (0, 0.0);
        for slot in self.ratings.slots(subject) {
            let to = slot.end as usize;
            let mut sum = 0.0;
            for i in from..to {
                let (of, at) = (whole[raters[i] as usize], start + i);
                if FREE {
                    let y = usize::from(categories[i]);
                    if y < taus {
                        sum += self.high[at] * (of - x[y]);
                    }
                    if y > 0 {
                        sum += self.low[at] * (of - x[y - 1]);
                    }
                } else {
                    sum += self.high[at] * of;
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
        let whole = self.whole(x);
        let mut of_subject = vec![0.0; self.pivot.len()];
        let mut of_cell = vec![0.0; self.inverse.len()];
        let mut own = Vec::new();
        for (subject, of) in of_subject.iter_mut().enumerate() {
            own.clear();
            let shift = if self.free.any() {
                self.shift_of::<true>(subject, x, &whole, &mut own)
            } else {
                self.shift_of::<false>(subject, x, &whole, &mut own)
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

    /// The largest change of any rating's `eta` along `d`.
    pub(in crate::raters) fn reach(&self, d: &Vector) -> f64 {
        let whole = self.whole(&d.rest);
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

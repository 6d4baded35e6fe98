//! The model's fixed numbers, and the likelihood of one rating.

use crate::error::{MeasureError, Result, within};
use crate::raters::data::Shape;

/// Thresholds, the groups' means and the standard deviations of the effects:
/// `P(Y <= k) = logistic(tau_{k+1} - eta)`, `eta = mean_group + u_subject + v_cell + b_rater`,
/// `u ~ N(0, subject_sd^2)`, `v ~ N(0, cell_sd^2)`, `b ~ N(0, group_sd^2)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Ascending thresholds, from -50 to 50; one fewer than categories.
    pub taus: Vec<f64>,
    /// The mean leniency of each group, from -50 to 50; positive gives higher categories.
    pub group_mean: Vec<f64>,
    /// The standard deviation of leniency within each group, from 0.01 to 20; alike for all when shared.
    pub group_sd: Vec<f64>,
    /// The standard deviation of the subjects' effects, from 0.01 to 20.
    pub subject_sd: f64,
    /// The standard deviation of the cells' effects around their subject's, from 0.01 to 20.
    pub cell_sd: f64,
}

impl Model {
    /// Refuses a model outside its domain or of another shape than the ratings.
    pub(super) fn check(&self, shape: Shape) -> Result<()> {
        let lengths = [
            ("taus", self.taus.len(), usize::from(shape.categories) - 1),
            ("group_mean", self.group_mean.len(), usize::from(shape.groups)),
            ("group_sd", self.group_sd.len(), usize::from(shape.groups)),
        ];
        for (name, length, expected) in lengths {
            if length != expected {
                return Err(MeasureError::Length {
                    name,
                    length,
                    allowed: "as many as the shape says",
                });
            }
        }
        let mut last = f64::NEG_INFINITY;
        for &tau in &self.taus {
            within(
                "tau",
                tau,
                |t| t > last && t.abs() <= 50.0,
                "ascending, from -50 to 50",
            )?;
            last = tau;
        }
        for &mean in &self.group_mean {
            within("group_mean", mean, |m| m.abs() <= 50.0, "from -50 to 50")?;
        }
        let sds = [("subject_sd", self.subject_sd), ("cell_sd", self.cell_sd)];
        for (name, sd) in sds
            .into_iter()
            .chain(self.group_sd.iter().map(|&sd| ("group_sd", sd)))
        {
            within(name, sd, |s| (0.01..=20.0).contains(&s), "from 0.01 to 20")?;
        }
        Ok(())
    }

    pub(super) fn cuts(&self) -> Cuts {
        let mut odds = vec![f64::INFINITY];
        odds.extend(self.taus.iter().map(|&tau| libm::exp(-tau)));
        odds.push(0.0);
        Cuts { odds }
    }

    pub(super) fn precisions(&self) -> Precisions {
        let of = |sd: f64| 1.0 / (sd * sd);
        Precisions {
            subject: of(self.subject_sd),
            cell: of(self.cell_sd),
            group: self.group_sd.iter().map(|&sd| of(sd)).collect(),
        }
    }
}

/// The inverses of the variances.
#[derive(Debug, Clone)]
pub(super) struct Precisions {
    pub(super) subject: f64,
    pub(super) cell: f64,
    pub(super) group: Vec<f64>,
}

/// The thresholds as odds `exp(-tau)`, so that a rating costs no exponential: with `E = exp(eta)` the product
/// of its cell's and its rater's, `F(tau - eta) = 1 / (1 + E exp(-tau))`.
#[derive(Debug, Clone)]
pub(super) struct Cuts {
    odds: Vec<f64>,
}

impl Cuts {
    /// `F(tau_y - eta)` and `F(tau_{y-1} - eta)`, 1 and 0 at the ends.
    #[inline]
    pub(super) fn upper_lower(&self, category: u8, e: f64) -> (f64, f64) {
        let y = usize::from(category);
        (1.0 / (1.0 + e * self.odds[y + 1]), 1.0 / (1.0 + e * self.odds[y]))
    }

    /// The derivatives of the log-chance by the upper threshold, and of minus it by the lower: `f1 / p` and
    /// `f0 / p` with `p = F1 - F0`, without cancellation.
    pub(super) fn pulls(&self, category: u8, e: f64, (upper, lower): (f64, f64)) -> (f64, f64) {
        let y = usize::from(category);
        if y == 0 {
            (1.0 - upper, 0.0)
        } else if self.odds[y + 1] == 0.0 {
            (0.0, lower)
        } else {
            let apart = e * (self.odds[y] - self.odds[y + 1]);
            let (above, below) = (e * self.odds[y + 1], e * self.odds[y]);
            (
                above * upper * (1.0 + below) / apart,
                below * lower * (1.0 + above) / apart,
            )
        }
    }

    /// `P(Y = category) = F1 - F0`, without cancellation; at least 1e-200, which no rating near its mode has.
    #[inline]
    pub(super) fn chance(&self, category: u8, e: f64) -> f64 {
        let (upper, lower) = self.upper_lower(category, e);
        let y = usize::from(category);
        let chance = if y == 0 {
            upper
        } else {
            // 1 - F0, or e (exp(-lo) - exp(-hi)) F1 F0.
            e * (self.odds[y] - self.odds[y + 1]) * upper * lower
        };
        chance.max(1e-200)
    }
}

/// The derivative of the log-chance of a rating by `eta`: `F1 + F0 - 1`.
#[inline]
pub(super) fn score((upper, lower): (f64, f64)) -> f64 {
    upper + lower - 1.0
}

/// Minus the second derivative: `F1 (1 - F1) + F0 (1 - F0)`; from 0 to 1/2.
#[inline]
pub(super) fn weight((upper, lower): (f64, f64)) -> f64 {
    upper * (1.0 - upper) + lower * (1.0 - lower)
}

/// `exp` for an effect; the bound keeps products of two finite and above zero, and no mode comes near it.
#[inline]
pub(super) fn odds(effect: f64) -> f64 {
    libm::exp(effect.clamp(-340.0, 340.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        Model {
            taus: vec![-1.5, -0.2, 1.0],
            group_mean: vec![0.0],
            group_sd: vec![0.7],
            subject_sd: 1.0,
            cell_sd: 0.8,
        }
    }

    #[test]
    fn score_and_weight_are_the_derivatives_of_the_log_chance() {
        let cuts = model().cuts();
        for category in 0..4 {
            for eta in [-6.0, -1.0, 0.1, 2.5, 7.0] {
                let at = |eta: f64| libm::log(cuts.chance(category, odds(eta)));
                let of = cuts.upper_lower(category, odds(eta));
                assert!(((of.0 - of.1).ln() - at(eta)).abs() < 1e-9);
                let h = 1e-4;
                let slope = (at(eta + h) - at(eta - h)) / (2.0 * h);
                let bend = (at(eta + h) - 2.0 * at(eta) + at(eta - h)) / (h * h);
                assert!((score(of) - slope).abs() < 1e-7, "{category} {eta}");
                assert!((weight(of) + bend).abs() < 1e-6, "{category} {eta}");
            }
        }
    }

    #[test]
    fn nothing_overflows_at_the_ends() {
        let cuts = model().cuts();
        for eta in [-1e6, -800.0, 800.0, 1e6] {
            for category in 0..4 {
                let of = cuts.upper_lower(category, odds(eta) * odds(eta));
                assert!(score(of).is_finite() && weight(of) >= 0.0, "{of:?}");
                let chance = cuts.chance(category, odds(eta));
                assert!((0.0..=1.0).contains(&chance));
            }
        }
    }

    #[test]
    fn refuses_what_is_no_model() {
        let shape = Shape {
            subjects: 1,
            aspects: 1,
            raters: 1,
            groups: 1,
            categories: 4,
        };
        assert!(model().check(shape).is_ok());
        let refused = |change: &dyn Fn(&mut Model)| {
            let mut changed = model();
            change(&mut changed);
            assert!(changed.check(shape).is_err(), "{changed:?}");
        };
        refused(&|m| m.taus[1] = f64::NAN);
        refused(&|m| m.taus[1] = 1.0);
        refused(&|m| m.taus.push(2.0));
        refused(&|m| m.group_mean[0] = f64::INFINITY);
        refused(&|m| m.group_mean.clear());
        refused(&|m| m.group_sd[0] = 0.0);
        refused(&|m| m.subject_sd = f64::NAN);
        refused(&|m| m.cell_sd = -1.0);
    }
}

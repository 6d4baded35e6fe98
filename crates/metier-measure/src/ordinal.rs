//! Several raters place one thing in ordered categories: where does it stand?
//!
//! The cumulative logit model with a random leniency per rater,
//! `P(Y <= k | theta, b) = logistic(tau_{k+1} - theta - b)`, `theta ~ N(0, prior_sd^2)`,
//! `b ~ N(mean, sd^2)` independently (`McCullagh`, Journal of the Royal Statistical Society B 42, 1980; Bock
//! and Lieberman's marginalisation, Psychometrika 35, 1970). Each rater's leniency is integrated out with 61
//! Gauss-Hermite nodes. The posterior of `theta` is integrated by Gauss-Legendre panels whose edges lie on
//! the thresholds, so that "at least category k", which is `theta > tau_k`, is a sum of whole panels and as
//! exact as the rest.

use std::collections::BTreeMap;

use crate::error::{MeasureError, Result, within};

mod grid;

use grid::{Grid, Kind, WIDEST};

/// The largest number of ratings in one posterior.
pub const MAX_RATINGS: usize = 100_000;

/// One rater's word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// The category given, from 0 to the number of thresholds.
    pub category: usize,
    /// The mean leniency of raters of this kind, from -50 to 50; positive gives higher categories.
    pub leniency_mean: f64,
    /// Its standard deviation, from 0 to 3; 61 nodes are exact to 1e-12 up to 1.5, to 1e-5 at 3.
    pub leniency_sd: f64,
}

/// What the ratings say.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// The mean of `theta`.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// `at_least[k] = P(theta > tau_k)`: the chance of category `k` or above; `at_least[0] = 1`.
    pub at_least: Vec<f64>,
    /// `mass[k]`: the chance of category `k`; sums to 1.
    pub mass: Vec<f64>,
}

/// Thresholds for `count + 1` categories, equally spaced on [-2.1, 2.1]; a single one at 0.
pub fn equal_thresholds(count: u8) -> Vec<f64> {
    match count {
        0 => Vec::new(),
        1 => vec![0.0],
        _ => (0..count)
            .map(|k| 2.1 * (2.0 * f64::from(k) / f64::from(count - 1) - 1.0))
            .collect(),
    }
}

/// The posterior from scratch; see [`OrdinalModel`] for many with the same thresholds.
///
/// # Errors
/// As for [`OrdinalModel::new`] and [`OrdinalModel::posterior`].
pub fn posterior(taus: &[f64], prior_sd: f64, ratings: &[Rating]) -> Result<Posterior> {
    OrdinalModel::new(taus, prior_sd)?.posterior(ratings)
}

/// Thresholds and prior, with what was computed for them: the likelihood over the grid for each kind of
/// rating seen, so that a further posterior costs one pass over the grid.
#[derive(Debug, Clone)]
pub struct OrdinalModel {
    taus: Vec<f64>,
    prior_sd: f64,
    grids: BTreeMap<(u32, u32), Grid>,
}

impl OrdinalModel {
    /// A model with strictly ascending thresholds in [-50, 50] (at least one, at most 100) and a prior
    /// standard deviation from 0.01 to 50.
    ///
    /// # Errors
    /// When a parameter is outside its domain.
    pub fn new(taus: &[f64], prior_sd: f64) -> Result<Self> {
        if taus.is_empty() || taus.len() > 100 {
            return Err(MeasureError::Length {
                name: "taus",
                length: taus.len(),
                allowed: "1 to 100",
            });
        }
        let mut last = f64::NEG_INFINITY;
        for &tau in taus {
            within(
                "tau",
                tau,
                |t| t > last && t.abs() <= 50.0,
                "ascending, from -50 to 50",
            )?;
            last = tau;
        }
        let prior_sd = within(
            "prior_sd",
            prior_sd,
            |s| (0.01..=50.0).contains(&s),
            "from 0.01 to 50",
        )?;
        Ok(Self {
            taus: taus.to_vec(),
            prior_sd,
            grids: BTreeMap::new(),
        })
    }

    /// The thresholds.
    pub fn taus(&self) -> &[f64] {
        &self.taus
    }

    /// The posterior after `ratings`, in any order; with none, the prior.
    ///
    /// # Errors
    /// When a rating's category is not one of the model's or its leniency is outside its domain, or there
    /// are more than [`MAX_RATINGS`].
    pub fn posterior(&mut self, ratings: &[Rating]) -> Result<Posterior> {
        let kinds = self.kinds(ratings)?;
        self.on_a_grid(&kinds, Grid::posterior)
    }

    /// What a further rating would say, and where the thing stands: `[y][k]` is the chance that a rater of this
    /// leniency would next give category `y` and that the thing is in category `k`, after `ratings`. It sums
    /// to 1; over `y`, to [`Posterior::mass`].
    ///
    /// # Errors
    /// As for [`OrdinalModel::posterior`].
    pub fn next(
        &mut self,
        ratings: &[Rating],
        leniency_mean: f64,
        leniency_sd: f64,
    ) -> Result<Vec<Vec<f64>>> {
        let kinds = self.kinds(ratings)?;
        let further = Rating {
            category: 0,
            leniency_mean,
            leniency_sd,
        };
        let further: Vec<Kind> = self.kinds(&[further])?;
        let leniency = further.first().map_or((0, 0), |kind| (kind.1, kind.2));
        self.on_a_grid(&kinds, |grid, taus, kinds| grid.next(taus, kinds, leniency))
    }

    /// Ratings of one kind are counted once with their number; sorted, so that order changes no bit.
    fn kinds(&self, ratings: &[Rating]) -> Result<Vec<Kind>> {
        if ratings.len() > MAX_RATINGS {
            return Err(MeasureError::Length {
                name: "ratings",
                length: ratings.len(),
                allowed: "at most 100000",
            });
        }
        for rating in ratings {
            let top = self.taus.len();
            within(
                "category",
                rating.category as f64,
                |_| rating.category <= top,
                "up to the thresholds",
            )?;
            within(
                "leniency_mean",
                rating.leniency_mean,
                |m| m.abs() <= 50.0,
                "from -50 to 50",
            )?;
            within(
                "leniency_sd",
                rating.leniency_sd,
                |s| (0.0..=3.0).contains(&s),
                "from 0 to 3",
            )?;
        }
        let mut kinds: Vec<Kind> = ratings
            .iter()
            .map(|r| {
                (
                    r.category,
                    (r.leniency_mean + 0.0).to_bits(),
                    (r.leniency_sd + 0.0).to_bits(),
                )
            })
            .collect();
        kinds.sort_unstable();
        Ok(kinds)
    }

    /// `of` on the first grid that is fine and wide enough for these ratings.
    fn on_a_grid<T>(
        &mut self,
        kinds: &[Kind],
        of: impl Fn(&mut Grid, &[f64], &[Kind]) -> Option<T>,
    ) -> Result<T> {
        // No rating carries more than 1/4 of information, so the posterior is no narrower than this.
        let narrow = 1.0 / libm::sqrt(1.0 / (self.prior_sd * self.prior_sd) + 0.25 * kinds.len() as f64);
        let mut fine = 0;
        while WIDEST / f64::from(1_u32 << fine) > 3.0 * narrow && fine < 16 {
            fine += 1;
        }
        for far in 0..12 {
            let grid = self
                .grids
                .entry((fine, far))
                .or_insert_with(|| Grid::new(&self.taus, self.prior_sd, fine, far));
            if let Some(found) = of(grid, &self.taus, kinds) {
                return Ok(found);
            }
        }
        Err(MeasureError::NoConvergence {
            quantity: "posterior",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(category: usize, leniency_mean: f64, leniency_sd: f64) -> Rating {
        Rating {
            category,
            leniency_mean,
            leniency_sd,
        }
    }

    #[test]
    fn five_ratings_over_nine_categories() {
        let said = [
            rating(4, 0.6, 0.7),
            rating(2, -0.3, 0.5),
            rating(3, 0.15, 0.6),
            rating(3, 0.15, 0.6),
            rating(2, 0.15, 0.6),
        ];
        let after = posterior(&equal_thresholds(8), 1.3, &said).unwrap();
        let exact = [
            (2, 0.906_133_081_918),
            (3, 0.645_172_536_030),
            (4, 0.283_907_398_035),
            (5, 0.067_085_267_361),
        ];
        for (k, want) in exact {
            assert!(
                (after.at_least[k] - want).abs() < 1e-11,
                "{k}: {}",
                after.at_least[k]
            );
        }
        assert!((after.mass.iter().sum::<f64>() - 1.0).abs() < 1e-14);
    }

    #[test]
    fn without_ratings_it_is_the_prior() {
        let prior = posterior(&[-2.2, 2.0], 1.3, &[]).unwrap();
        assert!(prior.mean.abs() < 1e-14 && (prior.sd - 1.3).abs() < 1e-12);
        let expected = 0.5 * libm::erfc(-2.2 / 1.3 / std::f64::consts::SQRT_2);
        assert!((prior.at_least[1] - expected).abs() < 1e-14);
    }

    #[test]
    fn follows_the_ratings_beyond_the_first_grid_and_when_they_are_many() {
        let all_top = vec![rating(2, -3.0, 0.0); 2_000];
        let after = posterior(&[-1.0, 1.0], 0.1, &all_top).unwrap();
        // The mode solves theta / 0.01 = 2000 / (1 + exp(theta - 4)).
        assert!(
            after.mean > 4.0 && after.mean < 6.0 && after.sd < 0.1,
            "{after:?}"
        );
        let mixed: Vec<_> = (0..10_000).map(|i| rating(i % 2, 0.0, 0.5)).collect();
        let after = posterior(&[0.0], 1.3, &mixed).unwrap();
        assert!(after.mean.abs() < 1e-9 && after.sd < 0.03 && (after.at_least[1] - 0.5).abs() < 1e-9);
    }

    #[test]
    fn refuses_what_is_no_rating() {
        let mut model = OrdinalModel::new(&[0.0], 1.0).unwrap();
        for bad in [
            rating(2, 0.0, 0.5),
            rating(0, f64::NAN, 0.5),
            rating(0, 0.0, -1.0),
            rating(0, 99.0, 0.5),
        ] {
            assert!(model.posterior(&[bad]).is_err());
        }
        assert!(OrdinalModel::new(&[], 1.0).is_err());
        assert!(OrdinalModel::new(&[1.0, 1.0], 1.0).is_err());
        assert!(OrdinalModel::new(&[0.0], f64::INFINITY).is_err());
    }
}

//! How exactly the effects are known: the inverse of the joint Hessian at the mode.
//!
//! With few raters the Schur complement of `system` is factored, and every variance is exact. With many, the
//! sums of variances that the estimation of the model needs are taken from probes with fixed random signs
//! (Hutchinson, Communications in Statistics - Simulation and Computation 18, 1989): the signs cancel all but
//! the diagonal in expectation, what is left is stated as a standard error. A single rater's variance is
//! always exact: one solution of the system.

use crate::error::{MeasureError, Result};
use crate::raters::data::Ratings;
use crate::raters::fit::{Fit, penalised};
use crate::raters::links::{Linking, Links};
use crate::raters::system::{Free, System, dot};

/// The largest number of raters, thresholds and means together for which all variances are computed.
pub const MAX_EXACT: usize = 2_000;

/// A rater's leniency, as [`crate::ordinal::Rating`] takes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leniency {
    /// The group's mean plus the rater's mode; the group's mean when it cannot be told.
    pub mean: f64,
    /// The standard deviation given all ratings; the group's when it cannot be told.
    pub sd: f64,
    /// How it is linked; a leniency of one's own is stated only when [`Linking::is_told`].
    pub linking: Linking,
}

/// The standard deviations of all effects given the ratings and the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads {
    /// Of subjects' effects.
    pub subject: Vec<f64>,
    /// Of cells' effects, by cell number.
    pub cell: Vec<f64>,
    /// Of the sum of both: where the subject stands in this aspect.
    pub stand: Vec<f64>,
    /// Of raters' effects; of a rater without ratings, the first group's deviation.
    pub rater: Vec<f64>,
}

impl Fit {
    /// The standard deviations of all effects given the ratings and the model, exact in the normal
    /// approximation at the mode (Laplace's).
    ///
    /// # Errors
    /// When there are more raters than [`MAX_EXACT`], or fewer ratings than were fitted.
    pub fn spreads(&self, ratings: &Ratings) -> Result<Spreads> {
        let system = self.system(ratings)?;
        check_exact(&system)?;
        let mut variances = Variances::exact(ratings, &system)?;
        let roots = |list: Vec<f64>| list.into_iter().map(libm::sqrt).collect();
        Ok(Spreads {
            subject: roots(variances.subject),
            cell: roots(variances.cell),
            stand: roots(variances.stand),
            rater: roots(variances.rest.split_off(system.fixed())),
        })
    }

    /// Laplace's approximation to the log-likelihood of the model, the effects integrated out.
    ///
    /// # Errors
    /// As for [`Fit::spreads`].
    pub fn log_likelihood(&self, ratings: &Ratings) -> Result<f64> {
        let system = self.system(ratings)?;
        check_exact(&system)?;
        let rest = system.dense(&system.free_places())?;
        let ln = |precision: f64, count: usize| libm::log(precision) * count as f64;
        let precisions = &self.effects.precisions;
        let mut prior =
            ln(precisions.subject, self.effects.subject.len()) + ln(precisions.cell, self.effects.cell.len());
        for rater in 0..self.effects.rater.len() {
            prior += ln(precisions.group[ratings.group_or_first(rater)], 1);
        }
        let determinant = system.ln_determinant() + rest.ln_determinant();
        Ok(0.5 * (prior - determinant) - penalised(ratings, &self.effects))
    }

    /// A rater's leniency given all ratings, whatever their number.
    ///
    /// # Errors
    /// When there is no such rater, or one without ratings, whose group is not known; or `links` or `ratings`
    /// are not those of the fit.
    pub fn leniency(&self, ratings: &Ratings, links: &Links, rater: u32) -> Result<Leniency> {
        links.check(rater)?;
        let mut system = self.system(ratings)?;
        let rater_at = rater as usize;
        let Some(group) = ratings.group(rater) else {
            return Err(MeasureError::NotEstimable {
                quantity: "leniency",
                because: "the rater gave no rating, so that the group is not known",
            });
        };
        let group = usize::from(group);
        let linking = links.linking(rater)?;
        if !linking.is_told() || rater_at >= self.effects.rater.len() {
            return Ok(Leniency {
                mean: self.model.group_mean[group],
                sd: self.model.group_sd[group],
                linking,
            });
        }
        system.precondition()?;
        let place = system.fixed() + rater_at;
        let mut unit = vec![0.0; system.gradient.rest.len()];
        unit[place] = 1.0;
        let (solved, _) = system.solve_rest(&unit, 1e-8)?;
        Ok(Leniency {
            mean: self.model.group_mean[group] + self.effects.rater[rater_at],
            sd: libm::sqrt(solved[place]),
            linking,
        })
    }

    fn system<'a>(&self, ratings: &'a Ratings) -> Result<System<'a>> {
        self.check_same(ratings)?;
        let free = Free {
            taus: false,
            groups: vec![false; self.model.group_mean.len()],
        };
        Ok(System::new(ratings, &self.effects, &free))
    }
}

fn check_exact(system: &System<'_>) -> Result<()> {
    if system.free_places().len() > MAX_EXACT {
        return Err(MeasureError::OutOfReach {
            quantity: "variances of all effects; raters",
            limit: MAX_EXACT as u64,
        });
    }
    Ok(())
}

/// Variances under the joint Hessian, thresholds and means included where they are free.
pub(super) struct Variances {
    pub(super) subject: Vec<f64>,
    pub(super) cell: Vec<f64>,
    pub(super) stand: Vec<f64>,
    pub(super) rest: Vec<f64>,
}

impl Variances {
    /// What they would be were thresholds, means and raters known.
    fn own(ratings: &Ratings, system: &System<'_>) -> Self {
        let shape = ratings.shape();
        let mut variances = Self {
            subject: vec![0.0; shape.subjects as usize],
            cell: vec![0.0; ratings.cells()],
            stand: vec![0.0; ratings.cells()],
            rest: vec![0.0; system.gradient.rest.len()],
        };
        for (subject, variance) in variances.subject.iter_mut().enumerate() {
            *variance = system.own_variance_of_subject(subject);
            for slot in ratings.slots(subject) {
                let cell = slot.cell as usize;
                (variances.cell[cell], variances.stand[cell]) = system.own_variance_of_cell(subject, cell);
            }
        }
        variances
    }

    fn add(&mut self, ratings: &Ratings, a: &(Vec<f64>, Vec<f64>), b: &(Vec<f64>, Vec<f64>)) {
        for (subject, variance) in self.subject.iter_mut().enumerate() {
            let (of_a, of_b) = (a.0[subject], b.0[subject]);
            *variance += of_a * of_b;
            for slot in ratings.slots(subject) {
                let cell = slot.cell as usize;
                self.cell[cell] += a.1[cell] * b.1[cell];
                self.stand[cell] += (of_a + a.1[cell]) * (of_b + b.1[cell]);
            }
        }
    }

    pub(super) fn exact(ratings: &Ratings, system: &System<'_>) -> Result<Self> {
        let places = system.free_places();
        let factor = system.dense(&places)?;
        let length = system.gradient.rest.len();
        let (mut unit, mut solved) = (vec![0.0; length], vec![0.0; length]);
        let mut variances = Self::own(ratings, system);
        for place in places {
            unit[place] = 1.0;
            factor.solve(&unit, &mut solved);
            variances.rest[place] = solved[place];
            variances.add(ratings, &system.answer(&unit), &system.answer(&solved));
            unit[place] = 0.0;
        }
        Ok(variances)
    }
}

/// Sums of variances: over subjects and over cells with ratings, and over each group's raters with ratings.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    pub(super) subject: f64,
    pub(super) cell: f64,
    pub(super) group: Vec<f64>,
    /// The largest standard error of one of these, relative to it; zero when exact.
    pub(super) error: f64,
}

impl Sums {
    pub(super) fn exact(ratings: &Ratings, system: &System<'_>) -> Result<Self> {
        let variances = Variances::exact(ratings, system)?;
        let raters = &variances.rest[system.fixed()..];
        Ok(Self {
            subject: rated(ratings, &variances.subject),
            cell: variances.cell.iter().sum(),
            group: by_group(ratings, raters),
            error: 0.0,
        })
    }

    /// From `probes` probes, two or more; `system` with its preconditioner.
    pub(super) fn probed(ratings: &Ratings, system: &System<'_>, probes: usize) -> Result<Self> {
        const ACCURACY: f64 = 1e-4;
        let places = system.free_places();
        let own = Variances::own(ratings, system);
        let groups = usize::from(ratings.shape().groups);
        let (mut sums, mut squares) = (vec![0.0; 2 + groups], vec![0.0; 2 + groups]);
        for probe in 0..probes {
            let mut signs = vec![0.0; system.gradient.rest.len()];
            for &place in &places {
                signs[place] = sign(probe as u64, place as u64);
            }
            let (solved, _) = system.solve_rest(&signs, ACCURACY)?;
            let (a, b) = (system.answer(&signs), system.answer(&solved));
            let products: Vec<f64> = signs.iter().zip(&solved).map(|(a, b)| a * b).collect();
            let mut seen = vec![dot(&a.0, &b.0), dot(&a.1, &b.1)];
            seen.extend(by_group(ratings, &products[system.fixed()..]));
            for ((sum, square), seen) in sums.iter_mut().zip(&mut squares).zip(seen) {
                *sum += seen;
                *square += seen * seen;
            }
        }
        let n = probes as f64;
        let own = [rated(ratings, &own.subject), own.cell.iter().sum()];
        let mut error = 0.0_f64;
        let mut totals = Vec::with_capacity(sums.len());
        for (i, (sum, square)) in sums.iter().zip(&squares).enumerate() {
            let mean = sum / n;
            let total = mean + own.get(i).copied().unwrap_or(0.0);
            let spread = libm::sqrt(((square / n - mean * mean) / (n - 1.0)).max(0.0));
            if total > 0.0 {
                error = error.max(spread / total);
            }
            totals.push(total);
        }
        Ok(Self {
            subject: totals[0],
            cell: totals[1],
            group: totals.split_off(2),
            error,
        })
    }
}

/// Over subjects with ratings.
pub(super) fn rated(ratings: &Ratings, of_subjects: &[f64]) -> f64 {
    of_subjects
        .iter()
        .enumerate()
        .filter(|(subject, _)| !ratings.slots(*subject).is_empty())
        .map(|(_, value)| value)
        .sum()
}

/// Over each group's raters with ratings.
pub(super) fn by_group(ratings: &Ratings, of_raters: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; usize::from(ratings.shape().groups)];
    for (rater, value) in of_raters.iter().enumerate() {
        if !ratings.sheet(rater).0.is_empty() {
            sums[ratings.group_or_first(rater)] += value;
        }
    }
    sums
}

/// A fixed random sign: a bit of Steele, Lea and Flood's `SplitMix64` (OOPSLA 2014).
fn sign(probe: u64, place: u64) -> f64 {
    let mut z = (probe << 40 | place)
        .wrapping_add(1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    if (z ^ (z >> 31)) & 1 == 0 { 1.0 } else { -1.0 }
}

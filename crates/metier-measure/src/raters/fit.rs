//! The mode of all effects at fixed thresholds, means and variances.

use crate::error::{MeasureError, Result, within};
use crate::raters::data::{Added, Ratings};
use crate::raters::effects::{Effects, Scratch};
use crate::raters::model::Model;
use crate::raters::system::{Free, System};

/// When a fit is done, and when it gives up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The largest derivative of the penalised log-likelihood allowed at the mode, from 1e-11 to 1. An
    /// effect is then no further from its mode than about this times the square of its prior's deviation.
    pub tolerance: f64,
    /// Block sweeps before the joint steps, at most 1,000.
    pub sweeps: usize,
    /// Joint Newton steps, from 1 to 1,000.
    pub steps: usize,
}

impl Default for Settings {
    /// A gradient of 1e-6, two sweeps, at most 100 joint steps.
    fn default() -> Self {
        Self {
            tolerance: 1e-6,
            sweeps: 2,
            steps: 100,
        }
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<()> {
        within(
            "tolerance",
            self.tolerance,
            |t| (1e-11..=1.0).contains(&t),
            "from 1e-11 to 1",
        )?;
        within("sweeps", self.sweeps as f64, |n| n <= 1e3, "at most 1000")?;
        within(
            "steps",
            self.steps as f64,
            |n| (1.0..=1e3).contains(&n),
            "from 1 to 1000",
        )?;
        Ok(())
    }
}

/// How a fit went.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reached {
    /// The largest derivative of the penalised log-likelihood left.
    pub gradient: f64,
    /// Block sweeps made; of a refit, rounds of its queue.
    pub sweeps: usize,
    /// Joint Newton steps made.
    pub steps: usize,
    /// Conjugate-gradient steps in all of them.
    pub inner: usize,
    /// Of a refit, how many times a subject or a rater was visited by the queue.
    pub visits: usize,
}

/// The mode of all effects under a model.
#[derive(Debug, Clone)]
pub struct Fit {
    pub(super) model: Model,
    pub(super) effects: Effects,
    pub(super) reached: Reached,
}

impl Fit {
    /// Finds the mode: block Newton sweeps (subjects with their cells, then raters, steps clamped), then joint
    /// Newton steps until the gradient is within the tolerance.
    ///
    /// The penalised log-likelihood is strictly concave in the effects, so there is one mode. With `r` the
    /// largest change of any rating's `eta` along a joint step, the logistic's curvature changes by at most
    /// `exp(r)` on the way: up to `r = 1` the whole step gains, beyond, `ln(1 + r) / r` of it does (Bach,
    /// Electronic Journal of Statistics 4, 2010; Sun and Tran-Dinh, Mathematical Programming 178, 2019).
    ///
    /// The same ratings give the same bits, in whatever order they came. Without ratings all effects are 0.
    ///
    /// # Errors
    /// When the model does not fit the ratings' shape or is outside its domain, or the tolerance is not met.
    pub fn new(ratings: &Ratings, model: &Model, settings: Settings) -> Result<Self> {
        model.check(ratings.shape())?;
        settings.check()?;
        let mut fit = Self {
            model: model.clone(),
            effects: Effects::zero(ratings, model),
            reached: Reached::default(),
        };
        let mut scratch = Scratch::default();
        for _ in 0..settings.sweeps {
            fit.effects.sweep(ratings, &mut scratch);
            fit.reached.sweeps += 1;
        }
        fit.join(ratings, settings)?;
        Ok(fit)
    }

    /// Finds the mode anew after [`Ratings::add`], from the present one.
    ///
    /// A queue visits the subjects and raters that gained ratings, and whom their moves move, until no move
    /// is larger than a thousandth; then the gradient over all is checked, and joint steps follow as in
    /// [`Fit::new`] where it is not within the tolerance.
    ///
    /// # Errors
    /// When the ratings have fewer subjects, cells or raters than the fit, or as for [`Fit::new`].
    pub fn refit(&mut self, ratings: &Ratings, added: &Added, settings: Settings) -> Result<()> {
        self.model.check(ratings.shape())?;
        settings.check()?;
        self.check_covers(ratings)?;
        let shape = ratings.shape();
        let known = |list: &[u32], count: u32, name| {
            let last = list.iter().copied().max().unwrap_or(0);
            within(
                name,
                f64::from(last),
                |_| list.is_empty() || last < count,
                "one of the ratings'",
            )
            .map(|_| ())
        };
        known(&added.subjects, shape.subjects, "added subject")?;
        known(&added.raters, shape.raters, "added rater")?;
        self.effects.widen(ratings);
        self.reached = Reached::default();
        self.work_off(ratings, added);
        self.join(ratings, settings)
    }

    /// The same effects under another model, the mode found anew from them.
    ///
    /// # Errors
    /// As for [`Fit::refit`].
    pub fn remodel(&mut self, ratings: &Ratings, model: &Model, settings: Settings) -> Result<()> {
        model.check(ratings.shape())?;
        settings.check()?;
        self.check_covers(ratings)?;
        self.model = model.clone();
        self.effects.widen(ratings);
        self.effects.adopt(ratings, model);
        self.reached = Reached::default();
        self.join(ratings, settings)
    }

    /// The model the effects are the mode of.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Subjects' effects `u`.
    pub fn subjects(&self) -> &[f64] {
        &self.effects.subject
    }

    /// Cells' effects `v`, by cell number.
    pub fn cells(&self) -> &[f64] {
        &self.effects.cell
    }

    /// Raters' effects `b`, around their group's mean.
    pub fn raters(&self) -> &[f64] {
        &self.effects.rater
    }

    /// How the last fit went.
    pub fn reached(&self) -> Reached {
        self.reached
    }

    /// Minus the penalised log-likelihood, `-Sum ln P + 1/2 Sum (effect / sd)^2`, with no constants.
    pub fn penalised(&self, ratings: &Ratings) -> f64 {
        penalised(ratings, &self.effects)
    }

    pub(super) fn check_same(&self, ratings: &Ratings) -> Result<()> {
        self.check_covers(ratings)?;
        let shape = ratings.shape();
        for (name, now, was) in [
            ("subjects", shape.subjects as usize, self.effects.subject.len()),
            ("cells", ratings.cells(), self.effects.cell.len()),
            ("raters", shape.raters as usize, self.effects.rater.len()),
        ] {
            if now > was {
                return Err(MeasureError::Length {
                    name,
                    length: now,
                    allowed: "as many as were fitted",
                });
            }
        }
        Ok(())
    }

    fn check_covers(&self, ratings: &Ratings) -> Result<()> {
        let shape = ratings.shape();
        for (name, now, was) in [
            ("subjects", shape.subjects as usize, self.effects.subject.len()),
            ("cells", ratings.cells(), self.effects.cell.len()),
            ("raters", shape.raters as usize, self.effects.rater.len()),
        ] {
            if now < was {
                return Err(MeasureError::Length {
                    name,
                    length: now,
                    allowed: "no fewer than were fitted",
                });
            }
        }
        Ok(())
    }

    /// The work queue, in rounds: the subjects waiting, then the raters, each list ascending.
    fn work_off(&mut self, ratings: &Ratings, added: &Added) {
        const ROUNDS: usize = 50;
        const SMALL: f64 = 0.001;
        let mut scratch = Scratch::default();
        let (mut subjects, mut raters) = (added.subjects.clone(), added.raters.clone());
        while self.reached.sweeps < ROUNDS && !(subjects.is_empty() && raters.is_empty()) {
            self.reached.sweeps += 1;
            self.reached.visits += subjects.len() + raters.len();
            for &subject in &subjects {
                if self.effects.step_subject(ratings, subject as usize, &mut scratch) > SMALL {
                    raters.extend_from_slice(ratings.ratings(subject as usize).0);
                }
            }
            raters.sort_unstable();
            raters.dedup();
            subjects.clear();
            for &rater in &raters {
                if self.effects.step_rater(ratings, rater as usize) > SMALL {
                    let (cells, _) = ratings.sheet(rater as usize);
                    subjects.extend(
                        cells
                            .iter()
                            .filter_map(|&cell| Some(ratings.cell(cell as usize)?.0)),
                    );
                }
            }
            raters.clear();
            subjects.sort_unstable();
            subjects.dedup();
        }
    }

    /// Joint Newton steps until the gradient is within the tolerance.
    ///
    /// The preconditioner is renewed only when a step has changed some rating's weight noticeably: it steers
    /// how soon a step is found, not which.
    fn join(&mut self, ratings: &Ratings, settings: Settings) -> Result<()> {
        const FAR: f64 = 0.5;
        let free = Free {
            taus: false,
            groups: vec![false; self.model.group_mean.len()],
        };
        let mut system = System::new(ratings, &self.effects, &free);
        let mut moved = f64::INFINITY;
        for step in 0..=settings.steps {
            self.reached.gradient = system.slope();
            if self.reached.gradient <= settings.tolerance {
                return Ok(());
            }
            if step == settings.steps {
                break;
            }
            if moved > FAR {
                system.precondition()?;
            }
            // As exact as the gradient is small, so that the steps converge quadratically; but no more exact
            // than the tolerance needs.
            let slope = self.reached.gradient;
            let accuracy = (0.1 * slope).max(0.3 * settings.tolerance / slope).min(0.1);
            let right = system.gradient.clone();
            let (d, inner) = system.solve(&right, accuracy)?;
            moved = system.reach(&d);
            let length = step_length(moved);
            self.effects.advance(ratings, &d, system.fixed(), length);
            self.reached.steps += 1;
            self.reached.inner += inner;
            system.renew(&self.effects);
        }
        Err(MeasureError::NoConvergence {
            quantity: "the mode of the effects",
        })
    }
}

/// The share of a Newton step taken when it changes no `eta` by more than `reach`.
///
/// A share `t` gains at least `t - (exp(t r) - t r - 1) / r^2` times what the step promises; that is positive
/// for the whole step up to r = 1.79, and largest at `ln(1 + r) / r`.
pub(super) fn step_length(reach: f64) -> f64 {
    if reach <= 1.0 {
        1.0
    } else {
        libm::log1p(reach) / reach
    }
}

/// Minus the penalised log-likelihood at some effects.
pub(super) fn penalised(ratings: &Ratings, effects: &Effects) -> f64 {
    let half = |effects: &[f64], precision: f64| 0.5 * precision * effects.iter().map(|e| e * e).sum::<f64>();
    let mut sum =
        half(&effects.subject, effects.precisions.subject) + half(&effects.cell, effects.precisions.cell);
    for (rater, effect) in effects.rater.iter().enumerate() {
        sum += 0.5 * effects.precisions.group[ratings.group_or_first(rater)] * effect * effect;
    }
    // The logarithm of products, before they become too small: one in many ratings.
    let mut product = 1.0;
    for subject in 0..effects.subject.len() {
        let (raters, categories) = ratings.ratings(subject);
        let mut from = 0;
        for slot in ratings.slots(subject) {
            let to = slot.end as usize;
            let odds = effects.cell_odds[slot.cell as usize];
            for (rater, category) in raters[from..to].iter().zip(&categories[from..to]) {
                product *= effects
                    .cuts
                    .chance(*category, odds * effects.rater_odds[*rater as usize]);
                if product < 1e-100 {
                    sum -= libm::log(product);
                    product = 1.0;
                }
            }
            from = to;
        }
    }
    sum -= libm::log(product);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raters::{Entry, Shape};

    fn model() -> Model {
        Model {
            taus: vec![-1.0, 1.0],
            group_mean: vec![0.5],
            group_sd: vec![0.7],
            subject_sd: 1.0,
            cell_sd: 0.8,
        }
    }

    fn shape(subjects: u32, raters: u32) -> Shape {
        Shape {
            subjects,
            aspects: 1,
            raters,
            groups: 1,
            categories: 3,
        }
    }

    fn entry(subject: u32, rater: u32, category: u8) -> Entry {
        Entry {
            subject,
            aspect: 0,
            rater,
            group: 0,
            category,
        }
    }

    #[test]
    fn nothing_said_leaves_everything_at_its_prior() {
        let ratings = Ratings::new(shape(2, 3), &[]).unwrap();
        let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        assert!(
            fit.subjects()
                .iter()
                .chain(fit.raters())
                .all(|e| e.to_bits() == 0)
        );
        assert!(fit.penalised(&ratings).abs() < f64::MIN_POSITIVE);
        let spreads = fit.spreads(&ratings).unwrap();
        assert!(spreads.rater.iter().all(|sd| (sd - 0.7).abs() < 1e-15));
        let none = Ratings::new(shape(0, 0), &[]).unwrap();
        assert!(Fit::new(&none, &model(), Settings::default()).is_ok());
    }

    #[test]
    fn one_rating_moves_each_effect_by_its_share_of_the_variance() {
        let ratings = Ratings::new(shape(1, 1), &[entry(0, 0, 2)]).unwrap();
        let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        // One derivative s for all three: u = s s_u^2, v = s s_v^2, b = s s_b^2, s = F(tau_2 - eta).
        let (u, v, b) = (fit.subjects()[0], fit.cells()[0], fit.raters()[0]);
        let s = 1.0 / (1.0 + libm::exp(u + v + b + 0.5 - 1.0));
        assert!((u - s).abs() < 1e-6 && (v - 0.64 * s).abs() < 1e-6 && (b - 0.49 * s).abs() < 1e-6);
    }

    #[test]
    fn all_alike_and_many_stay_finite() {
        for category in 0..3 {
            let all: Vec<Entry> = (0..200)
                .flat_map(|r| (0..50).map(move |s| entry(s, r, category)))
                .collect();
            let ratings = Ratings::new(shape(50, 200), &all).unwrap();
            let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
            let u = fit.subjects()[0];
            assert!(u.is_finite() && u.abs() < 6.0, "{u}");
            assert!(fit.subjects().iter().all(|other| (u - other).abs() < 1e-5));
        }
        // A hundred thousand words about one subject, and as many by one rater.
        let about: Vec<Entry> = (0..100_000).map(|r| entry(0, r, 2)).collect();
        let ratings = Ratings::new(shape(1, 100_000), &about).unwrap();
        let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        assert!(fit.subjects()[0] > 3.0 && fit.subjects()[0] < 20.0);
        let by: Vec<Entry> = (0..100_000).map(|s| entry(s, 0, 0)).collect();
        let ratings = Ratings::new(shape(100_000, 1), &by).unwrap();
        let fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        assert!(fit.raters()[0] < -1.0 && fit.raters()[0] > -20.0);
        assert!(fit.spreads(&ratings).is_ok());
    }

    #[test]
    fn wide_priors_and_far_thresholds_are_fitted() {
        let far = Model {
            taus: vec![-50.0, 50.0],
            group_mean: vec![50.0],
            group_sd: vec![20.0],
            subject_sd: 20.0,
            cell_sd: 0.01,
        };
        let mixed: Vec<Entry> = (0..90)
            .map(|i| entry(i / 9, i % 9, u8::from(i % 2 == 0) * 2))
            .collect();
        let ratings = Ratings::new(shape(10, 9), &mixed).unwrap();
        let fit = Fit::new(&ratings, &far, Settings::default()).unwrap();
        assert!(fit.reached().gradient <= 1e-6);
    }

    #[test]
    fn refuses_other_data_and_settings() {
        let ratings = Ratings::new(shape(2, 2), &[entry(0, 0, 1)]).unwrap();
        let mut fit = Fit::new(&ratings, &model(), Settings::default()).unwrap();
        let fewer = Ratings::new(shape(1, 1), &[]).unwrap();
        let nothing = Added {
            subjects: vec![],
            raters: vec![],
            revised: 0,
        };
        assert!(fit.refit(&fewer, &nothing, Settings::default()).is_err());
        let stranger = Added {
            subjects: vec![2],
            ..nothing
        };
        assert!(fit.refit(&ratings, &stranger, Settings::default()).is_err());
        assert!(fit.spreads(&Ratings::new(shape(3, 2), &[]).unwrap()).is_err());
        for tolerance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let settings = Settings {
                tolerance,
                ..Settings::default()
            };
            assert!(Fit::new(&ratings, &model(), settings).is_err());
        }
    }
}

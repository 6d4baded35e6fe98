//! The joint mode of effects, thresholds and groups' means.
//!
//! The penalised log-likelihood is concave in all of them together. Thresholds have no prior, so the steps
//! are checked against its value; a step never takes more than half of the gap between two thresholds.

use crate::error::{MeasureError, Result};
use crate::raters::data::Ratings;
use crate::raters::effects::Effects;
use crate::raters::fit::{Reached, Settings, penalised, step_length};
use crate::raters::model::Model;
use crate::raters::system::{System, Vector};

/// No threshold or mean goes beyond this: a mode there means that the ratings bound it on one side only.
const FARTHEST: f64 = 20.0;

/// What became of the joint mode.
pub(super) enum Settled {
    /// Found, at the system returned.
    At,
    /// A threshold or a mean ran away.
    Ran,
}

/// Moves `model` and `effects` to the joint mode, and `system`, which must be at them, with them.
pub(super) fn settle(
    ratings: &Ratings,
    model: &mut Model,
    effects: &mut Effects,
    system: &mut System<'_>,
    settings: Settings,
) -> Result<(Settled, Reached)> {
    let mut reached = Reached::default();
    let mut value = penalised(ratings, effects);
    let mut moved = f64::INFINITY;
    for step in 0..=settings.steps {
        let slope = system.slope();
        reached.gradient = slope;
        if slope <= settings.tolerance {
            return Ok((Settled::At, reached));
        }
        if step == settings.steps {
            break;
        }
        if moved > 0.5 {
            system.precondition()?;
        }
        let accuracy = (0.1 * slope).max(0.3 * settings.tolerance / slope).min(0.1);
        let right = system.gradient.clone();
        let (d, inner) = system.solve(&right, accuracy)?;
        reached.inner += inner;
        moved = system.reach(&d);
        let mut length = step_length(moved) * within_gaps(&model.taus, &d);
        let mut last = 0.0;
        // Halved until the value does not rise by more than rounding.
        loop {
            advance(ratings, model, effects, &d, length - last);
            last = length;
            let now = penalised(ratings, effects);
            if now <= value + 1e-13 * value.abs() {
                value = now;
                break;
            }
            length *= 0.5;
            if length < 1e-6 {
                return Err(MeasureError::NoConvergence {
                    quantity: "the joint mode of thresholds and effects",
                });
            }
        }
        reached.steps += 1;
        if model
            .taus
            .iter()
            .chain(&model.group_mean)
            .any(|t| t.is_nan() || t.abs() > FARTHEST)
        {
            return Ok((Settled::Ran, reached));
        }
        system.renew(effects);
    }
    Err(MeasureError::NoConvergence {
        quantity: "the joint mode of thresholds and effects",
    })
}

fn advance(ratings: &Ratings, model: &mut Model, effects: &mut Effects, d: &Vector, length: f64) {
    let taus = model.taus.len();
    for (value, step) in model.taus.iter_mut().chain(&mut model.group_mean).zip(&d.rest) {
        *value += length * step;
    }
    let fixed = taus + model.group_mean.len();
    effects.cuts = model.cuts();
    effects.means.clone_from(&model.group_mean);
    effects.advance(ratings, d, fixed, length);
}

/// The largest share of the step, up to all, that takes no more than half of any gap.
fn within_gaps(taus: &[f64], d: &Vector) -> f64 {
    taus.windows(2)
        .zip(d.rest.windows(2))
        .map(|(tau, step)| 0.5 * (tau[1] - tau[0]) / (step[0] - step[1]))
        .filter(|share| *share > 0.0)
        .fold(1.0, f64::min)
}

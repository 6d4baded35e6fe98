//! A learning curve for display: the error rate as a logistic function of the logarithm of practice.

use crate::error::{MeasureError, Result, within};
use crate::special::normal_quantile;

/// `logit P(error at trial t) = intercept + slope ln t`, fitted by maximum likelihood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearningCurve {
    /// The log-odds of an error at the first trial.
    pub intercept: f64,
    /// The change of the log-odds per e-fold of practice; negative while one learns.
    pub slope: f64,
    /// The intercept's standard error.
    pub intercept_se: f64,
    /// The slope's standard error.
    pub slope_se: f64,
    /// The covariance of the two.
    pub covariance: f64,
    /// Minus twice the log-likelihood.
    pub deviance: f64,
}

/// Fits the curve to `errors`, in order, the first being trial 1, by iteratively reweighted least squares
/// (`McCullagh` and Nelder, Generalized Linear Models, 1989).
///
/// For display: it describes a sequence and proves nothing about the next trial.
///
/// # Errors
/// When fewer than three trials are given, or no finite curve is most likely (all outcomes alike, or all
/// errors before all successes or after them).
pub fn learning_curve(errors: &[bool]) -> Result<LearningCurve> {
    if errors.len() < 3 {
        return Err(MeasureError::Length {
            name: "errors",
            length: errors.len(),
            allowed: "at least 3",
        });
    }
    // A threshold in time that parts errors from successes sends the slope to infinity.
    if errors.windows(2).filter(|w| w[0] != w[1]).count() < 2 {
        return Err(MeasureError::NotEstimable {
            quantity: "learning curve",
            because: "a moment in time parts all errors from all successes",
        });
    }
    let (mut b0, mut b1) = (0.0, 0.0);
    let mut last = f64::INFINITY;
    for _ in 0..100 {
        let at = Sums::at(errors, b0, b1);
        let determinant = at.w * at.wxx - at.wx * at.wx;
        if determinant <= 0.0 {
            break;
        }
        let mut d0 = (at.wxx * at.u - at.wx * at.ux) / determinant;
        let mut d1 = (at.w * at.ux - at.wx * at.u) / determinant;
        // Halve the step while it makes things worse; the log-likelihood is concave.
        let mut next = Sums::at(errors, b0 + d0, b1 + d1).deviance;
        for _ in 0..30 {
            if next <= at.deviance + 1e-10 {
                break;
            }
            (d0, d1) = (0.5 * d0, 0.5 * d1);
            next = Sums::at(errors, b0 + d0, b1 + d1).deviance;
        }
        (b0, b1) = (b0 + d0, b1 + d1);
        let step = d0.abs().max(d1.abs());
        if step < 1e-13 * (1.0 + b0.abs() + b1.abs()) || (step < 1e-9 && step >= last) {
            let at = Sums::at(errors, b0, b1);
            let determinant = at.w * at.wxx - at.wx * at.wx;
            return Ok(LearningCurve {
                intercept: b0,
                slope: b1,
                intercept_se: libm::sqrt(at.wxx / determinant),
                slope_se: libm::sqrt(at.w / determinant),
                covariance: -at.wx / determinant,
                deviance: at.deviance,
            });
        }
        last = step;
    }
    Err(MeasureError::NoConvergence {
        quantity: "learning curve",
    })
}

impl LearningCurve {
    /// The fitted chance of an error at trial `t >= 1`.
    ///
    /// # Errors
    /// When `t` is zero.
    pub fn error_at(&self, t: u64) -> Result<f64> {
        let x = ln_trial(t)?;
        Ok(logistic(self.intercept + self.slope * x))
    }

    /// The upper limit of that chance with one-sided `confidence`, by the normal law on the log-odds.
    ///
    /// # Errors
    /// When `t` is zero or `confidence` is not between 0 and 1.
    pub fn error_at_most(&self, t: u64, confidence: f64) -> Result<f64> {
        let x = ln_trial(t)?;
        let variance = self.intercept_se * self.intercept_se
            + x * (2.0 * self.covariance + x * self.slope_se * self.slope_se);
        let z = normal_quantile(confidence)?;
        Ok(logistic(
            self.intercept + self.slope * x + z * libm::sqrt(variance.max(0.0)),
        ))
    }
}

fn ln_trial(t: u64) -> Result<f64> {
    within("t", t as f64, |t| t >= 1.0, "at least 1").map(libm::log)
}

fn logistic(v: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-v))
}

/// What one step needs: the weights' moments, the score, the deviance.
struct Sums {
    w: f64,
    wx: f64,
    wxx: f64,
    u: f64,
    ux: f64,
    deviance: f64,
}

impl Sums {
    fn at(errors: &[bool], b0: f64, b1: f64) -> Self {
        let mut sums = Self {
            w: 0.0,
            wx: 0.0,
            wxx: 0.0,
            u: 0.0,
            ux: 0.0,
            deviance: 0.0,
        };
        for (i, &error) in errors.iter().enumerate() {
            let x = libm::log((i + 1) as f64);
            let eta = b0 + b1 * x;
            let p = logistic(eta);
            let w = p * logistic(-eta);
            let u = f64::from(u8::from(error)) - p;
            sums.w += w;
            sums.wx += w * x;
            sums.wxx += w * x * x;
            sums.u += u;
            sums.ux += u * x;
            // -2 ln P(outcome) = 2 ln(1 + exp(-+eta)), without overflow.
            let against = if error { -eta } else { eta };
            sums.deviance += 2.0 * (against.max(0.0) + libm::log1p(libm::exp(-against.abs())));
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_has_no_finite_fit() {
        assert!(learning_curve(&[]).is_err());
        assert!(learning_curve(&[true; 20]).is_err());
        assert!(learning_curve(&[true, true, true, false, false]).is_err());
        assert!(learning_curve(&[false, false, true]).is_err());
        assert!(learning_curve(&[true, false, true, false]).is_ok());
    }
}

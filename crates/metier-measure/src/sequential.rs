//! Other sequential procedures for a success rate, for comparison with [`crate::accuracy`]: no gate rests on
//! them.
//!
//! A confidence sequence is an interval that may be looked at after every trial: all of its intervals hold the
//! true rate together with the stated confidence. A probability ratio test decides between two rates fixed in
//! advance, and says nothing about others.

use crate::accuracy::{Interval, MAX_TRIALS};
use crate::error::{Result, open_unit, within};
use crate::quadrature::root;
use crate::special::ln_beta;

/// The confidence sequence of Robbins (Annals of Mathematical Statistics 41, 1970) for the success rate, with
/// a Beta(a, b) mixture: all rates `p` at which `[B(a+s, b+k) / B(a, b)] / (p^s (1-p)^k)` is below `1/alpha`,
/// for `k` errors and `s = n - k` successes.
///
/// `n` up to 10^12, `k <= n`, `0 < alpha < 1`, `a` and `b` from 1e-3 to 1e6.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn confidence_sequence(n: u64, k: u64, alpha: f64, (a, b): (f64, f64)) -> Result<Interval> {
    let n = within("n", n as f64, |n| n <= MAX_TRIALS as f64, "at most 10^12")?;
    let k = within("k", k as f64, |k| k <= n, "at most n")?;
    let mix = |name, v| within(name, v, |v| (1e-3..=1e6).contains(&v), "from 1e-3 to 1e6");
    let (a, b) = (mix("a", a)?, mix("b", b)?);
    let goal = -libm::log(open_unit("alpha", alpha)?);
    let s = n - k;
    if n == 0.0 {
        return Ok(Interval {
            lower: 0.0,
            upper: 1.0,
        });
    }
    let mixture = ln_beta(a + s, b + k)? - ln_beta(a, b)?;
    // In log-odds t: -ln p = ln(1 + e^-t), -ln(1-p) = ln(1 + e^t). The ratio is convex, least at s/n.
    let softplus = |v: f64| v.max(0.0) + libm::log1p(libm::exp(-v.abs()));
    let excess = |t: f64| Ok(mixture + s * softplus(-t) + k * softplus(t) - goal);
    let logistic = |t: f64| 1.0 / (1.0 + libm::exp(-t));
    let top = if s == 0.0 {
        -700.0
    } else if k == 0.0 {
        700.0
    } else {
        libm::log(s / k)
    };
    let end = |from: f64, to: f64| -> Result<f64> {
        let outside = excess(from.min(to))? > 0.0 || excess(from.max(to))? > 0.0;
        if outside {
            root("confidence sequence", (from.min(to), from.max(to)), excess).map(logistic)
        } else {
            Ok(if from < to { 0.0 } else { 1.0 })
        }
    };
    Ok(Interval {
        lower: if s == 0.0 { 0.0 } else { end(-700.0, top)? },
        upper: if k == 0.0 { 1.0 } else { end(700.0, top)? },
    })
}

/// A sequential probability ratio test between a good and a bad error rate, in natural logarithms.
///
/// Start at zero, add [`Ratio::on_success`] or [`Ratio::on_error`] with each trial, accept the good rate at
/// [`Ratio::accept`] or above, the bad one at [`Ratio::reject`] or below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Where the good rate is accepted, `ln((1-beta)/alpha)`.
    pub accept: f64,
    /// Where the bad rate is accepted, `ln(beta/(1-alpha))`; negative.
    pub reject: f64,
    /// What an error adds, `ln(good/bad)`; negative.
    pub on_error: f64,
    /// What a success adds, `ln((1-good)/(1-bad))`.
    pub on_success: f64,
}

impl Ratio {
    /// Wald's test (Annals of Mathematical Statistics 16, 1945): the bad rate passes with probability of about
    /// `alpha` at most, the good one fails with about `beta` at most. `0 < good < bad < 1`, `alpha + beta < 1`.
    ///
    /// # Errors
    /// When a parameter is outside its domain.
    pub fn new(good: f64, bad: f64, alpha: f64, beta: f64) -> Result<Self> {
        let good = open_unit("good", good)?;
        let bad = within(
            "bad",
            bad,
            |v| v > good && v < 1.0,
            "more than good and less than 1",
        )?;
        let alpha = open_unit("alpha", alpha)?;
        let beta = within(
            "beta",
            beta,
            |v| v > 0.0 && v < 1.0 - alpha,
            "more than 0, less than 1 - alpha",
        )?;
        Ok(Self {
            accept: libm::log1p(-beta) - libm::log(alpha),
            reject: libm::log(beta) - libm::log1p(-alpha),
            on_error: libm::log(good / bad),
            on_success: libm::log1p(-good) - libm::log1p(-bad),
        })
    }

    /// The number of trials, all without error, that accept the good rate.
    pub fn clean_to_accept(&self) -> f64 {
        libm::ceil(self.accept / self.on_success)
    }

    /// The number of successes that make up for one error; not a whole number.
    pub fn clean_per_error(&self) -> f64 {
        -self.on_error / self.on_success
    }

    /// The number of errors, made one after the other from the start, that accept the bad rate.
    pub fn errors_to_reject(&self) -> f64 {
        libm::ceil(self.reject / self.on_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_sequence_has_a_closed_form() {
        // Uniform mixture, k = 0: p^n > alpha / (n + 1).
        for n in [1_u64, 10, 299, 1_000_000_000] {
            let got = confidence_sequence(n, 0, 0.05, (1.0, 1.0)).unwrap();
            let want = ((0.05 / (n as f64 + 1.0)).ln() / n as f64).exp();
            assert!((got.lower - want).abs() < 1e-12 && got.upper >= 1.0);
            let all_wrong = confidence_sequence(n, n, 0.05, (1.0, 1.0)).unwrap();
            assert!((all_wrong.upper - (1.0 - want)).abs() < 1e-12 && all_wrong.lower <= 0.0);
        }
        let none = confidence_sequence(0, 0, 0.05, (1.0, 1.0)).unwrap();
        assert_eq!((none.lower, none.upper), (0.0, 1.0));
    }

    #[test]
    fn refuses_what_cannot_be_tested() {
        assert!(Ratio::new(0.05, 0.01, 0.05, 0.1).is_err() && Ratio::new(0.0, 0.1, 0.05, 0.1).is_err());
        assert!(Ratio::new(0.01, 0.05, 0.6, 0.5).is_err() && Ratio::new(0.01, f64::NAN, 0.05, 0.1).is_err());
        assert!(confidence_sequence(3, 4, 0.05, (1.0, 1.0)).is_err());
        assert!(confidence_sequence(3, 1, 0.0, (1.0, 1.0)).is_err());
        assert!(confidence_sequence(3, 1, 0.05, (0.0, 1.0)).is_err());
    }
}

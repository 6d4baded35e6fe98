//! What age does: exponential forgetting with a half-life, and counts discounted by it.
//!
//! Any unit of time, the same for age and half-life.

use crate::accuracy::MAX_TRIALS;
use crate::error::{Result, not_negative, positive, within};
use crate::special::beta_quantile;

/// The share kept after `age` without use, `2^(-age / half_life)`: 1 at age zero, 1/2 at the half-life.
///
/// # Errors
/// When `age` is negative or `half_life` is not above zero, or either is not finite.
pub fn retained(age: f64, half_life: f64) -> Result<f64> {
    Ok(libm::exp2(
        -not_negative("age", age)? / positive("half_life", half_life)?,
    ))
}

/// The age at which the share kept has fallen to `share`, `-half_life * log2(share)`; `0 < share <= 1`.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn age_until(share: f64, half_life: f64) -> Result<f64> {
    let share = within(
        "share",
        share,
        |v| v > 0.0 && v <= 1.0,
        "more than 0 and at most 1",
    )?;
    Ok(positive("half_life", half_life)? * -libm::log2(share))
}

/// Trials of one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Batch {
    /// The time since.
    pub age: f64,
    /// Successes then.
    pub successes: u64,
    /// Errors then.
    pub errors: u64,
}

/// Counts after discounting, under the prior Beta(1/2, 1/2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discounted {
    /// Successes, each counted by the share kept.
    pub successes: f64,
    /// Errors, each counted by the share kept.
    pub errors: f64,
}

/// Counts each batch by [`retained`] at its age: old trials say less, in either direction.
///
/// # Errors
/// When an age or the half-life is outside its domain, or the trials exceed
/// [`MAX_TRIALS`].
pub fn discounted(batches: &[Batch], half_life: f64) -> Result<Discounted> {
    let mut sum = Discounted {
        successes: 0.0,
        errors: 0.0,
    };
    for batch in batches {
        let share = retained(batch.age, half_life)?;
        sum.successes += share * batch.successes as f64;
        sum.errors += share * batch.errors as f64;
    }
    within(
        "trials",
        sum.trials(),
        |n| n <= MAX_TRIALS as f64,
        "at most 10^12",
    )?;
    Ok(sum)
}

impl Discounted {
    /// The effective number of trials.
    pub fn trials(&self) -> f64 {
        self.successes + self.errors
    }

    /// The mean success probability, `(s + 1/2) / (s + k + 1)`.
    pub fn mean(&self) -> f64 {
        (self.successes + 0.5) / (self.trials() + 1.0)
    }

    /// The success probability exceeded with probability `1 - p`, for description only; `0 < p < 1`.
    ///
    /// # Errors
    /// When `p` is outside its domain.
    pub fn quantile(&self, p: f64) -> Result<f64> {
        beta_quantile(self.successes + 0.5, self.errors + 0.5, p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_at_the_half_life() {
        assert_eq!(retained(0.0, 13.0), Ok(1.0));
        assert_eq!(retained(13.0, 13.0), Ok(0.5));
        assert!((retained(6.0, 6.5).unwrap() - 0.527_383_038_240_823_3).abs() < 1e-15);
        assert!((age_until(0.9, 11.0).unwrap() - 1.672_034_027_895_550_6).abs() < 1e-12);
        assert_eq!(age_until(1.0, 11.0), Ok(0.0));
    }

    #[test]
    fn refuses_what_is_no_age() {
        for (age, half_life) in [(-1.0, 1.0), (f64::NAN, 1.0), (1.0, 0.0), (1.0, f64::INFINITY)] {
            assert!(retained(age, half_life).is_err());
        }
        assert!(age_until(0.0, 1.0).is_err() && age_until(1.1, 1.0).is_err());
    }
}

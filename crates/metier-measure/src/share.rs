//! Intervals for a share: `k` of `n` that have a property.
//!
//! For a number `n` fixed in advance and chosen without looking at the outcome. None of these is a test that
//! may be looked at after every trial; that is [`crate::accuracy::ln_e`].

use crate::accuracy::{Interval, MAX_TRIALS, Sides};
use crate::error::{Result, closed_unit, open_unit, within};
use crate::special::{beta_quantile, beta_quantile_log_odds, ln_inc_beta_reg, normal_quantile};

fn counts(n: u64, k: u64) -> Result<(f64, f64)> {
    let n = within("n", n as f64, |n| n <= MAX_TRIALS as f64, "at most 10^12")?;
    Ok((n, within("k", k as f64, |k| k <= n, "at most n")?))
}

/// As [`counts`], refusing `n = 0`, with the normal quantile of a two-sided confidence.
fn counts_and_z(n: u64, k: u64, confidence: f64) -> Result<(f64, f64, f64)> {
    let (n, k) = counts(n, k)?;
    within("n", n, |n| n >= 1.0, "at least 1")?;
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    Ok((n, k, -normal_quantile(outside)?))
}

/// The exact interval of Clopper and Pearson (Biometrika 26, 1934) for the share `k` of `n`: as
/// [`crate::accuracy::clopper_pearson`] for whole counts, with both bounds to their own full precision
/// however small.
///
/// `n` from 1 to 10^12, `k <= n`, `0 < confidence < 1`. Of [`Sides::One`] each bound holds on its own.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn exact(n: u64, k: u64, confidence: f64, sides: Sides) -> Result<Interval> {
    let (n, k) = counts(n, k)?;
    within("n", n, |n| n >= 1.0, "at least 1")?;
    let outside = 1.0 - open_unit("confidence", confidence)?;
    let outside = if sides == Sides::Two {
        0.5 * outside
    } else {
        outside
    };
    Ok(Interval {
        lower: if k <= 0.0 {
            0.0
        } else {
            beta_quantile(k, n - k + 1.0, outside)?
        },
        // One minus the lower bound of the others' share, without the subtraction.
        upper: if k >= n {
            1.0
        } else {
            1.0 / (1.0 + libm::exp(beta_quantile_log_odds(n - k, k + 1.0, outside)?))
        },
    })
}

/// Wilson's two-sided interval for the share (Journal of the American Statistical Association 22, 1927):
/// approximate, on average close to its confidence, and never outside [0, 1].
///
/// `n` from 1 to 10^12, `k <= n`, `0 < confidence < 1`.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn wilson(n: u64, k: u64, confidence: f64) -> Result<Interval> {
    let (n, k, z) = counts_and_z(n, k, confidence)?;
    let square = z * z;
    let centre = k + 0.5 * square;
    let half = z * libm::sqrt(k * (n - k) / n + 0.25 * square);
    // The end towards which the data lean has a cancellation in its centre minus half; take it as the
    // product of the two roots, k^2/(n (n+z^2)), over the other.
    let upper = if k >= n {
        1.0
    } else {
        (centre + half) / (n + square)
    };
    let lower = if k <= 0.0 {
        0.0
    } else {
        k * k / (n * (centre + half))
    };
    Ok(Interval { lower, upper })
}

/// The two-sided interval of Agresti and Coull (The American Statistician 52, 1998), cut to [0, 1]. Wider
/// than [`wilson`] near the ends; for comparison. Domain as there.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn agresti_coull(n: u64, k: u64, confidence: f64) -> Result<Interval> {
    let (n, k, z) = counts_and_z(n, k, confidence)?;
    let n = n + z * z;
    let p = (k + 0.5 * z * z) / n;
    let half = z * libm::sqrt(p * (1.0 - p) / n);
    Ok(Interval {
        lower: (p - half).max(0.0),
        upper: (p + half).min(1.0),
    })
}

/// The equal-tailed interval of the posterior Beta(k + 1/2, n - k + 1/2), under the prior of Jeffreys
/// (Brown, `Cai` and `DasGupta`, Statistical Science 16, 2001). Of [`Sides::One`] each bound holds on its
/// own.
///
/// `n` from 0 to 10^12, `k <= n`, `0 < confidence < 1`. Those authors also set the lower bound to 0 for `k =
/// 0` and the upper to 1 for `k = n`; here the posterior is left as it is.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn jeffreys(n: u64, k: u64, confidence: f64, sides: Sides) -> Result<Interval> {
    let (n, k) = counts(n, k)?;
    let outside = 1.0 - open_unit("confidence", confidence)?;
    let outside = if sides == Sides::Two {
        0.5 * outside
    } else {
        outside
    };
    Ok(Interval {
        lower: beta_quantile(k + 0.5, n - k + 0.5, outside)?,
        upper: 1.0 / (1.0 + libm::exp(beta_quantile_log_odds(n - k + 0.5, k + 0.5, outside)?)),
    })
}

/// The posterior probability, under the prior of Jeffreys, that the share is at least `least`.
///
/// `n` from 0 to 10^12, `k <= n`, `0 <= least <= 1`. A degree of belief: it may be shown, and a decision that
/// is taken as soon as it is high enough has no error rate that could be stated.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn jeffreys_at_least(n: u64, k: u64, least: f64) -> Result<f64> {
    let (n, k) = counts(n, k)?;
    let rest = 1.0 - closed_unit("least", least)?;
    if rest <= 0.0 || rest >= 1.0 {
        return Ok(rest);
    }
    Ok(libm::exp(ln_inc_beta_reg(n - k + 0.5, k + 0.5, rest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_share_and_mirror() {
        for (n, k) in [
            (1, 0),
            (1, 1),
            (12, 5),
            (1_000_000_000, 3),
            (1_000_000_000_000, 999),
        ] {
            let share = k as f64 / n as f64;
            let all = [
                (wilson(n, k, 0.95).unwrap(), wilson(n, n - k, 0.95).unwrap()),
                (
                    agresti_coull(n, k, 0.95).unwrap(),
                    agresti_coull(n, n - k, 0.95).unwrap(),
                ),
            ];
            for (here, there) in all {
                assert!(here.lower <= share && share <= here.upper);
                assert!((here.lower + there.upper - 1.0).abs() < 1e-12);
                assert!((here.upper + there.lower - 1.0).abs() < 1e-12);
            }
        }
        let tiny = wilson(1_000_000_000, 1, 0.95).unwrap().lower;
        assert!((tiny * 1e9 - 0.176_524_55).abs() < 1e-7, "{tiny:e}");
    }

    #[test]
    fn exact_bounds_keep_their_digits() {
        // Without a hit the upper bound is 1 - 0.025^(1/n), close to -ln(0.025)/n.
        let none = exact(1_000_000_000, 0, 0.95, Sides::Two).unwrap();
        let want = -(0.025_f64.ln() / 1e9).exp_m1();
        assert!(none.lower == 0.0 && (none.upper / want - 1.0).abs() < 1e-13);
        let all = exact(1_000_000_000, 1_000_000_000, 0.95, Sides::Two).unwrap();
        assert!(all.upper >= 1.0 && ((1.0 - all.lower) / want - 1.0).abs() < 1e-6);
        for (n, k) in [(120, 3), (1350, 25), (7, 7), (7, 0)] {
            let here = exact(n, k, 0.9, Sides::One).unwrap();
            let there = crate::accuracy::clopper_pearson(n as f64, (n - k) as f64, 0.9, Sides::One).unwrap();
            assert!((here.lower - there.lower).abs() < 1e-14 && (here.upper - there.upper).abs() < 1e-14);
        }
    }

    #[test]
    fn belief_at_its_ends() {
        assert_eq!(jeffreys_at_least(10, 3, 0.0), Ok(1.0));
        assert_eq!(jeffreys_at_least(10, 3, 1.0), Ok(0.0));
        assert!((jeffreys_at_least(0, 0, 0.5).unwrap() - 0.5).abs() < 1e-14);
        let whole = jeffreys(40, 38, 0.9, Sides::Two).unwrap();
        assert!((jeffreys_at_least(40, 38, whole.lower).unwrap() - 0.95).abs() < 1e-12);
        assert!((jeffreys_at_least(40, 38, whole.upper).unwrap() - 0.05).abs() < 1e-12);
    }

    #[test]
    fn refuses_what_is_no_share() {
        assert!(wilson(0, 0, 0.95).is_err() && agresti_coull(0, 0, 0.95).is_err());
        assert!(exact(0, 0, 0.95, Sides::Two).is_err() && exact(3, 4, 0.95, Sides::Two).is_err());
        assert!(wilson(3, 4, 0.95).is_err() && wilson(u64::MAX, 4, 0.95).is_err());
        for bad in [0.0, 1.0, f64::NAN] {
            assert!(wilson(3, 1, bad).is_err() && agresti_coull(3, 1, bad).is_err());
            assert!(jeffreys(3, 1, bad, Sides::One).is_err());
        }
        assert!(jeffreys_at_least(3, 1, 1.5).is_err() && jeffreys_at_least(3, 4, 0.5).is_err());
    }
}

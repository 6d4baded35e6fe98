//! How accurate is a sequence of trials, proven at any time?
//!
//! `n` trials, `k` of them errors, and a claim "the error rate is below `eps`". The e-process is a bet
//! against the opposite: it starts at 1, and while the error rate is at least `eps` its expectation never
//! grows, so it ever reaches `1/alpha` with probability at most `alpha`, however often one looks (Ville's
//! inequality). The bet spreads its stake over error rates below `eps` by the law Beta(1/2, 1/2) cut off at
//! `eps`:
//!
//! ```text
//! E(n, k) = [B(eps; 1/2+k, 1/2+n-k) / B(eps; 1/2, 1/2)] / (eps^k (1-eps)^(n-k))
//! ```
//!
//! With `eps = sin^2(phi0)` this is the mean over angles `phi` in `[0, phi0]` of
//! `(sin phi / sin phi0)^(2k) (cos phi / cos phi0)^(2(n-k))`, which is how it is computed for large counts (small
//! ones have a short series), and from which it is plain that a success never lowers it, an error never raises
//! it, and that it grows with `eps`: so the inversion in [`bound`] is exact.
//!
//! References: Robbins, Annals of Mathematical Statistics 41 (1970); Ramdas, Gruenwald, Vovk and Shafer,
//! Game-theoretic statistics and safe anytime-valid inference, Statistical Science 38 (2023).

use std::f64::consts::FRAC_PI_2;

use crate::arc::{arc, deviance};
use crate::error::{MeasureError, Result, open_unit, within};
use crate::quadrature::root;
use crate::special::{beta_quantile, ln_inc_beta_reg};

/// The largest number of trials computed with, 10^12.
pub const MAX_TRIALS: u64 = 1_000_000_000_000;

/// Error rates up to which the series is short.
const SERIES_TO: f64 = 0.3;
/// Expected errors up to which it is.
const SERIES_EXPECTED: f64 = 150.0;
/// More terms than it ever takes there.
const SERIES_TERMS: u32 = 1_000;

/// Which sides of an interval share the error probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Each bound holds on its own with the full confidence.
    One,
    /// Both bounds hold together.
    Two,
}

/// Bounds on the success probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
}

fn counts(n: u64, k: u64) -> Result<(f64, f64)> {
    let n = within("n", n as f64, |n| n <= MAX_TRIALS as f64, "at most 10^12")?;
    let k = within("k", k as f64, |k| k <= n, "at most n")?;
    Ok((k, n - k))
}

/// The same by the series of positive terms of the incomplete beta function (DLMF 8.17.8), in which the powers of
/// `x` and `y` cancel but for their roots: `sqrt(xy) / ((2k+1) phi0) Sum_j Prod_{i<j} (k+m+1+i) x / (k+3/2+i)`.
///
/// Up to an expected count of errors of [`SERIES_EXPECTED`] it has at most some 500 terms, none above `e^150`.
fn ln_series(k: f64, m: f64, x: f64, y: f64) -> f64 {
    let (mut top, mut bottom) = ((k + m + 1.0) * x, k + 1.5);
    let (mut term, mut sum) = (1.0, 1.0);
    for _ in 0..SERIES_TERMS {
        let ratio = top / bottom;
        term *= ratio;
        sum += term;
        // What follows is less than a geometric series.
        if term < 1e-17 * sum * (1.0 - ratio) {
            break;
        }
        top += x;
        bottom += 1.0;
    }
    let limit = libm::atan2(libm::sqrt(x), libm::sqrt(y));
    libm::log(libm::sqrt(x) * libm::sqrt(y) / ((2.0 * k + 1.0) * limit) * sum)
}

/// The logarithm of the mean over `[0, phi0]`, with `k` on the sine and `m` on the cosine.
fn ln_mean(k: f64, m: f64, x: f64, y: f64) -> f64 {
    if k + m == 0.0 {
        return 0.0;
    }
    if x <= SERIES_TO && (k + m) * x <= SERIES_EXPECTED {
        return ln_series(k, m, x, y);
    }
    let area = arc(k, m, x, y);
    let rise = if area.inside { deviance(k, m, x, y) } else { 0.0 };
    rise + area.ln_area - libm::log(area.limit)
}

/// `ln E`: the evidence, in natural logarithms, that the error rate lies below `eps`, from `n` trials with
/// `k` errors. Zero says nothing either way; `ln(1/alpha)` proves the claim at level `alpha`.
///
/// `n` up to [`MAX_TRIALS`], `k <= n`, `0 < eps < 1`. Absolute precision about 1e-9 at worst (10^12 trials),
/// 1e-13 for everyday counts; a series of at most a few hundred terms or a rule of 40 nodes.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_e(n: u64, k: u64, eps: f64) -> Result<f64> {
    let (k, m) = counts(n, k)?;
    let eps = open_unit("eps", eps)?;
    Ok(ln_mean(k, m, eps, 1.0 - eps))
}

/// The mirror of [`ln_e`]: the evidence that the error rate lies above `eps`, by the same law cut off from
/// below,
/// `[B(1/2+k, 1/2+n-k) - B(eps; 1/2+k, 1/2+n-k)] / [B(1/2, 1/2) - B(eps; 1/2, 1/2)] / (eps^k (1-eps)^(n-k))`.
///
/// While the error rate is at most `eps` it ever reaches `1/alpha` with probability at most `alpha`. Domain,
/// precision and errors as for [`ln_e`].
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_e_mirror(n: u64, k: u64, eps: f64) -> Result<f64> {
    let (k, m) = counts(n, k)?;
    let eps = open_unit("eps", eps)?;
    Ok(ln_mean(m, k, 1.0 - eps, eps))
}

/// The accuracy one may claim after `n` trials with `k` errors: the smallest target `1 - eps` that
/// [`ln_e`] has *not* proven at level `alpha`; every lower target is proven. Zero when nothing is.
///
/// 30 clean trials give 0.8816 at `alpha = 0.05`, 377 give 0.9900. Valid however often one looks.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn bound(n: u64, k: u64, alpha: f64) -> Result<f64> {
    let (k, m) = counts(n, k)?;
    let goal = -libm::log(open_unit("alpha", alpha)?);
    if m == 0.0 {
        // Without a success no error rate below one is refuted.
        return Ok(0.0);
    }
    let square = |v: f64| v * v;
    // E grows with the angle, is at most 1 up to the observed rate, and unbounded towards a right angle.
    let observed = libm::atan2(libm::sqrt(k), libm::sqrt(m));
    let excess = |phi: f64| Ok(ln_mean(k, m, square(libm::sin(phi)), square(libm::cos(phi))) - goal);
    let (mut from, mut step) = (observed.max(1e-150), 1.0 / libm::sqrt(k + m));
    let to = loop {
        let next = from + step;
        if next >= FRAC_PI_2 {
            break FRAC_PI_2;
        }
        if excess(next)? > 0.0 {
            break next;
        }
        (from, step) = (next, 2.0 * step);
    };
    if excess(to)? <= 0.0 {
        return Ok(0.0);
    }
    let phi = root("accuracy bound", (from, to), excess)?;
    Ok(square(libm::cos(phi)))
}

/// How many further trials without error bring [`ln_e`] to `ln(1/alpha)`; zero when it is there.
///
/// # Errors
/// When a parameter is outside its domain, or the answer would exceed [`MAX_TRIALS`].
pub fn clean_needed(n: u64, k: u64, eps: f64, alpha: f64) -> Result<u64> {
    let goal = -libm::log(open_unit("alpha", alpha)?);
    let proven = |more: u64| Ok(ln_e(n + more, k, eps)? >= goal);
    if proven(0)? {
        return Ok(0);
    }
    least(MAX_TRIALS - n, proven)
}

/// The least count from 1 to `most` at which `enough` holds, which goes on to hold from there.
fn least(most: u64, enough: impl Fn(u64) -> Result<bool>) -> Result<u64> {
    let (mut short, mut reached) = (0, 1_u64);
    while !enough(reached.min(most))? {
        if reached >= most {
            return Err(MeasureError::OutOfReach {
                quantity: "trials needed",
                limit: MAX_TRIALS,
            });
        }
        short = reached;
        reached *= 2;
    }
    reached = reached.min(most);
    while reached - short > 1 {
        let middle = short + (reached - short) / 2;
        if enough(middle)? {
            reached = middle;
        } else {
            short = middle;
        }
    }
    Ok(reached)
}

/// The number of trials at which a sequence with `k` errors, all made, first proves the claim.
///
/// # Errors
/// When a parameter is outside its domain, or the answer would exceed [`MAX_TRIALS`].
pub fn first_n(k: u64, eps: f64, alpha: f64) -> Result<u64> {
    Ok(k + clean_needed(k, k, eps, alpha)?)
}

/// The share of the way to proof: `ln E / ln(1/alpha)`, held between 0 and 1.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn progress(n: u64, k: u64, eps: f64, alpha: f64) -> Result<f64> {
    let goal = -libm::log(open_unit("alpha", alpha)?);
    Ok((ln_e(n, k, eps)? / goal).clamp(0.0, 1.0))
}

/// The exact interval of Clopper and Pearson (Biometrika 26, 1934) for the success probability.
///
/// Holds only for a number of trials fixed in advance: never look at it after each trial and stop when it
/// pleases. `n` and `k` are real numbers, so that effective counts fit too; `0 < confidence < 1`.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn clopper_pearson(n: f64, k: f64, confidence: f64, sides: Sides) -> Result<Interval> {
    let n = within(
        "n",
        n,
        |n| (0.0..=MAX_TRIALS as f64).contains(&n),
        "from 0 to 10^12",
    )?;
    let k = within("k", k, |k| (0.0..=n).contains(&k), "from 0 to n")?;
    let outside = 1.0 - open_unit("confidence", confidence)?;
    let outside = if sides == Sides::Two {
        0.5 * outside
    } else {
        outside
    };
    let lower = if n - k <= 0.0 {
        0.0
    } else {
        beta_quantile(n - k, k + 1.0, outside)?
    };
    let upper = if k <= 0.0 {
        1.0
    } else {
        1.0 - beta_quantile(k, n - k + 1.0, outside)?
    };
    Ok(Interval { lower, upper })
}

/// The probability of at most `k` errors in `n` trials when the error rate is `eps`: the one-sided p-value
/// of the exact binomial test, for a number of trials fixed in advance.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn binomial_p_value(n: u64, k: u64, eps: f64) -> Result<f64> {
    let (k, m) = counts(n, k)?;
    let eps = open_unit("eps", eps)?;
    if m == 0.0 {
        return Ok(1.0);
    }
    Ok(-libm::expm1(ln_inc_beta_reg(k + 1.0, m, eps)?))
}

/// The number of trials to fix in advance, so that `k` errors among them are just few enough: the least `n` at
/// which [`binomial_p_value`] is at most `alpha`. For a plan, not for a sequence one looks at; see
/// [`first_n`] for that.
///
/// # Errors
/// When a parameter is outside its domain, or the answer would exceed [`MAX_TRIALS`].
pub fn fixed_n(k: u64, eps: f64, alpha: f64) -> Result<u64> {
    let alpha = open_unit("alpha", alpha)?;
    counts(k, k)?;
    let more = least(MAX_TRIALS - k, |more| {
        Ok(binomial_p_value(k + more, k, eps)? <= alpha)
    })?;
    Ok(k + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the integral in the angle, whatever the counts.
    fn by_angle(k: f64, m: f64, x: f64, y: f64) -> f64 {
        let area = arc(k, m, x, y);
        let rise = if area.inside { deviance(k, m, x, y) } else { 0.0 };
        rise + area.ln_area - libm::log(area.limit)
    }

    #[test]
    fn the_series_and_the_integral_agree_where_they_meet() {
        let mut most = 0.0_f64;
        for x in [1e-9, 1e-4, 0.01, 0.1, 0.29, 0.3] {
            for expected in [0.01, 1.0, 10.0, 50.0, 149.0, 150.0] {
                let n = libm::floor(expected / x).max(1.0);
                for k in [
                    0.0,
                    1.0,
                    3.0,
                    19.0,
                    20.0,
                    libm::floor(n * x),
                    libm::floor(n * x) * 2.0,
                    n,
                ] {
                    // The integral is not made for a few errors that are no bump: see `arc`.
                    if k <= n && n * x <= SERIES_EXPECTED {
                        let (series, angle) =
                            (ln_series(k, n - k, x, 1.0 - x), by_angle(k, n - k, x, 1.0 - x));
                        let apart = (series - angle).abs() / angle.abs().max(1.0);
                        assert!(apart < 1e-11, "n={n} k={k} x={x}: {series} {angle}");
                        most = most.max(apart);
                    }
                }
            }
        }
        assert!(most > 0.0, "one of them is not itself");
    }
}

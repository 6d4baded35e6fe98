//! Rates: counts of events over an exposure, their intervals, and the ratio of two of them.
//!
//! A count is a Poisson variable whose mean is `rate * exposure`; the exposure is whatever the events could
//! have happened in, known without error. For the ratio of two rates the sum of the two counts says nothing
//! about it, so it is held fixed, and the first count becomes binomial: of `K = k1 + k0` events each fell on
//! the first side with probability `r E1 / (r E1 + E0)`, `r` being the ratio. Tests and intervals for that
//! one probability are exact, and carry over (Przyborowski and Wilenski, Biometrika 31, 1940; Cox, Biometrika
//! 40, 1953).
//!
//! Events that are a share of their exposure (so many of the things counted have a property) vary less than a
//! Poisson count, by the factor one minus the share: everything here is then on the safe side.

use crate::accuracy::{Interval, MAX_TRIALS};
use crate::error::{MeasureError, Result, open_unit, within};
use crate::special::{beta_quantile_log_odds, gamma_quantile, gamma_upper_quantile, ln_tails, stirling_rest};

/// The largest count and the largest exposure computed with, 10^12.
pub const MAX_COUNT: u64 = MAX_TRIALS;

/// How much more likely than the outcome seen another one may be and still count as equally likely: a guard
/// against rounding, as in the reference implementations.
const SAME: f64 = 1e-7;

/// A number of events and what they could have happened in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// Events, up to [`MAX_COUNT`].
    pub events: u64,
    /// The exposure, from 1e-12 to 10^12, in the unit of the rate.
    pub exposure: f64,
}

/// The ratio of two rates, the first over the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio observed; `None` when it has no upper limit, the second side having no event.
    pub ratio: Option<f64>,
    /// The lower bound.
    pub lower: f64,
    /// The upper bound; `None` when the second side has no event, and nothing bounds the ratio from above.
    pub upper: Option<f64>,
    /// The probability, were the rates equal, of an outcome as unlikely as this one or more so.
    pub p_value: f64,
}

fn half_outside(confidence: f64) -> Result<f64> {
    Ok(0.5 * (1.0 - open_unit("confidence", confidence)?))
}

fn count(events: u64) -> Result<f64> {
    within(
        "events",
        events as f64,
        |n| n <= MAX_COUNT as f64,
        "at most 10^12",
    )
}

fn exposure(value: f64) -> Result<f64> {
    within(
        "exposure",
        value,
        |v| (1e-12..=1e12).contains(&v),
        "from 1e-12 to 1e12",
    )
}

/// Garwood's exact two-sided interval for the mean of a Poisson count (Biometrika 28, 1936): each tail
/// outside is at most half of `1 - confidence`. For a rate, divide both bounds by the exposure.
///
/// `events` up to [`MAX_COUNT`], `0 < confidence < 1`. Without an event the lower bound is 0.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn garwood(events: u64, confidence: f64) -> Result<Interval> {
    let (k, outside) = (count(events)?, half_outside(confidence)?);
    Ok(Interval {
        lower: if events == 0 {
            0.0
        } else {
            gamma_quantile(k, outside)?
        },
        upper: gamma_upper_quantile(k + 1.0, outside)?,
    })
}

/// The ratio of the rate `now` to the rate `before`, exactly.
///
/// The interval is the one of Clopper and Pearson for the conditional share, carried over to the ratio; it
/// covers at least with its confidence. The p-value adds up all outcomes that are no more likely than the one
/// seen. The two are made in different ways and may disagree at the edge: an interval that just excludes 1
/// beside a p-value just above the level, or the reverse. State one of them as the decision, beforehand.
///
/// # Errors
/// When a parameter is outside its domain, or neither side has an event.
pub fn ratio(now: Observed, before: Observed, confidence: f64) -> Result<Ratio> {
    let (k, m) = (count(now.events)?, count(before.events)?);
    let (e1, e0) = (exposure(now.exposure)?, exposure(before.exposure)?);
    let outside = half_outside(confidence)?;
    if k + m == 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "ratio of rates",
            because: "neither side has an event",
        });
    }
    let odds = |log_odds: f64| libm::exp(log_odds + libm::log(e0 / e1));
    let lower = if k == 0.0 {
        0.0
    } else {
        odds(beta_quantile_log_odds(k, m + 1.0, outside)?)
    };
    // The upper bound of the share is the lower one of the other side's share.
    let upper = if m == 0.0 {
        None
    } else {
        Some(odds(-beta_quantile_log_odds(m, k + 1.0, outside)?))
    };
    let share = Binomial {
        n: k + m,
        x: e1 / (e1 + e0),
        y: e0 / (e1 + e0),
    };
    Ok(Ratio {
        ratio: (m > 0.0).then(|| (k / m) * (e0 / e1)),
        lower,
        upper,
        p_value: share.p_two_sided(k)?,
    })
}

/// A binomial law; `x + y = 1`, each to its own full precision.
struct Binomial {
    n: f64,
    x: f64,
    y: f64,
}

impl Binomial {
    fn mirrored(&self) -> Self {
        Self {
            n: self.n,
            x: self.y,
            y: self.x,
        }
    }

    /// The logarithm of the probability of `k`, by Loader's deviance (Fast and accurate computation of
    /// binomial probabilities, 2000).
    fn ln_mass(&self, k: f64) -> f64 {
        let m = self.n - k;
        let fall = crate::arc::deviance(k, m, self.x, self.y);
        if k == 0.0 || m == 0.0 {
            return -fall;
        }
        let rest = ln_factorial_rest(self.n) - ln_factorial_rest(k) - ln_factorial_rest(m);
        rest - fall - 0.5 * libm::log(2.0 * std::f64::consts::PI * k * (m / self.n))
    }

    /// `P(X <= k)`, for `k` from 0 to `n - 1`.
    fn at_most(&self, k: f64) -> Result<f64> {
        Ok(libm::exp(ln_tails(self.n - k, k + 1.0, self.y, self.x)?.0))
    }

    /// The two-sided p-value: the probability of all outcomes no more likely than `k`.
    fn p_two_sided(&self, k: f64) -> Result<f64> {
        let (expected, rest) = (self.n * self.x, self.n * self.y);
        let apart = k * self.y - (self.n - k) * self.x;
        if apart == 0.0 {
            return Ok(1.0);
        }
        if apart > 0.0 {
            return self.mirrored().p_two_sided(self.n - k);
        }
        let near = self.at_most(k)?;
        // On the other side of the mean the masses fall: the first one small enough, by bisection.
        let small = self.ln_mass(k) + libm::log1p(SAME);
        let first = libm::ceil(expected).min(self.n - libm::floor(rest));
        let (mut large, mut found) = (first.max(k + 1.0) - 1.0, self.n + 1.0);
        while found - large > 1.0 {
            let middle = libm::floor(0.5 * (large + found));
            if self.ln_mass(middle) <= small {
                found = middle;
            } else {
                large = middle;
            }
        }
        let far = if found > self.n {
            0.0
        } else {
            self.mirrored().at_most(self.n - found)?
        };
        Ok((near + far).min(1.0))
    }
}

/// `ln z! - [(z + 1/2) ln z - z + ln(2 pi)/2]` for whole `z >= 1`.
fn ln_factorial_rest(z: f64) -> f64 {
    if z >= 10.0 {
        return stirling_rest(z);
    }
    libm::lgamma(z + 1.0) - ((z + 0.5) * libm::log(z) - z + 0.5 * libm::log(2.0 * std::f64::consts::PI))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(events: u64, exposure: f64) -> Observed {
        Observed { events, exposure }
    }

    #[test]
    fn no_event_has_the_logarithm_as_its_bound() {
        let none = garwood(0, 0.95).unwrap();
        assert!(none.lower == 0.0 && (none.upper - 40f64.ln()).abs() < 1e-13);
    }

    #[test]
    fn equal_rates_have_p_one_and_a_ratio_of_one() {
        let same = ratio(side(50, 10.0), side(100, 20.0), 0.95).unwrap();
        assert_eq!((same.ratio, same.p_value), (Some(1.0), 1.0));
        assert!(same.lower < 1.0 && same.upper.unwrap() > 1.0);
    }

    #[test]
    fn a_fair_coin_by_hand() {
        // 2 against 8 at equal exposure: P(X <= 2) + P(X >= 8) of a fair coin thrown ten times.
        let got = ratio(side(2, 1.0), side(8, 1.0), 0.95).unwrap();
        assert!((got.p_value - 112.0 / 1024.0).abs() < 1e-14);
        let turned = ratio(side(8, 1.0), side(2, 1.0), 0.95).unwrap();
        assert!((got.p_value - turned.p_value).abs() < 1e-15);
        assert!((got.lower * turned.upper.unwrap() - 1.0).abs() < 1e-12);
        assert!((got.upper.unwrap() * turned.lower - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_event_on_one_side() {
        let first = ratio(side(5, 1.0), side(0, 1.0), 0.95).unwrap();
        assert_eq!((first.ratio, first.upper), (None, None));
        // The lower bound solves s^5 = 0.025 for the share.
        let share = 0.025_f64.powf(0.2);
        assert!((first.lower - share / (1.0 - share)).abs() < 1e-12);
        assert!((first.p_value - 2.0 / 32.0).abs() < 1e-15);
        let none = ratio(side(0, 1.0), side(5, 1.0), 0.95).unwrap();
        assert_eq!((none.ratio, none.lower), (Some(0.0), 0.0));
        assert!((none.upper.unwrap() * first.lower - 1.0).abs() < 1e-12);
        assert!(ratio(side(0, 1.0), side(0, 1.0), 0.95).is_err());
    }

    #[test]
    fn refuses_what_is_no_rate() {
        let (good, most) = (side(3, 2.0), side(MAX_COUNT + 1, 2.0));
        assert!(ratio(most, good, 0.95).is_err() && ratio(good, most, 0.95).is_err());
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e13] {
            assert!(ratio(side(3, bad), good, 0.95).is_err());
            assert!(ratio(good, side(3, bad), 0.95).is_err());
            assert!(ratio(good, good, bad).is_err() && garwood(3, bad).is_err());
        }
        assert!(garwood(MAX_COUNT + 1, 0.95).is_err());
    }
}

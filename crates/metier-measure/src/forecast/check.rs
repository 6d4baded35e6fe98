//! Do the outcomes speak against what was stated, and could they at all?
//!
//! If every stated probability is right and the things are independent, the number that came follows the law
//! of a sum of unequal trials (Poisson's binomial law), which is computed here exactly, by adding one trial
//! after another. So the test keeps its level with any number of forecasts. That it did not object says
//! little by itself: [`check`] also asks how likely it would have objected had the chances all been off by a
//! given amount, and calls the forecasts too few when that is not likely enough.

use super::bins::share_interval;
use super::{Forecast, came, sorted};
use crate::accuracy::Interval;
use crate::error::{MeasureError, Result, open_unit};

/// The largest number of forecasts whose exact law is computed.
pub const MAX_EXACT: usize = 100_000;

/// Chances below this are dropped from the ends of the law; all that is dropped is less than 1e-34.
const NOTHING: f64 = 1e-40;

/// How many came, against how many were to be expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overall {
    /// How many forecasts.
    pub count: u64,
    /// How many were expected to come: the sum of what was stated.
    pub expected: f64,
    /// How many came.
    pub came: u64,
    /// The exact interval for the mean chance, from the outcomes alone.
    pub share: Interval,
    /// If what was stated is right, fewer than this come with a probability of at most half of `1 - confidence`…
    pub low: u64,
    /// …and so do more than this.
    pub high: u64,
    /// The exact two-sided p-value of what was stated: twice the smaller tail, at most 1. It is below
    /// `1 - confidence` when `came` lies outside `low` to `high`.
    pub p_value: f64,
}

/// What the outcomes say of what was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Too few to say: an error of the size asked about could well have gone unnoticed.
    TooFew,
    /// Fewer came than the stated probabilities allow for.
    StatedTooHigh,
    /// More came than the stated probabilities allow for.
    StatedTooLow,
    /// Nothing speaks against them, and an error of the size asked about would probably have shown.
    NotContradicted,
}

/// [`Overall`], and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check {
    /// The counts.
    pub overall: Overall,
    /// The chance that `came` had fallen outside `low` to `high` if every chance were lower than stated by
    /// the shift (not below 0).
    pub power_if_lower: f64,
    /// The same if every chance were higher (not above 1).
    pub power_if_higher: f64,
    /// What follows.
    pub finding: Finding,
}

/// How many came against how many were to be expected, `0 < confidence < 1`; from 1 to [`MAX_EXACT`]
/// forecasts. Absolute precision of the p-value 1e-12.
///
/// This looks at all forecasts together: too high here and too low there can cancel. [`super::reliability`]
/// shows that.
///
/// # Errors
/// When there are none or too many, or a parameter is outside its domain.
pub fn overall(forecasts: &[Forecast], confidence: f64) -> Result<Overall> {
    let confidence = open_unit("confidence", confidence)?;
    let sorted = few_enough(forecasts)?;
    let law = Law::of(sorted.iter().map(|f| f.stated));
    let (count, came) = (sorted.len() as u64, came(&sorted));
    let (low, high) = law.central(0.5 * (1.0 - confidence));
    Ok(Overall {
        count,
        expected: sorted.iter().map(|f| f.stated).sum(),
        came,
        share: share_interval(count, came, confidence)?,
        low,
        high,
        p_value: (2.0 * law.at_most(came).min(law.at_least(came))).min(1.0),
    })
}

/// Whether the outcomes speak against what was stated, at the error probability `1 - confidence`; and when
/// they do not, whether they would have with a probability of at least `power`, had every chance been lower
/// or higher by `shift`. All three parameters lie between 0 and 1, ends excluded.
///
/// # Errors
/// As for [`overall`], and when `shift` or `power` is outside its domain.
pub fn check(forecasts: &[Forecast], confidence: f64, shift: f64, power: f64) -> Result<Check> {
    let (shift, power) = (open_unit("shift", shift)?, open_unit("power", power)?);
    let overall = overall(forecasts, confidence)?;
    let sorted = few_enough(forecasts)?;
    let shows = |by: f64| {
        let law = Law::of(sorted.iter().map(|f| (f.stated + by).clamp(0.0, 1.0)));
        law.outside(overall.low, overall.high)
    };
    let (power_if_lower, power_if_higher) = (shows(-shift), shows(shift));
    let finding = if overall.came < overall.low {
        Finding::StatedTooHigh
    } else if overall.came > overall.high {
        Finding::StatedTooLow
    } else if power_if_lower.min(power_if_higher) < power {
        Finding::TooFew
    } else {
        Finding::NotContradicted
    };
    Ok(Check {
        overall,
        power_if_lower,
        power_if_higher,
        finding,
    })
}

fn few_enough(forecasts: &[Forecast]) -> Result<Vec<Forecast>> {
    if forecasts.len() > MAX_EXACT {
        return Err(MeasureError::OutOfReach {
            quantity: "exact law of the number that comes",
            limit: MAX_EXACT as u64,
        });
    }
    sorted(forecasts)
}

/// The law of the number that comes: the chance of `from`, `from + 1`, and so on.
struct Law {
    from: u64,
    chance: Vec<f64>,
}

impl Law {
    /// Of independent trials of these chances.
    fn of(chances: impl Iterator<Item = f64>) -> Self {
        let (mut from, mut chance) = (0, vec![1.0]);
        for p in chances {
            chance.push(0.0);
            let mut before = 0.0;
            for c in &mut chance {
                let here = *c;
                *c = here * (1.0 - p) + before * p;
                before = here;
            }
            while chance.last().is_some_and(|c| *c < NOTHING) {
                chance.pop();
            }
            let gone = chance.iter().take_while(|c| **c < NOTHING).count();
            chance.drain(..gone);
            from += gone as u64;
        }
        Self { from, chance }
    }

    /// The chance of at most `k`, smallest terms first.
    fn at_most(&self, k: u64) -> f64 {
        let counts = (self.from..).zip(&self.chance);
        counts.take_while(|(j, _)| *j <= k).map(|(_, c)| c).sum()
    }

    /// The chance of at least `k`, smallest terms first.
    fn at_least(&self, k: u64) -> f64 {
        let last = self.from + self.chance.len() as u64;
        let counts = self.chance.iter().rev().zip(1..);
        counts
            .take_while(|(_, below)| last - below >= k)
            .map(|(c, _)| c)
            .sum()
    }

    fn outside(&self, low: u64, high: u64) -> f64 {
        let below = low.checked_sub(1).map_or(0.0, |k| self.at_most(k));
        below + self.at_least(high + 1)
    }

    /// The lowest count with more than `tail` at or below it, and the highest with more at or above it.
    fn central(&self, tail: f64) -> (u64, u64) {
        let before = |chances: &mut dyn Iterator<Item = &f64>| {
            let mut sum = 0.0;
            chances
                .take_while(|c| {
                    sum += **c;
                    sum <= tail
                })
                .count() as u64
        };
        let low = self.from + before(&mut self.chance.iter());
        let high = self.from + self.chance.len() as u64 - 1 - before(&mut self.chance.iter().rev());
        (low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &[(f64, usize, usize)]) -> Vec<Forecast> {
        let of = |&(stated, count, came): &(f64, usize, usize)| {
            (0..count).map(move |i| Forecast {
                stated,
                came: i < came,
            })
        };
        list.iter().flat_map(of).collect()
    }

    #[test]
    fn equal_chances_give_the_binomial_law() {
        let law = Law::of([0.3; 10].into_iter());
        let exact = 0.3_f64.powi(3) * 0.7_f64.powi(7) * 120.0;
        assert!((law.at_most(3) - law.at_most(2) - exact).abs() < 1e-15);
        assert!((law.at_most(10) - 1.0).abs() < 1e-15 && (law.at_least(0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn certainties_leave_no_room() {
        let all = overall(&told(&[(0.0, 3, 0), (1.0, 2, 2)]), 0.95).unwrap();
        assert_eq!((all.low, all.high, all.p_value), (2, 2, 1.0));
        let wrong = overall(&told(&[(0.0, 3, 1), (1.0, 2, 2)]), 0.95).unwrap();
        assert!(wrong.p_value <= 0.0);
    }

    #[test]
    fn the_p_value_and_the_range_agree() {
        for came in 0..=30 {
            let c = overall(&told(&[(0.62, 30, came)]), 0.9).unwrap();
            let inside = c.low <= c.came && c.came <= c.high;
            assert_eq!(inside, c.p_value > 0.1, "{c:?}");
        }
    }

    #[test]
    fn few_are_too_few_and_many_are_not() {
        let finding =
            |n: usize, came: usize| check(&told(&[(0.7, n, came)]), 0.95, 0.2, 0.8).unwrap().finding;
        assert_eq!(finding(4, 3), Finding::TooFew);
        assert_eq!(finding(10, 7), Finding::TooFew);
        assert_eq!(finding(100, 71), Finding::NotContradicted);
        assert_eq!(finding(100, 50), Finding::StatedTooHigh);
        assert_eq!(finding(100, 90), Finding::StatedTooLow);
        // Few can still speak against a statement; they cannot speak for it.
        assert_eq!(finding(6, 0), Finding::StatedTooHigh);
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        let few = told(&[(0.7, 4, 2)]);
        for (confidence, shift, power) in [(1.0, 0.1, 0.8), (0.95, 0.0, 0.8), (0.95, 0.1, f64::NAN)] {
            assert!(check(&few, confidence, shift, power).is_err());
        }
        assert!(check(&[], 0.95, 0.1, 0.8).is_err());
        let many = told(&[(0.5, MAX_EXACT + 1, 3)]);
        assert!(matches!(
            overall(&many, 0.95),
            Err(MeasureError::OutOfReach { .. })
        ));
    }
}

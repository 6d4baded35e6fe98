//! Does a series rise or fall, and how fast?
//!
//! The tests look only at the order of the values: of all pairs of times, in how many is the later value the
//! higher one, and in how many the lower one. The slope is the median over pairs of how much the value
//! changed a step. Neither assumes a law for the values, and a few wild ones do little harm. What they do
//! assume is that times are independent but for the trend, and every real series breaks that in two ways:
//!
//! - *Seasons*: [`seasonal`] and [`seasonal_slope`] compare January with January only. A season's level then
//!   cancels, however strong it is, which [`mann_kendall`] and [`hamed_rao`] cannot say.
//! - *Persistence*: a high month follows a high month. The scores then scatter more than the tests believe,
//!   and trends are seen where there are none. [`seasonal_dependent`] widens the variance by what an
//!   autoregression of first order implies; [`hamed_rao`] by all autocorrelations that are significant.
//!
//! How often each raises a false alarm at 5%, by simulation, is printed by the tests in `tests/simulation`
//! and kept in `docs/method/market.md`: with short series [`hamed_rao`] exceeds its level even when there is
//! no persistence at all, and [`seasonal_dependent`] is the one that holds it.
//!
//! Times are equally spaced; a time without a value is missing, which is not a value of zero. Under
//! [`MIN_OBSERVED`] values, and under two full periods for the seasonal functions, nothing is said.

mod persistence;
mod score;
mod slope;

pub use persistence::{hamed_rao, seasonal_dependent};
pub use slope::{Slope, seasonal_slope, theil_sen};

use crate::error::{MeasureError, Result, within};
use crate::special::normal_upper;
use score::Score;

/// The fewest values from which anything is said.
pub const MIN_OBSERVED: usize = 24;
/// The most times, from the first to the last: all pairs are looked at, 8 million of them here.
pub const MAX_TIMES: usize = 4_000;

/// A series of values at equally spaced times, some of which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Times, in order, and their values.
    points: Vec<(usize, f64)>,
}

/// The outcome of a test for a trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// Pairs in which the later value is the higher one, less those in which it is the lower one.
    pub score: i64,
    /// The score over the number of pairs compared, from -1 to 1: Kendall's tau of values and time, ties
    /// counted as half.
    pub tau: f64,
    /// The variance of the score if there were no trend.
    pub variance: f64,
    /// By how much persistence has multiplied that variance; 1 for the tests that assume independence.
    pub inflation: f64,
    /// The score, drawn towards zero by one, over its standard deviation; 0 when all values compared are
    /// equal.
    pub z: f64,
    /// The two-sided p-value, by the normal law; 1 when all values compared are equal, for then there is only
    /// one order.
    pub p_value: f64,
}

impl Series {
    /// A series from its values in order of time, `None` where one is missing. Values are finite and at most
    /// 1e150 in size.
    ///
    /// # Errors
    /// When fewer than [`MIN_OBSERVED`] values are there (no trend can be stated), the first and the last are
    /// more than [`MAX_TIMES`] times apart, or a value is outside its domain.
    pub fn new(values: &[Option<f64>]) -> Result<Self> {
        let mut points = Vec::with_capacity(values.len());
        for (time, value) in values.iter().enumerate() {
            if let Some(value) = *value {
                within(
                    "value",
                    value,
                    |v| v.abs() <= 1e150,
                    "finite, at most 1e150 in size",
                )?;
                points.push((time, value));
            }
        }
        if points.len() < MIN_OBSERVED {
            return Err(MeasureError::NotEstimable {
                quantity: "trend",
                because: "fewer than 24 times have a value",
            });
        }
        let series = Self { points };
        if series.span() > MAX_TIMES {
            return Err(MeasureError::Length {
                name: "values",
                length: series.span(),
                allowed: "at most 4000 from the first to the last",
            });
        }
        Ok(series)
    }

    /// How many values there are.
    pub fn observed(&self) -> usize {
        self.points.len()
    }

    /// From the first time with a value to the last, both counted.
    pub fn span(&self) -> usize {
        match (self.points.first(), self.points.last()) {
            (Some(first), Some(last)) => last.0 - first.0 + 1,
            _ => 0,
        }
    }

    /// The points of each season, in order of time. A season is what has the same remainder by `period`.
    fn seasons(&self, period: usize) -> Result<Vec<Vec<(usize, f64)>>> {
        within("period", period as f64, |_| period >= 2, "at least 2")?;
        if self.observed() / 2 < period {
            return Err(MeasureError::NotEstimable {
                quantity: "seasonal trend",
                because: "there are fewer values than two full periods",
            });
        }
        let mut seasons = vec![Vec::new(); period];
        for &(time, value) in &self.points {
            seasons[time % period].push((time, value));
        }
        Ok(seasons)
    }
}

impl Test {
    fn new(score: Score, inflation: f64) -> Result<Self> {
        let variance = score.variance * inflation;
        let z = if score.variance > 0.0 {
            let size = (score.sum.abs() - 1).max(0) as f64;
            libm::copysign(size / libm::sqrt(variance), score.sum as f64)
        } else {
            0.0
        };
        Ok(Self {
            score: score.sum,
            tau: score.sum as f64 / score.pairs,
            variance,
            inflation,
            z,
            p_value: (2.0 * normal_upper(z.abs())?).min(1.0),
        })
    }
}

/// The test of Mann (Econometrica 13, 1945) and Kendall, with the variance corrected for ties and the
/// correction for continuity (Kendall, Rank Correlation Methods, 1975). For series without seasons and
/// without persistence.
///
/// # Errors
/// None that a [`Series`] does not rule out.
pub fn mann_kendall(series: &Series) -> Result<Test> {
    Test::new(Score::of(&series.points), 1.0)
}

/// The seasonal test of Hirsch, Slack and Smith (Water Resources Research 18, 1982): the scores and variances
/// of the seasons added up. Seasons may differ in level, in spread and in the number of values; different
/// seasons are taken to be independent.
///
/// # Errors
/// When `period` is below 2, or there are fewer values than two periods.
pub fn seasonal(series: &Series, period: usize) -> Result<Test> {
    Test::new(Score::of_seasons(&series.seasons(period)?), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn series(values: impl IntoIterator<Item = f64>) -> Series {
        let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
        Series::new(&values).unwrap()
    }

    #[test]
    fn a_straight_line_has_every_pair() {
        let test = mann_kendall(&series((0..24).map(f64::from))).unwrap();
        assert_eq!((test.score, test.tau), (276, 1.0));
        assert!((test.variance - 24.0 * 23.0 * 53.0 / 18.0).abs() < 1e-9);
        let test = seasonal(&series((0..24).map(f64::from)), 12).unwrap();
        assert_eq!((test.score, test.tau), (12, 1.0));
        assert!((test.variance - 12.0).abs() < 1e-12);
        assert!((test.z - 11.0 / 12f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn equal_values_say_nothing() {
        let flat = series([5.0; 36]);
        for test in [mann_kendall(&flat).unwrap(), seasonal(&flat, 12).unwrap()] {
            assert_eq!(
                (test.score, test.variance, test.z, test.p_value),
                (0, 0.0, 0.0, 1.0)
            );
        }
    }

    #[test]
    fn seasons_cancel_and_missing_is_not_zero() {
        let wave = |t: u32| f64::from((t * 5) % 12) * 100.0;
        let rising = |t: u32| wave(t) + f64::from(t / 12);
        let mut values: Vec<Option<f64>> = (0..60).map(|t| Some(rising(t))).collect();
        let whole = seasonal(&Series::new(&values).unwrap(), 12).unwrap();
        assert_eq!((whole.tau, whole.score), (1.0, 120));
        values[17] = None;
        values[40] = None;
        let gaps = seasonal(&Series::new(&values).unwrap(), 12).unwrap();
        assert_eq!((gaps.tau, gaps.score), (1.0, 112));
        // Missing times at the ends change nothing.
        let mut padded = vec![None; 12];
        padded.extend(&values);
        padded.extend([None; 7]);
        assert_eq!(seasonal(&Series::new(&padded).unwrap(), 12).unwrap(), gaps);
    }

    #[test]
    fn refuses_what_is_no_series() {
        assert!(Series::new(&[]).is_err() && Series::new(&[Some(1.0); 23]).is_err());
        let mut long = vec![None; 5000];
        long[..24].fill(Some(1.0));
        assert!(Series::new(&long).is_ok());
        long[4999] = Some(1.0);
        assert!(Series::new(&long).is_err());
        for bad in [f64::NAN, f64::INFINITY, 1e151] {
            let mut values = [Some(1.0); 30];
            values[3] = Some(bad);
            assert!(Series::new(&values).is_err());
        }
        let short = series((0..30).map(f64::from));
        assert!(
            seasonal(&short, 16).is_err() && seasonal(&short, 1).is_err() && seasonal(&short, 0).is_err()
        );
        assert!(seasonal(&short, 15).is_ok());
    }
}

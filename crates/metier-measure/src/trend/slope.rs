//! The slope: the median change a step over all pairs of times.

use crate::accuracy::Interval;
use crate::error::{MeasureError, Result, open_unit, within};
use crate::special::normal_quantile;
use crate::trend::Series;
use crate::trend::score::Score;

/// How fast a series rises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The median change of the value a step of time, or a period of it for [`seasonal_slope`].
    pub slope: f64,
    /// The value of the line at the time 0, the first of the list that the series was made from: the line
    /// passes through the median of the values at the median of their times (Conover, Practical Nonparametric
    /// Statistics, 1980).
    pub intercept: f64,
    /// The interval of the slope.
    pub interval: Interval,
}

/// The slope of Theil (Proceedings of the KNAW 53, 1950) and Sen (Journal of the American Statistical
/// Association 63, 1968), with Sen's interval: as many pairs as the score may by chance be away from zero are
/// left out on each side.
///
/// `0 < confidence < 1`. `inflation`, from 1e-3 to 1e3, multiplies the variance of the score: 1 for
/// independent times, otherwise [`crate::trend::Test::inflation`] of the test that goes with it.
///
/// # Errors
/// When a parameter is outside its domain, all values are equal (no interval would be honest then), or the
/// confidence asks for more than all pairs can give.
pub fn theil_sen(series: &Series, confidence: f64, inflation: f64) -> Result<Slope> {
    let mut slopes = Vec::with_capacity(series.observed() * (series.observed() - 1) / 2);
    pair_slopes(&series.points, 1.0, &mut slopes);
    fit(
        series,
        &Score::of(&series.points),
        slopes,
        1.0,
        (confidence, inflation),
    )
}

/// The slope over pairs within a season, in units a period (Hirsch, Slack and Smith, Water Resources Research
/// 18, 1982), with the interval that goes with the seasonal score (Gilbert, Statistical Methods for
/// Environmental Pollution Monitoring, 1987, chapter 17). Parameters as for [`theil_sen`].
///
/// # Errors
/// As for [`theil_sen`], and when `period` is below 2 or there are fewer values than two periods.
pub fn seasonal_slope(series: &Series, period: usize, confidence: f64, inflation: f64) -> Result<Slope> {
    let seasons = series.seasons(period)?;
    let slopes = season_slopes(&seasons, period);
    let score = Score::of_seasons(&seasons);
    fit(series, &score, slopes, period as f64, (confidence, inflation))
}

/// The slopes of all pairs within seasons, a period.
pub(super) fn season_slopes(seasons: &[Vec<(usize, f64)>], period: usize) -> Vec<f64> {
    let mut slopes = Vec::new();
    for points in seasons {
        pair_slopes(points, period as f64, &mut slopes);
    }
    slopes
}

pub(super) fn pair_slopes(points: &[(usize, f64)], unit: f64, slopes: &mut Vec<f64>) {
    for (i, &(from, earlier)) in points.iter().enumerate() {
        // Whole periods divide without rounding.
        slopes.extend(
            points[i + 1..]
                .iter()
                .map(|&(to, later)| (later - earlier) / ((to - from) as f64 / unit)),
        );
    }
}

fn fit(
    series: &Series,
    score: &Score,
    mut slopes: Vec<f64>,
    unit: f64,
    (confidence, inflation): (f64, f64),
) -> Result<Slope> {
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    let inflation = within(
        "inflation",
        inflation,
        |v| (1e-3..=1e3).contains(&v),
        "from 1e-3 to 1e3",
    )?;
    if score.variance <= 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "slope with its interval",
            because: "all values compared are equal",
        });
    }
    let away = -normal_quantile(outside)? * libm::sqrt(score.variance * inflation);
    let pairs = slopes.len() as f64;
    let lower = libm::rint(0.5 * (pairs - away)) - 1.0;
    let upper = libm::rint(0.5 * (pairs + away));
    if lower < 0.0 || upper > pairs - 1.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "interval of the slope",
            because: "the confidence asks for more than all pairs can give",
        });
    }
    let slope = median(&mut slopes);
    let mut values: Vec<f64> = series.points.iter().map(|p| p.1).collect();
    let mut times: Vec<f64> = series.points.iter().map(|p| p.0 as f64).collect();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are whole, from 0 to below the number of pairs"
    )]
    let mut ranked = |rank: f64| *slopes.select_nth_unstable_by(rank as usize, f64::total_cmp).1;
    Ok(Slope {
        slope,
        intercept: median(&mut values) - median(&mut times) / unit * slope,
        interval: Interval {
            lower: ranked(lower),
            upper: ranked(upper),
        },
    })
}

/// The median of a list that is not empty, which is put into another order.
pub(super) fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    let odd = values.len() % 2 == 1;
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if odd {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    0.5 * lower + 0.5 * upper
}

#[cfg(test)]
mod tests {
    use super::super::tests::series;
    use super::*;

    #[test]
    fn a_line_is_found_and_outliers_are_not() {
        let mut values: Vec<f64> = (0..40).map(|t| 3.0 + 0.5 * f64::from(t)).collect();
        values[7] = 1e6;
        values[30] = -1e6;
        let line = theil_sen(&series(values.iter().copied()), 0.95, 1.0).unwrap();
        assert_eq!((line.slope, line.intercept), (0.5, 3.0));
        assert!(line.interval.lower <= 0.5 && line.interval.upper >= 0.5);
        let yearly = seasonal_slope(&series(values), 10, 0.95, 1.0).unwrap();
        assert_eq!((yearly.slope, yearly.intercept), (5.0, 3.0));
    }

    #[test]
    fn medians() {
        for (mut values, want) in [
            (vec![3.0, 1.0, 2.0], 2.0_f64),
            (vec![4.0, 1.0, 2.0, 3.0], 2.5),
            (vec![7.0], 7.0),
        ] {
            assert!((median(&mut values) - want).abs() < 1e-15);
        }
    }

    #[test]
    fn refuses_an_interval_it_cannot_give() {
        assert!(theil_sen(&series([1.0; 30]), 0.95, 1.0).is_err());
        let noise = series((0..24).map(|t| f64::from((t * 7) % 11)));
        assert!(seasonal_slope(&noise, 12, 0.95, 1.0).is_ok());
        assert!(seasonal_slope(&noise, 12, 0.999, 1.0).is_err());
        assert!(seasonal_slope(&noise, 12, 0.95, 9.0).is_err());
        for bad in [0.0, f64::NAN, f64::INFINITY, -1.0, 1e4] {
            assert!(theil_sen(&noise, bad, 1.0).is_err() && theil_sen(&noise, 0.95, bad).is_err());
        }
    }
}

//! Agreement about a single unit.

use crate::agreement::{LARGEST_VALUE, MAX_RATINGS};
use crate::error::{MeasureError, Result, within as within_domain};

/// How the ratings of one unit lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// The median; between two middle ratings their mean.
    pub median: f64,
    /// The mean distance from the mean (Burke, Finkelstein and Dusig, Organizational Research Methods 2, 1999).
    pub ad_mean: f64,
    /// The mean distance from the median.
    pub ad_median: f64,
    /// The largest less the smallest.
    pub range: f64,
    /// `r_wg = 1 - s^2 / ((A^2 - 1)/12)`, the variance against that of ratings spread evenly over a scale of
    /// `A` consecutive whole numbers (James, Demaree and Wolf, Journal of Applied Psychology 69, 1984). Below 0
    /// when the ratings differ more than that, which is shown as it is and not set to 0; none with one rating.
    pub r_wg: Option<f64>,
}

/// How the ratings of one unit lie, on a scale of `categories` consecutive whole numbers.
///
/// Describes; with 2 to 10 ratings none of these numbers has a useful interval. One rating is allowed and has
/// distance 0 from itself, which is no agreement: `r_wg` is none.
///
/// # Errors
/// When there is no rating or more than [`MAX_RATINGS`], a rating is not finite or larger than
/// [`LARGEST_VALUE`] in size, there are fewer than 2 or more than 10^6 categories, or two ratings lie further
/// apart than the scale is long.
pub fn within(ratings: &[f64], categories: u32) -> Result<Within> {
    let n = ratings.len();
    if n == 0 || n > MAX_RATINGS {
        return Err(MeasureError::Length {
            name: "ratings",
            length: n,
            allowed: "1 to 10 million",
        });
    }
    let a = within_domain(
        "categories",
        f64::from(categories),
        |a| (2.0..=1e6).contains(&a),
        "from 2 to 10^6",
    )?;
    let mut sorted = ratings.to_vec();
    for value in &sorted {
        within_domain(
            "rating",
            *value,
            |v| v.abs() <= LARGEST_VALUE,
            "from -1e100 to 1e100",
        )?;
    }
    sorted.sort_by(f64::total_cmp);
    let range = within_domain(
        "range of the ratings",
        sorted[n - 1] - sorted[0],
        |range| range <= a - 1.0,
        "at most the length of the scale",
    )?;
    let median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    let mean = sorted.iter().sum::<f64>() / n as f64;
    let distance = |from: f64| sorted.iter().map(|v| (v - from).abs()).sum::<f64>() / n as f64;
    let squares: f64 = sorted.iter().map(|v| (v - mean) * (v - mean)).sum();
    let even = (a * a - 1.0) / 12.0;
    Ok(Within {
        median,
        ad_mean: distance(mean),
        ad_median: distance(median),
        range,
        r_wg: (n >= 2).then(|| 1.0 - squares / (n as f64 - 1.0) / even),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_by_hand() {
        let got = within(&[1.0, 5.0], 5).unwrap();
        assert_eq!(
            (got.median, got.ad_mean, got.ad_median, got.range),
            (3.0, 2.0, 2.0, 4.0)
        );
        // Variance 8 against 2 for even spread.
        assert_eq!(got.r_wg, Some(-3.0));
        let one = within(&[2.0], 5).unwrap();
        assert_eq!((one.median, one.ad_mean, one.r_wg), (2.0, 0.0, None));
        let same = within(&[4.0; 6], 5).unwrap();
        assert_eq!((same.ad_mean, same.range, same.r_wg), (0.0, 0.0, Some(1.0)));
    }

    #[test]
    fn refuses_what_is_no_rating() {
        assert!(within(&[], 5).is_err() && within(&[1.0], 1).is_err());
        assert!(within(&[f64::NAN], 5).is_err() && within(&[f64::INFINITY, 1.0], 5).is_err());
        assert!(within(&[1.0, 6.0], 5).is_err());
    }
}

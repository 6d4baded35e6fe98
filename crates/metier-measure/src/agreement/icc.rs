//! The six intraclass correlations, and what more raters would give.
//!
//! Every one of `n` units is measured by the same `k` raters (or, for the one-way forms, by any `k`). From the
//! mean squares between units (MSB), within units (MSW), between raters (MSJ) and the rest (MSE):
//!
//! ```text
//! ICC(1,1) = (MSB - MSW) / (MSB + (k-1) MSW)                       ICC(1,k) = (MSB - MSW) / MSB
//! ICC(2,1) = (MSB - MSE) / (MSB + (k-1) MSE + k (MSJ - MSE)/n)     ICC(2,k) = (MSB - MSE) / (MSB + (MSJ - MSE)/n)
//! ICC(3,1) = (MSB - MSE) / (MSB + (k-1) MSE)                       ICC(3,k) = (MSB - MSE) / MSB
//! ```
//!
//! Source: Shrout and Fleiss, Psychological Bulletin 86 (1979), with their intervals; `McGraw` and Wong,
//! Psychological Methods 1 (1996). The model is normal with equal variances, which a short scale is not.

use crate::agreement::{LARGEST_VALUE, MAX_RATINGS};
use crate::distribution::{f_quantile, f_upper};
use crate::error::{MeasureError, Result, open_unit, within};
use crate::interval::{Coverage, Interval};

/// One of the six.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// The coefficient, at most 1; below 0 when units differ less than their own ratings do.
    pub value: f64,
    /// The F statistic of "units do not differ".
    pub f: f64,
    /// Its degrees of freedom.
    pub degrees: (f64, f64),
    /// Its p-value.
    pub p: f64,
    /// The interval: exact for forms 1 and 3. For form 2 an approximation with Satterthwaite's degrees of
    /// freedom, and none where these fall below 1, as they do when the units hardly differ. It is never
    /// [`crate::interval::Coverage::Checked`]: in simulations at 95% it held in as few as 86 of 100 samples, where raters
    /// differ as much as units do.
    pub interval: Option<Interval>,
}

/// The family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IccFamily {
    /// ICC(1,1): each unit rated by its own raters, one rating relied on.
    pub one: Icc,
    /// ICC(2,1): the same raters, a sample of many; absolute agreement.
    pub two: Icc,
    /// ICC(3,1): these very raters; consistency.
    pub three: Icc,
    /// ICC(1,k): as `one`, for the mean of the `k` ratings.
    pub one_k: Icc,
    /// ICC(2,k).
    pub two_k: Icc,
    /// ICC(3,k), which is Cronbach's alpha.
    pub three_k: Icc,
}

/// All six, from a complete table with a row for each unit and a column for each rater.
///
/// # Errors
/// When there are fewer than 2 units or raters or more than [`MAX_RATINGS`] places, rows differ in length, a value is
/// not finite or larger than [`LARGEST_VALUE`] in size, or the confidence is not between 0 and 1;
/// [`MeasureError::NotEstimable`] when the units' means are all the same, or no rating differs from what its
/// unit and rater make of it (then every F is infinite).
pub fn icc(rows: &[Vec<f64>], confidence: f64) -> Result<IccFamily> {
    let (n, k) = (rows.len(), rows.first().map_or(0, Vec::len));
    if n < 2 || k < 2 || n.saturating_mul(k) > MAX_RATINGS {
        return Err(MeasureError::Length {
            name: if n < 2 { "units" } else { "raters" },
            length: if n < 2 { n } else { k },
            allowed: "at least 2, 10 million places in all",
        });
    }
    if let Some(odd) = rows.iter().find(|row| row.len() != k) {
        return Err(MeasureError::Length {
            name: "row",
            length: odd.len(),
            allowed: "as many as the first row",
        });
    }
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    for value in rows.iter().flatten() {
        within(
            "value",
            *value,
            |v| v.abs() <= LARGEST_VALUE,
            "from -1e100 to 1e100",
        )?;
    }
    let squares = MeanSquares::of(rows)?;
    let (n, k) = (n as f64, k as f64);
    let family = Family {
        n,
        k,
        outside,
        confidence,
        squares,
    };
    family.six()
}

/// The four mean squares.
struct MeanSquares {
    between: f64,
    within: f64,
    raters: f64,
    rest: f64,
}

impl MeanSquares {
    fn of(rows: &[Vec<f64>]) -> Result<Self> {
        let (units, raters) = (rows.len(), rows[0].len());
        let (n, k) = (units as f64, raters as f64);
        // Differences from the first value: what all share does not cost digits.
        let shifted = || rows.iter().map(|row| row.iter().map(|v| v - rows[0][0]));
        let of_unit: Vec<f64> = shifted().map(|row| row.sum::<f64>() / k).collect();
        let mut of_rater = vec![0.0; raters];
        for row in shifted() {
            row.zip(&mut of_rater).for_each(|(v, sum)| *sum += v / n);
        }
        let mean = of_unit.iter().sum::<f64>() / n;
        let square = |v: f64| v * v;
        let between = k * of_unit.iter().map(|v| square(v - mean)).sum::<f64>();
        let columns = n * of_rater.iter().map(|v| square(v - mean)).sum::<f64>();
        let (mut inside, mut rest) = (0.0, 0.0);
        for (row, unit) in shifted().zip(&of_unit) {
            for (v, rater) in row.zip(&of_rater) {
                inside += square(v - unit);
                rest += square(v - unit - rater + mean);
            }
        }
        let total = between + inside;
        let zero = 1e-24 * total;
        if between <= zero {
            return Err(not_estimable("the units' means are all the same"));
        }
        if rest <= zero {
            return Err(not_estimable(
                "nothing is left when units and raters are accounted for",
            ));
        }
        Ok(Self {
            between: between / (n - 1.0),
            within: inside / (n * (k - 1.0)),
            raters: columns / (k - 1.0),
            rest: rest / ((n - 1.0) * (k - 1.0)),
        })
    }
}

fn not_estimable(because: &'static str) -> MeasureError {
    MeasureError::NotEstimable {
        quantity: "intraclass correlation",
        because,
    }
}

struct Family {
    n: f64,
    k: f64,
    outside: f64,
    confidence: f64,
    squares: MeanSquares,
}

impl Family {
    fn six(&self) -> Result<IccFamily> {
        let (n, k) = (self.n, self.k);
        let MeanSquares {
            between,
            within,
            raters,
            rest,
        } = self.squares;
        let (one, one_k) = self.exact(between / within, n * (k - 1.0))?;
        let (three, three_k) = self.exact(between / rest, (n - 1.0) * (k - 1.0))?;
        let value = (between - rest) / (between + (k - 1.0) * rest + k * (raters - rest) / n);
        let value_k = (between - rest) / (between + (raters - rest) / n);
        let bounds = self.bounds_of_two(value)?;
        let coverage = Coverage::Unchecked;
        let of_mean = |v: f64| v * k / (1.0 + v * (k - 1.0));
        let two = Icc {
            value,
            interval: bounds.map(|bounds| self.interval(bounds, coverage)),
            ..three
        };
        let two_k = Icc {
            value: value_k,
            interval: bounds.map(|bounds| self.interval(bounds.map(of_mean), coverage)),
            ..three
        };
        Ok(IccFamily {
            one,
            two,
            three,
            one_k,
            two_k,
            three_k,
        })
    }

    fn interval(&self, [lower, upper]: [f64; 2], coverage: Coverage) -> Interval {
        Interval {
            lower,
            upper,
            confidence: self.confidence,
            coverage,
        }
    }

    /// The single and the mean form whose F is a ratio of independent mean squares, so that F over its true
    /// ratio has Fisher's law exactly.
    fn exact(&self, f: f64, d2: f64) -> Result<(Icc, Icc)> {
        let (k, d1) = (self.k, self.n - 1.0);
        let low = f / f_quantile(1.0 - self.outside, d1, d2)?;
        let high = f * f_quantile(1.0 - self.outside, d2, d1)?;
        let single = |f: f64| (f - 1.0) / (f + k - 1.0);
        let mean = |f: f64| 1.0 - 1.0 / f;
        let of = |form: &dyn Fn(f64) -> f64| -> Result<Icc> {
            Ok(Icc {
                value: form(f),
                f,
                degrees: (d1, d2),
                p: f_upper(f, d1, d2)?,
                interval: Some(self.interval([form(low), form(high)], Coverage::Exact)),
            })
        };
        Ok((of(&single)?, of(&mean)?))
    }

    /// Shrout and Fleiss' interval for ICC(2,1), with Satterthwaite's degrees of freedom.
    fn bounds_of_two(&self, value: f64) -> Result<Option<[f64; 2]>> {
        let (n, k) = (self.n, self.k);
        let MeanSquares {
            between,
            raters,
            rest,
            ..
        } = self.squares;
        let f = raters / rest;
        let a = k * value * f;
        let b = n * (1.0 + (k - 1.0) * value) - k * value;
        let v = (k - 1.0) * (n - 1.0) * (a + b) * (a + b) / ((n - 1.0) * a * a + b * b);
        if v.is_nan() || v < 1.0 {
            return Ok(None);
        }
        let up = f_quantile(1.0 - self.outside, n - 1.0, v)?;
        let down = f_quantile(1.0 - self.outside, v, n - 1.0)?;
        let shared = k * raters + (k * n - k - n) * rest;
        Ok(Some([
            n * (between - up * rest) / (up * shared + n * between),
            n * (down * between - rest) / (shared + n * down * between),
        ]))
    }
}

/// Spearman-Brown: the reliability of the mean of `k` ratings when one has reliability `r`,
/// `k r / (1 + (k-1) r)` (British Journal of Psychology 3, 1910).
///
/// `0 <= r <= 1`, `k` more than 0 and up to 10^9; a fraction shortens.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn spearman_brown(r: f64, k: f64) -> Result<f64> {
    let r = within("r", r, |r| (0.0..=1.0).contains(&r), "from 0 to 1")?;
    let k = within("k", k, |k| k > 0.0 && k <= 1e9, "more than 0, at most 10^9")?;
    // One plus (k - 1) r, so arranged that no small k is lost.
    Ok(k * r / ((1.0 - r) + k * r))
}

/// The fewest raters whose mean has at least reliability `target` when one has reliability `r`; a target missed
/// by less than 1e-12 counts as met.
///
/// `0 < r <= 1`, `0 < target < 1`.
///
/// # Errors
/// When a parameter is outside its domain, or more than 10^9 raters would be needed.
pub fn raters_needed(r: f64, target: f64) -> Result<u64> {
    const MOST: u64 = 1_000_000_000;
    let r = within("r", r, |r| r > 0.0 && r <= 1.0, "more than 0, at most 1")?;
    let target = open_unit("target", target)?;
    let enough = |k: u64| Ok::<bool, MeasureError>(spearman_brown(r, k as f64)? >= target - 1e-12);
    if !enough(MOST)? {
        return Err(MeasureError::OutOfReach {
            quantity: "raters needed",
            limit: MOST,
        });
    }
    let (mut short, mut found) = (0, MOST);
    while found - short > 1 {
        let middle = short + (found - short) / 2;
        if enough(middle)? {
            found = middle;
        } else {
            short = middle;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_shrout_and_fleiss() {
        let rows = [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ];
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let got = icc(&rows, 0.95).unwrap();
        let values = [got.one, got.two, got.three, got.one_k, got.two_k, got.three_k].map(|i| i.value);
        // Their table 4.
        for (got, want) in values.iter().zip([0.17, 0.29, 0.71, 0.44, 0.62, 0.91]) {
            assert!((got - want).abs() < 0.005, "{values:?}");
        }
        // What all ratings share changes nothing.
        let far: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| row.iter().map(|v| v + 1e6).collect())
            .collect();
        assert!((icc(&far, 0.95).unwrap().two.value - got.two.value).abs() < 1e-9);
    }

    #[test]
    fn refuses_what_has_no_correlation() {
        let flat = vec![vec![1.0, 2.0], vec![1.0, 2.0]];
        let additive = vec![vec![1.0, 2.0], vec![3.0, 4.0]];
        for rows in [&flat, &additive] {
            assert!(matches!(icc(rows, 0.95), Err(MeasureError::NotEstimable { .. })));
        }
        assert!(icc(&[], 0.95).is_err() && icc(&[vec![1.0, 2.0]], 0.95).is_err());
        assert!(icc(&[vec![1.0], vec![2.0]], 0.95).is_err());
        assert!(icc(&[vec![1.0, 2.0], vec![2.0]], 0.95).is_err());
        assert!(icc(&[vec![1.0, f64::NAN], vec![2.0, 1.0]], 0.95).is_err());
        assert!(icc(&[vec![1.0, 2.0], vec![2.0, 1.0]], 1.0).is_err());
    }

    #[test]
    fn raters_needed_is_the_fewest() {
        assert_eq!(raters_needed(0.5, 0.8), Ok(4));
        assert_eq!(raters_needed(1.0, 0.999), Ok(1));
        assert_eq!(raters_needed(0.9, 0.5), Ok(1));
        assert!(raters_needed(1e-12, 0.99).is_err() && raters_needed(0.0, 0.8).is_err());
        assert!(raters_needed(0.5, 1.0).is_err() && raters_needed(f64::NAN, 0.8).is_err());
        assert!(spearman_brown(1.1, 2.0).is_err() && spearman_brown(0.5, 0.0).is_err());
    }
}

//! Cohen's kappa of two raters, plain or weighted.
//!
//! `kappa = (p_o - p_e) / (1 - p_e)` with `p_o = sum w_ij p_ij`, `p_e = sum w_ij p_i. p_.j` (Cohen, Educational and
//! Psychological Measurement 20, 1960; Psychological Bulletin 70, 1968). The standard error is the large-sample
//! one of Fleiss, Cohen and Everitt (Psychological Bulletin 72, 1969, formula 13).

use crate::agreement::{MAX_RATINGS, Weights, category, checked_scale};
use crate::error::{MeasureError, Result, open_unit};
use crate::interval::{Interval, checked};
use crate::special::normal_quantile;

/// The fewest units at which the interval is [`crate::interval::Coverage::Checked`].
pub const KAPPA_UNITS: usize = 300;

/// Kappa and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// The coefficient.
    pub kappa: f64,
    /// Observed (weighted) agreement.
    pub observed: f64,
    /// Agreement expected from the two raters' own frequencies.
    pub expected: f64,
    /// The large-sample standard error.
    pub se: f64,
    /// `kappa` give or take the normal quantile times `se`; none when the standard error is 0: then
    /// nothing in these units shows how far another sample might differ. It may reach above 1.
    pub interval: Option<Interval>,
    /// Units.
    pub units: usize,
}

/// Cohen's kappa: `first[i]` and `second[i]` are what two raters gave unit `i` on `scale`.
///
/// # Errors
/// When the lists differ in length, have fewer than 2 or more than [`MAX_RATINGS`] units, a rating is not on the
/// scale, the scale has fewer than 2 or more than 1,000 values, or the confidence is not between 0 and 1;
/// [`MeasureError::NotEstimable`] when both raters gave one and the same category throughout.
pub fn kappa(
    first: &[f64],
    second: &[f64],
    scale: &[f64],
    weights: Weights,
    confidence: f64,
) -> Result<Kappa> {
    let units = first.len();
    if !(2..=MAX_RATINGS).contains(&units) || second.len() != units {
        return Err(MeasureError::Length {
            name: "ratings",
            length: if second.len() == units {
                units
            } else {
                second.len()
            },
            allowed: "2 to 10 million, both lists the same",
        });
    }
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    let scale = checked_scale(scale)?;
    let w = weights.matrix(&scale)?;
    let q = scale.len();
    // Counts first: sums of whole numbers do not depend on the order of units.
    let (mut table, mut rows, mut columns) = (vec![0.0; q * q], vec![0.0; q], vec![0.0; q]);
    for (a, b) in first.iter().zip(second) {
        let (a, b) = (category(&scale, *a)? as usize, category(&scale, *b)? as usize);
        table[a * q + b] += 1.0;
        rows[a] += 1.0;
        columns[b] += 1.0;
    }
    let n = units as f64;
    for share in table.iter_mut().chain(&mut rows).chain(&mut columns) {
        *share /= n;
    }
    let cells = || (0..q).flat_map(|i| (0..q).map(move |j| (i, j)));
    let observed: f64 = cells().map(|(i, j)| w[i][j] * table[i * q + j]).sum();
    let expected: f64 = cells().map(|(i, j)| w[i][j] * rows[i] * columns[j]).sum();
    let beyond = 1.0 - expected;
    let single = rows.iter().zip(&columns).any(|(a, b)| *a >= 1.0 && *b >= 1.0);
    if single || beyond <= 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "kappa",
            because: "chance alone explains full agreement, as when both raters always gave the same category",
        });
    }
    // The weight a category of one rater has on average over the other rater's categories.
    let of_row: Vec<f64> = (0..q)
        .map(|i| (0..q).map(|j| w[i][j] * columns[j]).sum())
        .collect();
    let of_column: Vec<f64> = (0..q).map(|j| (0..q).map(|i| w[i][j] * rows[i]).sum()).collect();
    // Formula 13 is a mean of squares less the square of a mean: taken as the variance it is, it loses no digits.
    let centre = observed * expected - 2.0 * expected + observed;
    let spread: f64 = cells()
        .map(|(i, j)| {
            let term = w[i][j] * beyond - (of_row[i] + of_column[j]) * (1.0 - observed) - centre;
            table[i * q + j] * term * term
        })
        .sum();
    let variance = spread / (n * beyond * beyond * beyond * beyond);
    let kappa = (observed - expected) / beyond;
    // What rounding leaves of a variance that is 0 on paper.
    let se = if variance > 1e-28 {
        libm::sqrt(variance)
    } else {
        0.0
    };
    let reach = normal_quantile(1.0 - outside)? * se;
    let interval = Interval {
        lower: kappa - reach,
        upper: kappa + reach,
        confidence,
        coverage: checked(confidence, units >= KAPPA_UNITS),
    };
    Ok(Kappa {
        kappa,
        observed,
        expected,
        se,
        interval: (se > 0.0).then_some(interval),
        units,
    })
}

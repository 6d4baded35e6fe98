//! How far do several raters agree about many units?
//!
//! A table of ratings, some missing, on a stated scale. Everything here describes a *group* of units; about a
//! single one only [`within`] speaks. No coefficient says who is right.
//!
//! | module | coefficient |
//! |---|---|
//! | [`alpha`] | Krippendorff's alpha, with two intervals |
//! | [`chance`] | Gwet's AC1/AC2, Fleiss, Conger, Brennan-Prediger, percent agreement |
//! | [`kappa`] | Cohen's kappa of two raters, weighted |
//! | [`icc`] | the six intraclass correlations, Spearman-Brown |
//! | [`loevinger`] | does a set of steps form an order? |
//! | [`within`] | agreement about one unit |
//!
//! Units are held in an order that depends on their ratings only, and each unit as counts of categories. So
//! permuting raters or units changes no bit of a coefficient, but for Conger's, which needs to know who gave what
//! and is the same up to rounding. A bootstrap draws the caller's units by their number, and so depends on their order.

use crate::error::{MeasureError, Result, within as within_domain};

pub mod alpha;
pub mod chance;
pub mod icc;
pub mod kappa;
pub mod loevinger;
mod resample;
pub mod within;

/// The largest number of ratings, and of places for ratings in a table.
pub const MAX_RATINGS: usize = 10_000_000;
/// The largest number of values on a scale.
pub const MAX_SCALE: usize = 100_000;
/// The largest number of values on a scale where every pair of them is looked at.
pub const MAX_PAIRED_SCALE: usize = 1_000;
/// Values lie between minus this and this.
pub const LARGEST_VALUE: f64 = 1e100;

/// One unit: how often each category was given, categories ascending, and the ratings in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    pub(crate) size: u32,
    pub(crate) counts: Vec<(u32, u32)>,
}

/// Ratings of many units on one scale.
#[derive(Debug, Clone)]
pub struct Ratings {
    scale: Vec<f64>,
    /// In ascending order.
    units: Vec<Unit>,
    /// `place[i]`: where the caller's unit `i` stands in `units`.
    place: Vec<usize>,
    /// For each of `units`, the category each rater gave; only where raters are known.
    by_rater: Option<(usize, Vec<Option<u32>>)>,
}

impl Ratings {
    /// From a table with a row for each unit and a column for each rater; `None` where a rater gave nothing.
    ///
    /// `scale` holds every value that could have been given, ascending; which they are matters to
    /// [`chance`], so it is never guessed from the data ([`observed_scale`] does so on request).
    ///
    /// # Errors
    /// When there is no unit, rows differ in length or are empty, the table has more than [`MAX_RATINGS`]
    /// places, the scale is not 1 to [`MAX_SCALE`] ascending values of size up to [`LARGEST_VALUE`], or a rating
    /// is not on the scale.
    pub fn of_table(rows: &[Vec<Option<f64>>], scale: &[f64]) -> Result<Self> {
        let raters = rows.first().map_or(0, Vec::len);
        within_domain("raters", raters as f64, |_| raters > 0, "at least 1")?;
        if let Some(odd) = rows.iter().find(|row| row.len() != raters) {
            return Err(MeasureError::Length {
                name: "row",
                length: odd.len(),
                allowed: "as many as the first row",
            });
        }
        let scale = checked_scale(scale)?;
        limit(rows.len().saturating_mul(raters))?;
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let row: Result<Vec<Option<u32>>> = row
                .iter()
                .map(|cell| cell.map(|value| category(&scale, value)).transpose())
                .collect();
            cells.push(row?);
        }
        let units: Vec<Unit> = cells
            .iter()
            .map(|row| Unit::new(row.iter().flatten().copied().collect()))
            .collect();
        let order = canonical_order(&units);
        let sorted = order.iter().flat_map(|i| cells[*i].iter().copied()).collect();
        Self::new(scale, units, &order, Some((raters, sorted)))
    }

    /// From each unit's list of ratings, in any order and number, where it does not matter who gave them.
    ///
    /// # Errors
    /// As for [`Ratings::of_table`]; the lists may be empty.
    pub fn of_units(units: &[Vec<f64>], scale: &[f64]) -> Result<Self> {
        let scale = checked_scale(scale)?;
        limit(units.iter().map(Vec::len).sum())?;
        let units: Result<Vec<Unit>> = units
            .iter()
            .map(|unit| {
                Ok(Unit::new(
                    unit.iter().map(|v| category(&scale, *v)).collect::<Result<_>>()?,
                ))
            })
            .collect();
        let units = units?;
        let order = canonical_order(&units);
        Self::new(scale, units, &order, None)
    }

    fn new(
        scale: Vec<f64>,
        units: Vec<Unit>,
        order: &[usize],
        by_rater: Option<(usize, Vec<Option<u32>>)>,
    ) -> Result<Self> {
        if units.is_empty() || units.len() > MAX_RATINGS {
            return Err(MeasureError::Length {
                name: "units",
                length: units.len(),
                allowed: "1 to 10 million",
            });
        }
        let mut place = vec![0; units.len()];
        for (at, i) in order.iter().enumerate() {
            place[*i] = at;
        }
        let mut taken: Vec<Option<Unit>> = units.into_iter().map(Some).collect();
        let units = order.iter().filter_map(|i| taken[*i].take()).collect();
        Ok(Self {
            scale,
            units,
            place,
            by_rater,
        })
    }

    /// The scale.
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// The number of units that two raters or more have rated; the others say nothing about agreement.
    pub fn paired_units(&self) -> usize {
        self.units.iter().filter(|unit| unit.size >= 2).count()
    }

    pub(crate) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// For each of the caller's units with two ratings or more, its place among those in order.
    fn paired_places(&self) -> Vec<usize> {
        // Units with fewer ratings come first in the order.
        let single = self.units.len() - self.paired_units();
        self.place
            .iter()
            .filter_map(|at| at.checked_sub(single))
            .collect()
    }

    /// The number of raters, and each rater's category for each unit in order.
    pub(crate) fn by_rater(&self) -> Option<(usize, &[Option<u32>])> {
        self.by_rater
            .as_ref()
            .map(|(raters, cells)| (*raters, cells.as_slice()))
    }
}

/// The distinct values given, ascending: a scale for measurements without one.
///
/// # Errors
/// When nothing was given, a value is not finite or larger than [`LARGEST_VALUE`] in size.
pub fn observed_scale(values: impl IntoIterator<Item = f64>) -> Result<Vec<f64>> {
    let mut scale = Vec::new();
    for value in values {
        scale.push(value_in_domain(value)?);
    }
    scale.sort_by(f64::total_cmp);
    scale.dedup_by(|a, b| a.total_cmp(b).is_eq());
    checked_scale(&scale)
}

impl Unit {
    fn new(mut categories: Vec<u32>) -> Self {
        categories.sort_unstable();
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for category in categories {
            match counts.last_mut() {
                Some((last, count)) if *last == category => *count += 1,
                _ => counts.push((category, 1)),
            }
        }
        let size = counts.iter().map(|(_, count)| count).sum();
        Self { size, counts }
    }
}

/// Units by size, then by what was given: an order that does not depend on the caller's.
fn canonical_order(units: &[Unit]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| units[*a].cmp(&units[*b]));
    order
}

fn limit(places: usize) -> Result<()> {
    if places > MAX_RATINGS {
        return Err(MeasureError::Length {
            name: "ratings",
            length: places,
            allowed: "at most 10 million",
        });
    }
    Ok(())
}

/// A value without the sign of zero.
fn value_in_domain(value: f64) -> Result<f64> {
    within_domain(
        "value",
        value,
        |v| v.abs() <= LARGEST_VALUE,
        "from -1e100 to 1e100",
    )
    .map(|v| v + 0.0)
}

fn checked_scale(scale: &[f64]) -> Result<Vec<f64>> {
    if scale.is_empty() || scale.len() > MAX_SCALE {
        return Err(MeasureError::Length {
            name: "scale",
            length: scale.len(),
            allowed: "1 to 100000 values",
        });
    }
    let scale: Vec<f64> = scale.iter().map(|v| value_in_domain(*v)).collect::<Result<_>>()?;
    if let Some(pair) = scale.windows(2).find(|pair| pair[0] >= pair[1]) {
        return Err(MeasureError::OutOfDomain {
            name: "scale",
            value: pair[1],
            allowed: "ascending values",
        });
    }
    Ok(scale)
}

/// Where a value stands on the scale.
fn category(scale: &[f64], value: f64) -> Result<u32> {
    let refused = MeasureError::OutOfDomain {
        name: "rating",
        value,
        allowed: "a value of the scale",
    };
    let at = scale.binary_search_by(|v| v.total_cmp(&(value + 0.0)));
    at.ok().and_then(|at| u32::try_from(at).ok()).ok_or(refused)
}

/// How much of an agreement a pair of categories is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// 1 for the same category, else 0.
    Identity,
    /// `1 - |x - y| / range`, by the scale's values.
    Linear,
    /// `1 - (x - y)^2 / range^2`, by the scale's values (Fleiss and Cohen, Educational and Psychological
    /// Measurement 33, 1973).
    Quadratic,
    /// By rank: `1 - C(d + 1, 2) / C(q, 2)` for categories `d` ranks apart among `q` (Gwet, Handbook of
    /// Inter-Rater Reliability, 4th edition 2014, chapter 3).
    Ordinal,
}

impl Weights {
    /// The matrix for a scale, row by row.
    pub(crate) fn matrix(self, scale: &[f64]) -> Result<Vec<Vec<f64>>> {
        let q = scale.len();
        if !(2..=MAX_PAIRED_SCALE).contains(&q) {
            return Err(MeasureError::Length {
                name: "scale",
                length: q,
                allowed: "2 to 1000 values",
            });
        }
        let range = scale[q - 1] - scale[0];
        let triangle = |d: usize| 0.5 * d as f64 * (d as f64 + 1.0);
        let weight = |i: usize, j: usize| {
            let apart = (scale[i] - scale[j]).abs() / range;
            match self {
                Self::Identity => f64::from(u8::from(i == j)),
                Self::Linear => 1.0 - apart,
                Self::Quadratic => 1.0 - apart * apart,
                Self::Ordinal => 1.0 - triangle(i.abs_diff(j)) / triangle(q - 1),
            }
        };
        Ok((0..q).map(|i| (0..q).map(|j| weight(i, j)).collect()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_table_of_ratings() {
        let one = vec![vec![Some(1.0), None]];
        assert!(Ratings::of_table(&[], &[1.0]).is_err());
        assert!(Ratings::of_table(&[vec![]], &[1.0]).is_err());
        assert!(Ratings::of_table(&[vec![Some(1.0)], vec![]], &[1.0]).is_err());
        assert!(Ratings::of_table(&one, &[]).is_err());
        assert!(Ratings::of_table(&one, &[2.0, 1.0]).is_err());
        assert!(Ratings::of_table(&one, &[1.0, f64::INFINITY]).is_err());
        assert!(Ratings::of_table(&one, &[0.0, 2.0]).is_err());
        assert!(Ratings::of_table(&[vec![Some(f64::NAN)]], &[1.0]).is_err());
        assert!(Ratings::of_units(&[], &[1.0]).is_err());
        assert!(observed_scale([]).is_err() && observed_scale([f64::NAN]).is_err());
        assert_eq!(observed_scale([2.0, -0.0, 2.0, 0.0]), Ok(vec![0.0, 2.0]));
        let read = Ratings::of_table(&one, &[1.0, 2.0]).unwrap();
        assert_eq!((read.paired_units(), read.scale().len()), (0, 2));
    }

    #[test]
    fn weights_fall_with_distance() {
        let scale = [0.0, 1.0, 2.0, 3.0];
        let row = |w: Weights| w.matrix(&scale).unwrap()[0].clone();
        assert_eq!(row(Weights::Identity), [1.0, 0.0, 0.0, 0.0]);
        for (weights, want) in [
            (Weights::Linear, [1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0]),
            (Weights::Quadratic, [1.0, 8.0 / 9.0, 5.0 / 9.0, 0.0]),
            (Weights::Ordinal, [1.0, 5.0 / 6.0, 0.5, 0.0]),
        ] {
            for (got, want) in row(weights).iter().zip(want) {
                assert!((got - want).abs() < 1e-15);
            }
        }
        assert!(Weights::Linear.matrix(&[1.0]).is_err());
    }
}

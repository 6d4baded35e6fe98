//! How far is it from one profile to another?
//!
//! A profile says of each item, in a fixed order, how important it is and at what level it is needed, both
//! from 0 to 1 ([`rescale`] brings other scales there). The distance that matters to whoever moves has a
//! direction: what the target asks above what the start has is missing, what the start has above what the
//! target asks is left unused, and neither makes up for the other. [`cosine`] and [`euclid`] have no
//! direction; they are here for comparison with published tables.

use crate::error::{MeasureError, Result, closed_unit, within};

/// One item of a profile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// How important the item is, from 0 to 1.
    pub importance: f64,
    /// The level at which it is needed, from 0 to 1.
    pub level: f64,
}

impl Need {
    /// `importance * level`: one number for an item, as the undirected distances take it.
    pub fn product(&self) -> f64 {
        self.importance * self.level
    }
}

/// The way from one profile to another, in total and by item.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// What is missing: `Sum_i t_i max(0, target_i - start_i) / Sum_i t_i`, with `t` the target's
    /// importances. 0 when the start reaches every level that matters to the target, at most 1.
    pub missing: f64,
    /// What is left unused: the same, taken from the target to the start.
    pub unused: f64,
    /// Each item's part of `missing`; they add up to it.
    pub missing_by_item: Vec<f64>,
    /// Each item's part of `unused`; they add up to it.
    pub unused_by_item: Vec<f64>,
}

/// Brings `value` from a scale between `low` and `high` to one from 0 to 1.
///
/// # Errors
/// When the ends are not finite and in order, or `value` lies outside them.
pub fn rescale(value: f64, low: f64, high: f64) -> Result<f64> {
    let low = within("low", low, |_| true, "finite")?;
    let high = within(
        "high",
        high,
        |h| h > low && (h - low).is_finite(),
        "finite and above low",
    )?;
    let value = within("value", value, |v| v >= low && v <= high, "from low to high")?;
    Ok((value - low) / (high - low))
}

/// The directional gap from `start` to `target`, with what would be left unused.
///
/// # Errors
/// When the profiles are empty or of different length, a number lies outside [0, 1], or nothing is important
/// in one of them.
pub fn gap(start: &[Need], target: &[Need]) -> Result<Gap> {
    same_length(start.len(), target.len())?;
    for need in start.iter().chain(target) {
        closed_unit("importance", need.importance)?;
        closed_unit("level", need.level)?;
    }
    let missing_by_item = one_way(start, target)?;
    let unused_by_item = one_way(target, start)?;
    Ok(Gap {
        missing: missing_by_item.iter().sum(),
        unused: unused_by_item.iter().sum(),
        missing_by_item,
        unused_by_item,
    })
}

fn one_way(start: &[Need], target: &[Need]) -> Result<Vec<f64>> {
    let whole: f64 = target.iter().map(|t| t.importance).sum();
    if whole <= 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "gap between profiles",
            because: "nothing is important in one of them",
        });
    }
    let part = |(s, t): (&Need, &Need)| t.importance * (t.level - s.level).max(0.0) / whole;
    Ok(start.iter().zip(target).map(part).collect())
}

fn same_length(first: usize, second: usize) -> Result<()> {
    if first == second && first > 0 {
        return Ok(());
    }
    Err(MeasureError::Length {
        name: "profile",
        length: second,
        allowed: "as many as in the other, at least 1",
    })
}

/// The cosine of the angle between two vectors, from -1 to 1.
///
/// # Errors
/// When the vectors are empty or of different length, an element is not finite or above 1e150 in size, or one
/// vector is all zero.
pub fn cosine(a: &[f64], b: &[f64]) -> Result<f64> {
    checked(a, b)?;
    // Each is brought to a largest element of 1, so that no square is lost.
    let largest = |v: &[f64]| v.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let (top_a, top_b) = (largest(a), largest(b));
    if top_a == 0.0 || top_b == 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "cosine",
            because: "a vector is all zero",
        });
    }
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x / top_a, y / top_b);
        both += x * y;
        first += x * x;
        second += y * y;
    }
    Ok((both / (libm::sqrt(first) * libm::sqrt(second))).clamp(-1.0, 1.0))
}

/// The Euclidean distance of two vectors.
///
/// # Errors
/// When the vectors are empty or of different length, or an element is not finite or above 1e150 in size.
pub fn euclid(a: &[f64], b: &[f64]) -> Result<f64> {
    checked(a, b)?;
    let square = |(x, y): (&f64, &f64)| (x - y) * (x - y);
    Ok(libm::sqrt(a.iter().zip(b).map(square).sum()))
}

fn checked(a: &[f64], b: &[f64]) -> Result<()> {
    same_length(a.len(), b.len())?;
    for &x in a.iter().chain(b) {
        within(
            "element",
            x,
            |x| x.abs() <= 1e150,
            "finite, at most 1e150 in size",
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(importance: f64, level: f64) -> Need {
        Need { importance, level }
    }

    #[test]
    fn by_hand() {
        let start = [need(1.0, 0.5), need(0.5, 0.9)];
        let target = [need(0.75, 0.7), need(0.25, 0.1)];
        let gap = gap(&start, &target).unwrap();
        assert!((gap.missing - 0.15).abs() < 1e-15);
        assert!((gap.unused - 0.5 * 0.8 / 1.5).abs() < 1e-15);
        assert!(gap.missing_by_item[1] == 0.0 && gap.unused_by_item[0] == 0.0);
        assert_eq!(cosine(&[3.0, 4.0], &[6.0, 8.0]), Ok(1.0));
        assert_eq!(cosine(&[1e-170, 0.0], &[0.0, 1e150]), Ok(0.0));
        assert_eq!(euclid(&[0.0, 0.0], &[3.0, 4.0]), Ok(5.0));
        assert_eq!(rescale(3.0, 1.0, 5.0), Ok(0.5));
    }

    #[test]
    fn refuses_what_is_no_profile() {
        let good = [need(0.5, 0.5)];
        assert!(gap(&[], &[]).is_err() && gap(&good, &[]).is_err() && gap(&[], &good).is_err());
        assert!(gap(&good, &[need(0.0, 0.5)]).is_err() && gap(&[need(0.0, 0.5)], &good).is_err());
        for bad in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
            assert!(gap(&good, &[need(bad, 0.5)]).is_err() && gap(&[need(0.5, bad)], &good).is_err());
            assert!(rescale(bad, 0.0, 1.0).is_err());
        }
        assert!(rescale(1.0, 1.0, 1.0).is_err() && rescale(1.0, f64::NEG_INFINITY, 2.0).is_err());
        assert!(cosine(&[0.0], &[1.0]).is_err() && cosine(&[1.0], &[f64::NAN]).is_err());
        assert!(euclid(&[1.0], &[1.0, 2.0]).is_err() && euclid(&[1.0], &[f64::INFINITY]).is_err());
    }
}

//! The shortest range of ordered categories that holds a given share of probability.

use crate::error::{MeasureError, Result, not_negative, within};

/// A run of consecutive categories.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The lowest category.
    pub lo: usize,
    /// The highest category.
    pub hi: usize,
    /// The probability it holds.
    pub held: f64,
}

/// The shortest run of consecutive categories whose mass is at least `level`; among runs as short, the one
/// with more mass, then the lower one.
///
/// `mass[i]` is the probability of category `i`: not negative, summing to 1 within 1e-6. `0 < level <= 1`; a
/// run that misses `level` by no more than 1e-12 counts, so that `level = 1` is reached in spite of
/// rounding. This is the highest-density region of an ordered category, kept in one piece.
///
/// # Errors
/// When `mass` is empty, holds a number outside its domain or does not sum to 1, or `level` is outside its
/// domain.
pub fn shortest_run(mass: &[f64], level: f64) -> Result<Run> {
    const ROUNDING: f64 = 1e-12;
    let level = within(
        "level",
        level,
        |v| v > 0.0 && v <= 1.0,
        "more than 0 and at most 1",
    )?;
    if mass.is_empty() {
        return Err(MeasureError::Length {
            name: "mass",
            length: 0,
            allowed: "at least 1",
        });
    }
    for &m in mass {
        not_negative("mass", m)?;
    }
    let total: f64 = mass.iter().sum();
    within("sum of mass", total, |s| (s - 1.0).abs() <= 1e-6, "1")?;
    for length in 1..mass.len() {
        let mut best: Option<Run> = None;
        for (lo, window) in mass.windows(length).enumerate() {
            let held: f64 = window.iter().sum();
            if held >= level - ROUNDING && best.is_none_or(|b| held > b.held + ROUNDING) {
                best = Some(Run {
                    lo,
                    hi: lo + length - 1,
                    held,
                });
            }
        }
        if let Some(run) = best {
            return Ok(run);
        }
    }
    Ok(Run {
        lo: 0,
        hi: mass.len() - 1,
        held: total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_shortest_then_the_heavier_then_the_lower() {
        let run = |mass: &[f64], level| {
            let run = shortest_run(mass, level).unwrap();
            (run.lo, run.hi)
        };
        assert_eq!(run(&[0.1, 0.2, 0.4, 0.2, 0.1], 0.4), (2, 2));
        assert_eq!(run(&[0.1, 0.2, 0.4, 0.2, 0.1], 0.6), (1, 2));
        assert_eq!(run(&[0.1, 0.2, 0.4, 0.21, 0.09], 0.6), (2, 3));
        assert_eq!(run(&[0.5, 0.0, 0.5], 0.6), (0, 2));
        assert_eq!(run(&[0.25; 4], 1.0), (0, 3));
        assert_eq!(run(&[1.0], 0.8), (0, 0));
    }

    #[test]
    fn refuses_what_is_no_distribution() {
        assert!(shortest_run(&[], 0.8).is_err());
        assert!(shortest_run(&[0.5, 0.4], 0.8).is_err());
        assert!(shortest_run(&[f64::NAN, 1.0], 0.8).is_err());
        assert!(shortest_run(&[1.5, -0.5], 0.8).is_err());
        assert!(shortest_run(&[1.0], 0.0).is_err());
        assert!(shortest_run(&[1.0], f64::INFINITY).is_err());
    }
}

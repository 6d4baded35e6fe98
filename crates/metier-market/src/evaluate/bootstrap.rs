//! Intervals by drawing the units again.

use serde::Serialize;

use crate::train::Dice;

/// A figure with the interval that holds 95% of what redrawn units give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure on the units themselves.
    pub value: f64,
    /// 2.5% of the redrawn figures are below it.
    pub low: f64,
    /// 2.5% of the redrawn figures are above it.
    pub high: f64,
}

/// How often the units are drawn again.
const DRAWS: usize = 2000;

/// The percentile bootstrap (Efron 1979) of a figure over `units` units.
///
/// `figure` is given the numbers of the units to be counted, with repeats. The same seed gives the same interval.
pub fn bootstrap(units: usize, seed: u64, mut figure: impl FnMut(&[usize]) -> f64) -> Estimate {
    let mut drawn: Vec<usize> = (0..units).collect();
    let value = figure(&drawn);
    if units == 0 {
        return Estimate {
            value,
            low: value,
            high: value,
        };
    }
    let mut dice = Dice::new(seed);
    let mut figures: Vec<f64> = (0..DRAWS)
        .map(|_| {
            drawn.fill_with(|| dice.below(units));
            figure(&drawn)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    let tail = DRAWS / 40;
    Estimate {
        value,
        low: figures[tail],
        high: figures[DRAWS - 1 - tail],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide_each_way() {
        let units: Vec<f64> = (0..400).map(|i| f64::from(i % 2)).collect();
        let mean = |drawn: &[usize]| drawn.iter().map(|&i| units[i]).sum::<f64>() / drawn.len() as f64;
        let found = bootstrap(units.len(), 7, mean);
        assert!((found.value - 0.5).abs() < 1e-12);
        assert!(
            (found.low - 0.451).abs() < 0.008 && (found.high - 0.549).abs() < 0.008,
            "{found:?}"
        );
        assert_eq!(found, bootstrap(units.len(), 7, mean));
        assert_ne!(found, bootstrap(units.len(), 8, mean));
    }
}

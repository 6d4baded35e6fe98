//! Is one group selected less often than another?
//!
//! The impact ratio is the focal group's rate divided by the reference group's. Below 4/5 it is taken as a sign
//! of adverse impact by the Uniform Guidelines on Employee Selection Procedures (Federal Register 43, 1978,
//! section 4D), which say in the same place that small numbers and chance must be considered. So the ratio
//! comes here only together with its interval (Katz, Baptista, Azen and Pike, Biometrics 34, 1978), Fisher's exact
//! p-value, and what a single further selection would make of it.

use crate::error::{Result, open_unit};
pub use crate::fisher::Group;
use crate::fisher::two_sided;
use crate::interval::{Interval, checked};
use crate::special::normal_quantile;

/// The fewest selected, and not selected, in each group at which the interval is
/// [`crate::interval::Coverage::Checked`].
pub const KATZ_CELL: u64 = 10;

/// A comparison of two groups. It is made by [`impact`] only, and whole.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Impact {
    /// The share selected in the focal group.
    pub focal_rate: f64,
    /// The share selected in the reference group.
    pub reference_rate: f64,
    /// The first divided by the second; none when nobody of the reference group was selected.
    pub ratio: Option<f64>,
    /// Whether the ratio is below four fifths, decided in whole numbers; none without a ratio.
    pub below_four_fifths: Option<bool>,
    /// Katz' interval for the ratio, `ln ratio` give or take z times `sqrt(1/a - 1/m + 1/c - 1/n)`. None when
    /// nobody was selected in one group, where the logarithm does not exist (an interval "from 0" or "to
    /// infinity" would pretend to know where it ends on the other side), or everybody in both, where the
    /// formula gives an interval of no width.
    pub katz: Option<Interval>,
    /// Fisher's exact two-sided p-value.
    pub fisher_p: f64,
    /// The ratio if one more of the focal group had been selected; none without a ratio or when all were.
    pub ratio_if_one_more: Option<f64>,
}

/// Compares the focal group's rate with the reference group's.
///
/// # Errors
/// When a group has no or more than [`crate::fisher::MAX_GROUP`] members, or more selected than members, or the
/// confidence is not between 0 and 1.
pub fn impact(focal: Group, reference: Group, confidence: f64) -> Result<Impact> {
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    let (focal, reference) = (focal.checked("focal")?, reference.checked("reference")?);
    let (a, m) = (focal.selected as f64, focal.of as f64);
    let (c, n) = (reference.selected as f64, reference.of as f64);
    let ratio = |a: f64| (c > 0.0).then(|| a * n / (c * m));
    let mut katz = None;
    let variance = (m - a) / (a * m) + (n - c) / (c * n);
    if a > 0.0 && c > 0.0 && variance > 0.0 {
        let middle = libm::log(a * n / (c * m));
        let reach = normal_quantile(1.0 - outside)? * libm::sqrt(variance);
        let cells = [
            focal.selected,
            focal.of - focal.selected,
            reference.selected,
            reference.of - reference.selected,
        ];
        katz = Some(Interval {
            lower: libm::exp(middle - reach),
            upper: libm::exp(middle + reach),
            confidence,
            coverage: checked(confidence, cells.iter().all(|cell| *cell >= KATZ_CELL)),
        });
    }
    // Up to 10^7 times 10^7: no overflow.
    let below = 5 * focal.selected * reference.of < 4 * reference.selected * focal.of;
    Ok(Impact {
        focal_rate: focal.rate(),
        reference_rate: reference.rate(),
        ratio: ratio(a),
        below_four_fifths: (c > 0.0).then_some(below),
        katz,
        fisher_p: two_sided(focal, reference)?,
        ratio_if_one_more: ratio(a + 1.0).filter(|_| focal.selected < focal.of),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Coverage;

    fn group(selected: u64, of: u64) -> Group {
        Group { of, selected }
    }

    #[test]
    fn four_fifths_are_not_below_four_fifths() {
        let got = impact(group(4, 10), group(5, 10), 0.95).unwrap();
        assert_eq!((got.ratio, got.below_four_fifths), (Some(0.8), Some(false)));
        let got = impact(group(400, 1_001), group(500, 1_000), 0.95).unwrap();
        assert_eq!(got.below_four_fifths, Some(true));
        assert_eq!(got.katz.unwrap().coverage, Coverage::Checked);
        let few = impact(group(9, 100), group(50, 100), 0.95).unwrap();
        assert_eq!(few.katz.unwrap().coverage, Coverage::Unchecked);
        let other = impact(group(50, 100), group(50, 100), 0.9).unwrap();
        assert_eq!(other.katz.unwrap().coverage, Coverage::Unchecked);
    }

    #[test]
    fn empty_cells_are_said() {
        let none = impact(group(0, 10), group(5, 10), 0.95).unwrap();
        assert_eq!(
            (none.ratio, none.below_four_fifths, none.katz),
            (Some(0.0), Some(true), None)
        );
        assert!(none.fisher_p < 0.05 && (none.ratio_if_one_more.unwrap() - 0.2).abs() < 1e-15);
        let no_reference = impact(group(3, 10), group(0, 10), 0.95).unwrap();
        assert_eq!((no_reference.ratio, no_reference.katz), (None, None));
        assert_eq!(
            (no_reference.below_four_fifths, no_reference.ratio_if_one_more),
            (None, None)
        );
        let all = impact(group(7, 7), group(9, 9), 0.95).unwrap();
        assert_eq!((all.ratio, all.katz, all.fisher_p), (Some(1.0), None, 1.0));
        assert_eq!(all.ratio_if_one_more, None);
    }

    #[test]
    fn refuses_what_is_no_group() {
        for bad in [group(0, 0), group(2, 1)] {
            assert!(impact(bad, group(1, 2), 0.95).is_err() && impact(group(1, 2), bad, 0.95).is_err());
        }
        for confidence in [0.0, 1.0, f64::NAN] {
            assert!(impact(group(1, 2), group(1, 2), confidence).is_err());
        }
    }
}

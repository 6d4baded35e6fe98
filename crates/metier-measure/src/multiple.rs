//! Many tests at once: which of them may be called findings?
//!
//! Of a hundred true null hypotheses five fall below 0.05. Holding the *false discovery rate* means that of
//! what is called a finding, on average at most the share `q` is false. All tests made belong in the list,
//! also those that are not shown.

use crate::error::{MeasureError, Result, closed_unit, open_unit};

/// The adjusted p-values of Benjamini and Hochberg (Journal of the Royal Statistical Society B 57, 1995), in
/// the order given: `min over j >= i of p_(j) m / j`, at most 1.
///
/// A test with an adjusted value of at most `q` is a finding at a false discovery rate of `q`; see
/// [`findings`]. That holds for independent tests and for those that depend on each other positively
/// (Benjamini and Yekutieli, Annals of Statistics 29, 2001). p-values from 0 to 1; equal ones have equal
/// adjusted values.
///
/// # Errors
/// When the list is empty, or a value lies outside [0, 1] or is no number.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>> {
    if p_values.is_empty() {
        return Err(MeasureError::Length {
            name: "p_values",
            length: 0,
            allowed: "at least 1",
        });
    }
    for &p in p_values {
        closed_unit("p_values", p)?;
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_unstable_by(|&i, &j| p_values[i].total_cmp(&p_values[j]));
    let tests = p_values.len() as f64;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        // The rank divided first: a p-value times at least one is never below itself.
        least = least.min(p_values[i] * (tests / (rank + 1) as f64));
        adjusted[i] = least;
    }
    Ok(adjusted)
}

/// Which tests are findings at the false discovery rate `q`: those whose adjusted value is at most `q`.
///
/// # Errors
/// As for [`benjamini_hochberg`], and when `q` is not between 0 and 1.
pub fn findings(p_values: &[f64], q: f64) -> Result<Vec<bool>> {
    let q = open_unit("q", q)?;
    Ok(benjamini_hochberg(p_values)?
        .into_iter()
        .map(|p| p <= q)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let got = benjamini_hochberg(&[0.04, 0.01, 0.03, 1.0]).unwrap();
        let want = [4.0 / 75.0, 0.04, 4.0 / 75.0, 1.0];
        for (got, want) in got.iter().zip(want) {
            assert!((got - want).abs() < 1e-15);
        }
        assert_eq!(
            findings(&[0.04, 0.01, 0.03, 1.0], 0.05),
            Ok(vec![false, true, false, false])
        );
    }

    #[test]
    fn ends_and_ties() {
        assert_eq!(benjamini_hochberg(&[0.0, 0.0]), Ok(vec![0.0, 0.0]));
        assert_eq!(benjamini_hochberg(&[1.0]), Ok(vec![1.0]));
        assert_eq!(benjamini_hochberg(&[0.2; 7]), Ok(vec![0.2; 7]));
        assert_eq!(benjamini_hochberg(&[-0.0, 0.5]), Ok(vec![0.0, 0.5]));
    }

    #[test]
    fn refuses_what_is_no_p_value() {
        assert!(benjamini_hochberg(&[]).is_err() && findings(&[], 0.05).is_err());
        for bad in [f64::NAN, f64::INFINITY, -1e-9, 1.000_001] {
            assert!(benjamini_hochberg(&[0.5, bad]).is_err());
            assert!(findings(&[0.5], bad).is_err());
        }
    }
}

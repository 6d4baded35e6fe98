//! The chi-square law: Gamma of shape `df/2` and scale 2.

use crate::error::{Result, not_negative, within};
use crate::special::gamma::{gamma_upper_quantile, ln_inc_gamma_upper_reg};

fn half_of(df: f64) -> Result<f64> {
    within("df", df, |v| (1e-9..=1e13).contains(&v), "from 1e-9 to 1e13").map(|df| 0.5 * df)
}

/// `ln P(X > x)` for a chi-square variable with `df` degrees of freedom: no statistic is too large for it.
///
/// `df` from 1e-9 to 1e13, not necessarily whole; `x` finite and not negative.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_chi_square_upper(x: f64, df: f64) -> Result<f64> {
    let (x, a) = (0.5 * not_negative("x", x)?, half_of(df)?);
    if x == 0.0 {
        return Ok(0.0);
    }
    ln_inc_gamma_upper_reg(a, x)
}

/// `P(X > x)` for a chi-square variable with `df` degrees of freedom: the p-value of a statistic `x`. Zero
/// where it is below the smallest number; see [`ln_chi_square_upper`].
///
/// # Errors
/// As for [`ln_chi_square_upper`].
pub fn chi_square_upper(x: f64, df: f64) -> Result<f64> {
    ln_chi_square_upper(x, df).map(libm::exp)
}

/// The value that a chi-square variable with `df` degrees of freedom exceeds with probability `upper`, the
/// critical value at that level; `0 < upper < 1`.
///
/// # Errors
/// When a parameter is outside its domain, or the value, for a tiny `df`, lies below 1e-304.
pub fn chi_square_quantile(upper: f64, df: f64) -> Result<f64> {
    Ok(2.0 * gamma_upper_quantile(half_of(df)?, upper)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_everyone_quotes() {
        assert!((chi_square_quantile(0.05, 1.0).unwrap() - 3.841_458_820_694_124).abs() < 1e-13);
        assert!((chi_square_quantile(0.05, 10.0).unwrap() - 18.307_038_053_275_146).abs() < 1e-12);
        assert!((chi_square_upper(3.0, 2.0).unwrap() - (-1.5f64).exp()).abs() < 1e-15);
        assert_eq!(chi_square_upper(0.0, 3.0), Ok(1.0));
        assert!((ln_chi_square_upper(4000.0, 2.0).unwrap() + 2000.0).abs() < 1e-11);
        assert!(chi_square_upper(-1.0, 3.0).is_err() && chi_square_upper(1.0, 0.0).is_err());
    }
}

//! The standard normal law.

use std::f64::consts::SQRT_2;

use crate::error::{Result, open_unit, within};
use crate::quadrature::root;

/// The probability that a standard normal variable exceeds `z`; precise far into the tail.
///
/// # Errors
/// When `z` is not finite.
pub fn normal_upper(z: f64) -> Result<f64> {
    within("z", z, |_| true, "finite").map(|z| 0.5 * libm::erfc(z / SQRT_2))
}

/// `z` such that a standard normal variable is at most `z` with probability `p`, `0 < p < 1`.
///
/// # Errors
/// When `p` is outside its domain.
pub fn normal_quantile(p: f64) -> Result<f64> {
    let p = open_unit("p", p)?;
    root("normal quantile", (-40.0, 40.0), |z| {
        Ok(0.5 * libm::erfc(-z / SQRT_2) - p)
    })
}

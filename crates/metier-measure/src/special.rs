//! The gamma, beta and normal functions the rest stands on, in logarithms where it matters.
//!
//! Each family has its file. Near the middle of a law of large shape no series is short; there both the beta
//! and the gamma integral are taken by one Gauss-Legendre rule over the part of the integrand that counts, in
//! the variable that makes it a bump of nearly constant width. That is the uniform asymptotic for large
//! shapes, without its expansions.

pub(crate) mod beta;
mod chi_square;
mod gamma;
mod normal;

pub use beta::{beta_quantile, ln_beta, ln_inc_beta, ln_inc_beta_reg};
pub use chi_square::{chi_square_quantile, chi_square_upper, ln_chi_square_upper};
pub use gamma::{gamma_quantile, gamma_upper_quantile, ln_gamma, ln_inc_gamma_reg, ln_inc_gamma_upper_reg};
pub use normal::{normal_quantile, normal_upper};

pub(crate) use beta::{beta_quantile_log_odds, ln_tails};
pub(crate) use gamma::stirling_rest;

/// `ln(1 - exp(v))` for `v <= 0`; a `v` above zero by rounding counts as zero.
fn ln_one_minus_exp(v: f64) -> f64 {
    if v >= 0.0 {
        f64::NEG_INFINITY
    } else if v > -std::f64::consts::LN_2 {
        libm::log(-libm::expm1(v))
    } else {
        libm::log1p(-libm::exp(v))
    }
}

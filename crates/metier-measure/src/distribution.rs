//! Student's t and Fisher's F: tail probabilities and quantiles, through the incomplete beta function.
//!
//! If `F` has `d1` and `d2` degrees of freedom then `d1 F / (d1 F + d2)` is Beta(d1/2, d2/2), and the square
//! of a `t` with `d` degrees is an `F` with 1 and `d` (Johnson, Kotz and Balakrishnan, Continuous Univariate
//! Distributions 2, 1995, chapters 27 and 28). Degrees of freedom are real numbers, so that approximate ones
//! (Satterthwaite) fit too. Quantiles are sought in the log-odds of the beta variable: equally fine in both
//! tails.

use crate::error::{Result, open_unit, within};
use crate::quadrature::root;
use crate::special::ln_tails;

fn degrees(name: &'static str, value: f64) -> Result<f64> {
    within(name, value, |v| (0.01..=1e12).contains(&v), "from 0.01 to 10^12")
}

/// `P(F > f)` for `F` with `d1` and `d2` degrees of freedom.
///
/// `f` finite and not negative, degrees from 0.01 to 10^12. Relative precision about 1e-12.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn f_upper(f: f64, d1: f64, d2: f64) -> Result<f64> {
    let f = within("f", f, |f| f >= 0.0, "finite and not negative")?;
    let (d1, d2) = (degrees("d1", d1)?, degrees("d2", d2)?);
    let (above, below) = (d2 / (d2 + d1 * f), 1.0 / (1.0 + d2 / (d1 * f)));
    if below <= 0.0 {
        return Ok(1.0);
    }
    if above <= 0.0 {
        return Ok(0.0);
    }
    Ok(libm::exp(ln_tails(0.5 * d2, 0.5 * d1, above, below)?.0))
}

/// `f` such that `P(F <= f) = p`, `0 < p < 1`, for `F` with `d1` and `d2` degrees of freedom from 0.01 to
/// 10^12.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn f_quantile(p: f64, d1: f64, d2: f64) -> Result<f64> {
    let p = open_unit("p", p)?;
    let (d1, d2) = (degrees("d1", d1)?, degrees("d2", d2)?);
    let (ln_p, ln_q) = (libm::log(p), libm::log1p(-p));
    let log_odds = root("F quantile", (-700.0, 700.0), |t| {
        let (x, y) = (1.0 / (1.0 + libm::exp(-t)), 1.0 / (1.0 + libm::exp(t)));
        let (lower, upper) = ln_tails(0.5 * d1, 0.5 * d2, x, y)?;
        // The smaller tail carries the digits.
        Ok(if p <= 0.5 { lower - ln_p } else { ln_q - upper })
    })?;
    Ok(d2 / d1 * libm::exp(log_odds))
}

/// `P(|T| > |t|)` for `T` with `d` degrees of freedom, `t` finite, `d` from 0.01 to 10^12.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn t_two_sided(t: f64, d: f64) -> Result<f64> {
    let t = within("t", t, |t| t.abs() <= 1e150, "from -1e150 to 1e150")?;
    f_upper(t * t, 1.0, d)
}

/// `t` such that `P(T <= t) = p`, `0 < p < 1`, for `T` with `d` degrees of freedom from 0.01 to 10^12.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn t_quantile(p: f64, d: f64) -> Result<f64> {
    let p = open_unit("p", p)?;
    let d = degrees("d", d)?;
    let outside = 2.0 * p.min(1.0 - p);
    if outside >= 1.0 {
        return Ok(0.0);
    }
    // T^2 is F(1, d), and 1/T^2 is F(d, 1): its lower tail keeps the digits of a small `outside`.
    let size = 1.0 / libm::sqrt(f_quantile(outside, d, 1.0)?);
    Ok(if p < 0.5 { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got / want - 1.0).abs() < 1e-11, "{got} {want}");
    }

    #[test]
    fn closed_forms() {
        // d = 1 is Cauchy's law, d = 2 has t = (2p-1) sqrt(2 / (4 p (1-p))).
        close(t_two_sided(1.0, 1.0).unwrap(), 0.5);
        close(t_quantile(0.975, 1.0).unwrap(), 12.706_204_736_174_7);
        close(
            t_quantile(0.975, 2.0).unwrap(),
            0.95 * libm::sqrt(2.0 / (4.0 * 0.975 * 0.025)),
        );
        close(t_quantile(0.025, 2.0).unwrap(), -t_quantile(0.975, 2.0).unwrap());
        assert_eq!(t_quantile(0.5, 7.0), Ok(0.0));
        assert_eq!(t_two_sided(0.0, 7.0), Ok(1.0));
        // F(2, d): P(F > f) = (1 + 2 f / d)^(-d/2).
        close(f_upper(3.0, 2.0, 10.0).unwrap(), libm::pow(1.6, -5.0));
        close(f_upper(3e4, 2.0, 10.0).unwrap(), libm::pow(6001.0, -5.0));
        close(f_quantile(1.0 - libm::pow(1.6, -5.0), 2.0, 10.0).unwrap(), 3.0);
        // Many degrees: the normal law.
        assert!((t_quantile(0.975, 1e12).unwrap() - 1.959_963_984_540_054).abs() < 1e-9);
    }

    #[test]
    fn refuses_what_is_no_degree_or_probability() {
        for bad in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            assert!(f_upper(1.0, bad, 1.0).is_err() && f_upper(1.0, 1.0, bad).is_err());
            assert!(f_quantile(0.5, bad, 1.0).is_err() && t_quantile(0.3, bad).is_err());
            assert!(f_quantile(bad, 1.0, 1.0).is_err() && t_quantile(bad, 3.0).is_err());
        }
        assert!(t_two_sided(f64::NAN, 3.0).is_err() && f_upper(-1.0, 2.0, 2.0).is_err());
    }
}

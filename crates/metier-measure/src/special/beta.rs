//! The beta function, the law of Beta(a, b) variables, and its quantiles.

use std::f64::consts::PI;

use crate::arc::{arc, deviance};
use crate::error::{MeasureError, Result, open_unit, within};
use crate::quadrature::root_near;
use crate::special::gamma::stirling_rest;
use crate::special::ln_one_minus_exp;

/// Both shapes from here on: the integral is taken in the angle.
const ANGLE_FROM: f64 = 20.0;
/// The largest shape computed with.
const LARGEST_SHAPE: f64 = 1e13;
const SHAPES: &str = "from 1e-3 to 1e13";
const TERMS: u32 = 2_000;

fn shape(name: &'static str, value: f64) -> Result<f64> {
    within(name, value, |v| (1e-3..=LARGEST_SHAPE).contains(&v), SHAPES)
}

/// `ln B(a, b)` for shapes from 1e-3 to 1e13, to about 1e-13 of its value even when one shape dwarfs the
/// other (the naive difference of three `ln Gamma` loses all digits there).
///
/// # Errors
/// When a shape is outside its domain.
pub fn ln_beta(a: f64, b: f64) -> Result<f64> {
    Ok(ln_beta_of(shape("a", a)?, shape("b", b)?))
}

fn ln_beta_of(a: f64, b: f64) -> f64 {
    let (a, b) = (a.min(b), a.max(b));
    if b < 10.0 {
        return libm::lgamma(a) + (libm::lgamma(b) - libm::lgamma(a + b));
    }
    let rest = stirling_rest(b) - stirling_rest(a + b);
    if a < 10.0 {
        // ln Gamma(b) - ln Gamma(a+b) from Stirling's series, the large parts cancelled on paper.
        return libm::lgamma(a) - (b - 0.5) * libm::log1p(a / b) - a * libm::log(a + b) + a + rest;
    }
    0.5 * libm::log(2.0 * PI) + (a - 0.5) * libm::log(a / (a + b)) + b * libm::log1p(-a / (a + b))
        - 0.5 * libm::log(b)
        + stirling_rest(a)
        + rest
}

/// The natural logarithm of the incomplete beta function, not regularised:
/// `ln Int_0^x t^(a-1) (1-t)^(b-1) dt`.
///
/// Shapes from 1e-3 to 1e13, `0 < x < 1`.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_inc_beta(a: f64, b: f64, x: f64) -> Result<f64> {
    let x = open_unit("x", x)?;
    let (a, b) = (shape("a", a)?, shape("b", b)?);
    if a <= b && a < ANGLE_FROM && below_series(a, b, x) {
        return Ok(a * libm::log(x) + b * libm::log1p(-x) + ln_series(a, b, x)?);
    }
    Ok(ln_beta_of(a, b) + ln_tails(a, b, x, 1.0 - x)?.0)
}

/// The natural logarithm of the regularised incomplete beta function `I_x(a, b)`, which is the probability
/// that a Beta(a, b) variable is at most `x`.
///
/// Shapes from 1e-3 to 1e13, `0 < x < 1`. Small values keep their relative precision; they do not
/// underflow.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_inc_beta_reg(a: f64, b: f64, x: f64) -> Result<f64> {
    let x = open_unit("x", x)?;
    Ok(ln_tails(shape("a", a)?, shape("b", b)?, x, 1.0 - x)?.0)
}

/// `x` such that `I_x(a, b) = p`: the `p` quantile of the Beta(a, b) law.
///
/// Shapes from 1e-3 to 1e13, `0 < p < 1`. When the quantile is closer to 1 than the numbers allow, 1.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> Result<f64> {
    let log_odds = beta_quantile_log_odds(a, b, p)?;
    Ok(1.0 / (1.0 + libm::exp(-log_odds)))
}

/// The log-odds `ln(x/(1-x))` of [`beta_quantile`], from which `x` and `1 - x` both keep their digits.
pub(crate) fn beta_quantile_log_odds(a: f64, b: f64, p: f64) -> Result<f64> {
    let (a, b, p) = (shape("a", a)?, shape("b", b)?, open_unit("p", p)?);
    // The variable is the log-odds of x: equally fine near 0, near 1 and between.
    let goal = libm::log(p);
    let near = (libm::log(a / b), libm::sqrt(1.0 / a + 1.0 / b));
    root_near("beta quantile", (-720.0, 720.0), near, |t| {
        let (x, y) = (1.0 / (1.0 + libm::exp(-t)), 1.0 / (1.0 + libm::exp(t)));
        let (lower, upper) = ln_tails(a, b, x, y)?;
        // Compare the smaller of the two tails, which carries the digits.
        Ok(if p <= 0.5 {
            lower - goal
        } else {
            libm::log1p(-p) - upper
        })
    })
}

/// `(ln I_x(a, b), ln(1 - I_x(a, b)))` with `y = 1 - x` given apart.
pub(crate) fn ln_tails(a: f64, b: f64, x: f64, y: f64) -> Result<(f64, f64)> {
    if a >= ANGLE_FROM && b >= ANGLE_FROM {
        let (k, m) = (a - 0.5, b - 0.5);
        let whole = arc(k, m, 1.0, 0.0).ln_area;
        let fall = deviance(k, m, x, y);
        // The tail that does not hold the top is computed, the other follows.
        return Ok(if k * y < m * x {
            let upper = arc(m, k, y, x).ln_area - fall - whole;
            (ln_one_minus_exp(upper), upper)
        } else {
            let lower = arc(k, m, x, y).ln_area - fall - whole;
            (lower, ln_one_minus_exp(lower))
        });
    }
    if a > b {
        let (upper, lower) = ln_tails(b, a, y, x)?;
        return Ok((lower, upper));
    }
    let front =
        a * libm::log(x) + b * if x < 0.5 { libm::log1p(-x) } else { libm::log(y) } - ln_beta_of(a, b);
    if below_series(a, b, x) {
        let lower = front + ln_series(a, b, x)?;
        Ok((lower, ln_one_minus_exp(lower)))
    } else {
        let upper = front + ln_fraction(b, a, y, x)?;
        Ok((ln_one_minus_exp(upper), upper))
    }
}

/// True where the series converges like a geometric one.
fn below_series(a: f64, b: f64, x: f64) -> bool {
    x <= (a + 1.0) / (a + b + 2.0)
}

/// `ln [ B(x; a, b) / (x^a (1-x)^b) ]` by the series of positive terms, DLMF 8.17.8.
fn ln_series(a: f64, b: f64, x: f64) -> Result<f64> {
    let (mut term, mut sum) = (1.0, 1.0);
    for j in 0..TERMS {
        let j = f64::from(j);
        term *= (a + b + j) / (a + 1.0 + j) * x;
        sum += term;
        if term < 1e-17 * sum {
            return Ok(libm::log(sum / a));
        }
    }
    Err(MeasureError::NoConvergence {
        quantity: "incomplete beta series",
    })
}

/// `ln [ B(x; a, b) / (x^a (1-x)^b) ]` by the continued fraction of Didonato and Morris (ACM TOMS 18, 1992,
/// algorithm 708, BFRAC), evaluated by Lentz's method; `x` below the mean `a/(a+b)`.
fn ln_fraction(a: f64, b: f64, x: f64, y: f64) -> Result<f64> {
    let lambda = a * y - b * x;
    let beta = |n: f64| {
        n + n * (b - n) * x / (a + 2.0 * n - 1.0)
            + (a + n) / (a + 2.0 * n + 1.0) * (lambda + 1.0 + n * (1.0 + y))
    };
    let mut f = a / (a + 1.0) * (lambda + 1.0);
    let (mut c, mut d) = (f, 0.0);
    for n in 1..TERMS {
        let n = f64::from(n);
        let r = x / (a + 2.0 * n - 1.0);
        let alpha = (a + n - 1.0) * r * (a + b + n - 1.0) * r * n * (b - n);
        let beta = beta(n);
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        let change = c * d;
        f *= change;
        if (change - 1.0).abs() < 4e-16 {
            return if f > 0.0 {
                Ok(-libm::log(f))
            } else {
                Err(MeasureError::NoConvergence {
                    quantity: "incomplete beta fraction",
                })
            };
        }
    }
    Err(MeasureError::NoConvergence {
        quantity: "incomplete beta fraction",
    })
}

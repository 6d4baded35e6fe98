//! The gamma function, the law of Gamma(a) variables, and its quantiles.
//!
//! `P(a, x) = Int_0^x t^(a-1) e^(-t) dt / Gamma(a)` and `Q = 1 - P`, DLMF 8.2.4. Four ways, so that the smaller
//! of the two is always had without a subtraction:
//!
//! * shapes below 1 and `x <= 1.5`: the series of `Q` (Didonato and Morris, ACM TOMS 12, 1986, section 4);
//! * shapes below 20.5, `x` below `a + 1`: the series of positive terms of `P`, DLMF 8.11.4;
//! * shapes below 20.5, `x` above: the continued fraction of `Q`, DLMF 8.9.2;
//! * larger shapes: the integral from `x` away from the mode, with `t = x (1+r)^2`, by one Gauss-Legendre rule.

use crate::arc::deviance_half;
use crate::error::{MeasureError, Result, open_unit, positive, within};
use crate::quadrature::{legendre_40, root_near};
use crate::special::ln_one_minus_exp;

/// From here on the integral is taken by quadrature.
const QUADRATURE_FROM: f64 = 20.5;
/// The integrand is followed until it has fallen by `exp(-DEPTH)`.
const DEPTH: f64 = 33.0;
const SHAPES: &str = "from 1e-10 to 1e13";
const TERMS: u32 = 2_000;
/// The logarithms of the smallest and the largest number a quantile may be.
const LN_RANGE: (f64, f64) = (-700.0, 700.0);

/// `ln Gamma(x)` for finite `x > 0`.
///
/// # Errors
/// When `x` is not finite or not above zero.
pub fn ln_gamma(x: f64) -> Result<f64> {
    positive("x", x).map(libm::lgamma)
}

/// `ln Gamma(z) - [(z - 1/2) ln z - z + ln(2 pi)/2]` for `z >= 10`.
pub(crate) fn stirling_rest(z: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let square = 1.0 / (z * z);
    SERIES.iter().rev().fold(0.0, |sum, c| sum * square + c) / z
}

fn shape(value: f64) -> Result<f64> {
    within("a", value, |v| (1e-10..=1e13).contains(&v), SHAPES)
}

/// `ln P(a, x)`: the natural logarithm of the probability that a Gamma variable of shape `a` and scale 1 is at
/// most `x`.
///
/// Shapes from 1e-10 to 1e13, finite `x > 0`. Relative precision of `P` about 1e-12 at its worst, as far as
/// `a` and `x` are known to theirs; small values do not underflow.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_inc_gamma_reg(a: f64, x: f64) -> Result<f64> {
    Ok(ln_tails(shape(a)?, positive("x", x)?)?.0)
}

/// `ln Q(a, x)`: the natural logarithm of the probability that a Gamma variable of shape `a` and scale 1
/// exceeds `x`. Domain and precision as for [`ln_inc_gamma_reg`].
///
/// # Errors
/// When a parameter is outside its domain.
pub fn ln_inc_gamma_upper_reg(a: f64, x: f64) -> Result<f64> {
    Ok(ln_tails(shape(a)?, positive("x", x)?)?.1)
}

/// `x` such that `P(a, x) = p`: the `p` quantile of the Gamma law of shape `a` and scale 1.
///
/// Shapes from 1e-10 to 1e13, `0 < p < 1`.
///
/// # Errors
/// When a parameter is outside its domain, or the quantile of a tiny shape lies below 1e-304.
pub fn gamma_quantile(a: f64, p: f64) -> Result<f64> {
    let (a, p) = (shape(a)?, open_unit("p", p)?);
    quantile(a, libm::log(p), libm::log1p(-p))
}

/// `x` such that `Q(a, x) = q`: the value exceeded with probability `q`. As precise for a tiny `q` as
/// [`gamma_quantile`] is for a tiny `p`.
///
/// # Errors
/// As for [`gamma_quantile`].
pub fn gamma_upper_quantile(a: f64, q: f64) -> Result<f64> {
    let (a, q) = (shape(a)?, open_unit("q", q)?);
    quantile(a, libm::log1p(-q), libm::log(q))
}

fn quantile(a: f64, ln_p: f64, ln_q: f64) -> Result<f64> {
    // The variable is the logarithm of x over the shape: its rounding is far finer than the law's spread.
    let centre = libm::log(a);
    // In two factors, since e^t alone may be beyond the numbers where a e^t is not.
    let at = |t: f64| a * libm::exp(0.5 * t) * libm::exp(0.5 * t);
    let beyond = |t: f64| -> Result<f64> {
        let (lower, upper) = ln_tails(a, at(t))?;
        // Compare the smaller of the two tails, which carries the digits.
        Ok(if ln_p <= ln_q { lower - ln_p } else { ln_q - upper })
    };
    let (least, most) = (LN_RANGE.0 - centre, LN_RANGE.1 - centre);
    if beyond(least)? > 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "gamma quantile",
            because: "it lies below 1e-304",
        });
    }
    let t = root_near(
        "gamma quantile",
        (least, most),
        (0.0, 1.0 / libm::sqrt(a)),
        beyond,
    )?;
    Ok(at(t))
}

/// `(ln P(a, x), ln Q(a, x))`.
fn ln_tails(a: f64, x: f64) -> Result<(f64, f64)> {
    let from_lower = |lower: f64| (lower.min(0.0), ln_one_minus_exp(lower));
    let from_upper = |upper: f64| (ln_one_minus_exp(upper), upper.min(0.0));
    if a >= QUADRATURE_FROM {
        // x^a e^(-x) / Gamma(a), with what cancels cancelled on paper.
        let front = 0.5 * libm::log(a / (2.0 * std::f64::consts::PI)) - fall(a, x) - stirling_rest(a);
        let tail = front + ln_ray(a, x);
        return Ok(if x < a - 0.5 {
            from_lower(tail)
        } else {
            from_upper(tail)
        });
    }
    let power = a * libm::log(x) - ln_gamma_1p(a);
    if a < 1.0 && x <= 1.5 {
        let rest = -a * alternating(a, x)?;
        let upper = libm::exp(power) * rest - libm::expm1(power);
        return Ok(if upper < 0.5 {
            from_upper(libm::log(upper))
        } else {
            from_lower(power + libm::log1p(-rest))
        });
    }
    if x < a + 1.0 {
        return Ok(from_lower(power - x + ln_series(a, x)?));
    }
    Ok(from_upper(power - x + libm::log(a) + ln_fraction(a, x)?))
}

/// `a ln(a/x) + x - a`: how far `x^a e^(-x)` lies below its value at `x = a`, in logarithms.
fn fall(a: f64, x: f64) -> f64 {
    if x < 1e-290 {
        // The ratio is beyond the numbers.
        return a * (libm::log(a) - libm::log(x)) + x - a;
    }
    deviance_half(a, x)
}

/// `ln(1 + r) - r` for `r > -1`, without the cancellation near zero.
fn log1p_minus(r: f64) -> f64 {
    let v = r / (2.0 + r);
    if v.abs() >= 0.1 {
        return libm::log1p(r) - r;
    }
    // ln(1 + r) = 2 atanh(v) and r - 2 v = r v.
    let (square, mut power, mut sum) = (v * v, 2.0 * v, -r * v);
    for j in 1..12 {
        power *= square;
        sum += power / f64::from(2 * j + 1);
    }
    sum
}

/// The logarithm of `Int (t/x)^(a-1) e^(x-t) dt/x` from `x` to the side away from the mode.
///
/// With `t = x (1+r)^2` the integrand is `2 exp(g)`, `g = 2k [ln(1+r) - r] + 2 (k-x) r - x r^2`, `k = a - 1/2`:
/// concave, zero at `r = 0` and falling from there.
fn ln_ray(a: f64, x: f64) -> f64 {
    let k = a - 0.5;
    let height = |r: f64| 2.0 * k * log1p_minus(r) + 2.0 * (k - x) * r - x * r * r;
    let slope = |r: f64| 2.0 * k / (1.0 + r) - 2.0 * x * (1.0 + r);
    // A point by which g has surely fallen by the depth: a parabola above g reaches it there.
    let (bend, lean, side) = if x < k {
        (k + x, k - x, -1.0)
    } else {
        (x, x - k, 1.0)
    };
    let reach = DEPTH / (lean + libm::hypot(lean, libm::sqrt(DEPTH * bend)));
    let mut edge = if x < k { -reach.min(1.0) } else { reach };
    for _ in 0..4 {
        let above = height(edge) + DEPTH;
        if edge <= -1.0 || !above.is_finite() || above >= 0.0 {
            break;
        }
        // g is concave, so Newton's steps come from outside and never pass the point.
        edge -= above / slope(edge);
    }
    let half = 0.5 * edge;
    let sum: f64 = legendre_40()
        .iter()
        .map(|&(t, w)| w * libm::exp(height(half + half * t)))
        .sum();
    libm::log(2.0 * half * side * sum)
}

/// `ln Gamma(1 + a)` for `0 < a < 20.5`, to its own relative precision for the smallest `a` too.
fn ln_gamma_1p(a: f64) -> f64 {
    /// `zeta(k) - 1` for `k` from 2.
    const ZETA_REST: [f64; 18] = [
        0.644_934_066_848_226_4,
        0.202_056_903_159_594_3,
        0.082_323_233_711_138_19,
        0.036_927_755_143_369_93,
        0.017_343_061_984_449_14,
        0.008_349_277_381_922_827,
        0.004_077_356_197_944_34,
        0.002_008_392_826_082_214_4,
        0.000_994_575_127_818_085_3,
        0.000_494_188_604_119_464_6,
        0.000_246_086_553_308_048_3,
        0.000_122_713_347_578_489_15,
        6.124_813_505_870_483e-5,
        3.058_823_630_702_049e-5,
        1.528_225_940_865_187e-5,
        7.637_197_637_899_763e-6,
        3.817_293_264_999_84e-6,
        1.908_212_716_553_939e-6,
    ];
    const EULER: f64 = 0.577_215_664_901_532_9;
    if a >= 0.25 {
        return libm::lgamma(1.0 + a);
    }
    // Abramowitz and Stegun 6.1.33.
    let series = ZETA_REST.iter().rev().enumerate().fold(0.0, |sum, (i, rest)| {
        let k = (ZETA_REST.len() + 1 - i) as f64;
        -a * sum + rest / k
    });
    a * (1.0 - EULER) + a * a * series - libm::log1p(a)
}

/// `Sum_{n>=1} (-x)^n / ((a+n) n!)` for `x <= 1.5`.
fn alternating(a: f64, x: f64) -> Result<f64> {
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 1..100 {
        let n = f64::from(n);
        term *= -x / n;
        sum += term / (a + n);
        if term.abs() <= 1e-18 * sum.abs() {
            return Ok(sum);
        }
    }
    Err(MeasureError::NoConvergence {
        quantity: "incomplete gamma series",
    })
}

/// `ln Sum_n x^n / ((a+1) ... (a+n))`.
fn ln_series(a: f64, x: f64) -> Result<f64> {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < 1e-17 * sum {
            return Ok(libm::log(sum));
        }
    }
    Err(MeasureError::NoConvergence {
        quantity: "incomplete gamma series",
    })
}

/// `ln [Gamma(a, x) e^x x^-a]` by the continued fraction, evaluated by Lentz's method.
fn ln_fraction(a: f64, x: f64) -> Result<f64> {
    let mut b = x + 1.0 - a;
    let mut d = 1.0 / b;
    let (mut c, mut f) = (f64::INFINITY, d);
    for n in 1..TERMS {
        let n = f64::from(n);
        let top = n * (a - n);
        b += 2.0;
        d = 1.0 / (b + top * d);
        c = b + top / c;
        let change = c * d;
        f *= change;
        if (change - 1.0).abs() < 4e-16 {
            return Ok(libm::log(f));
        }
    }
    Err(MeasureError::NoConvergence {
        quantity: "incomplete gamma fraction",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_shapes_have_closed_forms() {
        // Q(1, x) = e^-x and Q(3, x) = e^-x (1 + x + x^2/2).
        for x in [1e-9, 0.3, 1.0, 1.7, 2.5, 40.0, 700.0] {
            assert!((ln_inc_gamma_upper_reg(1.0, x).unwrap() + x).abs() < 1e-13 * x.max(1.0));
            let want = -x + (1.0 + x + 0.5 * x * x).ln();
            assert!((ln_inc_gamma_upper_reg(3.0, x).unwrap() - want).abs() < 1e-13 * x.max(1.0));
        }
        assert!((gamma_quantile(1.0, 0.5).unwrap() - std::f64::consts::LN_2).abs() < 1e-15);
        let far = gamma_upper_quantile(1.0, 1e-300).unwrap();
        assert!((far / (300.0 * 10f64.ln()) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn helpers_keep_their_digits() {
        assert!((log1p_minus(1e-9) / -5e-19 - 1.0).abs() < 1e-8);
        assert!((log1p_minus(0.25) - (1.25_f64.ln() - 0.25)).abs() < 1e-16);
        assert!((ln_gamma_1p(1e-10) / -5.772_156_648_192_861e-11 - 1.0).abs() < 1e-15);
        for a in [0.05, 0.2, 0.249] {
            assert!((ln_gamma_1p(a) - libm::lgamma(1.0 + a)).abs() < 2e-16, "{a}");
        }
        assert!((fall(1e9, 1e9 + 1e3) / 4.999_996_666e-4 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn refuses_what_has_no_answer() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(ln_inc_gamma_reg(bad, 1.0).is_err() && ln_inc_gamma_reg(1.0, bad).is_err());
            assert!(ln_inc_gamma_upper_reg(bad, 1.0).is_err() && ln_inc_gamma_upper_reg(1.0, bad).is_err());
            assert!(gamma_quantile(bad, 0.5).is_err() && gamma_quantile(1.0, bad).is_err());
            assert!(gamma_upper_quantile(bad, 0.5).is_err() && gamma_upper_quantile(1.0, bad).is_err());
        }
        assert!(gamma_quantile(1.0, 1.0).is_err());
        // Half of the law of shape 1e-10 lies below 10^-3000000000.
        assert!(gamma_quantile(1e-10, 0.5).is_err());
    }
}

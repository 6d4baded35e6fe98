//! Gauss rules, computed once per process from their recurrences, and a bracketed root.
//!
//! The nodes are found by Newton's method with a fixed number of steps on `libm` arithmetic, so they are
//! the same bits on every platform.

use std::f64::consts::PI;
use std::sync::OnceLock;

use crate::error::{MeasureError, Result};

/// A node and its weight.
pub(crate) type Node = (f64, f64);

const NEWTON_STEPS: usize = 12;

/// Gauss-Legendre on [-1, 1], `n` nodes in ascending order; weights sum to 2.
fn legendre(n: usize) -> Vec<Node> {
    let mut nodes = vec![(0.0, 0.0); n];
    for i in 0..n.div_ceil(2) {
        let mut x = libm::cos(PI * (i as f64 + 0.75) / (n as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..NEWTON_STEPS {
            let (mut p, mut before) = (1.0, 0.0);
            for j in 1..=n {
                let j = j as f64;
                (p, before) = (((2.0 * j - 1.0) * x * p - (j - 1.0) * before) / j, p);
            }
            slope = n as f64 * (x * p - before) / (x * x - 1.0);
            x -= p / slope;
        }
        let weight = 2.0 / ((1.0 - x * x) * slope * slope);
        nodes[i] = (-x, weight);
        nodes[n - 1 - i] = (x, weight);
    }
    nodes
}

/// Gauss-Hermite for the standard normal law, `n` nodes in ascending order; weights sum to 1.
fn hermite(n: usize) -> Vec<Node> {
    // Orthonormal recurrence: h_{j+1} = (x h_j - sqrt(j) h_{j-1}) / sqrt(j+1); h_n' = sqrt(n) h_{n-1};
    // weight = 1 / (n h_{n-1}^2). Roots from the largest down; each is deflated by those before it.
    let evaluate = |x: f64| {
        let (mut h, mut before) = (1.0, 0.0);
        for j in 0..n {
            let j = j as f64;
            (h, before) = ((x * h - libm::sqrt(j) * before) / libm::sqrt(j + 1.0), h);
        }
        (h, before)
    };
    let mut nodes = vec![(0.0, 0.0); n];
    let mut found: Vec<f64> = Vec::with_capacity(n);
    let mut x = libm::sqrt(4.0 * n as f64 + 2.0);
    for i in 0..n / 2 {
        // Newton on h / product(x - root): from above the largest remaining root it descends onto it.
        for _ in 0..200 {
            let (h, before) = evaluate(x);
            let deflated: f64 = found.iter().map(|r| 1.0 / (x - r) + 1.0 / (x + r)).sum();
            let step = 1.0 / (libm::sqrt(n as f64) * before / h - deflated);
            if !step.is_finite() {
                break;
            }
            x -= step;
            if step.abs() < 1e-9 {
                break;
            }
        }
        for _ in 0..3 {
            let (h, before) = evaluate(x);
            x -= h / (libm::sqrt(n as f64) * before);
        }
        let before = evaluate(x).1;
        let weight = 1.0 / (n as f64 * before * before);
        nodes[i] = (-x, weight);
        nodes[n - 1 - i] = (x, weight);
        found.push(x);
        x -= 1e-3;
    }
    if n % 2 == 1 {
        let before = evaluate(0.0).1;
        nodes[n / 2] = (0.0, 1.0 / (n as f64 * before * before));
    }
    nodes
}

/// The rule for the peak in [`crate::arc`].
pub(crate) fn legendre_40() -> &'static [Node] {
    static NODES: OnceLock<Vec<Node>> = OnceLock::new();
    NODES.get_or_init(|| legendre(40))
}

/// The rule for one panel of [`crate::ordinal`].
pub(crate) fn legendre_10() -> &'static [Node] {
    static NODES: OnceLock<Vec<Node>> = OnceLock::new();
    NODES.get_or_init(|| legendre(10))
}

/// The 61 nodes for one normal effect, without those whose weight is below 1e-18: they cannot change a sum.
pub(crate) fn hermite_61() -> &'static [Node] {
    static NODES: OnceLock<Vec<Node>> = OnceLock::new();
    NODES.get_or_init(|| {
        hermite(61)
            .into_iter()
            .filter(|(_, weight)| *weight > 1e-18)
            .collect()
    })
}

/// The sign change of `f` between `lo` and `hi`: secant steps by the Illinois rule, and a bisection whenever
/// three of them have not halved the bracket.
///
/// Needs `f(lo)` and `f(hi)` of opposite sign (either may be infinite); ends when the bracket is as narrow
/// as the numbers allow, within 400 evaluations.
pub(crate) fn root(
    quantity: &'static str,
    (mut lo, mut hi): (f64, f64),
    mut f: impl FnMut(f64) -> Result<f64>,
) -> Result<f64> {
    let (mut f_lo, mut f_hi) = (f(lo)?, f(hi)?);
    if f_lo == 0.0 {
        return Ok(lo);
    }
    if f_hi == 0.0 {
        return Ok(hi);
    }
    if f_lo.is_nan() || f_hi.is_nan() || (f_lo > 0.0) == (f_hi > 0.0) {
        return Err(MeasureError::NoConvergence { quantity });
    }
    let (mut width, mut low_moved) = (hi - lo, None);
    for turn in 1..=400_u32 {
        let middle = 0.5 * (lo + hi);
        let finest = 2.0 * f64::EPSILON * lo.abs().max(hi.abs());
        if hi - lo <= 2.0 * finest || middle <= lo || middle >= hi {
            return Ok(middle);
        }
        let mut x = hi - f_hi * (hi - lo) / (f_hi - f_lo);
        if turn % 3 == 0 {
            if hi - lo > 0.5 * width {
                x = middle;
            }
            width = hi - lo;
        }
        // At least a finest step from either end, so that the bracket closes once the root is known.
        x = if x.is_nan() {
            middle
        } else {
            x.clamp(lo + finest, hi - finest)
        };
        let value = f(x)?;
        if value == 0.0 {
            return Ok(x);
        }
        // Illinois: an end that stays twice has its value halved, so that it does not stay for ever.
        let below = (value > 0.0) == (f_lo > 0.0);
        if below {
            (lo, f_lo) = (x, value);
        } else {
            (hi, f_hi) = (x, value);
        }
        if low_moved == Some(below) {
            if below {
                f_hi *= 0.5;
            } else {
                f_lo *= 0.5;
            }
        }
        low_moved = Some(below);
    }
    Err(MeasureError::NoConvergence { quantity })
}

/// The root of an increasing `f` between `least` and `most`, sought from `start` in steps that double from `step`.
///
/// Ends as [`root`] does, with the bracket as narrow as the numbers allow at the size of its own width or of 1,
/// so that a root at zero is no harder than another.
pub(crate) fn root_near(
    quantity: &'static str,
    (least, most): (f64, f64),
    (start, mut step): (f64, f64),
    mut f: impl FnMut(f64) -> Result<f64>,
) -> Result<f64> {
    let start = start.clamp(least, most);
    let (down, mut near, mut far) = (f(start)? > 0.0, start, start);
    // At the end of the range the root is there or nowhere; `root` tells.
    while (down && far > least) || (!down && far < most) {
        near = far;
        far = (if down { far - step } else { far + step }).clamp(least, most);
        step *= 2.0;
        if (f(far)? > 0.0) != down {
            break;
        }
    }
    let (from, to) = if down { (far, near) } else { (near, far) };
    let shifted = root(quantity, (1.0, 1.0 + to - from), |s| f(from + (s - 1.0)))?;
    Ok(from + (shifted - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legendre_integrates_polynomials_exactly() {
        for rule in [legendre_10(), legendre_40()] {
            let sum: f64 = rule.iter().map(|(_, w)| w).sum();
            let eighth: f64 = rule.iter().map(|(x, w)| w * x.powi(18)).sum();
            assert!((sum - 2.0).abs() < 1e-14 && (eighth - 2.0 / 19.0).abs() < 1e-14);
        }
    }

    #[test]
    fn hermite_has_the_moments_of_the_normal_law() {
        let full = hermite(61);
        for pair in full.windows(2) {
            assert!(pair[0].0 < pair[1].0);
        }
        let moment = |p: i32| full.iter().map(|(x, w)| w * x.powi(p)).sum::<f64>();
        let mut odd_product = 1.0;
        for p in 0..12 {
            assert!(
                (moment(2 * p) / odd_product - 1.0).abs() < 1e-12,
                "moment {}",
                2 * p
            );
            odd_product *= f64::from(2 * p + 1);
        }
        assert!(moment(3).abs() < 1e-13);
    }

    #[test]
    fn root_is_bounded_and_exact() {
        let cube = root("cube", (0.0, 10.0), |x| Ok(x * x * x - 2.0));
        assert!((cube.unwrap() - 2f64.cbrt()).abs() < 1e-15);
        assert!(root("none", (0.0, 1.0), |_| Ok(1.0)).is_err());
        for (want, start) in [
            (0.0, 3.0),
            (0.0, -3.0),
            (0.0, 0.0),
            (1e-9, 0.0),
            (-80.0, 1.0),
            (80.0, 1.0),
        ] {
            let found = root_near("line", (-100.0, 100.0), (start, 0.1), |x| Ok(x - want));
            assert!((found.unwrap() - want).abs() < 1e-13, "{want} from {start}");
        }
        assert!(root_near("none", (-1.0, 1.0), (0.0, 0.1), |_| Ok(1.0)).is_err());
        assert!(root_near("none", (-1.0, 1.0), (0.0, 0.1), |_| Ok(-1.0)).is_err());
        // A step function converges too, to its step.
        let step = root("step", (0.0, 1.0), |x| Ok(if x < 0.3 { -1.0 } else { 1.0 }));
        assert!((step.unwrap() - 0.3).abs() < 1e-15);
    }
}

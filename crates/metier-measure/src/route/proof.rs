//! Bounds proved in whole numbers from multipliers that floating-point arithmetic proposed.
//!
//! For any multipliers `u >= 0` of rows `A x >= b` and any `x` within its bounds,
//! `c x >= u b + sum_j min over x_j of (c_j - u A_j) x_j` (Lagrange's bound; Neumaier and Shcherbina,
//! Mathematical Programming 99, 2004, say the same of mixed-integer solvers). The right side is computed
//! exactly here for the multipliers rounded to a grid, so that a rounding error anywhere in the table makes
//! a bound weaker and never wrong.

use super::rows::Row;

/// A value of the search: see [`super::search`]. Sums of thousands of the largest fit.
pub(super) type Value = i128;

/// Multipliers are rounded to this part of one.
const GRID: u32 = 36;

/// The bound that some multipliers prove, and what each variable adds to it.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    /// The value is at least this, in `2^-GRID`.
    base: Value,
    /// Reduced cost of each variable, in `2^-GRID`.
    reduced: Vec<Value>,
}

impl Proof {
    /// What multipliers of rows prove about costs on variables from `low` to `high`; `None` when the
    /// numbers are too large to add up.
    pub fn new<'a>(
        costs: &[Value],
        low: &[bool],
        high: &[bool],
        multipliers: impl Iterator<Item = (&'a Row, f64)>,
    ) -> Option<Self> {
        let mut reduced: Vec<Value> = costs
            .iter()
            .map(|c| c.checked_mul(1 << GRID))
            .collect::<Option<_>>()?;
        let mut base: Value = 0;
        for (row, multiplier) in multipliers {
            let multiplier = on_grid(multiplier)?;
            base = base.checked_add(multiplier.checked_mul(Value::from(row.least))?)?;
            for &(variable, coefficient) in &row.coefficients {
                let part = multiplier.checked_mul(Value::from(coefficient))?;
                reduced[variable] = reduced[variable].checked_sub(part)?;
            }
        }
        for (variable, &d) in reduced.iter().enumerate() {
            if (d > 0 && low[variable]) || (d < 0 && high[variable]) {
                base = base.checked_add(d)?;
            }
        }
        Some(Self { base, reduced })
    }

    /// The least whole value there can be.
    pub fn bound(&self) -> Value {
        up(self.base)
    }

    /// True when it shows that nothing satisfies the rows; for costs of zero.
    pub fn impossible(&self) -> bool {
        self.base > 0
    }

    /// The least whole value there can be with a variable that is free at the bound it does not prefer.
    pub fn bound_against(&self, variable: usize) -> (bool, Value) {
        let d = self.reduced[variable];
        // A positive reduced cost prefers 0.
        (d >= 0, up(self.base.saturating_add(d.saturating_abs())))
    }
}

fn up(value: Value) -> Value {
    let floor = value >> GRID;
    if floor << GRID == value { floor } else { floor + 1 }
}

#[allow(clippy::cast_possible_truncation, reason = "its size is checked first")]
fn on_grid(multiplier: f64) -> Option<Value> {
    let scaled = libm::round(multiplier * (1_u64 << GRID) as f64);
    (0.0..1e37).contains(&scaled).then_some(scaled as Value)
}

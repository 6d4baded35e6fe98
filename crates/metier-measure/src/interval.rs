//! An interval, and what is known of how often it holds.

/// How often an interval of this kind holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// At least as often as stated, by proof, when the method's own model is true.
    Exact,
    /// At 95%, between 93 and 97 times of 100 on the grid of simulations that the function names, and the data
    /// lie on that grid.
    Checked,
    /// Not known to hold as often as stated, because the data are fewer, or the confidence another, than what
    /// was simulated. It may be printed for comparison with other software, never as an interval of its
    /// confidence.
    Unchecked,
}

/// A confidence interval with both bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// The confidence stated.
    pub confidence: f64,
    /// What is known of it.
    pub coverage: Coverage,
}

/// [`Coverage::Checked`] where `on_grid` holds and the confidence is the 95% that was simulated.
pub(crate) fn checked(confidence: f64, on_grid: bool) -> Coverage {
    if on_grid && (confidence - 0.95).abs() < 1e-12 {
        Coverage::Checked
    } else {
        Coverage::Unchecked
    }
}

//! The one error type: what was given, and what would have been accepted.

use std::fmt;

/// Why a number cannot be computed.
///
/// Every function of this crate refuses a value outside its domain rather than return a number that
/// only looks like an answer; NaN and the infinities are outside every domain.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum MeasureError {
    /// A parameter lies outside its domain.
    OutOfDomain {
        /// The parameter's name.
        name: &'static str,
        /// The value given.
        value: f64,
        /// The values allowed, for a reader.
        allowed: &'static str,
    },
    /// A list has the wrong length.
    Length {
        /// The list's name.
        name: &'static str,
        /// The length given.
        length: usize,
        /// The lengths allowed, for a reader.
        allowed: &'static str,
    },
    /// The data do not determine the quantity asked for, for example the spread of a single group.
    NotEstimable {
        /// The quantity.
        quantity: &'static str,
        /// What is missing.
        because: &'static str,
    },
    /// The answer exists but lies beyond the counts this crate computes with.
    OutOfReach {
        /// The quantity.
        quantity: &'static str,
        /// The largest value that would have been returned.
        limit: u64,
    },
    /// A bounded iteration ended before its tolerance was met.
    NoConvergence {
        /// The quantity.
        quantity: &'static str,
    },
}

/// The result of every fallible function here.
pub type Result<T> = std::result::Result<T, MeasureError>;

impl fmt::Display for MeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfDomain { name, value, allowed } => {
                write!(f, "{name} is {value}; allowed: {allowed}")
            }
            Self::Length {
                name,
                length,
                allowed,
            } => {
                write!(f, "{name} has {length} elements; allowed: {allowed}")
            }
            Self::NotEstimable { quantity, because } => {
                write!(f, "{quantity} cannot be estimated: {because}")
            }
            Self::OutOfReach { quantity, limit } => write!(f, "{quantity} lies beyond {limit}"),
            Self::NoConvergence { quantity } => write!(f, "{quantity} did not converge"),
        }
    }
}

impl std::error::Error for MeasureError {}

/// Passes `value` on when it is finite and `ok` holds for it.
pub(crate) fn within(
    name: &'static str,
    value: f64,
    ok: impl FnOnce(f64) -> bool,
    allowed: &'static str,
) -> Result<f64> {
    if value.is_finite() && ok(value) {
        Ok(value)
    } else {
        Err(MeasureError::OutOfDomain { name, value, allowed })
    }
}

/// Passes on a number strictly between 0 and 1.
pub(crate) fn open_unit(name: &'static str, value: f64) -> Result<f64> {
    within(
        name,
        value,
        |v| (f64::MIN_POSITIVE..1.0).contains(&v),
        "more than 0 and less than 1",
    )
}

/// Passes on a number from 0 to 1, both included.
pub(crate) fn closed_unit(name: &'static str, value: f64) -> Result<f64> {
    within(name, value, |v| (0.0..=1.0).contains(&v), "from 0 to 1")
}

/// Passes on a finite number above zero.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64> {
    within(name, value, |v| v > 0.0, "finite and more than 0")
}

/// Passes on a finite number that is not negative.
pub(crate) fn not_negative(name: &'static str, value: f64) -> Result<f64> {
    within(name, value, |v| v >= 0.0, "finite and not negative")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_given_and_what_is_allowed() {
        let Err(error) = open_unit("eps", 2.0) else {
            panic!("2 is no probability")
        };
        assert_eq!(
            error.to_string(),
            "eps is 2; allowed: more than 0 and less than 1"
        );
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(positive("x", value).is_err());
            assert!(not_negative("x", value).is_err());
            assert!(closed_unit("x", value).is_err());
        }
    }
}

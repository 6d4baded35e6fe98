//! Simulations with fixed seeds: what a method promises, counted. Every figure is printed; see them with
//! `cargo nextest run -p metier-measure --test simulation --no-capture`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod agreement;
mod counts;
mod fairness;
mod forecasts;
mod intervals;
mod near;
#[path = "../common/organisation.rs"]
#[allow(dead_code, reason = "the reference vectors use the rest of it")]
mod organisation;
#[path = "../common/passage.rs"]
mod passage;
mod peeking;
mod raters;
mod trends;

/// A share found in simulated runs, with its standard error.
struct Share {
    of: u32,
    value: f64,
    error: f64,
}

impl Share {
    fn new(hits: u32, of: u32) -> Self {
        let value = f64::from(hits) / f64::from(of);
        Self {
            of,
            value,
            error: (value * (1.0 - value) / f64::from(of)).sqrt(),
        }
    }

    /// The share of the runs in which `hit` holds.
    fn count(of: u32, mut hit: impl FnMut() -> bool) -> Self {
        let hits = (0..of).filter(|_| hit()).count();
        Self::new(u32::try_from(hits).unwrap(), of)
    }

    /// Fails unless the share lies within four standard errors of an exact value.
    #[track_caller]
    fn assert_is(&self, exact: f64) {
        let error = (exact * (1.0 - exact) / f64::from(self.of)).sqrt();
        assert!(
            (self.value - exact).abs() <= 4.0 * error,
            "{self}, exactly {exact:.5}"
        );
    }

    /// Fails unless two simulated shares are within four standard errors of each other.
    #[track_caller]
    fn assert_like(&self, other: &Self) {
        let error = self.error.hypot(other.error);
        assert!(
            (self.value - other.value).abs() <= 4.0 * error,
            "{self} against {other}"
        );
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.4} +- {:.4} of {} runs", self.value, self.error, self.of)
    }
}

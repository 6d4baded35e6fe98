//! One test binary: golden tables, reference vectors where they are found, and laws.
#![allow(clippy::many_single_char_names, reason = "the letters of the formulas")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod edges;
mod golden;
mod golden_agreement;
mod golden_forecast;
mod golden_market;
mod laws;
mod laws_agreement;
mod laws_forecast;
mod laws_further;
mod laws_market;
mod laws_raters;
#[path = "../common/organisation.rs"]
mod organisation;
#[path = "../common/passage.rs"]
mod passage;
mod route;
mod suppress;
mod vectors;

/// `|got - want|` within `tolerance`, relative where `want` is larger than 1 in size; never for NaN.
fn near(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * want.abs().max(1.0)
}

#[track_caller]
fn assert_near(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!(want.is_finite(), "{what}: {want} says nothing");
    assert!(near(got, want, tolerance), "{what}: got {got:e}, want {want:e}");
    // The check itself must be able to fail: a value perturbed by ten tolerances does not pass.
    assert!(
        !near(got + 10.0 * tolerance * want.abs().max(1.0), want, tolerance),
        "{what}: blunt check"
    );
}

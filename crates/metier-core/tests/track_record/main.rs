//! What was called likely, and what came of it.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod laws;
mod telling;

//! The laws of the journal: what recording, merging, verifying and reading promise.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chains;
mod reading;
mod recording;
mod writing;

//! Agreements, checkpoints and disagreements: what holds whatever was recorded, and in whatever order.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod checkpoints;
mod disagreeing;
mod letters;
mod states;
mod terms;
#[path = "../journal_laws/writing.rs"]
#[allow(dead_code, reason = "the laws of the journal use all of it")]
mod writing;

//! From postings to demand, through the public interface.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test that cannot go on says so by panicking, and its numbers are small"
)]

mod counts;
mod duplicates;
mod trends;
mod world;

//! The journal on both databases: what is written is kept, whole, and damage is noticed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "all of it is test code, also what stands beside the test functions"
)]

mod asides;
mod attachments;
mod backup;
mod damage;
mod homes;
mod journals;
mod opening;
mod unite;
mod writers;

#[cfg(target_os = "linux")]
mod durability;

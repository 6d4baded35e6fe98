//! The built binary in homes of its own: what a person types, and what comes back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod ahead;
mod answers;
mod bad_input;
mod binary;
mod case;
mod catalogue;
mod confidential;
mod drafts;
mod feedback;
mod first_day;
mod gather;
mod journal;
mod levels;
mod market;
mod market_demand;
mod market_train;
mod mastery;
mod network;
mod own_view;
mod packet;
mod plan;
mod routes;
mod serving;
mod worked_example;

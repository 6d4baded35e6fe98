//! How good the parts are, by the protocols of the published data sets.

mod bootstrap;
pub mod linking;
mod names;
pub mod occupations;
mod spans;

pub use bootstrap::{Estimate, bootstrap};
pub use names::score_names;
pub use spans::{Counts, Scores, SpanScores, score_spans};

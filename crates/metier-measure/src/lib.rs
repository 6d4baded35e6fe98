//! Statistics of repeated trials, of ordered ratings by several raters, and of weighed evidence.
//!
//! Small, exact and pure: no input or output, no clock, no randomness, and `libm` for every transcendental
//! function, so that the same question has the same answer, to the bit, on every platform. Whatever lies
//! outside a function's domain, NaN and the infinities included, is refused with a [`MeasureError`] that
//! says what was given and what is allowed.
//!
//! | module | question |
//! |---|---|
//! | [`accuracy`] | Is the error rate below `eps`? Proven at any time, however often one looks. |
//! | [`sequential`] | The same by other sequential procedures, for comparison. |
//! | [`share`] | How large is the share of those that have a property? |
//! | [`rate`] | How large is a rate of events, and how many times another one? |
//! | [`shrink`] | The same for many things at once, each drawn towards all. |
//! | [`multiple`] | Which of many tests are findings? |
//! | [`trend`] | Does a series rise or fall, seasons and persistence allowed for, and how fast? |
//! | [`consistency`] | Do errors come in clusters, over groups or over time? |
//! | [`cusum`] | Has the error rate risen since? |
//! | [`learning`] | How did the error rate fall with practice? (a picture, no proof) |
//! | [`ordinal`] | Where do several raters, each with a leniency, place a thing in ordered categories? |
//! | [`raters`] | The same over many subjects and raters: who stands where, who is lenient, who can be compared? |
//! | [`evidence`] | What do weighed items say about the category? |
//! | [`further`] | Which single further rating or item would narrow that most? |
//! | [`forecast`] | How good were stated probabilities, once it is known what came? |
//! | [`route`] | Which actions reach some goals at the least cost, in which order, and what else would do? |
//! | [`range`] | Which is the shortest range of categories to name? |
//! | [`decay`] | What is left after time without use? |
//! | [`profile`] | How far is it from one profile to another, and what would be left unused? |
//! | [`sets`] | How alike are two sets, and how much of one does the other hold? |
//! | [`relatedness`] | Which columns of a table go together? |
//! | [`minhash`] | Which documents are nearly the same as an earlier one, among millions? |
//! | [`agreement`] | How far do several raters agree about many things? |
//! | [`impact`] | Is one group selected less often than another? [`fisher`] tests it exactly. |
//! | [`suppress`] | Which counts may be published without giving a small one away? |
//! | [`interval`] | What is known of how often an interval holds? |
//! | [`distribution`] | Student's t and Fisher's F. |
//! | [`special`] | The gamma, beta, chi-square and normal functions under all that. |
//!
//! ```
//! use metier_measure::{accuracy, ordinal, range};
//!
//! # fn main() -> metier_measure::Result<()> {
//! // 300 trials, one error, claim "99% accurate" at alpha = 5%: not yet.
//! assert!(accuracy::progress(300, 1, 0.01, 0.05)? < 1.0);
//! assert_eq!(accuracy::clean_needed(300, 1, 0.01, 0.05)?, 363);
//! // What these trials do prove.
//! assert!((accuracy::bound(300, 1, 0.05)? - 0.978).abs() < 0.001);
//!
//! // Two raters, one of a kind known to be lenient, over nine categories.
//! let mut model = ordinal::OrdinalModel::new(&ordinal::equal_thresholds(8), 1.3)?;
//! let said = [
//!     ordinal::Rating { category: 5, leniency_mean: 0.6, leniency_sd: 0.7 },
//!     ordinal::Rating { category: 4, leniency_mean: -0.3, leniency_sd: 0.5 },
//! ];
//! let posterior = model.posterior(&said)?;
//! let run = range::shortest_run(&posterior.mass, 0.8)?;
//! assert!(run.lo <= 4 && 4 <= run.hi && run.held >= 0.8);
//! # Ok(())
//! # }
//! ```
#![allow(
    clippy::many_single_char_names,
    reason = "formulas keep the letters they have in the papers they come from"
)]

pub mod accuracy;
pub mod agreement;
mod arc;
pub mod consistency;
pub mod cusum;
pub mod decay;
pub mod distribution;
pub mod error;
pub mod evidence;
pub mod fisher;
pub mod forecast;
pub mod further;
pub mod impact;
pub mod interval;
pub mod learning;
pub mod minhash;
pub mod multiple;
pub mod ordinal;
pub mod profile;
mod quadrature;
pub mod range;
pub mod rate;
pub mod raters;
pub mod relatedness;
pub mod route;
pub mod sequential;
pub mod sets;
pub mod share;
pub mod shrink;
pub mod special;
pub mod suppress;
pub mod trend;

pub use error::{MeasureError, Result};

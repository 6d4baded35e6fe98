//! Linking: which concept a span or a sentence of an advert speaks of.
//!
//! Two views of a text are added up: its letters against each concept's name ([`grams`]), and its meaning by a
//! static table of the pieces of words ([`table`], [`pieces`]) against a blend of each concept's names and
//! definition. The table is tuned to the concepts ([`learn`], [`train`]), and [`Linker`] holds the result ready
//! to be asked; [`near`] finds the nearest concepts without comparing all. Whole words ([`bm25`]) are for
//! comparison, and for occupations.

pub mod bm25;
pub mod grams;
mod labels;
pub mod learn;
mod linker;
pub mod near;
pub mod pieces;
pub mod table;
mod train;

pub use labels::of_labels;
pub use linker::{Link, Linker, Reader, Trained};
pub use train::{Lessons, Report, train};

//! Training: from marked data to the parts that read adverts.

mod dice;
mod file;
pub(crate) mod kernel;
mod learn;
mod lexicon;
mod network;
mod parts;
mod tagger;
mod vectors;

use thiserror::Error;

pub use dice::Dice;
pub use file::{Part, TRAINED_MAX, Trained, TrainedError};
pub use network::Settings;
pub use parts::{LinkingPart, NamesPart, OccupationsPart};
pub use tagger::{Plan, TaggerData, TaggerReport, TrainedTagger, train_tagger};

/// Why nothing was trained.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrainError {
    /// Not enough to learn from.
    #[error("too few {what}: {found}")]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many there are.
        found: usize,
    },
}

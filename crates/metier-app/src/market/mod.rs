//! The market: what employers ask for, joined to one's own record.

mod concepts;
mod evaluated;
mod train;
mod trained;

pub(crate) use concepts::index_of;
pub use concepts::{CONCEPTS_FILE, Found, concept_index, concepts_of, find_concepts, own_concepts};
pub use evaluated::{SpanEvaluation, evaluate_market};
pub use train::{FileTaken, MarketTraining, Use, train_market};
pub use trained::{TRAINED_FILE, trained, write_trained};

//! The market: what employers ask for, joined to one's own record.

mod evaluated;
mod train;
mod trained;

pub use evaluated::{SpanEvaluation, evaluate_market};
pub use train::{FileTaken, MarketTraining, Use, train_market};
pub use trained::{TRAINED_FILE, trained, write_trained};

//! Text, word by word and sentence by sentence, with every place kept.

mod sentence;
mod word;

pub use sentence::sentences;
pub use word::{Case, Word, Words, words};

//! Text, word by word and sentence by sentence, with every place kept.

pub(crate) mod scan;
mod sentence;
#[cfg(test)]
mod tests;
mod word;

pub use sentence::sentences;
pub(crate) use word::joined;
pub use word::{Case, Word, Words, case_of, words};

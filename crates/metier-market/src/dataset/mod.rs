//! Data sets that somebody has marked up: what the parts are trained on and scored by.
//!
//! A set is recognised by its content, never by its file's name.

mod conll;
mod linking;
mod occupations;
mod recognise;
mod recut;

pub use conll::{looks_like_spans, read_spans};
pub use linking::{Asked, read_annotations, read_labels, read_sentences};
pub use occupations::{CodedAdvert, read_coded};
pub use recognise::{DataSet, recognise};

use thiserror::Error;

/// Which kind of span a tag marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Something one does or is: "design and implement tests".
    Skill,
    /// Something one knows: "Java".
    Knowledge,
}

/// A run of tokens, from the first to the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The first token, from 0.
    pub start: u32,
    /// The token after its last.
    pub end: u32,
}

/// A sentence with the spans that somebody marked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// Its tokens, as the set cuts them.
    pub tokens: Vec<Box<str>>,
    /// The skill spans, in order and apart from each other.
    pub skill: Vec<Span>,
    /// The knowledge spans, likewise; they may lie inside skill spans.
    pub knowledge: Vec<Span>,
}

impl Marked {
    /// The spans of one layer.
    pub fn spans(&self, layer: Layer) -> &[Span] {
        match layer {
            Layer::Skill => &self.skill,
            Layer::Knowledge => &self.knowledge,
        }
    }
}

/// A set of sentences with spans, in the order of its file: neighbours are of one advert.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpanSet {
    /// The sentences.
    pub sentences: Vec<Marked>,
    /// Whether it marks knowledge too, or skills only.
    pub both_layers: bool,
}

/// Why a file is no data set.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatasetError {
    /// A line that does not fit.
    #[error("line {line}: {found}; expected {expected}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What stands there, shortened.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Nothing in it.
    #[error("no sentence in it; expected {expected}")]
    Empty {
        /// What was expected.
        expected: &'static str,
    },
}

//! A mention: one place of a posting's text that asks for something.

use serde::{Deserialize, Serialize};

use crate::concept::ConceptId;

/// One place of a text that names, or seems to name, what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// First byte in the text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What it is linked to; absent: a span that no known concept fits.
    pub concept: Option<ConceptId>,
    /// How sure the stage is, 0 to 1. An exact name that is not ambiguous has 1.
    pub score: f32,
    /// What found it.
    pub stage: Stage,
}

/// What found a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// It is one of the index's names, word for word.
    Name,
    /// It is one of the index's names, ambiguous, and what stands around it decided.
    NameInContext,
    /// The tagger marked the span; linking chose the concept, if any.
    Tagged,
}

impl Mention {
    /// The words of the text it stands for; empty when the offsets are not of this text.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

//! Detection: a text to its mentions. A pure function, the same whoever calls it.
//!
//! The stages are joined here and nowhere else, so that a page, a count on one machine and a count on many
//! cannot differ. Today there is one stage, the dictionary; a stage to come is a further field, absent until
//! it is trained, and raises [`Detector::version`] where it changes what is found.

use crate::concept::Concepts;
use crate::dictionary::Dictionary;
use crate::digest::{digest, pair};
use crate::mention::{Mention, Stage};

/// Everything that looks for mentions in a text.
#[derive(Debug, Clone)]
pub struct Detector {
    dictionary: Dictionary,
    method: u64,
}

impl Detector {
    /// Raised whenever the same index would give other mentions: counts made by different versions do not add
    /// up.
    pub const VERSION: u32 = 1;

    /// The names of an index, and nothing trained.
    pub fn new(concepts: &Concepts) -> Self {
        Self {
            dictionary: Dictionary::new(concepts),
            method: pair(index_digest(concepts), u64::from(Self::VERSION)),
        }
    }

    /// What it is made of, as a number: two detectors of one number find the same.
    pub fn method(&self) -> u64 {
        self.method
    }

    /// Every mention of a text, in order and without overlap.
    ///
    /// An ambiguous name is left out: what stands around it would have to decide, and nothing here reads that.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.dictionary
            .find(text)
            .into_iter()
            .filter(|found| !found.in_context)
            .map(|found| Mention {
                start: found.start,
                end: found.end,
                concept: Some(found.concept),
                score: 1.0,
                stage: Stage::Name,
            })
            .collect()
    }
}

/// A digest of what decides which names an index finds.
fn index_digest(concepts: &Concepts) -> u64 {
    concepts.iter().fold(0, |state, (_, concept)| {
        let scheme = concept.scheme as u64;
        let of = digest(concept.key.as_bytes(), pair(state, scheme));
        let of = digest(concept.label.as_bytes(), of);
        concept.names.iter().fold(of, |of, name| {
            digest(name.text.as_bytes(), pair(of, name.trust as u64))
        })
    })
}

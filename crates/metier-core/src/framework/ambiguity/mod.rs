//! Words in criteria that leave open whether somebody meets them.
//!
//! "Good understanding", "where appropriate", "complex": a criterion worded so can be read either way on
//! the day it matters. Each [`Flag`] names the words, and with them the question to ask *before* that day.
//! The rules are few and cautious: a flag that is wrong costs trust in all the others. They know English
//! only.
//!
//! ```
//! use metier_core::framework::ambiguity::{Sort, flags};
//!
//! let found = flags("show a strong understanding of accessibility");
//! assert_eq!((found[0].sort, found[0].words.as_str()), (Sort::Unseen, "show a strong understanding"));
//! assert!(flags("Closes the till without a difference for 30 days").is_empty());
//! ```

mod lexicon;
mod rules;
mod sentence;

use serde::Serialize;

use super::Framework;
use crate::id::{CompetencyId, RungId};

/// What is open about some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Nothing is done that anybody could see: "understands", "is aware of".
    Unseen,
    /// A word of praise without what it means here: "strong", "effectively".
    Vague,
    /// When it is asked is left to opinion: "where appropriate".
    OpenCase,
    /// How often, how many, how large is left open: "regularly", "complex".
    NoThreshold,
    /// Two things that can come apart: "designs the service and trains its users".
    TwoThings,
    /// A comparison with something or somebody not named: "more complex", "industry-leading".
    Comparison,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 6] = [
        Self::Unseen,
        Self::Vague,
        Self::OpenCase,
        Self::NoThreshold,
        Self::TwoThings,
        Self::Comparison,
    ];
}

/// Words that leave something open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// What is open.
    pub sort: Sort,
    /// The words themselves, as they stand.
    pub words: String,
    /// The sentence or line they stand in.
    pub sentence: String,
}

/// A text of a framework with something open in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ambiguity {
    /// Of which competency.
    pub competency: CompetencyId,
    /// At which rung; absent: in what the competency looks like.
    pub rung: Option<RungId>,
    /// What is open, in reading order.
    pub flags: Vec<Flag>,
}

/// What a text leaves open, sentence by sentence. A line that ends in a colon only leads to what follows
/// and is not looked at.
pub fn flags(text: &str) -> Vec<Flag> {
    sentence::sentences(text)
        .flat_map(|sentence| rules::of(&sentence))
        .collect()
}

/// Everything a framework leaves open: in what a document says at each rung (its examples apart, which are
/// only that), and in what a competency looks like where no document says more.
pub fn ambiguities(framework: &Framework) -> Vec<Ambiguity> {
    let mut found = Vec::new();
    for competency in &framework.competencies {
        let mut add = |rung: Option<&RungId>, flags: Vec<Flag>| {
            if !flags.is_empty() {
                found.push(Ambiguity {
                    competency: competency.id.clone(),
                    rung: rung.cloned(),
                    flags,
                });
            }
        };
        if competency.wording.is_empty() {
            add(None, flags(&competency.looks_like));
        }
        for rung in framework.ladder.active() {
            if let Some(wording) = competency.wording.get(&rung.id) {
                let texts = std::iter::once(&wording.text).chain(&wording.signals);
                add(Some(&rung.id), texts.flat_map(|t| flags(t)).collect());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;

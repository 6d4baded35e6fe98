//! Context: whether an ambiguous name is meant where it stands.
//!
//! "Go", "Excel", "Access" and "R" are names of technologies and also words or letters. A linear classifier
//! sees how the word is written, what stands before and behind it, and whether names stand beside it. It is
//! fitted to texts in which people marked what is asked for ([`learn`]); without them a stated rule decides.

mod around;
mod learn;
mod linear;
mod stated;

use serde::{Deserialize, Serialize};

use crate::dictionary::Found;
use crate::mention::{Mention, Stage};

pub use learn::{Learnt, Marked, Tally, learn};

pub(crate) use around::of_name;
pub(crate) use linear::{Features, Linear};

/// Decides whether ambiguous names are meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Context {
    learnt: Option<Fitted>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Fitted {
    linear: Linear,
    threshold: f32,
}

/// From which score on the stated rule takes a name as meant.
const STATED: f32 = 0.5;

impl Context {
    /// How sure it is that each of the names found in a text is meant, 0 to 1, put behind `scores`. A name
    /// that needs no context has 1.
    pub fn score_into(&self, text: &str, found: &[Found], scores: &mut Vec<f32>) {
        let mut features = Features::default();
        scores.extend((0..found.len()).map(|which| {
            if !found[which].in_context {
                return 1.0;
            }
            match &self.learnt {
                None => stated::score(text, found, which),
                Some(fitted) => {
                    features.clear();
                    of(text, found, which, &mut features);
                    fitted.linear.probability(&features)
                }
            }
        }));
    }

    /// From which score on a name is meant.
    pub fn threshold(&self) -> f32 {
        self.learnt.as_ref().map_or(STATED, |fitted| fitted.threshold)
    }

    /// The names that are meant, as mentions, in order.
    pub fn mentions(&self, text: &str, found: &[Found]) -> Vec<Mention> {
        let mut scores = Vec::with_capacity(found.len());
        self.score_into(text, found, &mut scores);
        found
            .iter()
            .zip(scores)
            .filter(|(name, score)| !name.in_context || *score >= self.threshold())
            .map(|(name, score)| Mention {
                start: name.start,
                end: name.end,
                concept: Some(name.concept),
                score,
                stage: if name.in_context {
                    Stage::NameInContext
                } else {
                    Stage::Name
                },
            })
            .collect()
    }
}

/// All features of one of the names found in a text.
fn of(text: &str, found: &[Found], which: usize, features: &mut Features) {
    let name = &found[which];
    let words = &text[name.start as usize..name.end as usize];
    of_name(name.traits, words, features);
    around::of_place(text, found, which, features);
}

#[cfg(test)]
mod tests;

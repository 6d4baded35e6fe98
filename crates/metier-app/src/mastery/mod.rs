//! What mastery is to the person: writing it, changing it, and looking at how it changed.
//!
//! | file | question |
//! |---|---|
//! | `definition` | what is a master, and what is still to be accomplished? |
//! | `exemplar` | who is one, and what do they do? |
//! | `said` | the six questions, the layer one sees oneself on, what masters say of the list |
//! | `stage` | how long does it usually take, and how long was it so far? |

mod definition;
mod exemplar;
mod said;
mod stage;
#[cfg(test)]
mod tests;

pub use definition::{Define, ThingSaid, ThingSeen, definition_wordings, prefilled};
pub use exemplar::{ExemplarHead, Seen};
pub use said::{CheckSaid, CriteriaSaid};
pub use stage::OwnYears;

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, View};
use metier_core::mastery::MasteryFact;

use crate::error::AppError;

/// One wording of something, with when it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Worded<'a, T> {
    /// The entry it is in.
    pub entry: EntryId,
    /// The day it is about.
    pub on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The wording.
    pub what: &'a T,
}

/// Every wording of something, earliest first: the last one stands, the others stood before.
fn wordings<'a, T>(
    entries: &'a [Entry],
    root: EntryId,
    sort: impl Fn(&'a MasteryFact) -> Option<&'a T>,
) -> Vec<Worded<'a, T>> {
    let roots = View::roots(entries);
    entries
        .iter()
        .filter(|entry| roots.get(&entry.link.id).copied().unwrap_or(entry.link.id) == root)
        .filter_map(|entry| {
            let Fact::Mastery(said) = &entry.payload.fact else {
                return None;
            };
            Some(Worded {
                entry: entry.link.id,
                on: entry.payload.occurred_on,
                recorded_at: entry.link.recorded_at,
                what: sort(said)?,
            })
        })
        .collect()
}

fn needs_reason() -> AppError {
    AppError::input("say why you change it")
        .hint("The earlier wording is kept, and the reason stands beside it.")
}

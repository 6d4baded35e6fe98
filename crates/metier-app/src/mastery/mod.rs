//! What mastery is to the person: writing it, changing it, and looking at how it changed.
//!
//! | file | question |
//! |---|---|
//! | `definition` | what is a master, and what is still to be accomplished? |
//! | `exemplar` | who is one, and what do they do? |
//! | `nomination` | whom do colleagues see as the expert? |
//! | `outreach` | how do I ask a master, and what did they say? |
//! | `said` | the six questions, the layer one sees oneself on, what masters say of the list |
//! | `series` | what is this week's question, and what does somebody say of my answers? |
//! | `stage` | how long does it usually take, and how long was it so far? |

mod definition;
mod exemplar;
mod nomination;
mod outreach;
mod said;
mod series;
mod stage;
#[cfg(test)]
mod tests;

pub use definition::{Define, ThingSaid, ThingSeen, definition_wordings, prefilled};
pub use exemplar::{ExemplarHead, Seen};
pub use nomination::{NameAsked, NameDraft, NameSaid, named_by};
pub use outreach::OutreachSaid;
pub use said::{CheckSaid, CriteriaSaid};
pub use series::{AnswerRead, Commented, SHOWN_MAX, SHOWN_WORDS_MAX, ShowAnswers, ShowingRead, SinceRead};
pub use stage::OwnYears;

use crate::error::AppError;

fn needs_reason() -> AppError {
    AppError::input("say why you change it")
        .hint("The earlier wording is kept, and the reason stands beside it.")
}

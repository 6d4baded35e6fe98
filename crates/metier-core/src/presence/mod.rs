//! Presence: where one shows, what is claimed there, and what one stands for.
//!
//! A claim is one's own sentence somewhere in public. Each can be linked to the competency it asserts, to a
//! fact that another channel may tell otherwise, and to a value it expresses or strains; so that what one
//! shows can be held against the record.
//!
//! | file | question |
//! |---|---|
//! | `channel` | where do I show, and what do I say there? |
//! | `brand` | what do I stand for, and what sets me apart? |
//! | `check` | what of it does not fit the record, another channel, or a value? |
//! | `sentences` | what does a text that was pasted claim, sentence by sentence? |

mod brand;
mod channel;
mod check;
mod sentences;

use serde::{Deserialize, Serialize};

use crate::journal::{Fact, FactError};

pub use brand::{Brand, Differentiator, Value};
pub(crate) use channel::of_the_web;
pub use channel::{Asserted, Channel, ChannelKind, Expresses, PublicClaim, Tells, TellsOf, is_of_the_web};
pub use check::{ClaimAt, Contradiction, Presence};
pub use sentences::{Sentences, sentences};

/// What is said of one's presence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum PresenceFact {
    /// A channel with its claims.
    Channel(Channel),
    /// What one stands for.
    Brand(Brand),
}

impl PresenceFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Presence(Box::new(self))
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Channel(c) => c.check(),
            Self::Brand(b) => b.check(),
        }
    }
}

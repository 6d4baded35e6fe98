//! The market, as one person looks at it: the adverts they would answer, and what they follow.
//!
//! Adverts are kept whole, so that behind every count stand the sentences. What an advert asks for is never a
//! fact: it is read out of its text again each time, by the criteria in force then. Kept is only what the
//! person said of it: that a sentence asks for something, or does not, and what else a competency is called.
//!
//! | file | question |
//! |---|---|
//! | `advert` | which adverts would I answer, and what of their reading did I put right? |
//! | `follow` | which sources do I follow, what did I note, and what did I change because of it? |
//! | `state` | what of all this stands? |

mod advert;
mod follow;
mod state;

use serde::{Deserialize, Serialize};

use crate::journal::{Fact, FactError};

pub use advert::{
    Advert, AdvertClosed, AdvertEnd, AdvertsLookedAt, AlsoCalled, AskedRuling, NAME_MAX, NameSetAside,
};
pub use follow::{HowOften, MarketNote, SourceFollowed, SourceKind};
pub use state::{Market, one_line};

/// What is said of the market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum MarketFact {
    /// An advert one would answer.
    Advert(Advert),
    /// An advert is no longer looked at.
    Closed(AdvertClosed),
    /// A sentence asks for a competency, or does not, whatever its words.
    Ruling(AskedRuling),
    /// What else a competency is called in adverts.
    AlsoCalled(AlsoCalled),
    /// A name that is nothing one could be able to do.
    SetAside(NameSetAside),
    /// One looked at the adverts again.
    LookedAt(AdvertsLookedAt),
    /// A source one follows.
    Source(SourceFollowed),
    /// What one noted of the field.
    Note(MarketNote),
}

impl MarketFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Market(Box::new(self))
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Advert(a) => a.check(),
            Self::Ruling(r) => r.check(),
            Self::AlsoCalled(a) => a.check(),
            Self::SetAside(s) => s.check(),
            Self::Source(s) => s.check(),
            Self::Note(n) => n.check(),
            Self::Closed(_) | Self::LookedAt(_) => Ok(()),
        }
    }
}

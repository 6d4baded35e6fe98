//! The network: who helps, whom one helps, where the field meets.
//!
//! People in it are the person's to know: no entry of this sort is ever part of what others are shown, and a
//! card that is exported is the person's own doing. Nobody is ranked, and nobody is due: a next touch is a day
//! one chose.
//!
//! | file | question |
//! |---|---|
//! | `contact` | whom do I know, what can they offer, when did we last speak? |
//! | `mentorship` | who guides me, whom do I guide, through which gap? |
//! | `community` | where does the field meet? |
//! | `state` | when did we last speak, what comes next, which gaps does nobody help with? |
//! | `find` | who is it that …, and who could help with this? |
//! | `shared` | what did I tell, write and teach? |

mod community;
mod contact;
mod find;
mod mentorship;
mod shared;
mod state;

use serde::{Deserialize, Serialize};

use crate::journal::{Fact, FactError};

pub use community::{Community, CommunityKind};
pub use contact::{Contact, NameParts, NextTouch, Offer, OfferKind, Reach, ReachKind, Touch};
pub use find::Wanted;
pub use mentorship::{Guidance, Mentorship, MentorshipSide, WillingToTeach};
pub use shared::Shared;
pub use state::{Coming, Network};

/// What is said of the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum NetworkFact {
    /// Somebody one knows.
    Contact(Contact),
    /// One spoke with them.
    Touch(Touch),
    /// A mentor, or somebody one is a mentor to.
    Mentorship(Mentorship),
    /// Guidance given or taken.
    Guidance(Guidance),
    /// What one is willing to teach.
    Willing(WillingToTeach),
    /// A community, a body, an event.
    Community(Community),
}

impl NetworkFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Network(Box::new(self))
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Contact(c) => c.check(),
            Self::Touch(_) | Self::Willing(_) => Ok(()),
            Self::Mentorship(m) => m.check(),
            Self::Guidance(g) => g.check(),
            Self::Community(c) => c.check(),
        }
    }
}

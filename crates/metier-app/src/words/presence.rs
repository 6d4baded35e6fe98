//! What is said of one's presence, in a line of the timeline.

use metier_core::presence::PresenceFact;

use super::{Words, plural};

impl Words<'_> {
    pub(super) fn of_presence(said: &PresenceFact) -> String {
        match said {
            PresenceFact::Channel(c) => {
                let claims = plural(c.claims.len() as u64, "claim", "claims");
                format!("Where you show: {}, with {claims}", c.name)
            }
            PresenceFact::Brand(b) if b.sentence.is_empty() => "What you stand for".into(),
            PresenceFact::Brand(b) => format!("What you stand for: {}", b.sentence),
        }
    }
}

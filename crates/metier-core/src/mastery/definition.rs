//! One's own definition of mastery.

use serde::{Deserialize, Serialize};

use crate::framework::Expectation;
use crate::id::{EntryId, FamilyId, ThingId};
use crate::journal::{FactError, filled};

/// What mastery of a profession is to the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Of which profession.
    pub family: FamilyId,
    /// "A master of this is somebody who…"
    pub statement: String,
    /// What one will then have to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub will_say: String,
    /// "To be a master I need to…"
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub needs_to: String,
    /// The competencies to have, each up to which rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Expectation>,
    /// The significant things still to accomplish.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<Significant>,
    /// Why it was changed; empty in the first wording.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// Something significant to accomplish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Significant {
    /// Stays the same while its words change, so that a goal can name it.
    pub id: ThingId,
    /// What.
    pub what: String,
    /// Who would see it for what it is, and how hard it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recognised_by: String,
    /// The evidence with which it is met; none: not yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<EntryId>,
}

impl Definition {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("what a master is", &self.statement)?;
        for (i, thing) in self.things.iter().enumerate() {
            filled("something to accomplish", &thing.what)?;
            if self.things[..i].iter().any(|t| t.id == thing.id) {
                return Err(FactError::new(
                    "something to accomplish",
                    format!("{} is there twice", thing.id),
                ));
            }
        }
        for (i, asked) in self.asks.iter().enumerate() {
            if self.asks[..i].iter().any(|a| a.competency == asked.competency) {
                return Err(FactError::new(
                    "competencies to have",
                    format!("{} is there twice", asked.competency),
                ));
            }
        }
        Ok(())
    }
}

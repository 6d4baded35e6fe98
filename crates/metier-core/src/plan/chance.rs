//! Opportunities: sought, offered, taken, refused, with what they would have shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::framework::Shows;
use crate::id::{EntryId, FamilyId};
use crate::journal::{FactError, filled};

/// A chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opportunity {
    /// What.
    pub what: String,
    /// From whom, or with whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// Whether one sought it or it was offered.
    pub origin: OpportunityOrigin,
    /// The family of what it would show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// What it would show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Shows>,
    /// By when an answer is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// Why it was changed; empty in the first wording.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// Where a chance came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpportunityOrigin {
    /// The person sought it.
    Sought,
    /// It was offered.
    Offered,
}

/// What became of a chance, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpportunityEnded {
    /// Which.
    pub opportunity: EntryId,
    /// How.
    pub how: OpportunityEnding,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The planned activity it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<EntryId>,
}

/// What became of a chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpportunityEnding {
    /// The person took it.
    Taken,
    /// The person refused it.
    Refused,
    /// The person was not given it.
    NotGiven,
    /// It passed.
    Passed,
}

impl Opportunity {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("opportunity", &self.what)?;
        if !self.shows.is_empty() && self.family.is_none() {
            return Err(FactError::new(
                "what it would show",
                "say of which framework it is",
            ));
        }
        Ok(())
    }
}

//! Mentors, and being one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{FactError, filled};

/// Somebody guides somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentorship {
    /// The other one.
    pub with: String,
    /// Among the contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
    /// Who guides whom.
    pub side: MentorshipSide,
    /// The family of the gaps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// For which gaps; none: in general.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<CompetencyId>,
    /// What is to come of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Since when.
    pub from: Date,
    /// Until when; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Who guides whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentorshipSide {
    /// They guide the person.
    TheyGuide,
    /// The person guides them.
    IGuide,
}

/// Guidance, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// In which mentorship.
    pub mentorship: EntryId,
    /// What was said.
    pub words: String,
    /// What was done with it; empty: nothing yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done: String,
}

/// What one is willing to teach. A later one stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WillingToTeach {
    /// The family of the competencies.
    pub family: FamilyId,
    /// Which; none: nothing at the moment.
    pub competencies: Vec<CompetencyId>,
    /// How, how often, to whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Mentorship {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("with whom", &self.with)?;
        if !self.gaps.is_empty() && self.family.is_none() {
            return Err(FactError::new("gaps", "say of which framework they are"));
        }
        match self.until {
            Some(until) if until < self.from => Err(FactError::new(
                "mentoring",
                format!("ends on {until}, before it begins on {}", self.from),
            )),
            _ => Ok(()),
        }
    }
}

impl Guidance {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("what was said", &self.words)
    }
}

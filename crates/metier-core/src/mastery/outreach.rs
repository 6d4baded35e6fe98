//! Asking a master: the draft, the conversations, and what they said of the list of competencies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{Arrival, FactError, filled};

/// A master is to be asked, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outreach {
    /// Whom.
    pub to: String,
    /// Among the exemplars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemplar: Option<EntryId>,
    /// Among the contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
    /// By which way: mail, a call, at a conference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// What is sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// How far it is.
    pub state: OutreachState,
    /// What comes next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextAction>,
}

/// How far an outreach is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutreachState {
    /// Being written.
    #[default]
    Draft,
    /// Sent.
    Sent,
    /// They answered.
    Answered,
    /// They said no.
    Declined,
    /// Over.
    Closed,
}

/// What comes next, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextAction {
    /// What.
    pub what: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// A conversation, on the day of its entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// Of which outreach.
    pub outreach: EntryId,
    /// What was said.
    pub words: String,
    /// What comes next; absent: nothing was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextAction>,
}

/// What a master said of a list of competencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RealityCheck {
    /// Of which profession…
    pub family: FamilyId,
    /// …in exactly this version.
    pub version: Digest,
    /// Who.
    pub by: String,
    /// Among the exemplars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemplar: Option<EntryId>,
    /// What they said of each; what they did not speak of is not there.
    pub findings: Vec<CheckFinding>,
    /// What else they said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
}

/// What a master said of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckFinding {
    /// What they found.
    pub found: Found,
    /// In their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// What a master found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It belongs there.
    Confirmed(CompetencyId),
    /// It does not.
    Struck(CompetencyId),
    /// This is missing.
    Added(String),
}

impl Outreach {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("whom you ask", &self.to)
    }
}

impl Conversation {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("what was said", &self.words)
    }
}

impl RealityCheck {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("who looked at the list", &self.by)?;
        if self.findings.is_empty() && self.words.trim().is_empty() {
            return Err(FactError::new(
                "what they said",
                "say at least one thing they confirmed, added or struck",
            ));
        }
        let mut seen: Vec<&CompetencyId> = Vec::new();
        for finding in &self.findings {
            match &finding.found {
                Found::Added(what) => filled("what is missing", what)?,
                Found::Confirmed(id) | Found::Struck(id) => {
                    if seen.contains(&id) {
                        let twice = format!("{id} is there twice");
                        return Err(FactError::new("what they said", twice));
                    }
                    seen.push(id);
                }
            }
        }
        Ok(())
    }
}

//! Setbacks with their lesson, and reflections.

use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, EntryId};
use crate::journal::{FactError, filled};

/// Something that went wrong, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setback {
    /// What.
    pub what: String,
    /// What one learnt from it; empty: not known yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lesson: String,
    /// What one does otherwise from now on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub otherwise: String,
    /// In which planned activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<EntryId>,
    /// With which goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<EntryId>,
    /// With which competencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
}

/// A look back, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reflection {
    /// What one did, and thinks of it.
    pub words: String,
    /// What one learnt.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub learnt: String,
    /// What one means to do next.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// What drives one at the moment; absent: not said. Never added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drive: Option<Drive>,
    /// On which competencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
    /// On which goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<EntryId>,
}

/// How much one is drawn to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drive {
    /// Hardly.
    Low,
    /// As usual.
    Steady,
    /// Much.
    High,
}

impl Setback {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("what went wrong", &self.what)
    }
}

impl Reflection {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("reflection", &self.words)
    }
}

//! Goals and their milestones.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::framework::Expectation;
use crate::id::{EntryId, FamilyId, ThingId};
use crate::journal::{FactError, filled};

/// Something to reach. Changing it is a correction, which says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// What.
    pub title: String,
    /// What it is good for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The family of the competencies below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// What it takes: competencies, each up to which rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Expectation>,
    /// The significant thing of one's own definition that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<ThingOf>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// What is to be there on the way, earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// Why it was changed; empty in the first wording.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// A significant thing of a definition of mastery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThingOf {
    /// The first entry of the definition.
    pub definition: EntryId,
    /// Which of its things.
    pub thing: ThingId,
}

/// Something that is to be there on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Stays the same while its words and day change.
    pub id: ThingId,
    /// What.
    pub what: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// When it was met; absent: not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met_on: Option<Date>,
    /// The evidence with which it was met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<EntryId>,
}

/// A goal came to its end, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalEnded {
    /// Which.
    pub goal: EntryId,
    /// How.
    pub how: GoalEnding,
    /// Why, or what came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// How a goal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalEnding {
    /// Reached.
    Reached,
    /// Let go.
    LetGo,
}

impl Goal {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("goal", &self.title)?;
        if !self.asks.is_empty() && self.family.is_none() {
            return Err(FactError::new("competencies", "say of which framework they are"));
        }
        for (i, milestone) in self.milestones.iter().enumerate() {
            filled("milestone", &milestone.what)?;
            if self.milestones[..i].iter().any(|m| m.id == milestone.id) {
                return Err(FactError::new(
                    "milestone",
                    format!("{} is there twice", milestone.id),
                ));
            }
        }
        Ok(())
    }
}

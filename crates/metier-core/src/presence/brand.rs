//! What one stands for: skills, experiences and values together, and what sets one apart.

use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, EntryId, FamilyId, ThingId};
use crate::journal::{FactError, filled};

/// What one stands for. One stands at a time; changing it is a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// In a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// The family of the skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The skills one wants to be known for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<CompetencyId>,
    /// The experiences one wants to be known for: evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experiences: Vec<EntryId>,
    /// What sets one apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differentiators: Vec<Differentiator>,
}

/// Something one holds dear at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// Stays the same while its words change.
    pub id: ThingId,
    /// Its name.
    pub name: String,
    /// What one does because of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub means: String,
}

/// Something that sets one apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differentiator {
    /// What.
    pub words: String,
    /// The evidence that shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<EntryId>,
}

impl Brand {
    pub(super) fn check(&self) -> Result<(), FactError> {
        for (i, value) in self.values.iter().enumerate() {
            filled("value", &value.name)?;
            if self.values[..i].iter().any(|v| v.id == value.id) {
                return Err(FactError::new("value", format!("{} is there twice", value.id)));
            }
        }
        for differentiator in &self.differentiators {
            filled("what sets you apart", &differentiator.words)?;
        }
        if !self.skills.is_empty() && self.family.is_none() {
            return Err(FactError::new("skills", "say of which framework they are"));
        }
        Ok(())
    }
}

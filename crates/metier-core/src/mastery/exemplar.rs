//! Masters one looks at, and the chain from what they accomplished to what one could do oneself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, EntryId, FamilyId, RungId};
use crate::journal::{Arrival, FactError, filled};

/// A person or a company seen as a master.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemplar {
    /// Of which profession.
    pub family: FamilyId,
    /// Who.
    pub name: String,
    /// A person or a company.
    pub kind: MasterKind,
    /// Whether the person knows them; absent: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
    /// What they have written or published; empty: not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// Why they are credible, were they not known at all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credible: String,
    /// What they are known for, which is another thing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fame: String,
    /// What belongs to their personality: kept apart, nothing to copy.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub personality: String,
    /// What they accomplished, and what that shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accomplished: Vec<Accomplished>,
}

/// A person or a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MasterKind {
    /// A person.
    #[default]
    Person,
    /// A company, a team, an institution.
    Company,
}

/// Something an exemplar accomplished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accomplished {
    /// What.
    pub what: String,
    /// What they were seen to do for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub behaviours: Vec<Behaviour>,
}

/// Something an exemplar was seen to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// What, so that a colleague could see it happen.
    pub what: String,
    /// Whether they practise it day in, day out; absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<bool>,
    /// The competency it comes down to; absent: not distilled yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competency: Option<CompetencyId>,
    /// At which rung they do it; absent: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<RungId>,
}

/// Somebody is asked whom they see as the expert to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NominationAsked {
    /// For which profession.
    pub family: FamilyId,
    /// What it is called, so that who is asked can read it.
    pub profession: String,
    /// Who is asked.
    pub to: String,
    /// A word with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The last day to answer; absent: none was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Somebody names whom they see as a master.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominated {
    /// For which profession.
    pub family: FamilyId,
    /// Whom.
    pub name: String,
    /// Why: what they saw them do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Who says so.
    pub by: String,
    /// The asking it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<EntryId>,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
}

impl Exemplar {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("who", &self.name)?;
        for accomplished in &self.accomplished {
            filled("what they accomplished", &accomplished.what)?;
            for behaviour in &accomplished.behaviours {
                filled("what they were seen to do", &behaviour.what)?;
                if behaviour.rung.is_some() && behaviour.competency.is_none() {
                    return Err(FactError::new("step", "choose the competency it is a step of"));
                }
            }
        }
        Ok(())
    }
}

impl NominationAsked {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("whom you ask", &self.to)
    }
}

impl Nominated {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("who is named", &self.name)?;
        filled("who says so", &self.by)
    }
}

//! Ratings: someone's judgement of a rung, in a role, with a reason, bound to a framework version.

use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::evidence::Step;
use crate::id::{CompetencyId, EntryId, FamilyId, RungId};
use crate::journal::Arrival;

/// Who someone is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person.
    #[serde(rename = "self")]
    Oneself,
    /// Their manager.
    Manager,
    /// Someone doing the same sort of work beside them.
    Peer,
    /// Someone they do it for.
    Client,
    /// Someone who guides them.
    Mentor,
}

/// Someone's judgement of where the person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// Family judged against.
    pub family: FamilyId,
    /// The exact version they had in front of them.
    pub version: Digest,
    /// Which competency.
    pub competency: CompetencyId,
    /// The highest rung they see; absent: not even the first.
    pub rung: Option<RungId>,
    /// In which role.
    pub role: Role,
    /// Who; for the person's own rating, their own name.
    pub rater: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The evidence they had in mind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EntryId>,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
    /// The feedback it came with: what its giver was told binds it, whatever becomes of that entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<EntryId>,
}

/// Someone disputes that a rung is proven, or a rating of it: frozen until answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Which step.
    pub step: Step,
    /// Who disputes it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeSettled {
    /// Which dispute.
    pub dispute: EntryId,
    /// Who answered.
    pub by: String,
    /// What was found.
    pub outcome: String,
}

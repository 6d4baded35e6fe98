//! The six moves of a career, as options.

use serde::{Deserialize, Serialize};

use crate::framework::Shows;
use crate::id::{FamilyId, PracticeId};
use crate::journal::{FactError, filled};

/// A move that is considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveConsidered {
    /// Which sort of move.
    pub kind: CareerMove,
    /// What exactly: "team lead in the northern depot".
    pub what: String,
    /// The family of the practices and of what it would show.
    pub family: FamilyId,
    /// The practices one would then exercise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<PracticeId>,
    /// What it would give the occasion to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Shows>,
    /// What speaks for it and against it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What became of it.
    #[serde(default)]
    pub state: MoveState,
    /// Why it was chosen, set aside or changed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// The six moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareerMove {
    /// More of the field, in the same position.
    GrowInPlace,
    /// Another position of the same height.
    Across,
    /// A position with more responsibility.
    Up,
    /// A position with less, for something else.
    StepBack,
    /// A look at another position or field, with a way back.
    Explore,
    /// Another employer or profession.
    MoveOn,
}

impl CareerMove {
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::GrowInPlace,
        Self::Across,
        Self::Up,
        Self::StepBack,
        Self::Explore,
        Self::MoveOn,
    ];
}

/// What became of a move that was considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveState {
    /// Being considered.
    #[default]
    Open,
    /// Chosen.
    Chosen,
    /// Set aside.
    SetAside,
}

impl MoveConsidered {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("what exactly", &self.what)
    }
}

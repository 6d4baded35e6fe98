//! What one does to move, as it is planned.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::framework::{ActivityKind, Hours, Shows};
use crate::id::{ActivityId, CompetencyId, EntryId, FamilyId};
use crate::journal::{FactError, filled};

/// Something to do: an activity of a framework, or one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Said as something to do.
    pub name: String,
    /// Its sort.
    pub kind: ActivityKind,
    /// The family it is of, and of what it shows.
    pub family: FamilyId,
    /// The framework's activity it is; absent: one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// How long it takes, as the person estimates it.
    pub hours: Hours,
    /// What it is expected to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Shows>,
    /// For which goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<EntryId>,
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Where it goes beyond what one has done before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Stretch>,
    /// Why it was changed; empty in the first wording.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// Work beyond what one has done before: for which gap, at which risk, and the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The gap it is meant to close.
    pub gap: CompetencyId,
    /// What could go wrong, and for whom.
    pub risk: String,
    /// What is done then.
    pub way_back: String,
    /// Who is at hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at_hand: String,
}

/// Something planned was done, or will not be; on the day of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedEnded {
    /// Which.
    pub planned: EntryId,
    /// How.
    pub how: PlannedEnding,
    /// What happened, as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EntryId>,
    /// Why, or what came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// How something planned ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlannedEnding {
    /// Done.
    Done,
    /// Dropped.
    Dropped,
}

impl Planned {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("activity", &self.name)?;
        let Hours { low, likely, high } = self.hours;
        if !(0.0 <= low && low <= likely && likely <= high && high <= 100_000.0) {
            return Err(FactError::new(
                "hours",
                "give three numbers that rise: if all goes well, most likely, if it drags",
            ));
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            return Err(FactError::new(
                "activity",
                format!("ends on {until}, before it begins on {from}"),
            ));
        }
        if let Some(stretch) = &self.stretch {
            filled("what could go wrong", &stretch.risk)?;
            filled("the way back", &stretch.way_back)?;
        }
        Ok(())
    }
}

//! The person: professions over a life, positions that exercise part of one, what is aimed at.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::id::{EntryId, FamilyId, LevelId, NeedId, PracticeId};

/// A profession held or aspired to: a root record, apart from any job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profession {
    /// "Content marketing".
    pub name: String,
    /// The framework family that describes it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// Held or aspired to.
    pub status: ProfessionStatus,
    /// The needs it serves, as the person sees it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedId>,
    /// Since when; absent: since before the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Whether one has a profession or wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfessionStatus {
    /// Practised.
    Held,
    /// Wanted.
    Aspired,
}

/// A position: a job, which exercises some practices of a profession for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its title.
    pub title: String,
    /// With whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// In which industry.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub industry: String,
    /// The family whose practices are named below.
    pub family: FamilyId,
    /// The practices it exercises.
    pub practices: Vec<PracticeId>,
    /// First day.
    pub from: Date,
    /// Last day; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Position {
    /// True when the position is held on that day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What the person aims at, pinned to an exact version of the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// Which family.
    pub family: FamilyId,
    /// Which exact version; a later one is a change to look at, never applied by itself.
    pub version: Digest,
    /// Which level; absent: no level is aimed at.
    pub level: Option<LevelId>,
    /// What is aimed at in place of a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnAim>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// Something aimed at that is no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnAim {
    /// One's own definition of mastery, by its first entry.
    Definition(EntryId),
    /// An exemplar, by its first entry.
    Exemplar(EntryId),
}

/// Time away: the clock of freshness stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// First day away.
    pub from: Date,
    /// Last day away; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// How many practices of a family the positions of one year exercised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearCovered {
    /// The calendar year.
    pub year: i16,
    /// The practices exercised on at least one day of it.
    pub practices: Vec<PracticeId>,
}

/// The practices that positions exercised, year by year, from the first position to `today`.
pub fn coverage(positions: &[Position], family: &FamilyId, today: Date) -> Vec<YearCovered> {
    let held: Vec<&Position> = positions
        .iter()
        .filter(|p| p.family == *family && p.from <= today)
        .collect();
    let Some(first) = held.iter().map(|p| p.from.year()).min() else {
        return Vec::new();
    };
    (first..=today.year())
        .map(|year| {
            let mut practices: Vec<PracticeId> = held
                .iter()
                .filter(|p| p.from.year() <= year && p.until.is_none_or(|until| until.year() >= year))
                .flat_map(|p| p.practices.iter().cloned())
                .collect();
            practices.sort();
            practices.dedup();
            YearCovered { year, practices }
        })
        .collect()
}

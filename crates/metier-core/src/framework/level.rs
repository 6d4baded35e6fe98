//! A career level: what is expected of whom.

use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, LevelId, RungId};

/// A named career level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Stable within the family.
    pub id: LevelId,
    /// "Senior".
    pub name: String,
    /// What the level is, in a sentence.
    #[serde(default)]
    pub summary: String,
    /// Years people usually have by then, as context. Never a gate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicative_years: String,
    /// What is expected, by competency. A competency not named is not asked for.
    pub expectations: Vec<Expectation>,
}

/// What a level asks of one competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Up to which rung.
    pub rung: RungId,
    /// Whether it must be met.
    #[serde(default)]
    pub weight: Weight,
}

/// Whether an expectation must be met.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It must be met.
    #[default]
    Required,
    /// It counts so much (1 to 5), and may be made up for elsewhere.
    Weighted(u8),
    /// Kept in the list, asked of nobody at this level.
    NotApplicable,
}

//! Decisions about a person: a promotion, a raise, a level; who decided, when, and with which reason.
//!
//! The program makes no such decision and records those that people made. A decision without a reason is
//! kept as one, and shown so.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, FamilyId, LevelId};
use crate::journal::{Fact, View};

/// What somebody decided; the day is the entry's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareerDecision {
    /// About what.
    pub about: DecidedAbout,
    /// The level it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<DecidedLevel>,
    /// In which way.
    pub outcome: DecisionOutcome,
    /// By whom.
    pub by: String,
    /// With which reason; empty: no reason was given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The agreement it goes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<EntryId>,
}

/// A level of a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedLevel {
    /// Which family.
    pub family: FamilyId,
    /// Which level.
    pub level: LevelId,
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedAbout {
    /// A promotion.
    Promotion,
    /// More pay.
    Raise,
    /// A level, without either.
    Level,
}

/// Which way a decision went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// Yes.
    Granted,
    /// Yes in words, and not made official yet.
    NotOfficialYet,
    /// No.
    Denied,
}

/// One decision as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The first entry of it.
    pub id: EntryId,
    /// The day.
    pub on: Date,
    /// What was decided.
    pub what: CareerDecision,
    /// True when its wording was changed after it was first recorded.
    pub corrected: bool,
}

/// Every decision that stands, oldest first.
pub fn decisions(view: &View<'_>) -> Vec<Decided> {
    let mut decided: Vec<Decided> = view
        .facts
        .iter()
        .filter_map(|fact| match fact.fact() {
            Fact::Decision(what) => Some(Decided {
                id: fact.root,
                on: fact.occurred_on(),
                what: what.clone(),
                corrected: fact.corrected(),
            }),
            _ => None,
        })
        .collect();
    decided.sort_by_key(|d| (d.on, d.id));
    decided
}

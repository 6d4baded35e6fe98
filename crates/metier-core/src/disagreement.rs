//! Disagreements: people see one thing differently, and it is written down what would settle it, by when,
//! and how it ended.
//!
//! Where people are more than a step apart the program proposes to write one down ([`worth_settling`]); it
//! is a record only once the person says so. What is overdue is derived from the day, never recorded.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::id::{CompetencyId, EntryId, FamilyId, RungId};
use crate::journal::{Entry, Fact, FactError, View};
use crate::rating::Role;
use crate::standing::{CompetencyStanding, Standing};

/// From so many steps apart on it is worth writing down.
pub const WORTH: usize = 2;

/// Something that people see differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// Family judged against.
    pub family: FamilyId,
    /// The exact criteria both had in front of them.
    pub version: Digest,
    /// Which competency.
    pub competency: CompetencyId,
    /// Which step is in question; its criterion is the one of that version.
    pub rung: RungId,
    /// Who sees what.
    pub sides: Vec<Side>,
    /// Who is to be convinced.
    pub whom: String,
    /// What would convince them, in their words; empty: not said yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub convincing: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// True when both said yes to this wording.
    #[serde(default)]
    pub both: bool,
    /// The agreement it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<EntryId>,
}

/// Where one person sees the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Who.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// The highest rung they see; absent: not even the first.
    pub rung: Option<RungId>,
}

/// How a disagreement ended, or that it was looked at and stays open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisagreementEnded {
    /// Which.
    pub disagreement: EntryId,
    /// How.
    pub how: Ending,
    /// Why, in a sentence.
    pub reason: String,
    /// Who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When it stays open: by when it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Date>,
}

/// Ways for a disagreement to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// What was shown convinced.
    Convinced,
    /// The person came to see it as the other does.
    SeenAsTheyDo,
    /// The criterion was changed.
    CriterionChanged,
    /// Somebody decided, and the decision stands.
    DecisionStands,
    /// It was looked at and stays open.
    StaysOpen,
}

impl Disagreement {
    /// Checks that it is well formed.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), FactError> {
        crate::journal::filled("who is to be convinced", &self.whom)?;
        if self.sides.len() < 2 {
            return Err(FactError::new(
                "sides",
                "it takes two people to see it differently",
            ));
        }
        self.sides
            .iter()
            .try_for_each(|side| crate::journal::filled("who", &side.who))
    }
}

/// A disagreement as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisagreementState {
    /// Its first entry.
    pub id: EntryId,
    /// The day it was written down.
    pub on: Date,
    /// What it says.
    pub what: Disagreement,
    /// The entries that looked at it, oldest first.
    pub looked: Vec<Looked>,
    /// True until it ended.
    pub open: bool,
    /// The day it waits for: the last one named.
    pub by: Option<Date>,
    /// True when that day has passed and it is still open.
    pub overdue: bool,
}

/// Somebody looked at a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// The entry.
    pub id: EntryId,
    /// The day.
    pub on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How it ended, or that it stays open.
    pub what: DisagreementEnded,
}

/// Every disagreement that stands, oldest first, as of a day. The order in which copies of a journal were
/// merged does not matter.
pub fn disagreements(view: &View<'_>, today: Date) -> Vec<DisagreementState> {
    let mut looked: HashMap<EntryId, Vec<Looked>> = HashMap::new();
    for fact in &view.facts {
        if let Fact::DisagreementEnded(what) = fact.fact() {
            looked.entry(what.disagreement).or_default().push(Looked {
                id: fact.root,
                on: fact.occurred_on(),
                recorded_at: fact.recorded_at(),
                what: what.clone(),
            });
        }
    }
    let mut found: Vec<DisagreementState> = view
        .facts
        .iter()
        .filter_map(|fact| {
            let Fact::Disagreement(what) = fact.fact() else {
                return None;
            };
            let looked = looked.remove(&fact.root).unwrap_or_default();
            let open = looked.iter().all(|l| l.what.how == Ending::StaysOpen);
            let by = looked.iter().rev().find_map(|l| l.what.again).or(what.by);
            Some(DisagreementState {
                id: fact.root,
                on: fact.occurred_on(),
                what: (**what).clone(),
                looked,
                open,
                by,
                overdue: open && by.is_some_and(|by| by < today),
            })
        })
        .collect();
    found.sort_by_key(|d| (d.on, d.id));
    found
}

/// The competencies on which people are so far apart that it is worth writing down, widest first: none that
/// is written down and open, and after one ended only where somebody spoke since.
pub fn worth_settling<'s>(
    standing: &'s Standing,
    entries: &[Entry],
    known: &[DisagreementState],
) -> Vec<&'s CompetencyStanding> {
    let recorded: HashMap<EntryId, Timestamp> =
        entries.iter().map(|e| (e.link.id, e.link.recorded_at)).collect();
    let quiet = |competency: &CompetencyStanding| {
        let of_it = known
            .iter()
            .filter(|d| d.what.family == standing.family && d.what.competency == competency.competency);
        let last_word = competency
            .ratings
            .iter()
            .filter_map(|said| recorded.get(&said.entry))
            .max();
        of_it.into_iter().any(|d| {
            let ended = d.looked.iter().map(|l| l.recorded_at).max();
            d.open || ended.as_ref() >= last_word
        })
    };
    let steps = |c: &CompetencyStanding| c.apart.as_ref().map_or(0, |a| a.steps);
    let mut worth: Vec<&CompetencyStanding> = standing
        .competencies
        .iter()
        .filter(|c| steps(c) >= WORTH && !quiet(c))
        .collect();
    worth.sort_by_key(|c| std::cmp::Reverse(steps(c)));
    worth
}

//! How the plan changed: every wording of a goal or of something planned, and what changed lately and why.

use jiff::Timestamp;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, View, view};
use metier_core::plan::{
    Goal, GoalChange, GoalEnded, PlanFact, Planned, PlannedChange, PlannedEnded, TimeSetAside, goal_changes,
    planned_changes,
};
use serde::Serialize;

use super::{goal_of, planned_of};
use crate::wordings::{Worded, wordings};

/// Every wording of a goal, earliest first.
pub fn goal_wordings(entries: &[Entry], goal: EntryId) -> Vec<Worded<'_, Goal>> {
    wordings(entries, goal, goal_of)
}

/// Every wording of something planned, earliest first.
pub fn planned_wordings(entries: &[Entry], planned: EntryId) -> Vec<Worded<'_, Planned>> {
    wordings(entries, planned, planned_of)
}

/// Something of the plan changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanChange<'a> {
    /// The goal or thing planned, by its first entry; for time set aside its own.
    pub of: EntryId,
    /// When.
    pub recorded_at: Timestamp,
    /// How.
    pub what: Reworded<'a>,
}

/// How something of the plan changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reworded<'a> {
    /// A goal was written down.
    NewGoal(&'a Goal),
    /// A goal is worded otherwise.
    Goal(&'a Goal, Vec<GoalChange>),
    /// A goal came to its end.
    GoalEnded(&'a Goal, &'a GoalEnded),
    /// Something was planned.
    NewPlanned(&'a Planned),
    /// It is planned otherwise.
    Planned(&'a Planned, Vec<PlannedChange>),
    /// It was done or dropped.
    PlannedEnded(&'a Planned, &'a PlannedEnded),
    /// Another time was set aside.
    SetAside(&'a TimeSetAside),
}

/// What changed of the plan, latest first, and at most so many. What was taken back since is left out.
pub fn plan_changes(entries: &[Entry], most: usize) -> Vec<PlanChange<'_>> {
    let now = view(entries, Timestamp::MAX);
    let things: std::collections::HashMap<EntryId, &Fact> =
        now.facts.iter().map(|f| (f.root, f.fact())).collect();
    let roots = View::roots(entries);
    let root = |id: EntryId| roots.get(&id).copied().unwrap_or(id);
    let mut order: Vec<&Entry> = entries
        .iter()
        .filter(|e| matches!(e.payload.fact, Fact::Plan(_)) && things.contains_key(&root(e.link.id)))
        .collect();
    order.sort_by_key(|e| e.reading_order());
    let mut before: std::collections::HashMap<EntryId, &Entry> = std::collections::HashMap::new();
    let mut changes = Vec::new();
    for entry in order {
        let of = root(entry.link.id);
        let earlier = before.insert(of, entry).map(|e| &e.payload.fact);
        if let Some((of, what)) = changed(entry, of, earlier, &things) {
            changes.push(PlanChange {
                of,
                recorded_at: entry.link.recorded_at,
                what,
            });
        }
    }
    changes.reverse();
    changes.truncate(most);
    changes
}

fn changed<'a>(
    entry: &'a Entry,
    of: EntryId,
    earlier: Option<&'a Fact>,
    things: &std::collections::HashMap<EntryId, &'a Fact>,
) -> Option<(EntryId, Reworded<'a>)> {
    let Fact::Plan(said) = &entry.payload.fact else {
        return None;
    };
    Some(match &**said {
        PlanFact::Goal(goal) => match earlier.and_then(goal_of) {
            None => (of, Reworded::NewGoal(goal)),
            Some(before) => (of, Reworded::Goal(goal, goal_changes(before, goal))),
        },
        PlanFact::GoalEnded(ended) => {
            let goal = goal_of(things.get(&ended.goal)?)?;
            (ended.goal, Reworded::GoalEnded(goal, ended))
        }
        PlanFact::Planned(planned) => match earlier.and_then(planned_of) {
            None => (of, Reworded::NewPlanned(planned)),
            Some(before) => (of, Reworded::Planned(planned, planned_changes(before, planned))),
        },
        PlanFact::PlannedEnded(ended) => {
            let planned = planned_of(things.get(&ended.planned)?)?;
            (ended.planned, Reworded::PlannedEnded(planned, ended))
        }
        PlanFact::SetAside(aside) => (of, Reworded::SetAside(aside)),
        _ => return None,
    })
}

//! What differs between two wordings of a goal, or of something planned: what the history of a plan says.

use jiff::civil::Date;
use serde::Serialize;

use super::{Goal, Planned};
use crate::framework::{ActivityKind, Hours};
use crate::id::CompetencyId;

/// What differs between two wordings of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalChange {
    /// It is called otherwise.
    Title {
        /// What it was called.
        from: String,
    },
    /// What it is good for.
    Why,
    /// Its day.
    Day {
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// It takes competencies that it did not take.
    Asks(Vec<CompetencyId>),
    /// It no longer takes some.
    AsksNoLonger(Vec<CompetencyId>),
    /// It takes them up to another rung.
    AsksOtherwise(Vec<CompetencyId>),
    /// The significant thing that it is.
    Thing,
    /// A milestone came.
    MilestoneAdded(String),
    /// A milestone went.
    MilestoneDropped(String),
    /// A milestone is worded otherwise.
    MilestoneReworded {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// A milestone has another day.
    MilestoneMoved {
        /// Which.
        what: String,
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// A milestone was met.
    MilestoneMet(String),
    /// A milestone is open again.
    MilestoneOpen(String),
}

/// What differs between two wordings of something planned.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlannedChange {
    /// It is called otherwise.
    Name {
        /// What it was called.
        from: String,
    },
    /// Its sort.
    Kind {
        /// Before.
        from: ActivityKind,
        /// Now.
        to: ActivityKind,
    },
    /// How long it takes.
    Hours {
        /// Before.
        from: Hours,
        /// Now.
        to: Hours,
    },
    /// Its first day.
    Begins {
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// Its last day.
    Ends {
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// The goal it is for.
    Goal,
    /// What it is expected to show.
    Shows,
    /// The risk, or the way back.
    Stretch,
}

/// What a goal's wording says otherwise than the one before.
pub fn goal_changes(before: &Goal, now: &Goal) -> Vec<GoalChange> {
    let mut changes = Vec::new();
    if before.title != now.title {
        changes.push(GoalChange::Title {
            from: before.title.clone(),
        });
    }
    if before.why != now.why {
        changes.push(GoalChange::Why);
    }
    if before.by != now.by {
        changes.push(GoalChange::Day {
            from: before.by,
            to: now.by,
        });
    }
    let asked = |goal: &Goal, id: &CompetencyId| goal.asks.iter().find(|a| a.competency == *id).cloned();
    let ids = |goal: &Goal, keep: &dyn Fn(&CompetencyId) -> bool| -> Vec<CompetencyId> {
        let ids = goal.asks.iter().map(|a| &a.competency);
        ids.filter(|id| keep(id)).cloned().collect()
    };
    let lists = [
        (
            GoalChange::Asks as fn(Vec<CompetencyId>) -> GoalChange,
            ids(now, &|id| asked(before, id).is_none()),
        ),
        (
            GoalChange::AsksNoLonger,
            ids(before, &|id| asked(now, id).is_none()),
        ),
        (
            GoalChange::AsksOtherwise,
            ids(now, &|id| {
                let (then, now) = (asked(before, id), asked(now, id));
                then.is_some() && then != now
            }),
        ),
    ];
    for (change, ids) in lists {
        if !ids.is_empty() {
            changes.push(change(ids));
        }
    }
    if before.thing != now.thing {
        changes.push(GoalChange::Thing);
    }
    milestones(before, now, &mut changes);
    changes
}

fn milestones(before: &Goal, now: &Goal, changes: &mut Vec<GoalChange>) {
    for milestone in &now.milestones {
        let Some(then) = before.milestones.iter().find(|m| m.id == milestone.id) else {
            changes.push(GoalChange::MilestoneAdded(milestone.what.clone()));
            continue;
        };
        if then.what != milestone.what {
            changes.push(GoalChange::MilestoneReworded {
                from: then.what.clone(),
                to: milestone.what.clone(),
            });
        }
        if then.by != milestone.by {
            changes.push(GoalChange::MilestoneMoved {
                what: milestone.what.clone(),
                from: then.by,
                to: milestone.by,
            });
        }
        match (then.met_on, milestone.met_on) {
            (None, Some(_)) => changes.push(GoalChange::MilestoneMet(milestone.what.clone())),
            (Some(_), None) => changes.push(GoalChange::MilestoneOpen(milestone.what.clone())),
            _ => {}
        }
    }
    for gone in &before.milestones {
        if now.milestones.iter().all(|m| m.id != gone.id) {
            changes.push(GoalChange::MilestoneDropped(gone.what.clone()));
        }
    }
}

/// What the wording of something planned says otherwise than the one before.
pub fn planned_changes(before: &Planned, now: &Planned) -> Vec<PlannedChange> {
    let mut changes = Vec::new();
    if before.name != now.name {
        changes.push(PlannedChange::Name {
            from: before.name.clone(),
        });
    }
    if before.kind != now.kind {
        changes.push(PlannedChange::Kind {
            from: before.kind,
            to: now.kind,
        });
    }
    if before.hours != now.hours {
        changes.push(PlannedChange::Hours {
            from: before.hours,
            to: now.hours,
        });
    }
    if before.from != now.from {
        changes.push(PlannedChange::Begins {
            from: before.from,
            to: now.from,
        });
    }
    if before.until != now.until {
        changes.push(PlannedChange::Ends {
            from: before.until,
            to: now.until,
        });
    }
    let others = [
        (before.goal != now.goal, PlannedChange::Goal),
        (before.shows != now.shows, PlannedChange::Shows),
        (before.stretch != now.stretch, PlannedChange::Stretch),
    ];
    changes.extend(others.into_iter().filter(|(differs, _)| *differs).map(|(_, c)| c));
    changes
}

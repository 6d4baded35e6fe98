//! The plan: what one wants to reach, what one does for it, and what came of it.
//!
//! A plan is the person's and changes; every change is a correction that says why, and what was planned
//! before stays readable. What is planned is effort and no evidence: an activity that is done names what
//! happened, and only that is judged. Nothing here is counted in streaks, and a week without an entry is a
//! week without an entry.
//!
//! | file | question |
//! |---|---|
//! | `goal` | what do I want to reach, by when? |
//! | `activity` | what do I do for it? |
//! | `time` | when, and how often do I look back? |
//! | `chance` | what was offered, sought, taken, refused? |
//! | `setback` | what went wrong, and what do I think of it? |
//! | `moves`, `compare` | grow here, across, up, back, look around, move on? What would each do? |
//! | `state` | what stands of it, and am I on the way? |
//! | `coverage` | which of the eight areas and strategies does the quarter leave empty? |
//! | `weeks` | what was set aside, what was spent, what comes next? |
//! | `change` | what was it before I changed it? |
//! | `back` | what did I learn, what drew me on, what did I pass up? |
//! | `suggest` | what could each of the six moves be, for want of an idea? |
//! | `choice` | what could I do about the gap? |
//! | `dates` | what goes into a calendar? |

mod activity;
mod back;
mod chance;
mod change;
mod choice;
mod compare;
mod coverage;
mod dates;
mod goal;
mod moves;
mod setback;
mod state;
mod suggest;
mod time;
mod weeks;

use serde::{Deserialize, Serialize};

use crate::journal::{Fact, FactError};

pub use activity::{Planned, PlannedEnded, PlannedEnding, Stretch};
pub use back::{DriveOver, Foregone, Looked, LookedBack};
pub use chance::{Opportunity, OpportunityEnded, OpportunityEnding, OpportunityOrigin};
pub use change::{GoalChange, PlannedChange, goal_changes, planned_changes};
pub use choice::{Choice, Choices, choices};
pub use compare::{MoveEffect, effect};
pub use coverage::{Area, Coverage, Quarter, Strategy, Touched, of_kind};
pub use dates::{Dated, DatedWhat, dates};
pub use goal::{Goal, GoalEnded, GoalEnding, Milestone, ThingOf};
pub use moves::{CareerMove, MoveConsidered, MoveState};
pub use setback::{Drive, Reflection, Setback};
pub use state::{OnTrack, Plan, TimeKept, TrackState, WorkLeft};
pub use suggest::{Suggested, suggested};
pub use time::{Rhythm, TimeSetAside, TimeSpent};

/// What is said of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum PlanFact {
    /// Something to reach.
    Goal(Goal),
    /// A goal came to its end.
    GoalEnded(GoalEnded),
    /// Something to do.
    Planned(Planned),
    /// It was done, or will not be.
    PlannedEnded(PlannedEnded),
    /// Time set aside.
    SetAside(TimeSetAside),
    /// Time spent.
    Spent(TimeSpent),
    /// How often one looks back.
    Rhythm(Rhythm),
    /// A chance.
    Opportunity(Opportunity),
    /// What became of a chance.
    OpportunityEnded(OpportunityEnded),
    /// Something went wrong.
    Setback(Setback),
    /// A look back.
    Reflection(Reflection),
    /// A move that is considered.
    Move(MoveConsidered),
}

impl PlanFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Plan(Box::new(self))
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Goal(g) => g.check(),
            Self::GoalEnded(_) | Self::PlannedEnded(_) | Self::OpportunityEnded(_) => Ok(()),
            Self::Planned(p) => p.check(),
            Self::SetAside(t) => t.check(),
            Self::Spent(t) => t.check(),
            Self::Rhythm(r) => r.check(),
            Self::Opportunity(o) => o.check(),
            Self::Setback(s) => s.check(),
            Self::Reflection(r) => r.check(),
            Self::Move(m) => m.check(),
        }
    }
}

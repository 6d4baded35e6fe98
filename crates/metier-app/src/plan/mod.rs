//! The plan: goals with their milestones, what is planned for them, the route's steps taken into it, time
//! set aside and spent, and how all of it changed; the rhythm of looking back with what was learnt, chances,
//! and the moves that are considered.

mod activities;
mod back;
mod chances;
mod goals;
mod history;
mod moves;
mod rhythm;
mod steps;
mod time;

use jiff::Span;
use jiff::civil::Date;
use metier_core::framework::{Framework, Shows};
use metier_core::id::{EntryId, FamilyId};
use metier_core::journal::{Fact, Noted, view};
use metier_core::plan::{Goal, GoalEnded, OnTrack, Plan, PlanFact, Planned, PlannedEnded};
use metier_core::standing::Number;
use serde::Serialize;

use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;
use crate::standing::Sight;

pub use activities::EndPlanned;
pub use back::{looked_at, looked_mark, reflection_wordings, setback_wordings};
pub use chances::{ChanceSeen, EndChance, chance_seen, chance_wordings, chances};
pub use goals::{EndGoal, MilestoneDo};
pub use history::{PlanChange, Reworded, goal_wordings, plan_changes, planned_wordings};
pub use moves::{MoveSeen, MovesOf, move_wordings};
pub use rhythm::{CalendarEvent, CalendarMade, Titles};
pub(crate) use steps::in_plan;
pub use steps::{kind_of, planned_already, planned_step};

/// The most years from today that anybody plans ahead, or notes time of: a working life.
const YEARS_MOST: i16 = 60;

/// Whether the later of two days lies more years off than a working life has.
fn too_far(earlier: Date, later: Date) -> bool {
    later > earlier.saturating_add(Span::new().years(YEARS_MOST))
}

/// What to do with a day that has not come, where something is noted that was.
const WAS: &str = "Name the day on which it was, or none for today.";

/// A goal as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct GoalSeen<'a> {
    /// Its first entry.
    pub id: EntryId,
    /// In the wording that stands.
    pub goal: &'a Goal,
    /// Whether one is on the way, and why.
    pub track: OnTrack,
    /// How it ended, and when; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended<'a, GoalEnded>>,
    /// What is planned for it and open.
    pub planned: Vec<EntryId>,
}

/// Something planned as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct PlannedSeen<'a> {
    /// Its first entry.
    pub id: EntryId,
    /// In the wording that stands.
    pub planned: &'a Planned,
    /// Hours spent on it.
    pub spent: Number,
    /// How it ended, and when; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended<'a, PlannedEnded>>,
}

/// How something ended.
#[derive(Debug, Serialize)]
pub struct Ended<'a, T> {
    /// The entry that says so: taking it back opens it again.
    pub entry: EntryId,
    /// On which day.
    pub on: Date,
    /// How.
    #[serde(flatten)]
    pub how: &'a T,
}

// By hand: a reference can be copied whatever it points to.
impl<T> Clone for Ended<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ended<'_, T> {}

impl<'a, T> Ended<'a, T> {
    fn of(noted: Noted<'a, T>) -> Self {
        Self {
            entry: noted.id,
            on: noted.on,
            how: noted.what,
        }
    }
}

impl GoalSeen<'_> {
    /// A short name for how it stands: what is done with a form drawn from it is refused when it changed.
    pub fn mark(&self) -> String {
        stands_as(&(self.goal, self.ended.map(|e| e.entry)))
    }
}

impl PlannedSeen<'_> {
    /// A short name for how it stands: what is done with a form drawn from it is refused when it changed.
    pub fn mark(&self) -> String {
        stands_as(&(self.planned, self.ended.map(|e| e.entry)))
    }
}

impl Sight {
    /// The plan that stands.
    pub fn plan(&self) -> Plan<'_> {
        Plan::of(&view(&self.entries, self.standing.known_at))
    }

    /// A goal of the plan.
    ///
    /// # Errors
    /// When none goes by this entry.
    pub fn goal<'p>(&self, plan: &Plan<'p>, id: EntryId) -> Result<GoalSeen<'p>, AppError> {
        let noted = plan.goals.iter().find(|g| g.id == id);
        let noted = noted.ok_or_else(|| {
            AppError::not_found(format!("no goal goes by {id}"))
                .hint("`metier goal list` and the page Plan show those there are.")
        })?;
        Ok(self.goal_seen(plan, noted))
    }

    /// The goals of the plan: open ones by their day, then those that ended, latest first.
    pub fn goals<'p>(&self, plan: &Plan<'p>) -> Vec<GoalSeen<'p>> {
        let mut seen: Vec<GoalSeen<'p>> = plan.goals.iter().map(|g| self.goal_seen(plan, g)).collect();
        seen.sort_by_key(|g| {
            let ended = g.ended.map(|e| std::cmp::Reverse(e.on));
            (ended.is_some(), ended, g.goal.by.is_none(), g.goal.by, g.id)
        });
        seen
    }

    fn goal_seen<'p>(&self, plan: &Plan<'p>, noted: &Noted<'p, Goal>) -> GoalSeen<'p> {
        let mine = plan.open_planned().filter(|p| p.what.goal == Some(noted.id));
        GoalSeen {
            id: noted.id,
            goal: noted.what,
            track: plan.on_track(noted, &self.standing, self.standing.at),
            ended: plan.goal_ended(noted.id).map(Ended::of),
            planned: mine.map(|p| p.id).collect(),
        }
    }
}

/// Something planned.
///
/// # Errors
/// When nothing goes by this entry.
pub fn planned_seen<'p>(plan: &Plan<'p>, id: EntryId) -> Result<PlannedSeen<'p>, AppError> {
    let noted = plan.planned.iter().find(|p| p.id == id);
    let noted = noted.ok_or_else(|| {
        AppError::not_found(format!("nothing planned goes by {id}"))
            .hint("`metier plan list` and the page Plan show what there is.")
    })?;
    Ok(seen_of(plan, noted))
}

/// What is planned: what is open in the order it comes, then what is done or dropped, latest first.
pub fn all_planned<'p>(plan: &Plan<'p>, today: Date) -> Vec<PlannedSeen<'p>> {
    let mut ended: Vec<PlannedSeen<'p>> = plan
        .planned
        .iter()
        .map(|p| seen_of(plan, p))
        .filter(|p| p.ended.is_some())
        .collect();
    ended.sort_by_key(|p| std::cmp::Reverse(p.ended.map(|e| (e.on, e.entry))));
    let open = plan.upcoming(today);
    open.iter().map(|p| seen_of(plan, p)).chain(ended).collect()
}

fn seen_of<'p>(plan: &Plan<'p>, noted: &Noted<'p, Planned>) -> PlannedSeen<'p> {
    PlannedSeen {
        id: noted.id,
        planned: noted.what,
        spent: plan.spent_on(noted.id),
        ended: plan.planned_ended(noted.id).map(Ended::of),
    }
}

/// The goal that a fact words.
fn goal_of(fact: &Fact) -> Option<&Goal> {
    match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Goal(goal) => Some(goal),
            _ => None,
        },
        _ => None,
    }
}

/// What is planned by a fact.
fn planned_of(fact: &Fact) -> Option<&Planned> {
    match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Planned(planned) => Some(planned),
            _ => None,
        },
        _ => None,
    }
}

/// The criteria of a family: those aimed at, or else the last that were published here.
fn criteria<'l>(life: &'l Life, family: &FamilyId) -> Result<&'l Framework, AppError> {
    Ok(match life.current().filter(|v| v.framework.family == *family) {
        Some(version) => &version.framework,
        None => &life.criteria_of(family)?.framework,
    })
}

/// Refuses a competency or a step that a family does not have.
fn shows_there(life: &Life, family: &FamilyId, shows: &[Shows]) -> Result<(), AppError> {
    let framework = criteria(life, family)?;
    let known =
        |s: &&Shows| framework.competency(&s.competency).is_some() && framework.rung(&s.rung).is_some();
    match shows.iter().find(|s| !known(s)) {
        Some(wrong) => Err(AppError::not_found(format!(
            "{} has no step `{}` of `{}`",
            framework.title, wrong.rung, wrong.competency
        ))
        .hint("`metier framework show` lists its competencies and steps.")),
        None => Ok(()),
    }
}

/// A reason for a change: "why did you change it?" is asked and has an answer.
fn because(reason: &str) -> Result<String, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::input("it is not said why")
            .hint("Say in a sentence why it changes; what was planned before stays readable."));
    }
    Ok(reason.to_owned())
}

#[cfg(test)]
mod tests;

impl Metier {
    /// Takes back every end of something that stands, so that it is open: all of them or none.
    async fn open_again(&self, thing: EntryId, reason: &str) -> Result<(), AppError> {
        let (entries, _) = self.read().await?;
        let ends = Plan::of(&view(&entries, self.surroundings.now())).ends_of(thing);
        if ends.is_empty() {
            return Err(AppError::not_ready("it is open"));
        }
        self.withdraw_all(&ends, reason).await.map(drop)
    }
}

//! The plan as it stands: goals, what is planned, and whether one is on the way.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Goal, GoalEnded, MoveConsidered, Opportunity, OpportunityEnded, PlanFact, Planned, PlannedEnded,
    Reflection, Rhythm, Setback, TimeSetAside, TimeSpent,
};
use crate::framework::Weight;
use crate::id::{CompetencyId, EntryId, ThingId};
use crate::journal::{Fact, Noted, View};
use crate::standing::{Number, Standing};

/// Everything of the plan that stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan<'a> {
    /// Goals, in the order they were last worded.
    pub goals: Vec<Noted<'a, Goal>>,
    /// What is planned, in the order it was last worded.
    pub planned: Vec<Noted<'a, Planned>>,
    /// Time set aside, by its first day.
    pub set_aside: Vec<Noted<'a, TimeSetAside>>,
    /// Time spent, by day.
    pub spent: Vec<Noted<'a, TimeSpent>>,
    /// How often one looks back, by its first day.
    pub rhythms: Vec<Noted<'a, Rhythm>>,
    /// Chances.
    pub opportunities: Vec<Noted<'a, Opportunity>>,
    /// Setbacks, by day.
    pub setbacks: Vec<Noted<'a, Setback>>,
    /// Reflections, by day.
    pub reflections: Vec<Noted<'a, Reflection>>,
    /// Moves considered.
    pub moves: Vec<Noted<'a, MoveConsidered>>,
    goals_ended: HashMap<EntryId, Noted<'a, GoalEnded>>,
    planned_ended: HashMap<EntryId, Noted<'a, PlannedEnded>>,
    opportunities_ended: HashMap<EntryId, Noted<'a, OpportunityEnded>>,
    ends: Vec<(EntryId, EntryId)>,
}

impl<'a> Plan<'a> {
    /// What stands of it.
    pub fn of(view: &View<'a>) -> Self {
        macro_rules! noted {
            ($sort:ident) => {
                view.noted(|fact: &'a Fact| match fact {
                    Fact::Plan(said) => match &**said {
                        PlanFact::$sort(what) => Some(what),
                        _ => None,
                    },
                    _ => None,
                })
            };
        }
        // The last one said holds: how a thing ended can be said again.
        let mut plan = Self {
            goals: noted!(Goal),
            planned: noted!(Planned),
            set_aside: noted!(SetAside),
            spent: noted!(Spent),
            rhythms: noted!(Rhythm),
            opportunities: noted!(Opportunity),
            setbacks: noted!(Setback),
            reflections: noted!(Reflection),
            moves: noted!(Move),
            goals_ended: noted!(GoalEnded).into_iter().map(|e| (e.what.goal, e)).collect(),
            planned_ended: noted!(PlannedEnded)
                .into_iter()
                .map(|e| (e.what.planned, e))
                .collect(),
            opportunities_ended: noted!(OpportunityEnded)
                .into_iter()
                .map(|e| (e.what.opportunity, e))
                .collect(),
            ends: view
                .facts
                .iter()
                .filter_map(|f| Some((end_of(f.fact())?, f.root)))
                .collect(),
        };
        plan.set_aside.sort_by_key(|t| (t.what.from, t.recorded_at));
        plan.rhythms.sort_by_key(|r| (r.what.from, r.recorded_at));
        plan.spent.sort_by_key(|t| (t.on, t.recorded_at));
        plan.setbacks.sort_by_key(|s| (s.on, s.recorded_at));
        plan.reflections.sort_by_key(|r| (r.on, r.recorded_at));
        plan
    }

    /// How a goal ended; `None` while it is open.
    pub fn goal_ended(&self, goal: EntryId) -> Option<Noted<'a, GoalEnded>> {
        self.goals_ended.get(&goal).copied()
    }

    /// How something planned ended; `None` while it is open.
    pub fn planned_ended(&self, planned: EntryId) -> Option<Noted<'a, PlannedEnded>> {
        self.planned_ended.get(&planned).copied()
    }

    /// What became of a chance; `None` while it is open.
    pub fn opportunity_ended(&self, opportunity: EntryId) -> Option<Noted<'a, OpportunityEnded>> {
        self.opportunities_ended.get(&opportunity).copied()
    }

    /// Every end of something that stands: more than one where it was ended on two devices.
    pub fn ends_of(&self, thing: EntryId) -> Vec<EntryId> {
        let of_it = self.ends.iter().filter(|(of, _)| *of == thing);
        of_it.map(|(_, end)| *end).collect()
    }

    /// Goals that are open.
    pub fn open_goals(&self) -> impl Iterator<Item = &Noted<'a, Goal>> {
        self.goals.iter().filter(|g| self.goal_ended(g.id).is_none())
    }

    /// What is planned and open.
    pub fn open_planned(&self) -> impl Iterator<Item = &Noted<'a, Planned>> {
        self.planned.iter().filter(|p| self.planned_ended(p.id).is_none())
    }

    /// What is planned and open and expected to show a competency.
    pub fn towards<'s>(
        &'s self,
        competency: &'s CompetencyId,
    ) -> impl Iterator<Item = &'s Noted<'a, Planned>> {
        self.open_planned()
            .filter(move |p| p.what.shows.iter().any(|s| s.competency == *competency))
    }

    /// Hours a week set aside on a day; `None` when nothing was ever said for it.
    pub fn hours_a_week(&self, on: Date) -> Option<f64> {
        let said = self.set_aside.iter().rev().find(|t| t.what.from <= on)?;
        Some(said.what.hours_a_week)
    }

    /// The rhythm of looking back on a day.
    pub fn rhythm(&self, on: Date) -> Option<&'a Rhythm> {
        Some(self.rhythms.iter().rev().find(|r| r.what.from <= on)?.what)
    }

    /// Hours set aside and hours spent, from one day to another, both included.
    pub fn time(&self, from: Date, until: Date) -> TimeKept {
        let mut planned = 0.0;
        let mut day = from;
        while day <= until {
            planned += self.hours_a_week(day).unwrap_or(0.0) / 7.0;
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        let spent = self
            .spent
            .iter()
            .filter(|t| from <= t.on && t.on <= until)
            .fold(0.0, |sum, t| sum + t.what.hours);
        TimeKept {
            from,
            until,
            planned: Number::new(planned),
            spent: Number::new(spent),
        }
    }

    /// Whether one is on the way to a goal.
    pub fn on_track(&self, goal: &Noted<'a, Goal>, standing: &Standing, today: Date) -> OnTrack {
        let asks = goal
            .what
            .asks
            .iter()
            .filter(|a| a.weight != Weight::NotApplicable);
        let family = goal.what.family.as_ref() == Some(&standing.family);
        let open: Vec<CompetencyId> = asks
            .filter(|asked| !(family && proven(standing, asked)))
            .map(|asked| asked.competency.clone())
            .collect();
        let late: Vec<ThingId> = goal
            .what
            .milestones
            .iter()
            .filter(|m| m.met_on.is_none() && m.by.is_some_and(|by| by < today))
            .map(|m| m.id.clone())
            .collect();
        let waiting = goal.what.milestones.iter().any(|m| m.met_on.is_none());
        let work = self.work(goal, today);
        let state = if self.goal_ended(goal.id).is_some() {
            TrackState::Ended
        } else if open.is_empty()
            && !waiting
            && !(goal.what.asks.is_empty() && goal.what.milestones.is_empty())
        {
            TrackState::AllThere
        } else if goal.what.by.is_some_and(|by| by < today) {
            TrackState::PastItsDay
        } else if !late.is_empty() {
            TrackState::MilestoneLate
        } else {
            match (goal.what.by, &work) {
                (None, _) => TrackState::NoDay,
                (Some(_), Some(work)) if work.short.get() > 0.0 => TrackState::MoreWorkThanTime,
                (Some(_), _) if !self.begun(goal) => TrackState::NotBegun,
                (Some(_), _) => TrackState::OnTrack,
            }
        };
        OnTrack {
            state,
            open,
            late,
            work,
        }
    }

    /// Something was planned for it, or a milestone of it met.
    fn begun(&self, goal: &Noted<'a, Goal>) -> bool {
        goal.what.milestones.iter().any(|m| m.met_on.is_some())
            || self.planned.iter().any(|p| p.what.goal == Some(goal.id))
    }

    /// Likely hours still planned for a goal, against the time set aside until its day.
    fn work(&self, goal: &Noted<'a, Goal>, today: Date) -> Option<WorkLeft> {
        let by = goal.what.by.filter(|by| *by >= today)?;
        let mine: HashSet<EntryId> = self
            .open_planned()
            .filter(|p| p.what.goal == Some(goal.id))
            .map(|p| p.id)
            .collect();
        if mine.is_empty() || self.hours_a_week(today).is_none() {
            return None;
        }
        let done = |planned: &EntryId| {
            let of = self.spent.iter().filter(|t| t.what.planned == Some(*planned));
            of.fold(0.0, |sum, t| sum + t.what.hours)
        };
        let left = self
            .open_planned()
            .filter(|p| mine.contains(&p.id))
            .fold(0.0, |sum, p| sum + (p.what.hours.likely - done(&p.id)).max(0.0));
        let time = self.time(today, by).planned.get();
        Some(WorkLeft {
            hours: Number::new(left),
            time: Number::new(time),
            short: Number::new((left - time).max(0.0)),
        })
    }
}

/// What a fact is the end of.
pub(super) fn end_of(fact: &Fact) -> Option<EntryId> {
    let Fact::Plan(said) = fact else { return None };
    match &**said {
        PlanFact::GoalEnded(ended) => Some(ended.goal),
        PlanFact::PlannedEnded(ended) => Some(ended.planned),
        PlanFact::OpportunityEnded(ended) => Some(ended.opportunity),
        _ => None,
    }
}

fn proven(standing: &Standing, asked: &crate::framework::Expectation) -> bool {
    let rung = standing
        .competency(&asked.competency)
        .and_then(|c| c.rung(&asked.rung));
    rung.is_some_and(|r| r.state.proven())
}

/// Time set aside and time spent. The difference is said and never counted against anybody.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TimeKept {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Hours set aside.
    pub planned: Number,
    /// Hours spent.
    pub spent: Number,
}

/// Whether one is on the way to a goal, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnTrack {
    /// The answer.
    pub state: TrackState,
    /// Competencies it takes and that are not proven yet.
    pub open: Vec<CompetencyId>,
    /// Milestones past their day.
    pub late: Vec<ThingId>,
    /// The work left against the time; absent where there is no day, nothing planned, or no time set aside.
    pub work: Option<WorkLeft>,
}

/// Whether one is on the way. The first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackState {
    /// It came to its end.
    Ended,
    /// Everything it takes is there: it can be called reached.
    AllThere,
    /// Its day is over.
    PastItsDay,
    /// A milestone is past its day.
    MilestoneLate,
    /// It has no day, so there is nothing to be late for.
    NoDay,
    /// What is planned for it takes longer than the time set aside until its day.
    MoreWorkThanTime,
    /// Nothing is planned for it and no milestone met.
    NotBegun,
    /// On the way.
    OnTrack,
}

/// The work left for a goal, against the time set aside.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WorkLeft {
    /// Likely hours of what is planned, less what was spent on it.
    pub hours: Number,
    /// Hours set aside until its day.
    pub time: Number,
    /// How many hours too few; nought: enough.
    pub short: Number,
}

//! The route: the least work that closes everything the target requires, in which order, and why.
//!
//! Steps come from the same source as the one next step: the framework's activities, and what the ladder
//! itself asks for (so many more clean attempts, a file to attach, somebody to ask), so that every framework
//! has routes, a draft without activities too. [`metier_measure::route`] finds the set that costs the fewest
//! likely hours, with proof; this module says what it means. Hours are estimates and the person's to change,
//! and that an activity shows what it says is an assumption: [`Route::notes`] say so where it applies.
//!
//! | file | question |
//! |---|---|
//! | `question` | what is to be closed, by which steps? |
//! | `answer` | which steps, in which order, with which ranges? |
//! | `other` | what else would do? |

mod answer;
mod other;
mod question;

use std::collections::BTreeMap;

use metier_measure::MeasureError;
use metier_measure::route::Planner;
use serde::Serialize;

use crate::framework::{Framework, Hours};
use crate::id::{ActivityId, CompetencyId, CredentialId, RungId};
use crate::next_step::{Closes, Doing};
use crate::standing::{Number, Standing};
use crate::target::TargetOf;

use question::Question;

/// How much work may go into a route, in elementary steps. Counted and not timed, so that the same question has
/// the same answer everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// For the best route.
    best: u64,
    /// For each question about what else would do.
    question: u64,
}

impl Effort {
    /// Well under a second, and proof for nearly every target.
    pub const THOROUGH: Self = Self {
        best: 1_000_000_000,
        question: 50_000_000,
    };
    /// A few hundredths of a second: for a page that is looked at between two others. What it finds may lack
    /// proof, and says so.
    pub const QUICK: Self = Self {
        best: 20_000_000,
        question: 1_000_000,
    };
}

/// Hours a week that can be planned with.
pub const HOURS_A_WEEK: std::ops::RangeInclusive<f64> = 0.25..=168.0;

/// How a route is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Hours a week, within [`HOURS_A_WEEK`].
    pub hours_a_week: f64,
    /// The person's own estimates, in place of the framework's.
    pub hours: BTreeMap<ActivityId, Hours>,
    /// How much of the possible each range holds, between 0 and 1.
    pub range: f64,
}

/// A way to the target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Route {
    /// To which target.
    #[serde(flatten)]
    pub of: TargetOf,
    /// What it is called.
    pub name: String,
    /// What to do, one after another; empty when nothing that is required is missing.
    pub steps: Vec<RouteStep>,
    /// The likely hours of all steps.
    pub likely: Number,
    /// The range of that.
    pub hours: Range,
    /// Likely hours of the longest chain of steps that wait for one another: no help makes it shorter.
    pub longest: Number,
    /// The range of that.
    pub longest_range: Range,
    /// Hours a week it is planned with.
    pub hours_a_week: Number,
    /// Weeks at that many hours a week, one step after another.
    pub weeks: u32,
    /// Weeks if all goes well and if all drags, by the wider range of hours.
    pub weeks_range: (u32, u32),
    /// True when no route takes fewer likely hours.
    pub proven: bool,
    /// No route takes fewer likely hours than this.
    pub least: Number,
    /// The best route that leaves at least one whole step of this one out; absent: there is none.
    pub runner_up: Option<Alternative>,
    /// Activities of other routes, and what it would take for each to be chosen.
    pub cheaper: Vec<Cheaper>,
    /// When each rung is closed, earliest first.
    pub milestones: Vec<Milestone>,
    /// Steps that wait for nothing, by their place.
    pub ready: Vec<usize>,
    /// What is required and cannot be reached by any step.
    pub unreached: Vec<Unreached>,
    /// Credentials the target requires and that are missing; how long they take is not known.
    pub credentials: Vec<CredentialId>,
    /// What the answer rests on.
    pub notes: Vec<Note>,
}

/// One step of a route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RouteStep {
    /// What to do.
    pub what: Doing,
    /// How long it takes.
    pub hours: Estimate,
    /// Hours of work after which it begins, one step after another.
    pub from: Number,
    /// Hours of work after which it is finished.
    pub to: Number,
    /// The week in which it begins, from 1 on.
    pub first_week: u32,
    /// The week in which it is finished.
    pub last_week: u32,
    /// The rungs that are closed with it.
    pub closes: Vec<Closes>,
    /// The rungs it adds to and that later steps close.
    pub helps: Vec<Closes>,
    /// The steps it waits for, by their place.
    pub after: Vec<usize>,
    /// True when it is there only because others wait for it.
    pub forced: bool,
    /// True when it is on the longest chain.
    pub on_longest: bool,
    /// How many more hours the best route without it takes; absent: there is no route without it.
    pub without: Option<Number>,
}

/// Three estimates, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// If all goes well.
    pub low: Number,
    /// Most likely.
    pub likely: Number,
    /// If it drags.
    pub high: Number,
}

/// A range of hours.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Range {
    /// The least there can be.
    pub least: Number,
    /// The most there can be.
    pub most: Number,
    /// The mean.
    pub mean: Number,
    /// The range if good and bad luck of the steps cancel out.
    pub independent: (Number, Number),
    /// The range if all go well or all drag together.
    pub together: (Number, Number),
}

/// Another route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// Its likely hours.
    pub likely: Number,
    /// How many more that is.
    pub more: Number,
    /// True when no other route that leaves out a step takes fewer.
    pub proven: bool,
    /// Steps of the first route that it does without.
    pub leaves_out: Vec<Doing>,
    /// Steps it takes instead.
    pub takes: Vec<Doing>,
}

/// A step that is not chosen, and what would change that.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cheaper {
    /// The step.
    pub what: Doing,
    /// Its likely hours.
    pub likely: Number,
    /// It would have to take so many hours less; absent: it is not chosen even if it takes none.
    pub by: Option<Number>,
    /// True when that is exact; else it is at least so many.
    pub proven: bool,
}

/// A rung closed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Milestone {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
    /// With which step, by its place.
    pub step: usize,
    /// After so many hours of work.
    pub hours: Number,
    /// In which week.
    pub week: u32,
    /// True when nothing is then missing of the competency.
    pub completes: bool,
}

/// Something required that no step reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unreached {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
    /// Steps that would show it and cannot be taken; none: no step shows it, or not enough.
    pub waits: Vec<Doing>,
    /// True when these wait, in the end, for themselves.
    pub circle: bool,
}

/// What a route rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// That an activity shows what it says is an assumption.
    ActivitiesShow,
    /// How long some steps take is no framework's estimate but this program's.
    OwnHours,
    /// The work allowed did not suffice to prove that no route is better.
    NotProven,
}

/// The route from where the person stands to the target of the standing; `None` without a target.
///
/// # Errors
/// When `asked` holds a number outside its domain, or the target asks for more than can be planned with
/// (thousands of missing things).
pub fn route(
    standing: &Standing,
    framework: &Framework,
    asked: &Asked,
) -> Result<Option<Route>, MeasureError> {
    route_within(standing, framework, asked, Effort::THOROUGH)
}

/// The same with no more than so much work.
///
/// # Errors
/// As [`route`].
pub fn route_within(
    standing: &Standing,
    framework: &Framework,
    asked: &Asked,
    effort: Effort,
) -> Result<Option<Route>, MeasureError> {
    let Some(target) = &standing.target else {
        return Ok(None);
    };
    if !HOURS_A_WEEK.contains(&asked.hours_a_week) {
        return Err(MeasureError::OutOfDomain {
            name: "hours a week",
            value: asked.hours_a_week,
            allowed: "from a quarter to 168",
        });
    }
    let mut question = Question::of(standing, framework, &asked.hours)?;
    let reach = Planner::new(&question.problem)?.reach();
    let unreached = question.unreached(&reach);
    question.problem.targets.retain(|target| reach.goals[*target]);
    let mut planner = Planner::new(&question.problem)?;
    // What cannot be reached is no longer asked for, so that there is a route to the rest.
    let Some(best) = planner.best(effort.best) else {
        return Err(MeasureError::NotEstimable {
            quantity: "a route",
            because: "no set of steps reaches what can be reached",
        });
    };
    let chosen = question.steps(&best.actions);
    let others = other::others(&question, &mut planner, &best, &chosen, effort);
    let mut route = answer::answer(target, &question, &chosen, asked)?;
    route.credentials.clone_from(&target.credentials);
    route.unreached = unreached;
    route.proven = best.proven;
    route.least = Number::new(best.least);
    if !best.proven {
        route.notes.push(Note::NotProven);
    }
    others.tell(&mut route);
    Ok(Some(route))
}

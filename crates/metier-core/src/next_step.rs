//! The one next step: what changes most for least.
//!
//! Candidates come from the ladder itself (so many more clean attempts, a file to attach, somebody to
//! ask) and from the framework's activities. Each is worth the required things it would close, and
//! costs hours; the best is the one with the most worth an hour. Hours are estimates and the person's
//! to change, and that an activity shows what it says is an assumption; both are said where the step
//! is shown.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::framework::{ActivityKind, Framework, Weight};
use crate::id::{ActivityId, CompetencyId, EntryId, RungId};
use crate::standing::{Missing, MissingAt, Number, Standing, State};
use crate::steps::{Open, WRITE_DOWN, first, shown};

/// Hours every step costs on top of its own: starting is not free.
const START: f64 = 0.25;
/// How many other good steps are named.
const OTHERS: usize = 4;

/// Something to do next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What to do.
    pub what: Doing,
    /// Estimated hours.
    pub hours: Number,
    /// The rungs it is expected to close.
    pub closes: Vec<Closes>,
    /// What those are worth: 1 for each required thing, less for weighted ones, more where it
    /// completes what the target asks of a competency.
    pub worth: Number,
}

/// A rung of a competency that a step closes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Closes {
    /// Which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
    /// True when this is the last thing the target asks of the competency.
    pub completes: bool,
}

/// Sorts of steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Doing {
    /// Something missing, done as such.
    Close {
        /// On which competency.
        competency: CompetencyId,
        /// What.
        at: MissingAt,
    },
    /// An activity of the framework.
    Activity {
        /// Which.
        activity: ActivityId,
        /// Its kind.
        kind: ActivityKind,
        /// What it is called.
        name: String,
    },
    /// Write down one thing that already happened: nothing is known here.
    Tell {
        /// On which competency.
        competency: CompetencyId,
    },
}

/// The best next step and the runners-up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Next {
    /// The one.
    pub step: Step,
    /// The next best, best first.
    pub others: Vec<Step>,
}

/// The one next step towards the target of a standing; `None` when nothing is missing, or there is no
/// target.
pub fn next(standing: &Standing, framework: &Framework) -> Option<Next> {
    let open = Open::all(standing);
    let mut todo: Vec<Step> = open.iter().flat_map(|o| steps(o, framework)).collect();
    todo.extend(framework.activities.iter().filter_map(|activity| {
        if !first(activity, framework, &open).is_empty() {
            return None;
        }
        let gains = shown(activity, &open)
            .into_iter()
            .map(|(open, rung)| gain(open, rung))
            .collect();
        step(
            Doing::Activity {
                activity: activity.id.clone(),
                kind: activity.kind,
                name: activity.name.clone(),
            },
            activity.hours.likely,
            gains,
        )
    }));
    todo.sort_by(|a, b| rate(b).total_cmp(&rate(a)));
    let mut todo = distinct(todo).into_iter();
    let step = todo.next()?;
    Some(Next {
        step,
        others: todo.take(OTHERS).collect(),
    })
}

/// Worth an hour.
fn rate(step: &Step) -> f64 {
    step.worth.get() / (step.hours.get() + START)
}

/// Drops later steps that close nothing an earlier, better one does not close.
fn distinct(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        let closes: BTreeSet<&Closes> = step.closes.iter().collect();
        let covered = kept.iter().any(|k| {
            let earlier: BTreeSet<&Closes> = k.closes.iter().collect();
            !closes.is_empty() && closes.is_subset(&earlier)
        });
        if !covered {
            kept.push(step);
        }
    }
    kept
}

/// What closing one rung is worth.
struct Gain {
    closes: Closes,
    worth: f64,
}

/// How much a competency counts.
fn weight(open: &Open<'_>) -> f64 {
    match open.weight {
        Weight::Weighted(weight) => f64::from(weight) / 10.0,
        Weight::Required | Weight::NotApplicable => 1.0,
    }
}

fn gain(open: &Open<'_>, rung: &RungId) -> Gain {
    let here = open.missing.iter().filter(|m| m.rung == *rung).count();
    let completes = here == open.missing.len();
    let closes = Closes {
        competency: open.competency.competency.clone(),
        rung: rung.clone(),
        completes,
    };
    // Half as much again for what is likely anyway: it turns a belief into an answer.
    let likely = open
        .competency
        .rung(rung)
        .is_some_and(|r| r.state == State::Likely);
    let worth = weight(open) * (1.0 + f64::from(completes) + 0.5 * f64::from(likely));
    Gain { closes, worth }
}

/// What can be done about each missing thing as such.
fn steps(open: &Open<'_>, framework: &Framework) -> Vec<Step> {
    let id = &open.competency.competency;
    if open.competency.blank() {
        let tell = |at: &MissingAt| {
            step(
                Doing::Tell {
                    competency: id.clone(),
                },
                WRITE_DOWN,
                vec![Gain {
                    // One example tells something; it does not settle what is asked for.
                    closes: Closes {
                        competency: id.clone(),
                        rung: at.rung.clone(),
                        completes: false,
                    },
                    worth: weight(open) / 2.0,
                }],
            )
        };
        return open.missing.first().and_then(tell).into_iter().collect();
    }
    open.missing
        .iter()
        .filter_map(|at| {
            let mut gain = gain(open, &at.rung);
            // One of several things missing at a rung closes its share of it.
            let here = open.missing.iter().filter(|m| m.rung == at.rung).count();
            gain.worth /= here.max(1) as f64;
            step(
                Doing::Close {
                    competency: id.clone(),
                    at: at.clone(),
                },
                open.hours(&at.what, framework),
                vec![gain],
            )
        })
        .collect()
}

fn worth_of(gains: &[Gain]) -> f64 {
    gains.iter().map(|g| g.worth).sum()
}

fn step(what: Doing, hours: f64, gains: Vec<Gain>) -> Option<Step> {
    let worth = worth_of(&gains);
    (worth > 0.0).then(|| Step {
        what,
        hours: Number::new(hours),
        worth: Number::new(worth),
        closes: gains.into_iter().map(|g| g.closes).collect(),
    })
}

impl Doing {
    /// The evidence a step is about, when it is about some that is already there.
    pub fn evidence(&self) -> Option<EntryId> {
        match self {
            Self::Close { at, .. } => match &at.what {
                Missing::Backing { evidence, .. } | Missing::Renewal { evidence } => Some(*evidence),
                Missing::LearnerUnaided { evidence } => *evidence,
                _ => None,
            },
            Self::Activity { .. } | Self::Tell { .. } => None,
        }
    }
}

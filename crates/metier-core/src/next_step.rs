//! The one next step: what changes most for least.
//!
//! Candidates come from the ladder itself (so many more clean attempts, a file to attach, somebody to
//! ask) and from the framework's activities. Each is worth the required things it would close, and
//! costs hours; the best is the one with the most worth an hour. Hours are estimates and the person's
//! to change, and that an activity shows what it says is an assumption; both are said where the step
//! is shown.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::framework::{ActivityKind, EvidenceKind, Framework, Weight};
use crate::id::{ActivityId, CompetencyId, EntryId, RungId};
use crate::standing::{CompetencyStanding, Missing, MissingAt, Number, Standing, State, Verdict};

/// Hours for asking somebody something.
const ASK: f64 = 0.25;
/// Hours for attaching a file or writing down what already happened.
const WRITE_DOWN: f64 = 0.25;
/// Minutes of one checkable step where the framework gives none.
const STEP_MINUTES: u32 = 30;
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
    let open: Vec<Open<'_>> = standing.competencies.iter().filter_map(Open::of).collect();
    let mut steps: Vec<Step> = open.iter().flat_map(|o| o.steps(framework)).collect();
    steps.extend(framework.activities.iter().filter_map(|activity| {
        let done = |id: &ActivityId| id == &activity.id;
        let waits = activity.needs.iter().any(|need| {
            !done(need)
                && framework
                    .activities
                    .iter()
                    .any(|a| a.id == *need && worth_of(&closes_of(&a.shows, &open)) > 0.0)
        });
        if waits {
            return None;
        }
        let closes = closes_of(&activity.shows, &open);
        step(
            Doing::Activity {
                activity: activity.id.clone(),
                kind: activity.kind,
                name: activity.name.clone(),
            },
            activity.hours.likely,
            closes,
        )
    }));
    steps.sort_by(|a, b| rate(b).total_cmp(&rate(a)));
    let mut steps = distinct(steps).into_iter();
    let step = steps.next()?;
    Some(Next {
        step,
        others: steps.take(OTHERS).collect(),
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

/// A competency that the target asks for and is not met.
struct Open<'a> {
    competency: &'a CompetencyStanding,
    missing: &'a [MissingAt],
    weight: f64,
}

/// What closing one rung is worth.
struct Gain {
    closes: Closes,
    worth: f64,
}

impl<'a> Open<'a> {
    fn of(competency: &'a CompetencyStanding) -> Option<Self> {
        let missing = match &competency.verdict {
            Verdict::NotYet { missing } | Verdict::CannotTell { missing, .. } => missing,
            Verdict::Yes | Verdict::NotAsked => return None,
        };
        let weight = match competency.expected.as_ref()?.weight {
            Weight::Required => 1.0,
            Weight::Weighted(weight) => f64::from(weight) / 10.0,
            Weight::NotApplicable => return None,
        };
        Some(Self {
            competency,
            missing,
            weight,
        })
    }

    fn gain(&self, rung: &RungId) -> Gain {
        let here = self.missing.iter().filter(|m| m.rung == *rung).count();
        let completes = here == self.missing.len();
        let closes = Closes {
            competency: self.competency.competency.clone(),
            rung: rung.clone(),
            completes,
        };
        // Half as much again for what is likely anyway: it turns a belief into an answer.
        let likely = self
            .competency
            .rung(rung)
            .is_some_and(|r| r.state == State::Likely);
        let worth = self.weight * (1.0 + f64::from(completes) + 0.5 * f64::from(likely));
        Gain { closes, worth }
    }

    /// What can be done about each missing thing as such.
    fn steps(&self, framework: &Framework) -> Vec<Step> {
        let id = &self.competency.competency;
        if self.competency.blank() {
            let tell = Doing::Tell {
                competency: id.clone(),
            };
            return self
                .missing
                .first()
                .and_then(|at| {
                    step(
                        tell,
                        WRITE_DOWN,
                        vec![Gain {
                            // One example tells something; it does not settle what is asked for.
                            closes: Closes {
                                competency: id.clone(),
                                rung: at.rung.clone(),
                                completes: false,
                            },
                            worth: self.weight / 2.0,
                        }],
                    )
                })
                .into_iter()
                .collect();
        }
        self.missing
            .iter()
            .filter_map(|at| {
                let minutes = framework
                    .competency(id)
                    .and_then(|c| c.minutes)
                    .unwrap_or(STEP_MINUTES);
                let mut gain = self.gain(&at.rung);
                // One of several things missing at a rung closes its share of it.
                let here = self.missing.iter().filter(|m| m.rung == at.rung).count();
                gain.worth /= here.max(1) as f64;
                step(
                    Doing::Close {
                        competency: id.clone(),
                        at: at.clone(),
                    },
                    hours(&at.what, minutes),
                    vec![gain],
                )
            })
            .collect()
    }
}

/// Hours that a missing thing takes when no activity of the framework says otherwise.
fn hours(missing: &Missing, minutes: u32) -> f64 {
    let steps = |n: u64| n as f64 * f64::from(minutes) / 60.0;
    match missing {
        Missing::CleanAttempts { more, .. } => steps(*more),
        Missing::Days { more } => steps(u64::from(*more)),
        Missing::Examples {
            more,
            of,
            leading_others,
            ..
        } => f64::from(*more) * example_hours(of, *leading_others),
        Missing::LearnerUnaided { .. } => 6.0,
        Missing::Credential => 80.0,
        Missing::Renewal { .. } => 8.0,
        Missing::Backing { .. } => WRITE_DOWN,
        Missing::Ownership { .. } => 1.0,
        Missing::Judgement { more, .. } => f64::from((*more).max(1)) * ASK,
        Missing::Answer { .. } => 0.5,
        Missing::FreshProof => steps(5),
        Missing::Use => steps(1),
    }
}

fn example_hours(of: &[EvidenceKind], leading_others: bool) -> f64 {
    let of_kind = |kind: &EvidenceKind| match kind {
        EvidenceKind::Project if leading_others => 40.0,
        EvidenceKind::Project => 20.0,
        EvidenceKind::Communication => 4.0,
        EvidenceKind::Teaching => 6.0,
        EvidenceKind::Credential => 80.0,
        EvidenceKind::Learning => 8.0,
        EvidenceKind::Incident | EvidenceKind::Recognition | EvidenceKind::Ownership => 2.0,
        EvidenceKind::Attempts | EvidenceKind::Accomplishment => 1.0,
    };
    of.iter().map(of_kind).min_by(f64::total_cmp).unwrap_or(1.0)
}

/// What an activity's shown rungs would close of what is open.
fn closes_of(shows: &[crate::framework::Shows], open: &[Open<'_>]) -> Vec<Gain> {
    shows
        .iter()
        .filter_map(|shows| {
            let open = open
                .iter()
                .find(|o| o.competency.competency == shows.competency)?;
            open.missing
                .iter()
                .any(|m| m.rung == shows.rung)
                .then(|| open.gain(&shows.rung))
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

//! What is to be closed, and by which steps.
//!
//! A goal is one missing thing at one rung of one competency; where several examples or judgements are
//! missing, it asks for so many. Each missing thing can be done as such; where it is about one piece of
//! evidence, doing it once serves every rung that misses it. An activity gives each rung it shows one example
//! or judgement, and all of whatever else is missing there, except the answer to a dispute, which only
//! people give.

use std::collections::BTreeMap;

use metier_measure::MeasureError;
use metier_measure::route::{Action, Gain, Goal, Need, Prior, Problem, Reach, Why};

use super::Unreached;
use crate::framework::{Framework, Hours, Weight};
use crate::id::{ActivityId, CompetencyId, EntryId, RungId};
use crate::next_step::Doing;
use crate::standing::{Missing, MissingAt, Standing};
use crate::steps::{Open, estimate, first, shown};

/// What is asked of the planner, and what its positions mean.
pub(super) struct Question {
    /// The problem, in likely hours.
    pub problem: Problem,
    /// What each goal is.
    pub goals: Vec<Wanted>,
    /// What each action is.
    pub ways: Vec<Way>,
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub competency: CompetencyId,
    pub rung: RungId,
    /// The rung's place on the ladder, 0 the lowest.
    pub height: usize,
}

/// An action: a step, or a part of one that can be done in parts.
pub(super) struct Way {
    /// Which step; parts of one share it.
    pub step: usize,
    /// What to do, were it done alone.
    pub what: Doing,
    /// How often.
    pub units: u32,
    pub hours: Hours,
}

/// A step that was chosen, with all its parts.
pub(super) struct Chosen {
    pub what: Doing,
    pub hours: Hours,
    /// Its parts, by their positions among the actions.
    pub actions: Vec<usize>,
}

impl Question {
    pub fn of(
        standing: &Standing,
        framework: &Framework,
        hours: &BTreeMap<ActivityId, Hours>,
    ) -> Result<Self, MeasureError> {
        let open = Open::all(standing);
        let mut question = Self {
            problem: Problem::default(),
            goals: Vec::new(),
            ways: Vec::new(),
        };
        let places = question.ask(framework, &open);
        question.activities(framework, &open, &places, hours)?;
        question.own_steps(framework, &open, &places);
        Ok(question)
    }

    /// Adds a goal for each missing thing; gives their positions, by competency.
    fn ask(&mut self, framework: &Framework, open: &[Open<'_>]) -> Vec<Vec<usize>> {
        let mut places = Vec::with_capacity(open.len());
        for open in open {
            let mut here = Vec::with_capacity(open.missing.len());
            for at in open.missing {
                let place = self.goals.len();
                here.push(place);
                self.problem.goals.push(Goal {
                    amount: f64::from(units(&at.what)),
                    already: 0.0,
                });
                if open.weight == Weight::Required {
                    self.problem.targets.push(place);
                }
                self.goals.push(Wanted {
                    competency: open.competency.competency.clone(),
                    rung: at.rung.clone(),
                    height: height(framework, &at.rung),
                });
            }
            places.push(here);
        }
        places
    }

    /// Adds the framework's activities that show something missing.
    fn activities(
        &mut self,
        framework: &Framework,
        open: &[Open<'_>],
        places: &[Vec<usize>],
        hours: &BTreeMap<ActivityId, Hours>,
    ) -> Result<(), MeasureError> {
        let useful: Vec<_> = framework
            .activities
            .iter()
            .filter(|a| !shown(a, open).is_empty())
            .collect();
        for activity in &useful {
            let mut gains = Vec::new();
            for (open, here) in open.iter().zip(places) {
                let shows = |at: &MissingAt| {
                    let same = |s: &crate::framework::Shows| {
                        s.competency == open.competency.competency && s.rung == at.rung
                    };
                    activity.shows.iter().any(same) && !matches!(at.what, Missing::Answer { .. })
                };
                let given = open.missing.iter().zip(here).filter(|(at, _)| shows(at));
                gains.extend(given.map(|(_, goal)| Gain {
                    goal: *goal,
                    amount: 1.0,
                }));
            }
            let needs = first(activity, framework, open)
                .into_iter()
                .filter_map(|before| useful.iter().position(|a| a.id == before.id))
                .map(|before| Need {
                    one_of: vec![Prior::Action(before)],
                })
                .collect();
            let what = Doing::Activity {
                activity: activity.id.clone(),
                kind: activity.kind,
                name: activity.name.clone(),
            };
            let hours = hours.get(&activity.id).copied().unwrap_or(activity.hours);
            checked(hours)?;
            self.add(self.ways.len(), what, 1, hours, gains, needs);
        }
        Ok(())
    }

    /// Adds each missing thing done as such.
    fn own_steps(&mut self, framework: &Framework, open: &[Open<'_>], places: &[Vec<usize>]) {
        let mut step = self.ways.len();
        let mut shared: BTreeMap<(u8, EntryId), usize> = BTreeMap::new();
        for (open, here) in open.iter().zip(places) {
            for (at, &goal) in open.missing.iter().zip(here) {
                let same = evidence_of(&at.what);
                if let Some(way) = same.and_then(|same| shared.get(&same)) {
                    self.problem.actions[*way].gains.push(Gain { goal, amount: 1.0 });
                    continue;
                }
                let all = units(&at.what);
                let likely = open.hours(&at.what, framework) / f64::from(all);
                let needs = match same {
                    Some(same) => {
                        shared.insert(same, self.ways.len());
                        Vec::new()
                    }
                    None => self.before(framework, open, at),
                };
                let helped = self
                    .problem
                    .actions
                    .iter()
                    .flat_map(|a| &a.gains)
                    .any(|g| g.goal == goal);
                for units in parts(all, helped) {
                    let what = Doing::Close {
                        competency: open.competency.competency.clone(),
                        at: MissingAt {
                            rung: at.rung.clone(),
                            what: so_many(&at.what, units),
                        },
                    };
                    let gain = Gain {
                        goal,
                        amount: f64::from(units),
                    };
                    let hours = estimate(likely * f64::from(units));
                    self.add(step, what, units, hours, vec![gain], needs.clone());
                }
                step += 1;
            }
        }
    }

    /// What comes before a step on a competency that needs others: their rungs up to the same height.
    fn before(&self, framework: &Framework, open: &Open<'_>, at: &MissingAt) -> Vec<Need> {
        let Some(competency) = framework.competency(&open.competency.competency) else {
            return Vec::new();
        };
        let first = |wanted: &Wanted| {
            wanted.competency != competency.id
                && competency.needs.contains(&wanted.competency)
                && wanted.height <= height(framework, &at.rung)
        };
        (0..self.goals.len())
            .filter(|&goal| first(&self.goals[goal]))
            .map(|goal| Need {
                one_of: vec![Prior::Goal(goal)],
            })
            .collect()
    }

    fn add(
        &mut self,
        step: usize,
        what: Doing,
        units: u32,
        hours: Hours,
        gains: Vec<Gain>,
        needs: Vec<Need>,
    ) {
        self.problem.actions.push(Action {
            cost: hours.likely,
            gains,
            needs,
        });
        self.ways.push(Way {
            step,
            what,
            units,
            hours,
        });
    }

    /// The steps that some actions make up, in the order of the actions.
    pub fn steps(&self, actions: &[usize]) -> Vec<Chosen> {
        let mut by_step: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &action in actions {
            by_step.entry(self.ways[action].step).or_default().push(action);
        }
        by_step
            .into_values()
            .map(|actions| self.chosen(actions))
            .collect()
    }

    fn chosen(&self, actions: Vec<usize>) -> Chosen {
        let ways = || actions.iter().map(|a| &self.ways[*a]);
        let sum = |of: &dyn Fn(&Way) -> f64| ways().map(of).fold(0.0, |sum, hours| sum + hours);
        let hours = Hours {
            low: sum(&|w| w.hours.low),
            likely: sum(&|w| w.hours.likely),
            high: sum(&|w| w.hours.high),
        };
        let mut what = self.ways[actions[0]].what.clone();
        if let Doing::Close { at, .. } = &mut what {
            at.what = so_many(&at.what, ways().map(|w| w.units).sum());
        }
        Chosen { what, hours, actions }
    }

    /// What is required and cannot be reached.
    pub fn unreached(&self, reach: &Reach) -> Vec<Unreached> {
        reach
            .obstacles
            .iter()
            .filter_map(|obstacle| {
                let Prior::Goal(goal) = obstacle.what else {
                    return None;
                };
                let (waits, circle) = match &obstacle.why {
                    Why::Waits { on, circle } => {
                        let what = |prior: &Prior| match *prior {
                            Prior::Action(action) => Some(self.ways[action].what.clone()),
                            Prior::Goal(_) => None,
                        };
                        (on.iter().filter_map(what).collect(), *circle)
                    }
                    Why::TooLittle { .. } | Why::NoAlternative => (Vec::new(), false),
                };
                Some(Unreached {
                    competency: self.goals[goal].competency.clone(),
                    rung: self.goals[goal].rung.clone(),
                    waits,
                    circle,
                })
            })
            .collect()
    }
}

fn height(framework: &Framework, rung: &RungId) -> usize {
    framework.rung(rung).map_or(0, |(height, _)| height)
}

/// Refuses estimates that do not rise.
fn checked(hours: Hours) -> Result<(), MeasureError> {
    let rising = 0.0 <= hours.low && hours.low <= hours.likely && hours.likely <= hours.high;
    if rising && hours.high <= 100_000.0 {
        return Ok(());
    }
    Err(MeasureError::OutOfDomain {
        name: "hours",
        value: hours.likely,
        allowed: "0 <= low <= likely <= high <= 100000",
    })
}

/// How many of one kind are missing.
fn units(missing: &Missing) -> u32 {
    match missing {
        Missing::Examples { more, .. } | Missing::Judgement { more, .. } => (*more).max(1),
        _ => 1,
    }
}

/// The same thing missing, so many times.
fn so_many(missing: &Missing, units: u32) -> Missing {
    let mut missing = missing.clone();
    if let Missing::Examples { more, .. } | Missing::Judgement { more, .. } = &mut missing {
        *more = units;
    }
    missing
}

/// The evidence that a missing thing is about, so that doing it once serves wherever it is missing.
fn evidence_of(missing: &Missing) -> Option<(u8, EntryId)> {
    match missing {
        Missing::Backing { evidence, .. } => Some((0, *evidence)),
        Missing::Renewal { evidence } => Some((1, *evidence)),
        Missing::LearnerUnaided { evidence } => evidence.map(|evidence| (2, evidence)),
        Missing::Answer { dispute } => Some((3, *dispute)),
        _ => None,
    }
}

/// Parts from which every number up to `all` can be made, where something else may give some of it.
fn parts(all: u32, helped: bool) -> Vec<u32> {
    if !helped {
        return vec![all];
    }
    let (mut parts, mut left, mut size) = (Vec::new(), all, 1);
    while left > 0 {
        parts.push(size.min(left));
        left -= size.min(left);
        size = size.saturating_mul(2);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_make_up_every_number() {
        for all in 1..=40_u32 {
            let parts = parts(all, true);
            assert_eq!(parts.iter().sum::<u32>(), all);
            for want in 0..=all {
                let made = (0_u32..1 << parts.len()).any(|set| {
                    let taken = parts.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1);
                    taken.map(|(_, part)| part).sum::<u32>() == want
                });
                assert!(made, "{want} of {all}");
            }
        }
        assert_eq!(parts(7, false), [7]);
    }
}

//! Which steps, in which order, with which ranges.

use metier_measure::MeasureError;
use metier_measure::route::spread::{Spread, ThreePoint, longest, total};
use metier_measure::route::{Action, Prior, Problem, Schedule, Turns, roles, schedule, turns};

use super::question::{Chosen, Question};
use super::{Asked, Estimate, Milestone, Note, Range, Route, RouteStep};
use crate::framework::Hours;
use crate::next_step::{Closes, Doing};
use crate::standing::{Number, TargetStanding};

/// The route that some steps make, without what is known only of the whole question.
pub(super) fn answer(
    target: &TargetStanding,
    question: &Question,
    chosen: &[Chosen],
    asked: &Asked,
) -> Result<Route, MeasureError> {
    let problem = together(question, chosen);
    let all: Vec<usize> = (0..chosen.len()).collect();
    let likely: Vec<f64> = chosen.iter().map(|c| c.hours.likely).collect();
    let times = schedule(&problem, &all, &likely)?;
    let alone = turns(&problem, &preferred(question, &problem), &likely)?;
    let order: Vec<usize> = alone.turns.iter().map(|t| t.action).collect();
    let (hours, longest_range) = ranges(chosen, &times, asked.range)?;
    let week = |hours: f64| week(hours, asked.hours_a_week);
    let milestones = milestones(question, &alone, asked.hours_a_week);
    let mut route = Route {
        of: target.of.clone(),
        name: target.name.clone(),
        steps: steps(question, &problem, chosen, &times, &alone, asked.hours_a_week),
        likely: Number::new(times.total),
        weeks: if chosen.is_empty() { 0 } else { week(times.total) },
        weeks_range: if chosen.is_empty() {
            (0, 0)
        } else {
            (week(hours.together.0), week(hours.together.1))
        },
        hours: range(&hours),
        longest: Number::new(times.length),
        longest_range: range(&longest_range),
        hours_a_week: Number::new(asked.hours_a_week),
        proven: false,
        least: Number::default(),
        runner_up: None,
        cheaper: Vec::new(),
        ready: places(&order, |action| {
            times
                .steps
                .iter()
                .any(|s| s.action == action && s.after.is_empty())
        }),
        milestones,
        unreached: Vec::new(),
        credentials: Vec::new(),
        notes: notes(chosen),
    };
    for milestone in &route.milestones {
        let closes = Closes {
            competency: milestone.competency.clone(),
            rung: milestone.rung.clone(),
            completes: milestone.completes,
        };
        let step = &mut route.steps[milestone.step];
        step.helps
            .retain(|h| (&h.competency, &h.rung) != (&closes.competency, &closes.rung));
        step.closes.push(closes);
    }
    Ok(route)
}

/// The steps by the lowest rung they add to, then as the framework lists them: nobody has to climb a ladder
/// from below, but it is how most things are learned.
fn preferred(question: &Question, problem: &Problem) -> Vec<usize> {
    let lowest = |action: &usize| {
        let gains = problem.actions[*action].gains.iter();
        gains.map(|g| question.goals[g.goal].height).min()
    };
    let mut order: Vec<usize> = (0..problem.actions.len()).collect();
    order.sort_by_key(lowest);
    order
}

/// The problem of the chosen steps alone, each with all its parts.
fn together(question: &Question, chosen: &[Chosen]) -> Problem {
    let step_of = |action: usize| chosen.iter().position(|c| c.actions.contains(&action));
    let actions = chosen
        .iter()
        .map(|step| {
            let parts = || step.actions.iter().map(|a| &question.problem.actions[*a]);
            let mut needs: Vec<_> = parts().flat_map(|p| p.needs.iter().cloned()).collect();
            for need in &mut needs {
                need.one_of = need
                    .one_of
                    .iter()
                    .filter_map(|prior| match *prior {
                        Prior::Goal(goal) => Some(Prior::Goal(goal)),
                        Prior::Action(action) => step_of(action).map(Prior::Action),
                    })
                    .collect();
            }
            Action {
                cost: step.hours.likely,
                gains: parts().flat_map(|p| p.gains.iter().copied()).collect(),
                needs,
            }
        })
        .collect();
    Problem {
        goals: question.problem.goals.clone(),
        actions,
        targets: question.problem.targets.clone(),
    }
}

fn steps(
    question: &Question,
    problem: &Problem,
    chosen: &[Chosen],
    times: &Schedule,
    alone: &Turns,
    hours_a_week: f64,
) -> Vec<RouteStep> {
    let roles = roles(problem, times);
    let place = |action: usize| alone.turns.iter().position(|t| t.action == action);
    alone
        .turns
        .iter()
        .map(|turn| {
            let step = &chosen[turn.action];
            let in_time = times.steps.iter().find(|s| s.action == turn.action);
            let mut helps: Vec<Closes> = Vec::new();
            for gain in &problem.actions[turn.action].gains {
                let wanted = &question.goals[gain.goal];
                let closes = Closes {
                    competency: wanted.competency.clone(),
                    rung: wanted.rung.clone(),
                    completes: false,
                };
                if !helps.contains(&closes) {
                    helps.push(closes);
                }
            }
            let mut after: Vec<usize> = in_time
                .iter()
                .flat_map(|s| &s.after)
                .filter_map(|a| place(*a))
                .collect();
            after.sort_unstable();
            RouteStep {
                what: step.what.clone(),
                hours: Estimate {
                    low: Number::new(step.hours.low),
                    likely: Number::new(step.hours.likely),
                    high: Number::new(step.hours.high),
                },
                from: Number::new(turn.start),
                to: Number::new(turn.finish),
                first_week: started(turn.start, turn.finish, hours_a_week),
                last_week: week(turn.finish, hours_a_week),
                closes: Vec::new(),
                helps,
                after,
                forced: roles.iter().any(|r| r.action == turn.action && r.forced),
                on_longest: times.critical.contains(&turn.action),
                without: None,
            }
        })
        .collect()
}

/// When each rung has nothing missing any more, in the order in which that comes about.
fn milestones(question: &Question, alone: &Turns, hours_a_week: f64) -> Vec<Milestone> {
    let mut milestones: Vec<Milestone> = Vec::new();
    for (goal, wanted) in question.goals.iter().enumerate() {
        // A rung is closed when the last thing missing at it is there.
        if question.goals[..goal].contains(wanted) {
            continue;
        }
        let when = |of: &dyn Fn(usize) -> bool| -> Option<f64> {
            let goals = (0..question.goals.len()).filter(|g| of(*g));
            goals
                .map(|g| alone.reached[g])
                .collect::<Option<Vec<f64>>>()?
                .into_iter()
                .reduce(f64::max)
        };
        let Some(hours) = when(&|g| question.goals[g] == *wanted) else {
            continue;
        };
        let whole = when(&|g| question.goals[g].competency == wanted.competency);
        let step = alone.turns.iter().position(|t| t.finish >= hours);
        let Some(step) = step else { continue };
        milestones.push(Milestone {
            competency: wanted.competency.clone(),
            rung: wanted.rung.clone(),
            step,
            hours: Number::new(hours),
            week: week(hours, hours_a_week),
            completes: whole.is_some_and(|whole| whole <= hours),
        });
    }
    milestones.sort_by(|a, b| a.hours.get().total_cmp(&b.hours.get()));
    milestones
}

/// Ranges of the sum and of the longest chain.
fn ranges(chosen: &[Chosen], times: &Schedule, mass: f64) -> Result<(Spread, Spread), MeasureError> {
    let order: Vec<usize> = times.steps.iter().map(|s| s.action).collect();
    let durations: Vec<ThreePoint> = order.iter().map(|a| three(&chosen[*a].hours)).collect();
    let after: Vec<Vec<usize>> = times
        .steps
        .iter()
        .map(|step| places(&order, |action| step.after.contains(&action)))
        .collect();
    Ok((total(&durations, mass)?, longest(&durations, &after, mass)?))
}

fn three(hours: &Hours) -> ThreePoint {
    ThreePoint {
        low: hours.low,
        likely: hours.likely,
        high: hours.high,
    }
}

fn range(spread: &Spread) -> Range {
    let ends = |(low, high): (f64, f64)| (Number::new(low), Number::new(high));
    Range {
        least: Number::new(spread.least),
        most: Number::new(spread.most),
        mean: Number::new(spread.mean),
        independent: ends(spread.independent),
        together: ends(spread.together),
    }
}

/// The places in an order whose element fits.
fn places(order: &[usize], fits: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..order.len()).filter(|&place| fits(order[place])).collect()
}

/// The week, from 1 on, in which so many hours are full.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 1 to some millions"
)]
fn week(hours: f64, hours_a_week: f64) -> u32 {
    libm::ceil(hours / hours_a_week - 1e-9).clamp(1.0, 4e9) as u32
}

/// The week in which a step begins: at the end of one week is the beginning of the next.
fn started(start: f64, finish: f64, hours_a_week: f64) -> u32 {
    let full = week(start, hours_a_week);
    let at_its_end = start >= f64::from(full) * hours_a_week - 1e-9 * hours_a_week;
    (full + u32::from(at_its_end)).min(week(finish, hours_a_week))
}

fn notes(chosen: &[Chosen]) -> Vec<Note> {
    let activity = |c: &&Chosen| matches!(c.what, Doing::Activity { .. });
    let mut notes = Vec::new();
    if chosen.iter().any(|c| activity(&c)) {
        notes.push(Note::ActivitiesShow);
    }
    if chosen.iter().any(|c| !activity(&c)) {
        notes.push(Note::OwnHours);
    }
    notes
}

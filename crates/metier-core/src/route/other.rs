//! What else would do: the best route without each step, the runner-up, and what would be chosen if it took
//! less.

use metier_measure::route::{Plan, Planner};

use super::question::{Chosen, Question};
use super::{Alternative, Cheaper, Effort, Route};
use crate::next_step::Doing;
use crate::standing::Number;

/// How many steps that are not chosen are asked about.
const CHEAPER: usize = 6;

/// What was found, before the steps are in their order.
pub(super) struct Others {
    without: Vec<(Doing, Option<Number>)>,
    runner_up: Option<Alternative>,
    cheaper: Vec<Cheaper>,
}

pub(super) fn others(
    question: &Question,
    planner: &mut Planner,
    best: &Plan,
    chosen: &[Chosen],
    effort: Effort,
) -> Others {
    let plans: Vec<Option<Plan>> = chosen
        .iter()
        .map(|step| {
            // All parts of the step, the chosen and the others.
            let own = question.ways[step.actions[0]].step;
            let parts: Vec<usize> = (0..question.ways.len())
                .filter(|&a| question.ways[a].step == own)
                .collect();
            planner.without(&parts, effort.question)
        })
        .collect();
    let found = || plans.iter().flatten();
    let second = found().min_by(|a, b| {
        a.cost
            .total_cmp(&b.cost)
            .then(a.actions.len().cmp(&b.actions.len()))
            .then(a.actions.cmp(&b.actions))
    });
    let runner_up = second.map(|second| {
        let proven = found().all(|plan| plan.proven || plan.least >= second.cost);
        alternative(question, best, chosen, second, proven)
    });
    let without = chosen
        .iter()
        .zip(&plans)
        .map(|(step, plan)| {
            let more = plan
                .as_ref()
                .map(|plan| Number::new((plan.least - best.cost).max(0.0)));
            (step.what.clone(), more)
        })
        .collect();
    let mut candidates: Vec<usize> = found()
        .flat_map(|plan| plan.actions.iter().copied())
        .filter(|action| !best.actions.contains(action))
        .filter(|action| matches!(question.ways[*action].what, Doing::Activity { .. }))
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    candidates.truncate(CHEAPER);
    let cheaper = candidates
        .into_iter()
        .map(|action| {
            let answer = planner.cheaper(best, action, effort.question);
            Cheaper {
                what: question.ways[action].what.clone(),
                likely: Number::new(question.ways[action].hours.likely),
                by: answer.by.map(Number::new),
                proven: answer.proven,
            }
        })
        .collect();
    Others {
        without,
        runner_up,
        cheaper,
    }
}

fn alternative(
    question: &Question,
    best: &Plan,
    chosen: &[Chosen],
    second: &Plan,
    proven: bool,
) -> Alternative {
    let other = question.steps(&second.actions);
    let only = |these: &[Chosen], those: &[Chosen]| -> Vec<Doing> {
        let missing = these
            .iter()
            .filter(|step| those.iter().all(|s| s.what != step.what));
        missing.map(|step| step.what.clone()).collect()
    };
    Alternative {
        likely: Number::new(second.cost),
        more: Number::new((second.cost - best.cost).max(0.0)),
        proven,
        leaves_out: only(chosen, &other),
        takes: only(&other, chosen),
    }
}

impl Others {
    /// Puts what was found where it belongs.
    pub fn tell(self, route: &mut Route) {
        for step in &mut route.steps {
            let found = self.without.iter().find(|(what, _)| *what == step.what);
            step.without = found.and_then(|(_, more)| *more);
        }
        route.runner_up = self.runner_up;
        route.cheaper = self.cheaper;
    }
}

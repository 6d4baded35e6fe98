//! What else would do, and what would have to change for it to be chosen.

use super::graph::Graph;
use super::meter::Meter;
use super::proof::Value;
use super::solve::{self, Known, Scale};
use super::{Plan, Planner};

/// What would change the choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// For each action of the best route, in its order: the best route without it.
    pub without: Vec<Without>,
    /// The best of these: the best route that does not hold every action of the first. A route that only
    /// adds to the first is no alternative to it, and a cheaper part of the first cannot be a route.
    /// `None` when every route holds all of the first, or the work did not suffice to find another.
    pub runner_up: Option<Plan>,
    /// True when no route that differs in this way is better than the runner-up.
    pub runner_up_proven: bool,
    /// The actions of the routes in [`Changes::without`] that the best one does not hold, by position: how
    /// much less each would have to cost.
    pub cheaper: Vec<Cheaper>,
}

/// What is lost with an action of the best route.
#[derive(Debug, Clone, PartialEq)]
pub struct Without {
    /// The action.
    pub action: usize,
    /// The best route without it that was found; `None` when there is no route without it.
    pub plan: Option<Plan>,
    /// The action could cost this much more before another route is at least as good; with no route without
    /// it there is no such amount. No other route is better below it, even where the plan is not proven.
    pub margin: Option<f64>,
}

/// What an action that is not chosen would have to cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cheaper {
    /// The action.
    pub action: usize,
    /// It would have to cost this much less for a route with it to be as good as the best; `None` when it is
    /// not chosen even at no cost. Where `proven` is false, at least this much, as far as the work went.
    pub by: Option<f64>,
    /// True when the amount is exact.
    pub proven: bool,
}

impl Planner {
    /// The best route that holds none of these actions, within so many steps; `None` when there is none.
    pub fn without(&mut self, actions: &[usize], steps: u64) -> Option<Plan> {
        let mut graph = self.graph.clone();
        for &action in actions.iter().filter(|a| **a < self.graph.actions()) {
            graph.remove(action);
        }
        self.ask(graph, Value::MAX, steps).and_then(|(plan, _)| plan)
    }

    /// What would change the choice of `best`, the answer of [`Planner::best`]; each question within so many
    /// steps. Of the actions that are not chosen, at most `others` are asked about.
    pub fn changes(&mut self, best: &Plan, others: usize, steps: u64) -> Changes {
        let without: Vec<Without> = best
            .actions
            .iter()
            .map(|&action| {
                let plan = self.without(&[action], steps);
                Without {
                    action,
                    margin: plan.as_ref().map(|plan| (plan.least - best.cost).max(0.0)),
                    plan,
                }
            })
            .collect();
        let plans = || without.iter().filter_map(|w| w.plan.as_ref());
        let runner_up = plans()
            .min_by(|a, b| {
                a.cost
                    .total_cmp(&b.cost)
                    .then(a.actions.len().cmp(&b.actions.len()))
                    .then(a.actions.cmp(&b.actions))
            })
            .cloned();
        let runner_up_proven = runner_up
            .as_ref()
            .is_some_and(|second| plans().all(|plan| plan.proven || plan.least >= second.cost));
        let mut candidates: Vec<usize> = plans()
            .flat_map(|plan| plan.actions.iter().copied())
            .filter(|action| best.actions.binary_search(action).is_err())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.truncate(others);
        let cheaper = candidates
            .into_iter()
            .map(|action| self.cheaper(best, action, steps))
            .collect();
        Changes {
            without,
            runner_up,
            runner_up_proven,
            cheaper,
        }
    }

    /// How much less an action that is not chosen must cost to be on a route as good as `best`, within so many
    /// steps.
    pub fn cheaper(&mut self, best: &Plan, action: usize, steps: u64) -> Cheaper {
        let Some(&own) = self.graph.cost.get(action) else {
            return Cheaper {
                action,
                by: None,
                proven: true,
            };
        };
        let mut graph = self.graph.clone();
        graph.must[action] = true;
        let units: u64 = best.actions.iter().map(|&a| self.graph.cost[a]).sum();
        // A route with it that costs more than the best and all of the action is out of reach.
        let cutoff = self.scale.above(units + own);
        let nothing = Cheaper {
            action,
            by: None,
            proven: true,
        };
        let Some((plan, bound)) = self.ask(graph, cutoff, steps) else {
            return nothing;
        };
        match plan {
            Some(plan) if plan.proven => Cheaper {
                by: Some((plan.cost - best.cost).max(0.0)),
                ..nothing
            },
            Some(plan) => Cheaper {
                by: Some((plan.least - best.cost).max(0.0)),
                proven: false,
                ..nothing
            },
            None if bound >= cutoff => nothing,
            None => Cheaper {
                by: Some((self.scale.cost(bound) - best.cost).max(0.0)),
                proven: false,
                ..nothing
            },
        }
    }

    /// The best route of a changed graph below a cutoff, and the bound on all of them.
    fn ask(&mut self, graph: Graph, cutoff: Value, steps: u64) -> Option<(Option<Plan>, Value)> {
        let mut meter = Meter::new(steps);
        let known: &mut Known = &mut self.known;
        let scale: Scale = self.scale;
        let solved = solve::solve(graph, scale, cutoff, known, &mut meter)?;
        let plan = solve::plan(&solved, &self.graph, scale, meter.work);
        Some((plan, solved.bound))
    }
}

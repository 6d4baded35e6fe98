//! What can be reached at all, and why the rest cannot.

use super::components::circles;
use super::graph::{Front, Graph, Waiting, reach};
use super::{Prior, Problem};

/// What everything together reaches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reach {
    /// Which goals can be reached.
    pub goals: Vec<bool>,
    /// Which actions can be done.
    pub actions: Vec<bool>,
    /// Which actions can be done first of all: their needs are met before anything is done.
    pub ready: Vec<bool>,
    /// What stands between the targets and being reached: the targets that cannot be, then whatever they
    /// wait for. Empty when every target can be reached.
    pub obstacles: Vec<Obstacle>,
}

/// Something that cannot come about.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// What.
    pub what: Prior,
    /// Why.
    pub why: Why,
}

/// Why something cannot come about.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// A goal: all that is there and all that any action gives, in the goal's unit, is less than it asks
    /// for. Where no action gives anything, this is what is there already.
    TooLittle {
        /// All there could be.
        most: f64,
    },
    /// An action: one of its needs names nothing that could meet it.
    NoAlternative,
    /// It waits for these, none of which comes about: for an action, what could meet its needs; for a goal,
    /// the actions that would give to it and cannot be done.
    Waits {
        /// For what.
        on: Vec<Prior>,
        /// True when it waits, in the end, for itself.
        circle: bool,
    },
}

/// What everything together reaches.
pub(super) fn reachable(problem: &Problem, graph: &Graph) -> Reach {
    let waiting = Waiting::new(graph);
    let none = Front::new(graph, &waiting);
    let all = reach(graph, &waiting, 0..graph.actions());
    let ready = (0..graph.actions()).map(|a| none.ready(a)).collect();
    let mut missing: Vec<Prior> = (0..graph.goals())
        .filter(|&g| graph.target[g] && !all.reached[g])
        .map(Prior::Goal)
        .collect();
    let in_circle = circles(graph);
    let mut obstacles = Vec::new();
    let mut next = 0;
    while let Some(&what) = missing.get(next) {
        next += 1;
        let why = match what {
            Prior::Goal(goal) => of_goal(problem, graph, &all, goal, &in_circle),
            Prior::Action(action) => of_action(graph, &all, action, &in_circle),
        };
        if let Why::Waits { on, .. } = &why {
            for prior in on {
                if !missing.contains(prior) {
                    missing.push(*prior);
                }
            }
        }
        obstacles.push(Obstacle { what, why });
    }
    Reach {
        goals: all.reached,
        actions: all.done,
        ready,
        obstacles,
    }
}

fn of_goal(problem: &Problem, graph: &Graph, all: &Front, goal: usize, circle: &[bool]) -> Why {
    let gives = |a: usize| graph.gains[a].iter().any(|(g, _)| *g == goal);
    let blocked = (0..graph.actions()).filter(|&a| !all.done[a] && gives(a));
    let sum: u64 = graph
        .gains
        .iter()
        .flatten()
        .filter(|(g, _)| *g == goal)
        .map(|(_, amount)| amount)
        .sum();
    if sum < graph.short[goal] {
        let gains = problem.actions.iter().flat_map(|a| &a.gains);
        let sum: f64 = gains.filter(|g| g.goal == goal).map(|g| g.amount).sum();
        return Why::TooLittle {
            most: problem.goals[goal].already + sum,
        };
    }
    Why::Waits {
        on: blocked.map(Prior::Action).collect(),
        circle: circle[goal],
    }
}

fn of_action(graph: &Graph, all: &Front, action: usize, circle: &[bool]) -> Why {
    let unmet: Vec<&Vec<Prior>> = graph.needs[action]
        .iter()
        .filter(|need| !all.meets(need))
        .collect();
    if unmet.iter().any(|need| need.is_empty()) {
        return Why::NoAlternative;
    }
    let mut on: Vec<Prior> = unmet.into_iter().flatten().copied().collect();
    on.sort_unstable();
    on.dedup();
    Why::Waits {
        on,
        circle: circle[graph.goals() + action],
    }
}

//! What a route is, said again without the solver's code: by walking through it.

use metier_measure::route::{Prior, Problem};

/// What a goal may miss, by rounding, of what it asks for.
const ROUNDING: f64 = 1e-6;

/// Walks through a set of actions; gives which of them find their needs met, and which goals are reached.
pub fn walk(problem: &Problem, chosen: &[usize]) -> (Vec<usize>, Vec<bool>) {
    let mut done: Vec<usize> = Vec::new();
    loop {
        let reached = reached(problem, &done);
        let met = |prior: &Prior| match prior {
            Prior::Goal(goal) => reached[*goal],
            Prior::Action(action) => done.contains(action),
        };
        let next = chosen.iter().copied().find(|action| {
            !done.contains(action)
                && problem.actions[*action]
                    .needs
                    .iter()
                    .all(|need| need.one_of.iter().any(met))
        });
        match next {
            Some(action) => done.push(action),
            None => return (done, reached),
        }
    }
}

fn reached(problem: &Problem, done: &[usize]) -> Vec<bool> {
    (0..problem.goals.len())
        .map(|goal| {
            let gains = done.iter().flat_map(|a| &problem.actions[*a].gains);
            let given: f64 = gains.filter(|g| g.goal == goal).map(|g| g.amount).sum();
            let asked = problem.goals[goal].amount;
            problem.goals[goal].already + given >= asked * (1.0 - ROUNDING)
        })
        .collect()
}

/// Whether a set of actions is a route to every target.
pub fn is_route(problem: &Problem, chosen: &[usize]) -> bool {
    let (done, reached) = walk(problem, chosen);
    done.len() == chosen.len() && problem.targets.iter().all(|target| reached[*target])
}

/// The cost of a set.
pub fn cost(problem: &Problem, chosen: &[usize]) -> f64 {
    chosen.iter().map(|a| problem.actions[*a].cost).sum()
}

/// The best route of all sets that `allowed` allows: least cost, fewest actions, earliest action.
pub fn best_of_all(problem: &Problem, allowed: impl Fn(&[usize]) -> bool) -> Option<Vec<usize>> {
    let count = problem.actions.len();
    let mut best: Option<Vec<usize>> = None;
    for set in 0_u32..1 << count {
        let chosen: Vec<usize> = (0..count).filter(|a| set >> a & 1 == 1).collect();
        if allowed(&chosen) && is_route(problem, &chosen) {
            let better = best.as_ref().is_none_or(|best| precedes(problem, &chosen, best));
            if better {
                best = Some(chosen);
            }
        }
    }
    best
}

fn precedes(problem: &Problem, one: &[usize], other: &[usize]) -> bool {
    let key = |set: &[usize]| {
        // Quarters of costs are whole in these problems.
        let quarters = set
            .iter()
            .fold(0.0, |sum, a| sum + problem.actions[*a].cost * 4.0);
        (quarters.to_bits(), set.len())
    };
    // Of two sets of the same size, the lexicographically smaller holds the earliest action they differ on.
    key(one) < key(other) || (key(one) == key(other) && one < other)
}

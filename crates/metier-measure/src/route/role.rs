//! What each action of a route is there for.

use super::{Problem, Schedule};

/// Why an action is on a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The action.
    pub action: usize,
    /// Targets that wait for what it gives, ascending.
    pub targets: Vec<usize>,
    /// Actions of the route that wait for it directly, ascending.
    pub before: Vec<usize>,
    /// Targets that wait for it in the end: its own, and those of all that wait for it, ascending.
    pub serves: Vec<usize>,
    /// True when it is there only because others need it first: no target waits for what it gives itself.
    pub forced: bool,
}

/// The role of each step of a schedule, in its order.
pub fn roles(problem: &Problem, schedule: &Schedule) -> Vec<Role> {
    let mut targets = problem.targets.clone();
    targets.sort_unstable();
    targets.dedup();
    let mut roles: Vec<Role> = schedule
        .steps
        .iter()
        .map(|step| {
            let own: Vec<usize> = targets
                .iter()
                .copied()
                .filter(|&goal| schedule.givers[goal].binary_search(&step.action).is_ok())
                .collect();
            let waits = schedule
                .steps
                .iter()
                .filter(|other| other.after.binary_search(&step.action).is_ok());
            let mut before: Vec<usize> = waits.map(|other| other.action).collect();
            before.sort_unstable();
            Role {
                action: step.action,
                forced: own.is_empty(),
                serves: own.clone(),
                targets: own,
                before,
            }
        })
        .collect();
    // What waits for an action starts no earlier than it and stands after it.
    for place in (0..roles.len()).rev() {
        let mut serves = roles[place].serves.clone();
        for later in &roles[place + 1..] {
            if roles[place].before.binary_search(&later.action).is_ok() {
                serves.extend(&later.serves);
            }
        }
        serves.sort_unstable();
        serves.dedup();
        roles[place].serves = serves;
    }
    roles
}

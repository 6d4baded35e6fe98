//! Good sets without proof: from many actions to few that still do.

use super::graph::{Graph, Waiting, reach};
use super::meter::Meter;
use super::proof::Value;

/// A set that reaches every target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Its actions, ascending.
    pub actions: Vec<usize>,
    /// Its value.
    pub value: Value,
}

impl Candidate {
    pub fn new(mut actions: Vec<usize>, values: &[Value]) -> Self {
        actions.sort_unstable();
        let value = actions.iter().map(|&a| values[a]).sum();
        Self { actions, value }
    }
}

/// Takes actions out one at a time, in the order given, while the rest still reaches every target; `None`
/// when not even all of them do. No action of the result can be left out.
pub(super) fn thinned(
    graph: &Graph,
    waiting: &Waiting,
    mut actions: Vec<usize>,
    meter: &mut Meter,
) -> Option<Vec<usize>> {
    let links = graph.links();
    let all = reach(graph, waiting, actions.iter().copied());
    meter.steps(links);
    if !all.complete(graph) {
        return None;
    }
    actions.retain(|&a| all.done[a]);
    let mut next = 0;
    while next < actions.len() {
        let out = actions[next];
        let rest = reach(graph, waiting, actions.iter().copied().filter(|&a| a != out));
        meter.steps(links);
        if rest.complete(graph) {
            // What only the one taken out made possible goes with it.
            let before = actions[..next].iter().filter(|&&a| rest.done[a]).count();
            actions.retain(|&a| a != out && rest.done[a]);
            next = before;
        } else {
            next += 1;
        }
    }
    Some(actions)
}

/// The better sets that come from adding one of `open` to a set and thinning the whole, dearest first, until
/// none is better.
pub(super) fn exchanged(
    graph: &Graph,
    waiting: &Waiting,
    values: &[Value],
    mut best: Candidate,
    open: &[usize],
    meter: &mut Meter,
) -> Candidate {
    let mut rounds = 0;
    let mut better = true;
    while std::mem::take(&mut better) && rounds < 20 {
        rounds += 1;
        for &action in open {
            if best.actions.binary_search(&action).is_ok() || !meter.left() {
                continue;
            }
            let mut with = best.actions.clone();
            with.sort_by_key(|&a| (std::cmp::Reverse(values[a]), a));
            with.push(action);
            if let Some(actions) = thinned(graph, waiting, with, meter) {
                let candidate = Candidate::new(actions, values);
                if candidate.value < best.value {
                    best = candidate;
                    better = true;
                }
            }
        }
    }
    best
}

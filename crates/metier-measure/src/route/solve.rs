//! From the problem to its best set: reduce, search each part, settle ties.

use std::collections::BTreeMap;

use super::graph::{COST_UNITS, Graph};
use super::improve::Candidate;
use super::meter::Meter;
use super::presolve::{Part, reduce};
use super::proof::Value;
use super::rows::gcd;
use super::search::Search;
use super::{Plan, Work};

/// How costs become values: whole numbers in which less cost comes first, then fewer actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    divisor: u64,
    weight: Value,
}

impl Scale {
    pub fn new(graph: &Graph) -> Self {
        Self {
            divisor: graph.cost.iter().copied().fold(0, gcd).max(1),
            weight: graph.actions() as Value + 1,
        }
    }

    pub fn value(self, cost: u64) -> Value {
        Value::from(cost / self.divisor) * self.weight + 1
    }

    /// The least value of all sets that cost more than so many units.
    pub fn above(self, units: u64) -> Value {
        Value::from(units / self.divisor + 1) * self.weight
    }

    /// The least cost, in the caller's unit, of sets whose value is at least `bound`.
    #[allow(clippy::cast_precision_loss, reason = "sums of units are below 2^53")]
    pub fn cost(self, bound: Value) -> f64 {
        (bound.div_euclid(self.weight) * Value::from(self.divisor)) as f64 / COST_UNITS
    }
}

/// What was found for one part, or for the whole.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    /// The best set, by positions in the whole; `None`: none below the cutoff was found.
    pub actions: Option<Vec<usize>>,
    /// Its value.
    pub value: Value,
    /// No set has less.
    pub bound: Value,
    /// True when no set of the same value comes earlier in the order of ties.
    pub first: bool,
}

/// Parts that were solved before, to the end.
pub(super) type Known = BTreeMap<Part, Solved>;

/// The best set of a graph with a value below `cutoff`; `None` when its targets cannot be reached.
pub(super) fn solve(
    graph: Graph,
    scale: Scale,
    cutoff: Value,
    known: &mut Known,
    meter: &mut Meter,
) -> Option<Solved> {
    let costs = graph.cost.clone();
    let reduced = reduce(graph)?;
    let mut whole = Solved {
        value: reduced.certain.iter().map(|&a| scale.value(costs[a])).sum(),
        actions: Some(reduced.certain.clone()),
        bound: 0,
        first: true,
    };
    whole.bound = whole.value;
    let mut parts = reduced.parts;
    parts.sort_by_key(|part| part.graph.actions());
    let mut left = parts.len();
    for part in parts {
        // Each part may use its share of what is left; what it leaves goes to those after it, the larger.
        let mut own = Meter::new(meter.rest() / left as u64);
        left -= 1;
        let below = cutoff.saturating_sub(whole.bound);
        let solved = solve_part(part, scale, below, known, &mut own);
        meter.add(own.work);
        whole.bound += solved.bound;
        whole.value += solved.value;
        whole.first &= solved.first;
        whole.actions = match (whole.actions, solved.actions) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            _ => None,
        };
        if whole.bound >= cutoff {
            break;
        }
    }
    if whole.value >= cutoff || whole.bound >= cutoff {
        whole.actions = None;
    }
    if let Some(actions) = &mut whole.actions {
        actions.sort_unstable();
        actions.dedup();
    }
    Some(whole)
}

fn solve_part(part: Part, scale: Scale, cutoff: Value, known: &mut Known, meter: &mut Meter) -> Solved {
    if let Some(solved) = known.get(&part) {
        return solved.clone();
    }
    // What is certain was counted with the whole.
    let values: Vec<Value> = (0..part.graph.actions())
        .map(|a| {
            if part.graph.must[a] {
                0
            } else {
                scale.value(part.graph.cost[a])
            }
        })
        .collect();
    let mut search = Search::new(&part, values);
    let start = search.first(meter);
    let begun = start.as_ref().map_or(Value::MAX, |c| c.value).min(cutoff);
    let found = search.run(&[], begun, meter);
    let best = found.best.or(start.filter(|c| c.value < cutoff));
    let Some(mut best) = best else {
        return Solved {
            actions: None,
            value: found.bound,
            bound: found.bound,
            first: false,
        };
    };
    let proven = found.bound >= best.value;
    let first = proven && first_of_equals(&mut search, &mut best, meter);
    let solved = Solved {
        actions: Some(best.actions.iter().map(|&a| part.actions[a]).collect()),
        value: best.value,
        bound: found.bound.min(best.value),
        first,
    };
    if first {
        known.insert(part, solved.clone());
    }
    solved
}

/// Goes from a best set to the first of all best ones: the one that holds the earliest action on which two
/// of them differ. False when the work runs out before that is certain.
fn first_of_equals(search: &mut Search<'_>, best: &mut Candidate, meter: &mut Meter) -> bool {
    let mut fixed: Vec<(usize, bool)> = Vec::new();
    // What no best set holds, by the bound of the first relaxation alone.
    let out = search.out_of_question(best.value + 1);
    for (action, out) in out.into_iter().enumerate() {
        if best.actions.binary_search(&action).is_err() {
            if out {
                fixed.push((action, false));
                continue;
            }
            fixed.push((action, true));
            let found = search.run(&fixed, best.value + 1, meter);
            if let Some(earlier) = found.best {
                *best = earlier;
                continue;
            }
            if found.bound <= best.value {
                return false;
            }
            fixed.pop();
            fixed.push((action, false));
        } else {
            fixed.push((action, true));
        }
    }
    true
}

/// The answer in the caller's terms.
pub(super) fn plan(solved: &Solved, graph: &Graph, scale: Scale, work: Work) -> Option<Plan> {
    let actions = solved.actions.clone()?;
    let units: u64 = actions.iter().map(|&a| graph.cost[a]).sum();
    let cost = units as f64 / COST_UNITS;
    let proven = solved.bound >= solved.value;
    Some(Plan {
        least: if proven { cost } else { scale.cost(solved.bound) },
        proven,
        first_of_equals: solved.first,
        actions,
        cost,
        work,
    })
}

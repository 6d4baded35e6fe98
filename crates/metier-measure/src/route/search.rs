//! Branch and bound over one part.
//!
//! Values are whole: a cost in units of the costs' common divisor, times one more than the number of
//! actions there are, plus one for each action taken. Less value is less cost, then fewer actions.
//! Each node relaxes the rows of [`super::rows`] by [`super::table`], adds what the relaxation misses, and
//! is closed only by a bound of [`super::proof`] or by a set that [`Front`](super::graph::Front) walks
//! through. The node with the least bound is taken next, and from it the search goes down until it closes.

mod upkeep;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::branch::History;
use super::graph::{Graph, Waiting, reach};
use super::improve::{Candidate, exchanged, thinned};
use super::meter::Meter;
use super::presolve::Part;
use super::proof::{Proof, Value};
use super::rows::{Event, Rows};
use super::table::{End, Table};

use upkeep::ones;

/// Closer to 0 or 1 than this is 0 or 1.
pub(super) const WHOLE: f64 = 1e-6;
/// Rows added to the table at once.
const ROWS_AT_ONCE: usize = 60;
/// Rounds of looking for covers and standstills: at the root, and at any other node.
const ROUNDS: (usize, usize) = (40, 3);
/// A table whose values are further off than this is made anew.
const DRIFT: f64 = 1e-6;

/// What a search found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The best set below the cutoff, if there is one.
    pub best: Option<Candidate>,
    /// No set has less value than this; the best's own value when the search is complete.
    pub bound: Value,
}

/// A subset of the sets: some columns are fixed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    bound: Value,
    /// Of equal bounds the latest first, which is the deepest.
    latest: Reverse<usize>,
    fixed: Vec<(usize, bool)>,
}

/// What the relaxation of a node says.
enum Relaxed {
    /// Nothing better is in it.
    Closed,
    /// Not decided: its bound, and the relaxation's values.
    Open(Value, Option<Vec<f64>>),
    /// The work ran out.
    Out,
}

/// A part and all that is known of it.
pub(super) struct Search<'a> {
    pub graph: &'a Graph,
    waiting: Waiting,
    /// Value of each column: the actions', then 0 for each goal.
    values: Vec<Value>,
    /// The same as parts of the largest.
    pub costs: Vec<f64>,
    scale: f64,
    rows: Rows,
    pub table: Table,
    low: Vec<bool>,
    high: Vec<bool>,
    history: History,
    /// Columns that are fixed throughout a run.
    asked: Vec<(usize, bool)>,
    /// What the first relaxation of a run proved, from which better sets fix more columns.
    root: Option<Proof>,
    /// Columns of which one value is out of the question throughout the run.
    settled: Vec<Option<bool>>,
    best: Option<Candidate>,
    cutoff: Value,
}

impl<'a> Search<'a> {
    /// A part, with the value of each of its actions.
    pub fn new(part: &'a Part, mut values: Vec<Value>) -> Self {
        let graph = &part.graph;
        values.extend(std::iter::repeat_n(0, graph.goals()));
        let scale = values.iter().max().copied().unwrap_or(1).max(1) as f64;
        let costs: Vec<f64> = values.iter().map(|&v| v as f64 / scale).collect();
        let low: Vec<bool> = graph.must.iter().chain(&graph.target).copied().collect();
        let high = vec![true; low.len()];
        let columns = low.len();
        let table = Table::new(&costs, &ones(&low), &ones(&high));
        Self {
            waiting: Waiting::new(graph),
            rows: Rows::new(part),
            table,
            history: History::new(low.len()),
            graph,
            values,
            costs,
            scale,
            low,
            high,
            asked: Vec::new(),
            root: None,
            settled: vec![None; columns],
            best: None,
            cutoff: Value::MAX,
        }
    }

    /// The best set with some columns fixed and a value below `cutoff`.
    pub fn run(&mut self, fixed: &[(usize, bool)], cutoff: Value, meter: &mut Meter) -> Found {
        self.best = None;
        self.cutoff = cutoff;
        self.asked = fixed.to_vec();
        self.root = None;
        if self.settled.iter().any(Option::is_some) {
            self.settled.fill(None);
            self.renew();
        }
        let mut open = BinaryHeap::new();
        let mut made = 0;
        open.push(Reverse(Node {
            bound: 0,
            latest: Reverse(0),
            fixed: fixed.to_vec(),
        }));
        while let Some(Reverse(mut node)) = open.pop() {
            if node.bound >= self.cutoff {
                break;
            }
            loop {
                let root = made == 0;
                let (bound, x) = match self.relax(&mut node, root, meter) {
                    Relaxed::Closed => break,
                    Relaxed::Out => {
                        let others = open.iter().map(|Reverse(n)| n.bound).min();
                        let bound = node.bound.min(others.unwrap_or(Value::MAX)).min(self.cutoff);
                        return Found {
                            best: self.best.take(),
                            bound,
                        };
                    }
                    Relaxed::Open(bound, x) => (bound, x),
                };
                node.bound = node.bound.max(bound);
                let Some((column, first)) = self.branch(&node, x.as_deref(), meter) else {
                    self.try_fixed(&node, meter);
                    break;
                };
                made += 1;
                let mut other = node.clone();
                other.fixed.push((column, !first));
                other.latest = Reverse(made);
                open.push(Reverse(other));
                node.fixed.push((column, first));
            }
        }
        Found {
            best: self.best.take(),
            bound: self.cutoff,
        }
    }

    /// Solves the relaxation of a node, adds the rows it misses, and fixes what its bound decides.
    fn relax(&mut self, node: &mut Node, root: bool, meter: &mut Meter) -> Relaxed {
        meter.node();
        self.tidy();
        if !self.set_bounds(&node.fixed) {
            return Relaxed::Closed;
        }
        if !root {
            self.settle();
        }
        let mut rounds = if root { ROUNDS.0 } else { ROUNDS.1 };
        let mut fresh = false;
        let mut further = false;
        loop {
            let steps = 200 + 20 * (self.table.rows() + self.costs.len());
            let cutoff = if std::mem::take(&mut further) {
                f64::INFINITY
            } else {
                (self.cutoff.saturating_sub(1) as f64 + 1e-3) / self.scale
            };
            let end = self.table.solve(cutoff, &self.costs, steps, meter);
            if !meter.left() {
                return Relaxed::Out;
            }
            if let End::Stuck(row) = end {
                if self.impossible(row) {
                    return Relaxed::Closed;
                }
            } else {
                let proof = self.proof();
                let bound = proof.as_ref().map_or(0, Proof::bound);
                if bound >= self.cutoff {
                    if root {
                        self.root = proof;
                    }
                    return Relaxed::Closed;
                }
                node.bound = node.bound.max(bound);
                if end == End::Passed {
                    // So the table says, but its rounding errors leave that unproved.
                    further = true;
                    continue;
                }
                if end == End::Least && self.drift() < DRIFT {
                    let x: Vec<f64> = (0..self.costs.len()).map(|v| self.table.value(v)).collect();
                    if root {
                        self.tidy();
                        self.try_out(&x, root, meter);
                    }
                    if self.add_missed(&x, root, &mut rounds, meter) {
                        continue;
                    }
                    self.try_out(&x, root, meter);
                    if root && let Some(best) = self.best.clone() {
                        // Only actions that the bound leaves open can make it better.
                        let open: Vec<usize> = (0..self.graph.actions())
                            .filter(|&a| {
                                let against = proof.as_ref().map(|p| p.bound_against(a));
                                !against.is_some_and(|(down, bound)| down && bound >= self.cutoff)
                            })
                            .collect();
                        let better = exchanged(self.graph, &self.waiting, &self.values, best, &open, meter);
                        self.offer(better);
                    }
                    if node.bound >= self.cutoff {
                        return Relaxed::Closed;
                    }
                    if let Some(proof) = proof {
                        self.fix(node, &proof);
                        if root {
                            self.root = Some(proof);
                        }
                    }
                    return Relaxed::Open(node.bound, Some(x));
                }
            }
            // The table has lost its footing: once more from the rows themselves, then without it.
            if fresh {
                return Relaxed::Open(node.bound, None);
            }
            fresh = true;
            self.renew();
        }
    }

    /// Adds rows that `x` misses to the table; false when none is found.
    fn add_missed(&mut self, x: &[f64], root: bool, rounds: &mut usize, meter: &mut Meter) -> bool {
        let mut missed = self.rows.missed(x, meter);
        missed.truncate(ROWS_AT_ONCE);
        if missed.is_empty() && *rounds > 0 {
            *rounds -= 1;
            missed = self.rows.find_covers(self.graph, x, meter);
            if missed.is_empty() && root {
                missed = self.standstills(x, meter);
            }
        }
        if missed.is_empty() && whole(&x[..self.graph.actions()]) {
            missed = self.standstills(x, meter);
        }
        for &number in &missed {
            self.use_row(number);
        }
        !missed.is_empty()
    }

    /// Rows for goals and actions that `x` takes and that do not come about.
    fn standstills(&mut self, x: &[f64], meter: &mut Meter) -> Vec<usize> {
        let actions = self.graph.actions();
        let taken = (0..actions).filter(|&a| x[a] > WHOLE);
        let front = reach(self.graph, &self.waiting, taken.filter(|&a| x[a] > 1.0 - WHOLE));
        meter.steps(self.graph.links());
        let goals = (0..self.graph.goals())
            .filter(|&g| x[actions + g] > WHOLE && !front.reached[g])
            .map(Event::Goal);
        let waits = (0..actions)
            .filter(|&a| x[a] > WHOLE && !front.ready(a))
            .map(Event::Action);
        let events: Vec<Event> = goals.chain(waits).collect();
        let mut found = Vec::new();
        for event in events {
            if !meter.left() {
                break;
            }
            found.extend(
                self.rows
                    .find_standstill(self.graph, &self.waiting, x, event, meter),
            );
        }
        found
    }

    /// Makes sets from the relaxation's values; true when one is the best so far.
    fn try_out(&mut self, x: &[f64], root: bool, meter: &mut Meter) -> bool {
        let mut order: Vec<usize> = (0..self.graph.actions()).filter(|&a| self.high[a]).collect();
        order.sort_by(|&a, &b| {
            x[a].total_cmp(&x[b])
                .then(self.table.reduced(b).total_cmp(&self.table.reduced(a)))
                .then(a.cmp(&b))
        });
        // What the relaxation does not touch is only there to make up a set.
        let touched = order.iter().copied().filter(|&a| x[a] > WHOLE).collect();
        let mut found = thinned(self.graph, &self.waiting, touched, meter);
        if found.is_none() && root {
            found = thinned(self.graph, &self.waiting, order, meter);
        }
        found.is_some_and(|actions| self.offer(Candidate::new(actions, &self.values)))
    }

    /// Walks through the one set that is left when every action is fixed.
    fn try_fixed(&mut self, node: &Node, meter: &mut Meter) {
        if self.set_bounds(&node.fixed) {
            let taken = (0..self.graph.actions()).filter(|&a| self.low[a]).collect();
            if let Some(actions) = thinned(self.graph, &self.waiting, taken, meter) {
                self.offer(Candidate::new(actions, &self.values));
            }
        }
    }

    /// Keeps a set when it is the best below the cutoff.
    pub fn offer(&mut self, candidate: Candidate) -> bool {
        let taken = |action: usize| candidate.actions.binary_search(&action).is_ok();
        let mut asked = self
            .asked
            .iter()
            .filter(|(column, _)| *column < self.graph.actions());
        if candidate.value >= self.cutoff || asked.any(|&(action, value)| taken(action) != value) {
            return false;
        }
        self.cutoff = candidate.value;
        self.best = Some(candidate);
        true
    }

    /// Actions that no set with a value below `cutoff` holds, by the last run's first relaxation.
    pub fn out_of_question(&self, cutoff: Value) -> Vec<bool> {
        let against = |action: usize| self.root.as_ref().map(|root| root.bound_against(action));
        (0..self.graph.actions())
            .map(|a| !self.graph.must[a] && against(a).is_some_and(|(down, bound)| down && bound >= cutoff))
            .collect()
    }

    /// Some set to start from.
    pub fn first(&self, meter: &mut Meter) -> Option<Candidate> {
        let mut order: Vec<usize> = (0..self.graph.actions()).collect();
        order.sort_by_key(|&a| (Reverse(self.values[a]), a));
        let actions = thinned(self.graph, &self.waiting, order, meter)?;
        Some(Candidate::new(actions, &self.values))
    }

    /// Fixes every column whose other value would cost too much.
    fn fix(&self, node: &mut Node, proof: &Proof) {
        for column in 0..self.costs.len() {
            if self.low[column] != self.high[column] {
                let (down, against) = proof.bound_against(column);
                if against >= self.cutoff {
                    node.fixed.push((column, !down));
                }
            }
        }
    }

    /// Fixes for the whole run what the root's bound decides by now, and takes it out of the table.
    fn settle(&mut self) {
        let Some(root) = &self.root else { return };
        // A column that was fixed when the proof was made is no choice that it could rule on.
        let mut fixed: Vec<bool> = self
            .graph
            .must
            .iter()
            .chain(&self.graph.target)
            .copied()
            .collect();
        for &(column, _) in &self.asked {
            fixed[column] = true;
        }
        for column in (0..fixed.len()).filter(|&c| !fixed[c]) {
            let (down, against) = root.bound_against(column);
            if against >= self.cutoff && self.settled[column].is_none() {
                self.settled[column] = Some(!down);
            }
        }
        let settled = &self.settled;
        self.table.settle(|column| settled[column].is_some());
    }

    fn branch(&mut self, node: &Node, x: Option<&[f64]>, meter: &mut Meter) -> Option<(usize, bool)> {
        if !self.set_bounds(&node.fixed) {
            return None;
        }
        let (low, high) = (&self.low, &self.high);
        let free = |column: usize| low[column] != high[column];
        if let Some(x) = x
            && let Some(choice) = self.history.choose(x, free, &self.table, &self.costs, meter)
        {
            return Some(choice);
        }
        // Whole but not proved, or without values: any action not yet fixed.
        let action = (0..self.graph.actions()).find(|&a| free(a))?;
        Some((action, x.is_none_or(|x| x[action] > 0.5)))
    }
}

/// True when every value is 0 or 1.
fn whole(x: &[f64]) -> bool {
    x.iter().all(|&v| !(WHOLE..=1.0 - WHOLE).contains(&v))
}

//! The rows of the problem, and those found later: needs, certain orders, covers, and ways past a standstill.
//!
//! Columns: one per action, then one per goal ("this goal is reached in time"); all are 0 or 1.
//!
//! | row | says |
//! |---|---|
//! | goal | the gains taken add up to what the goal is short of, if it is reached |
//! | need | an action taken has one of each need |
//! | order | a goal that cannot be reached without another |
//! | cover | with some givers taken out of the sum, the others must give the rest; gains above the rest count as the rest (Carr, Fleischer, Leung and Phillips, SODA 2000), or in steps rounded up |
//! | standstill | some actions do not lead to a goal, however many of them are taken: one of the others is taken, if the goal is reached |
//!
//! Standstill rows are what makes circles exact: a set whose actions only support each other leads nowhere,
//! and the row found for it excludes it. They are the disjunctive landmarks of delete-free planning
//! (Bonet and Helmert, ECAI 2010).

use std::collections::BTreeSet;

use super::Prior;
use super::graph::{Front, Graph, Waiting};
use super::meter::Meter;
use super::presolve::Part;

/// By how much a row must be violated, of what it asks for, before it is worth adding.
const VIOLATED: f64 = 1e-4;

/// A row: the sum of coefficients times variables is at least so much.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    /// Variables and their coefficients, by variable; not zero.
    pub coefficients: Vec<(usize, i64)>,
    /// The least sum.
    pub least: i64,
}

impl Row {
    /// With coefficients sorted and without a common divisor.
    pub fn new(mut coefficients: Vec<(usize, i64)>, least: i64) -> Self {
        coefficients.sort_unstable();
        let divisor = coefficients
            .iter()
            .fold(least.unsigned_abs(), |d, (_, c)| gcd(d, c.unsigned_abs()));
        let divisor = i64::try_from(divisor.max(1)).unwrap_or(1);
        for (_, coefficient) in &mut coefficients {
            *coefficient /= divisor;
        }
        Self {
            coefficients,
            least: least / divisor,
        }
    }

    /// The largest coefficient.
    pub fn scale(&self) -> f64 {
        let sizes = self.coefficients.iter().map(|(_, c)| c.unsigned_abs());
        sizes.max().unwrap_or(1) as f64
    }

    /// By how much `x` misses it, in parts of its largest coefficient; negative: it is kept.
    pub fn missed(&self, x: &[f64]) -> f64 {
        let sum: f64 = self.coefficients.iter().map(|&(v, c)| c as f64 * x[v]).sum();
        (self.least as f64 - sum) / self.scale()
    }
}

pub(super) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Something that must come about: a goal, or an action with its needs met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A goal reached.
    Goal(usize),
    /// An action done.
    Action(usize),
}

/// All rows of one part, known from the start or found since.
#[derive(Debug)]
pub(super) struct Rows {
    /// Every row so far; its position is its number.
    pub all: Vec<Row>,
    /// Rows that are in the table.
    pub used: Vec<bool>,
    known: BTreeSet<Row>,
    givers: Vec<Vec<(usize, u64)>>,
    actions: usize,
}

impl Rows {
    pub fn new(part: &Part) -> Self {
        let graph = &part.graph;
        let mut rows = Self {
            all: Vec::new(),
            used: Vec::new(),
            known: BTreeSet::new(),
            givers: graph.givers(),
            actions: graph.actions(),
        };
        for goal in 0..graph.goals() {
            let row = rows.goal(graph, goal);
            rows.add(row);
        }
        let goal_column = |goal: usize| graph.actions() + goal;
        for (action, needs) in graph.needs.iter().enumerate() {
            for need in needs {
                let mut row: Vec<(usize, i64)> = need
                    .iter()
                    .map(|prior| match *prior {
                        Prior::Goal(goal) => (goal_column(goal), 1),
                        Prior::Action(other) => (other, 1),
                    })
                    .collect();
                // An action that waits for itself is taken out before, so that this is another column.
                row.push((action, -1));
                rows.add(Row::new(row, 0));
            }
        }
        for &(goal, other) in &part.implied {
            rows.add(Row::new(
                vec![(goal_column(other), 1), (goal_column(goal), -1)],
                0,
            ));
        }
        rows
    }

    fn goal(&self, graph: &Graph, goal: usize) -> Row {
        let givers = self.givers[goal].iter().map(|&(action, n)| (action, whole(n)));
        let reached = (self.actions + goal, -whole(graph.short[goal]));
        Row::new(givers.chain([reached]).collect(), 0)
    }

    /// Adds a row that is not there yet; gives its number.
    pub fn add(&mut self, row: Row) -> Option<usize> {
        if !self.known.insert(row.clone()) {
            return None;
        }
        self.all.push(row);
        self.used.push(false);
        Some(self.all.len() - 1)
    }

    /// Known rows that `x` misses and the table lacks, most missed first.
    pub fn missed(&self, x: &[f64], meter: &mut Meter) -> Vec<usize> {
        let mut missed: Vec<(f64, usize)> = Vec::new();
        for (number, row) in self.all.iter().enumerate() {
            if !self.used[number] {
                let by = row.missed(x);
                if by > VIOLATED {
                    missed.push((by, number));
                }
            }
        }
        meter.steps(2 * self.all.len());
        missed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        missed.into_iter().map(|(_, number)| number).collect()
    }

    /// Finds covers that `x` misses: one per goal, the most missed.
    pub fn find_covers(&mut self, graph: &Graph, x: &[f64], meter: &mut Meter) -> Vec<usize> {
        let mut found = Vec::new();
        for goal in 0..graph.goals() {
            let reached = x[self.actions + goal];
            if reached < VIOLATED || self.givers[goal].len() < 2 {
                continue;
            }
            if let Some(row) = self.cover(graph.short[goal], goal, x, meter)
                && let Some(number) = self.add(row)
            {
                found.push(number);
            }
        }
        found
    }

    fn cover(&self, short: u64, goal: usize, x: &[f64], meter: &mut Meter) -> Option<Row> {
        let reached = x[self.actions + goal];
        let mut givers = self.givers[goal].clone();
        givers.sort_unstable_by(|a, b| x[b.0].total_cmp(&x[a.0]).then(b.1.cmp(&a.1)).then(a.0.cmp(&b.0)));
        let mut best: (f64, Option<(usize, u64, u64)>) = (VIOLATED, None);
        let mut rest = short;
        for (out, &(_, amount)) in givers.iter().enumerate() {
            let others = &givers[out..];
            let mut steps: Vec<u64> = others.iter().map(|(_, n)| (*n).min(rest)).collect();
            steps.extend([1, rest.div_ceil(2), rest.div_ceil(3)]);
            steps.sort_unstable();
            steps.dedup();
            meter.steps(steps.len() * others.len());
            for step in steps {
                let asked = rest.div_ceil(step) as f64;
                let sum: f64 = others
                    .iter()
                    .map(|&(a, n)| n.min(rest).div_ceil(step) as f64 * x[a])
                    .sum();
                let missed = reached - sum / asked;
                if missed > best.0 + 1e-9 {
                    best = (missed, Some((out, rest, step)));
                }
            }
            if amount >= rest {
                break;
            }
            rest -= amount;
        }
        let (out, rest, step) = best.1?;
        let mut row: Vec<(usize, i64)> = givers[out..]
            .iter()
            .map(|&(a, n)| (a, whole(n.min(rest).div_ceil(step))))
            .collect();
        row.push((self.actions + goal, -whole(rest.div_ceil(step))));
        Some(Row::new(row, 0))
    }

    /// Finds the row that says: of those that `x` takes least, one is taken, if the event comes about.
    /// `None` when what `x` takes does lead to it, or the row is there already.
    pub fn find_standstill(
        &mut self,
        graph: &Graph,
        waiting: &Waiting,
        x: &[f64],
        event: Event,
        meter: &mut Meter,
    ) -> Option<usize> {
        let comes = |front: &Front| match event {
            Event::Goal(goal) => front.reached[goal],
            Event::Action(action) => front.ready(action),
        };
        let mut order: Vec<usize> = (0..graph.actions())
            .filter(|&a| event != Event::Action(a))
            .collect();
        order.sort_by(|&a, &b| {
            x[b].total_cmp(&x[a])
                .then(graph.cost[b].cmp(&graph.cost[a]))
                .then(a.cmp(&b))
        });
        let mut front = Front::new(graph, waiting);
        if comes(&front) {
            return None;
        }
        let mut row = Vec::new();
        let mut sum = 0.0;
        let column = match event {
            Event::Goal(goal) => self.actions + goal,
            Event::Action(action) => action,
        };
        for action in order {
            let mut further = front.clone();
            further.choose(graph, waiting, action);
            if comes(&further) {
                row.push((action, 1));
                sum += x[action];
                if sum >= x[column] - VIOLATED {
                    return None;
                }
            } else {
                front = further;
            }
            meter.steps(graph.actions() + 2 * graph.goals());
        }
        row.push((column, -1));
        self.add(Row::new(row, 0))
    }
}

/// An amount as a coefficient: none is above 10^9.
fn whole(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

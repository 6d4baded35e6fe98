//! Which actions reach some goals at the least cost, in which order, and what else would do?
//!
//! An action costs something, gives amounts to goals, and may need something first: a goal reached or
//! another action done, all of several, each with alternatives. A goal is reached when what is there already
//! and what the actions gave adds up to what it asks for. A set of actions is a *route* when its actions can
//! be put in an order in which each finds its needs met, and the targets are reached at the end. A circle of
//! actions that only support each other is therefore no route.
//!
//! The best route has the least cost; of those of equal cost the fewest actions; of those the one that holds
//! the earliest action, in the order given, on which two of them differ. It is found by branch and bound
//! over a linear relaxation whose rows are found as they are missed; every bound is proved in whole numbers,
//! so that "best" never rests on a rounding error. The work is counted, not timed: past the limit the answer
//! is the best route found, with the least cost that any route can have.
//!
//! This is minimum-cost planning without deletions (Bylander, Artificial Intelligence 69, 1994, shows how
//! hard it can be; Imai and Fukunaga, Journal of Artificial Intelligence Research 54, 2015, give the integer
//! program), with gains that accumulate.

mod branch;
mod change;
mod components;
mod graph;
mod improve;
mod meter;
mod presolve;
mod proof;
mod reach;
mod role;
mod rows;
mod schedule;
mod search;
mod solve;
pub mod space;
pub mod spread;
mod table;

pub use change::{Changes, Cheaper, Without};
pub use reach::{Obstacle, Reach, Why};
pub use role::{Role, roles};
pub use schedule::{Schedule, Step, Turn, Turns, schedule, turns};

use crate::error::Result;

use graph::Graph;
use meter::Meter;
use proof::Value;
use solve::{Known, Scale};

/// The largest number of actions.
pub const MAX_ACTIONS: usize = 4_000;
/// The largest number of goals.
pub const MAX_GOALS: usize = 4_000;
/// The largest number of gains, needs and alternatives together.
pub const MAX_LINKS: usize = 100_000;
/// The largest cost of an action; costs are counted in millionths.
pub const MAX_COST: f64 = 1e6;

/// Something to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// What it asks for, more than 0, in any unit.
    pub amount: f64,
    /// What is there already, not negative.
    pub already: f64,
}

/// Something that can be done once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Action {
    /// What it costs, from 0 to [`MAX_COST`].
    pub cost: f64,
    /// What it gives.
    pub gains: Vec<Gain>,
    /// What must come before it: every one of these.
    pub needs: Vec<Need>,
}

/// What an action gives to a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Which goal, by its position.
    pub goal: usize,
    /// How much, in the goal's unit, not negative. Gains to one goal add up.
    pub amount: f64,
}

/// Something that must come before an action, by any one of several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Need {
    /// The alternatives; with none, the need cannot be met.
    pub one_of: Vec<Prior>,
}

/// What can come before an action, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prior {
    /// A goal, reached.
    Goal(usize),
    /// An action, done.
    Action(usize),
}

impl Prior {
    /// Its position in a list of the goals, then the actions.
    fn place(self, goals: usize) -> usize {
        match self {
            Self::Goal(goal) => goal,
            Self::Action(action) => goals + action,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// The goals.
    pub goals: Vec<Goal>,
    /// The actions.
    pub actions: Vec<Action>,
    /// The goals to reach, by position.
    pub targets: Vec<usize>,
}

/// A route.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its actions, by position, ascending.
    pub actions: Vec<usize>,
    /// Their cost.
    pub cost: f64,
    /// No route costs less than this.
    pub least: f64,
    /// True when no route is better: the cost cannot be lowered, nor the number of actions at that cost.
    pub proven: bool,
    /// True when it is also the first of all equally good ones.
    pub first_of_equals: bool,
    /// The work it took.
    pub work: Work,
}

/// Work, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Subproblems relaxed.
    pub nodes: u64,
    /// Pivots of the simplex table.
    pub pivots: u64,
    /// Elementary steps, about one multiplication each: what the limit counts.
    pub steps: u64,
}

/// Solves one problem and questions about it.
#[derive(Debug)]
pub struct Planner {
    problem: Problem,
    graph: Graph,
    scale: Scale,
    known: Known,
}

impl Planner {
    /// The work after which a search gives its best answer so far, unless told otherwise.
    pub const STEPS: u64 = 4_000_000_000;

    /// Checks a problem.
    ///
    /// # Errors
    /// When a number is outside its domain, a position is not one of its list, or there are more than
    /// [`MAX_GOALS`] goals, [`MAX_ACTIONS`] actions or [`MAX_LINKS`] links.
    pub fn new(problem: &Problem) -> Result<Self> {
        let graph = Graph::new(problem)?;
        Ok(Self {
            problem: problem.clone(),
            scale: Scale::new(&graph),
            graph,
            known: Known::new(),
        })
    }

    /// What can be reached, what can be done first of all, and what stands in the way.
    pub fn reach(&self) -> Reach {
        reach::reachable(&self.problem, &self.graph)
    }

    /// The best route, within so many steps of work; `None` when the targets cannot be reached.
    pub fn best(&mut self, steps: u64) -> Option<Plan> {
        let mut meter = Meter::new(steps);
        let solved = solve::solve(
            self.graph.clone(),
            self.scale,
            Value::MAX,
            &mut self.known,
            &mut meter,
        )?;
        solve::plan(&solved, &self.graph, self.scale, meter.work)
    }
}

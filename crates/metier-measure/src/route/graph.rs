//! The problem in whole numbers, and what a set of actions reaches.
//!
//! Costs are counted in millionths of the caller's unit and gains in billionths of the goal they go to, so
//! that every sum, comparison and bound of the search is one of whole numbers. A goal counts as reached at
//! one millionth below what it asks for: what 0.6 + 0.4 or three times 1/3 lose to rounding is far less.

use super::{Action, Goal, MAX_ACTIONS, MAX_COST, MAX_GOALS, MAX_LINKS, Prior, Problem};
use crate::error::{MeasureError, Result, not_negative, positive, within};

/// Units of cost in one.
pub(super) const COST_UNITS: f64 = 1e6;
/// Units of gain in the whole of a goal.
const GAIN_UNITS: f64 = 1e9;
/// What a sum of gains may fall short by: a millionth.
const TOLERANCE: u64 = 1_000;

/// The problem in whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Graph {
    /// Cost of each action, in units.
    pub cost: Vec<u64>,
    /// What each action gives to which goal; never more than the goal is short of, never nothing.
    pub gains: Vec<Vec<(usize, u64)>>,
    /// What must come before each action: of each list, one.
    pub needs: Vec<Vec<Vec<Prior>>>,
    /// What each goal is short of at the start; 0: it is reached.
    pub short: Vec<u64>,
    /// Goals that must be reached.
    pub target: Vec<bool>,
    /// Actions that must be taken.
    pub must: Vec<bool>,
    /// Actions that may not be taken.
    pub absent: Vec<bool>,
}

impl Graph {
    /// The problem, checked.
    pub fn new(problem: &Problem) -> Result<Self> {
        let (goals, actions) = (problem.goals.len(), problem.actions.len());
        length("goals", goals, MAX_GOALS, "at most 4000")?;
        length("actions", actions, MAX_ACTIONS, "at most 4000")?;
        let links = problem
            .actions
            .iter()
            .map(|a| a.gains.len() + a.needs.iter().map(|n| 1 + n.one_of.len()).sum::<usize>())
            .sum();
        length("links", links, MAX_LINKS, "at most 100000")?;
        let short = problem.goals.iter().map(short_of).collect::<Result<Vec<_>>>()?;
        let mut graph = Self {
            cost: Vec::with_capacity(actions),
            gains: Vec::with_capacity(actions),
            needs: Vec::with_capacity(actions),
            short,
            target: vec![false; goals],
            must: vec![false; actions],
            absent: vec![false; actions],
        };
        for &target in &problem.targets {
            graph.target[index("target", target, goals)?] = true;
        }
        for action in &problem.actions {
            graph.add(action, &problem.goals, actions)?;
        }
        Ok(graph)
    }

    fn add(&mut self, action: &Action, goals: &[Goal], actions: usize) -> Result<()> {
        within(
            "cost",
            action.cost,
            |c| (0.0..=MAX_COST).contains(&c),
            "from 0 to 1000000",
        )?;
        self.cost.push(rounded(action.cost * COST_UNITS));
        let mut gains: Vec<(usize, u64)> = Vec::with_capacity(action.gains.len());
        for gain in &action.gains {
            let goal = index("goal of a gain", gain.goal, goals.len())?;
            not_negative("gain", gain.amount)?;
            let whole = (gain.amount / goals[goal].amount).min(1.0);
            let amount = rounded(whole * GAIN_UNITS).min(self.short[goal]);
            match gains.iter_mut().find(|(other, _)| *other == goal) {
                Some((_, sum)) => *sum = (*sum + amount).min(self.short[goal]),
                None => gains.push((goal, amount)),
            }
        }
        gains.retain(|(_, amount)| *amount > 0);
        gains.sort_unstable();
        self.gains.push(gains);
        let mut needs: Vec<Vec<Prior>> = Vec::with_capacity(action.needs.len());
        for need in &action.needs {
            for prior in &need.one_of {
                match *prior {
                    Prior::Goal(goal) => index("goal of a need", goal, goals.len())?,
                    Prior::Action(other) => index("action of a need", other, actions)?,
                };
            }
            // Nothing comes before itself.
            let own = Prior::Action(self.cost.len() - 1);
            let mut one_of: Vec<Prior> = need.one_of.iter().copied().filter(|p| *p != own).collect();
            one_of.sort_unstable();
            one_of.dedup();
            let reached = |p: &Prior| matches!(*p, Prior::Goal(goal) if self.short[goal] == 0);
            if !one_of.iter().any(reached) {
                needs.push(one_of);
            }
        }
        needs.sort_unstable();
        needs.dedup();
        self.needs.push(needs);
        Ok(())
    }

    pub fn actions(&self) -> usize {
        self.cost.len()
    }

    pub fn goals(&self) -> usize {
        self.short.len()
    }

    /// Takes an action out, and with it every place where it could have come first.
    pub fn remove(&mut self, action: usize) {
        self.absent[action] = true;
        self.gains[action].clear();
        self.needs[action].clear();
    }

    /// Which actions give to each goal, and how much.
    pub fn givers(&self) -> Vec<Vec<(usize, u64)>> {
        let mut givers = vec![Vec::new(); self.goals()];
        for (action, gains) in self.gains.iter().enumerate() {
            for &(goal, amount) in gains {
                givers[goal].push((action, amount));
            }
        }
        givers
    }

    /// How large it is: what one walk over it costs.
    pub fn links(&self) -> usize {
        self.gains.iter().map(Vec::len).sum::<usize>()
            + self.needs.iter().flatten().map(|n| 1 + n.len()).sum::<usize>()
            + self.actions()
            + self.goals()
    }
}

fn length(name: &'static str, length: usize, most: usize, allowed: &'static str) -> Result<()> {
    if length > most {
        return Err(MeasureError::Length {
            name,
            length,
            allowed,
        });
    }
    Ok(())
}

fn index(name: &'static str, value: usize, length: usize) -> Result<usize> {
    within(name, value as f64, |_| value < length, "a position in its list").map(|_| value)
}

fn short_of(goal: &Goal) -> Result<u64> {
    positive("amount", goal.amount)?;
    not_negative("already", goal.already)?;
    let there = rounded((goal.already / goal.amount).min(1.0) * GAIN_UNITS);
    Ok((rounded(GAIN_UNITS) - TOLERANCE).saturating_sub(there))
}

/// The nearest whole number of something already checked to lie from 0 to 10^12.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "its callers have checked the domain"
)]
fn rounded(value: f64) -> u64 {
    libm::round(value) as u64
}

/// Who waits for what: the needs of a graph, by what meets them.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    /// For each goal, then each action: the needs it meets, by number.
    meets: Vec<Vec<usize>>,
    /// The action of each need.
    of: Vec<usize>,
    /// How many needs each action has.
    open: Vec<usize>,
}

impl Waiting {
    pub fn new(graph: &Graph) -> Self {
        let mut waiting = Self {
            meets: vec![Vec::new(); graph.goals() + graph.actions()],
            of: Vec::new(),
            open: graph.needs.iter().map(Vec::len).collect(),
        };
        for (action, needs) in graph.needs.iter().enumerate() {
            for need in needs {
                let number = waiting.of.len();
                waiting.of.push(action);
                for prior in need {
                    waiting.meets[prior.place(graph.goals())].push(number);
                }
            }
        }
        waiting
    }
}

/// What a growing set of actions reaches, in an order in which each finds its needs met.
///
/// Reaching is monotone: a further action never undoes anything, so that the order of choosing does not
/// matter and everything that can be done is.
#[derive(Debug, Clone)]
pub(super) struct Front {
    /// Actions chosen.
    pub chosen: Vec<bool>,
    /// Chosen actions whose needs were met.
    pub done: Vec<bool>,
    /// Goals reached.
    pub reached: Vec<bool>,
    /// What each goal is still short of.
    pub short: Vec<u64>,
    met: Vec<bool>,
    open: Vec<usize>,
    sealed: Option<usize>,
    next: Vec<usize>,
}

impl Front {
    /// Nothing chosen yet.
    pub fn new(graph: &Graph, waiting: &Waiting) -> Self {
        Self::without(graph, waiting, None)
    }

    /// Nothing chosen yet, and one goal that never counts as reached.
    pub fn without(graph: &Graph, waiting: &Waiting, sealed: Option<usize>) -> Self {
        let mut front = Self {
            chosen: vec![false; graph.actions()],
            done: vec![false; graph.actions()],
            reached: vec![false; graph.goals()],
            short: graph.short.clone(),
            met: vec![false; waiting.of.len()],
            open: waiting.open.clone(),
            sealed,
            next: Vec::new(),
        };
        for goal in 0..graph.goals() {
            if front.short[goal] == 0 {
                front.reach(waiting, goal);
            }
        }
        front
    }

    /// Chooses one more action and does whatever that makes possible.
    pub fn choose(&mut self, graph: &Graph, waiting: &Waiting, action: usize) {
        if self.chosen[action] || graph.absent[action] {
            return;
        }
        self.chosen[action] = true;
        if self.open[action] == 0 {
            self.next.push(action);
        }
        while let Some(action) = self.next.pop() {
            self.done[action] = true;
            self.meet(waiting, graph.goals() + action);
            for &(goal, amount) in &graph.gains[action] {
                let before = self.short[goal];
                self.short[goal] = before.saturating_sub(amount);
                if before > 0 && self.short[goal] == 0 {
                    self.reach(waiting, goal);
                }
            }
        }
    }

    fn reach(&mut self, waiting: &Waiting, goal: usize) {
        if self.sealed != Some(goal) {
            self.reached[goal] = true;
            self.meet(waiting, goal);
        }
    }

    fn meet(&mut self, waiting: &Waiting, place: usize) {
        for &need in &waiting.meets[place] {
            if !std::mem::replace(&mut self.met[need], true) {
                let action = waiting.of[need];
                self.open[action] -= 1;
                if self.open[action] == 0 && self.chosen[action] && !self.done[action] {
                    self.next.push(action);
                }
            }
        }
    }

    /// True when every target is reached and every action that must be taken is done.
    pub fn complete(&self, graph: &Graph) -> bool {
        let goals = graph.target.iter().zip(&self.reached);
        let actions = graph.must.iter().zip(&self.done);
        goals.chain(actions).all(|(wanted, there)| *there || !wanted)
    }

    /// True when the needs of an action are met, whether or not it is chosen.
    pub fn ready(&self, action: usize) -> bool {
        self.open[action] == 0
    }

    /// True when this need of an action is met by what is done so far.
    pub fn meets(&self, need: &[Prior]) -> bool {
        need.iter().any(|prior| match *prior {
            Prior::Goal(goal) => self.reached[goal],
            Prior::Action(action) => self.done[action],
        })
    }
}

/// Everything that `actions` reach together.
pub(super) fn reach(graph: &Graph, waiting: &Waiting, actions: impl IntoIterator<Item = usize>) -> Front {
    let mut front = Front::new(graph, waiting);
    for action in actions {
        front.choose(graph, waiting, action);
    }
    front
}

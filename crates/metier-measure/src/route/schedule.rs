//! When each action of a route can start, what the last of them waits for, and in which turn one would
//! take them alone.
//!
//! The critical path method (Kelley and Walker, Proceedings of the Eastern Joint Computer Conference, 1959)
//! with goals that are reached by sums: a goal is reached at the moment at which the actions finished by then
//! give enough. Of those, the ones that are not needed for enough are left out, the smallest gain first (of
//! equal gains the latest in the list), so that each goal waits for a fixed set; slack is counted against
//! these sets.

use super::graph::{Front, Graph, Waiting};
use super::{Prior, Problem};
use crate::error::{MeasureError, Result, not_negative};

/// A route in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Its actions in the order in which they can start, each as early as its needs allow.
    pub steps: Vec<Step>,
    /// When each goal of the problem is reached; `None`: not by this route.
    pub reached: Vec<Option<f64>>,
    /// For each goal that is reached by actions, those it waits for, ascending.
    pub givers: Vec<Vec<usize>>,
    /// When everything is finished, were any number of actions done at the same time.
    pub length: f64,
    /// A longest chain of actions, first to last, each of which waits for the one before.
    pub critical: Vec<usize>,
    /// The durations of all actions together.
    pub total: f64,
}

/// One action in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The action.
    pub action: usize,
    /// The earliest start.
    pub start: f64,
    /// The earliest finish.
    pub finish: f64,
    /// How much later it may start without making the whole longer.
    pub slack: f64,
    /// The actions it waits for, ascending.
    pub after: Vec<usize>,
}

/// One action when all are done one after another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// The action.
    pub action: usize,
    /// When it starts.
    pub start: f64,
    /// When it is finished.
    pub finish: f64,
}

/// All actions one after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Turns {
    /// The actions in turn.
    pub turns: Vec<Turn>,
    /// When each goal of the problem is reached; `None`: not by this route.
    pub reached: Vec<Option<f64>>,
}

/// The earliest times of the actions of a route, given the duration of each action of the problem.
///
/// # Errors
/// When the problem is refused, a duration is negative or not finite, there is not one for each action, or
/// the actions are no route: one of them never finds its needs met.
pub fn schedule(problem: &Problem, actions: &[usize], durations: &[f64]) -> Result<Schedule> {
    let graph = Graph::new(problem)?;
    let waiting = Waiting::new(&graph);
    let chosen = chosen(&graph, actions, durations)?;
    let mut times = Times::new(&graph, &waiting, &chosen);
    times.run(&graph, &waiting, durations)?;
    Ok(times.schedule(&graph, durations))
}

/// The actions of a route one after another: of those whose needs are met, the first in the order given.
///
/// # Errors
/// As for [`schedule`].
pub fn turns(problem: &Problem, actions: &[usize], durations: &[f64]) -> Result<Turns> {
    let graph = Graph::new(problem)?;
    let waiting = Waiting::new(&graph);
    let chosen = chosen(&graph, actions, durations)?;
    let mut left: Vec<usize> = Vec::with_capacity(actions.len());
    for &action in actions {
        if chosen[action] && !left.contains(&action) {
            left.push(action);
        }
    }
    let mut front = Front::new(&graph, &waiting);
    let mut reached: Vec<Option<f64>> = front.reached.iter().map(|r| r.then_some(0.0)).collect();
    let mut turns: Vec<Turn> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = left.iter().position(|action| front.ready(*action));
        let action = left.remove(next.ok_or(NO_ROUTE)?);
        let start = turns.last().map_or(0.0, |t| t.finish);
        let finish = start + durations[action];
        front.choose(&graph, &waiting, action);
        for (goal, time) in reached.iter_mut().enumerate() {
            if time.is_none() && front.reached[goal] {
                *time = Some(finish);
            }
        }
        turns.push(Turn {
            action,
            start,
            finish,
        });
    }
    Ok(Turns { turns, reached })
}

const NO_ROUTE: MeasureError = MeasureError::NotEstimable {
    quantity: "a schedule",
    because: "an action never finds its needs met",
};

/// Marks the actions given.
fn chosen(graph: &Graph, actions: &[usize], durations: &[f64]) -> Result<Vec<bool>> {
    if durations.len() != graph.actions() {
        return Err(MeasureError::Length {
            name: "durations",
            length: durations.len(),
            allowed: "one for each action",
        });
    }
    for &duration in durations {
        not_negative("duration", duration)?;
    }
    let mut chosen = vec![false; graph.actions()];
    for &action in actions {
        *chosen.get_mut(action).ok_or(MeasureError::OutOfDomain {
            name: "action",
            value: action as f64,
            allowed: "a position in its list",
        })? = true;
    }
    Ok(chosen)
}

/// Times as they come about.
struct Times {
    chosen: Vec<bool>,
    start: Vec<Option<f64>>,
    finish: Vec<f64>,
    reached: Vec<Option<f64>>,
    /// In which turn each action was finished and each goal reached, so that what happens at the same time
    /// still has a before and an after.
    turn: Vec<usize>,
    goal_turn: Vec<usize>,
    /// Actions in the order in which they start.
    started: Vec<usize>,
    front: Front,
}

impl Times {
    fn new(graph: &Graph, waiting: &Waiting, chosen: &[bool]) -> Self {
        let front = Front::new(graph, waiting);
        Self {
            chosen: chosen.to_vec(),
            start: vec![None; graph.actions()],
            finish: vec![f64::INFINITY; graph.actions()],
            reached: front.reached.iter().map(|r| r.then_some(0.0)).collect(),
            turn: vec![usize::MAX; graph.actions()],
            goal_turn: front
                .reached
                .iter()
                .map(|r| if *r { 0 } else { usize::MAX })
                .collect(),
            started: Vec::new(),
            front,
        }
    }

    /// Goes from one finish to the next; whatever is possible by then starts at once.
    fn run(&mut self, graph: &Graph, waiting: &Waiting, durations: &[f64]) -> Result<()> {
        let mut now = 0.0;
        for turn in 1.. {
            for (action, duration) in durations.iter().enumerate() {
                if self.chosen[action] && self.start[action].is_none() && self.front.ready(action) {
                    self.start[action] = Some(now);
                    self.finish[action] = now + duration;
                    self.started.push(action);
                }
            }
            let running = |a: &usize| self.start[*a].is_some() && !self.front.done[*a];
            let first = (0..graph.actions())
                .filter(running)
                .min_by(|a, b| self.finish[*a].total_cmp(&self.finish[*b]));
            let Some(first) = first else { break };
            now = self.finish[first];
            self.front.choose(graph, waiting, first);
            self.turn[first] = turn;
            for goal in 0..graph.goals() {
                if self.reached[goal].is_none() && self.front.reached[goal] {
                    self.reached[goal] = Some(now);
                    self.goal_turn[goal] = turn;
                }
            }
        }
        let all = self
            .chosen
            .iter()
            .zip(&self.start)
            .all(|(c, s)| !c || s.is_some());
        if all { Ok(()) } else { Err(NO_ROUTE) }
    }

    fn schedule(&self, graph: &Graph, durations: &[f64]) -> Schedule {
        let givers: Vec<Vec<usize>> = (0..graph.goals()).map(|g| self.givers(graph, g)).collect();
        let after: Vec<Vec<usize>> = (0..graph.actions())
            .map(|action| self.after(graph, &givers, action))
            .collect();
        let length = self.started.iter().map(|&a| self.finish[a]).fold(0.0, f64::max);
        let mut latest = vec![length; graph.actions()];
        for &action in self.started.iter().rev() {
            for &before in &after[action] {
                latest[before] = latest[before].min(latest[action] - durations[action]);
            }
        }
        let steps = self
            .started
            .iter()
            .map(|&action| Step {
                action,
                start: self.start[action].unwrap_or(0.0),
                finish: self.finish[action],
                slack: (latest[action] - self.finish[action]).max(0.0),
                after: after[action].clone(),
            })
            .collect();
        Schedule {
            steps,
            reached: self.reached.clone(),
            givers,
            length,
            critical: self.critical(&after, length),
            total: self
                .started
                .iter()
                .map(|&a| durations[a])
                .fold(0.0, |sum, d| sum + d),
        }
    }

    /// The actions that a goal waits for.
    fn givers(&self, graph: &Graph, goal: usize) -> Vec<usize> {
        let at = self.goal_turn[goal];
        let mut givers: Vec<(u64, usize)> = (0..graph.actions())
            .filter(|&a| self.turn[a] < usize::MAX && self.turn[a] <= at)
            .filter_map(|a| {
                let gain = graph.gains[a].iter().find(|(g, _)| *g == goal);
                gain.map(|(_, amount)| (*amount, a))
            })
            .collect();
        givers.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        if at == usize::MAX {
            return Vec::new();
        }
        let mut spare = givers
            .iter()
            .map(|(amount, _)| amount)
            .sum::<u64>()
            .saturating_sub(graph.short[goal]);
        givers.retain(|(amount, _)| {
            let needed = *amount > spare;
            if !needed {
                spare -= amount;
            }
            needed
        });
        let mut givers: Vec<usize> = givers.into_iter().map(|(_, action)| action).collect();
        givers.sort_unstable();
        givers
    }

    /// The actions that an action waits for: of each need, what meets it first.
    fn after(&self, graph: &Graph, givers: &[Vec<usize>], action: usize) -> Vec<usize> {
        let mut after = Vec::new();
        if self.start[action].is_none() {
            return after;
        }
        for need in &graph.needs[action] {
            let turn = |prior: &&Prior| match **prior {
                Prior::Goal(goal) => self.goal_turn[goal],
                Prior::Action(other) => self.turn[other],
            };
            match need.iter().min_by_key(turn) {
                Some(Prior::Goal(goal)) => after.extend(&givers[*goal]),
                Some(Prior::Action(other)) => after.push(*other),
                None => {}
            }
        }
        after.sort_unstable();
        after.dedup();
        after
    }

    /// Back from what finishes last, through what each started right after.
    fn critical(&self, after: &[Vec<usize>], length: f64) -> Vec<usize> {
        let mut chain = Vec::new();
        let last = self
            .started
            .iter()
            .copied()
            .filter(|&a| self.finish[a] >= length)
            .min();
        let mut next = last;
        while let Some(action) = next {
            chain.push(action);
            let start = self.start[action].unwrap_or(0.0);
            // Each starts at the very moment at which the last it waits for finishes.
            next = after[action].iter().copied().find(|&b| self.finish[b] >= start);
        }
        chain.reverse();
        chain
    }
}

//! The cheapest set of counts to hide.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::Network;

/// How many sets are looked at before the search stops, times the counts in each.
const MAX_LOOKS: usize = 400_000;
/// How many sets may wait at a time.
const MAX_WAITING: usize = 200_000;

/// What is known of the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// No other choice hides a smaller sum of counts (totals last, and only if nothing else helps).
    Proven,
    /// The table was too large to look at every choice: this one is safe, and none of its further
    /// counts can be shown again, but another choice may hide less.
    Searched,
}

/// What to hide.
pub(super) struct Found {
    pub(super) hidden: Vec<bool>,
    pub(super) least: Least,
}

/// A set of hidden arcs and those decided to stay.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    cost: u128,
    hidden: Vec<bool>,
    kept: Vec<bool>,
}

/// The cheapest set of arcs that holds every count below the threshold and in which each can move by it.
pub(super) fn protect(network: &Network, threshold: u64) -> Found {
    let arcs = network.arcs.len();
    let small: Vec<bool> = network.arcs.iter().map(|arc| arc.count < threshold).collect();
    let cost = costs(network);
    let mut best = greedy(network, &small, &cost, threshold);
    let mut best_cost = sum(&best, &small, &cost);
    let mut waiting = BinaryHeap::from([Reverse(Set {
        cost: 0,
        hidden: small,
        kept: vec![false; arcs],
    })]);
    for _ in 0..MAX_LOOKS / arcs {
        let Some(Reverse(set)) = waiting.pop() else {
            return Found {
                hidden: best,
                least: Least::Proven,
            };
        };
        if set.cost >= best_cost {
            // Sets come cheapest first: nothing left is better.
            waiting.clear();
            continue;
        }
        let Some(choices) = choices(network, &set.hidden, &set.kept, threshold) else {
            (best, best_cost) = (set.hidden, set.cost);
            waiting.clear();
            continue;
        };
        // One of the choices must be hidden. In the k-th branch it is the k-th and none before it, so that no
        // set comes up twice.
        let mut kept = set.kept;
        for choice in choices {
            let next = set.cost + cost[choice];
            if next < best_cost {
                let mut hidden = set.hidden.clone();
                hidden[choice] = true;
                waiting.push(Reverse(Set {
                    cost: next,
                    hidden,
                    kept: kept.clone(),
                }));
            }
            kept[choice] = true;
        }
        if waiting.len() > MAX_WAITING {
            break;
        }
    }
    let least = if waiting.is_empty() {
        Least::Proven
    } else {
        Least::Searched
    };
    Found { hidden: best, least }
}

/// What it costs to hide each arc: its count, a total more than all inner counts together; and of equal sums
/// the one with fewer counts.
fn costs(network: &Network) -> Vec<u128> {
    let inner = network.arcs.iter().filter(|arc| !arc.is_total);
    let all: u128 = inner.map(|arc| u128::from(arc.count)).sum();
    let finer = network.arcs.len() as u128 + 1;
    let cost = |arc: &super::Arc| {
        let extra = if arc.is_total { all + 1 } else { 0 };
        (u128::from(arc.count) + extra) * finer + 1
    };
    network.arcs.iter().map(cost).collect()
}

fn sum(hidden: &[bool], small: &[bool], cost: &[u128]) -> u128 {
    let further = hidden.iter().zip(small).zip(cost);
    further
        .filter(|((hidden, small), _)| **hidden && !**small)
        .map(|(_, cost)| cost)
        .sum()
}

/// None when every hidden count is protected; else arcs of which at least one must be hidden, without those that
/// stay: of all unprotected counts' choices the fewest.
fn choices(network: &Network, hidden: &[bool], kept: &[bool], threshold: u64) -> Option<Vec<usize>> {
    let mut fewest: Option<Vec<usize>> = None;
    for arc in (0..hidden.len()).filter(|arc| hidden[*arc]) {
        let freedom = network.freedom(arc, hidden, threshold);
        if freedom.width >= threshold {
            continue;
        }
        let free: Vec<usize> = freedom.holders.into_iter().filter(|i| !kept[*i]).collect();
        if fewest.as_ref().is_none_or(|found| free.len() < found.len()) {
            fewest = Some(free);
        }
    }
    fewest
}

/// A safe set: the cheapest arc that helps, again and again; then whatever turns out not to be needed is shown
/// again, the dearest first.
fn greedy(network: &Network, small: &[bool], cost: &[u128], threshold: u64) -> Vec<bool> {
    let none = vec![false; small.len()];
    let mut hidden = small.to_vec();
    while let Some(choices) = choices(network, &hidden, &none, threshold) {
        // The graph of all counts is strongly connected, so something always helps, and if all is hidden
        // every count is free.
        match choices.into_iter().min_by_key(|i| cost[*i]) {
            Some(cheapest) => hidden[cheapest] = true,
            None => hidden.fill(true),
        }
    }
    let mut further: Vec<usize> = (0..small.len()).filter(|i| hidden[*i] && !small[*i]).collect();
    further.sort_by_key(|i| Reverse(cost[*i]));
    for i in further {
        hidden[i] = false;
        if choices(network, &hidden, &none, threshold).is_some() {
            hidden[i] = true;
        }
    }
    hidden
}

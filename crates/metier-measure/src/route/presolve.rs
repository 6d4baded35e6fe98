//! What can be said without a search: what is out of the question, what is certain, what falls apart.
//!
//! Every step keeps at least one of the best sets under the order of [`super`]: least cost, then fewest
//! actions, then the earliest in the list.

use std::collections::BTreeMap;

use super::Prior;
use super::components::{components, strong};
use super::graph::{Front, Graph, Waiting, reach};

/// Beyond this many steps, what is certain is not looked for: only the bounds get weaker.
const CERTAIN_STEPS: usize = 50_000_000;

/// A problem that does not fall apart further.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// The problem.
    pub graph: Graph,
    /// Its actions, by their positions in the whole.
    pub actions: Vec<usize>,
    /// Pairs of goals: the first cannot be reached without the second.
    pub implied: Vec<(usize, usize)>,
}

/// What is left to search.
#[derive(Debug, Clone)]
pub(super) struct Reduced {
    /// Actions that every best set holds.
    pub certain: Vec<usize>,
    /// What is left, in parts that do not touch each other.
    pub parts: Vec<Part>,
}

/// What is left of a graph; `None` when its targets cannot be reached.
pub(super) fn reduce(mut graph: Graph) -> Option<Reduced> {
    let waiting = Waiting::new(&graph);
    let all = reach(&graph, &waiting, 0..graph.actions());
    if !all.complete(&graph) {
        return None;
    }
    drop_unreached(&mut graph, &all);
    let mut implied;
    let mut certain = vec![false; graph.actions()];
    loop {
        let before = graph.clone();
        drop_unwanted(&mut graph);
        drop_worse(&mut graph);
        implied = mark_certain(&mut graph);
        settle(&mut graph);
        for (action, sure) in certain.iter_mut().enumerate() {
            *sure |= graph.must[action];
        }
        if graph == before {
            break;
        }
    }
    Some(Reduced {
        parts: split(&graph, &implied),
        certain: (0..certain.len()).filter(|&a| certain[a]).collect(),
    })
}

/// Takes out what not even everything together makes possible.
fn drop_unreached(graph: &mut Graph, all: &Front) {
    for action in 0..graph.actions() {
        if !all.done[action] {
            graph.remove(action);
        }
    }
    for needs in &mut graph.needs {
        for need in needs {
            need.retain(|prior| match *prior {
                Prior::Goal(goal) => all.reached[goal],
                Prior::Action(action) => all.done[action],
            });
        }
    }
}

/// Takes out what leads to no target, and gains that nobody asks for.
fn drop_unwanted(graph: &mut Graph) {
    let givers = graph.givers();
    let mut wanted = graph.target.clone();
    let mut useful = graph.must.clone();
    let mut goals: Vec<usize> = (0..graph.goals()).filter(|&g| wanted[g]).collect();
    let mut actions: Vec<usize> = (0..graph.actions()).filter(|&a| useful[a]).collect();
    while !goals.is_empty() || !actions.is_empty() {
        if let Some(goal) = goals.pop() {
            for &(action, _) in &givers[goal] {
                if !std::mem::replace(&mut useful[action], true) {
                    actions.push(action);
                }
            }
        }
        if let Some(action) = actions.pop() {
            for prior in graph.needs[action].iter().flatten() {
                match *prior {
                    Prior::Goal(goal) if !std::mem::replace(&mut wanted[goal], true) => goals.push(goal),
                    Prior::Action(other) if !std::mem::replace(&mut useful[other], true) => {
                        actions.push(other);
                    }
                    _ => {}
                }
            }
        }
    }
    for (action, useful) in useful.into_iter().enumerate() {
        if useful {
            graph.gains[action].retain(|(goal, _)| wanted[*goal]);
        } else {
            graph.remove(action);
        }
    }
}

/// Takes out every action that another one makes useless: one that costs no more, needs no more, and
/// alone gives all that is left to give of everything the first gives.
fn drop_worse(graph: &mut Graph) {
    let givers = graph.givers();
    let mut comes_first = vec![false; graph.actions()];
    for prior in graph.needs.iter().flatten().flatten() {
        if let Prior::Action(action) = *prior {
            comes_first[action] = true;
        }
    }
    for (worse, comes_first) in comes_first.into_iter().enumerate() {
        if graph.absent[worse] || graph.must[worse] || comes_first {
            continue;
        }
        let Some(&(goal, _)) = graph.gains[worse].first() else {
            continue;
        };
        let replaced = givers[goal]
            .iter()
            .any(|&(better, _)| better != worse && !graph.absent[better] && replaces(graph, better, worse));
        if replaced {
            graph.remove(worse);
        }
    }
}

fn replaces(graph: &Graph, better: usize, worse: usize) -> bool {
    let cheaper = (graph.cost[better], better) < (graph.cost[worse], worse);
    let gives = |goal: usize| {
        graph.gains[better]
            .iter()
            .any(|&(g, amount)| g == goal && amount == graph.short[goal])
    };
    let no_harder = |need: &Vec<Prior>| {
        graph.needs[worse]
            .iter()
            .any(|harder| harder.iter().all(|prior| need.contains(prior)))
    };
    cheaper
        && graph.gains[worse].iter().all(|&(goal, _)| gives(goal))
        && graph.needs[better].iter().all(no_harder)
}

/// Marks goals and actions without which the targets cannot be reached; gives pairs of goals of which the
/// first cannot be reached without the second.
fn mark_certain(graph: &mut Graph) -> Vec<(usize, usize)> {
    let waiting = Waiting::new(graph);
    let mut implied = Vec::new();
    if graph.links().saturating_mul(graph.goals() + graph.actions()) > CERTAIN_STEPS {
        return implied;
    }
    let all = reach(graph, &waiting, 0..graph.actions());
    let mut waited_for = vec![false; graph.goals()];
    for prior in graph.needs.iter().flatten().flatten() {
        if let Prior::Goal(goal) = *prior {
            waited_for[goal] = true;
        }
    }
    for (goal, waited_for) in waited_for.into_iter().enumerate() {
        if !waited_for || graph.target[goal] || graph.short[goal] == 0 || !all.reached[goal] {
            continue;
        }
        let mut front = Front::without(graph, &waiting, Some(goal));
        for action in 0..graph.actions() {
            front.choose(graph, &waiting, action);
        }
        if front.complete(graph) {
            let lost = (0..graph.goals()).filter(|&g| g != goal && all.reached[g] && !front.reached[g]);
            implied.extend(lost.map(|g| (g, goal)));
        } else {
            graph.target[goal] = true;
        }
    }
    let direct = directly_needed(graph);
    for (action, direct) in direct.into_iter().enumerate() {
        if !direct || graph.absent[action] || graph.must[action] {
            continue;
        }
        let others = (0..graph.actions()).filter(|&a| a != action);
        if !reach(graph, &waiting, others).complete(graph) {
            graph.must[action] = true;
        }
    }
    implied
}

/// Which actions something might miss directly: a goal for which what others give from outside its circle is
/// not enough, or a need that nothing else from outside its circle meets. Everything else can be left out
/// without making anything unreachable, as what stands before a circle comes about without it.
fn directly_needed(graph: &Graph) -> Vec<bool> {
    let group = strong(graph);
    let goals = graph.goals();
    let mut given: Vec<u64> = vec![0; goals];
    for (action, gains) in graph.gains.iter().enumerate() {
        for &(goal, amount) in gains {
            if group[goals + action] != group[goal] {
                given[goal] += amount;
            }
        }
    }
    let mut needed = vec![false; graph.actions()];
    for (action, gains) in graph.gains.iter().enumerate() {
        needed[action] = gains.iter().any(|&(goal, amount)| {
            let outside = group[goals + action] != group[goal];
            given[goal] - if outside { amount } else { 0 } < graph.short[goal]
        });
    }
    for (action, needs) in graph.needs.iter().enumerate() {
        for need in needs {
            for prior in need {
                let Prior::Action(other) = *prior else { continue };
                needed[other] |= !need
                    .iter()
                    .any(|p| p != prior && group[p.place(goals)] != group[goals + action]);
            }
        }
    }
    needed
}

/// Drops what is certain to be met in time: a need for something certain that does not itself wait, in any
/// way, for the action in need; and the gain of a certain action to a goal it does not wait for.
fn settle(graph: &mut Graph) {
    let group = strong(graph);
    let goals = graph.goals();
    for action in 0..graph.actions() {
        let here = group[goals + action];
        let (target, must, short) = (&graph.target, &graph.must, &graph.short);
        graph.needs[action].retain(|need| {
            !need.iter().any(|prior| match *prior {
                Prior::Goal(goal) => short[goal] == 0 || (target[goal] && group[goal] != here),
                Prior::Action(other) => must[other] && group[goals + other] != here,
            })
        });
        if graph.must[action] {
            let gains = std::mem::take(&mut graph.gains[action]);
            for (goal, amount) in gains {
                if group[goal] == here {
                    graph.gains[action].push((goal, amount));
                } else {
                    graph.short[goal] = graph.short[goal].saturating_sub(amount);
                }
            }
        }
    }
    for gains in &mut graph.gains {
        for (goal, amount) in gains.iter_mut() {
            *amount = (*amount).min(graph.short[*goal]);
        }
        gains.retain(|(_, amount)| *amount > 0);
    }
}

/// The parts of a graph that share neither a goal nor an action.
fn split(graph: &Graph, implied: &[(usize, usize)]) -> Vec<Part> {
    let goals = graph.goals();
    let part_of = components(graph);
    let mut members: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for goal in (0..goals).filter(|&g| graph.short[g] > 0) {
        members.entry(part_of[goal]).or_default().0.push(goal);
    }
    for action in (0..graph.actions()).filter(|&a| !graph.absent[a]) {
        members.entry(part_of[goals + action]).or_default().1.push(action);
    }
    members
        .into_values()
        .filter(|(goals, actions)| {
            goals.iter().any(|&g| graph.target[g])
                || actions
                    .iter()
                    .any(|&a| graph.must[a] && !graph.needs[a].is_empty())
        })
        .map(|(goals, actions)| part(graph, &goals, actions, implied))
        .collect()
}

fn part(graph: &Graph, goals: &[usize], actions: Vec<usize>, implied: &[(usize, usize)]) -> Part {
    let of_goal = |g: usize| goals.binary_search(&g).unwrap_or(usize::MAX);
    let of_action = |a: usize| actions.binary_search(&a).unwrap_or(usize::MAX);
    let prior = |p: &Prior| match *p {
        Prior::Goal(goal) => Prior::Goal(of_goal(goal)),
        Prior::Action(action) => Prior::Action(of_action(action)),
    };
    let small = Graph {
        cost: actions.iter().map(|&a| graph.cost[a]).collect(),
        gains: actions
            .iter()
            .map(|&a| graph.gains[a].iter().map(|&(g, n)| (of_goal(g), n)).collect())
            .collect(),
        needs: actions
            .iter()
            .map(|&a| {
                graph.needs[a]
                    .iter()
                    .map(|need| need.iter().map(prior).collect())
                    .collect()
            })
            .collect(),
        short: goals.iter().map(|&g| graph.short[g]).collect(),
        target: goals.iter().map(|&g| graph.target[g]).collect(),
        must: actions.iter().map(|&a| graph.must[a]).collect(),
        absent: vec![false; actions.len()],
    };
    let here = |g: usize| goals.binary_search(&g).is_ok();
    let implied = implied
        .iter()
        .filter(|(goal, other)| here(*goal) && here(*other))
        .map(|&(goal, other)| (of_goal(goal), of_goal(other)))
        .collect();
    Part {
        graph: small,
        actions,
        implied,
    }
}

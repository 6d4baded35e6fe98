//! Which goals and actions hang together: through any link, and in circles.
//!
//! Nodes are the goals, then the actions. A circle is a strongly connected set (Tarjan, SIAM Journal on
//! Computing 1, 1972), found here by Kosaraju's two walks without recursion.

use super::graph::Graph;

/// For each node, a number that it shares with exactly those it is linked to in any way.
pub(super) fn components(graph: &Graph) -> Vec<usize> {
    let mut root: Vec<usize> = (0..graph.goals() + graph.actions()).collect();
    for (from, to) in edges(graph) {
        let (a, b) = (find(&mut root, from), find(&mut root, to));
        root[a.max(b)] = a.min(b);
    }
    (0..root.len()).map(|node| find(&mut root, node)).collect()
}

fn find(root: &mut [usize], mut node: usize) -> usize {
    while root[node] != node {
        root[node] = root[root[node]];
        node = root[node];
    }
    node
}

/// For each node, a number that it shares with exactly those it waits for that wait for it.
pub(super) fn strong(graph: &Graph) -> Vec<usize> {
    let nodes = graph.goals() + graph.actions();
    let (mut forward, mut backward) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
    for (from, to) in edges(graph) {
        forward[from].push(to);
        backward[to].push(from);
    }
    let mut finished = Vec::with_capacity(nodes);
    let mut seen = vec![false; nodes];
    for start in 0..nodes {
        walk(&forward, start, &mut seen, |node| finished.push(node));
    }
    let mut group = vec![usize::MAX; nodes];
    let mut seen = vec![false; nodes];
    for &start in finished.iter().rev() {
        walk(&backward, start, &mut seen, |node| group[node] = start);
    }
    group
}

/// For each node, whether it waits for itself.
pub(super) fn circles(graph: &Graph) -> Vec<bool> {
    let group = strong(graph);
    let mut size = vec![0; group.len()];
    for &root in &group {
        size[root] += 1;
    }
    group.iter().map(|&root| size[root] > 1).collect()
}

/// Depth first from `start` through what was not seen; tells each node when all behind it is done.
fn walk(to: &[Vec<usize>], start: usize, seen: &mut [bool], mut finish: impl FnMut(usize)) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut path = vec![(start, 0)];
    while let Some((node, next)) = path.last_mut() {
        if let Some(&after) = to[*node].get(*next) {
            *next += 1;
            if !std::mem::replace(&mut seen[after], true) {
                path.push((after, 0));
            }
        } else {
            finish(*node);
            path.pop();
        }
    }
}

/// From what comes first to what waits for it.
pub(super) fn edges(graph: &Graph) -> Vec<(usize, usize)> {
    let goals = graph.goals();
    let mut edges = Vec::new();
    for (action, gains) in graph.gains.iter().enumerate() {
        edges.extend(gains.iter().map(|&(goal, _)| (goals + action, goal)));
    }
    for (action, needs) in graph.needs.iter().enumerate() {
        let priors = needs.iter().flatten();
        edges.extend(priors.map(|prior| (prior.place(goals), goals + action)));
    }
    edges
}

//! The circulation that a table with totals is, and how far a hidden count can move in it.

/// A count: a flow from one node to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    from: usize,
    to: usize,
    pub(super) count: u64,
    pub(super) is_total: bool,
}

impl Arc {
    pub(super) fn inner(from: usize, to: usize, count: u64) -> Self {
        Self {
            from,
            to,
            count,
            is_total: false,
        }
    }

    pub(super) fn total(from: usize, to: usize, count: u64) -> Self {
        Self {
            from,
            to,
            count,
            is_total: true,
        }
    }
}

/// Counts as a circulation: into every node as much as out of it.
pub(super) struct Network {
    nodes: usize,
    pub(super) arcs: Vec<Arc>,
    /// The arcs at each node.
    at: Vec<Vec<usize>>,
}

/// How far one hidden count can move, up to what was asked for.
pub(super) struct Freedom {
    /// By how much it can rise and fall together.
    pub(super) width: u64,
    /// Where that is less than asked for: the arcs of which one must be hidden too.
    pub(super) holders: Vec<usize>,
}

impl Network {
    pub(super) fn new(nodes: usize, arcs: Vec<Arc>) -> Self {
        let mut at = vec![Vec::new(); nodes];
        for (i, arc) in arcs.iter().enumerate() {
            at[arc.from].push(i);
            at[arc.to].push(i);
        }
        Self { nodes, arcs, at }
    }

    /// How far the hidden count `arc` can move in either direction, if the published ones and the sums stay.
    ///
    /// What it gains must return from its end to its start along other hidden counts, along or, up to their
    /// own size, against their direction; what it loses likewise from start to end, and no further than to 0.
    pub(super) fn freedom(&self, arc: usize, hidden: &[bool], enough: u64) -> Freedom {
        let Arc { from, to, count, .. } = self.arcs[arc];
        let rise = self.flow(to, from, arc, hidden, enough);
        if rise.amount >= enough {
            return Freedom {
                width: enough,
                holders: Vec::new(),
            };
        }
        let most = count.min(enough - rise.amount);
        let fall = self.flow(from, to, arc, hidden, most);
        let mut holders = rise.cut;
        // When it can fall to 0 nothing else holds it back on that side.
        if fall.amount < count {
            holders.extend(fall.cut);
        }
        holders.sort_unstable();
        holders.dedup();
        Freedom {
            width: rise.amount + fall.amount,
            holders,
        }
    }

    /// The largest change that can be sent from `source` to `sink` over hidden arcs other than `without`, up to
    /// `enough`; and, where it is less, the published arcs across the cut that stops it.
    fn flow(&self, source: usize, sink: usize, without: usize, hidden: &[bool], enough: u64) -> Flow {
        // Room against an arc's direction; along it there is no limit.
        let mut room: Vec<u64> = self.arcs.iter().map(|arc| arc.count).collect();
        let mut amount = 0;
        loop {
            let (reached, path) = self.path(source, sink, without, hidden, &room);
            if amount >= enough || path.is_none() {
                let crossing = |(i, arc): &(usize, &Arc)| {
                    let out = reached[arc.from] && !reached[arc.to];
                    let back = reached[arc.to] && !reached[arc.from] && arc.count > 0;
                    !hidden[*i] && (out || back)
                };
                let cut = if amount >= enough {
                    Vec::new()
                } else {
                    self.arcs
                        .iter()
                        .enumerate()
                        .filter(crossing)
                        .map(|(i, _)| i)
                        .collect()
                };
                return Flow { amount, cut };
            }
            let path = path.unwrap_or_default();
            let against = path.iter().filter(|(_, along)| !along);
            let least = against
                .map(|(i, _)| room[*i])
                .min()
                .unwrap_or(enough)
                .min(enough - amount);
            for (i, along) in path {
                room[i] = if along { room[i] + least } else { room[i] - least };
            }
            amount += least;
        }
    }

    /// Breadth first: the nodes reached, and the steps to `sink` if it is among them.
    fn path(
        &self,
        source: usize,
        sink: usize,
        without: usize,
        hidden: &[bool],
        room: &[u64],
    ) -> (Vec<bool>, Option<Vec<(usize, bool)>>) {
        let mut reached = vec![false; self.nodes];
        let mut by = vec![None; self.nodes];
        let mut queue = vec![source];
        reached[source] = true;
        let mut next = 0;
        while next < queue.len() && !reached[sink] {
            let node = queue[next];
            next += 1;
            for i in self.at[node]
                .iter()
                .copied()
                .filter(|i| hidden[*i] && *i != without)
            {
                let arc = &self.arcs[i];
                let along = arc.from == node;
                let other = if along { arc.to } else { arc.from };
                if !reached[other] && (along || room[i] > 0) {
                    reached[other] = true;
                    by[other] = Some((i, along, node));
                    queue.push(other);
                }
            }
        }
        if !reached[sink] {
            return (reached, None);
        }
        let mut path = Vec::new();
        let mut node = sink;
        while let Some((i, along, before)) = by[node] {
            path.push((i, along));
            node = before;
        }
        (reached, Some(path))
    }
}

struct Flow {
    amount: u64,
    cut: Vec<usize>,
}

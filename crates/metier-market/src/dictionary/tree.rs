//! The names as a tree over the numbers of their words, in flat arrays.

use crate::text::scan::{SPREAD, SpreadMap};

/// Names while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Growing {
    steps: SpreadMap<(u32, u32), u32>,
    /// Of the nodes that no name of one word ends at: which entry ends there, plus one.
    nodes: Vec<u32>,
    /// Of each word which entry it is alone, plus one.
    single: Vec<u32>,
}

/// The bit of a node behind the second word or later; without it a node is the number of a word.
const DEEP: u32 = 1 << 31;
/// The bit of a node that says a longer name goes on from it.
const OPEN: u32 = 1 << 31;

impl Growing {
    /// The node one word further, made where there is none. A name begins at the node that is the number
    /// of its first word.
    pub fn step(&mut self, node: u32, number: u32) -> u32 {
        let nodes = &mut self.nodes;
        *self.steps.entry((node, number)).or_insert_with(|| {
            nodes.push(0);
            u32::try_from(nodes.len() - 1).unwrap_or(u32::MAX) | DEEP
        })
    }

    /// Lets a name end at a node; false where an earlier name does.
    pub fn end(&mut self, node: u32, entry: u32) -> bool {
        let ends = if node & DEEP == 0 {
            &mut self.single
        } else {
            &mut self.nodes
        };
        let at = (node & !DEEP) as usize;
        if ends.len() <= at {
            ends.resize(at + 1, 0);
        }
        let free = ends[at] == 0;
        if free {
            ends[at] = entry + 1;
        }
        free
    }

    /// The finished tree.
    pub fn finish(mut self) -> Tree {
        let mut steps: Vec<_> = self.steps.into_iter().collect();
        steps.sort_unstable();
        let size = (steps.len() * 2).next_power_of_two().max(64);
        let mut tree = Tree {
            edges: vec![NONE; size],
            shift: 64 - size.trailing_zeros(),
            seen: vec![0; (size / 16).max(1)],
            single: self.single,
            nodes: Vec::new(),
        };
        for ((from, number), to) in steps {
            if from & DEEP != 0 {
                self.nodes[(from & !DEEP) as usize] |= OPEN;
            }
            let spread = spread(from, number);
            let (word, bit) = tree.place(spread);
            tree.seen[word] |= bit;
            let mut at = tree.home(spread);
            while tree.edges[at].to != 0 {
                at = (at + 1) & (size - 1);
            }
            tree.edges[at] = Edge { from, number, to };
        }
        tree.nodes = self.nodes;
        tree
    }
}

/// A step from a node along a word; `to` is never 0, because it is behind a second word.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    number: u32,
    to: u32,
}

const NONE: Edge = Edge {
    from: 0,
    number: 0,
    to: 0,
};

/// The finished tree.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Every step. Open addressing, at most half full.
    edges: Vec<Edge>,
    shift: u32,
    /// One bit for each step and others by chance, four times as many as places for edges: small
    /// enough to stay near, it says of nearly every step that is none that it is none.
    seen: Vec<u64>,
    single: Vec<u32>,
    nodes: Vec<u32>,
}

impl Default for Tree {
    fn default() -> Self {
        Growing::default().finish()
    }
}

impl Tree {
    /// Whether there may be a step, where one is asked for: never wrong when it says no. Without a branch,
    /// and without going far in memory when none is asked for.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch here is one the processor guesses wrong"
    )]
    #[inline]
    pub fn may_step(&self, asked: bool, node: u32, number: u32) -> bool {
        let (word, bit) = self.place(spread(node, number));
        asked & (self.seen[word & usize::from(asked).wrapping_neg()] & bit != 0)
    }

    /// The node one word further.
    pub fn step(&self, node: u32, number: u32) -> Option<u32> {
        let spread = spread(node, number);
        let mut at = self.home(spread);
        loop {
            let edge = self.edges.get(at)?;
            if edge.from == node && edge.number == number && edge.to != 0 {
                return Some(edge.to);
            }
            if edge.to == 0 {
                return None;
            }
            at = (at + 1) & (self.edges.len() - 1);
        }
    }

    /// The entry that ends at a node.
    #[inline]
    pub fn end(&self, node: u32) -> Option<u32> {
        let at = (node & !DEEP) as usize;
        if node & DEEP == 0 {
            self.single.get(at)?.checked_sub(1)
        } else {
            (self.nodes.get(at)? & !OPEN).checked_sub(1)
        }
    }

    /// Whether a longer name goes on from a node behind the second word or later.
    #[inline]
    pub fn open(&self, node: u32) -> bool {
        self.nodes
            .get((node & !DEEP) as usize)
            .is_some_and(|node| node & OPEN != 0)
    }

    #[inline]
    fn home(&self, spread: u64) -> usize {
        // The table has 2^(64 - shift) places, so the shifted number is one of them.
        usize::try_from(spread >> self.shift).unwrap_or(0)
    }

    /// Where the bit of a step is.
    #[inline]
    fn place(&self, spread: u64) -> (usize, u64) {
        let word = usize::try_from(spread >> 24).unwrap_or(0) & (self.seen.len() - 1);
        (word, 1 << (spread >> 18 & 63))
    }
}

#[inline]
fn spread(node: u32, number: u32) -> u64 {
    let both = u64::from(node) << 32 | u64::from(number);
    both.wrapping_mul(SPREAD).rotate_left(32).wrapping_mul(SPREAD)
}

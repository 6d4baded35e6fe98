//! What one thread keeps at hand while it tags: the words it met last, and room to work in.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::chain::Sums;
use super::{Span, Token};

/// Words kept in each of two generations; a word's block is about 3.6 kB.
const KEPT: usize = 4096;

/// Working memory of one thread, bounded whatever is read.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Which tagger the blocks are of.
    pub(super) of: u64,
    recent: Generation,
    older: Generation,
    pub(super) folded: String,
    pub(super) vector: Vec<f32>,
    pub(super) tokens: Vec<Token>,
    pub(super) hidden: Vec<f32>,
    pub(super) means: Vec<f32>,
    pub(super) before: Vec<f32>,
    pub(super) weights: Vec<[f32; super::model::OUT]>,
    pub(super) sums: Sums,
    pub(super) chosen: Vec<(Span, f32)>,
    pub(super) fresh: Vec<f32>,
}

#[derive(Debug, Clone, Default)]
struct Generation {
    slots: HashMap<Box<str>, u32, BuildHasherDefault<Quick>>,
    blocks: Vec<f32>,
}

impl Desk {
    /// A desk with nothing on it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets every word: they were another tagger's.
    pub(super) fn clear(&mut self, of: u64) {
        self.of = of;
        self.recent = Generation::default();
        self.older = Generation::default();
        self.before.clear();
    }

    /// The block of a word, if it was met lately; a word of the older generation comes back to the recent one.
    pub(super) fn block(&mut self, token: &str, length: usize) -> Option<usize> {
        if let Some(&slot) = self.recent.slots.get(token) {
            return Some(slot as usize * length);
        }
        let &slot = self.older.slots.get(token)?;
        self.fresh.clear();
        self.fresh
            .extend_from_slice(&self.older.blocks[slot as usize * length..][..length]);
        Some(self.keep(token))
    }

    /// Keeps what lies in `fresh` as a word's block; says where it begins.
    pub(super) fn keep(&mut self, token: &str) -> usize {
        if self.recent.slots.len() >= KEPT {
            self.older = std::mem::take(&mut self.recent);
        }
        let at = self.recent.blocks.len();
        let slot = u32::try_from(self.recent.slots.len()).unwrap_or(u32::MAX);
        self.recent.slots.insert(token.into(), slot);
        self.recent.blocks.extend_from_slice(&self.fresh);
        at
    }

    /// The recent blocks.
    pub(super) fn blocks(&self) -> &[f32] {
        &self.recent.blocks
    }
}

/// A quick hash for short words: multiply and turn, eight bytes at a time.
#[derive(Debug, Clone, Copy, Default)]
struct Quick(u64);

impl Quick {
    fn mix(&mut self, bits: u64) {
        self.0 = (self.0.rotate_left(23) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ bytes.len() as u64);
    }
}

//! Names that no concept fits: which are frequent, in bounded memory, in a way that adds up.
//!
//! There may be millions of different ones, so not all can be counted. Two parts, both of which merge to the
//! same whatever the input was cut into:
//!
//! - *Which* names are listed: every occurrence has a rank that looks random and that the contents alone
//!   decide. A name has the least rank of its occurrences, and the [`LISTED`] names of least rank are listed.
//!   The more often a name occurs the surer it is among them (a bottom-k sample by occurrence: Cohen and Kaplan,
//!   PODC 2007): one that makes up the share f of all occurrences is missed with a probability of at most about
//!   exp(-f LISTED), so of those from one in 800 on at most one in a hundred is.
//! - *How often*: a count-min sketch (Cormode and Muthukrishnan, Journal of Algorithms 55, 2005) of
//!   [`ROWS`] rows of [`WIDTH`] counters. A count is never too low; it is too high by more than
//!   e/WIDTH (one in 12,000) of all occurrences with a probability of at most exp(-ROWS), one in 54.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::example::Example;
use super::posting::Span;
use crate::digest::digest;

/// Names listed at most.
pub const LISTED: usize = 4096;
/// Rows of the sketch.
pub const ROWS: usize = 4;
/// Counters of a row.
pub const WIDTH: usize = 1 << 15;

/// Frequent names that no concept fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// All occurrences: postings times different names.
    pub(crate) occurrences: u64,
    /// By name, the occurrence of least rank.
    pub(crate) listed: BTreeMap<String, Example>,
    /// Names by rank, to know which goes.
    pub(crate) ranks: BTreeSet<(u64, String)>,
    /// The counters, row by row; empty until one is needed.
    pub(crate) sketch: Vec<u64>,
}

/// A name that no concept fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The name, in small letters.
    pub name: String,
    /// Postings that use it, at most.
    pub at_most: u64,
    /// A sentence that does.
    pub example: Example,
}

impl Names {
    pub(crate) fn add(&mut self, span: Span) {
        self.occurrences += 1;
        for at in places(&span.folded) {
            *self.counter(at) += 1;
        }
        self.list(span.folded, span.example);
    }

    pub(crate) fn counter(&mut self, at: usize) -> &mut u64 {
        if self.sketch.is_empty() {
            self.sketch = vec![0; ROWS * WIDTH];
        }
        &mut self.sketch[at]
    }

    pub(crate) fn list(&mut self, name: String, example: Example) {
        if let Some(there) = self.listed.get_mut(&name) {
            if example < *there {
                self.ranks.remove(&(there.rank, name.clone()));
                self.ranks.insert((example.rank, name));
                *there = example;
            }
            return;
        }
        self.ranks.insert((example.rank, name.clone()));
        self.listed.insert(name, example);
        if self.listed.len() > LISTED
            && let Some((_, name)) = self.ranks.pop_last()
        {
            self.listed.remove(&name);
        }
    }

    /// All occurrences: postings times different names.
    pub fn occurrences(&self) -> u64 {
        self.occurrences
    }

    /// The names listed, the most frequent first.
    pub fn all(&self) -> Vec<Unknown> {
        let mut all: Vec<Unknown> = self
            .listed
            .iter()
            .map(|(name, example)| Unknown {
                name: name.clone(),
                at_most: self.at_most(name),
                example: example.clone(),
            })
            .collect();
        all.sort_by(|a, b| b.at_most.cmp(&a.at_most).then_with(|| a.name.cmp(&b.name)));
        all
    }

    /// Postings that use a name: never fewer than this says.
    pub fn at_most(&self, name: &str) -> u64 {
        places(name)
            .map(|at| self.sketch.get(at).copied().unwrap_or(0))
            .min()
            .unwrap_or(0)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a remainder by the width")]
fn places(name: &str) -> impl Iterator<Item = usize> + '_ {
    (0..ROWS).map(|row| row * WIDTH + (digest(name.as_bytes(), row as u64 + 1) % WIDTH as u64) as usize)
}

//! Checkpoints: the exact state of a journal at one time, told so that it can be found again later.
//!
//! A head by itself names a state; a [`Checkpoint`] also says where each chain ended then. Whoever holds one
//! can later be shown that everything up to there is still as it was, whatever was added since: the chains
//! run over digests, so the last entry of each fixes all before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::chain::{Head, verify};
use super::sealed::Sealed;
use crate::canonical::{CanonicalError, Digest};
use crate::id::{ChainId, EntryId, JournalId};

/// Where a journal stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Whose journal.
    pub journal: JournalId,
    /// Its head then.
    pub head: Head,
    /// The last entry of each chain then.
    pub ends: Vec<End>,
}

/// The last entry of one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Which chain.
    pub chain: ChainId,
    /// Its number.
    pub sequence: u64,
    /// Its digest.
    pub digest: Digest,
}

/// A checkpoint found again in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// How many entries the journal held then.
    pub then: u64,
    /// How many were added since.
    pub since: u64,
}

/// Why a journal does not go on from a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Untraced {
    /// The checkpoint contradicts itself.
    #[error("the head it names is not the head of the chains it names, so it was changed after it was made")]
    Unsound,
    /// It is of another journal.
    #[error("it names another journal")]
    OtherJournal,
    /// A chain is gone or shorter than it was.
    #[error(
        "chain {chain} had {expected} entries then and has {found} here: entries were taken out, or this copy is older"
    )]
    Shorter {
        /// Which chain.
        chain: ChainId,
        /// How many it had.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// Another entry stands where a chain ended.
    #[error("entry {sequence} of chain {chain} is another than it was then: the past was written anew")]
    Rewritten {
        /// Which chain.
        chain: ChainId,
        /// Which place.
        sequence: u64,
    },
    /// An entry from before does not hold.
    #[error("entry {entry}, which was there then, is damaged: {what}")]
    Damaged {
        /// Which entry.
        entry: EntryId,
        /// What is wrong with it.
        what: String,
    },
}

impl Checkpoint {
    /// Where chains end.
    ///
    /// # Errors
    /// As [`Head::of_chains`].
    pub fn of_ends(journal: JournalId, ends: impl IntoIterator<Item = End>) -> Result<Self, CanonicalError> {
        let mut ends: Vec<End> = ends.into_iter().filter(|e| e.sequence > 0).collect();
        ends.sort_by_key(|e| e.chain);
        Ok(Self {
            journal,
            head: Head::of_chains(ends.iter().map(|e| (e.chain, e.digest)))?,
            ends,
        })
    }

    /// Where a set of entries ends.
    ///
    /// # Errors
    /// As [`Head::of_chains`].
    pub fn of<'a>(
        journal: JournalId,
        entries: impl IntoIterator<Item = &'a Sealed>,
    ) -> Result<Self, CanonicalError> {
        let mut last: BTreeMap<ChainId, End> = BTreeMap::new();
        for entry in entries {
            let end = End {
                chain: entry.link.chain,
                sequence: entry.link.sequence,
                digest: entry.digest,
            };
            let there = last.entry(end.chain).or_insert(end);
            if end.sequence > there.sequence {
                *there = end;
            }
        }
        Self::of_ends(journal, last.into_values())
    }

    /// True when the head is the head of the ends, and no chain is named twice.
    pub fn sound(&self) -> bool {
        let mut chains: Vec<ChainId> = self.ends.iter().map(|e| e.chain).collect();
        chains.sort_unstable();
        chains.dedup();
        chains.len() == self.ends.len()
            && self.ends.iter().all(|e| e.sequence > 0)
            && Head::of_chains(self.ends.iter().map(|e| (e.chain, e.digest))) == Ok(self.head)
    }

    /// Looks whether a journal goes on from here: every chain still has the entry it ended with, and
    /// everything before it holds.
    ///
    /// # Errors
    /// The first reason why it does not.
    pub fn trace(&self, journal: JournalId, entries: &[Sealed]) -> Result<Traced, Untraced> {
        if !self.sound() {
            return Err(Untraced::Unsound);
        }
        if journal != self.journal {
            return Err(Untraced::OtherJournal);
        }
        let ends: BTreeMap<ChainId, &End> = self.ends.iter().map(|e| (e.chain, e)).collect();
        for end in &self.ends {
            let of_chain = || entries.iter().filter(|e| e.link.chain == end.chain);
            let Some(entry) = of_chain().find(|e| e.link.sequence == end.sequence) else {
                return Err(Untraced::Shorter {
                    chain: end.chain,
                    expected: end.sequence,
                    found: of_chain().map(|e| e.link.sequence).max().unwrap_or(0),
                });
            };
            if entry.digest != end.digest {
                return Err(Untraced::Rewritten {
                    chain: end.chain,
                    sequence: end.sequence,
                });
            }
        }
        let was_there =
            |chain: ChainId, sequence: u64| ends.get(&chain).is_some_and(|e| sequence <= e.sequence);
        // All entries are looked at: the erasure that accounts for a gap may be later than the gap.
        let damaged = verify(entries)
            .into_iter()
            .find(|t| was_there(t.chain, t.sequence));
        if let Some(trouble) = damaged {
            return Err(Untraced::Damaged {
                entry: trouble.entry,
                what: trouble.what.to_string(),
            });
        }
        let then = entries
            .iter()
            .filter(|e| was_there(e.link.chain, e.link.sequence))
            .count() as u64;
        Ok(Traced {
            then,
            since: entries.len() as u64 - then,
        })
    }
}

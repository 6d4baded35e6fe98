//! Chains and heads: noticing damage, and naming a journal's exact state.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::sealed::{SealError, Sealed};
use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::id::{ChainId, EntryId};

/// The head of a journal: the digest of its sorted (chain, last digest) list. Two copies with the
/// same head hold the same entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Head(pub Digest);

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The head of a set of entries.
///
/// # Errors
/// Never for digests and ids; the canonical form's error is passed on rather than hidden.
pub fn head<'a>(entries: impl IntoIterator<Item = &'a Sealed>) -> Result<Head, CanonicalError> {
    let mut last: BTreeMap<ChainId, (u64, Digest)> = BTreeMap::new();
    for entry in entries {
        let end = last.entry(entry.link.chain).or_insert((0, Digest::ZERO));
        if entry.link.sequence > end.0 {
            *end = (entry.link.sequence, entry.digest);
        }
    }
    Head::of_chains(last.into_iter().map(|(chain, (_, digest))| (chain, digest)))
}

impl Head {
    /// The head of the given (chain, last digest) pairs, in any order.
    ///
    /// # Errors
    /// As [`head`].
    pub fn of_chains(chains: impl IntoIterator<Item = (ChainId, Digest)>) -> Result<Self, CanonicalError> {
        let sorted: BTreeMap<ChainId, Digest> = chains.into_iter().collect();
        let list: Vec<(ChainId, Digest)> = sorted.into_iter().collect();
        digest_of(&list).map(Self)
    }
}

/// Something found wrong with a journal, with the entry it was found at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {entry} ({sequence} of chain {chain}): {what}")]
pub struct Trouble {
    /// The entry named.
    pub entry: EntryId,
    /// Its chain.
    pub chain: ChainId,
    /// Its place in the chain.
    pub sequence: u64,
    /// What is wrong.
    pub what: Damage,
}

/// Sorts of damage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The entry itself does not hold.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The chain has a gap before this entry.
    #[error("the entry before it is missing (expected number {expected})")]
    Gap {
        /// The sequence number that should have come.
        expected: u64,
    },
    /// It does not follow the entry before it.
    #[error("it does not follow the entry before it")]
    Unlinked,
    /// Two entries claim the same place.
    #[error("two different entries claim this place")]
    Fork,
    /// Another entry, elsewhere, has the same id.
    #[error("another entry has the same id")]
    SameId,
    /// The payload is gone and nobody said that it was erased.
    #[error("its content is missing and no erasure accounts for it")]
    Lost,
}

/// Checks every entry and every chain; returns everything found wrong, in chain order.
pub fn verify<'a>(entries: impl IntoIterator<Item = &'a Sealed>) -> Vec<Trouble> {
    let mut chains: BTreeMap<ChainId, Vec<&Sealed>> = BTreeMap::new();
    for entry in entries {
        chains.entry(entry.link.chain).or_default().push(entry);
    }
    let erased = erasures(chains.values().flatten().copied());
    let mut places: HashMap<EntryId, (ChainId, u64)> = HashMap::new();
    let mut troubles = Vec::new();
    for chain in chains.values_mut() {
        chain.sort_by_key(|e| (e.link.sequence, e.link.id));
        let (mut expected, mut previous) = (1, Digest::ZERO);
        for entry in chain.iter() {
            let mut found = |what| {
                troubles.push(Trouble {
                    entry: entry.link.id,
                    chain: entry.link.chain,
                    sequence: entry.link.sequence,
                    what,
                });
            };
            if let Err(seal) = entry.check().and_then(|()| entry.open().map(|_| ())) {
                found(Damage::Seal(seal));
            }
            if entry.payload.is_none() && !erased.contains(&entry.link.id) {
                found(Damage::Lost);
            }
            let place = (entry.link.chain, entry.link.sequence);
            if *places.entry(entry.link.id).or_insert(place) != place {
                found(Damage::SameId);
            }
            // Numbers begin at 1, so a 0 cannot claim a place that is taken.
            if expected > 1 && entry.link.sequence == expected - 1 {
                found(Damage::Fork);
                continue;
            }
            if entry.link.sequence != expected {
                found(Damage::Gap { expected });
            } else if entry.link.previous != previous {
                found(Damage::Unlinked);
            }
            expected = entry.link.sequence.saturating_add(1);
            previous = entry.digest;
        }
    }
    troubles
}

/// The entries that an erasure names. An erasure itself is never erased ([`is_erasure`]): what it
/// says is all that accounts for the gap it left.
pub(super) fn erasures<'a>(entries: impl IntoIterator<Item = &'a Sealed>) -> HashSet<EntryId> {
    entries
        .into_iter()
        // Reading only what can be an erasure keeps this linear pass cheap.
        .filter(|e| e.payload.as_deref().is_some_and(|p| p.contains("\"erasure\"")))
        .filter_map(|e| match e.open().ok()??.payload.fact {
            Fact::Erasure(erasure) => Some(erasure.entry),
            _ => None,
        })
        .collect()
}

/// True for a tombstone.
pub(super) fn is_erasure(entry: &Sealed) -> bool {
    entry
        .payload
        .as_deref()
        .is_some_and(|p| p.contains("\"erasure\""))
        && matches!(entry.open(), Ok(Some(open)) if matches!(open.payload.fact, Fact::Erasure(_)))
}

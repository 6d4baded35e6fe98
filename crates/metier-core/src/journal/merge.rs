//! Merging two copies of a journal: set union of their chains.

use std::collections::BTreeMap;

use super::chain::{erasures, is_erasure};
use super::sealed::Sealed;
use crate::canonical::Digest;
use crate::id::{ChainId, EntryId};

/// Why two copies cannot be united.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the two copies hold different entries at number {sequence} of chain {chain} ({ours} and {theirs}); one of them was not written by this journal's owner"
)]
pub struct MergeConflict {
    /// The chain both claim.
    pub chain: ChainId,
    /// The place both claim.
    pub sequence: u64,
    /// The entry of the first copy.
    pub ours: EntryId,
    /// The entry of the second.
    pub theirs: EntryId,
}

/// The union of two copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// All entries, in chain order.
    pub entries: Vec<Sealed>,
}

/// Unites two copies: commutative, associative, idempotent. Nothing is written for it.
///
/// Where one copy has erased a payload and the union holds the erasure, the payload stays erased;
/// where a payload is missing without one, the copy that has it restores it. An erasure cannot itself
/// be erased, or the order of merging would decide what is restored.
///
/// # Errors
/// When the copies hold different entries at the same place of the same chain.
pub fn merge(ours: &[Sealed], theirs: &[Sealed]) -> Result<Merged, MergeConflict> {
    let mut union: BTreeMap<(ChainId, u64), Sealed> = BTreeMap::new();
    for entry in ours.iter().chain(theirs) {
        let place = (entry.link.chain, entry.link.sequence);
        match union.get_mut(&place) {
            None => {
                union.insert(place, entry.clone());
            }
            Some(held) if held.digest != entry.digest => {
                return Err(MergeConflict {
                    chain: place.0,
                    sequence: place.1,
                    ours: held.link.id,
                    theirs: entry.link.id,
                });
            }
            Some(held) => unite(held, entry),
        }
    }
    let erased = erasures(union.values());
    let entries = union
        .into_values()
        .map(|entry| {
            if erased.contains(&entry.link.id) && !is_erasure(&entry) {
                entry.erased()
            } else {
                entry
            }
        })
        .collect();
    Ok(Merged { entries })
}

/// Completes one copy of an entry with what the other has. Both have the same digest, so both say the
/// same where they say anything, unless one was damaged: then the payload that holds is kept, and
/// between two signatures (or two damaged payloads) the order of the copies does not decide.
fn unite(held: &mut Sealed, other: &Sealed) {
    let holds = |payload: &Option<String>| {
        payload
            .as_deref()
            .is_some_and(|p| Digest::of(p.as_bytes()) == other.link.payload)
    };
    if held.payload != other.payload {
        let (ours, theirs) = (holds(&held.payload), holds(&other.payload));
        // `None` is less than any text.
        if (theirs, &other.payload) > (ours, &held.payload) {
            held.payload.clone_from(&other.payload);
        }
    }
    if other.signature > held.signature {
        held.signature.clone_from(&other.signature);
    }
}

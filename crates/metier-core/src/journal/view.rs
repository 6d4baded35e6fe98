//! What stands after corrections: the journal as a reader sees it at one instant.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::entry::{Entry, Payload};
use super::fact::Fact;
use crate::id::EntryId;

/// What stands of a journal, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct View<'a> {
    /// The facts that stand.
    pub facts: Vec<Lasting<'a>>,
}

/// A fact that stands: the latest wording of something once recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lasting<'a> {
    /// The first entry of the thing. Claims and confirmations that name any wording of it resolve here.
    pub root: EntryId,
    /// The entry whose wording stands.
    pub entry: &'a Entry,
}

impl<'a> Lasting<'a> {
    /// What is said.
    pub fn fact(&self) -> &'a Fact {
        &self.entry.payload.fact
    }

    /// The payload that stands.
    pub fn payload(&self) -> &'a Payload {
        &self.entry.payload
    }

    /// When it happened.
    pub fn occurred_on(&self) -> Date {
        self.entry.payload.occurred_on
    }

    /// When this wording was recorded.
    pub fn recorded_at(&self) -> Timestamp {
        self.entry.link.recorded_at
    }
}

impl<'a> View<'a> {
    /// Resolves an entry id, original or correction, to the first entry of its thing.
    pub fn roots(entries: &'a [Entry]) -> HashMap<EntryId, EntryId> {
        let corrects: HashMap<EntryId, EntryId> = entries
            .iter()
            .filter_map(|e| Some((e.link.id, e.payload.corrects?)))
            .collect();
        corrects
            .keys()
            .map(|&id| {
                let mut root = id;
                // A chain of corrections is no longer than the corrections there are, so a cycle
                // in a hostile file ends here.
                for _ in 0..=corrects.len() {
                    match corrects.get(&root) {
                        Some(&earlier) => root = earlier,
                        None => break,
                    }
                }
                (id, root)
            })
            .collect()
    }
}

/// The facts that stand at `known_at`, in reading order of the wording that stands.
///
/// A correction stands in place of what it corrects; a withdrawal takes it out; correcting or
/// withdrawing a correction brings back what stood before. When several corrections of one entry
/// stand, the last in reading order holds. A correction can only name an entry that comes before it in
/// reading order; one that does not is read as a fact of its own.
pub fn view(entries: &[Entry], known_at: Timestamp) -> View<'_> {
    let mut known: Vec<&Entry> = entries
        .iter()
        .filter(|e| e.link.recorded_at <= known_at)
        .collect();
    known.sort_by_key(|e| e.reading_order());
    let position: HashMap<EntryId, usize> = known.iter().enumerate().map(|(i, e)| (e.link.id, i)).collect();
    let target: Vec<Option<usize>> = known
        .iter()
        .enumerate()
        .map(|(i, e)| position.get(&e.payload.corrects?).copied().filter(|&t| t < i))
        .collect();

    // Backwards: a correction comes after what it corrects, so whether it stands is known first.
    let mut superseded = vec![false; known.len()];
    for i in (0..known.len()).rev() {
        if let (false, Some(t)) = (superseded[i], target[i]) {
            superseded[t] = true;
        }
    }
    let mut roots: Vec<usize> = (0..known.len()).collect();
    for i in 0..known.len() {
        if let Some(t) = target[i] {
            roots[i] = roots[t];
        }
    }
    let mut last: HashMap<usize, usize> = HashMap::new();
    for i in (0..known.len()).filter(|&i| !superseded[i]) {
        last.insert(roots[i], i);
    }
    let facts = (0..known.len())
        .filter(|&i| !superseded[i] && last.get(&roots[i]) == Some(&i))
        .filter(|&i| !matches!(known[i].payload.fact, Fact::Withdrawal(_)))
        .map(|i| Lasting {
            root: known[roots[i]].link.id,
            entry: known[i],
        })
        .collect();
    View { facts }
}

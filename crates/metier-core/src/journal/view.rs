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
    /// The first wording; absent when it was erased.
    pub first: Option<&'a Entry>,
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

    /// True when a later wording stands in place of the first.
    pub fn corrected(&self) -> bool {
        self.entry.link.id != self.root
    }
}

impl<'a> View<'a> {
    /// Resolves the id of every correction to the first entry of its thing.
    pub fn roots(entries: &'a [Entry]) -> HashMap<EntryId, EntryId> {
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort_by_key(|e| e.reading_order());
        let things = Things::of(&order);
        order
            .iter()
            .zip(things.roots)
            .filter(|(e, _)| e.payload.corrects.is_some())
            .map(|(e, root)| (e.link.id, root))
            .collect()
    }
}

/// Which entries are wordings of the same thing.
struct Things {
    /// What each entry corrects, by place in reading order.
    target: Vec<Option<usize>>,
    /// The first entry of its thing.
    roots: Vec<EntryId>,
    /// Where each entry stands in reading order.
    position: HashMap<EntryId, usize>,
}

impl Things {
    /// Of entries in reading order.
    fn of(order: &[&Entry]) -> Self {
        let position: HashMap<EntryId, usize> =
            order.iter().enumerate().map(|(i, e)| (e.link.id, i)).collect();
        let target: Vec<Option<usize>> = order
            .iter()
            .enumerate()
            .map(|(i, e)| position.get(&e.payload.corrects?).copied().filter(|&t| t < i))
            .collect();
        let mut roots: Vec<EntryId> = Vec::with_capacity(order.len());
        for (i, entry) in order.iter().enumerate() {
            roots.push(match (target[i], entry.payload.corrects) {
                (Some(t), _) => roots[t],
                // What it corrects was erased: it is still the same thing, and so is every other
                // correction of it.
                (None, Some(gone)) if !position.contains_key(&gone) => gone,
                _ => entry.link.id,
            });
        }
        Self {
            target,
            roots,
            position,
        }
    }
}

/// The facts that stand at `known_at`, in reading order of the wording that stands.
///
/// A correction stands in place of what it corrects; a withdrawal takes it out; correcting or
/// withdrawing a correction brings back what stood before: to take a corrected thing out altogether,
/// withdraw its first entry. When several corrections of one entry stand, the last in reading order
/// holds. A correction can only name an entry that comes before it in reading order; one that does not is
/// read as a fact of its own. Corrections of an entry that was erased since stand in its place as
/// before.
pub fn view(entries: &[Entry], known_at: Timestamp) -> View<'_> {
    standing(
        entries
            .iter()
            .filter(|e| e.link.recorded_at <= known_at)
            .collect(),
    )
}

/// What stands of the things of some sort, as [`view`] would say it, without looking through all the others.
/// The sort must hold for every wording of a thing that it holds for.
pub fn view_of(entries: &[Entry], sort: impl Fn(&Fact) -> bool) -> View<'_> {
    let wanted = |e: &&Entry| matches!(e.payload.fact, Fact::Withdrawal(_)) || sort(&e.payload.fact);
    standing(entries.iter().filter(wanted).collect())
}

fn standing(mut known: Vec<&Entry>) -> View<'_> {
    known.sort_by_key(|e| e.reading_order());
    let Things {
        target,
        roots,
        position,
    } = Things::of(&known);

    // Backwards: a correction comes after what it corrects, so whether it stands is known first.
    let mut superseded = vec![false; known.len()];
    for i in (0..known.len()).rev() {
        if let (false, Some(t)) = (superseded[i], target[i]) {
            superseded[t] = true;
        }
    }
    // Undoing a correction says nothing of the thing itself, so it never holds in the thing's place.
    let undoes = |i: usize| {
        matches!(known[i].payload.fact, Fact::Withdrawal(_))
            && target[i].is_some_and(|t| roots[t] != known[t].link.id)
    };
    let mut last: HashMap<EntryId, usize> = HashMap::new();
    for i in (0..known.len()).filter(|&i| !superseded[i] && !undoes(i)) {
        last.insert(roots[i], i);
    }
    let facts = (0..known.len())
        .filter(|&i| last.get(&roots[i]) == Some(&i))
        .filter(|&i| !matches!(known[i].payload.fact, Fact::Withdrawal(_)))
        .map(|i| Lasting {
            root: roots[i],
            entry: known[i],
            first: position.get(&roots[i]).map(|&first| known[first]),
        })
        .collect();
    View { facts }
}

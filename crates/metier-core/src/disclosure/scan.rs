//! The look before sharing: for a set of entries and a view, exactly what will be seen, and what will
//! not and why.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Disclosure, KeptOut, LeftOut, Like, Reader, Shared, View, What, texts_of};
use crate::id::EntryId;
use crate::journal::{Entry, Fact, view};

/// What would be seen of a set of entries. It can be given away itself: what is left out is named by its
/// entry alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scan<'a> {
    /// Where.
    pub view: View,
    /// Each entry, latest first.
    pub items: Vec<Scanned<'a>>,
}

/// What would be seen of one entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scanned<'a> {
    /// The first entry of the thing.
    pub entry: EntryId,
    /// When it happened.
    pub on: Date,
    /// What sort of thing it is.
    pub what: What,
    /// What it says, for the owner's eyes.
    #[serde(skip)]
    pub fact: &'a Fact,
    /// True when it is shared so already.
    pub shared: bool,
    /// What is seen, or why nothing.
    pub outcome: Outcome,
}

impl<'a> Scanned<'a> {
    /// The line that stands for it, for the owner's eyes; empty when nothing was said.
    pub fn line(&self) -> &'a str {
        texts_of(self.fact).first().map_or("", |(_, text)| text)
    }
}

/// What is seen, or why nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// These texts.
    Seen(Shared),
    /// Nothing.
    LeftOut(LeftOut),
}

/// Which entries are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those shared with the reader already, for what the view is for.
    AsShared,
    /// These, as if they were about to be shared with the reader.
    IfShared(&'a HashSet<EntryId>),
    /// All of them, as if they were about to be shared.
    AllIfShared,
}

impl Scan<'_> {
    /// Warnings: what in the texts that will be seen looks like a name, by entry.
    pub fn warnings(&self) -> impl Iterator<Item = (EntryId, &str, Like)> {
        self.seen()
            .flat_map(|seen| seen.looks().map(|(words, like)| (seen.entry(), words, like)))
    }

    /// What is seen.
    pub fn seen(&self) -> impl Iterator<Item = &Shared> {
        self.items.iter().filter_map(|item| match &item.outcome {
            Outcome::Seen(seen) => Some(seen),
            Outcome::LeftOut(_) => None,
        })
    }

    /// How many names are replaced in what is seen.
    pub fn replaced(&self) -> usize {
        self.seen().map(Shared::replaced).sum()
    }

    /// How many entries are left out for a reason.
    pub fn left_out(&self, reason: LeftOut) -> usize {
        let because = |item: &&Scanned<'_>| item.outcome == Outcome::LeftOut(reason);
        self.items.iter().filter(because).count()
    }
}

/// The names kept out that stand at an instant, with the entry of each.
pub fn kept_out(entries: &[Entry], known_at: Timestamp) -> Vec<(EntryId, &KeptOut)> {
    let facts = view(entries, known_at).facts;
    facts
        .into_iter()
        .filter_map(|fact| match fact.fact() {
            Fact::KeptOut(name) => Some((fact.root, name)),
            _ => None,
        })
        .collect()
}

/// What `reader` would see in a view of what happened and what was said of it, as known at an instant.
pub fn scan<'a>(
    entries: &'a [Entry],
    known_at: Timestamp,
    which: Which<'_>,
    reader: &Reader,
    in_view: View,
) -> Scan<'a> {
    let disclosure = Disclosure::of(entries, known_at);
    let mut items = Vec::new();
    for fact in view(entries, known_at).facts {
        let Some(what) = What::of(fact.fact()) else {
            continue;
        };
        let outcome = match which {
            Which::AsShared => disclosure.shared(fact.root, reader, in_view),
            Which::IfShared(chosen) if !chosen.contains(&fact.root) => continue,
            Which::IfShared(_) | Which::AllIfShared => disclosure.if_shared(fact.root, reader, in_view),
        };
        items.push(Scanned {
            entry: fact.root,
            on: fact.occurred_on(),
            what,
            fact: fact.fact(),
            shared: disclosure.is_shared(fact.root, reader, in_view),
            outcome: outcome.map_or_else(Outcome::LeftOut, Outcome::Seen),
        });
    }
    items.sort_by_key(|item| std::cmp::Reverse((item.on, item.entry)));
    Scan { view: in_view, items }
}

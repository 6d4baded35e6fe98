//! How something was worded before: every correction keeps what it corrects.

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, View, view};
use serde::Serialize;

/// One wording of something, with when it was said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Worded<'a, T> {
    /// Its entry.
    pub entry: EntryId,
    /// The day it is about.
    pub on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What it says.
    pub what: &'a T,
    /// True for the one that stands.
    pub stands: bool,
}

/// Every wording of something of one sort, earliest first.
pub(crate) fn wordings<'a, T>(
    entries: &'a [Entry],
    thing: EntryId,
    sort: impl Fn(&'a Fact) -> Option<&'a T>,
) -> Vec<Worded<'a, T>> {
    let roots = View::roots(entries);
    let now = view(entries, Timestamp::MAX);
    let stands = now
        .facts
        .iter()
        .find(|f| f.root == thing)
        .map(|f| f.entry.link.id);
    let mut of_it: Vec<&Entry> = entries
        .iter()
        .filter(|e| roots.get(&e.link.id).copied().unwrap_or(e.link.id) == thing)
        .collect();
    of_it.sort_by_key(|e| e.reading_order());
    of_it
        .into_iter()
        .filter_map(|e| {
            Some(Worded {
                entry: e.link.id,
                on: e.payload.occurred_on,
                recorded_at: e.link.recorded_at,
                what: sort(&e.payload.fact)?,
                stands: stands == Some(e.link.id),
            })
        })
        .collect()
}

/// Those that do not stand, latest first.
pub fn not_standing<T>(mut wordings: Vec<Worded<'_, T>>) -> Vec<Worded<'_, T>> {
    wordings.retain(|w| !w.stands);
    wordings.reverse();
    wordings
}

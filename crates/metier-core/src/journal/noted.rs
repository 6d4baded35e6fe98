//! Something that stands in a journal, with when it was said: what pages and derivations list.

use jiff::Timestamp;
use jiff::civil::Date;

use super::fact::Fact;
use super::view::View;
use crate::id::EntryId;

/// Something that stands, in its latest wording.
#[derive(Debug, PartialEq)]
pub struct Noted<'a, T> {
    /// The first entry of it: what a correction, a withdrawal and every reference name.
    pub id: EntryId,
    /// The day it is about.
    pub on: Date,
    /// When this wording was recorded.
    pub recorded_at: Timestamp,
    /// When it was first recorded; absent when the first wording was erased.
    pub first_recorded_at: Option<Timestamp>,
    /// What.
    pub what: &'a T,
}

// By hand: a reference can be copied whatever it points to.
impl<T> Clone for Noted<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Noted<'_, T> {}

impl<'a> View<'a> {
    /// What stands of one sort, in reading order of the wording that stands.
    pub fn noted<T>(&self, sort: impl Fn(&'a Fact) -> Option<&'a T>) -> Vec<Noted<'a, T>> {
        self.facts
            .iter()
            .filter_map(|fact| {
                Some(Noted {
                    id: fact.root,
                    on: fact.occurred_on(),
                    recorded_at: fact.recorded_at(),
                    first_recorded_at: fact.first.map(|first| first.link.recorded_at),
                    what: sort(fact.fact())?,
                })
            })
            .collect()
    }
}

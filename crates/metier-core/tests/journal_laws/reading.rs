//! What stands of a journal after corrections, withdrawals and erasures.

use std::collections::BTreeSet;

use jiff::Timestamp;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, Lasting, View, view};
use proptest::prelude::*;

use crate::writing::{Writing, at, id};

/// What stands, as (root, text).
fn standing(entries: &[Entry], known_at: Timestamp) -> Vec<(EntryId, String)> {
    let said = |lasting: &Lasting<'_>| match lasting.fact() {
        Fact::Review(review) => (lasting.root, review.note.clone()),
        other => (lasting.root, format!("{other:?}")),
    };
    view(entries, known_at).facts.iter().map(said).collect()
}

fn stands(writing: &Writing) -> Vec<(EntryId, String)> {
    standing(&writing.open(), at(1_000))
}

fn of(root: EntryId, text: &str) -> Vec<(EntryId, String)> {
    vec![(root, text.to_owned())]
}

#[test]
fn a_correction_stands_in_place_of_what_it_corrects() {
    let mut w = Writing::default();
    let a = w.say("a");
    let c = w.correct(a, "a, corrected");
    assert_eq!(stands(&w), of(a, "a, corrected"));
    assert_eq!(View::roots(&w.open()).get(&c), Some(&a));
    w.correct(c, "a, corrected twice");
    assert_eq!(stands(&w), of(a, "a, corrected twice"));
}

#[test]
fn of_two_corrections_the_last_holds_and_undoing_it_brings_the_first_back() {
    let mut w = Writing::default();
    let a = w.say("a");
    w.correct(a, "first");
    let second = w.correct(a, "second");
    assert_eq!(stands(&w), of(a, "second"));
    let undo = w.withdraw(second);
    assert_eq!(stands(&w), of(a, "first"));
    w.withdraw(undo);
    assert_eq!(stands(&w), of(a, "second"));
}

#[test]
fn undoing_the_only_correction_brings_the_original_back() {
    let mut w = Writing::default();
    let a = w.say("a");
    let c = w.correct(a, "corrected");
    w.withdraw(c);
    assert_eq!(stands(&w), of(a, "a"));
}

#[test]
fn what_is_withdrawn_is_out_until_the_withdrawal_is_undone() {
    let mut w = Writing::default();
    let a = w.say("a");
    let undo = w.withdraw(a);
    assert_eq!(stands(&w), []);
    let redo = w.withdraw(undo);
    assert_eq!(stands(&w), of(a, "a"));
    w.withdraw(redo);
    assert_eq!(stands(&w), []);
}

#[test]
fn withdrawing_a_corrected_thing_takes_out_every_wording() {
    let mut w = Writing::default();
    let a = w.say("a");
    w.correct(a, "corrected");
    let out = w.withdraw(a);
    assert_eq!(stands(&w), []);
    w.withdraw(out);
    assert_eq!(stands(&w), of(a, "corrected"));
}

#[test]
fn corrections_of_an_erased_entry_stand_in_its_place() {
    let mut w = Writing::default();
    let a = w.say("a, with a client's name");
    w.correct(a, "first");
    let second = w.correct(a, "second");
    w.erase(a);
    w.entries[0] = w.entries[0].clone().erased();
    let reviews = |w: &Writing| -> Vec<(EntryId, String)> {
        stands(w)
            .into_iter()
            .filter(|(_, text)| !text.starts_with("Erasure"))
            .collect()
    };
    assert_eq!(reviews(&w), of(a, "second"));
    w.withdraw(second);
    assert_eq!(reviews(&w), of(a, "first"));
}

#[test]
fn known_at_shows_the_journal_as_it_was_then() {
    let mut w = Writing::default();
    let a = w.say("a");
    w.correct(a, "corrected");
    w.withdraw(a);
    let entries = w.open();
    assert_eq!(standing(&entries, at(-1)), []);
    assert_eq!(standing(&entries, at(0)), of(a, "a"));
    assert_eq!(standing(&entries, at(1)), of(a, "corrected"));
    assert_eq!(standing(&entries, at(2)), []);
}

#[test]
fn a_correction_that_names_what_comes_later_or_itself_is_a_fact_of_its_own() {
    let mut w = Writing::default();
    let early = w.correct(id(1), "early");
    let late = w.correct(id(0), "late");
    let own = w.correct(id(2), "own");
    assert_eq!(stands(&w), [(early, "late".to_owned()), (own, "own".to_owned())]);
    assert_eq!(View::roots(&w.open()).get(&late), Some(&early));
}

proptest! {
    /// Whatever corrects and withdraws whatever: each thing stands at most once, the order of the
    /// entries does not matter, and undoing the last entry shows what stood before it.
    #[test]
    fn a_thing_stands_at_most_once_and_undo_is_exact(steps in prop::collection::vec((any::<prop::sample::Index>(), 0..3), 1..30)) {
        let mut w = Writing::default();
        let mut before = stands(&w);
        for (which, kind) in steps {
            let number = w.entries.len();
            let target = id(which.index(number.max(1)) as u128);
            before = stands(&w);
            match kind {
                1 if number > 0 => w.correct(target, &format!("correction {number}")),
                2 if number > 0 => w.withdraw(target),
                _ => w.say(&format!("fact {number}")),
            };
        }
        let now = stands(&w);
        let roots: BTreeSet<EntryId> = now.iter().map(|(root, _)| *root).collect();
        prop_assert_eq!(roots.len(), now.len());
        let mut reversed = w.open();
        reversed.reverse();
        prop_assert_eq!(&standing(&reversed, at(1_000)), &now);

        let last = w.entries.last().unwrap().link.id;
        w.withdraw(last);
        prop_assert_eq!(stands(&w), before);
    }
}

#[test]
fn a_long_chain_of_corrections_is_read_in_linear_steps() {
    // Quadratic work on this many would not end within a test run.
    let mut w = Writing::default();
    let first = w.say("0");
    let mut entries = w.open();
    for i in 1..200_000_u128 {
        let mut next = entries[0].clone();
        next.link.id = id(i);
        next.link.recorded_at = at(i64::try_from(i).unwrap());
        next.payload.corrects = Some(id(i - 1));
        entries.push(next);
    }
    let roots = View::roots(&entries);
    assert_eq!(roots.len(), 199_999);
    assert!(roots.values().all(|root| *root == first));
    assert_eq!(view(&entries, at(1_000_000)).facts.len(), 1);
}

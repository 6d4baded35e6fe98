//! A checkpoint is found again in every journal that goes on from it, and in no other.

use metier_core::id::JournalId;
use metier_core::journal::{Checkpoint, Untraced, merge};
use proptest::prelude::*;
use uuid::Uuid;

use crate::writing::{JOURNAL, Writing, draft, id, note};

/// A journal of up to three chains.
fn journal(chains: &[u128]) -> Writing {
    let mut writing = Writing::default();
    for (number, chain) in chains.iter().enumerate() {
        writing.add_to(*chain, draft(note(&format!("entry {number}"))));
    }
    writing
}

proptest! {
    #[test]
    fn what_was_added_or_merged_since_is_counted(
        chains in prop::collection::vec(1..4_u128, 1..14),
        cut in any::<prop::sample::Index>(),
    ) {
        let all = journal(&chains).entries;
        let cut = cut.index(all.len() + 1);
        let then = Checkpoint::of(JOURNAL, &all[..cut]).unwrap();
        prop_assert!(then.sound());
        let mut turned = all.clone();
        turned.reverse();
        let merged = merge(&turned, &all[..cut]).unwrap().entries;
        for copy in [&all, &turned, &merged] {
            let traced = then.trace(JOURNAL, copy).unwrap();
            prop_assert_eq!((traced.then, traced.since), (cut as u64, (all.len() - cut) as u64));
        }
    }

    #[test]
    fn a_past_written_anew_is_noticed(
        chains in prop::collection::vec(1..4_u128, 1..14),
        which in any::<prop::sample::Index>(),
    ) {
        let all = journal(&chains).entries;
        let then = Checkpoint::of(JOURNAL, &all).unwrap();
        // The same journal told otherwise from one entry on, every digest right.
        let which = which.index(all.len());
        let mut other = Writing::default();
        for (number, chain) in chains.iter().enumerate() {
            let text = if number == which { "never happened".into() } else { format!("entry {number}") };
            other.add_to(*chain, draft(note(&text)));
        }
        let rewritten = matches!(then.trace(JOURNAL, &other.entries), Err(Untraced::Rewritten { .. }));
        prop_assert!(rewritten);
        let of_chain = all.iter().rev().find(|e| e.link.chain == all[which].link.chain).unwrap();
        let shorter: Vec<_> = all.iter().filter(|e| e.link.id != of_chain.link.id).cloned().collect();
        let cut = matches!(then.trace(JOURNAL, &shorter), Err(Untraced::Shorter { .. }));
        prop_assert!(cut);
    }
}

#[test]
fn damage_before_it_is_named_and_an_erasure_is_none() {
    let mut writing = journal(&[1, 1, 1]);
    let then = Checkpoint::of(JOURNAL, &writing.entries).unwrap();
    let mut damaged = writing.entries.clone();
    damaged[0].payload = Some(damaged[0].payload.clone().unwrap().replace("entry 0", "entry 9"));
    assert!(matches!(
        then.trace(JOURNAL, &damaged),
        Err(Untraced::Damaged { entry, .. }) if entry == id(0)
    ));
    writing.erase(id(0));
    writing.entries[0] = writing.entries[0].clone().erased();
    assert_eq!(then.trace(JOURNAL, &writing.entries).unwrap().since, 1);
}

#[test]
fn another_journal_and_a_made_up_head_are_told_apart() {
    let writing = journal(&[1, 2]);
    let mut then = Checkpoint::of(JOURNAL, &writing.entries).unwrap();
    let other = JournalId(Uuid::from_u128(8));
    assert_eq!(then.trace(other, &writing.entries), Err(Untraced::OtherJournal));
    then.ends.pop();
    assert_eq!(then.trace(JOURNAL, &writing.entries), Err(Untraced::Unsound));
}

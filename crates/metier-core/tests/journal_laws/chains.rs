//! What merging and verifying promise, whatever was recorded.

use ed25519_dalek::SigningKey;
use metier_core::canonical::{Digest, canonical_text};
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Damage, SealError, Sealed, head, merge, verify};
use proptest::prelude::*;
use uuid::Uuid;

use crate::writing::{Writing, at, draft, erasure, id, note};

/// Journals of a few chains, with erasures (of erasures too) among the entries.
fn journal() -> impl Strategy<Value = Vec<Sealed>> {
    prop::collection::vec(
        (
            1..4_u128,
            prop::option::weighted(0.3, any::<prop::sample::Index>()),
            any::<bool>(),
        ),
        1..16,
    )
    .prop_map(|steps| {
        let mut writing = Writing::default();
        for (chain, erase, sign) in steps {
            let number = writing.entries.len();
            let fact = match erase {
                Some(which) if number > 0 => erasure(id(which.index(number) as u128)),
                _ => note(&format!("entry {number}")),
            };
            writing.add_to(chain, draft(fact));
            if sign && let Some(last) = writing.entries.pop() {
                writing
                    .entries
                    .push(last.signed(&SigningKey::from_bytes(&[u8::try_from(chain).unwrap(); 32])));
            }
        }
        writing.entries
    })
}

/// A copy of part of a journal: the beginning of each chain, some payloads and signatures missing.
fn copy_of(journal: &[Sealed], keep: [usize; 3], bits: u64) -> Vec<Sealed> {
    journal
        .iter()
        .enumerate()
        .filter(|(_, e)| {
            let chain = usize::try_from(e.link.chain.0.as_u128() - 1).unwrap();
            e.link.sequence <= keep[chain] as u64
        })
        .map(|(i, e)| {
            let mut copy = e.clone();
            if bits >> (2 * i) & 1 == 1 {
                copy = copy.erased();
            }
            if bits >> (2 * i + 1) & 1 == 1 {
                copy.signature = None;
            }
            copy
        })
        .collect()
}

fn copies() -> impl Strategy<Value = [Vec<Sealed>; 3]> {
    let one = || (prop::array::uniform3(0..16_usize), any::<u64>());
    (journal(), one(), one(), one())
        .prop_map(|(journal, a, b, c)| [a, b, c].map(|(keep, bits)| copy_of(&journal, keep, bits)))
}

fn united(a: &[Sealed], b: &[Sealed]) -> Vec<Sealed> {
    merge(a, b).unwrap().entries
}

proptest! {
    // Signing and checking signatures is slow without optimisation.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merging_is_commutative(copies in copies()) {
        let [a, b, _] = &copies;
        prop_assert_eq!(united(a, b), united(b, a));
    }

    #[test]
    fn merging_is_associative(copies in copies()) {
        let [a, b, c] = &copies;
        prop_assert_eq!(united(&united(a, b), c), united(a, &united(b, c)));
    }

    #[test]
    fn merging_is_idempotent(copies in copies()) {
        let [a, b, _] = &copies;
        let once = united(a, b);
        prop_assert_eq!(&united(&once, &once), &once);
        prop_assert_eq!(&united(&once, a), &once);
        prop_assert_eq!(head(&united(a, a)).unwrap(), head(a).unwrap());
    }

    #[test]
    fn the_head_depends_on_the_set_alone(journal in journal(), seed in any::<u64>()) {
        let mut shuffled = journal.clone();
        shuffled.sort_by_key(|e| Digest::of(format!("{seed}{}", e.digest).as_bytes()));
        prop_assert_eq!(head(&shuffled).unwrap(), head(&journal).unwrap());
        let erased: Vec<Sealed> = journal.iter().cloned().map(Sealed::erased).collect();
        prop_assert_eq!(head(&erased).unwrap(), head(&journal).unwrap());
        prop_assert_ne!(head(&journal[..journal.len() - 1]).unwrap(), head(&journal).unwrap());
    }

    #[test]
    fn what_was_recorded_verifies_in_any_order_and_after_merging(journal in journal()) {
        let reversed: Vec<Sealed> = journal.iter().rev().cloned().collect();
        prop_assert_eq!(verify(&reversed), vec![]);
        prop_assert_eq!(verify(&united(&journal, &reversed)), vec![]);
    }

    #[test]
    fn any_flipped_bit_of_a_payload_is_found_and_named(journal in journal(), which in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), bit in 0..7_u8) {
        let mut journal = journal;
        let entry = which.get(&journal).link.id;
        let sealed = journal.iter_mut().find(|e| e.link.id == entry).unwrap();
        let mut payload = sealed.payload.clone().unwrap().into_bytes();
        let at = byte.index(payload.len());
        payload[at] ^= 1 << bit;
        sealed.payload = Some(String::from_utf8(payload).unwrap());
        let troubles = verify(&journal);
        prop_assert!(troubles.iter().any(|t| t.entry == entry && t.what == Damage::Seal(SealError::Payload)), "{troubles:?}");
    }

    #[test]
    fn an_entry_reads_back_from_its_line(journal in journal()) {
        for entry in journal {
            let line = canonical_text(&entry).unwrap();
            prop_assert_eq!(serde_json::from_str::<Sealed>(&line).unwrap(), entry);
        }
    }
}

/// Three entries in one chain.
fn three() -> Vec<Sealed> {
    let mut writing = Writing::default();
    for text in ["a", "b", "c"] {
        writing.say(text);
    }
    writing.entries
}

fn found(entries: &[Sealed]) -> Vec<(EntryId, Damage)> {
    verify(entries).into_iter().map(|t| (t.entry, t.what)).collect()
}

#[test]
fn any_change_of_a_link_is_found() {
    let changes: [fn(&mut Sealed); 7] = [
        |e| e.link.id = id(99),
        |e| e.link.journal = JournalId(Uuid::from_u128(8)),
        |e| e.link.sequence = 3,
        |e| e.link.recorded_at = at(99),
        |e| e.link.previous = Digest::ZERO,
        |e| e.link.payload = Digest::of(b"other"),
        |e| e.digest = Digest::of(b"other"),
    ];
    for (i, change) in changes.iter().enumerate() {
        let mut entries = three();
        change(&mut entries[1]);
        let damaged = entries[1].link.id;
        assert!(
            found(&entries).contains(&(damaged, Damage::Seal(SealError::Link))),
            "change {i}: {:?}",
            found(&entries)
        );
    }
}

#[test]
fn a_gap_is_found_at_the_entry_after_it() {
    let mut entries = three();
    entries.remove(1);
    assert_eq!(found(&entries), [(id(2), Damage::Gap { expected: 2 })]);
    entries.remove(0);
    assert_eq!(found(&entries), [(id(2), Damage::Gap { expected: 1 })]);
}

#[test]
fn two_entries_at_one_place_are_found_and_refused_by_merge() {
    let ours = three();
    let mut writing = Writing {
        entries: ours[..2].to_vec(),
    };
    writing.say("another c");
    let mut theirs = writing.entries;
    let mut both = ours.clone();
    theirs[2] = resealed(theirs[2].clone(), |e| e.link.id = id(50));
    both.push(theirs[2].clone());
    assert_eq!(found(&both), [(id(50), Damage::Fork)]);
    let conflict = merge(&ours, &theirs).unwrap_err();
    assert_eq!(
        (conflict.sequence, conflict.ours, conflict.theirs),
        (3, id(2), id(50))
    );
}

/// A change made by someone who also recomputes the digest.
fn resealed(mut entry: Sealed, change: impl Fn(&mut Sealed)) -> Sealed {
    change(&mut entry);
    entry.digest = metier_core::canonical::digest_of(&entry.link).unwrap();
    entry
}

#[test]
fn a_rewritten_entry_is_found_by_the_one_after_it() {
    let mut entries = three();
    entries[1] = resealed(entries[1].clone(), |e| e.link.recorded_at = at(77));
    assert_eq!(found(&entries), [(id(2), Damage::Unlinked)]);
}

#[test]
fn an_id_used_twice_is_found() {
    let mut entries = three();
    let mut elsewhere = three();
    elsewhere.truncate(1);
    entries.push(resealed(elsewhere.remove(0), |e| {
        e.link.chain = ChainId(Uuid::from_u128(2));
    }));
    assert_eq!(found(&entries), [(id(0), Damage::SameId)]);
}

#[test]
fn absurd_sequence_numbers_are_damage_and_no_panic() {
    for sequence in [0, u64::MAX - 1, u64::MAX] {
        let mut entries = three();
        entries[2].link.sequence = sequence;
        assert!(!found(&entries).is_empty());
        let alone = &entries[2..];
        assert!(
            found(alone)
                .iter()
                .any(|(_, d)| *d == Damage::Gap { expected: 1 }),
            "{sequence}"
        );
    }
}

#[test]
fn a_lost_payload_is_found_and_an_erased_one_accounted_for() {
    let mut writing = Writing::default();
    let secret = writing.say("secret");
    writing.say("b");
    let with_secret = writing.entries.clone();
    let mut lost = with_secret.clone();
    lost[0] = lost[0].clone().erased();
    assert_eq!(found(&lost), [(secret, Damage::Lost)]);
    assert_eq!(
        united(&lost, &with_secret),
        with_secret,
        "the other copy restores it"
    );

    writing.erase(secret);
    let mut erased = writing.entries.clone();
    erased[0] = erased[0].clone().erased();
    assert_eq!(found(&erased), []);
    assert_eq!(head(&erased).unwrap(), head(&writing.entries).unwrap());
    assert_eq!(
        united(&erased, &with_secret),
        erased,
        "the other copy does not bring it back"
    );
}

#[test]
fn an_erasure_cannot_be_erased_away() {
    let mut writing = Writing::default();
    let secret = writing.say("secret");
    let with_secret = writing.entries.clone();
    let erasure = writing.erase(secret);
    writing.erase(erasure);
    let merged = united(&writing.entries, &with_secret);
    assert_eq!(found(&merged), []);
    assert!(merged[0].payload.is_none() && merged[1].payload.is_some());
    assert_eq!(united(&merged, &with_secret), merged);
}

#[test]
fn a_damaged_payload_is_mended_by_a_whole_copy_in_either_order() {
    let whole = three();
    let mut damaged = whole.clone();
    damaged[1].payload = Some("{}".into());
    assert_eq!(united(&damaged, &whole), whole);
    assert_eq!(united(&whole, &damaged), whole);
}

#[test]
fn a_signature_holds_for_its_entry_and_no_other() {
    let key = SigningKey::from_bytes(&[3; 32]);
    let mut entries: Vec<Sealed> = three().into_iter().map(|e| e.signed(&key)).collect();
    assert_eq!(found(&entries), []);
    let swapped = entries[0].signature.clone();
    entries[1].signature = swapped;
    assert_eq!(found(&entries), [(id(1), Damage::Seal(SealError::Signature))]);
    for broken in ["", "zz", "+f"] {
        let mut entries: Vec<Sealed> = three().into_iter().map(|e| e.signed(&key)).collect();
        let signature = entries[2].signature.as_mut().unwrap();
        signature.signature.replace_range(0..2, broken);
        assert_eq!(
            found(&entries),
            [(id(2), Damage::Seal(SealError::Signature))],
            "{broken}"
        );
    }
    let mut shouted: Vec<Sealed> = three().into_iter().map(|e| e.signed(&key)).collect();
    let signature = shouted[0].signature.as_mut().unwrap();
    signature.key = signature.key.to_uppercase();
    assert_eq!(found(&shouted), [(id(0), Damage::Seal(SealError::Signature))]);
}

#[test]
fn two_signatures_of_one_entry_merge_the_same_in_either_order() {
    let signed = |seed| -> Vec<Sealed> {
        three()
            .into_iter()
            .map(|e| e.signed(&SigningKey::from_bytes(&[seed; 32])))
            .collect()
    };
    assert_eq!(united(&signed(1), &signed(2)), united(&signed(2), &signed(1)));
}

#[test]
fn a_fact_of_a_newer_program_is_unreadable_and_named() {
    let mut entries = three();
    let payload = entries[2]
        .payload
        .clone()
        .unwrap()
        .replace("\"review\"", "\"telepathy\"");
    entries[2] = resealed(entries[2].clone(), |e| {
        e.link.payload = Digest::of(payload.as_bytes());
        e.payload = Some(payload.clone());
    });
    let troubles = found(&entries);
    assert!(
        matches!(&troubles[..], [(entry, Damage::Seal(SealError::Unreadable(_)))] if *entry == id(2)),
        "{troubles:?}"
    );
}

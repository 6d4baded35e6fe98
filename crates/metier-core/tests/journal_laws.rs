//! The laws of the journal: what merging, verifying and reading promise, whatever was recorded.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use ed25519_dalek::SigningKey;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::{CanonicalError, Digest, canonical_text};
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{
    Damage, Draft, Entry, Erasure, Fact, LIMITS, Lasting, Place, RecordError, Review, Salt, SealError,
    Sealed, View, Withdrawal, head, merge, verify, view,
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

const JOURNAL: JournalId = JournalId(Uuid::from_u128(7));

fn id(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(0x1000 + number))
}

fn at(minute: i64) -> Timestamp {
    "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap() + minute.minutes()
}

fn note(text: &str) -> Fact {
    Fact::Review(Review {
        with: String::new(),
        note: text.into(),
    })
}

/// A journal being written: entry `n` has id `id(n)` and is recorded at minute `n`.
#[derive(Default)]
struct Writing {
    entries: Vec<Sealed>,
}

impl Writing {
    fn add_to(&mut self, chain: u128, draft: Draft) -> EntryId {
        let chain = ChainId(Uuid::from_u128(chain));
        let number = self.entries.len() as u128;
        let last = self.entries.iter().rfind(|e| e.link.chain == chain);
        let place = Place {
            id: id(number),
            journal: JOURNAL,
            chain,
            sequence: last.map_or(1, |e| e.link.sequence + 1),
            previous: last.map_or(Digest::ZERO, |e| e.digest),
            recorded_at: at(i64::try_from(number).unwrap()),
            salt: Salt(number.to_be_bytes()),
        };
        self.entries.push(draft.record(&place, &LIMITS).unwrap());
        place.id
    }

    fn add(&mut self, draft: Draft) -> EntryId {
        self.add_to(1, draft)
    }

    fn say(&mut self, text: &str) -> EntryId {
        self.add(draft(note(text)))
    }

    fn correct(&mut self, entry: EntryId, text: &str) -> EntryId {
        self.add(draft(note(text)).correcting(entry))
    }

    fn withdraw(&mut self, entry: EntryId) -> EntryId {
        self.add(
            draft(Fact::Withdrawal(Withdrawal {
                reason: String::new(),
            }))
            .correcting(entry),
        )
    }

    fn erase(&mut self, entry: EntryId) -> EntryId {
        self.add(draft(erasure(entry)))
    }

    fn open(&self) -> Vec<Entry> {
        self.entries.iter().filter_map(|e| e.open().unwrap()).collect()
    }
}

fn draft(fact: Fact) -> Draft {
    Draft::new("Ada", date(2026, 3, 1), fact)
}

fn erasure(entry: EntryId) -> Fact {
    Fact::Erasure(Erasure {
        entry,
        reason: String::new(),
    })
}

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

#[test]
fn what_lies_in_the_future_is_not_recorded() {
    let place = Place {
        id: id(0),
        journal: JOURNAL,
        chain: ChainId(Uuid::from_u128(1)),
        sequence: 1,
        previous: Digest::ZERO,
        recorded_at: at(0),
        salt: Salt([0; 16]),
    };
    let on = |day: Date| Draft::new("Ada", day, note("x")).record(&place, &LIMITS);
    assert!(
        on(date(2026, 3, 2)).is_ok(),
        "the other side of the world is a day ahead"
    );
    assert!(matches!(on(date(2026, 3, 3)), Err(RecordError::Future { .. })));
}

#[test]
#[allow(clippy::excessive_precision, reason = "as the RFC writes it")]
fn canonical_form_is_rfc_8785() {
    let cases = [
        // RFC 8785, section 3.2.2 and 3.2.3.
        (
            json!({"numbers": [333_333_333.333_333_29, 1e30, 4.50, 2e-3, 0.000_000_000_000_000_000_000_000_001],
                   "string": "\u{20ac}$\u{000F}\u{000a}A'\u{0042}\u{0022}\u{005c}\\\"/",
                   "literals": [null, true, false]}),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        ),
        (
            json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
                   "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"}),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
        ),
        // RFC 8785, appendix B.
        (
            json!([
                0.0,
                -0.0,
                5e-324,
                -5e-324,
                f64::MAX,
                1e21,
                9.999_999_999_999_997e22,
                1e23
            ]),
            "[0,0,5e-324,-5e-324,1.7976931348623157e+308,1e+21,9.999999999999997e+22,1e+23]",
        ),
        (
            json!([
                9_007_199_254_740_992_u64,
                -9_007_199_254_740_992_i64,
                0.000_001,
                1e-7
            ]),
            "[9007199254740992,-9007199254740992,0.000001,1e-7]",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(canonical_text(&value).unwrap(), expected);
    }
    for beyond in [
        json!(9_007_199_254_740_993_u64),
        json!(-9_007_199_254_740_993_i64),
        json!([{"n": u64::MAX}]),
        json!(1e17),
        json!(-1e20),
    ] {
        assert!(
            matches!(canonical_text(&beyond), Err(CanonicalError::Integer(_))),
            "{beyond}"
        );
    }
}

proptest! {
    /// What has a canonical form keeps it when it is read and written again: without this an entry
    /// could be recorded and never be read.
    #[test]
    fn canonical_form_is_stable(bits in any::<u64>(), text in ".{0,20}") {
        let value = json!({"n": f64::from_bits(bits), text.clone(): text});
        if let Ok(written) = canonical_text(&value) {
            let read: serde_json::Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(canonical_text(&read).unwrap(), written);
        }
    }
}

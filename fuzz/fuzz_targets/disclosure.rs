//! No text makes the look before sharing panic; nothing of it is lost but names, and no name on the list is
//! left in what is seen.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use metier_core::canonical::Digest;
use metier_core::disclosure::{Disclosure, KeptOut, Piece, Whose};
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Draft, Entry, Fact, LIMITS, Place, Salt};
use uuid::Uuid;

// The names first, one a line up to an empty line; then the text.
fuzz_target!(|input: &str| {
    let (names, text) = input.split_once("\n\n").unwrap_or(("", input));
    let names: Vec<&str> = names.lines().take(20).collect();
    let entries: Vec<Entry> = names.iter().enumerate().filter_map(|(n, name)| kept(n, name)).collect();
    let seen = Disclosure::of(&entries, jiff::Timestamp::MAX).text(text);
    let mut at = 0;
    for piece in seen.pieces() {
        match piece {
            Piece::Plain(words) | Piece::Looks { words, .. } => {
                let found = text[at..].find(words.as_str()).expect("what is seen stood there, in this order");
                at += found + words.len();
                for name in entries.iter().filter_map(name_of) {
                    assert!(!words.contains(&format!(" {name} ")), "{name:?} is still in {words:?}");
                }
            }
            Piece::Replaced(_) => {}
        }
    }
    if entries.is_empty() {
        assert_eq!(seen.to_string(), text, "without a list nothing is lost");
    }
    // What was given away once can be looked at again, and stays as it is.
    let again = Disclosure::of(&[], jiff::Timestamp::MAX).text(&seen.to_string());
    assert_eq!(again.to_string(), seen.to_string());
});

fn name_of(entry: &Entry) -> Option<&str> {
    match &entry.payload.fact {
        Fact::KeptOut(kept) => Some(kept.name.as_str()),
        _ => None,
    }
}

/// The entry that keeps a name out; `None` for what is no name.
fn kept(n: usize, name: &str) -> Option<Entry> {
    let fact = Fact::KeptOut(KeptOut {
        name: name.to_owned(),
        whose: Whose::Client,
    });
    let sequence = n as u64 + 1;
    let place = Place {
        id: EntryId(Uuid::from_u128(u128::from(sequence))),
        journal: JournalId(Uuid::max()),
        chain: ChainId(Uuid::max()),
        sequence,
        previous: Digest::ZERO,
        recorded_at: jiff::Timestamp::from_second(1_790_000_000 + sequence as i64).ok()?,
        salt: Salt([0; 16]),
    };
    let sealed = Draft::new("Ada", date(2026, 1, 1), fact).record(&place, &LIMITS).ok()?;
    sealed.open().ok().flatten()
}

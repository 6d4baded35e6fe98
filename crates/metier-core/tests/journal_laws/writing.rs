//! A journal being written, the same every time.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Draft, Entry, Erasure, Fact, LIMITS, Place, Review, Salt, Sealed, Withdrawal};
use uuid::Uuid;

pub const JOURNAL: JournalId = JournalId(Uuid::from_u128(7));

pub fn id(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(0x1000 + number))
}

pub fn at(minute: i64) -> Timestamp {
    "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap() + minute.minutes()
}

pub fn note(text: &str) -> Fact {
    Fact::Review(Review {
        with: String::new(),
        note: text.into(),
    })
}

/// A journal being written: entry `n` has id `id(n)` and is recorded at minute `n`.
#[derive(Default)]
pub struct Writing {
    pub entries: Vec<Sealed>,
}

impl Writing {
    pub fn add_to(&mut self, chain: u128, draft: Draft) -> EntryId {
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

    pub fn add(&mut self, draft: Draft) -> EntryId {
        self.add_to(1, draft)
    }

    pub fn say(&mut self, text: &str) -> EntryId {
        self.add(draft(note(text)))
    }

    pub fn correct(&mut self, entry: EntryId, text: &str) -> EntryId {
        self.add(draft(note(text)).correcting(entry))
    }

    pub fn withdraw(&mut self, entry: EntryId) -> EntryId {
        self.add(
            draft(Fact::Withdrawal(Withdrawal {
                reason: String::new(),
            }))
            .correcting(entry),
        )
    }

    pub fn erase(&mut self, entry: EntryId) -> EntryId {
        self.add(draft(erasure(entry)))
    }

    pub fn open(&self) -> Vec<Entry> {
        self.entries.iter().filter_map(|e| e.open().unwrap()).collect()
    }
}

pub fn draft(fact: Fact) -> Draft {
    Draft::new("Ada", date(2026, 3, 1), fact)
}

pub fn erasure(entry: EntryId) -> Fact {
    Fact::Erasure(Erasure {
        entry,
        reason: String::new(),
    })
}

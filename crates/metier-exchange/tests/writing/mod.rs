//! Journals to write and read: made here, the same every time.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Draft, Fact, LIMITS, Place, Review, Salt, Sealed, head};
use metier_exchange::journal_file::Header;
use uuid::Uuid;

pub const JOURNAL: JournalId = JournalId(Uuid::from_u128(7));

/// So many minutes after the first entry.
pub fn at(minute: i64) -> Timestamp {
    "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap() + minute.minutes()
}

/// The place after `entries` in one of the chains.
pub fn place(entries: &[Sealed], number: usize, chain: u128) -> Place {
    let chain = ChainId(Uuid::from_u128(chain));
    let last = entries
        .iter()
        .filter(|e| e.link.chain == chain)
        .max_by_key(|e| e.link.sequence);
    Place {
        id: EntryId(Uuid::from_u128(0x1000 + number as u128)),
        journal: JOURNAL,
        chain,
        sequence: last.map_or(1, |e| e.link.sequence + 1),
        previous: last.map_or(Digest::ZERO, |e| e.digest),
        recorded_at: at(i64::try_from(number % 900).unwrap()),
        salt: Salt((number as u128).to_be_bytes()),
    }
}

/// So many entries, dealt out to so many chains.
#[allow(dead_code, reason = "the benchmark has entries of its own")]
pub fn journal(count: usize, chains: u128) -> Vec<Sealed> {
    let mut entries: Vec<Sealed> = Vec::new();
    for number in 0..count {
        let fact = Fact::Review(Review {
            with: "Grace".into(),
            note: format!("entry {number}, \"quoted\" and é"),
        });
        let place = place(&entries, number, 1 + number as u128 % chains);
        let draft = Draft::new("Ada", date(2026, 3, 1), fact);
        entries.push(draft.record(&place, &LIMITS).unwrap());
    }
    entries
}

/// Sorted as a journal file has them.
pub fn chain_order(mut entries: Vec<Sealed>) -> Vec<Sealed> {
    entries.sort_by_key(|e| (e.link.chain, e.link.sequence));
    entries
}

pub fn header(entries: &[Sealed]) -> Header {
    Header {
        metier_journal: 1,
        subject: "Ada".into(),
        journal: JOURNAL,
        head: head(entries).unwrap(),
        written_at: at(0),
        entries: entries.len() as u64,
    }
}

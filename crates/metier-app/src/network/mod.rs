//! The network: whom one knows, who guides whom, where the field meets, and cards both ways.

mod cards;
mod said;

pub use cards::{CardSeen, CardsSeen, Known, cards_of, read_cards};
/// Which version of cards is written: `V3` is the one that every program reads.
pub use metier_exchange::contacts::Version as CardVersion;
pub(crate) use said::known;
pub use said::{Willing, network_mark};

use std::collections::HashMap;

use jiff::Timestamp;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, View};

/// One wording of something that was said, with when it was recorded.
pub type Earlier<'a> = (Timestamp, &'a Fact);

/// The wordings that something had before the one that stands, the latest first.
pub fn earlier(entries: &[Entry], id: EntryId) -> Vec<Earlier<'_>> {
    let roots: HashMap<EntryId, EntryId> = View::roots(entries);
    let of_it = |entry: &&Entry| roots.get(&entry.link.id).copied().unwrap_or(entry.link.id) == id;
    let words = entries
        .iter()
        .filter(of_it)
        .filter(|e| !matches!(e.payload.fact, Fact::Withdrawal(_) | Fact::Erasure(_)));
    let mut all: Vec<Earlier<'_>> = words.map(|e| (e.link.recorded_at, &e.payload.fact)).collect();
    all.sort_by_key(|(at, _)| *at);
    all.pop();
    all.reverse();
    all
}

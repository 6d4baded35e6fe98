//! The journal: append-only, hash-chained entries of one subject.
//!
//! Each writer (a device, a server) has a chain of its own; a journal is the set of its chains, and
//! merging two copies is set union. An entry is kept [`Sealed`]: its *link* (id, chain, place, time,
//! digests) stays for ever; its *payload* (author, date, fact, salt) can be erased, and because the
//! chain runs over the digest of payload and salt it still verifies afterwards. Nothing is
//! overwritten: a correction is a later entry that names the one it corrects (see [`view()`]).

mod chain;
mod checkpoint;
mod entry;
mod fact;
mod merge;
mod noted;
mod sealed;
mod view;

pub use chain::{Damage, Head, Trouble, head, verify};
pub use checkpoint::{Checkpoint, End, Traced, Untraced};
pub use entry::{Audience, Draft, Entry, Payload, Place, Purpose, RecordError, Salt};
pub(crate) use fact::filled;
pub use fact::{
    Arrival, Erasure, Fact, FactError, LIMITS, Limits, LinkChecked, Review, ReviewPlanned, Shown, Withdrawal,
};
pub use merge::{MergeConflict, Merged, merge};
pub use noted::Noted;
pub use sealed::{Link, SealError, Sealed, Signature, bytes_of, hex};
pub use view::{Lasting, View, view, view_of};

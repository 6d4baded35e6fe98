//! The clock and the dice, handed in from the top so that everything below is repeatable.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use metier_core::id::EntryId;
use metier_core::journal::Salt;
use uuid::Uuid;

/// What a use case may know of the world.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The clock.
    pub now: fn() -> Timestamp,
    /// Fills bytes with random bits.
    pub random: fn(&mut [u8]),
    /// The time zone that says which day it is for the person.
    pub zone: TimeZone,
}

impl Surroundings {
    /// Now.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Today, for the person.
    pub fn today(&self) -> Date {
        self.now().to_zoned(self.zone.clone()).date()
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    /// A fresh id that sorts by time.
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// A fresh entry id.
    pub fn entry_id(&self) -> EntryId {
        EntryId(self.id())
    }

    /// A fresh salt.
    pub fn salt(&self) -> Salt {
        Salt(self.bytes())
    }
}

/// A clock that moves on a millisecond whenever it is looked at, and dice that count, for tests.
#[cfg(test)]
pub(crate) fn fixed() -> Surroundings {
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
    static LOOKED: AtomicI64 = AtomicI64::new(0);
    static THROWN: AtomicU64 = AtomicU64::new(1);
    Surroundings {
        now: || {
            let millis = LOOKED.fetch_add(1, Ordering::Relaxed);
            Timestamp::constant(1_795_305_600, 0) + jiff::SignedDuration::from_millis(millis)
        },
        random: |bytes| {
            let n = THROWN.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            for (byte, i) in bytes.iter_mut().zip(0..) {
                *byte = n[i % 8];
            }
        },
        zone: TimeZone::UTC,
    }
}

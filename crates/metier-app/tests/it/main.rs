//! Use cases on homes of their own, joined as a person joins them.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asked;
mod company;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use metier_app::Surroundings;

/// A clock that moves on a millisecond whenever it is looked at, and dice that count.
fn surroundings() -> Surroundings {
    static LOOKED: AtomicI64 = AtomicI64::new(0);
    static THROWN: AtomicU64 = AtomicU64::new(1);
    Surroundings {
        now: || {
            let millis = LOOKED.fetch_add(1, Ordering::Relaxed);
            Timestamp::constant(1_795_305_600, 0) + SignedDuration::from_millis(millis)
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

//! How often links may be tried: a guess costs 256 bits, and still nobody may try without end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;

/// For how long turns are counted.
const WHILE: SignedDuration = SignedDuration::from_mins(1);
/// How often one link may be asked for in that time.
const A_LINK: u32 = 60;
/// How often addresses that are no link may be asked for in that time, by everybody together. Links
/// that open are not held up by it.
const MISSES: u32 = 60;

/// How often links were tried lately.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<Option<Digest>, (Timestamp, u32)>>);

impl Turns {
    /// Counts one turn of a link; false when there were too many.
    pub fn take(&self, link: Digest, now: Timestamp) -> bool {
        self.count(Some(link), now, A_LINK)
    }

    /// Counts one try of what is no link; false when there were too many.
    pub fn miss(&self, now: Timestamp) -> bool {
        self.count(None, now, MISSES)
    }

    fn count(&self, of: Option<Digest>, now: Timestamp, at_most: u32) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|_, (since, _)| now.duration_since(*since) < WHILE);
        let (_, times) = counted.entry(of).or_insert((now, 0));
        *times = times.saturating_add(1);
        *times <= at_most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_305_600 + second).unwrap()
    }

    #[test]
    fn a_link_and_what_is_none_have_their_turns_each_and_again_after_a_minute() {
        let turns = Turns::default();
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        for _ in 0..A_LINK {
            assert!(turns.take(one, at(0)));
        }
        assert!(!turns.take(one, at(59)));
        assert!(turns.take(other, at(59)));
        for _ in 0..MISSES {
            assert!(turns.miss(at(59)));
        }
        assert!(!turns.miss(at(60)));
        assert!(turns.take(one, at(60)));
        assert!(turns.miss(at(119)));
    }
}

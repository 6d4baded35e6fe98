//! How often links may be tried: a guess costs 256 bits, and still nobody may try without end. Everything is
//! counted before the store is asked.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;

/// For how long turns are counted.
const WHILE: SignedDuration = SignedDuration::from_mins(1);
/// How often one link may be asked for in that time.
const A_LINK: u32 = 60;
/// How often addresses that are no link may be asked for in that time, by everybody together, until they are
/// told to wait.
const MISSES: u32 = 60;
/// How often the store may be asked in that time about addresses that have not opened before, by everybody
/// together. Links that have opened are not held up by it.
const LOOKED_UP: u32 = 240;
/// How many links that opened are remembered.
const OPENED: usize = 1_000;

/// How often links were tried lately.
#[derive(Debug, Default)]
pub struct Turns(Mutex<Tried>);

#[derive(Debug, Default)]
struct Tried {
    links: HashMap<Digest, (Timestamp, u32)>,
    misses: Option<(Timestamp, u32)>,
    looked_up: Option<(Timestamp, u32)>,
    opened: HashSet<Digest>,
}

impl Turns {
    /// Counts one turn of what may be a link; false when there were too many, and the store is not to be asked.
    pub fn take(&self, link: Digest, now: Timestamp) -> bool {
        let mut tried = self.tried();
        if !tried.opened.contains(&link) {
            return count(&mut tried.looked_up, now, LOOKED_UP);
        }
        tried
            .links
            .retain(|_, (since, _)| now.duration_since(*since) < WHILE);
        let (_, times) = tried.links.entry(link).or_insert((now, 0));
        *times = times.saturating_add(1);
        *times <= A_LINK
    }

    /// Counts one try of what is no link; false when there were too many.
    pub fn miss(&self, now: Timestamp) -> bool {
        count(&mut self.tried().misses, now, MISSES)
    }

    /// Remembers a link that opened: from now on it has turns of its own.
    pub fn opened(&self, link: Digest) {
        let mut tried = self.tried();
        if tried.opened.len() >= OPENED {
            tried.opened.clear();
        }
        tried.opened.insert(link);
    }

    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count(turns: &mut Option<(Timestamp, u32)>, now: Timestamp, at_most: u32) -> bool {
    let (_, times) = match turns {
        Some(counted) if now.duration_since(counted.0) < WHILE => counted,
        old => old.insert((now, 0)),
    };
    *times = times.saturating_add(1);
    *times <= at_most
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
        for link in [one, other] {
            assert!(turns.take(link, at(0)));
            turns.opened(link);
        }
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

    #[test]
    fn guessing_is_stopped_before_the_store_is_asked_and_holds_up_no_link_that_opened() {
        let turns = Turns::default();
        let known = Digest::of(b"known");
        assert!(turns.take(known, at(0)));
        turns.opened(known);
        let asked = (0..10_000_u32)
            .filter(|n| turns.take(Digest::of(&n.to_be_bytes()), at(1)))
            .count();
        assert_eq!(asked, LOOKED_UP as usize - 1);
        assert!(turns.take(known, at(2)));
        assert!(turns.take(Digest::of(b"later"), at(61)));
    }
}

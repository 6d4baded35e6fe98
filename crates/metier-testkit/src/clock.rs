//! A clock that moves only when it is told to.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// An instant that a test sets and moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    now: Timestamp,
}

impl Clock {
    /// Monday, 5 January 2026, 09:00 UTC: the morning every sample journal begins.
    pub const MONDAY: Self = Self {
        now: Timestamp::constant(1_767_603_600, 0),
    };

    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        Self { now }
    }

    /// The instant it shows.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The day it shows, in UTC.
    pub fn today(&self) -> Date {
        self.now.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// Moves it.
    ///
    /// # Panics
    /// When that leaves the years a timestamp can show.
    pub fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Moves it by whole days.
    pub fn pass_days(&mut self, days: i64) {
        self.pass(SignedDuration::from_hours(24 * days));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_on_a_monday_and_moves_when_told() {
        let mut clock = Clock::MONDAY;
        assert_eq!(clock.now().to_string(), "2026-01-05T09:00:00Z");
        assert_eq!(clock.today().weekday(), jiff::civil::Weekday::Monday);
        clock.pass_days(1);
        assert_eq!(clock.today().to_string(), "2026-01-06");
    }
}

//! Stages on the way to mastery, with the years they usually take. Years are context: nothing is derived
//! from them.

use jiff::civil::Date;
use serde::Serialize;

/// A stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Learns the trade under somebody who has it.
    Apprentice,
    /// Practises it unaided.
    Practitioner,
    /// Practises it and brings others up.
    Mentor,
    /// Is who the others in the field go to.
    Master,
}

/// Years from the beginning in the profession at which a stage is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct IndicativeYears {
    /// From.
    pub from: u8,
    /// Until; absent: from then on.
    pub until: Option<u8>,
}

impl Stage {
    /// All of them, from the first.
    pub const ALL: [Self; 4] = [Self::Apprentice, Self::Practitioner, Self::Mentor, Self::Master];

    /// The years at which it is usual: round numbers and no measurements, as the guide says.
    pub fn years(self) -> IndicativeYears {
        let (from, until) = match self {
            Self::Apprentice => (0, Some(2)),
            Self::Practitioner => (2, Some(5)),
            Self::Mentor => (5, Some(10)),
            Self::Master => (10, None),
        };
        IndicativeYears { from, until }
    }
}

/// Whole months within spans up to `today`; what overlaps counts once.
pub fn months_within(spans: &[(Date, Option<Date>)], today: Date) -> u32 {
    let mut spans: Vec<(Date, Date)> = spans
        .iter()
        .map(|(from, until)| (*from, until.unwrap_or(today).min(today)))
        .filter(|(from, until)| from <= until)
        .collect();
    spans.sort_unstable();
    let (mut days, mut reached) = (0_i64, None::<Date>);
    for (from, until) in spans {
        let begins = match reached {
            Some(reached) if reached >= from => reached.tomorrow().unwrap_or(reached),
            _ => from,
        };
        if begins <= until {
            days += i64::from((until - begins).get_days()) + 1;
        }
        reached = reached.max(Some(until));
    }
    // A month of the calendar has 30.4369 days on average.
    u32::try_from(days * 10_000 / 304_369).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_overlaps_counts_once_and_what_lies_ahead_not_at_all() {
        let today = date(2026, 12, 31);
        let year = |y| (date(y, 1, 1), Some(date(y, 12, 31)));
        assert_eq!(months_within(&[], today), 0);
        assert_eq!(months_within(&[year(2020), year(2022)], today), 24);
        let overlapping = [
            (date(2020, 1, 1), Some(date(2021, 12, 31))),
            (date(2020, 6, 1), Some(date(2020, 9, 1))),
            (date(2021, 7, 1), Some(date(2022, 12, 31))),
        ];
        assert_eq!(months_within(&overlapping, today), 36);
        assert_eq!(months_within(&[(date(2026, 1, 1), None)], today), 11);
        assert_eq!(months_within(&[(date(2027, 1, 1), None)], today), 0);
    }

    #[test]
    fn stages_follow_one_another() {
        assert!(Stage::ALL.is_sorted_by_key(|s| s.years().from));
    }
}

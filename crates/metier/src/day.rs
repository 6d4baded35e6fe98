//! A day as people type it: `2026-11-22`, `today`, `yesterday`.

use std::str::FromStr;

use jiff::civil::Date;

/// A day as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day it is.
    Today,
    /// The day before.
    Yesterday,
    /// This one.
    On(Date),
}

impl Day {
    /// The day it means, given which day it is.
    pub fn of(self, today: Date) -> Date {
        match self {
            Self::Today => today,
            Self::Yesterday => today.yesterday().unwrap_or(today),
            Self::On(date) => date,
        }
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "today" => Ok(Self::Today),
            "yesterday" => Ok(Self::Yesterday),
            // Only the plain form: a date with a time behind it is a mistake.
            other if other.len() == 10 => other
                .parse()
                .map(Self::On)
                .map_err(|_| format!("there is no day {other}")),
            _ => Err("write a day as 2026-11-22, today or yesterday".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_a_date_today_or_yesterday() {
        let today = date(2026, 3, 1);
        let read = |text: &str| text.parse::<Day>().map(|d| d.of(today));
        assert_eq!(read("2026-02-03"), Ok(date(2026, 2, 3)));
        assert_eq!(read(" Today "), Ok(today));
        assert_eq!(read("yesterday"), Ok(date(2026, 2, 28)));
        for bad in ["2026-02-30", "3.2.2026", "2026-02-03T10:00", "", "tomorrow"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

//! Professions and months, as they are counted by.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    /// Months since the year 0.
    number: i32,
}

impl Month {
    /// The month of a day.
    pub fn of(date: Date) -> Self {
        Self {
            number: i32::from(date.year()) * 12 + i32::from(date.month()) - 1,
        }
    }

    /// Months since the year 0, for counting on.
    pub fn number(self) -> i32 {
        self.number
    }

    /// The month of a number.
    pub fn from_number(number: i32) -> Self {
        Self { number }
    }

    /// The month written as 2024-03; absent when it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_at_checked(4)?;
        let month = month.strip_prefix('-').filter(|m| m.len() == 2)?;
        if !(year.bytes().chain(month.bytes())).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then_some(Self {
            number: year * 12 + month - 1,
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.number.div_euclid(12), self.number.rem_euclid(12) + 1);
        write!(f, "{year:04}-{month:02}")
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a month is written as in 2024-03")
    }
}

/// A group of occupations: an ISCO group of one to four digits, or an O*NET occupation.
///
/// A code of ESCO (2512.4.1) belongs to the ISCO group it begins with. Anything that is neither counts as
/// without a profession, so a column that was mapped wrongly cannot make a group of every title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Group(String);

impl Group {
    /// The group of a code as a source gives it.
    pub fn of(code: &str) -> Option<Self> {
        let code = code.trim();
        let code = code.strip_prefix(['C', 'c']).unwrap_or(code);
        let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if let Some((major, rest)) = code.split_once('-') {
            let (minor, detail) = rest.split_once('.').unwrap_or((rest, "00"));
            let fits = digits(major, 2..=2) && digits(minor, 4..=4) && digits(detail, 2..=2);
            return fits.then(|| Self(format!("{major}-{minor}.{detail}")));
        }
        let (group, below) = code.split_once('.').unwrap_or((code, "1"));
        let fits = digits(group, 1..=4) && below.split('.').all(|part| digits(part, 1..=4));
        fits.then(|| Self(group.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is this group or below it: 2512 is below 25, 15-1252.00 below 15 and below 15-1252.
    pub fn is_within(&self, wider: &str) -> bool {
        self.0.starts_with(wider)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_written_and_read() {
        let month = Month::of(date(2024, 3, 31));
        assert_eq!(month.to_string(), "2024-03");
        assert_eq!(Month::parse("2024-03"), Some(month));
        assert_eq!(Month::from_number(month.number() + 10).to_string(), "2025-01");
        for wrong in [
            "2024-13", "2024-3", "24-03", "2024-00", "+024-03", "2024/03", "é024-03",
        ] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn codes_of_three_classifications_make_groups_and_nothing_else_does() {
        let of = |code: &str| Group::of(code).map(|g| g.as_str().to_owned());
        assert_eq!(of(" 2422.10 ").as_deref(), Some("2422"));
        assert_eq!(of("2631.2.2").as_deref(), Some("2631"));
        assert_eq!(of("C2512").as_deref(), Some("2512"));
        assert_eq!(of("15-1252").as_deref(), Some("15-1252.00"));
        assert_eq!(of("15-1252.01").as_deref(), Some("15-1252.01"));
        for wrong in ["Baker", "25123", "15-125", "", "2512.", "15-1252.1", "2512.x"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        assert!(Group::of("2512").unwrap().is_within("25"));
        assert!(!Group::of("2512").unwrap().is_within("252"));
    }
}

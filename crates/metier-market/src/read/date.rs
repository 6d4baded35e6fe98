//! Dates as postings write them. What can be read in two ways is not read.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// The day a date says: `2026-01-31`, with a time behind it (the day as it is written, whatever the zone),
/// `2026-01` (its first day), `2026/01/31`, `20260131`, `31.01.2026`, `31 January 2026`, `Jan 31, 2026`.
///
/// `01/02/2026` is one day in one country and another in the next, and a bare number may count anything:
/// neither is read.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text).or_else(|| in_words(text)).filter(|day| plausible(*day))
}

/// As [`parse`]; seconds or milliseconds since 1970 are read where the column says so by its name.
pub(super) fn of_column(text: &str, column: Option<&str>) -> Option<Date> {
    let column = column.unwrap_or_default().to_ascii_lowercase();
    if column.contains("epoch") || column.contains("unix") {
        let number = text
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())?;
        let milli = column.ends_with("ms") || column.contains("milli");
        #[allow(clippy::cast_possible_truncation)] // Casting saturates, and the saturated value is refused.
        let instant = if milli {
            Timestamp::from_millisecond(number as i64)
        } else {
            Timestamp::from_second(number as i64)
        };
        return instant
            .ok()
            .map(|instant| instant.to_zoned(TimeZone::UTC).date())
            .filter(|day| plausible(*day));
    }
    parse(text)
}

/// No advert is older than the web by much, or from another century.
fn plausible(day: Date) -> bool {
    (date(1970, 1, 2)..date(2100, 1, 1)).contains(&day)
}

fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i16> {
        let part = bytes.get(from..to)?;
        part.iter().all(u8::is_ascii_digit).then(|| {
            part.iter()
                .fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        })
    };
    let day = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let ends = |at: usize| {
        bytes
            .get(at)
            .is_none_or(|b| matches!(b, b'T' | b't' | b' ' | b'Z' | b'+'))
    };
    match bytes {
        [_, _, _, _, a @ (b'-' | b'/' | b'.'), _, _, b, ..] if a == b && ends(10) => {
            day(number(0, 4)?, number(5, 7)?, number(8, 10)?)
        }
        [_, _, b'.', _, _, b'.', ..] if ends(10) => day(number(6, 10)?, number(3, 5)?, number(0, 2)?),
        [_, _, _, _, b'-', _, _] => day(number(0, 4)?, number(5, 7)?, 1),
        [_, _, _, _, _, _, _, _] | [_, _, _, _, _, _, _, _, b'T', ..] => {
            day(number(0, 4)?, number(4, 6)?, number(6, 8)?)
        }
        _ => None,
    }
}

/// `31 January 2026`, `January 31, 2026`, `Sat, 31 Jan 2026 10:00:00 GMT`.
fn in_words(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let (mut day, mut month, mut year) = (None, None, None);
    for part in text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.'))
        .filter(|part| !part.is_empty())
        .take(6)
    {
        let part = part.to_ascii_lowercase();
        let digits = part.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        if let Ok(number) = digits.parse::<i16>() {
            if digits.len() == 4 && year.is_none() {
                year = Some(number);
            } else if digits.len() <= 2 && day.is_none() {
                day = Some(number);
            }
        } else if part.len() >= 3
            && month.is_none()
            && let Some(at) = MONTHS.iter().position(|name| name.starts_with(&part))
        {
            month = i8::try_from(at + 1).ok();
        }
        if let (Some(day), Some(month), Some(year)) = (day, month, year) {
            return Date::new(year, month, i8::try_from(day).ok()?).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_where_it_can_be_read_in_one_way_only() {
        let day = date(2026, 1, 31);
        for text in [
            "2026-01-31",
            " 2026-01-31T23:59:59Z ",
            "2026-01-31T00:10:00+14:00",
            "2026-01-31 08:00:00.123",
            "2026/01/31",
            "20260131",
            "20260131T100000Z",
            "31.01.2026",
            "31 January 2026",
            "Jan 31, 2026",
            "Sat, 31 Jan 2026 10:00:00 GMT",
            "January 31st, 2026",
        ] {
            assert_eq!(parse(text), Some(day), "{text}");
        }
        assert_eq!(parse("2026-01"), Some(date(2026, 1, 1)));
        for text in [
            "01/02/2026",
            "1769817600",
            "1769817600000",
            "2026",
            "2026-02-30",
            "yesterday",
            "30 days ago",
            "2026-01-31x",
            "0001-01-01",
            "9999-12-31",
            "99999999",
            "",
            "Ärz 1 2026",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_are_read_only_where_the_column_says_so() {
        let day = date(2026, 1, 31);
        assert_eq!(of_column("1769817600", Some("posted_epoch")), Some(day));
        assert_eq!(of_column("1769817600000", Some("unix_ms")), Some(day));
        assert_eq!(of_column("1769817600.0", Some("Epoch")), Some(day));
        assert_eq!(of_column("1769817600", Some("date")), None);
        assert_eq!(of_column("1e300", Some("epoch")), None);
        assert_eq!(of_column("nan", Some("epoch")), None);
    }
}

//! Days as people write them: `2026-03-04`, `4th of March 2026`, `March 2026`, `Q1 2026`, `Jan 2020 – now`.
//!
//! What is not surely a date is none: `04/03/2026` is April to half the world. English only.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A day understood from words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day it stands for: for a month, a quarter or a year its first, for a time that has ended its
    /// last.
    pub date: Date,
    /// The words it was understood from.
    pub said: String,
    /// How exactly they say it.
    pub exact: Exactness,
}

/// How exactly a day is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// To the day.
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the quarter of a year.
    Quarter,
    /// To the half of a year.
    Half,
    /// To the year.
    Year,
    /// Some day of a longer time that ended then.
    Span,
}

/// A time with a beginning and perhaps an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` while it lasts.
    pub until: Option<Date>,
    /// The words it was understood from.
    pub said: String,
}

impl Span {
    /// The day that stands for something done in that time: its last. `None` while it lasts.
    pub fn day(&self) -> Option<Dated> {
        self.until.map(|date| Dated {
            date,
            said: self.said.clone(),
            exact: Exactness::Span,
        })
    }
}

/// One date expression: its first day, how exact, and what follows it.
type Read<'a> = (Date, Exactness, &'a str);

fn dated(whole: &str, (date, exact, rest): &Read<'_>) -> Dated {
    let said = whole[..whole.len() - rest.len()].trim();
    Dated {
        date: *date,
        said: said.to_owned(),
        exact: *exact,
    }
}

/// The date a line begins with, and what follows it.
pub(super) fn leading(line: &str) -> Option<(Dated, &str)> {
    let open = line.trim_start_matches(['(', '[', '*']);
    let read = expression(open)?;
    let (precise, rest) = (read.1 == Exactness::Day, read.2);
    // "*" around the date is emphasis, a bracket closes one.
    let closed = rest.trim_start_matches([')', ']', '*']);
    let text = closed.trim_start();
    let said = text
        .trim_start_matches(['*', ':', ',', ';', '|', '-', '–', '—'])
        .trim_start();
    let parted = text.is_empty() || said.len() < text.len() || closed.len() < rest.len();
    // "May 2026 plan" is a title; "4 May 2026 met the planner" is a date and a text.
    (parted || (precise && closed.len() > text.len())).then(|| (dated(open, &read), said))
}

/// A date in brackets at the end: "Ran the spring campaign (March 2026)".
pub(super) fn bracketed(line: &str) -> Option<(Dated, &str)> {
    let (text, inside) = line.strip_suffix(')')?.rsplit_once('(')?;
    let read = expression(inside)?;
    (read.2.trim().is_empty() && !text.trim().is_empty()).then(|| (dated(inside, &read), text.trim_end()))
}

/// The whole text as one date, a year alone included.
pub(super) fn whole(text: &str) -> Option<Dated> {
    let text = text.trim();
    let read = expression(text).or_else(|| year(text))?;
    read.2.trim().is_empty().then(|| dated(text, &read))
}

/// A date anywhere in a heading. A month, quarter or half that names no year is of `of_year`.
pub(super) fn in_heading(text: &str, of_year: Option<i16>) -> Option<Dated> {
    let starts = || word_starts(text);
    let full = starts().find_map(|at| {
        let part = &text[at..];
        expression(part)
            .filter(|r| ends_well(r.2))
            .map(|r| dated(part, &r))
    });
    let without_year = || {
        let of_year = of_year?;
        starts().find_map(|at| {
            let part = &text[at..];
            yearless(part, of_year)
                .filter(|r| ends_well(r.2))
                .map(|r| dated(part, &r))
        })
    };
    let only_year = || {
        starts().find_map(|at| {
            let part = &text[at..];
            year(part).filter(|r| ends_well(r.2)).map(|r| dated(part, &r))
        })
    };
    full.or_else(without_year).or_else(only_year)
}

/// A time anywhere in a line ("Jan 2020 – Present", "2018 to 2020", "03/2019 - 05/2021"), with what
/// stands before and after it.
pub(super) fn span_in(line: &str) -> Option<(Span, &str, &str)> {
    word_starts(line).find_map(|at| {
        let (before, part) = line.split_at(at);
        let (from, until, rest) = span(part)?;
        ends_well(rest).then(|| {
            let said = part[..part.len() - rest.len()].trim().to_owned();
            (Span { from, until, said }, before, rest)
        })
    })
}

/// The text as a time that lasts or has ended: from one expression to another.
pub(super) fn span_of(from: &str, until: &str) -> Option<Span> {
    let first = expression(from).or_else(|| year(from))?;
    let last = expression(until).or_else(|| year(until));
    let said = match until.trim() {
        "" => format!("since {}", from.trim()),
        until if until == from.trim() => until.to_owned(),
        until => format!("{} to {until}", from.trim()),
    };
    Some(Span {
        from: first.0,
        until: last.map(|(date, exact, _)| last_day(date, exact)),
        said,
    })
}

/// True for the words that say a time still lasts.
pub(super) fn lasts(text: &str) -> bool {
    still(text.trim()).is_some_and(|rest| rest.trim().is_empty())
}

fn span(text: &str) -> Option<(Date, Option<Date>, &str)> {
    let (first, from, rest) = side(text)?;
    let between = rest.trim_start();
    let rest = ["–", "—", "-", "to ", "until ", "till "]
        .iter()
        .find_map(|mark| between.strip_prefix(mark))?
        .trim_start();
    if let Some(rest) = still(rest) {
        return Some((first, None, rest));
    }
    let (second, exact, rest) = side(rest)?;
    let last = last_day(second, exact);
    let sure = last >= first && (from != Exactness::Year || exact == Exactness::Year);
    sure.then_some((first, Some(last), rest))
}

/// One side of a span: months may be numbers here, and years stand alone.
fn side(text: &str) -> Option<Read<'_>> {
    expression(text)
        .or_else(|| month_of_year(text))
        .or_else(|| year(text))
}

fn still(text: &str) -> Option<&str> {
    ["present", "now", "today", "current", "ongoing", "to date"]
        .iter()
        .find_map(|word| {
            let begins = text.get(..word.len())?.eq_ignore_ascii_case(word);
            let rest = text.get(word.len()..)?;
            (begins && ends_well(rest)).then_some(rest)
        })
}

/// The last day of what an expression says.
fn last_day(date: Date, exact: Exactness) -> Date {
    let months = match exact {
        Exactness::Day | Exactness::Span => return date,
        Exactness::Week => return date.saturating_add(jiff::Span::new().days(6)),
        Exactness::Month => 0,
        Exactness::Quarter => 2,
        Exactness::Half => 5,
        Exactness::Year => 11,
    };
    date.saturating_add(jiff::Span::new().months(months))
        .last_of_month()
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let starts = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        starts.then_some(at)
    })
}

fn ends_well(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric())
}

/// Every form that names its year.
fn expression(text: &str) -> Option<Read<'_>> {
    iso(text)
        .or_else(|| dotted(text))
        .or_else(|| slashed(text))
        .or_else(|| in_words(text))
        .or_else(|| part_of_year(text))
}

/// `2026-03-04`, `2026-03`, `2026-W12` or `2026-Q1`.
fn iso(text: &str) -> Option<Read<'_>> {
    let (year, rest) = digits(text, 4, 4)?;
    let rest = rest.strip_prefix('-')?;
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        let (week, rest) = digits(week, 1, 2)?;
        let monday = jiff::civil::ISOWeekDate::new(
            i16::try_from(year).ok()?,
            i8::try_from(week).ok()?,
            jiff::civil::Weekday::Monday,
        )
        .ok()?;
        return working_life(monday.date()).map(|date| (date, Exactness::Week, rest));
    }
    let (month, rest) = digits(rest, 2, 2)?;
    if let Some((day, rest)) = rest.strip_prefix('-').and_then(|rest| digits(rest, 2, 2)) {
        // A time of day after it is of no use here.
        let rest = rest.strip_prefix('T').map_or(rest, |time| {
            time.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z'))
        });
        return Some((date(year, month, day)?, Exactness::Day, rest));
    }
    Some((date(year, month, 1)?, Exactness::Month, rest))
}

/// `4.3.2026`: with full stops the day always comes first.
fn dotted(text: &str) -> Option<Read<'_>> {
    let (day, rest) = digits(text, 1, 2)?;
    let (month, rest) = digits(rest.strip_prefix('.')?.trim_start(), 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix('.')?.trim_start(), 4, 4)?;
    Some((date(year, month, day)?, Exactness::Day, rest))
}

/// `25/03/2026` or `03/25/2026`, where only one reading is a date.
fn slashed(text: &str) -> Option<Read<'_>> {
    let (first, rest) = digits(text, 1, 2)?;
    let (second, rest) = digits(rest.strip_prefix('/')?, 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix('/')?, 4, 4)?;
    let date = match (date(year, second, first), date(year, first, second)) {
        (Some(one), Some(other)) if one == other => one,
        (Some(_), Some(_)) => return None,
        (one, other) => one.or(other)?,
    };
    Some((date, Exactness::Day, rest))
}

/// `March 2026`, `4 March 2026`, `4th of March 2026`, `March 4, 2026`.
fn in_words(text: &str) -> Option<Read<'_>> {
    if let Some((day, rest)) = digits(text, 1, 2) {
        let rest = ordinal(rest).trim_start();
        let rest = rest.strip_prefix("of ").unwrap_or(rest);
        let (month, rest) = month(rest)?;
        let (year, rest) = digits(rest.trim_start_matches([',', ' ']), 4, 4)?;
        return Some((date(year, month, day)?, Exactness::Day, rest));
    }
    let (month, rest) = month(text)?;
    let rest = rest.trim_start_matches([',', ' ', '\'', '’']);
    if let Some((year, rest)) = digits(rest, 4, 4) {
        return Some((date(year, month, 1)?, Exactness::Month, rest));
    }
    let (day, rest) = digits(rest, 1, 2)?;
    let (year, rest) = digits(ordinal(rest).trim_start_matches([',', ' ']), 4, 4)?;
    Some((date(year, month, day)?, Exactness::Day, rest))
}

/// `Q1 2026`, `2026 Q1`, `H2/2026`.
fn part_of_year(text: &str) -> Option<Read<'_>> {
    if let Some((year, rest)) = digits(text, 4, 4) {
        let (month, exact, rest) = part(rest.trim_start_matches([' ', '-', '/']))?;
        return Some((date(year, month, 1)?, exact, rest));
    }
    let (month, exact, rest) = part(text)?;
    let (year, rest) = digits(rest.trim_start_matches([' ', '-', '/', ',', '\'', '’']), 4, 4)?;
    Some((date(year, month, 1)?, exact, rest))
}

/// `Q3` or `H1`: its first month.
fn part(text: &str) -> Option<(i64, Exactness, &str)> {
    let (letter, rest) = text.split_at_checked(1)?;
    let (number, rest) = digits(rest, 1, 1)?;
    match (letter, number) {
        ("Q" | "q", 1..=4) => Some((number * 3 - 2, Exactness::Quarter, rest)),
        ("H" | "h", 1..=2) => Some((number * 6 - 5, Exactness::Half, rest)),
        _ => None,
    }
}

/// A month, quarter or half alone, of a year that something above names.
fn yearless(text: &str, of_year: i16) -> Option<Read<'_>> {
    let of_year = i64::from(of_year);
    if let Some((month, exact, rest)) = part(text) {
        return Some((date(of_year, month, 1)?, exact, rest));
    }
    let (month, rest) = month(text)?;
    Some((date(of_year, month, 1)?, Exactness::Month, rest))
}

/// `03/2019` or `2019/03`, where the context says that months are meant.
fn month_of_year(text: &str) -> Option<Read<'_>> {
    if let Some((year, rest)) = digits(text, 4, 4) {
        let (month, rest) = digits(rest.strip_prefix(['/', '.'])?, 1, 2)?;
        return Some((date(year, month, 1)?, Exactness::Month, rest));
    }
    let (month, rest) = digits(text, 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix(['/', '.'])?, 4, 4)?;
    Some((date(year, month, 1)?, Exactness::Month, rest))
}

fn year(text: &str) -> Option<Read<'_>> {
    let (year, rest) = digits(text, 4, 4)?;
    Some((date(year, 1, 1)?, Exactness::Year, rest))
}

fn ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|suffix| text.strip_prefix(suffix))
        .or_else(|| text.strip_prefix('.'))
        .unwrap_or(text)
}

/// A month by its English name, in full or by its first three letters.
fn month(text: &str) -> Option<(i64, &str)> {
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
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    let name = name.to_ascii_lowercase();
    let place = MONTHS
        .iter()
        .position(|m| *m == name || (name == "sept" && *m == "september") || m[..3] == name)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    Some((i64::try_from(place).ok()? + 1, rest))
}

/// A number of `least` to `most` digits that no further digit follows, and the rest.
fn digits(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&count) {
        return None;
    }
    let (number, rest) = text.split_at(count);
    Some((number.parse().ok()?, rest))
}

/// A date within a working life.
fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    working_life(date)
}

fn working_life(date: Date) -> Option<Date> {
    (1940..=2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str, of_year: Option<i16>) -> Option<String> {
        in_heading(text, of_year).map(|d| format!("{} {:?} “{}”", d.date, d.exact, d.said))
    }

    #[test]
    fn a_heading_tells_its_month_quarter_or_year() {
        for (text, understood) in [
            ("March 2026", "2026-03-01 Month “March 2026”"),
            ("Q3 2025: the launch", "2025-07-01 Quarter “Q3 2025”"),
            ("2026-Q2", "2026-04-01 Quarter “2026-Q2”"),
            ("H2/2025", "2025-07-01 Half “H2/2025”"),
            ("Week 2026-W12", "2026-03-16 Week “2026-W12”"),
            ("My 2024 in review", "2024-01-01 Year “2024”"),
            ("Project Atlas (Nov 2025)", "2025-11-01 Month “Nov 2025”"),
        ] {
            assert_eq!(heading(text, None).as_deref(), Some(understood), "{text}");
        }
        assert_eq!(heading("Mayor's office", Some(2026)), None);
        assert_eq!(heading("March", None), None);
        assert_eq!(heading("Room 20261", None), None);
        assert_eq!(
            heading("March", Some(2026)).as_deref(),
            Some("2026-03-01 Month “March”")
        );
        assert_eq!(
            heading("Q4", Some(2025)).as_deref(),
            Some("2025-10-01 Quarter “Q4”")
        );
    }

    #[test]
    fn a_span_is_from_its_first_day_to_its_last() {
        let read =
            |text: &str| span_in(text).map(|(s, before, after)| (s, before.to_owned(), after.to_owned()));
        for (text, from, until) in [
            (
                "Editor, Acme, Jan 2020 – Mar 2021",
                "2020-01-01",
                Some("2021-03-31"),
            ),
            ("2018-2020 Writer", "2018-01-01", Some("2020-12-31")),
            ("03/2019 - 05/2021", "2019-03-01", Some("2021-05-31")),
            ("March 2021 to present", "2021-03-01", None),
            ("2019 – now | Acme", "2019-01-01", None),
            ("2020-02-03 – 2020-02-05", "2020-02-03", Some("2020-02-05")),
        ] {
            let (span, ..) = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(span.from.to_string(), from, "{text}");
            assert_eq!(span.until.map(|d| d.to_string()).as_deref(), until, "{text}");
        }
        let (span, before, after) = read("Editor, Jan 2020 – Present | Leeds").unwrap();
        assert_eq!(span.said, "Jan 2020 – Present");
        assert_eq!((before.as_str(), after.as_str()), ("Editor, ", " | Leeds"));
        for none in ["2021 - 2019", "ages 10-12", "Jan 2020", "555-1234 to 555-2345"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn slashes_are_read_only_when_one_reading_is_left() {
        assert_eq!(whole("25/03/2026").unwrap().date.to_string(), "2026-03-25");
        assert_eq!(whole("03/25/2026").unwrap().date.to_string(), "2026-03-25");
        assert_eq!(whole("03/03/2026").unwrap().date.to_string(), "2026-03-03");
        assert_eq!(whole("04/03/2026"), None);
        assert_eq!(whole("2026").unwrap().exact, Exactness::Year);
        assert_eq!(whole("about 2026"), None);
    }

    #[test]
    fn two_dates_given_apart_make_a_span() {
        let ended = span_of("2013-12-01", "2014-12").unwrap();
        assert_eq!(ended.until.unwrap().to_string(), "2014-12-31");
        assert_eq!(ended.day().unwrap().exact, Exactness::Span);
        let lasting = span_of("2013", "").unwrap();
        assert_eq!((lasting.until, lasting.said.as_str()), (None, "since 2013"));
        assert!(lasting.day().is_none());
        assert!(lasts("Present") && lasts(" now ") && !lasts("nowhere"));
        assert_eq!(span_of("ages ago", ""), None);
    }
}

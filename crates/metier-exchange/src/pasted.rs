//! A list pasted from somewhere else: one item a line, however it was bulleted, numbered or dated.
//!
//! Nothing is recorded from it as it stands: each item becomes a draft that the person confirms.

use jiff::civil::Date;
use serde::Serialize;

/// The most items taken from one paste; the rest is left out, and `pasted_list` is asked again.
pub const ITEMS_MAX: usize = 500;

/// One thing of a pasted list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastedItem {
    /// The line it begins on, from 1.
    pub line: u64,
    /// When it happened, where the line or the heading above says so. A month stands for its first
    /// day.
    pub date: Option<Date>,
    /// What it says, without bullet, number and date.
    pub text: String,
}

/// Reads a pasted list, at most [`ITEMS_MAX`] items.
///
/// Bullets, numbers and tick boxes are taken off. A date in front (`2026-03-04: …`, `4 March 2026 – …`,
/// `March 2026: …`) or a month at the end in brackets is taken as the item's date; a heading that is
/// only a date or a month dates the items under it. Other headings (a Markdown `#`, or a line that
/// ends in a colon) are left out. An indented line without a bullet, under one with a bullet, goes on
/// with it. `04/03/2026` is not taken for a date, because half the world reads it as April.
pub fn pasted_list(text: &str) -> Vec<PastedItem> {
    let mut items: Vec<PastedItem> = Vec::new();
    let mut under: Option<Date> = None;
    let mut bulleted = false;
    for (line, raw) in (1..).zip(text.lines()) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            bulleted = false;
            continue;
        }
        let (said, bullet) = without_bullet(trimmed);
        if !bullet {
            if let Some(heading) = heading(trimmed) {
                under = dated(heading).map(|(date, _)| date);
                bulleted = false;
                continue;
            }
            if bulleted
                && raw.starts_with([' ', '\t'])
                && let Some(last) = items.last_mut()
            {
                last.text.push(' ');
                last.text.push_str(said);
                continue;
            }
        }
        bulleted = bullet;
        let (date, text) = match dated(said) {
            Some((date, text)) => (Some(date), text),
            None => (under, said),
        };
        if !text.contains(char::is_alphanumeric) {
            // A rule, or a bullet with nothing behind it but perhaps a date.
            under = date;
        } else if items.len() < ITEMS_MAX {
            items.push(PastedItem {
                line,
                date,
                text: text.to_owned(),
            });
        } else {
            break;
        }
    }
    items
}

/// What follows a bullet, a number or a tick box, and whether there was one.
fn without_bullet(line: &str) -> (&str, bool) {
    let (mut rest, mut found) = (line, false);
    // "1. [x] Did it" has two of them, and nothing sensible has more than three.
    for _ in 0..3 {
        match bullet(rest) {
            Some(after) => (rest, found) = (after, true),
            None => break,
        }
    }
    (rest, found)
}

fn bullet(line: &str) -> Option<&str> {
    const MARKS: [&str; 15] = [
        "- ", "* ", "+ ", "o ", "• ", "◦ ", "▪ ", "· ", "– ", "— ", "‣ ", "[ ] ", "[x] ", "[X] ", "✓ ",
    ];
    let marked = MARKS.iter().find_map(|mark| {
        let tab = mark.trim_end();
        line.strip_prefix(mark)
            .or_else(|| line.strip_prefix(tab).filter(|rest| rest.starts_with('\t')))
            // "•Did it" happens when pasting from a word processor.
            .or_else(|| line.strip_prefix(tab).filter(|_| matches!(tab, "•" | "▪" | "‣")))
    });
    marked.or_else(|| numbered(line)).map(str::trim_start)
}

/// What follows `1.`, `12)`, `(3)` or `b)`.
fn numbered(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let name = if (1..=3).contains(&digits) {
        digits
    } else {
        usize::from(inner.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let after = inner.get(name..).filter(|_| name > 0)?;
    let closed = match (digits, line.starts_with('(')) {
        (0, _) | (_, true) => after.strip_prefix(')'),
        (_, false) => after.strip_prefix(['.', ')']),
    }?;
    closed.starts_with([' ', '\t']).then_some(closed)
}

/// The text of a heading, when the line is one.
fn heading(line: &str) -> Option<&str> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(text) = line[hashes..].strip_prefix(' ')
    {
        return Some(text.trim().trim_end_matches(':'));
    }
    let plain = line.trim_matches('*').trim();
    let text = plain.strip_suffix(':').unwrap_or(plain);
    let only_a_date = dated(text).is_some_and(|(_, rest)| rest.is_empty());
    (plain.ends_with(':') || only_a_date).then_some(text)
}

/// The date a line begins or ends with, and the rest.
fn dated(line: &str) -> Option<(Date, &str)> {
    leading_date(line).or_else(|| bracketed_month(line))
}

fn leading_date(line: &str) -> Option<(Date, &str)> {
    let open = line.trim_start_matches(['(', '[', '*']);
    let (date, rest, precise) = iso(open).or_else(|| dotted(open)).or_else(|| in_words(open))?;
    // "*" around the date is emphasis, a bracket closes one.
    let closed = rest.trim_start_matches([')', ']', '*']);
    let text = closed.trim_start();
    let said = text
        .trim_start_matches(['*', ':', ',', ';', '|', '-', '–', '—'])
        .trim_start();
    let parted = text.is_empty() || said.len() < text.len() || closed.len() < rest.len();
    // "May 2026 plan" is a title; "4 May 2026 met the planner" is a date and a text.
    (parted || (precise && closed.len() > text.len())).then_some((date, said))
}

/// A month or a date in brackets at the end: "Ran the spring campaign (March 2026)".
fn bracketed_month(line: &str) -> Option<(Date, &str)> {
    let (text, inside) = line.strip_suffix(')')?.rsplit_once('(')?;
    let (date, rest, _) = iso(inside)
        .or_else(|| dotted(inside))
        .or_else(|| in_words(inside))?;
    (rest.trim().is_empty() && !text.trim().is_empty()).then_some((date, text.trim_end()))
}

/// `2026-03-04` or `2026-03`.
fn iso(text: &str) -> Option<(Date, &str, bool)> {
    let (year, rest) = digits(text, 4, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2, 2)?;
    if let Some((day, rest)) = rest.strip_prefix('-').and_then(|rest| digits(rest, 2, 2)) {
        // A time of day after it is of no use here.
        let rest = rest.strip_prefix('T').map_or(rest, |time| {
            time.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z'))
        });
        return Some((date(year, month, day)?, rest, true));
    }
    Some((date(year, month, 1)?, rest, false))
}

/// `4.3.2026`: with full stops the day always comes first.
fn dotted(text: &str) -> Option<(Date, &str, bool)> {
    let (day, rest) = digits(text, 1, 2)?;
    let (month, rest) = digits(rest.strip_prefix('.')?.trim_start(), 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix('.')?.trim_start(), 4, 4)?;
    Some((date(year, month, day)?, rest, true))
}

/// `March 2026`, `4 March 2026`, `4th of March 2026`, `March 4, 2026`.
fn in_words(text: &str) -> Option<(Date, &str, bool)> {
    if let Some((day, rest)) = digits(text, 1, 2) {
        let rest = ordinal(rest).trim_start();
        let rest = rest.strip_prefix("of ").unwrap_or(rest);
        let (month, rest) = month(rest)?;
        let (year, rest) = digits(rest.trim_start_matches([',', ' ']), 4, 4)?;
        return Some((date(year, month, day)?, rest, true));
    }
    let (month, rest) = month(text)?;
    let rest = rest.trim_start_matches([',', ' ']);
    if let Some((year, rest)) = digits(rest, 4, 4) {
        return Some((date(year, month, 1)?, rest, false));
    }
    let (day, rest) = digits(rest, 1, 2)?;
    let (year, rest) = digits(ordinal(rest).trim_start_matches([',', ' ']), 4, 4)?;
    Some((date(year, month, day)?, rest, true))
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
    if !(1940..=2100).contains(&year) {
        return None;
    }
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<String>, String)> {
        pasted_list(text)
            .into_iter()
            .map(|item| (item.date.map(|d| d.to_string()), item.text))
            .collect()
    }

    fn one(text: &str) -> (Option<String>, String) {
        let mut items = read(text);
        assert_eq!(items.len(), 1, "{text}");
        items.remove(0)
    }

    #[test]
    fn bullets_and_numbers_come_off() {
        for line in [
            "Did it",
            "- Did it",
            "  * Did it",
            "•Did it",
            "•\tDid it",
            "1. Did it",
            "12) Did it",
            "(3) Did it",
            "b) Did it",
            "- [x] Did it",
            "1. [ ] Did it",
        ] {
            assert_eq!(one(line), (None, "Did it".into()), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_bullet_stays() {
        for line in [
            "3.5 hours with a client",
            "-5 degrees outside",
            "a client",
            "2026 in review",
            "1234. x",
        ] {
            assert_eq!(one(line), (None, line.into()));
        }
    }

    #[test]
    fn a_date_in_front_is_taken_in_every_unambiguous_form() {
        for line in [
            "2026-03-04: did x",
            "2026-03-04 did x",
            "- 2026-03-04 – did x",
            "[2026-03-04] did x",
            "**2026-03-04:** did x",
            "2026-03-04T10:00:00Z did x",
            "4.3.2026 did x",
            "04.03.2026: did x",
            "4 March 2026 - did x",
            "4th of March 2026, did x",
            "Mar 4, 2026 | did x",
            "March 4th, 2026: did x",
            "did x (2026-03-04)",
        ] {
            assert_eq!(one(line), (Some("2026-03-04".into()), "did x".into()), "{line}");
        }
    }

    #[test]
    fn a_month_stands_for_its_first_day() {
        for line in [
            "March 2026 - did x",
            "Mar. 2026: did x",
            "2026-03: did x",
            "did x (March 2026)",
        ] {
            assert_eq!(one(line), (Some("2026-03-01".into()), "did x".into()), "{line}");
        }
    }

    #[test]
    fn what_is_not_surely_a_date_stays_in_the_text() {
        for line in [
            "04/03/2026 did x",
            "May 2026 plan agreed",
            "2026-13-01: did x",
            "2026-02-30: did x",
            "Marching 2026: did x",
            "12 monkeys seen",
            "0026-03-04: did x",
        ] {
            assert_eq!(one(line), (None, line.into()));
        }
    }

    #[test]
    fn headings_are_left_out_and_dated_ones_date_what_is_under_them() {
        let text = "# What I did\n\nMarch 2026\n- did x\n- 2026-03-09: did y\n\n## April 2026:\n* did z\nOther things:\n- did q\n";
        assert_eq!(
            read(text),
            [
                (Some("2026-03-01".into()), "did x".into()),
                (Some("2026-03-09".into()), "did y".into()),
                (Some("2026-04-01".into()), "did z".into()),
                (None, "did q".into()),
            ]
        );
    }

    #[test]
    fn a_wrapped_item_stays_one_item() {
        let items = pasted_list("- did x\n  and more of it\n- did y\nplain\n  indented plain\n");
        let texts: Vec<&str> = items.iter().map(|i| i.text.as_str()).collect();
        assert_eq!(
            texts,
            ["did x and more of it", "did y", "plain", "indented plain"]
        );
        assert_eq!(items[1].line, 3);
    }

    #[test]
    fn a_paste_without_end_is_cut_and_odd_characters_are_harmless() {
        assert_eq!(pasted_list(&"- x\n".repeat(10_000)).len(), ITEMS_MAX);
        assert!(read("\n \t\n---\u{0}\n").len() <= 1);
        assert!(read("").is_empty());
        assert_eq!(one("日本語"), (None, "日本語".into()));
    }
}

//! Writes calendars and cards full of what trips up programs into a folder, with what must be read out of
//! them as `expected.json`. `cargo xtask test --only parsers` has other people's parsers read them.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::{Date, DateTime, date};
use jiff::{Span, Timestamp};
use metier_exchange::calendar::{self, Calendar, Dated, Each, Repeat, When};
use metier_exchange::contacts::{self, Contact, NameParts, Version, Way};
use serde_json::{Value, json};

/// How many days of a repeat are compared.
const OCCURRENCES: usize = 8;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: calendars_and_cards FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let calendar = Calendar {
        name: "Metier: plan \u{1f4c5}".into(),
        stamp: Timestamp::from_second(1_767_322_800)?,
        dated: dated(),
    };
    std::fs::write(folder.join("plan.ics"), calendar::write(&calendar)?)?;
    let events: Result<Vec<_>, jiff::Error> = calendar.dated.iter().map(event).collect();
    let contacts = contacts();
    for (name, version) in [("cards-3.vcf", Version::V3), ("cards-4.vcf", Version::V4)] {
        std::fs::write(folder.join(name), contacts::write(&contacts, version))?;
    }
    let expected = json!({
        "calendars": [{ "file": "plan.ics", "name": calendar.name, "events": events? }],
        "cards": [
            { "file": "cards-3.vcf", "version": "3.0", "contacts": contacts },
            { "file": "cards-4.vcf", "version": "4.0", "contacts": contacts },
        ],
    });
    std::fs::write(
        folder.join("expected.json"),
        serde_json::to_string_pretty(&expected)?,
    )?;
    Ok(())
}

/// Texts as people write them, and worse.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "Review",
        "comma, semicolon; colon: done",
        "back\\slash \\n that is no line break \\, \\;",
        "two\nlines, and\n\na blank one between",
        "BEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\nEND:VCARD",
        "\u{201c}quoted\u{201d} \"straight\" 'single' <b>bold</b> &amp; 100%",
        "\u{1f9d1}\u{200d}\u{1f373} \u{1f1eb}\u{1f1f7} \u{1f44d}\u{1f3fd} e\u{301}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627} \u{4f60}\u{597d} \u{1e9e}",
        "a\ttab and  two blanks",
        "ends with a backslash\\",
        "=3D =C3=A9 ^n ^' %20",
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect();
    // Letters of one to four octets at every place around the fold.
    for letter in ["x", "\u{e9}", "\u{4e2d}", "\u{1f600}", "\\", ","] {
        for before in 55..=75 {
            texts.push(format!("{}{}.", "a".repeat(before), letter.repeat(8)));
        }
    }
    texts.push("long word ".repeat(2_000).trim().to_owned());
    texts
}

fn dated() -> Vec<Dated> {
    let texts = texts();
    let at = |place: usize| texts[place % texts.len()].clone();
    let repeats = [
        (date(2026, 1, 5), Each::Weeks(1), Some(date(2026, 2, 9))),
        (date(2026, 1, 31), Each::Months(1), None),
        (date(2026, 8, 30), Each::Months(3), Some(date(2027, 8, 30))),
        (date(2028, 2, 29), Each::Months(12), None),
        (date(2026, 3, 15), Each::Months(6), Some(date(2028, 3, 14))),
    ];
    let mut dated: Vec<Dated> = texts
        .iter()
        .enumerate()
        .map(|(place, text)| {
            let day =
                date(2026, 1, 31).saturating_add(Span::new().days(11 * i64::try_from(place).unwrap_or(0)));
            let when = if place % 2 == 0 {
                When::Day(day)
            } else {
                When::Time {
                    at: day.at(23, 30, 0, 0),
                    minutes: 45,
                }
            };
            Dated {
                uid: format!("thing, {place}; of@metier.example"),
                sequence: u32::try_from(place).unwrap_or(0),
                when,
                title: text.clone(),
                text: at(place * 7 + 3),
                repeat: None,
                alarm: [None, Some(-900), Some(0), Some(540)][place % 4],
                cancelled: place % 5 == 4,
            }
        })
        .collect();
    for (place, (day, each, until)) in repeats.into_iter().enumerate() {
        for timed in [false, true] {
            let at = day.at(9, 0, 0, 0);
            dated.push(Dated {
                uid: format!("repeat-{place}-{timed}"),
                sequence: 0,
                when: if timed {
                    When::Time { at, minutes: 5 }
                } else {
                    When::Day(day)
                },
                title: format!("Again {place}"),
                text: String::new(),
                repeat: Some(Repeat { each, until }),
                alarm: None,
                cancelled: false,
            });
        }
    }
    dated
}

/// What a reader must find: worked out from what was meant, not from what was written.
fn event(dated: &Dated) -> Result<Value, jiff::Error> {
    let (start, end) = match dated.when {
        When::Day(day) => (day.to_string(), day.tomorrow()?.to_string()),
        When::Time { at, minutes } => {
            let end: DateTime = at.checked_add(Span::new().minutes(i64::from(minutes)))?;
            (at.to_string(), end.to_string())
        }
    };
    let first = match dated.when {
        When::Day(day) => day,
        When::Time { at, .. } => at.date(),
    };
    let mut days: Vec<Date> = Vec::new();
    for place in 0..i64::try_from(OCCURRENCES).unwrap_or(i64::MAX) {
        let span = match dated.repeat {
            None if place > 0 => break,
            None => Span::new(),
            Some(repeat) => match repeat.each {
                Each::Weeks(weeks) => Span::new().weeks(place * i64::from(weeks)),
                Each::Months(months) => Span::new().months(place * i64::from(months)),
            },
        };
        let mut day = first.checked_add(span)?;
        if first.day() > 28 && matches!(dated.repeat.map(|r| r.each), Some(Each::Months(_))) {
            let before_the_end = first.days_in_month() - first.day();
            day = day
                .last_of_month()
                .checked_sub(Span::new().days(before_the_end))?;
        }
        if dated.repeat.and_then(|r| r.until).is_some_and(|last| day > last) {
            break;
        }
        days.push(day);
    }
    Ok(json!({
        "uid": dated.uid, "sequence": dated.sequence, "title": dated.title.trim(), "text": dated.text,
        "start": start, "end": end, "alarm": dated.alarm.filter(|_| !dated.cancelled),
        "cancelled": dated.cancelled,
        "days": days.iter().map(ToString::to_string).collect::<Vec<_>>(),
    }))
}

fn contacts() -> Vec<Contact> {
    let texts = texts();
    let at = |place: usize| texts[place % texts.len()].clone();
    let way = |value: String, kind: &str, preferred| Way {
        value,
        kinds: vec![kind.to_owned()],
        preferred,
    };
    (0..texts.len())
        .map(|place| Contact {
            uid: Some(if place % 2 == 0 {
                format!("urn:uuid:4fbe8971-0bc3-424c-9c26-{place:012x}")
            } else {
                format!("card {place}, of metier")
            }),
            name: at(place),
            parts: NameParts {
                family: "O\u{2019}Neill; or so".into(),
                given: "Zo\u{eb}".into(),
                ..NameParts::default()
            },
            organisation: vec!["Mill, Stone; & Co".into(), at(place * 3 + 1)],
            title: at(place * 5 + 2),
            mails: vec![
                way(format!("a.{place}@example.org"), "work", true),
                way(format!("\"odd, one; {place}\"@example.net"), "home", false),
            ],
            phones: vec![way(format!("+44 20 7946 {place:04}"), "cell", false)],
            urls: vec![format!(
                "https://example.org/{}?a=1,2;b=3&c={place}",
                "long/".repeat(place % 30)
            )],
            note: at(place * 7 + 3),
            categories: vec!["guild, of bakers".into(), "mentors; two".into()],
            revised: Timestamp::from_second(1_767_322_800).ok(),
        })
        .collect()
}

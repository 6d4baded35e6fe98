//! The calendar file: as it is written, and what is refused.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::{Date, date};
use metier_exchange::calendar::{Calendar, CalendarError, Dated, Each, Repeat, When, write};
use proptest::prelude::*;

fn dated(uid: &str, when: When) -> Dated {
    Dated {
        uid: uid.into(),
        sequence: 0,
        when,
        title: "Look at where I stand".into(),
        text: String::new(),
        repeat: None,
        alarm: None,
        cancelled: false,
    }
}

fn calendar(dated: Vec<Dated>) -> Calendar {
    Calendar {
        name: "Metier: plan".into(),
        stamp: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        dated,
    }
}

#[test]
fn days_times_repeats_alarms_and_what_is_cancelled_are_written_as_ever() {
    let dated = vec![
        Dated {
            title: "Review, with Mei; bring: \u{1f4c4}".into(),
            text: "1. What changed\n2. What would convince you?\n\u{201c}back\\slash\u{201d} ".to_owned()
                + &"\u{e9}".repeat(90),
            alarm: Some(-15 * 60),
            ..dated("review-1@metier", When::Day(date(2028, 2, 29)))
        },
        Dated {
            repeat: Some(Repeat {
                each: Each::Weeks(1),
                until: Some(date(2026, 12, 31)),
            }),
            alarm: Some(0),
            ..dated(
                "weekly@metier",
                When::Time {
                    at: date(2026, 1, 5).at(17, 30, 0, 0),
                    minutes: 5,
                },
            )
        },
        Dated {
            repeat: Some(Repeat {
                each: Each::Months(3),
                until: Some(date(2027, 1, 31)),
            }),
            ..dated("quarter@metier", When::Day(date(2026, 1, 31)))
        },
        Dated {
            sequence: 3,
            cancelled: true,
            alarm: Some(-60),
            ..dated("moved@metier", When::Day(date(2026, 12, 31)))
        },
    ];
    let written = String::from_utf8(write(&calendar(dated)).unwrap()).unwrap();
    assert_eq!(written, include_str!("fixtures/calendars/plan.ics"), "{written}");
}

#[test]
fn what_cannot_stand_in_a_calendar_is_refused() {
    let day = When::Day(date(2026, 1, 1));
    let refused = |dated: Vec<Dated>| write(&calendar(dated)).unwrap_err();
    assert!(matches!(refused(vec![dated("", day)]), CalendarError::Uid { .. }));
    assert!(matches!(
        refused(vec![dated("a\nb", day)]),
        CalendarError::Uid { .. }
    ));
    assert_eq!(
        refused(vec![dated("a", day), dated("a", day)]).to_string(),
        "two things in the calendar have the same identity `a`"
    );
    assert!(matches!(
        refused(vec![Dated {
            title: " \n".into(),
            ..dated("a", day)
        }]),
        CalendarError::Title { .. }
    ));
    assert!(matches!(
        refused(vec![dated("a", When::Day(Date::MAX))]),
        CalendarError::Late { .. }
    ));
    assert!(matches!(
        refused(vec![dated("a", When::Day(Date::MIN))]),
        CalendarError::Early { .. }
    ));
    let never = Some(Repeat {
        each: Each::Weeks(0),
        until: None,
    });
    assert!(matches!(
        refused(vec![Dated {
            repeat: never,
            ..dated("a", day)
        }]),
        CalendarError::Repeat { .. }
    ));
}

proptest! {
    #[test]
    fn every_file_is_lines_of_at_most_75_octets_and_names_everything_once(
        texts in prop::collection::vec((any::<String>(), any::<String>(), 1_i16..=9998), 0..6)
    ) {
        let dated: Vec<Dated> = texts
            .iter()
            .enumerate()
            .map(|(place, (title, text, year))| Dated {
                title: format!("{place} {title}"),
                text: text.clone(),
                ..dated(&format!("{place}@metier"), When::Day(date(*year, 12, 31)))
            })
            .collect();
        let written = String::from_utf8(write(&calendar(dated)).unwrap()).unwrap();
        prop_assert!(written.ends_with("END:VCALENDAR\r\n"));
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        prop_assert_eq!(written.matches("\r\nBEGIN:VEVENT\r\n").count(), texts.len());
        prop_assert!(!written.chars().any(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t')));
    }
}

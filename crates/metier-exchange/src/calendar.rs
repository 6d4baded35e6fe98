//! A calendar file (iCalendar, RFC 5545) out of days and times: reviews, milestones, reminders.
//!
//! Written so that bringing the file in again updates what is there: a thing keeps its `uid`, each change
//! raises its `sequence`, and what no longer holds is written once more as cancelled, since a calendar
//! leaves alone what a file does not name. Everything is marked private, so that a calendar others may look
//! into shows them no more than that something is there.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp};

use crate::content_line::{escape, write as line};

/// The most octets of a `uid`.
pub const UID_MAX: usize = 255;

/// What a calendar file is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What a calendar program calls it; may be empty.
    pub name: String,
    /// When it was written.
    pub stamp: Timestamp,
    /// The dated things, in the order they are written.
    pub dated: Vec<Dated>,
}

/// One thing with a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What it is known by for ever: the same thing has the same in every file.
    pub uid: String,
    /// How often its day, repeat or being has changed since it was first written.
    pub sequence: u32,
    /// The day, or day and time.
    pub when: When,
    /// One line.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// Whether and how it comes again.
    pub repeat: Option<Repeat>,
    /// Minutes from its beginning (of a day: from midnight) to when a program should speak up; negative
    /// before it.
    pub alarm: Option<i32>,
    /// It no longer takes place.
    pub cancelled: bool,
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// All day. It leaves the person free.
    Day(Date),
    /// At a time, as the clock on the wall shows it wherever one is.
    Time {
        /// The beginning.
        at: DateTime,
        /// How long it takes.
        minutes: u32,
    },
}

/// How something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// Each of these, beginning with the first.
    pub each: Each,
    /// The last day it may be on; without one it goes on.
    pub until: Option<Date>,
}

/// A stretch of time after which something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// So many weeks; at least one.
    Weeks(u16),
    /// So many months; at least one. What is later than on a 28th keeps its distance from the month's end,
    /// so that no month is too short for it: from the last day of one month to the last day of another.
    Months(u16),
}

/// Why a calendar cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A `uid` is empty, too long or has control characters.
    #[error("`{uid}` cannot identify a thing in a calendar: it needs 1 to 255 octets of visible text")]
    Uid {
        /// The one in question.
        uid: String,
    },
    /// Two things have one `uid`: a program would keep only one of them.
    #[error("two things in the calendar have the same identity `{uid}`")]
    Twice {
        /// The one in question.
        uid: String,
    },
    /// A thing has no title.
    #[error("what is dated with the identity `{uid}` has no title; give it one")]
    Title {
        /// Whose.
        uid: String,
    },
    /// It comes again after no time at all.
    #[error("`{title}` is to come again after 0 weeks or months; give at least 1")]
    Repeat {
        /// Whose.
        title: String,
    },
    /// It would end after the last day a calendar can name.
    #[error("`{title}` ends after the year 9999; give an earlier day")]
    Late {
        /// Whose.
        title: String,
    },
    /// It would be before the first year a calendar can name.
    #[error("`{title}` is before the year 1; give a later day")]
    Early {
        /// Whose.
        title: String,
    },
}

/// Writes a calendar file.
///
/// # Errors
/// When a thing has no identity, no title, or a day that no calendar can name; nothing is written then.
pub fn write(calendar: &Calendar) -> Result<Vec<u8>, CalendarError> {
    let mut seen = HashSet::new();
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", "-//Metier//Metier//EN");
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "METHOD", "PUBLISH");
    if !calendar.name.trim().is_empty() {
        line(&mut out, "NAME", &escape(&calendar.name));
        // What most programs look at.
        line(&mut out, "X-WR-CALNAME", &escape(&calendar.name));
    }
    let stamp = calendar.stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    for dated in &calendar.dated {
        if dated.uid.is_empty() || dated.uid.len() > UID_MAX || dated.uid.chars().any(char::is_control) {
            return Err(CalendarError::Uid {
                uid: dated.uid.chars().filter(|c| !c.is_control()).take(60).collect(),
            });
        }
        if !seen.insert(&dated.uid) {
            return Err(CalendarError::Twice {
                uid: dated.uid.clone(),
            });
        }
        event(&mut out, dated, &stamp)?;
    }
    line(&mut out, "END", "VCALENDAR");
    Ok(out.into_bytes())
}

fn event(out: &mut String, dated: &Dated, stamp: &str) -> Result<(), CalendarError> {
    let title = dated.title.trim();
    if title.is_empty() {
        return Err(CalendarError::Title {
            uid: dated.uid.clone(),
        });
    }
    let whose = || dated.title.clone();
    if dated.day().year() < 1 {
        return Err(CalendarError::Early { title: whose() });
    }
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", &escape(&dated.uid));
    line(out, "DTSTAMP", stamp);
    line(out, "SEQUENCE", &dated.sequence.to_string());
    match dated.when {
        When::Day(day) => {
            let next = day
                .tomorrow()
                .map_err(|_| CalendarError::Late { title: whose() })?;
            line(out, "DTSTART;VALUE=DATE", &date(day));
            line(out, "DTEND;VALUE=DATE", &date(next));
        }
        When::Time { at, minutes } => {
            let end = at
                .checked_add(Span::new().minutes(i64::from(minutes)))
                .map_err(|_| CalendarError::Late { title: whose() })?;
            line(out, "DTSTART", &time(at));
            // An end must be later than the beginning; what takes no time has none.
            if minutes > 0 {
                line(out, "DTEND", &time(end));
            }
        }
    }
    if let Some(repeat) = dated.repeat {
        line(out, "RRULE", &rule(dated, repeat)?);
    }
    line(out, "SUMMARY", &escape(title));
    if !dated.text.trim().is_empty() {
        line(out, "DESCRIPTION", &escape(&dated.text));
    }
    line(out, "CLASS", "PRIVATE");
    let free = dated.cancelled || matches!(dated.when, When::Day(_));
    line(out, "TRANSP", if free { "TRANSPARENT" } else { "OPAQUE" });
    let status = if dated.cancelled { "CANCELLED" } else { "CONFIRMED" };
    line(out, "STATUS", status);
    if let Some(minutes) = dated.alarm.filter(|_| !dated.cancelled) {
        line(out, "BEGIN", "VALARM");
        line(out, "ACTION", "DISPLAY");
        line(out, "DESCRIPTION", &escape(title));
        let before = if minutes < 0 { "-" } else { "" };
        line(out, "TRIGGER", &format!("{before}PT{}M", minutes.unsigned_abs()));
        line(out, "END", "VALARM");
    }
    line(out, "END", "VEVENT");
    Ok(())
}

/// The rule by which it comes again.
fn rule(dated: &Dated, repeat: Repeat) -> Result<String, CalendarError> {
    let day = dated.day();
    let (unit, count) = match repeat.each {
        Each::Weeks(count) => ("WEEKLY", count),
        Each::Months(count) => ("MONTHLY", count),
    };
    if count == 0 {
        return Err(CalendarError::Repeat {
            title: dated.title.clone(),
        });
    }
    let mut rule = format!("FREQ={unit};INTERVAL={count}");
    if let (Each::Months(_), 29..) = (repeat.each, day.day()) {
        // A rule of several days with BYSETPOS=-1 would say "the 30th, or else the last", but widely used
        // readers take it for all of these days.
        let from_the_end = i16::from(day.day()) - i16::from(day.days_in_month()) - 1;
        rule.push_str(&format!(";BYMONTHDAY={from_the_end}"));
    }
    if let Some(until) = repeat.until {
        // Of the same kind as the beginning; never before it, which programs read in different ways.
        let until = until.max(day);
        let until = match dated.when {
            When::Day(_) => date(until),
            When::Time { at, .. } => time(until.to_datetime(at.time())),
        };
        rule.push_str(&format!(";UNTIL={until}"));
    }
    Ok(rule)
}

impl Dated {
    fn day(&self) -> Date {
        match self.when {
            When::Day(day) => day,
            When::Time { at, .. } => at.date(),
        }
    }
}

fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn time(at: DateTime) -> String {
    format!(
        "{}T{:02}{:02}{:02}",
        date(at.date()),
        at.hour(),
        at.minute(),
        at.second()
    )
}

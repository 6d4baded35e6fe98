//! When a competency was last used, and what is left after that time.

use jiff::civil::Date;
use metier_measure::{Result, decay};

use super::record::{Bearing, Record, What};
use super::{LastUse, Number, Question};
use crate::framework::Competency;

/// Mean length of a month in days.
const MONTH: f64 = 30.436_875;

/// The last use: the latest evidence for the competency, or a position that exercises its practice.
/// Age runs from there and not from each piece of evidence's own date; time away does not count.
pub(super) fn last_use(
    competency: &Competency,
    bearing: &Bearing<'_>,
    record: &Record<'_>,
    question: &Question<'_>,
) -> Result<Option<LastUse>> {
    let at = question.at;
    let shown = bearing
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Shown(shown) if shown.supports => Some((shown.on, Some(shown.id))),
            What::Confirmed {
                evidence: None, on, ..
            } => Some((*on, None)),
            _ => None,
        })
        .max_by_key(|(on, _)| *on);
    let exercised = record
        .positions
        .iter()
        .filter(|p| p.from <= at && p.practices.contains(&competency.practice))
        .map(|p| p.until.map_or(at, |until| until.min(at)))
        .max()
        .map(|on| (on, None));
    // A person who holds a position but has nothing recorded has no record to keep fresh.
    let Some((on, evidence)) = shown.map(|s| match exercised {
        Some(e) if e.0 > s.0 => e,
        _ => s,
    }) else {
        return Ok(None);
    };
    let months = months_between(on, at, record);
    let retained = decay::retained(months, question.policy.half_life_of(competency.retention))?;
    Ok(Some(LastUse {
        on,
        evidence,
        months: Number::new(months),
        retained: Number::new(retained),
    }))
}

/// Months from one day to a later one, time away not counted.
fn months_between(from: Date, to: Date, record: &Record<'_>) -> f64 {
    let days = days(from, to);
    let mut away: Vec<(Date, Date)> = record
        .leaves
        .iter()
        .map(|l| (l.from.max(from), l.until.unwrap_or(to).min(to)))
        .filter(|(start, end)| start < end)
        .collect();
    away.sort_unstable();
    let (mut paused, mut reached) = (0, from);
    for (start, end) in away {
        let start = start.max(reached);
        if start < end {
            paused += self::days(start, end);
            reached = end;
        }
    }
    f64::from((days - paused).max(0)) / MONTH
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

//! When a competency was last used, and what is left after that time.

use jiff::civil::Date;
use metier_measure::{Result, decay};

use super::record::{Bearing, Record, What};
use super::{LastUse, Number, Question};
use crate::framework::Competency;
use crate::person::Leave;

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
        .filter(|p| p.practices.contains(&competency.practice))
        .filter_map(|p| last_day_there(p.from, p.until.map_or(at, |until| until.min(at)), &record.leaves))
        .max()
        .map(|on| (on, None));
    // A person who holds a position but has nothing recorded has no record to keep fresh.
    let Some((on, evidence)) = shown.map(|s| match exercised {
        Some(e) if e.0 > s.0 => e,
        _ => s,
    }) else {
        return Ok(None);
    };
    let months = f64::from(days_counted(on, at, &record.leaves)) / MONTH;
    let retained = decay::retained(months, question.policy.half_life_of(competency.retention))?;
    Ok(Some(LastUse {
        on,
        evidence,
        months: Number::new(months),
        retained: Number::new(retained),
    }))
}

/// The last day from `from` to `to` that was not spent away; none when all were.
fn last_day_there(from: Date, to: Date, leaves: &[&Leave]) -> Option<Date> {
    let mut day = to;
    // Each step goes to before a leave, so each leave is met once at most.
    while let Some(leave) = leaves
        .iter()
        .find(|l| l.from <= day && l.until.is_none_or(|until| day <= until))
    {
        day = leave.from.yesterday().ok()?;
    }
    (from <= day).then_some(day)
}

/// The days after one day up to a later one, that one included, without those spent away. Both ends of a leave
/// are days away.
fn days_counted(from: Date, to: Date, leaves: &[&Leave]) -> i32 {
    let days = days(from, to);
    let mut away: Vec<(i32, i32)> = leaves
        .iter()
        .map(|l| {
            let last = l.until.map_or(days, |until| self::days(from, until));
            (self::days(from, l.from).max(1), last.min(days))
        })
        .filter(|(first, last)| first <= last)
        .collect();
    away.sort_unstable();
    let (mut paused, mut reached) = (0, 0);
    for (first, last) in away {
        let first = first.max(reached + 1);
        if first <= last {
            paused += last - first + 1;
            reached = last;
        }
    }
    (days - paused).max(0)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn leave(from: Date, until: impl Into<Option<Date>>) -> Leave {
        let until = until.into();
        Leave { from, until }
    }

    fn counted(leaves: &[Leave]) -> i32 {
        days_counted(
            date(2026, 3, 1),
            date(2026, 3, 31),
            &leaves.iter().collect::<Vec<_>>(),
        )
    }

    #[test]
    fn days_away_are_not_counted() {
        assert_eq!(counted(&[]), 30);
        // Both of its days.
        assert_eq!(counted(&[leave(date(2026, 3, 10), date(2026, 3, 11))]), 28);
        assert_eq!(counted(&[leave(date(2026, 3, 10), date(2026, 3, 10))]), 29);
        // Begun before the last use; the day of the use itself was never counted.
        assert_eq!(counted(&[leave(date(2026, 2, 1), date(2026, 3, 11))]), 20);
        // Over before the last use, or begun after the day asked about.
        assert_eq!(counted(&[leave(date(2026, 1, 1), date(2026, 2, 11))]), 30);
        assert_eq!(counted(&[leave(date(2026, 1, 1), date(2026, 3, 1))]), 30);
        assert_eq!(counted(&[leave(date(2026, 4, 1), date(2026, 5, 1))]), 30);
        // Lasting still.
        assert_eq!(counted(&[leave(date(2026, 3, 22), None)]), 20);
        assert_eq!(counted(&[leave(date(2026, 3, 31), None)]), 29);
        assert_eq!(counted(&[leave(date(2025, 3, 1), None)]), 0);
    }

    #[test]
    fn a_day_away_twice_is_one_day() {
        let long = leave(date(2026, 3, 5), date(2026, 3, 20));
        let within = leave(date(2026, 3, 7), date(2026, 3, 8));
        let across = leave(date(2026, 3, 15), date(2026, 3, 25));
        let next = leave(date(2026, 3, 21), date(2026, 3, 25));
        for both in [
            [long.clone(), across.clone()],
            [across, long.clone()],
            [long.clone(), next],
        ] {
            assert_eq!(counted(&both), 30 - 21);
        }
        assert_eq!(counted(&[long.clone(), within]), 30 - 16);
        assert_eq!(counted(&[long.clone(), leave(date(2026, 3, 10), None)]), 4 - 1);
        assert_eq!(counted(&[long.clone(), long]), 30 - 16);
    }

    #[test]
    fn a_position_is_not_exercised_while_away() {
        let (from, to) = (date(2026, 1, 1), date(2026, 3, 31));
        let there = |leaves: &[Leave]| last_day_there(from, to, &leaves.iter().collect::<Vec<_>>());
        assert_eq!(there(&[]), Some(to));
        assert_eq!(there(&[leave(date(2026, 3, 1), date(2026, 3, 30))]), Some(to));
        assert_eq!(there(&[leave(date(2026, 3, 1), None)]), Some(date(2026, 2, 28)));
        let first = leave(date(2026, 2, 1), date(2026, 3, 5));
        assert_eq!(
            there(&[first, leave(date(2026, 3, 1), None)]),
            Some(date(2026, 1, 31))
        );
        assert_eq!(there(&[leave(date(2025, 12, 1), None)]), None);
    }

    proptest! {
        #[test]
        fn as_counted_day_by_day(
            total in 0..120_i64,
            leaves in proptest::collection::vec((-40..140_i64, proptest::option::of(0..60_i64)), 0..6),
        ) {
            let from = date(2024, 2, 10);
            let after = |days: i64| from.checked_add(jiff::Span::new().days(days)).unwrap();
            let leaves: Vec<Leave> = leaves
                .into_iter()
                .map(|(start, length)| leave(after(start), length.map(|l| after(start + l))))
                .collect();
            let away = |day: i64| {
                leaves.iter().any(|l| l.from <= after(day) && l.until.is_none_or(|u| after(day) <= u))
            };
            let there = (1..=total).filter(|day| !away(*day)).count();
            let leaves: Vec<&Leave> = leaves.iter().collect();
            prop_assert_eq!(days_counted(from, after(total), &leaves), i32::try_from(there).unwrap());
            let last = (0..=total).rev().find(|day| !away(*day)).map(after);
            prop_assert_eq!(last_day_there(from, after(total), &leaves), last);
        }
    }
}

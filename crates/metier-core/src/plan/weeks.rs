//! Time set aside against time spent, week by week and quarter by quarter; and what comes next.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Plan, Planned, Quarter, TimeKept};
use crate::framework::Hours;
use crate::id::{ActivityId, EntryId, FamilyId};
use crate::journal::Noted;
use crate::standing::Number;

impl<'a> Plan<'a> {
    /// The last weeks, Monday to Sunday, earliest first; the week of `today` is the last.
    pub fn weeks(&self, today: Date, weeks: u32) -> Vec<TimeKept> {
        let since_monday = i64::from(today.weekday().to_monday_zero_offset());
        let monday = today.saturating_sub(since_monday.days());
        (0..i64::from(weeks))
            .rev()
            .map(|ago| {
                let from = monday.saturating_sub((7 * ago).days());
                self.time(from, from.saturating_add(6.days()))
            })
            .collect()
    }

    /// The last quarters, earliest first; the quarter of `today` is the last, and whole.
    pub fn quarters(&self, today: Date, quarters: u32) -> Vec<TimeKept> {
        (0..i64::from(quarters))
            .rev()
            .map(|ago| {
                let first = Quarter::of(today).from.saturating_sub((3 * ago).months());
                let quarter = Quarter::of(first);
                self.time(quarter.from, quarter.until)
            })
            .collect()
    }

    /// Hours spent on something planned.
    pub fn spent_on(&self, planned: EntryId) -> Number {
        let of = self.spent.iter().filter(|t| t.what.planned == Some(planned));
        Number::new(of.fold(0.0, |sum, t| sum + t.what.hours))
    }

    /// What is planned and open, in the order it comes: what has begun or may begin, by its last day; then
    /// what begins later, by its first. What has no day comes last of each.
    pub fn upcoming(&self, today: Date) -> Vec<Noted<'a, Planned>> {
        let mut open: Vec<Noted<'a, Planned>> = self.open_planned().copied().collect();
        let far = Date::MAX;
        open.sort_by_key(|p| {
            let later = p.what.from.is_some_and(|from| from > today);
            let day = if later { p.what.from } else { p.what.until };
            (later, day.unwrap_or(far), p.first_recorded_at, p.id)
        });
        open
    }

    /// The person's own estimates of a framework's activities: those in the plan that are open.
    pub fn own_hours(&self, family: &FamilyId) -> BTreeMap<ActivityId, Hours> {
        self.open_planned()
            .filter(|p| p.what.family == *family)
            .filter_map(|p| Some((p.what.activity.clone()?, p.what.hours)))
            .collect()
    }
}

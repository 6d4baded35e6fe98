//! The dated things of a plan, as they go into a calendar.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::Plan;
use crate::id::{EntryId, ThingId};

/// Something with a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// The entry it comes from.
    pub entry: EntryId,
    /// Which of its things; absent: the whole.
    pub thing: Option<ThingId>,
    /// On which day.
    pub on: Date,
    /// What sort of thing.
    pub what: DatedWhat,
    /// What it is called.
    pub title: String,
    /// How often it was reworded: a calendar replaces what it has by the higher one.
    pub wording: u32,
    /// True when it no longer takes place: a calendar takes it out.
    pub over: bool,
}

/// Sorts of dated things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedWhat {
    /// A goal's day.
    Goal,
    /// A milestone's day.
    Milestone,
    /// The first day of something planned.
    Begins,
    /// The last day of something planned.
    Ends,
    /// An answer to a chance is due.
    AnswerDue,
    /// A review, by the rhythm.
    Review,
    /// A reflection, by the rhythm.
    Reflection,
    /// A look at the market, by the rhythm.
    Market,
}

/// How many days ahead a rhythm is written out.
const AHEAD_DAYS: i64 = 400;

impl Plan<'_> {
    /// The dated things of the plan; what recurs by the rhythm from `today` on for a little over a year.
    /// `wordings` says how often an entry was reworded.
    pub fn dates(&self, today: Date, wordings: impl Fn(EntryId) -> u32) -> Vec<Dated> {
        let mut dates = Vec::new();
        for goal in &self.goals {
            let over = self.goal_ended(goal.id).is_some();
            let wording = wordings(goal.id) + u32::from(over);
            let mut add = |thing, on: Option<Date>, what, title: &str, over| {
                dates.extend(on.map(|on| Dated {
                    entry: goal.id,
                    thing,
                    on,
                    what,
                    title: title.to_owned(),
                    wording,
                    over,
                }));
            };
            add(None, goal.what.by, DatedWhat::Goal, &goal.what.title, over);
            for m in &goal.what.milestones {
                let over = over || m.met_on.is_some();
                add(Some(m.id.clone()), m.by, DatedWhat::Milestone, &m.what, over);
            }
        }
        for planned in &self.planned {
            let over = self.planned_ended(planned.id).is_some();
            let wording = wordings(planned.id) + u32::from(over);
            let days = [
                (planned.what.from, DatedWhat::Begins),
                (planned.what.until, DatedWhat::Ends),
            ];
            dates.extend(days.into_iter().filter_map(|(on, what)| {
                Some(Dated {
                    entry: planned.id,
                    thing: None,
                    on: on?,
                    what,
                    title: planned.what.name.clone(),
                    wording,
                    over,
                })
            }));
        }
        for chance in &self.opportunities {
            let over = self.opportunity_ended(chance.id).is_some();
            dates.extend(chance.what.by.map(|on| Dated {
                entry: chance.id,
                thing: None,
                on,
                what: DatedWhat::AnswerDue,
                title: chance.what.what.clone(),
                wording: wordings(chance.id) + u32::from(over),
                over,
            }));
        }
        dates.extend(self.recurring(today));
        dates.sort_by(|a, b| (a.on, a.what, &a.title).cmp(&(b.on, b.what, &b.title)));
        dates
    }

    /// What recurs by the rhythm in force, counted from its first day.
    fn recurring(&self, today: Date) -> Vec<Dated> {
        let Some(said) = self.rhythms.iter().rev().find(|r| r.what.from <= today) else {
            return Vec::new();
        };
        let last = today.saturating_add(AHEAD_DAYS.days());
        let every = [
            (
                DatedWhat::Reflection,
                said.what.reflect_weeks.map(|n| i64::from(n).weeks()),
            ),
            (
                DatedWhat::Review,
                said.what.review_months.map(|n| i64::from(n).months()),
            ),
            (
                DatedWhat::Market,
                said.what.market_months.map(|n| i64::from(n).months()),
            ),
        ];
        let mut dates = Vec::new();
        for (what, span) in every {
            let Some(span) = span else { continue };
            // From the first day each time, so that the 31st stays the 31st where a month has one.
            for n in 1_i64.. {
                let Ok(steps) = span.checked_mul(n) else { break };
                let on = said.what.from.saturating_add(steps);
                if on > last {
                    break;
                }
                if on >= today {
                    dates.push(Dated {
                        entry: said.id,
                        thing: None,
                        on,
                        what,
                        title: String::new(),
                        wording: 0,
                        over: false,
                    });
                }
            }
        }
        dates
    }
}

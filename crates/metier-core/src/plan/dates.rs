//! The dated things of a plan, as they go into a calendar.
//!
//! A calendar keeps what it once took in, so what no longer takes place is named once more as over: a day
//! that was moved away, a milestone that was dropped, a rhythm that another one followed. Of what was erased
//! nothing is known any more, not even that it had a day: such a day its owner deletes in the calendar.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};
use jiff::{Timestamp, tz};
use serde::Serialize;

use super::state::end_of;
use super::{Plan, PlanFact, Rhythm};
use crate::id::{EntryId, ThingId};
use crate::journal::{Entry, Fact, View, view};
use crate::network::{Network, NetworkFact};

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
    /// What it is called; empty for what recurs.
    pub title: String,
    /// What it is about, where that was said.
    pub about: String,
    /// How often something was said of it since: a calendar replaces what it has by the higher one.
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
    /// A review that has its day.
    ReviewDay,
    /// A day on which to speak with somebody.
    Touch,
    /// A review, by the rhythm.
    Review,
    /// A reflection, by the rhythm.
    Reflection,
    /// A look at the market, by the rhythm.
    Market,
}

impl DatedWhat {
    /// True for what comes again by the rhythm of looking back.
    pub fn recurs(self) -> bool {
        matches!(self, Self::Review | Self::Reflection | Self::Market)
    }
}

/// How many days ahead a rhythm is written out.
const AHEAD_DAYS: i64 = 400;

/// By what a dated thing is the same from one calendar to the next.
type Key = (EntryId, Option<ThingId>, DatedWhat);

/// The dated things of a journal as it is known, with those that are over; what recurs by the rhythm from
/// `today` on for a little over a year.
pub fn dates(entries: &[Entry], known_at: Timestamp, today: Date) -> Vec<Dated> {
    let known: Vec<Entry> = entries
        .iter()
        .filter(|e| e.link.recorded_at <= known_at && dated(&e.payload.fact))
        .cloned()
        .collect();
    let said = Said::of(&known);
    let here = view(&known, known_at);
    let plan = Plan::of(&here);
    let mut dates = plan.days(&here);
    for one in &mut dates {
        one.wording = said.times(one.entry);
    }
    let there: BTreeSet<Key> = dates.iter().map(key).collect();
    for (_, mut gone) in said
        .ever
        .iter()
        .filter(|(key, _)| !there.contains(key))
        .map(|(k, d)| (k, d.clone()))
    {
        gone.wording = said.times(gone.entry);
        dates.push(gone);
    }
    dates.extend(said.recurring(&plan, today));
    dates.sort_by(|a, b| (a.on, a.what, &a.title, a.entry).cmp(&(b.on, b.what, &b.title, b.entry)));
    dates
}

fn key(dated: &Dated) -> Key {
    (dated.entry, dated.thing.clone(), dated.what)
}

/// True for what may have a day, and for what takes such things back.
fn dated(fact: &Fact) -> bool {
    match fact {
        Fact::Plan(said) => !matches!(
            &**said,
            PlanFact::SetAside(_)
                | PlanFact::Spent(_)
                | PlanFact::Setback(_)
                | PlanFact::Reflection(_)
                | PlanFact::Move(_)
        ),
        Fact::Network(said) => matches!(
            &**said,
            NetworkFact::Contact(_) | NetworkFact::Touch(_) | NetworkFact::Community(_)
        ),
        Fact::ReviewPlanned(_) | Fact::Withdrawal(_) => true,
        _ => false,
    }
}

/// Every day that a wording of something names.
fn days_of(entry: EntryId, fact: &Fact) -> Vec<Dated> {
    let day = |thing: Option<&ThingId>, what, on: Option<Date>, title: &str, about: &str| {
        on.map(|on| Dated {
            entry,
            thing: thing.cloned(),
            on,
            what,
            title: title.to_owned(),
            about: about.to_owned(),
            wording: 0,
            over: true,
        })
    };
    let next = |next: &Option<crate::network::NextTouch>, name: &str| {
        let next = next.as_ref();
        let about = next.map_or("", |n| n.what.as_str());
        day(None, DatedWhat::Touch, next.map(|n| n.on), name, about)
    };
    match fact {
        Fact::Plan(said) => match &**said {
            PlanFact::Goal(goal) => {
                let whole = day(None, DatedWhat::Goal, goal.by, &goal.title, &goal.why);
                let stones = goal
                    .milestones
                    .iter()
                    .filter_map(|m| day(Some(&m.id), DatedWhat::Milestone, m.by, &m.what, &goal.title));
                whole.into_iter().chain(stones).collect()
            }
            PlanFact::Planned(planned) => [
                day(None, DatedWhat::Begins, planned.from, &planned.name, ""),
                day(None, DatedWhat::Ends, planned.until, &planned.name, ""),
            ]
            .into_iter()
            .flatten()
            .collect(),
            PlanFact::Opportunity(chance) => {
                let due = day(None, DatedWhat::AnswerDue, chance.by, &chance.what, &chance.with);
                due.into_iter().collect()
            }
            _ => Vec::new(),
        },
        Fact::Network(said) => match &**said {
            NetworkFact::Contact(contact) => next(&contact.next, &contact.name).into_iter().collect(),
            NetworkFact::Community(community) => next(&community.next, &community.name).into_iter().collect(),
            _ => Vec::new(),
        },
        Fact::ReviewPlanned(review) => {
            let planned = day(
                None,
                DatedWhat::ReviewDay,
                Some(review.on),
                &review.with,
                &review.note,
            );
            planned.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

impl Plan<'_> {
    /// The days that stand. What ended before its day is over; what ended after it took place.
    fn days(&self, here: &View<'_>) -> Vec<Dated> {
        let ended = |id: EntryId| {
            let goal = self.goal_ended(id).map(|e| e.on);
            let planned = self.planned_ended(id).map(|e| e.on);
            let chance = self.opportunity_ended(id).map(|e| e.on);
            goal.or(planned).or(chance)
        };
        let mut days: Vec<Dated> = here
            .facts
            .iter()
            .flat_map(|fact| days_of(fact.root, fact.fact()))
            .filter(|d| d.what != DatedWhat::Touch)
            .collect();
        let met: HashMap<(EntryId, &ThingId), Date> = self
            .goals
            .iter()
            .flat_map(|g| {
                g.what
                    .milestones
                    .iter()
                    .filter_map(move |m| Some(((g.id, &m.id), m.met_on?)))
            })
            .collect();
        for one in &mut days {
            let met = one.thing.as_ref().and_then(|thing| met.get(&(one.entry, thing)));
            let ended = [ended(one.entry), met.copied()].into_iter().flatten().min();
            one.over = ended.is_some_and(|ended| ended < one.on);
        }
        let touches = Network::of(here).next_touches();
        days.extend(touches.into_iter().map(|coming| Dated {
            entry: coming.entry,
            thing: None,
            on: coming.next.on,
            what: DatedWhat::Touch,
            title: coming.name.to_owned(),
            about: coming.next.what.clone(),
            wording: 0,
            over: false,
        }));
        days
    }

    /// What comes next by the rhythm in force, each sort once, by day; where one has looked back today, the next time.
    pub fn next_by_rhythm(&self, today: Date) -> Vec<(DatedWhat, Date)> {
        let Some(said) = self.rhythms.iter().rev().find(|r| r.what.from <= today) else {
            return Vec::new();
        };
        let looked_back = self.reflections.iter().any(|r| r.on == today);
        let mut next: BTreeMap<DatedWhat, Date> = BTreeMap::new();
        for (what, on) in occurrences(said.what, today, today.saturating_add(FAR_DAYS.days())) {
            let done = what == DatedWhat::Reflection && on == today && looked_back;
            if !done {
                next.entry(what).or_insert(on);
            }
        }
        let mut next: Vec<_> = next.into_iter().collect();
        next.sort_by_key(|(what, on)| (*on, *what));
        next
    }
}

/// Beyond the longest time between two reviews.
const FAR_DAYS: i64 = 366 * 6;

/// The days of a rhythm from one day to a last one, counted from its first day.
fn occurrences(rhythm: &Rhythm, first: Date, last: Date) -> Vec<(DatedWhat, Date)> {
    let weeks = rhythm.reflect_weeks.map(|n| i64::from(n).weeks());
    let every = [
        (DatedWhat::Reflection, weeks),
        (
            DatedWhat::Review,
            rhythm.review_months.map(|n| i64::from(n).months()),
        ),
        (
            DatedWhat::Market,
            rhythm.market_months.map(|n| i64::from(n).months()),
        ),
    ];
    let mut days = Vec::new();
    for (what, span) in every {
        let Some(span) = span else { continue };
        // From the first day each time, so that the 31st stays the 31st where a month has one.
        for n in steps_before(rhythm.from, span, first).max(1).. {
            let Ok(steps) = span.checked_mul(n) else { break };
            let Ok(on) = rhythm.from.checked_add(steps) else {
                break;
            };
            if on > last {
                break;
            }
            if on >= first {
                days.push((what, on));
            }
        }
    }
    days
}

/// How many steps of a span surely do not lead past a day, so that a rhythm of long ago need not be walked
/// through.
fn steps_before(from: Date, span: Span, day: Date) -> i64 {
    let unit = if span.get_months() > 0 {
        Unit::Month
    } else {
        Unit::Week
    };
    let Ok(between) = from.until((unit, day)) else {
        return 0;
    };
    let (weeks, months) = (i64::from(span.get_weeks()), i64::from(span.get_months()));
    let between_weeks = i64::from(between.get_weeks()) / weeks.max(1);
    let between_months = i64::from(between.get_months()) / months.max(1);
    // One less: a month that was cut short may count as none.
    between_weeks.max(between_months) - 1
}

/// What was ever said of dated things.
struct Said<'a> {
    /// How many entries are about each thing.
    times: HashMap<EntryId, u32>,
    /// The last day ever named for each.
    ever: BTreeMap<Key, Dated>,
    /// Every wording of every rhythm, in reading order: its thing, what, when it was recorded.
    rhythms: Vec<(EntryId, &'a Rhythm, Timestamp)>,
    /// When anything was said of any rhythm, in order.
    of_rhythms: Vec<Timestamp>,
}

impl<'a> Said<'a> {
    fn of(known: &'a [Entry]) -> Self {
        let roots = View::roots(known);
        let mut order: Vec<&Entry> = known.iter().collect();
        order.sort_by_key(|e| e.reading_order());
        let mut said = Self {
            times: HashMap::new(),
            ever: BTreeMap::new(),
            rhythms: Vec::new(),
            of_rhythms: Vec::new(),
        };
        // What an entry about the end of something, or about a talk, is about.
        let mut about: HashMap<EntryId, EntryId> = HashMap::new();
        let mut rhythms: BTreeSet<EntryId> = BTreeSet::new();
        for entry in order {
            let root = roots.get(&entry.link.id).copied().unwrap_or(entry.link.id);
            let fact = &entry.payload.fact;
            if let Some(of) = other(fact) {
                about.insert(root, of);
            }
            let thing = about.get(&root).copied().unwrap_or(root);
            *said.times.entry(thing).or_default() += 1;
            for day in days_of(thing, fact).into_iter().chain(talked(fact, &said.ever)) {
                said.ever.insert(key(&day), day);
            }
            if let Fact::Plan(plan) = fact
                && let PlanFact::Rhythm(rhythm) = &**plan
            {
                rhythms.insert(root);
                said.rhythms.push((root, rhythm, entry.link.recorded_at));
            }
            if rhythms.contains(&root) {
                said.of_rhythms.push(entry.link.recorded_at);
            }
        }
        said
    }

    /// How often something was said of a thing after it was first told.
    fn times(&self, thing: EntryId) -> u32 {
        self.times.get(&thing).map_or(0, |n| n.saturating_sub(1))
    }

    /// What recurs from `today` on; what a rhythm had in store that no longer holds is over.
    fn recurring(&self, plan: &Plan<'_>, today: Date) -> Vec<Dated> {
        let last = today.saturating_add(AHEAD_DAYS.days());
        let mut days: BTreeMap<(EntryId, DatedWhat, Date), bool> = BTreeMap::new();
        for (root, rhythm, recorded) in &self.rhythms {
            // An earlier calendar held it only when it was made while the rhythm was the last word.
            let next = self.of_rhythms.iter().find(|at| *at > recorded);
            let held = next.map_or(last, |at| {
                let at = at.to_zoned(tz::TimeZone::UTC).date();
                // Where it was made it may have been a day later already.
                at.saturating_add((AHEAD_DAYS + 1).days()).min(last)
            });
            for (what, on) in occurrences(rhythm, today, held) {
                days.entry((*root, what, on)).or_insert(true);
            }
        }
        for (place, said) in plan.rhythms.iter().enumerate() {
            let followed = plan.rhythms.get(place + 1).map(|next| next.what.from);
            for (what, on) in occurrences(said.what, today, last) {
                if followed.is_none_or(|from| on < from) {
                    days.insert((said.id, what, on), false);
                }
            }
        }
        let first = |root: &EntryId| self.rhythms.iter().find(|(r, ..)| r == root).map(|(.., at)| *at);
        days.into_iter()
            .map(|((entry, what, on), over)| {
                let since = first(&entry);
                let later = self.of_rhythms.iter().filter(|at| Some(**at) > since).count();
                Dated {
                    entry,
                    thing: None,
                    on,
                    what,
                    title: String::new(),
                    about: String::new(),
                    wording: u32::try_from(later).unwrap_or(u32::MAX),
                    over,
                }
            })
            .collect()
    }
}

/// The thing that an entry is about which has no day of its own.
fn other(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::Plan(_) => end_of(fact),
        Fact::Network(said) => match &**said {
            NetworkFact::Touch(touch) => Some(touch.contact),
            _ => None,
        },
        _ => None,
    }
}

/// The day that a talk with somebody names for the next one.
fn talked(fact: &Fact, ever: &BTreeMap<Key, Dated>) -> Option<Dated> {
    let Fact::Network(said) = fact else {
        return None;
    };
    let NetworkFact::Touch(touch) = &**said else {
        return None;
    };
    let next = touch.next.as_ref()?;
    let key = (touch.contact, None, DatedWhat::Touch);
    let name = ever.get(&key).map(|d| d.title.clone()).unwrap_or_default();
    Some(Dated {
        entry: touch.contact,
        thing: None,
        on: next.on,
        what: DatedWhat::Touch,
        title: name,
        about: next.what.clone(),
        wording: 0,
        over: true,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_rhythm_of_long_ago_is_counted_from_today_and_gives_the_same_days() {
        for (from, weeks, months) in [
            (date(2020, 1, 31), 1, 1),
            (date(2020, 2, 29), 3, 12),
            (date(2026, 6, 30), 52, 60),
            (date(2027, 1, 30), 2, 1),
        ] {
            let rhythm = Rhythm {
                from,
                reflect_weeks: Some(weeks),
                review_months: Some(months),
                market_months: Some(7),
            };
            for first in [date(2024, 2, 29), date(2026, 2, 28), date(2026, 7, 31)] {
                let last = date(2032, 1, 1);
                let all = occurrences(&rhythm, Date::MIN, last);
                let all: Vec<_> = all.into_iter().filter(|(_, on)| *on >= first).collect();
                assert_eq!(occurrences(&rhythm, first, last), all, "{from} {first}");
            }
        }
        let (first, long_ago) = (date(2026, 7, 1), Date::MIN);
        for span in [1_i64.weeks(), 5_i64.weeks(), 1_i64.months(), 60_i64.months()] {
            let before = steps_before(long_ago, span, first);
            assert!(before > 2_000, "{before}");
            let there = long_ago.checked_add(span.checked_mul(before).unwrap()).unwrap();
            assert!(there < first, "{there}");
            assert!(there.checked_add(span.checked_mul(3).unwrap()).unwrap() > first);
        }
    }
}

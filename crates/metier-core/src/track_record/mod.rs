//! Our own track record: what was called likely, and what came of it.
//!
//! [`track_record`] looks back over a journal. At the end of each month (UTC) in which something was recorded it
//! derives the standing as it was known then, by the criteria in force then. The first time a rung is
//! *likely* is a **call**, with the probability that stood beside it; each rung of each competency is called
//! at most once, so that one statement repeated for years is not many statements. What came of a call is
//! read off the standing known at the end: proven since, spoken against, or still open.
//!
//! What this can say has limits, and they are part of the answer. A probability says how likely it is that
//! the person *is* at least there, not that it will be proven by some day: an open call is no failure. So
//! shares come as a pair, open calls counted once as not there and once as there, and the truth lies
//! between. Calls of one competency lean on the same evidence; intervals take them as independent and are
//! if anything too narrow. Below [`ENOUGH`] calls, or fewer than [`ENOUGH_COMPETENCIES`] competencies, only
//! counts are given.
//!
//! The past is looked at through today's method and policy, and through entries that were not erased; later
//! entries never change an earlier call.

mod worth;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use metier_measure::MeasureError;
use serde::Serialize;

use crate::canonical::Digest;
use crate::framework::Framework;
use crate::id::{CompetencyId, FamilyId, RungId};
use crate::journal::Entry;
use crate::policy::Policy;
use crate::standing::{Looks, Number, Question, Reason, RungStanding, Standing, State, standing};

pub use worth::{Bounds, StatedBin, Verdict, Worth};

/// From how many calls on shares and their intervals are given.
pub const ENOUGH: usize = 20;

/// …when they are about at least this many competencies.
pub const ENOUGH_COMPETENCIES: usize = 5;

/// The largest number of months looked at; of a longer past, the last ones.
pub const MAX_LOOKS: usize = 1_200;

/// What is looked back over, and by which numbers.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The criteria in force, oldest first; before the first nothing was asked.
    pub criteria: &'a [InForce<'a>],
    /// The numbers judgement depends on.
    pub policy: &'a Policy,
    /// The instant from which it is looked back.
    pub until: Timestamp,
}

/// Criteria that were in force from an instant on.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// Since when.
    pub since: Timestamp,
    /// The criteria.
    pub framework: &'a Framework,
    /// Their digest.
    pub version: Digest,
}

/// What was called likely, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrackRecord {
    /// The first look; absent: there was none.
    pub from: Option<Timestamp>,
    /// Looked back from here.
    pub until: Timestamp,
    /// How many looks.
    pub looks: u32,
    /// How many of each outcome.
    pub counts: Counts,
    /// Of the calls that were proven, the median number of days it took. Those still open may take longer,
    /// so this is no forecast of how long a call takes.
    pub median_days: Option<Number>,
    /// What the counts say of the stated probabilities.
    pub worth: Worth,
    /// Every call, in the order made.
    pub calls: Vec<Call>,
}

/// How many of each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Called likely.
    pub called: u32,
    /// Of these, later proven…
    pub proven: u32,
    /// …spoken against by later evidence, or disputed, and never proven…
    pub against: u32,
    /// …still open.
    pub open: u32,
    /// Of those still open, no longer likely.
    pub no_longer_likely: u32,
    /// Of those proven, under dispute now.
    pub disputed_since: u32,
    /// Of all called, with nothing behind them but the person's own view.
    pub own_view: u32,
    /// Proven without ever having been called likely before.
    pub uncalled: u32,
}

/// A rung that was called likely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// Of which family.
    pub family: FamilyId,
    /// By which version.
    pub version: Digest,
    /// Which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
    /// When it was first called likely: the end of a month.
    pub at: Timestamp,
    /// The probability that stood beside it. It can lie below the policy's "likely" when the rung was called
    /// likely because its criterion was half met.
    pub stated: Number,
    /// True when there was nothing behind it but the person's own view.
    pub own_view: bool,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was proven.
    Proven {
        /// When.
        at: Timestamp,
        /// Days from the call to the proof; 0 when a correction moved the proof to before the call.
        days: u32,
        /// It is disputed now.
        disputed_since: bool,
    },
    /// Later evidence speaks against it, or it is disputed, and it was never proven.
    Against {
        /// What speaks against it.
        because: Vec<Reason>,
    },
    /// Neither yet.
    Open {
        /// It is still called likely.
        still_likely: bool,
        /// Days since the call.
        days: u32,
    },
}

/// What was called likely in the past, and what came of it.
///
/// # Errors
/// When a number of the policy lies outside its method's domain.
pub fn track_record(entries: &[Entry], past: &Past<'_>) -> Result<TrackRecord, MeasureError> {
    let known = known(entries, past.until);
    let looks = looks(&known, past.until);
    let nothing = HashSet::new();
    let mut called = Called::default();
    for (place, criteria) in past.criteria.iter().enumerate() {
        let until = past
            .criteria
            .get(place + 1)
            .map_or(Timestamp::MAX, |next| next.since);
        let mine = looks.iter().filter(|l| criteria.since <= l.at && l.at < until);
        called.under(criteria, mine, &known, past, &nothing)?;
    }
    let mut ends: HashMap<Digest, Standing> = HashMap::new();
    for criteria in past.criteria {
        let question = question(criteria, past.policy, past.until, &nothing);
        ends.insert(criteria.version, standing(&known, &question)?);
    }
    let calls: Vec<Call> = called
        .calls
        .into_iter()
        .filter_map(|call| {
            let rung = ends.get(&call.version)?.competency(&call.competency)?;
            let outcome = outcome(&call, rung.rung(&call.rung)?, &rung.rungs, past.until);
            Some(Call { outcome, ..call })
        })
        .collect();
    let uncalled = past.criteria.last().map_or(0, |last| {
        ends.get(&last.version)
            .map_or(0, |end| uncalled(end, &called.keys))
    });
    Ok(TrackRecord {
        from: looks.first().map(|l| l.at),
        until: past.until,
        looks: u32::try_from(looks.len()).unwrap_or(u32::MAX),
        counts: Counts {
            uncalled,
            ..counts(&calls)
        },
        median_days: median_days(&calls),
        worth: worth::worth(&calls)?,
        calls,
    })
}

/// What had been recorded by an instant, in reading order; copied only when it was not given so.
fn known(entries: &[Entry], until: Timestamp) -> Cow<'_, [Entry]> {
    let by_then = |e: &Entry| e.link.recorded_at <= until;
    if entries.is_sorted_by_key(Entry::reading_order) {
        return Cow::Borrowed(&entries[..entries.partition_point(by_then)]);
    }
    let mut known: Vec<Entry> = entries.iter().filter(|e| by_then(e)).cloned().collect();
    known.sort_by_key(Entry::reading_order);
    Cow::Owned(known)
}

/// One look: at this instant, at so many of the entries in reading order.
struct Look {
    at: Timestamp,
    known: usize,
}

/// The ends of the months in which something was recorded, up to `until`.
fn looks(known: &[Entry], until: Timestamp) -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::new();
    for (place, entry) in known.iter().enumerate() {
        let at = end_of_month(entry.link.recorded_at);
        match looks.last_mut() {
            Some(last) if last.at == at => last.known = place + 1,
            _ => looks.push(Look { at, known: place + 1 }),
        }
    }
    looks.retain(|l| l.at <= until);
    let surplus = looks.len().saturating_sub(MAX_LOOKS);
    looks.split_off(surplus)
}

/// The last microsecond of the month, in UTC.
fn end_of_month(at: Timestamp) -> Timestamp {
    let first = at.to_zoned(TimeZone::UTC).date().first_of_month();
    first
        .checked_add(1.month())
        .ok()
        .and_then(|next| next.to_zoned(TimeZone::UTC).ok())
        .and_then(|next| next.timestamp().checked_sub(SignedDuration::from_micros(1)).ok())
        .unwrap_or(Timestamp::MAX)
}

fn question<'a>(
    criteria: &InForce<'a>,
    policy: &'a Policy,
    at: Timestamp,
    without: &'a HashSet<crate::id::EntryId>,
) -> Question<'a> {
    Question {
        framework: criteria.framework,
        version: criteria.version,
        target: None,
        policy,
        // What was called was called by the policy's priors: past calibrations are not kept.
        calibration: None,
        at: day(at),
        known_at: at,
        without,
    }
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

type Key = (FamilyId, CompetencyId, RungId);

/// The calls so far.
#[derive(Default)]
struct Called {
    calls: Vec<Call>,
    keys: HashSet<Key>,
}

impl Called {
    /// Adds what is first called likely at the looks under one version.
    fn under<'l>(
        &mut self,
        criteria: &InForce<'_>,
        looks: impl Iterator<Item = &'l Look>,
        known: &[Entry],
        past: &Past<'_>,
        nothing: &HashSet<crate::id::EntryId>,
    ) -> Result<(), MeasureError> {
        let framework = criteria.framework;
        let mut series = Looks::new(&question(criteria, past.policy, past.until, nothing))?;
        // A competency all of whose rungs are proven or called has nothing left to call.
        let mut done = vec![false; framework.competencies.len()];
        for look in looks {
            let question = question(criteria, past.policy, look.at, nothing);
            let seen = series.look(&known[..look.known], &question, |place| !done[place])?;
            for (place, competency) in seen {
                done[place] = true;
                for rung in &competency.rungs {
                    let key = (
                        framework.family.clone(),
                        competency.competency.clone(),
                        rung.rung.clone(),
                    );
                    if rung.state == State::Likely && self.keys.insert(key.clone()) {
                        self.calls.push(Call {
                            family: key.0,
                            version: criteria.version,
                            competency: key.1,
                            rung: key.2,
                            at: look.at,
                            stated: rung.probability,
                            own_view: competency.own_view_only,
                            outcome: Outcome::Open {
                                still_likely: true,
                                days: 0,
                            },
                        });
                    } else if !self.keys.contains(&key) {
                        done[place] = false;
                    }
                }
            }
        }
        Ok(())
    }
}

fn outcome(call: &Call, now: &RungStanding, rungs: &[RungStanding], until: Timestamp) -> Outcome {
    match (proven_at(now, rungs), now.state) {
        (Some(at), state) => Outcome::Proven {
            at,
            days: days(call.at, at),
            disputed_since: state == State::Disputed,
        },
        (None, State::Disputed) => Outcome::Against {
            because: now.reasons.clone(),
        },
        (None, state) => {
            let because: Vec<Reason> = now
                .reasons
                .iter()
                .filter(|r| speaks_against(r))
                .cloned()
                .collect();
            if because.is_empty() {
                Outcome::Open {
                    still_likely: state == State::Likely,
                    days: days(call.at, until),
                }
            } else {
                Outcome::Against { because }
            }
        }
    }
}

/// When a rung was proven: by its own criterion, or by the one that makes it obvious.
fn proven_at(rung: &RungStanding, rungs: &[RungStanding]) -> Option<Timestamp> {
    let obvious = || {
        rung.reasons.iter().find_map(|reason| match reason {
            Reason::MadeObvious { by, .. } => rungs.iter().find(|r| r.rung == *by)?.proven_at,
            _ => None,
        })
    };
    rung.proven_at.or_else(obvious)
}

fn speaks_against(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Contradicted { .. }
            | Reason::TooManyErrors { .. }
            | Reason::Disputed { .. }
            | Reason::Drift { .. }
    )
}

fn days(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_hours().max(0) / 24).unwrap_or(u32::MAX)
}

/// Rungs proven by their own criterion that nobody had called likely before.
fn uncalled(end: &Standing, called: &HashSet<Key>) -> u32 {
    let mut count = 0;
    for competency in &end.competencies {
        for rung in competency.rungs.iter().filter(|r| r.proven_at.is_some()) {
            let key = (
                end.family.clone(),
                competency.competency.clone(),
                rung.rung.clone(),
            );
            count += u32::from(!called.contains(&key));
        }
    }
    count
}

fn counts(calls: &[Call]) -> Counts {
    let mut counts = Counts::default();
    for call in calls {
        counts.called += 1;
        counts.own_view += u32::from(call.own_view);
        match &call.outcome {
            Outcome::Proven { disputed_since, .. } => {
                counts.proven += 1;
                counts.disputed_since += u32::from(*disputed_since);
            }
            Outcome::Against { .. } => counts.against += 1,
            Outcome::Open { still_likely, .. } => {
                counts.open += 1;
                counts.no_longer_likely += u32::from(!still_likely);
            }
        }
    }
    counts
}

fn median_days(calls: &[Call]) -> Option<Number> {
    let mut days: Vec<u32> = calls
        .iter()
        .filter_map(|call| match call.outcome {
            Outcome::Proven { days, .. } => Some(days),
            _ => None,
        })
        .collect();
    days.sort_unstable();
    let (low, high) = (
        days.get(days.len().checked_sub(1)? / 2)?,
        days.get(days.len() / 2)?,
    );
    Some(Number::new(0.5 * (f64::from(*low) + f64::from(*high))))
}

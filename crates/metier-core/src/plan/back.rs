//! Looking back: reflections and setbacks found again, what drew one on, and what was passed up.

use jiff::civil::Date;
use serde::Serialize;

use super::{Drive, Opportunity, OpportunityEnding, Plan, Reflection, Setback};
use crate::framework::Shows;
use crate::gap::Gap;
use crate::id::{CompetencyId, EntryId};
use crate::journal::Noted;

/// A reflection or a setback.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LookedBack<'a> {
    /// Its first entry.
    pub id: EntryId,
    /// Its day.
    pub on: Date,
    /// Which.
    pub what: Looked<'a>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Looked<'a> {
    /// A look back.
    Reflection(&'a Reflection),
    /// Something that went wrong.
    Setback(&'a Setback),
}

/// A time over which one said the same of what drives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DriveOver {
    /// What.
    pub drive: Drive,
    /// The first day it was said.
    pub from: Date,
    /// The last day it was said.
    pub until: Date,
}

/// A chance that one refused, was not given or let pass, with what it would have shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foregone<'a> {
    /// Which.
    pub chance: Noted<'a, Opportunity>,
    /// What became of it.
    pub how: OpportunityEnding,
    /// On which day.
    pub on: Date,
}

impl<'a> Looked<'a> {
    /// The competencies it is about.
    pub fn competencies(&self) -> &'a [CompetencyId] {
        match self {
            Self::Reflection(r) => &r.competencies,
            Self::Setback(s) => &s.competencies,
        }
    }

    /// The goal it is about.
    pub fn goal(&self) -> Option<EntryId> {
        match self {
            Self::Reflection(r) => r.goal,
            Self::Setback(s) => s.goal,
        }
    }
}

impl<'a> Plan<'a> {
    /// Reflections and setbacks, latest first; of a competency, of a goal, or all.
    pub fn looked_back(
        &self,
        competency: Option<&CompetencyId>,
        goal: Option<EntryId>,
    ) -> Vec<LookedBack<'a>> {
        let reflections = self.reflections.iter().map(|r| {
            let what = Looked::Reflection(r.what);
            (
                r.recorded_at,
                LookedBack {
                    id: r.id,
                    on: r.on,
                    what,
                },
            )
        });
        let setbacks = self.setbacks.iter().map(|s| {
            let what = Looked::Setback(s.what);
            (
                s.recorded_at,
                LookedBack {
                    id: s.id,
                    on: s.on,
                    what,
                },
            )
        });
        let mut all: Vec<_> = reflections
            .chain(setbacks)
            .filter(|(_, one)| competency.is_none_or(|id| one.what.competencies().contains(id)))
            .filter(|(_, one)| goal.is_none() || one.what.goal() == goal)
            .collect();
        all.sort_by_key(|(at, one)| std::cmp::Reverse((one.on, *at)));
        all.into_iter().map(|(_, one)| one).collect()
    }

    /// What drew one on, earliest first, each time for as long as the same was said. Never added up.
    pub fn drive_over_time(&self) -> Vec<DriveOver> {
        let mut over: Vec<DriveOver> = Vec::new();
        for (on, drive) in self
            .reflections
            .iter()
            .filter_map(|r| Some((r.on, r.what.drive?)))
        {
            match over.last_mut().filter(|last| last.drive == drive) {
                Some(last) => last.until = on,
                None => over.push(DriveOver {
                    drive,
                    from: on,
                    until: on,
                }),
            }
        }
        over
    }

    /// Chances that came to nothing, latest first.
    pub fn foregone(&self) -> Vec<Foregone<'a>> {
        let mut all: Vec<Foregone<'a>> = self
            .opportunities
            .iter()
            .filter_map(|chance| {
                let ended = self.opportunity_ended(chance.id)?;
                let taken = ended.what.how == OpportunityEnding::Taken;
                (!taken).then_some(Foregone {
                    chance: *chance,
                    how: ended.what.how,
                    on: ended.on,
                })
            })
            .collect();
        all.sort_by_key(|f| std::cmp::Reverse((f.on, f.chance.id)));
        all
    }
}

impl<'a> Foregone<'a> {
    /// What of it is missing still.
    pub fn still_missing(&self, gap: &Gap) -> Vec<&'a Shows> {
        let missing = |shows: &&Shows| {
            let of_it = gap.open.iter().filter(|item| item.competency == shows.competency);
            of_it.flat_map(|item| &item.missing).any(|m| m.rung == shows.rung)
        };
        self.chance.what.shows.iter().filter(missing).collect()
    }
}

//! What stands of the market, in reading order.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{
    Advert, AdvertClosed, AdvertsLookedAt, AlsoCalled, AskedRuling, MarketFact, MarketNote, NameSetAside,
    SourceFollowed,
};
use crate::id::{CompetencyId, EntryId, FamilyId};
use crate::journal::{Entry, Fact, Noted, View, view_of};

/// Everything of the market that stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Market<'a> {
    /// Every advert, in the order they were saved.
    pub adverts: Vec<Noted<'a, Advert>>,
    /// What is no longer looked at.
    pub closed: Vec<Noted<'a, AdvertClosed>>,
    /// What was said of readings.
    pub rulings: Vec<Noted<'a, AskedRuling>>,
    /// What competencies are also called.
    pub also_called: Vec<Noted<'a, AlsoCalled>>,
    /// Names set aside.
    pub set_aside: Vec<Noted<'a, NameSetAside>>,
    /// When one looked.
    pub looked: Vec<Noted<'a, AdvertsLookedAt>>,
    /// Sources followed.
    pub sources: Vec<Noted<'a, SourceFollowed>>,
    /// Notes, latest day first.
    pub notes: Vec<Noted<'a, MarketNote>>,
}

impl<'a> Market<'a> {
    /// What stands of it in these entries; the rest of the journal is passed over.
    pub fn in_journal(entries: &'a [Entry]) -> Self {
        Self::of(&view_of(entries, |fact| matches!(fact, Fact::Market(_))))
    }

    /// What stands of it.
    pub fn of(view: &View<'a>) -> Self {
        fn pick<'a, T>(view: &View<'a>, of: impl Fn(&'a MarketFact) -> Option<&'a T>) -> Vec<Noted<'a, T>> {
            view.noted(|fact: &'a Fact| match fact {
                Fact::Market(said) => of(said),
                _ => None,
            })
        }
        let mut market = Self {
            adverts: pick(view, |f| match f {
                MarketFact::Advert(a) => Some(a),
                _ => None,
            }),
            closed: pick(view, |f| match f {
                MarketFact::Closed(c) => Some(c),
                _ => None,
            }),
            rulings: pick(view, |f| match f {
                MarketFact::Ruling(r) => Some(r),
                _ => None,
            }),
            also_called: pick(view, |f| match f {
                MarketFact::AlsoCalled(a) => Some(a),
                _ => None,
            }),
            set_aside: pick(view, |f| match f {
                MarketFact::SetAside(s) => Some(s),
                _ => None,
            }),
            looked: pick(view, |f| match f {
                MarketFact::LookedAt(l) => Some(l),
                _ => None,
            }),
            sources: pick(view, |f| match f {
                MarketFact::Source(s) => Some(s),
                _ => None,
            }),
            notes: pick(view, |f| match f {
                MarketFact::Note(n) => Some(n),
                _ => None,
            }),
        };
        // A change of a title keeps an advert at its place.
        market
            .adverts
            .sort_by_key(|a| (a.first_recorded_at.unwrap_or(a.recorded_at), a.id));
        market
            .notes
            .sort_by_key(|n| std::cmp::Reverse((n.on, n.recorded_at)));
        market
    }

    /// The advert of an id.
    pub fn advert(&self, id: EntryId) -> Option<Noted<'a, Advert>> {
        self.adverts.iter().find(|a| a.id == id).copied()
    }

    /// Why an advert is no longer looked at.
    pub fn ended(&self, id: EntryId) -> Option<Noted<'a, AdvertClosed>> {
        self.closed.iter().rev().find(|c| c.what.advert == id).copied()
    }

    /// The adverts that count: saved, and still looked at.
    pub fn considered(&self) -> Vec<Noted<'a, Advert>> {
        let ended: HashSet<EntryId> = self.closed.iter().map(|c| c.what.advert).collect();
        let mut adverts = self.adverts.clone();
        adverts.retain(|a| !ended.contains(&a.id));
        adverts
    }

    /// What was said of readings of a family's competencies: of each advert, competency and sentence the last word.
    pub fn rulings_of(&self, family: &FamilyId) -> Vec<&'a AskedRuling> {
        let mut last: HashMap<(EntryId, &CompetencyId, String), (usize, &'a AskedRuling)> = HashMap::new();
        let of_it = self.rulings.iter().filter(|r| r.what.family == *family);
        for (place, ruling) in of_it.enumerate() {
            let said = ruling.what;
            last.insert(
                (said.advert, &said.competency, one_line(&said.sentence)),
                (place, said),
            );
        }
        let mut rulings: Vec<_> = last.into_values().collect();
        rulings.sort_by_key(|(place, _)| *place);
        rulings.into_iter().map(|(_, ruling)| ruling).collect()
    }

    /// When one last looked at the adverts: saved one, closed one, or said so.
    pub fn last_looked(&self) -> Option<Date> {
        let saved = self.adverts.iter().map(|a| a.on);
        let closed = self.closed.iter().map(|c| c.on);
        saved.chain(closed).chain(self.looked.iter().map(|l| l.on)).max()
    }

    /// The day to look again, three months after the last time; absent where there is no advert.
    pub fn look_again(&self) -> Option<Date> {
        use jiff::ToSpan;
        let last = self.last_looked().filter(|_| !self.adverts.is_empty())?;
        Some(last.saturating_add(3.months()))
    }
}

/// A text with each run of blanks as one space: two sentences that differ in line breaks alone are the same.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Who was asked, who answered, what was released: derived from what stands.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    Aggregate, AskLetter, GatheringFact, PEERS_MAX, PeerAnswered, PeerInvited, PeersAsked, ROUNDS_APART_DAYS,
    Refusal, Release, TooFew, released,
};
use crate::agreement::same_name;
use crate::canonical::CanonicalError;
use crate::id::{CompetencyId, EntryId};
use crate::journal::{Entry, Fact, View, view_of};
use crate::own_view::OwnViewFirst;
use crate::rating::Role;

/// What the person asked somebody to gather.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskSeen {
    /// Its entry.
    pub id: EntryId,
    /// What was asked.
    pub asked: PeersAsked,
    /// What came of it, where it may be seen.
    pub came: Option<Came>,
    /// What came and waits for the person's own view: its entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<EntryId>,
}

/// What was released, and came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Came {
    /// Its entry.
    pub id: EntryId,
    /// When it was taken in.
    pub on: Date,
    /// It.
    pub release: Release,
}

/// A round that is gathered here for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Its entry.
    pub id: EntryId,
    /// When it was taken on.
    pub on: Date,
    /// What was asked, and by whom.
    pub letter: AskLetter,
    /// Who was asked, in order.
    pub peers: Vec<Peer>,
    /// When it was closed, and what was released.
    pub closed: Option<(Date, Option<Release>)>,
}

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Peer {
    /// The entry they were asked by.
    pub id: EntryId,
    /// Who.
    pub name: String,
    /// Who they are to the person.
    pub role: Role,
    /// What they answered. Kept by the collector and part of nothing that is shown.
    #[serde(skip)]
    pub answer: Option<PeerAnswered>,
}

/// What came of a competency, released by a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Peered<'a> {
    /// The entry it came by.
    pub id: EntryId,
    /// The release.
    pub release: &'a Release,
    /// What it tells of the competency.
    pub of: &'a super::OfPeers,
}

fn of_gathering(entries: &[Entry]) -> View<'_> {
    view_of(entries, |fact| matches!(fact, Fact::Gathering(_)))
}

fn said<'a>(view: &'a View<'a>) -> impl Iterator<Item = (EntryId, Date, &'a GatheringFact)> {
    view.facts.iter().filter_map(|fact| match fact.fact() {
        Fact::Gathering(said) => Some((fact.root, fact.occurred_on(), &**said)),
        _ => None,
    })
}

/// Everything the person asked somebody to gather, oldest first, with all that came: to keep the books by. What the
/// person is shown of it is [`AskSeen::seen`].
pub fn asks(entries: &[Entry]) -> Vec<AskSeen> {
    let view = &of_gathering(entries);
    let mut asks: Vec<AskSeen> = said(view)
        .filter_map(|(id, _, said)| match said {
            GatheringFact::Asked(asked) => Some(AskSeen {
                id,
                asked: asked.clone(),
                came: None,
                waits: None,
            }),
            _ => None,
        })
        .collect();
    for (id, on, said) in said(view) {
        if let GatheringFact::Came(came) = said
            && let Some(ask) = asks.iter_mut().find(|a| a.id == came.release.ask)
            // A round is released once: what came first stands.
            && ask.came.is_none()
        {
            ask.came = Some(Came {
                id,
                on,
                release: came.release.clone(),
            });
        }
    }
    asks
}

impl AskSeen {
    /// As the person is shown it: what came waits until their own view is in.
    #[must_use]
    pub fn seen(self, own: &OwnViewFirst) -> Self {
        let waits = self.came.as_ref().map(|came| came.id).filter(|id| own.holds(*id));
        Self {
            came: self.came.filter(|_| waits.is_none()),
            waits,
            ..self
        }
    }

    /// Looks whether what is asked now could be set against what comes of this question.
    ///
    /// # Errors
    /// When both are about one competency, and this one is being gathered or was released within
    /// [`ROUNDS_APART_DAYS`].
    pub fn apart_from(&self, asked: &PeersAsked, on: Date) -> Result<(), Refusal> {
        let Some(about) = self.asked.shares(asked) else {
            return Ok(());
        };
        // Who never sends what they gathered keeps nothing else from being asked for ever.
        let from = self
            .came
            .as_ref()
            .map_or(self.asked.until, |came| came.release.released_on);
        let again = from.saturating_add(ROUNDS_APART_DAYS.days());
        if on >= again {
            return Ok(());
        }
        Err(match &self.came {
            None => Refusal::AskedAlready {
                collector: self.asked.collector.clone(),
                about,
            },
            Some(_) => Refusal::TooNear {
                about,
                on: from,
                again,
            },
        })
    }

    /// What was released of a competency.
    pub fn of(&self, competency: &CompetencyId) -> Option<Peered<'_>> {
        let came = self.came.as_ref()?;
        let of = came
            .release
            .told
            .of
            .iter()
            .find(|of| of.competency == *competency)?;
        Some(Peered {
            id: came.id,
            release: &came.release,
            of,
        })
    }
}

/// What was ever released of each round, first: also where its closing was taken back or put otherwise since. What
/// was told cannot be made unsaid.
fn ever_released(entries: &[Entry]) -> HashMap<EntryId, (Date, &Release)> {
    let mut found: Vec<(&Entry, EntryId, &Release)> = entries
        .iter()
        .filter_map(|entry| match of_entry(entry)? {
            GatheringFact::Closed(closed) => Some((entry, closed.round, closed.release.as_ref()?)),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(entry, ..)| entry.reading_order());
    let mut first = HashMap::new();
    for (entry, round, release) in found {
        first.entry(round).or_insert((entry.payload.occurred_on, release));
    }
    first
}

fn of_entry(entry: &Entry) -> Option<&GatheringFact> {
    match &entry.payload.fact {
        Fact::Gathering(said) => Some(said),
        _ => None,
    }
}

/// True when an entry, in any wording of it, holds a round closed of which something was released: it can neither
/// be taken back nor put otherwise nor erased, or the round could be released again, and the two subtracted.
pub fn holds_a_release(entries: &[Entry], entry: EntryId) -> bool {
    let roots = View::roots(entries);
    let root = roots.get(&entry).copied().unwrap_or(entry);
    let released = ever_released(entries);
    entries
        .iter()
        .filter(|e| roots.get(&e.link.id).copied().unwrap_or(e.link.id) == root)
        .filter_map(of_entry)
        .any(|said| match said {
            GatheringFact::Closed(closed) => closed.release.is_some(),
            GatheringFact::Collecting(_) => released.contains_key(&root),
            _ => false,
        })
}

/// Every round that is gathered here, oldest first.
pub fn rounds(entries: &[Entry]) -> Vec<Round> {
    let view = &of_gathering(entries);
    let released = ever_released(entries);
    let mut rounds: Vec<Round> = Vec::new();
    for (id, on, said) in said(view) {
        if let GatheringFact::Collecting(letter) = said
            && !released.contains_key(&id)
        {
            rounds.push(Round::begun(id, on, letter));
        }
    }
    // A round of which something was released stays, as it was taken on.
    for entry in entries.iter().filter(|e| released.contains_key(&e.link.id)) {
        if let Some(GatheringFact::Collecting(letter)) = of_entry(entry) {
            rounds.push(Round::begun(entry.link.id, entry.payload.occurred_on, letter));
        }
    }
    let order: HashMap<EntryId, _> = entries.iter().map(|e| (e.link.id, e.reading_order())).collect();
    rounds.sort_by_key(|round| order.get(&round.id).copied());
    for (id, _, said) in said(view) {
        if let GatheringFact::Invited(PeerInvited { round, name, role }) = said
            && let Some(round) = rounds.iter_mut().find(|r| r.id == *round)
            // One person counts once, however often they were asked.
            && !round.peers.iter().any(|p| same_name(&p.name, name))
        {
            round.peers.push(Peer {
                id,
                name: name.clone(),
                role: *role,
                answer: None,
            });
        }
    }
    for (_, on, said) in said(view) {
        match said {
            GatheringFact::Answered(answer) => {
                let peers = rounds.iter_mut().flat_map(|r| &mut r.peers);
                if let Some(peer) = peers.into_iter().find(|p| p.id == answer.invited)
                    && peer.answer.is_none()
                {
                    peer.answer = Some(answer.clone());
                }
            }
            GatheringFact::Closed(closed) => {
                if let Some(round) = rounds.iter_mut().find(|r| r.id == closed.round)
                    && !released.contains_key(&round.id)
                    // Closed twice, on two devices: what was released first stands.
                    && round.closed.is_none()
                {
                    round.closed = Some((on, closed.release.clone()));
                }
            }
            _ => {}
        }
    }
    for round in &mut rounds {
        if let Some((on, release)) = released.get(&round.id) {
            round.closed = Some((*on, Some((*release).clone())));
        }
    }
    rounds
}

impl Round {
    fn begun(id: EntryId, on: Date, letter: &AskLetter) -> Self {
        Self {
            id,
            on,
            letter: letter.clone(),
            peers: Vec::new(),
            closed: None,
        }
    }

    /// How many have answered.
    pub fn answered(&self) -> usize {
        self.peers.iter().filter(|p| p.answer.is_some()).count()
    }

    /// What would be released now.
    ///
    /// # Errors
    /// When fewer answered than the threshold.
    pub fn would_tell(&self) -> Result<Aggregate, TooFew> {
        let asked = &self.letter.asked;
        let answers: Vec<&PeerAnswered> = self.peers.iter().filter_map(|p| p.answer.as_ref()).collect();
        released(&answers, &asked.about, asked.threshold)
    }

    /// What is released on a day, to be signed; `None` when too few answered.
    ///
    /// # Errors
    /// Never for texts, days and digests; the canonical form's error is passed on.
    pub fn release(&self, on: Date) -> Result<Option<Release>, CanonicalError> {
        let Ok(told) = self.would_tell() else {
            return Ok(None);
        };
        let AskLetter { ask, asked, .. } = &self.letter;
        Ok(Some(Release {
            ask: *ask,
            text: asked.text(*ask)?,
            person: asked.person.clone(),
            journal: asked.journal,
            collector: asked.collector.clone(),
            released_on: on,
            told,
            signature: None,
        }))
    }

    /// Looks whether more people may be asked, with those asked before.
    ///
    /// # Errors
    /// When the round is closed or over, somebody cannot be among the peers or is named twice, or all together are
    /// too few or too many.
    pub fn may_ask(&self, named: &[(String, Role)], on: Date) -> Result<(), Refusal> {
        self.open(on)?;
        for (at, (name, role)) in named.iter().enumerate() {
            crate::journal::filled("who is asked", name)?;
            self.letter.may_ask(name, *role)?;
            let before = named[..at].iter().map(|(other, _)| other);
            let mut there = self.peers.iter().map(|p| &p.name).chain(before);
            if there.any(|other| same_name(other, name)) {
                return Err(Refusal::NotAmong {
                    name: name.trim().to_owned(),
                    why: "they are named twice, and one person counts once".into(),
                });
            }
        }
        let (all, threshold) = (self.peers.len() + named.len(), self.letter.asked.threshold);
        match all {
            n if n < threshold as usize => Err(Refusal::TooFewNamed { named: n, threshold }),
            n if n > PEERS_MAX => Err(Refusal::TooManyNamed(n)),
            _ => Ok(()),
        }
    }

    /// Looks whether answers still count on a day.
    ///
    /// # Errors
    /// When the round is closed, or its last day has passed.
    pub fn open(&self, on: Date) -> Result<(), Refusal> {
        if let Some((closed, _)) = self.closed {
            return Err(Refusal::Closed(closed));
        }
        if on > self.letter.asked.until {
            return Err(Refusal::Late(self.letter.asked.until));
        }
        Ok(())
    }

    /// Looks whether another round for the same person could be set against this one.
    ///
    /// # Errors
    /// When both are about one competency, and this one is open or was released within [`ROUNDS_APART_DAYS`].
    pub fn apart_from(&self, letter: &AskLetter, on: Date) -> Result<(), Refusal> {
        let (mine, other) = (&self.letter.asked, &letter.asked);
        if !self.letter.of_one_person(letter) || self.letter.ask == letter.ask {
            return Ok(());
        }
        let Some(about) = mine.shares(other) else {
            return Ok(());
        };
        match &self.closed {
            None => Err(Refusal::StillOpen {
                person: mine.person.clone(),
                about,
            }),
            Some((released, Some(_))) => {
                let again = released.saturating_add(ROUNDS_APART_DAYS.days());
                if on < again {
                    return Err(Refusal::TooNear {
                        about,
                        on: *released,
                        again,
                    });
                }
                Ok(())
            }
            Some((_, None)) => Ok(()),
        }
    }
}

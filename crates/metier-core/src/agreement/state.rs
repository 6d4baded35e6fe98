//! Which agreements there are, and which are in force: a pure function of the set of what stands in the
//! journal, so that the order in which copies were merged does not matter.
//!
//! | there is | then it is |
//! |---|---|
//! | an end | ended |
//! | a yes | in force, until another that was in force takes its place; a no beside it is shown and undoes nothing |
//! | a no | declined: it can be answered, proposed again, and agreed to after all |
//! | nothing | proposed, and unanswered once its day has passed |
//!
//! A yes that was recorded after the end, on a device that did not know of it, brings nothing into force, and so
//! takes no other's place.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    Agreement, AgreementConfirmed, AgreementDeclined, AgreementEnded, AgreementEnding, AgreementTalked,
    Answer, AnswerArrival, ReceiptKept, Says,
};
use crate::canonical::Digest;
use crate::id::EntryId;
use crate::journal::{Fact, View};

/// Where an agreement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// It waits for an answer.
    Proposed,
    /// No answer came until the day it could come.
    Unanswered,
    /// Both agreed, and it holds.
    InForce,
    /// The other side said no.
    Declined,
    /// Another one that both agreed to took its place.
    Replaced {
        /// Which.
        by: EntryId,
    },
    /// It came to its end.
    Ended,
}

/// One agreement as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementState {
    /// Its first entry.
    pub id: EntryId,
    /// What it says.
    pub terms: Agreement,
    /// The digest of its text.
    pub text: Digest,
    /// Where it is.
    #[serde(flatten)]
    pub phase: Phase,
    /// The yes to exactly this text, if one came.
    pub confirmed: Option<Answered>,
    /// The latest no to exactly this text, if one came.
    pub declined: Option<SaidNo>,
    /// What was said between the two after a no, oldest first.
    pub talked: Vec<Talked>,
    /// The newest proposal that makes this one again, changed.
    pub proposed_again: Option<EntryId>,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
}

/// An answer that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The entry.
    pub id: EntryId,
    /// What it says.
    pub what: AgreementConfirmed,
}

/// A no that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidNo {
    /// The entry.
    pub id: EntryId,
    /// What it says.
    pub what: AgreementDeclined,
}

/// What was said after a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Talked {
    /// The entry.
    pub id: EntryId,
    /// The day.
    pub on: Date,
    /// What was said.
    pub what: AgreementTalked,
}

/// The end of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// The entry.
    pub id: EntryId,
    /// The day.
    pub on: Date,
    /// How.
    pub what: AgreementEnded,
}

/// A receipt that is kept here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// The entry.
    pub id: EntryId,
    /// What is kept.
    pub what: ReceiptKept,
}

impl AgreementState {
    /// True while both are bound.
    pub fn in_force(&self) -> bool {
        self.phase == Phase::InForce
    }

    /// True while an answer can still come.
    pub fn awaits_answer(&self) -> bool {
        matches!(self.phase, Phase::Proposed | Phase::Unanswered)
    }

    /// True while a no stands that was not followed by another proposal: people see it differently.
    pub fn unsettled(&self) -> bool {
        self.phase == Phase::Declined && self.proposed_again.is_none()
    }

    /// What would convince the other: as it was said last, or as the no says it. Empty: not said yet.
    pub fn convincing(&self) -> &str {
        let talked = self.talked.iter().rev().map(|t| t.what.convincing.as_str());
        let declined = self.declined.iter().map(|d| d.what.answer.otherwise.as_str());
        talked
            .chain(declined)
            .find(|said| !said.is_empty())
            .unwrap_or_default()
    }

    /// By when it is looked at again.
    pub fn again(&self) -> Option<Date> {
        self.talked.iter().rev().find_map(|t| t.what.again)
    }
}

/// Where an entry stands among all, whatever the order in which they came: when it was recorded.
type At = (Timestamp, EntryId);

/// What was recorded about one proposal.
#[derive(Default)]
struct Recorded {
    yes: Vec<(At, AgreementConfirmed)>,
    no: Vec<(At, AgreementDeclined)>,
    ends: Vec<(At, Date, AgreementEnded)>,
    talked: Vec<(At, Talked)>,
}

/// Every agreement proposed in this journal that stands, oldest first, as of a day.
pub fn agreements(view: &View<'_>, today: Date) -> Vec<AgreementState> {
    let mut recorded = HashMap::<EntryId, Recorded>::new();
    for fact in &view.facts {
        let at = (fact.recorded_at(), fact.root);
        match fact.fact() {
            Fact::AgreementConfirmed(what) => {
                recorded
                    .entry(what.answer.agreement)
                    .or_default()
                    .yes
                    .push((at, (**what).clone()));
            }
            Fact::AgreementDeclined(what) => {
                recorded
                    .entry(what.answer.agreement)
                    .or_default()
                    .no
                    .push((at, (**what).clone()));
            }
            Fact::AgreementEnded(what) => {
                recorded
                    .entry(what.agreement)
                    .or_default()
                    .ends
                    .push((at, fact.occurred_on(), what.clone()));
            }
            Fact::AgreementTalked(what) => {
                let talked = Talked {
                    id: fact.root,
                    on: fact.occurred_on(),
                    what: what.clone(),
                };
                recorded
                    .entry(what.agreement)
                    .or_default()
                    .talked
                    .push((at, talked));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for fact in &view.facts {
        let Fact::AgreementProposed(terms) = fact.fact() else {
            continue;
        };
        let Ok(text) = terms.text(fact.root) else {
            continue;
        };
        let about = recorded.remove(&fact.root).unwrap_or_default();
        found.push(about.state(fact.root, terms, text, today));
    }
    replace(&mut found);
    let mut found: Vec<AgreementState> = found.into_iter().map(|(state, _)| state).collect();
    found.sort_by_key(|a| (a.terms.proposed_on, a.id));
    let again: Vec<(EntryId, EntryId)> = found
        .iter()
        .filter_map(|a| Some((a.terms.amends?, a.id)))
        .collect();
    for (old, new) in again {
        if let Some(state) = found.iter_mut().find(|a| a.id == old && a.id != new) {
            state.proposed_again = Some(new);
        }
    }
    found
}

impl Recorded {
    /// The state of the proposal, and whether it was ever in force.
    fn state(mut self, id: EntryId, terms: &Agreement, text: Digest, today: Date) -> (AgreementState, bool) {
        // Who answered another wording answered something else.
        self.yes
            .retain(|(_, a)| a.answer.text == text && a.answer.says == Says::Yes);
        self.no
            .retain(|(_, a)| a.answer.text == text && a.answer.says == Says::No);
        // The other's own word goes before what was written down of it, and then what was recorded first.
        self.yes.sort_by_key(|(at, a)| (!a.answer.heard(a.arrival), *at));
        let agreed_at = self.yes.iter().map(|(at, _)| *at).min();
        if agreed_at.is_none() {
            self.read_older_noes(text);
        }
        self.no.sort_by_key(|(at, _)| *at);
        self.ends.sort_by_key(|(at, ..)| *at);
        self.talked.sort_by_key(|(at, _)| *at);
        let ended_at = self.ends.first().map(|(at, ..)| *at);
        let confirmed = self
            .yes
            .into_iter()
            .next()
            .map(|(at, what)| Answered { id: at.1, what });
        let declined = self.no.pop().map(|(at, what)| SaidNo { id: at.1, what });
        let ended = self
            .ends
            .into_iter()
            .next()
            .map(|(at, on, what)| Ended { id: at.1, on, what });
        let phase = match (&ended, &confirmed, &declined) {
            (Some(_), ..) => Phase::Ended,
            (_, Some(_), _) => Phase::InForce,
            (.., Some(_)) => Phase::Declined,
            _ if terms.answer_by < today => Phase::Unanswered,
            _ => Phase::Proposed,
        };
        let held = agreed_at.is_some_and(|agreed| ended_at.is_none_or(|ended| agreed < ended));
        let state = AgreementState {
            id,
            terms: terms.clone(),
            text,
            phase,
            confirmed,
            declined,
            talked: self.talked.into_iter().map(|(_, talked)| talked).collect(),
            proposed_again: None,
            ended,
        };
        (state, held)
    }

    /// Older versions kept a no as an end; without a yes beside it, it is an answer.
    fn read_older_noes(&mut self, text: Digest) {
        let (noes, ends) = std::mem::take(&mut self.ends)
            .into_iter()
            .partition(|(_, _, end)| end.how == AgreementEnding::Declined);
        self.ends = ends;
        let answers = Vec::into_iter(noes).map(|(at, on, end): (At, Date, AgreementEnded)| {
            let answer = Answer {
                agreement: end.agreement,
                text,
                says: Says::No,
                by: end.by,
                on,
                words: end.reason,
                otherwise: String::new(),
                checkpoint: None,
                signature: None,
            };
            let arrival = AnswerArrival::Relayed;
            (at, AgreementDeclined { answer, arrival })
        });
        self.no.extend(answers);
    }
}

/// What was in force takes the place of what it replaces, even when it has come to its own end since; what was
/// never in force takes nobody's place, and what was declined or ended before stays so.
fn replace(found: &mut [(AgreementState, bool)]) {
    let mut held: Vec<(EntryId, EntryId)> = found
        .iter()
        .filter(|(_, held)| *held)
        .filter_map(|(a, _)| Some((a.terms.replaces?, a.id)))
        .filter(|(old, new)| old != new)
        .collect();
    held.sort_unstable();
    held.dedup_by_key(|(old, _)| *old);
    for (old, new) in held {
        if let Some((state, _)) = found.iter_mut().find(|(a, _)| a.id == old)
            && !matches!(state.phase, Phase::Ended | Phase::Declined)
        {
            state.phase = Phase::Replaced { by: new };
        }
    }
}

/// Every receipt kept in this journal, oldest first.
pub fn receipts(view: &View<'_>) -> Vec<Kept> {
    view.facts
        .iter()
        .filter_map(|fact| match fact.fact() {
            Fact::ReceiptKept(what) => Some(Kept {
                id: fact.root,
                what: (**what).clone(),
            }),
            _ => None,
        })
        .collect()
}

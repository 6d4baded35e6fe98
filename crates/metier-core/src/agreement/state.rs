//! Which agreements there are, and which are in force: a pure function of what stands in the journal, so
//! that the order in which copies were merged does not matter.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{Agreement, AgreementConfirmed, AgreementEnded, ReceiptKept};
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
    /// The answer to exactly this text, if one came.
    pub confirmed: Option<Answered>,
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
}

/// Every agreement proposed in this journal that stands, oldest first, as of a day.
pub fn agreements(view: &View<'_>, today: Date) -> Vec<AgreementState> {
    let (mut answers, mut ends) = (HashMap::<EntryId, Vec<Answered>>::new(), HashMap::new());
    for fact in &view.facts {
        match fact.fact() {
            Fact::AgreementConfirmed(what) => {
                answers.entry(what.answer.agreement).or_default().push(Answered {
                    id: fact.root,
                    what: (**what).clone(),
                });
            }
            Fact::AgreementEnded(what) => {
                // The first end holds.
                ends.entry(what.agreement).or_insert_with(|| Ended {
                    id: fact.root,
                    on: fact.occurred_on(),
                    what: what.clone(),
                });
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for fact in &view.facts {
        let Fact::AgreementProposed(terms) = fact.fact() else {
            continue;
        };
        let id = fact.root;
        let Ok(text) = terms.text(id) else {
            continue;
        };
        // Who agreed to another wording agreed to something else.
        let confirmed = answers
            .remove(&id)
            .and_then(|answers| answers.into_iter().find(|a| a.what.answer.text == text));
        let ended = ends.remove(&id);
        let phase = match (&confirmed, &ended) {
            (_, Some(_)) => Phase::Ended,
            (Some(_), None) => Phase::InForce,
            (None, None) if terms.answer_by < today => Phase::Unanswered,
            (None, None) => Phase::Proposed,
        };
        found.push(AgreementState {
            id,
            terms: (**terms).clone(),
            text,
            phase,
            confirmed,
            ended,
        });
    }
    replace(&mut found);
    found.sort_by_key(|a| (a.terms.proposed_on, a.id));
    found
}

/// What is confirmed takes the place of what it replaces; what was ended before stays ended.
fn replace(found: &mut [AgreementState]) {
    let mut confirmed: Vec<(EntryId, EntryId)> = found
        .iter()
        .filter(|a| a.confirmed.is_some())
        .filter_map(|a| Some((a.terms.replaces?, a.id)))
        .filter(|(old, new)| old != new)
        .collect();
    confirmed.sort_unstable();
    let mut seen = HashSet::new();
    confirmed.retain(|(old, _)| seen.insert(*old));
    for (old, new) in confirmed {
        if let Some(state) = found.iter_mut().find(|a| a.id == old)
            && state.phase != Phase::Ended
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

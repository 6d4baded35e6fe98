//! What goes from one side to the other: a proposal, and the receipt that comes back. Everything that can be
//! wrong with one is told apart here, before anything is recorded.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::state::{AgreementState, Phase};
use super::{Agreement, Answer, AnswerArrival, Says, same_name};
use crate::canonical::Digest;
use crate::framework::Framework;
use crate::id::{EntryId, JournalId};
use crate::journal::{FactError, Signature};

/// What goes from one side to the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody is asked to agree.
    Proposal(Box<Proposal>),
    /// They answered: what both keep, of a yes and of a no.
    Receipt(Box<Receipt>),
}

/// Somebody is asked to agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The id of the agreement.
    pub agreement: EntryId,
    /// To what.
    pub terms: Agreement,
    /// The criteria themselves.
    pub criteria: Box<Framework>,
    /// The proposer's signature over the digest of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// It was answered, with yes or no. Each side keeps one: it names where the other's journal stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The id of the agreement.
    pub agreement: EntryId,
    /// To what.
    pub terms: Agreement,
    /// The proposer's signature over the digest of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// The other side's yes or no.
    pub answer: Answer,
}

/// What is wrong with a letter, seen by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is not well formed.
    #[error("it is not well formed: {0}")]
    Form(#[from] FactError),
    /// A signature does not hold.
    #[error("the signature of {0} does not hold: the letter was changed after it was signed")]
    Signature(String),
    /// The criteria in it are not those it names.
    #[error(
        "the criteria in it are not the version it names ({named}): they were changed after it was written"
    )]
    Criteria {
        /// The version named.
        named: String,
    },
    /// The criteria do not have the level.
    #[error("the criteria in it have no level `{0}`")]
    Level(String),
    /// The answer is to another text.
    #[error("the answer in it is to another text than the one it carries: one of them was changed")]
    Text,
    /// It says no, and not why.
    #[error("the no in it says neither why nor what would have to be otherwise")]
    Unreasoned,
    /// The answer is from somebody else.
    #[error("it was proposed to {expected}, and the answer is from {found}")]
    Somebody {
        /// To whom it was proposed.
        expected: String,
        /// Who answered.
        found: String,
    },
    /// The answer came after the day until which it counts.
    #[error("it could be answered until {until}, and the answer is of {on}")]
    Late {
        /// Until when.
        until: Date,
        /// When.
        on: Date,
    },
    /// The answer is older than the question.
    #[error("it was proposed on {proposed}, and the answer is of {on}, before it")]
    Early {
        /// When it was proposed.
        proposed: Date,
        /// When it was answered.
        on: Date,
    },
    /// The other side's journal contradicts itself.
    #[error("what it says of the journal of {0} contradicts itself")]
    Checkpoint(String),
}

/// Why an answer is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The letter itself is not sound.
    #[error(transparent)]
    Flaw(#[from] Flaw),
    /// It belongs to somebody else's journal.
    #[error("it is about an agreement of {person}, kept in another journal than this one")]
    OtherJournal {
        /// Whose.
        person: String,
    },
    /// Nothing here was proposed under this id.
    #[error("this journal has proposed no agreement {0}; it may have been taken back")]
    Unknown(EntryId),
    /// The terms are not those proposed.
    #[error("the terms in it are not those that were proposed here: {what} differs")]
    Altered {
        /// Which part.
        what: String,
    },
    /// It was answered already.
    #[error("{by} agreed to this already, on {on}; it is in your journal")]
    Already {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
    /// The same no is there already.
    #[error("{by} said no to this already, on {on}; it is in your journal")]
    AlreadyNo {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
    /// A no to what both agreed to.
    #[error("{by} agreed to this on {on}, so it holds until one of you ends it")]
    Holds {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
    /// It is signed with the key of who proposed.
    #[error("it is signed with your own key, so it is not the answer of {0}")]
    OwnKey(String),
    /// It is over.
    #[error("this agreement is over: {0}")]
    Over(&'static str),
}

impl Proposal {
    /// Checks everything that can be checked without a journal.
    ///
    /// # Errors
    /// The first flaw.
    pub fn check(&self) -> Result<(), Flaw> {
        check_terms(self.agreement, &self.terms, self.signature.as_ref())?;
        if self.criteria.digest().ok() != Some(self.terms.version)
            || self.criteria.family != self.terms.family
        {
            return Err(Flaw::Criteria {
                named: self.terms.version.short(),
            });
        }
        if self.criteria.level(&self.terms.level).is_none() {
            return Err(Flaw::Level(self.terms.level.to_string()));
        }
        Ok(())
    }

    /// Looks whether somebody may answer it on a day.
    ///
    /// # Errors
    /// When it was proposed to somebody else, or the day has passed.
    pub fn may_answer(&self, by: &str, on: Date) -> Result<(), Flaw> {
        may_answer(&self.terms, by, on)
    }
}

impl Receipt {
    /// Checks everything that can be checked without a journal.
    ///
    /// # Errors
    /// The first flaw.
    pub fn check(&self) -> Result<(), Flaw> {
        check_terms(self.agreement, &self.terms, self.signature.as_ref())?;
        let answer = &self.answer;
        if answer.agreement != self.agreement || self.terms.text(self.agreement) != Ok(answer.text) {
            return Err(Flaw::Text);
        }
        if answer.signature.is_some() && !answer.signed() {
            return Err(Flaw::Signature(answer.by.clone()));
        }
        if !answer.reasoned() {
            return Err(Flaw::Unreasoned);
        }
        if answer.checkpoint.as_ref().is_some_and(|c| !c.sound()) {
            return Err(Flaw::Checkpoint(answer.by.clone()));
        }
        may_answer(&self.terms, &answer.by, answer.on)
    }

    /// Looks whether the answer, which came in some way, may be taken into the journal it is for. `own` is the
    /// public key that journal signs with.
    ///
    /// # Errors
    /// Why not.
    pub fn may_take(
        &self,
        journal: JournalId,
        own: Option<&str>,
        arrival: AnswerArrival,
        known: &[AgreementState],
    ) -> Result<(), Refusal> {
        self.check()?;
        if self.terms.journal() != journal {
            return Err(Refusal::OtherJournal {
                person: self.terms.person.clone(),
            });
        }
        if let Some(theirs) = &self.answer.signature {
            let proposed_with = self.signature.as_ref().map(|s| s.key.as_str());
            let mut ours = [own, proposed_with].into_iter().flatten();
            if ours.any(|key| key.eq_ignore_ascii_case(&theirs.key)) {
                return Err(Refusal::OwnKey(self.terms.with.clone()));
            }
        }
        let state = known
            .iter()
            .find(|a| a.id == self.agreement)
            .ok_or(Refusal::Unknown(self.agreement))?;
        if state.text != self.answer.text {
            return Err(Refusal::Altered {
                what: differing(&state.terms, &self.terms).into(),
            });
        }
        match state.phase {
            Phase::Ended => return Err(Refusal::Over("it was ended before the answer came")),
            Phase::Replaced { .. } => return Err(Refusal::Over("another one took its place")),
            _ => {}
        }
        let by = self.answer.by.clone();
        match (self.answer.says, &state.confirmed, &state.declined) {
            // Their own word may still come after what was written down of it.
            (Says::Yes, Some(c), _) if c.what.answer.heard(c.what.arrival) || !self.answer.heard(arrival) => {
                let on = c.what.answer.on;
                Err(Refusal::Already { by, on })
            }
            (Says::No, Some(c), _) => {
                let on = c.what.answer.on;
                Err(Refusal::Holds { by, on })
            }
            (Says::No, None, Some(d)) if d.what.answer == self.answer => {
                let on = self.answer.on;
                Err(Refusal::AlreadyNo { by, on })
            }
            _ => Ok(()),
        }
    }
}

fn check_terms(id: EntryId, terms: &Agreement, signature: Option<&Signature>) -> Result<(), Flaw> {
    terms.check()?;
    let holds = |signature: &Signature| terms.text(id).is_ok_and(|text: Digest| signature.holds(&text));
    if signature.is_some_and(|s| !holds(s)) {
        return Err(Flaw::Signature(terms.person.clone()));
    }
    Ok(())
}

fn may_answer(terms: &Agreement, by: &str, on: Date) -> Result<(), Flaw> {
    if !same_name(&terms.with, by) {
        return Err(Flaw::Somebody {
            expected: terms.with.clone(),
            found: by.to_owned(),
        });
    }
    if on > terms.answer_by {
        return Err(Flaw::Late {
            until: terms.answer_by,
            on,
        });
    }
    // The other side of the world may still have yesterday.
    if terms
        .proposed_on
        .yesterday()
        .is_ok_and(|yesterday| on < yesterday)
    {
        return Err(Flaw::Early {
            proposed: terms.proposed_on,
            on,
        });
    }
    Ok(())
}

/// The first part in which two sets of terms differ, as a person would call it.
fn differing(ours: &Agreement, theirs: &Agreement) -> &'static str {
    match () {
        () if ours.version != theirs.version || ours.family != theirs.family => "the version of the criteria",
        () if ours.level != theirs.level => "the level",
        () if ours.by != theirs.by => "the day",
        () if ours.with != theirs.with => "with whom",
        () if ours.note != theirs.note => "what else was agreed",
        () if ours.answer_by != theirs.answer_by => "the day until which it can be answered",
        () => "the wording",
    }
}

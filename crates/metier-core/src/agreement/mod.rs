//! Agreements: a person and somebody else, usually the manager, pin exact criteria, a level and a day.
//!
//! The text agreed to names the version of the criteria by its digest and where the person's journal stood;
//! the answer names where the other's journal stood, if they keep one. Each side keeps the other's
//! checkpoint, so neither can write its past anew alone. Criteria that change later are another version and
//! change nothing here.
//!
//! | file | question |
//! |---|---|
//! | `letter` | what goes from one to the other, and what is wrong with one that came? |
//! | `state` | which agreements are in force? |

mod letter;
mod state;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::framework::Framework;
use crate::id::{EntryId, FamilyId, JournalId, LevelId};
use crate::journal::{Checkpoint, FactError, Signature, filled};
use crate::rating::Role;

pub use crate::name::same_name;
pub use letter::{Flaw, Letter, Proposal, Receipt, Refusal};
pub use state::{AgreementState, Answered, Ended, Kept, Phase, SaidNo, Talked, agreements, receipts};

/// What somebody is asked to agree to. With the id of its entry this is the text of the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Whose career it is about.
    pub person: String,
    /// With whom.
    pub with: String,
    /// Who they are to the person.
    pub role: Role,
    /// The family of the criteria.
    pub family: FamilyId,
    /// The criteria's title, so that it can be read without them.
    pub title: String,
    /// The exact criteria.
    pub version: Digest,
    /// What people call that version.
    pub version_name: String,
    /// The level aimed at.
    pub level: LevelId,
    /// Its name.
    pub level_name: String,
    /// By when.
    pub by: Date,
    /// What else is agreed, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was proposed.
    pub proposed_on: Date,
    /// Until when an answer counts.
    pub answer_by: Date,
    /// Where the person's journal stood.
    pub checkpoint: Checkpoint,
    /// The agreement that this one replaces once it is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryId>,
    /// The proposal that was declined and is made again here, changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<EntryId>,
}

/// Which way somebody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// They agree.
    #[default]
    Yes,
    /// They do not.
    No,
}

impl Says {
    /// True for a yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// The other side's yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// To which agreement.
    pub agreement: EntryId,
    /// To exactly this text.
    pub text: Digest,
    /// Yes or no; absent: yes.
    #[serde(default, skip_serializing_if = "Says::is_yes")]
    pub says: Says,
    /// Who answers.
    pub by: String,
    /// On which day.
    pub on: Date,
    /// In their words; of a no, the reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Of a no: what would have to be otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub otherwise: String,
    /// Where their own journal stood, if they keep one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
    /// Their signature over everything above, if they have a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// An answer as it is kept by who proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementConfirmed {
    /// The answer.
    pub answer: Answer,
    /// How it arrived.
    pub arrival: AnswerArrival,
}

/// A no as it is kept by who proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementDeclined {
    /// The answer.
    pub answer: Answer,
    /// How it arrived.
    pub arrival: AnswerArrival,
}

/// What was said between the two after a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementTalked {
    /// Which agreement was declined.
    pub agreement: EntryId,
    /// What the person answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
    /// What would convince the other, in their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub convincing: String,
    /// By when it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Date>,
}

/// How an answer reached the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerArrival {
    /// As a file that the person brought; whether it is the other's word hangs on their signature.
    ByFile,
    /// Through a link that was sent to them.
    ByLink,
    /// Both at one device.
    Together,
    /// Written down by the person.
    Relayed,
}

/// An agreement came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnded {
    /// Which.
    pub agreement: EntryId,
    /// How.
    pub how: AgreementEnding,
    /// Who ended it.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Ways for an agreement to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementEnding {
    /// What was agreed was reached and kept.
    Kept,
    /// The other side said no; written by older versions, and read as an answer while there is no yes.
    Declined,
    /// It was called off.
    CalledOff,
    /// The day came, and it was not reached.
    NotReached,
}

/// What one keeps of an agreement somebody else proposed: the receipt, and the criteria it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptKept {
    /// The receipt.
    pub receipt: Receipt,
    /// The criteria, as they were then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Box<Framework>>,
}

/// What a proposal says otherwise than one made before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "changed", rename_all = "snake_case")]
pub enum TermChange {
    /// The criteria: their title and version.
    Criteria {
        /// What was proposed before.
        before: String,
        /// What is proposed now.
        now: String,
    },
    /// The level.
    Level {
        /// What was proposed before.
        before: String,
        /// What is proposed now.
        now: String,
    },
    /// The day.
    By {
        /// What was proposed before.
        before: Date,
        /// What is proposed now.
        now: Date,
    },
    /// What else is agreed.
    Note {
        /// What was proposed before; may be empty.
        before: String,
        /// What is proposed now; may be empty.
        now: String,
    },
}

impl Agreement {
    /// Whether this one proposes again what the same person said no to: only they may read the two side by side.
    pub fn proposes_again(&self, before: &Self) -> bool {
        self.amends.is_some() && same_name(&self.with, &before.with)
    }

    /// What this proposal says otherwise than one made before, in the order one reads it; empty: the same again.
    pub fn changes_since(&self, before: &Self) -> Vec<TermChange> {
        let named = |a: &Self| format!("{}, version {}", a.title, a.version_name);
        let criteria =
            (self.family != before.family || self.version != before.version).then(|| TermChange::Criteria {
                before: named(before),
                now: named(self),
            });
        let level = (self.level != before.level).then(|| TermChange::Level {
            before: before.level_name.clone(),
            now: self.level_name.clone(),
        });
        let by = (self.by != before.by).then_some(TermChange::By {
            before: before.by,
            now: self.by,
        });
        let note = (self.note != before.note).then(|| TermChange::Note {
            before: before.note.clone(),
            now: self.note.clone(),
        });
        [criteria, level, by, note].into_iter().flatten().collect()
    }

    /// The digest of the text of the agreement: what both sides say yes to.
    ///
    /// # Errors
    /// Never for texts, days and digests; the canonical form's error is passed on.
    pub fn text(&self, id: EntryId) -> Result<Digest, CanonicalError> {
        digest_of(&(id, self))
    }

    /// Whose journal it is from.
    pub fn journal(&self) -> JournalId {
        self.checkpoint.journal
    }

    /// Checks that it is well formed.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), FactError> {
        filled("who", &self.person)?;
        filled("with whom", &self.with)?;
        if same_name(&self.person, &self.with) || self.role == Role::Oneself {
            return Err(FactError::new("with whom", "name somebody else than yourself"));
        }
        if self.answer_by < self.proposed_on {
            return Err(FactError::new(
                "answer by",
                format!("{} is before the day it is proposed on", self.answer_by),
            ));
        }
        if self.by < self.proposed_on {
            return Err(FactError::new(
                "by when",
                format!("{} is before the day it is proposed on", self.by),
            ));
        }
        if !self.checkpoint.sound() {
            return Err(FactError::new("journal", "its head is not that of its chains"));
        }
        Ok(())
    }
}

impl Answer {
    /// True when it carries a signature and that holds.
    pub fn signed(&self) -> bool {
        self.signature
            .as_ref()
            .is_some_and(|s| self.said().is_ok_and(|said| s.holds(&said)))
    }

    /// True for a yes, and for a no that says why or what would have to be otherwise.
    pub fn reasoned(&self) -> bool {
        self.says.is_yes() || !self.words.trim().is_empty() || !self.otherwise.trim().is_empty()
    }

    /// True when it came from themselves: through their link, or signed in a file. A file without a signature
    /// is whatever the person brought.
    pub fn heard(&self, arrival: AnswerArrival) -> bool {
        match arrival {
            AnswerArrival::ByLink => true,
            AnswerArrival::ByFile => self.signed(),
            AnswerArrival::Together | AnswerArrival::Relayed => false,
        }
    }

    /// The digest that is signed: everything but the signature.
    ///
    /// # Errors
    /// As [`Agreement::text`].
    pub fn said(&self) -> Result<Digest, CanonicalError> {
        digest_of(&Self {
            signature: None,
            ..self.clone()
        })
    }
}

impl AgreementConfirmed {
    /// Checks that it is well formed.
    ///
    /// # Errors
    /// When nobody is named, or it is a no.
    pub fn check(&self) -> Result<(), FactError> {
        filled("who agrees", &self.answer.by)?;
        match self.answer.says {
            Says::Yes => Ok(()),
            Says::No => Err(FactError::new("answer", "it is a no; record it as one")),
        }
    }
}

impl AgreementDeclined {
    /// Checks that it is well formed.
    ///
    /// # Errors
    /// When nobody is named, it is a yes, or it names no reason.
    pub fn check(&self) -> Result<(), FactError> {
        filled("who answers", &self.answer.by)?;
        if self.answer.says.is_yes() {
            return Err(FactError::new("answer", "it is a yes; record it as one"));
        }
        if !self.answer.reasoned() {
            return Err(FactError::new(
                "reason",
                "say why not, or what would have to be otherwise",
            ));
        }
        Ok(())
    }
}

impl AgreementTalked {
    /// Checks that it is well formed.
    ///
    /// # Errors
    /// When it says nothing.
    pub fn check(&self) -> Result<(), FactError> {
        if self.reply.trim().is_empty() && self.convincing.trim().is_empty() {
            return Err(FactError::new(
                "what was said",
                "write what you answered, or what would convince them",
            ));
        }
        Ok(())
    }
}

//! What goes from one to the other: the question to the collector, and what is released back. Everything that can
//! be wrong with one is told apart here, before anything is recorded.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Aggregate, AskSeen, PeersAsked, TOLD_MAX};
use crate::agreement::same_name;
use crate::canonical::{CanonicalError, Digest, digest_of};
use crate::id::{EntryId, JournalId};
use crate::journal::{FactError, Signature, filled};
use crate::rating::Role;

/// What goes from one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum GatheringLetter {
    /// Somebody is asked to gather.
    Ask(Box<AskLetter>),
    /// What was released.
    Release(Box<Release>),
}

/// Somebody is asked to gather what peers say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskLetter {
    /// The entry in the person's journal.
    pub ask: EntryId,
    /// What is asked.
    pub asked: PeersAsked,
    /// The person's signature over the digest of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// What a collector released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The entry in the person's journal that it answers.
    pub ask: EntryId,
    /// The digest of exactly what was asked.
    pub text: Digest,
    /// Of whom.
    pub person: String,
    /// Their journal.
    pub journal: JournalId,
    /// Who gathered.
    pub collector: String,
    /// When it was released; of single answers no day is told.
    pub released_on: Date,
    /// What is told.
    pub told: Aggregate,
    /// The collector's signature over all the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// Why a letter is not taken in, or somebody not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not well formed.
    #[error("it is not well formed: {0}")]
    Form(#[from] FactError),
    /// A signature does not hold.
    #[error("the signature of {0} does not hold: the letter was changed after it was signed")]
    Signature(String),
    /// It is not signed.
    #[error("it is not signed, so anybody may have written it")]
    Unsigned,
    /// It is signed by the person it is about.
    #[error("it is signed with your own key, so {0} did not release it")]
    OwnKey(String),
    /// It belongs to somebody else's journal.
    #[error("it was gathered for {person}, whose journal is another than this one")]
    OtherJournal {
        /// Whose.
        person: String,
    },
    /// Nothing was asked here under this id.
    #[error("this journal has not asked for it; what was asked may have been taken back")]
    Unknown,
    /// It answers something else than was asked.
    #[error("it answers another question than you asked: one of the two files was changed")]
    OtherText,
    /// It is here already.
    #[error("it came already, on {0}, and is in your journal")]
    Already(Date),
    /// Something else was released of the same round.
    #[error("another release of the same round came on {0}; a round is released once")]
    Twice(Date),
    /// The collector is asked by themselves.
    #[error("you ask this yourself; {0} gathers the answers")]
    Own(String),
    /// Somebody else is to gather.
    #[error("{expected} is asked to gather this, and you are {found}")]
    Somebody {
        /// Who is asked.
        expected: String,
        /// Who would.
        found: String,
    },
    /// Its last day has passed.
    #[error("the last day for an answer was {0}")]
    Late(Date),
    /// Another round about the same is open.
    #[error("you gather answers about “{about}” for {person} already; close that round first")]
    StillOpen {
        /// For whom.
        person: String,
        /// About what.
        about: String,
    },
    /// Another round about the same was released not long ago.
    #[error(
        "what was said about “{about}” was released on {on}. Two releases so close could be set against each other, \
         and whoever answered only once worked out; gather it again from {again} on"
    )]
    TooNear {
        /// About what.
        about: String,
        /// When.
        on: Date,
        /// From which day on it can be gathered again.
        again: Date,
    },
    /// The same is being gathered through somebody.
    #[error(
        "{collector} gathers what peers say of \u{201c}{about}\u{201d} already; two rounds at once could be set against each \
         other, and whoever answered only one worked out"
    )]
    AskedAlready {
        /// Who gathers it.
        collector: String,
        /// About what.
        about: String,
    },
    /// The round is closed.
    #[error("this round was closed on {0}")]
    Closed(Date),
    /// Somebody who cannot be among the peers.
    #[error("{name} cannot be among the peers: {why}")]
    NotAmong {
        /// Who.
        name: String,
        /// Why not.
        why: String,
    },
    /// Too few are named.
    #[error("{named} named; name at least {threshold}, because nothing is released under that")]
    TooFewNamed {
        /// How many.
        named: usize,
        /// How many it takes.
        threshold: u32,
    },
    /// Too many are named.
    #[error("{0} named; one round asks at most {max}", max = super::PEERS_MAX)]
    TooManyNamed(usize),
}

impl GatheringLetter {
    /// Checks everything that can be checked without a journal.
    ///
    /// # Errors
    /// What is wrong with it first.
    pub fn check(&self) -> Result<(), Refusal> {
        match self {
            Self::Ask(letter) => letter.check(),
            Self::Release(release) => release.check(),
        }
    }
}

impl AskLetter {
    /// Checks everything that can be checked without a journal.
    ///
    /// # Errors
    /// When it is not well formed, not signed, or its signature does not hold.
    pub fn check(&self) -> Result<(), Refusal> {
        self.asked.check()?;
        let signature = self.signature.as_ref().ok_or(Refusal::Unsigned)?;
        if !self.asked.text(self.ask).is_ok_and(|text| signature.holds(&text)) {
            return Err(Refusal::Signature(self.asked.person.clone()));
        }
        Ok(())
    }

    /// True when both are of one person, as far as that can be told: by their journal, their key or their name.
    pub(super) fn of_one_person(&self, other: &Self) -> bool {
        let key = |letter: &Self| letter.signature.as_ref().map(|s| s.key.clone());
        self.asked.journal == other.asked.journal
            || key(self).is_some_and(|mine| Some(mine) == key(other))
            || same_name(&self.asked.person, &other.asked.person)
    }

    /// Looks whether somebody may gather it on a day, in a journal.
    ///
    /// # Errors
    /// When it is the person's own, for somebody else, or its last day has passed.
    pub fn may_gather(&self, by: &str, journal: JournalId, on: Date) -> Result<(), Refusal> {
        if self.asked.journal == journal {
            return Err(Refusal::Own(self.asked.collector.clone()));
        }
        self.may_be_gathered(by, on)
    }

    /// The same before there is a journal.
    ///
    /// # Errors
    /// When it is not sound, for somebody else, or its last day has passed.
    pub fn may_be_gathered(&self, by: &str, on: Date) -> Result<(), Refusal> {
        self.check()?;
        if !same_name(by, &self.asked.collector) {
            return Err(Refusal::Somebody {
                expected: self.asked.collector.clone(),
                found: by.trim().to_owned(),
            });
        }
        if on > self.asked.until {
            return Err(Refusal::Late(self.asked.until));
        }
        Ok(())
    }

    /// Looks whether somebody may be asked as a peer.
    ///
    /// # Errors
    /// When they are the person, the collector, somebody who leads the person, or in a role of which there is one.
    pub fn may_ask(&self, name: &str, role: Role) -> Result<(), Refusal> {
        let asked = &self.asked;
        let no = |why: String| {
            Err(Refusal::NotAmong {
                name: name.trim().to_owned(),
                why,
            })
        };
        if let Err(error) = super::may_be_among(role) {
            return no(error.problem);
        }
        if same_name(name, &asked.person) {
            return no("it is about them".into());
        }
        if same_name(name, &asked.collector) {
            return no("whoever gathers reads the answers of the others".into());
        }
        if asked.not_among.iter().any(|other| same_name(name, other)) {
            return no(format!(
                "they lead {}, and a manager is never anonymous. Ask them with their name",
                asked.person
            ));
        }
        Ok(())
    }
}

impl Release {
    /// The digest that is signed: everything but the signature.
    ///
    /// # Errors
    /// Never for texts, days and digests; the canonical form's error is passed on.
    pub fn said(&self) -> Result<Digest, CanonicalError> {
        digest_of(&Self {
            signature: None,
            ..self.clone()
        })
    }

    /// True when it tells of nobody: every count and every list of texts is of at least the threshold.
    pub(super) fn well_formed(&self) -> Result<(), FactError> {
        filled("of whom", &self.person)?;
        filled("who gathered", &self.collector)?;
        let told = &self.told;
        if u64::from(told.threshold) < super::LOWEST_THRESHOLD {
            return Err(FactError::new(
                "threshold",
                format!(
                    "{}; under {} nobody is anonymous",
                    told.threshold,
                    super::LOWEST_THRESHOLD
                ),
            ));
        }
        let small = |n: u64| n < u64::from(told.threshold);
        let counts = told.of.iter().flat_map(|of| of.counts.values());
        if let Some(count) = counts.into_iter().find(|count| small(u64::from(**count))) {
            return Err(FactError::new(
                "counts",
                format!(
                    "{count} is under {}: it would tell of single people",
                    told.threshold
                ),
            ));
        }
        let lists = [&told.strengths, &told.changes];
        if let Some(list) = lists.into_iter().find(|l| !l.is_empty() && small(l.len() as u64)) {
            return Err(FactError::new(
                "words",
                format!(
                    "{} are shown, under {}: they would tell of single people",
                    list.len(),
                    told.threshold
                ),
            ));
        }
        Ok(())
    }

    /// True when it tells no more than a release does: no exact number, and of no competency three answers.
    fn tells_no_more(&self) -> Result<(), FactError> {
        let threshold = self.told.threshold;
        for of in &self.told.of {
            if of.counts.len() > TOLD_MAX || of.counts.values().any(|count| *count != threshold) {
                return Err(FactError::new(
                    "counts",
                    format!(
                        "it tells more of \u{201c}{}\u{201d} than that {threshold} or more gave one or two answers",
                        of.name
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Checks everything that can be checked without a journal.
    ///
    /// # Errors
    /// When it is not well formed, tells more than a release does, is not signed, or its signature does not hold.
    pub fn check(&self) -> Result<(), Refusal> {
        self.well_formed()?;
        self.tells_no_more()?;
        let signature = self.signature.as_ref().ok_or(Refusal::Unsigned)?;
        if !self.said().is_ok_and(|said| signature.holds(&said)) {
            return Err(Refusal::Signature(self.collector.clone()));
        }
        Ok(())
    }

    /// Looks whether it may be taken in, by a journal that asked and the key it signs with.
    ///
    /// # Errors
    /// When it is altered, for another journal, for a question that was not asked here, or here already.
    pub fn may_take(
        &self,
        journal: JournalId,
        own_key: Option<&str>,
        asks: &[AskSeen],
    ) -> Result<(), Refusal> {
        self.check()?;
        if self.journal != journal {
            return Err(Refusal::OtherJournal {
                person: self.person.clone(),
            });
        }
        let signed_by = self.signature.as_ref().map(|s| s.key.as_str());
        if own_key.is_some() && signed_by == own_key {
            return Err(Refusal::OwnKey(self.collector.clone()));
        }
        let ask = asks.iter().find(|a| a.id == self.ask).ok_or(Refusal::Unknown)?;
        let asked = &ask.asked;
        let about = asked.about.iter().map(|of| (&of.competency, &of.name));
        let told = self.told.of.iter().map(|of| (&of.competency, &of.name));
        if asked.text(ask.id).ok() != Some(self.text)
            || asked.person != self.person
            || asked.collector != self.collector
            || asked.threshold != self.told.threshold
            || !about.eq(told)
        {
            return Err(Refusal::OtherText);
        }
        match &ask.came {
            Some(came) if came.release == *self => return Err(Refusal::Already(came.on)),
            Some(came) => return Err(Refusal::Twice(came.on)),
            None => {}
        }
        let others = asks.iter().filter(|other| other.id != self.ask);
        others
            .filter(|other| other.came.is_some())
            .try_for_each(|other| other.apart_from(asked, self.released_on))
    }
}

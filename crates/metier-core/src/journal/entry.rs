//! An entry as it is written and read.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fact::{Fact, FactError, Limits};
use super::sealed::{Link, Sealed};
use crate::canonical::{CanonicalError, Digest, canonical_text, digest_of};
use crate::id::{ChainId, EntryId, JournalId};

/// One entry as it is read: its place, and what was said. An erased entry has nothing to read and
/// exists only as its [`Sealed`] form.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What stays for ever and is chained.
    pub link: Link,
    /// What was said.
    pub payload: Payload,
}

/// The part of an entry that can be erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Version of the fact's form: [`Fact::form`].
    pub v: u32,
    /// Who wrote it, as they are called.
    pub author: String,
    /// When it happened.
    pub occurred_on: Date,
    /// Who may see it.
    #[serde(default)]
    pub audience: Audience,
    /// What it may be used for.
    #[serde(default)]
    pub purpose: Purpose,
    /// What happened.
    pub fact: Fact,
    /// The entry this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<EntryId>,
    /// 128 random bits, so that an erased payload cannot be guessed from its digest.
    pub salt: Salt,
}

/// Who may see an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The owner alone.
    #[default]
    Private,
    /// These parties, by name.
    Parties(Vec<String>),
    /// Everyone of an organisation.
    Organisation(String),
    /// Everyone.
    Public,
}

/// What an entry may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To get better; never shown where someone decides about the person.
    #[default]
    Development,
    /// It may be used in a decision.
    Administrative,
}

/// 128 random bits, in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Salt(pub [u8; 16]);

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl TryFrom<String> for Salt {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let number = u128::from_str_radix(&text, 16).ok().filter(|_| {
            text.len() == 32
                && text
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        });
        match number {
            Some(number) => Ok(Self(number.to_be_bytes())),
            None => Err("a salt is 32 lower-case hexadecimal digits".into()),
        }
    }
}

impl From<Salt> for String {
    fn from(salt: Salt) -> String {
        format!("{:032x}", u128::from_be_bytes(salt.0))
    }
}

/// What is to be recorded, before it has a place in a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Who writes it.
    pub author: String,
    /// When it happened.
    pub occurred_on: Date,
    /// Who may see it.
    pub audience: Audience,
    /// What it may be used for.
    pub purpose: Purpose,
    /// What happened.
    pub fact: Fact,
    /// The entry it corrects.
    pub corrects: Option<EntryId>,
}

impl Draft {
    /// A private entry for one's own development.
    pub fn new(author: impl Into<String>, occurred_on: Date, fact: Fact) -> Self {
        Self {
            author: author.into(),
            occurred_on,
            audience: Audience::default(),
            purpose: Purpose::default(),
            fact,
            corrects: None,
        }
    }

    /// The same draft as a correction of an earlier entry.
    #[must_use]
    pub fn correcting(mut self, entry: EntryId) -> Self {
        self.corrects = Some(entry);
        self
    }

    /// Gives the draft its place: after `previous` in `chain` of `journal`.
    ///
    /// `recorded_at` is cut to the microsecond, which is what every store keeps. A date at most one
    /// day ahead is accepted, because the other side of the world is.
    ///
    /// # Errors
    /// When the date lies in the future, the fact is not well formed, or has no canonical form.
    pub fn record(self, place: &Place, limits: &Limits) -> Result<Sealed, RecordError> {
        let recorded_at = to_microseconds(place.recorded_at);
        let today = recorded_at.to_zoned(jiff::tz::TimeZone::UTC).date();
        if today.tomorrow().is_ok_and(|tomorrow| self.occurred_on > tomorrow) {
            return Err(RecordError::Future {
                date: self.occurred_on,
                today,
            });
        }
        self.fact.check(limits)?;
        let payload = Payload {
            v: self.fact.form(),
            author: self.author,
            occurred_on: self.occurred_on,
            audience: self.audience,
            purpose: self.purpose,
            fact: self.fact,
            corrects: self.corrects,
            salt: place.salt,
        };
        let payload = canonical_text(&payload)?;
        let link = Link {
            id: place.id,
            journal: place.journal,
            chain: place.chain,
            sequence: place.sequence,
            recorded_at,
            previous: place.previous,
            payload: Digest::of(payload.as_bytes()),
        };
        let digest = digest_of(&link)?;
        Ok(Sealed {
            link,
            digest,
            signature: None,
            payload: Some(payload),
        })
    }
}

/// Where and when an entry is written: everything the core cannot know by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A fresh id.
    pub id: EntryId,
    /// Whose journal.
    pub journal: JournalId,
    /// Which writer.
    pub chain: ChainId,
    /// One more than the last entry's.
    pub sequence: u64,
    /// The last entry's digest.
    pub previous: Digest,
    /// Now.
    pub recorded_at: Timestamp,
    /// Fresh random bits.
    pub salt: Salt,
}

fn to_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Why a draft cannot be recorded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// It has not happened yet.
    #[error("{date} lies in the future (today is {today}); record it when it has happened")]
    Future {
        /// The date given.
        date: Date,
        /// Today, in UTC.
        today: Date,
    },
    /// The fact itself is not well formed.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// The fact has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

impl Entry {
    /// The reading order of a journal: when it was recorded, then id.
    pub fn reading_order(&self) -> (Timestamp, EntryId) {
        (self.link.recorded_at, self.link.id)
    }
}

//! What was let through to others. Nothing here can be made outside of [`super::Disclosure`].

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::names::Like;
use crate::evidence::{Confirmed, Step};
use crate::feedback::Channel;
use crate::framework::EvidenceKind;
use crate::id::{CompetencyId, EntryId, RungId};
use crate::journal::{Arrival, Fact};
use crate::rating::Role;

/// An entry as others see it: exactly these texts, and nothing else of what was written.
///
/// It can only come out of a [`super::Disclosure`]:
///
/// ```compile_fail
/// let forged = metier_core::disclosure::Shared {
///     texts: Vec::new(),
///     redacted: false,
/// };
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    entry: EntryId,
    on: Date,
    what: What,
    texts: Vec<(&'static str, SharedText)>,
    redacted: bool,
}

/// What sort of thing a shared entry is, without a word of anybody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// Something that happened.
    Evidence {
        /// Of which sort.
        evidence: EvidenceKind,
    },
    /// Someone else says so.
    Confirmation {
        /// Of what.
        of: Confirmed,
        /// In which role.
        role: Role,
        /// How it reached the journal.
        arrival: Arrival,
    },
    /// Someone's judgement.
    Rating {
        /// Of which competency.
        competency: CompetencyId,
        /// The highest step they see.
        rung: Option<RungId>,
        /// In which role.
        role: Role,
        /// How it reached the journal.
        arrival: Arrival,
    },
    /// What somebody saw, in their words.
    Feedback {
        /// In which role.
        role: Role,
        /// The way it came.
        channel: Channel,
    },
    /// A contested step.
    Dispute {
        /// Which.
        step: Step,
    },
    /// A dispute answered.
    DisputeSettled {
        /// Which.
        dispute: EntryId,
    },
}

impl What {
    pub(super) fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::Evidence(evidence) => Self::Evidence {
                evidence: evidence.what.kind(),
            },
            Fact::Confirmation(c) => Self::Confirmation {
                of: c.of.clone(),
                role: c.role,
                arrival: c.arrival,
            },
            Fact::Rating(r) => Self::Rating {
                competency: r.competency.clone(),
                rung: r.rung.clone(),
                role: r.role,
                arrival: r.arrival,
            },
            Fact::FeedbackGiven(given) => Self::Feedback {
                role: given.role,
                channel: given.channel,
            },
            Fact::Dispute(d) => Self::Dispute { step: d.step.clone() },
            Fact::DisputeSettled(d) => Self::DisputeSettled { dispute: d.dispute },
            _ => return None,
        })
    }
}

impl Shared {
    pub(super) fn new(
        entry: EntryId,
        on: Date,
        what: What,
        texts: Vec<(&'static str, SharedText)>,
        redacted: bool,
    ) -> Self {
        Self {
            entry,
            on,
            what,
            texts,
            redacted,
        }
    }

    /// The first entry of the thing.
    pub fn entry(&self) -> EntryId {
        self.entry
    }

    /// When it happened.
    pub fn on(&self) -> Date {
        self.on
    }

    /// What sort of thing it is.
    pub fn what(&self) -> &What {
        &self.what
    }

    /// The texts, each with the name of its field, the line that stands for it first.
    pub fn texts(&self) -> &[(&'static str, SharedText)] {
        &self.texts
    }

    /// True when it is the text written for others, in place of the private one: say so where it is
    /// somebody else's words that were replaced.
    pub fn redacted(&self) -> bool {
        self.redacted
    }

    /// The line that stands for it; empty when nothing was said.
    pub fn line(&self) -> &SharedText {
        const SILENT: &SharedText = &SharedText { pieces: Vec::new() };
        self.texts.first().map_or(SILENT, |(_, text)| text)
    }

    /// The text of one field, such as `reason` or `by`.
    pub fn text(&self, field: &str) -> Option<&SharedText> {
        self.texts
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, text)| text)
    }

    /// What in it looks like a name.
    pub fn looks(&self) -> impl Iterator<Item = (&str, Like)> {
        self.texts.iter().flat_map(|(_, text)| text.looks())
    }

    /// How many names were replaced in it.
    pub fn replaced(&self) -> usize {
        self.texts.iter().map(|(_, text)| text.replaced()).sum()
    }
}

/// A text as others see it. To get one, ask [`super::Disclosure::text`] or take it out of a [`Shared`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SharedText {
    pieces: Vec<Piece>,
}

/// A piece of a text as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// As it stands.
    Plain(String),
    /// A name was replaced here; what is said in its place.
    Replaced(&'static str),
    /// As it stands, and it looks like a name.
    Looks {
        /// The words.
        words: String,
        /// Like what.
        like: Like,
    },
}

impl SharedText {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }

    /// Its pieces, in order: for a page that marks them. To write it out, [`ToString::to_string`] is enough.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What in it looks like a name.
    pub fn looks(&self) -> impl Iterator<Item = (&str, Like)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Looks { words, like } => Some((words.as_str(), *like)),
            Piece::Plain(_) | Piece::Replaced(_) => None,
        })
    }

    /// How many names were replaced in it.
    pub fn replaced(&self) -> usize {
        let gone = |piece: &&Piece| matches!(piece, Piece::Replaced(_));
        self.pieces.iter().filter(gone).count()
    }

    /// True when nothing is seen.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// What is seen.
impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Plain(text) | Piece::Looks { words: text, .. } => f.write_str(text)?,
                Piece::Replaced(instead) => f.write_str(instead)?,
            }
        }
        Ok(())
    }
}

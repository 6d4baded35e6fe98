//! The guided series of questions, and the layer one's identity sits on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, QuestionId};
use crate::journal::{Arrival, FactError, filled};

/// An answer of the guided series, on the day of its entry. Answering again is a new entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesAnswer {
    /// Which question.
    pub question: QuestionId,
    /// The question as it was asked, so that the answer can be read when the series has changed.
    pub asked: String,
    /// The answer.
    pub words: String,
}

/// Somebody says something about an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerComment {
    /// About which.
    pub answer: EntryId,
    /// Who.
    pub by: String,
    /// What.
    pub words: String,
    /// The showing it answers; absent: noted without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<EntryId>,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
}

/// Answers are shown to somebody, a coach perhaps, who may comment on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersShown {
    /// Which: chosen one by one.
    pub answers: Vec<EntryId>,
    /// To whom.
    pub to: String,
    /// The showing before it, beside which it is read; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EntryId>,
    /// The last day to answer.
    pub until: Date,
    /// A word with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Somebody puts a question of their own, to be answered like those of the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionPut {
    /// What answers name.
    pub id: QuestionId,
    /// The question.
    pub question: String,
    /// Who puts it.
    pub by: String,
    /// The showing it answers; absent: noted without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<EntryId>,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
}

/// The person has read what others said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentsRead {
    /// Comments and questions.
    pub entries: Vec<EntryId>,
}

/// Which layer one's identity sits on. A reflection: nothing is derived from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySaid {
    /// Which layer.
    pub layer: IdentityLayer,
    /// In one's own words: "I am somebody who…"
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// The layers, from what lasts longest to what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityLayer {
    /// A need that people have.
    Need,
    /// A profession that serves it.
    Profession,
    /// An industry.
    Industry,
    /// An organisation.
    Organisation,
    /// A position.
    Position,
}

impl IdentityLayer {
    /// All of them, from what lasts longest.
    pub const ALL: [Self; 5] = [
        Self::Need,
        Self::Profession,
        Self::Industry,
        Self::Organisation,
        Self::Position,
    ];
}

impl SeriesAnswer {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("answer", &self.words)
    }
}

impl AnswerComment {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("who says it", &self.by)?;
        filled("what they say", &self.words)
    }
}

impl AnswersShown {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("whom you show it", &self.to)?;
        if self.answers.is_empty() {
            return Err(FactError::new("answers", "choose at least one answer to show"));
        }
        Ok(())
    }
}

impl QuestionPut {
    pub(super) fn check(&self) -> Result<(), FactError> {
        filled("who asks", &self.by)?;
        filled("question", &self.question)
    }
}

impl CommentsRead {
    pub(super) fn check(&self) -> Result<(), FactError> {
        if self.entries.is_empty() {
            return Err(FactError::new("what was read", "name at least one"));
        }
        Ok(())
    }
}

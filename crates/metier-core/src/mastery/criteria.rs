//! Six questions about what makes a master of one's own field.

use serde::{Deserialize, Serialize};

use crate::id::FamilyId;

/// An answer to one of the six questions. Answering again is a new entry: both stay to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriteriaAnswer {
    /// For which profession.
    pub family: FamilyId,
    /// Which question.
    pub question: CriteriaQuestion,
    /// The answer.
    pub answer: Weighs,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The six questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriteriaQuestion {
    /// Must one have published a book, or something like it?
    Published,
    /// Must one be known to the media as somebody to ask?
    Recognised,
    /// Must one be seen, on screens or on the web?
    Seen,
    /// Does writing regularly in public support it?
    WritesRegularly,
    /// Which medium reaches the people for whom it matters?
    Medium,
    /// Does speaking in front of the field count?
    Speaks,
}

impl CriteriaQuestion {
    /// All six, in the order they are asked.
    pub const ALL: [Self; 6] = [
        Self::Published,
        Self::Recognised,
        Self::Seen,
        Self::WritesRegularly,
        Self::Medium,
        Self::Speaks,
    ];
}

/// How much something counts towards mastery of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighs {
    /// Nobody is a master without it.
    Must,
    /// It helps, and one can be a master without.
    Helps,
    /// It has nothing to do with it.
    No,
    /// Not known yet.
    DoNotKnow,
    /// The question is not of this sort; the reason answers it.
    InWords,
}

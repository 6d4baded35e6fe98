//! What mastery of a profession is, as the person sees it: a document that lives.
//!
//! A framework says which competencies a profession is made of. This says what it would be to master it:
//! one's own statement and the significant things still to accomplish, an answer with its reason to each of
//! six questions of criteria, the masters one looks at and what they do day in, day out, what masters said of
//! the list, and the answers to a series of questions, revisited. Nothing of it is evidence, and nothing of it
//! moves a standing; a definition or an exemplar can be aimed at.
//!
//! What is edited is corrected, and the old wording stays; what is revisited is answered anew, and both
//! answers stay to be compared.
//!
//! | file | question |
//! |---|---|
//! | `definition` | what will I be able to do, to say, to have accomplished? |
//! | `criteria` | must a master have published, be known, speak? |
//! | `exemplar` | who is one, and what do they do? |
//! | `outreach` | how do I ask them, and what did they say of the list? |
//! | `reflection` | what do I think now, and what did I think then? |
//! | `series` | which question is this week's, and what does somebody see of the answers? |
//! | `stage` | how long does it usually take, as context? |
//! | `state` | what stands of it, and where does each chain end? |

mod criteria;
mod definition;
mod exemplar;
mod outreach;
mod reflection;
mod series;
mod stage;
mod state;

use serde::{Deserialize, Serialize};

use crate::journal::{Fact, FactError};

pub use criteria::{CriteriaAnswer, CriteriaQuestion, Weighs};
pub use definition::{Definition, Significant};
pub use exemplar::{Accomplished, Behaviour, Exemplar, MasterKind, Nominated, NominationAsked};
pub use outreach::{CheckFinding, Conversation, Found, NextAction, Outreach, OutreachState, RealityCheck};
pub use reflection::{
    AnswerComment, AnswersShown, CommentsRead, IdentityLayer, IdentitySaid, QuestionPut, SeriesAnswer,
};
pub use series::{Asked, Becomes, SERIES, SeriesQuestion, Showing, ShownAnswer, Since, ThisWeek, Unread};
pub use stage::{IndicativeYears, Stage, months_within};
pub use state::{Chain, ChainEnd, Checked, MASTERS_WANTED, Mastery, Named, Reality};

/// The most characters of what others say of an answer, or of somebody they name.
pub const WORDS_MAX: usize = 4_000;
/// The most characters of a question that somebody puts.
pub const QUESTION_MAX: usize = 500;
/// The most characters of a name that somebody gives.
pub const NAME_MAX: usize = 200;

/// What is said of mastery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum MasteryFact {
    /// One's own definition.
    Definition(Definition),
    /// An answer to one of the six questions.
    Criteria(CriteriaAnswer),
    /// Somebody seen as a master.
    Exemplar(Exemplar),
    /// A colleague is asked whom they see as one.
    NominationAsked(NominationAsked),
    /// A colleague names one.
    Nominated(Nominated),
    /// A master is to be asked.
    Outreach(Outreach),
    /// A conversation with them.
    Conversation(Conversation),
    /// What a master said of the list of competencies.
    RealityCheck(RealityCheck),
    /// Which layer one's identity sits on.
    Identity(IdentitySaid),
    /// An answer of the guided series.
    Answer(SeriesAnswer),
    /// Somebody says something about an answer.
    Comment(AnswerComment),
    /// Answers are shown to somebody.
    Shown(AnswersShown),
    /// Somebody puts a question of their own.
    Put(QuestionPut),
    /// What others said was read.
    Read(CommentsRead),
}

impl MasteryFact {
    /// The fact it is recorded as.
    pub fn fact(self) -> Fact {
        Fact::Mastery(Box::new(self))
    }

    /// Checks that what others say is no longer than a page can show. Only for what is recorded now: a journal
    /// that holds something longer is read as it is.
    ///
    /// # Errors
    /// With the field that is too long, and how long it may be.
    pub fn brief(&self) -> Result<(), FactError> {
        let within = |field: &str, text: &str, most: usize| match text.chars().count() {
            long if long > most => Err(FactError::new(
                field,
                format!("it has {long} characters; at most {most} are kept, so shorten it"),
            )),
            _ => Ok(()),
        };
        match self {
            Self::Comment(comment) => {
                within("who says it", &comment.by, NAME_MAX)?;
                within("what they say", &comment.words, WORDS_MAX)
            }
            Self::Put(put) => {
                within("who asks", &put.by, NAME_MAX)?;
                within("question", &put.question, QUESTION_MAX)
            }
            Self::Nominated(named) => {
                within("name", &named.name, NAME_MAX)?;
                within("who names them", &named.by, NAME_MAX)?;
                within("why", &named.why, WORDS_MAX)
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn check(&self) -> Result<(), FactError> {
        match self {
            Self::Definition(d) => d.check(),
            Self::Criteria(_) | Self::Identity(_) => Ok(()),
            Self::Exemplar(e) => e.check(),
            Self::NominationAsked(n) => n.check(),
            Self::Nominated(n) => n.check(),
            Self::Outreach(o) => o.check(),
            Self::Conversation(c) => c.check(),
            Self::RealityCheck(r) => r.check(),
            Self::Answer(a) => a.check(),
            Self::Comment(c) => c.check(),
            Self::Shown(s) => s.check(),
            Self::Put(p) => p.check(),
            Self::Read(r) => r.check(),
        }
    }
}

//! Evidence: what happened. It never names a framework; a [`Claim`] says what it bears on, so one
//! piece of evidence supports several competencies in several frameworks and survives every change of
//! position, employer and framework.

mod texts;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::framework::EvidenceKind;
use crate::id::{CompetencyId, CredentialId, EntryId, FamilyId, RungId};
use crate::journal::Arrival;
use crate::rating::Role;

/// Something that happened, in the person's own words, with what shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// One line.
    pub title: String,
    /// As much more as the person wants to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
    /// Hours it took: effort, which is not level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Files and links that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artefacts: Vec<Artefact>,
    /// Names or secrets in it must stay with the owner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// What others read in place of title and story when it is confidential.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub redacted: String,
    /// What sort of thing it was.
    pub what: Happening,
}

/// A file or a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Artefact {
    /// A file kept with the journal, named by its digest.
    Attachment {
        /// Digest of its bytes.
        digest: Digest,
        /// Its file name.
        name: String,
        /// Its media type as given.
        media_type: String,
        /// Its size in bytes.
        size: u64,
    },
    /// Something kept elsewhere.
    Link {
        /// Where.
        url: String,
        /// When the person last looked that it is still there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        checked_on: Option<Date>,
    },
}

/// The ten sorts of things that happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Happening {
    /// A session of attempts at one checkable step.
    Attempts {
        /// How many attempts.
        attempts: u32,
        /// How many of them were correct and unaided.
        clean: u32,
        /// How many were correct, but with help or a guide at hand.
        #[serde(default)]
        aided: u32,
        /// The guide that was used or could have been.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        guide: String,
        /// Minutes for the whole session, if timed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// Something done and finished.
    Accomplishment {
        /// How large: people, money, area.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        scope: String,
        /// What the person answered for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        responsibility: String,
        /// How it came out.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        result: String,
        /// What changed because of it, in numbers.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        impact: String,
        /// Why it mattered.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        significance: String,
        /// What made it hard.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        difficulty: String,
        /// Who recognised it, and how.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        recognised: String,
        /// Whether it was accepted as delivered; `Some(false)`: it had to be done again; `None`: nobody said.
        /// Absent in a journal it reads as accepted, which is how it was once written; what is not said is
        /// written as `null`.
        #[serde(default = "accepted")]
        accepted: Option<bool>,
    },
    /// Several tasks with a deadline or goal.
    Project {
        /// The tasks in it, one a line.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        tasks: String,
        /// The deadline.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Date>,
        /// The goal.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        goal: String,
        /// Whether deadline or goal was met; `None` (`null` in a journal): nobody said.
        #[serde(deserialize_with = "said_or_null")]
        met: Option<bool>,
        /// How many people worked under the person.
        #[serde(default)]
        people_led: u32,
    },
    /// Others taught.
    Teaching {
        /// Whom.
        learners: Vec<Learner>,
    },
    /// An article, a talk, a report.
    Communication {
        /// Its form: article, talk, podcast, post, workshop, report.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        form: String,
        /// Whom it was for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        audience: String,
        /// How many it reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reach: Option<u32>,
    },
    /// Something went wrong and was dealt with.
    Incident {
        /// What was found to be the cause.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        diagnosed: String,
        /// Who was asked for help or told.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reached: String,
        /// How it ended.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        outcome: String,
    },
    /// An area owned.
    Ownership {
        /// Which part the person has; `None` (`null` in a journal): nobody said.
        #[serde(deserialize_with = "said_or_null")]
        role: Option<Rasci>,
        /// The objective or key result, or where it is written.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        objective: String,
        /// Until when; absent while it lasts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// A credential.
    Credential {
        /// Who gave it.
        body: String,
        /// Its number or where it can be looked up.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        number: String,
        /// Last day it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Date>,
    },
    /// A course, a workshop, a book.
    Learning {
        /// Its form: course, workshop, webinar, seminar, self-study, degree.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        form: String,
        /// Who gave it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        provider: String,
        /// What was done with it at work.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        used_for: String,
    },
    /// Others said what it was worth.
    Recognition {
        /// Who.
        by: String,
        /// In what form.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        how: String,
    },
}

#[expect(clippy::unnecessary_wraps, reason = "serde asks for the type of the field")]
fn accepted() -> Option<bool> {
    Some(true)
}

/// What was said, or `null`. Unlike serde's own reading of an `Option`, the field must be there: it always was.
fn said_or_null<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from)
}

/// Someone taught, and what they can do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learner {
    /// Who (initials will do).
    pub name: String,
    /// What they can do now.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub can_now: String,
    /// Whether they have since done it without help.
    #[serde(default)]
    pub unaided: bool,
}

impl Evidence {
    /// True when something that its kind asks for was not said: how it came out, or which part one had.
    pub fn leaves_unsaid(&self) -> bool {
        matches!(
            self.what,
            Happening::Accomplishment { accepted: None, .. }
                | Happening::Project { met: None, .. }
                | Happening::Ownership { role: None, .. }
        )
    }
}

/// The part someone has in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rasci {
    /// Does it.
    Responsible,
    /// Answers for it.
    Accountable,
    /// Helps.
    Supporting,
    /// Is asked.
    Consulted,
    /// Is told.
    Informed,
}

/// What stands where a name must and none was said yet.
const NOT_SAID: &str = "not said yet";

impl Happening {
    /// The plainest of a kind: it happened, and nothing more was said. Whether it came off is not said either,
    /// except of attempts, which are a count: one, and it was clean.
    pub fn plainest(kind: EvidenceKind) -> Self {
        let none = String::new;
        match kind {
            EvidenceKind::Attempts => Self::Attempts {
                attempts: 1,
                clean: 1,
                aided: 0,
                guide: none(),
                minutes: None,
            },
            EvidenceKind::Accomplishment => Self::Accomplishment {
                scope: none(),
                responsibility: none(),
                result: none(),
                impact: none(),
                significance: none(),
                difficulty: none(),
                recognised: none(),
                accepted: None,
            },
            EvidenceKind::Project => Self::Project {
                tasks: none(),
                deadline: None,
                goal: none(),
                met: None,
                people_led: 0,
            },
            EvidenceKind::Teaching => Self::Teaching {
                learners: vec![Learner {
                    name: NOT_SAID.into(),
                    can_now: none(),
                    unaided: false,
                }],
            },
            EvidenceKind::Communication => Self::Communication {
                form: none(),
                audience: none(),
                reach: None,
            },
            EvidenceKind::Incident => Self::Incident {
                diagnosed: none(),
                reached: none(),
                outcome: none(),
            },
            EvidenceKind::Ownership => Self::Ownership {
                role: None,
                objective: none(),
                until: None,
            },
            EvidenceKind::Credential => Self::Credential {
                body: NOT_SAID.into(),
                number: none(),
                expires: None,
            },
            EvidenceKind::Learning => Self::Learning {
                form: none(),
                provider: none(),
                used_for: none(),
            },
            EvidenceKind::Recognition => Self::Recognition {
                by: NOT_SAID.into(),
                how: none(),
            },
        }
    }

    /// The sort of evidence, as criteria name it.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Attempts { .. } => EvidenceKind::Attempts,
            Self::Accomplishment { .. } => EvidenceKind::Accomplishment,
            Self::Project { .. } => EvidenceKind::Project,
            Self::Teaching { .. } => EvidenceKind::Teaching,
            Self::Communication { .. } => EvidenceKind::Communication,
            Self::Incident { .. } => EvidenceKind::Incident,
            Self::Ownership { .. } => EvidenceKind::Ownership,
            Self::Credential { .. } => EvidenceKind::Credential,
            Self::Learning { .. } => EvidenceKind::Learning,
            Self::Recognition { .. } => EvidenceKind::Recognition,
        }
    }

    /// Whether it came out well enough to count: a project met its deadline or goal, work was
    /// accepted, somebody taught now does it unaided, an area is held as responsible or accountable.
    /// `None` where nobody said.
    pub fn came_off(&self) -> Option<bool> {
        Some(match self {
            Self::Attempts { attempts, clean, .. } => attempts == clean && *clean > 0,
            Self::Accomplishment { accepted, .. } => return *accepted,
            Self::Project { met, .. } => return *met,
            Self::Teaching { learners } => learners.iter().any(|l| l.unaided),
            Self::Ownership { role, .. } => {
                matches!((*role)?, Rasci::Responsible | Rasci::Accountable)
            }
            Self::Communication { .. }
            | Self::Incident { .. }
            | Self::Credential { .. }
            | Self::Learning { .. }
            | Self::Recognition { .. } => true,
        })
    }

    /// The same, with what was said in a word of whether it came off: accepted or done again, met or missed.
    /// Of other kinds that is no question.
    #[must_use]
    pub fn with_outcome(mut self, came_off: Option<bool>) -> Self {
        match &mut self {
            Self::Accomplishment { accepted: said, .. } | Self::Project { met: said, .. } => *said = came_off,
            _ => {}
        }
        self
    }
}

/// A rung of a competency of a family.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Family.
    pub family: FamilyId,
    /// Competency.
    pub competency: CompetencyId,
    /// Rung.
    pub rung: RungId,
}

/// This evidence supports, or contradicts, that rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Which evidence.
    pub evidence: EntryId,
    /// What it bears on.
    pub about: ClaimAbout,
    /// Supports or contradicts.
    #[serde(default)]
    pub stance: Stance,
}

/// What a claim bears on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimAbout {
    /// A rung of a competency.
    Step(Step),
    /// A credential the framework lists.
    Credential {
        /// Family.
        family: FamilyId,
        /// Which of its credentials.
        credential: CredentialId,
    },
}

/// Which way evidence points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It shows the rung.
    #[default]
    Supports,
    /// It shows the opposite.
    Contradicts,
}

/// Someone else says: yes, so it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Of what.
    pub of: Confirmed,
    /// Who says so.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// In their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// How it reached the journal.
    #[serde(default)]
    pub arrival: Arrival,
    /// The feedback it came with: what its giver was told binds it, whatever becomes of that entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<EntryId>,
}

/// What a confirmation confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmed {
    /// One piece of evidence.
    Evidence(EntryId),
    /// A rung as such: "they follow the guide", "I would let them do it unsupervised".
    Step(Step),
}

/// A mapping between a step of one family and a step of another, confirmed by the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Evidence for this step…
    pub from: Step,
    /// …is read as evidence for this one.
    pub to: Step,
    /// How well the two match, 0 to 1: what the mapped evidence's weight is multiplied by.
    pub confidence: f64,
}

/// Competencies of two families that the person says are not the same: they are not proposed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkRejected {
    /// The one.
    pub from: OfFamily,
    /// The other.
    pub to: OfFamily,
}

/// A competency of a family.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfFamily {
    /// The family.
    pub family: FamilyId,
    /// The competency.
    pub competency: CompetencyId,
}

#[cfg(test)]
mod tests;

//! What a rung asks for before it counts as proven.
//!
//! There are six kinds, because what can be shown differs: a task done forty times a week can be
//! counted, a ward led through a crisis can only be judged. Whoever works alone can meet each of
//! them on their own record with an artefact; a named confirmation is a second grade, never a gate.

use serde::{Deserialize, Serialize};

use super::Frequency;
use crate::id::CredentialId;

/// The typed criterion of a rung.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Criterion {
    /// Correct and unaided, again and again: decided by an anytime-valid test over logged attempts.
    Accuracy {
        /// The share to show, 0.5 to 0.999; absent: chosen by how often the thing is done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<f64>,
        /// Distinct days the attempts must fall on; absent: the policy's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// So many examples of a kind.
    Count {
        /// Which kinds of evidence count; empty: any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<EvidenceKind>,
        /// How many.
        at_least: u32,
        /// They must be the latest ones, without one that failed between.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        in_a_row: bool,
        /// Others must have worked under the person.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        leading_others: bool,
        /// Who would best confirm it: "who received it".
        #[serde(default, skip_serializing_if = "String::is_empty")]
        confirmed_by: String,
    },
    /// Someone saw it.
    Attested {
        /// Which kinds of evidence count; empty: any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<EvidenceKind>,
        /// Who would best confirm it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        confirmed_by: String,
    },
    /// A credential is held and has not lapsed.
    Held {
        /// Which of the framework's credentials; absent: any that is claimed for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credential: Option<CredentialId>,
    },
    /// The area is assigned to the person (responsible or accountable in RASCI, or an OKR).
    Owned {
        /// Who would best confirm it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        confirmed_by: String,
    },
    /// "Would you let them do it unsupervised?"
    Judged {
        /// How many people must say so for the confirmed grade.
        #[serde(default = "one")]
        at_least: u32,
        /// Who would best judge it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        confirmed_by: String,
    },
}

fn one() -> u32 {
    1
}

/// Sorts of evidence, as a criterion names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A session of attempts at a checkable step.
    Attempts,
    /// Something done and finished.
    Accomplishment,
    /// Several tasks with a deadline or goal.
    Project,
    /// Others taught.
    Teaching,
    /// An article, a talk, a report.
    Communication,
    /// Something went wrong and was dealt with.
    Incident,
    /// An area owned.
    Ownership,
    /// A credential.
    Credential,
    /// A course, a book, a workshop.
    Learning,
    /// Others said what it was worth.
    Recognition,
}

impl Criterion {
    /// The criterion as it applies to something done this often: an accuracy rung without a stated
    /// target takes the one that fits; what is too rare to count takes the last five; what cannot be
    /// counted is judged. Every other criterion stays as it is.
    #[must_use]
    pub fn fitted(&self, frequency: Frequency) -> Self {
        let Self::Accuracy { target: None, days } = self else {
            return self.clone();
        };
        let at = |target| Self::Accuracy {
            target: Some(target),
            days: *days,
        };
        match frequency {
            Frequency::ManyADay => at(0.99),
            Frequency::Daily => at(0.95),
            Frequency::Weekly => at(0.90),
            Frequency::Rarer => Self::Count {
                of: vec![
                    EvidenceKind::Accomplishment,
                    EvidenceKind::Project,
                    EvidenceKind::Attempts,
                ],
                at_least: 5,
                in_a_row: true,
                leading_others: false,
                confirmed_by: "whoever received the work".into(),
            },
            Frequency::NotCountable => Self::Judged {
                at_least: 1,
                confirmed_by: "someone who has seen you do it".into(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_accuracy_criterion_is_fitted() {
        let open = Criterion::Accuracy {
            target: None,
            days: None,
        };
        assert_eq!(
            open.fitted(Frequency::Weekly),
            Criterion::Accuracy {
                target: Some(0.90),
                days: None
            }
        );
        assert!(matches!(
            open.fitted(Frequency::Rarer),
            Criterion::Count {
                at_least: 5,
                in_a_row: true,
                ..
            }
        ));
        assert!(matches!(
            open.fitted(Frequency::NotCountable),
            Criterion::Judged { .. }
        ));

        let agreed = Criterion::Accuracy {
            target: Some(0.95),
            days: Some(3),
        };
        assert_eq!(agreed.fitted(Frequency::Rarer), agreed);
    }
}

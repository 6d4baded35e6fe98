//! The ladder: ordered rungs, each with its criterion.

use serde::{Deserialize, Serialize};

use super::{Criterion, EvidenceKind};
use crate::id::RungId;

/// Ordered rungs, lowest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// All rungs, those switched off included.
    pub rungs: Vec<Rung>,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Stable within the family.
    pub id: RungId,
    /// One word for the head of a column: "Reliable".
    pub name: String,
    /// The step as a heading: "Reliable, unaided".
    pub title: String,
    /// The step as a sentence about the person: "Does it without help…".
    pub statement: String,
    /// What it asks for.
    pub criterion: Criterion,
    /// Lower rungs that are obvious once this one is proven.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub makes_obvious: Vec<RungId>,
    /// Switched off: kept in the document, not asked of anyone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
}

impl Ladder {
    /// The rungs in use, lowest first.
    pub fn active(&self) -> impl Iterator<Item = &Rung> {
        self.rungs.iter().filter(|r| !r.off)
    }
}

impl Default for Ladder {
    fn default() -> Self {
        nine_steps()
    }
}

/// The built-in journey of nine steps; the ninth, public recognition, is off unless asked for.
///
/// The order and the substance of the steps follow a content marketer's published list of what
/// "skill mastery" means; wording and criteria are Metier's.
pub fn nine_steps() -> Ladder {
    use EvidenceKind::{Communication, Incident, Project, Recognition, Teaching};

    let count = |of: &[EvidenceKind], at_least, leading_others, by: &str| Criterion::Count {
        of: of.to_vec(),
        at_least,
        in_a_row: false,
        leading_others,
        confirmed_by: by.into(),
    };
    let attested = |of: &[EvidenceKind], by: &str| Criterion::Attested {
        of: of.to_vec(),
        confirmed_by: by.into(),
    };

    let steps: [(&str, &str, &str, &str, Criterion, &[&str]); 9] = [
        (
            "follows",
            "Follows",
            "Follows the guide",
            "Can do it with the written guide at hand.",
            attested(&[], "someone who saw you follow it"),
            &[],
        ),
        (
            "reliable",
            "Reliable",
            "Reliable, unaided",
            "Does it without help, correctly, again and again.",
            Criterion::Accuracy {
                target: None,
                days: None,
            },
            &["follows"],
        ),
        (
            "delivers",
            "Delivers",
            "Delivers to a deadline",
            "Runs several of these in a project to a deadline or goal.",
            count(&[Project], 2, false, "whoever set the deadline or goal"),
            &["follows"],
        ),
        (
            "teaches",
            "Teaches",
            "Teaches it",
            "Someone they taught now does it unaided.",
            attested(&[Teaching], "the person you taught"),
            &["follows"],
        ),
        (
            "leads",
            "Leads",
            "Leads bigger versions",
            "Runs larger or more complex versions with others helping.",
            count(&[Project], 1, true, "someone who worked on it with you"),
            &["follows", "delivers"],
        ),
        (
            "communicates",
            "Communicates",
            "Communicates it",
            "Tells others the context, progress, results and impact so that they can act on it.",
            count(&[Communication], 2, false, "someone it was meant for"),
            &["follows"],
        ),
        (
            "troubleshoots",
            "Troubleshoots",
            "Troubleshoots it",
            "Finds out what went wrong and knows whom to ask.",
            count(&[Incident], 2, false, "someone who was affected or helped"),
            &["follows"],
        ),
        (
            "owns",
            "Owns",
            "Owns the area",
            "Answers for the area: named in the RASCI chart or the objectives.",
            Criterion::Owned {
                confirmed_by: "whoever assigned it".into(),
            },
            &["follows"],
        ),
        (
            "recognised",
            "Recognised",
            "Recognised in public",
            "People outside say so in public. Apart from competence, and optional.",
            count(&[Recognition], 1, false, "whoever gave the recognition"),
            &[],
        ),
    ];

    let rungs = steps
        .into_iter()
        .map(|(id, name, title, statement, criterion, makes_obvious)| Rung {
            id: built_in(id),
            name: name.into(),
            title: title.into(),
            statement: statement.into(),
            criterion,
            makes_obvious: makes_obvious.iter().map(|lower| built_in(lower)).collect(),
            off: id == "recognised",
        })
        .collect();
    Ladder { rungs }
}

/// Ids written in this file are slugs; the test below walks them all.
#[allow(clippy::expect_used)]
fn built_in(id: &str) -> RungId {
    RungId::new(id).expect("the built-in ladder's ids are slugs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_steps_with_the_ninth_off() {
        let ladder = nine_steps();
        assert_eq!(ladder.rungs.len(), 9);
        assert_eq!(ladder.active().count(), 8);
        assert_eq!(ladder.rungs[8].id.as_str(), "recognised");
        assert!(ladder.rungs[8].off);
    }
}

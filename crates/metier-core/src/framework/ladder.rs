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

    let mut rungs = vec![
        step(
            [
                "follows",
                "Follows",
                "Follows the guide",
                "Can do it with the written guide at hand.",
            ],
            attested(&[], "someone who saw you follow it"),
        ),
        step(
            [
                "reliable",
                "Reliable",
                "Reliable, unaided",
                "Does it without help, correctly, again and again.",
            ],
            Criterion::Accuracy {
                target: None,
                days: None,
            },
        ),
        step(
            [
                "delivers",
                "Delivers",
                "Delivers to a deadline",
                "Runs several of these in a project to a deadline or goal.",
            ],
            count(&[Project], 2, "whoever set the deadline or goal"),
        ),
        step(
            [
                "teaches",
                "Teaches",
                "Teaches it",
                "Someone they taught now does it unaided.",
            ],
            attested(&[Teaching], "the person you taught"),
        ),
        step(
            [
                "leads",
                "Leads",
                "Leads bigger versions",
                "Runs larger or more complex versions with others helping.",
            ],
            leading(count(&[Project], 1, "someone who worked on it with you")),
        ),
        step(
            [
                "communicates",
                "Communicates",
                "Communicates it",
                "Tells others the context, progress, results and impact so that they can act on it.",
            ],
            count(&[Communication], 2, "someone it was meant for"),
        ),
        step(
            [
                "troubleshoots",
                "Troubleshoots",
                "Troubleshoots it",
                "Finds out what went wrong and knows whom to ask.",
            ],
            count(&[Incident], 2, "someone who was affected or helped"),
        ),
        step(
            [
                "owns",
                "Owns",
                "Owns the area",
                "Answers for the area: named in the RASCI chart or the objectives.",
            ],
            Criterion::Owned {
                confirmed_by: "whoever assigned it".into(),
            },
        ),
        step(
            [
                "recognised",
                "Recognised",
                "Recognised in public",
                "People outside say so in public. Apart from competence, and optional.",
            ],
            count(&[Recognition], 1, "whoever gave the recognition"),
        ),
    ];
    for rung in &mut rungs[1..8] {
        rung.makes_obvious.push(built_in("follows"));
    }
    rungs[4].makes_obvious.push(built_in("delivers"));
    rungs[8].off = true;
    Ladder { rungs }
}

fn step([id, name, title, statement]: [&str; 4], criterion: Criterion) -> Rung {
    Rung {
        id: built_in(id),
        name: name.into(),
        title: title.into(),
        statement: statement.into(),
        criterion,
        makes_obvious: Vec::new(),
        off: false,
    }
}

fn count(of: &[EvidenceKind], at_least: u32, by: &str) -> Criterion {
    Criterion::Count {
        of: of.to_vec(),
        at_least,
        in_a_row: false,
        leading_others: false,
        confirmed_by: by.into(),
    }
}

fn leading(mut criterion: Criterion) -> Criterion {
    if let Criterion::Count { leading_others, .. } = &mut criterion {
        *leading_others = true;
    }
    criterion
}

fn attested(of: &[EvidenceKind], by: &str) -> Criterion {
    Criterion::Attested {
        of: of.to_vec(),
        confirmed_by: by.into(),
    }
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

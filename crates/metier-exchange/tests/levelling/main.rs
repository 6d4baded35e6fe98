//! Levelling documents: every shape, every oddity of the files, and the published ones.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod odd;
mod published;
mod shapes;

use metier_core::framework::{Framework, check};
use metier_exchange::levelling::{Choices, Levelling, Note, read};

/// Reads a table that must be understood.
fn levelling(name: &str, text: &str) -> Levelling {
    read(name, text.as_bytes(), &Choices::default()).unwrap_or_else(|p| panic!("{p}"))
}

/// The framework of a role, which must be sound.
fn framework(levelling: &Levelling, names: &[&str]) -> Framework {
    let framework = levelling
        .framework(names, &Choices::default())
        .unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(check(&framework), []);
    framework
}

/// What each level asks: level, skill, step.
fn asks(framework: &Framework) -> Vec<(String, String, String)> {
    framework
        .levels
        .iter()
        .flat_map(|l| {
            l.expectations.iter().map(|e| {
                (
                    l.name.clone(),
                    framework.competency(&e.competency).unwrap().name.clone(),
                    framework.rung(&e.rung).unwrap().1.name.clone(),
                )
            })
        })
        .collect()
}

/// What the framework says of a skill at a step.
fn says<'f>(framework: &'f Framework, skill: &str, step: &str) -> &'f str {
    let competency = framework.competencies.iter().find(|c| c.name == skill).unwrap();
    let rung = framework.ladder.rungs.iter().find(|r| r.name == step).unwrap();
    competency.wording.get(&rung.id).map_or("", |w| &w.text)
}

fn notes(levelling: &Levelling) -> String {
    levelling
        .notes
        .iter()
        .map(Note::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

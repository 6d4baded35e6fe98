//! What sort of thing a skill is, guessed from its words: for a person to correct.

use metier_core::framework::{Grain, Kind};

use super::scale::tidy;

/// Beginnings of words that speak of a standing responsibility.
const AREA: [&str; 19] = [
    "strateg",
    "governance",
    "govern",
    "ownership",
    "accountab",
    "culture",
    "vision",
    "portfolio",
    "policy",
    "policies",
    "organisation",
    "organization",
    "community",
    "communities",
    "wellbeing",
    "leadership",
    "capability",
    "direction",
    "evangelism",
];

/// Beginnings of words that speak of many tasks towards a date or goal.
const PROJECT: [&str; 14] = [
    "project",
    "programme",
    "deliver",
    "roadmap",
    "planning",
    "release",
    "migration",
    "initiative",
    "transition",
    "campaign",
    "launch",
    "change",
    "milestone",
    "accomplishment",
];

/// Beginnings of words that speak of people.
const PEOPLE: [&str; 24] = [
    "communicat",
    "collaborat",
    "stakeholder",
    "relationship",
    "mentor",
    "coach",
    "facilitat",
    "negotiat",
    "influenc",
    "team",
    "people",
    "leadership",
    "leading",
    "recruit",
    "communit",
    "wellbeing",
    "teach",
    "present",
    "conflict",
    "empath",
    "feedback",
    "evangelism",
    "listening",
    "career",
];

/// Beginnings of words that speak of knowing.
const KNOWING: [&str; 5] = ["knowledge", "understanding", "awareness", "literacy", "domain"];

/// How often words with these beginnings stand in a text.
fn count(text: &str, beginnings: &[&str]) -> usize {
    tidy(text)
        .split(' ')
        .filter(|word| beginnings.iter().any(|b| word.starts_with(b)))
        .count()
}

/// How large the thing is: what its name says counts most.
pub(super) fn grain(name: &str, description: &str) -> Grain {
    let weigh = |words: &[&str]| 3 * count(name, words) + count(description, words).min(2);
    let (area, project) = (weigh(&AREA), weigh(&PROJECT));
    if area < 2 && project < 2 {
        Grain::Task
    } else if area > project {
        Grain::Area
    } else {
        Grain::Project
    }
}

/// A grain somebody wrote down.
pub(super) fn said(text: &str) -> Option<Grain> {
    match text.trim().to_lowercase().as_str() {
        "task" | "tasks" => Some(Grain::Task),
        "project" | "projects" => Some(Grain::Project),
        "area" | "areas" | "area of responsibility" => Some(Grain::Area),
        _ => None,
    }
}

/// What sort of ability it is.
pub(super) fn kind(name: &str, description: &str) -> Kind {
    let weigh = |words: &[&str]| 3 * count(name, words) + count(description, words).min(2);
    let (people, knowing) = (weigh(&PEOPLE), weigh(&KNOWING));
    if people >= 2 && people >= knowing {
        Kind::Interpersonal
    } else if knowing >= 3 {
        Kind::Knowledge
    } else {
        Kind::Technical
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_name_decide_how_large_a_thing_is() {
        for (name, expected) in [
            ("Data modelling", Grain::Task),
            ("Managing a data project", Grain::Project),
            ("Data governance", Grain::Area),
            ("Programming and build", Grain::Task),
            ("Strategy", Grain::Area),
        ] {
            assert_eq!(grain(name, ""), expected, "{name}");
        }
        assert_eq!(said(" Area "), Some(Grain::Area));
        assert_eq!(said("large"), None);
    }

    #[test]
    fn people_and_knowing_show_in_the_words() {
        assert_eq!(kind("Communicating data", ""), Kind::Interpersonal);
        assert_eq!(kind("Domain expertise", ""), Kind::Knowledge);
        assert_eq!(kind("Data modelling", "Making models."), Kind::Technical);
    }
}

//! From an occupation of the catalogue to a framework draft, in one step.
//!
//! The draft is a place to start, and says so: the grouping is the classification's, the sentences are
//! its tasks. It is kept to what a person can look over, some tens of competencies; its note counts
//! what was left out.

mod competencies;
mod esco;
mod grouping;
mod levels;
mod nearest;
mod note;
mod technology;
mod wording;

use super::{Catalogue, Occupation, Task, full_code};
use crate::framework::{FORMAT, Framework, nine_steps};
use crate::id::{FamilyId, slug_of};

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The occupation exists, but nothing is known of what is done in it.
    #[error(
        "{code} {title} has no tasks and no skills in the catalogue, so there is nothing to draft from; nearest with \
         some: {}",
        listed(nearest)
    )]
    NoTasks {
        /// Code asked for.
        code: String,
        /// Title of the occupation.
        title: String,
        /// Code and title of the nearest occupations that have tasks, nearest first.
        nearest: Vec<(String, String)>,
    },
    /// No occupation has this code.
    #[error("the catalogue has no occupation {code}; nearest: {}", listed(nearest))]
    Unknown {
        /// Code asked for, cut to a readable length.
        code: String,
        /// Code and title of the nearest occupations that have tasks, nearest first.
        nearest: Vec<(String, String)>,
    },
}

fn listed(nearest: &[(String, String)]) -> String {
    if nearest.is_empty() {
        return "none".into();
    }
    let each: Vec<String> = nearest
        .iter()
        .map(|(code, title)| format!("{code} {title}"))
        .collect();
    each.join("; ")
}

/// A draft of the occupation with this code.
pub(super) fn draft(catalogue: &Catalogue, code: &str) -> Result<Framework, DraftError> {
    let Some(occupation) = catalogue.occupation(code) else {
        if let Some(esco) = &catalogue.esco
            && let Some(occupation) = esco.occupation(code)
        {
            return esco::draft(catalogue, esco, occupation);
        }
        return Err(DraftError::Unknown {
            nearest: nearest::to_code(catalogue, &full_code(code)),
            code: code.trim().chars().take(60).collect(),
        });
    };
    let groups = grouping::groups(catalogue, occupation);
    // Codes are slugs but for their stop and hyphen, so the second refusal below cannot come of real data.
    let family = slug_of(&format!("onet {}", occupation.code)).and_then(|slug| FamilyId::new(slug).ok());
    let (false, Some(family)) = (groups.is_empty(), family) else {
        return Err(DraftError::NoTasks {
            code: occupation.code.clone(),
            title: occupation.title.clone(),
            nearest: nearest::to_occupation(catalogue, occupation),
        });
    };

    let content = competencies::content(catalogue, occupation, &groups);
    Ok(Framework {
        metier_framework: FORMAT,
        family,
        version: "1".into(),
        title: occupation.title.clone(),
        practitioner: wording::practitioner(&occupation.title),
        summary: occupation.description.clone(),
        needs: Vec::new(),
        note: note::note(catalogue, occupation, &content),
        credits: note::credits(catalogue),
        levels: levels::levels(occupation.job_zone, &content.expected),
        practices: content.practices,
        competencies: content.competencies,
        credentials: Vec::new(),
        ladder: nine_steps(),
        activities: Vec::new(),
        source: None,
        kept: Vec::new(),
    })
}

/// How much a task says about the occupation, 0 to 1: core tasks count double, and each by the share of
/// people who answered about it. How often and how important a task is, the release may not tell.
fn task_weight(occupation: &Occupation, task: &Task) -> f64 {
    let most = occupation
        .tasks
        .iter()
        .filter_map(|t| t.incumbents)
        .max()
        .unwrap_or(0);
    let share = match task.incumbents {
        Some(answered) if most > 0 => f64::from(answered) / f64::from(most),
        _ => 1.0,
    };
    let core = match task.core {
        Some(true) => 1.0,
        None => 0.75,
        Some(false) => 0.5,
    };
    core * (0.5 + 0.5 * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::example::bakery;
    use crate::framework::{Kind, ProvenanceKind, check};

    #[test]
    fn a_draft_can_be_published_as_it_is() {
        let draft = bakery().draft("51-3011").expect("bakers have tasks");
        assert_eq!(check(&draft), []);
        assert_eq!(draft.title, "Bakers");
        assert_eq!(draft.practitioner, "Baker");
        assert_eq!(draft.family.as_str(), "onet-51-3011-00");
        let json = serde_json::to_value(&draft).expect("a framework is JSON");
        assert!(
            json["practices"]
                .as_array()
                .is_some_and(|p| (8..=10).contains(&p.len())),
            "{json:#}"
        );
    }

    #[test]
    fn every_competency_says_where_it_comes_from() {
        let draft = bakery().draft("51-3011").expect("bakers have tasks");
        for competency in &draft.competencies {
            let source = &competency.provenance[0];
            assert_eq!(source.kind, ProvenanceKind::Onet);
            assert!(source.reference.starts_with("51-3011.00"), "{}", source.reference);
        }
        assert!(!draft.unchecked_by_profession());
        assert!(
            draft.credits[0].contains("Example release"),
            "{:?}",
            draft.credits
        );
    }

    #[test]
    fn skills_knowledge_and_technology_join_the_tasks() {
        let draft = bakery().draft("51-3011").expect("bakers have tasks");
        let named = |name: &str| draft.competencies.iter().find(|c| c.name == name);
        assert_eq!(named("Food production").map(|c| c.kind), Some(Kind::Knowledge));
        assert_eq!(
            named("Active listening").map(|c| c.kind),
            Some(Kind::Interpersonal)
        );
        assert!(named("Rowing").is_none(), "unimportant: left out");
        assert!(
            draft
                .competencies
                .iter()
                .any(|c| c.looks_like.contains("OvenMaster")),
            "technology is named"
        );
    }

    #[test]
    fn few_work_activities_give_few_practices_and_the_note_says_so() {
        let draft = bakery().draft("51-3092").expect("it has tasks");
        assert_eq!(check(&draft), []);
        assert!(draft.practices.len() < 8);
        assert!(draft.note.contains("only 2 work activities"), "{}", draft.note);
    }

    #[test]
    fn an_occupation_without_tasks_is_refused_with_one_that_has() {
        let error = bakery().draft("51-3099").expect_err("no tasks");
        let DraftError::NoTasks { title, nearest, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(title, "Food Processing Workers, All Other");
        assert!(bakery().draft(&nearest[0].0).is_ok());
        assert!(error.to_string().contains(&nearest[0].1), "{error}");
    }

    #[test]
    fn an_unknown_code_is_answered_with_near_ones() {
        let error = bakery().draft("51-3012.00").expect_err("unknown");
        let DraftError::Unknown { nearest, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(nearest[0].0, "51-3011.00");
    }

    #[test]
    fn a_draft_is_the_same_every_time() {
        assert_eq!(bakery().draft("51-3011").ok(), bakery().draft("51-3011").ok());
    }
}

//! Career levels of a draft, from the weight of the tasks and the preparation the occupation asks for.

use super::competencies::Expected;
use crate::framework::{Expectation, Level, Weight};
use crate::id::{CompetencyId, LevelId, RungId};

/// Job zone from which work comes in projects: considerable preparation.
const PROJECTS_FROM: u8 = 4;

/// Three levels: newly started, practitioner, senior. `job_zone`: how much preparation it asks for, where that
/// is known.
pub(super) fn levels(job_zone: Option<u8>, expected: &[(CompetencyId, Expected)]) -> Vec<Level> {
    let in_projects = job_zone.is_some_and(|zone| zone >= PROJECTS_FROM);
    let preparation = job_zone.and_then(preparation);
    let with_years = |said: &str| preparation.map(|years| format!("{said} {years}; context, never a gate"));
    [
        (
            "newly-started",
            "Newly started",
            "Does the core work with the guide at hand, and asks.",
            with_years("preparation is usually"),
            newly_started as Asks,
        ),
        (
            "practitioner",
            "Practitioner",
            "Does the core work reliably and unaided, and most of the rest.",
            with_years("after preparation of usually"),
            practitioner,
        ),
        (
            "senior",
            "Senior",
            "Is trusted with the weightiest work, runs it to a goal, and teaches it.",
            None,
            senior,
        ),
    ]
    .into_iter()
    .filter_map(|(id, name, summary, years, asks)| {
        Some(Level {
            id: LevelId::new(id).ok()?,
            name: name.into(),
            summary: summary.into(),
            indicative_years: years.unwrap_or_default(),
            expectations: expected
                .iter()
                .filter_map(|(competency, expected)| {
                    let (rung, weight) = asks(*expected, in_projects);
                    Some(Expectation {
                        competency: competency.clone(),
                        rung: RungId::new(rung).ok()?,
                        weight,
                    })
                })
                .collect(),
        })
    })
    .collect()
}

/// How long preparing for a job zone usually takes.
fn preparation(zone: u8) -> Option<&'static str> {
    match zone {
        1 => Some("a few days to three months"),
        2 => Some("three months to a year"),
        3 => Some("one to two years"),
        4 => Some("two to four years"),
        5 => Some("more than four years"),
        _ => None,
    }
}

/// What a level asks of a competency: a rung and whether it must be met. `in_projects`: the work of this
/// occupation comes in projects.
type Asks = fn(expected: Expected, in_projects: bool) -> (&'static str, Weight);

fn newly_started(expected: Expected, _in_projects: bool) -> (&'static str, Weight) {
    match expected {
        Expected::Core { .. } => ("follows", Weight::Required),
        Expected::Supplemental => ("follows", Weight::NotApplicable),
        Expected::Rated(importance) => ("follows", weighted(importance)),
        Expected::Technology => ("follows", Weight::Weighted(1)),
    }
}

fn practitioner(expected: Expected, in_projects: bool) -> (&'static str, Weight) {
    match expected {
        Expected::Core { heavy: true } if in_projects => ("delivers", Weight::Required),
        Expected::Core { .. } => ("reliable", Weight::Required),
        Expected::Supplemental => ("follows", Weight::Weighted(2)),
        Expected::Rated(importance) => ("reliable", weighted(importance)),
        Expected::Technology => ("reliable", Weight::Weighted(2)),
    }
}

fn senior(expected: Expected, in_projects: bool) -> (&'static str, Weight) {
    match expected {
        Expected::Core { heavy: true } => ("teaches", Weight::Required),
        Expected::Core { heavy: false } if in_projects => ("delivers", Weight::Required),
        Expected::Core { heavy: false } => ("reliable", Weight::Required),
        Expected::Rated(importance) if importance >= 4.0 => ("teaches", weighted(importance)),
        Expected::Rated(importance) => ("reliable", weighted(importance)),
        Expected::Supplemental | Expected::Technology => ("reliable", Weight::Weighted(3)),
    }
}

/// An importance of 1 to 5 as a weight of 1 to 5.
fn weighted(importance: f64) -> Weight {
    let weight = [1.5, 2.5, 3.5, 4.5]
        .iter()
        .filter(|step| importance >= **step)
        .count();
    Weight::Weighted(u8::try_from(weight + 1).unwrap_or(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_rises_from_level_to_level() {
        let ladder = crate::framework::nine_steps();
        let place = |rung: &str| ladder.rungs.iter().position(|r| r.id.as_str() == rung);
        for expected in [
            Expected::Core { heavy: true },
            Expected::Core { heavy: false },
            Expected::Supplemental,
            Expected::Rated(4.2),
            Expected::Technology,
        ] {
            for in_projects in [false, true] {
                let rungs: Vec<_> = [newly_started, practitioner, senior]
                    .iter()
                    .map(|asks| place(asks(expected, in_projects).0))
                    .collect();
                assert!(rungs.is_sorted() && rungs[0].is_some(), "{expected:?} {rungs:?}");
            }
        }
    }

    #[test]
    fn importance_is_a_weight() {
        assert_eq!(weighted(1.0), Weight::Weighted(1));
        assert_eq!(weighted(3.5), Weight::Weighted(4));
        assert_eq!(weighted(5.0), Weight::Weighted(5));
    }
}

//! Published ladders, read whole: found through `METIER_DATA`; without it these tests say so and check
//! nothing.

use std::path::PathBuf;

use metier_core::framework::{Framework, check};
use metier_exchange::levelling::{Choices, Levelling, Note, read};

use crate::{framework, notes};

fn published(path: &str) -> Option<Levelling> {
    let data = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let file = data.join("ladders").join(path);
    let Ok(bytes) = std::fs::read(&file) else {
        eprintln!("METIER_DATA not found at {}: not run", data.display());
        return None;
    };
    Some(read(path, &bytes, &Choices::default()).unwrap_or_else(|p| panic!("{p}")))
}

#[test]
fn forty_eight_roles_with_their_levels_and_four_without() {
    let Some(read) = published("ddat-uk/roles.csv") else {
        return;
    };
    let usable: Vec<_> = read.parts.iter().filter(|p| p.usable(false)).collect();
    assert_eq!(usable.len(), 48);
    assert_eq!(usable.iter().map(|p| p.levels.len()).sum::<usize>(), 201);
    let without = read.notes.iter().find_map(|n| match n {
        Note::RolesWithoutLevels { roles, reads } => Some((roles.clone(), reads.as_str())),
        _ => None,
    });
    let (roles, reads) = without.unwrap();
    assert_eq!(
        (roles, reads),
        (
            [
                "Chief data officer",
                "Chief digital and information officer",
                "Chief information security officer",
                "Chief technology officer"
            ]
            .map(str::to_owned)
            .to_vec(),
            "NOT IN USE"
        )
    );
    let repeated = read.notes.iter().find_map(|n| match n {
        Note::Repeated { rows } => Some(rows.len()),
        _ => None,
    });
    assert_eq!(repeated, Some(16));
    let silent = read.notes.iter().find_map(|n| match n {
        Note::SkillsWithoutText { skills } => Some(skills.len()),
        _ => None,
    });
    assert_eq!(silent, Some(22));
    assert!(
        !read.notes.iter().any(|n| matches!(n, Note::Conflict { .. })),
        "{}",
        notes(&read)
    );
}

#[test]
fn every_role_becomes_a_sound_framework_that_asks_for_something_at_every_level() {
    let Some(read) = published("ddat-uk/roles.csv") else {
        return;
    };
    let mut families = std::collections::HashSet::new();
    for part in read.parts.iter().filter(|p| p.usable(false)) {
        let f: Framework = framework(&read, &[&part.name]);
        assert!(families.insert(f.family.clone()), "{}", f.family);
        assert_eq!(f.levels.len(), part.levels.len());
        for level in &f.levels {
            assert!(!level.expectations.is_empty(), "{} {}", f.title, level.name);
            for e in &level.expectations {
                let competency = f.competency(&e.competency).unwrap();
                assert!(
                    competency.wording.contains_key(&e.rung),
                    "{} {}",
                    level.name,
                    competency.name
                );
            }
        }
        let rungs: Vec<&str> = f.ladder.rungs.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(rungs, ["Awareness", "Working", "Practitioner", "Expert"]);
    }
    let order = |name: &str| -> Vec<String> {
        read.part(name)
            .unwrap()
            .levels
            .iter()
            .map(|l| l.name.clone())
            .collect()
    };
    assert_eq!(
        order("Service desk manager"),
        [
            "Service desk analyst",
            "Senior service desk analyst",
            "Service desk manager",
            "Head of service desk"
        ]
    );
    let designer = framework(&read, &["Service designer"]);
    let junior = designer.levels[0].expectations[0].competency.clone();
    let said = designer.competency(&junior).unwrap();
    assert_eq!(
        said.wording.len(),
        4,
        "what other roles say of the skill holds here too"
    );
}

#[test]
fn the_list_of_skills_by_itself_is_tracks() {
    let Some(read) = published("ddat-uk/skills.csv") else {
        return;
    };
    assert!(read.tracks);
    assert_eq!(read.parts.len(), 188);
    let silent = read.notes.iter().find_map(|n| match n {
        Note::SkillsWithoutText { skills } => Some(skills.len()),
        _ => None,
    });
    assert_eq!(silent, Some(22));
    assert!(
        framework(&read, &["Accessibility"])
            .kept
            .iter()
            .any(|k| k.name == "Roles that require Skill")
    );
}

#[test]
fn sixteen_tracks_of_five_milestones() {
    let Some(read) = published("snowflake/tracks.json") else {
        return;
    };
    assert!(read.tracks);
    assert_eq!(read.parts.len(), 16);
    for part in &read.parts {
        let f = framework(&read, &[&part.name]);
        assert_eq!(f.levels.len(), 5);
        assert!(f.levels.iter().all(|l| l.expectations.len() == 1));
        let wording = &f.competencies[0].wording;
        assert_eq!(wording.len(), 5);
        assert!(
            wording
                .values()
                .all(|w| w.signals.len() == 3 && w.examples.len() == 3)
        );
    }
    let names: Vec<&str> = read.parts.iter().map(|p| p.name.as_str()).collect();
    let all = framework(&read, &names);
    assert_eq!(all.practices.len(), 4);
    assert_eq!(check(&all), []);
    assert!(all.levels.iter().all(|l| l.expectations.len() == 16));
}

//! The starter frameworks that come with the program: read, written back, and reachable.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use metier_core::framework::{Framework, Level, Weight};
use metier_core::id::{CompetencyId, RungId};
use metier_exchange::framework_yaml::{read, write};

/// How many kinds of activity each starter uses at least, so that there is something for the person who
/// reads as for the one who does, for somebody alone as for a team.
const KINDS: usize = 10;

/// Every document of `packs/`, with its path.
fn starters() -> Vec<(PathBuf, Framework)> {
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(packs)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 6, "only {} starters in {packs}", paths.len());
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read(&path).unwrap();
            let framework = read(&text).unwrap_or_else(|p| panic!("{}: {}", path.display(), p[0]));
            (path, framework)
        })
        .collect()
}

/// The levels from the middle up: of four the third and the fourth.
fn upper(framework: &Framework) -> &[Level] {
    &framework.levels[framework.levels.len() / 2..]
}

#[test]
fn the_starters_read_and_round_trip() {
    for (path, framework) in starters() {
        let again = read(write(&framework).as_bytes());
        assert_eq!(again.as_ref(), Ok(&framework), "{}", path.display());
    }
}

/// A route closes a step by what shows that very step: nobody is led to reliable by teaching it.
#[test]
fn what_the_middle_and_the_top_level_ask_for_is_shown_by_some_activity() {
    let mut without = String::new();
    for (path, framework) in starters() {
        let shown: BTreeSet<(&CompetencyId, &RungId)> = framework
            .activities
            .iter()
            .flat_map(|a| &a.shows)
            .map(|s| (&s.competency, &s.rung))
            .collect();
        for level in upper(&framework) {
            for asked in &level.expectations {
                let (competency, rung) = (&asked.competency, &asked.rung);
                if asked.weight != Weight::NotApplicable && !shown.contains(&(competency, rung)) {
                    let file = path.file_name().unwrap().display();
                    writeln!(without, "{file}: {} asks for {competency}: {rung}", level.id).unwrap();
                }
            }
        }
    }
    assert!(without.is_empty(), "no activity shows it:\n{without}");
}

#[test]
fn activities_are_of_many_kinds_and_say_what_to_watch_for() {
    let mut everywhere = BTreeSet::new();
    for (path, framework) in starters() {
        let path = path.display();
        let kinds: BTreeSet<String> = framework
            .activities
            .iter()
            .map(|a| format!("{:?}", a.kind))
            .collect();
        assert!(kinds.len() >= KINDS, "{path}: {kinds:?}");
        everywhere.extend(kinds);
        for activity in &framework.activities {
            assert!(!activity.note.is_empty(), "{path}: {} has no note", activity.id);
            assert!(activity.hours.low > 0.0, "{path}: {} takes no time", activity.id);
            assert!(
                activity.hours.low < activity.hours.high,
                "{path}: {} is certain of its hours",
                activity.id
            );
        }
    }
    assert_eq!(everywhere.len(), 18, "every kind there is: {everywhere:?}");
}

#[test]
fn every_competency_is_asked_for_by_a_level_and_says_what_it_looks_like() {
    for (path, framework) in starters() {
        let path = path.display();
        let top = framework.levels.last().unwrap();
        let asked: BTreeSet<&CompetencyId> = top.expectations.iter().map(|e| &e.competency).collect();
        for competency in &framework.competencies {
            let id = &competency.id;
            assert!(asked.contains(id), "{path}: the top level says nothing of {id}");
            assert!(
                !competency.looks_like.is_empty(),
                "{path}: {id} looks like nothing"
            );
        }
    }
}

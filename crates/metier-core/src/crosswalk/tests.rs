use super::words::stem;
use super::*;
use crate::framework::{Criterion, Ladder, Rung, Wording, nine_steps};
use crate::id::RungId;

fn framework(names: &[(&str, &str)]) -> Framework {
    let competencies: Vec<serde_json::Value> = names
        .iter()
        .enumerate()
        .map(|(i, (name, looks_like))| {
            serde_json::json!({"id": format!("c{i}"), "practice": "p", "name": name, "looks_like": looks_like})
        })
        .collect();
    serde_json::from_value(serde_json::json!({
        "family": "f", "version": "1", "title": "F",
        "practices": [{"id": "p", "name": "P"}],
        "competencies": competencies,
    }))
    .unwrap()
}

fn ladder(names: &[&str]) -> Ladder {
    let rungs = names
        .iter()
        .map(|name| Rung {
            id: RungId::new(crate::id::slug_of(name).unwrap()).unwrap(),
            name: (*name).into(),
            title: (*name).into(),
            statement: String::new(),
            criterion: Criterion::Judged {
                at_least: 1,
                confirmed_by: String::new(),
            },
            makes_obvious: Vec::new(),
            off: false,
        })
        .collect();
    Ladder { rungs }
}

fn read_as(from: &Ladder, to: &Ladder) -> Vec<String> {
    let with = |ladder: &Ladder| Framework {
        ladder: ladder.clone(),
        ..framework(&[])
    };
    steps(&with(from), &with(to))
        .iter()
        .map(|(a, b)| format!("{a} {b}"))
        .collect()
}

#[test]
fn rare_words_in_common_make_a_pair_and_common_ones_do_not() {
    let from = framework(&[
        (
            "Publish an article",
            "Writes and edits articles that readers finish",
        ),
        ("Plan a campaign", "Sets goals, budget and dates for a campaign"),
        ("Weld a pipe", "Welds pipes"),
    ]);
    let to = framework(&[
        ("Campaign planning", "Planning campaigns with goals and budgets"),
        ("Editing", "Edits articles"),
        ("Juggling", "Juggles"),
    ]);
    let found: Vec<(String, String)> = propose(&from, &to, [], 1)
        .into_iter()
        .map(|p| (p.from.to_string(), p.to.to_string()))
        .collect();
    assert_eq!(
        found,
        [("c1".into(), "c0".into()), ("c0".into(), "c1".into())],
        "nothing for juggling"
    );
    let first = &propose(&from, &to, [], 1)[0];
    assert!(first.words.contains(&"campaign".to_owned()), "{first:?}");
    assert!((first.confidence - MOSTLY_SAME).abs() < 1e-9, "{first:?}");
}

#[test]
fn what_a_document_says_at_its_levels_counts_and_the_same_name_is_the_same() {
    let from = framework(&[("Triage", "Sorts patients by urgency"), ("Other", "Something")]);
    let mut to = framework(&[("Clinical priorities", ""), ("Triage.", "Different words")]);
    to.competencies[0].wording.insert(
        RungId::new("expert").unwrap(),
        Wording {
            text: "Sorts patients by urgency in a crowd".into(),
            ..Wording::default()
        },
    );
    let found = propose(&from, &to, [], 1);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|p| p.from.as_str() == "c0"));
    assert!((found[1].alike - 1.0).abs() < 1e-9);
    assert!((propose(&from, &from, [], 1)[0].confidence - SAME).abs() < 1e-9);
}

#[test]
fn words_that_everybody_uses_make_no_pair() {
    let many = |texts: &[(&str, &str)], more: usize| {
        let others: Vec<(String, String)> = (0..more)
            .map(|n| {
                (
                    format!("Thing{n}"),
                    format!("The team works on design{n} under part{n}, as a team, by design."),
                )
            })
            .collect();
        let mut all: Vec<(&str, &str)> = texts.to_vec();
        all.extend(others.iter().map(|(n, t)| (n.as_str(), t.as_str())));
        framework(&all)
    };
    let background = many(&[], 60);
    let from = framework(&[
        ("Design under load", "Designs with the team what works under load"),
        ("Interview a candidate", "Interviews against written criteria"),
        ("Brief the team", "Tells the team"),
    ]);
    let to = framework(&[
        ("Org design", "Designs teams that work under change"),
        ("Recruiting", "Interviews and hires"),
        ("Team", "Works in a team under a lead"),
    ]);
    let found: Vec<(String, String)> = propose(&from, &to, [&background], 3)
        .into_iter()
        .map(|p| (p.from.to_string(), p.to.to_string()))
        .collect();
    assert_eq!(
        found,
        [("c1".into(), "c1".into())],
        "interviewing; not “design”, “team” and “under”"
    );
}

#[test]
fn nothing_is_compared_with_nothing() {
    assert_eq!(propose(&framework(&[]), &framework(&[("A", "")]), [], 3), []);
    assert_eq!(
        propose(&framework(&[("", "")]), &framework(&[("", "of the")]), [], 3).len(),
        1,
        "the same empty name"
    );
}

#[test]
fn endings_do_not_matter() {
    for words in [
        ["design", "designs", "designing", "designed"],
        ["plan", "plans", "planning", "planned"],
        ["story", "stories", "story", "story"],
        ["manage", "manages", "managing", "managed"],
        ["class", "classes", "class", "class"],
    ] {
        let stems: BTreeSet<String> = words.iter().map(|w| stem(w)).collect();
        assert_eq!(stems.len(), 1, "{words:?} {stems:?}");
    }
}

#[test]
fn the_nine_steps_stand_beside_a_scale_a_ladder_of_levels_and_themselves() {
    let scale = ladder(&["Awareness", "Working", "Practitioner", "Expert"]);
    assert_eq!(
        read_as(&nine_steps(), &scale),
        [
            "follows awareness",
            "reliable working",
            "delivers working",
            "teaches practitioner",
            "leads practitioner",
            "communicates practitioner",
            "troubleshoots practitioner",
            "owns expert"
        ]
    );
    let milestones = ladder(&[
        "Milestone 1",
        "Milestone 2",
        "Milestone 3",
        "Milestone 4",
        "Milestone 5",
    ]);
    assert_eq!(
        read_as(&nine_steps(), &milestones),
        [
            "reliable milestone-1",
            "delivers milestone-2",
            "teaches milestone-3",
            "leads milestone-3",
            "communicates milestone-3",
            "troubleshoots milestone-3",
            "owns milestone-4"
        ]
    );
    assert_eq!(read_as(&nine_steps(), &nine_steps()).len(), 8);
    // Levels do not say that somebody taught or led; only that they did it with or without help.
    assert_eq!(
        read_as(&scale, &nine_steps()),
        ["working reliable", "practitioner reliable", "expert reliable"]
    );
}

#[test]
fn where_nothing_is_much_alike_the_nearest_is_proposed_and_no_more() {
    let others: Vec<(String, String)> = (0..20)
        .map(|n| {
            (
                format!("Skill{n}"),
                format!("Handles thing{n} beside part{n} under rule{n}."),
            )
        })
        .collect();
    let mut many: Vec<(&str, &str)> = others.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    many.push((
        "Bread",
        "Kneads, proves, shapes, bakes, cools and teaches apprentices.",
    ));
    let from = framework(&many);
    let to = framework(&[(
        "Guild",
        "Meets, votes, judges, signs, hosts and welcomes apprentices.",
    )]);
    let proposed = propose(&from, &to, [], 3);
    assert_eq!(proposed.len(), 1, "{proposed:?}");
    assert_eq!(proposed[0].from.as_str(), "c20");
    assert!(
        proposed[0].alike < PROPOSED && proposed[0].alike >= FAINT,
        "{proposed:?}"
    );
}

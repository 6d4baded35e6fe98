//! Targets that are no level: one's own definition of mastery, and what an exemplar does.

use jiff::Timestamp;
use metier_core::canonical::Digest;
use metier_core::journal::{Entry, view};
use metier_core::person::{Aim, OwnAim};
use metier_core::standing::{Standing, TargetVerdict};
use metier_core::target::{Target, TargetOf};
use serde_json::{Value, json};

use crate::{entry, evidence, framework, id, stand_to};

fn definition(shown_by: &[u128]) -> Value {
    json!({"fact": "mastery", "of": "definition", "family": "f", "statement": "S",
        "asks": [{"competency": "c", "rung": "owns"}, {"competency": "gone", "rung": "owns"}],
        "things": [{"id": "book", "what": "The book", "shown_by": shown_by.iter().map(|n| id(*n)).collect::<Vec<_>>()}]})
}

fn aim(own: OwnAim) -> Aim {
    Aim {
        family: "f".parse().unwrap(),
        version: Digest::ZERO,
        level: None,
        own: Some(own),
        by: None,
    }
}

fn stand(entries: &[Entry], aim: &Aim) -> (Option<Target>, Standing) {
    let target = Target::of_aim(aim, &framework(), &view(entries, Timestamp::MAX));
    let standing = stand_to(entries, target.as_ref());
    (target, standing)
}

#[test]
fn a_definition_asks_for_its_competencies_its_things_and_the_credentials() {
    let mut entries = vec![entry(1, None, definition(&[])), entry(2, None, evidence())];
    let aim = aim(OwnAim::Definition(id(1)));
    let (target, now) = stand(&entries, &aim);
    // What the framework does not have is not asked for.
    assert_eq!(target.unwrap().expectations.len(), 1);
    let there = now.target.unwrap();
    assert_eq!(there.verdict, TargetVerdict::NotYet);
    assert_eq!(there.required.of, 1);
    assert_eq!(there.credentials.len(), 1);
    assert!(!there.things[0].met());

    // The thing is there once the definition names evidence that stands…
    entries.push(entry(3, Some(1), definition(&[2])));
    let (_, now) = stand(&entries, &aim);
    let there = now.target.unwrap();
    assert!(there.things[0].met());
    assert_eq!(
        there.verdict,
        TargetVerdict::NotYet,
        "the competency and the credential are still missing"
    );
    // …and no longer once that is taken back.
    entries.push(entry(4, Some(2), json!({"fact": "withdrawal"})));
    let (_, now) = stand(&entries, &aim);
    assert!(!now.target.unwrap().things[0].met());
}

#[test]
fn a_thing_alone_keeps_the_answer_at_not_yet() {
    let only = |shown_by: &[u128]| {
        let mut said = definition(shown_by);
        said["asks"] = json!([]);
        said
    };
    let mut entries = vec![entry(1, None, only(&[])), entry(2, None, evidence())];
    let licence =
        json!({"fact": "evidence", "title": "Licence", "what": {"kind": "credential", "body": "The body"}});
    entries.push(entry(3, None, licence));
    let claim = json!({"fact": "claim", "evidence": id(3), "stance": "supports",
        "about": {"credential": {"family": "f", "credential": "licence"}}});
    entries.push(entry(4, None, claim));
    let aim = aim(OwnAim::Definition(id(1)));
    let verdict = |entries: &[Entry]| stand(entries, &aim).1.target.unwrap().verdict;
    assert_eq!(verdict(&entries), TargetVerdict::NotYet);
    entries.push(entry(5, Some(1), only(&[2])));
    assert_eq!(verdict(&entries), TargetVerdict::Yes);
}

#[test]
fn an_exemplar_asks_for_what_they_do_at_the_highest_step_it_was_seen() {
    let exemplar = json!({"fact": "mastery", "of": "exemplar", "family": "f", "name": "Rosa", "kind": "person",
    "fame": "Everywhere", "personality": "Loud",
    "accomplished": [
        {"what": "x", "behaviours": [
            {"what": "a", "competency": "c", "rung": "teaches"},
            {"what": "b", "competency": "c", "rung": "reliable"},
            {"what": "e", "competency": "d"},
            {"what": "g"}]},
    ]});
    let entries = vec![entry(1, None, exemplar)];
    let (target, now) = stand(&entries, &aim(OwnAim::Exemplar(id(1))));
    let target = target.unwrap();
    let asked: Vec<_> = target
        .expectations
        .iter()
        .map(|e| (e.competency.as_str(), e.rung.as_str()))
        .collect();
    // No level asks for the other one, so without a step it asks for nothing.
    assert_eq!(asked, [("c", "teaches")]);
    assert_eq!(target.name, "what Rosa does");
    assert_eq!(now.target.unwrap().credentials, []);
}

#[test]
fn where_no_step_was_said_it_is_what_the_highest_level_asks() {
    let exemplar = json!({"fact": "mastery", "of": "exemplar", "family": "f", "name": "Rosa", "kind": "person",
        "accomplished": [{"what": "x", "behaviours": [{"what": "a", "competency": "c"}]}]});
    let (target, _) = stand(&[entry(1, None, exemplar)], &aim(OwnAim::Exemplar(id(1))));
    assert_eq!(target.unwrap().expectations[0].rung.as_str(), "reliable");
}

#[test]
fn what_is_gone_is_no_target() {
    let entries = vec![
        entry(1, None, definition(&[])),
        entry(2, Some(1), json!({"fact": "withdrawal"})),
    ];
    let (target, now) = stand(&entries, &aim(OwnAim::Definition(id(1))));
    assert_eq!((target, now.target), (None, None));
}

#[test]
fn others_are_told_which_steps_an_own_target_asks_for_and_none_of_its_words() {
    let entries = vec![entry(1, None, definition(&[]))];
    let (target, _) = stand(&entries, &aim(OwnAim::Definition(id(1))));
    let target = target.unwrap();
    assert!(!target.things.is_empty());
    let told = target.for_others();
    assert_eq!((told.of.clone(), told.things.len()), (TargetOf::Own, 0));
    assert_eq!(told.expectations, target.expectations);
    assert_eq!(told.for_others(), told);
    let json = serde_json::to_string(&stand_to(&entries, Some(&told)).target).unwrap();
    assert!(
        !json.contains(&id(1).to_string()) && json.contains("an own target"),
        "{json}"
    );
    let level = Target::level(&framework(), &"m".parse().unwrap()).unwrap();
    assert_eq!(level.for_others(), level);
}

#[test]
fn the_gap_names_exactly_the_significant_things_that_are_missing() {
    let entries = vec![entry(1, None, definition(&[]))];
    let (target, now) = stand(&entries, &aim(OwnAim::Definition(id(1))));
    let open: Vec<_> = metier_core::gap::gap(&now)
        .things
        .iter()
        .map(|t| t.thing.clone())
        .collect();
    let asked: Vec<_> = target.unwrap().things.iter().map(|t| t.thing.clone()).collect();
    assert_eq!(open, asked);
}

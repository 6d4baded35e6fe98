//! What is said of mastery, as it stands.

use ChainEnd::{Have, InPlan, NotDistilled, NotInFramework, NotYet};
use jiff::Timestamp;
use jiff::civil::date;
use metier_core::journal::view;
use metier_core::mastery::{ChainEnd, CriteriaQuestion, Mastery, Weighs};
use metier_core::plan::Plan;
use serde_json::json;

use crate::{entry, entry_on, framework, id, proof, stand_to};

#[test]
fn a_chain_ends_in_have_in_the_plan_or_not_yet() {
    let behaviours = json!([
        {"what": "a", "competency": "c", "rung": "follows"}, {"what": "b", "competency": "c", "rung": "owns"},
        {"what": "e", "competency": "d"}, {"what": "g"}, {"what": "h", "competency": "gone"},
    ]);
    let exemplar = json!({"fact": "mastery", "of": "exemplar", "family": "f", "name": "Rosa", "kind": "person",
        "accomplished": [{"what": "x", "behaviours": behaviours}]});
    let mut entries = vec![entry(1, None, exemplar)];
    entries.extend(proof(2, "c", "follows"));
    let ends = |entries: &[_]| {
        let view = view(entries, Timestamp::MAX);
        let mastery = Mastery::of(&view, &"f".parse().unwrap());
        let chains = mastery.chains(&stand_to(entries, None), &Plan::of(&view));
        chains.into_iter().map(|c| c.end).collect::<Vec<_>>()
    };
    assert_eq!(
        ends(&entries),
        [Have, NotYet, NotYet, NotDistilled, NotInFramework]
    );
    let planned = json!({"fact": "plan", "of": "planned", "name": "P", "kind": "course", "family": "f",
        "hours": {"low": 1.0, "likely": 1.0, "high": 1.0}, "shows": [{"competency": "d", "rung": "follows"}]});
    entries.push(entry(4, None, planned));
    assert_eq!(ends(&entries)[2], InPlan(vec![id(4)]));
    let done = json!({"fact": "plan", "of": "planned_ended", "planned": id(4), "how": "done"});
    entries.push(entry(5, None, done));
    assert_eq!(
        ends(&entries)[2],
        NotYet,
        "what is done and not proven is not had"
    );
}

#[test]
fn an_answer_given_again_stands_beside_the_earlier_one() {
    let answer = |n, day, answer: &str| {
        let said = json!({"fact": "mastery", "of": "criteria", "family": "f", "question": "published", "answer": answer});
        entry_on(n, None, day, said)
    };
    // Told later of an earlier day: by day, not by when it was told.
    let entries = [
        answer(1, date(2026, 5, 1), "no"),
        answer(2, date(2025, 5, 1), "must"),
    ];
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &"f".parse().unwrap());
    let answers: Vec<_> = mastery
        .criteria_of(CriteriaQuestion::Published)
        .map(|c| c.what.answer)
        .collect();
    assert_eq!(answers, [Weighs::Must, Weighs::No]);
    assert_eq!(mastery.criteria_of(CriteriaQuestion::Speaks).count(), 0);
    assert_eq!(Mastery::of(&view, &"g".parse().unwrap()).criteria, []);
}

#[test]
fn names_are_kept_together_whoever_gave_them_and_nobody_is_ranked() {
    let naming = |n, name: &str, by: &str| {
        entry(
            n,
            None,
            json!({"fact": "mastery", "of": "nominated", "family": "f", "name": name, "by": by}),
        )
    };
    let entries = [
        naming(1, "Zoe", "Ann"),
        naming(2, "zoe ", "Bo"),
        naming(3, "Al", "Bo"),
    ];
    let view = view(&entries, Timestamp::MAX);
    let names = Mastery::of(&view, &"f".parse().unwrap()).names();
    let told: Vec<_> = names.iter().map(|n| (n.name, n.by.len())).collect();
    assert_eq!(told, [("Al", 1), ("Zoe", 2)]);
}

#[test]
fn what_masters_said_of_the_list_is_told_by_competency() {
    let check = |n, by: &str, findings: serde_json::Value| {
        let version = format!("sha256:{}", "0".repeat(64));
        entry(
            n,
            None,
            json!({"fact": "mastery", "of": "reality_check", "family": "f", "version": version,
            "by": by, "findings": findings, "arrival": "relayed"}),
        )
    };
    let entries = [
        check(
            1,
            "Rosa",
            json!([{"found": {"confirmed": "c"}}, {"found": {"added": "Fish"}}]),
        ),
        check(2, "Max", json!([{"found": {"struck": "c"}}])),
        check(3, "rosa", json!([{"found": {"confirmed": "d"}}])),
    ];
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &"f".parse().unwrap());
    let reality = mastery.reality(&framework());
    assert_eq!(reality.masters, 2);
    let told: Vec<_> = reality
        .competencies
        .iter()
        .map(|c| (c.confirmed.len(), c.struck.len()))
        .collect();
    assert_eq!(told, [(1, 1), (1, 0)]);
    assert_eq!(reality.added[0].1, "Fish");
}

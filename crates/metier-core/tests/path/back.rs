//! Looking back: found again by competency and goal, the drive in spans, chances that came to nothing, and what
//! a move could be.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::gap::gap;
use metier_core::journal::view;
use metier_core::plan::{CareerMove, Drive, Plan, Suggested, suggested};
use metier_core::target::Target;
use serde_json::{Value, json};

use crate::{entry, entry_on, framework, id, proof, stand_to};

fn reflection(words: &str, drive: &str, about: &[&str]) -> Value {
    json!({"fact": "plan", "of": "reflection", "words": words, "drive": drive, "competencies": about})
}

const MAY: Date = date(2026, 5, 1);

#[test]
fn what_was_looked_back_on_is_found_by_competency_and_goal() {
    let entries = vec![
        entry_on(1, None, MAY, reflection("one", "low", &["c"])),
        entry_on(2, None, date(2026, 5, 3), reflection("two", "low", &[])),
        entry_on(
            3,
            None,
            date(2026, 5, 2),
            json!({"fact": "plan", "of": "setback", "what": "three", "competencies": ["c"], "goal": id(9)}),
        ),
    ];
    let view = view(&entries, Timestamp::MAX);
    let plan = Plan::of(&view);
    let ids = |competency: Option<&str>, goal: Option<u128>| -> Vec<_> {
        let competency = competency.map(|c| c.parse().unwrap());
        let found = plan.looked_back(competency.as_ref(), goal.map(id));
        found.iter().map(|one| one.id).collect()
    };
    assert_eq!(ids(None, None), [id(2), id(3), id(1)]);
    assert_eq!(ids(Some("c"), None), [id(3), id(1)]);
    assert_eq!(ids(None, Some(9)), [id(3)]);
    assert_eq!(ids(Some("c"), Some(8)), []);
}

#[test]
fn drive_is_told_in_spans_and_never_added_up() {
    let said = [("low", 1), ("low", 8), ("high", 15), ("low", 22)];
    let entries: Vec<_> = said
        .iter()
        .zip(1_u128..)
        .map(|((drive, day), n)| entry_on(n, None, date(2026, 5, *day), reflection("w", drive, &[])))
        .collect();
    let view = view(&entries, Timestamp::MAX);
    let over = Plan::of(&view).drive_over_time();
    let told: Vec<_> = over
        .iter()
        .map(|o| (o.drive, o.from.day(), o.until.day()))
        .collect();
    assert_eq!(
        told,
        [(Drive::Low, 1, 8), (Drive::High, 15, 15), (Drive::Low, 22, 22)]
    );
}

#[test]
fn a_chance_that_came_to_nothing_says_what_of_it_is_still_missing() {
    let chance = |n, rung: &str| {
        let shows = json!([{"competency": "c", "rung": rung}]);
        entry(
            n,
            None,
            json!({"fact": "plan", "of": "opportunity", "what": "O", "origin": "offered", "family": "f", "shows": shows}),
        )
    };
    let ended = |n, of, how: &str| {
        entry(
            n,
            None,
            json!({"fact": "plan", "of": "opportunity_ended", "opportunity": id(of), "how": how}),
        )
    };
    let entries = vec![
        chance(1, "follows"),
        chance(2, "follows"),
        ended(3, 1, "refused"),
        ended(4, 2, "taken"),
    ];
    let f = framework();
    let target = Target::level(&f, &f.levels[0].id);
    let here = view(&entries, Timestamp::MAX);
    let plan = Plan::of(&here);
    let foregone = plan.foregone();
    assert_eq!(foregone.len(), 1, "what was taken is none");
    let missing = |entries: &[_]| {
        let gap = gap(&stand_to(entries, target.as_ref()));
        foregone[0].still_missing(&gap).len()
    };
    assert_eq!(missing(&entries), 1);
    let mut shown = entries.clone();
    shown.extend(proof(10, "c", "follows"));
    assert_eq!(missing(&shown), 0);
}

#[test]
fn a_move_nobody_thought_of_is_suggested_out_of_the_criteria() {
    let f = framework();
    let nothing = stand_to(&[], None);
    let now: BTreeSet<_> = f.practices.iter().take(1).map(|p| p.id.clone()).collect();
    let of = |kind| suggested(kind, &now, &f, &nothing);
    let untouched: Vec<_> = f.practices.iter().skip(1).take(3).map(|p| p.id.clone()).collect();
    let grow = of(CareerMove::GrowInPlace);
    if untouched.is_empty() {
        assert_eq!(grow, Suggested::Nothing);
    } else {
        assert_eq!(grow, Suggested::Practices(untouched));
    }
    assert_eq!(of(CareerMove::Up), Suggested::Level(f.levels[0].id.clone()));
    assert_eq!(
        of(CareerMove::MoveOn),
        Suggested::Nothing,
        "nothing is proven that could go along"
    );
    let entries = proof(1, "c", "follows");
    let proven = stand_to(&entries, None);
    assert!(matches!(
        suggested(CareerMove::MoveOn, &now, &f, &proven),
        Suggested::GoesAlong(along) if !along.is_empty()
    ));
}

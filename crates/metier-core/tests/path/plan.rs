//! The plan as it stands, whether one is on the way, what a quarter leaves empty, what a move would do.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::framework::ActivityKind;
use metier_core::id::EntryId;
use metier_core::journal::{Entry, view};
use metier_core::plan::{
    Area, CareerMove, Coverage, MoveConsidered, MoveState, OnTrack, Plan, Quarter, Strategy, TrackState,
    effect, of_kind,
};
use metier_core::target::Target;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{entry, entry_on, evidence, framework, id, proof, stand_to};

const TODAY: Date = date(2026, 7, 1);

fn goal(by: &str, milestones: &Value) -> Value {
    json!({"fact": "plan", "of": "goal", "title": "G", "family": "f", "by": by,
        "asks": [{"competency": "c", "rung": "follows"}], "milestones": milestones})
}

fn planned(kind: &str, hours: f64, goal: Option<u128>) -> Value {
    let mut planned = json!({"fact": "plan", "of": "planned", "name": "P", "kind": kind, "family": "f",
        "hours": {"low": hours, "likely": hours, "high": hours}, "shows": [{"competency": "c", "rung": "follows"}]});
    if let Some(goal) = goal {
        planned["goal"] = json!(id(goal));
    }
    planned
}

fn aside(hours: f64, from: &str) -> Value {
    json!({"fact": "plan", "of": "set_aside", "hours_a_week": hours, "from": from})
}

fn track(entries: &[Entry]) -> OnTrack {
    let view = view(entries, Timestamp::MAX);
    let plan = Plan::of(&view);
    plan.on_track(&plan.goals[0], &stand_to(entries, None), TODAY)
}

#[test]
fn a_goal_is_on_the_way_until_something_says_otherwise() {
    let at = |by: &str, milestones: Value| track(&[entry(1, None, goal(by, &milestones))]).state;
    let late = json!([{"id": "m", "what": "M", "by": "2026-06-30"}]);
    assert_eq!(at("2026-09-01", json!([])), TrackState::NotBegun);
    assert_eq!(at("2026-06-30", json!([])), TrackState::PastItsDay);
    assert_eq!(at("2026-07-01", json!([])), TrackState::NotBegun);
    assert_eq!(at("2026-09-01", late), TrackState::MilestoneLate);
    let met = json!([{"id": "m", "what": "M", "by": "2026-06-30", "met_on": "2026-06-29"}]);
    assert_eq!(at("2026-09-01", met), TrackState::OnTrack);
}

#[test]
fn more_work_than_time_is_said_with_both() {
    let mut entries = vec![
        entry(1, None, goal("2026-07-28", &json!([]))),
        entry(2, None, planned("course", 10.0, Some(1))),
        entry(3, None, aside(2.0, "2026-06-01")),
    ];
    let tight = track(&entries);
    assert_eq!(tight.state, TrackState::MoreWorkThanTime);
    let work = tight.work.unwrap();
    assert_eq!(
        (work.hours.get(), work.time.get(), work.short.get()),
        (10.0, 8.0, 2.0)
    );
    // What was spent on it is no longer to do.
    let spent = json!({"fact": "plan", "of": "spent", "hours": 3.0, "planned": id(2)});
    entries.push(entry(4, None, spent));
    assert_eq!(track(&entries).state, TrackState::OnTrack);
    // What was dropped neither.
    entries.pop();
    entries.push(entry(
        4,
        None,
        json!({"fact": "plan", "of": "planned_ended", "planned": id(2), "how": "dropped"}),
    ));
    assert_eq!(track(&entries).work, None);
}

#[test]
fn when_all_is_there_it_can_be_called_reached_and_is_not_by_itself() {
    let mut entries = vec![entry(1, None, goal("2026-06-01", &json!([])))];
    assert_eq!(track(&entries).open.len(), 1);
    entries.extend(proof(2, "c", "follows"));
    let there = track(&entries);
    assert_eq!((there.state, there.open.len()), (TrackState::AllThere, 0));
    entries.push(entry(
        4,
        None,
        json!({"fact": "plan", "of": "goal_ended", "goal": id(1), "how": "reached"}),
    ));
    assert_eq!(track(&entries).state, TrackState::Ended);
    // A goal that asks for nothing that can be looked up is never all there.
    let bare = json!({"fact": "plan", "of": "goal", "title": "G"});
    assert_eq!(track(&[entry(1, None, bare)]).state, TrackState::NoDay);
}

#[test]
fn time_is_kept_by_what_held_on_each_day() {
    let spent = |n, on, hours: f64| {
        entry_on(
            n,
            None,
            on,
            json!({"fact": "plan", "of": "spent", "hours": hours}),
        )
    };
    let entries = vec![
        entry(1, None, aside(7.0, "2026-06-01")),
        entry(2, None, aside(0.0, "2026-06-08")),
        spent(3, date(2026, 5, 31), 1.0),
        spent(4, date(2026, 6, 14), 1.5),
    ];
    let view = view(&entries, Timestamp::MAX);
    let plan = Plan::of(&view);
    assert_eq!(plan.hours_a_week(date(2026, 5, 31)), None);
    let time = plan.time(date(2026, 6, 1), date(2026, 6, 14));
    assert_eq!((time.planned.get(), time.spent.get()), (7.0, 1.5));
}

#[test]
fn a_quarter_names_what_touches_each_area_and_what_would() {
    let entries = vec![
        entry(1, None, planned("speaking", 1.0, None)),
        entry(2, None, json!({"fact": "plan", "of": "setback", "what": "S"})),
        entry_on(3, None, date(2026, 3, 31), evidence()),
    ];
    let mut framework = framework();
    framework.activities = vec![
        serde_json::from_value(json!({"id": "a", "name": "A", "kind": "course", "shows": [],
            "hours": {"low": 1.0, "likely": 1.0, "high": 1.0}}))
        .unwrap(),
    ];
    let view = view(&entries, Timestamp::MAX);
    let coverage = Coverage::of(&view, &framework, Quarter::of(date(2026, 6, 30)));
    assert_eq!(
        (coverage.quarter.from, coverage.quarter.until),
        (date(2026, 4, 1), date(2026, 6, 30))
    );
    let area = |area: Area| coverage.areas.iter().find(|t| t.what == area).unwrap();
    assert_eq!(area(Area::Brand).by, [id(1)], "March is another quarter");
    assert_eq!(area(Area::Challenge).by, [id(2)]);
    assert_eq!(area(Area::Learning).by, [] as [EntryId; 0]);
    assert_eq!(area(Area::Learning).ideas.len(), 1);
    let mindset = coverage
        .strategies
        .iter()
        .find(|t| t.what == Strategy::Mindset)
        .unwrap();
    assert_eq!(mindset.by, [id(2)]);
}

#[test]
fn every_area_and_strategy_that_an_activity_can_touch_is_touched_by_one() {
    let kinds: Vec<ActivityKind> = [
        "course",
        "workshop",
        "webinar",
        "self_study",
        "certification",
        "practice",
        "stretch_assignment",
        "rotation",
        "project",
        "volunteering",
        "mentoring",
        "being_a_mentor",
        "community",
        "event",
        "collaboration",
        "publishing",
        "speaking",
        "leading",
    ]
    .iter()
    .map(|kind| serde_json::from_value(json!(kind)).unwrap())
    .collect();
    for area in Area::ALL {
        assert!(kinds.iter().any(|k| of_kind(*k).0.contains(&area)), "{area:?}");
    }
    // One's goals and what one makes of a setback are no activity.
    for strategy in Strategy::ALL {
        let by_activity = kinds.iter().any(|k| of_kind(*k).1.contains(&strategy));
        let apart = matches!(strategy, Strategy::Goals | Strategy::Mindset);
        assert_eq!(by_activity, !apart, "{strategy:?}");
    }
    assert!(kinds.iter().all(|k| !of_kind(*k).0.is_empty()));
}

#[test]
fn a_move_is_told_by_its_practices_and_by_the_gap() {
    let mut framework = framework();
    let practice = framework.practices[0].clone();
    let called = |name: &str| {
        let mut practice = practice.clone();
        practice.id = name.parse().unwrap();
        practice
    };
    framework.practices = ["a", "b", "e", "g"].into_iter().map(called).collect();
    let target = Target::level(&framework, &"l".parse().unwrap());
    let standing = stand_to(&[], target.as_ref());
    let considered = MoveConsidered {
        kind: CareerMove::Across,
        what: "W".into(),
        family: "f".parse().unwrap(),
        practices: vec!["b".parse().unwrap(), "e".parse().unwrap()],
        shows: vec![serde_json::from_value(json!({"competency": "c", "rung": "follows"})).unwrap()],
        note: String::new(),
        state: MoveState::Open,
        because: String::new(),
    };
    let now = BTreeSet::from(["a".parse().unwrap(), "b".parse().unwrap()]);
    let does = effect(&considered, &now, &framework, &standing);
    let names = |ids: &[metier_core::id::PracticeId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&does.gained), ["e"]);
    assert_eq!(names(&does.left), ["a"]);
    assert_eq!(names(&does.kept), ["b"]);
    assert_eq!(names(&does.untouched), ["g"]);
    assert_eq!(does.open, 1);
    assert_eq!(does.closes.len(), 1);
    assert!(does.closes[0].completes);
}

proptest! {
    #[test]
    fn every_day_lies_in_its_quarter_and_in_no_other(days in 0_i32..40_000) {
        use jiff::ToSpan;
        let day = date(1970, 1, 1).saturating_add(days.days());
        let quarter = Quarter::of(day);
        prop_assert!(quarter.holds(day));
        prop_assert!(!quarter.holds(quarter.until.saturating_add(1.day())));
        prop_assert_eq!(Quarter::of(quarter.from), quarter);
        prop_assert_eq!(Quarter::of(quarter.until), quarter);
    }
}

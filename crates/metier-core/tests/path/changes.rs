//! How a plan changed, what was set aside and spent week by week, what comes next, what could be done.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use metier_core::journal::view;
use metier_core::plan::{
    Goal, GoalChange, Plan, Planned, PlannedChange, choices, goal_changes, planned_changes,
};
use metier_core::target::Target;
use serde_json::{Value, json};

use crate::{entry, entry_on, framework, id, stand_to};

const TODAY: Date = date(2026, 7, 1);

fn goal(change: &Value) -> Goal {
    let mut goal = json!({"title": "G", "family": "f", "by": "2026-09-01",
        "asks": [{"competency": "c", "rung": "follows"}],
        "milestones": [{"id": "m", "what": "M", "by": "2026-08-01"}]});
    goal.as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    serde_json::from_value(goal).unwrap()
}

fn planned(change: &Value) -> Planned {
    let mut planned = json!({"name": "P", "kind": "course", "family": "f",
        "hours": {"low": 1.0, "likely": 2.0, "high": 3.0}});
    planned
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    serde_json::from_value(planned).unwrap()
}

#[test]
fn a_reworded_goal_says_what_differs_and_nothing_else() {
    let before = goal(&json!({}));
    assert_eq!(goal_changes(&before, &goal(&json!({"because": "why not"}))), []);
    let moved = goal(&json!({"by": "2026-10-01"}));
    assert_eq!(
        goal_changes(&before, &moved),
        [GoalChange::Day {
            from: before.by,
            to: moved.by
        }]
    );
    let asks = goal(
        &json!({"asks": [{"competency": "c", "rung": "reliable"}, {"competency": "d", "rung": "leads"}]}),
    );
    assert_eq!(
        goal_changes(&before, &asks),
        [
            GoalChange::Asks(vec!["d".parse().unwrap()]),
            GoalChange::AsksOtherwise(vec!["c".parse().unwrap()])
        ]
    );
    assert_eq!(
        goal_changes(&asks, &before)[0],
        GoalChange::AsksNoLonger(vec!["d".parse().unwrap()])
    );
    let milestones = goal(&json!({"milestones": [
        {"id": "m", "what": "Em", "by": "2026-08-02", "met_on": "2026-07-30"}, {"id": "n", "what": "N"}]}));
    assert_eq!(
        goal_changes(&before, &milestones),
        [
            GoalChange::MilestoneReworded {
                from: "M".into(),
                to: "Em".into()
            },
            GoalChange::MilestoneMoved {
                what: "Em".into(),
                from: Some(date(2026, 8, 1)),
                to: Some(date(2026, 8, 2))
            },
            GoalChange::MilestoneMet("Em".into()),
            GoalChange::MilestoneAdded("N".into()),
        ]
    );
    assert!(goal_changes(&milestones, &before).contains(&GoalChange::MilestoneDropped("N".into())));
}

#[test]
fn something_planned_otherwise_says_what_differs() {
    let before = planned(&json!({}));
    assert_eq!(planned_changes(&before, &before), []);
    let after = planned(&json!({"kind": "project", "until": "2026-08-01", "goal": id(1),
        "hours": {"low": 1.0, "likely": 2.0, "high": 4.0}}));
    let changes = planned_changes(&before, &after);
    assert_eq!(changes.len(), 4);
    assert_eq!(
        changes[2],
        PlannedChange::Ends {
            from: None,
            to: after.until
        }
    );
    assert_eq!(changes[3], PlannedChange::Goal);
}

#[test]
fn weeks_run_from_monday_to_sunday_and_quarters_are_whole() {
    let spent = |n, on| {
        let fact = json!({"fact": "plan", "of": "spent", "hours": 1.5, "planned": id(9)});
        entry_on(n, None, on, fact)
    };
    let entries = vec![
        entry(
            1,
            None,
            json!({"fact": "plan", "of": "set_aside", "hours_a_week": 7.0, "from": "2026-06-29"}),
        ),
        // A Sunday, a Monday.
        spent(2, date(2026, 6, 28)),
        spent(3, date(2026, 6, 29)),
    ];
    let view = view(&entries, Timestamp::MAX);
    let plan = Plan::of(&view);
    let weeks = plan.weeks(TODAY, 2);
    let told: Vec<_> = weeks
        .iter()
        .map(|w| (w.from, w.planned.get(), w.spent.get()))
        .collect();
    assert_eq!(
        told,
        [(date(2026, 6, 22), 0.0, 1.5), (date(2026, 6, 29), 7.0, 1.5)]
    );
    let quarters = plan.quarters(TODAY, 2);
    let told: Vec<_> = quarters
        .iter()
        .map(|q| (q.from, q.until, q.planned.get()))
        .collect();
    assert_eq!(
        told,
        [
            (date(2026, 4, 1), date(2026, 6, 30), 2.0),
            (date(2026, 7, 1), date(2026, 9, 30), 92.0)
        ]
    );
    assert_eq!(plan.spent_on(id(9)).get().to_bits(), 3.0_f64.to_bits());
}

#[test]
fn what_is_planned_comes_in_the_order_of_its_days() {
    let planned = |n, change: Value| {
        let mut planned = json!({"fact": "plan", "of": "planned", "name": "P", "kind": "course", "family": "f",
            "hours": {"low": 1.0, "likely": 1.0, "high": 1.0}});
        planned
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        entry(n, None, planned)
    };
    let entries = vec![
        planned(1, json!({})),
        planned(2, json!({"from": "2026-09-01"})),
        planned(3, json!({"from": "2026-06-01", "until": "2026-08-01"})),
        planned(4, json!({"until": "2026-07-10", "activity": "a"})),
        planned(5, json!({"until": "2026-07-05"})),
        entry(
            6,
            None,
            json!({"fact": "plan", "of": "planned_ended", "planned": id(5), "how": "done"}),
        ),
    ];
    let view = view(&entries, Timestamp::MAX);
    let plan = Plan::of(&view);
    let order: Vec<_> = plan.upcoming(TODAY).iter().map(|p| p.id).collect();
    assert_eq!(order, [id(4), id(3), id(1), id(2)]);
    let own = plan.own_hours(&"f".parse().unwrap());
    assert_eq!(own.len(), 1);
    assert!(plan.own_hours(&"other".parse().unwrap()).is_empty());
}

#[test]
fn every_activity_is_offered_once_under_what_it_would_close() {
    let mut framework = framework();
    let activity = |id: &str, shows: Value| {
        serde_json::from_value(json!({"id": id, "name": id, "kind": "course", "shows": shows,
            "hours": {"low": 1.0, "likely": 1.0, "high": 1.0}}))
        .unwrap()
    };
    framework.activities = vec![
        activity("other", json!([{"competency": "d", "rung": "leads"}])),
        activity(
            "closes",
            json!([{"competency": "c", "rung": "follows"}, {"competency": "d", "rung": "leads"}]),
        ),
    ];
    let target = Target::level(&framework, &"l".parse().unwrap());
    let standing = stand_to(&[], target.as_ref());
    let groups = choices(&standing, &framework);
    assert_eq!(groups.len(), 2);
    assert_eq!(groups[0].closes, Some("c".parse().unwrap()));
    assert_eq!(groups[0].activities[0].activity.as_str(), "closes");
    assert_eq!(groups[0].activities[0].shows.len(), 1);
    assert_eq!(groups[1].closes, None);
    assert_eq!(groups[1].activities[0].activity.as_str(), "other");
    assert!(choices(&standing, &crate::framework()).is_empty());
}

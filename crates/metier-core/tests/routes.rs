//! Routes over a framework: what is missing, closed with the least hours, in an order, with reasons.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, HashSet};

use metier_core::canonical::Digest;
use metier_core::framework::{Framework, Hours, check};
use metier_core::id::{ActivityId, EntryId, LevelId, RungId};
use metier_core::next_step::Doing;
use metier_core::policy::Policy;
use metier_core::route::{Asked, Effort, Note, Route, route, route_within};
use metier_core::standing::{Missing, MissingAt, Question, Standing, Verdict, standing};
use metier_core::target::Target;
use serde_json::{Value, json};
use uuid::Uuid;

/// Two competencies that are required, one that may be made up for, and these activities.
fn framework(activities: &Value) -> Framework {
    let competency = |id: &str, more: Value| {
        let mut competency = json!({"id": id, "practice": "write", "name": id, "minutes": 60});
        competency
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        competency
    };
    let framework: Framework = serde_json::from_value(json!({
        "family": "writing", "version": "1", "title": "Writing",
        "practices": [{"id": "write", "name": "Write"}],
        "competencies": [
            competency("draft", json!({})),
            competency("edit", json!({"needs": ["draft"]})),
            competency("plan", json!({})),
        ],
        "levels": [{"id": "senior", "name": "Senior", "expectations": [
            {"competency": "draft", "rung": "delivers"},
            {"competency": "edit", "rung": "delivers"},
            {"competency": "plan", "rung": "delivers", "weight": {"weighted": 2}},
        ]}],
        "activities": activities,
    }))
    .unwrap();
    assert_eq!(check(&framework), []);
    framework
}

/// Where somebody stands of whom nothing is known.
fn blank(framework: &Framework) -> Standing {
    let (policy, without) = (Policy::version_1(), HashSet::new());
    let target = Target::level(framework, &LevelId::new("senior").unwrap());
    let question = Question {
        framework,
        version: Digest::ZERO,
        target: target.as_ref(),
        policy: &policy,
        at: "2026-06-01".parse().unwrap(),
        known_at: "2026-06-01T08:00:00Z".parse().unwrap(),
        calibration: None,
        without: &without,
    };
    standing(&[], &question).unwrap()
}

/// The same, with exactly these things missing of the first two competencies, and nothing of the third.
fn missing(framework: &Framework, of_draft: &[(&str, Missing)], of_edit: &[(&str, Missing)]) -> Standing {
    let mut standing = blank(framework);
    for (place, of) in [of_draft, of_edit, &[]].into_iter().enumerate() {
        let missing: Vec<MissingAt> = of
            .iter()
            .map(|(rung, what)| MissingAt {
                rung: rung_id(rung),
                what: what.clone(),
            })
            .collect();
        standing.competencies[place].verdict = if missing.is_empty() {
            Verdict::Yes
        } else {
            Verdict::NotYet { missing }
        };
    }
    standing
}

fn rung_id(id: &str) -> RungId {
    RungId::new(id).unwrap()
}

fn examples(more: u32) -> Missing {
    Missing::Examples {
        more,
        of: Vec::new(),
        leading_others: false,
        confirmed_by: String::new(),
    }
}

fn backing(evidence: u128) -> Missing {
    Missing::Backing {
        evidence: EntryId(Uuid::from_u128(evidence)),
        confirmed_by: String::new(),
    }
}

fn asked() -> Asked {
    Asked {
        hours_a_week: 4.0,
        hours: BTreeMap::new(),
        range: 0.8,
    }
}

fn ask(standing: &Standing, framework: &Framework) -> Route {
    route(standing, framework, &asked()).unwrap().unwrap()
}

/// Names of the activities, and how many of what else.
fn names(doings: impl IntoIterator<Item = Doing>) -> Vec<String> {
    let name = |what: Doing| match what {
        Doing::Activity { activity, .. } => activity.to_string(),
        Doing::Close { competency, at } => match at.what {
            Missing::Examples { more, .. } => format!("{competency} {more}"),
            other => format!("{competency} {other:?}"),
        },
        Doing::Tell { competency } => format!("tell {competency}"),
    };
    doings.into_iter().map(name).collect()
}

fn steps(route: &Route) -> Vec<String> {
    names(route.steps.iter().map(|s| s.what.clone()))
}

fn activity(id: &str, likely: f64, needs: &[&str], shows: &[(&str, &str)]) -> Value {
    let shows: Vec<Value> = shows
        .iter()
        .map(|(competency, rung)| json!({"competency": competency, "rung": rung}))
        .collect();
    json!({
        "id": id, "name": id, "kind": "project", "needs": needs, "shows": shows,
        "hours": {"low": likely / 2.0, "likely": likely, "high": 2.0 * likely},
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn without_activities_a_route_is_everything_missing_done_as_such() {
    let framework = framework(&json!([]));
    let standing = blank(&framework);
    let route = ask(&standing, &framework);
    let required = &standing.competencies[..2];
    let open: usize = required
        .iter()
        .map(|c| match &c.verdict {
            Verdict::CannotTell { missing, .. } | Verdict::NotYet { missing } => missing.len(),
            Verdict::Yes | Verdict::NotAsked => 0,
        })
        .sum();
    assert!(open == 4 && route.steps.len() == open);
    assert!(route.proven && route.runner_up.is_none() && route.unreached.is_empty());
    assert!(route.steps.iter().all(|s| s.without.is_none() && !s.forced));
    assert_eq!(route.notes, [Note::OwnHours]);
    // Each required competency is completed, and nothing of the one that may be made up for.
    let completed: Vec<&str> = route
        .milestones
        .iter()
        .filter(|m| m.completes)
        .map(|m| m.competency.as_str())
        .collect();
    assert_eq!(completed, ["draft", "edit"]);
    let sum: f64 = route.steps.iter().map(|s| s.hours.likely.get()).sum();
    assert!(near(sum, route.likely.get()) && near(route.least.get(), route.likely.get()));
}

#[test]
fn an_activity_that_shows_more_for_less_is_chosen_with_what_it_needs() {
    let framework = framework(&json!([
        activity("warm-up", 1.0, &[], &[("draft", "follows")]),
        activity(
            "series",
            6.0,
            &["warm-up"],
            &[("draft", "delivers"), ("edit", "delivers")]
        ),
        activity("fair", 30.0, &[], &[("draft", "delivers")]),
    ]));
    let standing = missing(
        &framework,
        &[("follows", Missing::Credential), ("delivers", examples(8))],
        &[("delivers", examples(1))],
    );
    let route = ask(&standing, &framework);
    // The series gives one of eight examples: with it the seven others, the warm-up and itself take 14 hours,
    // without it 10.
    assert_eq!(steps(&route), ["warm-up", "draft 8", "edit 1"]);
    assert!(near(route.likely.get(), 10.0));

    let standing = missing(
        &framework,
        &[
            ("follows", Missing::Credential),
            ("delivers", Missing::Credential),
        ],
        &[("delivers", examples(1))],
    );
    let route = ask(&standing, &framework);
    assert_eq!(steps(&route), ["warm-up", "series"]);
    assert_eq!(route.steps[1].after, [0]);
    assert_eq!(route.ready, [0]);
    assert!(near(route.likely.get(), 7.0) && near(route.longest.get(), 7.0));
    assert_eq!(route.weeks, 2);
    assert_eq!((route.steps[1].first_week, route.steps[1].last_week), (1, 2));
    assert_eq!(route.steps[1].closes.len(), 2);
    assert!(route.steps[1].closes.iter().all(|c| c.completes));
    assert!(route.notes.contains(&Note::ActivitiesShow));
    // Without the series: the fair for thirty hours and an example of editing for one.
    let second = route.runner_up.unwrap();
    assert_eq!(names(second.leaves_out), ["series"]);
    assert_eq!(names(second.takes), ["fair", "edit 1"]);
    assert!(second.proven && near(second.more.get(), 25.0));
    assert!(near(route.steps[1].without.unwrap().get(), 25.0));
    // Without the warm-up there is the credential itself, for eighty hours, but no series: the fair too.
    assert!(near(
        route.steps[0].without.unwrap().get(),
        80.0 + 30.0 + 1.0 - 7.0
    ));
    // The fair would have to take all but five of its hours less.
    assert_eq!(names([route.cheaper[0].what.clone()]), ["fair"]);
    assert!(near(route.cheaper[0].by.unwrap().get(), 25.0) && route.cheaper[0].proven);
}

#[test]
fn examples_add_up_from_activities_and_from_the_thing_itself() {
    let framework = framework(&json!([activity(
        "talk",
        0.5,
        &[],
        &[("draft", "delivers"), ("edit", "delivers")]
    )]));
    let standing = missing(
        &framework,
        &[("delivers", examples(6))],
        &[("delivers", examples(2))],
    );
    let route = ask(&standing, &framework);
    assert_eq!(steps(&route), ["talk", "draft 5", "edit 1"]);
    assert!(near(route.likely.get(), 6.5));
}

#[test]
fn what_comes_first_comes_first() {
    let framework = framework(&json!([]));
    let standing = missing(
        &framework,
        &[("delivers", examples(2))],
        &[("delivers", examples(1))],
    );
    let route = ask(&standing, &framework);
    assert_eq!(steps(&route), ["draft 2", "edit 1"]);
    assert_eq!(route.steps[1].after, [0]);
}

#[test]
fn one_file_attached_serves_wherever_it_is_missing() {
    let framework = framework(&json!([]));
    let standing = missing(
        &framework,
        &[("follows", backing(1)), ("delivers", backing(2))],
        &[("delivers", backing(1))],
    );
    let route = ask(&standing, &framework);
    assert_eq!(route.steps.len(), 2);
    assert!(near(route.likely.get(), 0.5));
    assert_eq!(route.milestones.len(), 3);
}

#[test]
fn a_person_s_own_hours_change_the_choice() {
    let framework = framework(&json!([
        activity("series", 6.0, &[], &[("draft", "delivers")]),
        activity("fair", 9.0, &[], &[("draft", "delivers")]),
    ]));
    let standing = missing(&framework, &[("delivers", Missing::Credential)], &[]);
    assert_eq!(steps(&ask(&standing, &framework)), ["series"]);
    let mut own = asked();
    let hours = Hours {
        low: 1.0,
        likely: 2.0,
        high: 3.0,
    };
    own.hours.insert(ActivityId::new("fair").unwrap(), hours);
    let route = route(&standing, &framework, &own).unwrap().unwrap();
    assert_eq!(steps(&route), ["fair"]);
    assert!(near(route.hours.least.get(), 1.0) && near(route.hours.most.get(), 3.0));
    assert!(near(route.runner_up.unwrap().more.get(), 4.0));
}

#[test]
fn nothing_missing_is_an_empty_route_and_no_target_is_none() {
    let framework = framework(&json!([activity("series", 6.0, &[], &[("draft", "delivers")])]));
    let there = missing(&framework, &[], &[]);
    let route_there = ask(&there, &framework);
    assert!(route_there.steps.is_empty() && route_there.weeks == 0 && route_there.proven);
    let mut nowhere = there;
    nowhere.target = None;
    assert_eq!(route(&nowhere, &framework, &asked()), Ok(None));
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    let framework = framework(&json!([activity("series", 6.0, &[], &[("draft", "delivers")])]));
    let standing = missing(&framework, &[("delivers", examples(1))], &[]);
    let refused = |asked: &Asked| route(&standing, &framework, asked).is_err();
    for hours_a_week in [0.0, -1.0, f64::NAN, f64::INFINITY, 200.0] {
        assert!(
            refused(&Asked {
                hours_a_week,
                ..asked()
            }),
            "{hours_a_week}"
        );
    }
    for range in [0.0, 1.0, f64::NAN] {
        assert!(refused(&Asked { range, ..asked() }), "{range}");
    }
    for (low, likely, high) in [
        (2.0, 1.0, 3.0),
        (-1.0, 1.0, 2.0),
        (0.0, f64::NAN, 1.0),
        (0.0, 1.0, f64::INFINITY),
    ] {
        let mut own = asked();
        own.hours
            .insert(ActivityId::new("series").unwrap(), Hours { low, likely, high });
        assert!(refused(&own), "{low} {likely} {high}");
    }
}

#[test]
fn a_further_activity_never_makes_a_route_longer_and_the_same_question_has_the_same_bytes() {
    let mut activities = Vec::new();
    let mut before = f64::INFINITY;
    for (number, likely) in [9.0, 4.0, 2.0, 30.0, 1.0, 7.0].into_iter().enumerate() {
        let rungs = ["follows", "reliable", "delivers"];
        activities.push(activity(
            &format!("a{number}"),
            likely,
            &[],
            &[("draft", rungs[number % 3]), ("edit", rungs[(number + 1) % 3])],
        ));
        let framework = framework(&json!(activities));
        let standing = blank(&framework);
        let route = ask(&standing, &framework);
        assert!(route.likely.get() <= before + 1e-9);
        before = route.likely.get();
        let again = ask(&standing, &framework);
        assert_eq!(
            serde_json::to_string(&route).unwrap(),
            serde_json::to_string(&again).unwrap()
        );
        // Whoever waits comes later, and hours follow one another.
        let mut now = 0.0;
        for (place, step) in route.steps.iter().enumerate() {
            assert!(step.after.iter().all(|a| *a < place));
            assert!(near(step.from.get(), now));
            now = step.to.get();
        }
        assert!(near(now, route.likely.get()));
    }
}

#[test]
fn sixty_competencies_and_three_hundred_activities_are_planned_to_the_end() {
    // Each activity shows two or three rungs of neighbours; one in three needs an earlier one.
    let rungs = ["follows", "reliable", "delivers", "teaches", "leads"];
    let competencies: Vec<Value> = (0..60)
        .map(|c| json!({"id": format!("c{c}"), "practice": "write", "name": format!("c{c}"), "minutes": 15 + c % 4 * 15}))
        .collect();
    let activities: Vec<Value> = (0..300)
        .map(|a: usize| {
            let shows: Vec<(String, &str)> = (0..2 + a % 2)
                .map(|i| {
                    (
                        format!("c{}", (a * 7 + i * (1 + a % 5)) % 60),
                        rungs[(a / 11 + i) % 5],
                    )
                })
                .collect();
            let shows: Vec<(&str, &str)> = shows.iter().map(|(c, r)| (c.as_str(), *r)).collect();
            let before = format!("a{}", a / 2);
            let needs: &[&str] = if a % 3 == 2 { &[&before] } else { &[] };
            activity(&format!("a{a}"), 2.0 + (a * 13 % 47) as f64, needs, &shows)
        })
        .collect();
    let expectations: Vec<Value> = (0..60)
        .map(|c| json!({"competency": format!("c{c}"), "rung": rungs[2 + c % 3]}))
        .collect();
    let framework: Framework = serde_json::from_value(json!({
        "family": "wide", "version": "1", "title": "Wide",
        "practices": [{"id": "write", "name": "Write"}],
        "competencies": competencies,
        "levels": [{"id": "senior", "name": "Senior", "expectations": expectations}],
        "activities": activities,
    }))
    .unwrap();
    let standing = blank(&framework);
    let route = ask(&standing, &framework);
    assert!(route.proven && route.runner_up.is_some());
    let done: HashSet<&str> = route
        .milestones
        .iter()
        .filter(|m| m.completes)
        .map(|m| m.competency.as_str())
        .collect();
    assert_eq!(done.len(), 60);
}

#[test]
fn a_route_found_with_little_work_says_that_it_is_not_proven() {
    // The same rung shown by many activities of nearly one length: much to compare.
    let activities: Vec<Value> = (0..40)
        .map(|n| {
            let hours = 10.0 + f64::from(n % 7) / 10.0;
            let shows: Vec<Value> = ["draft", "edit"]
                .iter()
                .flat_map(|c| {
                    ["reliable", "delivers"]
                        .iter()
                        .map(move |r| json!({"competency": c, "rung": r}))
                })
                .enumerate()
                .filter(|(i, _)| (n >> i) & 1 == 1 || n % 3 == 0)
                .map(|(_, shows)| shows)
                .collect();
            json!({"id": format!("a{n}"), "name": format!("A{n}"), "kind": "project", "shows": shows,
                "hours": {"low": hours, "likely": hours, "high": hours}})
        })
        .collect();
    let framework = framework(&json!(activities));
    let standing = blank(&framework);
    let asked = Asked {
        hours_a_week: 4.0,
        hours: BTreeMap::new(),
        range: 0.8,
    };
    let quick = route_within(&standing, &framework, &asked, Effort::QUICK)
        .unwrap()
        .unwrap();
    let whole = route(&standing, &framework, &asked).unwrap().unwrap();
    assert!(whole.likely.get() <= quick.likely.get() + 1e-6);
    assert_eq!(quick.proven, !quick.notes.contains(&Note::NotProven));
    if !quick.proven {
        assert!(quick.least.get() <= whole.likely.get() + 1e-6);
    }
    assert_eq!(quick.steps.is_empty(), whole.steps.is_empty());
}

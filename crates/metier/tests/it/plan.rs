//! `goal`, `plan`, `spend`, `time`, and the route taken into the plan, as they are typed.

use crate::binary::Home;

fn id(home: &Home, arguments: &[&str]) -> String {
    home.json(arguments)["recorded"][0].as_str().unwrap().to_owned()
}

#[test]
fn a_goal_is_written_changed_with_a_reason_and_ended() {
    let home = Home::of_ada();
    let goal = id(
        &home,
        &[
            "goal",
            "add",
            "Lead a launch",
            "--by",
            "2070-05-31",
            "--takes",
            "publish-an-article/teaches",
        ],
    );
    let list = home.json(&["goal", "list"]);
    let seen = list["goals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|g| g["id"] == goal.as_str())
        .unwrap()
        .clone();
    assert_eq!(seen["track"]["state"], "not_begun");
    assert_eq!(seen["goal"]["asks"][0]["competency"], "publish-an-article");
    let said = home.run(&["goal", "change", &goal, "--by", "2070-06-30"]);
    assert_eq!(said.status, 2, "a change says why: {}", said.err);
    home.ok(&[
        "goal",
        "change",
        &goal,
        "--by",
        "2070-06-30",
        "--because",
        "it moved",
    ]);
    let shown = home.ok(&["goal", "show", &goal]);
    assert!(
        shown.contains("moved from 31 May 2070 to 30 June 2070. Because: it moved"),
        "{shown}"
    );
    home.ok(&[
        "goal",
        "milestone",
        "add",
        &goal,
        "Half of it",
        "--by",
        "2070-01-31",
    ]);
    home.ok(&[
        "goal",
        "milestone",
        "change",
        &goal,
        "m1",
        "--by",
        "2070-02-28",
        "--because",
        "later",
    ]);
    home.ok(&["goal", "milestone", "met", &goal, "m1", "--on", "2026-01-02"]);
    let shown = home.json(&["goal", "show", &goal]);
    assert_eq!(shown["goal"]["goal"]["milestones"][0]["met_on"], "2026-01-02");
    assert_eq!(shown["wordings"].as_array().unwrap().len(), 5);
    assert!(
        home.fails(&["goal", "milestone", "met", &goal, "m9"])
            .contains("It has: m1.")
    );
    assert!(
        home.fails(&["goal", "end", &goal, "let-go"])
            .contains("not said why")
    );
    home.ok(&["goal", "end", &goal, "reached"]);
    assert!(home.ok(&["goal", "list"]).contains("ended"));
    home.ok(&["goal", "again", &goal]);
    assert!(
        home.fails(&["goal", "add", "Too late", "--by", "2001-01-01"])
            .contains("its day has passed")
    );
}

#[test]
fn something_is_planned_changed_done_or_dropped() {
    let home = Home::of_ada();
    let planned = id(
        &home,
        &[
            "plan",
            "add",
            "--activity",
            "teach-publishing",
            "--until",
            "2070-01-31",
        ],
    );
    let all = home.json(&["plan", "list"]);
    assert_eq!(all["planned"][0]["planned"]["kind"], "being_a_mentor");
    home.ok(&[
        "plan",
        "change",
        &planned,
        "--hours",
        "8/9/20",
        "--because",
        "he is new",
    ]);
    let shown = home.ok(&["plan", "show", &planned]);
    assert!(shown.contains("takes about 9 hours (8 to 20)"), "{shown}");
    assert!(shown.contains("Because: he is new"), "{shown}");
    home.ok(&["spend", "1.5", "--on", &planned]);
    home.ok(&["spend", "0.5", "--on", "reading", "--date", "yesterday"]);
    let time = home.json(&["time"]);
    let spent: f64 = time["weeks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| w["spent"].as_f64().unwrap())
        .sum();
    assert!((spent - 2.0).abs() < 1e-9);
    home.ok(&["log", "Bo publishes alone"]);
    home.ok(&["plan", "done", &planned, "--with", "last"]);
    let shown = home.json(&["plan", "show", &planned]);
    assert_eq!(shown["planned"]["ended"]["how"], "done");
    assert_eq!(shown["planned"]["ended"]["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(
        home.json(&["plan", "list"])["planned"].as_array().unwrap().len(),
        0
    );
    assert!(
        home.fails(&["plan", "drop", &planned, "--because", "no"])
            .contains("done or dropped before")
    );
    home.ok(&["plan", "again", &planned]);
    home.ok(&["plan", "drop", &planned, "--because", "he left"]);
}

#[test]
fn a_stretch_assignment_is_planned_with_its_risk_and_the_way_back() {
    let home = Home::of_ada();
    let before = home.entries();
    let said = home.fails(&["plan", "add", "--activity", "explain-a-traffic-loss"]);
    assert!(said.contains("what could go wrong"), "{said}");
    assert_eq!(home.entries(), before);
    let planned = id(
        &home,
        &[
            "plan",
            "add",
            "--activity",
            "explain-a-traffic-loss",
            "--risk",
            "it sinks further",
            "--way-back",
            "the old text back",
        ],
    );
    let shown = home.json(&["plan", "show", &planned]);
    assert_eq!(
        shown["planned"]["planned"]["stretch"]["gap"],
        "optimise-a-page-for-search"
    );
}

#[test]
fn steps_of_the_route_go_into_the_plan_at_the_pace_that_is_set_aside() {
    let home = Home::of_ada();
    home.ok(&["time", "aside", "8", "--when", "Thursday mornings"]);
    let route = home.json(&["route"]);
    assert_eq!(route["hours_a_week"], 8.0);
    let goal = id(&home, &["goal", "add", "Senior", "--as", "senior"]);
    home.ok(&["route", "--take", "1", "--take", "2", "--goal", &goal]);
    let planned = home.json(&["plan", "list"]);
    let planned = planned["planned"].as_array().unwrap();
    assert_eq!(planned.len(), 2);
    assert!(planned.iter().all(|p| p["planned"]["goal"] == goal.as_str()));
    assert!(
        home.ok(&["route", "--take", "1"])
            .contains("in your plan already")
    );
    assert!(home.fails(&["route", "--take", "999"]).contains("no step `999`"));
}

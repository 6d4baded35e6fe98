//! `metier route`: the steps that lead there.

use serde_json::Value;

use crate::binary::Home;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// The place of an activity on a route.
fn place(route: &Value, activity: &str) -> Option<usize> {
    list(&route["steps"])
        .iter()
        .position(|s| s["what"]["activity"] == activity)
}

#[test]
fn a_route_closes_everything_required_in_an_order_that_works() {
    let home = Home::of_ada();
    let route = home.json(&["route"]);
    assert_eq!(route["level"], "senior");
    assert_eq!(route["proven"], true);
    let mut hours = 0.0;
    for (place, step) in list(&route["steps"]).iter().enumerate() {
        assert!((number(&step["from"]) - hours).abs() < 1e-6);
        hours = number(&step["to"]);
        assert!(list(&step["after"]).iter().all(|a| number(a) < place as f64));
        assert!(number(&step["first_week"]) <= number(&step["last_week"]));
        // Nothing is done for nothing.
        assert!(!list(&step["closes"]).is_empty() || !list(&step["helps"]).is_empty());
    }
    assert!((hours - number(&route["likely"])).abs() < 1e-6);
    assert!((number(&route["weeks"]) - (hours / 4.0).ceil()).abs() < 1e-9);
    // Every competency that is required and open is completed on the way.
    let gap = home.json(&["gap"]);
    let completed: Vec<&Value> = list(&route["milestones"])
        .iter()
        .filter(|m| m["completes"] == true)
        .map(|m| &m["competency"])
        .collect();
    let required: Vec<&Value> = list(&gap["open"])
        .iter()
        .filter(|item| item["weight"] == "required")
        .map(|item| &item["competency"])
        .collect();
    assert!(required.len() > 5);
    for competency in required {
        assert!(completed.contains(&competency), "{competency}");
    }
}

#[test]
fn more_hours_a_week_take_fewer_weeks_and_a_higher_level_more_work() {
    let home = Home::of_ada();
    let usual = home.json(&["route"]);
    let twice = home.json(&["route", "--hours-a-week", "8"]);
    assert_eq!(usual["likely"], twice["likely"]);
    assert!((number(&twice["weeks"]) - number(&usual["likely"]) / 8.0).abs() < 1.0);
    let lead = home.json(&["route", "--level", "lead"]);
    assert_eq!(lead["level"], "lead");
    assert!(number(&lead["likely"]) > number(&usual["likely"]));
}

#[test]
fn one_s_own_hours_change_what_is_chosen() {
    let home = Home::of_ada();
    let usual = home.json(&["route"]);
    let chosen = "log-every-article";
    assert!(place(&usual, chosen).is_some());
    let slow = home.json(&["route", "--hours", "log-every-article=5000"]);
    assert!(place(&slow, chosen).is_none());
    let more = number(&slow["likely"]) - number(&usual["likely"]);
    let step = &usual["steps"][place(&usual, chosen).unwrap()];
    assert!((more - number(&step["without"])).abs() < 1e-6, "{more} {step}");
    let quick = home.json(&["route", "--hours", "log-every-article=1/2/3"]);
    let step = &quick["steps"][place(&quick, chosen).unwrap()];
    assert_eq!(
        (number(&step["hours"]["low"]), number(&step["hours"]["high"])),
        (1.0, 3.0)
    );
}

#[test]
fn what_cannot_be_planned_with_is_said() {
    let home = Home::of_ada();
    for (arguments, says) in [
        (&["route", "--hours-a-week", "0"][..], "0 hours a week"),
        (&["route", "--hours-a-week", "NaN"], "NaN hours a week"),
        (&["route", "--level", "nowhere"], "has no level `nowhere`"),
        (&["route", "--hours", "nothing=3"], "has no activity `nothing`"),
        (&["route", "--hours", "log-every-article=3/2/1"], "do not rise"),
    ] {
        let said = home.run(arguments);
        assert_eq!(said.status, 1, "{arguments:?}");
        assert!(said.err.contains(says), "{arguments:?}: {}", said.err);
    }
    for typed in [
        "log-every-article",
        "log-every-article=two",
        "log-every-article=1/2",
        "A b=1",
    ] {
        assert_eq!(home.run(&["route", "--hours", typed]).status, 2, "{typed}");
    }
    let aimless = Home::empty();
    aimless.ok(&["start", "--profession", "content-marketing", "--name", "Ada"]);
    assert!(aimless.ok(&["route"]).contains("Choose what you aim at first"));
}

#[test]
fn the_steps_are_said_one_after_another() {
    let home = Home::of_ada();
    let said = home.ok(&["route"]);
    assert!(said.starts_with("To Senior content marketer. "), "{said}");
    assert!(said.contains("\n  1. ") && said.contains("Closes ") && said.contains("Week"));
    assert!(said.contains("The next best takes "));
    assert!(said.contains("That an activity shows what it says is an assumption."));
}

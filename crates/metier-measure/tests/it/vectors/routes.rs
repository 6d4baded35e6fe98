//! Least cost, earliest times and fringes.

use metier_measure::route::space::Space;
use metier_measure::route::{Planner, schedule};
use serde_json::Value;

use super::{f, list, u};
use crate::assert_near;
use crate::route::example::{ACTIONS, example, goal};

fn names(object: &Value) -> Vec<String> {
    let object = object
        .as_object()
        .unwrap_or_else(|| panic!("{object} has no names"));
    object.keys().cloned().collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn texts(value: &Value) -> Vec<&str> {
    list(value).iter().map(text).collect()
}

/// `v5_planning`: the optimum of two other methods, its critical path, and a small knowledge space.
pub fn planning(v: &Value) {
    let problem = example();
    let actions = names(&v["activities"]);
    assert_eq!(actions, ACTIONS.map(|a| a.0));
    for (name, cost, needs, gains) in ACTIONS {
        let action = &v["activities"][name];
        assert_near(cost, f(&action["hours"]), 1e-9, name);
        assert_eq!(needs, texts(&action["needs"]));
        assert_eq!(
            names(&action["gains"]),
            gains.iter().map(|g| g.0).collect::<Vec<_>>()
        );
        for (to, amount) in gains {
            assert_near(*amount, f(&action["gains"][to]), 1e-9, name);
        }
    }
    let targets: Vec<usize> = texts(&v["target"]).into_iter().map(goal).collect();
    assert_eq!(problem.targets, targets);
    let plan = Planner::new(&problem).unwrap().best(Planner::STEPS).unwrap();
    assert!(plan.proven && plan.first_of_equals);
    let chosen: Vec<&str> = plan.actions.iter().map(|a| actions[*a].as_str()).collect();
    assert_eq!(chosen, texts(&v["optimum_set"]));
    assert_eq!(chosen, texts(&v["highs_set"]));
    assert_near(plan.cost, f(&v["optimum_hours"]), 1e-9, "optimum");
    assert_near(plan.cost, f(&v["highs_hours"]), 1e-9, "HiGHS");

    let hours: Vec<f64> = problem.actions.iter().map(|a| a.cost).collect();
    let times = schedule(&problem, &plan.actions, &hours).unwrap();
    let cpm = &v["cpm"];
    for step in &times.steps {
        let name = &actions[step.action];
        assert_near(step.start, f(&cpm["earliest_start_h"][name]), 1e-9, name);
        assert_near(step.finish, f(&cpm["earliest_finish_h"][name]), 1e-9, name);
    }
    assert_eq!(times.steps.len(), names(&cpm["earliest_start_h"]).len());
    for name in names(&cpm["claim_reached_h"]) {
        let reached = times.reached[goal(&name)].unwrap();
        assert_near(reached, f(&cpm["claim_reached_h"][&name]), 1e-9, &name);
    }
    assert_near(times.length, f(&cpm["critical_path_hours"]), 1e-9, "length");
    assert_near(times.total, f(&cpm["sum_hours"]), 1e-9, "total");
    let chain: f64 = times.critical.iter().map(|a| hours[*a]).sum();
    assert_near(chain, times.length, 1e-9, "critical path");

    space(&v["knowledge_space"]);
}

fn space(v: &Value) {
    let items = names(&v["prereq"]);
    let item = |name: &str| items.iter().position(|i| i == name).unwrap();
    let needs: Vec<Vec<Vec<usize>>> = items
        .iter()
        .map(|name| {
            texts(&v["prereq"][name])
                .into_iter()
                .map(|n| vec![item(n)])
                .collect()
        })
        .collect();
    let space = Space::new(&needs).unwrap();
    assert_eq!(space.states(1_000).unwrap() as u64, u(&v["n_states"]));
    let state = ["a", "b", "c"].map(item);
    let fringe = |key: &str| -> Vec<usize> { texts(&v[key]).into_iter().map(item).collect() };
    assert_eq!(
        space.outer_fringe(&state).unwrap(),
        fringe("state_abc_outer_fringe")
    );
    assert_eq!(
        space.inner_fringe(&state).unwrap(),
        fringe("state_abc_inner_fringe")
    );
}

//! Problems of up to 300 actions and 60 goals.

use metier_measure::route::{Planner, Problem, schedule};
use serde_json::Value;

use super::check::{cost, is_route};
use super::instances::{Family, large};

const GOALS: usize = 60;

/// Optima found by `HiGHS` 1.15.1 with `benches/peers/route_highs.py`.
fn optima() -> Vec<(Family, usize, u64, f64)> {
    let table: Value = serde_json::from_str(include_str!("../../golden/routes.json")).unwrap();
    let rows: Vec<(String, usize, u64, f64)> = serde_json::from_value(table["optima"].clone()).unwrap();
    let family = |name: &str| match name {
        "Layered" => Family::Layered,
        "Circular" => Family::Circular,
        "Parts" => Family::Parts,
        other => panic!("no family {other}"),
    };
    rows.into_iter()
        .map(|(name, n, seed, cost)| (family(&name), n, seed, cost))
        .collect()
}

#[test]
fn optima_are_those_of_another_solver() {
    let optima = optima();
    assert!(optima.len() >= 50);
    for (family, actions, seed, want) in optima {
        let problem = large(family, actions, GOALS, seed);
        let plan = Planner::new(&problem).unwrap().best(Planner::STEPS).unwrap();
        assert!(is_route(&problem, &plan.actions));
        assert!((plan.cost - cost(&problem, &plan.actions)).abs() < 1e-9);
        assert!(
            plan.proven && (plan.cost - want).abs() < 1e-6,
            "{family:?} {actions} {seed}: {plan:?}, {want}"
        );
        println!("{family:?} {actions} {seed}: {} {:?}", plan.cost, plan.work);
    }
}

#[test]
fn three_hundred_actions_and_sixty_goals_are_solved_to_the_end() {
    for seed in 1..=5 {
        let problem = large(Family::Layered, 300, GOALS, seed);
        let plan = Planner::new(&problem).unwrap().best(Planner::STEPS).unwrap();
        println!("seed {seed}: {} {:?}", plan.cost, plan.work);
        assert!(plan.proven, "{plan:?}");
        assert!(is_route(&problem, &plan.actions));
        let hours: Vec<f64> = problem.actions.iter().map(|a| a.cost).collect();
        let times = schedule(&problem, &plan.actions, &hours).unwrap();
        assert!(times.length <= times.total && (times.total - plan.cost).abs() < 1e-9);
    }
}

#[test]
fn past_the_limit_the_answer_says_how_far_it_came() {
    for (family, seed) in [(Family::Parts, 1), (Family::Circular, 2), (Family::Layered, 1)] {
        let problem = large(family, 300, GOALS, seed);
        let mut last: Option<(f64, f64)> = None;
        for steps in [0, 1_000_000, 50_000_000, 300_000_000] {
            let plan = Planner::new(&problem).unwrap().best(steps).unwrap();
            println!(
                "{family:?} {steps}: {} to {}, {:?}",
                plan.least, plan.cost, plan.work
            );
            assert!(is_route(&problem, &plan.actions));
            assert!(plan.least <= plan.cost && (!plan.proven || plan.least >= plan.cost));
            // Whatever one run proves, no run's route may be below it.
            if let Some((least, cost)) = last {
                assert!(plan.least <= cost && least <= plan.cost);
            }
            last = Some((plan.least, plan.cost));
        }
    }
}

#[test]
fn the_same_problem_has_the_same_answer_to_the_bit() {
    let solve = |problem: &Problem| Planner::new(problem).unwrap().best(200_000_000);
    for family in [Family::Layered, Family::Circular, Family::Parts] {
        let problem = large(family, 150, GOALS, 3);
        assert_eq!(solve(&problem), solve(&problem));
    }
}

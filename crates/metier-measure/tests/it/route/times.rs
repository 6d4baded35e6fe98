//! Routes in time: schedules, turns, roles, fringes.

use metier_measure::route::space::Space;
use metier_measure::route::{Planner, Problem, Schedule, roles, schedule, turns};

use super::check::walk;
use super::example::{action, example, goal};
use super::oddities::small;

/// A route of each small problem that has one, with its durations.
fn routes() -> impl Iterator<Item = (Problem, Vec<usize>, Vec<f64>)> {
    (1..=600).filter_map(|seed| {
        let problem = small(seed);
        let plan = Planner::new(&problem).unwrap().best(100_000_000)?;
        let hours = problem.actions.iter().map(|a| a.cost).collect();
        (!plan.actions.is_empty()).then_some((problem, plan.actions, hours))
    })
}

/// Whether an action's needs are met once these actions are done.
fn ready(problem: &Problem, done: &[usize], action: usize) -> bool {
    let mut with = done.to_vec();
    with.push(action);
    walk(problem, &with).0.contains(&action)
}

#[test]
fn actions_start_as_early_as_their_needs_allow_and_no_earlier() {
    let mut seen = 0;
    for (problem, route, hours) in routes() {
        let times = schedule(&problem, &route, &hours).unwrap();
        assert_eq!(times.steps.len(), route.len());
        for (place, step) in times.steps.iter().enumerate() {
            // What is finished by its start and stands before it is enough; the same, a moment earlier, is not.
            let by = |end: &dyn Fn(f64) -> bool| -> Vec<usize> {
                let steps = times
                    .steps
                    .iter()
                    .filter(|s| s.action != step.action && end(s.finish));
                steps.map(|s| s.action).collect()
            };
            assert!(ready(&problem, &by(&|finish| finish <= step.start), step.action));
            let earlier = by(&|finish| finish < step.start);
            assert!(step.start == 0.0 || !ready(&problem, &earlier, step.action));
            assert!(ready(&problem, &step.after, step.action) || !step.after.is_empty());
            assert!(
                step.after
                    .iter()
                    .all(|a| times.steps[..place].iter().any(|s| s.action == *a))
            );
            assert!((step.finish - step.start - hours[step.action]).abs() < 1e-12);
            seen += 1;
        }
        let chain: f64 = times.critical.iter().map(|a| hours[*a]).sum();
        assert!((chain - times.length).abs() < 1e-9);
        assert!(times.critical.iter().all(|a| slack(&times, *a) < 1e-9));
        for &target in &problem.targets {
            assert!(times.reached[target].unwrap() <= times.length);
        }
    }
    println!("{seen} actions in time");
    assert!(seen > 500);
}

fn slack(times: &Schedule, action: usize) -> f64 {
    times.steps.iter().find(|s| s.action == action).unwrap().slack
}

#[test]
fn an_action_may_take_longer_by_its_slack_and_on_a_chain_by_nothing() {
    for (problem, route, hours) in routes() {
        let times = schedule(&problem, &route, &hours).unwrap();
        for step in &times.steps {
            let mut longer = hours.clone();
            longer[step.action] += step.slack;
            assert!(schedule(&problem, &route, &longer).unwrap().length <= times.length + 1e-9);
        }
    }
}

#[test]
fn one_after_another_each_finds_its_needs_met() {
    for (problem, route, hours) in routes() {
        let alone = turns(&problem, &route, &hours).unwrap();
        let total: f64 = route.iter().map(|a| hours[*a]).sum();
        let (mut done, mut now) = (Vec::new(), 0.0);
        for turn in &alone.turns {
            assert!(ready(&problem, &done, turn.action));
            // No other that comes earlier in the order given could have been taken.
            let earlier = route.iter().take_while(|a| **a != turn.action);
            assert!(
                earlier
                    .filter(|a| !done.contains(*a))
                    .all(|a| !ready(&problem, &done, *a))
            );
            assert!((turn.start - now).abs() < 1e-12);
            now = turn.finish;
            done.push(turn.action);
        }
        assert!((now - total).abs() < 1e-9 && done.len() == route.len());
        for &target in &problem.targets {
            assert!(alone.reached[target].unwrap() <= now);
        }
    }
}

#[test]
fn each_action_of_a_best_route_serves_a_target() {
    for (problem, route, hours) in routes() {
        let times = schedule(&problem, &route, &hours).unwrap();
        for role in roles(&problem, &times) {
            assert!(!role.serves.is_empty(), "{problem:?} {role:?}");
            assert_eq!(role.forced, role.targets.is_empty());
        }
    }
}

#[test]
fn roles_of_the_example() {
    let problem = example();
    let hours: Vec<f64> = problem.actions.iter().map(|a| a.cost).collect();
    let route = ["a_doc", "a_hackweek", "a_prac", "a_shadowpm", "a_talk", "a_teach"].map(action);
    let times = schedule(&problem, &route, &hours).unwrap();
    assert_eq!(times.critical, ["a_doc", "a_prac", "a_hackweek"].map(action));
    assert_eq!(times.givers[goal("T3")], ["a_hackweek", "a_shadowpm"].map(action));
    assert!((slack(&times, action("a_shadowpm")) - 23.0).abs() < 1e-9);
    let roles = roles(&problem, &times);
    let of = |name: &str| roles.iter().find(|r| r.action == action(name)).unwrap();
    assert_eq!(of("a_prac").serves, ["T2", "T3", "T4", "T6"].map(goal));
    assert_eq!(
        of("a_prac").before,
        ["a_hackweek", "a_shadowpm", "a_talk", "a_teach"].map(action)
    );
    assert_eq!(of("a_teach").targets, ["T4", "T6"].map(goal));
}

#[test]
fn what_is_no_route_has_no_schedule() {
    let problem = example();
    let hours: Vec<f64> = problem.actions.iter().map(|a| a.cost).collect();
    assert!(schedule(&problem, &[action("a_teach")], &hours).is_err());
    assert!(turns(&problem, &[action("a_teach")], &hours).is_err());
    assert!(schedule(&problem, &[99], &hours).is_err());
    assert!(schedule(&problem, &[action("a_doc")], &hours[1..]).is_err());
    let mut bad = hours.clone();
    bad[0] = f64::NAN;
    assert!(schedule(&problem, &[action("a_doc")], &bad).is_err());
    let nothing = schedule(&problem, &[], &hours).unwrap();
    assert_eq!(
        (nothing.length, nothing.total, nothing.steps.len()),
        (0.0, 0.0, 0)
    );
}

#[test]
fn fringes_with_alternatives_and_circles() {
    // 0 first; 1 after 0; 2 after 0 or 3; 3 after 2: from 2 on it could go round, but 2 comes through 0.
    let space = Space::new(&[vec![], vec![vec![0]], vec![vec![0, 3]], vec![vec![2]]]).unwrap();
    assert_eq!(space.outer_fringe(&[0]).unwrap(), [1, 2]);
    assert_eq!(space.inner_fringe(&[0, 2, 3]).unwrap(), [3]);
    assert!(!space.is_state(&[2, 3]).unwrap());
    assert!(space.outer_fringe(&[2, 3]).is_err() && space.is_state(&[9]).is_err());
    // {}, 0, 01, 02, 012, 023, 0123.
    assert_eq!(space.states(100), Ok(7));
    assert!(space.states(6).is_err());
    assert_eq!(Space::new(&[]).unwrap().states(1), Ok(1));
    assert!(Space::new(&[vec![vec![1]]]).is_err());
    assert!(Space::new(&vec![vec![]; 4_001]).is_err());
}

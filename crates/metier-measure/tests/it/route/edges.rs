//! What is refused, what is empty, and why something cannot be reached.

use metier_measure::MeasureError;
use metier_measure::route::{Action, Gain, Goal, MAX_ACTIONS, Need, Obstacle, Planner, Prior, Problem, Why};

use super::ENOUGH;
use super::example::example;

fn goal() -> Goal {
    Goal {
        amount: 1.0,
        already: 0.0,
    }
}

fn action(cost: f64, goal: usize, amount: f64, needs: &[&[Prior]]) -> Action {
    Action {
        cost,
        gains: vec![Gain { goal, amount }],
        needs: needs
            .iter()
            .map(|one_of| Need {
                one_of: one_of.to_vec(),
            })
            .collect(),
    }
}

#[test]
fn nothing_to_reach_costs_nothing() {
    let mut planner = Planner::new(&Problem::default()).unwrap();
    let plan = planner.best(ENOUGH).unwrap();
    assert!(plan.proven && plan.actions.is_empty() && plan.cost == 0.0);
    let no_targets = Problem {
        targets: Vec::new(),
        ..example()
    };
    assert!(
        Planner::new(&no_targets)
            .unwrap()
            .best(ENOUGH)
            .unwrap()
            .actions
            .is_empty()
    );
    let mut there = example();
    for goal in &mut there.goals {
        goal.already = 1.0;
    }
    assert!(
        Planner::new(&there)
            .unwrap()
            .best(ENOUGH)
            .unwrap()
            .actions
            .is_empty()
    );
    let no_actions = Problem {
        actions: Vec::new(),
        ..example()
    };
    assert_eq!(Planner::new(&no_actions).unwrap().best(ENOUGH), None);
}

#[test]
fn numbers_that_are_none_are_refused() {
    for bad in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let with = |change: &dyn Fn(&mut Problem)| {
            let mut problem = example();
            change(&mut problem);
            Planner::new(&problem).is_err()
        };
        assert!(with(&|p| p.actions[0].cost = bad), "cost {bad}");
        assert!(with(&|p| p.actions[0].gains[0].amount = bad), "gain {bad}");
        assert!(with(&|p| p.goals[0].amount = bad), "amount {bad}");
        assert!(with(&|p| p.goals[0].already = bad), "already {bad}");
    }
    let mut dear = example();
    dear.actions[0].cost = 2e6;
    assert!(Planner::new(&dear).is_err());
    let mut nothing = example();
    nothing.goals[0].amount = 0.0;
    assert!(Planner::new(&nothing).is_err());
}

#[test]
fn positions_outside_their_lists_are_refused() {
    for change in [
        (|p: &mut Problem| p.targets.push(6)) as fn(&mut Problem),
        |p| p.actions[0].gains[0].goal = 6,
        |p| p.actions[0].needs[0].one_of[0] = Prior::Goal(6),
        |p| p.actions[0].needs[0].one_of[0] = Prior::Action(11),
    ] {
        let mut problem = example();
        change(&mut problem);
        assert!(matches!(
            Planner::new(&problem),
            Err(MeasureError::OutOfDomain { .. })
        ));
    }
}

#[test]
fn too_many_are_refused_with_the_limit() {
    let actions = vec![action(1.0, 0, 1.0, &[]); 10_000];
    let problem = Problem {
        goals: vec![goal()],
        actions,
        targets: vec![0],
    };
    let Err(error) = Planner::new(&problem) else {
        panic!("10,000 actions")
    };
    assert_eq!(
        error.to_string(),
        "actions has 10000 elements; allowed: at most 4000"
    );
    let mut most = problem;
    most.actions.truncate(MAX_ACTIONS);
    assert_eq!(Planner::new(&most).unwrap().best(ENOUGH).unwrap().actions, [0]);
}

#[test]
fn a_goal_that_nobody_gives_enough_is_named() {
    let problem = Problem {
        goals: vec![
            Goal {
                amount: 3.0,
                already: 0.5,
            },
            goal(),
        ],
        actions: vec![action(1.0, 0, 2.0, &[]), action(1.0, 1, 1.0, &[])],
        targets: vec![0, 1],
    };
    let mut planner = Planner::new(&problem).unwrap();
    assert_eq!(planner.best(ENOUGH), None);
    let why = Why::TooLittle { most: 2.5 };
    assert_eq!(
        planner.reach().obstacles,
        [Obstacle {
            what: Prior::Goal(0),
            why
        }]
    );
}

#[test]
fn a_circle_supports_nothing_and_is_named() {
    // Each needs what the other gives.
    let problem = Problem {
        goals: vec![goal(), goal()],
        actions: vec![
            action(1.0, 0, 1.0, &[&[Prior::Goal(1)]]),
            action(1.0, 1, 1.0, &[&[Prior::Goal(0)]]),
        ],
        targets: vec![0],
    };
    let mut planner = Planner::new(&problem).unwrap();
    assert_eq!(planner.best(ENOUGH), None);
    let waits = |what, on| Obstacle {
        what,
        why: Why::Waits {
            on: vec![on],
            circle: true,
        },
    };
    assert_eq!(
        planner.reach().obstacles,
        [
            waits(Prior::Goal(0), Prior::Action(0)),
            waits(Prior::Action(0), Prior::Goal(1)),
            waits(Prior::Goal(1), Prior::Action(1)),
            waits(Prior::Action(1), Prior::Goal(0)),
        ]
    );
    // A way into the circle from outside, however dear, is taken.
    let mut opened = problem;
    opened.actions.push(action(9.0, 1, 1.0, &[]));
    assert_eq!(
        Planner::new(&opened).unwrap().best(ENOUGH).unwrap().actions,
        [0, 2]
    );
}

#[test]
fn a_need_without_alternatives_is_named() {
    let problem = Problem {
        goals: vec![goal()],
        actions: vec![action(1.0, 0, 1.0, &[&[]])],
        targets: vec![0],
    };
    let obstacles = Planner::new(&problem).unwrap().reach().obstacles;
    assert_eq!(
        obstacles[1],
        Obstacle {
            what: Prior::Action(0),
            why: Why::NoAlternative
        }
    );
}

#[test]
fn a_circle_that_gives_its_own_part_does_not_count_it() {
    // 0.6 from outside and 0.4 that needs the goal itself: the goal is not reached.
    let problem = Problem {
        goals: vec![goal()],
        actions: vec![
            action(1.0, 0, 0.6, &[]),
            action(1.0, 0, 0.4, &[&[Prior::Goal(0)]]),
        ],
        targets: vec![0],
    };
    assert_eq!(Planner::new(&problem).unwrap().best(ENOUGH), None);
}

//! Routes: against all sets of small problems, and on large ones.

mod check;
mod edges;
pub mod example;
mod instances;
mod larger;
mod oddities;
mod spreads;
mod times;

use metier_measure::route::{Action, Gain, Goal, Planner, Prior, Problem};

use check::{best_of_all, cost, is_route, walk};
use instances::Numbers;
use oddities::small;

/// How many small problems.
const SEEDS: u64 = 1_000;
/// More than enough work for a small problem.
const ENOUGH: u64 = 100_000_000;

#[test]
fn small_problems_are_solved_as_by_trying_every_set() {
    let mut longer = 0;
    for seed in 1..=SEEDS {
        let problem = small(seed);
        let all = best_of_all(&problem, |_| true);
        let plan = Planner::new(&problem).unwrap().best(ENOUGH);
        assert_eq!(plan.as_ref().map(|p| &p.actions), all.as_ref(), "seed {seed}");
        if let (Some(plan), Some(all)) = (plan, all) {
            assert!(plan.proven && plan.first_of_equals, "seed {seed}: {plan:?}");
            assert!((plan.cost - cost(&problem, &all)).abs() < 1e-9 && plan.least >= plan.cost);
            longer += u32::from(all.len() > 1);
        }
    }
    println!("{SEEDS} problems, {longer} with a route of two actions or more");
    assert!(longer > 300);
}

#[test]
fn what_can_be_reached_is_what_everything_together_reaches() {
    let mut obstacles = 0;
    for seed in 1..=SEEDS {
        let problem = small(seed);
        let everything: Vec<usize> = (0..problem.actions.len()).collect();
        let (done, reached) = walk(&problem, &everything);
        let reach = Planner::new(&problem).unwrap().reach();
        assert_eq!(reach.goals, reached);
        assert!(everything.iter().all(|a| reach.actions[*a] == done.contains(a)));
        assert!(everything.iter().all(|a| reach.ready[*a] == ready(&problem, *a)));
        let lost = problem.targets.iter().any(|t| !reached[*t]);
        assert_eq!(lost, !reach.obstacles.is_empty());
        for obstacle in &reach.obstacles {
            match obstacle.what {
                Prior::Goal(goal) => assert!(!reached[goal]),
                Prior::Action(action) => assert!(!done.contains(&action)),
            }
        }
        obstacles += reach.obstacles.len();
    }
    assert!(obstacles > 300);
}

/// Whether an action can be done before any other.
fn ready(problem: &Problem, action: usize) -> bool {
    walk(problem, &[action]).0 == [action]
}

#[test]
fn what_would_change_the_choice_is_what_trying_every_set_says() {
    let (mut seconds, mut cheaper) = (0, 0);
    for seed in 1..=300 {
        let problem = small(seed);
        let mut planner = Planner::new(&problem).unwrap();
        let Some(best) = planner.best(ENOUGH) else {
            continue;
        };
        let changes = planner.changes(&best, 20, ENOUGH);
        assert_eq!(changes.without.len(), best.actions.len());
        for without in &changes.without {
            let all = best_of_all(&problem, |set| !set.contains(&without.action));
            assert_eq!(
                without.plan.as_ref().map(|p| &p.actions),
                all.as_ref(),
                "seed {seed}"
            );
            let margin = all.map(|all| cost(&problem, &all) - best.cost);
            assert_eq!(without.margin.is_some(), margin.is_some());
            assert!(near(without.margin.unwrap_or(0.0), margin.unwrap_or(0.0)));
        }
        let second = best_of_all(&problem, |set| !best.actions.iter().all(|a| set.contains(a)));
        assert_eq!(
            changes.runner_up.as_ref().map(|p| &p.actions),
            second.as_ref(),
            "seed {seed}"
        );
        seconds += u32::from(second.is_some());
        for change in &changes.cheaper {
            let with = best_of_all(&problem, |set| set.contains(&change.action)).unwrap();
            let by = cost(&problem, &with) - best.cost;
            let within = by <= problem.actions[change.action].cost + 1e-9;
            assert!(change.proven);
            assert_eq!(change.by.is_some(), within, "seed {seed}: {change:?} {by}");
            assert!(near(change.by.unwrap_or(by), by), "seed {seed}: {change:?} {by}");
            cheaper += 1;
        }
    }
    println!("{seconds} runners-up, {cheaper} actions that could be cheaper");
    assert!(seconds > 80 && cheaper > 80);
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn least(problem: &Problem) -> Option<f64> {
    Planner::new(problem).unwrap().best(ENOUGH).map(|plan| plan.cost)
}

/// `None` is the worst there is.
fn no_worse(now: Option<f64>, before: Option<f64>) -> bool {
    now.unwrap_or(f64::INFINITY) <= before.unwrap_or(f64::INFINITY) + 1e-9
}

#[test]
fn a_further_action_never_makes_a_route_dearer() {
    for seed in 1..=500 {
        let mut problem = small(seed);
        let mut numbers = Numbers(seed);
        let before = least(&problem);
        let goals = problem.goals.len();
        problem.actions.push(Action {
            cost: numbers.below(40) as f64 / 4.0,
            gains: (0..2)
                .map(|_| Gain {
                    goal: numbers.below(goals),
                    amount: numbers.below(21) as f64 / 20.0,
                })
                .collect(),
            needs: Vec::new(),
        });
        assert!(no_worse(least(&problem), before), "seed {seed}");
    }
}

#[test]
fn more_gain_less_cost_more_there_already_or_a_need_less_never_makes_a_route_dearer() {
    for seed in 1..=500 {
        let problem = small(seed);
        if problem.actions.is_empty() {
            continue;
        }
        let mut numbers = Numbers(seed);
        let before = least(&problem);
        let action = numbers.below(problem.actions.len());
        let mut more = problem.clone();
        for gain in &mut more.actions[action].gains {
            gain.amount += numbers.below(10) as f64 / 20.0;
        }
        assert!(no_worse(least(&more), before), "seed {seed}: gain");
        let mut less = problem.clone();
        less.actions[action].cost /= 2.0;
        assert!(no_worse(least(&less), before), "seed {seed}: cost");
        let mut there = problem.clone();
        there.goals[0].already += 0.3;
        assert!(no_worse(least(&there), before), "seed {seed}: already");
        let mut free = problem.clone();
        free.actions[action].needs.pop();
        assert!(no_worse(least(&free), before), "seed {seed}: need");
    }
}

#[test]
fn the_order_in_which_a_problem_is_written_does_not_change_its_cost() {
    for seed in 1..=300 {
        let problem = small(seed);
        let mut numbers = Numbers(seed + 7);
        let count = problem.actions.len();
        let mut order: Vec<usize> = (0..count).collect();
        for i in (1..count).rev() {
            order.swap(i, numbers.below(i + 1));
        }
        let place = |action: usize| order.iter().position(|o| *o == action).unwrap();
        let mut moved = problem.clone();
        moved.actions = order.iter().map(|a| problem.actions[*a].clone()).collect();
        for prior in moved
            .actions
            .iter_mut()
            .flat_map(|a| &mut a.needs)
            .flat_map(|n| &mut n.one_of)
        {
            if let Prior::Action(action) = prior {
                *action = place(*action);
            }
        }
        let (one, other) = (least(&problem), least(&moved));
        assert_eq!(one.is_some(), other.is_some());
        assert!(near(one.unwrap_or(0.0), other.unwrap_or(0.0)), "seed {seed}");
    }
}

#[test]
fn sums_that_rounding_would_spoil_reach_their_goal() {
    for parts in [
        vec![0.6, 0.4],
        vec![0.1, 0.2, 0.7],
        vec![1.0 / 3.0; 3],
        vec![1.0 / 7.0; 7],
        vec![0.1; 10],
    ] {
        let problem = Problem {
            goals: vec![Goal {
                amount: 1.0,
                already: 0.0,
            }],
            actions: parts
                .iter()
                .map(|amount| Action {
                    cost: 1.0,
                    gains: vec![Gain {
                        goal: 0,
                        amount: *amount,
                    }],
                    needs: Vec::new(),
                })
                .collect(),
            targets: vec![0],
        };
        let plan = Planner::new(&problem).unwrap().best(ENOUGH).unwrap();
        assert_eq!(plan.actions.len(), parts.len());
        assert!(is_route(&problem, &plan.actions));
    }
}

//! Small problems of every oddity, made from a seed.

use metier_measure::route::{Action, Gain, Goal, Need, Prior, Problem};

use super::instances::Numbers;

/// A problem small enough to try every set of its actions, of every oddity: circles, needs of actions and
/// goals, with alternatives and without any, amounts that are there already, gains in parts, costs of
/// nothing. Half of them ask for more, and can mostly be solved.
pub fn small(seed: u64) -> Problem {
    let mut numbers = Numbers(seed);
    let rich = numbers.percent(50);
    let goals = if rich {
        3 + numbers.below(4)
    } else {
        1 + numbers.below(6)
    };
    let actions = if rich {
        9 + numbers.below(4)
    } else {
        numbers.below(12)
    };
    let twentieths = |n: usize| n as f64 / 20.0;
    let prior = |numbers: &mut Numbers| {
        if numbers.percent(30) && actions > 0 {
            Prior::Action(numbers.below(actions))
        } else {
            Prior::Goal(numbers.below(goals))
        }
    };
    let costs = if numbers.percent(50) { 8 } else { 100 };
    let whole = if rich { 20 } else { 50 };
    let needs = if rich { 2 } else { 3 };
    Problem {
        goals: (0..goals)
            .map(|_| Goal {
                amount: if numbers.percent(80) { 1.0 } else { 3.0 },
                already: if numbers.percent(30) {
                    twentieths(numbers.below(24))
                } else {
                    0.0
                },
            })
            .collect(),
        actions: (0..actions)
            .map(|_| Action {
                cost: numbers.below(costs) as f64 / 4.0,
                gains: (0..usize::from(rich) + numbers.below(4))
                    .map(|_| Gain {
                        goal: numbers.below(goals),
                        amount: if numbers.percent(whole) {
                            3.0
                        } else {
                            twentieths(numbers.below(20))
                        },
                    })
                    .collect(),
                needs: (0..numbers.below(needs))
                    .map(|_| Need {
                        one_of: (0..(1 + numbers.below(2)).min(numbers.below(20)))
                            .map(|_| prior(&mut numbers))
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
        targets: (0..usize::from(rich) + numbers.below(4))
            .map(|_| numbers.below(goals))
            .collect(),
    }
}

//! The worked example of the documentation: eleven actions, six goals.

use metier_measure::route::{Action, Gain, Goal, Need, Prior, Problem};

/// Name, cost, goals that come first, gains.
pub type Row = (
    &'static str,
    f64,
    &'static [&'static str],
    &'static [(&'static str, f64)],
);

/// The actions, by name.
pub const ACTIONS: [Row; 11] = [
    ("a_coachlog", 14.0, &["T1"], &[("T2", 0.5)]),
    ("a_doc", 4.0, &[], &[("T1", 1.0)]),
    ("a_hackweek", 35.0, &["T2"], &[("T3", 0.7)]),
    ("a_lead", 80.0, &["T3", "T4"], &[("T5", 1.0), ("T6", 0.5)]),
    ("a_onboard", 25.0, &["T2", "T3"], &[("T4", 1.0), ("T5", 0.5)]),
    ("a_prac", 30.0, &["T1"], &[("T2", 1.0)]),
    ("a_proj", 60.0, &["T2"], &[("T3", 1.0), ("T6", 0.4)]),
    ("a_shadowpm", 12.0, &["T2"], &[("T3", 0.4)]),
    ("a_sim", 18.0, &["T1"], &[("T2", 0.6)]),
    ("a_talk", 15.0, &["T2"], &[("T6", 0.7)]),
    ("a_teach", 10.0, &["T2"], &[("T4", 1.0), ("T6", 0.3)]),
];

/// The goals; all but T5 are to be reached.
pub const GOALS: [&str; 6] = ["T1", "T2", "T3", "T4", "T5", "T6"];

/// The position of a goal.
pub fn goal(name: &str) -> usize {
    GOALS.iter().position(|g| *g == name).unwrap()
}

/// The position of an action.
pub fn action(name: &str) -> usize {
    ACTIONS.iter().position(|a| a.0 == name).unwrap()
}

/// The problem.
pub fn example() -> Problem {
    Problem {
        goals: vec![
            Goal {
                amount: 1.0,
                already: 0.0
            };
            GOALS.len()
        ],
        actions: ACTIONS
            .iter()
            .map(|(_, cost, needs, gains)| Action {
                cost: *cost,
                gains: gains
                    .iter()
                    .map(|(to, amount)| Gain {
                        goal: goal(to),
                        amount: *amount,
                    })
                    .collect(),
                needs: needs
                    .iter()
                    .map(|need| Need {
                        one_of: vec![Prior::Goal(goal(need))],
                    })
                    .collect(),
            })
            .collect(),
        targets: ["T1", "T2", "T3", "T4", "T6"].map(goal).to_vec(),
    }
}

//! How long routes take: `cargo bench -p metier-measure --bench route`.
//!
//! With `ROUTE_INSTANCES=FILE` the problems are written there with the answers and the seconds, one a line,
//! for `benches/peers/route_highs.py FILE`.
#![allow(missing_docs, reason = "a benchmark")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

#[path = "../tests/it/route/instances.rs"]
mod instances;

use std::fs::File;
use std::io::Write;
use std::time::Instant;

use instances::{Family, large};
use metier_measure::route::{Plan, Planner, Prior, Problem};
use serde_json::{Value, json};

const SEEDS: u64 = 9;
const GOALS: usize = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = std::env::var_os("ROUTE_INSTANCES")
        .map(File::create)
        .transpose()?;
    println!("| family | actions | median | worst | proven | nodes, median | steps, median |");
    println!("|---|---|---|---|---|---|---|");
    for family in [Family::Layered, Family::Circular, Family::Parts] {
        for actions in [50, 100, 200, 300] {
            let (mut seconds, mut nodes, mut steps, mut proven) = (Vec::new(), Vec::new(), Vec::new(), 0);
            for seed in 1..=SEEDS {
                let problem = large(family, actions, GOALS.min(actions), seed);
                let clock = Clock::start();
                let plan = Planner::new(&problem)?.best(Planner::STEPS);
                let took = clock.seconds();
                let Some(plan) = plan else { continue };
                seconds.push(took);
                nodes.push(plan.work.nodes);
                steps.push(plan.work.steps);
                proven += u32::from(plan.proven);
                if let Some(file) = &mut file {
                    let line = line(&format!("{family:?} {actions}"), seed, &problem, &plan, took);
                    writeln!(file, "{line}")?;
                }
            }
            seconds.sort_by(f64::total_cmp);
            nodes.sort_unstable();
            steps.sort_unstable();
            let middle = seconds.len() / 2;
            println!(
                "| {family:?} | {actions} | {:.3} s | {:.3} s | {proven} of {} | {} | {} |",
                seconds[middle],
                seconds[seconds.len() - 1],
                seconds.len(),
                nodes[middle],
                steps[middle],
            );
        }
    }
    Ok(())
}

/// Processor time of this thread where the system tells it, so that other work on the machine does not count;
/// else the time on the clock.
struct Clock {
    processor: Option<f64>,
    wall: Instant,
}

impl Clock {
    fn start() -> Self {
        Self {
            processor: processor(),
            wall: Instant::now(),
        }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, processor()) {
            (Some(start), Some(end)) => end - start,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = stat.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn line(name: &str, seed: u64, problem: &Problem, plan: &Plan, seconds: f64) -> Value {
    let prior = |prior: &Prior| match prior {
        Prior::Goal(goal) => json!(["goal", goal]),
        Prior::Action(action) => json!(["action", action]),
    };
    let goals: Vec<Value> = problem
        .goals
        .iter()
        .map(|g| json!([g.amount, g.already]))
        .collect();
    let actions: Vec<Value> = problem
        .actions
        .iter()
        .map(|action| {
            let gains: Vec<Value> = action.gains.iter().map(|g| json!([g.goal, g.amount])).collect();
            let needs: Vec<Vec<Value>> = action
                .needs
                .iter()
                .map(|need| need.one_of.iter().map(prior).collect())
                .collect();
            json!({"cost": action.cost, "gains": gains, "needs": needs})
        })
        .collect();
    json!({
        "name": name, "seed": seed, "cost": plan.cost, "proven": plan.proven, "seconds": seconds,
        "goals": goals, "targets": problem.targets, "actions": actions,
    })
}

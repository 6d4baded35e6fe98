//! Development tasks, run as `cargo xtask TASK` (the alias is in `.cargo/config.toml`).
//!
//! `cargo xtask test` is the whole answer to "is this tree fit to hand over?", the same on a desk and in
//! CI. A check that cannot run counts as failed: a missing tool is installed or named, never skipped.

use std::process::ExitCode;

mod browser;
mod fuzz;
mod machine;
mod options;
mod parsers;
mod place;
mod process;
mod rows;
mod runner;
mod steps;

use options::{Options, Task};
use place::Place;
use process::Failure;

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    match Options::parse(&arguments) {
        Ok(options) => match run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(failure) => {
                eprintln!("xtask: {failure}");
                ExitCode::FAILURE
            }
        },
        Err(problem) => {
            eprintln!("xtask: {problem}\n\n{}", options::USAGE);
            ExitCode::from(2)
        }
    }
}

/// Runs the chosen task; `false` when a step of it failed and has already said why.
fn run(options: &Options) -> Result<bool, Failure> {
    let place = Place::find()?;
    match &options.task {
        Task::Help => {
            println!("{}\n\nSteps of test:\n{}", options::USAGE, steps::list());
            Ok(true)
        }
        Task::Test(choice) => runner::run(&place, &steps::chosen(choice)?, choice.keep_going),
        Task::Bench(filter) => runner::run(&place, &[steps::bench(filter.clone())], false),
        Task::Screenshots => runner::run(&place, &steps::screenshots(), false),
    }
}

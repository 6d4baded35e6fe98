//! The binary: commands, configuration, wiring.
//!
//! | file | question |
//! |---|---|
//! | `cli` | what can be typed? |
//! | `commands/` | what does each command do? one file a group |
//! | `session` | where is the home, what day is it, how is the answer wanted? |
//! | `answer` | how do answers and errors leave, with which exit status? |
//! | `paper`, `map` | how does text look in a terminal? |
//! | `surroundings` | the one place that reads the clock and the dice |

mod answer;
mod cli;
mod commands;
mod day;
mod map;
mod new_file;
mod paper;
mod session;
mod surroundings;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => return answer::usage(&said),
    };
    let json = cli.json;
    match session::Session::new(&cli).and_then(|session| commands::run(cli.command, &cli.page, &session)) {
        Ok(answer) => answer.give(),
        Err(error) => answer::fail(&error, json),
    }
}

//! Answers and errors on their way out: text or JSON, and the exit status.
//!
//! 0: done, or yes. 1: no, or it could not be done. 2: it was asked wrongly.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use metier_app::AppError;
use serde_json::json;

use crate::paper::Paper;

/// What a command answers.
#[derive(Debug)]
pub struct Answer {
    /// What is printed.
    pub said: String,
    /// False where the answer to a question is no.
    pub yes: bool,
}

impl Answer {
    /// Prints it.
    pub fn give(self) -> ExitCode {
        let mut out = io::stdout().lock();
        let end = if self.said.is_empty() || self.said.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        match out
            .write_all(self.said.as_bytes())
            .and_then(|()| out.write_all(end.as_bytes()))
            .and_then(|()| out.flush())
        {
            // `metier log --list | head` closes the pipe when it has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                eprintln!("error: the answer could not be written: {error}");
                ExitCode::FAILURE
            }
            _ if self.yes => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

/// Prints an error: what happened, then what to do, each on a line.
pub fn fail(error: &AppError, json: bool) -> ExitCode {
    if json {
        say(&serde_json::to_string(error).unwrap_or_default());
        return ExitCode::FAILURE;
    }
    let paper = Paper::of(io::stderr().is_terminal());
    let mut said = format!("{} {}\n", paper.strong("error:"), error.message);
    for hint in &error.hints {
        said += &format!("  {hint}\n");
    }
    say(said.trim_end());
    ExitCode::FAILURE
}

/// Prints help, the version, or what was typed wrongly.
pub fn usage(said: &clap::Error) -> ExitCode {
    let asked_for = matches!(said.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let json = std::env::args_os().any(|a| a == "--json");
    if json && !asked_for {
        let text = said.render().to_string();
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ");
        let hints: Vec<&str> = lines.collect();
        say(&json!({"kind": "usage", "message": message, "hints": hints}).to_string());
    } else {
        // A closed pipe is nothing to complain about.
        let _ = said.print();
    }
    if asked_for {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}

fn say(text: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

//! Running other programs.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::place::Place;

/// Why a step failed, in words that say what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A program to run in the root of the workspace, with nothing on its standard input.
pub fn command(place: &Place, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", &place.target)
        .stdin(Stdio::null());
    command
}

/// A cargo to run, the one that started this program; its arguments are separated by blanks.
pub fn cargo(place: &Place, line: &str) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(place, &cargo, &line.split_whitespace().collect::<Vec<_>>())
}

/// Prints the command, runs it to its end, and fails when it does.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let line = line(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("cannot start `{line}`: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` ended with {status}")))
    }
}

/// Runs commands, `at_once` of them at a time. What each wrote is printed whole when it ends, so that no two
/// mix. After a failure nothing new begins; the first failure is the answer.
pub fn run_side_by_side(commands: Vec<Command>, at_once: usize) -> Result<(), Failure> {
    let waiting = Mutex::new(commands.into_iter());
    let failed = Mutex::new(None);
    let next = || {
        let stop = failed.lock().map_or(true, |failed| failed.is_some());
        if stop { None } else { waiting.lock().ok()?.next() }
    };
    thread::scope(|scope| {
        for _ in 0..at_once.max(1) {
            scope.spawn(|| {
                while let Some(mut command) = next() {
                    if let Err(failure) = run_and_print(&mut command)
                        && let Ok(mut failed) = failed.lock()
                    {
                        failed.get_or_insert(failure);
                    }
                }
            });
        }
    });
    match failed.into_inner() {
        Ok(None) => Ok(()),
        Ok(Some(failure)) => Err(failure),
        Err(_) => Err(Failure::new("a command could not be watched to its end")),
    }
}

fn run_and_print(command: &mut Command) -> Result<(), Failure> {
    let line = line(command);
    let output = command
        .output()
        .map_err(|error| Failure::new(format!("cannot start `{line}`: {error}")))?;
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    println!("$ {line}\n{said}{complained}");
    if output.status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` ended with {}", output.status)))
    }
}

/// Runs the command quietly and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let line = line(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::new(format!("cannot start `{line}`: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::new(format!("`{line}` ended with {}", output.status)))
    }
}

/// Whether `program --version` (or the like) runs and succeeds.
pub fn answers(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as one would type it, for messages.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let mut words = vec![name.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_with_its_status() {
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(failure.to_string(), "`sh -c exit 3` ended with exit status: 3");
    }

    #[test]
    fn of_commands_side_by_side_each_runs_and_the_first_failure_is_told() {
        let shell = |line: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", line]);
            command
        };
        run_side_by_side(vec![shell("exit 0"), shell("echo done"), shell("exit 0")], 2).unwrap();
        run_side_by_side(Vec::new(), 2).unwrap();
        let failure =
            run_side_by_side(vec![shell("exit 0"), shell("exit 4"), shell("exit 5")], 1).unwrap_err();
        assert_eq!(failure.to_string(), "`sh -c exit 4` ended with exit status: 4");
    }

    #[test]
    fn a_missing_program_is_a_failure() {
        let failure = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(
            failure.to_string().starts_with("cannot start `no-such-program`"),
            "{failure}"
        );
        assert!(!answers("no-such-program", &["--version"]));
    }
}

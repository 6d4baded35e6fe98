//! What was asked for on the command line.

/// Printed by `cargo xtask help` and after a usage error.
pub const USAGE: &str = "\
Usage:
  cargo xtask test [--quick] [--only STEP]... [--keep-going]
      Check the whole tree. --quick: format, lints and tests, for every day.
      --only runs the named steps; --keep-going goes on after a failure.
  cargo xtask bench [FILTER]
      Run the benchmarks whose name contains FILTER (all without it).
  cargo xtask screenshots
      Fill an example career and photograph its pages into e2e/screenshots.
  cargo xtask help";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub task: Task,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    Help,
    Test(Choice),
    Bench(Option<String>),
    Screenshots,
}

/// Which steps of `test` to run, and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub quick: bool,
    pub only: Vec<String>,
    pub keep_going: bool,
}

impl Options {
    /// Reads the arguments after the program's name; the error says which one was not understood.
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut rest = arguments.iter().map(String::as_str);
        let task = match rest.next() {
            None | Some("help" | "--help" | "-h") => Task::Help,
            Some("test") => {
                return choice(rest).map(|choice| Self {
                    task: Task::Test(choice),
                });
            }
            Some("bench") => Task::Bench(rest.next().map(str::to_owned)),
            Some("screenshots") => Task::Screenshots,
            Some(other) => return Err(format!("no task is called {other:?}")),
        };
        match rest.next() {
            Some(extra) => Err(format!("{extra:?} is one argument too many")),
            None => Ok(Self { task }),
        }
    }
}

fn choice<'a>(mut arguments: impl Iterator<Item = &'a str>) -> Result<Choice, String> {
    let mut choice = Choice::default();
    while let Some(argument) = arguments.next() {
        match argument {
            "--quick" => choice.quick = true,
            "--keep-going" => choice.keep_going = true,
            "--only" => {
                let step = arguments.next().ok_or("--only needs the name of a step")?;
                choice.only.push(step.to_owned());
            }
            other => return Err(format!("test does not know {other:?}")),
        }
    }
    if choice.quick && !choice.only.is_empty() {
        return Err("--quick and --only exclude each other".to_owned());
    }
    Ok(choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Task, String> {
        let words = line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        Options::parse(&words).map(|options| options.task)
    }

    #[test]
    fn every_task_is_understood() {
        assert_eq!(parse(""), Ok(Task::Help));
        assert_eq!(parse("test"), Ok(Task::Test(Choice::default())));
        assert_eq!(
            parse("test --only fmt --only clippy --keep-going"),
            Ok(Task::Test(Choice {
                quick: false,
                only: vec!["fmt".to_owned(), "clippy".to_owned()],
                keep_going: true,
            }))
        );
        assert_eq!(
            parse("bench standing"),
            Ok(Task::Bench(Some("standing".to_owned())))
        );
        assert_eq!(parse("screenshots"), Ok(Task::Screenshots));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(parse("tset"), Err("no task is called \"tset\"".to_owned()));
        assert_eq!(
            parse("test --fast"),
            Err("test does not know \"--fast\"".to_owned())
        );
        assert_eq!(
            parse("test --only"),
            Err("--only needs the name of a step".to_owned())
        );
        assert_eq!(
            parse("test --quick --only fmt"),
            Err("--quick and --only exclude each other".to_owned())
        );
        assert_eq!(
            parse("screenshots big"),
            Err("\"big\" is one argument too many".to_owned())
        );
    }
}

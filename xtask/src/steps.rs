//! The steps of `cargo xtask test`, in the order they run: what fails fastest comes first.

use crate::browser;
use crate::fuzz;
use crate::machine::Tool;
use crate::options::Choice;
use crate::parsers;
use crate::place::Place;
use crate::process::{Failure, cargo, run};
use crate::rows;

/// How often the kill test kills the writer; the everyday run of the store's tests does so a few times.
const KILLS: &str = "500";

/// The most the release binary may weigh, in bytes; 7.4 MB of it are the vectors that training begins with.
const BINARY_LIMIT: u64 = 60_000_000;

/// What drives the pages.
const BROWSER: &[Tool] = &[Tool::Node, Tool::Npm, Tool::Chromium];

/// What a step does.
pub type Action = Box<dyn Fn(&Place) -> Result<(), Failure>>;

/// One check.
pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    /// Part of `--quick`.
    quick: bool,
    pub needs: &'static [Tool],
    pub action: Action,
}

impl Step {
    fn new(
        name: &'static str,
        about: &'static str,
        needs: &'static [Tool],
        action: impl Fn(&Place) -> Result<(), Failure> + 'static,
    ) -> Self {
        Self {
            name,
            about,
            quick: false,
            needs,
            action: Box::new(action),
        }
    }

    fn every_day(self) -> Self {
        Self { quick: true, ..self }
    }
}

fn all() -> Vec<Step> {
    vec![
        cargo_step(
            "fmt",
            "sources are formatted",
            &[Tool::Rustfmt],
            "fmt --all --check",
        )
        .every_day(),
        cargo_step(
            "floors",
            "crates depend downwards only",
            &[],
            "test --locked -p xtask --test floors",
        ),
        cargo_step(
            "deny",
            "licences, bans and sources of dependencies",
            &[Tool::Deny],
            "deny check --hide-inclusion-graph licenses bans sources",
        ),
        cargo_step(
            "clippy",
            "no lint, warnings are errors",
            &[Tool::Clippy],
            "clippy --locked --workspace --all-targets -- -D warnings",
        )
        .every_day(),
        Step::new("doc", "documentation builds without a warning", &[], |place| {
            let mut doc = cargo(place, "doc --locked --workspace --no-deps");
            run(doc.env("RUSTDOCFLAGS", "-D warnings"))
        }),
        cargo_step(
            "test",
            "unit and integration tests",
            &[Tool::Nextest, Tool::PostgreSql],
            "nextest run --locked --workspace --no-fail-fast",
        )
        .every_day(),
        cargo_step(
            "doctest",
            "examples in the documentation",
            &[],
            "test --locked --doc --workspace",
        ),
        Step::new(
            "parsers",
            "other people's parsers read our calendars and cards",
            &[Tool::Python, Tool::Node, Tool::Npm],
            parsers::check,
        ),
        release(),
        Step::new(
            "e2e",
            "browser tests of the release binary",
            BROWSER,
            browser::test,
        ),
        // Before the next run of tests writes over the report of this one.
        Step::new(
            "rows",
            "every row of docs/rows.md has tests that ran",
            &[],
            rows::check,
        ),
        Step::new(
            "kill",
            "a killed writer loses nothing",
            &[Tool::Nextest, Tool::PostgreSql],
            |place| {
                let mut kill = cargo(place, "nextest run --locked -p metier-store -E test(kill)");
                run(kill.env("METIER_KILLS", KILLS))
            },
        ),
        Step::new(
            "fuzz",
            "readers of foreign bytes survive",
            &[Tool::Fuzz, Tool::CxxCompiler],
            fuzz::all,
        ),
    ]
}

/// A step that is one call of cargo.
fn cargo_step(name: &'static str, about: &'static str, needs: &'static [Tool], line: &'static str) -> Step {
    Step::new(name, about, needs, move |place| run(&mut cargo(place, line)))
}

fn release() -> Step {
    Step::new("release", "the release binary, under 60 MB", &[], |place| {
        run(&mut cargo(place, "build --locked --release -p metier"))?;
        let binary = place.binary();
        let size = std::fs::metadata(&binary)
            .map_err(|error| Failure::new(format!("{}: {error}", binary.display())))?
            .len();
        println!("release binary: {size} bytes");
        if size < BINARY_LIMIT {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "the release binary has {size} bytes; the limit is {BINARY_LIMIT}"
            )))
        }
    })
}

/// The steps asked for, in their own order.
pub fn chosen(choice: &Choice) -> Result<Vec<Step>, Failure> {
    let steps = all();
    if let Some(unknown) = choice
        .only
        .iter()
        .find(|name| steps.iter().all(|step| step.name != **name))
    {
        return Err(Failure::new(format!(
            "no step is called {unknown:?}; there are:\n{}",
            list()
        )));
    }
    let wanted = |step: &Step| {
        if choice.quick {
            step.quick
        } else {
            choice.only.is_empty() || choice.only.iter().any(|name| name == step.name)
        }
    };
    Ok(steps.into_iter().filter(wanted).collect())
}

/// Benchmarks are no test: they pass whatever they measure, and the figures go to BENCHMARKS.md.
pub fn bench(filter: Option<String>) -> Step {
    Step::new("bench", "benchmarks", &[], move |place| {
        let mut command = cargo(place, "bench --locked --workspace --benches");
        if let Some(filter) = &filter {
            command.args(["--", filter]);
        }
        run(&mut command)
    })
}

/// Photographs of every page of the example career, to be looked at.
pub fn screenshots() -> Vec<Step> {
    vec![
        release(),
        Step::new(
            "screenshots",
            "pages of the example career",
            BROWSER,
            browser::screenshots,
        ),
    ]
}

/// The names of all steps, one a line.
pub fn list() -> String {
    all()
        .iter()
        .map(|step| format!("  {:<8} {}", step.name, step.about))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(choice: &Choice) -> Vec<&'static str> {
        chosen(choice).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn without_a_choice_every_step_runs_and_the_binary_is_built_before_it_is_driven() {
        let names = names(&Choice::default());
        assert_eq!(names.len(), all().len());
        let position = |wanted| names.iter().position(|name| *name == wanted);
        assert!(position("release") < position("e2e"), "{names:?}");
    }

    #[test]
    fn quick_is_format_lints_and_tests() {
        let choice = Choice {
            quick: true,
            ..Choice::default()
        };
        assert_eq!(names(&choice), ["fmt", "clippy", "test"]);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_known_ones() {
        let choice = Choice {
            only: vec!["lint".to_owned()],
            ..Choice::default()
        };
        let Err(failure) = chosen(&choice) else {
            panic!("accepted")
        };
        let text = failure.to_string();
        assert!(text.starts_with("no step is called \"lint\""), "{text}");
        assert!(text.contains("clippy"), "{text}");
    }
}

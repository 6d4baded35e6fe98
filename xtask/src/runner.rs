//! Runs steps one after another and says how it went.

use std::time::{Duration, Instant};

use crate::machine;
use crate::place::Place;
use crate::process::Failure;
use crate::steps::Step;

/// How one step ended.
enum Ending {
    Passed(Duration),
    Failed(Duration, Failure),
    Skipped,
}

/// Runs the steps in order, stopping at the first failure unless told to keep going. Returns whether all
/// of them passed. The last line printed is the count.
pub fn run(place: &Place, steps: &[Step], keep_going: bool) -> Result<bool, Failure> {
    if steps.is_empty() {
        return Err(Failure::new("no step was chosen"));
    }
    let mut installed = Vec::new();
    let mut endings = Vec::new();
    let mut stopped = false;
    for (index, step) in steps.iter().enumerate() {
        if stopped {
            endings.push(Ending::Skipped);
            continue;
        }
        println!("\n== {}/{} {}: {}", index + 1, steps.len(), step.name, step.about);
        let ending = one(place, step, &mut installed);
        if let Ending::Failed(_, failure) = &ending {
            eprintln!("xtask: {}: {failure}", step.name);
            stopped = !keep_going;
        }
        endings.push(ending);
    }
    println!("\n{}", summary(steps, &endings, &installed));
    Ok(endings.iter().all(|ending| matches!(ending, Ending::Passed(_))))
}

fn one(place: &Place, step: &Step, installed: &mut Vec<String>) -> Ending {
    let started = now();
    let result = machine::provide(place, step.needs).and_then(|new| {
        installed.extend(new);
        (step.action)(place)
    });
    match result {
        Ok(()) => Ending::Passed(started.elapsed()),
        Err(failure) => Ending::Failed(started.elapsed(), failure),
    }
}

/// A development tool may look at the clock; the product's floors may not.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

fn summary(steps: &[Step], endings: &[Ending], installed: &[String]) -> String {
    let mut lines = Vec::new();
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (step, ending) in steps.iter().zip(endings) {
        lines.push(match ending {
            Ending::Passed(took) => {
                passed += 1;
                format!("{:<12} passed {:>8.1} s", step.name, took.as_secs_f64())
            }
            Ending::Failed(took, failure) => {
                failed += 1;
                format!(
                    "{:<12} FAILED {:>8.1} s  {failure}",
                    step.name,
                    took.as_secs_f64()
                )
            }
            Ending::Skipped => {
                skipped += 1;
                format!("{:<12} not run", step.name)
            }
        });
    }
    lines.push(match installed {
        [] => "Installed: nothing, all tools were there".to_owned(),
        names => format!("Installed: {}", names.join(", ")),
    });
    let more = if skipped > 0 {
        format!(", {skipped} skipped")
    } else {
        String::new()
    };
    lines.push(format!("steps: {passed} passed, {failed} failed{more}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Choice;
    use crate::steps::chosen;

    #[test]
    fn the_last_line_counts_what_passed_failed_and_was_not_run() {
        let only = ["fmt", "deny", "clippy"].map(str::to_owned).to_vec();
        let steps = chosen(&Choice {
            only,
            ..Choice::default()
        })
        .unwrap();
        let endings = [
            Ending::Passed(Duration::from_millis(1200)),
            Ending::Failed(Duration::from_secs(2), Failure::new("`cargo deny` ended with 1")),
            Ending::Skipped,
        ];
        assert_eq!(
            summary(&steps, &endings, &["cargo-deny@0.20.2".to_owned()]),
            "fmt          passed      1.2 s\n\
             deny         FAILED      2.0 s  `cargo deny` ended with 1\n\
             clippy       not run\n\
             Installed: cargo-deny@0.20.2\n\
             steps: 1 passed, 1 failed, 1 skipped"
        );
    }
}

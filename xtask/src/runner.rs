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
    println!("== tools");
    let started = now();
    let (mut installed, ending) = match tools(place, steps) {
        Ok(installed) => (installed, Ending::Passed(started.elapsed())),
        Err(failure) => (Vec::new(), Ending::Failed(started.elapsed(), failure)),
    };
    let mut endings = vec![("tools", ending)];
    report(&endings);
    for (index, step) in steps.iter().enumerate() {
        if !keep_going
            && endings
                .iter()
                .any(|(_, ending)| matches!(ending, Ending::Failed(..)))
        {
            endings.push((step.name, Ending::Skipped));
            continue;
        }
        println!("\n== {}/{} {}: {}", index + 1, steps.len(), step.name, step.about);
        endings.push((step.name, one(place, step, &mut installed)));
        report(&endings);
    }
    println!("\n{}", summary(&endings, &installed));
    Ok(endings
        .iter()
        .all(|(_, ending)| matches!(ending, Ending::Passed(_))))
}

/// Says at once how the latest step ended.
fn report(endings: &[(&str, Ending)]) {
    match endings.last() {
        Some((name, Ending::Failed(_, failure))) => eprintln!("xtask: {name}: {failure}"),
        Some((name, Ending::Passed(took))) => println!("-- {name} passed in {:.1} s", took.as_secs_f64()),
        _ => {}
    }
}

/// Everything the steps need, at once: whoever has to install it is told once.
fn tools(place: &Place, steps: &[Step]) -> Result<Vec<String>, Failure> {
    let mut needed = Vec::new();
    for tool in steps.iter().flat_map(|step| step.needs) {
        if !needed.contains(tool) {
            needed.push(*tool);
        }
    }
    machine::provide(place, &needed)
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

fn summary(endings: &[(&str, Ending)], installed: &[String]) -> String {
    let mut lines = Vec::new();
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, ending) in endings {
        lines.push(match ending {
            Ending::Passed(took) => {
                passed += 1;
                format!("{name:<12} passed {:>8.1} s", took.as_secs_f64())
            }
            Ending::Failed(took, failure) => {
                failed += 1;
                let failure = failure.to_string();
                let reason = failure.lines().next().unwrap_or_default();
                format!("{name:<12} FAILED {:>8.1} s  {reason}", took.as_secs_f64())
            }
            Ending::Skipped => {
                skipped += 1;
                format!("{name:<12} not run")
            }
        });
    }
    lines.push(match installed {
        [] => "Installed: nothing".to_owned(),
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

    #[test]
    fn the_last_line_counts_what_passed_failed_and_was_not_run() {
        let failure = Failure::new("`cargo deny` ended with 1");
        let endings = [
            ("tools", Ending::Passed(Duration::ZERO)),
            ("fmt", Ending::Passed(Duration::from_millis(1200))),
            ("deny", Ending::Failed(Duration::from_secs(2), failure)),
            ("clippy", Ending::Skipped),
        ];
        assert_eq!(
            summary(&endings, &["cargo-deny@0.20.2".to_owned()]),
            "tools        passed      0.0 s\n\
             fmt          passed      1.2 s\n\
             deny         FAILED      2.0 s  `cargo deny` ended with 1\n\
             clippy       not run\n\
             Installed: cargo-deny@0.20.2\n\
             steps: 2 passed, 1 failed, 1 skipped"
        );
    }
}

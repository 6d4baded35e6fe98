//! Every fuzz target for a short while, two at a time.

use std::fs;

use crate::place::Place;
use crate::process::{Failure, cargo, output, run, run_side_by_side};

/// Seconds a target runs unless `METIER_FUZZ_SECONDS` says otherwise.
const SECONDS: u32 = 15;

/// How many targets run side by side: each keeps one processor busy, and the smallest machine has two.
const AT_ONCE: usize = 2;

/// Builds all targets and runs each one; a tree without a target fails.
pub fn all(place: &Place) -> Result<(), Failure> {
    let seconds = seconds(std::env::var("METIER_FUZZ_SECONDS").ok().as_deref())?;
    // The fuzzing engine asks the compiler for switches that the stable channel hides; in a target folder
    // of its own, since the switch changes every build product.
    let fuzz = |line: &str| {
        let mut command = cargo(place, line);
        command.env("RUSTC_BOOTSTRAP", "1");
        command
    };
    let listed = output(&mut fuzz("fuzz list"))?;
    let targets = listed
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>();
    if targets.is_empty() {
        return Err(Failure::new("fuzz/ has no target"));
    }
    let products = place.target.join("fuzz");
    // Without the address sanitizer: the tree forbids unsafe code, and the build is several times faster.
    run(fuzz("fuzz build --sanitizer none --target-dir").arg(&products))?;
    let mut runs = Vec::new();
    for target in targets {
        let corpus = place.target.join("fuzz-corpus").join(target);
        fs::create_dir_all(&corpus)
            .map_err(|error| Failure::new(format!("{}: {error}", corpus.display())))?;
        let mut command = fuzz("fuzz run --sanitizer none --target-dir");
        command.arg(&products).arg(target).arg(&corpus);
        // Inputs worth starting from are kept in the tree; what is found stays out of it.
        let seeds = place.root.join("fuzz").join("seeds").join(target);
        if seeds.is_dir() {
            command.arg(&seeds);
        }
        command.args([
            "--",
            "-verbosity=0",
            "-print_final_stats=1",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=65536",
        ]);
        command.arg(format!("-max_total_time={seconds}"));
        runs.push(command);
    }
    run_side_by_side(runs, AT_ONCE)
}

fn seconds(wish: Option<&str>) -> Result<u32, Failure> {
    match wish {
        None => Ok(SECONDS),
        Some(text) => match text.parse() {
            Ok(seconds) if seconds > 0 => Ok(seconds),
            _ => Err(Failure::new(format!(
                "METIER_FUZZ_SECONDS is {text:?}; it must be a whole number above 0"
            ))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_seconds_would_run_for_ever_and_are_refused() {
        assert_eq!(seconds(None).unwrap(), 15);
        assert_eq!(seconds(Some("60")).unwrap(), 60);
        assert!(seconds(Some("0")).is_err());
        assert!(seconds(Some("1m")).is_err());
    }
}

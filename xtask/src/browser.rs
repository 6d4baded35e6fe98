//! The browser: tests of the release binary, and photographs of its pages.

use std::fs;
use std::path::Path;

use crate::machine;
use crate::place::Place;
use crate::process::{Failure, command, run};

/// Runs `e2e/`'s tests against the release binary.
pub fn test(place: &Place) -> Result<(), Failure> {
    drive(place, "test")
}

/// Fills an example career and photographs its pages into `e2e/screenshots`.
pub fn screenshots(place: &Place) -> Result<(), Failure> {
    drive(place, "screenshots")
}

fn drive(place: &Place, script: &str) -> Result<(), Failure> {
    let binary = place.binary();
    if !binary.is_file() {
        return Err(Failure::new(format!(
            "{} is not there; build it with `cargo xtask test --only release`",
            binary.display()
        )));
    }
    packages(place)?;
    run(command(place, "npm", &["run", "--silent", script])
        .current_dir(place.e2e())
        .env("METIER_BIN", &binary)
        .env("METIER_CHROMIUM", machine::chromium()))
}

/// Installs what `e2e/package-lock.json` names, where it is not there already.
pub fn packages(place: &Place) -> Result<(), Failure> {
    let e2e = place.e2e();
    if packages_are_current(&e2e) {
        return Ok(());
    }
    run(command(place, "npm", &["ci", "--no-progress"]).current_dir(&e2e))
}

/// npm leaves a copy of the lock file beside what it installed, written after everything else.
fn packages_are_current(e2e: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    let locked = changed(&e2e.join("package-lock.json"));
    let installed = changed(&e2e.join("node_modules").join(".package-lock.json"));
    matches!((locked, installed), (Ok(locked), Ok(installed)) if installed >= locked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_installed_packages_they_are_not_current() {
        assert!(!packages_are_current(Path::new("no/such/folder")));
    }
}

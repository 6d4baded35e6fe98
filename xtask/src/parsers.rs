//! Calendars and cards, read by parsers that other people wrote.

use std::fs;
use std::path::{Path, PathBuf};

use crate::browser;
use crate::place::Place;
use crate::process::{Failure, cargo, command, run};

/// Has files full of what trips up programs written, read by each parser, and compared with what was meant.
pub fn check(place: &Place) -> Result<(), Failure> {
    let folder = place.target.join("parsers");
    let papers = folder.join("papers");
    let mut example = cargo(
        place,
        "run --locked --quiet -p metier-exchange --example calendars_and_cards --",
    );
    run(example.arg(&papers))?;
    let python = python(place, &folder.join("python"))?;
    let scripts = place.e2e().join("parsers");
    let python = python.display().to_string();
    run(command(place, &python, &[])
        .arg(scripts.join("check.py"))
        .arg(&papers))?;
    browser::packages(place)?;
    run(command(place, "node", &[])
        .arg(scripts.join("check.mjs"))
        .arg(&papers))
}

/// A Python of its own with exactly the packages that `requirements.txt` names.
fn python(place: &Place, folder: &Path) -> Result<PathBuf, Failure> {
    let python = folder.join("bin").join("python");
    let wanted = place.e2e().join("parsers").join("requirements.txt");
    let kept = folder.join("requirements.txt");
    let read = |path: &Path| fs::read(path).ok();
    if python.is_file() && read(&kept).is_some() && read(&kept) == read(&wanted) {
        return Ok(python);
    }
    let shown = folder.display().to_string();
    run(&mut command(place, "python3", &["-m", "venv", "--clear", &shown]))?;
    let install =
        "-m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r";
    let install: Vec<&str> = install.split(' ').collect();
    run(command(place, &python.display().to_string(), &install).arg(&wanted))?;
    // Kept last: where the installation stopped half-way it begins again.
    fs::copy(&wanted, &kept).map_err(|error| Failure::new(format!("{}: {error}", kept.display())))?;
    Ok(python)
}

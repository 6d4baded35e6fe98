//! Calendars and cards, read by parsers that other people wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser;
use crate::place::Place;
use crate::process::{Failure, cargo, command, output, run};

/// A contact whose words are full of what cards give a meaning to.
const HARD: [&str; 17] = [
    "contact",
    "add",
    "Łucja; Dąb, \"Lu\" (née Öz)",
    "--title",
    "Head of words: plain, short; true",
    "--organisation",
    "Baum & Söhne, Verlag; Köln",
    "--mail",
    "lucja.dab@example.org",
    "--phone",
    "+48 22 555 01 20",
    "--web",
    "https://example.org/l?a=1;b=2",
    "--category",
    "press; abroad",
    "--note",
    "First line, with a comma; and a \\backslash.\nSecond line: \u{1f331} and a line that is long enough to be folded when it is written into a card.",
];

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
    let cards = folder.join("cards");
    cards_of_the_program(place, &python, &cards)?;
    let calendars = folder.join("calendars");
    calendars_of_the_program(place, &calendars)?;
    browser::packages(place)?;
    for written in [&papers, &cards, &calendars] {
        run(command(place, &python, &[])
            .arg(scripts.join("check.py"))
            .arg(written))?;
        run(command(place, "node", &[])
            .arg(scripts.join("check.mjs"))
            .arg(written))?;
    }
    Ok(())
}

/// The cards that the program itself writes of the example's contacts, and of one full of what trips up
/// programs, with what they should hold.
fn cards_of_the_program(place: &Place, python: &str, folder: &Path) -> Result<(), Failure> {
    let metier = example(place, folder)?;
    run(&mut metier(&HARD))?;
    let contacts = output(&mut metier(&["contact", "list", "--json"]))?;
    fs::write(folder.join("contacts.json"), contacts).map_err(failed(folder))?;
    for version in ["3.0", "4.0"] {
        let file = folder.join(format!("cards-{version}.vcf")).display().to_string();
        run(&mut metier(&[
            "contact", "export", &file, "--notes", "--vcard", version,
        ]))?;
    }
    run(command(place, python, &[])
        .arg(place.e2e().join("parsers").join("meant.py"))
        .arg(folder))
}

/// The calendar that the program itself writes of the example's plan, with names and without; what it says it
/// wrote is what should be read.
fn calendars_of_the_program(place: &Place, folder: &Path) -> Result<(), Failure> {
    let metier = example(place, folder)?;
    let written = |name: &str, more: &[&str]| {
        let words = [&["plan", "calendar", "--json"], more].concat();
        output(metier(&words).arg("--out").arg(folder.join(name)))
    };
    let (full, short) = (written("full.ics", &["--names"])?, written("short.ics", &[])?);
    let expected = format!("{{\"calendars\": [{full}, {short}], \"cards\": []}}");
    fs::write(folder.join("expected.json"), expected).map_err(failed(folder))
}

/// An example career in a folder of its own, made anew; what it gives runs a command on it.
fn example<'a>(place: &'a Place, folder: &Path) -> Result<impl Fn(&[&str]) -> Command + 'a, Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed(folder))?;
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let home = folder.join("home");
    let metier = move |words: &[&str]| {
        let mut metier = cargo(place, "run --locked --quiet -p metier --");
        metier.args(words).arg("--home").arg(&home);
        metier
    };
    run(&mut metier(&["demo", "--no-serve"]))?;
    Ok(metier)
}

fn failed(folder: &Path) -> impl Fn(std::io::Error) -> Failure {
    let folder = folder.display().to_string();
    move |error| Failure::new(format!("{folder}: {error}"))
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

//! The gathering file: what a person asks to hear from peers without their names, on its way to who gathers it, or
//! what was released of it on its way back. A text that can be read as it is, with a sealed part that a program
//! reads. The form is described in `docs/formats/gathering-file.md`.
//!
//! What is read has been checked: the sealed part holds, its signature holds, the words above it say what it says,
//! and a release tells no exact number and none that is under its own threshold.

use std::fmt::Write as _;

use metier_core::canonical::CanonicalError;
use metier_core::feedback::NextTime;
use metier_core::gathering::{AskLetter, GatheringLetter, Release};

use crate::DocumentProblem;
use crate::sealed_text::{Sort, plain};

/// The version of this format.
pub const FORMAT: u64 = 1;

/// The largest file accepted, in bytes: the words of everybody who may be asked, of the longest a form takes.
pub const FILE_MAX: usize = 8 << 20;

const SORT: Sort = Sort {
    name: "gathering",
    mark: "METIER GATHERING",
    form_field: "metier_gathering",
    form: FORMAT,
    max: FILE_MAX,
};

/// Writes a letter as a file.
///
/// # Errors
/// When something in it has no canonical form; texts, days and numbers have one.
pub fn write(letter: &GatheringLetter) -> Result<String, CanonicalError> {
    SORT.write(&words(letter), letter)
}

/// Reads a file, all of it or nothing.
///
/// # Errors
/// What is wrong, where that can be told, and what to do.
pub fn read(bytes: &[u8]) -> Result<GatheringLetter, DocumentProblem> {
    let letter = SORT.read(bytes, words)?;
    match letter.check() {
        Ok(()) => Ok(letter),
        Err(flaw) => Err(DocumentProblem::new(flaw.to_string(), "ask for the file again").about("gathering")),
    }
}

/// What the letter says, to be read by people.
fn words(letter: &GatheringLetter) -> String {
    match letter {
        GatheringLetter::Ask(letter) => asked(letter),
        GatheringLetter::Release(release) => told(release),
    }
}

fn asked(letter: &AskLetter) -> String {
    let asked = &letter.asked;
    let (person, collector) = (plain(&asked.person), plain(&asked.collector));
    let mut text = format!(
        "ASKED OF PEERS, WITHOUT NAMES\n\n\
         {person} asks {collector}, on {}, to gather what peers say of these:\n\n",
        asked.asked_on
    );
    for of in &asked.about {
        let _ = writeln!(text, "  - {}", plain(&of.name));
    }
    let _ = write!(
        text,
        "\nOf each: would they let {person} do it unsupervised next time? And one thing {person} does well, and one to\n\
         change. Answers count until {}. They are for {person} to get better, and for no decision.\n\n",
        asked.until
    );
    if !asked.note.is_empty() {
        let _ = writeln!(text, "{person} writes: {}\n", plain(&asked.note));
    }
    if !asked.not_among.is_empty() {
        let names: Vec<String> = asked.not_among.iter().map(|name| plain(name)).collect();
        let _ = writeln!(
            text,
            "Not to be asked, because they lead {person}: {}\n",
            names.join("; ")
        );
    }
    let _ = write!(
        text,
        "WHO SEES WHAT\n\n\
         {collector} can read each answer with its name. {person} gets none of them: only which answers {n} or more\n\
         gave, and words that {n} or more people let be shown, in an order that tells nothing. How many gave an answer\n\
         exactly, and how many answered, is not told. With fewer than {n} answers nothing is released.\n\n\
         HOW TO GATHER\n\n\
         In the browser: People, Without names, \"A file came\". In a terminal: metier feedback gather open FILE. Name\n\
         at least {n} peers, give each their link or form, and close the round; then send {person} the file you get.\n",
        n = asked.threshold,
    );
    text
}

fn told(release: &Release) -> String {
    let (person, collector) = (plain(&release.person), plain(&release.collector));
    let told = &release.told;
    let n = told.threshold;
    let mut text = format!(
        "WHAT PEERS SAY, WITHOUT NAMES\n\n\
         {collector} gathered it for {person} and released it on {}. At least {n} people answered; how many is not\n\
         told, nor how many exactly gave an answer.\n\n\
         Would they let {person} do it unsupervised next time?\n\n",
        release.released_on
    );
    for of in &told.of {
        let mut said: Vec<String> = of
            .counts
            .iter()
            .map(|(answer, count)| format!("{count} or more {}", answer_in_words(*answer)))
            .collect();
        if of.withheld {
            said.push("not told: beside the others it would tell what single people said".into());
        } else if said.is_empty() {
            said.push(format!(
                "either no answer was given by {n} or more, or three or all four were"
            ));
        }
        let _ = writeln!(text, "  - {}: {}", plain(&of.name), said.join("; "));
    }
    for (title, texts) in [
        ("What they say is done well", &told.strengths),
        ("One thing to change", &told.changes),
    ] {
        if !texts.is_empty() {
            let _ = writeln!(text, "\n{title}:\n");
            for words in texts {
                let _ = writeln!(text, "  - {}", plain(words));
            }
        }
    }
    let _ = write!(
        text,
        "\nIt is for {person} to get better, and for no decision. It is no rating.\n\n\
         In the browser: People, Without names, \"A file came\". In a terminal: metier feedback gather read FILE.\n",
    );
    text
}

fn answer_in_words(answer: NextTime) -> &'static str {
    match answer {
        NextTime::Unsupervised => "yes",
        NextTime::Beside => "with somebody beside them",
        NextTime::NotYet => "not yet",
        NextTime::CannotSay => "cannot say",
    }
}

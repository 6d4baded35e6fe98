//! The agreement file: a proposal on its way to somebody, or the receipt both sides keep. A text that can be
//! read as it is, with a sealed part that a program reads. The form is described in
//! `docs/formats/agreement-file.md`.
//!
//! What is read has been checked: the sealed part holds, its signatures hold, and the words above it say what
//! it says.

use std::fmt::Write as _;

use metier_core::agreement::{Agreement, Letter, Proposal, Receipt, Says};
use metier_core::canonical::{Digest, canonical_text, digest_of};
use metier_core::framework::{Framework, Weight};
use metier_core::rating::Role;
use serde_json::{Value, json};

use crate::DocumentProblem;
use crate::problem::text_of;

/// The version of this format.
pub const FORMAT: u64 = 1;

/// The largest file accepted, in bytes: criteria of the largest size, and room for the rest.
pub const FILE_MAX: usize = 4 << 20;

const BEGIN: &str = "-----BEGIN METIER AGREEMENT-----";
const END: &str = "-----END METIER AGREEMENT-----";

/// Writes a letter as a file.
///
/// # Errors
/// When something in it has no canonical form; criteria that were published have one.
pub fn write(letter: &Letter) -> Result<String, metier_core::canonical::CanonicalError> {
    let sealed = json!({
        "metier_agreement": FORMAT,
        "digest": digest_of(letter)?,
        "letter": letter,
    });
    Ok(format!(
        "{}\n{BEGIN}\n{}\n{END}\n",
        words(letter),
        canonical_text(&sealed)?
    ))
}

/// Reads a file, all of it or nothing.
///
/// # Errors
/// What is wrong, where that can be told, and what to do.
pub fn read(bytes: &[u8]) -> Result<Letter, DocumentProblem> {
    if bytes.len() > FILE_MAX {
        return Err(DocumentProblem::new(
            format!("the file has {} bytes; at most {FILE_MAX} are read", bytes.len()),
            "check that this is the right file",
        ));
    }
    let (above, sealed, line) = parts(text_of(bytes)?)?;
    let mut value: Value = serde_json::from_str(&sealed).map_err(|error| {
        DocumentProblem::new(
            format!("the sealed part cannot be read: {error}"),
            "ask for the file again; it must not be edited",
        )
        .at_line(line + error.line() as u64)
    })?;
    match value.get("metier_agreement").and_then(Value::as_u64) {
        Some(FORMAT) => {}
        Some(newer) if newer > FORMAT => {
            return Err(DocumentProblem::new(
                format!("it is written in form {newer}, and this program reads form {FORMAT}"),
                "update Metier here",
            ));
        }
        _ => {
            return Err(DocumentProblem::new(
                "the sealed part does not say which form it is written in",
                "expected `metier_agreement`: 1; ask for the file again",
            )
            .at_line(line + 1));
        }
    }
    let named: Option<Digest> = value
        .get("digest")
        .and_then(Value::as_str)
        .and_then(|d| d.parse().ok());
    let content = value.get_mut("letter").map(Value::take).unwrap_or_default();
    if named.is_none() || digest_of(&content).ok() != named {
        return Err(altered("the sealed part is not what its digest says").at_line(line + 1));
    }
    let letter: Letter = serde_json::from_value(content).map_err(|error| {
        DocumentProblem::new(
            format!("the sealed part is no agreement: {error}"),
            "ask for the file again",
        )
        .at_line(line + 1)
    })?;
    if let Some(place) = first_difference(&above, &words(&letter)) {
        return Err(altered("the words above the sealed part do not say what it says")
            .at_line(place)
            .about("words"));
    }
    let checked = match &letter {
        Letter::Proposal(proposal) => proposal.check(),
        Letter::Receipt(receipt) => receipt.check(),
    };
    match checked {
        Ok(()) => Ok(letter),
        Err(flaw) => Err(DocumentProblem::new(flaw.to_string(), "ask for the file again").about("agreement")),
    }
}

fn altered(what: &str) -> DocumentProblem {
    DocumentProblem::new(
        format!("{what}: the file was changed after it was written"),
        "ask for it again, and pass it on as a file",
    )
}

/// The words, the sealed part, and the line before the sealed part.
fn parts(text: &str) -> Result<(String, String, u64), DocumentProblem> {
    let lines: Vec<&str> = text.lines().map(unquoted).collect();
    let all = |mark: &str| -> Vec<usize> {
        let of_it = |(place, line): (usize, &&str)| (line.trim_end() == mark).then_some(place);
        lines.iter().enumerate().filter_map(of_it).collect()
    };
    let (begins, ends) = (all(BEGIN), all(END));
    let Some(&begin) = begins.first() else {
        return Err(DocumentProblem::new(
            format!("this is no agreement file: it has no line {BEGIN}"),
            "choose the file that was sent, whole",
        ));
    };
    if begins.len() > 1 {
        return Err(DocumentProblem::new(
            "it holds more than one agreement",
            "send each in a file of its own",
        )
        .at_line(begins[1] as u64 + 1));
    }
    let Some(&end) = ends.iter().find(|end| **end > begin) else {
        return Err(DocumentProblem::new(
            format!("the file was cut short: it has no line {END}"),
            "ask for it again",
        )
        .at_line(lines.len() as u64));
    };
    let joined = |range: std::ops::Range<usize>| lines.get(range).unwrap_or_default().join("\n");
    Ok((joined(0..begin), joined(begin + 1..end), begin as u64 + 1))
}

/// A line without the marks of a quoted mail.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t'])
}

/// The line of the first word that differs; line breaks, spaces and the marks of a quoted mail are none.
fn first_difference(found: &str, expected: &str) -> Option<u64> {
    let mut expected = expected
        .lines()
        .flat_map(|line| unquoted(line).split_whitespace());
    let mut last = 1;
    for (number, line) in (1..).zip(found.lines()) {
        last = number;
        for word in unquoted(line).split_whitespace() {
            if expected.next() != Some(word) {
                return Some(number);
            }
        }
    }
    expected.next().map(|_| last)
}

/// What the letter says, to be read by people.
fn words(letter: &Letter) -> String {
    match letter {
        Letter::Proposal(proposal) => proposed(proposal),
        Letter::Receipt(receipt) => answered(receipt),
    }
}

fn proposed(proposal: &Proposal) -> String {
    let terms = &proposal.terms;
    let (person, with) = (plain(&terms.person), plain(&terms.with));
    let mut text = format!(
        "AGREEMENT PROPOSED\n\n{person} proposes to {with} ({}), on {}:\n\n",
        role(terms.role),
        terms.proposed_on,
    );
    text += &said(terms);
    text += &asks(&proposal.criteria, terms);
    let _ = write!(
        text,
        "\nIt can be answered until {}. Saying yes pins these criteria for both: criteria that change later are\n\
         shown as changes and hold only once both agree again.\n\n\
         HOW TO ANSWER\n\n\
         Without Metier: write back yes, or no with the reason and what would have to be otherwise. {person}\n\
         notes it as told by you. Or ask {person} for a link: it opens in any browser, and you keep a receipt.\n\n\
         With Metier, in the browser: People, Agreements, \"A file came\". Choose this file, say yes or no, and\n\
         send back the file you get.\n\n\
         With Metier, in a terminal: metier agreement read FILE shows the criteria. To say yes: metier agreement\n\
         confirm FILE --out ANSWER. To say no: metier agreement decline FILE --reason TEXT --otherwise TEXT --out\n\
         ANSWER. Send the file ANSWER back.\n",
        terms.answer_by,
    );
    text
}

/// What the level asks, for who reads the file and nothing else.
fn asks(criteria: &Framework, terms: &Agreement) -> String {
    let Some(level) = criteria
        .level(&terms.level)
        .filter(|l| !l.expectations.is_empty())
    else {
        return String::new();
    };
    let mut text = format!("\n{} asks:\n\n", plain(&level.name));
    for asked in &level.expectations {
        let competency = criteria.competency(&asked.competency).map(|c| plain(&c.name));
        let rung = criteria.ladder.rungs.iter().find(|r| r.id == asked.rung);
        let _ = writeln!(
            text,
            "  - {}: {}{}",
            competency.unwrap_or_else(|| asked.competency.to_string()),
            rung.map_or_else(|| asked.rung.to_string(), |r| plain(&r.title)),
            match asked.weight {
                Weight::Required => "",
                _ => " (counts, and is not required)",
            }
        );
    }
    text
}

fn answered(receipt: &Receipt) -> String {
    let (terms, answer) = (&receipt.terms, &receipt.answer);
    let (person, with) = (plain(&terms.person), plain(&terms.with));
    let mut text = match answer.says {
        Says::Yes => format!(
            "AGREEMENT: RECEIPT FOR BOTH SIDES\n\n{person} and {with} ({}) agreed, on {}:\n\n",
            role(terms.role),
            answer.on,
        ),
        Says::No => format!(
            "NOT AGREED: RECEIPT FOR BOTH SIDES\n\n{person} proposed this, and {with} ({}) said no, on {}:\n\n",
            role(terms.role),
            answer.on,
        ),
    };
    text += &said(terms);
    let mut line = |name: &str, what: &str| {
        if !what.is_empty() {
            let _ = writeln!(text, "  {name:<21} {}", plain(what));
        }
    };
    match answer.says {
        Says::Yes => line("In their words", &answer.words),
        Says::No => {
            line("Why not", &answer.words);
            line("To be otherwise", &answer.otherwise);
        }
    }
    line(
        "Their journal then",
        &answer.checkpoint.as_ref().map_or_else(
            || "they keep none, or did not name it".to_owned(),
            |c| c.head.to_string(),
        ),
    );
    line(
        match answer.says {
            Says::Yes => "Text agreed to",
            Says::No => "Text answered",
        },
        &answer.text.to_string(),
    );
    if answer.signature.is_none() {
        line("Signed", "no");
    }
    let _ = write!(
        text,
        "\nKeep this file. It names where each journal stood, so that neither side can write its past anew alone.\n\n\
         WHAT TO DO WITH IT\n\n\
         Without Metier: keep it where you keep papers. If the numbers above are ever in doubt, anybody with\n\
         Metier can look.\n\n\
         With Metier, in the browser: {person} takes it in under People, Agreements, \"A file came\". Whether a\n\
         journal still goes on from there: \"Is the past still as it was?\", on the same page.\n\n\
         With Metier, in a terminal: {person} takes it in by metier agreement confirm FILE; metier agreement\n\
         verify FILE looks whether a journal still goes on from there.\n",
    );
    text
}

fn said(terms: &Agreement) -> String {
    let mut text = format!(
        "  Criteria              {}, version {}\n  Their digest          {}\n  Level                 {}\n  By                    {}\n",
        plain(&terms.title),
        plain(&terms.version_name),
        terms.version,
        plain(&terms.level_name),
        terms.by,
    );
    if !terms.note.is_empty() {
        let _ = writeln!(text, "  Also agreed           {}", plain(&terms.note));
    }
    let _ = writeln!(text, "  The journal then      {}", terms.checkpoint.head);
    text
}

/// On one line.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Oneself => "self",
        Role::Manager => "manager",
        Role::Peer => "peer",
        Role::Client => "client",
        Role::Mentor => "mentor",
    }
}

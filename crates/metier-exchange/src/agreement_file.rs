//! The agreement file: a proposal on its way to somebody, or the receipt both sides keep. A text that can be
//! read as it is, with a sealed part that a program reads. The form is described in
//! `docs/formats/agreement-file.md`.
//!
//! What is read has been checked: the sealed part holds, its signatures hold, and the words above it say what
//! it says.

use std::fmt::Write as _;

use metier_core::agreement::{Agreement, Letter, Proposal, Receipt, Says};
use metier_core::framework::{Framework, Weight};
use metier_core::rating::Role;

use crate::DocumentProblem;
use crate::sealed_text::{Sort, plain};

/// The version of this format.
pub const FORMAT: u64 = 1;

/// The largest file accepted, in bytes: criteria of the largest size, and room for the rest.
pub const FILE_MAX: usize = 4 << 20;

const SORT: Sort = Sort {
    name: "agreement",
    mark: "METIER AGREEMENT",
    form_field: "metier_agreement",
    form: FORMAT,
    max: FILE_MAX,
};

/// Writes a letter as a file.
///
/// # Errors
/// When something in it has no canonical form; criteria that were published have one.
pub fn write(letter: &Letter) -> Result<String, metier_core::canonical::CanonicalError> {
    SORT.write(&words(letter), letter)
}

/// Reads a file, all of it or nothing.
///
/// # Errors
/// What is wrong, where that can be told, and what to do.
pub fn read(bytes: &[u8]) -> Result<Letter, DocumentProblem> {
    let letter: Letter = SORT.read(bytes, words)?;
    let checked = match &letter {
        Letter::Proposal(proposal) => proposal.check(),
        Letter::Receipt(receipt) => receipt.check(),
    };
    match checked {
        Ok(()) => Ok(letter),
        Err(flaw) => Err(DocumentProblem::new(flaw.to_string(), "ask for the file again").about("agreement")),
    }
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

fn role(role: Role) -> &'static str {
    match role {
        Role::Oneself => "self",
        Role::Manager => "manager",
        Role::Peer => "peer",
        Role::Client => "client",
        Role::Mentor => "mentor",
    }
}

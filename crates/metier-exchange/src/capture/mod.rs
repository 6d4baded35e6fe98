//! Anything pasted, read into proposals of entries: a list, a resume, JSON Resume, a brag document, a
//! mail, a table.
//!
//! Nothing is recorded from it as it stands. Each [`Proposal`] says what it was read from, what kind of
//! thing it is taken for and because of which words, and the day it understood; the person confirms it.
//! What was passed over (headers, quoted replies, a signature, what is no deed) is said in
//! [`Reading::left_out`].

mod around;
mod dates;
mod json_resume;
mod json_value;
mod kind;
mod list;
mod mail;
mod mail_body;
mod markdown;
mod resume;
mod table;
mod unclear;

use jiff::civil::Date;
use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;
use serde::{Deserialize, Serialize};

use crate::DocumentProblem;
use crate::problem::{shown, text_of};

pub use dates::{Dated, Exactness};
pub use table::{Column, Mapping, TableHead, head_of_table, read_table};

/// The most of a pasted text that is read, in bytes.
pub const PASTE_MAX: usize = 1_000_000;

/// The most proposals read from one paste. More than a person confirms in a day, and a bound on memory.
pub const PROPOSALS_MAX: usize = 5_000;

/// The most characters of a title; a longer line is told in the note.
pub const TITLE_MAX: usize = 200;

/// What could be recorded, if the person says yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The words it was read from, as they stood.
    pub from: String,
    /// Where they stood: `line 12`, `/work/0/highlights/1`.
    pub place: String,
    /// In one line.
    pub title: String,
    /// Everything else that was said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When, as far as it was understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Dated>,
    /// What to look at before saying yes, an open question; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doubt: String,
    /// The words by which it says that it is confidential; empty where it says no such thing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub confidential: String,
    /// Links that stood with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Why it is taken for what it is: words of the line, or its section. Empty when nothing said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// What it would be.
    pub what: Proposed,
}

/// What a proposal would be recorded as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// Something that happened.
    Evidence(Happening),
    /// A position held.
    Position {
        /// With whom; may be empty.
        organisation: String,
        /// First day.
        from: Date,
        /// Last day; `None` while it lasts.
        until: Option<Date>,
    },
}

impl Proposed {
    /// The kind of evidence; `None` for a position.
    pub fn kind(&self) -> Option<EvidenceKind> {
        match self {
            Self::Evidence(what) => Some(what.kind()),
            Self::Position { .. } => None,
        }
    }
}

/// Forms of what is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// One thing a line.
    List,
    /// A resume as text, with its sections.
    Resume,
    /// A resume in the form of jsonresume.org.
    JsonResume,
    /// Markdown: headings and bullets.
    Markdown,
    /// A mail.
    Mail,
    /// A table, one thing a row.
    Table,
}

/// What was read from a paste.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The form it was taken for.
    pub form: Form,
    /// What could be recorded, in the order it stood.
    pub proposals: Vec<Proposal>,
    /// What was passed over, a sentence each.
    pub left_out: Vec<String>,
}

/// Reads anything pasted. `form` is what the person says it is; `None` finds out.
///
/// # Errors
/// When it is no text, too large, or broken in its own form: every problem with its place, and nothing
/// of it is read.
pub fn read(bytes: &[u8], form: Option<Form>) -> Result<Reading, Vec<DocumentProblem>> {
    if bytes.len() > PASTE_MAX {
        return Err(vec![DocumentProblem::new(
            format!(
                "it has {} bytes; at most {PASTE_MAX} are read at once",
                bytes.len()
            ),
            "paste a part of it, then the next: what is here already is recognised",
        )]);
    }
    let text = pasted_text(bytes).map_err(|problem| vec![problem])?;
    let form = form.unwrap_or_else(|| form_of(text));
    let mut reading = match form {
        Form::List => list::read(text),
        Form::Resume => resume::read(text),
        Form::JsonResume => json_resume::read(text)?,
        Form::Markdown => markdown::read(text),
        Form::Mail => mail::read(text),
        Form::Table => {
            let head = head_of_table(bytes)?;
            read_table(bytes, &head.guess)?
        }
    };
    // A date or a sign by itself tells of nothing.
    reading.proposals.retain(says_something);
    let above = said_above(text, &reading.proposals);
    for proposal in &mut reading.proposals {
        look(proposal, above.as_ref());
    }
    if reading.proposals.len() > PROPOSALS_MAX {
        reading.left_out.push(format!(
            "Everything after the first {PROPOSALS_MAX} things: paste the rest by itself."
        ));
        reading.proposals.truncate(PROPOSALS_MAX);
    }
    if reading.proposals.is_empty() {
        return Err(vec![nothing(&reading)]);
    }
    Ok(reading)
}

fn says_something(proposal: &Proposal) -> bool {
    proposal.title.contains(char::is_alphanumeric)
}

/// Notes what the words of a proposal leave open, and that they are confidential.
fn look(proposal: &mut Proposal, above: Option<&(u64, String)>) {
    let words = [&*proposal.title, &*proposal.from, &*proposal.note];
    if proposal.doubt.is_empty() && proposal.what.kind().is_some() {
        let known = proposal.day.as_ref().is_some_and(|d| d.exact == Exactness::Day);
        let about = unclear::unclear_day(&proposal.title, known);
        proposal.doubt = about
            .or_else(|| unclear::unclear_day(&proposal.from, known))
            .unwrap_or_default();
    }
    let said = words.iter().find_map(|text| unclear::confidential(text));
    let under = || above.filter(|(line, _)| line_of(proposal).is_none_or(|at| at > *line));
    if let Some(said) = said.or_else(|| under().map(|(_, said)| said.clone())) {
        proposal.confidential = said;
    }
}

/// The line a proposal was read from, where it was read from one.
fn line_of(proposal: &Proposal) -> Option<u64> {
    proposal.place.strip_prefix("line ")?.parse().ok()
}

/// The first line by itself that says what is below it is confidential: a heading, or a mark on top.
fn said_above(text: &str, proposals: &[Proposal]) -> Option<(u64, String)> {
    const WORDS_MAX: usize = 8;
    let taken: std::collections::HashSet<u64> = proposals.iter().filter_map(line_of).collect();
    (1_u64..).zip(text.lines()).find_map(|(number, line)| {
        let by_itself = !line.starts_with(char::is_whitespace)
            && !taken.contains(&number)
            && !list::without_bullet(line).found
            && (1..=WORDS_MAX).contains(&line.split_whitespace().count());
        let said = by_itself.then(|| unclear::confidential(line)).flatten()?;
        Some((number, said))
    })
}

/// True when no more is read: one more than is kept shows that there was more.
fn full(proposals: &[Proposal]) -> bool {
    proposals.len() > PROPOSALS_MAX
}

/// The form a text seems to have.
pub fn form_of(text: &str) -> Form {
    let begins = text.trim_start();
    if begins.starts_with(['{', '[']) && json_resume::looks_like_it(begins) {
        Form::JsonResume
    } else if mail::looks_like_it(text) {
        Form::Mail
    } else if table::looks_like_it(text) {
        Form::Table
    } else if resume::looks_like_it(text) {
        Form::Resume
    } else if markdown::looks_like_it(text) {
        Form::Markdown
    } else {
        Form::List
    }
}

fn nothing(reading: &Reading) -> DocumentProblem {
    let left_out = reading.left_out.join(" ");
    let what = if left_out.is_empty() {
        "nothing in it reads as something you did".to_owned()
    } else {
        format!(
            "nothing in it is left to record. {}",
            left_out.trim_end_matches('.')
        )
    };
    let remedy = match reading.form {
        Form::Mail => "paste the part that is about you, without the > in front",
        Form::JsonResume => "look whether work, projects, education or awards are filled in",
        _ => "write one thing a line",
    };
    DocumentProblem::new(what, remedy)
}

/// The text of a paste, or what else it is.
fn pasted_text(bytes: &[u8]) -> Result<&str, DocumentProblem> {
    let known: [(&[u8], &str); 5] = [
        (b"%PDF", "a PDF"),
        (
            b"PK\x03\x04",
            "a Word document, a spreadsheet or another packed file",
        ),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture"),
    ];
    let remedy = "open it, select what you want, copy it, and paste the text";
    if let Some((_, what)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(DocumentProblem::new(format!("this is {what}, not text"), remedy));
    }
    let text = text_of(bytes)?;
    if let Some(at) = text.bytes().position(|b| b == 0) {
        let line = 1 + text[..at].matches('\n').count() as u64;
        return Err(DocumentProblem::new("this is no text: it holds bytes of zero", remedy).at_line(line));
    }
    Ok(text)
}

/// A line as a title, and as a note where it is too long for one.
fn titled(text: &str) -> (String, String) {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_MAX {
        return (line, String::new());
    }
    let head: String = line.chars().take(TITLE_MAX).collect();
    let sentence = head
        .find(". ")
        .map(|at| &head[..=at])
        .filter(|s| s.chars().count() >= 20);
    let title = match sentence {
        Some(sentence) => sentence.to_owned(),
        None => {
            head.rsplit_once(' ')
                .map_or(head.as_str(), |(words, _)| words)
                .to_owned()
                + "…"
        }
    };
    (title, text.trim().to_owned())
}

/// Paragraphs put together; empty ones are left out.
fn noted(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
    parts.join("\n\n")
}

/// The most links kept with one thing; further ones stay in its words. This bounds what each is compared with.
const LINKS_MAX: usize = 100;

/// The links in a text, each once.
fn links_in(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|')) {
        let Some(at) = word.find("https://").or_else(|| word.find("http://")) else {
            continue;
        };
        let link = word[at..].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '”', ']', '*']);
        // A closing bracket belongs to the link when it opened one: …/Silicon_Valley_(TV_series).
        let link = if link.contains('(') {
            link
        } else {
            link.trim_end_matches(')')
        };
        let whole = link.len() > "https://".len() && link.chars().count() <= 2000;
        if links.len() == LINKS_MAX {
            break;
        }
        if whole && !links.iter().any(|l| l == link) {
            links.push(link.to_owned());
        }
    }
    links
}

/// A line of prose as a proposal: its kind by its words.
fn of_line(place: String, from: &str, text: &str, day: Option<Dated>) -> Proposal {
    let (title, note) = titled(text);
    let taken = kind::of_words(text);
    Proposal {
        from: from.trim().to_owned(),
        place,
        title,
        note,
        day,
        doubt: String::new(),
        confidential: String::new(),
        links: links_in(text),
        because: taken.because,
        what: Proposed::Evidence(Happening::plainest(taken.kind)),
    }
}

fn said_or(text: &str, other: &str) -> String {
    let text = text.trim();
    if text.is_empty() { other } else { text }.to_owned()
}

/// A sentence about something passed over, with its name made safe to show.
fn passed_over(what: &str, name: &str) -> String {
    format!("{what} “{}”.", shown(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_links_the_first_hundred_are_kept() {
        let text: String = (0..20_000).map(|n| format!("https://example.org/{n} ")).collect();
        assert_eq!(links_in(&text).len(), LINKS_MAX);
        assert_eq!(links_in("https://a.org https://a.org").len(), 1);
    }

    #[test]
    fn a_mark_above_a_list_makes_what_is_below_it_confidential() {
        let text = "2026-03-01: Open\nINTERNAL USE ONLY\n2026-03-02: Closed";
        let read = read(text.as_bytes(), None).unwrap().proposals;
        let said: Vec<&str> = read.iter().map(|p| p.confidential.as_str()).collect();
        assert_eq!(said, ["", "internal use only"]);
    }
}

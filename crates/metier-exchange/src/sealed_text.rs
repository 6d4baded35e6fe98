//! A file that people can read as it is and a program reads exactly: words, and under them a sealed part that the
//! words are made of.
//!
//! What is read has been checked: the sealed part is what its digest says, and the words say what it says. Line
//! breaks, spaces and the marks of a quoted mail do not count.

use metier_core::canonical::{CanonicalError, Digest, canonical_text, digest_of};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::DocumentProblem;
use crate::problem::text_of;

/// A sort of such files.
pub(crate) struct Sort {
    /// What one is called: "agreement".
    pub name: &'static str,
    /// What stands between the dashes: "METIER AGREEMENT".
    pub mark: &'static str,
    /// The field that says which form it is written in.
    pub form_field: &'static str,
    /// The form.
    pub form: u64,
    /// The most bytes of one.
    pub max: usize,
}

impl Sort {
    fn begin(&self) -> String {
        format!("-----BEGIN {}-----", self.mark)
    }

    fn end(&self) -> String {
        format!("-----END {}-----", self.mark)
    }

    /// Writes a letter under its words.
    pub fn write(&self, words: &str, letter: &impl Serialize) -> Result<String, CanonicalError> {
        let mut sealed = json!({"digest": digest_of(letter)?, "letter": letter});
        sealed[self.form_field] = json!(self.form);
        let (begin, end) = (self.begin(), self.end());
        Ok(format!("{words}\n{begin}\n{}\n{end}\n", canonical_text(&sealed)?))
    }

    /// Reads a letter whose words are made by `words`.
    pub fn read<T: DeserializeOwned>(
        &self,
        bytes: &[u8],
        words: impl Fn(&T) -> String,
    ) -> Result<T, DocumentProblem> {
        if bytes.len() > self.max {
            return Err(DocumentProblem::new(
                format!(
                    "the file has {} bytes; at most {} are read",
                    bytes.len(),
                    self.max
                ),
                "check that this is the right file",
            ));
        }
        let (above, sealed, line) = self.parts(text_of(bytes)?)?;
        let mut value: Value = serde_json::from_str(&sealed).map_err(|error| {
            DocumentProblem::new(
                format!("the sealed part cannot be read: {error}"),
                "ask for the file again; it must not be edited",
            )
            .at_line(line + error.line() as u64)
        })?;
        match value.get(self.form_field).and_then(Value::as_u64) {
            Some(form) if form == self.form => {}
            Some(newer) if newer > self.form => {
                return Err(DocumentProblem::new(
                    format!(
                        "it is written in form {newer}, and this program reads form {}",
                        self.form
                    ),
                    "update Metier here",
                ));
            }
            _ => {
                return Err(DocumentProblem::new(
                    "the sealed part does not say which form it is written in",
                    format!(
                        "expected `{}`: {}; ask for the file again",
                        self.form_field, self.form
                    ),
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
        let letter: T = serde_json::from_value(content).map_err(|error| {
            DocumentProblem::new(
                format!("the sealed part is no {}: {error}", self.name),
                "ask for the file again",
            )
            .at_line(line + 1)
        })?;
        if let Some(place) = first_difference(&above, &words(&letter)) {
            return Err(altered("the words above the sealed part do not say what it says")
                .at_line(place)
                .about("words"));
        }
        Ok(letter)
    }

    /// The words, the sealed part, and the line before the sealed part.
    fn parts(&self, text: &str) -> Result<(String, String, u64), DocumentProblem> {
        let (begin_mark, end_mark) = (self.begin(), self.end());
        let lines: Vec<&str> = text.lines().map(unquoted).collect();
        let all = |mark: &str| -> Vec<usize> {
            let of_it = |(place, line): (usize, &&str)| (line.trim_end() == mark).then_some(place);
            lines.iter().enumerate().filter_map(of_it).collect()
        };
        let (begins, ends) = (all(&begin_mark), all(&end_mark));
        let Some(&begin) = begins.first() else {
            return Err(DocumentProblem::new(
                format!("this is no {} file: it has no line {begin_mark}", self.name),
                "choose the file that was sent, whole",
            ));
        };
        if begins.len() > 1 {
            return Err(DocumentProblem::new(
                format!("it holds more than one {}", self.name),
                "send each in a file of its own",
            )
            .at_line(begins[1] as u64 + 1));
        }
        let Some(&end) = ends.iter().find(|end| **end > begin) else {
            return Err(DocumentProblem::new(
                format!("the file was cut short: it has no line {end_mark}"),
                "ask for it again",
            )
            .at_line(lines.len() as u64));
        };
        let joined = |range: std::ops::Range<usize>| lines.get(range).unwrap_or_default().join("\n");
        Ok((joined(0..begin), joined(begin + 1..end), begin as u64 + 1))
    }
}

fn altered(what: &str) -> DocumentProblem {
    DocumentProblem::new(
        format!("{what}: the file was changed after it was written"),
        "ask for it again, and pass it on as a file",
    )
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

/// A text on one line.
pub(crate) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

//! What is wrong with a document, where, and what to do.

use std::fmt;

use serde::Serialize;

/// The most problems reported for one document; a hundred more help nobody.
pub(crate) const PROBLEMS_MAX: usize = 20;

/// Something wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentProblem {
    /// The line, from 1, where it could be told.
    pub line: Option<u64>,
    /// The column in characters, from 1, where it could be told.
    pub column: Option<u64>,
    /// What it is about, as a person would call it: a field, a column, `levels > senior`. May be empty.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it; may be empty when `what` says so already.
    pub remedy: String,
}

impl DocumentProblem {
    /// A problem of the document as a whole.
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: None,
            column: None,
            place: String::new(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn at_column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    pub(crate) fn about(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }
}

impl fmt::Display for DocumentProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            _ => {}
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.what)?;
        if !self.remedy.is_empty() {
            write!(f, " ({})", self.remedy)?;
        }
        Ok(())
    }
}

/// What a file is that is known by its first bytes and can hold no text: a picture, a paper, an archive.
pub(crate) fn no_text(bytes: &[u8]) -> Option<DocumentProblem> {
    let (what, remedy) = match bytes {
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => (
            "this is a picture, not a text that a program can read",
            "ask whoever sent it for the file itself, not a picture of it: for criteria the .yaml, .json or .csv file, for an agreement or a form the .txt file",
        ),
        [b'%', b'P', b'D', b'F', b'-', ..] => (
            "this is a PDF, a paper to print, not a text that a program can read",
            "ask whoever sent it for the file it was made from: for criteria the .yaml, .json or .csv file, for an agreement or a form the .txt file",
        ),
        [b'P', b'K', 3, 4, ..] => (
            "this is a packed file (a ZIP archive or an office document), not a plain text",
            "unpack it, or save the document as plain text, and choose that file",
        ),
        _ => return None,
    };
    Some(DocumentProblem::new(what, remedy))
}

/// The text of a document, or where it stops being UTF-8. A byte order mark is left out.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, DocumentProblem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(DocumentProblem::new("the file is in UTF-16", "save it as UTF-8").at_line(1));
    }
    if let Some(problem) = no_text(bytes) {
        return Err(problem);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.split(|b| *b == b'\n').count().saturating_sub(1) as u64;
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count() as u64;
        DocumentProblem::new(
            format!("is not UTF-8 at byte {}", error.valid_up_to()),
            "save the file as UTF-8; a spreadsheet calls it \"CSV UTF-8\", an editor \"Encoding: UTF-8\"",
        )
        .at_line(line)
        .at_column(column)
    })
}

/// The known name that a mistyped one is nearest to, when one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // A name longer than this was not mistyped, and the comparison is quadratic.
    if name.chars().count() > 40 {
        return None;
    }
    known
        .iter()
        .map(|candidate| (distance(&name.to_lowercase(), candidate), *candidate))
        .filter(|(d, candidate)| *d <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits (a letter more, less or other) between two short words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

/// Foreign text as it may be shown in a message: one short line, without control characters.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_utf8_is_named_by_line_column_and_byte() {
        let problem = text_of(b"caf\xc3\xa9\nsecond caf\xe9\n").unwrap_err();
        assert_eq!((problem.line, problem.column), (Some(2), Some(11)));
        assert!(problem.what == "is not UTF-8 at byte 16", "{problem}");
        assert!(text_of(b"\xff\xfea\0").unwrap_err().what.contains("UTF-16"));
        assert_eq!(text_of(b"\xef\xbb\xbfa"), Ok("a"));
    }

    #[test]
    fn a_picture_is_called_one() {
        for (bytes, what) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
            (b"PK\x03\x04\x14", "a packed file"),
        ] {
            let said = text_of(bytes).unwrap_err().to_string();
            assert!(said.contains(what) && !said.contains("byte"), "{said}");
        }
    }

    #[test]
    fn a_mistyped_name_finds_the_one_meant() {
        let known = ["attempts", "clean", "date", "minutes"];
        assert_eq!(nearest("atempts", &known), Some("attempts"));
        assert_eq!(nearest("Minute", &known), Some("minutes"));
        assert_eq!(nearest("colour", &known), None);
        assert_eq!(nearest(&"a".repeat(10_000), &known), None);
    }

    #[test]
    fn a_problem_reads_as_one_line() {
        let problem = DocumentProblem::new("is wrong", "right it")
            .at_line(3)
            .at_column(4)
            .about("clean");
        assert_eq!(
            problem.to_string(),
            "line 3, column 4: clean: is wrong (right it)"
        );
        assert_eq!(shown("a\u{7}b"), "a b");
    }
}

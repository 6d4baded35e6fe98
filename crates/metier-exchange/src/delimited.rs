//! Tables as text (CSV and its kin): read strictly, so that no quotation mark left open can swallow
//! the rest of a file unseen; written so that a spreadsheet never takes a text for a formula.

use crate::DocumentProblem;

/// The longest line and the longest field accepted, in bytes.
const FIELD_MAX: usize = 64 << 10;

/// One record: the line it begins on, and its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line it begins on, from 1.
    pub line: u64,
    /// Its fields, unquoted.
    pub fields: Vec<String>,
}

/// What separates the fields: whichever of comma, semicolon and tab the first line has most of.
pub(crate) fn separator_of(text: &str) -> char {
    let header = text
        .lines()
        .find(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .unwrap_or_default();
    let count = |c: char| header.matches(c).count();
    // On a tie the earlier one wins, and the comma is first.
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(|c| count(*c))
        .unwrap_or(',')
}

/// Reads records one by one. Empty lines and lines that begin with `#` are passed over, unless every
/// line is wanted.
pub(crate) struct Records<'a> {
    rest: &'a str,
    separator: char,
    line: u64,
    every_line: bool,
    longest: usize,
}

impl<'a> Records<'a> {
    /// A table in a form of ours.
    pub fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text,
            separator,
            line: 1,
            every_line: false,
            longest: FIELD_MAX,
        }
    }

    /// A table of somebody else's, in which an empty line may mean something and `#` is a letter like
    /// any other; lines of up to so many bytes.
    pub fn every_line(text: &'a str, separator: char, longest: usize) -> Self {
        Self {
            every_line: true,
            longest,
            ..Self::new(text, separator)
        }
    }

    /// Takes `bytes` off the front, counting lines.
    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count() as u64;
        self.rest = rest;
    }

    /// Takes one field and what follows it; `true` when the record goes on.
    fn field(&mut self, begun: u64) -> Result<(String, bool), DocumentProblem> {
        let mut field = String::new();
        if self.rest.starts_with('"') {
            let opened = self.line;
            self.take(1);
            loop {
                let end = self.rest.find('"').ok_or_else(|| {
                    DocumentProblem::new(
                        "a quotation mark is opened here and never closed",
                        "close it, or write a quotation mark inside a quoted field twice",
                    )
                    .at_line(opened)
                })?;
                field.push_str(&self.rest[..end]);
                self.take(end + 1);
                if field.len() > self.longest {
                    return Err(self.too_long(opened));
                }
                if self.rest.starts_with('"') {
                    field.push('"');
                    self.take(1);
                } else {
                    break;
                }
            }
            if !(self.rest.is_empty() || self.rest.starts_with([self.separator, '\n', '\r'])) {
                return Err(DocumentProblem::new(
                    "there is text after the closing quotation mark of a field",
                    "put the whole field in quotation marks, and write one inside it twice",
                )
                .at_line(self.line));
            }
        } else {
            let end = self
                .rest
                .find([self.separator, '\n', '\r'])
                .unwrap_or(self.rest.len());
            if end > self.longest {
                return Err(self.too_long(begun));
            }
            field.push_str(&self.rest[..end]);
            self.take(end);
        }
        if self.rest.starts_with(self.separator) {
            self.take(self.separator.len_utf8());
            return Ok((field, true));
        }
        if self.rest.starts_with("\r\n") {
            self.take(2);
        } else if !self.rest.is_empty() {
            // A lone carriage return ends a line too, as old spreadsheets write it.
            if self.rest.starts_with('\r') {
                self.line += 1;
            }
            self.take(1);
        }
        Ok((field, false))
    }

    fn record(&mut self) -> Result<Record, DocumentProblem> {
        let line = self.line;
        let (mut fields, mut bytes) = (Vec::new(), 0);
        loop {
            let (field, more) = self.field(line)?;
            bytes += field.len() + 1;
            if bytes > self.longest {
                return Err(self.too_long(line));
            }
            fields.push(field);
            if !more {
                return Ok(Record { line, fields });
            }
        }
    }

    fn too_long(&self, line: u64) -> DocumentProblem {
        DocumentProblem::new(
            format!("this line is longer than {} KiB", self.longest >> 10),
            "shorten it; long texts belong in a journal entry, not in a table",
        )
        .at_line(line)
    }

    /// Takes a comment off the front.
    fn comment(&mut self) {
        let end = self.rest.find('\n').map_or(self.rest.len(), |i| i + 1);
        self.take(end);
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, DocumentProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            if !self.every_line && self.rest.starts_with('#') {
                self.comment();
                continue;
            }
            let record = self.record();
            if record.is_err() {
                // Nothing after a broken quotation can be read with confidence.
                self.rest = "";
                return Some(record);
            }
            if let Ok(record) = &record
                && !self.every_line
                && record.fields.iter().all(|f| f.trim().is_empty())
            {
                continue;
            }
            return Some(record);
        }
        None
    }
}

/// True when a spreadsheet would take the text for a formula, or when it looks as if it had been
/// defused already.
fn reads_as_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text as one field of a comma-separated table: in quotation marks where it must be, and with an
/// apostrophe in front where a spreadsheet would otherwise run it as a formula.
/// [`plain_text`] takes the apostrophe off again.
///
/// ```
/// use metier_exchange::delimited::csv_field_safe;
///
/// assert_eq!(csv_field_safe("plain"), "plain");
/// assert_eq!(csv_field_safe("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
/// ```
pub fn csv_field_safe(text: &str) -> String {
    let apostrophe = if reads_as_formula(text) { "'" } else { "" };
    let quoted = text.contains([',', ';', '\t', '"', '\n', '\r'])
        || text.starts_with([' ', '#'])
        || text.ends_with(' ');
    if quoted {
        format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{apostrophe}{text}")
    }
}

/// The text that [`csv_field_safe`] was given.
pub fn plain_text(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if reads_as_formula(rest) => rest,
        _ => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(text: &str) -> Result<Vec<Record>, DocumentProblem> {
        Records::new(text, separator_of(text)).collect()
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        records(text).unwrap().into_iter().map(|r| r.fields).collect()
    }

    #[test]
    fn the_separator_is_the_one_the_header_uses() {
        assert_eq!(separator_of("a,b,c\n1;2;3"), ',');
        assert_eq!(separator_of("# a,b,c\n\na;b;c\n"), ';');
        assert_eq!(separator_of("a\tb\n"), '\t');
        assert_eq!(separator_of("date\n"), ',');
    }

    #[test]
    fn quoted_fields_hold_separators_quotes_and_lines() {
        assert_eq!(
            fields("a,\"b, \"\"c\"\"\nd\",e\r\n\r\n# note, with \"\nf,5\" wide,\n"),
            [vec!["a", "b, \"c\"\nd", "e"], vec!["f", "5\" wide", ""]]
        );
    }

    #[test]
    fn lines_are_counted_through_quoted_fields_and_every_line_ending() {
        let lines: Vec<u64> = records("a\n\"b\nb\"\r\nc\rd\n#\ne")
            .unwrap()
            .iter()
            .map(|r| r.line)
            .collect();
        assert_eq!(lines, [1, 2, 4, 5, 7]);
    }

    #[test]
    fn of_somebody_elses_table_every_line_is_read() {
        let all: Vec<Record> = Records::every_line("# of,name\n\n1,a\n", ',', 64)
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].fields, ["# of", "name"]);
        assert_eq!(all[1].fields, [""]);
        assert_eq!(all[2].line, 3);
        let long = "x".repeat(65);
        assert!(Records::every_line(&long, ',', 64).next().unwrap().is_err());
    }

    #[test]
    fn a_quotation_left_open_is_named_where_it_opens() {
        let problem = records("a,b\n1,\"two\n3,4\n").unwrap_err();
        assert_eq!(problem.line, Some(2));
        assert!(problem.what.contains("never closed"));
        assert!(
            records("\"a\"b,c")
                .unwrap_err()
                .what
                .contains("after the closing")
        );
    }

    #[test]
    fn a_line_over_64_kib_is_refused() {
        let long = "x".repeat(FIELD_MAX + 1);
        for text in [
            format!("a,b\n{long}\n"),
            format!("a,b\n\"{long}\"\n"),
            format!("a,b\n{}\n", "y,".repeat(FIELD_MAX)),
        ] {
            let problem = records(&text).unwrap_err();
            assert_eq!(problem.line, Some(2));
            assert!(problem.what.contains("64 KiB"), "{problem}");
        }
    }

    proptest! {
        #[test]
        fn a_field_reads_back_as_it_was_and_is_never_a_formula(text in "[=+@'\\-\t\r\n\",;# a-c]{0,12}") {
            let written = csv_field_safe(&text);
            let line = format!("x,{written},y\n");
            let read = Records::new(&line, ',').next().unwrap().unwrap();
            prop_assert_eq!(read.fields.len(), 3);
            prop_assert!(!read.fields[1].starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(plain_text(&read.fields[1]), text);
        }
    }
}

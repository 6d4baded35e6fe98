//! One CSV file, read row by row: fields are quoted where they hold commas or line breaks.

use std::io::Read;

use super::EscoError;
use super::layout::Column;
use crate::DocumentProblem;
use crate::problem::{nearest, shown};

/// Longest field read, in bytes; the longest published, a list of top concepts, has a third of it.
const FIELD_MAX: usize = 1 << 20;
/// Most columns a file may have.
const COLUMNS_MAX: usize = 200;

/// A file being read.
pub(super) struct Table<R> {
    file: String,
    reader: csv::Reader<R>,
    record: csv::StringRecord,
    /// Number of columns the head names.
    width: usize,
    /// Rows may end early: the publisher leaves out empty fields at the end.
    ragged: bool,
    /// Where the wanted columns stand; `None`: not in this release.
    places: Vec<Option<usize>>,
    wanted: &'static [Column],
}

/// One row of the wanted columns.
pub(super) struct Row<'a> {
    file: &'a str,
    wanted: &'static [Column],
    places: &'a [Option<usize>],
    record: &'a csv::StringRecord,
}

impl<R: Read> Table<R> {
    /// Reads the head of a file and finds the wanted columns.
    pub(super) fn open(file: String, reader: R, wanted: &'static [Column]) -> Result<Self, EscoError> {
        let mut table = Self {
            reader: csv::ReaderBuilder::new()
                .flexible(true)
                .buffer_capacity(1 << 16)
                .from_reader(reader),
            width: 0,
            ragged: false,
            file,
            record: csv::StringRecord::new(),
            places: Vec::new(),
            wanted,
        };
        let heads = match table.reader.headers() {
            Ok(heads) => heads.clone(),
            Err(error) => return Err(table.failed(&error)),
        };
        let heads: Vec<String> = heads
            .iter()
            .take(COLUMNS_MAX)
            .map(|h| h.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        if heads.iter().all(String::is_empty) {
            return Err(table.problem(DocumentProblem::new(
                "the file is empty",
                "its first line should name the columns",
            )));
        }
        table.width = heads.len();
        for column in table.wanted {
            let place = heads
                .iter()
                .position(|head| head.eq_ignore_ascii_case(column.head));
            if place.is_none() && column.needed {
                return Err(table.problem(no_column(column, &heads).at_line(1)));
            }
            table.places.push(place);
        }
        Ok(table)
    }

    /// This file, whose rows may end early.
    pub(super) fn ragged(self) -> Self {
        Self { ragged: true, ..self }
    }

    /// The next row; `None` at the end of the file.
    pub(super) fn row(&mut self) -> Result<Option<Row<'_>>, EscoError> {
        match self.reader.read_record(&mut self.record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return Err(self.failed(&error)),
        }
        let fields = self.record.len();
        if fields > self.width || (fields < self.width && !self.ragged) {
            let problem = DocumentProblem::new(
                format!(
                    "{fields} fields, where the first line names {} columns",
                    self.width
                ),
                "the row was cut or joined, or a quotation mark is not closed; take the file from the archive as \
                 published",
            );
            let line = self.record.position().map_or(0, csv::Position::line);
            return Err(self.problem(problem.at_line(line)));
        }
        let row = Row {
            file: &self.file,
            wanted: self.wanted,
            places: &self.places,
            record: &self.record,
        };
        if row.record.iter().any(|field| field.len() > FIELD_MAX) {
            return Err(row.problem(
                0,
                format!("a field is longer than {FIELD_MAX} bytes"),
                "a quotation mark is not closed; take the file from the archive as published",
            ));
        }
        Ok(Some(row))
    }

    fn failed(&self, error: &csv::Error) -> EscoError {
        let line = error.position().map(csv::Position::line);
        let problem = match error.kind() {
            csv::ErrorKind::Io(error) => {
                return EscoError::Unpacking {
                    file: self.file.clone(),
                    why: shown(&error.to_string()),
                };
            }
            csv::ErrorKind::Utf8 { .. } => DocumentProblem::new(
                "a byte is not UTF-8 text",
                "take the file from the archive as published, in UTF-8",
            ),
            _ => DocumentProblem::new(
                shown(&error.to_string()),
                "take the file from the archive as published",
            ),
        };
        self.problem(match line {
            Some(line) => problem.at_line(line),
            None => problem,
        })
    }

    fn problem(&self, problem: DocumentProblem) -> EscoError {
        EscoError::Table {
            file: self.file.clone(),
            problem: Box::new(problem),
        }
    }
}

/// The problem of a column that is not there, with what was found in its place.
fn no_column(column: &Column, heads: &[String]) -> DocumentProblem {
    const MOST: usize = 20;
    let known: Vec<&str> = heads.iter().map(String::as_str).collect();
    let like = nearest(column.head, &known)
        .map(|head| format!("; is `{}` meant?", shown(head)))
        .unwrap_or_default();
    let listed: Vec<String> = known
        .iter()
        .take(MOST)
        .map(|h| format!("`{}`", shown(h)))
        .collect();
    DocumentProblem::new(
        format!("there is no column `{}`{like}", column.head),
        format!("the columns are {}", listed.join(", ")),
    )
}

impl Row<'_> {
    /// The text of a wanted column; empty when the column is not in this release.
    pub(super) fn text(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        place.and_then(|at| self.record.get(at)).map_or("", str::trim)
    }

    /// The text of a column that must not be empty.
    pub(super) fn given(&self, column: usize) -> Result<&str, EscoError> {
        let text = self.text(column);
        if text.is_empty() {
            return Err(self.problem(column, "is empty", "every row needs one"));
        }
        Ok(text)
    }

    /// The items of a column that lists labels, one a line or between bars, each once.
    pub(super) fn listed(&self, column: usize) -> Vec<String> {
        let text = self.text(column);
        let bars = !text.contains('\n');
        let mut items: Vec<String> = Vec::new();
        for line in text.lines() {
            let parts: Vec<&str> = if bars {
                line.split(" | ").collect()
            } else {
                vec![line]
            };
            for item in parts.into_iter().map(str::trim).filter(|i| !i.is_empty()) {
                if !items.iter().any(|known| known == item) {
                    items.push(item.to_owned());
                }
            }
        }
        items
    }

    /// A problem of this row.
    pub(super) fn problem(&self, column: usize, what: impl Into<String>, remedy: &str) -> EscoError {
        let head = self.wanted.get(column).map_or("", |c| c.head);
        let line = self.record.position().map_or(0, csv::Position::line);
        EscoError::Table {
            file: self.file.to_owned(),
            problem: Box::new(DocumentProblem::new(what, remedy).at_line(line).about(head)),
        }
    }
}

//! One tab-separated table, read line by line.
//!
//! The layout has no quoting: a field ends at a tab, a row at a line end. The first line names the
//! columns.

use std::io::{BufRead, BufReader, Read};

use super::OnetError;
use super::layout::Column;
use crate::DocumentProblem;
use crate::problem::{nearest, shown};

/// Longest line read, in bytes.
const LINE_MAX: u64 = 1 << 20;
/// Most columns a table may have.
const COLUMNS_MAX: usize = 200;

/// A table being read.
pub(super) struct Table<R> {
    file: String,
    reader: BufReader<R>,
    line: u64,
    buffer: Vec<u8>,
    /// Number of columns the head names.
    width: usize,
    /// Where the wanted columns stand; `None`: not in this release.
    places: Vec<Option<usize>>,
    wanted: &'static [Column],
}

/// One row of the wanted columns.
pub(super) struct Row<'a> {
    file: &'a str,
    line: u64,
    wanted: &'static [Column],
    fields: Vec<&'a str>,
}

impl<R: Read> Table<R> {
    /// Reads the head of a table and finds the wanted columns.
    pub(super) fn open(file: String, reader: R, wanted: &'static [Column]) -> Result<Self, OnetError> {
        let mut table = Self {
            file,
            reader: BufReader::with_capacity(1 << 16, reader),
            line: 0,
            buffer: Vec::new(),
            width: 0,
            places: Vec::new(),
            wanted,
        };
        table.head()?;
        Ok(table)
    }

    fn head(&mut self) -> Result<(), OnetError> {
        if !self.read_line()? {
            return Err(self.problem(DocumentProblem::new(
                "the table is empty",
                "its first line should name the columns",
            )));
        }
        let heads: Vec<&str> = self
            .text()?
            .trim_start_matches('\u{feff}')
            .split('\t')
            .map(str::trim)
            .take(COLUMNS_MAX)
            .collect();
        let mut places = Vec::new();
        for column in self.wanted {
            let place = heads
                .iter()
                .position(|head| column.heads.iter().any(|h| h.eq_ignore_ascii_case(head)));
            if place.is_none() && column.needed {
                return Err(self.problem(no_column(column, &heads).at_line(1)));
            }
            places.push(place);
        }
        (self.width, self.places) = (heads.len(), places);
        Ok(())
    }

    /// The next row; `None` at the end of the table. Empty lines are passed over.
    pub(super) fn row(&mut self) -> Result<Option<Row<'_>>, OnetError> {
        loop {
            if !self.read_line()? {
                return Ok(None);
            }
            if !self.buffer.is_empty() {
                break;
            }
        }
        let all: Vec<&str> = self.text()?.split('\t').take(COLUMNS_MAX + 1).collect();
        if all.len() != self.width {
            return Err(self.problem(
                DocumentProblem::new(
                    format!(
                        "{} fields, where the first line names {} columns",
                        all.len(),
                        self.width
                    ),
                    "the row was cut or joined; take the file from the archive as published",
                )
                .at_line(self.line),
            ));
        }
        let fields = self
            .places
            .iter()
            .map(|place| place.and_then(|at| all.get(at)).map_or("", |field| field.trim()))
            .collect();
        Ok(Some(Row {
            file: &self.file,
            line: self.line,
            wanted: self.wanted,
            fields,
        }))
    }

    /// Reads a line into the buffer, without its end; false at the end of the table.
    fn read_line(&mut self) -> Result<bool, OnetError> {
        self.buffer.clear();
        let read = self
            .reader
            .by_ref()
            .take(LINE_MAX + 1)
            .read_until(b'\n', &mut self.buffer)
            .map_err(|error| OnetError::Unpacking {
                file: self.file.clone(),
                why: shown(&error.to_string()),
            })?;
        if read == 0 {
            return Ok(false);
        }
        self.line += 1;
        if read as u64 > LINE_MAX {
            return Err(self.problem(
                DocumentProblem::new(
                    format!("the line is longer than {LINE_MAX} bytes"),
                    "a row of this table has a few hundred; take the file from the archive as published",
                )
                .at_line(self.line),
            ));
        }
        while matches!(self.buffer.last(), Some(b'\n' | b'\r')) {
            self.buffer.pop();
        }
        Ok(true)
    }

    fn text(&self) -> Result<&str, OnetError> {
        std::str::from_utf8(&self.buffer).map_err(|error| {
            let before = String::from_utf8_lossy(&self.buffer[..error.valid_up_to()]);
            let byte = self.buffer[error.valid_up_to()];
            self.problem(
                DocumentProblem::new(
                    format!("the byte {byte:02x} (hexadecimal) is not UTF-8 text"),
                    "take the file from the archive as published, in UTF-8",
                )
                .at_line(self.line)
                .at_column(before.chars().count() as u64 + 1),
            )
        })
    }

    fn problem(&self, problem: DocumentProblem) -> OnetError {
        OnetError::Table {
            file: self.file.clone(),
            problem: Box::new(problem),
        }
    }
}

/// The problem of a column that is not there, with what was found in its place.
fn no_column(column: &Column, heads: &[&str]) -> DocumentProblem {
    let names: Vec<String> = heads.iter().map(|head| format!("`{}`", shown(head))).collect();
    // Names are compared in lower case, as column heads are found whatever their case.
    let lower: Vec<String> = heads.iter().map(|head| head.to_lowercase()).collect();
    let known: Vec<&str> = lower.iter().map(String::as_str).collect();
    let like = nearest(column.heads[0], &known)
        .and_then(|meant| heads.iter().find(|head| head.to_lowercase() == meant))
        .map(|head| format!("; is `{}` meant?", shown(head)))
        .unwrap_or_default();
    DocumentProblem::new(
        format!("there is no column `{}`{like}", column.heads.join("` or `")),
        format!("the columns are {}", shown_list(&names)),
    )
}

/// A list for a message, not longer than a person reads.
fn shown_list(names: &[String]) -> String {
    const MOST: usize = 20;
    let listed: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", listed.join(", "))
}

impl Row<'_> {
    /// The text of a wanted column; empty when the column is not in this release.
    pub(super) fn text(&self, column: usize) -> &str {
        self.fields.get(column).copied().unwrap_or("")
    }

    /// The text of a column that must not be empty.
    pub(super) fn given(&self, column: usize) -> Result<&str, OnetError> {
        let text = self.text(column);
        if text.is_empty() {
            return Err(self.problem(column, "is empty", "every row needs one"));
        }
        Ok(text)
    }

    /// An occupation code.
    pub(super) fn code(&self, column: usize) -> Result<&str, OnetError> {
        let text = self.text(column);
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                2 => *b == b'-',
                7 => *b == b'.',
                _ => b.is_ascii_digit(),
            });
        if shaped {
            Ok(text)
        } else {
            Err(self.problem(
                column,
                format!("`{}` is not an occupation code", shown(text)),
                "it should look like 15-1252.00",
            ))
        }
    }

    /// A number between two bounds.
    pub(super) fn number(&self, column: usize, least: f64, most: f64) -> Result<f64, OnetError> {
        let text = self.text(column);
        text.parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                self.problem(
                    column,
                    format!("`{}` is not a number from {least} to {most}", shown(text)),
                    "take the file from the archive as published",
                )
            })
    }

    /// A count, or nothing where the field is empty.
    pub(super) fn count(&self, column: usize) -> Result<Option<u32>, OnetError> {
        match self.text(column) {
            "" | "n/a" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                self.problem(
                    column,
                    format!("`{}` is not a whole number", shown(text)),
                    "leave it empty when it is not known",
                )
            }),
        }
    }

    /// Y or N; an empty field is no.
    pub(super) fn yes(&self, column: usize) -> Result<bool, OnetError> {
        match self.text(column) {
            "Y" | "y" => Ok(true),
            "N" | "n" | "" | "n/a" => Ok(false),
            text => Err(self.problem(
                column,
                format!("`{}` is neither Y nor N", shown(text)),
                "write Y or N",
            )),
        }
    }

    /// A problem of this row.
    pub(super) fn problem(&self, column: usize, what: impl Into<String>, remedy: &str) -> OnetError {
        let head = self.wanted.get(column).map_or("", |c| c.heads[0]);
        OnetError::Table {
            file: self.file.to_owned(),
            problem: Box::new(DocumentProblem::new(what, remedy).at_line(self.line).about(head)),
        }
    }
}

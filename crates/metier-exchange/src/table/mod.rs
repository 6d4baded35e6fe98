//! Tables as other people keep them: delimited text, spreadsheets, lists in YAML or JSON.
//!
//! [`read`] turns the bytes into sheets of texts and says what it had to decide on the way
//! ([`Finding`]): in which encoding it read, which cells were merged, which hold a formula. What a
//! column means is nobody's business here; `levelling` asks that.
//!
//! ```
//! use metier_exchange::table;
//!
//! let book = table::read("ladder.csv", b"Area;Junior\nWriting;Writes a draft\n", None).unwrap();
//! assert_eq!(book.sheets[0].rows[1].cells, ["Writing", "Writes a draft"]);
//! ```

mod encoding;
mod finding;
mod text;
mod tree;
mod xlsx;

use metier_core::canonical::Digest;
use serde::Serialize;

use crate::DocumentProblem;

pub use encoding::ENCODINGS;
pub use finding::{Finding, cell_name, column_name};

/// The largest file accepted, in bytes.
pub const FILE_MAX: usize = 16 << 20;

/// The most sheets read of one file.
pub const SHEETS_MAX: usize = 60;

/// The most rows read of one file, all sheets together.
pub const ROWS_MAX: usize = 50_000;

/// The most cells read of one file, empty ones before the last of a row included.
pub const CELLS_MAX: usize = 1_000_000;

/// The most columns read of one sheet.
pub const COLUMNS_MAX: usize = 200;

/// The longest text of one cell, in bytes: what a spreadsheet itself allows, in its longest letters.
pub const CELL_MAX: usize = 128 << 10;

/// The most text read of one file, in bytes, copies into merged cells included.
pub const TEXT_MAX: usize = 32 << 20;

/// A file of tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Book {
    /// What it was read as.
    pub format: Format,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its sheets, those without a text left out.
    pub sheets: Vec<Sheet>,
    /// What was decided on the way.
    pub findings: Vec<Finding>,
}

/// Sorts of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Delimited text.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
    /// A document in YAML.
    Yaml,
    /// A document in JSON.
    Json,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its name; empty when the file has one table only and gives it none.
    pub name: String,
    /// Hidden in the file it comes from.
    pub hidden: bool,
    /// Its rows, those without a text left out.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The row as a spreadsheet shows it, or the place in a list; from 1 (the names of a list's fields are
    /// row 0).
    pub number: u64,
    /// The texts of its cells, without space around them, up to the last that is not empty.
    pub cells: Vec<String>,
}

impl Row {
    /// The text of a column; empty beyond the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Sheet {
    /// The number of columns of its longest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0)
    }
}

/// Reads a file of tables. The name only helps to tell YAML from text; `encoding` is what the text is
/// said to be written in, and otherwise guessed.
///
/// # Errors
/// When it is of no sort read here, broken, or over a limit.
pub fn read(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<Book, DocumentProblem> {
    if bytes.len() > FILE_MAX {
        return Err(DocumentProblem::new(
            format!(
                "the file has {} MB; at most {} are read",
                bytes.len().div_ceil(1_000_000),
                FILE_MAX / 1_000_000
            ),
            "keep only the sheet with the criteria",
        ));
    }
    refuse_others(bytes)?;
    let (format, sheets, findings) = if bytes.starts_with(b"PK\x03\x04") {
        let (sheets, findings) = xlsx::read(bytes)?;
        (Format::Xlsx, sheets, findings)
    } else {
        let decoded = encoding::decode(bytes, encoding)?;
        let (format, sheets) = match tree::kind_of(name, &decoded.text) {
            Some(format) => (format, tree::read(&decoded.text, format)?),
            None => (Format::Csv, vec![text::read(&decoded.text)?]),
        };
        (format, sheets, decoded.findings())
    };
    let mut book = Book {
        format,
        digest: Digest::of(bytes),
        sheets,
        findings,
    };
    book.tidy();
    if book.sheets.is_empty() {
        return Err(DocumentProblem::new(
            "there is no text in it",
            "check that this is the right file",
        ));
    }
    Ok(book)
}

/// Says what a file of another sort is, by how it begins.
fn refuse_others(bytes: &[u8]) -> Result<(), DocumentProblem> {
    let others: [(&[u8], &str, &str); 4] = [
        (
            b"\xd0\xcf\x11\xe0",
            "this is an old Excel file (.xls), or one locked with a password",
            "open it and save it as an Excel workbook (.xlsx) without a password",
        ),
        (
            b"%PDF",
            "this is a PDF, which has no columns",
            "ask for the spreadsheet it was made from, or copy its table into one",
        ),
        (
            b"{\\rtf",
            "this is a text document (RTF)",
            "copy its table into a spreadsheet and save that as CSV",
        ),
        (b"\x1f\x8b", "this is a compressed file (gzip)", "unpack it first"),
    ];
    match others.iter().find(|(start, ..)| bytes.starts_with(start)) {
        Some((_, what, remedy)) => Err(DocumentProblem::new(*what, *remedy)),
        None => Ok(()),
    }
}

impl Book {
    /// Takes space around texts, empty rows and empty sheets away, and says how many rows were empty
    /// between others.
    fn tidy(&mut self) {
        for sheet in &mut self.sheets {
            for row in &mut sheet.rows {
                for cell in &mut row.cells {
                    if cell.trim().len() < cell.len() {
                        *cell = cell.trim().to_owned();
                    }
                }
                let last = row.cells.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
                row.cells.truncate(last);
            }
            while sheet.rows.last().is_some_and(|r| r.cells.is_empty()) {
                sheet.rows.pop();
            }
            let before = sheet.rows.len();
            sheet.rows.retain(|r| !r.cells.is_empty());
            if sheet.rows.len() < before {
                self.findings.push(Finding::EmptyRows {
                    sheet: sheet.name.clone(),
                    count: before - sheet.rows.len(),
                });
            }
        }
        self.sheets.retain(|s| !s.rows.is_empty());
    }
}

/// Counts what is read, so that no file fills the memory.
#[derive(Debug, Default)]
struct Budget {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Budget {
    fn row(&mut self) -> Result<(), DocumentProblem> {
        self.rows += 1;
        if self.rows > ROWS_MAX {
            return Err(DocumentProblem::new(
                format!("there are more than {ROWS_MAX} rows"),
                "keep only the roles you need",
            ));
        }
        Ok(())
    }

    /// A row is so many cells wide.
    fn width(&mut self, cells: usize) -> Result<(), DocumentProblem> {
        self.cells += cells;
        if self.cells > CELLS_MAX {
            return Err(DocumentProblem::new(
                format!("there are more than {CELLS_MAX} cells"),
                "keep only the roles you need",
            ));
        }
        Ok(())
    }

    fn text(&mut self, text: &str, place: impl Fn() -> String) -> Result<(), DocumentProblem> {
        self.text += text.len();
        if text.len() > CELL_MAX {
            return Err(DocumentProblem::new(
                format!("this cell has more than {} KiB of text", CELL_MAX >> 10),
                "shorten it",
            )
            .about(place()));
        }
        if self.text > TEXT_MAX {
            return Err(DocumentProblem::new(
                format!("there is more than {} MiB of text", TEXT_MAX >> 20),
                "keep only the roles you need",
            ));
        }
        Ok(())
    }
}

fn too_wide(place: String) -> DocumentProblem {
    DocumentProblem::new(
        format!("there is a text beyond the {COLUMNS_MAX} columns that are read"),
        "take the columns away that are not about the criteria",
    )
    .about(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sorts_of_files_are_named() {
        for (bytes, word) in [
            (&b"\xd0\xcf\x11\xe0\xa1\xb1"[..], ".xls"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"", "no text"),
            (b" \n,,\n", "no text"),
        ] {
            let problem = read("x", bytes, None).unwrap_err();
            assert!(problem.what.contains(word), "{problem}");
        }
        let large = vec![b'x'; FILE_MAX + 1];
        assert!(read("x", &large, None).unwrap_err().what.contains("MB"));
    }

    #[test]
    fn empty_rows_are_left_out_and_said() {
        let book = read("x.csv", b"a,b\n\n,,\n1, 2 ,,\n\n", None).unwrap();
        let rows: Vec<_> = book.sheets[0]
            .rows
            .iter()
            .map(|r| (r.number, r.cells.clone()))
            .collect();
        assert_eq!(
            rows,
            [
                (1, vec!["a".to_owned(), "b".to_owned()]),
                (4, vec!["1".to_owned(), "2".to_owned()])
            ]
        );
        assert_eq!(
            book.findings,
            [Finding::EmptyRows {
                sheet: String::new(),
                count: 2
            }]
        );
    }
}

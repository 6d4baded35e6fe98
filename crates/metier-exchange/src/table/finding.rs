//! What a reader had to decide about a file, for a person to see and to correct.

use std::fmt;

use serde::Serialize;

/// Something decided while reading: nothing is wrong for certain, but somebody should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Finding {
    /// The text is not in UTF-8.
    Encoding {
        /// What it was read as.
        name: String,
        /// True when nothing in the file says so.
        guessed: bool,
    },
    /// Letters that no text has: the encoding is probably another.
    OddLetters {
        /// How many.
        count: usize,
    },
    /// Cells that were merged: their text was read into each of them.
    MergedCells {
        /// On which sheet.
        sheet: String,
        /// How many groups.
        count: usize,
        /// The first, as `A2:A5`.
        example: String,
    },
    /// Cells with a formula: what it came to when the file was last saved was read.
    Formulas {
        /// On which sheet.
        sheet: String,
        /// How many.
        count: usize,
        /// The first, as `C7`.
        example: String,
    },
    /// Cells with a formula whose result the file does not hold: read as empty.
    FormulasWithoutResult {
        /// On which sheet.
        sheet: String,
        /// How many.
        count: usize,
        /// The first.
        example: String,
    },
    /// Cells that hold an error such as `#REF!`: read as empty.
    ErrorCells {
        /// On which sheet.
        sheet: String,
        /// How many.
        count: usize,
        /// The first.
        example: String,
        /// What it holds.
        value: String,
    },
    /// Empty rows between others.
    EmptyRows {
        /// On which sheet.
        sheet: String,
        /// How many.
        count: usize,
    },
}

/// A column by its letters, as a spreadsheet shows them: 0 is `A`, 27 is `AB`.
pub fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = (rest - 1) % 26;
        name.push(b'A' + u8::try_from(letter).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().map(|b| char::from(*b)).collect()
}

/// A cell as a spreadsheet names it, from the column (0 is `A`) and the row (from 1).
pub fn cell_name(column: usize, row: u64) -> String {
    format!("{}{row}", column_name(column))
}

/// "on the sheet X", or nothing for the only one.
fn on(sheet: &str) -> String {
    if sheet.is_empty() {
        String::new()
    } else {
        format!(" on the sheet “{sheet}”")
    }
}

fn several<'w>(count: usize, one: &'w str, more: &'w str) -> &'w str {
    if count == 1 { one } else { more }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding { name, guessed: true } => write!(
                f,
                "The file does not say how its letters are written; it was read as {name}. If letters look wrong, name another encoding."
            ),
            Self::Encoding { name, .. } => write!(f, "The letters are written as {name}."),
            Self::OddLetters { count } => write!(
                f,
                "{count} {} no text has; the encoding is probably another.",
                several(*count, "letter stands there that", "letters stand there that")
            ),
            Self::MergedCells {
                sheet,
                count,
                example,
            } => write!(
                f,
                "{count} {} merged{} (as {example}); the text was read into each cell.",
                several(*count, "group of cells is", "groups of cells are"),
                on(sheet)
            ),
            Self::Formulas {
                sheet,
                count,
                example,
            } => write!(
                f,
                "{count} {} a formula{} (as {example}); the result it had when the file was last saved was read.",
                several(*count, "cell holds", "cells hold"),
                on(sheet)
            ),
            Self::FormulasWithoutResult {
                sheet,
                count,
                example,
            } => write!(
                f,
                "{count} {} a formula without a result{} (as {example}), and {} read as empty. Open the file in a spreadsheet and save it again.",
                several(*count, "cell holds", "cells hold"),
                on(sheet),
                several(*count, "was", "were"),
            ),
            Self::ErrorCells {
                sheet,
                count,
                example,
                value,
            } => write!(
                f,
                "{count} {} an error{} (as {example}: {value}), and {} read as empty.",
                several(*count, "cell holds", "cells hold"),
                on(sheet),
                several(*count, "was", "were"),
            ),
            Self::EmptyRows { sheet, count } => write!(
                f,
                "{count} empty {} between others{} left out.",
                several(*count, "row", "rows"),
                match (sheet.is_empty(), *count) {
                    (true, 1) => " was".into(),
                    (true, _) => " were".into(),
                    (false, 1) => format!("{} was", on(sheet)),
                    (false, _) => format!("{} were", on(sheet)),
                }
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (27, "AB"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(column_name(column), name);
        }
        assert_eq!(cell_name(2, 7), "C7");
    }

    #[test]
    fn a_finding_reads_as_a_sentence() {
        let merged = Finding::MergedCells {
            sheet: "Design".into(),
            count: 1,
            example: "A2:A5".into(),
        };
        assert_eq!(
            merged.to_string(),
            "1 group of cells is merged on the sheet “Design” (as A2:A5); the text was read into each cell."
        );
        let empty = Finding::EmptyRows {
            sheet: String::new(),
            count: 2,
        };
        assert_eq!(empty.to_string(), "2 empty rows between others were left out.");
    }
}

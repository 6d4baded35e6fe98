//! One sheet: cells as texts, merged ones filled, formulas by their last result.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::super::{Budget, COLUMNS_MAX, Finding, Row, cell_name, too_wide};
use super::strings::{item, unescaped};
use super::style::Styles;
use super::xml::{Xml, attribute, broken, name};
use crate::DocumentProblem;

/// The most groups of merged cells on one sheet.
const MERGED_MAX: usize = 20_000;

/// The most cells that merged groups cover where something stands.
const COVERED_MAX: usize = 1_000_000;

/// The rows and columns a spreadsheet can have.
const ROWS_THERE: u64 = 1_048_576;
const COLUMNS_THERE: usize = 16_384;

pub(super) struct Reader<'r> {
    pub name: &'r str,
    pub strings: &'r [String],
    pub styles: &'r Styles,
    pub budget: &'r mut Budget,
}

/// Cells of a sort that is worth a word: how many, and the first.
#[derive(Default)]
struct Seen {
    count: usize,
    first: String,
    value: String,
}

impl Seen {
    fn note(&mut self, cell: String, value: &str) {
        if self.count == 0 {
            self.first = cell;
            value.clone_into(&mut self.value);
        }
        self.count += 1;
    }
}

/// A group of merged cells, both corners included.
struct Merged {
    columns: (usize, usize),
    rows: (u64, u64),
}

/// A sheet while it is read.
#[derive(Default)]
struct Cells {
    rows: BTreeMap<u64, BTreeMap<usize, String>>,
    merged: Vec<Merged>,
    formulas: Seen,
    without_result: Seen,
    errors: Seen,
}

impl Reader<'_> {
    pub fn read(&mut self, text: &str) -> Result<(Vec<Row>, Vec<Finding>), DocumentProblem> {
        let mut cells = self.cells(text)?;
        let filled = self.fill(&mut cells)?;
        for by_column in cells.rows.values() {
            self.budget.width(by_column.keys().last().map_or(0, |c| c + 1))?;
        }
        let rows = cells
            .rows
            .iter()
            .map(|(number, by_column)| {
                let width = by_column.keys().last().map_or(0, |c| c + 1);
                let mut row = vec![String::new(); width];
                for (column, text) in by_column {
                    row[*column].clone_from(text);
                }
                Row {
                    number: *number,
                    cells: row,
                }
            })
            .collect();
        Ok((rows, self.findings(&cells, filled)))
    }

    fn findings(&self, cells: &Cells, merged: Seen) -> Vec<Finding> {
        let sheet = || self.name.to_owned();
        let mut findings = Vec::new();
        if merged.count > 0 {
            findings.push(Finding::MergedCells {
                sheet: sheet(),
                count: merged.count,
                example: merged.first,
            });
        }
        if cells.formulas.count > 0 {
            findings.push(Finding::Formulas {
                sheet: sheet(),
                count: cells.formulas.count,
                example: cells.formulas.first.clone(),
            });
        }
        if cells.without_result.count > 0 {
            findings.push(Finding::FormulasWithoutResult {
                sheet: sheet(),
                count: cells.without_result.count,
                example: cells.without_result.first.clone(),
            });
        }
        if cells.errors.count > 0 {
            findings.push(Finding::ErrorCells {
                sheet: sheet(),
                count: cells.errors.count,
                example: cells.errors.first.clone(),
                value: cells.errors.value.clone(),
            });
        }
        findings
    }

    fn cells(&mut self, text: &str) -> Result<Cells, DocumentProblem> {
        let mut cells = Cells::default();
        let (mut row, mut column) = (0_u64, 0_usize);
        let mut xml = Xml::new(text, "a sheet");
        loop {
            match xml.next()? {
                Event::Start(e) if name(&e) == "row" => {
                    row = match attribute(&e, "r") {
                        Some(r) => r.trim().parse().map_err(|_| no_place(&r))?,
                        None => row + 1,
                    };
                    if !(1..=ROWS_THERE).contains(&row) {
                        return Err(no_place(&row.to_string()));
                    }
                    column = 0;
                }
                Event::Start(e) if name(&e) == "c" => {
                    if let Some(at) = attribute(&e, "r") {
                        (column, row) = place_of(&at).ok_or_else(|| no_place(&at))?;
                    }
                    self.cell(&mut xml, &e, column, row, &mut cells)?;
                    column += 1;
                }
                Event::Start(e) if name(&e) == "mergeCell" => {
                    let reference = attribute(&e, "ref").unwrap_or_default();
                    let merged = merged_of(&reference).ok_or_else(|| no_place(&reference))?;
                    if cells.merged.len() == MERGED_MAX {
                        return Err(broken("a sheet", "too many cells are merged"));
                    }
                    cells.merged.push(merged);
                }
                Event::Eof => return Ok(cells),
                _ => {}
            }
        }
    }

    /// One cell, whose element was just begun.
    fn cell(
        &mut self,
        xml: &mut Xml<'_>,
        element: &BytesStart<'_>,
        column: usize,
        row: u64,
        cells: &mut Cells,
    ) -> Result<(), DocumentProblem> {
        let kind = attribute(element, "t").unwrap_or_default();
        let style = attribute(element, "s").and_then(|s| s.trim().parse().ok());
        let (mut value, mut formula) = (None, false);
        loop {
            match xml.next()? {
                Event::Start(e) if name(&e) == "f" => formula = true,
                Event::Start(e) if name(&e) == "v" => value = Some(xml.text()?),
                Event::Start(e) if name(&e) == "is" => value = Some(item(xml, "is")?),
                Event::End(e) if local(e.name().into_inner()) == "c" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        let here = || cell_name(column, row);
        if formula {
            match &value {
                Some(v) if !v.is_empty() => cells.formulas.note(here(), ""),
                _ => cells.without_result.note(here(), ""),
            }
        }
        let Some(value) = value else { return Ok(()) };
        let text = match kind.as_str() {
            "s" => {
                let place: Option<usize> = value.trim().parse().ok();
                place
                    .and_then(|p| self.strings.get(p))
                    .cloned()
                    .ok_or_else(|| broken("a sheet", &format!("{} names a text that is not there", here())))?
            }
            "inlineStr" => value,
            "str" => unescaped(&value),
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.into(),
            "e" => {
                cells.errors.note(here(), value.trim());
                return Ok(());
            }
            "d" => value.trim().to_owned(),
            _ => self.styles.shown(style, &value),
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        self.put(cells, column, row, text)
    }

    fn put(
        &mut self,
        cells: &mut Cells,
        column: usize,
        row: u64,
        text: String,
    ) -> Result<(), DocumentProblem> {
        let place = || {
            let cell = cell_name(column, row);
            if self.name.is_empty() {
                cell
            } else {
                format!("sheet {}, {cell}", self.name)
            }
        };
        if column >= COLUMNS_MAX {
            return Err(too_wide(place()));
        }
        self.budget.text(&text, place)?;
        if !cells.rows.contains_key(&row) {
            self.budget.row()?;
        }
        cells.rows.entry(row).or_default().insert(column, text);
        Ok(())
    }

    /// Gives every cell of a merged group the text of the group, in rows and columns that hold anything.
    /// Returns how many groups there were.
    fn fill(&mut self, cells: &mut Cells) -> Result<Seen, DocumentProblem> {
        let (mut seen, mut covered) = (Seen::default(), 0_usize);
        let width = cells
            .rows
            .values()
            .filter_map(|r| r.keys().last())
            .max()
            .map_or(0, |c| c + 1);
        for merged in std::mem::take(&mut cells.merged) {
            let (first, top) = (merged.columns.0, merged.rows.0);
            let Some(text) = cells.rows.get(&top).and_then(|r| r.get(&first)).cloned() else {
                continue;
            };
            let corner = cell_name(merged.columns.1, merged.rows.1);
            seen.note(format!("{}:{corner}", cell_name(first, top)), "");
            let rows: Vec<u64> = cells
                .rows
                .range(top..=merged.rows.1)
                .map(|(row, _)| *row)
                .collect();
            let last = merged.columns.1.min(width.saturating_sub(1));
            covered += rows.len() * (last + 1 - first);
            if covered > COVERED_MAX {
                return Err(broken("a sheet", "too many cells are merged"));
            }
            for row in rows {
                for column in first..=last {
                    let empty = !cells.rows.get(&row).is_some_and(|r| r.contains_key(&column));
                    if empty {
                        self.put(cells, column, row, text.clone())?;
                    }
                }
            }
        }
        Ok(seen)
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn no_place(said: &str) -> DocumentProblem {
    broken("a sheet", &format!("`{said}` is no place on it"))
}

/// Column (from 0) and row (from 1) of a name as `AB12`.
fn place_of(name: &str) -> Option<(usize, u64)> {
    let bare = name.trim().replace('$', "");
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = bare[..letters]
        .bytes()
        .fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u64 = bare[letters..].parse().ok()?;
    ((1..=COLUMNS_THERE).contains(&column) && (1..=ROWS_THERE).contains(&row)).then(|| (column - 1, row))
}

fn merged_of(reference: &str) -> Option<Merged> {
    let (from, to) = reference.split_once(':').unwrap_or((reference, reference));
    let ((left, top), (right, bottom)) = (place_of(from)?, place_of(to)?);
    Some(Merged {
        columns: (left.min(right), left.max(right)),
        rows: (top.min(bottom), top.max(bottom)),
    })
}

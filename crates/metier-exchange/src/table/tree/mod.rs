//! Lists and maps (YAML, JSON) as sheets: one row for each innermost record, with what it inherits from
//! those around it.
//!
//! `{"roles": [{"name": "Writer", "levels": [{"name": "Junior", "text": "…"}]}]}` becomes one sheet with
//! the columns `role name`, `level name` and `level text`. Records in a list that do not name themselves
//! get their place in it, in a column called after the list; lists of texts become lines that begin with
//! a dash.

mod node;

use super::{Budget, COLUMNS_MAX, Format, Row, SHEETS_MAX, Sheet, too_wide};
use crate::DocumentProblem;
use crate::problem::shown;

use node::{Fields, Node, json, yaml};

/// The largest document of this sort accepted, in bytes.
const DOCUMENT_MAX: usize = 8 << 20;

/// What a document is, by its name or its first letters; `None`: delimited text.
pub(super) fn kind_of(name: &str, text: &str) -> Option<Format> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match ending.as_deref() {
        Some("json") => return Some(Format::Json),
        Some("yaml" | "yml") => return Some(Format::Yaml),
        Some("csv" | "tsv" | "txt" | "tab") => return None,
        _ => {}
    }
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        Some(Format::Json)
    } else if start.starts_with("---\n") || start.starts_with("---\r\n") {
        Some(Format::Yaml)
    } else {
        None
    }
}

pub(super) fn read(text: &str, format: Format) -> Result<Vec<Sheet>, DocumentProblem> {
    if text.len() > DOCUMENT_MAX {
        return Err(DocumentProblem::new(
            format!("the document has more than {} MiB", DOCUMENT_MAX >> 20),
            "keep only the roles you need",
        ));
    }
    let node = if format == Format::Json {
        json(text)?
    } else {
        yaml(text)?
    };
    let mut sheets = Sheets::default();
    sheets.root(&node)?;
    sheets.done()
}

/// Cells by the name of their column, in the order they were met.
type Cells = Vec<(String, String)>;

#[derive(Default)]
struct Sheets {
    /// By the path of the lists that lead to it.
    sheets: Vec<(Vec<String>, Growing)>,
    budget: Budget,
}

/// A sheet while it grows columns.
#[derive(Default)]
struct Growing {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheets {
    fn root(&mut self, node: &Node) -> Result<(), DocumentProblem> {
        if let Some(records) = node.records() {
            for fields in records {
                self.record(fields, "", &[], &Cells::new())?;
            }
            Ok(())
        } else if let Some(records) = node.named_records() {
            for (name, fields) in records {
                self.record(fields, "", &[], &vec![("key".into(), name.to_owned())])?;
            }
            Ok(())
        } else if let Node::Map(fields) = node {
            self.record(fields, "", &[], &Cells::new())
        } else if let Node::List(rows) = node {
            self.lists(rows)
        } else {
            Err(DocumentProblem::new(
                "there is no table in this document",
                "write a list of records, each with the same names",
            ))
        }
    }

    /// A list of lists is a table already, its first row the head.
    fn lists(&mut self, rows: &[Node]) -> Result<(), DocumentProblem> {
        for (place, row) in (1..).zip(rows) {
            let Node::List(cells) = row else {
                return Err(DocumentProblem::new(
                    "a list is expected here, as in the rows before",
                    "write every row as a list of texts, or every row as a record with names",
                )
                .about(format!("row {place}")));
            };
            let cells: Vec<String> = cells.iter().map(Node::text).collect();
            if cells.len() > COLUMNS_MAX {
                return Err(too_wide(format!("row {place}")));
            }
            self.budget.row()?;
            self.budget.width(cells.len())?;
            for cell in &cells {
                self.budget.text(cell, || format!("row {place}"))?;
            }
            self.sheet(&[])?.rows.push(cells);
        }
        Ok(())
    }

    /// One record: its own texts, then a row for each record inside it, or one row when there is none.
    fn record(
        &mut self,
        fields: &Fields,
        prefix: &str,
        path: &[String],
        inherited: &Cells,
    ) -> Result<(), DocumentProblem> {
        let mut cells = inherited.clone();
        let mut groups = Vec::new();
        own(fields, prefix, &mut cells, &mut groups);
        if groups.is_empty() {
            return self.row(path, cells);
        }
        for (name, group) in groups {
            let path: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
            let one = singular(name);
            if let Some(records) = group.named_records() {
                for (key, fields) in records {
                    let cells = with(&cells, &one, key);
                    self.record(fields, &one, &path, &cells)?;
                }
            } else if let Some(records) = group.records() {
                let named = records.iter().all(|fields| names_itself(fields));
                for (place, fields) in (1..).zip(records) {
                    let cells = if named {
                        cells.clone()
                    } else {
                        with(&cells, &one, &place.to_string())
                    };
                    self.record(fields, &one, &path, &cells)?;
                }
            }
        }
        Ok(())
    }

    fn sheet(&mut self, path: &[String]) -> Result<&mut Growing, DocumentProblem> {
        let place = match self.sheets.iter().position(|(p, _)| p == path) {
            Some(place) => place,
            None if self.sheets.len() == SHEETS_MAX => {
                return Err(DocumentProblem::new(
                    format!("the document holds more than {SHEETS_MAX} sorts of records"),
                    "send the table of criteria by itself",
                ));
            }
            None => {
                self.sheets.push((path.to_vec(), Growing::default()));
                self.sheets.len() - 1
            }
        };
        Ok(&mut self.sheets[place].1)
    }

    fn row(&mut self, path: &[String], cells: Cells) -> Result<(), DocumentProblem> {
        self.budget.row()?;
        for (column, text) in &cells {
            self.budget.text(text, || column.clone())?;
        }
        self.sheet(path)?.push(cells.into_iter())?;
        let width = self.sheet(path)?.rows.last().map_or(0, Vec::len);
        self.budget.width(width)
    }

    /// The sheets. Records that have nothing inside stand with those of their kind that have.
    fn done(mut self) -> Result<Vec<Sheet>, DocumentProblem> {
        let mut place = 0;
        while place < self.sheets.len() {
            let path = self.sheets[place].0.clone();
            let inside = self
                .sheets
                .iter()
                .position(|(p, _)| p.len() == path.len() + 1 && p.starts_with(&path));
            let Some(inside) = inside else {
                place += 1;
                continue;
            };
            let (_, bare) = self.sheets.remove(place);
            let inside = inside - usize::from(inside > place);
            let sheet = &mut self.sheets[inside].1;
            for row in bare.rows {
                sheet.push(bare.columns.iter().cloned().zip(row))?;
            }
        }
        let only = self.sheets.len() == 1;
        Ok(self
            .sheets
            .into_iter()
            .map(|(path, growing)| growing.sheet(if only { String::new() } else { path.join(" ") }))
            .collect())
    }
}

impl Growing {
    /// Adds a row, and the columns it brings.
    fn push(&mut self, cells: impl Iterator<Item = (String, String)>) -> Result<(), DocumentProblem> {
        let mut row = Vec::new();
        for (column, text) in cells {
            let place = match self.columns.iter().position(|c| *c == column) {
                Some(place) => place,
                None if self.columns.len() == COLUMNS_MAX => return Err(too_wide(shown(&column))),
                None => {
                    self.columns.push(column);
                    self.columns.len() - 1
                }
            };
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            row[place] = text;
        }
        self.rows.push(row);
        Ok(())
    }

    fn sheet(self, name: String) -> Sheet {
        let head = (!self.columns.is_empty()).then_some(Row {
            number: 0,
            cells: self.columns,
        });
        let rows = (1..).zip(self.rows).map(|(number, cells)| Row { number, cells });
        Sheet {
            name,
            hidden: false,
            rows: head.into_iter().chain(rows).collect(),
        }
    }
}

/// The texts of a record as cells, and the records inside it.
fn own<'n>(fields: &'n Fields, prefix: &str, cells: &mut Cells, groups: &mut Vec<(&'n str, &'n Node)>) {
    for (name, value) in fields {
        let column = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix} {name}")
        };
        // What is there but empty says nothing, and makes no column.
        if value.text().is_empty() {
            continue;
        }
        if value.records().is_some() || value.named_records().is_some() {
            groups.push((name, value));
        } else if let Node::Map(inner) = value
            && inner.iter().all(|(_, v)| !matches!(v, Node::Map(_)))
        {
            for (name, value) in inner {
                cells.push((format!("{column} {name}"), value.text()));
            }
        } else {
            cells.push((column, value.text()));
        }
    }
}

fn with(cells: &Cells, column: &str, text: &str) -> Cells {
    let mut cells = cells.clone();
    cells.push((column.to_owned(), text.to_owned()));
    cells
}

/// True when a record says what it is called.
fn names_itself(fields: &Fields) -> bool {
    const NAMES: [&str; 14] = [
        "name",
        "title",
        "label",
        "level",
        "id",
        "key",
        "role",
        "skill",
        "grade",
        "step",
        "rung",
        "milestone",
        "area",
        "displayname",
    ];
    fields.iter().any(|(name, value)| {
        matches!(value, Node::Text(_)) && NAMES.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// `milestones` as `milestone`, near enough for a heading.
fn singular(name: &str) -> String {
    match name {
        _ if name.ends_with("ies") && name.len() > 4 => format!("{}y", &name[..name.len() - 3]),
        _ if name.ends_with('s') && !name.ends_with("ss") && name.len() > 3 => {
            name[..name.len() - 1].to_owned()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;

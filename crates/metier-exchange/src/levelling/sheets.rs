//! Which sheets hold criteria, where their heads are, and what their columns mean.

use super::head::{self, Head};
use super::mapping::{self, Mapping};
use super::{Choices, Meaning, Note, SheetRead};
use crate::DocumentProblem;
use crate::problem::shown;
use crate::table::{Book, Sheet};

/// What the columns are read as, complete or not.
pub(super) fn look(book: &Book, choices: &Choices) -> Result<Vec<SheetRead>, DocumentProblem> {
    let (looked, failures) = looked(book, choices)?;
    if looked.is_empty() {
        return Err(first_of(failures));
    }
    Ok(looked
        .iter()
        .map(|(sheet, head, mapping)| sheet_read(sheet, head, mapping))
        .collect())
}

/// What is told of a sheet.
pub(super) fn sheet_read(sheet: &Sheet, head: &Head, mapping: &Mapping) -> SheetRead {
    SheetRead {
        name: sheet.name.clone(),
        head: head.clone(),
        rows: sheet.rows.len() - head.place - 1,
        shape: mapping.shape,
        columns: mapping.columns.clone(),
    }
}

/// Sheets with their heads and mappings.
pub(super) type Mapped<'b> = Vec<(&'b Sheet, Head, Mapping)>;

/// Sheets that were not read, and why.
type Left = Vec<(String, DocumentProblem)>;

/// The sheets that hold criteria, with what their columns mean.
pub(super) fn mapped<'b>(
    book: &'b Book,
    choices: &Choices,
    notes: &mut Vec<Note>,
) -> Result<Mapped<'b>, DocumentProblem> {
    let (looked, mut failures) = looked(book, choices)?;
    let mut mapped = Vec::new();
    for (sheet, head, mapping) in looked {
        if let Some(problem) = incomplete(&mapping) {
            failures.push((sheet.name.clone(), problem));
        } else {
            above_head(sheet, &head, &mapping, notes);
            mapped.push((sheet, head, mapping));
        }
    }
    if mapped.is_empty() {
        return Err(first_of(failures));
    }
    notes.extend(failures.into_iter().map(|(sheet, problem)| Note::SheetLeft {
        sheet,
        why: problem.what,
    }));
    Ok(mapped)
}

/// Why nothing could be read: what is wrong with the last sheet that was tried.
fn first_of(mut failures: Left) -> DocumentProblem {
    match failures.pop() {
        None => DocumentProblem::new("there is no table in it", "check the file"),
        Some((name, problem)) if name.is_empty() => problem,
        Some((name, problem)) => problem.about(format!("sheet {}", shown(&name))),
    }
}

/// The sheets with a table, with what their columns mean as far as it is known; and the others.
fn looked<'b>(book: &'b Book, choices: &Choices) -> Result<(Mapped<'b>, Left), DocumentProblem> {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let wanted = |sheet: &Sheet| choices.sheets.iter().any(|w| same(w, &sheet.name));
    for name in &choices.sheets {
        if !book.sheets.iter().any(|s| same(&s.name, name)) {
            let there: Vec<String> = book.sheets.iter().map(|s| shown(&s.name)).collect();
            return Err(DocumentProblem::new(
                format!("there is no sheet `{}`", shown(name)),
                format!("the sheets are: {}", there.join(", ")),
            ));
        }
    }
    // What was said of a column of one sheet says nothing of the others: `Sheet!C`, or a heading that
    // only one has.
    let several = book.sheets.len() > 1;
    let mut used = vec![false; choices.columns.len()];
    let (mut looked, mut failures) = (Vec::new(), Vec::new());
    for sheet in &book.sheets {
        let why = if !choices.sheets.is_empty() && !wanted(sheet) {
            Err(DocumentProblem::new("another was chosen", ""))
        } else if sheet.hidden && !wanted(sheet) {
            Err(DocumentProblem::new("it is hidden; name it to read it", ""))
        } else {
            let mut said = Vec::new();
            for (place, (word, meaning)) in choices.columns.iter().enumerate() {
                let of_sheet = book.sheets.iter().find_map(|s| {
                    let column = word.strip_prefix(s.name.as_str())?.strip_prefix('!')?;
                    Some((s.name.as_str(), column))
                });
                match of_sheet {
                    Some((name, column)) if same(name, &sheet.name) => {
                        said.push((place, column, *meaning));
                    }
                    Some(_) => {}
                    None => said.push((place, word.as_str(), *meaning)),
                }
            }
            one(sheet, choices.head, &said, several, &mut used)
        };
        match why {
            Ok((head, mapping)) => looked.push((sheet, head, mapping)),
            Err(problem) => failures.push((sheet.name.clone(), problem)),
        }
    }
    let unused = choices.columns.iter().zip(&used).find(|(_, used)| !**used);
    match unused {
        Some(((word, _), _)) if several && !looked.is_empty() => Err(DocumentProblem::new(
            format!("no sheet has a column `{}`", shown(word)),
            "name it by its heading or letters, or as Sheet!C",
        )),
        _ => Ok((looked, failures)),
    }
}

/// One sheet's head and mapping.
fn one(
    sheet: &Sheet,
    row: Option<u64>,
    said: &[(usize, &str, Meaning)],
    several: bool,
    used: &mut [bool],
) -> Result<(Head, Mapping), DocumentProblem> {
    let head = head::find(sheet, row).ok_or_else(|| match row {
        Some(row) => DocumentProblem::new(
            format!("there is nothing in row {row}"),
            "name the row that holds the headings",
        ),
        None => DocumentProblem::new(
            "no row reads like the head of a table",
            "give the columns headings, or name the row that holds them",
        ),
    })?;
    if head.place + 1 == sheet.rows.len() {
        return Err(DocumentProblem::new(
            "there is a head and nothing below it",
            "check that this is the right file, or name the row of the head",
        ));
    }
    let mut here = Vec::new();
    for (place, word, meaning) in said {
        let there = mapping::has_column(sheet, &head, word);
        if there {
            used[*place] = true;
        }
        if there || !several {
            here.push((*word, *meaning));
        }
    }
    let mapping = mapping::map(sheet, &head, &here)?;
    Ok((head, mapping))
}

/// What is missing before criteria can be read, with the columns there are.
fn incomplete(mapping: &Mapping) -> Option<DocumentProblem> {
    let missing = mapping.missing()?;
    let there: Vec<String> = mapping
        .columns
        .iter()
        .take(20)
        .map(|c| format!("{} ({})", shown(&c.heading), c.meaning))
        .collect();
    Some(DocumentProblem::new(
        missing,
        format!(
            "say what the columns mean, as in `{}=skill`; they are read as: {}",
            mapping.columns.first().map_or("A", |c| c.letters.as_str()),
            there.join(", ")
        ),
    ))
}

/// Says what stands above the head and was not read: all of it, but for a row that groups the columns.
fn above_head(sheet: &Sheet, head: &Head, mapping: &Mapping, notes: &mut Vec<Note>) {
    let grouped = mapping.columns.iter().any(|c| !c.above.is_empty());
    let above = &sheet.rows[..head.place - usize::from(grouped)];
    let text = above
        .iter()
        .flat_map(|r| &r.cells)
        .find(|c| !c.is_empty())
        .map(|t| shown(t));
    if let Some(text) = text {
        notes.push(Note::AboveHead {
            sheet: sheet.name.clone(),
            count: above.len(),
            text,
        });
    }
}

//! A log of attempts as a table: one row a session.
//!
//! The columns are found by their names, in any order, separated by comma, semicolon or tab. Either
//! every row is read or none: up to twenty problems are named, each with its line.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use metier_core::evidence::Happening;
use serde::Serialize;

use crate::DocumentProblem;
use crate::delimited::{Record, Records, csv_field_safe, plain_text, separator_of};
use crate::problem::{PROBLEMS_MAX, nearest, shown, text_of};

/// The largest file accepted, in bytes.
pub const FILE_MAX: usize = 16 << 20;

/// The most rows accepted.
pub const ROWS_MAX: usize = 100_000;

/// Every column there is; the first three must be given.
pub const COLUMNS: [&str; 7] = ["date", "attempts", "clean", "aided", "minutes", "guide", "note"];

/// The columns that must be given.
const NEEDED: usize = 3;

/// One session of attempts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AttemptsRow {
    /// The line it stands on, from 1.
    pub line: u64,
    /// The day of the session.
    pub date: Date,
    /// How many attempts; at least one.
    pub attempts: u32,
    /// How many were correct and unaided.
    pub clean: u32,
    /// How many were correct, with help.
    pub aided: u32,
    /// Minutes for the whole session.
    pub minutes: Option<u32>,
    /// The guide used; may be empty.
    pub guide: String,
    /// A note; may be empty.
    pub note: String,
}

impl AttemptsRow {
    /// The session as evidence.
    pub fn happening(&self) -> Happening {
        Happening::Attempts {
            attempts: self.attempts,
            clean: self.clean,
            aided: self.aided,
            guide: self.guide.clone(),
            minutes: self.minutes,
        }
    }

    /// Everything but the line: what makes two rows the same.
    fn said(&self) -> Self {
        Self {
            line: 0,
            ..self.clone()
        }
    }
}

/// An example to fill in, which reads without a problem.
pub fn template() -> String {
    "\
# One row for each time you practised. Lines that begin with # are left out.
# date: year-month-day. attempts: how many you made. clean: how many came out right without help.
# You may leave these columns out: aided (right, but with help or the guide open), minutes (for the
# whole session), guide (which one you had), note (anything that helps you tell sessions apart).
date,attempts,clean,aided,minutes,guide,note
2026-01-12,10,7,2,55,House style 3,First try with the new template
2026-01-14,12,11,0,50,,
"
    .into()
}

/// Writes rows as a comma-separated table that [`read`] reads back and no spreadsheet takes for a
/// formula.
pub fn write(rows: &[AttemptsRow]) -> String {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for row in rows {
        let minutes = row.minutes.map(|m| m.to_string()).unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{},{},{},{},{minutes},{},{}",
            row.date,
            row.attempts,
            row.clean,
            row.aided,
            csv_field_safe(&row.guide),
            csv_field_safe(&row.note),
        );
    }
    text
}

/// Reads a log of attempts. `today` is the reader's date: sessions after it are refused.
///
/// Two rows that say exactly the same are refused with both lines named, because a table pasted twice
/// is likelier than two sessions with nothing to tell them apart; a note makes them different.
///
/// # Errors
/// Up to twenty problems, in the order of their lines.
pub fn read(bytes: &[u8], today: Date) -> Result<Vec<AttemptsRow>, Vec<DocumentProblem>> {
    if bytes.len() > FILE_MAX {
        return Err(vec![DocumentProblem::new(
            format!("the file has {} bytes; at most {FILE_MAX} are read", bytes.len()),
            "split it into several files",
        )]);
    }
    let text = text_of(bytes).map_err(|problem| vec![problem])?;
    let mut records = Records::new(text, separator_of(text));
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(problem)) => return Err(vec![problem]),
        None => return Err(vec![empty("the file is empty")]),
    };
    let columns = Columns::of(&header)?;

    let (mut rows, mut problems, mut seen) = (Vec::new(), Vec::new(), HashMap::new());
    for record in records {
        if rows.len() == ROWS_MAX {
            problems.push(DocumentProblem::new(
                format!("there are more than {ROWS_MAX} rows"),
                "split the table into several files",
            ));
            break;
        }
        match record.map_err(|p| vec![p]).and_then(|r| columns.row(&r, today)) {
            Err(mut found) => problems.append(&mut found),
            Ok(row) => {
                match seen.entry(row.said()) {
                    std::collections::hash_map::Entry::Vacant(place) => {
                        place.insert(row.line);
                    }
                    std::collections::hash_map::Entry::Occupied(first) => problems.push(
                        DocumentProblem::new(
                            format!("says exactly what line {} says", first.get()),
                            "delete one of them; if both took place, give each a note that tells them apart",
                        )
                        .at_line(row.line),
                    ),
                }
                rows.push(row);
            }
        }
        if problems.len() >= PROBLEMS_MAX {
            break;
        }
    }
    problems.truncate(PROBLEMS_MAX);
    if problems.is_empty() && rows.is_empty() {
        problems.push(empty("there is a header, and no row under it"));
    }
    if problems.is_empty() {
        Ok(rows)
    } else {
        Err(problems)
    }
}

fn empty(what: &str) -> DocumentProblem {
    DocumentProblem::new(
        what,
        format!(
            "write a header of the columns {} and a row for each session",
            COLUMNS[..NEEDED].join(", ")
        ),
    )
}

/// Where each known column stands.
struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    fn of(header: &Record) -> Result<Self, Vec<DocumentProblem>> {
        let mut places = [None; COLUMNS.len()];
        let mut problems = Vec::new();
        let problem = |what: String, remedy: String| DocumentProblem::new(what, remedy).at_line(header.line);
        for (place, name) in header.fields.iter().enumerate() {
            let name = name.trim();
            let known = COLUMNS.iter().position(|c| c.eq_ignore_ascii_case(name));
            match known {
                Some(column) if places[column].is_none() => places[column] = Some(place),
                Some(_) => problems.push(
                    problem(
                        format!("the column `{}` is there twice", shown(name)),
                        "keep one of them".into(),
                    )
                    .about(shown(name)),
                ),
                None => {
                    let meant = nearest(name, &COLUMNS)
                        .map(|c| format!("perhaps `{c}` is meant; "))
                        .unwrap_or_default();
                    problems.push(
                        problem(
                            format!("the column `{}` is not known", shown(name)),
                            format!("{meant}the columns are {}", COLUMNS.join(", ")),
                        )
                        .about(shown(name)),
                    );
                }
            }
            if problems.len() >= PROBLEMS_MAX {
                break;
            }
        }
        for (column, _) in places[..NEEDED].iter().enumerate().filter(|(_, p)| p.is_none()) {
            let name = COLUMNS[column];
            problems.push(
                problem(
                    format!("the column `{name}` is missing"),
                    format!(
                        "the first line names the columns; {} are needed",
                        COLUMNS[..NEEDED].join(", ")
                    ),
                )
                .about(name),
            );
        }
        problems.truncate(PROBLEMS_MAX);
        if problems.is_empty() {
            Ok(Self {
                places,
                width: header.fields.len(),
            })
        } else {
            Err(problems)
        }
    }

    fn row(&self, record: &Record, today: Date) -> Result<AttemptsRow, Vec<DocumentProblem>> {
        let Record { line, fields } = record;
        if fields.len() != self.width {
            return Err(vec![
                DocumentProblem::new(
                    format!(
                        "this row has {} fields, the header has {}",
                        fields.len(),
                        self.width
                    ),
                    "give every column a field, empty where there is nothing to say; put a text that contains the separator in quotation marks",
                )
                .at_line(*line),
            ]);
        }
        let field = |column: usize| {
            let place = self.places[column]?;
            let text = fields.get(place)?.trim();
            (!text.is_empty()).then_some(text)
        };
        let mut problems = Vec::new();
        let mut problem = |column: usize, what: String, remedy: &str| {
            problems.push(
                DocumentProblem::new(what, remedy)
                    .at_line(*line)
                    .about(COLUMNS[column]),
            );
        };

        let date = match field(0).map(|text| (text, day(text))) {
            Some((_, Some(date))) if date > today => {
                problem(
                    0,
                    format!("{date} lies in the future (today is {today})"),
                    "log it when it has happened",
                );
                None
            }
            Some((_, Some(date))) => Some(date),
            Some((text, None)) => {
                problem(
                    0,
                    format!("`{}` is not a date", shown(text)),
                    "write year-month-day, such as 2026-01-31",
                );
                None
            }
            None => {
                problem(0, "is empty".into(), "write year-month-day, such as 2026-01-31");
                None
            }
        };
        let mut number = |column: usize| match field(column).map(|text| (text, whole(text))) {
            None => None,
            Some((_, Some(n))) => Some(n),
            Some((text, None)) => {
                problem(
                    column,
                    format!("`{}` is not a whole number", shown(text)),
                    "write digits only, at most 4294967295",
                );
                None
            }
        };
        let [attempts, clean, aided, minutes] = [1, 2, 3, 4].map(&mut number);
        for (column, value) in [(1, attempts), (2, clean)] {
            if value.is_none() && field(column).is_none() {
                problem(column, "is empty".into(), "write a number; 0 if there was none");
            }
        }
        let text = |column| {
            field(column)
                .map(plain_text)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        match (date, attempts, clean) {
            (Some(date), Some(attempts), Some(clean)) if problems.is_empty() => {
                let row = AttemptsRow {
                    line: *line,
                    date,
                    attempts,
                    clean,
                    aided: aided.unwrap_or(0),
                    minutes,
                    guide: text(5),
                    note: text(6),
                };
                match contradiction(&row) {
                    None => Ok(row),
                    Some(problem) => Err(vec![problem]),
                }
            }
            _ => Err(problems),
        }
    }
}

fn contradiction(row: &AttemptsRow) -> Option<DocumentProblem> {
    let correct = u64::from(row.clean) + u64::from(row.aided);
    let (place, what, remedy) = if row.attempts == 0 {
        (
            "attempts",
            "there was no attempt".to_owned(),
            "delete the row, or write how many attempts were made",
        )
    } else if correct > u64::from(row.attempts) {
        (
            "clean",
            format!(
                "{} clean and {} aided are more than the {} attempts",
                row.clean, row.aided, row.attempts
            ),
            "an attempt is clean, or aided, or neither; correct one of the numbers",
        )
    } else {
        return None;
    };
    Some(DocumentProblem::new(what, remedy).at_line(row.line).about(place))
}

/// A date in the one unambiguous form, `2026-01-31`.
fn day(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

/// A number of digits only.
fn whole(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

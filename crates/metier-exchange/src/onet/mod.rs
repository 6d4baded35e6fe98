//! Reads a release of the O*NET database: the zip of tab-separated tables, as published.
//!
//! Old and new table names are read (from release 30.3 some are renamed), any folder around the
//! tables, and columns by their heads. A missing table is named in the report and the rest loads;
//! without the list of occupations or their tasks nothing does. The whole release is read before
//! anything is returned, so a fault anywhere leaves nothing half-loaded.
//!
//! ```
//! let error = metier_exchange::onet::read(b"not a zip", |_| ()).unwrap_err();
//! assert!(error.to_string().starts_with("this is not a whole zip archive"));
//! ```

mod error;
mod layout;
mod rows;
mod table;

use std::fmt;
use std::io::{Cursor, Read, Seek};

use metier_core::catalogue::Catalogue;
use serde::Serialize;

pub use error::OnetError;

use layout::{Part, READ, REQUIRED, name_of};
use rows::Gathering;

use crate::packed;

type Archive<R> = packed::Archive<R, Part>;

/// A release, read.
#[derive(Debug, Clone)]
pub struct Import {
    /// The occupations and what is known of them.
    pub catalogue: Catalogue,
    /// What was read and what was not.
    pub report: Report,
}

/// What a release held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The release: "O*NET 29.2".
    pub source: String,
    /// Occupations listed.
    pub occupations: usize,
    /// Occupations of which tasks are known, so that they can be drafted.
    pub with_tasks: usize,
    /// Occupations with a rated skill or knowledge area.
    pub with_ratings: usize,
    /// Task statements.
    pub tasks: usize,
    /// Other titles of occupations.
    pub alternate_titles: usize,
    /// Uses of a technology in an occupation.
    pub technology: usize,
    /// Tables a release has and this file lacks.
    pub missing_tables: Vec<String>,
    /// Rows passed over, because they are about an occupation or an activity that the release does not list.
    pub skipped: Vec<Skipped>,
}

/// Rows of a table that were passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The table.
    pub table: String,
    /// How many rows.
    pub rows: usize,
}

/// How far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The table about to be read.
    pub table: &'a str,
    /// Unpacked bytes of the tables read before it.
    pub done: u64,
    /// Unpacked bytes of all tables that are read.
    pub total: u64,
}

/// Reads a release from the bytes of its zip archive. `progress` is told of each table before it is read.
///
/// # Errors
/// When the archive is damaged or would unpack to too much, when the occupations or tasks are missing,
/// or when a table does not say what it should: the file, the line and the column are named.
pub fn read(bytes: &[u8], progress: impl FnMut(Progress<'_>)) -> Result<Import, OnetError> {
    read_from(Cursor::new(bytes), progress)
}

/// Reads a release from a file or anything else that can be read at any place.
///
/// # Errors
/// As [`read`], and when reading fails.
pub fn read_from(
    reader: impl Read + Seek,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Import, OnetError> {
    let mut archive = Archive::open(reader, layout::part_of)?;
    let lacking: Vec<String> = REQUIRED
        .into_iter()
        .filter(|part| !archive.has(*part))
        .map(|part| name_of(part).to_owned())
        .collect();
    if !lacking.is_empty() {
        return Err(OnetError::TablesMissing { tables: lacking });
    }
    let missing_tables = layout::missing(|part| archive.has(part));
    let (source, credits) = release(&mut archive);

    let mut gathering = Gathering::default();
    // Descriptions are kept of elements in use, so their table is read when all are known.
    let order = || READ.into_iter().chain([Part::ContentModel]);
    let total = order().map(|part| archive.size(part)).sum();
    let mut done = 0;
    for part in order() {
        let size = archive.size(part);
        if let Some((file, reader)) = archive.table(part)? {
            progress(Progress {
                table: name_of(part),
                done,
                total,
            });
            gathering.read(part, file, reader)?;
            done += size;
        }
    }

    let (mut catalogue, skipped) = gathering.finish();
    catalogue.source = source;
    catalogue.credits = credits;
    catalogue.missing_tables = missing_tables;
    let report = report(&catalogue, skipped);
    Ok(Import { catalogue, report })
}

/// Which release it is and its attribution: from the file that says so, else from the folder's name.
fn release<R: Read + Seek>(archive: &mut Archive<R>) -> (String, Vec<String>) {
    let number_in = |text: &str| {
        text.split(|c: char| c.is_whitespace() || c == '/')
            .map(|word| {
                word.trim_start_matches("db_")
                    .trim_end_matches("_text")
                    .replace('_', ".")
            })
            .find(|word| {
                let mut parts = word.split('.');
                let digits = |p: Option<&str>| {
                    p.is_some_and(|p| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
                };
                digits(parts.next()) && digits(parts.next()) && parts.next().is_none()
            })
    };
    let number = archive
        .beginning("Read Me.txt")
        .lines()
        .find(|line| line.contains("O*NET"))
        .and_then(number_in)
        .or_else(|| archive.names().iter().find_map(|name| number_in(name)));
    let source = number.map_or_else(|| "O*NET".to_owned(), |number| format!("O*NET {number}"));
    let credit = format!(
        "This product includes information from the {source} Database by the U.S. Department of Labor, Employment and \
         Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET(R) is a trademark of USDOL/ETA."
    );
    (source, vec![credit])
}

fn report(catalogue: &Catalogue, skipped: Vec<Skipped>) -> Report {
    let all = &catalogue.occupations;
    Report {
        source: catalogue.source.clone(),
        occupations: all.len(),
        with_tasks: all.iter().filter(|o| !o.tasks.is_empty()).count(),
        with_ratings: all
            .iter()
            .filter(|o| !(o.skills.is_empty() && o.knowledge.is_empty()))
            .count(),
        tasks: all.iter().map(|o| o.tasks.len()).sum(),
        alternate_titles: all.iter().map(|o| o.alternate_titles.len()).sum(),
        technology: all.iter().map(|o| o.technology.len()).sum(),
        missing_tables: catalogue.missing_tables.clone(),
        skipped,
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {} occupations, {} of them with tasks and {} with rated skills or knowledge.",
            self.source,
            grouped(self.occupations),
            grouped(self.with_tasks),
            grouped(self.with_ratings)
        )?;
        write!(
            f,
            "{} tasks, {} other titles, {} uses of technology.",
            grouped(self.tasks),
            grouped(self.alternate_titles),
            grouped(self.technology)
        )?;
        match self.missing_tables.as_slice() {
            [] => {}
            [one] => write!(f, "\n1 table is missing: {one}.")?,
            more => write!(f, "\n{} tables are missing: {}.", more.len(), more.join(", "))?,
        }
        for skipped in &self.skipped {
            write!(
                f,
                "\n{}: {} rows passed over; they are about something the release does not list.",
                skipped.table,
                grouped(skipped.rows)
            )?;
        }
        Ok(())
    }
}

/// A count with its thousands set apart: 1,016.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut said = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

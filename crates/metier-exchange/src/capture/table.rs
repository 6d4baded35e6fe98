//! A table of things done, one a row, whatever its columns are called.

use jiff::civil::Date;
use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;
use serde::{Deserialize, Serialize};

use super::dates::{self, Dated};
use super::{Form, Proposal, Proposed, Reading, kind, links_in, noted, titled};
use crate::DocumentProblem;
use crate::delimited::{Record, Records, plain_text, separator_of};
use crate::problem::{PROBLEMS_MAX, shown, text_of};

/// The largest table accepted, in bytes.
const TABLE_MAX: usize = 16 << 20;

/// The most rows accepted.
const ROWS_MAX: usize = super::PROPOSALS_MAX;

/// Rows shown before a table is read.
const PREVIEW: usize = 5;

/// What a column of a table may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// What was done: the one that is needed.
    What,
    /// When.
    When,
    /// What kind of thing it was.
    Kind,
    /// What changed because of it.
    Impact,
    /// How it came out.
    Result,
    /// How large it was.
    Scope,
    /// Anything more.
    Note,
    /// A link that shows it.
    Link,
}

impl Column {
    /// Every one, the needed first.
    pub const ALL: [Self; 8] = [
        Self::What,
        Self::When,
        Self::Kind,
        Self::Impact,
        Self::Result,
        Self::Scope,
        Self::Note,
        Self::Link,
    ];

    /// Its name, as a person types it.
    pub fn name(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::When => "when",
            Self::Kind => "kind",
            Self::Impact => "impact",
            Self::Result => "result",
            Self::Scope => "scope",
            Self::Note => "note",
            Self::Link => "link",
        }
    }

    /// The column of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|c| c.name().eq_ignore_ascii_case(name.trim()))
    }

    /// What such a column is often called.
    fn called(self) -> &'static [&'static str] {
        match self {
            Self::What => &[
                "what",
                "title",
                "accomplishment",
                "achievement",
                "task",
                "activity",
                "what i did",
                "item",
                "name",
                "deed",
                "summary",
                "done",
            ],
            Self::When => &[
                "when",
                "date",
                "day",
                "month",
                "done on",
                "completed",
                "finished",
                "end date",
                "period",
            ],
            Self::Kind => &["kind", "type", "category", "sort"],
            Self::Impact => &[
                "impact", "effect", "outcome", "metric", "metrics", "numbers", "benefit",
            ],
            Self::Result => &["result", "results"],
            Self::Scope => &["scope", "size", "scale"],
            Self::Note => &[
                "note",
                "notes",
                "story",
                "details",
                "description",
                "comment",
                "comments",
                "context",
            ],
            Self::Link => &["link", "url", "links", "evidence", "proof"],
        }
    }
}

/// Which column of a table tells what, by its place from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    places: [Option<usize>; Column::ALL.len()],
}

impl Mapping {
    /// The place of a column.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// The mapping with a column at a place, or without it.
    #[must_use]
    pub fn with(mut self, column: Column, place: Option<usize>) -> Self {
        self.places[column as usize] = place;
        self
    }

    fn of(names: &[String]) -> Self {
        let mut mapping = Self::default();
        for column in Column::ALL {
            let names = || names.iter().map(|n| n.trim().to_lowercase());
            let found = column
                .called()
                .iter()
                .find_map(|called| names().position(|n| n == *called));
            mapping.places[column as usize] = found.filter(|at| !mapping.places.contains(&Some(*at)));
        }
        mapping
    }
}

/// The head of a table: what its columns are called, and how it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableHead {
    /// The names of its columns.
    pub names: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// Which column probably tells what.
    pub guess: Mapping,
}

impl TableHead {
    /// The place of a column by its name, case aside, or by its number from 1.
    pub fn place(&self, name: &str) -> Option<usize> {
        let by_name = self
            .names
            .iter()
            .position(|n| n.trim().eq_ignore_ascii_case(name.trim()));
        by_name.or_else(|| {
            let number: usize = name.trim().parse().ok()?;
            (1..=self.names.len()).contains(&number).then(|| number - 1)
        })
    }
}

/// True when the first line names columns, one of them for what was done, and the second has as many.
pub(super) fn looks_like_it(text: &str) -> bool {
    let mut records = Records::new(text, separator_of(text));
    let (Some(Ok(head)), Some(Ok(row))) = (records.next(), records.next()) else {
        return false;
    };
    let guess = Mapping::of(&head.fields);
    let known = guess.places.iter().flatten().count();
    head.fields.len() >= 2
        && row.fields.len() == head.fields.len()
        && known >= 2
        && guess.place(Column::What).is_some()
}

/// Reads the head of a table.
///
/// # Errors
/// When it is no table that can be read.
pub fn head_of_table(bytes: &[u8]) -> Result<TableHead, Vec<DocumentProblem>> {
    let text = text_in(bytes)?;
    let mut records = Records::new(text, separator_of(text));
    let head = match records.next() {
        Some(head) => head.map_err(|p| vec![p])?,
        None => {
            return Err(vec![DocumentProblem::new(
                "the table is empty",
                "the first line names the columns",
            )]);
        }
    };
    let rows = records.take(PREVIEW).map(|r| r.map(|r| r.fields));
    let rows: Result<Vec<Vec<String>>, DocumentProblem> = rows.collect();
    let names: Vec<String> = head.fields.iter().map(|n| shown(n.trim())).collect();
    Ok(TableHead {
        guess: Mapping::of(&names),
        names,
        rows: rows.map_err(|p| vec![p])?,
    })
}

fn text_in(bytes: &[u8]) -> Result<&str, Vec<DocumentProblem>> {
    if bytes.len() > TABLE_MAX {
        let what = format!(
            "the table has {} bytes; at most {TABLE_MAX} are read",
            bytes.len()
        );
        return Err(vec![DocumentProblem::new(what, "split it into several files")]);
    }
    let text = text_of(bytes).map_err(|p| vec![p])?;
    if text.contains('\0') {
        let remedy = "save the table as CSV in UTF-8";
        return Err(vec![DocumentProblem::new(
            "this is no text: it holds bytes of zero",
            remedy,
        )]);
    }
    Ok(text)
}

/// Reads the rows of a table by a mapping.
///
/// # Errors
/// When the mapping names no column for what was done, or rows are broken: up to twenty of them, each
/// with its line. Nothing is read then.
pub fn read_table(bytes: &[u8], mapping: &Mapping) -> Result<Reading, Vec<DocumentProblem>> {
    let text = text_in(bytes)?;
    let mut records = Records::new(text, separator_of(text));
    let head = records.next().transpose().map_err(|p| vec![p])?;
    let width = head.as_ref().map_or(0, |h| h.fields.len());
    let Some(what) = mapping.place(Column::What).filter(|at| *at < width) else {
        let names = head.map_or(String::new(), |h| shown(&h.fields.join(", ")));
        return Err(vec![DocumentProblem::new(
            format!("no column says what was done; the columns are: {names}"),
            "say which one it is: what=NAME",
        )]);
    };
    let (mut rows, mut problems, mut empty) = (Vec::new(), Vec::new(), 0_usize);
    for record in records {
        match record {
            Err(problem) => problems.push(problem),
            Ok(row) if row.fields.len() != width => problems.push(uneven(&row, width)),
            Ok(row) if !row.fields[what].contains(char::is_alphanumeric) => empty += 1,
            Ok(row) => rows.push(row),
        }
        if rows.len() > ROWS_MAX {
            let what = format!("there are more than {ROWS_MAX} rows");
            problems.push(DocumentProblem::new(what, "split the table into several files"));
        }
        if problems.len() >= PROBLEMS_MAX || rows.len() > ROWS_MAX {
            break;
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let of = |row: &Record, column: Column| {
        let field = mapping.place(column).and_then(|at| row.fields.get(at));
        field.map_or_else(String::new, |f| plain_text(f).trim().to_owned())
    };
    let order = Order::of(rows.iter().map(|row| of(row, Column::When)));
    let proposals: Vec<Proposal> = rows
        .iter()
        .map(|row| proposal(row.line, order, |c| of(row, c)))
        .collect();
    if proposals.is_empty() {
        let what = "there is a header, and no row under it that says what was done";
        return Err(vec![DocumentProblem::new(what, "write one thing a row")]);
    }
    let left_out = (empty > 0).then(|| format!("Rows that do not say what was done: {empty}."));
    Ok(Reading {
        form: Form::Table,
        proposals,
        left_out: left_out.into_iter().collect(),
    })
}

fn uneven(row: &Record, width: usize) -> DocumentProblem {
    DocumentProblem::new(
        format!("this row has {} fields, and the header {width}", row.fields.len()),
        "put a field that holds a separator in quotation marks",
    )
    .at_line(row.line)
}

/// Which of day and month comes first where slashes are between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl Order {
    /// By the values that leave only one reading: a column is written in one way.
    fn of(values: impl Iterator<Item = String>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for (first, second, _) in values.filter_map(|v| slashed(&v)) {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }

    fn read(self, text: &str) -> Option<Dated> {
        let (first, second, year) = slashed(text)?;
        let (month, day) = match self {
            Self::DayFirst => (second, first),
            Self::MonthFirst => (first, second),
            Self::Unknown => return None,
        };
        dates::whole(&Date::new(year, month, day).ok()?.to_string()).map(|dated| Dated {
            said: text.trim().to_owned(),
            ..dated
        })
    }
}

fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let mut parts = text.trim().split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?))
}

/// False for a year picked out of other numbers: "31.02.2026" is no day, and not the first of the year.
fn all_of(day: &Dated, cell: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    digits(&day.said) == digits(cell)
}

fn proposal(line: u64, order: Order, of: impl Fn(Column) -> String) -> Proposal {
    let what = of(Column::What);
    let (title, whole) = titled(&what);
    let (when, proof) = (of(Column::When), of(Column::Link));
    let day = dates::whole(&when)
        .or_else(|| order.read(&when))
        .or_else(|| dates::in_heading(&when, None).filter(|day| all_of(day, &when)));
    let doubt = match &day {
        None if !when.is_empty() => format!("No day could be read from “{}”.", shown(&when)),
        _ => String::new(),
    };
    let word = of(Column::Kind);
    let (kind, because) = if let Some(kind) = kind_named(&word) {
        (kind, format!("the column, “{}”", shown(&word)))
    } else {
        let taken = kind::of_words(&format!("{what} {word}"));
        (taken.kind, taken.because)
    };
    let (impact, result, scope) = (of(Column::Impact), of(Column::Result), of(Column::Scope));
    let mut happening = Happening::plainest(kind);
    let mut left = vec![whole, of(Column::Note)];
    if let Happening::Accomplishment {
        scope: into_scope,
        result: into_result,
        impact: into_impact,
        ..
    } = &mut happening
    {
        (*into_scope, *into_result, *into_impact) = (scope, result, impact);
    } else {
        let labelled = [("Impact", impact), ("Result", result), ("Scope", scope)];
        left.extend(
            labelled
                .into_iter()
                .filter(|(_, t)| !t.is_empty())
                .map(|(name, text)| format!("{name}: {text}")),
        );
    }
    let links = links_in(&proof);
    if links.is_empty() {
        left.push(proof);
    }
    let notes: Vec<&str> = left.iter().map(String::as_str).collect();
    let said: Vec<String> = Column::ALL
        .into_iter()
        .map(of)
        .filter(|text| !text.is_empty())
        .collect();
    Proposal {
        from: said.join(" | "),
        place: format!("line {line}"),
        title,
        note: noted(&notes),
        day,
        doubt,
        confidential: String::new(),
        links,
        because,
        what: Proposed::Evidence(happening),
    }
}

/// The kind that a word in the column of kinds names. Attempts have a table of their own.
fn kind_named(word: &str) -> Option<EvidenceKind> {
    use EvidenceKind as K;
    Some(match word.trim().to_lowercase().as_str() {
        "accomplishment" | "achievement" => K::Accomplishment,
        "project" => K::Project,
        "teaching" | "training others" | "mentoring" => K::Teaching,
        "communication" | "talk" | "article" | "publication" => K::Communication,
        "incident" | "problem" | "problem solved" => K::Incident,
        "ownership" | "responsibility" => K::Ownership,
        "credential" | "certificate" | "licence" | "license" => K::Credential,
        "learning" | "course" | "training" => K::Learning,
        "recognition" | "award" | "praise" => K::Recognition,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Done on;Task;Category;Impact;Proof\n25/03/2026;Ran the stock count;Project;2 days faster;https://example.org/count\n04/03/2026;Coached Bo;;;in the folder\nlast year;Moved the archive;;3,000 files;\n;;;;\n";

    #[test]
    fn columns_are_found_by_what_they_are_often_called() {
        let head = head_of_table(TABLE.as_bytes()).unwrap();
        assert_eq!(head.guess.place(Column::What), Some(1));
        assert_eq!(head.guess.place(Column::When), Some(0));
        assert_eq!(head.guess.place(Column::Link), Some(4));
        assert_eq!(head.place("category"), Some(2));
        assert_eq!(head.place("3"), Some(2));
        assert_eq!(head.place("6"), None);
        assert!(looks_like_it(TABLE));
        assert!(!looks_like_it("Did x, and y\nDid z, and w\n"));
    }

    #[test]
    fn a_row_is_read_by_its_columns_and_the_order_of_the_whole_column() {
        let head = head_of_table(TABLE.as_bytes()).unwrap();
        let read = read_table(TABLE.as_bytes(), &head.guess).unwrap().proposals;
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].day.as_ref().unwrap().date.to_string(), "2026-03-25");
        assert_eq!(read[0].note, "Impact: 2 days faster");
        assert_eq!(read[0].links, ["https://example.org/count"]);
        // The other rows say that the day comes first.
        assert_eq!(read[1].day.as_ref().unwrap().date.to_string(), "2026-03-04");
        assert_eq!(read[1].what.kind(), Some(EvidenceKind::Teaching));
        assert_eq!(read[1].note, "in the folder");
        assert!(read[2].doubt.contains("last year"));
        assert!(matches!(
            &read[2].what,
            Proposed::Evidence(Happening::Accomplishment { impact, .. }) if impact == "3,000 files"
        ));
    }

    #[test]
    fn what_is_broken_is_named_by_its_line() {
        let read = |text: &str| {
            let head = head_of_table(text.as_bytes())?;
            read_table(text.as_bytes(), &head.guess)
        };
        let uneven = read("what,when\nDid x,2026-01-01,more\n").unwrap_err();
        assert_eq!(uneven[0].line, Some(2));
        let unknown = read("colour,size\nred,1\n").unwrap_err();
        assert!(unknown[0].what.contains("colour, size"), "{}", unknown[0]);
        assert!(read("").is_err() && read("what\n").is_err());
        assert!(
            read("what,when\n\"Did x,2026-01-01\n").unwrap_err()[0]
                .what
                .contains("never closed")
        );
        assert!(read("what\nx\0y\n").unwrap_err()[0].what.contains("zero"));
    }
}

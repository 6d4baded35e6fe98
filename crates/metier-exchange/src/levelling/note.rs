//! What somebody should know of a document before relying on what was read from it.

use std::fmt;

use serde::Serialize;

use super::scale::Basis;

/// How many names a note lists.
const NAMED: usize = 6;

/// Something decided, missing or odd in a levelling document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// A sheet was not read.
    SheetLeft {
        /// Which.
        sheet: String,
        /// Why.
        why: String,
    },
    /// Rows above the head were left out.
    AboveHead {
        /// On which sheet.
        sheet: String,
        /// How many.
        count: usize,
        /// What the first says.
        text: String,
    },
    /// Empty cells took the text above them, as merged cells come out of a spreadsheet.
    FilledDown {
        /// On which sheet.
        sheet: String,
        /// In which column.
        column: String,
        /// How many.
        count: usize,
    },
    /// Rows without a name were read as going on with the row above.
    Continued {
        /// On which sheet.
        sheet: String,
        /// Which rows.
        rows: Vec<u64>,
    },
    /// Rows with one text only were read as headings of the rows below.
    Headings {
        /// On which sheet.
        sheet: String,
        /// What they say.
        texts: Vec<String>,
    },
    /// Rows with a text but without a skill or area were left out.
    Unnamed {
        /// On which sheet.
        sheet: String,
        /// Which rows.
        rows: Vec<u64>,
    },
    /// Cells that say there is nothing.
    Absent {
        /// What they say: `NOT IN USE`.
        value: String,
        /// In which column.
        column: String,
        /// How many.
        count: usize,
    },
    /// Rows that say again exactly what an earlier one says: read once.
    Repeated {
        /// Each of them.
        rows: Vec<Repeat>,
    },
    /// Rows about the same thing that say something else: the first counts, the other is kept beside it.
    Conflict {
        /// Each of them.
        rows: Vec<Repeat>,
    },
    /// Two columns carry one name: the second got a number.
    SameHeading {
        /// On which sheet.
        sheet: String,
        /// The name.
        heading: String,
        /// What the second is called now.
        renamed: String,
    },
    /// Roles for which the document names no level: they cannot be aimed at.
    RolesWithoutLevels {
        /// Which.
        roles: Vec<String>,
        /// What stands in place of a level; may be empty.
        reads: String,
    },
    /// Skills of which the document says nothing at any level.
    SkillsWithoutText {
        /// Which.
        skills: Vec<String>,
    },
    /// Levels of skills that are asked for and not described.
    StepsWithoutText {
        /// How many.
        count: usize,
        /// The first: `Data modelling, Expert`.
        example: String,
    },
    /// The order of the levels of skill.
    SkillLevels {
        /// Lowest first.
        order: Vec<String>,
        /// On what it rests.
        basis: Basis,
    },
    /// Columns that have no meaning here: kept as they are.
    KeptColumns {
        /// Their headings.
        columns: Vec<String>,
    },
}

/// A row that is about the same as an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// On which sheet; empty for the only one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row.
    pub row: u64,
    /// The earlier one.
    pub first: u64,
    /// What they are about: role, level, skill.
    pub about: String,
}

impl Note {
    /// True for what somebody should look at before importing; the rest is for the record.
    pub fn matters(&self) -> bool {
        match self {
            Self::Conflict { .. }
            | Self::Unnamed { .. }
            | Self::SameHeading { .. }
            | Self::RolesWithoutLevels { .. }
            | Self::SkillsWithoutText { .. }
            | Self::StepsWithoutText { .. }
            | Self::SheetLeft { .. } => true,
            Self::SkillLevels { basis, .. } => *basis == Basis::Met,
            _ => false,
        }
    }
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

/// The first of some names, and how many more there are.
fn named(names: &[String]) -> String {
    let mut said = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        said += &format!(" and {} more", names.len() - NAMED);
    }
    said
}

fn rows(rows: &[u64]) -> String {
    let names: Vec<String> = rows.iter().map(ToString::to_string).collect();
    format!("{} {}", several(rows.len(), "row", "rows"), named(&names))
}

fn repeats(all: &[Repeat]) -> String {
    let names: Vec<String> = all
        .iter()
        .map(|r| format!("row {} as row {} ({})", r.row, r.first, r.about))
        .collect();
    named(&names)
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SheetLeft { sheet, why } => write!(f, "The sheet “{sheet}” was not read: {why}."),
            Self::AboveHead { sheet, count, text } => write!(
                f,
                "Left out above the head{}: {count} {} (“{text}”).",
                on(sheet),
                several(*count, "row", "rows")
            ),
            Self::FilledDown { sheet, column, count } => write!(
                f,
                "{count} empty {} in “{column}”{} took the text above, as merged cells come out of a spreadsheet.",
                several(*count, "cell", "cells"),
                on(sheet)
            ),
            Self::Continued { sheet, rows: which } => write!(
                f,
                "The {}{} without a name {} on with the one above.",
                rows(which),
                on(sheet),
                several(which.len(), "goes", "go")
            ),
            Self::Headings { sheet, texts } => write!(
                f,
                "Read as {} of the rows below{}: {}.",
                several(texts.len(), "the heading", "headings"),
                on(sheet),
                named(texts)
            ),
            Self::Unnamed { sheet, rows: which } => write!(
                f,
                "Left out, because no skill or area stands there: {}{}.",
                rows(which),
                on(sheet)
            ),
            Self::Absent { value, column, count } => write!(
                f,
                "{count} {} in “{column}” “{value}”, which was read as nothing.",
                several(*count, "cell says", "cells say")
            ),
            content => content.of_criteria(f),
        }
    }
}

impl Note {
    /// What there is to say of the criteria themselves.
    fn of_criteria(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated { rows } => write!(
                f,
                "{} {} what an earlier one says, and counted once: {}.",
                rows.len(),
                several(rows.len(), "row repeats", "rows repeat"),
                repeats(rows)
            ),
            Self::Conflict { rows } => write!(
                f,
                "{} {} something else of the same thing than an earlier one; the first counts, the other is kept beside it: {}.",
                rows.len(),
                several(rows.len(), "row says", "rows say"),
                repeats(rows)
            ),
            Self::SameHeading {
                sheet,
                heading,
                renamed,
            } => write!(
                f,
                "Two columns{} are called “{heading}”; the second was read as “{renamed}”.",
                on(sheet)
            ),
            Self::RolesWithoutLevels { roles, reads } => {
                write!(
                    f,
                    "{} {} no level and cannot be aimed at: {}",
                    roles.len(),
                    several(roles.len(), "role has", "roles have"),
                    named(roles)
                )?;
                if reads.is_empty() {
                    f.write_str(".")
                } else {
                    write!(f, ". Their level reads “{reads}”.")
                }
            }
            Self::SkillsWithoutText { skills } => write!(
                f,
                "Of {} {} the document says nothing at any level: {}.",
                skills.len(),
                several(skills.len(), "skill", "skills"),
                named(skills)
            ),
            Self::StepsWithoutText { count, example } => write!(
                f,
                "{count} {} asked for and not described (as {example}).",
                several(*count, "level of a skill is", "levels of skills are")
            ),
            Self::SkillLevels { order, basis } => write!(
                f,
                "Levels of skill, lowest first: {}. {}",
                order.join(", "),
                match basis {
                    Basis::Said => "You said so.",
                    Basis::Names => "Their names say so.",
                    Basis::Columns => "Their columns stand in this order.",
                    Basis::Asked => "What is asked rises in this order.",
                    Basis::Met => "This is only the order in which they were met: check it.",
                }
            ),
            Self::KeptColumns { columns } => write!(
                f,
                "Kept as {}, with what {} about: {}.",
                several(columns.len(), "it stands", "they stand"),
                several(columns.len(), "it is", "they are"),
                named(columns)
            ),
            // What is said of the sheets is said above.
            _ => Ok(()),
        }
    }
}

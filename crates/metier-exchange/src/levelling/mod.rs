//! Levelling documents: what a company asks of which role at which level, out of a table of any shape.
//!
//! [`read`] finds the head of each sheet, guesses what its columns mean (or takes what was said), and
//! gathers the roles with their levels and skills, or the tracks where the document names no roles. What
//! it had to decide, and what is missing in the document, stands in its notes. [`Levelling::framework`]
//! makes a framework of a role, or of tracks.
//!
//! Three shapes are read: a row for each thing asked (role, level, skill, text), a matrix whose columns
//! are levels, and a matrix whose rows are.
//!
//! ```
//! use metier_exchange::levelling::{Choices, read};
//!
//! let table = b"Area,Junior,Senior\nWriting,Writes a draft,Edits what others write\n";
//! let levelling = read("Writer.csv", table, &Choices::default()).unwrap();
//! let framework = levelling.framework(&["Writer"], &Choices::default()).unwrap();
//! assert_eq!(framework.levels[1].name, "Senior");
//! ```

mod cell;
mod framework;
mod gather;
mod grain;
mod head;
mod mapping;
mod meaning;
mod note;
mod order;
mod record;
mod scale;
mod sheets;

use std::collections::BTreeMap;

use metier_core::canonical::Digest;
use metier_core::framework::{Grain, Wording};
use serde::Serialize;

use crate::DocumentProblem;
use crate::problem::shown;
use crate::table::{self, Finding, Format, Sheet};

pub use head::Head;
pub use mapping::{Column, Shape};
pub use meaning::{Meaning, UnknownMeaning};
pub use note::{Note, Repeat};
pub use scale::Basis;

use cell::absent;
use gather::Layout;
use mapping::Mapping;
use sheets::{Mapped, mapped};

/// What somebody said about a document, in place of the guesses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// How its letters are written.
    pub encoding: Option<String>,
    /// Sheets to read; empty: every one with a table of criteria.
    pub sheets: Vec<String>,
    /// The row that is the head.
    pub head: Option<u64>,
    /// What columns mean, by heading or letters.
    pub columns: Vec<(String, Meaning)>,
    /// Levels of skill, lowest first.
    pub skill_levels: Vec<String>,
    /// Levels of the role, lowest first.
    pub levels: Vec<String>,
    /// What the role is called, where the document does not say.
    pub role: Option<String>,
    /// Whose document it is.
    pub publisher: String,
    /// Task, project or area, by skill.
    pub grains: Vec<(String, Grain)>,
}

/// A levelling document that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Levelling {
    /// Its file name.
    pub document: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// What it was read as.
    pub format: Format,
    /// Its sheets and what their columns mean.
    pub sheets: Vec<SheetRead>,
    /// True when it names no roles: each part is a track.
    pub tracks: bool,
    /// Its roles, or its tracks.
    pub parts: Vec<Part>,
    /// What was decided about the file.
    pub findings: Vec<Finding>,
    /// What was decided about the criteria, and what is missing in them.
    pub notes: Vec<Note>,
}

/// A sheet and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetRead {
    /// Its name; empty for the only one.
    pub name: String,
    /// Its head.
    pub head: Head,
    /// Rows below it.
    pub rows: usize,
    /// Its shape.
    pub shape: Shape,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A role with its levels, or a track.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The group it belongs to; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// What it is; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Levels of the role, lowest first; none for a track.
    pub levels: Vec<Level>,
    /// On what their order rests.
    pub basis: Basis,
    /// Levels of skill, lowest first.
    pub steps: Vec<String>,
    /// Its skills; of a track, the track itself.
    pub skills: Vec<Skill>,
    /// Which level asks for which skill, how well.
    #[serde(skip)]
    asked: Vec<Asked>,
    #[serde(skip)]
    sheet: String,
    /// What has no place: of which level and skill, under which heading.
    #[serde(skip)]
    kept: Vec<(Cell, String, String)>,
}

/// A level of a role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// What it is; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A skill or area.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// The group it belongs to; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// What it is; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How large it is: said in the document, or guessed from its words.
    pub grain: Grain,
    /// What the document says at each level.
    #[serde(skip)]
    wording: BTreeMap<String, Wording>,
    #[serde(skip)]
    said_grain: Option<Grain>,
}

/// A level asks for a skill up to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    level: usize,
    skill: usize,
    step: String,
}

/// Of which level and skill something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Cell {
    level: Option<usize>,
    skill: Option<usize>,
}

impl Part {
    /// What is asked, over all levels.
    pub fn expectations(&self) -> usize {
        self.asked.len()
    }

    /// True when it can be aimed at: a role with levels, or a track with steps.
    pub fn usable(&self, tracks: bool) -> bool {
        !self.skills.is_empty() && !self.steps.is_empty() && (tracks || !self.levels.is_empty())
    }
}

impl Levelling {
    /// Its roles or tracks that can be aimed at.
    pub fn usable(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| p.usable(self.tracks))
    }

    /// Its roles or tracks that cannot: the document names no level of them.
    pub fn unusable(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !p.usable(self.tracks))
    }

    /// How many levels there are to choose from, over all roles; of tracks, over all their steps.
    pub fn level_count(&self) -> usize {
        self.usable()
            .map(|p| {
                if self.tracks {
                    p.steps.len()
                } else {
                    p.levels.len()
                }
            })
            .sum()
    }
}

/// Reads a levelling document.
///
/// # Errors
/// When the file cannot be read, or no sheet of it can be understood: then what is missing, with the
/// columns there are.
pub fn read(name: &str, bytes: &[u8], choices: &Choices) -> Result<Levelling, DocumentProblem> {
    let document = shown(name.rsplit(['/', '\\']).next().unwrap_or(name));
    let book = table::read(name, bytes, choices.encoding.as_deref())?;
    let mut notes = Vec::new();
    let mapped = mapped(&book, choices, &mut notes)?;
    let layout = layout(&mapped);
    let mut records = Vec::new();
    for (sheet, head, mapping) in &mapped {
        let read = record::read(sheet, head, mapping);
        notes.extend(read.notes);
        let role = role_of(sheet, head, mapped.len(), choices, &document);
        records.extend(read.records.into_iter().map(|mut record| {
            if record.role.is_empty() && !layout.tracks {
                record.role.clone_from(&role);
            }
            record
        }));
    }
    if records.is_empty() {
        return Err(DocumentProblem::new(
            "no row below the head says anything of a skill or area",
            "check what the columns mean",
        ));
    }
    let mut gathered = gather::gather(&records, choices, layout)?;
    let reads = absent_level(&mapped, &notes);
    for note in &mut gathered.notes {
        if let Note::RolesWithoutLevels { reads: said, .. } = note {
            said.clone_from(&reads);
        }
    }
    notes.append(&mut gathered.notes);
    grains(&mut gathered.parts, choices)?;
    Ok(Levelling {
        document,
        digest: book.digest,
        format: book.format,
        sheets: mapped
            .iter()
            .map(|(sheet, head, mapping)| sheets::sheet_read(sheet, head, mapping))
            .collect(),
        tracks: layout.tracks,
        parts: gathered.parts,
        findings: book.findings,
        notes,
    })
}

/// What the columns of each sheet are read as, though something may be missing before criteria can be
/// read: to ask somebody what they mean. Sheets without a table are left out.
///
/// # Errors
/// When the file cannot be read, no sheet has a table, or something was said about a column that is not
/// there.
pub fn look(name: &str, bytes: &[u8], choices: &Choices) -> Result<Vec<SheetRead>, DocumentProblem> {
    let book = table::read(name, bytes, choices.encoding.as_deref())?;
    sheets::look(&book, choices)
}

fn layout(mapped: &Mapped<'_>) -> Layout {
    let any = |test: &dyn Fn(&Mapping) -> bool| mapped.iter().any(|(_, _, m)| test(m));
    let role_levels = any(&|m| m.has(Meaning::RoleLevel) || m.has(Meaning::LevelColumn));
    let steps = any(&|m| {
        m.has(Meaning::SkillLevel) || m.has(Meaning::SkillLevelColumn) || m.shape == Shape::Expectations
    });
    Layout {
        tracks: !role_levels && !any(&|m| m.has(Meaning::Role)),
        role_levels,
        steps,
        in_columns: any(&|m| m.has(Meaning::LevelColumn) || m.has(Meaning::SkillLevelColumn)),
    }
}

/// What the role is called where no column says: as it was said, as the sheet, as the title above the
/// head, as the file.
fn role_of(sheet: &Sheet, head: &Head, sheets: usize, choices: &Choices, document: &str) -> String {
    if let Some(role) = choices.role.as_deref().filter(|r| !r.trim().is_empty()) {
        return role.trim().to_owned();
    }
    if sheets > 1 && !sheet.name.is_empty() {
        return sheet.name.clone();
    }
    let title = sheet.rows[..head.place]
        .iter()
        .find(|r| {
            let mut texts = r.cells.iter().filter(|c| !c.is_empty());
            let first = texts.next();
            texts.all(|t| Some(t) == first)
        })
        .and_then(|r| r.cells.iter().find(|c| !c.is_empty()))
        .filter(|t| t.chars().count() <= 60);
    if let Some(title) = title {
        return title.clone();
    }
    let stem = document.rsplit_once('.').map_or(document, |(stem, _)| stem);
    stem.replace(['_', '-'], " ").trim().to_owned()
}

/// What stands in place of a level where there is none.
fn absent_level(mapped: &Mapped<'_>, notes: &[Note]) -> String {
    let headings: Vec<&str> = mapped
        .iter()
        .filter_map(|(_, _, m)| m.of(Meaning::RoleLevel))
        .map(|c| c.heading.as_str())
        .collect();
    notes
        .iter()
        .find_map(|note| match note {
            Note::Absent { value, column, .. } if headings.contains(&column.as_str()) => Some(value.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

/// How large each skill is: said by the person, said in the document, or guessed.
fn grains(parts: &mut [Part], choices: &Choices) -> Result<(), DocumentProblem> {
    for (name, _) in &choices.grains {
        let there = parts
            .iter()
            .flat_map(|p| &p.skills)
            .any(|s| s.name.eq_ignore_ascii_case(name.trim()));
        if !there {
            return Err(DocumentProblem::new(
                format!("there is no skill `{}` to say the size of", shown(name)),
                "write it as the document does",
            ));
        }
    }
    for skill in parts.iter_mut().flat_map(|p| &mut p.skills) {
        let said = choices
            .grains
            .iter()
            .find(|(name, _)| skill.name.eq_ignore_ascii_case(name.trim()));
        skill.grain = said
            .map(|(_, grain)| *grain)
            .or(skill.said_grain)
            .unwrap_or_else(|| grain::grain(&skill.name, &skill.description));
    }
    Ok(())
}

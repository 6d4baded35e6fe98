//! Rows as records: one for each thing that is asked, whichever way the table lies.

use std::collections::BTreeMap;

use super::cell::{absent, lines, step_name};
use super::head::Head;
use super::mapping::{Column, Mapping, Shape};
use super::meaning::Meaning;
use super::note::Note;
use super::scale::tidy;
use crate::table::{Row, Sheet};

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    pub sheet: String,
    pub row: u64,
    pub family: String,
    pub role: String,
    pub role_description: String,
    pub level: String,
    pub level_description: String,
    pub group: String,
    pub skill: String,
    pub skill_description: String,
    pub step: String,
    pub text: String,
    pub signals: Vec<String>,
    pub examples: Vec<String>,
    pub grain: String,
    /// Heading and text of columns that mean nothing here.
    pub kept: Vec<(String, String)>,
}

/// What came of a sheet.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub records: Vec<Record>,
    pub notes: Vec<Note>,
}

/// Columns that a merged cell may leave empty below, the outer ones first.
const OUTER: [Meaning; 5] = [
    Meaning::RoleFamily,
    Meaning::Role,
    Meaning::RoleLevel,
    Meaning::SkillGroup,
    Meaning::Skill,
];

/// Reads the records of a sheet.
pub(super) fn read(sheet: &Sheet, head: &Head, mapping: &Mapping) -> Read {
    let mut reader = Reader {
        sheet,
        mapping,
        spread: Vec::new(),
        above: BTreeMap::new(),
        filled: BTreeMap::new(),
        absent: BTreeMap::new(),
        headings: Vec::new(),
        continued: Vec::new(),
        unnamed: Vec::new(),
        heading: String::new(),
        records: Vec::new(),
        notes: Vec::new(),
    };
    reader.name_spread();
    let head_row = &sheet.rows[head.place];
    let body = &sheet.rows[head.place + 1..];
    for (place, row) in body.iter().enumerate() {
        // A head repeated on every printed page.
        if row.cells == head_row.cells {
            continue;
        }
        reader.row(row, body.get(place + 1));
    }
    reader.done()
}

struct Reader<'s> {
    sheet: &'s Sheet,
    mapping: &'s Mapping,
    /// Columns whose heading is a value, with the value.
    spread: Vec<(&'s Column, String)>,
    /// The last text of the outer columns.
    above: BTreeMap<Meaning, String>,
    filled: BTreeMap<Meaning, usize>,
    absent: BTreeMap<(String, String), usize>,
    headings: Vec<String>,
    continued: Vec<u64>,
    unnamed: Vec<u64>,
    /// The heading that stands above the rows being read.
    heading: String,
    records: Vec<Record>,
    notes: Vec<Note>,
}

impl Reader<'_> {
    /// Gives every spread column a name of its own.
    fn name_spread(&mut self) {
        for column in self.mapping.columns.iter().filter(|c| c.meaning.spread()) {
            let heading = if column.heading.is_empty() {
                format!("Column {}", column.letters)
            } else {
                column.heading.clone()
            };
            let mut name = heading.clone();
            let mut number = 2;
            while self.spread.iter().any(|(c, n)| {
                tidy(n) == tidy(&name) && c.above == column.above && c.meaning == column.meaning
            }) {
                name = format!("{heading} ({number})");
                number += 1;
            }
            if name != heading {
                self.notes.push(Note::SameHeading {
                    sheet: self.sheet.name.clone(),
                    heading,
                    renamed: name.clone(),
                });
            }
            self.spread.push((column, name));
        }
    }

    fn cell<'r>(&self, row: &'r Row, meaning: Meaning) -> &'r str {
        self.mapping.of(meaning).map_or("", |c| row.cell(c.place))
    }

    /// The texts of every column that means something, joined; each with its heading when there are
    /// several.
    fn texts(&self, row: &Row, meaning: Meaning) -> String {
        let columns: Vec<&Column> = self
            .mapping
            .columns
            .iter()
            .filter(|c| c.meaning == meaning)
            .collect();
        let several = columns.len() > 1;
        let said: Vec<String> = columns
            .iter()
            .filter(|c| !absent(row.cell(c.place)))
            .map(|c| {
                let text = row.cell(c.place);
                if several && !c.heading.is_empty() {
                    format!("{}: {text}", c.heading)
                } else {
                    text.to_owned()
                }
            })
            .collect();
        said.join("\n")
    }

    fn row(&mut self, row: &Row, next: Option<&Row>) {
        if self.is_heading(row, next) {
            let text = row
                .cells
                .iter()
                .find(|c| !c.is_empty())
                .cloned()
                .unwrap_or_default();
            self.headings.push(text.clone());
            self.heading = text;
            return;
        }
        let outer = self.outer(row);
        let mut record = Record {
            sheet: self.sheet.name.clone(),
            row: row.number,
            family: self.said(row, Meaning::RoleFamily, &outer),
            role: self.said(row, Meaning::Role, &outer),
            role_description: self.cell(row, Meaning::RoleDescription).to_owned(),
            level: self.said(row, Meaning::RoleLevel, &outer),
            level_description: self.own(row, Meaning::RoleLevelDescription),
            group: self.group(row, &outer),
            skill: self.said(row, Meaning::Skill, &outer),
            skill_description: self.own(row, Meaning::SkillDescription),
            step: self.step(row),
            text: self.texts(row, Meaning::Text),
            signals: lines(&self.texts(row, Meaning::Signals)),
            examples: lines(&self.texts(row, Meaning::Examples)),
            grain: self.cell(row, Meaning::Grain).to_owned(),
            kept: self.kept(row),
        };
        self.count_absent(row, Meaning::Text);
        if record.group.is_empty() {
            record.group.clone_from(&self.heading);
        }
        if self.spread.is_empty() {
            self.long(record);
        } else {
            self.wide(row, &record);
        }
    }

    /// A row with one text only (or one text merged over all of it) above rows with more.
    fn is_heading(&self, row: &Row, next: Option<&Row>) -> bool {
        if self.spread.is_empty() || self.mapping.has(Meaning::SkillGroup) {
            return false;
        }
        let texts: Vec<&String> = row.cells.iter().filter(|c| !c.is_empty()).collect();
        let one = texts.iter().all(|t| *t == texts[0]);
        let spread_over = one && texts.len() > 2;
        let alone = texts.len() == 1 && self.spread.iter().all(|(c, _)| row.cell(c.place).is_empty());
        let followed = next.is_some_and(|n| {
            self.spread.iter().any(|(c, _)| !n.cell(c.place).is_empty())
                && !self.cell(n, Meaning::Skill).is_empty()
        });
        spread_over || (alone && followed)
    }

    /// The texts of the outer columns, empty cells taking what stands above them.
    fn outer(&mut self, row: &Row) -> BTreeMap<Meaning, String> {
        let mut texts = BTreeMap::new();
        let mut changed = false;
        for meaning in OUTER {
            if !self.mapping.has(meaning) {
                continue;
            }
            let here = self.cell(row, meaning);
            let above = self.above.get(&meaning).cloned().unwrap_or_default();
            let fills = here.is_empty()
                && !changed
                && !above.is_empty()
                && (meaning != Meaning::Skill || self.spread.is_empty());
            let text = if fills { above.clone() } else { here.to_owned() };
            if fills {
                *self.filled.entry(meaning).or_default() += 1;
            }
            if text != above {
                changed = true;
                self.above.insert(meaning, text.clone());
            }
            texts.insert(meaning, text);
        }
        texts
    }

    fn said(&mut self, row: &Row, meaning: Meaning, outer: &BTreeMap<Meaning, String>) -> String {
        let text = outer.get(&meaning).cloned().unwrap_or_default();
        if !text.is_empty() && absent(&text) {
            self.count_absent(row, meaning);
            return String::new();
        }
        text
    }

    /// The group of a skill. A letter or number alone takes its heading: "Category A".
    fn group(&mut self, row: &Row, outer: &BTreeMap<Meaning, String>) -> String {
        let group = self.said(row, Meaning::SkillGroup, outer);
        let heading = self
            .mapping
            .of(Meaning::SkillGroup)
            .map_or("", |c| c.heading.as_str());
        if group.is_empty() || group.chars().count() > 2 || heading.is_empty() {
            return group;
        }
        let mut letters = heading.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{} {group}", letters.as_str())
    }

    fn own(&mut self, row: &Row, meaning: Meaning) -> String {
        let text = self.cell(row, meaning).to_owned();
        if !text.is_empty() && absent(&text) {
            self.count_absent(row, meaning);
            return String::new();
        }
        text
    }

    fn step(&mut self, row: &Row) -> String {
        let text = self.own(row, Meaning::SkillLevel);
        let heading = self
            .mapping
            .of(Meaning::SkillLevel)
            .map_or("", |c| c.heading.as_str());
        step_name(&text, heading)
    }

    fn count_absent(&mut self, row: &Row, meaning: Meaning) {
        for column in self.mapping.columns.iter().filter(|c| c.meaning == meaning) {
            let text = row.cell(column.place);
            if !text.is_empty() && absent(text) {
                *self
                    .absent
                    .entry((column.heading.clone(), text.to_owned()))
                    .or_default() += 1;
            }
        }
    }

    fn kept(&self, row: &Row) -> Vec<(String, String)> {
        self.mapping
            .columns
            .iter()
            .filter(|c| c.meaning == Meaning::Other && !c.heading.is_empty())
            .map(|c| (c.heading.clone(), row.cell(c.place).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    fn long(&mut self, record: Record) {
        let says = !record.text.is_empty()
            || !record.step.is_empty()
            || !record.skill_description.is_empty()
            || !record.signals.is_empty();
        if !record.skill.is_empty() {
            self.records.push(record);
        } else if says {
            self.unnamed.push(record.row);
        }
    }

    fn wide(&mut self, row: &Row, base: &Record) {
        let by_row = !self.spread.iter().all(|(c, _)| c.meaning == Meaning::SkillColumn);
        let empty = self.spread.iter().all(|(c, _)| row.cell(c.place).is_empty());
        if by_row && base.skill.is_empty() {
            if empty {
                return;
            }
            if self.go_on(row) {
                self.continued.push(row.number);
            } else {
                self.unnamed.push(row.number);
            }
            return;
        }
        let spread = std::mem::take(&mut self.spread);
        for (column, name) in &spread {
            let text = row.cell(column.place);
            if !text.is_empty() && absent(text) {
                *self
                    .absent
                    .entry((column.heading.clone(), text.to_owned()))
                    .or_default() += 1;
            }
            let mut record = base.clone();
            match column.meaning {
                Meaning::LevelColumn => {
                    record.level.clone_from(name);
                    if !column.above.is_empty() {
                        record.role.clone_from(&column.above);
                    }
                }
                Meaning::SkillLevelColumn => record.step.clone_from(name),
                _ => record.skill.clone_from(name),
            }
            if !absent(text) {
                if self.mapping.shape == Shape::Expectations {
                    record.step = step_name(text, "level");
                } else {
                    text.clone_into(&mut record.text);
                }
            }
            self.records.push(record);
        }
        self.spread = spread;
    }

    /// Adds the texts of a row without a name to those of the row above; false when there is none.
    fn go_on(&mut self, row: &Row) -> bool {
        let count = self.spread.len();
        let Some(start) = self.records.len().checked_sub(count) else {
            return false;
        };
        for ((column, _), record) in self.spread.iter().zip(&mut self.records[start..]) {
            let text = row.cell(column.place);
            if !absent(text) && !record.text.is_empty() {
                record.text.push('\n');
            }
            if !absent(text) {
                record.text += text;
            }
        }
        true
    }

    fn done(mut self) -> Read {
        let sheet = || self.sheet.name.clone();
        if !self.headings.is_empty() {
            self.notes.push(Note::Headings {
                sheet: sheet(),
                texts: self.headings.clone(),
            });
        }
        for (meaning, count) in &self.filled {
            self.notes.push(Note::FilledDown {
                sheet: sheet(),
                column: self
                    .mapping
                    .of(*meaning)
                    .map_or_else(String::new, |c| c.heading.clone()),
                count: *count,
            });
        }
        for ((column, value), count) in &self.absent {
            self.notes.push(Note::Absent {
                value: value.clone(),
                column: column.clone(),
                count: *count,
            });
        }
        if !self.continued.is_empty() {
            self.notes.push(Note::Continued {
                sheet: sheet(),
                rows: self.continued.clone(),
            });
        }
        if !self.unnamed.is_empty() {
            self.notes.push(Note::Unnamed {
                sheet: sheet(),
                rows: self.unnamed.clone(),
            });
        }
        let kept: Vec<String> = self
            .mapping
            .columns
            .iter()
            .filter(|c| c.meaning == Meaning::Other && !c.heading.is_empty())
            .map(|c| c.heading.clone())
            .collect();
        if !kept.is_empty() {
            self.notes.push(Note::KeptColumns { columns: kept });
        }
        Read {
            records: self.records,
            notes: self.notes,
        }
    }
}

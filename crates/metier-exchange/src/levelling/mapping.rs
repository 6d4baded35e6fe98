//! What each column of a sheet means: guessed from its heading and its cells, or said.

use serde::Serialize;

use super::head::Head;
use super::meaning::{Meaning, Open, of_heading, open_heading};
use super::scale;
use crate::DocumentProblem;
use crate::problem::{nearest, shown};
use crate::table::{Row, Sheet, column_name};

/// How many rows are looked at to guess what a column means.
const LOOKED_AT: usize = 400;

/// How much of a cell a preview shows, in characters.
const SAMPLE: usize = 90;

/// One column and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its place, from 0.
    #[serde(skip)]
    pub place: usize,
    /// Its letters: `A`.
    pub letters: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// What stands above its heading over several columns: the role they belong to. Mostly empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub above: String,
    /// What it means.
    pub meaning: Meaning,
    /// True when nobody said so.
    pub guessed: bool,
    /// Its first texts, shortened.
    pub samples: Vec<String>,
}

/// The shape of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A row for each thing asked.
    Long,
    /// Columns are levels, with what is asked in the cells.
    Wide,
    /// Columns are levels, with the level of skill in the cells.
    Expectations,
}

/// A sheet's columns, and the shape they make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapping {
    pub columns: Vec<Column>,
    pub shape: Shape,
}

impl Mapping {
    /// The column that means something.
    pub fn of(&self, meaning: Meaning) -> Option<&Column> {
        self.columns.iter().find(|c| c.meaning == meaning)
    }

    pub fn has(&self, meaning: Meaning) -> bool {
        self.of(meaning).is_some()
    }

    /// What is missing before criteria can be read; `None` when nothing is.
    pub fn missing(&self) -> Option<&'static str> {
        let spread = self.columns.iter().any(|c| c.meaning.spread());
        if !self.has(Meaning::Skill) && !self.has(Meaning::SkillColumn) {
            Some("no column says which skill or area a row is about")
        } else if !spread && !self.has(Meaning::Text) && !self.has(Meaning::SkillLevel) {
            Some("no column says what is asked")
        } else {
            None
        }
    }
}

/// Maps the columns of a sheet.
///
/// # Errors
/// When a column that was said is not there, or two are said to mean what only one can.
pub(super) fn map(sheet: &Sheet, head: &Head, said: &[(&str, Meaning)]) -> Result<Mapping, DocumentProblem> {
    let mut guess = Guess::of(sheet, head);
    guess.take(said)?;
    guess.by_heading();
    guess.open_headings();
    guess.levels();
    guess.skill();
    guess.rest();
    let above = guess.groups(sheet, head);
    let shape = guess.shape();
    let columns = guess
        .columns
        .into_iter()
        .enumerate()
        .map(|(i, c)| Column {
            place: c.place,
            letters: column_name(c.place),
            heading: c.heading.to_owned(),
            above: above.get(i).cloned().unwrap_or_default(),
            meaning: c.meaning.unwrap_or(Meaning::Other),
            guessed: !c.said,
            samples: c.samples(),
        })
        .collect();
    Ok(Mapping { columns, shape })
}

/// True when a word names a column of the sheet.
pub(super) fn has_column(sheet: &Sheet, head: &Head, word: &str) -> bool {
    let row = &sheet.rows[head.place];
    (0..sheet.width()).any(|place| matches_column(word, place, row.cell(place)))
}

fn matches_column(word: &str, place: usize, heading: &str) -> bool {
    let word = word.trim();
    word.eq_ignore_ascii_case(heading.trim()) || word == column_name(place)
}

/// Columns while their meanings are being found.
struct Guess<'s> {
    columns: Vec<Looked<'s>>,
    head: &'s Row,
}

/// A column as it looks.
struct Looked<'s> {
    place: usize,
    heading: &'s str,
    meaning: Option<Meaning>,
    said: bool,
    /// Texts that are not empty, of the rows looked at.
    texts: Vec<&'s str>,
    /// Rows looked at.
    rows: usize,
}

impl Looked<'_> {
    fn samples(&self) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for text in &self.texts {
            let mut sample: String = text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .chars()
                .take(SAMPLE)
                .collect();
            if sample.chars().count() == SAMPLE {
                sample.push('…');
            }
            if !samples.contains(&sample) {
                samples.push(sample);
            }
            if samples.len() == 3 {
                break;
            }
        }
        samples
    }

    /// Characters of a text on average.
    fn length(&self) -> usize {
        let all: usize = self.texts.iter().map(|t| t.chars().count()).sum();
        all / self.texts.len().max(1)
    }

    fn filled(&self) -> f64 {
        self.texts.len() as f64 / self.rows.max(1) as f64
    }

    /// Different texts.
    fn kinds(&self) -> Vec<&str> {
        let mut kinds = self.texts.clone();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// A handful of short words or numbers that place a skill on a scale.
    fn holds_skill_levels(&self) -> bool {
        let kinds: Vec<&str> = self.kinds().into_iter().filter(|t| !super::absent(t)).collect();
        let placed = |t: &&str| scale::skill(t).is_some() || scale::numeral(t).is_some();
        !kinds.is_empty()
            && kinds.len() <= 12
            && kinds.iter().filter(|t| placed(t)).count() * 10 >= kinds.len() * 8
    }
}

impl<'s> Guess<'s> {
    fn of(sheet: &'s Sheet, head: &Head) -> Self {
        let row = &sheet.rows[head.place];
        let body = &sheet.rows[head.place + 1..];
        let looked = &body[..body.len().min(LOOKED_AT)];
        let columns = (0..sheet.width())
            .map(|place| Looked {
                place,
                heading: row.cell(place),
                meaning: None,
                said: false,
                texts: looked
                    .iter()
                    .map(|r| r.cell(place))
                    .filter(|t| !t.is_empty())
                    .collect(),
                rows: looked.len(),
            })
            // A column with nothing in it is none.
            .filter(|c| !c.heading.is_empty() || !c.texts.is_empty())
            .collect();
        Self { columns, head: row }
    }

    fn has(&self, meaning: Meaning) -> bool {
        self.columns.iter().any(|c| c.meaning == Some(meaning))
    }

    /// Gives a column a meaning, unless it has one or another column has that already.
    fn give(&mut self, place: usize, meaning: Meaning) {
        let taken = !meaning.shared() && self.has(meaning);
        let column = &mut self.columns[place];
        if column.meaning.is_none() && !taken {
            column.meaning = Some(meaning);
        }
    }

    /// What somebody said about columns.
    fn take(&mut self, said: &[(&str, Meaning)]) -> Result<(), DocumentProblem> {
        for (word, meaning) in said {
            let exact = self
                .columns
                .iter()
                .position(|c| c.heading.trim() == word.trim() && !word.trim().is_empty());
            let found = exact.or_else(|| {
                self.columns
                    .iter()
                    .position(|c| matches_column(word, c.place, c.heading))
            });
            let Some(found) = found else {
                return Err(self.no_column(word));
            };
            if !meaning.shared() && self.columns.iter().any(|c| c.meaning == Some(*meaning)) {
                return Err(DocumentProblem::new(
                    format!("two columns are said to be `{meaning}`, and only one can"),
                    "say `other` of one of them",
                )
                .about(shown(word)));
            }
            let column = &mut self.columns[found];
            column.meaning = Some(*meaning);
            column.said = true;
        }
        Ok(())
    }

    fn no_column(&self, word: &str) -> DocumentProblem {
        let headings: Vec<&str> = self
            .head
            .cells
            .iter()
            .map(String::as_str)
            .filter(|h| !h.is_empty())
            .collect();
        let lower: Vec<String> = headings.iter().map(|h| h.to_lowercase()).collect();
        let known: Vec<&str> = lower.iter().map(String::as_str).collect();
        let meant =
            nearest(word.trim(), &known).map_or_else(String::new, |m| format!("perhaps `{m}` is meant; "));
        let listed: Vec<String> = headings.iter().take(20).map(|h| shown(h)).collect();
        DocumentProblem::new(
            format!("there is no column `{}`", shown(word)),
            format!("{meant}the columns are: {}", listed.join(", ")),
        )
    }

    fn by_heading(&mut self) {
        for place in 0..self.columns.len() {
            if let Some(meaning) = of_heading(self.columns[place].heading) {
                self.give(place, meaning);
            }
        }
    }

    /// "Level", "Name" and "Description" mean what the columns beside them leave open.
    fn open_headings(&mut self) {
        for place in 0..self.columns.len() {
            let column = &self.columns[place];
            if column.meaning.is_some() {
                continue;
            }
            let scaled = column.holds_skill_levels();
            let meaning = match open_heading(column.heading) {
                Some(Open::Level) if self.has(Meaning::RoleLevel) => Meaning::SkillLevel,
                Some(Open::Level) if scaled && self.has(Meaning::Skill) => Meaning::SkillLevel,
                Some(Open::Level) => Meaning::RoleLevel,
                Some(Open::Name) if self.has(Meaning::Skill) => Meaning::Role,
                Some(Open::Name) => Meaning::Skill,
                Some(Open::Description) if self.has(Meaning::Text) || self.levels_to_come() => {
                    Meaning::SkillDescription
                }
                Some(Open::Description) => Meaning::Text,
                None => continue,
            };
            self.give(place, meaning);
        }
    }

    /// Headings that are levels will hold what is asked.
    fn levels_to_come(&self) -> bool {
        self.open()
            .filter(|c| scale::skill(c.heading).is_some() || scale::role(c.heading).is_some())
            .count()
            >= 2
    }

    fn open(&self) -> impl Iterator<Item = &Looked<'s>> {
        self.columns.iter().filter(|c| c.meaning.is_none())
    }

    /// Columns that are levels themselves.
    fn levels(&mut self) {
        if self.has(Meaning::Text) {
            return;
        }
        let heads = |guess: &Self, known: fn(&str) -> Option<u32>| -> Vec<usize> {
            guess
                .columns
                .iter()
                .enumerate()
                .filter(|(_, c)| c.meaning.is_none() && known(c.heading).is_some() && !c.texts.is_empty())
                .map(|(place, _)| place)
                .collect()
        };
        let by_skill = heads(self, scale::skill);
        let by_role = heads(self, scale::role);
        let (places, meaning) = if by_skill.len() >= 2 && by_skill.len() >= by_role.len() {
            (by_skill, Meaning::SkillLevelColumn)
        } else if by_role.len() >= 2 {
            (by_role, Meaning::LevelColumn)
        } else {
            return;
        };
        // A level in between whose name says nothing belongs to them.
        let (first, last) = (places[0], places[places.len() - 1]);
        for place in first..=last {
            let column = &self.columns[place];
            if places.contains(&place) || (!column.heading.is_empty() && !column.texts.is_empty()) {
                self.give(place, meaning);
            }
        }
    }

    /// The column that says what a row is about, where no heading says so: the first of short, different
    /// texts; one of few texts before it groups them.
    fn skill(&mut self) {
        if self.has(Meaning::Skill) || self.has(Meaning::SkillColumn) {
            return;
        }
        let rows_are_levels = self.has(Meaning::RoleLevel) && !self.has(Meaning::Text);
        if rows_are_levels && !self.has(Meaning::LevelColumn) && self.open().count() >= 2 {
            return;
        }
        let short = |c: &Looked<'_>| c.meaning.is_none() && c.length() <= 60 && !c.texts.is_empty();
        let mut places = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| short(c))
            .map(|(place, _)| place);
        let (first, second) = (places.next(), places.next());
        let Some(first) = first else { return };
        let groups = |c: &Looked<'_>| c.filled() < 0.75 || c.kinds().len() * 2 <= c.texts.len();
        match second {
            Some(second)
                if second == first + 1
                    && groups(&self.columns[first])
                    && self.columns[second].filled() > 0.75
                    && !self.columns[second].holds_skill_levels() =>
            {
                self.give(first, Meaning::SkillGroup);
                self.give(second, Meaning::Skill);
            }
            _ => self.give(first, Meaning::Skill),
        }
    }

    /// What is left: texts that are asked, where nothing says so yet.
    fn rest(&mut self) {
        let asked = self.has(Meaning::Text)
            || self
                .columns
                .iter()
                .any(|c| c.meaning.is_some_and(Meaning::spread));
        if asked {
            return;
        }
        let open: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.meaning.is_none() && !c.heading.is_empty() && c.filled() > 0.3)
            .map(|(place, _)| place)
            .collect();
        let by_row_level = self.has(Meaning::RoleLevel) && !self.has(Meaning::Skill);
        match open.as_slice() {
            [one] if self.has(Meaning::Skill) && self.columns[*one].length() > 20 => {
                self.give(*one, Meaning::Text);
            }
            [] | [_] => {}
            several if by_row_level => {
                for place in several {
                    self.give(*place, Meaning::SkillColumn);
                }
            }
            several if !self.has(Meaning::SkillLevel) && !self.has(Meaning::RoleLevel) => {
                for place in several {
                    self.give(*place, Meaning::LevelColumn);
                }
            }
            several => {
                // The longest texts are what is asked.
                let longest = several.iter().max_by_key(|p| self.columns[**p].length()).copied();
                if let Some(longest) = longest.filter(|p| self.columns[*p].length() > 20) {
                    self.give(longest, Meaning::Text);
                }
            }
        }
    }

    /// What stands above the headings of level columns, over several of them: the role each belongs to.
    /// One entry a column; empty where there is nothing of the kind.
    fn groups(&self, sheet: &Sheet, head: &Head) -> Vec<String> {
        let levels: Vec<&Looked<'_>> = self
            .columns
            .iter()
            .filter(|c| c.meaning == Some(Meaning::LevelColumn))
            .collect();
        let Some(above) = head.place.checked_sub(1).and_then(|p| sheet.rows.get(p)) else {
            return Vec::new();
        };
        let Some(first) = levels.first().map(|c| c.place) else {
            return Vec::new();
        };
        let stands_before = above.cells.iter().take(first).any(|c| !c.is_empty());
        let mut named: Vec<&str> = levels
            .iter()
            .map(|c| above.cell(c.place))
            .filter(|t| !t.is_empty())
            .collect();
        named.dedup();
        if stands_before || named.len() < 2 || above.cell(first).is_empty() || self.has(Meaning::Role) {
            return Vec::new();
        }
        let mut last = String::new();
        self.columns
            .iter()
            .map(|c| {
                if c.meaning != Some(Meaning::LevelColumn) {
                    return String::new();
                }
                let here = above.cell(c.place);
                if !here.is_empty() {
                    here.clone_into(&mut last);
                }
                last.clone()
            })
            .collect()
    }

    fn shape(&self) -> Shape {
        let spread: Vec<&Looked<'_>> = self
            .columns
            .iter()
            .filter(|c| c.meaning.is_some_and(Meaning::spread))
            .collect();
        let filled: Vec<&&Looked<'_>> = spread.iter().filter(|c| !c.texts.is_empty()).collect();
        if spread.is_empty() {
            Shape::Long
        } else if !filled.is_empty()
            && !self.has(Meaning::SkillLevelColumn)
            && filled.iter().all(|c| c.holds_skill_levels())
        {
            Shape::Expectations
        } else {
            Shape::Wide
        }
    }
}

//! Records gathered into roles, or into tracks where the document names no roles.

use std::collections::{HashMap, HashSet};

use metier_core::framework::Wording;

use super::note::{Note, Repeat};
use super::record::Record;
use super::scale::{self, Basis};
use super::{Asked, Cell, Choices, Level, Part, Skill};
use crate::DocumentProblem;

/// The most roles, levels of one role, skills of one role, and steps.
const PARTS_MAX: usize = 2_000;
const LEVELS_MAX: usize = 200;
const SKILLS_MAX: usize = 1_000;
const STEPS_MAX: usize = 40;

/// What came of the records.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub parts: Vec<Part>,
    pub notes: Vec<Note>,
}

/// How a document lies.
#[derive(Debug, Clone, Copy, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four answers that do not depend on each other"
)]
pub(super) struct Layout {
    /// It names no roles: each skill is a track of its own.
    pub tracks: bool,
    /// It names levels of roles apart from the roles.
    pub role_levels: bool,
    /// It names levels of skill apart from those of the role.
    pub steps: bool,
    /// Levels stand in columns, whose order means something.
    pub in_columns: bool,
}

/// Gathers records.
///
/// # Errors
/// When there are more of anything than a framework can hold.
pub(super) fn gather(
    records: &[Record],
    choices: &Choices,
    layout: Layout,
) -> Result<Gathered, DocumentProblem> {
    let mut gatherer = Gatherer {
        layout,
        parts: Vec::new(),
        places: HashMap::new(),
        levels: HashMap::new(),
        skills: HashMap::new(),
        first: HashMap::new(),
        repeated: Vec::new(),
        conflicts: Vec::new(),
    };
    for record in records {
        gatherer.add(record)?;
    }
    let mut notes = Vec::new();
    let steps = steps(records, choices, layout, &mut notes)?;
    let mut parts = gatherer.parts;
    for part in &mut parts {
        part.order(steps.as_deref(), choices, layout);
    }
    share_texts(&mut parts);
    if !gatherer.repeated.is_empty() {
        notes.push(Note::Repeated {
            rows: gatherer.repeated,
        });
    }
    if !gatherer.conflicts.is_empty() {
        notes.push(Note::Conflict {
            rows: gatherer.conflicts,
        });
    }
    missing(&parts, layout, &mut notes);
    Ok(Gathered { parts, notes })
}

struct Gatherer<'r> {
    layout: Layout,
    parts: Vec<Part>,
    /// Places by lower-case name; of levels and skills within their part.
    places: HashMap<String, usize>,
    levels: HashMap<(usize, String), usize>,
    skills: HashMap<(usize, String), usize>,
    /// The first record about the same, by part, level, skill and step.
    first: HashMap<(usize, String, String, String), &'r Record>,
    repeated: Vec<Repeat>,
    conflicts: Vec<Repeat>,
}

/// A name for comparing: lower case, single spaces.
pub(super) fn key(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn too_many(what: &str, most: usize) -> DocumentProblem {
    DocumentProblem::new(
        format!("there are more than {most} {what}"),
        "check what the columns mean, or keep only the roles you need",
    )
}

impl<'r> Gatherer<'r> {
    fn part(&mut self, record: &Record) -> Result<usize, DocumentProblem> {
        let name = if self.layout.tracks {
            &record.skill
        } else {
            &record.role
        };
        if let Some(place) = self.places.get(&key(name)) {
            return Ok(*place);
        }
        if self.parts.len() == PARTS_MAX {
            return Err(too_many(
                if self.layout.tracks { "tracks" } else { "roles" },
                PARTS_MAX,
            ));
        }
        self.places.insert(key(name), self.parts.len());
        self.parts.push(Part {
            name: name.clone(),
            family: if self.layout.tracks {
                record.group.clone()
            } else {
                record.family.clone()
            },
            description: if self.layout.tracks {
                record.skill_description.clone()
            } else {
                record.role_description.clone()
            },
            sheet: record.sheet.clone(),
            ..Part::default()
        });
        Ok(self.parts.len() - 1)
    }

    fn add(&mut self, record: &'r Record) -> Result<(), DocumentProblem> {
        let place = self.part(record)?;
        let level = self.level(place, record)?;
        let skill = self.skill(place, record)?;
        let part = &mut self.parts[place];
        if part.description.is_empty() {
            part.description.clone_from(&record.role_description);
        }
        // Without levels of skill, the level of the role is the step.
        let step = match (record.step.is_empty(), &level) {
            (true, Some(level)) if !self.layout.steps && !self.layout.tracks => {
                part.levels[*level].name.clone()
            }
            _ => record.step.clone(),
        };
        let about = (
            place,
            key(&record.level),
            key(&record.skill),
            if level.is_some() {
                String::new()
            } else {
                key(&step)
            },
        );
        if let Some(first) = self.first.get(&about) {
            let repeat = Repeat {
                sheet: record.sheet.clone(),
                row: record.row,
                first: first.row,
                about: about_of(record),
            };
            if same(first, record) {
                self.repeated.push(repeat);
                return Ok(());
            }
            self.conflicts.push(repeat);
            let place = Cell {
                level,
                skill: Some(skill),
            };
            for text in differing(first, record) {
                part.kept.push((place, format!("row {}", record.row), text));
            }
            return Ok(());
        }
        self.first.insert(about, record);
        let skill_of = &mut part.skills[skill];
        if !step.is_empty() {
            skill_of.say(&step, record);
            if let Some(level) = level {
                part.asked.push(Asked { level, skill, step });
            }
        }
        for (heading, text) in &record.kept {
            let place = Cell {
                level,
                skill: Some(skill),
            };
            part.kept.push((place, heading.clone(), text.clone()));
        }
        Ok(())
    }

    fn level(&mut self, place: usize, record: &Record) -> Result<Option<usize>, DocumentProblem> {
        if self.layout.tracks {
            return Ok(None);
        }
        let name = if self.layout.role_levels {
            &record.level
        } else {
            &record.role
        };
        if name.is_empty() {
            return Ok(None);
        }
        let part = &mut self.parts[place];
        let at = match self.levels.get(&(place, key(name))) {
            Some(at) => *at,
            None if part.levels.len() == LEVELS_MAX => {
                return Err(too_many("levels of one role", LEVELS_MAX));
            }
            None => {
                part.levels.push(Level {
                    name: name.clone(),
                    description: String::new(),
                });
                self.levels.insert((place, key(name)), part.levels.len() - 1);
                part.levels.len() - 1
            }
        };
        if part.levels[at].description.is_empty() {
            part.levels[at].description.clone_from(&record.level_description);
        }
        Ok(Some(at))
    }

    fn skill(&mut self, place: usize, record: &Record) -> Result<usize, DocumentProblem> {
        let part = &mut self.parts[place];
        let at = match self.skills.get(&(place, key(&record.skill))) {
            Some(at) => *at,
            None if part.skills.len() == SKILLS_MAX => {
                return Err(too_many("skills of one role", SKILLS_MAX));
            }
            None => {
                part.skills.push(Skill {
                    name: record.skill.clone(),
                    group: record.group.clone(),
                    ..Skill::default()
                });
                self.skills
                    .insert((place, key(&record.skill)), part.skills.len() - 1);
                part.skills.len() - 1
            }
        };
        let skill = &mut part.skills[at];
        if skill.description.is_empty() {
            skill.description.clone_from(&record.skill_description);
        }
        if skill.said_grain.is_none() {
            skill.said_grain = super::grain::said(&record.grain);
        }
        Ok(at)
    }
}

/// The levels of skill of the whole document, lowest first; `None` when each role has its own.
fn steps(
    records: &[Record],
    choices: &Choices,
    layout: Layout,
    notes: &mut Vec<Note>,
) -> Result<Option<Vec<String>>, DocumentProblem> {
    let (mut names, mut seen) = (Vec::new(), HashSet::new());
    for record in records.iter().filter(|r| !r.step.is_empty()) {
        if seen.insert(key(&record.step)) {
            names.push(record.step.clone());
        }
        if names.len() > STEPS_MAX {
            return Err(DocumentProblem::new(
                format!("there are more than {STEPS_MAX} different levels of skill"),
                "check which column says how well a skill is asked for",
            ));
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    let (mut order, mut basis) = scale::order_of_skill_levels(names, layout.in_columns);
    if !choices.skill_levels.is_empty() {
        order = scale::as_said(order, &choices.skill_levels);
        basis = Basis::Said;
    }
    notes.push(Note::SkillLevels {
        order: order.clone(),
        basis,
    });
    Ok(Some(order))
}

fn about_of(record: &Record) -> String {
    [&record.role, &record.level, &record.skill, &record.step]
        .into_iter()
        .filter(|t| !t.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

fn same(first: &Record, second: &Record) -> bool {
    let bare = |r: &Record| Record {
        row: 0,
        sheet: String::new(),
        ..r.clone()
    };
    bare(first) == bare(second)
}

/// What a second record says that the first does not.
fn differing(first: &Record, second: &Record) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (a, b) in [
        (&first.step, &second.step),
        (&first.text, &second.text),
        (&first.skill_description, &second.skill_description),
        (&first.level_description, &second.level_description),
        (&first.role_description, &second.role_description),
        (&first.group, &second.group),
    ] {
        if a != b && !b.is_empty() {
            texts.push(b.clone());
        }
    }
    for (a, b) in [
        (&first.signals, &second.signals),
        (&first.examples, &second.examples),
    ] {
        if a != b && !b.is_empty() {
            texts.push(b.join("\n"));
        }
    }
    for (heading, text) in &second.kept {
        if !first.kept.contains(&(heading.clone(), text.clone())) {
            texts.push(format!("{heading}: {text}"));
        }
    }
    texts
}

/// What one role says of a skill at a level holds in the others that name the same skill, where they say
/// nothing and the document says only one thing.
fn share_texts(parts: &mut [Part]) {
    let mut texts: HashMap<(String, String), Option<Wording>> = HashMap::new();
    for skill in parts.iter().flat_map(|p| &p.skills) {
        for (step, wording) in skill.wording.iter().filter(|(_, w)| !w.is_empty()) {
            texts
                .entry((key(&skill.name), key(step)))
                .and_modify(|there| {
                    if there.as_ref() != Some(wording) {
                        *there = None;
                    }
                })
                .or_insert_with(|| Some(wording.clone()));
        }
    }
    for part in parts.iter_mut() {
        let steps = part.steps.clone();
        for skill in &mut part.skills {
            skill.wording.retain(|_, wording| !wording.is_empty());
            for step in &steps {
                let there = skill.wording.get(step).is_some_and(|w| !w.is_empty());
                if let Some(Some(wording)) = texts.get(&(key(&skill.name), key(step)))
                    && !there
                {
                    skill.wording.insert(step.clone(), wording.clone());
                }
            }
        }
    }
}

/// What is missing in the document as a whole.
fn missing(parts: &[Part], layout: Layout, notes: &mut Vec<Note>) {
    let silent = |wording: Option<&Wording>| wording.is_none_or(Wording::is_empty);
    let speaking: HashSet<String> = parts
        .iter()
        .flat_map(|p| &p.skills)
        .filter(|s| s.wording.values().any(|w| !w.is_empty()))
        .map(|s| key(&s.name))
        .collect();
    let (mut skills, mut seen) = (Vec::new(), HashSet::new());
    for skill in parts.iter().flat_map(|p| &p.skills) {
        if !speaking.contains(&key(&skill.name)) && seen.insert(key(&skill.name)) {
            skills.push(skill.name.clone());
        }
    }
    let (mut gaps, mut example) = (HashSet::new(), String::new());
    for part in parts {
        for asked in &part.asked {
            let skill = &part.skills[asked.skill];
            if silent(skill.wording.get(&asked.step)) && speaking.contains(&key(&skill.name)) {
                if gaps.is_empty() {
                    example = format!("{}, {}", skill.name, asked.step);
                }
                gaps.insert((key(&skill.name), key(&asked.step)));
            }
        }
    }
    let roles: Vec<String> = parts
        .iter()
        .filter(|p| p.levels.is_empty() && !layout.tracks)
        .map(|p| p.name.clone())
        .collect();
    if !roles.is_empty() {
        notes.push(Note::RolesWithoutLevels {
            roles,
            reads: String::new(),
        });
    }
    if !skills.is_empty() {
        notes.push(Note::SkillsWithoutText { skills });
    }
    if !gaps.is_empty() {
        notes.push(Note::StepsWithoutText {
            count: gaps.len(),
            example,
        });
    }
}

impl Skill {
    /// Takes what a record says at a step.
    fn say(&mut self, step: &str, record: &Record) {
        let wording = self.wording.entry(step.to_owned()).or_default();
        if wording.text.is_empty() {
            wording.text.clone_from(&record.text);
        }
        if wording.signals.is_empty() {
            wording.signals.clone_from(&record.signals);
        }
        if wording.examples.is_empty() {
            wording.examples.clone_from(&record.examples);
        }
    }
}

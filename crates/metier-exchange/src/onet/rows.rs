//! What the rows of each table say, put together to a catalogue.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;

use metier_core::catalogue::{Catalogue, Element, Occupation, Rated, Task, Technology, WorkActivity};

use super::layout::{
    ALTERNATE_TITLES, CONTENT_MODEL, DETAILED, INTERMEDIATE, JOB_ZONES, OCCUPATIONS, Part, RATED, RELATED,
    SKILL_SERVES, TASK_ACTIVITIES, TASKS, TECHNOLOGY, name_of,
};
use super::table::{Row, Table};
use super::{OnetError, Skipped};

/// A catalogue being put together.
#[derive(Default)]
pub(super) struct Gathering {
    occupations: Vec<Occupation>,
    /// Place of an occupation by its code.
    place: HashMap<String, usize>,
    /// Place of a task in its occupation, by occupation and number.
    task_place: HashMap<(usize, String), usize>,
    activities: BTreeMap<String, WorkActivity>,
    elements: BTreeMap<String, Element>,
    skill_serves: BTreeMap<String, Vec<String>>,
    /// Titles seen by occupation, to list each once.
    titles: BTreeSet<(usize, String)>,
    /// Related occupations with the order the release gives them.
    related: Vec<(usize, u32, String)>,
    skipped: BTreeMap<&'static str, usize>,
}

impl Gathering {
    /// Reads one table.
    pub(super) fn read(&mut self, part: Part, file: String, reader: impl Read) -> Result<(), OnetError> {
        match part {
            Part::Occupations => self.occupations(Table::open(file, reader, &OCCUPATIONS)?),
            Part::AlternateTitles => self.alternate_titles(Table::open(file, reader, &ALTERNATE_TITLES)?),
            Part::JobZones => self.job_zones(Table::open(file, reader, &JOB_ZONES)?),
            Part::DetailedActivities => self.detailed(Table::open(file, reader, &DETAILED)?),
            Part::IntermediateActivities => self.intermediate(Table::open(file, reader, &INTERMEDIATE)?),
            Part::Tasks => self.tasks(Table::open(file, reader, &TASKS)?),
            Part::TasksToActivities => self.task_activities(Table::open(file, reader, &TASK_ACTIVITIES)?),
            Part::Skills | Part::EssentialSkills | Part::TransferableSkills => {
                self.rated(Table::open(file, reader, &RATED)?, part, |o| &mut o.skills)
            }
            Part::Knowledge => self.rated(Table::open(file, reader, &RATED)?, part, |o| &mut o.knowledge),
            Part::Technology => self.technology(Table::open(file, reader, &TECHNOLOGY)?),
            Part::Related => self.related(Table::open(file, reader, &RELATED)?),
            Part::SkillsServe => self.skill_serves(Table::open(file, reader, &SKILL_SERVES)?),
            Part::ContentModel => self.descriptions(Table::open(file, reader, &CONTENT_MODEL)?),
            Part::Abilities
            | Part::Interests
            | Part::TaskRatings
            | Part::WorkActivities
            | Part::WorkContext => Ok(()),
        }
    }

    /// The catalogue, occupations by code, and the rows passed over.
    pub(super) fn finish(mut self) -> (Catalogue, Vec<Skipped>) {
        self.usual_importance();
        self.related.sort_by_key(|(at, order, _)| (*at, *order));
        for (at, _, code) in self.related {
            self.occupations[at].related.push(code);
        }
        self.occupations.sort_by(|a, b| a.code.cmp(&b.code));
        for occupation in &mut self.occupations {
            occupation.skills.sort_by(|a, b| a.element.cmp(&b.element));
            occupation.knowledge.sort_by(|a, b| a.element.cmp(&b.element));
        }
        let mut catalogue = Catalogue::default();
        catalogue.occupations = self.occupations;
        catalogue.activities = self.activities;
        catalogue.elements = self.elements;
        catalogue.skill_serves = self.skill_serves;
        let skipped = self
            .skipped
            .into_iter()
            .map(|(table, rows)| Skipped {
                table: table.to_owned(),
                rows,
            })
            .collect();
        (catalogue, skipped)
    }

    /// The mean importance of each element, to tell what matters more in one occupation than elsewhere.
    fn usual_importance(&mut self) {
        let mut sums: HashMap<&str, (f64, f64)> = HashMap::new();
        for rated in self
            .occupations
            .iter()
            .flat_map(|o| o.skills.iter().chain(&o.knowledge))
        {
            let (sum, count) = sums.entry(&rated.element).or_default();
            *sum += rated.importance;
            *count += 1.0;
        }
        for (id, element) in &mut self.elements {
            element.usual = sums.get(id.as_str()).map(|(sum, count)| sum / count);
        }
    }

    /// The occupation a row is about. A row about one that the release does not list is passed over.
    fn occupation_of(&mut self, row: &Row<'_>, part: Part) -> Result<Option<usize>, OnetError> {
        let place = self.place.get(row.code(0)?).copied();
        if place.is_none() {
            self.skip(part);
        }
        Ok(place)
    }

    fn skip(&mut self, part: Part) {
        *self.skipped.entry(name_of(part)).or_default() += 1;
    }

    fn occupations<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let code = row.code(0)?.to_owned();
            if self.place.insert(code.clone(), self.occupations.len()).is_some() {
                return Err(row.problem(0, format!("{code} is listed twice"), "list each occupation once"));
            }
            self.occupations.push(Occupation {
                code,
                title: row.given(1)?.to_owned(),
                description: row.text(2).to_owned(),
                ..Occupation::default()
            });
        }
        Ok(())
    }

    fn alternate_titles<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::AlternateTitles)? else {
                continue;
            };
            for title in [row.given(1)?, row.text(2)] {
                let none = title.is_empty() || title == "n/a";
                if !none && self.titles.insert((at, title.to_lowercase())) {
                    self.occupations[at].alternate_titles.push(title.to_owned());
                }
            }
        }
        Ok(())
    }

    fn job_zones<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::JobZones)? else {
                continue;
            };
            self.occupations[at].job_zone = match row.text(1) {
                "1" => Some(1),
                "2" => Some(2),
                "3" => Some(3),
                "4" => Some(4),
                "5" => Some(5),
                "" | "n/a" => None,
                _ => return Err(row.problem(1, "is not a job zone", "job zones are 1 to 5")),
            };
        }
        Ok(())
    }

    fn detailed<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let element = self.elements.entry(row.given(0)?.to_owned()).or_default();
            row.given(1)?.clone_into(&mut element.name);
            let activity = WorkActivity {
                title: row.given(5)?.to_owned(),
                intermediate: row.given(2)?.to_owned(),
                intermediate_title: row.text(3).to_owned(),
                general: row.given(0)?.to_owned(),
            };
            let id = row.given(4)?.to_owned();
            if self.activities.insert(id, activity).is_some() {
                return Err(row.problem(4, "is listed twice", "list each work activity once"));
            }
        }
        Ok(())
    }

    /// The table of intermediate activities has the last word on their titles.
    fn intermediate<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        let mut titles: HashMap<String, String> = HashMap::new();
        while let Some(row) = table.row()? {
            titles.insert(row.given(0)?.to_owned(), row.given(1)?.to_owned());
        }
        for activity in self.activities.values_mut() {
            if let Some(title) = titles.get(&activity.intermediate) {
                activity.intermediate_title.clone_from(title);
            }
        }
        Ok(())
    }

    fn tasks<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::Tasks)? else {
                continue;
            };
            let id = row.given(1)?.to_owned();
            let place = self.occupations[at].tasks.len();
            if self.task_place.insert((at, id.clone()), place).is_some() {
                return Err(row.problem(1, format!("task {id} is listed twice"), "list each task once"));
            }
            let core = match row.text(3) {
                "Core" => Some(true),
                "Supplemental" => Some(false),
                "" | "n/a" => None,
                _ => {
                    return Err(row.problem(
                        3,
                        "is not a type of task",
                        "write Core, Supplemental or nothing",
                    ));
                }
            };
            self.occupations[at].tasks.push(Task {
                id,
                text: row.given(2)?.to_owned(),
                core,
                incumbents: row.count(4)?,
                activities: Vec::new(),
            });
        }
        Ok(())
    }

    fn task_activities<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::TasksToActivities)? else {
                continue;
            };
            let place = self.task_place.get(&(at, row.given(1)?.to_owned())).copied();
            let activity = row.given(2)?;
            let known = self.activities.contains_key(activity);
            match place {
                Some(place) if known => {
                    let activities = &mut self.occupations[at].tasks[place].activities;
                    if !activities.iter().any(|a| a == activity) {
                        activities.push(activity.to_owned());
                    }
                }
                _ => self.skip(Part::TasksToActivities),
            }
        }
        Ok(())
    }

    /// Ratings of skills or knowledge. An importance the publisher recommends to suppress is passed over,
    /// and the element with it; a level that is suppressed or not relevant leaves the element without one.
    fn rated<R: Read>(
        &mut self,
        mut table: Table<R>,
        part: Part,
        of: fn(&mut Occupation) -> &mut Vec<Rated>,
    ) -> Result<(), OnetError> {
        let mut levels: BTreeMap<(usize, String), f64> = BTreeMap::new();
        let mut seen: BTreeSet<(usize, String, bool)> = BTreeSet::new();
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, part)? else {
                continue;
            };
            let element = row.given(1)?.to_owned();
            let importance = match row.text(3) {
                "IM" => true,
                "LV" => false,
                _ => continue,
            };
            if !seen.insert((at, element.clone(), importance)) {
                return Err(row.problem(1, "is rated twice in this occupation", "rate each element once"));
            }
            let value = if importance {
                row.number(4, 1.0, 5.0)?
            } else {
                row.number(4, 0.0, 7.0)?
            };
            let unreliable = row.yes(5)?;
            let irrelevant = row.yes(6)?;
            if unreliable || irrelevant {
                continue;
            }
            if importance {
                let name = row.given(2)?.to_owned();
                self.elements
                    .entry(element.clone())
                    .or_default()
                    .name
                    .clone_from(&name);
                of(&mut self.occupations[at]).push(Rated {
                    element,
                    name,
                    importance: value,
                    level: None,
                });
            } else {
                levels.insert((at, element), value);
            }
        }
        for (at, occupation) in self.occupations.iter_mut().enumerate() {
            for rated in of(occupation) {
                if let Some(level) = levels.get(&(at, rated.element.clone())) {
                    rated.level = Some(*level);
                }
            }
        }
        Ok(())
    }

    fn technology<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::Technology)? else {
                continue;
            };
            let technology = Technology {
                name: row.given(1)?.to_owned(),
                category: row.given(2)?.to_owned(),
                hot: row.yes(3)?,
                in_demand: row.yes(4)?,
            };
            self.occupations[at].technology.push(technology);
        }
        Ok(())
    }

    fn related<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let Some(at) = self.occupation_of(&row, Part::Related)? else {
                continue;
            };
            let code = row.code(1)?.to_owned();
            if self.place.contains_key(&code) {
                let order = row.count(2)?.unwrap_or(u32::MAX);
                self.related.push((at, order, code));
            } else {
                self.skip(Part::Related);
            }
        }
        Ok(())
    }

    fn skill_serves<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            let serves = self.skill_serves.entry(row.given(0)?.to_owned()).or_default();
            let activity = row.given(1)?;
            if !serves.iter().any(|known| known == activity) {
                serves.push(activity.to_owned());
            }
        }
        Ok(())
    }

    /// What the elements mean; only of those that the catalogue holds.
    fn descriptions<R: Read>(&mut self, mut table: Table<R>) -> Result<(), OnetError> {
        while let Some(row) = table.row()? {
            if let Some(element) = self.elements.get_mut(row.given(0)?) {
                row.text(2).clone_into(&mut element.description);
            }
        }
        Ok(())
    }
}

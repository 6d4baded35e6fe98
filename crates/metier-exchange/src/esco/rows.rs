//! What the rows of each file say, put together to a classification.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use metier_core::catalogue::{
    Collections, Esco, EscoOccupation, EscoSkill, IscoGroup, Reuse, SkillGroup, SkillKind,
};

use super::EscoError;
use super::layout::{
    BROADER, COLLECTION, GROUPS, HIERARCHY, ISCO, OCCUPATIONS, Part, RELATIONS, SKILL_RELATIONS, SKILLS,
    name_of,
};
use super::table::{Row, Table};

/// A classification being put together. Lists are in the order of the files and sorted at the end.
#[derive(Default)]
pub(super) struct Gathering {
    skills: Vec<EscoSkill>,
    groups: Vec<SkillGroup>,
    occupations: Vec<EscoOccupation>,
    isco: BTreeMap<String, String>,
    /// Place of a skill, a group, an occupation by its URI.
    skill_at: HashMap<String, u32>,
    group_at: HashMap<String, u32>,
    occupation_at: HashMap<String, u32>,
    /// Rows passed over, by file.
    skipped: BTreeMap<&'static str, usize>,
}

/// A place in a list as it is kept.
fn place(length: usize) -> u32 {
    // An archive unpacks to at most 2^30 bytes, so no list comes near 2^32.
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Gathering {
    /// Reads one file.
    pub(super) fn read(&mut self, part: Part, file: String, reader: impl Read) -> Result<(), EscoError> {
        match part {
            Part::Skills => self.skills(Table::open(file, reader, &SKILLS)?),
            Part::SkillGroups => self.groups(Table::open(file, reader, &GROUPS)?),
            Part::Hierarchy => self.hierarchy(Table::open(file, reader, &HIERARCHY)?.ragged()),
            Part::SkillPillar => self.broader(Table::open(file, reader, &BROADER)?),
            Part::SkillRelations => self.skill_relations(Table::open(file, reader, &SKILL_RELATIONS)?),
            Part::Language | Part::Transversal | Part::Digital | Part::Green => {
                self.collection(Table::open(file, reader, &COLLECTION)?, part)
            }
            Part::Isco => self.isco(Table::open(file, reader, &ISCO)?),
            Part::Occupations => self.occupations(Table::open(file, reader, &OCCUPATIONS)?),
            Part::Relations => self.relations(Table::open(file, reader, &RELATIONS)?),
        }
    }

    /// The classification, every list in its order, and the rows passed over.
    pub(super) fn finish(mut self) -> (Esco, BTreeMap<&'static str, usize>) {
        let skill_to = order(self.skills.iter().map(|s| s.uri.as_str()));
        let group_to = order(self.groups.iter().map(|g| g.uri.as_str()));
        let moved = |list: &mut Vec<u32>, to: &[u32]| {
            for at in list.iter_mut() {
                *at = to[*at as usize];
            }
            list.sort_unstable();
            list.dedup();
        };
        for skill in &mut self.skills {
            moved(&mut skill.broader, &skill_to);
            moved(&mut skill.groups, &group_to);
            for (at, _) in &mut skill.related {
                *at = skill_to[*at as usize];
            }
            skill.related.sort_unstable();
            skill.related.dedup_by_key(|(at, _)| *at);
        }
        for group in &mut self.groups {
            moved(&mut group.broader, &group_to);
        }
        for occupation in &mut self.occupations {
            moved(&mut occupation.essential, &skill_to);
            moved(&mut occupation.optional, &skill_to);
            let essential = &occupation.essential;
            occupation
                .optional
                .retain(|s| essential.binary_search(s).is_err());
        }
        self.skills.sort_by(|a, b| a.uri.cmp(&b.uri));
        self.groups.sort_by(|a, b| a.uri.cmp(&b.uri));
        self.occupations.sort_by(|a, b| a.code.cmp(&b.code));
        let esco = Esco {
            occupations: self.occupations,
            skills: self.skills,
            groups: self.groups,
            isco: self
                .isco
                .into_iter()
                .map(|(code, label)| IscoGroup { code, label })
                .collect(),
            ..Esco::default()
        };
        (esco, self.skipped)
    }

    fn skip(&mut self, part: Part) {
        *self.skipped.entry(name_of(part)).or_default() += 1;
    }

    fn skills<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            if withdrawn(&row, 6) {
                self.skip(Part::Skills);
                continue;
            }
            let kind = match row.text(2) {
                "knowledge" => SkillKind::Knowledge,
                "skill/competence" | "skill" | "" => SkillKind::Skill,
                _ => {
                    return Err(row.problem(2, "is no sort of skill", "write knowledge or skill/competence"));
                }
            };
            let skill = EscoSkill {
                uri: row.given(0)?.to_owned(),
                label: row.given(1)?.to_owned(),
                alternative_labels: row.listed(3),
                kind,
                reuse: reuse(&row, 4)?,
                description: row.text(5).to_owned(),
                ..EscoSkill::default()
            };
            if self
                .skill_at
                .insert(skill.uri.clone(), place(self.skills.len()))
                .is_some()
            {
                return Err(row.problem(0, "is listed twice", "list each skill once"));
            }
            self.skills.push(skill);
        }
        Ok(())
    }

    fn groups<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let group = SkillGroup {
                uri: row.given(0)?.to_owned(),
                label: row.given(1)?.to_owned(),
                code: row.text(2).to_owned(),
                description: row.text(3).to_owned(),
                broader: Vec::new(),
            };
            if self
                .group_at
                .insert(group.uri.clone(), place(self.groups.len()))
                .is_some()
            {
                return Err(row.problem(0, "is listed twice", "list each group once"));
            }
            self.groups.push(group);
        }
        Ok(())
    }

    /// The hierarchy once more, level by level: it adds what the other files do not hold.
    fn hierarchy<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let mut above: Option<u32> = None;
            for level in 0..4 {
                let (uri, label, code) = (
                    row.text(3 * level),
                    row.text(3 * level + 1),
                    row.text(3 * level + 2),
                );
                if uri.is_empty() {
                    break;
                }
                let next = place(self.groups.len());
                let at = *self.group_at.entry(uri.to_owned()).or_insert(next);
                if at == next {
                    self.groups.push(SkillGroup {
                        uri: uri.to_owned(),
                        label: label.to_owned(),
                        ..SkillGroup::default()
                    });
                }
                let group = &mut self.groups[at as usize];
                if group.code.is_empty() {
                    code.clone_into(&mut group.code);
                }
                group.broader.extend(above.filter(|above| *above != at));
                above = Some(at);
            }
        }
        Ok(())
    }

    fn broader<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let (of, above) = (row.given(0)?, row.given(1)?);
            let skill = self.skill_at.get(of).copied();
            let group = self.group_at.get(of).copied();
            let above_skill = self.skill_at.get(above).copied();
            let above_group = self.group_at.get(above).copied();
            match (skill, group, above_skill, above_group) {
                (Some(at), _, Some(above), _) if at != above => self.skills[at as usize].broader.push(above),
                (Some(at), _, _, Some(above)) => self.skills[at as usize].groups.push(above),
                (_, Some(at), _, Some(above)) if at != above => self.groups[at as usize].broader.push(above),
                _ => self.skip(Part::SkillPillar),
            }
        }
        Ok(())
    }

    fn skill_relations<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let essential = essential(&row, 1)?;
            let (of, to) = (self.skill_at.get(row.given(0)?), self.skill_at.get(row.given(2)?));
            match (of.copied(), to.copied()) {
                (Some(of), Some(to)) if of != to => self.skills[of as usize].related.push((to, essential)),
                _ => self.skip(Part::SkillRelations),
            }
        }
        Ok(())
    }

    fn collection<R: Read>(&mut self, mut table: Table<R>, part: Part) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let reuse = reuse(&row, 1)?;
            // Groups are in collections too; only skills are marked.
            let uri = row.given(0)?;
            let Some(at) = self.skill_at.get(uri).copied() else {
                if !self.group_at.contains_key(uri) {
                    self.skip(part);
                }
                continue;
            };
            let skill = &mut self.skills[at as usize];
            skill.reuse = skill.reuse.or(reuse);
            let Collections {
                language,
                transversal,
                digital,
                green,
            } = &mut skill.collections;
            *(match part {
                Part::Language => language,
                Part::Transversal => transversal,
                Part::Green => green,
                _ => digital,
            }) = true;
        }
        Ok(())
    }

    fn isco<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            self.isco
                .insert(row.given(0)?.to_owned(), row.given(1)?.to_owned());
        }
        Ok(())
    }

    fn occupations<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        let mut codes: HashSet<String> = HashSet::new();
        while let Some(row) = table.row()? {
            if withdrawn(&row, 6) {
                self.skip(Part::Occupations);
                continue;
            }
            let uri = row.given(0)?.to_owned();
            let code = row.given(2)?.to_owned();
            let shaped = code.len() <= 40 && code.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if !shaped || !code.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(row.problem(2, "is not an occupation code", "it should look like 2512.4"));
            }
            if !codes.insert(code.clone()) {
                return Err(row.problem(2, format!("{code} is listed twice"), "list each occupation once"));
            }
            if self
                .occupation_at
                .insert(uri.clone(), place(self.occupations.len()))
                .is_some()
            {
                return Err(row.problem(0, "is listed twice", "list each occupation once"));
            }
            let isco_group = match row.text(3) {
                "" => code.split('.').next().unwrap_or_default().to_owned(),
                group => group.trim_start_matches('C').to_owned(),
            };
            self.occupations.push(EscoOccupation {
                uri,
                code,
                isco_group,
                title: row.given(1)?.to_owned(),
                alternate_titles: row.listed(4),
                description: row.text(5).to_owned(),
                ..EscoOccupation::default()
            });
        }
        Ok(())
    }

    fn relations<R: Read>(&mut self, mut table: Table<R>) -> Result<(), EscoError> {
        while let Some(row) = table.row()? {
            let essential = essential(&row, 1)?;
            let occupation = self.occupation_at.get(row.given(0)?).copied();
            let skill = self.skill_at.get(row.given(2)?).copied();
            match (occupation, skill) {
                (Some(at), Some(skill)) => {
                    let occupation = &mut self.occupations[at as usize];
                    if essential {
                        occupation.essential.push(skill);
                    } else {
                        occupation.optional.push(skill);
                    }
                }
                _ => self.skip(Part::Relations),
            }
        }
        Ok(())
    }
}

/// Where each of a list goes when the list is sorted.
fn order<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let keys: Vec<&str> = keys.collect();
    let mut sorted: Vec<usize> = (0..keys.len()).collect();
    sorted.sort_by_key(|at| keys[*at]);
    let mut to = vec![0; keys.len()];
    for (new, old) in sorted.into_iter().enumerate() {
        to[old] = place(new);
    }
    to
}

/// A concept that the publisher has withdrawn.
fn withdrawn(row: &Row<'_>, column: usize) -> bool {
    matches!(row.text(column), "obsolete" | "replaced" | "deprecated")
}

fn essential(row: &Row<'_>, column: usize) -> Result<bool, EscoError> {
    match row.text(column) {
        "essential" => Ok(true),
        "optional" => Ok(false),
        _ => Err(row.problem(column, "is no sort of relation", "write essential or optional")),
    }
}

fn reuse(row: &Row<'_>, column: usize) -> Result<Option<Reuse>, EscoError> {
    match row.text(column) {
        "" => Ok(None),
        "transversal" => Ok(Some(Reuse::Transversal)),
        "cross-sector" => Ok(Some(Reuse::CrossSector)),
        "sector-specific" => Ok(Some(Reuse::SectorSpecific)),
        "occupation-specific" => Ok(Some(Reuse::OccupationSpecific)),
        _ => Err(row.problem(
            column,
            "is no reuse level",
            "write transversal, cross-sector, sector-specific or occupation-specific",
        )),
    }
}

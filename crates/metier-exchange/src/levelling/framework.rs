//! A role, or tracks, as a framework.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;

use metier_core::canonical::Digest;
use metier_core::framework::{
    Competency, Criterion, Expectation, FORMAT, Framework, Frequency, Kept, Ladder, Layer, Level, Practice,
    Provenance, ProvenanceKind, Retention, Rung, Source, Weight, check,
};
use metier_core::id::{CompetencyId, FamilyId, LevelId, PracticeId, RungId, slug_of};

use super::{Cell, Choices, Levelling, Part, Skill, grain};
use crate::DocumentProblem;
use crate::problem::{nearest, shown};

/// Who judges whether a company's criterion is met, unless somebody says otherwise.
const JUDGE: &str = "your manager";

impl Levelling {
    /// The framework of a role; or of the tracks that are named, together. The same document, choices and
    /// names give the same framework, to the byte: its version is named by its content.
    ///
    /// # Errors
    /// When nothing goes by a name, a role has no levels, or several roles are named at once.
    pub fn framework(&self, names: &[&str], choices: &Choices) -> Result<Framework, DocumentProblem> {
        let parts: Vec<&Part> = names.iter().map(|n| self.part(n)).collect::<Result<_, _>>()?;
        let Some(first) = parts.first() else {
            return Err(DocumentProblem::new(
                "nothing was chosen",
                format!("name one of: {}", self.some_names()),
            ));
        };
        if parts.len() > 1 && !self.tracks {
            return Err(DocumentProblem::new(
                "several roles cannot make one framework",
                "choose one at a time",
            ));
        }
        if let Some(without) = parts.iter().find(|p| !p.usable(self.tracks)) {
            return Err(DocumentProblem::new(
                format!("the document names no level of `{}`", shown(&without.name)),
                "choose another; this one has nothing to aim at",
            ));
        }
        let builder = Builder::new(self, choices, &parts);
        let framework = if self.tracks {
            builder.tracks()
        } else {
            builder.role(first)
        }?;
        match check(&framework).into_iter().next() {
            Some(problem) => Err(DocumentProblem::new(problem.what, "").about(problem.place)),
            None => Ok(framework),
        }
    }

    /// The role or track that goes by a name.
    ///
    /// # Errors
    /// When none does.
    pub fn part(&self, name: &str) -> Result<&Part, DocumentProblem> {
        let wanted = name.trim();
        let same = |p: &&Part| p.name.eq_ignore_ascii_case(wanted);
        self.parts.iter().find(same).ok_or_else(|| {
            let lower: Vec<String> = self.parts.iter().map(|p| p.name.to_lowercase()).collect();
            let known: Vec<&str> = lower.iter().map(String::as_str).collect();
            let meant = nearest(wanted, &known)
                .and_then(|near| self.parts.iter().find(|p| p.name.to_lowercase() == near))
                .map_or_else(String::new, |p| format!("perhaps `{}` is meant; ", p.name));
            DocumentProblem::new(
                format!("the document names no `{}`", shown(wanted)),
                format!("{meant}it names {}", self.some_names()),
            )
        })
    }

    fn some_names(&self) -> String {
        const NAMED: usize = 12;
        let mut names: Vec<String> = self.parts.iter().take(NAMED).map(|p| shown(&p.name)).collect();
        if self.parts.len() > NAMED {
            names.push(format!("{} more", self.parts.len() - NAMED));
        }
        names.join(", ")
    }

    /// The file name without its ending, in words.
    fn stem(&self) -> String {
        let stem = self
            .document
            .rsplit_once('.')
            .map_or(self.document.as_str(), |(s, _)| s);
        stem.replace(['_', '-'], " ").trim().to_owned()
    }
}

struct Builder<'l> {
    levelling: &'l Levelling,
    choices: &'l Choices,
    parts: &'l [&'l Part],
    steps: Vec<String>,
    rungs: Vec<RungId>,
    skills: Vec<&'l Skill>,
    competencies: Vec<CompetencyId>,
}

impl<'l> Builder<'l> {
    fn new(levelling: &'l Levelling, choices: &'l Choices, parts: &'l [&'l Part]) -> Self {
        let mut steps: Vec<String> = Vec::new();
        for step in parts.iter().flat_map(|p| &p.steps) {
            if !steps.contains(step) {
                steps.push(step.clone());
            }
        }
        let skills: Vec<&Skill> = parts.iter().flat_map(|p| &p.skills).collect();
        let rungs = ids(steps.iter(), RungId::new);
        let competencies = ids(skills.iter().map(|s| &s.name), CompetencyId::new);
        Self {
            levelling,
            choices,
            parts,
            steps,
            rungs,
            skills,
            competencies,
        }
    }

    fn role(&self, part: &Part) -> Result<Framework, DocumentProblem> {
        let level_ids = ids(part.levels.iter().map(|l| &l.name), LevelId::new);
        let levels = part
            .levels
            .iter()
            .zip(&level_ids)
            .enumerate()
            .map(|(place, (level, id))| {
                let asked = part.asked.iter().filter(|a| a.level == place);
                let mut expectations: Vec<Expectation> = asked
                    .filter_map(|a| {
                        Some(Expectation {
                            competency: self.competencies.get(a.skill)?.clone(),
                            rung: self.rung(&a.step)?,
                            weight: Weight::Required,
                        })
                    })
                    .collect();
                let order: HashMap<&CompetencyId, usize> = self
                    .competencies
                    .iter()
                    .enumerate()
                    .map(|(i, c)| (c, i))
                    .collect();
                expectations.sort_by_key(|e| order.get(&e.competency).copied());
                Level {
                    id: id.clone(),
                    name: level.name.clone(),
                    summary: level.description.clone(),
                    indicative_years: String::new(),
                    expectations,
                }
            })
            .collect();
        let kept = self.kept(part, &level_ids, 0);
        self.framework(&part.name, &part.name, &part.description, levels, kept)
    }

    /// Each step is a level to aim at: every track of the choice that far.
    fn tracks(&self) -> Result<Framework, DocumentProblem> {
        let level_ids = ids(self.steps.iter(), LevelId::new);
        let levels = self
            .steps
            .iter()
            .zip(level_ids)
            .map(|(step, id)| Level {
                id,
                name: step.clone(),
                summary: String::new(),
                indicative_years: String::new(),
                expectations: self
                    .skills
                    .iter()
                    .zip(&self.competencies)
                    .filter(|(skill, _)| skill.wording.get(step).is_some_and(|w| !w.is_empty()))
                    .filter_map(|(_, competency)| {
                        Some(Expectation {
                            competency: competency.clone(),
                            rung: self.rung(step)?,
                            weight: Weight::Required,
                        })
                    })
                    .collect(),
            })
            .collect();
        let mut kept = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            kept.extend(self.kept(part, &[], place));
        }
        let (title, description) = match self.parts {
            [one] => (one.name.clone(), one.description.as_str()),
            _ if self.choices.publisher.trim().is_empty() => (capital(&self.levelling.stem()), ""),
            _ => (format!("Tracks of {}", self.choices.publisher.trim()), ""),
        };
        self.framework(&title, "", description, levels, kept)
    }

    fn framework(
        &self,
        title: &str,
        practitioner: &str,
        summary: &str,
        levels: Vec<Level>,
        kept: Vec<Kept>,
    ) -> Result<Framework, DocumentProblem> {
        let publisher = self.choices.publisher.trim();
        let owner = if publisher.is_empty() {
            self.levelling.stem()
        } else {
            publisher.to_owned()
        };
        // A family of its own, so that no starter of the same name takes these for its versions.
        let family = id(&format!("{owner} {title}"), FamilyId::new).ok_or_else(|| {
            DocumentProblem::new("no name can be made of the role", "say whose document it is")
        })?;
        let practices = self.practices(title);
        let mut framework = Framework {
            metier_framework: FORMAT,
            family,
            version: String::new(),
            title: title.to_owned(),
            practitioner: practitioner.to_owned(),
            summary: summary.to_owned(),
            needs: Vec::new(),
            note: self.note(),
            credits: Vec::new(),
            competencies: self.competencies(&practices),
            practices: practices.into_iter().map(|(_, practice)| practice).collect(),
            credentials: Vec::new(),
            ladder: self.ladder(),
            levels,
            activities: Vec::new(),
            source: Some(Source {
                document: self.levelling.document.clone(),
                digest: self.levelling.digest,
                publisher: publisher.to_owned(),
                part: if self.parts.len() == 1 {
                    self.parts[0].name.clone()
                } else {
                    String::new()
                },
            }),
            kept,
        };
        // The content names the version: the same file gives the same one on every machine.
        let digest = framework
            .digest()
            .map_err(|e| DocumentProblem::new(e.to_string(), ""))?;
        framework.version = digest.short();
        Ok(framework)
    }

    fn note(&self) -> String {
        let publisher = self.choices.publisher.trim();
        let whose = if publisher.is_empty() {
            String::new()
        } else {
            format!(" of {publisher}")
        };
        format!(
            "Read from “{}”{whose} ({}). What it asks stands in its own words; whether it is met is judged.",
            self.levelling.document,
            self.levelling.digest.short()
        )
    }

    fn rung(&self, step: &str) -> Option<RungId> {
        let place = self.steps.iter().position(|s| s == step)?;
        self.rungs.get(place).cloned()
    }

    fn ladder(&self) -> Ladder {
        let rungs = self
            .steps
            .iter()
            .zip(&self.rungs)
            .enumerate()
            .map(|(place, (step, id))| Rung {
                id: id.clone(),
                name: step.clone(),
                title: step.clone(),
                statement: "As the document describes it for each skill.".into(),
                criterion: Criterion::Judged {
                    at_least: 1,
                    confirmed_by: JUDGE.into(),
                },
                makes_obvious: self.rungs[..place].to_vec(),
                off: false,
            })
            .collect();
        Ladder { rungs }
    }

    /// The groups of skills, by the name they have in the document.
    fn practices(&self, title: &str) -> Vec<(String, Practice)> {
        let mut names: Vec<&String> = Vec::new();
        for skill in &self.skills {
            if !names.contains(&&skill.group) {
                names.push(&skill.group);
            }
        }
        let shown: Vec<String> = names
            .iter()
            .map(|n| {
                if n.is_empty() {
                    title.to_owned()
                } else {
                    (*n).clone()
                }
            })
            .collect();
        let ids = ids(shown.iter(), PracticeId::new);
        names
            .into_iter()
            .zip(shown)
            .zip(ids)
            .map(|((group, name), id)| {
                (
                    group.clone(),
                    Practice {
                        id,
                        name,
                        summary: String::new(),
                    },
                )
            })
            .collect()
    }

    fn competencies(&self, practices: &[(String, Practice)]) -> Vec<Competency> {
        let publisher = self.choices.publisher.trim();
        let document = &self.levelling.document;
        self.skills
            .iter()
            .zip(&self.competencies)
            .filter_map(|(skill, id)| {
                let (_, practice) = practices.iter().find(|(group, _)| *group == skill.group)?;
                let wording = skill
                    .wording
                    .iter()
                    .filter(|(_, w)| !w.is_empty())
                    .filter_map(|(step, w)| Some((self.rung(step)?, w.clone())))
                    .collect();
                Some(Competency {
                    id: id.clone(),
                    practice: practice.id.clone(),
                    name: skill.name.clone(),
                    looks_like: skill.description.clone(),
                    kind: grain::kind(&skill.name, &skill.description),
                    foundation: false,
                    layer: Layer::Profession,
                    provenance: vec![Provenance {
                        kind: ProvenanceKind::Employer,
                        name: if publisher.is_empty() { document } else { publisher }.to_owned(),
                        reference: if publisher.is_empty() {
                            String::new()
                        } else {
                            document.clone()
                        },
                    }],
                    grain: skill.grain,
                    frequency: Frequency::NotCountable,
                    retention: Retention::Mixed,
                    minutes: None,
                    importance: None,
                    needs: Vec::new(),
                    criteria: BTreeMap::new(),
                    wording,
                })
            })
            .collect()
    }

    /// What has no place of its own, said once of the largest thing it is the same for.
    fn kept(&self, part: &Part, levels: &[LevelId], first_skill: usize) -> Vec<Kept> {
        let mut by_heading: Vec<(&String, Vec<(Cell, &String)>)> = Vec::new();
        for (cell, heading, text) in &part.kept {
            match by_heading.iter_mut().find(|(h, _)| *h == heading) {
                Some((_, all)) => all.push((*cell, text)),
                None => by_heading.push((heading, vec![(*cell, text)])),
            }
        }
        let mut kept = Vec::new();
        for (heading, all) in by_heading {
            let always = all.iter().all(|(_, text)| *text == all[0].1);
            let (by_skill, by_level) = (settled_by(&all, |c| c.skill), settled_by(&all, |c| c.level));
            let mut seen = HashSet::new();
            for (cell, text) in all {
                let cell = if always {
                    Cell::default()
                } else if by_skill {
                    Cell { level: None, ..cell }
                } else if by_level {
                    Cell { skill: None, ..cell }
                } else {
                    cell
                };
                let place = self.place(cell, levels, first_skill);
                if seen.insert((place.clone(), text)) {
                    kept.push(Kept {
                        place,
                        name: heading.clone(),
                        text: text.clone(),
                    });
                }
            }
        }
        kept
    }

    fn place(&self, cell: Cell, levels: &[LevelId], first_skill: usize) -> String {
        let level = cell.level.and_then(|l| levels.get(l));
        let skill = cell.skill.and_then(|s| self.competencies.get(first_skill + s));
        match (level, skill) {
            (Some(level), Some(skill)) => format!("levels > {level} > {skill}"),
            (Some(level), None) => format!("levels > {level}"),
            (None, Some(skill)) => format!("competencies > {skill}"),
            (None, None) => String::new(),
        }
    }
}

/// True when the skill alone (or the level alone) settles what is said.
fn settled_by(all: &[(Cell, &String)], by: impl Fn(&Cell) -> Option<usize>) -> bool {
    let mut texts: HashMap<Option<usize>, &String> = HashMap::new();
    all.iter()
        .all(|(cell, text)| *texts.entry(by(cell)).or_insert(text) == *text)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// An id of a name: its slug, or a part of its digest where no letter of it can stand in one.
fn id<I, E>(name: &str, new: impl Fn(String) -> Result<I, E>) -> Option<I> {
    let slug = slug_of(name).unwrap_or_else(|| by_digest(name));
    new(slug).ok()
}

fn by_digest(name: &str) -> String {
    format!("x-{}", Digest::of(name.as_bytes()).short())
}

/// Ids of names, each its own: names whose slugs are the same (C, C++, C#) are told apart by their digests,
/// so that an id does not depend on the order of the document.
fn ids<'n, I: Clone, E>(
    names: impl Iterator<Item = &'n (impl AsRef<str> + Display + ?Sized + 'n)>,
    new: impl Fn(String) -> Result<I, E>,
) -> Vec<I> {
    let names: Vec<&str> = names.map(AsRef::as_ref).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for slug in names.iter().filter_map(|n| slug_of(n)) {
        *counts.entry(slug).or_default() += 1;
    }
    names
        .into_iter()
        .filter_map(|name| {
            let own = match slug_of(name) {
                Some(slug) if counts.get(&slug) == Some(&1) => slug,
                Some(slug) => {
                    let short: String = slug.chars().take(60).collect();
                    format!(
                        "{}-{}",
                        short.trim_end_matches('-'),
                        Digest::of(name.as_bytes()).short()
                    )
                }
                None => by_digest(name),
            };
            new(own).ok()
        })
        .collect()
}

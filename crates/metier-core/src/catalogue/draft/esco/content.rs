//! Practices and competencies of a draft from ESCO.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::Group;
use super::{Kept, enrich, expected};
use crate::catalogue::draft::competencies::{Expected, Said, free_slug};
use crate::catalogue::draft::wording::{longer_name, statement_name};
use crate::catalogue::{Catalogue, Esco, EscoSkill, Match, Occupation, SkillKind};
use crate::framework::{
    Competency, Frequency, Grain, Kind, Layer, Practice, Provenance, ProvenanceKind, Retention,
};
use crate::id::{CompetencyId, PracticeId};

/// Groups of the hierarchy whose skills are done with people, by the beginning of their codes.
const WITH_PEOPLE: [&str; 14] = [
    "S1.0", "S1.1", "S1.2", "S1.3", "S1.4", "S1.5", "S1.6", "S1.7", "S1.8", "S3", "S4.5", "S4.6", "S4.8",
    "T4",
];

/// What a draft holds.
pub(super) struct Content {
    pub(super) practices: Vec<Practice>,
    pub(super) competencies: Vec<Competency>,
    /// By competency, how a level may ask for it.
    pub(super) expected: Vec<(CompetencyId, Expected)>,
    /// Competencies that come of the linked O*NET occupation.
    pub(super) from_onet: usize,
    /// Skills that a task of the linked occupation says in other words.
    pub(super) with_task: usize,
}

/// A draft being put together.
struct Building<'a> {
    esco: &'a Esco,
    practice_ids: BTreeSet<String>,
    competency_ids: BTreeSet<String>,
    names: BTreeSet<String>,
    content: Content,
}

/// Practices and competencies from the groups of skills, and from the linked O*NET occupation.
pub(super) fn content(
    catalogue: &Catalogue,
    esco: &Esco,
    linked: Option<(&Occupation, Match)>,
    groups: &[Group],
) -> Content {
    let mut building = Building {
        esco,
        practice_ids: BTreeSet::new(),
        competency_ids: BTreeSet::new(),
        names: BTreeSet::new(),
        content: Content {
            practices: Vec::new(),
            competencies: Vec::new(),
            expected: Vec::new(),
            from_onet: 0,
            with_task: 0,
        },
    };
    let heavy = heavy(groups);
    let mut tasks = linked.map(|(onet, _)| enrich::Tasks::of(onet));
    let mut added = linked.map_or_else(Vec::new, |(onet, _)| enrich::added(catalogue, onet));
    // Knowledge stands last; of several groups of it, the one nearest to the top is the field as a whole.
    let field = (0..groups.len())
        .rev()
        .min_by_key(|&at| (!knowledge(esco, &groups[at]), groups[at].way.len()));
    for (at, group) in groups.iter().enumerate() {
        let field = field == Some(at);
        let Some(practice) = building.practice(group, field && !added.is_empty()) else {
            continue;
        };
        for kept in &group.skills {
            building.skill(
                &practice,
                group,
                *kept,
                heavy.contains(&kept.skill),
                tasks.as_mut(),
            );
        }
        if field && let Some((onet, _)) = linked {
            for (said, expected) in added.drain(..) {
                let source = Provenance {
                    kind: ProvenanceKind::Onet,
                    name: catalogue.source.clone(),
                    reference: format!("{} {}", onet.code, said.reference),
                };
                building.add(&practice, said, source, expected);
                building.content.from_onet += 1;
            }
        }
    }
    building.content
}

/// The weightiest third of the essential skills.
fn heavy(groups: &[Group]) -> BTreeSet<u32> {
    let mut essential: Vec<Kept> = groups
        .iter()
        .flat_map(|g| &g.skills)
        .filter(|k| k.essential)
        .copied()
        .collect();
    essential.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.skill.cmp(&b.skill)));
    essential.truncate(essential.len().div_ceil(3));
    essential.into_iter().map(|k| k.skill).collect()
}

impl Building<'_> {
    fn practice(&mut self, group: &Group, with_tools: bool) -> Option<PracticeId> {
        let name = practice_name(self.esco, group, with_tools);
        let id = PracticeId::new(free_slug(&mut self.practice_ids, &name, "practice")).ok()?;
        self.content.practices.push(Practice {
            id: id.clone(),
            name,
            summary: summary(self.esco, group),
        });
        Some(id)
    }

    fn skill(
        &mut self,
        practice: &PracticeId,
        group: &Group,
        kept: Kept,
        heavy: bool,
        tasks: Option<&mut enrich::Tasks<'_>>,
    ) {
        let esco = self.esco;
        let Some(skill) = esco.skills.get(kept.skill as usize) else {
            return;
        };
        let done = skill.kind == SkillKind::Skill && !skill.collections.transversal;
        let mut looks_like = one_line(&skill.description);
        if let Some(task) = tasks.and_then(|t| t.like(&skill.label)) {
            let before = if looks_like.is_empty() { "" } else { " " };
            looks_like += &format!("{before}For instance: {task}");
            self.content.with_task += 1;
        }
        let said = Said {
            name: statement_name(&capital(&skill.label)),
            looks_like,
            kind: kind(esco, skill, group),
            reference: String::new(),
            frequency: if done {
                Frequency::Weekly
            } else {
                Frequency::NotCountable
            },
            foundation: skill.kind == SkillKind::Knowledge && kept.essential,
            importance: None,
        };
        let source = Provenance {
            kind: ProvenanceKind::Esco,
            name: esco.source.clone(),
            reference: skill.uri.clone(),
        };
        self.add(practice, said, source, expected(kept, heavy));
    }

    fn add(&mut self, practice: &PracticeId, said: Said, source: Provenance, expected: Expected) {
        let taken = !self.names.insert(said.name.to_lowercase());
        let name = if taken && !said.looks_like.is_empty() {
            longer_name(&said.looks_like)
        } else {
            said.name
        };
        let Ok(id) = CompetencyId::new(free_slug(&mut self.competency_ids, &name, "competency")) else {
            return;
        };
        self.content.expected.push((id.clone(), expected));
        self.content.competencies.push(Competency {
            id,
            practice: practice.clone(),
            name,
            looks_like: said.looks_like,
            kind: said.kind,
            foundation: said.foundation,
            layer: Layer::Profession,
            provenance: vec![source],
            grain: if said.frequency == Frequency::Weekly {
                Grain::Task
            } else {
                Grain::Area
            },
            frequency: said.frequency,
            retention: Retention::Mixed,
            minutes: None,
            importance: said.importance,
            needs: Vec::new(),
            criteria: BTreeMap::new(),
            wording: BTreeMap::new(),
        });
    }
}

/// Knowledge as such; skills in groups of work with people, and languages, are interpersonal.
fn kind(esco: &Esco, skill: &EscoSkill, group: &Group) -> Kind {
    if skill.kind == SkillKind::Knowledge {
        return Kind::Knowledge;
    }
    let code_of = |at: &u32| esco.groups.get(*at as usize).map_or("", |g| g.code.as_str());
    let below = |code: &str| {
        WITH_PEOPLE.iter().any(|w| {
            code.strip_prefix(w)
                .is_some_and(|r| r.is_empty() || r.starts_with('.'))
        })
    };
    let with_people = skill.groups.iter().chain(&group.way).map(code_of).any(below);
    if with_people || skill.collections.language {
        Kind::Interpersonal
    } else {
        Kind::Technical
    }
}

/// The groups that name practices most often, as a person would say them, in the voice of the skills.
const PLAIN_NAMES: [(&str, &str); 11] = [
    ("S1", "Communicate, collaborate and create"),
    ("S2", "Work with information"),
    ("S3", "Assist and care for others"),
    ("S4", "Manage and organise"),
    ("S5", "Work with computers"),
    ("S6", "Handle and move things"),
    ("S7", "Construct and build"),
    ("S8", "Work with machinery and special equipment"),
    ("T", "Think, learn and work with others"),
    ("L", "Use languages"),
    ("K", "Know the field"),
];

/// True of the groups below "knowledge".
fn knowledge(esco: &Esco, group: &Group) -> bool {
    group
        .way
        .first()
        .and_then(|at| esco.groups.get(*at as usize))
        .is_some_and(|top| top.code == "K")
}

/// The name of a practice: a plain one in English, else the group's own.
fn practice_name(esco: &Esco, group: &Group, with_tools: bool) -> String {
    let Some(known) = group.way.last().and_then(|at| esco.groups.get(*at as usize)) else {
        return "Do the work".into();
    };
    let english = esco.language == "en";
    let plain = PLAIN_NAMES
        .iter()
        .find(|(code, _)| english && *code == known.code)
        .map(|(_, plain)| (*plain).to_owned());
    let knowledge = knowledge(esco, group);
    let label = known.label.replace(" (icts)", "");
    let name = match plain {
        Some(plain) => plain,
        None if english && knowledge => statement_name(&format!("Know {label}")),
        None => statement_name(&capital(&label)),
    };
    match (english && with_tools, name.as_str()) {
        (true, "Know the field") => "Know the field and its tools".into(),
        _ => name,
    }
}

/// Where in the hierarchy a practice stands.
fn summary(esco: &Esco, group: &Group) -> String {
    let label = |at: &u32| esco.groups.get(*at as usize).map(|g| g.label.as_str());
    let mut said = match group.way.split_last() {
        None => return "Skills that no group of the hierarchy holds.".into(),
        Some((last, above)) => {
            let mut said = format!("Skill group \"{}\"", label(last).unwrap_or_default());
            if let Some(above) = above.last().and_then(label) {
                said += &format!(", part of \"{above}\"");
            }
            said
        }
    };
    let folded: Vec<String> = group
        .folded
        .iter()
        .filter_map(label)
        .map(|l| format!("\"{l}\""))
        .collect();
    if !folded.is_empty() {
        said += &format!("; with {}", folded.join(", "));
    }
    said + "."
}

/// The text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The text with its breaks and runs of blanks as single blanks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

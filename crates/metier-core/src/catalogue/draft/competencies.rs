//! Practices and competencies of a draft.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::{Group, nearness};
use super::task_weight;
use super::technology::technologies;
use super::wording::{longer_name, practice_name, sentence_case, statement_name};
use crate::catalogue::{Catalogue, Occupation, Rated};
use crate::framework::{
    Competency, Frequency, Grain, Kind, Layer, Practice, Provenance, ProvenanceKind, Retention,
};
use crate::id::{CompetencyId, PracticeId, slug_of};

/// Tasks of one practice at most.
const TASKS_PER_PRACTICE: usize = 6;
/// Tasks of one draft at most.
const TASKS: usize = 38;
/// Skills, and knowledge areas, at most.
const RATED: usize = 6;
/// Importance from which a skill or a knowledge area is taken, of 5.
const IMPORTANT: f64 = 3.5;

/// What a draft holds, and what it left out.
pub(super) struct Content {
    pub(super) practices: Vec<Practice>,
    pub(super) competencies: Vec<Competency>,
    /// By competency, how a level may ask for it.
    pub(super) expected: Vec<(CompetencyId, Expected)>,
    /// Practices that come of work activities.
    pub(super) from_activities: usize,
    pub(super) tasks_left_out: usize,
    pub(super) rated_left_out: usize,
}

/// What the data say about how much a competency is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Expected {
    /// A core task; `heavy` when it is among the weightiest third.
    Core { heavy: bool },
    /// A supplemental task.
    Supplemental,
    /// A skill or knowledge area of this importance, 1 to 5.
    Rated(f64),
    /// A sort of technology.
    Technology,
}

/// Practices and competencies from the groups of tasks and what else is known of the occupation.
pub(super) fn content(catalogue: &Catalogue, occupation: &Occupation, groups: &[Group]) -> Content {
    let mut building = Building {
        catalogue,
        occupation,
        practice_ids: BTreeSet::new(),
        competency_ids: BTreeSet::new(),
        names: BTreeSet::new(),
        by_practice: Vec::new(),
        rated_left_out: 0,
    };
    let kept = kept_tasks(occupation, groups);
    let heavy = heavy_tasks(occupation);
    for group in groups {
        building.practice_of(group, &kept, &heavy);
    }
    let from_activities = building.by_practice.len();
    building.field();
    building.skills(groups);
    building.by_practice.retain(|p| !p.competencies.is_empty());

    let mut content = Content {
        practices: Vec::new(),
        competencies: Vec::new(),
        expected: Vec::new(),
        from_activities,
        tasks_left_out: occupation.tasks.len() - kept.len(),
        rated_left_out: building.rated_left_out,
    };
    for practice in building.by_practice {
        content.practices.push(practice.practice);
        for (competency, expected) in practice.competencies {
            content.expected.push((competency.id.clone(), expected));
            content.competencies.push(competency);
        }
    }
    content
}

/// The tasks that become competencies: the heaviest of each group, and not more than one looks over.
fn kept_tasks(occupation: &Occupation, groups: &[Group]) -> BTreeSet<usize> {
    let mut kept: Vec<(usize, usize)> = groups
        .iter()
        .flat_map(|g| g.tasks.iter().take(TASKS_PER_PRACTICE).copied().enumerate())
        .collect();
    // The first three of every practice stay; beyond them the heavier tasks go first.
    kept.sort_by(|(a_rank, a), (b_rank, b)| {
        (*a_rank >= 3).cmp(&(*b_rank >= 3)).then_with(|| {
            let weight = |t: usize| task_weight(occupation, &occupation.tasks[t]);
            weight(*b).total_cmp(&weight(*a)).then(a.cmp(b))
        })
    });
    kept.into_iter().take(TASKS).map(|(_, task)| task).collect()
}

/// The weightiest third of the tasks.
fn heavy_tasks(occupation: &Occupation) -> BTreeSet<usize> {
    let weight = |t: usize| task_weight(occupation, &occupation.tasks[t]);
    let mut order: Vec<usize> = (0..occupation.tasks.len()).collect();
    order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    order.truncate(occupation.tasks.len().div_ceil(3));
    order.into_iter().collect()
}

/// True when the release says what is core; where it says nothing, every task counts as core.
fn classified(occupation: &Occupation) -> bool {
    occupation.tasks.iter().any(|t| t.core.is_some())
}

struct PracticeDraft {
    practice: Practice,
    competencies: Vec<(Competency, Expected)>,
}

struct Building<'a> {
    catalogue: &'a Catalogue,
    occupation: &'a Occupation,
    practice_ids: BTreeSet<String>,
    competency_ids: BTreeSet<String>,
    names: BTreeSet<String>,
    by_practice: Vec<PracticeDraft>,
    rated_left_out: usize,
}

impl Building<'_> {
    fn start_practice(&mut self, name: String, summary: String) -> Option<PracticeId> {
        let id = PracticeId::new(free_slug(&mut self.practice_ids, &name, "practice")).ok()?;
        self.by_practice.push(PracticeDraft {
            practice: Practice {
                id: id.clone(),
                name,
                summary,
            },
            competencies: Vec::new(),
        });
        Some(id)
    }

    /// Adds a competency to the practice at this place; a name already taken becomes a longer one.
    fn add(&mut self, at: usize, said: Said, expected: Expected) {
        let taken = !self.names.insert(said.name.to_lowercase());
        let name = if taken {
            longer_name(&said.looks_like)
        } else {
            said.name
        };
        let Ok(id) = CompetencyId::new(free_slug(&mut self.competency_ids, &name, "competency")) else {
            return;
        };
        let practice = &mut self.by_practice[at];
        practice.competencies.push((
            Competency {
                id,
                practice: practice.practice.id.clone(),
                name,
                looks_like: said.looks_like,
                kind: said.kind,
                foundation: said.foundation,
                layer: Layer::Profession,
                provenance: vec![Provenance {
                    kind: ProvenanceKind::Onet,
                    name: self.catalogue.source.clone(),
                    reference: format!("{} {}", self.occupation.code, said.reference),
                }],
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
            },
            expected,
        ));
    }

    fn practice_of(&mut self, group: &Group, kept: &BTreeSet<usize>, heavy: &BTreeSet<usize>) {
        let (name, summary) = described(self.catalogue, self.occupation, group);
        let Some(_) = self.start_practice(name, summary) else {
            return;
        };
        let at = self.by_practice.len() - 1;
        let with_people = ["4.A.4.a", "4.A.4.b"]
            .iter()
            .any(|p| group.activity.starts_with(p));
        let occupation = self.occupation;
        let all_core = !classified(occupation);
        for &task_at in group.tasks.iter().filter(|t| kept.contains(t)) {
            let task = &occupation.tasks[task_at];
            let expected = if task.core == Some(true) || all_core {
                Expected::Core {
                    heavy: heavy.contains(&task_at),
                }
            } else {
                Expected::Supplemental
            };
            let said = Said {
                name: statement_name(&task.text),
                looks_like: task.text.clone(),
                kind: if with_people {
                    Kind::Interpersonal
                } else {
                    Kind::Technical
                },
                reference: format!("task {}", task.id),
                frequency: Frequency::Weekly,
                foundation: false,
                importance: None,
            };
            self.add(at, said, expected);
        }
    }

    /// The practice of knowing the field: its knowledge areas and the technology used in it.
    fn field(&mut self) {
        let knowledge = self.important(&self.occupation.knowledge);
        let technology = technologies(self.occupation);
        let (name, summary) = match (knowledge.is_empty(), technology.is_empty()) {
            (true, true) => return,
            (false, true) => ("Know the field", "What one has to know to do the rest well."),
            (true, false) => ("Know the tools", "The technology that people in it use."),
            (false, false) => (
                "Know the field and its tools",
                "What one has to know to do the rest well, and the technology that people in it use.",
            ),
        };
        if self.start_practice(name.into(), summary.into()).is_none() {
            return;
        }
        let at = self.by_practice.len() - 1;
        for rated in knowledge {
            let said = self.rated(&rated, Kind::Knowledge);
            self.add(at, said, Expected::Rated(rated.importance));
        }
        for said in technology {
            self.add(at, said, Expected::Technology);
        }
    }

    /// Each important skill joins the practice whose work activities it serves.
    fn skills(&mut self, groups: &[Group]) {
        let last = self.by_practice.len().saturating_sub(1);
        for rated in self.important(&self.occupation.skills) {
            let serves = self.catalogue.skill_serves.get(&rated.element);
            let at = (0..groups.len())
                .filter(|&g| serves.is_some_and(|all| all.iter().any(|general| groups[g].holds(general))))
                .min_by_key(|&g| (self.by_practice[g].competencies.len(), g))
                .unwrap_or(last);
            let said = self.rated(&rated, kind_of_skill(&rated.element));
            self.add(at, said, Expected::Rated(rated.importance));
        }
    }

    /// The rated elements that matter, those first that matter more here than elsewhere: reading matters
    /// in every occupation, and says little about this one.
    fn important(&mut self, rated: &[Rated]) -> Vec<Rated> {
        let usual = |element: &str| {
            self.catalogue
                .elements
                .get(element)
                .and_then(|e| e.usual)
                .unwrap_or(0.0)
        };
        let mut found: Vec<(f64, &Rated)> = rated
            .iter()
            .filter(|r| r.importance >= IMPORTANT)
            .map(|r| (r.importance - usual(&r.element), r))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.element.cmp(&b.1.element)));
        let left_out = found.len().saturating_sub(RATED);
        let taken = found.into_iter().take(RATED).map(|(_, r)| r.clone()).collect();
        self.rated_left_out += left_out;
        taken
    }

    fn rated(&self, rated: &Rated, kind: Kind) -> Said {
        let meaning = self
            .catalogue
            .elements
            .get(&rated.element)
            .map(|e| e.description.trim())
            .filter(|d| !d.is_empty())
            .map(|d| format!("{d} "))
            .unwrap_or_default();
        let level = rated
            .level
            .map(|level| format!(", and level {level:.1} of 7 is needed"))
            .unwrap_or_default();
        Said {
            name: sentence_case(&rated.name),
            looks_like: format!(
                "{meaning}Rated {:.1} of 5 in importance{level}.",
                rated.importance
            ),
            kind,
            reference: format!("element {}", rated.element),
            frequency: Frequency::NotCountable,
            foundation: true,
            importance: Some(rated.importance),
        }
    }
}

/// What is said of a competency before it has an id.
pub(super) struct Said {
    pub(super) name: String,
    pub(super) looks_like: String,
    pub(super) kind: Kind,
    /// Where in the release.
    pub(super) reference: String,
    pub(super) frequency: Frequency,
    pub(super) foundation: bool,
    pub(super) importance: Option<f64>,
}

/// Name and summary of a group's practice.
fn described(catalogue: &Catalogue, occupation: &Occupation, group: &Group) -> (String, String) {
    let general_name = |id: &str| catalogue.elements.get(id).map(|e| e.name.clone());
    let intermediate = || {
        let above = occupation.tasks.iter().flat_map(|t| &t.activities);
        let activity = above
            .filter_map(|id| catalogue.activities.get(id))
            .find(|a| a.intermediate == group.activity)?;
        let title = activity.intermediate_title.trim_end_matches('.').to_owned();
        Some((title, general_name(&activity.general)))
    };
    if group.activity.is_empty() {
        return (
            "Do the work".into(),
            "Tasks that no work activity is named for.".into(),
        );
    }
    let (title, below) = match general_name(&group.activity) {
        Some(title) => (title, None),
        None => intermediate().unwrap_or_else(|| (group.activity.clone(), None)),
    };
    let mut summary = vec![format!("Work activity \"{title}\"")];
    if let Some(general) = below {
        summary.push(format!(", part of \"{general}\""));
    }
    let mut folded: Vec<(usize, String)> = group
        .folded
        .iter()
        .filter_map(|id| Some((nearness(id, &group.activity), general_name(id)?)))
        .collect();
    folded.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    if !folded.is_empty() {
        let names: Vec<String> = folded
            .into_iter()
            .map(|(_, name)| format!("\"{name}\""))
            .collect();
        summary.push(format!("; with {}", names.join(", ")));
    }
    summary.push(".".into());
    (practice_name(&group.activity, &title), summary.concat())
}

/// Skills done with people are interpersonal: the social ones, listening, speaking, managing people.
pub(super) fn kind_of_skill(element: &str) -> Kind {
    let with_people = element.starts_with("2.B.1.") || ["2.A.1.b", "2.A.1.d", "2.B.5.d"].contains(&element);
    if with_people {
        Kind::Interpersonal
    } else {
        Kind::Technical
    }
}

/// A slug of the name that is not taken yet.
pub(super) fn free_slug(taken: &mut BTreeSet<String>, name: &str, otherwise: &str) -> String {
    let base = slug_of(name).unwrap_or_else(|| otherwise.to_owned());
    let mut slug = base.clone();
    let mut number = 1_usize;
    while taken.contains(&slug) {
        number += 1;
        // Room for the number within the longest slug.
        let mut stem = base.clone();
        stem.truncate(72);
        slug = format!("{}-{number}", stem.trim_end_matches('-'));
    }
    taken.insert(slug.clone());
    slug
}

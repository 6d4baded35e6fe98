//! What can be looked for in postings: the catalogue's skills and technologies, and the person's own
//! competencies.
//!
//! The index is built when a publication is imported and kept in a file beside the catalogue; own
//! competencies change, so they are added when it is opened.

use std::collections::BTreeMap;
use std::path::Path;

use metier_core::catalogue::{Catalogue, Esco, EscoSkill, SkillKind};
use metier_core::framework::{Framework, Kind as CompetencyKind};
use metier_market::concept::{
    Concept, ConceptId, ConceptIndex, Concepts, Name, Related, Relation, Scheme, Sort, TechnologyFacts,
    Trust, same_names,
};
use metier_market::dictionary::{Rule, vetted, with_short_forms};
use serde::Serialize;

use super::trained::trained;
use crate::error::{AppError, Kind};
use crate::home::Metier;
use crate::surroundings::Surroundings;

/// The index's file name in a home.
pub const CONCEPTS_FILE: &str = "concepts.bin";

/// The concepts of a catalogue: ESCO's skills, then O*NET's technologies, with their relations. Which names
/// may be looked for in texts is not decided here: every other name is for searching only, until a rule is
/// applied by [`Concepts::with_trust`].
pub fn concepts_of(catalogue: &Catalogue) -> Concepts {
    let mut all: Vec<Concept> = Vec::new();
    let mut related: Vec<Relation> = Vec::new();
    if let Some(esco) = &catalogue.esco {
        all.extend(esco.skills.iter().map(|skill| of_skill(esco, skill)));
        related = between_skills(esco);
    }
    let mut technology: BTreeMap<ConceptId, TechnologyFacts> = BTreeMap::new();
    for (name, facts) in technologies(catalogue) {
        technology.insert(ConceptId(kept(all.len())), facts.clone());
        all.push(Concept {
            scheme: Scheme::OnetTechnology,
            key: name.to_owned(),
            sort: Sort::Technology,
            label: name.to_owned(),
            names: Vec::new(),
            description: facts.category,
            broader: Vec::new(),
        });
    }
    let concepts = Concepts::new(all).with_technology(technology);
    related.extend(same_names(&concepts));
    concepts.with_related(related)
}

/// The index of a catalogue's concepts, with short forms of their names added and every name vetted by the
/// stated rule. Where a rule was learnt, it is applied when postings are read ([`market_concepts`]), so that
/// training and importing may come in either order.
pub(crate) fn index_of(catalogue: &Catalogue) -> ConceptIndex {
    let concepts = concepts_of(catalogue);
    ConceptIndex::build(concepts.with_trust(|all| vetted(&with_short_forms(all), &Rule::default())))
}

/// The competencies of a framework as concepts.
pub fn own_concepts(framework: &Framework) -> Vec<Concept> {
    framework
        .competencies
        .iter()
        .map(|competency| Concept {
            scheme: Scheme::Own,
            key: format!("{}/{}", framework.family, competency.id),
            sort: match competency.kind {
                CompetencyKind::Knowledge => Sort::Knowledge,
                CompetencyKind::Technical | CompetencyKind::Interpersonal => Sort::Skill,
            },
            label: competency.name.clone(),
            names: Vec::new(),
            description: competency.looks_like.clone(),
            broader: Vec::new(),
        })
        .collect()
}

/// The home's index of concepts, without own competencies; `None` when no publication was imported.
///
/// # Errors
/// When its file is damaged or of another version.
pub fn concept_index(home: &Path) -> Result<Option<ConceptIndex>, AppError> {
    let bytes = match std::fs::read(home.join(CONCEPTS_FILE)) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            return Err(AppError::new(
                Kind::Machine,
                format!("the concepts cannot be read: {e}"),
            ));
        }
    };
    ConceptIndex::from_bytes(&bytes).map(Some).map_err(|e| {
        AppError::new(Kind::Damaged, e.to_string())
            .hint("Import a publication again: `metier catalog import FILE`.")
    })
}

impl Metier {
    /// The home's index of concepts with the competencies of the framework one works with.
    ///
    /// # Errors
    /// When the store or the file is damaged.
    pub async fn concept_index(&self) -> Result<ConceptIndex, AppError> {
        let index = concept_index(self.home())?.unwrap_or_else(|| ConceptIndex::build(Concepts::default()));
        let life = self.life().await?;
        let own = life.current().map(|v| own_concepts(&v.framework));
        Ok(index.with_own(own.unwrap_or_default()))
    }
}

/// What is looked for in postings: the home's index with the competencies of the framework one works with,
/// if anything was started there; its names vetted by the learnt rule, if one was.
///
/// # Errors
/// When the store, the index or what was trained is damaged, or there is no name at all.
pub async fn market_concepts(home: &Path, surroundings: &Surroundings) -> Result<Concepts, AppError> {
    let index = concept_index(home)?;
    let concepts = index.map_or_else(Concepts::default, |index| index.concepts().clone());
    let mut own = Vec::new();
    if Metier::exists(home) {
        let metier = Metier::open(home, surroundings.clone()).await?;
        let life = metier.life().await;
        metier.close().await;
        own = life?
            .current()
            .map_or_else(Vec::new, |v| own_concepts(&v.framework));
    }
    if concepts.is_empty() && own.is_empty() {
        return Err(AppError::not_ready("there are no names to look for in postings")
            .hint("Start on a profession (`metier start`), or `metier catalog import FILE.zip`."));
    }
    let names = trained(home)?.map(|trained| trained.names()).transpose();
    let names = names.map_err(|e| AppError::new(Kind::Damaged, e.to_string()))?;
    let concepts = match names.flatten() {
        Some(names) => concepts.with_trust(|all| vetted(all, &names.rule)),
        None => concepts,
    };
    Ok(concepts.with_more(own))
}

/// A concept found, with where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Its preferred name.
    pub label: String,
    /// Where it comes from.
    pub scheme: Scheme,
    /// Its key there: a URI, a name, `framework/competency`.
    pub key: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// The name that matched; absent: its label did.
    pub matched: Option<String>,
    /// What it means; may be empty.
    pub description: String,
    /// Asked for often in adverts of all occupations, as its publisher says.
    pub hot: bool,
    /// What is of the same name in the other classification.
    pub same_name: Vec<String>,
}

impl Found {
    /// Where it comes from, in a word.
    pub fn source(&self) -> &'static str {
        match self.scheme {
            Scheme::Own => "Own",
            Scheme::OnetTechnology => "O*NET",
            Scheme::Esco => "ESCO",
        }
    }
}

/// Concepts by what they are called, best first.
pub fn find_concepts(index: &ConceptIndex, query: &str, limit: usize) -> Vec<Found> {
    let concepts = index.concepts();
    index
        .search(query, limit)
        .into_iter()
        .filter_map(|hit| {
            let concept = concepts.get(hit.concept)?;
            let same = concepts
                .related(hit.concept)
                .iter()
                .filter(|r| r.sort == Related::SameName);
            Some(Found {
                label: concept.label.clone(),
                scheme: concept.scheme,
                key: concept.key.clone(),
                sort: concept.sort,
                // A label that is not trusted wherever it stands is among the names too.
                matched: hit.matched.filter(|name| *name != concept.label),
                description: concept.description.clone(),
                hot: concepts.technology(hit.concept).is_some_and(|t| t.hot),
                same_name: same
                    .filter_map(|r| concepts.get(r.to).map(|c| c.label.clone()))
                    .collect(),
            })
        })
        .collect()
}

/// A place as it is kept: an index has far fewer than 2^32 concepts.
fn kept(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A skill with the same place among the concepts as in the classification.
fn of_skill(esco: &Esco, skill: &EscoSkill) -> Concept {
    let names = skill.alternative_labels.iter().map(|text| Name {
        text: text.clone(),
        trust: Trust::SearchOnly,
    });
    Concept {
        scheme: Scheme::Esco,
        key: skill.uri.clone(),
        sort: sort_of(esco, skill),
        label: skill.label.clone(),
        names: names.collect(),
        description: skill.description.clone(),
        broader: skill.broader.iter().copied().map(ConceptId).collect(),
    }
}

/// Languages by their collection; manners of working by the groups of self-management and of social skills.
fn sort_of(esco: &Esco, skill: &EscoSkill) -> Sort {
    let manner = |at: &u32| {
        let code = esco.groups.get(*at as usize).map_or("", |g| g.code.as_str());
        code.starts_with("T3") || code.starts_with("T4")
    };
    if skill.collections.language {
        Sort::Language
    } else if skill.kind == SkillKind::Knowledge {
        Sort::Knowledge
    } else if skill.groups.iter().any(manner) {
        Sort::Attitude
    } else {
        Sort::Skill
    }
}

fn between_skills(esco: &Esco) -> Vec<Relation> {
    let from = |(at, skill): (usize, &EscoSkill)| {
        let from = ConceptId(kept(at));
        let relation = move |(to, essential): &(u32, bool)| Relation {
            from,
            to: ConceptId(*to),
            sort: if *essential {
                Related::Essential
            } else {
                Related::Optional
            },
        };
        skill.related.iter().map(relation).collect::<Vec<_>>()
    };
    esco.skills.iter().enumerate().flat_map(from).collect()
}

/// Technologies by name, each with the category it stands in most often.
fn technologies(catalogue: &Catalogue) -> BTreeMap<&str, TechnologyFacts> {
    let mut named: BTreeMap<&str, (BTreeMap<&str, u32>, bool, u32)> = BTreeMap::new();
    for technology in catalogue.occupations.iter().flat_map(|o| &o.technology) {
        let (categories, hot, occupations) = named.entry(&technology.name).or_default();
        *categories.entry(&technology.category).or_default() += 1;
        *hot |= technology.hot;
        *occupations += 1;
    }
    named
        .into_iter()
        .map(|(name, (categories, hot, occupations))| {
            // Of equals the first by name.
            let most = categories
                .iter()
                .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
            let category = most.map_or("", |(name, _)| name).to_owned();
            let facts = TechnologyFacts {
                category,
                hot,
                occupations,
            };
            (name, facts)
        })
        .collect()
}

#[cfg(test)]
mod tests;

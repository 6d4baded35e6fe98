//! The names that are looked for: a person's own competencies, and technology of the catalogue.

use std::collections::BTreeMap;
use std::path::Path;

use metier_core::catalogue::Catalogue;
use metier_core::framework::Framework;
use metier_market::concept::{Concept, Concepts, Scheme, Sort};

use crate::error::AppError;
use crate::home::Metier;
use crate::occupations::catalogue;

impl Metier {
    /// The names that are looked for in postings: the competencies of the framework aimed at, and the
    /// technology of the home's catalogue where one was imported.
    ///
    /// # Errors
    /// When the store or the catalogue is damaged, or there is no name at all.
    pub async fn market_concepts(&self) -> Result<Concepts, AppError> {
        let life = self.life().await?;
        market_concepts_of(self.home(), life.current().map(|v| v.framework.as_ref()))
    }
}

/// The names of a home; of nobody in particular where nothing was started in it.
///
/// # Errors
/// As [`Metier::market_concepts`].
pub async fn market_concepts(
    home: &Path,
    surroundings: &crate::surroundings::Surroundings,
) -> Result<Concepts, AppError> {
    if !Metier::exists(home) {
        return market_concepts_of(home, None);
    }
    let metier = Metier::open(home, surroundings.clone()).await?;
    let concepts = metier.market_concepts().await;
    metier.close().await;
    concepts
}

/// The names of a home and of this framework.
///
/// # Errors
/// As [`Metier::market_concepts`].
pub fn market_concepts_of(home: &Path, framework: Option<&Framework>) -> Result<Concepts, AppError> {
    let mut all: Vec<Concept> = framework.map_or_else(Vec::new, own);
    all.extend(catalogue(home)?.as_ref().map_or_else(Vec::new, technology));
    if all.is_empty() {
        return Err(AppError::not_ready("there are no names to look for in postings")
            .hint("Start on a profession (`metier start`), or `metier catalog import FILE.zip`."));
    }
    Ok(Concepts::new(all))
}

fn own(framework: &Framework) -> Vec<Concept> {
    let concept = |c: &metier_core::framework::Competency| Concept {
        scheme: Scheme::Own,
        key: format!("{}/{}", framework.family, c.id),
        sort: Sort::Skill,
        label: c.name.clone(),
        names: Vec::new(),
        description: c.looks_like.clone(),
        broader: Vec::new(),
    };
    framework.competencies.iter().map(concept).collect()
}

fn technology(catalogue: &Catalogue) -> Vec<Concept> {
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    // A name of one or two letters (R, Go) stands for other things far more often: without what stands
    // around it, nothing can be said of it.
    let telling = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let all = catalogue.occupations.iter().flat_map(|o| &o.technology);
    for technology in all.filter(|t| telling(&t.name)) {
        named.entry(&technology.name).or_insert(&technology.category);
    }
    named
        .into_iter()
        .map(|(name, category)| Concept {
            scheme: Scheme::OnetTechnology,
            key: name.to_owned(),
            sort: Sort::Technology,
            label: name.to_owned(),
            names: Vec::new(),
            description: category.to_owned(),
            broader: Vec::new(),
        })
        .collect()
}

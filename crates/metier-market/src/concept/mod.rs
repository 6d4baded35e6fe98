//! Concepts: what can be asked for, by every name it goes by.
//!
//! One index joins a person's own competencies with public classifications. Which names are trusted is
//! decided when the index is made ([`Name::trust`]), not when a text is read.
//!
//! [`Concepts`] are the list, [`ConceptIndex`] is the list with a search over its names, as it is kept in a
//! file beside the catalogue.

mod file;
mod index;
mod relation;
mod search;

use std::collections::BTreeMap;

pub use file::ConceptFileError;
pub use index::ConceptIndex;
pub use relation::{Related, Relation, same_names};
pub use search::{ConceptHit, QUERY_MAX};

use serde::{Deserialize, Serialize};

/// A concept's place in its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConceptId(pub u32);

/// Where a concept comes from. Earlier ones win when two concepts share a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// A framework the person works with: the key is `framework/competency`.
    Own,
    /// A technology of O*NET: the key is its name.
    OnetTechnology,
    /// A skill or knowledge of ESCO: the key is its URI.
    Esco,
}

/// What sort of thing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// Something one does.
    Skill,
    /// Something one knows.
    Knowledge,
    /// A product or tool one works with.
    Technology,
    /// A language one speaks.
    Language,
    /// A manner of working: attitudes and values.
    Attitude,
}

/// Something that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// Where it comes from.
    pub scheme: Scheme,
    /// Its key there: stable across releases where the publisher keeps it so.
    pub key: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Its preferred name.
    pub label: String,
    /// Every other name it goes by.
    pub names: Vec<Name>,
    /// What it means; may be empty.
    pub description: String,
    /// The concepts above it.
    pub broader: Vec<ConceptId>,
}

/// Another name of a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The words.
    pub text: String,
    /// What it is good for.
    pub trust: Trust,
}

/// What a name is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trust {
    /// Wherever the words stand, the concept is meant.
    Plain,
    /// The words mean other things too: what stands around them decides.
    InContext,
    /// For searching and linking only; never looked for in texts.
    SearchOnly,
}

/// Every concept of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concepts {
    /// The concepts; a [`ConceptId`] is a place in this list.
    all: Vec<Concept>,
    /// What is known of technologies.
    #[serde(default)]
    technology: BTreeMap<ConceptId, TechnologyFacts>,
    /// How concepts go together, by where they begin.
    #[serde(default)]
    related: Vec<Relation>,
}

/// What is known of a technology.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnologyFacts {
    /// The sort of product: "Data base management system software".
    pub category: String,
    /// Asked for often in adverts of all occupations, as its publisher says.
    pub hot: bool,
    /// In how many occupations it is listed.
    pub occupations: u32,
}

impl Concepts {
    /// An index of these concepts, in this order.
    pub fn new(all: Vec<Concept>) -> Self {
        Self {
            all,
            ..Self::default()
        }
    }

    /// These concepts with what is known of the technologies among them.
    #[must_use]
    pub fn with_technology(self, technology: BTreeMap<ConceptId, TechnologyFacts>) -> Self {
        Self { technology, ..self }
    }

    /// These concepts with relations between them; one to a concept that is not here, or to itself, is left
    /// out.
    #[must_use]
    pub fn with_related(self, mut related: Vec<Relation>) -> Self {
        let here = |id: ConceptId| self.get(id).is_some();
        related.retain(|r| r.from != r.to && here(r.from) && here(r.to));
        related.sort_unstable();
        related.dedup();
        Self { related, ..self }
    }

    /// These concepts with the trust of their names as `vet` decides it.
    ///
    /// `vet` sees the whole list and gives it back with the names it trusts; ids, relations and what is known
    /// of technologies stay. A list in another order or of another length is not taken.
    #[must_use]
    pub fn with_trust(self, vet: impl FnOnce(&Self) -> Self) -> Self {
        let vetted = vet(&self);
        let same = |(a, b): (&Concept, &Concept)| a.scheme == b.scheme && a.key == b.key;
        if vetted.len() != self.len() || !self.all.iter().zip(&vetted.all).all(same) {
            return self;
        }
        Self {
            all: vetted.all,
            ..self
        }
    }

    /// These concepts with further ones behind them: the ids of those that were here stay.
    #[must_use]
    pub fn with_more(mut self, more: impl IntoIterator<Item = Concept>) -> Self {
        self.all.extend(more);
        self
    }

    /// What is known of a technology.
    pub fn technology(&self, id: ConceptId) -> Option<&TechnologyFacts> {
        self.technology.get(&id)
    }

    /// The relations that begin at a concept.
    pub fn related(&self, id: ConceptId) -> &[Relation] {
        let from = self.related.partition_point(|r| r.from < id);
        let count = self.related[from..].partition_point(|r| r.from == id);
        &self.related[from..from + count]
    }

    /// The concept with this key in a scheme.
    pub fn of_key(&self, scheme: Scheme, key: &str) -> Option<ConceptId> {
        self.iter()
            .find(|(_, c)| c.scheme == scheme && c.key == key)
            .map(|(id, _)| id)
    }

    /// The concept of an id; absent when the id is of another index.
    pub fn get(&self, id: ConceptId) -> Option<&Concept> {
        self.all.get(id.0 as usize)
    }

    /// Every concept with its id.
    pub fn iter(&self) -> impl Iterator<Item = (ConceptId, &Concept)> {
        (0..).map(ConceptId).zip(&self.all)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

#[cfg(test)]
pub(crate) mod tests;

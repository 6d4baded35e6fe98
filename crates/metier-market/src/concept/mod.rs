//! Concepts: what can be asked for, by every name it goes by.
//!
//! One index joins a person's own competencies with public classifications. Which names are trusted is
//! decided when the index is made ([`Name::trust`]), not when a text is read.

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
}

impl Concepts {
    /// An index of these concepts, in this order.
    pub fn new(all: Vec<Concept>) -> Self {
        Self { all }
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

//! Counts: how many postings mention what, in a form that adds up.
//!
//! [`read`] makes of one posting what it adds; [`Counts`] is the sum. Counts of parts merge into the counts of
//! the whole to the byte: every number is a sum, and every sample is the least of an order that the contents
//! alone decide, so neither the number of threads nor the cutting of the input shows. The one exception
//! that could go wrong, the same file in two parts, is refused by its digest.
//!
//! The form on disk is in `docs/formats/counts-file.md` ([`Counts::to_text`], [`Counts::from_text`]).

mod example;
mod group;
mod merge;
mod names;
mod posting;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::concept::{ConceptId, Concepts, Scheme, Sort};
use crate::posting::Origin;

pub use example::{Example, KEPT, scrubbed};
pub use group::{Group, Month};
pub use merge::MergeError;
pub use names::{Names, Unknown};
pub use posting::{PostingRead, Thresholds, read, read_with};
pub use text::CountsError;

/// The most damaged documents that are listed; all are counted.
pub const DAMAGED_LISTED: usize = 1000;

/// What a document of a file is known by: SHA-256 of the file's bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceDigest(String);

impl SourceDigest {
    /// From 64 hexadecimal digits; absent when it is anything else.
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() == 64
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As it was named.
    pub name: String,
    /// Postings counted.
    pub postings: u64,
    /// Reposts left out.
    pub reposts: u64,
    /// Documents that could not be read.
    pub damaged: u64,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DamagedDocument {
    /// Where.
    pub origin: Origin,
    /// Why.
    pub why: String,
}

/// A concept as the counts name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Where it comes from.
    pub scheme: Scheme,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Its key there.
    pub key: String,
    /// Its preferred name.
    pub label: String,
}

/// A profession in a month: either may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// The group of occupations.
    pub group: Option<Group>,
    /// The month it was posted in.
    pub month: Option<Month>,
}

/// Counts of postings: a sum over files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Which detector found the mentions ([`crate::detect::Detector::method`]).
    pub(crate) method: u64,
    pub(crate) sources: BTreeMap<SourceDigest, Source>,
    /// Places in `postings`, by slot.
    pub(crate) slots: HashMap<Slot, u32>,
    /// Postings of each slot.
    pub(crate) postings: Vec<u64>,
    pub(crate) concepts: BTreeMap<ConceptId, Named>,
    /// Postings that mention a concept, by slot.
    pub(crate) mentions: HashMap<(ConceptId, u32), u64>,
    pub(crate) examples: BTreeMap<ConceptId, Vec<Example>>,
    pub(crate) names: Names,
    pub(crate) damaged: BTreeSet<DamagedDocument>,
}

impl Counts {
    /// Nothing counted yet, by a detector of this method.
    pub fn new(method: u64) -> Self {
        Self {
            method,
            ..Self::default()
        }
    }

    /// The detector's method.
    pub fn method(&self) -> u64 {
        self.method
    }

    /// Adds a posting of a file whose digest is given.
    pub fn add(&mut self, digest: &SourceDigest, read: PostingRead) {
        self.source(digest, &read.origin.file).postings += 1;
        let slot = self.slot(read.slot);
        self.postings[slot as usize] += 1;
        for (concept, example) in read.concepts {
            *self.mentions.entry((concept, slot)).or_default() += 1;
            if let Some(example) = example {
                example::keep(self.examples.entry(concept).or_default(), example);
            }
        }
        for span in read.unknown {
            self.names.add(span);
        }
    }

    /// Notes a repost that is left out.
    pub fn leave_out(&mut self, digest: &SourceDigest, file: &str) {
        self.source(digest, file).reposts += 1;
    }

    /// Notes a file, so that one without a posting is known too.
    pub fn note(&mut self, digest: &SourceDigest, file: &str) {
        self.source(digest, file);
    }

    /// Notes a document that could not be read.
    pub fn add_damaged(&mut self, digest: &SourceDigest, damaged: DamagedDocument) {
        self.source(digest, &damaged.origin.file).damaged += 1;
        self.damaged.insert(damaged);
        while self.damaged.len() > DAMAGED_LISTED {
            self.damaged.pop_last();
        }
    }

    /// Gives the concepts counted their names; every concept that is in the index.
    pub fn name(&mut self, concepts: &Concepts) {
        for &(id, _) in self.mentions.keys() {
            if let Some(concept) = concepts.get(id) {
                self.concepts.entry(id).or_insert_with(|| Named {
                    scheme: concept.scheme,
                    sort: concept.sort,
                    key: concept.key.clone(),
                    label: concept.label.clone(),
                });
            }
        }
    }

    /// The files counted.
    pub fn sources(&self) -> impl Iterator<Item = (&SourceDigest, &Source)> {
        self.sources.iter()
    }

    /// True when a file of this digest was counted.
    pub fn holds(&self, digest: &SourceDigest) -> bool {
        self.sources.contains_key(digest)
    }

    /// Postings counted.
    pub fn total(&self) -> u64 {
        self.postings.iter().sum()
    }

    /// Reposts left out.
    pub fn reposts(&self) -> u64 {
        self.sources.values().fold(0, |n, s| n.saturating_add(s.reposts))
    }

    /// Documents that could not be read.
    pub fn unread(&self) -> u64 {
        self.sources.values().fold(0, |n, s| n.saturating_add(s.damaged))
    }

    /// Postings of each slot.
    pub fn slots(&self) -> impl Iterator<Item = (&Slot, u64)> {
        self.slots
            .iter()
            .map(|(slot, &at)| (slot, self.postings[at as usize]))
    }

    /// The concepts mentioned, by number.
    pub fn concepts(&self) -> impl Iterator<Item = (ConceptId, &Named)> {
        self.concepts.iter().map(|(&id, named)| (id, named))
    }

    /// Postings that mention a concept, by slot, in no order.
    pub fn mentions(&self) -> impl Iterator<Item = (ConceptId, &Slot, u64)> {
        let mut at = vec![None; self.postings.len()];
        for (slot, &place) in &self.slots {
            at[place as usize] = Some(slot);
        }
        self.mentions
            .iter()
            .filter_map(move |(&(concept, place), &n)| Some((concept, at[place as usize]?, n)))
    }

    /// The sentences kept for a concept.
    pub fn examples(&self, concept: ConceptId) -> &[Example] {
        self.examples.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// Spans that no concept fits.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The first damaged documents, at most [`DAMAGED_LISTED`].
    pub fn damaged(&self) -> impl Iterator<Item = &DamagedDocument> {
        self.damaged.iter()
    }

    /// Lowers the thresholds from which a sentence can still be among those kept.
    pub fn tighten(&self, thresholds: &Thresholds) {
        for (concept, kept) in &self.examples {
            thresholds.lower(*concept, kept);
        }
    }

    fn source(&mut self, digest: &SourceDigest, name: &str) -> &mut Source {
        if !self.sources.contains_key(digest) {
            let fresh = Source {
                name: name.to_owned(),
                ..Source::default()
            };
            self.sources.insert(digest.clone(), fresh);
        }
        self.sources.entry(digest.clone()).or_default()
    }

    pub(crate) fn slot(&mut self, slot: Slot) -> u32 {
        // Slots are professions times months; 2^32 of them do not fit into memory first.
        let fresh = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
        let place = *self.slots.entry(slot).or_insert(fresh);
        if place == fresh {
            self.postings.push(0);
        }
        place
    }
}

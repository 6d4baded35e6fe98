//! Concepts with a search over their names.

use super::search::NameIndex;
use super::{Concept, ConceptFileError, ConceptHit, Concepts, file};

/// Concepts, and a search over their names that forgives typing mistakes.
#[derive(Debug, Clone, PartialEq)]
pub struct ConceptIndex {
    concepts: Concepts,
    names: NameIndex,
    /// The names of what was added after the file was opened.
    own: Option<NameIndex>,
}

impl ConceptIndex {
    /// Indexes every name.
    pub fn build(concepts: Concepts) -> Self {
        Self {
            names: NameIndex::of(&concepts, 0),
            concepts,
            own: None,
        }
    }

    /// This index with the person's own competencies behind it. The ids of the others stay; the file on disk
    /// is not changed.
    #[must_use]
    pub fn with_own(self, own: impl IntoIterator<Item = Concept>) -> Self {
        let before = self.concepts.len();
        let concepts = self.concepts.with_more(own);
        let added = NameIndex::of(&concepts, before);
        Self {
            own: Some(added),
            concepts,
            ..self
        }
    }

    /// The concepts.
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// Concepts by what they are called, best first; typing mistakes and unfinished last words are forgiven.
    ///
    /// A query is read up to [`super::QUERY_MAX`] characters.
    pub fn search(&self, query: &str, limit: usize) -> Vec<ConceptHit> {
        let mut hits = self.names.search(&self.concepts, query);
        if let Some(own) = &self.own {
            hits.extend(own.search(&self.concepts, query));
        }
        hits.sort_by(|a, b| {
            let scheme = |hit: &ConceptHit| self.concepts.get(hit.concept).map(|c| c.scheme);
            b.score
                .total_cmp(&a.score)
                .then_with(|| scheme(a).cmp(&scheme(b)))
                .then(a.concept.cmp(&b.concept))
        });
        hits.truncate(limit);
        hits
    }

    /// The index as the bytes of a file, with own competencies where some were added.
    ///
    /// # Errors
    /// When it has no binary form; an index that was built always has one.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ConceptFileError> {
        if self.own.is_some() {
            return file::to_bytes(&self.concepts, &NameIndex::of(&self.concepts, 0));
        }
        file::to_bytes(&self.concepts, &self.names)
    }

    /// The index from the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are something else, of another layout, cut or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ConceptFileError> {
        let (concepts, names) = file::from_bytes(bytes)?;
        Ok(Self {
            concepts,
            names,
            own: None,
        })
    }
}

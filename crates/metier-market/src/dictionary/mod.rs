//! The dictionary: which names of an index stand in a text, leftmost and longest first, whole words only.
//!
//! A name and a text are cut by one rule ([`crate::text::words`]). Each different word of the names has a
//! number; a text's word is looked up once, and a tree over the numbers is walked from each word that
//! begins a name.

use std::collections::HashMap;

use crate::concept::{ConceptId, Concepts, Trust};
use crate::text::{Word, words};

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First byte in the text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What goes by this name.
    pub concept: ConceptId,
    /// Whether what stands around it has still to decide.
    pub in_context: bool,
}

/// The names of an index, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    vocabulary: HashMap<Box<str>, u32>,
    steps: HashMap<(u32, u32), u32>,
    ends: Vec<Option<(ConceptId, bool)>>,
}

/// The node every name begins at.
const ROOT: u32 = 0;

impl Dictionary {
    /// The dictionary of an index: preferred labels, and the other names that are looked for in texts.
    ///
    /// Where two concepts share a name, the one of the earlier scheme has it, then the one that comes first.
    pub fn new(concepts: &Concepts) -> Self {
        let mut named: Vec<_> = concepts
            .iter()
            .flat_map(|(id, concept)| {
                let label = std::iter::once((concept.label.as_str(), Trust::Plain));
                let names = concept.names.iter().map(|n| (n.text.as_str(), n.trust));
                label
                    .chain(names)
                    .map(move |(text, trust)| (concept.scheme, id, text, trust))
            })
            .filter(|(.., trust)| *trust != Trust::SearchOnly)
            .collect();
        named.sort_by_key(|&(scheme, id, _, trust)| (scheme, id, trust));

        let mut built = Self {
            ends: vec![None],
            ..Self::default()
        };
        for (_, id, text, trust) in named {
            built.add(text, id, trust == Trust::InContext);
        }
        built
    }

    /// Every name in a text, in order and without overlap.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let cut: Vec<(Word, Option<u32>)> = words(text)
            .map(|word| (word, self.number(word.of(text))))
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < cut.len() {
            match self.longest(&cut[at..]) {
                Some((length, concept, in_context)) => {
                    found.push(Found {
                        start: cut[at].0.start,
                        end: cut[at + length - 1].0.end,
                        concept,
                        in_context,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, cut: &[(Word, Option<u32>)]) -> Option<(usize, ConceptId, bool)> {
        let mut node = ROOT;
        let mut best = None;
        for (length, (word, number)) in (1..).zip(cut) {
            if length > 1 && !word.joined {
                break;
            }
            let Some(&next) = number.and_then(|n| self.steps.get(&(node, n))) else {
                break;
            };
            node = next;
            if let Some((concept, in_context)) = self.ends[node as usize] {
                best = Some((length, concept, in_context));
            }
        }
        best
    }

    fn number(&self, word: &str) -> Option<u32> {
        if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            return self.vocabulary.get(word).copied();
        }
        self.vocabulary.get(word.to_lowercase().as_str()).copied()
    }

    fn add(&mut self, name: &str, concept: ConceptId, in_context: bool) {
        let mut node = ROOT;
        for word in words(name) {
            let fresh = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
            let number = *self
                .vocabulary
                .entry(word.of(name).to_lowercase().into_boxed_str())
                .or_insert(fresh);
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, number)).or_insert_with(|| {
                self.ends.push(None);
                next
            });
        }
        let end = &mut self.ends[node as usize];
        if node != ROOT && end.is_none() {
            *end = Some((concept, in_context));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concept::{Concept, Name, Scheme, Sort};

    fn concept(scheme: Scheme, label: &str, names: &[(&str, Trust)]) -> Concept {
        Concept {
            scheme,
            key: label.to_owned(),
            sort: Sort::Knowledge,
            label: label.to_owned(),
            names: names
                .iter()
                .map(|(text, trust)| Name {
                    text: (*text).to_owned(),
                    trust: *trust,
                })
                .collect(),
            description: String::new(),
            broader: Vec::new(),
        }
    }

    #[test]
    fn the_leftmost_and_longest_name_is_found_and_only_whole_words() {
        let concepts = Concepts::new(vec![
            concept(
                Scheme::Esco,
                "project management",
                &[("projects", Trust::SearchOnly)],
            ),
            concept(Scheme::Esco, "management", &[("lead", Trust::InContext)]),
            concept(Scheme::OnetTechnology, "C++", &[]),
        ]);
        let text =
            "Project Management, projects; MANAGEMENT in C++ or C. Lead; mismanagement. Project\nmanagement";
        let found: Vec<_> = Dictionary::new(&concepts)
            .find(text)
            .into_iter()
            .map(|f| (&text[f.start as usize..f.end as usize], f.concept.0, f.in_context))
            .collect();
        assert_eq!(
            found,
            [
                ("Project Management", 0, false),
                ("MANAGEMENT", 1, false),
                ("C++", 2, false),
                ("Lead", 1, true),
                ("management", 1, false),
            ]
        );
    }

    #[test]
    fn a_shared_name_belongs_to_the_earlier_scheme() {
        let concepts = Concepts::new(vec![
            concept(Scheme::Esco, "Git", &[]),
            concept(Scheme::Own, "Keep history", &[("git", Trust::Plain)]),
        ]);
        let found = Dictionary::new(&concepts).find("git");
        assert_eq!(found[0].concept, ConceptId(1));
    }
}

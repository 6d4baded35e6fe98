//! The concepts of a list of labels: a data set brings the labels of its own release.

use std::collections::HashMap;

use crate::concept::{Concept, Concepts, Scheme, Sort};

/// The concepts of these labels, in their order: with what ESCO says of those it holds, a bare label where it
/// holds none.
pub fn of_labels(labels: &[String], concepts: &Concepts) -> Concepts {
    let mut known: HashMap<&str, &Concept> = HashMap::new();
    for (_, concept) in concepts.iter().filter(|(_, c)| c.scheme == Scheme::Esco) {
        known.insert(&concept.label, concept);
    }
    let concept = |label: &String| {
        known.get(label.as_str()).map_or_else(
            || Concept {
                scheme: Scheme::Esco,
                key: label.clone(),
                sort: Sort::Skill,
                label: label.clone(),
                names: Vec::new(),
                description: String::new(),
                broader: Vec::new(),
            },
            |c| (*c).clone(),
        )
    };
    Concepts::new(labels.iter().map(concept).collect())
}

//! What the names of a dictionary give on marked knowledge, without a tagger.

use super::spans::scores;
use super::{Counts, Scores};
use crate::context::Context;
use crate::dataset::{Layer, Marked};
use crate::dictionary::Dictionary;

/// Scores the names found in each sentence against its knowledge spans: one counts when its first and last
/// byte are those of a span, the sentence being its tokens with a blank between them.
pub fn score_names(marked: &[Marked], dictionary: &Dictionary, context: &Context, seed: u64) -> Scores {
    let each: Vec<Counts> = marked
        .iter()
        .map(|sentence| {
            let (text, spans) = sentence.written(Layer::Knowledge);
            let found = context.mentions(&text, &dictionary.find(&text));
            Counts {
                marked: spans.len() as u64,
                found: found.len() as u64,
                right: found.iter().filter(|m| spans.contains(&(m.start, m.end))).count() as u64,
            }
        })
        .collect();
    scores(&each, seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concept::{Concept, Concepts, Scheme, Sort};
    use crate::dataset::Span;

    #[test]
    fn a_name_counts_where_exactly_its_words_are_marked() {
        let concept = |label: &str| Concept {
            scheme: Scheme::OnetTechnology,
            key: label.to_owned(),
            sort: Sort::Technology,
            label: label.to_owned(),
            names: Vec::new(),
            description: String::new(),
            broader: Vec::new(),
        };
        let dictionary = Dictionary::new(&Concepts::new(vec![concept("Apache Kafka"), concept("Rust")]));
        let sentence = |words: &[&str], spans: &[(u32, u32)]| Marked {
            tokens: words.iter().map(|w| (*w).into()).collect(),
            skill: Vec::new(),
            knowledge: spans.iter().map(|&(start, end)| Span { start, end }).collect(),
        };
        let marked = [
            sentence(&["Know", "Apache", "Kafka", "well"], &[(1, 3)]),
            sentence(&["Some", "Rust", "code"], &[(1, 3)]),
            sentence(&["And", "SQL"], &[(1, 2)]),
        ];
        let found = score_names(&marked, &dictionary, &Context::default(), 1);
        assert_eq!(
            (found.counts.marked, found.counts.found, found.counts.right),
            (3, 2, 1)
        );
        assert!((found.precision.value - 0.5).abs() < 1e-12);
    }
}

//! Finding a concept by what it is called.
//!
//! Every label and other name is a short text of words. A word of a query matches a word of a name when it
//! is the same, begins it, or is a typing mistake away. What is matched whole comes first, then what begins
//! so, then what holds all words, then what holds most of the query by weight; a rare word weighs more.

mod near;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{ConceptId, Concepts};
use crate::text::words;
use near::Vocabulary;

/// Longest part of a query that is read, in characters.
pub const QUERY_MAX: usize = 200;
/// Words of a query that are looked at.
const WORDS_MAX: usize = 12;
/// Share of a query, by weight, that a name must hold.
const COVERED: f32 = 0.5;

/// One concept found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConceptHit {
    /// The concept.
    pub concept: ConceptId,
    /// The name that matched best; absent: its label did.
    pub matched: Option<String>,
    /// How well, for ordering only: hundreds say how it matched, the rest how closely.
    pub score: f64,
}

/// Which words stand in which names. Lists that belong together are flat, with where each ends: they are
/// read from a file in one go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct NameIndex {
    vocabulary: Vocabulary,
    /// By text: its concept.
    concept: Vec<u32>,
    /// By text: 0 for the label, else the place of the name and one.
    name: Vec<u32>,
    /// By text: where its words end in `sequence`.
    ends: Vec<u32>,
    /// Words of all texts, one after the other, as places in the vocabulary.
    sequence: Vec<u32>,
    /// By word: where its texts end in `standing_in`.
    standing_ends: Vec<u32>,
    /// The texts of each word, one after the other, each ascending.
    standing_in: Vec<u32>,
}

/// A number as it is kept; an index has far fewer than 2^32 of anything.
fn kept(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The part of a flat list that belongs to `at`.
fn part<'a>(list: &'a [u32], ends: &[u32], at: usize) -> &'a [u32] {
    let start = match at {
        0 => 0,
        _ => ends.get(at - 1).copied().unwrap_or(0) as usize,
    };
    let end = ends.get(at).copied().unwrap_or(0) as usize;
    list.get(start..end).unwrap_or(&[])
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

impl NameIndex {
    /// Indexes the names of every concept from the place `from` on.
    pub(super) fn of(concepts: &Concepts, from: usize) -> Self {
        let mut index = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        for (id, concept) in concepts.iter().skip(from) {
            let others = concept.names.iter().map(|n| n.text.as_str());
            for (at, text) in std::iter::once(concept.label.as_str()).chain(others).enumerate() {
                for word in words(text) {
                    let next = kept(known.len());
                    index
                        .sequence
                        .push(*known.entry(lower(word.of(text))).or_insert(next));
                }
                index.concept.push(id.0);
                index.name.push(kept(at));
                index.ends.push(kept(index.sequence.len()));
            }
        }
        let mut listed: Vec<(String, u32)> = known.into_iter().collect();
        listed.sort_unstable();
        let mut moved = vec![0; listed.len()];
        for (new, (_, old)) in listed.iter().enumerate() {
            moved[*old as usize] = kept(new);
        }
        for word in &mut index.sequence {
            *word = moved[*word as usize];
        }
        index.vocabulary = Vocabulary::new(listed.iter().map(|(word, _)| word.as_str()));
        index.stand(listed.len());
        index
    }

    /// Turns the words of texts round to the texts of words.
    fn stand(&mut self, vocabulary: usize) {
        let mut texts: Vec<Vec<u32>> = vec![Vec::new(); vocabulary];
        for text in 0..self.ends.len() {
            for word in part(&self.sequence, &self.ends, text) {
                let texts = &mut texts[*word as usize];
                if texts.last() != Some(&kept(text)) {
                    texts.push(kept(text));
                }
            }
        }
        for texts in texts {
            self.standing_in.extend(texts);
            self.standing_ends.push(kept(self.standing_in.len()));
        }
    }

    /// The concepts found, each with the name that matched best, in no order.
    pub(super) fn search(&self, concepts: &Concepts, query: &str) -> Vec<ConceptHit> {
        let query: String = query.chars().take(QUERY_MAX).collect();
        let asked: Vec<String> = words(&query)
            .take(WORDS_MAX)
            .map(|w| lower(w.of(&query)))
            .collect();
        let close: Vec<Vec<(u32, f32)>> = asked
            .iter()
            .enumerate()
            .map(|(at, word)| self.vocabulary.close(word, at + 1 == asked.len()))
            .collect();
        let weights: Vec<f32> = close.iter().map(|c| self.rarity(c)).collect();
        let whole: f32 = weights.iter().sum();
        let mut held: Vec<f32> = vec![0.0; self.ends.len()];
        let mut touched: Vec<u32> = Vec::new();
        for (close, weight) in close.iter().zip(&weights) {
            self.hold(close, *weight, &mut held, &mut touched);
        }
        touched.sort_unstable();
        touched.dedup();
        let mut best: HashMap<u32, (f64, u32)> = HashMap::new();
        for text in touched {
            let covered = held[text as usize] / whole;
            if covered < COVERED {
                continue;
            }
            let score = self.score(text as usize, &close, f64::from(covered), concepts);
            let concept = self.concept.get(text as usize).copied().unwrap_or(u32::MAX);
            let known = best.entry(concept).or_insert((0.0, 0));
            if score > known.0 {
                *known = (score, text);
            }
        }
        best.into_iter()
            .filter_map(|(concept, (score, text))| {
                let concept = ConceptId(concept);
                let known = concepts.get(concept)?;
                let matched = match self.name.get(text as usize).copied()? {
                    0 => None,
                    at => Some(known.names.get(at as usize - 1)?.text.clone()),
                };
                Some(ConceptHit {
                    concept,
                    matched,
                    score,
                })
            })
            .collect()
    }

    /// Adds to each text the weight of the best of these words in it.
    fn hold(&self, close: &[(u32, f32)], weight: f32, held: &mut [f32], touched: &mut Vec<u32>) {
        let mut best: Vec<f32> = vec![0.0; held.len()];
        let begun = touched.len();
        for (word, value) in close {
            for &text in part(&self.standing_in, &self.standing_ends, *word as usize) {
                let Some(known) = best.get_mut(text as usize) else {
                    continue;
                };
                if *known == 0.0 {
                    touched.push(text);
                }
                *known = known.max(*value);
            }
        }
        for &text in &touched[begun..] {
            held[text as usize] += best[text as usize] * weight;
        }
    }

    /// How much a query word tells: the rarer, the more. A word not known as it stands counts as rare.
    fn rarity(&self, close: &[(u32, f32)]) -> f32 {
        let same = close.iter().find(|(_, value)| *value >= 1.0);
        let texts = same.map_or(1, |(word, _)| {
            part(&self.standing_in, &self.standing_ends, *word as usize)
                .len()
                .max(1)
        });
        (1.0 + self.ends.len() as f32 / texts as f32).ln()
    }

    fn score(&self, text: usize, close: &[Vec<(u32, f32)>], covered: f64, concepts: &Concepts) -> f64 {
        let sequence = part(&self.sequence, &self.ends, text);
        let value = |q: usize, word: u32| -> Option<f32> {
            let at = close[q].binary_search_by_key(&word, |(w, _)| *w).ok()?;
            close[q].get(at).map(|(_, v)| *v)
        };
        let in_order = sequence.len() >= close.len()
            && (0..close.len())
                .all(|q| value(q, sequence[q]).is_some_and(|v| v >= 1.0 || q + 1 == close.len()));
        let exact = in_order
            && sequence.len() == close.len()
            && value(close.len() - 1, sequence[close.len() - 1]).is_some_and(|v| v >= 1.0);
        let matched = (0..close.len())
            .filter(|q| sequence.iter().any(|word| value(*q, *word).is_some()))
            .count();
        let label = self.name.get(text) == Some(&0);
        let way = match (exact, in_order, matched == close.len()) {
            (true, ..) if label => 800.0,
            (true, ..) => 700.0,
            (_, true, _) => 600.0,
            (_, _, true) => 400.0,
            _ => 200.0,
        };
        let share = (matched as f64 / sequence.len().max(1) as f64).min(1.0);
        let concept = self
            .concept
            .get(text)
            .copied()
            .map_or(ConceptId(u32::MAX), ConceptId);
        let hot = concepts.technology(concept).is_some_and(|t| t.hot);
        way + 60.0 * covered + 30.0 * share + if label { 6.0 } else { 0.0 } + if hot { 3.0 } else { 0.0 }
    }
}

//! Which words the tagger knows, and what plain text tells of them.

use std::collections::{BTreeSet, HashMap};

use super::network::Seen;
use super::vectors::Counter;
use crate::dataset::Marked;
use crate::tagger::{cut, features};
use crate::text::sentences;

/// The most words of plain text that are known.
const MOST: usize = 30_000;
/// A word of plain text is known when it was met this often.
const LEAST: u64 = 3;
/// Numbers in a vector from plain text.
const WIDTH: usize = 64;
/// The length of those vectors.
const LENGTH: f32 = 4.0;

/// The words and their vectors.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The words, folded.
    pub(crate) words: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    /// Vectors from plain text, one after the other.
    pub(crate) given: Vec<f32>,
}

impl Lexicon {
    /// The words of plain texts and of marked sentences, the more frequent first.
    pub(crate) fn new(texts: &[String], marked: &[Marked], seed: u64) -> Self {
        let mut folded = String::new();
        let mut tokens = Vec::new();
        let mut counts: HashMap<Box<str>, u64> = HashMap::new();
        let mut in_marked = BTreeSet::new();
        for text in texts {
            tokens.clear();
            cut(text, 0, &mut tokens);
            for token in &tokens {
                features::folded(token.of(text), &mut folded);
                match counts.get_mut(folded.as_str()) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(folded.as_str().into(), 1)),
                }
            }
        }
        for token in marked.iter().flat_map(|m| &m.tokens) {
            features::folded(token, &mut folded);
            *counts.entry(folded.as_str().into()).or_default() += 1;
            in_marked.insert(Box::<str>::from(folded.as_str()));
        }
        let mut words = by_frequency(counts);
        let known: BTreeSet<Box<str>> = words.iter().cloned().collect();
        words.extend(in_marked.difference(&known).cloned());
        let numbers = words.iter().cloned().zip(0..).collect();
        let mut lexicon = Self {
            words,
            numbers,
            given: Vec::new(),
        };
        lexicon.given = lexicon.vectors(texts, marked, seed);
        lexicon
    }

    fn vectors(&self, texts: &[String], marked: &[Marked], seed: u64) -> Vec<f32> {
        let mut counter = Counter::default();
        let mut folded = String::new();
        let mut tokens = Vec::new();
        let mut line = Vec::new();
        for text in texts {
            for sentence in sentences(text) {
                let sentence = &text[sentence];
                tokens.clear();
                cut(sentence, 0, &mut tokens);
                line.clear();
                line.extend(tokens.iter().map(|t| self.number(t.of(sentence), &mut folded)));
                counter.add(&line);
            }
        }
        for sentence in marked {
            line.clear();
            line.extend(sentence.tokens.iter().map(|t| self.number(t, &mut folded)));
            counter.add(&line);
        }
        let mut vectors = counter.vectors(self.words.len(), WIDTH, seed);
        for x in &mut vectors {
            *x *= LENGTH;
        }
        vectors
    }

    fn number(&self, token: &str, folded: &mut String) -> u32 {
        features::folded(token, folded);
        self.numbers.get(folded.as_str()).copied().unwrap_or(u32::MAX)
    }

    /// A sentence as the network sees it.
    pub(crate) fn seen<'a>(&self, tokens: impl Iterator<Item = &'a str>) -> Vec<Seen> {
        let mut folded = String::new();
        tokens
            .map(|token| Seen {
                word: self.number(token, &mut folded),
                rows: features::hashed(token, &folded),
            })
            .collect()
    }
}

/// The words met often enough, the most frequent first, then by letters.
fn by_frequency(counts: HashMap<Box<str>, u64>) -> Vec<Box<str>> {
    let mut words: Vec<(Box<str>, u64)> = counts.into_iter().filter(|(_, n)| *n >= LEAST).collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MOST);
    words.into_iter().map(|(word, _)| word).collect()
}

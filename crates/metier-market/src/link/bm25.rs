//! Whole words: which documents hold the words of a text, the rare ones above all (BM25; Robertson and
//! Zaragoza 2009).

use std::collections::HashMap;

use crate::text::words;

/// How fast more of a word adds less.
const SATURATION: f32 = 1.5;
/// How far a document's length counts against it.
const LENGTH: f32 = 0.75;

/// Documents by the words they hold.
#[derive(Debug, Clone, Default)]
pub struct Bm25 {
    numbers: HashMap<Box<str>, u32>,
    /// For each word its documents, ascending, with what the word adds to each.
    held: Vec<Vec<(u32, f32)>>,
    documents: usize,
}

impl Bm25 {
    /// The index of these documents; a document's number is its place.
    pub fn new<'a>(documents: impl IntoIterator<Item = &'a str>) -> Self {
        let mut built = Self::default();
        let mut lengths = Vec::new();
        for (document, text) in (0_u32..).zip(documents) {
            let mut length = 0_u32;
            each_word(text, |word| {
                length += 1;
                let fresh = u32::try_from(built.numbers.len()).unwrap_or(u32::MAX);
                let number = *built.numbers.entry(word.into()).or_insert(fresh) as usize;
                if number == built.held.len() {
                    built.held.push(Vec::new());
                }
                match built.held[number].last_mut() {
                    Some((last, count)) if *last == document => *count += 1.0,
                    _ => built.held[number].push((document, 1.0)),
                }
            });
            lengths.push(length as f32);
        }
        built.documents = lengths.len();
        let count = lengths.len() as f32;
        let mean = (lengths.iter().sum::<f32>() / count.max(1.0)).max(1e-6);
        for list in &mut built.held {
            let holding = list.len() as f32;
            let rare = libm::logf(1.0 + (count - holding + 0.5) / (holding + 0.5));
            for (document, weight) in list {
                let long = 1.0 - LENGTH + LENGTH * lengths[*document as usize] / mean;
                *weight = rare * *weight * (SATURATION + 1.0) / (*weight + SATURATION * long);
            }
        }
        built
    }

    /// The score of every document for a text, written over `scores`. A word that the text repeats counts
    /// once and a little more.
    pub fn score(&self, text: &str, scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.documents, 0.0);
        let mut asked: Vec<u32> = Vec::new();
        each_word(text, |word| asked.extend(self.numbers.get(word)));
        asked.sort_unstable();
        for same in asked.chunk_by(|a, b| a == b) {
            let times = 1.0 + libm::logf(same.len() as f32);
            for &(document, weight) in &self.held[same[0] as usize] {
                scores[document as usize] += times * weight;
            }
        }
    }
}

/// Gives each word of a text, in small letters and without the s of its plural, to `each`.
fn each_word(text: &str, mut each: impl FnMut(&str)) {
    for word in words(text) {
        let mut small = word.of(text).to_lowercase();
        if small.len() > 4 && small.ends_with("ies") {
            small.truncate(small.len() - 3);
            small.push('y');
        } else if small.len() > 3 && small.ends_with('s') && !small.ends_with("ss") {
            small.pop();
        }
        each(&small);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_formula() {
        let index = Bm25::new(["nurse", "nurses and cooks", "cook"]);
        let mut scores = Vec::new();
        index.score("a cook", &mut scores);
        // Two of three documents hold it: ln(1 + 1.5 / 2.5); lengths 1, 3, 1 of mean 5/3.
        let rare = libm::logf(1.0 + 1.5 / 2.5);
        let one = rare * 2.5 / (1.0 + 1.5 * (0.25 + 0.75 * 0.6));
        let three = rare * 2.5 / (1.0 + 1.5 * (0.25 + 0.75 * 1.8));
        assert!(scores[0] == 0.0, "{scores:?}");
        assert!(
            (scores[1] - three).abs() < 1e-5 && (scores[2] - one).abs() < 1e-5,
            "{scores:?}"
        );
        index.score("", &mut scores);
        assert_eq!(scores, [0.0; 3]);
    }
}

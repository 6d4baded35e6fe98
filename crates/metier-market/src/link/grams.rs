//! Character n-grams: names that look alike, found by an inverted index.
//!
//! A name is a bag of the runs of 3 to 5 letters of its words, each word with a blank at either end. Runs
//! are weighted by how rare they are among the names, and two texts compared by the cosine of their bags
//! (TF-IDF; Salton and Buckley 1988). A sentence is compared by the sum alone: its own length divides the
//! score of every name alike.

use std::collections::HashMap;

use crate::text::words;

/// The lengths of the runs, in letters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=5;

/// Names by the runs of letters they hold.
#[derive(Debug, Clone, Default)]
pub struct Grams {
    numbers: HashMap<u64, u32>,
    /// How rare each run is.
    idf: Vec<f32>,
    /// Where the list of each run begins in `held`; one more at the end.
    begins: Vec<u32>,
    /// (name, weight in it), by run and then by name.
    held: Vec<(u32, f32)>,
    names: usize,
}

impl Grams {
    /// The index of these names; a name's number is its place.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut built = Self::default();
        let mut bags: Vec<Vec<(u32, f32)>> = Vec::new();
        let mut held_by: Vec<u32> = Vec::new();
        for name in names {
            let mut bag = HashMap::new();
            grams(name, |gram| {
                let fresh = u32::try_from(built.numbers.len()).unwrap_or(u32::MAX);
                let number = *built.numbers.entry(gram).or_insert(fresh);
                *bag.entry(number).or_insert(0.0_f32) += 1.0;
            });
            held_by.resize(built.numbers.len(), 0);
            let mut bag: Vec<_> = bag.into_iter().collect();
            bag.sort_unstable_by_key(|b| b.0);
            for (number, _) in &bag {
                held_by[*number as usize] += 1;
            }
            bags.push(bag);
        }
        let count = bags.len() as f32;
        built.names = bags.len();
        built.idf = held_by
            .iter()
            .map(|&n| libm::logf((1.0 + count) / (1.0 + n as f32)) + 1.0)
            .collect();
        built.begins = vec![0];
        let mut at = 0;
        for n in &held_by {
            at += n;
            built.begins.push(at);
        }
        built.held = vec![(0, 0.0); at as usize];
        let mut next = built.begins.clone();
        for (name, bag) in (0..).zip(&bags) {
            let weight = |&(number, n): &(u32, f32)| (1.0 + libm::logf(n)) * built.idf[number as usize];
            let length = bag
                .iter()
                .map(|b| weight(b).powi(2))
                .sum::<f32>()
                .sqrt()
                .max(1e-12);
            for entry in bag {
                let place = &mut next[entry.0 as usize];
                built.held[*place as usize] = (name, weight(entry) / length);
                *place += 1;
            }
        }
        built
    }

    /// How many names it holds.
    pub fn len(&self) -> usize {
        self.names
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.names == 0
    }

    /// The cosine of a text with every name, written over `scores`, which is made as long as there are names.
    pub fn score(&self, text: &str, scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.names, 0.0);
        for (number, weight) in self.bag(text) {
            let number = number as usize;
            for &(name, held) in &self.held[self.begins[number] as usize..self.begins[number + 1] as usize] {
                scores[name as usize] += weight * held;
            }
        }
    }

    /// As [`Grams::score`], by the runs alone that at most `most` names hold, and only the names that hold any:
    /// what it gives is a little lower and found much sooner. `scores` is as long as there are names, all zero
    /// before, and left so for every name that is not in `touched`.
    pub fn score_rare(&self, text: &str, most: usize, scores: &mut [f32], touched: &mut Vec<u32>) {
        touched.clear();
        for (number, weight) in self.bag(text) {
            let number = number as usize;
            let list = &self.held[self.begins[number] as usize..self.begins[number + 1] as usize];
            if list.len() > most {
                continue;
            }
            for &(name, held) in list {
                if let Some(score) = scores.get_mut(name as usize) {
                    if *score == 0.0 {
                        touched.push(name);
                    }
                    *score += weight * held;
                }
            }
        }
    }

    /// The runs of a text that any name holds, ascending, weighted, together of length 1.
    fn bag(&self, text: &str) -> Vec<(u32, f32)> {
        let mut runs: Vec<u32> = Vec::new();
        grams(text, |gram| runs.extend(self.numbers.get(&gram)));
        runs.sort_unstable();
        let mut bag: Vec<(u32, f32)> = runs
            .chunk_by(|a, b| a == b)
            .map(|same| {
                let weight = (1.0 + libm::logf(same.len() as f32)) * self.idf[same[0] as usize];
                (same[0], weight)
            })
            .collect();
        let length = bag.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(1e-12);
        for (_, weight) in &mut bag {
            *weight /= length;
        }
        bag
    }
}

/// Gives the digest of each run of letters of a text to `each`.
fn grams(text: &str, mut each: impl FnMut(u64)) {
    let mut letters: Vec<char> = Vec::new();
    for word in words(text) {
        letters.clear();
        letters.push(' ');
        letters.extend(word.of(text).chars().flat_map(char::to_lowercase));
        letters.push(' ');
        for length in LENGTHS {
            for run in letters.windows(length) {
                each(digest(run));
            }
        }
    }
}

/// FNV-1a over the letters (Fowler, Noll and Vo), with the finaliser of `SplitMix64`.
fn digest(run: &[char]) -> u64 {
    let mixed = run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &c| {
        (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    });
    (mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_has_the_cosine_1_with_itself_and_more_than_with_others() {
        let names = [
            "project management",
            "manage projects",
            "C++",
            "C#",
            "R",
            "welding",
        ];
        let index = Grams::new(names);
        let mut scores = Vec::new();
        for (at, name) in names.iter().enumerate() {
            index.score(name, &mut scores);
            assert!((scores[at] - 1.0).abs() < 1e-5, "{name}: {scores:?}");
            assert!(
                scores.iter().enumerate().all(|(i, s)| i == at || *s < 0.95),
                "{name}: {scores:?}"
            );
        }
        index.score("managing a project", &mut scores);
        // "managing" and "welding" share their ending, and nothing else.
        assert!(
            scores[0] > 3.0 * scores[5] && scores[1] > 3.0 * scores[5] && scores[5] > 0.0,
            "{scores:?}"
        );
        assert!(scores[2] == 0.0 && scores[4] == 0.0, "{scores:?}");
    }

    proptest! {
        #[test]
        fn a_cosine_is_between_0_and_1(text in "\\PC{0,60}") {
            let mut scores = Vec::new();
            Grams::new(["project management", "C++"]).score(&text, &mut scores);
            prop_assert!(scores.iter().all(|s| (0.0..=1.0001).contains(s)));
        }
    }
}

//! The words of an index in order, and those that are close to a word.

use serde::{Deserialize, Serialize};

/// Longest word compared letter by letter, in characters.
const WORD_MAX: usize = 40;

/// Words in order, in one text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
}

impl Vocabulary {
    /// These words, which come in order and each once.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self::default();
        for word in words {
            vocabulary.text.push_str(word);
            vocabulary.ends.push(super::kept(vocabulary.text.len()));
        }
        vocabulary
    }

    fn word(&self, at: usize) -> &str {
        let start = match at {
            0 => 0,
            _ => self.ends.get(at - 1).copied().unwrap_or(0) as usize,
        };
        let end = self.ends.get(at).copied().unwrap_or(0) as usize;
        self.text.get(start..end).unwrap_or("")
    }

    /// The words a query word may mean, with how sure that is, 0 to 1 (the same word).
    ///
    /// One mistake is forgiven from four letters, two from eight: shorter words are too often words of their
    /// own. A word that is begun counts from three letters on, the last of a query from two.
    pub(super) fn close(&self, asked: &str, last: bool) -> Vec<(u32, f32)> {
        let letters: Vec<char> = asked.chars().take(WORD_MAX).collect();
        let asked: String = letters.iter().collect();
        let mut found = self.begun(&asked, &letters, last);
        let allowed: u8 = match letters.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        if allowed > 0 {
            self.mistaken(&letters, allowed, &mut found);
        }
        found
    }

    /// The word itself, and those it begins.
    fn begun(&self, asked: &str, letters: &[char], last: bool) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        let least = if last { 2 } else { 3 };
        let mut at = self.first_from(asked);
        while at < self.ends.len() && self.word(at).starts_with(asked) {
            let extra = self.word(at).chars().count().saturating_sub(letters.len());
            if extra == 0 {
                found.push((super::kept(at), 1.0));
            } else if letters.len() >= least {
                found.push((super::kept(at), (0.92 - 0.03 * extra as f32).max(0.6)));
            }
            at += 1;
        }
        found
    }

    /// The first word that is not before this one.
    fn first_from(&self, asked: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < asked {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Adds the words within `allowed` insertions, deletions, replacements and swaps of neighbours.
    ///
    /// Words come in order, so the rows of the table for the letters a word shares with the one before it
    /// stay; a beginning from which nothing within the bound can follow is passed over with all that begin so.
    fn mistaken(&self, asked: &[char], allowed: u8, found: &mut Vec<(u32, f32)>) {
        let width = asked.len() + 1;
        let first: Vec<u8> = (0..width).map(|n| u8::try_from(n).unwrap_or(u8::MAX)).collect();
        let mut rows: Vec<Vec<u8>> = vec![first];
        let mut before: Vec<char> = Vec::new();
        let mut letters: Vec<char> = Vec::new();
        // Letters of a beginning that is too far; longer than any word: none is.
        let mut too_far = usize::MAX;
        for at in 0..self.ends.len() {
            std::mem::swap(&mut before, &mut letters);
            letters.clear();
            letters.extend(self.word(at).chars().take(WORD_MAX + 1));
            let shared = before.iter().zip(&letters).take_while(|(a, b)| a == b).count();
            if shared >= too_far {
                continue;
            }
            too_far = usize::MAX;
            rows.truncate(shared + 1);
            while rows.len() <= letters.len() {
                let row = next_row(&rows, &letters, asked);
                let least = row.iter().min().copied().unwrap_or(0);
                rows.push(row);
                if least > allowed {
                    too_far = rows.len() - 1;
                    break;
                }
            }
            if rows.len() != letters.len() + 1 || too_far != usize::MAX {
                continue;
            }
            let distance = rows.last().and_then(|row| row.last()).copied().unwrap_or(u8::MAX);
            if (1..=allowed).contains(&distance) {
                // A first letter is seldom mistyped.
                let sure = if letters.first() == asked.first() {
                    0.05
                } else {
                    0.0
                };
                let value = 0.9 - 0.15 * f32::from(distance) + sure;
                let word = super::kept(at);
                match found.iter_mut().find(|(known, _)| *known == word) {
                    Some((_, known)) => *known = known.max(value),
                    None => found.push((word, value)),
                }
            }
        }
    }
}

/// The next row of the table of distances between the letters read so far and the word asked for.
fn next_row(rows: &[Vec<u8>], letters: &[char], asked: &[char]) -> Vec<u8> {
    let i = rows.len();
    let above = &rows[i - 1];
    let mut row = Vec::with_capacity(above.len());
    row.push(above[0].saturating_add(1));
    for j in 1..above.len() {
        let replaced = above[j - 1] + u8::from(letters[i - 1] != asked[j - 1]);
        let mut least = replaced.min(above[j] + 1).min(row[j - 1] + 1);
        if i > 1 && j > 1 && letters[i - 1] == asked[j - 2] && letters[i - 2] == asked[j - 1] {
            least = least.min(rows[i - 2][j - 2] + 1);
        }
        row.push(least);
    }
    row
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distance(a: &[char], b: &[char]) -> u8 {
        let mut rows: Vec<Vec<u8>> = vec![(0..=b.len()).map(|n| u8::try_from(n).unwrap()).collect()];
        while rows.len() <= a.len() {
            let row = next_row(&rows, a, b);
            rows.push(row);
        }
        rows[a.len()][b.len()]
    }

    #[test]
    fn a_word_is_close_to_itself_to_what_it_begins_and_to_its_misspellings() {
        let words = ["excel", "excellence", "java", "javascript", "python", "r", "rust"];
        let vocabulary = Vocabulary::new(words.into_iter());
        let close = |asked: &str, last: bool| -> Vec<&str> {
            let mut found = vocabulary.close(asked, last);
            found.sort_by(|a, b| b.1.total_cmp(&a.1));
            found.into_iter().map(|(at, _)| words[at as usize]).collect()
        };
        assert_eq!(close("java", true), ["java", "javascript"]);
        assert_eq!(close("jaav", true), ["java"]);
        assert_eq!(close("pythno", true), ["python"]);
        assert_eq!(close("javasrcipt", false), ["javascript"]);
        assert_eq!(close("r", true), ["r"]);
        assert_eq!(close("ru", true), ["rust"]);
        assert!(close("ru", false).is_empty() && close("", true).is_empty());
    }

    proptest! {
        #[test]
        fn walking_the_words_in_order_finds_what_comparing_each_finds(
            mut words in proptest::collection::btree_set("[abcé]{1,9}", 1..40),
            asked in "[abcé]{4,10}",
        ) {
            words.insert("abab".into());
            let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
            let mut found = Vec::new();
            let letters: Vec<char> = asked.chars().collect();
            vocabulary.mistaken(&letters, 2, &mut found);
            let mut found: Vec<u32> = found.into_iter().map(|(word, _)| word).collect();
            found.sort_unstable();
            let wanted: Vec<u32> = words
                .iter()
                .enumerate()
                .filter(|(_, w)| (1..=2).contains(&distance(&w.chars().collect::<Vec<_>>(), &letters)))
                .map(|(at, _)| u32::try_from(at).unwrap())
                .collect();
            prop_assert_eq!(found, wanted);
        }
    }
}

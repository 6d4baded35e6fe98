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

    /// The words a query word may mean, ascending, with how sure that is, 0 to 1 (the same word).
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
            found.sort_unstable_by_key(|(word, _)| *word);
        }
        found
    }

    /// The word itself, and those it begins.
    fn begun(&self, asked: &str, letters: &[char], last: bool) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        let enough = if last { 2 } else { 3 };
        let mut at = self.first_from(asked);
        while at < self.ends.len() && self.word(at).starts_with(asked) {
            let extra = self.word(at).chars().count().saturating_sub(letters.len());
            if extra == 0 {
                found.push((super::kept(at), 1.0));
            } else if letters.len() >= enough {
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
    /// Words come in order, so the rows of the table for the letters a word shares with the last one looked at
    /// stay; a beginning from which nothing within the bound can follow is passed over with all that begin so.
    fn mistaken(&self, asked: &[char], allowed: u8, found: &mut Vec<(u32, f32)>) {
        let bound = usize::from(allowed);
        let mut table = Table::new(asked, bound);
        let mut before: Vec<char> = Vec::new();
        let mut letters: Vec<char> = Vec::new();
        // Letters of a beginning that is too far; longer than any word: none is.
        let mut too_far = usize::MAX;
        for at in 0..self.ends.len() {
            let word = self.word(at);
            // No word has fewer bytes than letters.
            if word.len() + bound < asked.len() {
                continue;
            }
            letters.clear();
            letters.extend(word.chars().take(WORD_MAX + 1));
            if letters.len().abs_diff(asked.len()) > bound || letters.len() > WORD_MAX {
                continue;
            }
            let shared = before.iter().zip(&letters).take_while(|(a, b)| a == b).count();
            if shared >= too_far {
                continue;
            }
            too_far = (shared + 1..=letters.len())
                .find(|&row| table.fill(row, &letters) > allowed)
                .unwrap_or(usize::MAX);
            let distance = table.distance(letters.len());
            if too_far == usize::MAX && (1..=allowed).contains(&distance) {
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
            std::mem::swap(&mut before, &mut letters);
        }
    }
}

/// The table of distances between the beginnings of a word and those of the word asked for. Only cells whose
/// beginnings differ in length by the bound at most are filled: no other can be within it.
struct Table<'a> {
    asked: &'a [char],
    bound: usize,
    cells: Vec<u8>,
}

impl<'a> Table<'a> {
    fn new(asked: &'a [char], bound: usize) -> Self {
        let width = asked.len() + 1;
        let mut cells = vec![u8::MAX - 1; width * (WORD_MAX + 1)];
        for (cell, at) in cells.iter_mut().zip(0..).take(width) {
            *cell = at;
        }
        Self { asked, bound, cells }
    }

    fn cell(&self, row: usize, column: usize) -> u8 {
        self.cells[row * (self.asked.len() + 1) + column]
    }

    /// Fills the row of a beginning of `row` letters, from the rows before it; says the least in it.
    fn fill(&mut self, row: usize, letters: &[char]) -> u8 {
        let width = self.asked.len() + 1;
        let (from, to) = (row.saturating_sub(self.bound), (row + self.bound).min(width - 1));
        let mut least = u8::MAX;
        // Beside the filled cells stands what cannot win.
        if from > 0 {
            self.cells[row * width + from - 1] = u8::MAX - 1;
        }
        if to + 1 < width {
            self.cells[row * width + to + 1] = u8::MAX - 1;
        }
        for column in from..=to {
            let value = if column == 0 {
                self.cell(row - 1, 0) + 1
            } else {
                let (letter, other) = (letters[row - 1], self.asked[column - 1]);
                let replaced = self
                    .cell(row - 1, column - 1)
                    .saturating_add(u8::from(letter != other));
                let mut value = replaced
                    .min(self.cell(row - 1, column).saturating_add(1))
                    .min(self.cell(row, column - 1).saturating_add(1));
                let swapped =
                    row > 1 && column > 1 && letter == self.asked[column - 2] && letters[row - 2] == other;
                if swapped {
                    value = value.min(self.cell(row - 2, column - 2).saturating_add(1));
                }
                value
            };
            self.cells[row * width + column] = value;
            least = least.min(value);
        }
        least
    }

    fn distance(&self, row: usize) -> u8 {
        self.cell(row, self.asked.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The whole table, as the textbook has it.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
        for i in 1..=a.len() {
            let mut row = vec![i];
            for j in 1..=b.len() {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                row.push(least);
            }
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

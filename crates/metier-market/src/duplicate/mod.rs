//! Reposts: the same advert put up again, a little changed, counted once.
//!
//! Two texts are the same when the Jaccard index of their runs of five words is at least [`Rule::least`].
//! Comparing all with all is out of reach, so candidates are found first: a [`Sketch`] holds the hashes of
//! the bands of a `MinHash` signature, and who shares a band is a candidate ([`metier_measure::minhash`] has the
//! law of what is missed). Every candidate is then compared exactly.
//!
//! The order of time decides: the earliest dated stays, undated ones come last, and equals stay in the order
//! they were read. A document is compared with those that stay, not with the reposts of those.
//!
//! Nothing grows in memory but a bit a document. Band hashes, candidates and sets lie in a folder that the
//! caller gives, sorted in runs and merged ([`Collector`]).

mod collect;
mod disk;
mod sorted;

use metier_measure::minhash::{Bands, MinHash};

pub use collect::{Collector, Dropped, DuplicateError, Entry, Marks, State, Summary};

use crate::digest::{digest, pair};
use crate::text::words;

/// Words in a run.
const RUN: usize = 5;
/// Words of a text that are looked at: 65,536 are a book chapter.
const WORDS_MOST: usize = 1 << 16;

/// When two texts are the same.
#[derive(Debug, Clone)]
pub struct Rule {
    least: f64,
    rows: usize,
    bands: Bands,
    hasher: MinHash,
}

impl Rule {
    /// From the Jaccard index `least` on (more than 0, less than 1), with candidates from `bands` bands of
    /// `rows` rows.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn new(least: f64, bands: usize, rows: usize) -> Result<Self, metier_measure::MeasureError> {
        // An estimate's domain is that of the index itself.
        metier_measure::minhash::estimate_sd(least, 1)?;
        let cut = Bands::new(bands, rows)?;
        Ok(Self {
            least,
            rows,
            bands: cut,
            hasher: MinHash::new(cut.length(), 0)?,
        })
    }

    /// The usual rule: the same from an index of 0.8 on; 20 bands of 6 rows find 99.8% of the pairs at 0.8
    /// and 99.9999% of those at 0.9.
    ///
    /// # Errors
    /// Never: the numbers are within their domains.
    pub fn usual() -> Result<Self, metier_measure::MeasureError> {
        Self::new(0.8, 20, 6)
    }

    /// The Jaccard index from which two texts are the same.
    pub fn least(&self) -> f64 {
        self.least
    }

    /// The probability that two texts of this Jaccard index are compared at all.
    ///
    /// # Errors
    /// When the index is not from 0 to 1.
    pub fn found(&self, similarity: f64) -> Result<f64, metier_measure::MeasureError> {
        self.bands.probability(similarity)
    }

    /// What a text is compared by. A text without a word has no sketch, and is like no other.
    pub fn sketch(&self, text: &str) -> Sketch {
        let set = runs(text);
        // Only an empty set has no signature.
        let signature = self.hasher.signature(&set).unwrap_or_default();
        let bands = (0_u64..)
            .zip(signature.chunks_exact(self.rows))
            .map(|(band, rows)| rows.iter().fold(band, |hash, &row| pair(hash, u64::from(row))))
            .collect();
        Sketch { set, bands }
    }
}

/// What a text is compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The hashes of its runs of words, ascending, each once.
    set: Vec<u64>,
    /// The hash of each band.
    bands: Vec<u64>,
}

/// The hashes of the runs of five words of a text, ascending, each once; of a shorter text the one run there
/// is. Case does not matter, nor does what stands between words.
fn runs(text: &str) -> Vec<u64> {
    let mut small = Vec::new();
    let hashes: Vec<u64> = words(text)
        .take(WORDS_MOST)
        .map(|word| {
            let word = word.of(text);
            if word.is_ascii() {
                small.clear();
                small.extend(word.bytes().map(|b| b.to_ascii_lowercase()));
                digest(&small, 0)
            } else {
                digest(word.to_lowercase().as_bytes(), 0)
            }
        })
        .collect();
    let run = |part: &[u64]| part.iter().fold(0, |hash, &word| pair(hash, word));
    let mut set: Vec<u64> = match hashes.len() {
        0 => Vec::new(),
        1..=RUN => vec![run(&hashes)],
        _ => hashes.windows(RUN).map(run).collect(),
    };
    set.sort_unstable();
    set.dedup();
    set
}

/// The Jaccard index of two ascending lists without repetition; 0 when both are empty.
fn jaccard(one: &[u64], other: &[u64]) -> f64 {
    let (mut here, mut there, mut both) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(here), other.get(there)) {
        both += usize::from(a == b);
        here += usize::from(a <= b);
        there += usize::from(b <= a);
    }
    let either = one.len() + other.len() - both;
    if either == 0 {
        return 0.0;
    }
    both as f64 / either as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_signs_between_words_make_no_difference() {
        let rule = Rule::usual().unwrap();
        let one = rule.sketch("We look for a baker, five days a week.");
        assert_eq!(one, rule.sketch("we look for A BAKER five days -- a week"));
        assert_ne!(one, rule.sketch("We look for a baker, six days a week."));
        assert_eq!(rule.sketch(" -- "), Sketch::default());
        assert_eq!(runs("two words").len(), 1);
    }

    #[test]
    fn the_index_by_hand() {
        assert!((jaccard(&[1, 2, 3, 4], &[3, 4, 5]) - 0.4).abs() < 1e-12);
        assert!((jaccard(&[1, 2], &[1, 2]) - 1.0).abs() < 1e-12);
        assert!(jaccard(&[], &[]).abs() < 1e-12 && jaccard(&[1], &[]).abs() < 1e-12);
    }

    #[test]
    fn the_usual_rule_misses_what_it_says() {
        let rule = Rule::usual().unwrap();
        assert!((rule.found(0.8).unwrap() - 0.9977).abs() < 5e-4);
        assert!(rule.found(0.9).unwrap() > 0.999_999);
        assert!(Rule::new(1.5, 20, 6).is_err() && Rule::new(0.8, 0, 6).is_err());
    }
}

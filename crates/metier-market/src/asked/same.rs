//! Whether two adverts are one: saved twice, or posted again with a few words changed.

use std::collections::HashSet;

use crate::text::words;

/// From this likeness on, two adverts are said to be one.
pub const SAME_FROM: f64 = 0.8;

/// Words of a shingle.
const SHINGLE: usize = 4;

/// How alike two texts are, 0 to 1: the Jaccard likeness of their runs of four words, without regard to case; of
/// shorter texts, 1 where they are the same words and 0 otherwise.
pub fn alike(a: &str, b: &str) -> f64 {
    let cut = |text: &str| -> Vec<String> { words(text).map(|w| w.of(text).to_lowercase()).collect() };
    let (a, b) = (cut(a), cut(b));
    if a.len() < SHINGLE || b.len() < SHINGLE {
        return f64::from(u8::from(a == b));
    }
    let of = |words: &'_ [String]| -> HashSet<Vec<String>> {
        words.windows(SHINGLE).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (of(&a), of(&b));
    let both = a.intersection(&b).count() as f64;
    both / (a.len() as f64 + b.len() as f64 - both)
}

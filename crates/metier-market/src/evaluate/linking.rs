//! How well sentences are linked, by the two protocols in use.
//!
//! Every candidate label has a score for a sentence. The **reciprocal rank** is one divided by the place of
//! the best of the right labels; its mean over sentences is MRR. **R-precision at k** is the number of right
//! labels among the first k, divided by the smaller of k and how many are right. A label of the same score
//! as another stands behind it when it comes later in the list of candidates. Sentences without a right
//! label among the candidates are left out, and counted.

use std::collections::HashMap;

use serde::Serialize;

use crate::dataset::Asked;

use super::{Estimate, bootstrap};

/// How many labels count in R-precision.
pub const FIRST: usize = 5;

/// The place, from 1, of the best of the right candidates; none when there is no right one.
pub fn best_place(scores: &[f32], right: &[usize]) -> Option<usize> {
    let better = |&a: &usize, &b: &usize| scores[b].total_cmp(&scores[a]).then(a.cmp(&b));
    let best = *right.iter().min_by(|a, b| better(a, b))?;
    let before = (0..scores.len()).filter(|at| better(at, &best).is_lt()).count();
    Some(before + 1)
}

/// R-precision at k: hits among the first k over min(k, right ones).
pub fn r_precision(scores: &[f32], right: &[usize], k: usize) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    let k = k.min(order.len());
    let better = |a: &usize, b: &usize| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b));
    if k > 0 && k < order.len() {
        order.select_nth_unstable_by(k - 1, better);
    }
    let hits = order[..k].iter().filter(|at| right.contains(at)).count();
    hits as f64 / k.min(right.len()).max(1) as f64
}

/// What each sentence gave.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LinkScores {
    /// The reciprocal rank of each sentence.
    pub reciprocal: Vec<f64>,
    /// R-precision at [`FIRST`] of each.
    pub precise: Vec<f64>,
    /// How many sentences were left out, having no right label among the candidates.
    pub left_out: usize,
}

/// Scores sentences against candidate labels; `score` gives every candidate's score for a sentence.
pub fn score_links(
    sentences: &[Asked],
    labels: &[String],
    mut score: impl FnMut(&str) -> Vec<f32>,
) -> LinkScores {
    let places: HashMap<&str, usize> = labels.iter().map(String::as_str).zip(0..).collect();
    let mut found = LinkScores::default();
    for asked in sentences {
        let right: Vec<usize> = asked
            .labels
            .iter()
            .filter_map(|l| places.get(l.as_str()).copied())
            .collect();
        if right.is_empty() {
            found.left_out += 1;
            continue;
        }
        let scores = score(&asked.sentence);
        let place = best_place(&scores, &right).unwrap_or(usize::MAX);
        found.reciprocal.push(1.0 / place as f64);
        found.precise.push(r_precision(&scores, &right, FIRST));
    }
    found
}

/// The mean of a list with its interval over the sentences drawn again.
pub fn mean(values: &[f64], seed: u64) -> Estimate {
    bootstrap(values.len(), seed, |drawn| {
        drawn.iter().map(|&i| values[i]).sum::<f64>() / drawn.len().max(1) as f64
    })
}

/// How much more the first gives than the second on the same sentences, with the interval of that difference.
pub fn difference(first: &[f64], second: &[f64], seed: u64) -> Estimate {
    let each: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    mean(&each, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_precision_are_those_counted_by_hand() {
        let scores = [0.1, 0.9, 0.5, 0.5, 0.2, 0.0];
        assert_eq!(best_place(&scores, &[0, 3]), Some(3));
        assert_eq!(best_place(&scores, &[2]), Some(2));
        assert_eq!(best_place(&scores, &[]), None);
        // First two: 1 and 2. Of three right ones, 2 is among them: 1 / min(2, 3).
        assert!((r_precision(&scores, &[2, 4, 5], 2) - 0.5).abs() < 1e-12);
        assert!((r_precision(&scores, &[3], 5) - 1.0).abs() < 1e-12);
        assert!((r_precision(&scores, &[5, 1], 5) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn sentences_without_a_candidate_are_left_out_and_counted() {
        let labels = ["a".to_owned(), "b".to_owned()];
        let asked = |sentence: &str, labels: &[&str]| Asked {
            sentence: sentence.to_owned(),
            labels: labels.iter().map(|&l| l.to_owned()).collect(),
        };
        let sentences = [
            asked("x", &["b"]),
            asked("y", &["z"]),
            asked("z", &[]),
            asked("w", &["a", "z"]),
        ];
        let found = score_links(&sentences, &labels, |_| vec![0.7, 0.3]);
        assert_eq!(found.reciprocal, [0.5, 1.0]);
        assert_eq!(found.precise, [1.0, 1.0]);
        assert_eq!(found.left_out, 2);
        let more = difference(&found.reciprocal, &[0.5, 0.5], 1);
        assert!((more.value - 0.25).abs() < 1e-12 && more.low >= 0.0 && more.high <= 0.5);
    }
}

//! Strict spans: one counts when both its ends are where they were marked.

use serde::Serialize;

use super::{Estimate, bootstrap};
use crate::dataset::{Layer, Marked, Span};

/// How many spans were marked, found, and both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Marked in the set.
    pub marked: u64,
    /// Found by the program.
    pub found: u64,
    /// Found exactly where they were marked.
    pub right: u64,
}

impl Counts {
    /// Of one sentence; both lists without repeats.
    pub fn of(marked: &[Span], found: &[Span]) -> Self {
        Self {
            marked: marked.len() as u64,
            found: found.len() as u64,
            right: found.iter().filter(|span| marked.contains(span)).count() as u64,
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            marked: self.marked + other.marked,
            found: self.found + other.found,
            right: self.right + other.right,
        }
    }

    /// The share of what was found that is right; 0 when nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what was marked that was found; 0 when nothing was marked.
    pub fn recall(self) -> f64 {
        share(self.right, self.marked)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.marked + self.found)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// The scores of one layer, or of both together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// What was counted.
    pub counts: Counts,
    /// With its interval over the sentences.
    pub precision: Estimate,
    /// With its interval over the sentences.
    pub recall: Estimate,
    /// With its interval over the sentences.
    pub f1: Estimate,
}

/// The scores of a set of sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpanScores {
    /// How many sentences.
    pub sentences: usize,
    /// Skill spans.
    pub skill: Scores,
    /// Knowledge spans; absent where the set marks none.
    pub knowledge: Option<Scores>,
    /// Both counted together.
    pub combined: Scores,
}

/// Scores what was found in each sentence: skill spans, then knowledge spans.
pub fn score_spans(marked: &[Marked], found: &[[Vec<Span>; 2]], both_layers: bool, seed: u64) -> SpanScores {
    let counted = |layer: Layer, which: usize| -> Vec<Counts> {
        marked
            .iter()
            .zip(found)
            .map(|(m, f)| Counts::of(m.spans(layer), &f[which]))
            .collect()
    };
    let skill = counted(Layer::Skill, 0);
    let knowledge = both_layers.then(|| counted(Layer::Knowledge, 1));
    let combined: Vec<Counts> = match &knowledge {
        Some(knowledge) => skill.iter().zip(knowledge).map(|(s, k)| s.and(*k)).collect(),
        None => skill.clone(),
    };
    SpanScores {
        sentences: marked.len(),
        skill: scores(&skill, seed),
        knowledge: knowledge.as_deref().map(|k| scores(k, seed)),
        combined: scores(&combined, seed),
    }
}

pub(super) fn scores(each: &[Counts], seed: u64) -> Scores {
    let of = |figure: fn(Counts) -> f64| {
        bootstrap(each.len(), seed, |drawn| {
            figure(drawn.iter().fold(Counts::default(), |sum, &i| sum.and(each[i])))
        })
    };
    Scores {
        counts: each.iter().fold(Counts::default(), |sum, c| sum.and(*c)),
        precision: of(Counts::precision),
        recall: of(Counts::recall),
        f1: of(Counts::f1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_only_with_both_its_ends() {
        let s = |start, end| Span { start, end };
        let marked = vec![Marked {
            tokens: Vec::new(),
            skill: vec![s(0, 3)],
            knowledge: vec![s(1, 2), s(4, 5)],
        }];
        let found = vec![[vec![s(0, 2)], vec![s(1, 2)]]];
        let scored = score_spans(&marked, &found, true, 1);
        assert_eq!(scored.skill.counts.right, 0);
        let knowledge = scored.knowledge.unwrap();
        assert!((knowledge.precision.value - 1.0).abs() < 1e-12);
        assert!((knowledge.recall.value - 0.5).abs() < 1e-12);
        assert!((scored.combined.f1.value - 0.4).abs() < 1e-12);
        assert!(score_spans(&marked, &found, false, 1).knowledge.is_none());
    }
}

//! Training a linker: a table tuned to a taxonomy and to sentences that somebody linked.

use std::collections::HashMap;

use serde::Serialize;

use crate::concept::{Concepts, Scheme};
use crate::dataset::Asked;
use crate::evaluate::Estimate;
use crate::evaluate::linking::{mean, score_links};

use super::learn::{Course, Lesson, tune};
use super::linker::{Linker, Trained};
use super::table::{Side, Table};

/// How lessons are taken. Chosen on folds of the training sentences (`docs/method/extraction.md`).
const COURSE: Course = Course {
    rounds: 3,
    batch: 256,
    rate: 0.003,
    sharpness: 20.0,
    forgotten: 0.1,
    seed: 0,
};
/// Each sentence is taken this often for each time a name is.
const SENTENCES: usize = 2;
/// What the cosine of the letters counts.
const LETTERS: f32 = 0.3;
/// What other names and the definition count in a concept's vector.
const NAMES: f32 = 0.5;
const DEFINITION: f32 = 0.3;
/// Links less likely to be right than this are not made.
const THRESHOLD: f32 = 0.3;
/// One sentence of so many is kept apart.
const APART: usize = 5;

/// What training saw and how good it was on what it kept apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Texts with their concept.
    pub lessons: usize,
    /// Sentences used.
    pub sentences: usize,
    /// Mean reciprocal rank over all concepts on the fifth of the sentences that a first training did not
    /// see; absent without sentences.
    pub kept_apart: Option<Estimate>,
}

/// What a table is tuned by: every concept's names and definition, and sentences.
#[derive(Debug, Clone)]
pub struct Lessons {
    keys: Vec<Vec<u32>>,
    lessons: Vec<Lesson>,
}

impl Lessons {
    /// The lessons of ESCO's concepts (a technology has no other name to learn by) and of sentences. Labels
    /// that the concepts do not hold are passed over.
    pub fn new(table: &Table, concepts: &Concepts, sentences: &[Asked]) -> Self {
        let cut = |text: &str| {
            let mut pieces = Vec::new();
            table.pieces().cut(text, &mut pieces);
            pieces
        };
        let mut built = Self {
            keys: concepts.iter().map(|(_, c)| cut(&c.label)).collect(),
            lessons: Vec::new(),
        };
        let mut places = HashMap::new();
        for (id, concept) in concepts
            .iter()
            .filter(|(_, c)| c.scheme != Scheme::OnetTechnology)
        {
            places.entry(concept.label.as_str()).or_insert(id.0);
            let names = concept.names.iter().map(|n| n.text.as_str());
            let defined = Some(concept.description.as_str()).filter(|d| !d.is_empty());
            for text in names.chain(defined) {
                built.add(&cut(text), Side::Name, &[id.0]);
            }
        }
        for _ in 0..SENTENCES {
            for asked in sentences {
                let labels = asked.labels.iter();
                let mut of: Vec<u32> = labels.filter_map(|l| places.get(l.as_str()).copied()).collect();
                of.sort_unstable();
                built.add(&cut(&asked.sentence), Side::Text, &of);
            }
        }
        built
    }

    fn add(&mut self, text: &[u32], side: Side, of: &[u32]) {
        self.lessons.extend(of.iter().map(|&concept| Lesson {
            text: text.to_vec(),
            side,
            concept,
            all: of.to_vec(),
        }));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lessons.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }

    /// A table tuned by them, and how it is used; the curve is the identity's, until it is fitted.
    pub fn tune(&self, table: &Table, seed: u64) -> Trained {
        let course = Course { seed, ..COURSE };
        Trained::of(tune(table, &self.keys, &self.lessons, &course))
    }
}

impl Trained {
    /// A table as it is used; scores become likelihoods by a curve of middling steepness until one is fitted.
    pub fn of(table: Table) -> Self {
        Self {
            table,
            letters: LETTERS,
            names: NAMES,
            definition: DEFINITION,
            curve: [8.0, -4.0],
            threshold: THRESHOLD,
        }
    }
}

/// Trains a linker: once without a fifth of the sentences, on which the curve from scores to likelihoods is
/// fitted and the figure of the report is taken, then with all.
pub fn train(concepts: &Concepts, sentences: &[Asked], table: &Table, seed: u64) -> (Trained, Report) {
    let apart: Vec<Asked> = sentences.iter().step_by(APART).cloned().collect();
    let others: Vec<Asked> = sentences
        .iter()
        .enumerate()
        .filter(|(at, _)| at % APART != 0)
        .map(|(_, asked)| asked.clone())
        .collect();
    let (mut curve, mut kept_apart) = (None, None);
    if !apart.is_empty() {
        let first = Lessons::new(table, concepts, &others).tune(table, seed);
        let linker = Linker::new(concepts, first);
        let labels: Vec<String> = concepts.iter().map(|(_, c)| c.label.clone()).collect();
        let mut tops = Vec::new();
        let scores = score_links(&apart, &labels, |sentence| {
            let scores = linker.scores(sentence);
            tops.push(scores.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            scores
        });
        let hits = scores.reciprocal.iter().map(|r| *r > 0.999);
        curve = Some(logistic(&tops.into_iter().zip(hits).collect::<Vec<_>>()));
        kept_apart = Some(mean(&scores.reciprocal, seed));
    }
    let lessons = Lessons::new(table, concepts, sentences);
    let mut trained = lessons.tune(table, seed);
    if let Some(curve) = curve {
        trained.curve = curve;
    }
    let report = Report {
        lessons: lessons.len(),
        sentences: sentences.len(),
        kept_apart,
    };
    (trained, report)
}

/// The logistic curve that fits scores and whether they were right (Platt 1999, with his targets), by Newton's
/// steps.
fn logistic(seen: &[(f32, bool)]) -> [f32; 2] {
    let right = seen.iter().filter(|s| s.1).count() as f64;
    let wrong = seen.len() as f64 - right;
    let target = |is_right| {
        if is_right {
            (right + 1.0) / (right + 2.0)
        } else {
            1.0 / (wrong + 2.0)
        }
    };
    let (mut slope, mut offset) = (0.0_f64, 0.0_f64);
    for _ in 0..30 {
        let (mut pull, mut curve) = ([0.0_f64; 2], [1e-6_f64, 0.0, 1e-6]);
        for &(score, is_right) in seen {
            let x = f64::from(score);
            let p = 1.0 / (1.0 + libm::exp(-(slope * x + offset)));
            let off = target(is_right) - p;
            let weight = p * (1.0 - p);
            pull[0] += off * x;
            pull[1] += off;
            curve[0] += weight * x * x;
            curve[1] += weight * x;
            curve[2] += weight;
        }
        let size = curve[0] * curve[2] - curve[1] * curve[1];
        if size.abs() < 1e-12 {
            break;
        }
        slope += ((curve[2] * pull[0] - curve[1] * pull[1]) / size).clamp(-5.0, 5.0);
        offset += ((curve[0] * pull[1] - curve[1] * pull[0]) / size).clamp(-5.0, 5.0);
    }
    // A better score is never less likely.
    #[allow(clippy::cast_possible_truncation, reason = "a curve needs no more digits")]
    let curve = [slope.max(0.0) as f32, offset as f32];
    curve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_gives_back_the_chances_that_made_the_data() {
        // At -1 one of four was right, at 1 three of four: slope and offset ln 3 and 0.
        let seen: Vec<(f32, bool)> = (0..400)
            .flat_map(|i| [(-1.0, i % 4 == 0), (1.0, i % 4 != 0)])
            .collect();
        let [slope, offset] = logistic(&seen);
        assert!(
            (slope - libm::logf(3.0)).abs() < 0.03 && offset.abs() < 0.03,
            "{slope} {offset}"
        );
        // What is likelier the lower it scores is told at one height.
        let turned: Vec<(f32, bool)> = seen.iter().map(|&(s, r)| (-s, r)).collect();
        assert!(logistic(&turned)[0].abs() < f32::EPSILON);
        assert!(logistic(&[]).iter().all(|v| v.is_finite()));
    }
}

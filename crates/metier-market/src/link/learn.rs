//! Fine-tuning a static table: texts move towards the concept they speak of, and away from others.
//!
//! Each lesson is a text and the concept it is of: another name, a definition, a sentence of a data set.
//! The vectors of a batch of texts are compared with the vectors of their concepts' preferred names, and
//! the loss is the cross-entropy of the right one among all of the batch (`InfoNCE`; van den Oord and others
//! 2018), where another concept of the same text counts neither for nor against. What is learnt is the rows
//! and, for each piece, how much it counts in a text against in a name ([`Side`]).
//!
//! Nothing is drawn but from the seed, and sums are taken in one order: the same lessons give the same table.

use crate::train::Dice;

use super::table::{Side, Table, dot};

/// A text and what it speaks of.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The text's pieces.
    pub text: Vec<u32>,
    /// Whether it is a name or definition, or a sentence.
    pub side: Side,
    /// The concept's place among the keys.
    pub concept: u32,
    /// Every concept the text speaks of, ascending; may be only the one.
    pub all: Vec<u32>,
}

/// How lessons are taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// How often each lesson is taken.
    pub rounds: usize,
    /// How many at once.
    pub batch: usize,
    /// The step of Adam (Kingma and Ba 2015), falling linearly to none.
    pub rate: f32,
    /// What cosines are multiplied by before they are compared.
    pub sharpness: f32,
    /// The share of pieces of a sentence that are left out of it, drawn anew each time.
    pub forgotten: f32,
    /// What all draws follow from.
    pub seed: u64,
}

/// One side of a batch: the vectors with what is needed to go back to the rows.
struct Batch {
    unit: Vec<f32>,
    length: Vec<f32>,
    slope: Vec<f32>,
}

impl Batch {
    fn new(size: usize, dims: usize) -> Self {
        Self {
            unit: vec![0.0; size * dims],
            length: vec![0.0; size],
            slope: vec![0.0; size * dims],
        }
    }
}

struct Learner {
    dims: usize,
    rows: Moving,
    /// The logarithm of how much more a piece counts in texts.
    asked: Moving,
    step: i32,
}

/// Numbers under Adam; only what a batch touches moves.
struct Moving {
    values: Vec<f32>,
    slope: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Moving {
    fn new(values: Vec<f32>) -> Self {
        let none = vec![0.0; values.len()];
        Self {
            slope: none.clone(),
            mean: none.clone(),
            square: none,
            values,
        }
    }

    fn step(&mut self, range: std::ops::Range<usize>, rate: f32, warm: (f32, f32)) {
        for i in range {
            let slope = std::mem::take(&mut self.slope[i]);
            self.mean[i] = 0.9 * self.mean[i] + 0.1 * slope;
            self.square[i] = 0.999 * self.square[i] + 0.001 * slope * slope;
            let square = (self.square[i] / warm.1).sqrt();
            self.values[i] -= rate * (self.mean[i] / warm.0) / (square + 1e-8);
        }
    }
}

/// A table tuned by lessons; `keys` are the pieces of the concepts' preferred names.
pub fn tune(table: &Table, keys: &[Vec<u32>], lessons: &[Lesson], course: &Course) -> Table {
    let dims = table.dims();
    let pieces = 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
    let mut values: Vec<f32> = pieces.clone().flat_map(|p| table.row(p, Side::Name)).collect();
    // Rows of a common size make one step size fit them all.
    let size = (dot(&values, &values) / table.len().max(1) as f32)
        .sqrt()
        .max(1e-12);
    for v in &mut values {
        *v /= size;
    }
    let mut learner = Learner {
        dims,
        rows: Moving::new(values),
        asked: Moving::new(vec![0.0; table.len()]),
        step: 0,
    };
    let mut dice = Dice::new(course.seed);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let batches = lessons.len().div_ceil(course.batch.max(1)) * course.rounds;
    for _ in 0..course.rounds {
        dice.shuffle(&mut order);
        for chosen in order.chunks(course.batch.max(1)) {
            let rate = course.rate * (1.0 - learner.step as f32 / batches.max(1) as f32);
            let taken: Vec<Lesson> = chosen
                .iter()
                .map(|&i| forget(&lessons[i], course.forgotten, &mut dice))
                .collect();
            learner.take(&taken, keys, course, rate);
        }
    }
    let asked: Vec<f32> = learner.asked.values.iter().map(|v| libm::expf(*v)).collect();
    Table::quantise(table.entries().to_owned(), dims, &learner.rows.values, &asked)
}

/// The lesson with some of its pieces left out, one at least kept.
fn forget(lesson: &Lesson, share: f32, dice: &mut Dice) -> Lesson {
    let mut taken = lesson.clone();
    if taken.side == Side::Text && share > 0.0 {
        taken.text.retain(|_| dice.unit() >= share);
        if taken.text.is_empty() {
            taken.text.clone_from(&lesson.text);
        }
    }
    taken
}

impl Learner {
    fn take(&mut self, lessons: &[Lesson], keys: &[Vec<u32>], course: &Course, rate: f32) {
        let (size, dims) = (lessons.len(), self.dims);
        let mut texts = Batch::new(size, dims);
        let mut names = Batch::new(size, dims);
        for (i, lesson) in lessons.iter().enumerate() {
            self.embed(&lesson.text, lesson.side, i, &mut texts);
            self.embed(&keys[lesson.concept as usize], Side::Name, i, &mut names);
        }
        let cosines = compare(lessons, &texts.unit, &names.unit);
        let slopes = slopes(&cosines, size, course.sharpness);
        for (i, row) in slopes.chunks_exact(size).enumerate() {
            for (j, slope) in row.iter().enumerate().filter(|(_, s)| s.abs() > 1e-9) {
                add(
                    &mut texts.slope[i * dims..(i + 1) * dims],
                    &names.unit[j * dims..(j + 1) * dims],
                    *slope,
                );
                add(
                    &mut names.slope[j * dims..(j + 1) * dims],
                    &texts.unit[i * dims..(i + 1) * dims],
                    *slope,
                );
            }
        }
        let mut touched = Vec::new();
        for (i, lesson) in lessons.iter().enumerate() {
            self.back(&lesson.text, lesson.side, i, &mut texts, &mut touched);
            self.back(
                &keys[lesson.concept as usize],
                Side::Name,
                i,
                &mut names,
                &mut touched,
            );
        }
        touched.sort_unstable();
        touched.dedup();
        self.step += 1;
        let warm = (
            1.0 - libm::powf(0.9, self.step as f32),
            1.0 - libm::powf(0.999, self.step as f32),
        );
        for piece in touched {
            let at = piece as usize;
            self.rows.step(at * dims..(at + 1) * dims, rate, warm);
            self.asked.step(at..at + 1, rate, warm);
        }
    }

    fn factor(&self, piece: u32, side: Side) -> f32 {
        match side {
            Side::Name => 1.0,
            Side::Text => libm::expf(self.asked.values[piece as usize]),
        }
    }

    fn embed(&self, pieces: &[u32], side: Side, at: usize, batch: &mut Batch) {
        let sum = &mut batch.unit[at * self.dims..(at + 1) * self.dims];
        for &piece in pieces {
            let row = piece as usize * self.dims;
            add(
                sum,
                &self.rows.values[row..row + self.dims],
                self.factor(piece, side),
            );
        }
        let length = dot(sum, sum).sqrt().max(1e-6);
        batch.length[at] = length;
        for v in sum {
            *v /= length;
        }
    }

    fn back(&mut self, pieces: &[u32], side: Side, at: usize, batch: &mut Batch, touched: &mut Vec<u32>) {
        let dims = self.dims;
        let unit = &batch.unit[at * dims..(at + 1) * dims];
        let slope = &mut batch.slope[at * dims..(at + 1) * dims];
        let along = dot(unit, slope);
        for (s, u) in slope.iter_mut().zip(unit) {
            *s = (*s - along * u) / batch.length[at];
        }
        for &piece in pieces {
            let row = piece as usize * dims;
            let factor = self.factor(piece, side);
            if side == Side::Text {
                let pull = dot(slope, &self.rows.values[row..row + dims]);
                self.asked.slope[piece as usize] += factor * pull;
            }
            add(&mut self.rows.slope[row..row + dims], slope, factor);
            touched.push(piece);
        }
    }
}

/// The cosine of each text with each name; what a text speaks of beside its lesson's concept is not compared.
fn compare(lessons: &[Lesson], texts: &[f32], names: &[f32]) -> Vec<f32> {
    let dims = texts.len() / lessons.len().max(1);
    let mut cosines = Vec::with_capacity(lessons.len() * lessons.len());
    for (i, lesson) in lessons.iter().enumerate() {
        let text = &texts[i * dims..(i + 1) * dims];
        cosines.extend(lessons.iter().enumerate().map(|(j, other)| {
            if i == j || lesson.all.binary_search(&other.concept).is_err() {
                dot(text, &names[j * dims..(j + 1) * dims])
            } else {
                f32::NEG_INFINITY
            }
        }));
    }
    cosines
}

/// The slope of the loss by each cosine: both directions, text to name and name to text, by half.
fn slopes(cosines: &[f32], size: usize, sharpness: f32) -> Vec<f32> {
    let mut slopes = vec![0.0; size * size];
    let share = 0.5 * sharpness / size.max(1) as f32;
    let mut line = vec![0.0; size];
    for i in 0..size {
        for down in [false, true] {
            let place = |j: usize| if down { j * size + i } else { i * size + j };
            let most = (0..size).fold(f32::NEG_INFINITY, |m, j| m.max(cosines[place(j)]));
            let mut sum = 0.0;
            for (j, to) in line.iter_mut().enumerate() {
                *to = libm::expf(sharpness * (cosines[place(j)] - most));
                sum += *to;
            }
            for (j, part) in line.iter().enumerate() {
                slopes[place(j)] += share * (part / sum - f32::from(u8::from(i == j)));
            }
        }
    }
    slopes
}

/// Adds a multiple of one vector to another.
fn add(to: &mut [f32], from: &[f32], factor: f32) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += factor * f;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight words at random, of which 0 to 3 shall mean what 4 to 7 do.
    fn lessons() -> (Table, Vec<Vec<u32>>, Vec<Lesson>, Course) {
        let mut dice = Dice::new(4);
        let values: Vec<f32> = (0..8 * 16).map(|_| dice.unit() - 0.5).collect();
        let table = Table::quantise("a\nb\nc\nd\ne\nf\ng\nh".to_owned(), 16, &values, &[1.0; 8]);
        let keys = (4..8).map(|p| vec![p]).collect();
        let lessons = (0..4)
            .map(|c| Lesson {
                text: vec![c],
                side: Side::Text,
                concept: c,
                all: vec![c],
            })
            .collect();
        let course = Course {
            rounds: 40,
            batch: 4,
            rate: 0.03,
            sharpness: 10.0,
            forgotten: 0.2,
            seed: 1,
        };
        (table, keys, lessons, course)
    }

    #[test]
    fn texts_move_to_what_they_speak_of_and_the_same_seed_gives_the_same_table() {
        let (table, keys, lessons, course) = lessons();
        let tuned = tune(&table, &keys, &lessons, &course);
        for (text, right) in [("a", "e"), ("b", "f"), ("c", "g"), ("d", "h")] {
            let asked = tuned.embed(text, Side::Text);
            let cosine = |name: &str| dot(&asked, &tuned.embed(name, Side::Name));
            // The loss compares: what is right is far nearer than the others, not near by itself.
            for name in ["e", "f", "g", "h"].into_iter().filter(|n| *n != right) {
                assert!(
                    cosine(right) > cosine(name) + 0.3,
                    "{text}: {right} {}, {name} {}",
                    cosine(right),
                    cosine(name)
                );
            }
        }
        assert_eq!(
            tune(&table, &keys, &lessons, &course).to_bytes(),
            tuned.to_bytes()
        );
    }

    #[test]
    fn the_slope_is_that_of_the_loss() {
        let (_, _, mut lessons, _) = lessons();
        lessons[0].all = vec![0, 2];
        let unit = |seed| {
            let mut dice = Dice::new(seed);
            let mut all: Vec<f32> = (0..4 * 16).map(|_| dice.unit() - 0.5).collect();
            for row in all.chunks_exact_mut(16) {
                super::super::table::unit(row);
            }
            all
        };
        let cosines = compare(&lessons, &unit(1), &unit(2));
        assert!(cosines[2].is_infinite() && cosines[1].is_finite());
        let loss = |cosines: &[f32]| {
            let at = |i: usize, j: usize| (5.0 * f64::from(cosines[i * 4 + j])).exp();
            let each = |i: usize| {
                let row: f64 = (0..4).map(|j| at(i, j)).sum();
                let column: f64 = (0..4).map(|j| at(j, i)).sum();
                -((at(i, i) / row).ln() + (at(i, i) / column).ln()) / 8.0
            };
            (0..4).map(each).sum::<f64>()
        };
        let found = slopes(&cosines, 4, 5.0);
        for at in [0, 1, 5, 7, 14] {
            let mut moved = cosines.clone();
            moved[at] += 1e-3;
            let expected = (loss(&moved) - loss(&cosines)) / 1e-3;
            assert!(
                (expected - f64::from(found[at])).abs() < 5e-3,
                "{at}: {expected} {}",
                found[at]
            );
        }
    }
}

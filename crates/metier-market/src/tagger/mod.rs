//! The tagger: spans that ask for something, whether or not a dictionary has them.
//!
//! It reads a text sentence by sentence. A token's vector is the sum of its word's and of its features'
//! (shape, endings, beginning); hidden units read the tokens in a window, the mean of the sentence and
//! that of the sentence before; they give each label of two chains (`chain`) its weight, one for skills
//! and one for knowledge, whose spans may lie inside each other. Of the spans' exact probabilities those
//! are named that together are worth most.
//!
//! Everything before the hidden units' bend is a sum over tokens. So what a word adds to each place of
//! the window is worked out once, when the word is first met, and kept on the [`Desk`].

pub(crate) mod chain;
mod desk;
pub(crate) mod features;
pub(crate) mod model;
mod tokens;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use self::chain::{LABELS, Steps};
use self::model::OUT;
use crate::dataset::{Layer, Span};
use crate::text::sentences;
use crate::train::kernel::add_scaled;

pub use desk::Desk;
pub use model::{Model, ModelError};
pub use tokens::{Token, cut};

/// A span that the tagger named.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// First byte in the text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// Which kind it is.
    pub layer: Layer,
    /// How likely it is, 0 to 1, with exactly these ends.
    pub probability: f32,
}

/// The tagger, ready to read. Shared by all threads; each has a [`Desk`] of its own.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
    numbers: HashMap<Box<str>, u32>,
    steps: [Steps; 2],
    which: u64,
}

/// Tells taggers apart on desks.
static NEXT: AtomicU64 = AtomicU64::new(1);

impl Tagger {
    /// A tagger of these weights.
    pub fn new(model: Model) -> Self {
        Self {
            numbers: (0..)
                .zip(&model.words)
                .map(|(i, w)| (w.as_str().into(), i))
                .collect(),
            steps: [0, 1].map(|layer: usize| chain::steps(&model.steps[layer])),
            which: NEXT.fetch_add(1, Ordering::Relaxed),
            model,
        }
    }

    /// Appends the spans of a text, sentence by sentence; within a sentence skills first, each layer in order.
    pub fn tag(&self, text: &str, desk: &mut Desk, found: &mut Vec<Tagged>) {
        self.begin(desk);
        for sentence in sentences(text) {
            let mut tokens = std::mem::take(&mut desk.tokens);
            tokens.clear();
            cut(
                &text[sentence.clone()],
                u32::try_from(sentence.start).unwrap_or(u32::MAX),
                &mut tokens,
            );
            self.weigh(tokens.iter().map(|t| t.of(text)), desk);
            for (layer, kind) in [Layer::Skill, Layer::Knowledge].into_iter().enumerate() {
                self.choose(layer, self.model.prices[layer], desk);
                found.extend(desk.chosen.iter().map(|&(span, probability)| Tagged {
                    start: tokens[span.start as usize].start,
                    end: tokens[span.end as usize - 1].end,
                    layer: kind,
                    probability,
                }));
            }
            desk.tokens = tokens;
        }
    }

    /// Lays the desk for a new text: no sentence came before.
    pub fn begin(&self, desk: &mut Desk) {
        if desk.of != self.which {
            desk.clear(self.which);
        }
        desk.before.clear();
        desk.before.resize(self.model.hidden as usize, 0.0);
    }

    /// The spans of the next sentence of a text that is cut already, skills then knowledge.
    pub fn spans<'a>(
        &self,
        tokens: impl ExactSizeIterator<Item = &'a str>,
        desk: &mut Desk,
    ) -> [Vec<Span>; 2] {
        self.spans_at(tokens, self.model.prices, desk)
    }

    /// The same at other prices.
    pub(crate) fn spans_at<'a>(
        &self,
        tokens: impl ExactSizeIterator<Item = &'a str>,
        prices: [f32; 2],
        desk: &mut Desk,
    ) -> [Vec<Span>; 2] {
        self.weigh(tokens, desk);
        [0, 1].map(|layer: usize| {
            self.choose(layer, prices[layer], desk);
            desk.chosen.iter().map(|(span, _)| *span).collect()
        })
    }

    /// What a word adds: to the units at each place of the window, then by way of the means.
    fn block_length(&self) -> usize {
        (2 * self.model.reach as usize + 3) * self.model.hidden as usize
    }

    /// The labels' weights of a sentence, onto the desk.
    fn weigh<'a>(&self, tokens: impl ExactSizeIterator<Item = &'a str>, desk: &mut Desk) {
        let n = tokens.len();
        let (wide, reach) = (self.model.hidden as usize, self.model.reach as usize);
        let length = self.block_length();
        desk.weights.clear();
        desk.hidden.clear();
        desk.hidden.resize(n * wide, 0.0);
        desk.means.clear();
        desk.means.resize(2 * wide, 0.0);
        if n == 0 {
            return;
        }
        let mut hidden = std::mem::take(&mut desk.hidden);
        let mut means = std::mem::take(&mut desk.means);
        for (at, token) in tokens.enumerate() {
            let begin = match desk.block(token, length) {
                Some(begin) => begin,
                None => self.first_met(token, desk),
            };
            let block = &desk.blocks()[begin..begin + length];
            // The token stands `reach - place` before the one whose window's place it fills.
            let (low, high) = (at.saturating_sub(reach), (at + reach).min(n - 1));
            for (unit, place) in (low..=high).zip((0..=at + reach - low).rev()) {
                add(&mut hidden[unit * wide..][..wide], &block[place * wide..][..wide]);
            }
            add(&mut means, &block[(2 * reach + 1) * wide..]);
        }
        // The sentence's own mean and the one before now; this one's mean for the next.
        let share = 1.0 / n as f32;
        let mut base = std::mem::take(&mut desk.fresh);
        base.clear();
        base.extend_from_slice(&self.model.bias);
        add_scaled(&mut base, share, &means[..wide]);
        add(&mut base, &desk.before);
        desk.before.fill(0.0);
        add_scaled(&mut desk.before, share, &means[wide..]);
        for units in hidden.chunks_exact_mut(wide) {
            let mut weights = [0.0; OUT];
            weights.copy_from_slice(&self.model.out_bias);
            for ((&unit, &base), row) in units.iter().zip(&base).zip(self.model.out.as_chunks::<OUT>().0) {
                let value = (unit + base).max(0.0);
                for (weight, &w) in weights.iter_mut().zip(row) {
                    *weight += value * w;
                }
            }
            desk.weights.push(weights);
        }
        desk.fresh = base;
        desk.hidden = hidden;
        desk.means = means;
    }

    /// Works out the block of a word and keeps it.
    fn first_met(&self, token: &str, desk: &mut Desk) -> usize {
        let (width, wide) = (self.model.width as usize, self.model.hidden as usize);
        let mut folded = std::mem::take(&mut desk.folded);
        features::folded(token, &mut folded);
        desk.vector.clear();
        desk.vector.resize(width, 0.0);
        if let Some(&word) = self.numbers.get(folded.as_str()) {
            self.model.word_rows.add(word as usize, &mut desk.vector);
        }
        for row in features::hashed(token, &folded) {
            self.model.feature_rows.add(row as usize, &mut desk.vector);
        }
        desk.folded = folded;
        desk.fresh.clear();
        desk.fresh.resize(self.block_length(), 0.0);
        let tables = self
            .model
            .window
            .chunks_exact(width * wide)
            .chain(self.model.means.chunks_exact(width * wide));
        for (units, table) in desk.fresh.chunks_exact_mut(wide).zip(tables) {
            for (&x, row) in desk.vector.iter().zip(table.chunks_exact(wide)) {
                add_scaled(units, x, row);
            }
        }
        desk.keep(token)
    }

    /// The best spans of a layer in the sentence on the desk.
    pub(crate) fn choose(&self, layer: usize, price: f32, desk: &mut Desk) {
        let from = layer * LABELS;
        let rows = desk.weights.iter().map(|w| std::array::from_fn(|l| w[from + l]));
        desk.sums.run(rows, &self.steps[layer]);
        desk.sums.choose(&self.steps[layer], price, &mut desk.chosen);
    }
}

fn add(into: &mut [f32], from: &[f32]) {
    for (x, y) in into.iter_mut().zip(from) {
        *x += y;
    }
}

//! The tagger while it learns: a window network under two chains.
//!
//! The same network as [`crate::tagger`] reads with, before it is folded together: a word's vector is what
//! is known of it from plain text, projected, and what the marked sentences taught besides. Dropout
//! (Srivastava et al. 2014) on words, vectors and hidden units.

use super::Dice;
use super::kernel::add_scaled;
use crate::tagger::chain::{self, LABELS};
use crate::tagger::features::{BUCKETS, HASHED};
use crate::tagger::model::{Model, OUT, Rows};

/// How the network is built and taught.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Numbers in a token's vector.
    pub width: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Tokens read on either side.
    pub reach: usize,
    /// Rounds over the sentences.
    pub rounds: usize,
    /// Sentences in a step.
    pub batch: usize,
    /// Length of the first steps; it falls to nought in a straight line.
    pub rate: f32,
    /// Share of words that are hidden in a round, so that their features learn to stand for them.
    pub hide_word: f32,
    /// Share of a vector's numbers that are dropped.
    pub drop_vector: f32,
    /// Share of hidden units that are dropped.
    pub drop_hidden: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: 64,
            hidden: 128,
            reach: 2,
            rounds: 8,
            batch: 16,
            rate: 0.003,
            hide_word: 0.15,
            drop_vector: 0.2,
            drop_hidden: 0.4,
        }
    }
}

/// A token as the network sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Its word's number; `u32::MAX`: not in the vocabulary.
    pub(crate) word: u32,
    /// Rows of its features.
    pub(crate) rows: [u32; HASHED],
}

/// The length of a step, and how far Adam's averages are warmed up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) rate: f32,
    pub(crate) warm: (f32, f32),
}

/// Weights, their gradients, and what Adam remembers of those.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(crate) w: Vec<f32>,
    pub(crate) g: Vec<f32>,
    m: Vec<f32>,
    v: Vec<f32>,
}

impl Weights {
    fn new(n: usize, spread: f32, dice: &mut Dice) -> Self {
        Self {
            w: (0..n).map(|_| (dice.unit() * 2.0 - 1.0) * spread).collect(),
            g: vec![0.0; n],
            m: vec![0.0; n],
            v: vec![0.0; n],
        }
    }

    /// One step of Adam; the gradients are spent.
    pub(crate) fn step(&mut self, range: std::ops::Range<usize>, step: Step) {
        let (w, g) = (&mut self.w[range.clone()], &mut self.g[range.clone()]);
        let (m, v) = (&mut self.m[range.clone()], &mut self.v[range]);
        for (((w, g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
            *m += 0.1 * (*g - *m);
            *v += 0.001 * (*g * *g - *v);
            *w -= step.rate * (*m / step.warm.0) / ((*v / step.warm.1).sqrt() + 1e-8);
            *g = 0.0;
        }
    }
}

/// Vectors of the words from plain text.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    numbers: Vec<f32>,
    width: usize,
}

impl Given {
    /// What plain text told of a word.
    pub(crate) fn of(&self, word: u32) -> &[f32] {
        &self.numbers[word as usize * self.width..][..self.width]
    }
}

/// The network.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) settings: Settings,
    /// Vectors of the words from plain text; not changed.
    pub(crate) given: Given,
    pub(crate) words: Weights,
    pub(crate) rows: Weights,
    pub(crate) project: Weights,
    pub(crate) window: Weights,
    pub(crate) means: Weights,
    pub(crate) bias: Weights,
    pub(crate) out: Weights,
    pub(crate) out_bias: Weights,
    pub(crate) steps: [Weights; 2],
}

impl Network {
    /// A fresh network over `words` words, with known vectors for them (all of one length; may be none).
    pub(crate) fn new(settings: Settings, words: usize, given: Vec<f32>, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let (width, wide) = (settings.width, settings.hidden);
        let given_width = given.len() / words.max(1);
        let places = 2 * settings.reach + 1;
        let spread = |n: usize| libm::sqrtf(3.0 / n as f32);
        Self {
            words: Weights::new(words * width, 0.0, &mut dice),
            rows: Weights::new(BUCKETS * width, 0.05, &mut dice),
            project: Weights::new(given_width * width, spread(given_width.max(1)), &mut dice),
            window: Weights::new(places * width * wide, spread(places * width) * 1.5, &mut dice),
            means: Weights::new(2 * width * wide, spread(places * width), &mut dice),
            bias: Weights::new(wide, 0.0, &mut dice),
            out: Weights::new(wide * OUT, spread(wide), &mut dice),
            out_bias: Weights::new(OUT, 0.0, &mut dice),
            steps: std::array::from_fn(|_| Weights::new(LABELS * LABELS, 0.0, &mut dice)),
            given: Given {
                numbers: given,
                width: given_width,
            },
            settings,
        }
    }

    /// Adds a word's own vector, what was given and what was learnt together.
    fn add_word(&self, word: u32, into: &mut [f32]) {
        let width = self.settings.width;
        add_scaled(into, 1.0, &self.words.w[word as usize * width..][..width]);
        for (&x, row) in self.given.of(word).iter().zip(self.project.w.chunks_exact(width)) {
            add_scaled(into, x, row);
        }
    }

    /// The tokens' vectors; with dice, some words are hidden and noted.
    pub(crate) fn vectors(
        &self,
        tokens: &[Seen],
        mut hide: Option<(&mut Dice, &mut Vec<bool>)>,
        x: &mut Vec<f32>,
    ) {
        let width = self.settings.width;
        x.clear();
        x.resize(tokens.len() * width, 0.0);
        for (token, into) in tokens.iter().zip(x.chunks_exact_mut(width)) {
            let mut hidden = token.word == u32::MAX;
            if let Some((dice, noted)) = &mut hide {
                hidden |= dice.unit() < self.settings.hide_word;
                noted.push(hidden);
            }
            if !hidden {
                self.add_word(token.word, into);
            }
            for &row in &token.rows {
                add_scaled(into, 1.0, &self.rows.w[row as usize * width..][..width]);
            }
        }
    }

    /// The mean vector of a sentence.
    pub(crate) fn mean(&self, tokens: &[Seen]) -> Vec<f32> {
        let (mut x, mut mean) = (Vec::new(), Vec::new());
        self.vectors(tokens, None, &mut x);
        self.mean_of(&x, &mut mean);
        mean
    }

    pub(crate) fn mean_of(&self, x: &[f32], mean: &mut Vec<f32>) {
        let width = self.settings.width;
        mean.clear();
        mean.resize(width, 0.0);
        let share = 1.0 / (x.len() / width).max(1) as f32;
        for row in x.chunks_exact(width) {
            add_scaled(mean, share, row);
        }
    }

    /// What every token's units begin with: the bias, and what the sentence and the one before add.
    pub(crate) fn base(&self, own: &[f32], before: &[f32], base: &mut Vec<f32>) {
        base.clear();
        base.extend_from_slice(&self.bias.w);
        for (&x, row) in own
            .iter()
            .chain(before)
            .zip(self.means.w.chunks_exact(self.settings.hidden))
        {
            add_scaled(base, x, row);
        }
    }

    /// The hidden units before they bend.
    pub(crate) fn hidden(&self, x: &[f32], base: &[f32], h: &mut Vec<f32>) {
        let (width, wide, reach) = (self.settings.width, self.settings.hidden, self.settings.reach);
        let n = x.len() / width;
        h.clear();
        for t in 0..n {
            h.extend_from_slice(base);
            let into = &mut h[t * wide..];
            for place in 0..=2 * reach {
                let Some(from) = (t + place).checked_sub(reach).filter(|&f| f < n) else {
                    continue;
                };
                let table = &self.window.w[place * width * wide..][..width * wide];
                for (&v, row) in x[from * width..][..width].iter().zip(table.chunks_exact(wide)) {
                    if v != 0.0 {
                        add_scaled(into, v, row);
                    }
                }
            }
        }
    }

    /// The labels' weights, both layers beside each other.
    pub(crate) fn labels(&self, h: &[f32], e: &mut Vec<[f32; OUT]>) {
        e.clear();
        for units in h.chunks_exact(self.settings.hidden) {
            let mut weights = [0.0; OUT];
            weights.copy_from_slice(&self.out_bias.w);
            for (&v, row) in units.iter().zip(self.out.w.chunks_exact(OUT)) {
                if v > 0.0 {
                    add_scaled(&mut weights, v, row);
                }
            }
            e.push(weights);
        }
    }

    /// The labels' weights of a sentence, and of the one before it what its mean tells.
    pub(crate) fn weights(&self, tokens: &[Seen], before: Option<&[Seen]>) -> Vec<[f32; OUT]> {
        let (mut x, mut h, mut base, mut own, mut e) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        self.vectors(tokens, None, &mut x);
        self.mean_of(&x, &mut own);
        let before = before.map_or_else(|| vec![0.0; self.settings.width], |tokens| self.mean(tokens));
        self.base(&own, &before, &mut base);
        self.hidden(&x, &base, &mut h);
        self.labels(&h, &mut e);
        e
    }

    /// The steps of a layer's chain.
    pub(crate) fn chain(&self, layer: usize) -> chain::Steps {
        chain::steps(&self.steps[layer].w)
    }

    /// Folded together, as it is kept and read with.
    pub(crate) fn model(&self, words: &[Box<str>], prices: [f32; 2]) -> Model {
        let width = self.settings.width;
        let mut word_rows = Rows::default();
        for word in (0..).take(words.len()) {
            let mut row = vec![0.0; width];
            self.add_word(word, &mut row);
            word_rows.push(&row);
        }
        let mut feature_rows = Rows::default();
        self.rows
            .w
            .chunks_exact(width)
            .for_each(|row| feature_rows.push(row));
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Model {
            width: narrow(width),
            hidden: narrow(self.settings.hidden),
            reach: narrow(self.settings.reach),
            words: words.iter().map(ToString::to_string).collect(),
            word_rows,
            feature_rows,
            window: self.window.w.clone(),
            means: self.means.w.clone(),
            bias: self.bias.w.clone(),
            out: self.out.w.clone(),
            out_bias: self.out_bias.w.clone(),
            steps: [self.steps[0].w.clone(), self.steps[1].w.clone()],
            prices,
        }
    }
}

//! How the network learns: gradients worked out by hand, followed by Adam (Kingma, Ba 2015).
//!
//! What a sentence teaches is either what somebody marked, or how likely each label and each step is by
//! the judgement of teachers (Hinton, Vinyals, Dean 2015; for chains Wang et al. 2020): the gradient is the
//! difference between the network's own expectation and that one.

use super::Dice;
use super::kernel::{add_scaled, dot};
use super::network::{Network, Seen, Step};
use crate::tagger::chain::{FOLLOW, LABELS, Steps, Sums};
use crate::tagger::model::OUT;

/// What is known of one layer of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Gold {
    /// Nothing.
    Unknown,
    /// The label of each token.
    Marked(Vec<u8>),
    /// How likely each label of each token is, and each step into it from the token before.
    Likely(Vec<[f32; LABELS]>, Vec<Steps>),
}

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub(crate) struct Lesson {
    /// Its tokens.
    pub(crate) tokens: Vec<Seen>,
    /// What is known of skills and of knowledge.
    pub(crate) gold: [Gold; 2],
    /// Whether the lesson before it is the sentence before it.
    pub(crate) goes_on: bool,
}

/// Room for one sentence's way forward and back.
#[derive(Debug, Default)]
struct Room {
    x: Vec<f32>,
    h: Vec<f32>,
    e: Vec<[f32; OUT]>,
    dh: Vec<f32>,
    dx: Vec<f32>,
    mean: Vec<f32>,
    base: Vec<f32>,
    mask: Vec<f32>,
    hidden_word: Vec<bool>,
    sums: Sums,
}

impl Network {
    /// Learns the lessons; the mean loss of a sentence in the last round.
    pub(crate) fn learn(&mut self, lessons: &[Lesson], seed: u64) -> f64 {
        let mut dice = Dice::new(seed ^ 0x5eed);
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let all = (lessons.len().div_ceil(self.settings.batch) * self.settings.rounds) as f32;
        let mut taken = 0_f32;
        let mut room = Room::default();
        let width = self.settings.width;
        let mut touched = Touched::new(self.words.w.len() / width, self.rows.w.len() / width);
        let mut mean = 0.0;
        for _ in 0..self.settings.rounds {
            dice.shuffle(&mut order);
            let means: Vec<Vec<f32>> = lessons.iter().map(|l| self.mean(&l.tokens)).collect();
            let nothing = vec![0.0; width];
            let mut lost = 0.0;
            for batch in order.chunks(self.settings.batch) {
                for &i in batch {
                    let lesson = &lessons[i];
                    let before = i
                        .checked_sub(1)
                        .filter(|_| lesson.goes_on)
                        .map_or(&nothing, |j| &means[j]);
                    lost += self.teach(lesson, before, &mut dice, &mut room);
                    touched.note(&lesson.tokens);
                }
                taken += 1.0;
                self.step(&mut touched, taken, (1.0 - taken / all).max(0.01));
            }
            mean = lost / lessons.len() as f64;
        }
        mean
    }

    /// Follows the gradients that were added up.
    fn step(&mut self, touched: &mut Touched, taken: f32, left: f32) {
        let width = self.settings.width;
        let step = Step {
            rate: self.settings.rate * left,
            warm: (1.0 - libm::powf(0.9, taken), 1.0 - libm::powf(0.999, taken)),
        };
        touched
            .words
            .drain(|word| self.words.step(word * width..(word + 1) * width, step));
        touched
            .rows
            .drain(|row| self.rows.step(row * width..(row + 1) * width, step));
        let [first, second] = &mut self.steps;
        for dense in [
            &mut self.project,
            &mut self.window,
            &mut self.means,
            &mut self.bias,
            &mut self.out,
            &mut self.out_bias,
            first,
            second,
        ] {
            dense.step(0..dense.w.len(), step);
        }
    }

    /// One sentence: its loss; its gradients are added up.
    fn teach(&mut self, lesson: &Lesson, before: &[f32], dice: &mut Dice, room: &mut Room) -> f64 {
        let n = lesson.tokens.len();
        room.hidden_word.clear();
        self.vectors(&lesson.tokens, Some((dice, &mut room.hidden_word)), &mut room.x);
        let keep = 1.0 - self.settings.drop_vector;
        room.mask.clear();
        room.mask.extend(
            room.x
                .iter()
                .map(|_| if dice.unit() < keep { 1.0 / keep } else { 0.0 }),
        );
        room.x.iter_mut().zip(&room.mask).for_each(|(x, m)| *x *= m);
        self.mean_of(&room.x, &mut room.mean);
        self.base(&room.mean, before, &mut room.base);
        self.hidden(&room.x, &room.base, &mut room.h);
        let keep = 1.0 - self.settings.drop_hidden;
        for v in &mut room.h {
            *v = if *v > 0.0 && dice.unit() < keep {
                *v / keep
            } else {
                0.0
            };
        }
        self.labels(&room.h, &mut room.e);

        let lost = (0..2)
            .map(|layer| self.judge(layer, &lesson.gold[layer], room))
            .sum();
        self.back_through_labels(keep, n, room);
        self.back_through_window(n, room);
        self.back_through_means(before, n, room);
        self.back_to_words(&lesson.tokens, room);
        lost
    }

    /// The loss of a layer; its labels' weights make room for their gradients.
    fn judge(&mut self, layer: usize, gold: &Gold, room: &mut Room) -> f64 {
        let shift = layer * LABELS;
        let e = &mut room.e;
        let sums = &mut room.sums;
        if *gold == Gold::Unknown {
            for row in e.iter_mut() {
                row[shift..shift + LABELS].fill(0.0);
            }
            return 0.0;
        }
        let steps = self.chain(layer);
        sums.run(
            e.iter().map(|row| std::array::from_fn(|l| row[shift + l])),
            &steps,
        );
        let gradient = &mut self.steps[layer].g;
        let logs = &self.steps[layer].w;
        let mut lost = 0.0;
        let mut label_before = usize::MAX;
        for t in 0..e.len() {
            let row = &mut e[t][shift..shift + LABELS];
            let top = row.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
            lost += f64::from(top + libm::logf(sums.scale[t]));
            if t > 0 {
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        if FOLLOW[from][to] {
                            gradient[from * LABELS + to] += sums.step(&steps, t, from, to);
                        }
                    }
                }
            }
            match gold {
                Gold::Marked(labels) => {
                    let label = usize::from(labels[t]);
                    lost -= f64::from(row[label]);
                    for (l, weight) in row.iter_mut().enumerate() {
                        *weight = sums.forward[t][l] * sums.backward[t][l];
                    }
                    row[label] -= 1.0;
                    if t > 0 {
                        lost -= f64::from(logs[label_before * LABELS + label]);
                        gradient[label_before * LABELS + label] -= 1.0;
                    }
                    label_before = label;
                }
                Gold::Likely(labels, taken) => {
                    for (l, weight) in row.iter_mut().enumerate() {
                        lost -= f64::from(*weight * labels[t][l]);
                        *weight = sums.forward[t][l] * sums.backward[t][l] - labels[t][l];
                    }
                    for (i, p) in taken[t].iter().flatten().enumerate() {
                        lost -= f64::from(p * logs[i]);
                        gradient[i] -= p;
                    }
                }
                Gold::Unknown => {}
            }
        }
        lost
    }

    fn back_through_labels(&mut self, keep: f32, n: usize, room: &mut Room) {
        let wide = self.settings.hidden;
        room.dh.clear();
        room.dh.resize(n * wide, 0.0);
        for ((de, h), dh) in room
            .e
            .iter()
            .zip(room.h.chunks_exact(wide))
            .zip(room.dh.chunks_exact_mut(wide))
        {
            add_scaled(&mut self.out_bias.g, 1.0, de);
            for (j, (&v, back)) in h.iter().zip(dh).enumerate() {
                if v > 0.0 {
                    *back = dot(&self.out.w[j * OUT..][..OUT], de) / keep;
                    add_scaled(&mut self.out.g[j * OUT..][..OUT], v, de);
                }
            }
        }
    }

    fn back_through_window(&mut self, n: usize, room: &mut Room) {
        let (width, wide, reach) = (self.settings.width, self.settings.hidden, self.settings.reach);
        room.dx.clear();
        room.dx.resize(n * width, 0.0);
        for (t, back) in room.dh.chunks_exact(wide).enumerate() {
            for place in 0..=2 * reach {
                let Some(from) = (t + place).checked_sub(reach).filter(|&f| f < n) else {
                    continue;
                };
                for k in 0..width {
                    let v = room.x[from * width + k];
                    if v != 0.0 {
                        let row = (place * width + k) * wide;
                        add_scaled(&mut self.window.g[row..][..wide], v, back);
                        room.dx[from * width + k] += dot(&self.window.w[row..][..wide], back);
                    }
                }
            }
        }
    }

    fn back_through_means(&mut self, before: &[f32], n: usize, room: &mut Room) {
        let (width, wide) = (self.settings.width, self.settings.hidden);
        room.base.fill(0.0);
        for back in room.dh.chunks_exact(wide) {
            add_scaled(&mut room.base, 1.0, back);
        }
        add_scaled(&mut self.bias.g, 1.0, &room.base);
        for (k, (&own, &before)) in room.mean.iter().zip(before).enumerate() {
            add_scaled(&mut self.means.g[k * wide..][..wide], own, &room.base);
            add_scaled(
                &mut self.means.g[(width + k) * wide..][..wide],
                before,
                &room.base,
            );
        }
        for (k, mean) in room.mean.iter_mut().enumerate() {
            *mean = dot(&self.means.w[k * wide..][..wide], &room.base) / n as f32;
        }
        for dx in room.dx.chunks_exact_mut(width) {
            add_scaled(dx, 1.0, &room.mean);
        }
    }

    fn back_to_words(&mut self, tokens: &[Seen], room: &mut Room) {
        let width = self.settings.width;
        for (t, token) in tokens.iter().enumerate() {
            let back = &mut room.dx[t * width..][..width];
            back.iter_mut()
                .zip(&room.mask[t * width..])
                .for_each(|(g, m)| *g *= m);
            for &row in &token.rows {
                add_scaled(&mut self.rows.g[row as usize * width..][..width], 1.0, back);
            }
            if !room.hidden_word[t] {
                add_scaled(
                    &mut self.words.g[token.word as usize * width..][..width],
                    1.0,
                    back,
                );
                let Network { given, project, .. } = self;
                for (&x, row) in given.of(token.word).iter().zip(project.g.chunks_exact_mut(width)) {
                    add_scaled(row, x, back);
                }
            }
        }
    }
}

/// Which rows have gradients.
#[derive(Debug)]
struct Touched {
    words: Noted,
    rows: Noted,
}

#[derive(Debug)]
struct Noted {
    seen: Vec<bool>,
    list: Vec<usize>,
}

impl Noted {
    fn new(n: usize) -> Self {
        Self {
            seen: vec![false; n],
            list: Vec::new(),
        }
    }

    fn note(&mut self, i: u32) {
        if let Some(seen) = self.seen.get_mut(i as usize)
            && !std::mem::replace(seen, true)
        {
            self.list.push(i as usize);
        }
    }

    fn drain(&mut self, mut each: impl FnMut(usize)) {
        for i in self.list.drain(..) {
            self.seen[i] = false;
            each(i);
        }
    }
}

impl Touched {
    fn new(words: usize, rows: usize) -> Self {
        Self {
            words: Noted::new(words),
            rows: Noted::new(rows),
        }
    }

    fn note(&mut self, tokens: &[Seen]) {
        for token in tokens {
            self.words.note(token.word);
            token.rows.iter().for_each(|&row| self.rows.note(row));
        }
    }
}

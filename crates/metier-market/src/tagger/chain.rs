//! The chain: which labels can follow each other, and how likely each span is.
//!
//! Each layer is a linear chain (Lafferty, `McCallum`, Pereira 2001) over five labels: outside, the first, an
//! inner and the last token of a span, and a span of one token. From the forward and backward sums comes
//! the exact probability of every span, and those spans are chosen that together are worth most.

use crate::dataset::Span;

/// How many labels a layer has.
pub const LABELS: usize = 5;
pub(crate) const OUTSIDE: usize = 0;
pub(crate) const FIRST: usize = 1;
pub(crate) const INNER: usize = 2;
pub(crate) const LAST: usize = 3;
pub(crate) const ALONE: usize = 4;

/// Labels that may follow a label.
pub(crate) const FOLLOW: [[bool; LABELS]; LABELS] = {
    let free = [true, true, false, false, true];
    let held = [false, false, true, true, false];
    [free, held, held, free, free]
};
/// Labels a sentence may begin with.
pub(crate) const BEGIN: [bool; LABELS] = [true, true, false, false, true];
/// Labels a sentence may end with.
pub(crate) const END: [bool; LABELS] = [true, false, false, true, true];

/// The sums over one sentence, kept to be used again for the next one.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Potentials of the labels, each token's largest 1.
    pub(crate) potential: Vec<[f32; LABELS]>,
    /// Forward sums, each token's adding up to 1.
    pub(crate) forward: Vec<[f32; LABELS]>,
    /// Backward sums on the same scale: forward times backward is a label's probability.
    pub(crate) backward: Vec<[f32; LABELS]>,
    /// What each token's forward sums were divided by.
    pub(crate) scale: Vec<f32>,
    best: Vec<(f32, u32)>,
    candidates: Vec<(Span, f32)>,
}

/// The multiplied weights of steps from label to label; 0 where one cannot follow.
pub type Steps = [[f32; LABELS]; LABELS];

/// Steps from their logarithms.
pub(crate) fn steps(logarithms: &[f32]) -> Steps {
    let mut steps = Steps::default();
    for (from, row) in steps.iter_mut().enumerate() {
        for (to, step) in row.iter_mut().enumerate() {
            if FOLLOW[from][to] {
                *step = exp(logarithms[from * LABELS + to]);
            }
        }
    }
    steps
}

/// e to the x in single precision, by arithmetic alone: the same on every machine, and quick.
///
/// Relative error below 3e-7 (Cephes' polynomial); 0 below -87, held at 87 above.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "x is held to -87..87"
)]
#[allow(
    clippy::excessive_precision,
    clippy::unreadable_literal,
    reason = "the constants as published"
)]
pub(crate) fn exp(x: f32) -> f32 {
    if x < -87.0 {
        return 0.0;
    }
    let x = x.min(87.0);
    let whole = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    let r = x - whole * 0.693359375 - whole * -2.12194440e-4;
    let p = 1.9875691500e-4;
    let p = p * r + 1.3981999507e-3;
    let p = p * r + 8.3334519073e-3;
    let p = p * r + 4.1665795894e-2;
    let p = p * r + 1.6666665459e-1;
    let p = p * r + 5.0000001201e-1;
    let p = p * r * r + r + 1.0;
    p * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

impl Sums {
    /// Forward and backward sums of a sentence whose labels have these weights (logarithms).
    pub(crate) fn run(&mut self, weights: impl ExactSizeIterator<Item = [f32; LABELS]>, steps: &Steps) {
        let n = weights.len();
        self.potential.clear();
        for row in weights {
            let top = row.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
            self.potential.push(row.map(|w| exp(w - top)));
        }
        self.forward.clear();
        self.scale.clear();
        let mut before = [0.0_f32; LABELS];
        for (t, potential) in self.potential.iter().enumerate() {
            let mut now = [0.0_f32; LABELS];
            if t == 0 {
                for l in 0..LABELS {
                    now[l] = if BEGIN[l] { potential[l] } else { 0.0 };
                }
            } else {
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        now[to] += before[from] * steps[from][to];
                    }
                }
                for l in 0..LABELS {
                    now[l] *= potential[l];
                }
            }
            if t + 1 == n {
                for l in 0..LABELS {
                    if !END[l] {
                        now[l] = 0.0;
                    }
                }
            }
            let sum: f32 = now.iter().sum::<f32>().max(1e-30);
            before = now.map(|x| x / sum);
            self.forward.push(before);
            self.scale.push(sum);
        }
        self.backward.clear();
        self.backward.resize(n, [0.0; LABELS]);
        let mut after = END.map(|can| if can { 1.0 } else { 0.0 });
        for t in (0..n).rev() {
            self.backward[t] = after;
            let mut ahead = [0.0_f32; LABELS];
            for l in 0..LABELS {
                ahead[l] = self.potential[t][l] * after[l] / self.scale[t];
            }
            for from in 0..LABELS {
                after[from] = (0..LABELS).map(|to| steps[from][to] * ahead[to]).sum();
            }
        }
    }

    /// How likely a step into a token is, from one label to another; the token is not the first.
    pub(crate) fn step(&self, steps: &Steps, token: usize, from: usize, to: usize) -> f32 {
        self.forward[token - 1][from] * steps[from][to] * self.potential[token][to] * self.backward[token][to]
            / self.scale[token]
    }

    /// The spans that are worth most together, a span being worth its probability less `least`.
    ///
    /// A span is right or wrong as a whole, so that the expected number of right ones less a price for each
    /// one named is what a good F1 asks for (Lipton, Elkan, Naryanaswamy 2014: the best price is half the
    /// F1 that can be had).
    pub(crate) fn choose(&mut self, steps: &Steps, least: f32, found: &mut Vec<(Span, f32)>) {
        found.clear();
        self.candidates.clear();
        let n = self.forward.len();
        for start in 0..n {
            let alone = self.forward[start][ALONE] * self.backward[start][ALONE];
            if alone > least {
                self.candidates.push((span(start, start + 1), alone));
            }
            let mut open = self.forward[start][FIRST];
            if open * self.backward[start][FIRST] <= least {
                continue;
            }
            let mut from = FIRST;
            for t in start + 1..n {
                let through = self.potential[t].map(|p| open * p / self.scale[t]);
                let ended = through[LAST] * steps[from][LAST] * self.backward[t][LAST];
                if ended > least {
                    self.candidates.push((span(start, t + 1), ended));
                }
                open = through[INNER] * steps[from][INNER];
                from = INNER;
                if open * self.backward[t][INNER] <= least {
                    break;
                }
            }
        }
        if self.candidates.is_empty() {
            return;
        }
        self.candidates
            .sort_unstable_by_key(|(span, _)| (span.end, span.start));
        // best[t]: the most that spans ending at or before t are worth, and which one ends there.
        self.best.clear();
        self.best.push((0.0, u32::MAX));
        let mut next = 0;
        for t in 1..=n {
            let mut best = (self.best[t - 1].0, u32::MAX);
            while let Some((span, p)) = self.candidates.get(next).filter(|(s, _)| s.end as usize == t) {
                let worth = self.best[span.start as usize].0 + p - least;
                if worth > best.0 {
                    best = (worth, u32::try_from(next).unwrap_or(u32::MAX));
                }
                next += 1;
            }
            self.best.push(best);
        }
        let mut t = n;
        while t > 0 {
            if let Some(&(span, p)) = self.candidates.get(self.best[t].1 as usize) {
                found.push((span, p));
                t = span.start as usize;
            } else {
                t -= 1;
            }
        }
        found.reverse();
    }
}

fn span(start: usize, end: usize) -> Span {
    Span {
        start: u32::try_from(start).unwrap_or(u32::MAX),
        end: u32::try_from(end).unwrap_or(u32::MAX),
    }
}

/// The label of each token of a sentence with these spans.
pub(crate) fn labels(tokens: usize, spans: &[Span]) -> Vec<u8> {
    #![allow(clippy::cast_possible_truncation, reason = "labels are below five")]
    let mut labels = vec![OUTSIDE as u8; tokens];
    for span in spans {
        let (start, end) = (span.start as usize, (span.end as usize).min(tokens));
        for (t, label) in labels.iter_mut().enumerate().take(end).skip(start) {
            *label = match (t == start, t + 1 == end) {
                (true, true) => ALONE as u8,
                (true, false) => FIRST as u8,
                (false, false) => INNER as u8,
                (false, true) => LAST as u8,
            };
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every labelling that the chain allows, with its weight.
    fn all(weights: &[[f32; LABELS]], steps: &Steps) -> Vec<(Vec<usize>, f64)> {
        let mut paths: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 1.0)];
        for row in weights {
            paths = paths
                .into_iter()
                .flat_map(|(path, weight)| {
                    (0..LABELS).filter_map(move |l| {
                        let step = match path.last() {
                            None => f64::from(u8::from(BEGIN[l])),
                            Some(&from) => f64::from(steps[from][l]),
                        };
                        let mut longer = path.clone();
                        longer.push(l);
                        (step > 0.0).then(|| (longer, weight * step * f64::from(row[l]).exp()))
                    })
                })
                .collect();
        }
        paths.retain(|(path, _)| path.last().is_some_and(|&l| END[l]));
        paths
    }

    #[test]
    fn probabilities_of_spans_are_those_of_counting_every_labelling() {
        let weights: Vec<[f32; LABELS]> = (0..5)
            .map(|t| std::array::from_fn(|l| ((t * 7 + l * 5) % 11) as f32 / 4.0 - 1.0))
            .collect();
        let logs: Vec<f32> = (0..25_u8).map(|i| f32::from(i * 3 % 7) / 5.0 - 0.5).collect();
        let steps = steps(&logs);
        let paths = all(&weights, &steps);
        let total: f64 = paths.iter().map(|(_, w)| w).sum();
        let mut sums = Sums::default();
        sums.run(weights.iter().copied(), &steps);
        sums.choose(&steps, -1.0, &mut Vec::new());
        assert_eq!(sums.candidates.len(), 15);
        for &(span, p) in &sums.candidates {
            let mut wanted = labels(5, &[span])[span.start as usize..span.end as usize].to_vec();
            wanted.retain(|&l| usize::from(l) != OUTSIDE);
            let exact: f64 = paths
                .iter()
                .filter(|(path, _)| {
                    path[span.start as usize..span.end as usize].iter().eq(wanted
                        .iter()
                        .map(|l| usize::from(*l))
                        .collect::<Vec<_>>()
                        .iter())
                })
                .map(|(_, w)| w)
                .sum();
            assert!(
                (f64::from(p) - exact / total).abs() < 1e-5,
                "{span:?} {p} {}",
                exact / total
            );
        }
    }

    #[test]
    fn chosen_spans_stand_apart_and_pay_their_price() {
        let mut weights = [[2.0, 0.0, 0.0, 0.0, 0.0]; 6];
        weights[1] = [0.0, 3.0, 0.0, 0.0, 2.0];
        weights[2] = [0.0, 0.0, 0.0, 3.0, 2.0];
        weights[4] = [0.0, 0.0, 0.0, 0.0, 0.2];
        let steps = steps(&[0.0; 25]);
        let mut sums = Sums::default();
        sums.run(weights.iter().copied(), &steps);
        let mut found = Vec::new();
        sums.choose(&steps, 0.3, &mut found);
        let spans: Vec<(u32, u32)> = found.iter().map(|(s, _)| (s.start, s.end)).collect();
        assert_eq!(spans, [(1, 3), (4, 5)]);
        sums.choose(&steps, 0.9, &mut found);
        assert!(found.is_empty());
    }

    #[test]
    fn the_quick_exponential_is_exact_enough() {
        for i in -860..860_i16 {
            let x = f32::from(i) / 10.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() <= 4e-7 * exact, "{x}");
        }
        assert!(exp(-100.0) < 1e-30);
    }
}

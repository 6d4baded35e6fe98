//! Fitting how much each comparison counts, from postings whose unit group is known.
//!
//! The probability of an occupation is the exponential of its weighted sum over that of all; a group's is the
//! sum over its occupations. The weights are those under which the known groups are likeliest, less a
//! penalty on their squares: a conditional logit (`McFadden` 1974) over groups of alternatives.

use serde::{Deserialize, Serialize};

use super::evidence::{COMPARISONS, Compared};

/// How much each comparison counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights(pub [f32; COMPARISONS]);

/// A posting whose group is known, compared with every occupation.
#[derive(Debug, Clone)]
pub struct Known {
    /// What [`super::Evidence::compare`] gave.
    pub compared: Vec<Compared>,
    /// Whether each occupation is of the right group.
    pub right: Vec<bool>,
}

/// Steps taken; the sum of a conditional logit has one summit, and this is far past what it needs.
const STEPS: usize = 150;

/// The weights that fit known postings best, `penalty` being taken off for each square; none is negative, for
/// no comparison speaks against what it finds alike.
/// Postings of which no occupation is right are passed over.
pub fn fit(known: &[&Known], penalty: f32) -> Weights {
    let mut weights = [2.0_f32; COMPARISONS];
    let mut mean = [0.0_f32; COMPARISONS];
    let mut square = [0.0_f32; COMPARISONS];
    for step in 1..=STEPS {
        let mut slope = [0.0_f32; COMPARISONS];
        for posting in known {
            add_slope(posting, &weights, &mut slope);
        }
        let late = 1.0 - 0.9 * step as f32 / STEPS as f32;
        let warm = (
            1.0 - libm::powf(0.9, step as f32),
            1.0 - libm::powf(0.99, step as f32),
        );
        let moments = mean.iter_mut().zip(&mut square);
        for ((weight, slope), (mean, square)) in weights.iter_mut().zip(slope).zip(moments) {
            let toward = slope / known.len().max(1) as f32 - penalty * *weight;
            *mean = 0.9 * *mean + 0.1 * toward;
            *square = 0.99 * *square + 0.01 * toward * toward;
            let step = 0.3 * late * (*mean / warm.0) / ((*square / warm.1).sqrt() + 1e-8);
            *weight = (*weight + step).max(0.0);
        }
    }
    Weights(weights)
}

/// Adds the slope of the logarithm of the right group's probability: what its occupations are expected to
/// show, less what all are.
fn add_slope(posting: &Known, weights: &[f32; COMPARISONS], slope: &mut [f32; COMPARISONS]) {
    let sums: Vec<f32> = posting.compared.iter().map(|c| weigh(c, weights)).collect();
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut all = (0.0_f32, [0.0_f32; COMPARISONS]);
    let mut right = all;
    for ((sum, compared), is_right) in sums.iter().zip(&posting.compared).zip(&posting.right) {
        let part = libm::expf(sum - most);
        for total in std::iter::once(&mut all).chain(is_right.then_some(&mut right)) {
            total.0 += part;
            for (to, value) in total.1.iter_mut().zip(compared) {
                *to += part * value;
            }
        }
    }
    if right.0 > 0.0 {
        for ((to, expected), of_all) in slope.iter_mut().zip(right.1).zip(all.1) {
            *to += expected / right.0 - of_all / all.0;
        }
    }
}

/// The weighted sum of comparisons.
pub(crate) fn weigh(compared: &Compared, weights: &[f32; COMPARISONS]) -> f32 {
    compared.iter().zip(weights).map(|(c, w)| c * w).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_right_ones_apart_is_weighted_and_noise_is_not() {
        let known: Vec<Known> = (0..40)
            .map(|i| {
                let compared = (0..5)
                    .map(|o| {
                        let mut c = [0.0; COMPARISONS];
                        c[0] = if o == i % 5 { 0.9 } else { 0.2 };
                        c[1] = if (o + i) % 3 == 0 { 0.9 } else { 0.1 };
                        c
                    })
                    .collect();
                Known {
                    compared,
                    right: (0..5).map(|o| o == i % 5).collect(),
                }
            })
            .collect();
        let all: Vec<&Known> = known.iter().collect();
        let Weights(found) = fit(&all, 0.01);
        assert!(found[0] > 3.0 && found[1] < 0.5 && found[2] < 0.5, "{found:?}");
        assert_eq!(fit(&all, 0.01), Weights(found));
    }
}

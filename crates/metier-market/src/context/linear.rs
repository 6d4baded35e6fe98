//! A linear classifier over hashed features: logistic regression, fitted from a seed.

use serde::{Deserialize, Serialize};

/// How many weights there are: features are hashed to this many places.
const PLACES: u32 = 1 << 15;
/// How often every example is looked at.
const ROUNDS: usize = 12;
/// A weight below this changes no decision that matters and is not kept.
const FAINT: f32 = 0.01;

/// The features of one example, hashed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Features(Vec<u32>);

impl Features {
    /// Adds the feature that a field of the example has a value.
    pub fn add(&mut self, field: u8, value: &[u8]) {
        // FNV-1a, 32 bits, then spread over the places.
        let mut hash = 0x811c_9dc5_u32;
        for byte in std::iter::once(&field).chain(value) {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
        hash ^= hash >> 15;
        self.0.push(hash & (PLACES - 1));
    }

    /// Forgets them, and keeps the room.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// A fitted classifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u32, f32)>", into = "Vec<(u32, f32)>")]
pub(crate) struct Linear {
    weights: Vec<f32>,
}

impl From<Linear> for Vec<(u32, f32)> {
    fn from(linear: Linear) -> Self {
        (0..)
            .zip(linear.weights)
            .filter(|(_, weight)| *weight != 0.0)
            .collect()
    }
}

impl TryFrom<Vec<(u32, f32)>> for Linear {
    type Error = String;

    fn try_from(kept: Vec<(u32, f32)>) -> Result<Self, String> {
        let mut weights = vec![0.0; PLACES as usize];
        for (place, weight) in kept {
            let at = weights
                .get_mut(place as usize)
                .ok_or_else(|| format!("the classifier has {PLACES} weights, and no weight {place}"))?;
            if !weight.is_finite() {
                return Err(format!("weight {place} of the classifier is not a number"));
            }
            *at = weight;
        }
        Ok(Self { weights })
    }
}

impl Linear {
    /// The probability that an example with these features is one.
    pub fn probability(&self, features: &Features) -> f32 {
        let sum: f32 = features
            .0
            .iter()
            .filter_map(|at| self.weights.get(*at as usize))
            .sum();
        1.0 / (1.0 + libm::expf(-sum))
    }

    /// The classifier fitted to examples.
    ///
    /// Stochastic gradient descent with a step of its own for each weight (`AdaGrad`: Duchi, Hazan and Singer
    /// 2011), a penalty on large weights, and the order of the examples drawn from the seed: the same
    /// examples and the same seed give the same weights.
    pub fn fit(examples: &[(Features, bool)], penalty: f32, seed: u64) -> Self {
        let mut weights = vec![0.0_f32; PLACES as usize];
        let mut steps = vec![1e-3_f32; PLACES as usize];
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut state = seed;
        for _ in 0..ROUNDS {
            shuffle(&mut order, &mut state);
            for (features, is_one) in order.iter().map(|at| &examples[*at]) {
                let sum: f32 = features.0.iter().map(|at| weights[*at as usize]).sum();
                let off = 1.0 / (1.0 + libm::expf(-sum)) - f32::from(u8::from(*is_one));
                for at in features.0.iter().map(|at| *at as usize) {
                    let slope = off + penalty * weights[at];
                    steps[at] += slope * slope;
                    weights[at] -= 0.1 * slope / steps[at].sqrt();
                }
            }
        }
        for weight in &mut weights {
            if weight.abs() < FAINT {
                *weight = 0.0;
            }
        }
        Self { weights }
    }
}

/// Fisher and Yates' shuffle with the generator of Steele, Lea and Flood (`SplitMix64`).
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let other = usize::try_from(z % (last as u64 + 1)).unwrap_or(0);
        order.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(value: u8) -> Features {
        let mut features = Features::default();
        features.add(0, b"all");
        features.add(1, &[value]);
        features
    }

    #[test]
    fn what_always_goes_with_a_feature_is_learnt_and_a_seed_gives_one_result() {
        let examples: Vec<_> = (0..200_u8).map(|n| (example(n % 4), n % 4 == 1)).collect();
        let linear = Linear::fit(&examples, 1e-4, 7);
        assert!(linear.probability(&example(1)) > 0.8);
        assert!(linear.probability(&example(2)) < 0.2);
        assert_eq!(linear, Linear::fit(&examples, 1e-4, 7));
    }

    #[test]
    fn a_file_with_a_weight_that_cannot_be_is_refused() {
        for (kept, says) in [
            (vec![(1 << 20, 1.0)], "no weight 1048576"),
            (vec![(3, f32::NAN)], "not a number"),
        ] {
            let refused = Linear::try_from(kept).map_err(|e| e.contains(says));
            assert_eq!(refused.map(|_| ()), Err(true));
        }
    }
}

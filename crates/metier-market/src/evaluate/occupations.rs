//! How well postings are coded: the share whose unit group is first, or among the first five, and whether the
//! probabilities told hold.
//!
//! The weights are fitted to the very postings they are scored on, so this is done by cross-validation within
//! them: postings are dealt into ten folds, each is scored with weights fitted to the other nine, and the
//! penalty of that fit is chosen by a second cross-validation within those nine (nested; Varma and Simon 2006).

use serde::Serialize;

use crate::dataset::CodedAdvert;
use crate::link::table::Table;
use crate::occupation::{Evidence, Known, Occupation, Weights, fit, rank, weigh};
use crate::train::Dice;

use super::{Estimate, linking::mean};

/// Folds, outside; and inside, where the penalty is chosen.
const FOLDS: usize = 10;
const INNER: usize = 4;
/// Penalties tried.
const PENALTIES: [f32; 3] = [0.001, 0.01, 0.05];

/// How well postings are coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodeScores {
    /// How many postings there are.
    pub postings: usize,
    /// How many of them are of a group no occupation is of; they count as wrong.
    pub unknown: usize,
    /// The share whose group is first.
    pub first: Estimate,
    /// The share whose group is among the first five.
    pub first_five: Estimate,
    /// The mean probability told of the first group: calibrated when it is the share that is right.
    pub told: f64,
    /// The mean of the square of what was told of the first group less whether it was right (Brier).
    pub brier: f64,
    /// The weights fitted to all.
    pub weights: Weights,
}

/// What a posting came to: the place of its group, from 1, and the probability told of the first.
struct Outcome {
    place: usize,
    told: f64,
}

/// Scores postings by nested cross-validation within them.
pub fn score_codes(
    adverts: &[CodedAdvert],
    occupations: &[Occupation],
    evidence: &Evidence,
    table: &Table,
    seed: u64,
) -> CodeScores {
    let isco: Vec<String> = occupations.iter().map(|o| o.isco.clone()).collect();
    let known: Vec<Known> = adverts
        .iter()
        .map(|advert| Known {
            compared: evidence.compare(&advert.title, &advert.text, table),
            right: isco.iter().map(|i| i == advert.isco()).collect(),
        })
        .collect();
    let mut order: Vec<usize> = (0..known.len()).collect();
    Dice::new(seed).shuffle(&mut order);

    let mut outcomes: Vec<Option<Outcome>> = known.iter().map(|_| None).collect();
    for fold in 0..FOLDS {
        let (apart, rest) = split(&order, fold, FOLDS);
        let weights = fit(&pick(&known, &rest), chosen(&known, &rest));
        for at in apart {
            outcomes[at] = Some(outcome(&known[at], adverts[at].isco(), &isco, &weights));
        }
    }
    let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    let within = |most: usize| -> Vec<f64> {
        let hit = |o: &Outcome| f64::from(u8::from(o.place <= most));
        outcomes.iter().map(hit).collect()
    };
    let count = outcomes.len().max(1) as f64;
    let off = outcomes
        .iter()
        .zip(within(1))
        .map(|(o, hit)| (o.told - hit).powi(2));
    CodeScores {
        postings: adverts.len(),
        unknown: known.iter().filter(|k| !k.right.contains(&true)).count(),
        first: mean(&within(1), seed),
        first_five: mean(&within(5), seed),
        told: outcomes.iter().map(|o| o.told).sum::<f64>() / count,
        brier: off.sum::<f64>() / count,
        weights: fit(&pick(&known, &order), chosen(&known, &order)),
    }
}

/// Those of a fold, and the others.
fn split(order: &[usize], fold: usize, folds: usize) -> (Vec<usize>, Vec<usize>) {
    let numbered = order.iter().enumerate();
    let (apart, rest): (Vec<_>, Vec<_>) = numbered.partition(|(place, _)| place % folds == fold);
    let bare = |list: Vec<(usize, &usize)>| list.into_iter().map(|(_, at)| *at).collect();
    (bare(apart), bare(rest))
}

fn pick<'a>(known: &'a [Known], places: &[usize]) -> Vec<&'a Known> {
    places.iter().map(|&at| &known[at]).collect()
}

/// The penalty under which postings kept apart are likeliest.
fn chosen(known: &[Known], places: &[usize]) -> f32 {
    let likely = |penalty| -> f64 {
        (0..INNER)
            .map(|fold| {
                let (apart, rest) = split(places, fold, INNER);
                let weights = fit(&pick(known, &rest), penalty);
                apart
                    .iter()
                    .map(|&at| log_right(&known[at], &weights))
                    .sum::<f64>()
            })
            .sum()
    };
    let tried = PENALTIES.map(|penalty| (penalty, likely(penalty)));
    let best = tried.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(PENALTIES[0], |b| b.0)
}

fn sums(known: &Known, weights: &Weights) -> Vec<f64> {
    let sum = |c| f64::from(weigh(c, &weights.0));
    known.compared.iter().map(sum).collect()
}

/// The logarithm of the right group's probability, not below that of a chance in a million.
fn log_right(known: &Known, weights: &Weights) -> f64 {
    let sums = sums(known, weights);
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut all, mut right) = (0.0, 0.0);
    for (sum, is_right) in sums.iter().zip(&known.right) {
        let part = libm::exp(sum - highest);
        all += part;
        right += if *is_right { part } else { 0.0 };
    }
    libm::log((right / all).max(1e-6))
}

fn outcome(known: &Known, right: &str, isco: &[String], weights: &Weights) -> Outcome {
    let groups = rank(&sums(known, weights), isco, usize::MAX).groups;
    Outcome {
        place: groups
            .iter()
            .position(|(g, _)| g == right)
            .map_or(usize::MAX, |p| p + 1),
        told: groups.first().map_or(0.0, |g| g.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::occupation::COMPARISONS;

    #[test]
    fn places_and_probabilities_are_those_counted_by_hand() {
        let mut compared = vec![[0.0; COMPARISONS]; 3];
        compared[1][0] = libm::logf(3.0);
        let known = Known {
            compared,
            right: vec![true, false, true],
        };
        let isco = ["1", "2", "1"].map(str::to_owned);
        let mut weights = Weights([0.0; COMPARISONS]);
        weights.0[0] = 1.0;
        let found = outcome(&known, "1", &isco, &weights);
        assert!(found.place == 2 && (found.told - 0.6).abs() < 1e-6);
        assert!((log_right(&known, &weights) - libm::log(0.4)).abs() < 1e-6);
        assert_eq!(outcome(&known, "9", &isco, &weights).place, usize::MAX);
    }

    #[test]
    fn folds_are_apart_and_together_all() {
        let order: Vec<usize> = (0..23).rev().collect();
        let mut all = Vec::new();
        for fold in 0..FOLDS {
            let (apart, rest) = split(&order, fold, FOLDS);
            assert_eq!(apart.len() + rest.len(), 23);
            assert!(apart.iter().all(|a| !rest.contains(a)));
            all.extend(apart);
        }
        all.sort_unstable();
        assert_eq!(all, (0..23).collect::<Vec<_>>());
    }
}

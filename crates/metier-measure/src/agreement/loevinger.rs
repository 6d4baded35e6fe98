//! Do steps form an order: does whoever passes a later step pass the earlier ones?
//!
//! Loevinger's H of monotone scaling. For two steps, the easier first, an *error* is passing the later without
//! the earlier. `H_ij = 1 - errors / expected`, expected if the two were independent; `H_i` and `H` are
//! the same over the pairs with step `i` and over all pairs. 1: never an error. 0: no order. Mokken's customary
//! words are below .3 no scale, .3 to .4 weak, .4 to .5 medium, from .5 strong.
//!
//! Source: Loevinger, Psychological Monographs 61 (1947); Mokken, A Theory and Procedure of Scale Analysis,
//! 1971, chapter 5. The test of a contradicted pair is `McNemar`'s exact one (Psychometrika 12, 1947).

use crate::accuracy::binomial_p_value;
use crate::error::{MeasureError, Result};

/// The fewest respondents for whom [`Scaling::shown`] is true: below, H swings by more than the distance
/// between Mokken's words.
pub const RESPONDENTS: usize = 50;
/// The largest number of steps.
pub const MAX_STEPS: usize = 200;
/// The largest number of respondents.
pub const MAX_RESPONDENTS: usize = 10_000_000;

/// How two steps stand to each other; the first is the one stated to come first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The step stated to come first.
    pub first: usize,
    /// The step stated to come later.
    pub later: usize,
    /// How many passed the first only: as the order has it.
    pub first_only: u64,
    /// How many passed the later only: against the order.
    pub later_only: u64,
    /// `H_ij`, with the errors counted from the easier of the two in these data; none when no error was to be
    /// expected because one of them was passed by all or by none.
    pub h: Option<f64>,
    /// When more passed the later only than the first only, the one-sided exact p-value that this happens at
    /// least so clearly if the two are equally hard: the order is contradicted by these data. None otherwise.
    pub contradicted: Option<f64>,
}

/// H of a set of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// H of the whole set.
    pub h: f64,
    /// `H_i` of each step; none when it was passed by all or by none.
    pub of_step: Vec<Option<f64>>,
    /// The share that passed each step.
    pub passed: Vec<f64>,
    /// Every pair, in the stated order.
    pub pairs: Vec<Pair>,
    /// Respondents.
    pub respondents: usize,
    /// Whether there are at least [`RESPONDENTS`].
    pub shown: bool,
}

impl Scaling {
    /// The pairs whose stated order the data contradict, the clearest first; with `alpha` divided among all
    /// pairs (Bonferroni), so that in a true order one is named with probability at most `alpha`.
    ///
    /// # Errors
    /// When `alpha` is not between 0 and 1.
    pub fn contradictions(&self, alpha: f64) -> Result<Vec<Pair>> {
        let alpha = crate::error::open_unit("alpha", alpha)? / self.pairs.len() as f64;
        let clear = |pair: &&Pair| pair.contradicted.is_some_and(|p| p <= alpha);
        let mut found: Vec<Pair> = self.pairs.iter().filter(clear).copied().collect();
        found.sort_by(|a, b| {
            a.contradicted
                .unwrap_or(1.0)
                .total_cmp(&b.contradicted.unwrap_or(1.0))
        });
        Ok(found)
    }
}

/// H for steps given in their stated order, the one to be passed first in column 0; a row for each respondent.
///
/// Whoever passed everything or nothing says nothing about order but counts in the shares expected.
///
/// # Errors
/// When there are fewer than 2 or more than [`MAX_RESPONDENTS`] respondents, fewer than 2 or more than
/// [`MAX_STEPS`] steps, or rows differ in length; [`MeasureError::NotEstimable`] when no pair of steps has both been
/// passed by some and not by all.
pub fn loevinger(rows: &[Vec<bool>]) -> Result<Scaling> {
    let (n, steps) = (rows.len(), rows.first().map_or(0, Vec::len));
    if !(2..=MAX_RESPONDENTS).contains(&n) {
        return Err(MeasureError::Length {
            name: "respondents",
            length: n,
            allowed: "2 to 10 million",
        });
    }
    let odd = rows.iter().map(Vec::len).find(|length| *length != steps);
    if !(2..=MAX_STEPS).contains(&steps) || odd.is_some() {
        return Err(MeasureError::Length {
            name: "steps",
            length: odd.unwrap_or(steps),
            allowed: "2 to 200, every row the same",
        });
    }
    let mut passed = vec![0_u64; steps];
    let mut both = vec![0_u64; steps * steps];
    for row in rows {
        let own: Vec<usize> = (0..steps).filter(|i| row[*i]).collect();
        for (at, i) in own.iter().enumerate() {
            passed[*i] += 1;
            for j in &own[at + 1..] {
                both[i * steps + j] += 1;
            }
        }
    }
    let respondents = n as u64;
    let mut pairs = Vec::with_capacity(steps * (steps - 1) / 2);
    // Errors and their expectation times n, as whole numbers: exact and in any order the same.
    let mut of_step = vec![(0_u128, 0_u128); steps];
    let mut all = (0_u128, 0_u128);
    for i in 0..steps {
        for j in i + 1..steps {
            let together = both[i * steps + j];
            let (first_only, later_only) = (passed[i] - together, passed[j] - together);
            let errors = u128::from(first_only.min(later_only)) * u128::from(respondents);
            let (easier, harder) = (passed[i].max(passed[j]), passed[i].min(passed[j]));
            let expected = u128::from(harder) * u128::from(respondents - easier);
            for sum in [&mut all, &mut of_step[i]] {
                *sum = (sum.0 + errors, sum.1 + expected);
            }
            of_step[j] = (of_step[j].0 + errors, of_step[j].1 + expected);
            let contradicted = if later_only > first_only {
                Some(binomial_p_value(first_only + later_only, first_only, 0.5)?)
            } else {
                None
            };
            pairs.push(Pair {
                first: i,
                later: j,
                first_only,
                later_only,
                h: scalability((errors, expected)),
                contradicted,
            });
        }
    }
    let h = scalability(all).ok_or(MeasureError::NotEstimable {
        quantity: "Loevinger's H",
        because: "no two steps were both passed by some and not by all",
    })?;
    Ok(Scaling {
        h,
        of_step: of_step.into_iter().map(scalability).collect(),
        passed: passed.iter().map(|count| *count as f64 / n as f64).collect(),
        pairs,
        respondents: n,
        shown: n >= RESPONDENTS,
    })
}

fn scalability((errors, expected): (u128, u128)) -> Option<f64> {
    (expected > 0).then(|| 1.0 - errors as f64 / expected as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_order_and_its_reverse() {
        let row = |passed: usize| (0..4).map(|i| i < passed).collect::<Vec<bool>>();
        let rows: Vec<Vec<bool>> = (0..100).map(|i| row(i % 5)).collect();
        let got = loevinger(&rows).unwrap();
        assert!((got.h - 1.0).abs() < 1e-15 && got.shown);
        assert!(got.contradictions(0.05).unwrap().is_empty());
        assert!(
            got.pairs
                .iter()
                .all(|pair| pair.h == Some(1.0) && pair.contradicted.is_none())
        );
        let reversed: Vec<Vec<bool>> = rows.iter().map(|r| r.iter().rev().copied().collect()).collect();
        let got = loevinger(&reversed).unwrap();
        // H does not see the stated order, the pairs do.
        assert!((got.h - 1.0).abs() < 1e-15);
        let found = got.contradictions(0.05).unwrap();
        assert_eq!(found.len(), 6);
        assert_eq!((found[0].first, found[0].later), (0, 3));
        assert!(got.contradictions(0.0).is_err());
    }

    #[test]
    fn refuses_what_shows_no_order() {
        assert!(loevinger(&[]).is_err() && loevinger(&[vec![true, false]]).is_err());
        assert!(loevinger(&[vec![true], vec![false]]).is_err());
        assert!(loevinger(&[vec![true, false], vec![true]]).is_err());
        let same = vec![vec![true, false, false]; 9];
        assert!(matches!(loevinger(&same), Err(MeasureError::NotEstimable { .. })));
        let one_varies = vec![vec![true, true, false], vec![true, false, false]];
        assert!(loevinger(&one_varies).is_err());
        let rows = vec![
            vec![true, true, false],
            vec![true, false, true],
            vec![true, true, true],
        ];
        let got = loevinger(&rows).unwrap();
        assert_eq!((got.of_step[0], got.pairs[0].h, got.shown), (None, None, false));
    }
}

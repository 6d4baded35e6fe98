//! Reliability without bins to choose: shares that rise with what was stated.
//!
//! The stated probabilities are kept in order and pooled, neighbour with neighbour, just until the shares that
//! came no longer fall (Ayer, Brunk, Ewing, Reid and Silverman, Annals of Mathematical Statistics 26, 1955).
//! The pooled shares are the best monotone correction in hindsight, so the score they would have had splits the
//! Brier score: `brier = miscalibration - discrimination + uncertainty` (Dimitriadis, Gneiting and Jordan,
//! PNAS 118, 2021). Correction in hindsight flatters: with few forecasts miscalibration is above 0 by chance.

use super::{Forecast, came, mean, sorted};
use crate::error::Result;

/// Forecasts pooled because their shares would not rise otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pool {
    /// The lowest stated probability in it.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// How many.
    pub count: u64,
    /// How many came.
    pub came: u64,
}

/// The pools, and the parts of the Brier score.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Lowest stated first; the share that came rises strictly from pool to pool.
    pub pools: Vec<Pool>,
    /// What a monotone correction in hindsight would have saved; never below 0 but by rounding.
    pub miscalibration: f64,
    /// How much better that is than always stating the share of all; never below 0 but by rounding.
    pub discrimination: f64,
    /// `share (1 - share)` of all.
    pub uncertainty: f64,
}

impl Pool {
    /// The share that came.
    pub fn share(&self) -> f64 {
        self.came as f64 / self.count as f64
    }

    /// Its share is no higher than this one's, compared without rounding.
    fn reaches(&self, above: &Self) -> bool {
        u128::from(self.came) * u128::from(above.count) >= u128::from(above.came) * u128::from(self.count)
    }
}

/// Pools adjacent violators.
///
/// # Errors
/// When there are no forecasts or too many, or a stated probability is none.
pub fn pooled(forecasts: &[Forecast]) -> Result<Pooled> {
    let sorted = sorted(forecasts)?;
    let mut pools: Vec<Pool> = Vec::new();
    for same in sorted.chunk_by(|a, b| a.stated.total_cmp(&b.stated).is_eq()) {
        let mut pool = Pool {
            from: same[0].stated,
            to: same[0].stated,
            count: same.len() as u64,
            came: came(same),
        };
        while let Some(below) = pools.pop_if(|below| below.reaches(&pool)) {
            pool.from = below.from;
            pool.count += below.count;
            pool.came += below.came;
        }
        pools.push(pool);
    }
    let n = sorted.len() as f64;
    let all = came(&sorted) as f64 / n;
    let uncertainty = all * (1.0 - all);
    let corrected: f64 = pools
        .iter()
        .map(|p| p.count as f64 * p.share() * (1.0 - p.share()))
        .sum::<f64>()
        / n;
    Ok(Pooled {
        miscalibration: mean(&sorted, Forecast::squared_error) - corrected,
        discrimination: uncertainty - corrected,
        uncertainty,
        pools,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pools_just_until_the_shares_rise() {
        let told: Vec<Forecast> = [
            (0.1, false),
            (0.2, true),
            (0.3, false),
            (0.4, false),
            (0.6, true),
            (0.7, true),
            (0.9, false),
            (0.95, true),
        ]
        .into_iter()
        .map(|(stated, came)| Forecast { stated, came })
        .collect();
        let got = pooled(&told).unwrap();
        let shape: Vec<_> = got
            .pools
            .iter()
            .map(|p| (p.from, p.to, p.count, p.came))
            .collect();
        assert_eq!(
            shape,
            [
                (0.1, 0.1, 1, 0),
                (0.2, 0.4, 3, 1),
                (0.6, 0.9, 3, 2),
                (0.95, 0.95, 1, 1)
            ]
        );
        let brier = super::super::brier(&told).unwrap();
        assert!((got.miscalibration - got.discrimination + got.uncertainty - brier).abs() < 1e-15);
    }

    #[test]
    fn all_alike_is_one_pool() {
        let told = [Forecast {
            stated: 0.4,
            came: true,
        }; 5];
        let got = pooled(&told).unwrap();
        assert_eq!(got.pools.len(), 1);
        assert_eq!((got.discrimination, got.uncertainty), (0.0, 0.0));
        assert!((got.miscalibration - 0.36).abs() < 1e-15);
    }
}

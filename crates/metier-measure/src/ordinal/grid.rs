//! The grid of `theta`: Gauss-Legendre panels between thresholds, and the likelihood rows kept on it.

use std::collections::BTreeMap;

use super::Posterior;
use crate::quadrature::{hermite_61, legendre_10};

/// Rows kept per grid before the cache starts afresh.
const MAX_ROWS: usize = 1_024;
/// The grid reaches this many prior standard deviations to either side, and further when it must.
const REACH: f64 = 8.0;
/// The widest panel; the logistic's poles at distance pi allow ten nodes on it to be exact to 1e-15.
pub(super) const WIDEST: f64 = 2.0;
/// What counts as far enough: the integrand's logarithm at the grid's ends below its top.
const EDGE: f64 = 24.0;

#[derive(Debug, Clone)]
pub(super) struct Grid {
    theta: Vec<f64>,
    /// The log of quadrature weight times prior density, up to a constant.
    base: Vec<f64>,
    /// `sections[k]`: the index of the first node above the `k`-th threshold; with 0 before and the length
    /// after.
    sections: Vec<usize>,
    /// The log-likelihood of one rating at each node.
    rows: BTreeMap<Kind, Vec<f64>>,
}

/// A category with the bits of a leniency's mean and standard deviation: ratings of one kind are alike.
pub(super) type Kind = (usize, u64, u64);

impl Grid {
    pub(super) fn new(taus: &[f64], prior_sd: f64, fine: u32, far: u32) -> Self {
        let outermost = taus.iter().fold(0.0_f64, |m, t| m.max(t.abs()));
        let half = (REACH * prior_sd * f64::from(1_u32 << far)).max(outermost + prior_sd);
        let widest = WIDEST / f64::from(1_u32 << fine);
        let mut grid = Self {
            theta: Vec::new(),
            base: Vec::new(),
            sections: vec![0],
            rows: BTreeMap::new(),
        };
        let mut from = -half;
        for &to in taus.iter().chain([&half]) {
            let panels = libm::ceil((to - from) / widest).max(1.0);
            let width = (to - from) / panels;
            let mut panel = 0.0;
            while panel < panels {
                for &(t, w) in legendre_10() {
                    let theta = from + width * (panel + 0.5 * (t + 1.0));
                    let standard = theta / prior_sd;
                    grid.theta.push(theta);
                    grid.base.push(libm::log(w * width) - 0.5 * standard * standard);
                }
                panel += 1.0;
            }
            grid.sections.push(grid.theta.len());
            from = to;
        }
        grid
    }

    /// The posterior's weights on this grid, up to a constant; none when it does not hold enough of it.
    fn weights(&mut self, taus: &[f64], kinds: &[Kind]) -> Option<Vec<f64>> {
        let mut logs = self.base.clone();
        for same in kinds.chunk_by(|a, b| a == b) {
            let times = same.len() as f64;
            for (log, r) in logs.iter_mut().zip(self.row(taus, same[0])) {
                *log += times * *r;
            }
        }
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let edge = logs[0].max(logs[logs.len() - 1]);
        if !top.is_finite() || edge - top > -EDGE {
            return None;
        }
        Some(logs.into_iter().map(|l| libm::exp(l - top)).collect())
    }

    fn row(&mut self, taus: &[f64], kind: Kind) -> &[f64] {
        if self.rows.len() >= MAX_ROWS && !self.rows.contains_key(&kind) {
            self.rows.clear();
        }
        let theta = &self.theta;
        self.rows.entry(kind).or_insert_with(|| row(taus, theta, kind))
    }

    /// `[y][k]`: the chance that a further rating of this leniency is `y` and the category is `k`.
    pub(super) fn next(
        &mut self,
        taus: &[f64],
        kinds: &[Kind],
        (mean, sd): (u64, u64),
    ) -> Option<Vec<Vec<f64>>> {
        let weights = self.weights(taus, kinds)?;
        let total: f64 = weights.iter().sum();
        let sections = self.sections.clone();
        let of = |category: usize| {
            let row = self.row(taus, (category, mean, sd));
            let joint: Vec<f64> = weights.iter().zip(row).map(|(w, r)| w * libm::exp(*r)).collect();
            sections
                .windows(2)
                .map(|s| joint[s[0]..s[1]].iter().sum::<f64>() / total)
                .collect()
        };
        Some((0..=taus.len()).map(of).collect())
    }

    /// The posterior on this grid; none when it does not hold enough of it.
    pub(super) fn posterior(&mut self, taus: &[f64], kinds: &[Kind]) -> Option<Posterior> {
        let weights = self.weights(taus, kinds)?;
        let total: f64 = weights.iter().sum();
        let mean = weights.iter().zip(&self.theta).map(|(w, t)| w * t).sum::<f64>() / total;
        let square = |t: f64| (t - mean) * (t - mean);
        let variance = weights
            .iter()
            .zip(&self.theta)
            .map(|(w, t)| w * square(*t))
            .sum::<f64>()
            / total;
        let mass: Vec<f64> = self
            .sections
            .windows(2)
            .map(|s| weights[s[0]..s[1]].iter().sum::<f64>() / total)
            .collect();
        // Summed from the top, where the small numbers are.
        let mut at_least = mass.clone();
        for k in (0..mass.len() - 1).rev() {
            at_least[k] = (at_least[k] + at_least[k + 1]).min(1.0);
        }
        at_least[0] = 1.0;
        Some(Posterior {
            mean,
            sd: libm::sqrt(variance),
            at_least,
            mass,
        })
    }
}

/// `ln P(Y = category | theta)` at each `theta`, the leniency integrated out.
fn row(taus: &[f64], theta: &[f64], (category, mean, sd): Kind) -> Vec<f64> {
    let (mean, sd) = (f64::from_bits(mean), f64::from_bits(sd));
    // With v = theta + b and thresholds lo < hi around the category,
    // F(hi - v) - F(lo - v) = (1 - r) / (1 + r + exp(v - hi) + exp(lo - v)), r = exp(lo - hi):
    // a sum of positive terms, and the exponentials of theta and b part.
    let lo = category.checked_sub(1).map(|k| taus[k]);
    let hi = taus.get(category).copied();
    let r = match (lo, hi) {
        (Some(lo), Some(hi)) => libm::exp(lo - hi),
        _ => 0.0,
    };
    let one_minus_r = match (lo, hi) {
        (Some(lo), Some(hi)) => -libm::expm1(lo - hi),
        _ => 1.0,
    };
    let lone = [(0.0, 1.0)];
    let nodes = if sd > 0.0 { hermite_61() } else { &lone };
    let effects: Vec<(f64, f64, f64)> = nodes
        .iter()
        .map(|&(z, w)| {
            (
                libm::exp(mean + sd * z),
                libm::exp(-mean - sd * z),
                w * one_minus_r,
            )
        })
        .collect();
    theta
        .iter()
        .map(|&t| {
            let above = hi.map_or(0.0, |hi| libm::exp(t - hi));
            let below = lo.map_or(0.0, |lo| libm::exp(lo - t));
            let sum: f64 = effects
                .iter()
                .map(|(e, inv, w)| w / (1.0 + r + above * e + below * inv))
                .sum();
            libm::log(sum)
        })
        .collect()
}

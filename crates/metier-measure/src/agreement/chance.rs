//! Agreement corrected for chance, in five ways, with standard errors.
//!
//! All are `(p_a - p_e) / (1 - p_e)`: `p_a` the (weighted) share of agreeing pairs of ratings within a unit,
//! averaged over units; `p_e` what chance alone is taken to give, which is where they differ ([`Chance`]). The
//! standard error treats units as a sample from many and raters as given, by linearisation; the interval
//! and the p-value use Student's t with one degree less than units.
//!
//! Source: Gwet, Handbook of Inter-Rater Reliability, 4th edition 2014, chapters 2 to 5; British Journal of
//! Mathematical and Statistical Psychology 61 (2008).

use crate::agreement::{Ratings, Unit, Weights};
use crate::distribution::{t_quantile, t_two_sided};
use crate::error::{MeasureError, Result, open_unit, within};
use crate::interval::{Interval, checked};

/// The fewest units at which an interval is [`crate::interval::Coverage::Checked`], if every one of them has two
/// ratings or more. Units with a single rating swell the published standard error: with a fifth of them
/// the interval held its coefficient in more than 99 of 100 samples.
pub const CHANCE_UNITS: usize = 200;

/// What is taken for chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// Nothing: plain percent agreement.
    Uncorrected,
    /// Gwet's AC1 (with [`Weights::Identity`]) and AC2: ratings at random only where a unit is hard.
    Gwet,
    /// Fleiss' kappa: the categories' frequencies over all raters (Psychological Bulletin 76, 1971).
    Fleiss,
    /// Conger's kappa: each rater's own frequencies, over pairs of raters (Psychological Bulletin 88, 1980).
    Conger,
    /// Brennan and Prediger: every category equally often (Educational and Psychological Measurement 41,
    /// 1981).
    BrennanPrediger,
    /// Krippendorff's alpha on similarity weights. For the squared-rank alpha that goes by the name see
    /// [`crate::agreement::alpha`].
    Krippendorff,
}

/// A coefficient and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The coefficient, at most 1.
    pub value: f64,
    /// Observed agreement `p_a`.
    pub observed: f64,
    /// Chance agreement `p_e`.
    pub expected: f64,
    /// The standard error; 0 only when every unit contributes the same.
    pub se: f64,
    /// Value give or take t times `se`, cut at 1; none when `se` is 0, since so few equal units show
    /// no spread to judge by.
    pub interval: Option<Interval>,
    /// Two-sided p-value of "no agreement beyond chance"; none when `se` is 0.
    pub p: Option<f64>,
    /// Units with at least one rating (for [`Chance::Krippendorff`] two).
    pub units: usize,
}

/// The coefficient for one notion of chance.
///
/// The scale of the ratings matters to [`Chance::Gwet`] and [`Chance::BrennanPrediger`]: give every category
/// that could have been given.
///
/// # Errors
/// When the scale has fewer than 2 or more than 1,000 values or the confidence is not between 0 and 1;
/// [`MeasureError::NotEstimable`] when fewer than two units have two ratings, chance alone explains everything
/// (all ratings the same), or, for [`Chance::Conger`], the raters are not known or fewer than two rated
/// anything; [`MeasureError::OutOfDomain`] when raters times squared categories exceed 10^9 there.
pub fn coefficient(
    ratings: &Ratings,
    chance: Chance,
    weights: Weights,
    confidence: f64,
) -> Result<Coefficient> {
    let outside = 0.5 * (1.0 - open_unit("confidence", confidence)?);
    let w = weights.matrix(ratings.scale())?;
    if ratings.paired_units() < 2 {
        return Err(not_estimable("fewer than two units have two ratings"));
    }
    let rated = ratings.units().iter().position(|unit| unit.size > 0).unwrap_or(0);
    let units = &ratings.units()[rated..];
    let paired = &units[units.len() - ratings.paired_units()..];
    let parts = if chance == Chance::Krippendorff {
        krippendorff(paired, &w)?
    } else {
        let (expected, shares) = match chance {
            Chance::Gwet => gwet(units, &w),
            Chance::Fleiss => fleiss(units, &w),
            Chance::Conger => conger(ratings, rated, &w)?,
            Chance::BrennanPrediger => {
                let q = w.len() as f64;
                let expected = sum_of(&w) / (q * q);
                (expected, vec![expected; units.len()])
            }
            Chance::Uncorrected | Chance::Krippendorff => (0.0, vec![0.0; units.len()]),
        };
        linearised(units, paired.len(), &w, expected, &shares)?
    };
    let n = parts.terms.len() as f64;
    let squares: f64 = parts
        .terms
        .iter()
        .map(|x| (x - parts.centre) * (x - parts.centre))
        .sum();
    let variance = squares / (n * (n - 1.0));
    // What rounding leaves of a variance that is 0 on paper.
    let se = if variance > 1e-28 {
        libm::sqrt(variance)
    } else {
        0.0
    };
    let (mut interval, mut p) = (None, None);
    if se > 0.0 {
        let reach = t_quantile(1.0 - outside, n - 1.0)? * se;
        interval = Some(Interval {
            lower: parts.value - reach,
            upper: (parts.value + reach).min(1.0),
            confidence,
            coverage: checked(
                confidence,
                paired.len() >= CHANCE_UNITS && paired.len() == units.len(),
            ),
        });
        p = Some(t_two_sided(parts.value / se, n - 1.0)?);
    }
    Ok(Coefficient {
        value: parts.value,
        observed: parts.observed,
        expected: parts.expected,
        se,
        interval,
        p,
        units: parts.terms.len(),
    })
}

fn not_estimable(because: &'static str) -> MeasureError {
    MeasureError::NotEstimable {
        quantity: "agreement beyond chance",
        because,
    }
}

/// A coefficient, and each unit's share in it around `centre`.
struct Parts {
    value: f64,
    observed: f64,
    expected: f64,
    centre: f64,
    terms: Vec<f64>,
}

fn corrected(observed: f64, expected: f64) -> Result<f64> {
    if 1.0 - expected <= 1e-12 {
        return Err(not_estimable("all ratings are the same"));
    }
    Ok((observed - expected) / (1.0 - expected))
}

fn sum_of(w: &[Vec<f64>]) -> f64 {
    w.iter().flatten().sum()
}

/// `W v`.
fn times(w: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    w.iter()
        .map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
        .collect()
}

/// The mean of `v` over a unit's ratings.
fn mean_of(unit: &Unit, v: &[f64]) -> f64 {
    let sum: f64 = unit
        .counts
        .iter()
        .map(|(k, count)| f64::from(*count) * v[*k as usize])
        .sum();
    sum / f64::from(unit.size)
}

/// A unit's ordered pairs of different ratings, each with its weight.
fn agreeing(unit: &Unit, w: &[Vec<f64>]) -> f64 {
    let mut sum = 0.0;
    for (i, (k, count)) in unit.counts.iter().enumerate() {
        sum += f64::from(*count) * (f64::from(*count) - 1.0) * w[*k as usize][*k as usize];
        for (l, other) in &unit.counts[..i] {
            sum += 2.0 * f64::from(*count) * f64::from(*other) * w[*k as usize][*l as usize];
        }
    }
    sum
}

/// The categories' frequencies, each unit counting once.
fn frequencies(units: &[Unit], q: usize) -> Vec<f64> {
    let mut shares = vec![0.0; q];
    for unit in units {
        for (k, count) in &unit.counts {
            shares[*k as usize] += f64::from(*count) / f64::from(unit.size);
        }
    }
    shares.iter().map(|share| share / units.len() as f64).collect()
}

fn gwet(units: &[Unit], w: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let q = w.len() as f64;
    let scale = sum_of(w) / (q * (q - 1.0));
    let rest: Vec<f64> = frequencies(units, w.len()).iter().map(|pi| 1.0 - pi).collect();
    let expected = scale * rest.iter().map(|rest| rest * (1.0 - rest)).sum::<f64>();
    (
        expected,
        units.iter().map(|unit| scale * mean_of(unit, &rest)).collect(),
    )
}

fn fleiss(units: &[Unit], w: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let pi = frequencies(units, w.len());
    let weighted = times(w, &pi);
    let expected = pi.iter().zip(&weighted).map(|(a, b)| a * b).sum();
    (
        expected,
        units.iter().map(|unit| mean_of(unit, &weighted)).collect(),
    )
}

/// Chance agreement of pairs of raters and each unit's share in it; units from `rated` on.
fn conger(ratings: &Ratings, rated: usize, w: &[Vec<f64>]) -> Result<(f64, Vec<f64>)> {
    let (columns, cells) = ratings
        .by_rater()
        .ok_or(not_estimable("the raters are not known"))?;
    let q = w.len();
    let work = columns as f64 * q as f64 * q as f64;
    within(
        "raters times squared categories",
        work,
        |v| v <= 1e9,
        "up to 10^9",
    )?;
    let cells = &cells[rated * columns..];
    let n = (cells.len() / columns) as f64;
    let mut counts = vec![0.0; columns * q];
    for (at, cell) in cells.iter().enumerate() {
        if let Some(k) = cell {
            counts[(at % columns) * q + *k as usize] += 1.0;
        }
    }
    let given: Vec<f64> = counts.chunks(q).map(|own| own.iter().sum()).collect();
    let raters = given.iter().filter(|given| **given > 0.0).count() as f64;
    if raters < 2.0 {
        return Err(not_estimable("fewer than two raters rated anything"));
    }
    let mut all = vec![0.0; q];
    for (own, given) in counts.chunks_mut(q).zip(&given) {
        for (count, all) in own.iter_mut().zip(&mut all) {
            *count /= given.max(1.0);
            *all += *count;
        }
    }
    // For each rater: the weight of a category against the other raters' frequencies, and its mean.
    let mut against = Vec::with_capacity(columns * q);
    let mut means = Vec::with_capacity(columns);
    for own in counts.chunks(q) {
        let others: Vec<f64> = all.iter().zip(own).map(|(all, own)| all - own).collect();
        let weighted = times(w, &others);
        means.push(own.iter().zip(&weighted).map(|(a, b)| a * b).sum::<f64>());
        against.extend(weighted);
    }
    let pairs = raters * (raters - 1.0);
    let expected = means.iter().sum::<f64>() / pairs;
    let share = |row: &[Option<u32>]| {
        let of = |(g, cell): (usize, &Option<u32>)| {
            let own = cell.map_or(0.0, |k| against[g * q + k as usize] - means[g]);
            if given[g] > 0.0 {
                n / given[g] * own + means[g]
            } else {
                0.0
            }
        };
        row.iter().enumerate().map(of).sum::<f64>() / pairs
    };
    Ok((expected, cells.chunks(columns).map(share).collect()))
}

/// The coefficient and each unit's term, for a chance agreement with each unit's share in it.
fn linearised(units: &[Unit], paired: usize, w: &[Vec<f64>], expected: f64, shares: &[f64]) -> Result<Parts> {
    let agreement = |unit: &Unit| {
        let size = f64::from(unit.size);
        if unit.size >= 2 {
            agreeing(unit, w) / (size * (size - 1.0))
        } else {
            0.0
        }
    };
    let observed = units.iter().map(agreement).sum::<f64>() / paired as f64;
    let value = corrected(observed, expected)?;
    let (rest, raise) = (1.0 - expected, units.len() as f64 / paired as f64);
    let term = |(unit, share): (&Unit, &f64)| {
        let own = if unit.size >= 2 {
            agreement(unit) - expected
        } else {
            0.0
        };
        raise * own / rest - 2.0 * (1.0 - value) * (share - expected) / rest
    };
    Ok(Parts {
        value,
        observed,
        expected,
        centre: value,
        terms: units.iter().zip(shares).map(term).collect(),
    })
}

/// Krippendorff's alpha on similarity weights, with the linearisation around its value before the correction
/// for few ratings.
fn krippendorff(paired: &[Unit], w: &[Vec<f64>]) -> Result<Parts> {
    let n = paired.len() as f64;
    let ratings: f64 = paired.iter().map(|unit| f64::from(unit.size)).sum();
    let (mean_size, few) = (ratings / n, 1.0 / ratings);
    let agreement = |unit: &Unit| agreeing(unit, w) / (mean_size * (f64::from(unit.size) - 1.0));
    let before = paired.iter().map(agreement).sum::<f64>() / n;
    let observed = (1.0 - few) * before + few;
    let mut pi = vec![0.0; w.len()];
    for (k, count) in paired.iter().flat_map(|unit| &unit.counts) {
        pi[*k as usize] += f64::from(*count) / ratings;
    }
    let weighted = times(w, &pi);
    let expected: f64 = pi.iter().zip(&weighted).map(|(a, b)| a * b).sum();
    let value = corrected(observed, expected)?;
    let centre = corrected(before, expected)?;
    let rest = 1.0 - expected;
    let term = |unit: &Unit| {
        let size = f64::from(unit.size);
        let excess = (size - mean_size) / mean_size;
        let own = agreement(unit) - observed * excess - expected;
        let share = mean_of(unit, &weighted) * size / mean_size - expected * excess;
        own / rest - 2.0 * (1.0 - centre) * (share - expected) / rest
    };
    Ok(Parts {
        value,
        observed,
        expected,
        centre,
        terms: paired.iter().map(term).collect(),
    })
}

//! Reliability by bins, and Murphy's decomposition over them.

use super::{Forecast, came, mean, sorted};
use crate::accuracy::{Interval, Sides, clopper_pearson};
use crate::error::{MeasureError, Result, open_unit};

/// The largest number of bins.
const MAX_BINS: usize = 10_000;

/// Where one bin ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edges<'a> {
    /// A bin for each value that was stated.
    Values,
    /// At these values, ascending, above 0 and below 1; a forecast on an edge lies above it.
    At(&'a [f64]),
    /// So many bins of about as many forecasts each; forecasts of one stated value stay together.
    Equal(usize),
}

/// Forecasts of about one stated probability, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The lowest stated probability in it.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// How many.
    pub count: u64,
    /// How many of them came.
    pub came: u64,
    /// The mean of what was stated.
    pub stated: f64,
    /// The share that came.
    pub share: f64,
    /// The exact interval for that share.
    pub interval: Interval,
}

/// The parts of a Brier score over bins:
/// `brier = reliability - resolution + uncertainty + spread - covariance`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decomposition {
    /// The score itself.
    pub brier: f64,
    /// How far shares lie from what was stated, squared; 0 is best.
    pub reliability: f64,
    /// What `reliability` is expected to be by chance alone when every stated probability is right; with few
    /// forecasts a bin it is far from 0.
    pub reliability_by_chance: f64,
    /// How far the bins' shares lie from the share of all, squared; higher is better.
    pub resolution: f64,
    /// `share (1 - share)` of all: what always stating that share would score.
    pub uncertainty: f64,
    /// The variance of stated probabilities inside the bins; 0 for [`Edges::Values`].
    pub spread: f64,
    /// Twice their covariance with the outcomes inside the bins; 0 for [`Edges::Values`].
    pub covariance: f64,
}

/// Stated probabilities against shares, lowest first, with the exact interval of Clopper and Pearson for each
/// share, `0 < confidence < 1`.
///
/// A bin of fewer than `least` forecasts says nothing: the smallest is joined to its smaller neighbour until
/// none is left (or one bin). The interval is for the mean chance in the bin; unequal chances inside it make
/// the share vary less than the interval allows for, not more (Hoeffding, Annals of Mathematical Statistics
/// 27, 1956). Every bin has its own interval: among twenty at 95% one is expected to miss.
///
/// # Errors
/// When there are no forecasts or too many, a probability is none, the edges are not as said or more than
/// 10000, or `confidence` is outside its domain.
pub fn reliability(
    forecasts: &[Forecast],
    edges: Edges<'_>,
    least: usize,
    confidence: f64,
) -> Result<Vec<Bin>> {
    let sorted = sorted(forecasts)?;
    let mut bounds = bounds(&sorted, edges)?;
    join(&mut bounds, least);
    slices(&sorted, &bounds)
        .map(|inside| Bin::of(inside, confidence))
        .collect()
}

/// Murphy's decomposition of the Brier score over bins, with the two parts that coarse bins leave inside them
/// (Stephenson, Coelho and Jolliffe 2008), so that the parts always add up to the score.
///
/// # Errors
/// As for [`reliability`].
pub fn decompose(forecasts: &[Forecast], edges: Edges<'_>) -> Result<Decomposition> {
    let sorted = sorted(forecasts)?;
    let bounds = bounds(&sorted, edges)?;
    let n = sorted.len() as f64;
    let all = came(&sorted) as f64 / n;
    let mut parts = Decomposition {
        brier: mean(&sorted, Forecast::squared_error),
        reliability: 0.0,
        reliability_by_chance: 0.0,
        resolution: 0.0,
        uncertainty: all * (1.0 - all),
        spread: 0.0,
        covariance: 0.0,
    };
    for inside in slices(&sorted, &bounds) {
        let count = inside.len() as f64;
        let stated = middle(inside);
        let share = came(inside) as f64 / count;
        parts.reliability += count * (stated - share) * (stated - share) / n;
        parts.resolution += count * (share - all) * (share - all) / n;
        parts.reliability_by_chance += mean(inside, |f| f.stated * (1.0 - f.stated)) / n;
        parts.spread += count * mean(inside, |f| (f.stated - stated) * (f.stated - stated)) / n;
        parts.covariance += 2.0 * count * mean(inside, |f| (f.outcome() - share) * (f.stated - stated)) / n;
    }
    Ok(parts)
}

impl Bin {
    fn of(inside: &[Forecast], confidence: f64) -> Result<Self> {
        let (count, came) = (inside.len() as u64, came(inside));
        Ok(Self {
            from: inside.first().map_or(0.0, |f| f.stated),
            to: inside.last().map_or(0.0, |f| f.stated),
            count,
            came,
            stated: middle(inside),
            share: came as f64 / count as f64,
            interval: share_interval(count, came, confidence)?,
        })
    }
}

/// The mean of what was stated, taken from the lowest, so that equal values have themselves for a mean.
fn middle(inside: &[Forecast]) -> f64 {
    let lowest = inside.first().map_or(0.0, |f| f.stated);
    lowest + mean(inside, |f| f.stated - lowest)
}

/// The exact interval for the chance of what came `came` times of `count`.
pub(super) fn share_interval(count: u64, came: u64, confidence: f64) -> Result<Interval> {
    clopper_pearson(count as f64, (count - came) as f64, confidence, Sides::Two)
}

/// The places at which bins begin, 0 first, and the end: no bin is empty.
fn bounds(sorted: &[Forecast], edges: Edges<'_>) -> Result<Vec<usize>> {
    let too_many = |length| MeasureError::Length {
        name: "edges",
        length,
        allowed: "up to 10000 bins",
    };
    let begins = |place: usize| place == 0 || sorted[place - 1].stated < sorted[place].stated;
    let mut bounds = match edges {
        Edges::Values => (0..sorted.len()).filter(|&i| begins(i)).collect(),
        Edges::At(edges) => {
            if edges.len() >= MAX_BINS {
                return Err(too_many(edges.len()));
            }
            let mut last = 0.0;
            let mut bounds = vec![0];
            for &edge in edges {
                if open_unit("edge", edge)? <= last {
                    return Err(MeasureError::OutOfDomain {
                        name: "edge",
                        value: edge,
                        allowed: "ascending",
                    });
                }
                last = edge;
                bounds.push(sorted.partition_point(|f| f.stated < edge));
            }
            bounds
        }
        Edges::Equal(bins) => {
            if bins == 0 || bins > MAX_BINS {
                return Err(too_many(bins));
            }
            (0..bins)
                .map(|b| {
                    let place = b * sorted.len() / bins;
                    let value = sorted[place].stated;
                    // To where this stated value begins or ends, whichever is nearer.
                    let begin = sorted.partition_point(|f| f.stated < value);
                    let end = sorted.partition_point(|f| f.stated <= value);
                    if place - begin <= end - place { begin } else { end }
                })
                .collect()
        }
    };
    bounds.push(sorted.len());
    bounds.dedup();
    Ok(bounds)
}

/// Joins bins of fewer than `least` to a neighbour.
fn join(bounds: &mut Vec<usize>, least: usize) {
    while bounds.len() > 2 {
        let sizes: Vec<usize> = bounds.windows(2).map(|w| w[1] - w[0]).collect();
        let Some((place, &size)) = sizes.iter().enumerate().min_by_key(|(_, size)| **size) else {
            return;
        };
        if size >= least {
            return;
        }
        let below = place.checked_sub(1).map(|p| sizes[p]);
        let above = sizes.get(place + 1);
        // The bound that goes is the one towards the smaller neighbour.
        let gone = match (below, above) {
            (Some(below), Some(&above)) if above < below => place + 1,
            (None, _) => place + 1,
            _ => place,
        };
        bounds.remove(gone);
    }
}

fn slices<'s>(sorted: &'s [Forecast], bounds: &'s [usize]) -> impl Iterator<Item = &'s [Forecast]> {
    bounds.windows(2).map(|w| &sorted[w[0]..w[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &[(f64, usize, usize)]) -> Vec<Forecast> {
        let of = |&(stated, count, came): &(f64, usize, usize)| {
            (0..count).map(move |i| Forecast {
                stated,
                came: i < came,
            })
        };
        list.iter().flat_map(of).collect()
    }

    fn shape(bins: &[Bin]) -> Vec<(u64, u64)> {
        bins.iter().map(|b| (b.count, b.came)).collect()
    }

    #[test]
    fn values_edges_and_equal_counts() {
        let told = told(&[(0.1, 10, 1), (0.5, 6, 4), (0.6, 6, 2), (0.9, 8, 7)]);
        let bins = |edges| shape(&reliability(&told, edges, 1, 0.95).unwrap());
        assert_eq!(bins(Edges::Values), [(10, 1), (6, 4), (6, 2), (8, 7)]);
        assert_eq!(bins(Edges::At(&[0.2, 0.6, 0.95])), [(10, 1), (6, 4), (14, 9)]);
        assert_eq!(bins(Edges::Equal(3)), [(10, 1), (12, 6), (8, 7)]);
        assert_eq!(bins(Edges::Equal(1)), [(30, 14)]);
    }

    #[test]
    fn small_bins_join_their_smaller_neighbour() {
        let told = told(&[(0.1, 10, 1), (0.5, 2, 1), (0.6, 6, 2), (0.9, 1, 1)]);
        let bins = |least| shape(&reliability(&told, Edges::Values, least, 0.95).unwrap());
        assert_eq!(bins(2), [(10, 1), (2, 1), (7, 3)]);
        assert_eq!(bins(5), [(10, 1), (9, 4)]);
        assert_eq!(bins(50), [(19, 5)]);
    }

    #[test]
    fn an_interval_is_exact() {
        let told = told(&[(0.775, 40, 31)]);
        let bin = reliability(&told, Edges::Values, 1, 0.95).unwrap()[0];
        // scipy.stats.binomtest(31, 40).proportion_ci(method="exact")
        assert!((bin.interval.lower - 0.615_488_322_696_577_3).abs() < 1e-12);
        assert!((bin.interval.upper - 0.891_603_361_015_949_2).abs() < 1e-12);
    }

    #[test]
    fn the_parts_add_up() {
        let told = told(&[(0.1, 10, 1), (0.5, 6, 4), (0.6, 6, 2), (0.9, 8, 7)]);
        for edges in [Edges::Values, Edges::At(&[0.55]), Edges::Equal(2)] {
            let d = decompose(&told, edges).unwrap();
            let sum = d.reliability - d.resolution + d.uncertainty + d.spread - d.covariance;
            assert!((sum - d.brier).abs() < 1e-15, "{edges:?}: {d:?}");
        }
        let exact = decompose(&told, Edges::Values).unwrap();
        assert_eq!((exact.spread, exact.covariance), (0.0, 0.0));
    }

    #[test]
    fn refuses_edges_that_are_none() {
        let told = told(&[(0.1, 10, 1)]);
        for edges in [
            Edges::At(&[0.0]),
            Edges::At(&[1.0]),
            Edges::At(&[f64::NAN]),
            Edges::At(&[0.5, 0.5]),
            Edges::At(&[0.5, 0.4]),
            Edges::Equal(0),
            Edges::Equal(10_001),
        ] {
            assert!(reliability(&told, edges, 1, 0.95).is_err(), "{edges:?}");
            assert!(decompose(&told, edges).is_err(), "{edges:?}");
        }
        assert!(reliability(&told, Edges::Values, 1, 1.0).is_err());
    }
}

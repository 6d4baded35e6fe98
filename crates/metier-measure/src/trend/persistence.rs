//! What persistence does to the variance of a score.

use std::f64::consts::PI;

use crate::error::{MeasureError, Result, open_unit};
use crate::special::normal_quantile;
use crate::trend::score::{Score, cubic};
use crate::trend::slope::{median, pair_slopes, season_slopes};
use crate::trend::{Series, Test};

/// The most work done for one exact variance: periods squared times times.
const MOST_WORK: usize = 10_000_000;
/// The strongest persistence corrected for; beyond it a series looks like a random walk and no test helps.
const STRONGEST: f64 = 0.95;

/// The test of Mann and Kendall with the variance of Hamed and Rao (Journal of Hydrology 204, 1998):
/// multiplied by `1 + 2/(n(n-1)(n-2)) Sum_l (n-l)(n-l-1)(n-l-2) r_l`, over the lags at which the
/// autocorrelation `r_l` of the ranks, the slope taken out, is significant at `level` (two-sided).
///
/// Agrees with the common implementations. The sum may also shrink the variance, as it does when a season
/// swings within the series. Its level is not held in short series: see the module's first page. With missing
/// times `n` in the formula is the whole span, and each autocorrelation is estimated from the pairs that are
/// there.
///
/// # Errors
/// When `level` is not between 0 and 1, or the variance comes out as zero or less.
pub fn hamed_rao(series: &Series, level: f64) -> Result<Test> {
    let level = open_unit("level", level)?;
    let mut slopes = Vec::new();
    pair_slopes(&series.points, 1.0, &mut slopes);
    let slope = median(&mut slopes);
    let score = Score::of(&series.points);
    let rest = |&(time, value): &(usize, f64)| (time, value - (time + 1) as f64 * slope);
    let rests: Vec<(usize, f64)> = series.points.iter().map(rest).collect();
    let ranks = ranks(&rests, series);
    let limit = -normal_quantile(0.5 * level)? / libm::sqrt(series.observed() as f64);
    let n = series.span() as f64;
    let mut sum = 0.0;
    for lag in 1..series.span() {
        let r = autocorrelation(&ranks, series.span(), lag);
        if r.abs() > limit {
            let left = n - lag as f64;
            sum += left * (left - 1.0) * (left - 2.0) * r;
        }
    }
    let inflation = 1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum;
    if inflation <= 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "variance of the score",
            because: "the autocorrelations leave nothing of it",
        });
    }
    Test::new(score, inflation)
}

/// The seasonal test ([`crate::trend::seasonal`]) for persistent series: its variance is multiplied by what
/// the score's would be, without trend, under a normal autoregression of first order, over what it is without
/// persistence.
///
/// That ratio is exact, by the arcsine law for the signs of normal differences from which Hamed and Rao
/// (1998) start. The autoregression's parameter is taken from the ranks of what is left without the seasonal
/// slope and the seasons' medians: their autocorrelation at lag 1, freed from its bias `-(1 + 4 r)/m`
/// (Marriott and Pope, Biometrika 41, 1954) and raised by one standard error `1/sqrt(m)`, with `m` the values
/// less one for each season; from 0 to 0.95. The raise is what holds the level of the test: see
/// `docs/method/market.md` for its size and its price. The variance is never below that of independent times.
///
/// # Errors
/// As for [`crate::trend::seasonal`], and when the periods squared times the span exceed 10^7.
pub fn seasonal_dependent(series: &Series, period: usize) -> Result<Test> {
    let seasons = series.seasons(period)?;
    let cycles = series.span().div_ceil(period);
    if cycles * cycles * series.span() > MOST_WORK {
        return Err(MeasureError::OutOfReach {
            quantity: "periods squared times the span",
            limit: MOST_WORK as u64,
        });
    }
    let score = Score::of_seasons(&seasons);
    if score.variance <= 0.0 {
        return Test::new(score, 1.0);
    }
    let slope = median(&mut season_slopes(&seasons, period)) / period as f64;
    let mut rests = Vec::with_capacity(series.observed());
    for points in seasons.iter().filter(|points| !points.is_empty()) {
        let mut rest: Vec<f64> = points.iter().map(|p| p.1 - p.0 as f64 * slope).collect();
        let level = median(&mut rest.clone());
        for v in &mut rest {
            *v -= level;
        }
        rests.extend(points.iter().map(|p| p.0).zip(rest));
    }
    rests.sort_unstable_by_key(|p| p.0);
    let r = autocorrelation(&ranks(&rests, series), series.span(), 1);
    let free = (series.observed() - period) as f64;
    let phi = (r + (1.0 + 4.0 * r) / free + 1.0 / libm::sqrt(free)).clamp(0.0, STRONGEST);
    let independent: f64 = seasons.iter().map(|points| cubic(points.len() as f64)).sum();
    let inflation = (normal_variance(series, period, phi) / (independent / 18.0)).max(1.0);
    Test::new(score, inflation)
}

/// What is left of a series' points, as ranks from 1, equal values sharing theirs. Values that differ by no
/// more than the rounding of the series' own values count as equal.
fn ranks(rests: &[(usize, f64)], series: &Series) -> Vec<(usize, f64)> {
    let largest = series.points.iter().fold(0.0_f64, |most, p| most.max(p.1.abs()));
    let rounding = 1e-13 * largest;
    let mut order: Vec<usize> = (0..rests.len()).collect();
    order.sort_unstable_by(|&i, &j| rests[i].1.total_cmp(&rests[j].1));
    let mut ranked = rests.to_vec();
    let mut from = 0;
    for equal in order.chunk_by(|&i, &j| rests[j].1 - rests[i].1 <= rounding) {
        let rank = from as f64 + 0.5 * (equal.len() as f64 + 1.0);
        for &i in equal {
            ranked[i].1 = rank;
        }
        from += equal.len();
    }
    ranked
}

/// The autocorrelation of ranks at a lag: of a series without gaps `Sum y_t y_{t+lag} / Sum y_t^2` about the
/// mean; with gaps, the mean product of the pairs that are there takes the place of all of them. Zero when
/// all ranks are equal or no pair is there.
fn autocorrelation(ranks: &[(usize, f64)], span: usize, lag: usize) -> f64 {
    let n = ranks.len() as f64;
    let mean = 0.5 * (n + 1.0);
    let square: f64 = ranks.iter().map(|p| (p.1 - mean) * (p.1 - mean)).sum();
    let (mut products, mut pairs, mut later) = (0.0, 0.0, 0);
    for &(time, rank) in ranks {
        while later < ranks.len() && ranks[later].0 < time + lag {
            later += 1;
        }
        if later < ranks.len() && ranks[later].0 == time + lag {
            products += (rank - mean) * (ranks[later].1 - mean);
            pairs += 1.0;
        }
    }
    if square <= 0.0 || pairs == 0.0 {
        return 0.0;
    }
    let share = (span - lag) as f64 / span as f64;
    (products / pairs * share) / (square / n)
}

/// The variance of the seasonal score of a normal autoregression with parameter `phi`:
/// `Sum (2/pi) asin(corr(x_j - x_i, x_l - x_k))` over all two pairs of times within a season.
fn normal_variance(series: &Series, period: usize, phi: f64) -> f64 {
    let start = series.points.first().map_or(0, |p| p.0);
    let span = series.span();
    let mut there = vec![false; span];
    for p in &series.points {
        there[p.0 - start] = true;
    }
    // Which times have a value, and another one so many periods later, as bits.
    let cycles = span.div_ceil(period);
    let pairs_at = |cycle: usize| {
        let mut bits = vec![0_u64; span.div_ceil(64)];
        for i in 0..span.saturating_sub(cycle * period) {
            bits[i / 64] |= u64::from(there[i] && there[i + cycle * period]) << (i % 64);
        }
        bits
    };
    let pairs: Vec<Vec<u64>> = (1..cycles).map(pairs_at).collect();
    let mut power = vec![1.0; 2 * span + 1];
    for d in 1..power.len() {
        power[d] = power[d - 1] * phi;
    }
    let r = |from: usize, to: usize| power[from.abs_diff(to)];
    let mut sum = 0.0;
    for (a, first) in pairs.iter().enumerate() {
        for (b, second) in pairs.iter().enumerate() {
            let (a, b) = ((a + 1) * period, (b + 1) * period);
            let norm = libm::sqrt((2.0 - 2.0 * power[a]) * (2.0 - 2.0 * power[b]));
            // The second pair begins `later` after the first; the mirror image has the same correlation with
            // a and b changed over, and so it is counted when they are.
            for later in 0..span {
                let both = overlap(first, second, later);
                let shared = r(a, later + b) - r(0, later + b) - r(a, later) + r(0, later);
                if both > 0 && shared.abs() > 1e-15 {
                    let times = if later == 0 { 1.0 } else { 2.0 };
                    let corr = (shared / norm).clamp(-1.0, 1.0);
                    sum += times * f64::from(both) * libm::asin(corr);
                }
            }
        }
    }
    2.0 / PI * sum
}

/// How many bits of `first` have one in `second`, `shift` places on.
fn overlap(first: &[u64], second: &[u64], shift: usize) -> u32 {
    let (words, bits) = (shift / 64, shift % 64);
    let at = |word: usize| second.get(word).copied().unwrap_or(0);
    first
        .iter()
        .enumerate()
        .map(|(word, &here)| {
            let low = at(word + words) >> bits;
            let high = if bits == 0 {
                0
            } else {
                at(word + words + 1) << (64 - bits)
            };
            (here & (low | high)).count_ones()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::series;
    use super::*;

    #[test]
    fn without_persistence_the_variance_is_the_classic_one() {
        for (times, period) in [(24, 12), (61, 12), (130, 7)] {
            let noise = series((0..times).map(|t| f64::from((t * 37) % 101)));
            let seasons = noise.seasons(period).unwrap();
            let classic: f64 = seasons.iter().map(|s| cubic(s.len() as f64) / 18.0).sum();
            assert!((normal_variance(&noise, period, 0.0) / classic - 1.0).abs() < 1e-12);
            assert!(normal_variance(&noise, period, 0.5) > 1.5 * classic);
        }
    }

    /// All pairs of pairs, one by one.
    fn slow_variance(series: &Series, period: usize, phi: f64) -> f64 {
        let r = |i: usize, j: usize| phi.powi(i32::try_from(i.abs_diff(j)).unwrap());
        let mut pairs = Vec::new();
        for &(i, _) in &series.points {
            for &(j, _) in series
                .points
                .iter()
                .filter(|p| p.0 > i && (p.0 - i) % period == 0)
            {
                pairs.push((i, j));
            }
        }
        let mut sum = 0.0;
        for &(i, j) in &pairs {
            for &(k, l) in &pairs {
                let shared = r(j, l) - r(i, l) - r(j, k) + r(i, k);
                let norm = ((2.0 - 2.0 * r(i, j)) * (2.0 - 2.0 * r(k, l))).sqrt();
                sum += (shared / norm).clamp(-1.0, 1.0).asin();
            }
        }
        2.0 / PI * sum
    }

    #[test]
    fn the_variance_is_that_of_all_pairs_of_pairs() {
        let mut values: Vec<Option<f64>> = (0..71).map(|t| Some(f64::from(t))).collect();
        for gap in [3, 4, 40, 66, 67] {
            values[gap] = None;
        }
        let gaps = Series::new(&values).unwrap();
        for (period, phi) in [(12, 0.4), (12, 0.9), (5, 0.7)] {
            let (fast, slow) = (
                normal_variance(&gaps, period, phi),
                slow_variance(&gaps, period, phi),
            );
            assert!((fast / slow - 1.0).abs() < 1e-11, "{fast} {slow}");
        }
    }

    #[test]
    fn persistence_widens_and_never_narrows() {
        // A slow wave, and its opposite: a value that changes sign at each step.
        let wave = series((0..60).map(|t| (f64::from(t) / 4.0).sin()));
        assert!(seasonal_dependent(&wave, 12).unwrap().inflation > 3.0);
        let zigzag = series((0..60).map(|t| f64::from((t % 2) * 50 + (t * 7) % 5)));
        assert!(seasonal_dependent(&zigzag, 7).unwrap().inflation <= 1.0);
        assert!(seasonal_dependent(&series([2.0; 40]), 12).unwrap().p_value >= 1.0);
    }

    #[test]
    fn a_perfect_line_has_no_rest_to_correlate() {
        let line = series((0..48).map(|t| 0.1 * f64::from(t)));
        let test = hamed_rao(&line, 0.05).unwrap();
        assert!((test.inflation - 1.0).abs() < 1e-15);
        // Without any rest, what is left to the seasonal one is its raise for the unknown.
        let test = seasonal_dependent(&line, 12).unwrap();
        assert!(test.inflation > 1.0 && test.inflation < 2.0);
    }

    #[test]
    fn gaps_keep_the_estimate_of_a_lag() {
        let wave: Vec<Option<f64>> = (0..120).map(|t| Some((f64::from(t) / 3.0).sin())).collect();
        let mut gaps = wave.clone();
        for t in (0..120).step_by(7) {
            gaps[t] = None;
        }
        let (whole, gaps) = (Series::new(&wave).unwrap(), Series::new(&gaps).unwrap());
        let r = |s: &Series| autocorrelation(&ranks(&s.points, s), s.span(), 1);
        assert!((r(&whole) - r(&gaps)).abs() < 0.02, "{} {}", r(&whole), r(&gaps));
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        let noise = series((0..48).map(|t| f64::from((t * 7) % 11)));
        for bad in [0.0, 1.0, f64::NAN] {
            assert!(hamed_rao(&noise, bad).is_err());
        }
        assert!(seasonal_dependent(&noise, 25).is_err() && seasonal_dependent(&noise, 1).is_err());
        let long = series((0..4000).map(f64::from));
        assert!(seasonal_dependent(&long, 12).is_err());
        assert!(seasonal_dependent(&long, 365).is_ok());
    }
}

//! The score of a series against time, and its variance when there is no trend.

/// The score, its variance for independent times, and the number of pairs compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Score {
    pub sum: i64,
    pub variance: f64,
    pub pairs: f64,
}

impl Score {
    pub fn of(points: &[(usize, f64)]) -> Self {
        let mut score = 0_i64;
        for (i, &(_, earlier)) in points.iter().enumerate() {
            score += points[i + 1..]
                .iter()
                .map(|&(_, later)| i64::from(later > earlier) - i64::from(later < earlier))
                .sum::<i64>();
        }
        let n = points.len() as f64;
        Self {
            sum: score,
            variance: (cubic(n) - ties(points)) / 18.0,
            pairs: 0.5 * n * (n - 1.0),
        }
    }

    pub fn of_seasons(seasons: &[Vec<(usize, f64)>]) -> Self {
        let none = Self {
            sum: 0,
            variance: 0.0,
            pairs: 0.0,
        };
        seasons
            .iter()
            .filter(|points| points.len() > 1)
            .fold(none, |all, points| {
                let season = Self::of(points);
                Self {
                    sum: all.sum + season.sum,
                    variance: all.variance + season.variance,
                    pairs: all.pairs + season.pairs,
                }
            })
    }
}

/// 18 times the variance of the score of `n` different values.
pub(super) fn cubic(n: f64) -> f64 {
    n * (n - 1.0) * (2.0 * n + 5.0)
}

/// What equal values take away from [`cubic`].
fn ties(points: &[(usize, f64)]) -> f64 {
    let mut values: Vec<f64> = points.iter().map(|p| p.1).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
        .chunk_by(|a, b| a >= b)
        .map(|equal| cubic(equal.len() as f64))
        .sum()
}

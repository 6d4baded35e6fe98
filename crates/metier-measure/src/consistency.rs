//! Are the errors spread evenly, over groups and over time?

use crate::accuracy::{Interval, MAX_TRIALS, Sides, clopper_pearson};
use crate::error::{MeasureError, Result, positive, within};
use crate::special::{chi_square_upper, normal_upper};

/// Errors among the trials of one group (a session, a day).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Trials.
    pub trials: u64,
    /// Errors among them.
    pub errors: u64,
}

/// The outcome of Tarone's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tarone {
    /// The pooled error rate.
    pub rate: f64,
    /// `Sum (x_i - n_i p)^2 / (p (1-p))`.
    pub s: f64,
    /// The standardised statistic; large when errors come in clusters.
    pub z: f64,
    /// The one-sided p-value against clustering, by the normal law.
    pub p: f64,
    /// Pearson's `X^2`, for comparison: it needs groups large enough to expect several errors in each.
    pub pearson: f64,
    /// Its degrees of freedom: the groups that have trials, less one.
    pub df: u64,
    /// Its p-value by the chi-square law; 1 for a single group.
    pub pearson_p: f64,
}

struct Pool {
    trials: f64,
    rate: f64,
    /// `Sum (x_i - n_i p)^2`.
    squares: f64,
}

fn pool(groups: &[Group]) -> Result<Pool> {
    let (mut trials, mut errors) = (0.0, 0.0);
    for group in groups {
        within(
            "errors",
            group.errors as f64,
            |_| group.errors <= group.trials,
            "at most the trials",
        )?;
        trials += group.trials as f64;
        errors += group.errors as f64;
    }
    within(
        "trials",
        trials,
        |n| n > 0.0 && n <= MAX_TRIALS as f64,
        "from 1 to 10^12",
    )?;
    let rate = errors / trials;
    let square = |g: &Group| {
        let apart = g.errors as f64 - g.trials as f64 * rate;
        apart * apart
    };
    Ok(Pool {
        trials,
        rate,
        squares: groups.iter().map(square).sum(),
    })
}

fn varied(quantity: &'static str, pool: &Pool) -> Result<f64> {
    let variance = pool.rate * (1.0 - pool.rate);
    if variance > 0.0 {
        Ok(variance)
    } else {
        Err(MeasureError::NotEstimable {
            quantity,
            because: "all trials had the same outcome",
        })
    }
}

/// Tarone's test for clustered errors, `Z = (S - N) / sqrt(2 Sum n_i (n_i - 1))` (Biometrika 66, 1979): the
/// score test of a binomial law against a beta-binomial one.
///
/// # Errors
/// When a group has more errors than trials, there are no trials, all had the same outcome, or no group has
/// two.
pub fn tarone(groups: &[Group]) -> Result<Tarone> {
    let pool = pool(groups)?;
    let variance = varied("Tarone's Z", &pool)?;
    let s = pool.squares / variance;
    let pairs: f64 = groups
        .iter()
        .map(|g| g.trials as f64 * (g.trials as f64 - 1.0))
        .sum();
    if pairs <= 0.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "Tarone's Z",
            because: "no group has two trials",
        });
    }
    let z = (s - pool.trials) / libm::sqrt(2.0 * pairs);
    let term = |g: &Group| {
        let n = g.trials as f64;
        let apart = g.errors as f64 - n * pool.rate;
        if g.trials == 0 {
            0.0
        } else {
            apart * apart / (n * variance)
        }
    };
    let pearson = groups.iter().map(term).sum();
    let df = (groups.iter().filter(|g| g.trials > 0).count() as u64).saturating_sub(1);
    Ok(Tarone {
        rate: pool.rate,
        s,
        z,
        p: normal_upper(z)?,
        pearson,
        df,
        pearson_p: if df == 0 {
            1.0
        } else {
            chi_square_upper(pearson, df as f64)?
        },
    })
}

/// The design effect of grouped trials: the variance of the pooled error rate between groups over what
/// independent trials would have, `[m/(m-1) Sum (x_i - n_i p)^2 / N^2] / [p (1-p) / N]` for `m` groups
/// (Kish, Survey Sampling, 1965). May be below 1.
///
/// # Errors
/// As for [`tarone`], and when fewer than two groups have trials.
pub fn design_effect(groups: &[Group]) -> Result<f64> {
    let pool = pool(groups)?;
    let variance = varied("design effect", &pool)?;
    let m = groups.iter().filter(|g| g.trials > 0).count() as f64;
    if m < 2.0 {
        return Err(MeasureError::NotEstimable {
            quantity: "design effect",
            because: "fewer than two groups",
        });
    }
    Ok(m / (m - 1.0) * pool.squares / (pool.trials * variance))
}

/// The number of independent trials that `n` grouped ones are worth, `n / deff`; never more than `n`, so a
/// design effect below 1 counts as 1.
///
/// # Errors
/// When `n` is negative or `deff` not above zero.
pub fn effective_trials(n: f64, deff: f64) -> Result<f64> {
    let n = within("n", n, |n| n >= 0.0, "finite and not negative")?;
    Ok(n / positive("deff", deff)?.max(1.0))
}

/// The Clopper-Pearson interval on effective counts, `n / deff` trials with `k / deff` errors (Korn and
/// Graubard, Survey Methodology 24, 1998). For description; see [`clopper_pearson`] for what it may not be
/// used for.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn korn_graubard(n: u64, k: u64, deff: f64, confidence: f64, sides: Sides) -> Result<Interval> {
    let (n, k) = (
        effective_trials(n as f64, deff)?,
        effective_trials(k as f64, deff)?,
    );
    clopper_pearson(n, k, confidence, sides)
}

/// The outcome of the runs test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Runs {
    /// Stretches of equal outcomes.
    pub runs: usize,
    /// Standardised; negative when equal outcomes cling together.
    pub z: f64,
    /// The two-sided p-value by the normal law, no continuity correction.
    pub p: f64,
}

/// The runs test of Wald and Wolfowitz (Annals of Mathematical Statistics 11, 1940): is the order of errors
/// and successes random?
///
/// # Errors
/// When fewer than three trials are given or all had the same outcome.
pub fn runs_test(errors: &[bool]) -> Result<Runs> {
    let n = errors.len() as f64;
    let ones = errors.iter().filter(|e| **e).count() as f64;
    let pairs = 2.0 * ones * (n - ones);
    if pairs == 0.0 || errors.len() < 3 {
        return Err(MeasureError::NotEstimable {
            quantity: "runs",
            because: "fewer than three trials or all alike",
        });
    }
    let runs = 1 + errors.windows(2).filter(|w| w[0] != w[1]).count();
    let mean = pairs / n + 1.0;
    let variance = pairs * (pairs - n) / (n * n * (n - 1.0));
    let z = (runs as f64 - mean) / libm::sqrt(variance);
    Ok(Runs {
        runs,
        z,
        p: 2.0 * normal_upper(z.abs())?,
    })
}

/// A split of a sequence in two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The index of the first trial of the later part.
    pub at: usize,
    /// Half the likelihood ratio statistic: `ln L(two rates) - ln L(one rate)`.
    pub half_lr: f64,
}

/// The log-likelihood of `k` errors in `n` trials at their own rate.
fn ln_likelihood(n: f64, k: f64) -> f64 {
    let part = |c: f64| if c > 0.0 { c * libm::log(c / n) } else { 0.0 };
    part(k) + part(n - k)
}

/// Half the likelihood ratio statistic of a split of `n` trials with `k` errors after `before` trials with `seen`.
fn half_lr((n, k): (f64, f64), (before, seen): (f64, f64)) -> f64 {
    ln_likelihood(before, seen) + ln_likelihood(n - before, k - seen) - ln_likelihood(n, k)
}

fn ones(errors: &[bool]) -> usize {
    errors.iter().filter(|e| **e).count()
}

/// Likelihood ratios closer than this are the same: their rounding differs with the order of the sums.
const SAME: f64 = 1e-12;

/// The most likely single change of the error rate, by maximum likelihood over all splits; the earliest
/// when several tie. [`change_point_p`] says whether it is more than chance.
///
/// # Errors
/// When fewer than two trials are given.
pub fn change_point(errors: &[bool]) -> Result<Change> {
    if errors.len() < 2 {
        return Err(MeasureError::Length {
            name: "errors",
            length: errors.len(),
            allowed: "at least 2",
        });
    }
    let all = (errors.len() as f64, ones(errors) as f64);
    let mut best = Change {
        at: 1,
        half_lr: f64::NEG_INFINITY,
    };
    let mut seen = 0.0;
    for (i, error) in errors[..errors.len() - 1].iter().enumerate() {
        seen += f64::from(u8::from(*error));
        let half_lr = half_lr(all, ((i + 1) as f64, seen));
        if half_lr > best.half_lr + SAME {
            best = Change { at: i + 1, half_lr };
        }
    }
    best.half_lr = best.half_lr.max(0.0);
    Ok(best)
}

/// The p-value of [`change_point`] under all orders of the same outcomes: the share of the orders whose largest
/// `half_lr` is at least the one found.
///
/// Exact, and so without a random permutation: an order is a path over (trials, errors among them), and the
/// chance that a random one never meets a split that good is summed along the paths. Sequences whose trials
/// times the rarer outcome exceed 10^8 are refused.
///
/// # Errors
/// When fewer than two trials are given or the sum would be too long.
pub fn change_point_p(errors: &[bool]) -> Result<f64> {
    const CELLS: usize = 100_000_000;
    let found = change_point(errors)?.half_lr - SAME;
    // Exchanging the outcomes changes nothing; the rarer one is counted.
    let (n, rare) = (errors.len(), ones(errors).min(errors.len() - ones(errors)));
    if n.saturating_mul(rare) > CELLS {
        return Err(MeasureError::OutOfReach {
            quantity: "paths of a change point",
            limit: CELLS as u64,
        });
    }
    // clear[k]: the chance to have had k of the rare outcome so far and no split as good as the one found.
    let mut clear = vec![0.0; rare + 1];
    clear[0] = 1.0;
    let mut met = 0.0;
    for done in 0..n - 1 {
        let left = (n - done) as f64;
        for k in (0..=rare.min(done + 1)).rev() {
            let rare_next = if k == 0 {
                0.0
            } else {
                clear[k - 1] * (rare - (k - 1)) as f64 / left
            };
            // No more common outcomes than there are.
            let common_left = (n - rare) as f64 - done as f64 + k as f64;
            let here = rare_next + clear[k] * common_left.max(0.0) / left;
            let good = here > 0.0 && half_lr((n as f64, rare as f64), ((done + 1) as f64, k as f64)) >= found;
            if good {
                met += here;
            }
            clear[k] = if good { 0.0 } else { here };
        }
    }
    Ok(met.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(trials: u64, errors: &[u64]) -> Vec<Group> {
        errors.iter().map(|&errors| Group { trials, errors }).collect()
    }

    #[test]
    fn clusters_show() {
        let clustered = tarone(&groups(20, &[0, 0, 0, 5, 0, 0, 0, 0, 0, 0])).unwrap();
        assert!((clustered.z - 8.294_261_147_628).abs() < 1e-9);
        assert!((clustered.p / 5.463_109_093_715_772e-17 - 1.0).abs() < 1e-9);
        let spread = tarone(&groups(20, &[1, 0, 1, 0, 1, 0, 1, 0, 0, 1])).unwrap();
        assert!((spread.z + 1.117_666_395_779_66).abs() < 1e-9);
    }

    #[test]
    fn design_effect_of_equal_groups() {
        // Ten groups of 20, five errors in one: 10/9 * 22.5 / (200 * 0.025 * 0.975).
        let deff = design_effect(&groups(20, &[0, 0, 0, 5, 0, 0, 0, 0, 0, 0])).unwrap();
        assert!((deff - 25.0 / 4.875).abs() < 1e-12);
        assert_eq!(effective_trials(300.0, 2.0), Ok(150.0));
        assert_eq!(effective_trials(300.0, 0.5), Ok(300.0));
        let lower = korn_graubard(299, 0, 2.0, 0.95, Sides::One).unwrap().lower;
        assert!((lower - 0.980_161_090_301_979_8).abs() < 1e-9);
    }

    #[test]
    fn runs_and_change() {
        let trials: Vec<bool> = (0..30).map(|i| (7..11).contains(&i)).collect();
        assert!((runs_test(&trials).unwrap().z + 4.142_085_370_760_6).abs() < 1e-9);
        assert_eq!(change_point(&trials).unwrap().at, 11);
        assert_eq!(change_point(&[false, false, true, true]).unwrap().at, 2);
    }

    #[test]
    fn change_point_p_counts_all_orders() {
        // Every order of 9 trials with 0 to 9 errors, by brute force.
        let orders: Vec<Vec<bool>> = (0..512_u32)
            .map(|bits| (0..9).map(|i| bits >> i & 1 == 1).collect())
            .collect();
        for order in orders.iter().step_by(7) {
            let found = change_point(order).unwrap().half_lr;
            let alike: Vec<f64> = orders
                .iter()
                .filter(|other| ones(other) == ones(order))
                .map(|other| change_point(other).unwrap().half_lr)
                .collect();
            let as_good = alike.iter().filter(|lr| **lr >= found - 1e-9).count();
            let want = as_good as f64 / alike.len() as f64;
            assert!((change_point_p(order).unwrap() - want).abs() < 1e-12, "{order:?}");
        }
        assert!(change_point_p(&[true]).is_err());
        let long: Vec<bool> = (0..20_001).map(|i| i % 2 == 0).collect();
        assert!(change_point_p(&long).is_err());
    }

    #[test]
    fn refuses_what_does_not_say() {
        assert!(tarone(&[]).is_err() && tarone(&groups(20, &[0, 0])).is_err());
        assert!(tarone(&groups(1, &[0, 1])).is_err() && tarone(&groups(2, &[3])).is_err());
        assert!(design_effect(&groups(20, &[3])).is_err() && effective_trials(1.0, f64::NAN).is_err());
        assert!(runs_test(&[true; 9]).is_err() && runs_test(&[]).is_err());
        assert!(change_point(&[true]).is_err());
    }
}

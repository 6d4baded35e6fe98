//! From three estimates of each duration to a range for the whole.
//!
//! Each duration follows the beta law of PERT: between `low` and `high` with mean
//! `(low + 4 likely + high) / 6` (Malcolm, Roseboom, Clark and Fazar, Operations Research 7, 1959), shapes
//! `1 + 4 (likely - low) / (high - low)` and `1 + 4 (high - likely) / (high - low)` (Vose, Risk Analysis,
//! 2008). How durations hang together is not known, so that two ranges are given: *independent*, where good
//! and bad luck cancel out, and *together*, where all go well or all drag (comonotone), the widest there is
//! for a sum. People who estimate too low mostly do so everywhere; the truth lies between, closer to the
//! second.
//!
//! Sums of independent durations are convolved on a grid of 4,096 cells, with masses that keep each mean
//! exactly; no normal approximation, so that a range never leaves `low` to `high`.

use crate::error::{MeasureError, Result, not_negative, open_unit, within};
use crate::special::{beta_quantile, ln_inc_beta_reg};

/// Cells of the grid from the least to the largest sum.
const CELLS: usize = 4_096;
/// The largest number of durations.
pub const MAX_DURATIONS: usize = 4_000;

/// Three estimates of a duration, in any unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThreePoint {
    /// If all goes well; not negative.
    pub low: f64,
    /// Most likely.
    pub likely: f64,
    /// If it drags; at most 10^6.
    pub high: f64,
}

/// A range for a sum or for the longest of several chains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The least there can be: all durations at their lowest.
    pub least: f64,
    /// The most there can be.
    pub most: f64,
    /// The mean; for a longest chain, the mean of its own durations, which is at most that of the longest.
    pub mean: f64,
    /// The lower and the upper end of the range where durations are independent. For a longest chain, a
    /// range that holds the true one: the chain's own lower end, and the upper end of a time that is later
    /// than the longest (Kleindorfer, Operations Research 19, 1971).
    pub independent: (f64, f64),
    /// The ends where all durations go well or drag together; exact.
    pub together: (f64, f64),
}

impl ThreePoint {
    /// The mean of the law, `(low + 4 likely + high) / 6`.
    pub fn mean(&self) -> f64 {
        (self.low + 4.0 * self.likely + self.high) / 6.0
    }

    /// The shapes of the law on `low` to `high`.
    fn shapes(&self) -> (f64, f64) {
        let width = self.high - self.low;
        (
            1.0 + 4.0 * (self.likely - self.low) / width,
            1.0 + 4.0 * (self.high - self.likely) / width,
        )
    }

    /// The `p` quantile of the law, `0 < p < 1`.
    ///
    /// # Errors
    /// When the estimates do not rise, or `p` is outside its domain.
    pub fn quantile(&self, p: f64) -> Result<f64> {
        self.check()?;
        open_unit("p", p)?;
        if self.high <= self.low {
            return Ok(self.low);
        }
        let (a, b) = self.shapes();
        Ok(self.low + (self.high - self.low) * beta_quantile(a, b, p)?)
    }

    fn check(&self) -> Result<()> {
        not_negative("low", self.low)?;
        within(
            "likely",
            self.likely,
            |m| m >= self.low,
            "finite and at least low",
        )?;
        within(
            "high",
            self.high,
            |h| h >= self.likely && h <= 1e6,
            "from likely to 1000000",
        )?;
        Ok(())
    }

    /// `E[(x - X)+]`, the integral of the distribution function up to `x`.
    fn below(&self, x: f64) -> Result<f64> {
        if x <= self.low {
            return Ok(0.0);
        }
        if x >= self.high {
            return Ok(x - self.mean());
        }
        let width = self.high - self.low;
        let (a, b) = self.shapes();
        let at = (x - self.low) / width;
        if at <= 0.0 || at >= 1.0 {
            return Ok((x - self.mean()).max(0.0));
        }
        let share = libm::exp(ln_inc_beta_reg(a, b, at)?);
        let first = libm::exp(ln_inc_beta_reg(a + 1.0, b, at)?);
        Ok(width * (at * share - a / (a + b) * first))
    }
}

/// The range of a sum that holds `mass` of it, `0 < mass < 1`: as much is left out on either side.
///
/// # Errors
/// When an estimate or `mass` is outside its domain, or there are more than [`MAX_DURATIONS`].
pub fn total(durations: &[ThreePoint], mass: f64) -> Result<Spread> {
    let tails = tails(durations, mass)?;
    let (least, most) = sums(durations);
    let grid = Grid {
        step: (most - least) / CELLS as f64,
    };
    let mut sum = Law::certain();
    for duration in durations {
        sum = sum.plus(&grid.law(duration)?);
    }
    let together = |p: f64| durations.iter().map(|d| d.quantile(p)).sum::<Result<f64>>();
    Ok(Spread {
        least,
        most,
        mean: durations.iter().map(ThreePoint::mean).sum(),
        independent: (
            (least + grid.quantile(&sum, tails.0)).min(most),
            (least + grid.quantile(&sum, tails.1)).min(most),
        ),
        together: (together(tails.0)?, together(tails.1)?),
    })
}

/// The range of the time at which the last of several durations is finished, each of which starts when all
/// those it comes after are finished. `after[i]` names earlier positions only.
///
/// # Errors
/// As for [`total`], or when a position is not an earlier one.
pub fn longest(durations: &[ThreePoint], after: &[Vec<usize>], mass: f64) -> Result<Spread> {
    let tails = tails(durations, mass)?;
    if after.len() != durations.len() {
        return Err(MeasureError::Length {
            name: "after",
            length: after.len(),
            allowed: "one for each duration",
        });
    }
    for (position, before) in after.iter().enumerate() {
        for &other in before {
            within("after", other as f64, |_| other < position, "an earlier position")?;
        }
    }
    let finish = |of: &dyn Fn(&ThreePoint) -> Result<f64>| -> Result<f64> {
        let mut finish: Vec<f64> = Vec::with_capacity(durations.len());
        for (duration, before) in durations.iter().zip(after) {
            let start = before.iter().map(|&b| finish[b]).fold(0.0, f64::max);
            finish.push(start + of(duration)?);
        }
        Ok(finish.into_iter().fold(0.0, f64::max))
    };
    let chain = total(&chain(durations, after), mass)?;
    let (least, most) = (finish(&|d| Ok(d.low))?, finish(&|d| Ok(d.high))?);
    Ok(Spread {
        least,
        most,
        mean: chain.mean,
        independent: (
            chain.independent.0.max(least),
            later(durations, after, most, tails.1)?.max(chain.independent.1),
        ),
        together: (
            finish(&|d| d.quantile(tails.0))?,
            finish(&|d| d.quantile(tails.1))?,
        ),
    })
}

/// The durations of the chain with the largest mean, the first of equals.
fn chain(durations: &[ThreePoint], after: &[Vec<usize>]) -> Vec<ThreePoint> {
    let mut finish: Vec<f64> = Vec::with_capacity(durations.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(durations.len());
    for (duration, others) in durations.iter().zip(after) {
        let last = others
            .iter()
            .copied()
            .reduce(|a, b| if finish[b] > finish[a] { b } else { a });
        finish.push(last.map_or(0.0, |b| finish[b]) + duration.mean());
        before.push(last);
    }
    let mut next = (0..durations.len()).reduce(|a, b| if finish[b] > finish[a] { b } else { a });
    let mut chain = Vec::new();
    while let Some(position) = next {
        chain.push(durations[position]);
        next = before[position];
    }
    chain
}

/// The `p` quantile of a time that is later than the last finish: every start is taken as if the finishes it
/// waits for were independent of each other. They are associated, so that this makes the maximum larger.
fn later(durations: &[ThreePoint], after: &[Vec<usize>], most: f64, p: f64) -> Result<f64> {
    let grid = Grid {
        step: most / CELLS as f64,
    };
    let mut finish: Vec<Law> = Vec::with_capacity(durations.len());
    for (duration, before) in durations.iter().zip(after) {
        let start = before
            .iter()
            .map(|&b| &finish[b])
            .fold(Law::certain(), |latest, law| latest.later(law));
        finish.push(start.plus(&grid.law(duration)?.moved(grid.cell_above(duration.low))));
    }
    let last = finish
        .iter()
        .fold(Law::certain(), |latest, law| latest.later(law));
    Ok(grid.quantile(&last, p).min(most))
}

/// The probabilities below the two ends.
fn tails(durations: &[ThreePoint], mass: f64) -> Result<(f64, f64)> {
    if durations.len() > MAX_DURATIONS {
        return Err(MeasureError::Length {
            name: "durations",
            length: durations.len(),
            allowed: "at most 4000",
        });
    }
    for duration in durations {
        duration.check()?;
    }
    open_unit("mass", mass)?;
    Ok((0.5 - 0.5 * mass, 0.5 + 0.5 * mass))
}

fn sums(durations: &[ThreePoint]) -> (f64, f64) {
    durations
        .iter()
        .fold((0.0, 0.0), |(low, high), d| (low + d.low, high + d.high))
}

/// A law on a grid that starts at 0: the mass of each point, from the `from`th on.
#[derive(Debug, Clone)]
struct Law {
    from: usize,
    mass: Vec<f64>,
}

struct Grid {
    step: f64,
}

impl Grid {
    /// The law of a duration above its `low`: the mass of each point is the mean of a tent around it.
    fn law(&self, duration: &ThreePoint) -> Result<Law> {
        let width = duration.high - duration.low;
        if width <= 0.0 || self.step <= 0.0 {
            return Ok(Law::certain());
        }
        let points = self.cell(width) + 2;
        let mut integral = Vec::with_capacity(points + 2);
        for point in 0..points + 2 {
            let x = duration.low + (point as f64 - 1.0) * self.step;
            integral.push(duration.below(x)?);
        }
        let mass = integral
            .windows(3)
            .map(|w| ((w[2] - 2.0 * w[1] + w[0]) / self.step).max(0.0));
        Ok(Law {
            from: 0,
            mass: mass.collect(),
        })
    }

    /// The first point at or above `x`.
    fn cell_above(&self, x: f64) -> usize {
        let below = self.cell(x);
        below + usize::from(below as f64 * self.step < x)
    }

    /// The last point at or below `x`.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to some thousands"
    )]
    fn cell(&self, x: f64) -> usize {
        if self.step > 0.0 {
            libm::floor(x / self.step) as usize
        } else {
            0
        }
    }

    /// Where the law's distribution function, read as a straight line between points, reaches `p`.
    fn quantile(&self, law: &Law, p: f64) -> f64 {
        let whole: f64 = law.mass.iter().sum();
        let mut sum = 0.0;
        for (point, &mass) in law.mass.iter().enumerate() {
            // Half of a point's mass lies on either side of it.
            let (before, after) = (sum, sum + mass);
            if after >= p * whole && mass > 0.0 {
                let within = (p * whole - before) / mass - 0.5;
                let at = (law.from + point) as f64 + within.clamp(-0.5, 0.5);
                return (at * self.step).max(0.0);
            }
            sum = after;
        }
        (law.from + law.mass.len().saturating_sub(1)) as f64 * self.step
    }
}

impl Law {
    /// Nothing, for certain.
    fn certain() -> Self {
        Self {
            from: 0,
            mass: vec![1.0],
        }
    }

    fn moved(mut self, by: usize) -> Self {
        self.from += by;
        self
    }

    /// The sum of two independent ones.
    fn plus(&self, other: &Self) -> Self {
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (i, a) in self.mass.iter().enumerate() {
            if *a > 0.0 {
                for (sum, b) in mass[i..].iter_mut().zip(&other.mass) {
                    *sum += a * b;
                }
            }
        }
        Self {
            from: self.from + other.from,
            mass,
        }
    }

    /// The later of two independent ones.
    fn later(&self, other: &Self) -> Self {
        let from = self.from.max(other.from);
        let end = (self.from + self.mass.len()).max(other.from + other.mass.len());
        let up_to = |law: &Self, point: usize| -> f64 {
            law.mass[..(point + 1).saturating_sub(law.from).min(law.mass.len())]
                .iter()
                .sum()
        };
        let (mut one, mut two) = (up_to(self, from), up_to(other, from));
        let mut mass = vec![one * two];
        for point in from + 1..end {
            let before = one * two;
            one += self
                .mass
                .get(point.wrapping_sub(self.from))
                .copied()
                .unwrap_or(0.0);
            two += other
                .mass
                .get(point.wrapping_sub(other.from))
                .copied()
                .unwrap_or(0.0);
            mass.push((one * two - before).max(0.0));
        }
        Self { from, mass }
    }
}

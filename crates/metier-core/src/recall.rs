//! When to look again at what one has to know by heart: rules, commands, checklists.
//!
//! Only for items of which one can say, at each look, whether they were recalled. What a person can *do* is
//! not such an item: its freshness runs from its last use ([`crate::standing`]), and nothing here enters a
//! standing.
//!
//! The model is FSRS-6 (Ye, Su and Cao, A stochastic shortest path algorithm for optimizing spaced repetition
//! scheduling, KDD 2022, as developed by the Open Spaced Repetition project; crate `fsrs`) with its published
//! parameters. An item has a stability S, the days after which the chance to recall it is 90%, and a
//! difficulty; after `t` days the chance is `(1 + f t/S)^-0.1542`, with `f` such that it is 0.9 at `t = S`.
//!
//! The crate computes in single precision with the platform's own power function, so the last of seven digits
//! may differ between machines: chances leave here with three digits and days as whole numbers, and neither
//! is ever part of a journal or a standing.

#[cfg(test)]
mod tests;

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview, MemoryState, current_retrievability};
use metier_measure::{MeasureError, Result};

/// The longest time computed with, a hundred years of 365 days.
pub const MAX_DAYS: u32 = 36_500;
/// The most looks at one item.
pub const MAX_REVIEWS: usize = 10_000;

/// How a look at an item went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not recalled.
    Forgotten,
    /// Recalled with difficulty.
    Hard,
    /// Recalled.
    Good,
    /// Recalled without effort.
    Easy,
}

impl Grade {
    /// The grade written as a number: 1 not recalled, 2 with difficulty, 3 recalled, 4 without effort.
    ///
    /// # Errors
    /// For any other number.
    pub fn new(number: u32) -> Result<Self> {
        match number {
            1 => Ok(Self::Forgotten),
            2 => Ok(Self::Hard),
            3 => Ok(Self::Good),
            4 => Ok(Self::Easy),
            other => Err(MeasureError::OutOfDomain {
                name: "grade",
                value: f64::from(other),
                allowed: "1, 2, 3 or 4",
            }),
        }
    }

    fn number(self) -> u32 {
        match self {
            Self::Forgotten => 1,
            Self::Hard => 2,
            Self::Good => 3,
            Self::Easy => 4,
        }
    }
}

/// One look at an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Whole days since the look before; zero for the first.
    pub days: u32,
    /// How it went.
    pub grade: Grade,
}

/// What the looks at one item say about the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory(MemoryState);

impl Memory {
    /// After a log of looks, the oldest first: 1 to [`MAX_REVIEWS`] of them, at most [`MAX_DAYS`] apart, the first
    /// with no days before it.
    ///
    /// # Errors
    /// When the log is empty or outside those limits.
    pub fn after(log: &[Review]) -> Result<Self> {
        let Some((first, _)) = log.split_first().filter(|_| log.len() <= MAX_REVIEWS) else {
            return Err(MeasureError::Length {
                name: "reviews",
                length: log.len(),
                allowed: "from 1 to 10000",
            });
        };
        let out_of_domain = |name, days, allowed| {
            Err(MeasureError::OutOfDomain {
                name,
                value: f64::from(days),
                allowed,
            })
        };
        if first.days > 0 {
            return out_of_domain("days before the first look", first.days, "0");
        }
        if let Some(far) = log.iter().find(|review| review.days > MAX_DAYS) {
            return out_of_domain("days between looks", far.days, "at most 36500");
        }
        let review = |r: &Review| FSRSReview {
            rating: r.grade.number(),
            delta_t: r.days,
        };
        let reviews = log.iter().map(review).collect();
        FSRS::default()
            .memory_state(FSRSItem { reviews }, None)
            .map(Self)
            .map_err(|_| MeasureError::NoConvergence { quantity: "memory" })
    }

    /// The chance to recall the item `days` after the last look, to three digits; `days` from 0 to [`MAX_DAYS`], in
    /// parts of a day too.
    ///
    /// # Errors
    /// When `days` is outside its domain.
    pub fn chance(&self, days: f64) -> Result<f64> {
        let chance = raw_chance(
            self.0,
            checked("days", days, (0.0, f64::from(MAX_DAYS)), "from 0 to 36500")?,
        );
        Ok((chance * 1000.0).round() / 1000.0)
    }

    /// After how many whole days the chance has fallen to `wanted`, from 0.5 to 0.99: at least 1 and at most
    /// [`MAX_DAYS`], where it stands for that long or longer.
    ///
    /// # Errors
    /// When `wanted` is outside its domain.
    pub fn days_until(&self, wanted: f64) -> Result<u32> {
        let wanted = checked("wanted chance", wanted, (0.5, 0.99), "from 0.5 to 0.99")?;
        let days = raw_days_until(self.0, wanted)
            .round()
            .clamp(1.0, f64::from(MAX_DAYS));
        // A whole number from 1 to 36500.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok(days as u32)
    }
}

fn checked(name: &'static str, value: f64, (least, most): (f64, f64), allowed: &'static str) -> Result<f64> {
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(MeasureError::OutOfDomain { name, value, allowed })
    }
}

// Single precision is what the crate computes in; nothing in the domain is beyond it.
#[allow(clippy::cast_possible_truncation)]
fn raw_chance(state: MemoryState, days: f64) -> f64 {
    f64::from(current_retrievability(state, days as f32, FSRS6_DEFAULT_DECAY))
}

#[allow(clippy::cast_possible_truncation)]
fn raw_days_until(state: MemoryState, wanted: f64) -> f64 {
    // The grade is of no use to an item that has been looked at.
    let grade = Grade::Good.number();
    f64::from(FSRS::default().next_interval(Some(state.stability), wanted as f32, grade))
}

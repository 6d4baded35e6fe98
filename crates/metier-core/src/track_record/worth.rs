//! What the outcomes of calls say of the probabilities that were stated.

use std::collections::HashSet;

use metier_measure::MeasureError;
use metier_measure::forecast::{Bin, Edges, Finding, Forecast, check, overall, reliability};
use serde::Serialize;

use super::{Call, ENOUGH, ENOUGH_COMPETENCIES, Outcome};
use crate::standing::Number;

/// Confidence of every interval and of the check.
const CONFIDENCE: f64 = 0.95;
/// Where bins of stated probability meet.
const EDGES: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];
/// A bin of fewer calls says nothing and joins its neighbour.
const LEAST: usize = 10;
/// An error of this size in the stated probabilities should have shown…
const SHIFT: f64 = 0.2;
/// …with this probability, before it is said that nothing speaks against them.
const POWER: f64 = 0.8;

/// What the counts are worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "worth", rename_all = "snake_case")]
pub enum Worth {
    /// Too few to say more than the counts.
    TooFew {
        /// Calls so far.
        calls: u32,
        /// Calls from which on more is said.
        needed_calls: u32,
        /// Competencies they are about.
        competencies: u32,
        /// Competencies from which on more is said.
        needed_competencies: u32,
    },
    /// Enough.
    Enough {
        /// How many were expected to be there: the sum of the stated probabilities.
        expected: Number,
        /// The share that is there.
        share: Bounds,
        /// The same by stated probability, lowest first.
        bins: Vec<StatedBin>,
        /// What follows for the stated probabilities.
        verdict: Verdict,
    },
}

/// Between which shares the truth lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// The share proven: if none of the open ones is there.
    pub low: Number,
    /// The share not spoken against: if all of the open ones are there.
    pub high: Number,
    /// The lower end of the exact 95% interval about `low`.
    pub from: Number,
    /// The upper end of the exact 95% interval about `high`.
    pub to: Number,
}

/// Calls of about one stated probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StatedBin {
    /// The lowest stated probability in it.
    pub from: Number,
    /// The highest.
    pub to: Number,
    /// The mean.
    pub stated: Number,
    /// How many.
    pub called: u32,
    /// How many of them were proven.
    pub proven: u32,
    /// How many were spoken against.
    pub against: u32,
    /// The share that is there.
    pub share: Bounds,
}

/// What follows for the stated probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They were too high, even if every open call is there.
    TooHigh,
    /// They were too low, even if no open call is there.
    TooLow,
    /// It depends on what is still open, or an error of 20 points could have gone unnoticed.
    CannotTell,
    /// Nothing speaks against them, whatever becomes of what is open, and an error of 20 points would have
    /// shown four times in five.
    NotContradicted,
}

/// What the outcomes say.
///
/// # Errors
/// None that calls can cause; stated probabilities are probabilities.
pub(super) fn worth(calls: &[Call]) -> Result<Worth, MeasureError> {
    let competencies: HashSet<_> = calls.iter().map(|c| (&c.family, &c.competency)).collect();
    if calls.len() < ENOUGH || competencies.len() < ENOUGH_COMPETENCIES {
        return Ok(Worth::TooFew {
            calls: small(calls.len()),
            needed_calls: small(ENOUGH),
            competencies: small(competencies.len()),
            needed_competencies: small(ENOUGH_COMPETENCIES),
        });
    }
    let none_there = forecasts(calls, |outcome| matches!(outcome, Outcome::Proven { .. }));
    let all_there = forecasts(calls, |outcome| !matches!(outcome, Outcome::Against { .. }));
    let (low, high) = (
        reliability(&none_there, Edges::At(&EDGES), LEAST, CONFIDENCE)?,
        reliability(&all_there, Edges::At(&EDGES), LEAST, CONFIDENCE)?,
    );
    let (all_low, all_high) = (
        reliability(&none_there, Edges::At(&[]), 1, CONFIDENCE)?,
        reliability(&all_there, Edges::At(&[]), 1, CONFIDENCE)?,
    );
    let (Some(all_low), Some(all_high)) = (all_low.first(), all_high.first()) else {
        return Err(MeasureError::NotEstimable {
            quantity: "track record",
            because: "there is no call",
        });
    };
    Ok(Worth::Enough {
        expected: Number::new(overall(&none_there, CONFIDENCE)?.expected),
        share: Bounds::of(all_low, all_high),
        // Bins follow from what was stated alone, so both lists have the same.
        bins: low.iter().zip(&high).map(|(low, high)| bin(low, high)).collect(),
        verdict: verdict(&none_there, &all_there)?,
    })
}

fn forecasts(calls: &[Call], came: impl Fn(&Outcome) -> bool) -> Vec<Forecast> {
    let of = |call: &Call| Forecast {
        stated: call.stated.get().clamp(0.0, 1.0),
        came: came(&call.outcome),
    };
    calls.iter().map(of).collect()
}

fn verdict(none_there: &[Forecast], all_there: &[Forecast]) -> Result<Verdict, MeasureError> {
    let finding = |told: &[Forecast]| Ok(check(told, CONFIDENCE, SHIFT, POWER)?.finding);
    Ok(match (finding(none_there)?, finding(all_there)?) {
        (_, Finding::StatedTooHigh) => Verdict::TooHigh,
        (Finding::StatedTooLow, _) => Verdict::TooLow,
        (Finding::NotContradicted, Finding::NotContradicted) => Verdict::NotContradicted,
        _ => Verdict::CannotTell,
    })
}

fn bin(low: &Bin, high: &Bin) -> StatedBin {
    StatedBin {
        from: Number::new(low.from),
        to: Number::new(low.to),
        stated: Number::new(low.stated),
        called: count(low.count),
        proven: count(low.came),
        against: count(high.count - high.came),
        share: Bounds::of(low, high),
    }
}

impl Bounds {
    fn of(low: &Bin, high: &Bin) -> Self {
        Self {
            low: Number::new(low.share),
            high: Number::new(high.share),
            from: Number::new(low.interval.lower),
            to: Number::new(high.interval.upper),
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

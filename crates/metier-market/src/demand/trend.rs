//! Trends: tested against persistence and against the number of tests, and then said.

use metier_measure::rate::{Observed, ratio};
use metier_measure::trend::{Series, seasonal_dependent, seasonal_slope};
use metier_measure::{MeasureError, multiple};
use serde::Serialize;

use super::table::Grid;
use super::{Row, Rule};
use crate::count::Month;

/// Months of a year.
const YEAR: usize = 12;

/// Whether trends are stated of these postings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Stated {
    /// They are.
    Yes,
    /// No posting has a date.
    Undated,
    /// There are too few months with postings.
    TooFewMonths {
        /// How many there are.
        months: usize,
    },
}

/// How much a thing is asked for over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Trend {
    /// No trend can be stated of these postings: see [`super::Demand::stated`].
    NotStated,
    /// Too few postings ask for it to test anything ([`Rule::tested_from`]).
    NotTested,
    /// It was tested.
    Tested {
        /// What may be said.
        direction: Direction,
        /// Change of the share a year, with its interval widened for persistence (lower, upper); absent where
        /// no interval would be honest.
        slope: Option<(f64, f64, f64)>,
        /// Of the seasonal test for persistent months, two-sided.
        p_value: f64,
        /// That, with all tests made taken into account.
        adjusted: f64,
        /// By how much persistence has widened the variance.
        inflation: f64,
        /// The last twelve months beside the twelve before.
        year: Option<YearOnYear>,
    },
}

/// What may be said of a tested trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Asked for more and more.
    Rising,
    /// Asked for less and less.
    Falling,
    /// Never before the last twelve months, and now, beyond chance.
    New,
    /// No trend beyond chance.
    Unclear,
}

impl Direction {
    /// As one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::New => "new",
            Self::Unclear => "no trend beyond chance",
        }
    }
}

/// The last twelve months beside the twelve before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct YearOnYear {
    /// Postings that ask for it, of how many, in the last twelve months.
    pub now: (u64, u64),
    /// In the twelve before.
    pub before: (u64, u64),
    /// The ratio of the shares; absent where none asked before.
    pub ratio: Option<f64>,
    /// Its exact lower bound.
    pub low: f64,
    /// Its exact upper bound; absent where none asked before.
    pub high: Option<f64>,
    /// The exact p-value of there being no difference.
    pub p_value: f64,
}

/// A month of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MonthShare {
    /// Which.
    pub month: Month,
    /// Postings that ask for it.
    pub postings: u64,
    /// Of how many.
    pub of: u64,
}

impl Trend {
    /// Never asked for before the last twelve months, and now.
    pub fn is_new(&self) -> bool {
        self.direction() == Some(Direction::New)
    }

    /// Asked for less and less.
    pub fn is_fading(&self) -> bool {
        self.direction() == Some(Direction::Falling)
    }

    /// What may be said; absent where nothing was tested.
    pub fn direction(&self) -> Option<Direction> {
        match self {
            Self::Tested { direction, .. } => Some(*direction),
            _ => None,
        }
    }
}

/// What the tests of one row gave.
struct Found {
    row: usize,
    z: f64,
    p_value: f64,
    inflation: f64,
    slope: Option<(f64, f64, f64)>,
    year: Option<YearOnYear>,
    /// No posting asked for it before the last twelve months.
    never_before: bool,
}

/// Tests every row with enough postings, and says how many were tested.
///
/// Two tests are made of each: the seasonal one, which finds a steady change, and the exact ratio of years,
/// which alone can find what was not there before. Both are in one list for the false discovery rate.
pub(super) fn test(grid: &Grid, rows: &mut [Row], rule: Rule) -> Result<usize, MeasureError> {
    let mut found = Vec::new();
    for (n, row) in rows.iter_mut().enumerate() {
        row.trend = Trend::NotTested;
        let months = grid.series(row.concept);
        if months.iter().map(|m| m.postings).sum::<u64>() >= rule.tested_from
            && let Some(one) = of_series(n, &months, rule)?
        {
            found.push(one);
        }
    }
    if found.is_empty() {
        return Ok(0);
    }
    let year_p = |f: &Found| f.year.map_or(1.0, |y| y.p_value);
    let p_values: Vec<f64> = found.iter().flat_map(|f| [f.p_value, year_p(f)]).collect();
    let adjusted = multiple::benjamini_hochberg(&p_values)?;
    for (n, one) in found.iter().enumerate() {
        let (steady, of_years) = (adjusted[2 * n], adjusted[2 * n + 1]);
        let direction = if one.never_before && of_years <= rule.false_discoveries {
            Direction::New
        } else if steady > rule.false_discoveries {
            Direction::Unclear
        } else if one.z > 0.0 {
            Direction::Rising
        } else {
            Direction::Falling
        };
        rows[one.row].trend = Trend::Tested {
            direction,
            slope: one.slope,
            p_value: one.p_value,
            adjusted: steady,
            inflation: one.inflation,
            year: one.year,
        };
    }
    Ok(found.len())
}

fn of_series(row: usize, months: &[MonthShare], rule: Rule) -> Result<Option<Found>, MeasureError> {
    // A month without postings is missing, never zero.
    let values: Vec<Option<f64>> = months
        .iter()
        .map(|m| (m.of > 0).then(|| m.postings as f64 / m.of as f64))
        .collect();
    let series = Series::new(&values)?;
    let test = match seasonal_dependent(&series, YEAR) {
        Ok(test) => test,
        // Seasons that lie too far apart, or too few of them: nothing is tested.
        Err(MeasureError::NotEstimable { .. } | MeasureError::OutOfReach { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let slope = seasonal_slope(&series, YEAR, rule.confidence, test.inflation)
        .ok()
        .map(|s| (s.slope, s.interval.lower, s.interval.upper));
    let last = months.len() - YEAR.min(months.len());
    Ok(Some(Found {
        row,
        z: test.z,
        p_value: test.p_value,
        inflation: test.inflation,
        slope,
        year: year_on_year(months, rule)?,
        never_before: months[..last].iter().all(|m| m.postings == 0),
    }))
}

/// The last twelve months beside the twelve before; absent where either has no posting, or nobody asks.
fn year_on_year(months: &[MonthShare], rule: Rule) -> Result<Option<YearOnYear>, MeasureError> {
    let Some(middle) = months.len().checked_sub(YEAR) else {
        return Ok(None);
    };
    let Some(first) = middle.checked_sub(YEAR) else {
        return Ok(None);
    };
    let sum = |part: &[MonthShare]| part.iter().fold((0, 0), |(k, n), m| (k + m.postings, n + m.of));
    let (now, before) = (sum(&months[middle..]), sum(&months[first..middle]));
    if now.1 == 0 || before.1 == 0 || now.0 + before.0 == 0 {
        return Ok(None);
    }
    let observed = |(k, n): (u64, u64)| Observed {
        events: k,
        exposure: n as f64,
    };
    let found = ratio(observed(now), observed(before), rule.confidence)?;
    Ok(Some(YearOnYear {
        now,
        before,
        ratio: found.ratio,
        low: found.lower,
        high: found.upper,
        p_value: found.p_value,
    }))
}

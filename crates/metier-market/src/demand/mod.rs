//! Demand: counts become shares with intervals, tested trends, what is new and what fades.
//!
//! The methods are those of `docs/method/market.md`, the numbers are in [`Rule`]. Everything here is a pure
//! function of [`Counts`].
//!
//! - A share is k of n de-duplicated postings, with Wilson's 95% interval.
//! - A profession with few postings is drawn towards what all professions show (Gamma-Poisson).
//! - A trend is stated from 24 months with postings on, never of undated ones, and only where the test of
//!   every skill taken together still calls it one (Benjamini and Hochberg).

mod small;
mod table;
mod trend;

use serde::Serialize;

use crate::concept::{ConceptId, Scheme, Sort};
use crate::count::{Counts, Group, Month, Unknown};

pub use small::Drawn;
pub use table::csv;
pub use trend::{Direction, MonthShare, Stated, Trend, YearOnYear};

/// What stands beside every share: part of the data, so that no table goes without it.
pub const COVERAGE: &str = "These are postings that somebody put online, not all openings: online postings over-represent white-collar work (60 to 70% of openings were online in 2014). A share is of the postings read, and of nothing else.";
/// Where that is from.
pub const COVERAGE_SOURCE: &str =
    "Carnevale, Jayasundera and Repnikov, Understanding Online Job Ads Data, Georgetown University, 2014";

/// The numbers that decide what may be said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rule {
    /// Confidence of every interval.
    pub confidence: f64,
    /// Of what is called a trend, at most this share is expected to be by chance.
    pub false_discoveries: f64,
    /// Months with postings before a trend is stated.
    pub months: usize,
    /// Postings that have to mention a concept, in all, before it is tested.
    pub tested_from: u64,
}

impl Rule {
    /// The usual numbers.
    pub const USUAL: Self = Self {
        confidence: 0.95,
        false_discoveries: 0.05,
        months: metier_measure::trend::MIN_OBSERVED,
        tested_from: 24,
    };
}

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only this group of occupations and those below it, by the beginning of its code.
    pub profession: Option<String>,
    /// Only this month. A trend is still one over all months.
    pub month: Option<Month>,
}

/// What is asked for in postings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// What has to be known before reading any of it.
    pub coverage: &'static str,
    /// Where that is from.
    pub coverage_source: &'static str,
    /// The method of the intervals.
    pub interval: &'static str,
    /// The numbers used.
    pub rule: Rule,
    /// The profession, if one was asked for.
    pub profession: Option<String>,
    /// The month, if one was asked for.
    pub month: Option<Month>,
    /// Postings that the shares are of.
    pub postings: u64,
    /// Of the profession, over all months: postings with a date, and without.
    pub dated: u64,
    /// Without a date.
    pub undated: u64,
    /// Reposts left out, in all professions.
    pub reposts: u64,
    /// Documents that could not be read, in all.
    pub damaged: u64,
    /// Every month from the first to the last with a posting, and the postings in it.
    pub months: Vec<(Month, u64)>,
    /// Whether trends are stated, and if not why.
    pub stated: Stated,
    /// Concepts tested for a trend.
    pub tested: usize,
    /// Every concept mentioned, the most asked for first.
    pub rows: Vec<Row>,
    /// Names that no concept fits, over all professions and months, the most frequent first.
    pub unknown: Vec<Unknown>,
}

/// How much one thing is asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its number in the counts.
    pub concept: ConceptId,
    /// Where it comes from.
    pub scheme: Scheme,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Its key there.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Postings that ask for it.
    pub postings: u64,
    /// Their share of all, 0 to 1.
    pub share: f64,
    /// Wilson's interval of it.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Only of a profession: drawn towards what all professions show; absent where that cannot be estimated.
    pub drawn: Option<Drawn>,
    /// The trend.
    pub trend: Trend,
}

impl Demand {
    /// The demand that counts show.
    ///
    /// # Errors
    /// When the counts are beyond what the statistics take: more than 10^12 postings.
    pub fn of(counts: &Counts, asked: &Asked, rule: Rule) -> Result<Self, metier_measure::MeasureError> {
        let within = |group: Option<&Group>| match &asked.profession {
            None => true,
            Some(wider) => group.is_some_and(|g| g.is_within(wider)),
        };
        let grid = table::Grid::of(counts, within);
        let stated = grid.stated(rule);
        let (postings, dated) = (grid.postings(asked.month), grid.dated());
        let mut rows = Vec::new();
        for (concept, named) in counts.concepts() {
            let k = grid.mentions(concept, asked.month);
            if k == 0 || postings == 0 {
                continue;
            }
            let interval = metier_measure::share::wilson(postings, k, rule.confidence)?;
            rows.push(Row {
                concept,
                scheme: named.scheme,
                sort: named.sort,
                key: named.key.clone(),
                label: named.label.clone(),
                postings: k,
                share: k as f64 / postings as f64,
                low: interval.lower,
                high: interval.upper,
                drawn: None,
                trend: Trend::NotStated,
            });
        }
        rows.sort_by(|a, b| b.postings.cmp(&a.postings).then_with(|| a.label.cmp(&b.label)));
        let tested = if stated == Stated::Yes {
            trend::test(&grid, &mut rows, rule)?
        } else {
            0
        };
        if asked.profession.is_some() && asked.month.is_none() {
            small::draw(counts, within, &mut rows, rule);
        }
        Ok(Self {
            coverage: COVERAGE,
            coverage_source: COVERAGE_SOURCE,
            interval: "Wilson",
            rule,
            profession: asked.profession.clone(),
            month: asked.month,
            postings,
            dated,
            undated: grid.undated(),
            reposts: counts.reposts(),
            damaged: counts.unread(),
            months: grid.months(),
            stated,
            tested,
            rows,
            unknown: counts.names().all(),
        })
    }

    /// The shares of one concept month by month; empty without dated postings.
    pub fn monthly(counts: &Counts, concept: ConceptId, profession: Option<&str>) -> Vec<MonthShare> {
        let within = |group: Option<&Group>| match profession {
            None => true,
            Some(wider) => group.is_some_and(|g| g.is_within(wider)),
        };
        table::Grid::of(counts, within).series(concept)
    }

    /// What was never asked for before the last twelve months and is now, beyond chance.
    pub fn appeared(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|r| r.trend.is_new())
    }

    /// What is asked for less and less, beyond chance.
    pub fn fading(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|r| r.trend.is_fading())
    }
}

/// The professions counted: each group of occupations with its postings, the largest first; and postings
/// without one.
pub fn professions(counts: &Counts) -> (Vec<(Group, u64)>, u64) {
    let mut by: std::collections::BTreeMap<&Group, u64> = std::collections::BTreeMap::new();
    let mut without = 0;
    for (slot, n) in counts.slots() {
        match &slot.group {
            Some(group) => *by.entry(group).or_default() += n,
            None => without += n,
        }
    }
    let mut all: Vec<(Group, u64)> = by.into_iter().map(|(g, n)| (g.clone(), n)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (all, without)
}

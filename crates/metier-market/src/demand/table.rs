//! Counts of one selection of professions: concepts by months.

use std::collections::{BTreeMap, HashMap};

use super::trend::{MonthShare, Stated, Trend};
use super::{Demand, Rule};
use crate::concept::ConceptId;
use crate::count::{Counts, Group, Month};

/// The most months from the first to the last: a date centuries away is a mistake of its source, and must
/// not make a series of millions of empty months.
const SPAN_MOST: i32 = 1200;

/// Postings by month, and mentions by concept and month.
#[derive(Debug)]
pub(super) struct Grid {
    postings: BTreeMap<Option<Month>, u64>,
    mentions: HashMap<ConceptId, BTreeMap<Option<Month>, u64>>,
}

impl Grid {
    pub(super) fn of(counts: &Counts, within: impl Fn(Option<&Group>) -> bool) -> Self {
        let mut grid = Self {
            postings: BTreeMap::new(),
            mentions: HashMap::new(),
        };
        for (slot, n) in counts.slots().filter(|(s, _)| within(s.group.as_ref())) {
            *grid.postings.entry(slot.month).or_default() += n;
        }
        for (concept, slot, n) in counts.mentions().filter(|(_, s, _)| within(s.group.as_ref())) {
            let months = grid.mentions.entry(concept).or_default();
            *months.entry(slot.month).or_default() += n;
        }
        grid
    }

    /// Postings of a month, or of all.
    pub(super) fn postings(&self, month: Option<Month>) -> u64 {
        match month {
            Some(_) => self.postings.get(&month).copied().unwrap_or(0),
            None => self.postings.values().sum(),
        }
    }

    pub(super) fn undated(&self) -> u64 {
        self.postings.get(&None).copied().unwrap_or(0)
    }

    pub(super) fn dated(&self) -> u64 {
        self.postings(None) - self.undated()
    }

    pub(super) fn mentions(&self, concept: ConceptId, month: Option<Month>) -> u64 {
        let Some(months) = self.mentions.get(&concept) else {
            return 0;
        };
        match month {
            Some(_) => months.get(&month).copied().unwrap_or(0),
            None => months.values().sum(),
        }
    }

    /// Every month from the first to the last with a posting; only the last hundred years of them.
    pub(super) fn months(&self) -> Vec<(Month, u64)> {
        let dated = || self.postings.iter().filter(|(m, n)| m.is_some() && **n > 0);
        let (Some((Some(first), _)), Some((Some(last), _))) = (dated().next(), dated().next_back()) else {
            return Vec::new();
        };
        let from = first.number().max(last.number() - SPAN_MOST + 1);
        (from..=last.number())
            .map(Month::from_number)
            .map(|month| (month, self.postings.get(&Some(month)).copied().unwrap_or(0)))
            .collect()
    }

    /// Whether trends are stated.
    pub(super) fn stated(&self, rule: Rule) -> Stated {
        let months = self.months().iter().filter(|(_, n)| *n > 0).count();
        match months {
            0 => Stated::Undated,
            months if months < rule.months => Stated::TooFewMonths { months },
            _ => Stated::Yes,
        }
    }

    /// A concept month by month.
    pub(super) fn series(&self, concept: ConceptId) -> Vec<MonthShare> {
        let of = self.mentions.get(&concept);
        self.months()
            .into_iter()
            .map(|(month, of_postings)| MonthShare {
                month,
                postings: of.and_then(|m| m.get(&Some(month))).copied().unwrap_or(0),
                of: of_postings,
            })
            .collect()
    }
}

/// The rows as a table of comma-separated values, with the caution in every row's last column.
pub fn csv(demand: &Demand) -> String {
    let quoted = |text: &str| {
        // A cell that a spreadsheet would take for a formula gets an apostrophe.
        let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        format!("\"{}\"", guarded.replace('"', "\"\""))
    };
    let optional = |number: Option<f64>| number.map_or_else(String::new, |n| n.to_string());
    let mut out = String::from(
        "scheme,key,label,sort,profession,month,postings,of,share,low,high,interval,drawn_share,trend,slope_a_year,slope_low,slope_high,p,adjusted_p,caution\r\n",
    );
    for row in &demand.rows {
        let (direction, slope, low, high, p, adjusted) = match &row.trend {
            Trend::Tested {
                direction,
                slope,
                p_value,
                adjusted,
                ..
            } => (
                direction.word(),
                slope.map(|s| s.0),
                slope.map(|s| s.1),
                slope.map(|s| s.2),
                Some(*p_value),
                Some(*adjusted),
            ),
            Trend::NotTested => ("not tested", None, None, None, None, None),
            Trend::NotStated => ("no trend can be stated", None, None, None, None, None),
        };
        let fields = [
            format!("{:?}", row.scheme),
            quoted(&row.key),
            quoted(&row.label),
            format!("{:?}", row.sort),
            quoted(demand.profession.as_deref().unwrap_or("")),
            demand.month.map_or_else(String::new, |m| m.to_string()),
            row.postings.to_string(),
            demand.postings.to_string(),
            row.share.to_string(),
            row.low.to_string(),
            row.high.to_string(),
            demand.interval.to_owned(),
            optional(row.drawn.map(|d| d.share)),
            direction.to_owned(),
            optional(slope),
            optional(low),
            optional(high),
            optional(p),
            optional(adjusted),
            quoted(demand.coverage),
        ];
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

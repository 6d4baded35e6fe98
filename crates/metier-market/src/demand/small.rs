//! Small professions: what few postings show, drawn towards what all professions show.

use std::collections::{BTreeMap, HashMap, HashSet};

use metier_measure::rate::Observed;
use metier_measure::shrink;
use serde::Serialize;

use super::{Row, Rule};
use crate::concept::ConceptId;
use crate::count::{Counts, Group};

/// Professions from which on the interval can be trusted (`docs/method/market.md`).
const TRUSTED: usize = 100;
/// Rows that are drawn: fitting a law takes a millisecond or two, and nobody reads further.
const ROWS: usize = 500;

/// A share drawn towards what all professions show.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drawn {
    /// The share.
    pub share: f64,
    /// Its interval, where there are professions enough to trust it.
    pub interval: Option<(f64, f64)>,
    /// Professions it was estimated from.
    pub professions: usize,
}

/// Draws the most asked for rows of the professions within; where nothing can be estimated they stay without.
pub(super) fn draw(counts: &Counts, within: impl Fn(Option<&Group>) -> bool, rows: &mut [Row], rule: Rule) {
    let mut postings: BTreeMap<&Group, u64> = BTreeMap::new();
    for (slot, n) in counts.slots() {
        if let Some(group) = &slot.group {
            *postings.entry(group).or_default() += n;
        }
    }
    let shown = rows.len().min(ROWS);
    let wanted: HashSet<ConceptId> = rows[..shown].iter().map(|r| r.concept).collect();
    let mut mentions: HashMap<ConceptId, BTreeMap<&Group, u64>> = HashMap::new();
    for (concept, slot, n) in counts.mentions().filter(|(c, ..)| wanted.contains(c)) {
        if let Some(group) = &slot.group {
            *mentions.entry(concept).or_default().entry(group).or_default() += n;
        }
    }
    for row in &mut rows[..shown] {
        let of = mentions.get(&row.concept);
        row.drawn = drawn(&postings, of, &within, rule).ok();
    }
}

fn drawn(
    postings: &BTreeMap<&Group, u64>,
    mentions: Option<&BTreeMap<&Group, u64>>,
    within: &impl Fn(Option<&Group>) -> bool,
    rule: Rule,
) -> Result<Drawn, metier_measure::MeasureError> {
    let observed = |group: &Group, n: u64| Observed {
        events: mentions.and_then(|m| m.get(group)).copied().unwrap_or(0),
        exposure: n as f64,
    };
    let things: Vec<Observed> = postings
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(group, &n)| observed(group, n))
        .collect();
    let (events, exposure) = postings
        .iter()
        .filter(|(group, _)| within(Some(group)))
        .map(|(group, &n)| observed(group, n))
        .fold((0, 0.0), |(y, e), o| (y + o.events, e + o.exposure));
    let law = shrink::fit(&things)?.law.after(Observed { events, exposure })?;
    let interval = law.interval(rule.confidence)?;
    Ok(Drawn {
        share: law.mean().min(1.0),
        interval: (things.len() >= TRUSTED).then_some((interval.lower, interval.upper.min(1.0))),
        professions: things.len(),
    })
}

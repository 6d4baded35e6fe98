//! The way between two occupations whose skills and knowledge are rated by importance and level.

use std::collections::BTreeMap;

use metier_measure::profile::{Need, gap, rescale};

use super::{End, Item, Way, WayError, ranked};
use crate::catalogue::{Classification, Occupation, Rated};

/// Importance below which a missing level means that the publisher found none relevant, of 5: most people
/// asked had called the element unimportant.
const IRRELEVANT: f64 = 2.0;

/// What the two say of one element.
#[derive(Default)]
struct Pair<'a> {
    knowledge: bool,
    from: Option<&'a Rated>,
    to: Option<&'a Rated>,
}

/// The way; an element without a reliable figure in one of the two is left out and counted.
pub(super) fn way(from: &Occupation, to: &Occupation) -> Result<Way, WayError> {
    for end in [from, to] {
        if end.skills.is_empty() && end.knowledge.is_empty() {
            return Err(WayError::NotRated {
                code: end.code.clone(),
                title: end.title.clone(),
            });
        }
    }
    let mut pairs: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
    for (rated, knowledge) in both(from) {
        let pair = pairs.entry(&rated.element).or_default();
        (pair.knowledge, pair.from) = (knowledge, Some(rated));
    }
    for (rated, knowledge) in both(to) {
        let pair = pairs.entry(&rated.element).or_default();
        (pair.knowledge, pair.to) = (knowledge, Some(rated));
    }
    let all = pairs.len();
    let mut compared: Vec<(&Rated, bool)> = Vec::new();
    let (mut start, mut target) = (Vec::new(), Vec::new());
    for pair in pairs.values() {
        if let (Some(a), Some(b)) = (pair.from, pair.to)
            && let (Some(here), Some(there)) = (need(a)?, need(b)?)
        {
            compared.push((b, pair.knowledge));
            start.push(here);
            target.push(there);
        }
    }
    if compared.is_empty() {
        return Err(WayError::NotRated {
            code: to.code.clone(),
            title: to.title.clone(),
        });
    }
    let gap = gap(&start, &target)?;
    let whole: f64 = target.iter().map(|t| t.importance).sum();
    let item = |at: usize, part: f64| {
        let (rated, knowledge): (&Rated, bool) = compared[at];
        Item {
            key: rated.element.clone(),
            name: rated.name.clone(),
            knowledge,
            part,
            level_from: Some(start[at].level * 7.0),
            level_to: Some(target[at].level * 7.0),
        }
    };
    let listed = |parts: Vec<f64>| ranked(parts.into_iter().enumerate().map(|(i, p)| item(i, p)).collect());
    let carried = start
        .iter()
        .zip(&target)
        .map(|(s, t)| t.importance * s.level.min(t.level) / whole)
        .collect();
    Ok(Way {
        classification: Classification::Onet,
        from: end(from),
        to: end(to),
        missing: gap.missing,
        unused: gap.unused,
        carries_over: listed(carried),
        to_learn: listed(gap.missing_by_item),
        left_unused: listed(gap.unused_by_item),
        compared: compared.len(),
        without_figure: all - compared.len(),
    })
}

fn end(occupation: &Occupation) -> End {
    End {
        code: occupation.code.clone(),
        title: occupation.title.clone(),
    }
}

fn both(occupation: &Occupation) -> impl Iterator<Item = (&Rated, bool)> {
    let skills = occupation.skills.iter().map(|r| (r, false));
    skills.chain(occupation.knowledge.iter().map(|r| (r, true)))
}

/// Importance and level from 0 to 1; `None` when there is no reliable level.
fn need(rated: &Rated) -> Result<Option<Need>, WayError> {
    let level = match rated.level {
        Some(level) => level,
        None if rated.importance < IRRELEVANT => 0.0,
        None => return Ok(None),
    };
    Ok(Some(Need {
        importance: rescale(rated.importance, 1.0, 5.0)?,
        level: rescale(level, 0.0, 7.0)?,
    }))
}

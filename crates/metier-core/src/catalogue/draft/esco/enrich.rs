//! What a linked O*NET occupation adds to a draft from ESCO.

use std::collections::BTreeSet;

use crate::catalogue::draft::competencies::{Expected, Said, kind_of_skill};
use crate::catalogue::draft::technology::technologies;
use crate::catalogue::draft::wording::sentence_case;
use crate::catalogue::search::words::words;
use crate::catalogue::{Catalogue, Occupation, Rated};
use crate::framework::{Frequency, Kind};

/// Rated skills and knowledge areas added at most, of either.
const RATED: usize = 3;
/// Importance from which they are added, of 5.
const IMPORTANT: f64 = 3.5;
/// Share of a skill's words that a task must hold to be shown as an instance of it.
const SAME: f64 = 0.65;

/// The tasks of an occupation, each to be shown once.
pub(super) struct Tasks<'a> {
    left: Vec<(BTreeSet<String>, &'a str)>,
}

impl<'a> Tasks<'a> {
    pub(super) fn of(onet: &'a Occupation) -> Self {
        let cut = |text: &'a str| (words(text).into_iter().collect(), text);
        Self {
            left: onet.tasks.iter().map(|t| cut(&t.text)).collect(),
        }
    }

    /// The task that says what a skill's label says, where one holds at least two of its words and most of
    /// them.
    pub(super) fn like(&mut self, label: &str) -> Option<&'a str> {
        let asked: BTreeSet<String> = words(label).into_iter().collect();
        let shared = |held: &BTreeSet<String>| held.intersection(&asked).count();
        let best =
            (0..self.left.len()).max_by_key(|&at| (shared(&self.left[at].0), std::cmp::Reverse(at)))?;
        let held = shared(&self.left[best].0);
        let same = held >= 2 && held as f64 >= SAME * asked.len() as f64;
        same.then(|| self.left.remove(best).1)
    }
}

/// Technology, and the rated skills and knowledge that matter more here than elsewhere.
pub(super) fn added(catalogue: &Catalogue, onet: &Occupation) -> Vec<(Said, Expected)> {
    let mut added: Vec<(Said, Expected)> = technologies(onet)
        .into_iter()
        .map(|said| (said, Expected::Technology))
        .collect();
    for (all, knowledge) in [(&onet.knowledge, true), (&onet.skills, false)] {
        added.extend(important(catalogue, all).into_iter().map(|r| {
            (
                rated(catalogue, onet, r, knowledge),
                Expected::Rated(r.importance),
            )
        }));
    }
    added
}

fn important<'a>(catalogue: &Catalogue, all: &'a [Rated]) -> Vec<&'a Rated> {
    let usual = |r: &Rated| {
        catalogue
            .elements
            .get(&r.element)
            .and_then(|e| e.usual)
            .unwrap_or(0.0)
    };
    let mut found: Vec<&Rated> = all.iter().filter(|r| r.importance >= IMPORTANT).collect();
    found.sort_by(|a, b| {
        (b.importance - usual(b))
            .total_cmp(&(a.importance - usual(a)))
            .then_with(|| a.element.cmp(&b.element))
    });
    found.truncate(RATED);
    found
}

/// The importance is dated by its release: another release may rate otherwise.
fn rated(catalogue: &Catalogue, onet: &Occupation, rated: &Rated, knowledge: bool) -> Said {
    let meaning = catalogue
        .elements
        .get(&rated.element)
        .map(|e| e.description.trim())
        .filter(|d| !d.is_empty())
        .map(|d| format!("{d} "))
        .unwrap_or_default();
    let level = rated
        .level
        .map(|level| format!(", level {level:.1} of 7"))
        .unwrap_or_default();
    Said {
        name: sentence_case(&rated.name),
        looks_like: format!(
            "{meaning}Rated {:.1} of 5 in importance{level} for {} in {}.",
            rated.importance, onet.title, catalogue.source
        ),
        kind: if knowledge {
            Kind::Knowledge
        } else {
            kind_of_skill(&rated.element)
        },
        reference: format!("element {}", rated.element),
        frequency: Frequency::NotCountable,
        foundation: true,
        importance: Some(rated.importance),
    }
}

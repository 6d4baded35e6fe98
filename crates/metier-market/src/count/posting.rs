//! What one posting adds: a pure function of its text and of what its source says.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use super::example::{Example, KEPT, scrubbed};
use super::{Group, Month, Slot};
use crate::concept::ConceptId;
use crate::detect::{Detecting, Detector};
use crate::digest::{digest, pair};
use crate::posting::{Origin, Posting};
use crate::text::sentences;

/// The most bytes of a span that no concept fits; longer ones are no names.
const SPAN_MOST: usize = 80;

/// What a posting adds to counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRead {
    /// Where it was read.
    pub origin: Origin,
    pub(crate) slot: Slot,
    /// Each concept mentioned, once, ascending; with a sentence where it may be among those kept.
    pub(crate) concepts: Vec<(ConceptId, Option<Example>)>,
    /// Each span no concept fits, folded, once; with its rank.
    pub(crate) unknown: Vec<Span>,
}

impl PostingRead {
    /// How many concepts it mentions.
    pub fn concepts(&self) -> usize {
        self.concepts.len()
    }
}

/// A span that no concept fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) folded: String,
    pub(crate) example: Example,
}

/// The ranks from which on a sentence can no longer be among those kept, by concept.
///
/// They only spare work: with older, higher ones the same counts come out.
#[derive(Debug)]
pub struct Thresholds(Vec<AtomicU64>);

impl Thresholds {
    /// For an index of so many concepts; every sentence may still be kept.
    pub fn new(concepts: usize) -> Self {
        Self((0..concepts).map(|_| AtomicU64::new(u64::MAX)).collect())
    }

    fn admits(&self, concept: ConceptId, rank: u64) -> bool {
        let least = self.0.get(concept.0 as usize);
        least.is_none_or(|least| rank <= least.load(Ordering::Relaxed))
    }

    pub(super) fn lower(&self, concept: ConceptId, kept: &[Example]) {
        if let (Some(place), Some(last)) = (self.0.get(concept.0 as usize), kept.get(KEPT - 1)) {
            place.fetch_min(last.rank, Ordering::Relaxed);
        }
    }
}

/// Reads one posting. For many see [`read_with`].
pub fn read(detector: &Detector, posting: &Posting, thresholds: &Thresholds) -> PostingRead {
    read_with(&mut detector.detecting(), posting, thresholds)
}

/// Reads one posting after the other on one thread.
pub fn read_with(detecting: &mut Detecting<'_>, posting: &Posting, thresholds: &Thresholds) -> PostingRead {
    let text = posting.text.as_str();
    let of_text = digest(text.as_bytes(), 0);
    let mentions = detecting.mentions(text);
    let mut concepts: BTreeMap<ConceptId, (u32, u32)> = BTreeMap::new();
    let mut unknown: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for mention in &mentions {
        let place = (mention.start, mention.end);
        match mention.concept {
            Some(concept) => {
                concepts.entry(concept).or_insert(place);
            }
            None => {
                if let Some(folded) = folded(mention.words(text)) {
                    unknown.entry(folded).or_insert(place);
                }
            }
        }
    }
    let mut cut = None;
    let mut sentence = |place: (u32, u32), rank| {
        let cut = cut.get_or_insert_with(|| sentences(text));
        let start = place.0 as usize;
        let at = cut.partition_point(|s| s.end <= start);
        let within = cut.get(at).filter(|s| s.start <= start).cloned();
        Example::of(
            text,
            within.unwrap_or(start..place.1 as usize),
            place,
            rank,
            &posting.origin,
        )
    };
    let concepts = concepts
        .into_iter()
        .map(|(concept, place)| {
            let rank = pair(of_text, u64::from(concept.0));
            let example = thresholds.admits(concept, rank).then(|| sentence(place, rank));
            (concept, example.flatten())
        })
        .collect();
    let unknown = unknown
        .into_iter()
        .filter_map(|(folded, place)| {
            let rank = digest(folded.as_bytes(), of_text);
            let example = sentence(place, rank)?;
            Some(Span { folded, example })
        })
        .collect();
    PostingRead {
        origin: posting.origin.clone(),
        slot: Slot {
            group: posting.occupation.as_deref().and_then(Group::of),
            month: posting.date.map(Month::of),
        },
        concepts,
        unknown,
    }
}

/// A span as it is counted: small letters, one blank between words. `None` where it cannot be a name.
fn folded(span: &str) -> Option<String> {
    if span.len() > SPAN_MOST || span.contains('@') {
        return None;
    }
    let folded = span
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    (folded.chars().any(char::is_alphabetic)).then(|| scrubbed(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_folded_and_what_is_no_name_is_left_out() {
        assert_eq!(folded(" Cloud\n Run ").as_deref(), Some("cloud run"));
        assert_eq!(folded("12 + 3"), None);
        assert_eq!(folded("a@b"), None);
        assert_eq!(folded(&"long ".repeat(40)), None);
    }
}

//! Scores of what was trained, one function for each kind of data set: training prints them for validation
//! sets, `market evaluate` for any.

use std::collections::BTreeSet;

use metier_market::concept::Concepts;
use metier_market::context::Context;
use metier_market::dataset::{Asked, CodedAdvert, Marked, SpanSet};
use metier_market::dictionary::{Dictionary, Rule, vetted, with_short_forms};
use metier_market::evaluate::linking::{mean, score_links};
use metier_market::evaluate::{Estimate, Scores, SpanScores, score_names, score_spans};
use metier_market::link::table::Table;
use metier_market::link::{Linker, of_labels};
use metier_market::occupation::{Coder, Group, Occupation};
use metier_market::tagger::{Desk, Tagger};
use metier_market::train::{LinkingPart, NamesPart, OccupationsPart};
use serde::Serialize;

/// The seed of the intervals.
pub(super) const SEED: u64 = 1;

/// How the sentences of a set are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// As the set gives them.
    Given,
    /// As an advert is cut.
    Read,
}

/// The tagger's scores on sets of spans, all together.
pub(super) fn spans(tagger: &Tagger, sets: &[&SpanSet], cut: Cut) -> SpanScores {
    let (mut marked, mut named) = (Vec::new(), Vec::new());
    let mut desk = Desk::new();
    for set in sets {
        tagger.begin(&mut desk);
        for sentence in &set.sentences {
            let sentence = match cut {
                Cut::Given => sentence.clone(),
                Cut::Read => sentence.recut(),
            };
            named.push(tagger.spans(sentence.tokens.iter().map(|t| &**t), &mut desk));
            marked.push(sentence);
        }
    }
    score_spans(&marked, &named, sets.iter().all(|s| s.both_layers), SEED)
}

/// The scores of names alone on marked knowledge; absent where there is no name, or no knowledge is marked.
pub(super) fn names(concepts: &Concepts, part: Option<&NamesPart>, sets: &[&SpanSet]) -> Option<Scores> {
    let sets: Vec<_> = sets.iter().filter(|s| s.both_layers).collect();
    if concepts.is_empty() || sets.is_empty() {
        return None;
    }
    let stated = (Rule::default(), Context::default());
    let (rule, context) = part.map_or((&stated.0, &stated.1), |p| (&p.rule, &p.context));
    let dictionary = Dictionary::new(&vetted(&with_short_forms(concepts), rule));
    let marked: Vec<Marked> = sets.iter().flat_map(|s| s.sentences.iter().cloned()).collect();
    Some(score_names(&marked, &dictionary, context, SEED))
}

/// How well sentences are linked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkEvaluation {
    /// Sentences that are scored: those with a right label among the candidates.
    pub sentences: usize,
    /// Sentences left out because they have no label, or ask for something that none fits.
    pub unlabelled: usize,
    /// Sentences left out because none of their labels is among the candidates.
    pub not_among_candidates: usize,
    /// How many labels each is compared with.
    pub candidates: usize,
    /// The mean of one over the place of the best right label.
    pub mrr: Estimate,
    /// Hits among the first five over the smaller of five and how many are right.
    pub rp5: Estimate,
    /// The same of sentences none of whose labels any sentence taught; absent: there are none.
    pub never_seen: Option<NeverSeen>,
}

/// Scores on labels that no sentence of training had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeverSeen {
    /// How many sentences.
    pub sentences: usize,
    /// The mean of one over the place of the best right label.
    pub mrr: Estimate,
    /// Hits among the first five over the smaller of five and how many are right.
    pub rp5: Estimate,
}

/// Scores a linker on sentences; the candidates are `labels`, or all of ESCO's skills.
pub(super) fn links(
    skills: &Concepts,
    part: &LinkingPart,
    sentences: &[Asked],
    labels: Option<&[String]>,
) -> LinkEvaluation {
    let given = labels.map(|labels| of_labels(labels, skills));
    let concepts = given.as_ref().unwrap_or(skills);
    let labels: Vec<String> = concepts.iter().map(|(_, c)| c.label.clone()).collect();
    let known: BTreeSet<&str> = labels.iter().map(String::as_str).collect();
    let linker = Linker::new(concepts, part.trained.clone());
    let found = score_links(sentences, &labels, |sentence| linker.scores(sentence));
    let scored = |asked: &&Asked| asked.labels.iter().any(|l| known.contains(l.as_str()));
    let unseen: Vec<bool> = sentences
        .iter()
        .filter(scored)
        .map(|asked| !asked.labels.iter().any(|l| part.seen.contains(l)))
        .collect();
    let only = |values: &[f64]| -> Vec<f64> {
        let kept = values.iter().zip(&unseen).filter(|(_, new)| **new);
        kept.map(|(v, _)| *v).collect()
    };
    let (reciprocal, precise) = (only(&found.reciprocal), only(&found.precise));
    let unlabelled = sentences.iter().filter(|a| a.labels.is_empty()).count();
    LinkEvaluation {
        sentences: found.reciprocal.len(),
        unlabelled,
        not_among_candidates: found.left_out - unlabelled,
        candidates: labels.len(),
        mrr: mean(&found.reciprocal, SEED),
        rp5: mean(&found.precise, SEED),
        never_seen: (!reciprocal.is_empty()).then(|| NeverSeen {
            sentences: reciprocal.len(),
            mrr: mean(&reciprocal, SEED),
            rp5: mean(&precise, SEED),
        }),
    }
}

/// How well adverts are coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodingEvaluation {
    /// How many adverts are scored: those that the weights were not fitted to.
    pub adverts: usize,
    /// Adverts left out, for the weights were fitted to them: `market train` scores these by
    /// cross-validation.
    pub fitted_to: usize,
    /// How many are of a unit group no occupation is of; they count as wrong.
    pub unknown: usize,
    /// The share whose unit group is first.
    pub first: Estimate,
    /// The share whose unit group is among the first five.
    pub first_five: Estimate,
    /// The mean probability told of the first group.
    pub told: f64,
}

/// Scores the coder on adverts; those that its weights were fitted to are left out.
pub(super) fn codes(
    (occupations, groups): &(Vec<Occupation>, Vec<Group>),
    part: &OccupationsPart,
    table: &Table,
    adverts: &[CodedAdvert],
) -> CodingEvaluation {
    let coder = Coder::new(occupations, groups, table, part.weights);
    let new = |a: &&CodedAdvert| {
        let mark = OccupationsPart::mark(&a.title, &a.text);
        part.fitted_to.binary_search(&mark).is_err()
    };
    let scored: Vec<&CodedAdvert> = adverts.iter().filter(new).collect();
    let (mut first, mut five, mut told) = (Vec::new(), Vec::new(), 0.0);
    for advert in &scored {
        let groups = coder.code(&advert.title, &advert.text, table, 5).groups;
        let right = |most: usize| {
            let hit = groups.iter().take(most).any(|g| g.0 == advert.isco());
            f64::from(u8::from(hit))
        };
        first.push(right(1));
        five.push(right(5));
        told += groups.first().map_or(0.0, |g| g.1);
    }
    let known: BTreeSet<&str> = occupations.iter().map(|o| o.isco.as_str()).collect();
    CodingEvaluation {
        adverts: scored.len(),
        fitted_to: adverts.len() - scored.len(),
        unknown: scored.iter().filter(|a| !known.contains(a.isco())).count(),
        first: mean(&first, SEED),
        first_five: mean(&five, SEED),
        told: told / scored.len().max(1) as f64,
    }
}

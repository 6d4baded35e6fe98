//! Learning, from texts in which people marked what is asked for, which names to trust and when.

use serde::{Deserialize, Serialize};

use crate::concept::{Concepts, Trust};
use crate::dictionary::{Dictionary, Found, Rule, Thresholds, vetted};

use super::{Context, Features, Fitted, Linear, of, of_name};

/// A text with the places people marked: first byte, and the byte after the last.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    /// The text.
    pub text: &'a str,
    /// The marked places, ascending.
    pub spans: &'a [(u32, u32)],
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// Which names to trust.
    pub rule: Rule,
    /// When an ambiguous one is meant.
    pub context: Context,
    /// What the chosen thresholds gave on the parts of the training texts that were left out in turn.
    pub left_out: Tally,
    /// The same for each threshold that was tried, ascending: the threshold, and what it gave.
    pub tried: Vec<(f32, Tally)>,
}

/// How many places were found, how many of them were marked exactly so, and how many were marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Places found.
    pub found: usize,
    /// Of those, marked from the same first to the same last byte.
    pub right: usize,
    /// Places marked.
    pub marked: usize,
}

impl Tally {
    /// The share of what was found that is marked; absent when nothing was found.
    pub fn precision(&self) -> Option<f64> {
        (self.found > 0).then(|| self.right as f64 / self.found as f64)
    }

    /// The share of what is marked that was found; absent when nothing is marked.
    pub fn recall(&self) -> Option<f64> {
        (self.marked > 0).then(|| self.right as f64 / self.marked as f64)
    }
}

/// Into so many parts the texts are cut; each is left out once.
const PARTS: usize = 5;
/// What penalty on large weights the two classifiers have.
const PENALTY: f32 = 1.5e-2;
/// Which names are looked at in context, and which are trusted without.
const THRESHOLDS: Thresholds = Thresholds {
    in_context: 0.15,
    plain: 2.0,
};
/// The precision the threshold is chosen for, on the parts left out.
const WANTED: f64 = 0.64;

/// Learns the rule of vetting and the context classifier from marked texts.
///
/// `concepts` are those with all their names ([`crate::dictionary::with_short_forms`]). First every name is
/// looked for, and which of them stand where something is marked is fitted to what the names are like; then
/// the names so vetted are looked for, and which of those places are marked is fitted to what stands
/// around. The threshold is the lowest that reaches the wanted precision on texts that neither fit saw:
/// the texts are cut into five runs and each is left out in turn. The same texts in the same order and the
/// same seed give the same result.
pub fn learn(concepts: &Concepts, texts: &[Marked<'_>], seed: u64) -> Learnt {
    let every = dictionary_of_all(concepts);
    let found: Vec<Vec<Found>> = texts.iter().map(|marked| every.find(marked.text)).collect();

    let mut judged: Vec<(f32, bool)> = Vec::new();
    for part in 0..PARTS {
        let is_out = |at: usize| at * PARTS / texts.len().max(1) == part;
        let kept = |at: &usize| !is_out(*at);
        let rule = fit_rule(texts, &found, kept, seed);
        let dictionary = Dictionary::new(&vetted(concepts, &rule));
        let context = fit_context(texts, &dictionary, kept, seed);
        for marked in (0..texts.len()).filter(|at| is_out(*at)).map(|at| &texts[at]) {
            let names = dictionary.find(marked.text);
            let mut scores = Vec::new();
            context.score_into(marked.text, &names, &mut scores);
            judged.extend(
                names
                    .iter()
                    .zip(scores)
                    .map(|(name, score)| (score, marked.holds(name))),
            );
        }
    }
    let marked = texts.iter().map(|t| t.spans.len()).sum();
    let tried: Vec<_> = (1..20_u8)
        .map(|n| {
            let threshold = f32::from(n) / 20.0;
            let kept = judged.iter().filter(|(score, _)| *score >= threshold);
            let tally = Tally {
                found: kept.clone().count(),
                right: kept.filter(|(_, right)| *right).count(),
                marked,
            };
            (threshold, tally)
        })
        .collect();
    let (threshold, left_out) = tried
        .iter()
        .find(|(_, tally)| tally.precision().is_some_and(|p| p >= WANTED))
        .or(tried.get(9))
        .copied()
        .unwrap_or_default();

    let rule = fit_rule(texts, &found, |_| true, seed);
    let mut context = fit_context(texts, &Dictionary::new(&vetted(concepts, &rule)), |_| true, seed);
    if let Some(fitted) = &mut context.learnt {
        fitted.threshold = threshold;
    }
    Learnt {
        rule,
        context,
        left_out,
        tried,
    }
}

impl Marked<'_> {
    fn holds(&self, name: &Found) -> bool {
        self.spans.contains(&(name.start, name.end))
    }
}

/// The dictionary of every name there is.
fn dictionary_of_all(concepts: &Concepts) -> Dictionary {
    let all = concepts
        .iter()
        .map(|(_, concept)| {
            let mut made = concept.clone();
            for name in &mut made.names {
                name.trust = Trust::InContext;
            }
            made
        })
        .collect();
    Dictionary::new(&Concepts::new(all))
}

fn fit_rule(texts: &[Marked<'_>], found: &[Vec<Found>], kept: impl Fn(&usize) -> bool, seed: u64) -> Rule {
    let mut examples = Vec::new();
    for at in (0..texts.len()).filter(kept) {
        for name in &found[at] {
            let words = &texts[at].text[name.start as usize..name.end as usize];
            let mut features = Features::default();
            of_name(name.traits, words, &mut features);
            examples.push((features, texts[at].holds(name)));
        }
    }
    Rule::learnt(Linear::fit(&examples, PENALTY, seed), THRESHOLDS)
}

fn fit_context(
    texts: &[Marked<'_>],
    dictionary: &Dictionary,
    kept: impl Fn(&usize) -> bool,
    seed: u64,
) -> Context {
    let mut examples = Vec::new();
    for at in (0..texts.len()).filter(kept) {
        let names = dictionary.find(texts[at].text);
        for which in 0..names.len() {
            let mut features = Features::default();
            of(texts[at].text, &names, which, &mut features);
            examples.push((features, texts[at].holds(&names[which])));
        }
    }
    Context {
        learnt: Some(Fitted {
            linear: Linear::fit(&examples, PENALTY, seed),
            threshold: 0.5,
        }),
    }
}

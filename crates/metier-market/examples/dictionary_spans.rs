//! What the dictionary alone gives on marked texts, by which names it holds.
//!
//! `cargo run --release -p metier-market --example dictionary_spans [-- SPLIT [FILE]]`, with `METIER_DATA`:
//! the split is "dev" where none is said; the index vetted by the stated rule is written into FILE.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made says so by panicking"
)]

#[path = "../tests/real/mod.rs"]
mod real;

use metier_market::concept::{Concepts, Scheme, Trust};
use metier_market::context::{Context, Marked, Tally, learn};
use metier_market::dictionary::{Dictionary, Rule, vetted, with_short_forms};
use real::Sentence;

/// The index without the concepts of a scheme and with every name's trust set anew.
fn only(concepts: &Concepts, keep: impl Fn(Scheme) -> bool, trust: Trust) -> Concepts {
    let kept = concepts.iter().map(|(_, concept)| {
        let mut made = concept.clone();
        for name in &mut made.names {
            name.trust = trust;
        }
        made
    });
    Concepts::new(kept.filter(|c| keep(c.scheme)).collect())
}

/// What was found of each sentence, how much of it was marked so, and how much was marked.
fn tallies(sentences: &[Sentence], dictionary: &Dictionary, context: &Context) -> Vec<(Tally, usize)> {
    sentences
        .iter()
        .map(|sentence| {
            let mentions = context.mentions(&sentence.text, &dictionary.find(&sentence.text));
            let is = |spans: &[(u32, u32)]| {
                mentions
                    .iter()
                    .filter(|m| spans.contains(&(m.start, m.end)))
                    .count()
            };
            let touched = mentions
                .iter()
                .filter(|m| sentence.knowledge.iter().any(|(a, b)| m.start < *b && *a < m.end))
                .count();
            let tally = Tally {
                found: mentions.len(),
                right: is(&sentence.knowledge),
                marked: sentence.knowledge.len(),
            };
            (tally, touched)
        })
        .collect()
}

fn sum<'a>(tallies: impl Iterator<Item = &'a (Tally, usize)>) -> (Tally, usize) {
    tallies.fold((Tally::default(), 0), |(a, touched), (b, more)| {
        let tally = Tally {
            found: a.found + b.found,
            right: a.right + b.right,
            marked: a.marked + b.marked,
        };
        (tally, touched + more)
    })
}

fn rates(tally: Tally) -> [f64; 3] {
    let (p, r) = (tally.precision().unwrap_or(0.0), tally.recall().unwrap_or(0.0));
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
}

/// One line: the figures, each with the middle 95% of 1000 resamples of sentences.
fn row(name: &str, sentences: &[Sentence], dictionary: &Dictionary, context: &Context) {
    let all = tallies(sentences, dictionary, context);
    let (whole, touched) = sum(all.iter());
    let mut state = 1_u64;
    let mut drawn: Vec<[f64; 3]> = Vec::new();
    for _ in 0..1000 {
        let resample = (0..all.len()).map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            &all[usize::try_from((state >> 33) % all.len() as u64).unwrap()]
        });
        drawn.push(rates(sum(resample).0));
    }
    let figures: Vec<_> = rates(whole)
        .into_iter()
        .enumerate()
        .map(|(which, figure)| {
            let mut values: Vec<_> = drawn.iter().map(|d| d[which]).collect();
            values.sort_by(f64::total_cmp);
            format!("{figure:.3} ({:.3} to {:.3})", values[25], values[974])
        })
        .collect();
    println!(
        "| {name} | {} | {}/{} | {} | {:.3} |",
        dictionary.len(),
        whole.right,
        whole.found,
        figures.join(" | "),
        touched as f64 / whole.found.max(1) as f64,
    );
}

fn main() {
    let split = std::env::args().nth(1).unwrap_or_else(|| "dev".to_owned());
    let (Some(plain), Some(sentences), Some(train)) = (
        real::concepts(),
        real::skillspan(&split),
        real::skillspan("train"),
    ) else {
        return;
    };
    let concepts = with_short_forms(&plain);
    println!("| names | how many | right / found | precision | recall | F1 | touching a span |");
    println!("|---|---|---|---|---|---|---|");
    let none = Context::default();
    let esco = |s| s == Scheme::Esco;
    let show = |name: &str, concepts: &Concepts, context: &Context| {
        row(
            name,
            &sentences,
            &Dictionary::without_inflection(concepts),
            context,
        );
        let inflected = Dictionary::new(concepts);
        row(&format!("{name}, inflected"), &sentences, &inflected, context);
    };
    show("ESCO, preferred", &only(&plain, esco, Trust::SearchOnly), &none);
    show("ESCO, all", &only(&plain, esco, Trust::Plain), &none);
    let both = only(&plain, |_| true, Trust::SearchOnly);
    show("preferred and technologies", &both, &none);
    let every = only(&concepts, |_| true, Trust::Plain);
    show("all, with short forms", &every, &none);
    let stated = vetted(&concepts, &Rule::default());
    show(
        "stated rule, names in context left out",
        &plain_only(&stated),
        &none,
    );
    show("stated rule and stated context", &stated, &none);
    let texts: Vec<Marked<'_>> = train.iter().map(Sentence::marked).collect();
    let learnt = learn(&concepts, &texts, 1);
    let chosen = vetted(&concepts, &learnt.rule);
    show("learnt rule and stated context", &chosen, &none);
    show("learnt rule and learnt context", &chosen, &learnt.context);
    println!(
        "the learnt pair has {} bytes",
        serde_json::to_vec(&learnt).unwrap().len()
    );
    println!(
        "left out in turn: {:?}; threshold {}",
        learnt.left_out,
        learnt.context.threshold()
    );
    for (threshold, tally) in &learnt.tried {
        println!("{threshold:.2} {tally:?} {:.3?}", rates(*tally));
    }
    if let Some(file) = std::env::args().nth(2) {
        std::fs::write(&file, serde_json::to_vec(&stated).unwrap()).unwrap();
    }
}

/// Without the names that need context.
fn plain_only(concepts: &Concepts) -> Concepts {
    let all = concepts.iter().map(|(_, concept)| {
        let mut made = concept.clone();
        for name in &mut made.names {
            if name.trust == Trust::InContext {
                name.trust = Trust::SearchOnly;
            }
        }
        made
    });
    Concepts::new(all.collect())
}

//! The dictionary on marked adverts, in exact counts. Without `METIER_DATA` nothing is checked, and it says so.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up says so by panicking"
)]

mod real;

use metier_market::concept::{Concepts, Scheme};
use metier_market::context::{Context, Marked, learn};
use metier_market::dictionary::{Dictionary, Rule, vetted, with_short_forms};

/// Found, and marked exactly so as knowledge.
fn counts(sentences: &[real::Sentence], concepts: &Concepts, context: &Context) -> (usize, usize) {
    let dictionary = Dictionary::new(concepts);
    let mut counts = (0, 0);
    for sentence in sentences {
        let mentions = context.mentions(&sentence.text, &dictionary.find(&sentence.text));
        counts.0 += mentions.len();
        counts.1 += mentions
            .iter()
            .filter(|m| sentence.knowledge.contains(&(m.start, m.end)))
            .count();
    }
    counts
}

#[test]
fn what_is_learnt_on_train_is_precise_on_dev_and_finds_more_than_preferred_labels() {
    let (Some(plain), Some(train), Some(dev)) =
        (real::concepts(), real::skillspan("train"), real::skillspan("dev"))
    else {
        return;
    };
    let esco = plain
        .iter()
        .filter(|(_, c)| c.scheme == Scheme::Esco)
        .map(|(_, c)| c.clone());
    let preferred = counts(&dev, &Concepts::new(esco.collect()), &Context::default());
    let concepts = with_short_forms(&plain);
    let stated = counts(&dev, &vetted(&concepts, &Rule::default()), &Context::default());
    let texts: Vec<Marked<'_>> = train.iter().map(real::Sentence::marked).collect();
    let learnt = learn(&concepts, &texts, 1);
    let (found, right) = counts(&dev, &vetted(&concepts, &learnt.rule), &learnt.context);
    println!(
        "preferred {preferred:?}, stated {stated:?}, learnt {:?}",
        (found, right)
    );
    assert!(right * 100 >= found * 60, "precision {right} of {found}");
    assert!(right >= preferred.1, "recall {right} against {}", preferred.1);
    // The stated rule needs no training: more right, and a larger share of what it finds.
    assert!(stated.1 > preferred.1 && stated.1 * preferred.0 > preferred.1 * stated.0);
}

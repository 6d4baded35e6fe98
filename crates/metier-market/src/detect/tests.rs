use super::*;
use crate::concept::{Concept, ConceptId, Name, Scheme, Sort, Trust};
use crate::dataset::{Marked, Span, SpanSet};
use crate::link::table::Table;
use crate::train::{Plan, Settings, TaggerData, train_tagger};

fn concept(label: &str, trust: Option<Trust>) -> Concept {
    Concept {
        scheme: Scheme::Esco,
        key: label.to_owned(),
        sort: Sort::Skill,
        label: label.to_owned(),
        names: trust
            .map(|trust| Name {
                text: label.to_owned(),
                trust,
            })
            .into_iter()
            .collect(),
        description: String::new(),
        broader: Vec::new(),
    }
}

/// "Go" is ambiguous, "bake bread" is for searching only: what is said of it is found by the tagger.
fn concepts() -> Concepts {
    Concepts::new(vec![
        concept("Rust", None),
        concept("Go", Some(Trust::InContext)),
        concept("bake bread", Some(Trust::SearchOnly)),
    ])
}

/// A tagger that was taught to mark two words behind "You will".
fn model() -> Model {
    let verbs = ["bake", "sell", "paint", "count"];
    let things = ["bread", "boats", "Rust", "bees"];
    let sentences = (0..96)
        .map(|n| {
            let (verb, thing) = (verbs[n % 4], things[n / 4 % 4]);
            let marked = n % 3 != 0;
            let text = if marked {
                format!("You will {verb} {thing} here .")
            } else {
                format!("We are {thing} of old .")
            };
            Marked {
                tokens: text.split(' ').map(Into::into).collect(),
                skill: marked.then_some(Span { start: 2, end: 4 }).into_iter().collect(),
                knowledge: Vec::new(),
            }
        })
        .collect();
    let plan = Plan {
        network: Settings {
            width: 12,
            hidden: 16,
            rounds: 8,
            batch: 4,
            rate: 0.02,
            ..Settings::default()
        },
        folds: 2,
        teachers: 0,
        unmarked: 0,
    };
    let data = TaggerData {
        marked: vec![SpanSet {
            sentences,
            both_layers: true,
        }],
        texts: vec!["You will bake bread here. You will sell boats here.".to_owned(); 4],
        adverts: Vec::new(),
    };
    train_tagger(&data, &plan, 1, |_| ()).unwrap().model
}

fn linking() -> link::Trained {
    let values = [1.0, 0.0, 0.0, 1.0, 0.9, 0.1];
    let table = Table::quantise("bread\nRust\nbake".to_owned(), 2, &values, &[1.0; 3]);
    link::Trained {
        threshold: 0.99,
        ..link::Trained::of(table)
    }
}

fn words(text: &str, mentions: &[Mention]) -> Vec<(String, Option<u32>, Stage)> {
    mentions
        .iter()
        .map(|m| (m.words(text).to_owned(), m.concept.map(|c| c.0), m.stage))
        .collect()
}

const TEXT: &str = "You will bake bread here. You will sell boats here. You will paint Rust here. \
                    Experience with Go, Rust and Linux. Go to the counter.";

#[test]
fn without_trained_parts_it_is_the_dictionary_and_the_stated_rule_of_context() {
    let concepts = concepts();
    let detector = Detector::new(&concepts);
    let dictionary = Dictionary::new(&concepts);
    assert_eq!(
        detector.mentions(TEXT),
        Context::default().mentions(TEXT, &dictionary.find(TEXT))
    );
    let found = words(TEXT, &detector.mentions(TEXT));
    assert!(
        found.contains(&("Go".into(), Some(1), Stage::NameInContext)),
        "{found:?}"
    );
    assert_eq!(found.len(), 3, "the order to go is no language: {found:?}");
}

#[test]
fn every_stage_adds_its_part_and_names_stay_inside_spans() {
    let concepts = concepts();
    let named = Detector::new(&concepts);
    let parts = Parts {
        tagger: Some(model()),
        ..Parts::default()
    };
    let tagging = Detector::with(&concepts, parts.clone()).unwrap();
    let linked = Parts {
        linking: Some(linking()),
        ..parts
    };
    let linking = Detector::with(&concepts, linked).unwrap();
    let of_dictionary = words(TEXT, &named.mentions(TEXT));
    let tagged = words(TEXT, &tagging.mentions(TEXT));
    for name in &of_dictionary {
        assert!(tagged.contains(name), "{name:?} in {tagged:?}");
    }
    assert!(
        tagged.contains(&("bake bread".into(), None, Stage::Tagged)),
        "{tagged:?}"
    );
    assert!(
        tagged.contains(&("sell boats".into(), None, Stage::Tagged)),
        "{tagged:?}"
    );
    assert!(
        tagged.iter().all(|(said, ..)| said != "paint Rust"),
        "the name inside is what is asked for: {tagged:?}"
    );
    // Of the spans one is a concept's name; the other is like none.
    let all = words(TEXT, &linking.mentions(TEXT));
    assert!(
        all.contains(&("bake bread".into(), Some(2), Stage::Tagged)),
        "{all:?}"
    );
    assert!(
        all.contains(&("sell boats".into(), None, Stage::Tagged)),
        "{all:?}"
    );
    let methods = [named.method(), tagging.method(), linking.method()];
    assert!(methods[0] != methods[1] && methods[1] != methods[2] && methods[0] != methods[2]);
    assert_eq!(named.method(), Detector::new(&concepts).method());
    for mentions in [
        named.mentions(TEXT),
        tagging.mentions(TEXT),
        linking.mentions(TEXT),
    ] {
        assert!(mentions.windows(2).all(|two| two[0].end <= two[1].start));
    }
}

#[test]
fn neither_the_order_of_texts_nor_threads_nor_what_is_remembered_change_what_is_found() {
    let parts = Parts {
        tagger: Some(model()),
        linking: Some(linking()),
        ..Parts::default()
    };
    let detector = Detector::with(&concepts(), parts).unwrap();
    let texts: Vec<String> = (0..40)
        .map(|n| {
            format!(
                "{} You will count bees{n} here. {TEXT}",
                "We are bees of old. ".repeat(n % 3)
            )
        })
        .collect();
    let fresh: Vec<_> = texts.iter().map(|t| detector.mentions(t)).collect();
    assert!(fresh.iter().all(|m| m.iter().any(|m| m.stage == Stage::Tagged)));
    let mut one = detector.detecting();
    let mut backwards: Vec<_> = texts.iter().rev().map(|t| one.mentions(t)).collect();
    backwards.reverse();
    assert_eq!(backwards, fresh);
    for threads in [1, 3] {
        let (mut pieces, mut found) = (texts.iter(), Vec::new());
        crate::stream::in_order_with(
            threads,
            || pieces.next(),
            || detector.detecting(),
            |detecting, text: &String| detecting.mentions(text),
            |mentions| {
                found.push(mentions);
                std::ops::ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!(found, fresh, "{threads} threads");
    }
}

#[test]
fn of_a_text_without_end_the_tagger_reads_the_beginning_and_names_are_found_in_all() {
    let parts = Parts {
        tagger: Some(model()),
        ..Parts::default()
    };
    let detector = Detector::with(&concepts(), parts).unwrap();
    let text = format!(
        "You will bake bread here. {}. You will sell boats with Rust.",
        "\u{e9} ".repeat(TAGGED_MOST / 2)
    );
    let found = detector.mentions(&text);
    let last = found.last().map(|m| (m.concept, m.stage));
    assert_eq!(last, Some((Some(ConceptId(0)), Stage::Name)));
    assert!(
        found
            .iter()
            .all(|m| m.stage != Stage::Tagged || (m.end as usize) <= TAGGED_MOST)
    );
}

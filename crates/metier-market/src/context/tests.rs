//! Ambiguous names in sentences of our own.

use super::*;
use crate::concept::{Concept, Concepts, Scheme, Sort};
use crate::dictionary::{Dictionary, Rule, vetted};

/// Technologies whose names are also words, in an index that has too few descriptions to know.
fn dictionary() -> Dictionary {
    let names = [
        "R",
        "Go",
        "Excel",
        "Access",
        "Word",
        "Less",
        "Swift",
        "Spring",
        "Rust",
        "Python",
        "Java",
        "Kubernetes",
    ];
    let all = names.map(|label| Concept {
        scheme: Scheme::OnetTechnology,
        key: label.to_owned(),
        sort: Sort::Technology,
        label: label.to_owned(),
        names: Vec::new(),
        description: String::new(),
        broader: Vec::new(),
    });
    Dictionary::new(&vetted(&Concepts::new(all.to_vec()), &Rule::default()))
}

#[test]
fn the_stated_rule_reads_a_name_by_its_capital_and_its_neighbours() {
    let dictionary = dictionary();
    let context = Context::default();
    for (text, expected) in [
        ("Experience with Excel and Word is a plus", vec!["Excel"]),
        ("You will excel in a team that likes to go far", vec![]),
        ("Excel in everything you do", vec![]),
        ("Go to our page", vec![]),
        ("Services written in Go, deployed daily", vec!["Go"]),
        ("access to the building, less than a day", vec![]),
        ("We manage Access requests", vec![]),
        ("Statistics in R, reports in print", vec!["R"]),
        ("a swift answer in spring", vec![]),
    ] {
        let mentions = context.mentions(text, &dictionary.find(text));
        let found: Vec<_> = mentions.iter().map(|m| m.words(text)).collect();
        assert!(expected.iter().all(|e| found.contains(e)), "{text}: {found:?}");
        assert!(!expected.is_empty() || found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_classifier_is_learnt_from_marked_texts_and_a_seed_gives_one_result() {
    let concepts = with_descriptions();
    let lines: Vec<(String, Vec<(u32, u32)>)> = (0..200)
        .map(|n| {
            if n % 2 == 0 {
                (format!("we write code in Go every day {n}"), vec![(17, 19)])
            } else {
                (format!("we like to go out every day {n}"), vec![])
            }
        })
        .collect();
    let texts: Vec<_> = lines.iter().map(|(text, spans)| Marked { text, spans }).collect();
    let learnt = learn(&concepts, &texts, 5);
    let dictionary = Dictionary::new(&vetted(&concepts, &learnt.rule));
    let kept = |text: &str| learnt.context.mentions(text, &dictionary.find(text)).len();
    assert_eq!(
        (kept("they write tools in Go"), kept("they like to go home")),
        (1, 0)
    );
    assert_eq!(learnt, learn(&concepts, &texts, 5));
    let file = serde_json::to_string(&learnt).unwrap();
    assert_eq!(serde_json::from_str::<Learnt>(&file).unwrap(), learnt);
}

fn with_descriptions() -> Concepts {
    Concepts::new(vec![Concept {
        scheme: Scheme::OnetTechnology,
        key: "Go".to_owned(),
        sort: Sort::Technology,
        label: "Go".to_owned(),
        names: Vec::new(),
        description: String::new(),
        broader: Vec::new(),
    }])
}

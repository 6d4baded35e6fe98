//! Training and linking from end to end: on a few sentences of our own, and, where `METIER_DATA` is there, on
//! ESCO and public data sets, whose figures are held to floors a little under those measured.
#![allow(clippy::unwrap_used, missing_docs)]

use metier_market::concept::{Concept, ConceptId, Concepts, Name, Scheme, Sort, Trust};
use metier_market::dataset::Asked;
use metier_market::evaluate::linking::{mean, score_links};
use metier_market::link::table::Table;
use metier_market::link::{Lessons, Linker, Trained, train};

#[path = "support/esco.rs"]
#[allow(dead_code)]
mod esco;

fn table() -> Table {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/static-table.bin");
    Table::from_bytes(&std::fs::read(file).unwrap()).unwrap()
}

/// Label, other names, definition.
const CONCEPTS: [(&str, &[&str], &str); 6] = [
    ("bake bread", &["make loaves"], "Knead dough and bake it."),
    ("drive lorries", &["operate trucks"], "Carry goods by road."),
    (
        "keep accounts",
        &["do bookkeeping"],
        "Record what is earned and spent.",
    ),
    (
        "calm patients",
        &["reassure the sick"],
        "Take fear from those who are ill.",
    ),
    (
        "repair roofs",
        &["mend roofing"],
        "Replace broken tiles and gutters.",
    ),
    (
        "grow vegetables",
        &["cultivate greens"],
        "Sow, water and harvest.",
    ),
];

fn concepts() -> Concepts {
    let concept = |(label, names, description): (&str, &[&str], &str)| Concept {
        scheme: Scheme::Esco,
        key: label.to_owned(),
        sort: Sort::Skill,
        label: label.to_owned(),
        names: names
            .iter()
            .map(|&text| Name {
                text: text.to_owned(),
                trust: Trust::SearchOnly,
            })
            .collect(),
        description: description.to_owned(),
        broader: Vec::new(),
    };
    Concepts::new(CONCEPTS.into_iter().map(concept).collect())
}

fn asked(sentence: &str, label: &str) -> Asked {
    Asked {
        sentence: sentence.to_owned(),
        labels: vec![label.to_owned()],
    }
}

#[test]
fn a_trained_linker_links_what_it_was_told_and_is_the_same_each_time() {
    // Sentences that share no word with the names of what they ask for.
    let sentences = [
        asked("Our ovens start at four", "bake bread"),
        asked("You love long hauls", "drive lorries"),
        asked("Ledgers hold no terror", "keep accounts"),
        asked("A soothing voice on the ward", "calm patients"),
        asked("No fear of heights", "repair roofs"),
        asked("Green fingers wanted", "grow vegetables"),
    ];
    let (concepts, table) = (concepts(), table());
    let tune = || Lessons::new(&table, &concepts, &sentences).tune(&table, 3);
    let trained = tune();
    assert_eq!(tune().to_bytes(), trained.to_bytes());
    let linker = Linker::new(&concepts, trained);
    for asked in &sentences {
        let link = linker.rank(&asked.sentence, 1)[0];
        assert_eq!(
            CONCEPTS[link.concept.0 as usize].0, asked.labels[0],
            "{}",
            asked.sentence
        );
    }
    assert_eq!(linker.rank("make loaves", 1)[0].concept, ConceptId(0));
}

#[test]
fn training_reports_what_it_kept_apart_and_needs_no_sentences() {
    let (concepts, table) = (concepts(), table());
    let sentences: Vec<Asked> = (0..10)
        .map(|i| asked("bread baking", CONCEPTS[i % 2].0))
        .collect();
    let (_, report) = train(&concepts, &sentences, &table, 1);
    // 6 names, 6 definitions, 10 sentences twice. The two kept apart are the same words with different labels:
    // at best one is first and the other second; with neither first it would be 5/12 at most.
    assert_eq!((report.lessons, report.sentences), (32, 10));
    assert!(
        (0.5..=0.75).contains(&report.kept_apart.unwrap().value),
        "{report:?}"
    );
    let (trained, report) = train(&concepts, &[], &table, 1);
    assert!(report.kept_apart.is_none() && trained.curve[0] > 0.0);
}

#[test]
fn on_public_data_links_are_as_good_as_was_measured() {
    let Some(folder) = esco::folder() else { return };
    let skills = esco::skills(&folder);
    let (sentences, given) = esco::validation(&folder);
    let of = esco::of_labels(&given, &skills);
    let table = table();
    let figure = |concepts: &Concepts, trained: Trained, sentences: &[Asked]| {
        let linker = Linker::new(concepts, trained);
        let labels: Vec<String> = concepts.iter().map(|(_, c)| c.label.clone()).collect();
        score_links(sentences, &labels, |s| linker.scores(s))
    };
    let all = Concepts::new(skills);
    let untuned = figure(&of, Trained::of(table.clone()), &sentences);
    assert_eq!((untuned.precise.len(), untuned.left_out), (136, 42));
    assert!(mean(&untuned.precise, 1).value > 0.44);

    let training = esco::skillskape(&folder, "train");
    let trained = Lessons::new(&table, &all, &training).tune(&table, 1);
    let found = figure(&of, trained.clone(), &sentences);
    assert!(mean(&found.precise, 1).value > 0.56);
    let found = figure(&all, trained, &esco::skillskape(&folder, "dev"));
    assert_eq!((found.reciprocal.len(), found.left_out), (1178, 138));
    assert!(mean(&found.reciprocal, 1).value > 0.68);
}

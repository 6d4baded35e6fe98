use proptest::prelude::*;

use super::*;
use crate::concept::{Concept, Name, Scheme, Sort};

fn concept(scheme: Scheme, label: &str, names: &[(&str, Trust)]) -> Concept {
    Concept {
        scheme,
        key: label.to_owned(),
        sort: Sort::Knowledge,
        label: label.to_owned(),
        names: names
            .iter()
            .map(|(text, trust)| Name {
                text: (*text).to_owned(),
                trust: *trust,
            })
            .collect(),
        description: String::new(),
        broader: Vec::new(),
    }
}

#[test]
fn the_leftmost_and_longest_name_is_found_and_only_whole_words() {
    let concepts = Concepts::new(vec![
        concept(
            Scheme::Esco,
            "project management",
            &[("projects", Trust::SearchOnly)],
        ),
        concept(Scheme::Esco, "management", &[("lead", Trust::InContext)]),
        concept(Scheme::OnetTechnology, "C++", &[]),
    ]);
    let text =
        "Project Management, projects; MANAGEMENT in C++ or C. Lead; mismanagement. Project\nmanagement";
    let found: Vec<_> = Dictionary::new(&concepts)
        .find(text)
        .into_iter()
        .map(|f| (&text[f.start as usize..f.end as usize], f.concept.0, f.in_context))
        .collect();
    assert_eq!(
        found,
        [
            ("Project Management", 0, false),
            ("MANAGEMENT", 1, false),
            ("C++", 2, false),
            ("Lead", 1, true),
            ("management", 1, false),
        ]
    );
}

#[test]
fn a_shared_name_belongs_to_the_earlier_scheme() {
    let concepts = Concepts::new(vec![
        concept(Scheme::Esco, "Git", &[]),
        concept(Scheme::Own, "Keep history", &[("git", Trust::Plain)]),
    ]);
    let found = Dictionary::new(&concepts).find("git");
    assert_eq!(found[0].concept, ConceptId(1));
}

#[test]
fn a_label_with_a_trust_of_its_own_has_that() {
    let concepts = Concepts::new(vec![
        concept(Scheme::Esco, "Swift", &[("Swift", Trust::InContext)]),
        concept(Scheme::Esco, "plan", &[("plan", Trust::SearchOnly)]),
    ]);
    let dictionary = Dictionary::new(&concepts);
    let found = dictionary.find("a plan for Swift");
    assert_eq!((dictionary.len(), found.len(), found[0].in_context), (1, 1, true));
}

#[test]
fn a_phrase_is_found_by_the_forms_of_its_words_and_a_single_word_only_as_written() {
    let concepts = Concepts::new(vec![
        concept(Scheme::Esco, "test solar panel", &[]),
        concept(Scheme::Esco, "Excel", &[]),
    ]);
    let text = "Tested solar panels. You excelled, excels. Excel";
    let spans = |dictionary: &Dictionary| -> Vec<&str> {
        let found = dictionary.find(text);
        found
            .iter()
            .map(|f| &text[f.start as usize..f.end as usize])
            .collect()
    };
    assert_eq!(
        spans(&Dictionary::new(&concepts)),
        ["Tested solar panels", "Excel"]
    );
    assert_eq!(spans(&Dictionary::without_inflection(&concepts)), ["Excel"]);
}

#[test]
fn words_are_known_whatever_their_case_and_length() {
    let concepts = Concepts::new(vec![
        concept(Scheme::Esco, "Électrotechnique", &[]),
        concept(Scheme::Esco, "straße", &[]),
        concept(Scheme::Esco, "otorhinolaryngological examinations", &[]),
        concept(Scheme::Esco, ".NET", &[]),
    ]);
    let dictionary = Dictionary::new(&concepts);
    let text = "ÉLECTROTECHNIQUE Straße Otorhinolaryngological Examinations (.net) electrotechnique";
    assert_eq!(dictionary.find(text).len(), 4);
    let looked_up = dictionary.look_up(text);
    assert_eq!((looked_up.words, looked_up.known), (6, 5));
}

/// Leftmost and longest, tried name by name at each word.
fn plainly(names: &[String], text: &str) -> Vec<(u32, u32)> {
    let cut: Vec<_> = words(text).collect();
    let small = |text: &str| words(text).map(|w| w.of(text).to_lowercase()).collect::<Vec<_>>();
    let names: Vec<_> = names.iter().map(|name| small(name)).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < cut.len() {
        let fits = |name: &&Vec<String>| {
            !name.is_empty()
                && at + name.len() <= cut.len()
                && cut[at + 1..at + name.len()].iter().all(|w| w.joined)
                && name
                    .iter()
                    .zip(&cut[at..])
                    .all(|(n, w)| *n == w.of(text).to_lowercase())
        };
        let longest = names.iter().filter(fits).map(Vec::len).max();
        if let Some(length) = longest {
            found.push((cut[at].start, cut[at + length - 1].end));
        }
        at += longest.unwrap_or(1);
    }
    found
}

proptest! {
    #[test]
    fn the_tree_finds_what_trying_every_name_finds(
        names in prop::collection::vec("(a|B|cc|é|longerword|C#)( (a|b|cc|É|longerword)){0,4}", 1..12),
        text in "((a|b|CC|é|LongerWord|c#|x)( |, |-|\\. | {5})){0,40}",
    ) {
        let all = names.iter().map(|name| concept(Scheme::Esco, name, &[])).collect();
        let dictionary = Dictionary::without_inflection(&Concepts::new(all));
        let found: Vec<_> = dictionary.find(&text).iter().map(|f| (f.start, f.end)).collect();
        prop_assert_eq!(found, plainly(&names, &text));
    }

    #[test]
    fn joined_indexes_find_what_either_finds_alone_of_single_words(
        one in prop::collection::btree_set("[a-e]{1,2}", 1..8),
        other in prop::collection::btree_set("[a-e]{1,2}", 1..8),
        text in "([a-e]{1,2} ){0,30}",
    ) {
        let of = |names: &std::collections::BTreeSet<String>, scheme| -> Vec<Concept> {
            names.iter().map(|name| concept(scheme, name, &[])).collect()
        };
        let (esco, own) = (of(&one, Scheme::Esco), of(&other, Scheme::Own));
        let places = |concepts: Vec<Concept>| -> std::collections::BTreeSet<(u32, Scheme)> {
            let concepts = Concepts::new(concepts);
            let found = Dictionary::new(&concepts).find(&text);
            found.iter().map(|f| (f.start, f.traits.scheme)).collect()
        };
        let owned: std::collections::BTreeSet<_> = places(own.clone());
        let mut expected = owned.clone();
        // The person's own name wins where both have it.
        expected.extend(places(esco.clone()).into_iter().filter(|(at, _)| !owned.contains(&(*at, Scheme::Own))));
        prop_assert_eq!(places([esco, own].concat()), expected);
    }
}

#[test]
fn short_forms_are_what_people_write() {
    let mut excel = concept(Scheme::OnetTechnology, "Microsoft Excel", &[]);
    excel.sort = Sort::Technology;
    let others = ["Word", "Access", "Teams", "Visio"]
        .map(|p| concept(Scheme::OnetTechnology, &format!("Microsoft {p}"), &[]));
    let rest = [
        concept(Scheme::Esco, "Java (computer programming)", &[]),
        concept(Scheme::OnetTechnology, "Structured query language SQL", &[]),
        concept(Scheme::OnetTechnology, "Version control software", &[]),
        concept(Scheme::OnetTechnology, "Rare Maker Thing", &[]),
    ];
    let concepts = Concepts::new([vec![excel], others.to_vec(), rest.to_vec()].concat());
    let made = with_short_forms(&concepts);
    let names = |at: u32| -> Vec<String> {
        let names = &made.get(ConceptId(at)).unwrap().names;
        names.iter().map(|n| n.text.clone()).collect()
    };
    assert_eq!(names(0), ["Excel"]);
    assert_eq!(names(5), ["Java"]);
    assert_eq!(names(6), ["Structured query language", "SQL"]);
    assert_eq!(names(7), ["Version control"]);
    assert!(names(8).is_empty());
}

#[test]
fn vetting_keeps_what_people_name_themselves_and_doubts_common_words() {
    let texts = [
        "the form of access that a reader is given to a place and to what is in it",
        "kept",
    ];
    let mut all: Vec<Concept> = (0..1200)
        .map(|n| {
            let mut made = concept(Scheme::Esco, &format!("thing number{n}"), &[]);
            texts[0].clone_into(&mut made.description);
            made
        })
        .collect();
    all.push(concept(
        Scheme::Esco,
        "public access",
        &[("access", Trust::SearchOnly)],
    ));
    let mut access = concept(
        Scheme::OnetTechnology,
        "Microsoft Access",
        &[("Access", Trust::SearchOnly)],
    );
    access.sort = Sort::Technology;
    all.push(access);
    all.push(concept(Scheme::Esco, "Haskell", &[]));
    all.push(concept(Scheme::Own, "form", &[("access", Trust::InContext)]));
    let made = vetted(&Concepts::new(all), &Rule::default());
    let trust = |at: u32| made.get(ConceptId(at)).unwrap().names.first().map(|n| n.trust);
    assert_eq!(
        [trust(1200), trust(1202), trust(1203)],
        [Some(Trust::SearchOnly), None, Some(Trust::InContext)]
    );
    let excel = made.get(ConceptId(1201)).unwrap();
    assert_eq!(
        Dictionary::new(&made).find("Haskell and microsoft access").len(),
        2
    );
    assert_eq!(excel.label, "Microsoft Access");
}

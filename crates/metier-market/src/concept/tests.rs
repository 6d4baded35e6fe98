use proptest::prelude::*;

use super::*;

/// A concept with other names for searching.
pub(crate) fn concept(scheme: Scheme, label: &str, names: &[&str]) -> Concept {
    Concept {
        scheme,
        key: label.to_owned(),
        sort: Sort::Knowledge,
        label: label.to_owned(),
        names: names
            .iter()
            .map(|text| Name {
                text: (*text).to_owned(),
                trust: Trust::SearchOnly,
            })
            .collect(),
        description: String::new(),
        broader: Vec::new(),
    }
}

fn concepts() -> Concepts {
    Concepts::new(vec![
        concept(
            Scheme::Esco,
            "Java (computer programming)",
            &["programming in Java", "object oriented Java"],
        ),
        concept(Scheme::Esco, "project management", &["manage projects"]),
        concept(Scheme::Esco, "agile project management", &["Scrum"]),
        concept(Scheme::OnetTechnology, "Oracle Java", &[]),
        concept(Scheme::OnetTechnology, "JavaScript", &[]),
        concept(Scheme::OnetTechnology, "R", &[]),
    ])
    .with_technology(BTreeMap::from([(
        ConceptId(4),
        TechnologyFacts {
            category: "Web platform development software".into(),
            hot: true,
            occupations: 90,
        },
    )]))
}

fn found(index: &ConceptIndex, query: &str) -> Vec<u32> {
    index
        .search(query, 10)
        .into_iter()
        .map(|hit| hit.concept.0)
        .collect()
}

#[test]
fn a_whole_label_comes_first_and_mistakes_are_forgiven() {
    let index = ConceptIndex::build(concepts());
    assert_eq!(found(&index, "project management")[..2], [1, 2]);
    for query in [
        "projct managment",
        "PROJECT  management",
        "project manag",
        "manage projects",
    ] {
        assert_eq!(found(&index, query)[0], 1, "{query}");
    }
    assert_eq!(found(&index, "javascrpt")[0], 4);
    assert_eq!(found(&index, "r"), [5], "one letter means itself");
    let hit = &index.search("scrum", 3)[0];
    assert_eq!(
        (hit.concept, hit.matched.as_deref()),
        (ConceptId(2), Some("Scrum"))
    );
}

#[test]
fn nothing_is_found_for_nothing_and_for_nonsense() {
    let index = ConceptIndex::build(concepts());
    for query in ["", "  ", "qqqqqqqq zzzzzzzz", "\u{0}\u{1F600}"] {
        assert!(index.search(query, 5).is_empty(), "{query:?}");
    }
    assert!(index.search("java", 0).is_empty());
    assert!(
        !index.search(&"java ".repeat(100_000), 5).is_empty(),
        "a long query is cut"
    );
    assert!(
        ConceptIndex::build(Concepts::default())
            .search("java", 5)
            .is_empty()
    );
}

#[test]
fn what_is_written_is_read_and_finds_the_same() {
    let related = vec![Relation {
        from: ConceptId(0),
        to: ConceptId(3),
        sort: Related::SameName,
    }];
    let index = ConceptIndex::build(concepts().with_related(related));
    let bytes = index.to_bytes().unwrap();
    let read = ConceptIndex::from_bytes(&bytes).unwrap();
    assert_eq!(read, index);
    assert_eq!(read.search("jaav", 5), index.search("jaav", 5));
    assert_eq!(
        read.concepts().technology(ConceptId(4)).map(|t| t.hot),
        Some(true)
    );
    assert_eq!(read.concepts().related(ConceptId(0)).len(), 1);
}

#[test]
fn any_changed_byte_and_any_cut_is_noticed() {
    let bytes = ConceptIndex::build(concepts()).to_bytes().unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(ConceptIndex::from_bytes(&changed).is_err(), "byte {at}");
        assert!(ConceptIndex::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(
        ConceptIndex::from_bytes(b"PK.."),
        Err(ConceptFileError::NotConcepts)
    );
    let mut newer = bytes;
    newer[10] = 9;
    assert_eq!(
        ConceptIndex::from_bytes(&newer),
        Err(ConceptFileError::OtherVersion { found: 9 })
    );
}

#[test]
fn own_competencies_join_behind_and_win_where_both_are_called_alike() {
    let index = ConceptIndex::build(concepts()).with_own([concept(
        Scheme::Own,
        "Project management",
        &["Run a launch"],
    )]);
    assert_eq!(found(&index, "project management")[..2], [6, 1]);
    assert_eq!(found(&index, "run a launch"), [6]);
    assert_eq!(
        index.concepts().get(ConceptId(4)).map(|c| c.label.as_str()),
        Some("JavaScript")
    );
    let kept = ConceptIndex::from_bytes(&index.to_bytes().unwrap()).unwrap();
    assert_eq!(found(&kept, "run a launch"), [6]);
}

#[test]
fn vetting_sets_trust_and_changes_nothing_else() {
    let before = concepts();
    let trusted = |concepts: &Concepts| {
        let all = concepts.iter().map(|(_, c)| Concept {
            names: c
                .names
                .iter()
                .map(|n| Name {
                    trust: Trust::Plain,
                    ..n.clone()
                })
                .collect(),
            ..c.clone()
        });
        Concepts::new(all.collect())
    };
    let after = before.clone().with_trust(trusted);
    assert!(
        after
            .iter()
            .flat_map(|(_, c)| &c.names)
            .all(|n| n.trust == Trust::Plain)
    );
    assert_eq!(after.technology(ConceptId(4)), before.technology(ConceptId(4)));
    assert_eq!(
        before.clone().with_trust(|_| Concepts::default()),
        before,
        "another list is not taken"
    );
}

#[test]
fn relations_to_nothing_and_to_oneself_are_left_out() {
    let relation = |from, to| Relation {
        from: ConceptId(from),
        to: ConceptId(to),
        sort: Related::Optional,
    };
    let concepts = concepts().with_related(vec![
        relation(1, 99),
        relation(2, 2),
        relation(2, 1),
        relation(2, 1),
    ]);
    assert_eq!(concepts.related(ConceptId(2)), [relation(2, 1)]);
    assert!(concepts.related(ConceptId(1)).is_empty() && concepts.related(ConceptId(99)).is_empty());
}

proptest! {
    #[test]
    fn a_file_of_any_content_is_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..200), query in "\\PC{0,20}") {
        let mut bytes = b"METIER-CON\x01\x00\x00\x00".to_vec();
        bytes.extend(crc32fast::hash(&content).to_le_bytes());
        bytes.extend(&content);
        if let Ok(index) = ConceptIndex::from_bytes(&bytes) {
            index.search(&query, 5);
        }
    }

    #[test]
    fn every_label_finds_its_concept(at in 0..6_u32) {
        let index = ConceptIndex::build(concepts());
        let label = index.concepts().get(ConceptId(at)).unwrap().label.clone();
        prop_assert_eq!(index.search(&label, 1)[0].concept, ConceptId(at));
    }
}

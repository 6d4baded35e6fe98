use metier_core::catalogue::{Collections, Occupation, SkillGroup, Technology};

use super::*;

fn skill(label: &str, kind: SkillKind, group: u32) -> EscoSkill {
    EscoSkill {
        uri: format!("http://example.org/esco/skill/{label}"),
        label: label.into(),
        kind,
        groups: vec![group],
        ..EscoSkill::default()
    }
}

fn catalogue() -> Catalogue {
    let group = |code: &str| SkillGroup {
        code: code.into(),
        ..SkillGroup::default()
    };
    let mut skills = vec![
        skill("Blender", SkillKind::Knowledge, 0),
        skill("keep calm", SkillKind::Skill, 1),
        skill("speak Breton", SkillKind::Skill, 0),
        skill("turn wood", SkillKind::Skill, 0),
    ];
    skills[2].collections = Collections {
        language: true,
        ..Collections::default()
    };
    skills[3].related = vec![(0, true)];
    skills[3].alternative_labels = vec!["wood turning".into()];
    let used = |name: &str, category: &str, hot: bool| Technology {
        name: name.into(),
        category: category.into(),
        hot,
        in_demand: false,
    };
    let mut catalogue = Catalogue::default().with_esco(Esco {
        skills,
        groups: vec![group("S6.2"), group("T3.1")],
        ..Esco::default()
    });
    for technology in [
        vec![used("Blender", "Graphics software", false)],
        vec![
            used("Blender", "Graphics software", true),
            used("Blender", "Animation software", false),
        ],
    ] {
        catalogue.occupations.push(Occupation {
            technology,
            ..Occupation::default()
        });
    }
    catalogue
}

#[test]
fn skills_and_technologies_become_one_list_with_what_is_known_of_them() {
    let concepts = concepts_of(&catalogue());
    let sorts: Vec<Sort> = concepts.iter().map(|(_, c)| c.sort).collect();
    assert_eq!(
        sorts,
        [
            Sort::Knowledge,
            Sort::Attitude,
            Sort::Language,
            Sort::Skill,
            Sort::Technology
        ]
    );
    let facts = concepts.technology(ConceptId(4)).expect("it is a technology");
    assert_eq!(
        (facts.category.as_str(), facts.hot, facts.occupations),
        ("Graphics software", true, 3)
    );
    let sorts: Vec<Related> = concepts.related(ConceptId(3)).iter().map(|r| r.sort).collect();
    assert_eq!(sorts, [Related::Essential]);
    assert!(
        concepts
            .iter()
            .flat_map(|(_, c)| &c.names)
            .all(|n| n.trust == Trust::SearchOnly)
    );
}

#[test]
fn what_is_found_says_where_it_comes_from_and_what_is_of_one_name() {
    let index = index_of(&catalogue());
    let found = find_concepts(&index, "blendr", 5);
    assert_eq!(found.len(), 2, "related, and not merged");
    assert!(found.iter().all(|f| f.same_name == ["Blender"]));
    assert_ne!(found[0].scheme, found[1].scheme);
    let turned = &find_concepts(&index, "wood turning", 5)[0];
    assert_eq!(
        (turned.label.as_str(), turned.matched.as_deref()),
        ("turn wood", Some("wood turning"))
    );
}

#[test]
fn own_competencies_are_found_beside_them() {
    let starter = &crate::frameworks::starters()[0].framework;
    let own = own_concepts(starter);
    assert_eq!(own.len(), starter.competencies.len());
    let index = index_of(&catalogue()).with_own(own);
    let name = &starter.competencies[0].name;
    let best = &find_concepts(&index, name, 1)[0];
    assert_eq!((best.scheme, &best.label), (Scheme::Own, name));
    assert_eq!(
        best.key,
        format!("{}/{}", starter.family, starter.competencies[0].id)
    );
}

#[test]
fn a_damaged_file_is_refused_with_what_to_do() {
    let home = tempfile::tempdir().expect("a folder");
    assert!(concept_index(home.path()).expect("none is no error").is_none());
    std::fs::write(home.path().join(CONCEPTS_FILE), b"METIER-CON\x01\x00\x00\x00cut").expect("written");
    let error = concept_index(home.path()).expect_err("it is cut");
    assert!(error.hints[0].contains("metier catalog import"), "{error:?}");
}

#[test]
fn names_are_vetted_when_the_index_is_built_and_nothing_else_of_it_changes() {
    let catalogue = catalogue();
    let (index, all) = (index_of(&catalogue), concepts_of(&catalogue));
    let concepts = index.concepts();
    let blender = concepts.get(ConceptId(4)).expect("it is a technology");
    let trust = blender
        .names
        .iter()
        .find(|n| n.text == "Blender")
        .map(|n| n.trust);
    assert_eq!(
        trust,
        Some(Trust::InContext),
        "a single word decides by what is around"
    );
    assert_eq!(find_concepts(&index, "Blender", 1)[0].matched, None);
    for (id, concept) in all.iter() {
        assert_eq!(concepts.technology(id), all.technology(id));
        assert_eq!(concepts.related(id), all.related(id));
        assert_eq!(concepts.get(id).map(|c| &c.key), Some(&concept.key));
    }
}

use crate::catalogue::draft::DraftError;
use crate::catalogue::{Catalogue, Match, Matched, OccupationLink, OccupationLinks, esco, example};
use crate::framework::{Kind, ProvenanceKind, Weight, check};

fn alone() -> Catalogue {
    Catalogue::default().with_esco(esco::example::bakery())
}

fn joined() -> Catalogue {
    example::bakery()
        .with_esco(esco::example::bakery())
        .with_links(OccupationLinks {
            source: "Example crosswalk".into(),
            credits: vec!["Crosswalk invented for tests.".into()],
            links: vec![OccupationLink {
                onet: "51-3011.00".into(),
                esco: "http://example.org/occupation/7512.1".into(),
                closeness: Match::Exact,
            }],
        })
}

#[test]
fn a_draft_can_be_published_as_it_is_and_has_eight_to_ten_practices() {
    let draft = alone().draft("7512.1").expect("it has skills");
    assert_eq!(check(&draft), []);
    assert_eq!(draft.family.as_str(), "esco-7512-1");
    assert_eq!(
        (draft.title.as_str(), draft.practitioner.as_str()),
        ("Baker", "Baker")
    );
    assert_eq!(draft.summary, "A baker makes bread.");
    let names: Vec<&str> = draft.practices.iter().map(|p| p.name.as_str()).collect();
    assert!((8..=10).contains(&names.len()), "{names:?}");
    assert_eq!(draft.competencies.len(), 20, "none was left out");
    assert!(names.contains(&"Work with information"), "{names:?}");
    assert_eq!(names.last(), Some(&"Know services"), "{names:?}");
}

#[test]
fn essential_is_required_and_optional_is_weighted() {
    let catalogue = alone();
    let draft = catalogue.draft("7512.1").expect("it has skills");
    let senior = draft.levels.last().expect("it has levels");
    let weight = |name: &str| {
        let competency = draft.competencies.iter().find(|c| c.name == name)?;
        let asked = senior
            .expectations
            .iter()
            .find(|e| e.competency == competency.id)?;
        Some(asked.weight)
    };
    assert_eq!(weight("Fire the oven"), Some(Weight::Required));
    assert_eq!(weight("Plait dough"), Some(Weight::Weighted(3)));
}

#[test]
fn every_competency_says_which_skill_it_is_and_what_sort() {
    let draft = alone().draft("7512.1").expect("it has skills");
    for competency in &draft.competencies {
        assert_eq!(competency.provenance[0].kind, ProvenanceKind::Esco);
        assert!(
            competency.provenance[0]
                .reference
                .starts_with("http://example.org/skill/")
        );
    }
    let kind = |name: &str| draft.competencies.iter().find(|c| c.name == name).map(|c| c.kind);
    assert_eq!(kind("Kinds of flour"), Some(Kind::Knowledge));
    assert_eq!(kind("Serve guests over the counter"), Some(Kind::Interpersonal));
    assert_eq!(kind("Shape loaves by hand"), Some(Kind::Technical));
    assert!(!draft.unchecked_by_profession());
    assert!(
        draft.credits.iter().any(|c| c.starts_with("Changed by Metier")),
        "{:?}",
        draft.credits
    );
}

#[test]
fn few_skills_give_few_practices_and_the_note_says_so() {
    let draft = alone().draft("7512.2").expect("it has skills");
    assert_eq!(check(&draft), []);
    assert!(draft.practices.len() < 8);
    assert!(draft.note.contains("rather than 8 to 10"), "{}", draft.note);
}

#[test]
fn an_occupation_without_skills_is_refused_with_some_that_have() {
    let catalogue = alone();
    let error = catalogue.draft("7512.3").expect_err("no skills");
    let DraftError::NoTasks { nearest, .. } = &error else {
        panic!("{error}");
    };
    assert!(!nearest.is_empty());
    assert!(nearest.iter().all(|(code, _)| catalogue.draft(code).is_ok()));
    let DraftError::Unknown { nearest, .. } = catalogue.draft("7512.9").expect_err("unknown") else {
        panic!("it is unknown");
    };
    assert_eq!(nearest[0].0, "7512.1");
}

#[test]
fn a_linked_occupation_adds_technology_importance_and_tasks_with_its_own_credit() {
    let draft = joined().draft("7512.1").expect("it has skills");
    assert_eq!(check(&draft), []);
    let named = |name: &str| draft.competencies.iter().find(|c| c.name == name);
    let production = named("Food production").expect("O*NET rates it 4.6");
    assert_eq!(production.importance, Some(4.6));
    assert!(
        production.looks_like.contains("in Example release"),
        "dated: {}",
        production.looks_like
    );
    assert_eq!(production.provenance[0].kind, ProvenanceKind::Onet);
    assert!(
        draft
            .competencies
            .iter()
            .any(|c| c.looks_like.contains("OvenMaster"))
    );
    let shaped = named("Shape loaves by hand").expect("it is an essential skill");
    assert!(
        shaped
            .looks_like
            .ends_with("For instance: Knead and shape loaves, rolls, and plaits by hand."),
        "{}",
        shaped.looks_like
    );
    assert!(
        draft.note.contains("51-3011.00 (Bakers), the same occupation"),
        "{}",
        draft.note
    );
    assert!(
        draft.credits.iter().any(|c| c.contains("Example release")),
        "{:?}",
        draft.credits
    );
    assert!((8..=10).contains(&draft.practices.len()));
}

#[test]
fn both_classifications_are_searched_side_by_side() {
    let hits = joined().search("baker", 10);
    let found: Vec<&str> = hits.iter().map(|h| h.code.as_str()).collect();
    assert!(
        found.contains(&"51-3011.00") && found.contains(&"7512.1"),
        "{found:?}"
    );
    let by_address = joined().search("http://example.org/occupation/7512.2", 3);
    assert_eq!(
        (by_address[0].code.as_str(), &by_address[0].matched),
        ("7512.2", &Matched::Code)
    );
    assert_eq!(
        joined()
            .esco_occupation("https://example.org/occupation/7512.2")
            .map(|o| o.title.as_str()),
        Some("bread packer")
    );
    assert_eq!(joined().len(), 7);
}

//! The shapes a table of criteria can have.

use metier_core::framework::{Criterion, Grain, ProvenanceKind};
use metier_exchange::levelling::{Basis, Choices, Meaning, Shape, read};

use crate::{asks, framework, levelling, notes, says};

fn three(asks: &[(String, String, String)]) -> Vec<[&str; 3]> {
    asks.iter()
        .map(|(a, b, c)| [a.as_str(), b.as_str(), c.as_str()])
        .collect()
}

#[test]
fn a_row_for_each_thing_asked() {
    let table = "\
Job family,Job,Grade,Competency,Proficiency,Expectation,Pay band
Bakery,Baker,Senior baker,Dough,Proficient,Teaches two others,5
Bakery,Baker,Baker,Dough,Basic,Kneads by the recipe,3
Bakery,Baker,Baker,Oven,Basic,Loads the oven,3
Bakery,Porter,Porter,Lifting,Basic,Lifts 20 kg,1
";
    let read = levelling("levels.csv", table);
    assert_eq!(read.sheets[0].shape, Shape::Long);
    assert_eq!(read.parts.len(), 2);
    assert_eq!(read.parts[0].basis, Basis::Names);
    let f = framework(&read, &["baker"]);
    assert_eq!(
        three(&asks(&f)),
        [
            ["Baker", "Dough", "Basic"],
            ["Baker", "Oven", "Basic"],
            ["Senior baker", "Dough", "Proficient"]
        ]
    );
    assert_eq!(says(&f, "Dough", "Proficient"), "Teaches two others");
    let basic = &f.ladder.rungs[0];
    assert_eq!(basic.name, "Basic");
    assert!(matches!(basic.criterion, Criterion::Judged { at_least: 1, .. }));
    assert_eq!(f.ladder.rungs[1].makes_obvious, std::slice::from_ref(&basic.id));
    assert_eq!(f.competencies[0].provenance[0].kind, ProvenanceKind::Employer);
    let source = f.source.as_ref().unwrap();
    assert_eq!(
        (source.document.as_str(), source.part.as_str()),
        ("levels.csv", "Baker")
    );
    let kept: Vec<_> = f
        .kept
        .iter()
        .map(|k| (k.place.as_str(), k.name.as_str(), k.text.as_str()))
        .collect();
    assert_eq!(
        kept,
        [
            ("levels > senior-baker", "Pay band", "5"),
            ("levels > baker", "Pay band", "3")
        ]
    );
    assert!(f.unchecked_by_profession());
}

#[test]
fn columns_that_are_levels() {
    let table = "Engineering ladder 2026\n\nArea;Junior;Engineer;Senior\n\
        Craft;Writes tested code;;Sets the standard for three teams\n\
        Delivery;Finishes a task a week;Finishes a project of a month;Leads a project of a quarter\n";
    let read = levelling("x.csv", table);
    assert_eq!(read.sheets[0].shape, Shape::Wide);
    assert_eq!(read.parts[0].name, "Engineering ladder 2026", "{}", notes(&read));
    let f = framework(&read, &["Engineering ladder 2026"]);
    assert_eq!(
        three(&asks(&f)),
        [
            ["Junior", "Craft", "Junior"],
            ["Junior", "Delivery", "Junior"],
            // Says nothing new: asks what the level below asks.
            ["Engineer", "Craft", "Junior"],
            ["Engineer", "Delivery", "Engineer"],
            ["Senior", "Craft", "Senior"],
            ["Senior", "Delivery", "Senior"],
        ]
    );
    assert_eq!(f.competencies[1].grain, Grain::Project);
}

#[test]
fn rows_that_are_levels() {
    let table = "Level,Craft,Teamwork\nL3,Leads the design of a service,Mentors two people\nL1,Fixes a bug alone,Asks for help within a day\n";
    let read = levelling("Engineer.csv", table);
    let f = framework(&read, &["Engineer"]);
    assert_eq!(
        three(&asks(&f)),
        [
            ["L1", "Craft", "L1"],
            ["L1", "Teamwork", "L1"],
            ["L3", "Craft", "L3"],
            ["L3", "Teamwork", "L3"]
        ]
    );
    assert_eq!(says(&f, "Teamwork", "L3"), "Mentors two people");
}

#[test]
fn a_matrix_of_levels_of_skill() {
    let table = "Skill,Junior,Senior,Lead\nSQL,1,3,4\nFacilitation,-,2,4\n";
    let read = levelling("Analyst.csv", table);
    assert_eq!(read.sheets[0].shape, Shape::Expectations);
    let f = framework(&read, &["Analyst"]);
    assert_eq!(
        three(&asks(&f)),
        [
            ["Junior", "SQL", "Level 1"],
            ["Senior", "SQL", "Level 3"],
            ["Senior", "Facilitation", "Level 2"],
            ["Lead", "SQL", "Level 4"],
            ["Lead", "Facilitation", "Level 4"]
        ]
    );
    assert!(
        notes(&read).contains("Of 2 skills the document says nothing"),
        "{}",
        notes(&read)
    );
}

#[test]
fn tracks_with_milestones_alone_and_together() {
    let table = r#"{"A": {"displayName": "Craft", "category": "X", "description": "Making it",
        "milestones": [{"summary": "Does it", "signals": ["Asks"], "examples": ["Did it"]}, {"summary": "Leads it"}]},
        "B": {"displayName": "Care", "category": "Y", "milestones": [{"summary": "Listens"}, {"summary": "Mentors"}]}}"#;
    let read = levelling("tracks.json", table);
    assert!(read.tracks);
    let alone = framework(&read, &["Craft"]);
    assert_eq!(alone.title, "Craft");
    assert_eq!(
        three(&asks(&alone)),
        [
            ["Milestone 1", "Craft", "Milestone 1"],
            ["Milestone 2", "Craft", "Milestone 2"]
        ]
    );
    let wording = &alone.competencies[0].wording[&alone.ladder.rungs[0].id];
    assert_eq!(
        (wording.text.as_str(), &wording.signals, &wording.examples),
        ("Does it", &vec!["Asks".to_owned()], &vec!["Did it".to_owned()])
    );
    let together = framework(&read, &["Craft", "Care"]);
    assert_eq!(
        together
            .practices
            .iter()
            .map(|p| p.name.as_str())
            .collect::<Vec<_>>(),
        ["Category X", "Category Y"]
    );
    assert_eq!(three(&asks(&together)).len(), 4);
    assert_ne!(alone.family, together.family);
}

#[test]
fn roles_without_levels_of_their_own_are_their_level() {
    let read = levelling(
        "r.csv",
        "Role,Skill,Level\nBaker,Dough,Proficient\nPorter,Dough,Basic\n",
    );
    let f = framework(&read, &["Baker"]);
    assert_eq!(three(&asks(&f)), [["Baker", "Dough", "Proficient"]]);
    assert_eq!(f.ladder.rungs.len(), 2, "the ladder is the document's");
}

#[test]
fn what_was_said_goes_before_what_is_guessed() {
    let table = "Was,Wer,Wie gut,Beschreibung\nTeig,Meister,rot,Lehrt zwei andere den Teig zu beurteilen\nTeig,Lehrling,blau,Knetet nach Rezept und fragt nach\n";
    let choices = Choices {
        columns: vec![
            ("Was".into(), Meaning::Skill),
            ("b".to_uppercase(), Meaning::RoleLevel),
            ("wie gut".into(), Meaning::SkillLevel),
            ("D".into(), Meaning::Text),
        ],
        skill_levels: vec!["Blau".into(), "rot".into()],
        levels: vec!["Lehrling".into(), "Meister".into()],
        role: Some("Bäcker".into()),
        publisher: "Backhaus Süd".into(),
        grains: vec![("teig".into(), Grain::Area)],
        ..Choices::default()
    };
    let read = read("x.csv", table.as_bytes(), &choices).unwrap();
    let f = read.framework(&["Bäcker"], &choices).unwrap();
    assert_eq!(
        three(&asks(&f)),
        [["Lehrling", "Teig", "blau"], ["Meister", "Teig", "rot"]]
    );
    assert_eq!(f.competencies[0].grain, Grain::Area);
    assert_eq!(f.family.as_str(), "backhaus-s-d-b-cker");
    assert_eq!(f.competencies[0].provenance[0].name, "Backhaus Süd");
    assert!(!read.sheets[0].columns[0].guessed);
}

#[test]
fn the_same_file_gives_the_same_framework_and_another_wording_another() {
    let table = "Area,Junior,Senior\nCraft,Drafts,Leads\n";
    let once = framework(&levelling("w.csv", table), &["w"]);
    let twice = framework(&levelling("w.csv", table), &["w"]);
    assert_eq!(once.digest().unwrap(), twice.digest().unwrap());
    let other = framework(&levelling("w.csv", &table.replace("Leads", "Leads two")), &["w"]);
    assert_eq!(once.family, other.family);
    assert_ne!(once.version, other.version);
}

#[test]
fn names_that_look_alike_get_ids_of_their_own() {
    let table = "Skill,Junior,Senior\nC,Reads it,Writes it\nC++,Reads it,Writes it\nДанные,Читает,Пишет\n";
    let read = levelling("x.csv", table);
    let f = framework(&read, &["x"]);
    let ids: Vec<&str> = f.competencies.iter().map(|c| c.id.as_str()).collect();
    assert!(
        ids[0].starts_with("c-") && ids[1].starts_with("c-") && ids[0] != ids[1],
        "{ids:?}"
    );
    assert!(ids[2].starts_with("x-"), "{ids:?}");
    let turned = levelling(
        "x.csv",
        "Skill,Junior,Senior\nC++,Reads it,Writes it\nC,Reads it,Writes it\n",
    );
    assert_eq!(framework(&turned, &["x"]).competencies[0].id.as_str(), ids[1]);
}

#[test]
fn a_meaning_or_a_description_is_what_is_asked_where_nothing_else_says_it() {
    for heading in ["What it means", "Description of skill", "Explanation"] {
        let text = format!(
            "Role,Level,Skill,{heading}\nBaker,Junior,Dough,Kneads a dough with somebody beside them\n\
             Baker,Senior,Dough,Kneads any dough alone and teaches it\n"
        );
        let read =
            metier_exchange::levelling::read("levels.csv", text.as_bytes(), &Choices::default()).unwrap();
        let framework = read.framework(&["Baker"], &Choices::default()).unwrap();
        let wording = &framework.competencies[0].wording;
        assert!(
            wording.values().any(|w| w.text.contains("teaches it")),
            "{heading}: {wording:?}"
        );
    }
}

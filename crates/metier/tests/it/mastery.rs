//! What mastery is, as it is typed.

use crate::binary::Home;

#[test]
fn a_definition_is_written_changed_with_a_reason_met_and_aimed_at() {
    let home = Home::of_ada();
    assert!(home.ok(&["mastery", "show"]).contains("not written yet"));
    let said = home.fails(&["mastery", "thing", "add", "A book"]);
    assert!(said.contains("metier mastery define"), "{said}");
    home.ok(&[
        "mastery",
        "define",
        "--statement",
        "Somebody people act on",
        "--ask",
        "publish-an-article/teaches",
    ]);
    let said = home.fails(&["mastery", "define", "--statement", "Another"]);
    assert!(said.contains("say why you change it"), "{said}");
    home.ok(&[
        "mastery",
        "define",
        "--statement",
        "Another",
        "--because",
        "I saw more",
    ]);
    home.ok(&["mastery", "thing", "add", "A guide that other houses use"]);
    let said = home.ok(&["aim", "--own"]);
    assert!(said.contains("your own definition of mastery"), "{said}");
    let said = home.ok(&["gap"]);
    assert!(said.contains("A guide that other houses use"), "{said}");
    home.ok(&["log", "The guide is out", "--kind", "accomplishment"]);
    home.ok(&[
        "mastery",
        "thing",
        "met",
        "a-guide-that-other-houses-use",
        "--by",
        "last",
    ]);
    let said = home.ok(&["mastery", "show"]);
    assert!(
        said.contains("Another") && said.contains("met with The guide is out"),
        "{said}"
    );
    let said = home.ok(&["gap"]);
    assert!(!said.contains("Still to accomplish"), "{said}");
    let said = home.ok(&["aim", "--level", "senior"]);
    assert!(said.contains("Senior"), "{said}");
}

#[test]
fn the_six_a_master_the_list_and_the_layer_are_recorded_and_listed() {
    let home = Home::of_ada();
    home.ok(&["mastery", "criteria", "published", "must", "--why", "It lasts"]);
    home.ok(&["mastery", "criteria", "published", "no"]);
    let said = home.ok(&["mastery", "criteria"]);
    assert!(said.contains("before: a master must: It lasts"), "{said}");
    let said = home.fails(&["mastery", "criteria", "medium", "words"]);
    assert!(said.contains("in words"), "{said}");
    home.ok(&[
        "mastery",
        "exemplar",
        "add",
        "Rosa Lindt",
        "--known",
        "yes",
        "--fame",
        "Talks",
    ]);
    home.ok(&[
        "mastery",
        "exemplar",
        "did",
        "rosa lindt",
        "--accomplished",
        "Built a desk",
        "--seen",
        "Reads aloud",
        "--daily",
        "yes",
        "--competency",
        "publish-an-article/teaches",
    ]);
    let said = home.ok(&["mastery", "exemplar", "show", "Rosa Lindt"]);
    assert!(
        said.contains("Reads aloud, day in, day out") && said.contains("not yet"),
        "{said}"
    );
    assert!(home.ok(&["mastery", "exemplar", "list"]).contains("Rosa Lindt"));
    let said = home.fails(&["mastery", "exemplar", "show", "Nobody"]);
    assert!(said.contains("You look at: Rosa Lindt."), "{said}");
    let said = home.ok(&["aim", "--exemplar", "Rosa Lindt"]);
    assert!(said.contains("what a master does"), "{said}");
    home.ok(&[
        "mastery",
        "check",
        "--by",
        "Rosa",
        "--exemplar",
        "Rosa Lindt",
        "--confirm",
        "publish-an-article",
        "--missing",
        "Interviewing",
    ]);
    let said = home.ok(&["mastery", "check"]);
    assert!(
        said.contains("One of three masters has looked") && said.contains("confirmed by Rosa"),
        "{said}"
    );
    let said = home.fails(&["mastery", "check", "--by", "Rosa", "--strike", "no-such"]);
    assert!(said.contains("no-such"), "{said}");
    home.ok(&[
        "mastery",
        "identity",
        "profession",
        "--words",
        "I make things readable",
    ]);
    let said = home.ok(&["mastery", "identity"]);
    assert!(
        said.contains("My profession") && said.contains("readable"),
        "{said}"
    );
}

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

/// The entries that an answer in JSON says were recorded.
fn recorded(home: &Home, words: &[&str]) -> String {
    let mut all = vec!["--json"];
    all.extend(words);
    let said: serde_json::Value = serde_json::from_str(&home.ok(&all)).unwrap();
    said["recorded"][0].as_str().unwrap().to_owned()
}

#[test]
fn a_question_a_week_is_answered_shown_to_a_coach_and_commented_on() {
    let home = Home::of_ada();
    let said = home.ok(&["series"]);
    assert!(
        said.contains("What is your profession") && said.contains("A good answer names"),
        "{said}"
    );
    let entry = recorded(&home, &["series", "answer", "I make dry facts plain"]);
    let said = home.ok(&["series"]);
    assert!(
        said.contains("This week's is answered") && said.contains("Which need"),
        "{said}"
    );
    let said = home.fails(&["series", "answer", "x", "--question", "no-such"]);
    assert!(said.contains("metier series list"), "{said}");
    home.ok(&[
        "series",
        "comment",
        &entry,
        "--by",
        "Petra",
        "Whose craft?",
        "--question",
        "Who would miss it?",
    ]);
    let said = home.ok(&["series"]);
    assert!(
        said.contains("Petra asks") && said.contains("Who would miss it?"),
        "{said}"
    );
    let said = home.ok(&["series", "show", "profession"]);
    assert!(said.contains("Petra (relayed by you): Whose craft?"), "{said}");
    let said = home.ok(&["series", "share", "--to", "Petra", "--answer", &entry, "--mail"]);
    assert!(
        said.contains("Dear Petra") && said.contains("I make dry facts plain"),
        "{said}"
    );
    let again = recorded(
        &home,
        &[
            "series",
            "answer",
            "I make people act",
            "--question",
            "profession",
        ],
    );
    let said = home.ok(&["series", "share", "--to", "petra", "--answer", &again]);
    assert!(
        said.contains("Answered anew since")
            && said.contains("/for/")
            && said.contains("it was: I make dry facts"),
        "{said}"
    );
    let said = home.ok(&["series", "share", "--to", "Petra", "--answer", &again, "--afresh"]);
    assert!(!said.contains("it was:"), "{said}");
    assert!(home.ok(&["series", "unread"]).contains("Nothing waits"));
    let said = home.ok(&["series", "list"]);
    assert!(
        said.contains("not answered yet") && said.contains("Petra asks"),
        "{said}"
    );
}

#[test]
fn names_are_asked_for_read_from_a_mail_and_looked_at() {
    let home = Home::of_ada();
    assert!(
        home.ok(&["mastery", "names", "list"])
            .contains("Nobody was named yet")
    );
    let asked = recorded(&home, &["mastery", "names", "ask", "Bo", "--mail"]);
    let mail = home.file(
        "answer.txt",
        "> 1. To whom would you bring the hardest case: who is the expert?\nRosa Lindt\n\
         > 2. What have you seen them do that others could not?\nCuts a page in half\n",
    );
    let said = home.ok(&["mastery", "names", "read", &mail, "--of", &asked]);
    assert!(
        said.contains("Bo names: Rosa Lindt") && said.contains("Nothing is recorded"),
        "{said}"
    );
    home.ok(&["mastery", "names", "read", &mail, "--of", &asked, "--yes"]);
    home.ok(&["mastery", "names", "note", "rosa lindt", "--by", "Edith"]);
    let said = home.ok(&["mastery", "names", "list"]);
    assert!(
        said.contains("named by Bo and Edith") && said.contains("Cuts a page in half"),
        "{said}"
    );
    home.ok(&["mastery", "names", "look", "Rosa Lindt"]);
    assert!(home.ok(&["mastery", "exemplar", "list"]).contains("Rosa Lindt"));
    assert!(
        home.fails(&["mastery", "names", "look", "Nobody"])
            .contains("names list")
    );
    let said = home.ok(&["mastery", "names", "ask", "Jo"]);
    assert!(said.contains("/for/"), "{said}");
}

#[test]
fn a_master_is_asked_and_what_was_said_is_kept() {
    let home = Home::of_ada();
    assert!(
        home.ok(&["mastery", "outreach", "questions"])
            .contains("6. Which of these")
    );
    home.ok(&["mastery", "exemplar", "add", "Rosa"]);
    home.ok(&[
        "mastery",
        "exemplar",
        "did",
        "Rosa",
        "--accomplished",
        "A desk of her own",
    ]);
    let said = home.ok(&[
        "mastery",
        "outreach",
        "ask",
        "Rosa",
        "--exemplar",
        "Rosa",
        "--question",
        "6",
        "--question",
        "How?",
        "--next",
        "send it",
        "--on",
        "2026-12-03",
    ]);
    assert!(
        said.contains("because of what you accomplished: A desk of her own")
            && said.contains("two questions"),
        "{said}"
    );
    let said = home.fails(&["mastery", "outreach", "ask", "Bo", "--question", "99"]);
    assert!(said.contains("no question 99"), "{said}");
    home.ok(&["mastery", "outreach", "state", "rosa", "sent"]);
    home.ok(&[
        "mastery",
        "outreach",
        "talked",
        "Rosa",
        "Cut first",
        "--next",
        "try it",
    ]);
    let said = home.ok(&["mastery", "outreach", "show", "Rosa"]);
    assert!(
        said.contains("answered") && said.contains("Cut first") && said.contains("Next: try it"),
        "{said}"
    );
    home.ok(&["mastery", "outreach", "state", "rosa", "over"]);
    let said = home.ok(&["mastery", "outreach", "list"]);
    assert!(said.contains("Rosa: over") && !said.contains("Next"), "{said}");
}

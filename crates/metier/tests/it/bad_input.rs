//! Bad input: what is wrong, where, what to do; and nothing is recorded.

use crate::binary::Home;

#[test]
fn what_cannot_be_is_refused_with_a_way_on_and_nothing_is_recorded() {
    let home = Home::of_ada();
    let before = home.entries();
    let cases: [(&[&str], &str); 12] = [
        (
            &["attempt", "publish-articles", "--clean", "3"],
            "Did you mean: publish-an-article",
        ),
        (
            &["log", "x", "--for", "publish-an-article/flies"],
            "Its steps are: follows",
        ),
        (&["log", "x", "--for", "publish-an-article"], "names no step"),
        (&["log", "x", "--on", "2999-01-01"], "lies in the future"),
        (&["log", "x", "--link", "ftp://example.org"], "https://"),
        (&["log", "x", "--met", "--body", "a council"], "--body"),
        (&["log", " "], "title"),
        (&["log", "x", "--file", "/nowhere/at/all"], "/nowhere/at/all"),
        (
            &["attempt", "publish-an-article", "--clean", "5", "--of", "3"],
            "more than the 3 attempts",
        ),
        (
            &["attempt", "research-an-audience", "--clean", "1"],
            "--for research-an-audience/STEP",
        ),
        (&["log", "--undo", "abcdef"], "metier log --list"),
        (&["aim", "--level", "emperor"], "Its levels are: junior"),
    ];
    for (arguments, expected) in cases {
        let said = home.fails(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    assert_eq!(home.entries(), before);
}

#[test]
fn a_table_names_line_and_column_of_what_is_wrong() {
    let home = Home::of_ada();
    let before = home.entries();
    let unknown = home.file("unknown.csv", "date,attempts,clean,colour\n2026-01-01,3,3,red\n");
    let said = home.fails(&["attempt", "publish-an-article", "--csv", &unknown]);
    assert!(said.contains("colour") && said.contains("line 1"), "{said}");
    let wrong = home.file(
        "wrong.csv",
        "date,attempts,clean\n2026-01-01,3,3\n2026-13-01,3,3\n",
    );
    let said = home.fails(&["attempt", "publish-an-article", "--csv", &wrong]);
    assert!(said.contains("line 3"), "{said}");
    assert_eq!(home.entries(), before);
}

#[test]
fn files_that_are_not_what_they_should_be_change_nothing() {
    let home = Home::of_ada();
    let before = home.entries();
    let noise = home.file("noise.zip", b"\x00\xff this is no archive");
    for arguments in [["import", &noise].as_slice(), &["catalog", "import", &noise]] {
        let said = home.fails(arguments);
        assert!(said.contains("Nothing was changed"), "{said}");
    }
    let said = home.fails(&["log", "--paste", &noise]);
    assert!(
        said.contains("UTF-8") && said.contains("byte 1 ") && said.contains("Nothing was kept"),
        "{said}"
    );
    let said = home.fails(&["framework", "publish", &noise]);
    assert!(said.contains("noise.zip"), "{said}");
    assert_eq!(home.entries(), before);
    let nobody = Home::empty();
    nobody.fails(&["import", &noise]);
    assert!(!nobody.path().exists(), "a refused import makes no home");
}

#[test]
fn asked_wrongly_is_status_two_and_an_error_in_json_is_json() {
    let home = Home::of_ada();
    for arguments in [
        ["log"].as_slice(),
        &["standing", "--as-of", "3.2.2026"],
        &["fly"],
        &["start"],
        &["rate", "publish-an-article", "reliable", "--role", "manager"],
        &["attempt", "publish-an-article"],
    ] {
        let said = home.run(arguments);
        assert_eq!(said.status, 2, "{arguments:?}: {}", said.out);
        assert_eq!(said.out, "");
        let with: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let said = home.run(&with);
        let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
        assert_eq!(error["kind"], "usage");
    }
    let said = home.run(&["standing", "unknown-thing", "--json"]);
    assert_eq!((said.status, said.out.as_str()), (1, ""));
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["kind"], "not_found");
    assert!(error["message"].is_string() && error["hints"].is_array());
}

#[test]
fn before_it_was_aimed_at_anything_the_standing_says_so() {
    let home = Home::of_ada();
    let said = home.fails(&["standing", "--known-at", "2001-01-01"]);
    assert!(said.contains("1 January 2001"), "{said}");
}

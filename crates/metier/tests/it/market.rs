//! Adverts, what they ask for, and what one follows, as they are typed.

use crate::binary::Home;

const ADVERT: &str = "Duties:\n- Edit drafts\n- Write case studies with customers\n- Work in HubSpot\n";

#[test]
fn adverts_are_saved_counted_and_put_right() {
    let home = Home::of_ada();
    let none = home.ok(&["market"]);
    assert!(none.contains("metier market save FILE"), "{none}");
    let file = home.file("advert.txt", ADVERT);
    home.ok(&[
        "market",
        "save",
        &file,
        "--title",
        "Editor",
        "--employer",
        "Fernhill",
    ]);
    let twice = home.ok(&["market", "save", &file]);
    assert!(
        twice.contains("nearly the same as \u{201c}Editor\u{201d}"),
        "{twice}"
    );
    let short = home.ok(&["market"]);
    assert!(
        short.contains("Your 2 adverts ask for") && short.contains("HubSpot: 2 of 2"),
        "{short}"
    );
    let asked = home.json(&["market", "asked"]);
    assert_eq!(
        (&asked["adverts"], &asked["with_proof"]),
        (&2.into(), &0.into()),
        "{asked}"
    );
    assert!(
        asked["asked"][0]["sentences"][0]["sentence"].is_string(),
        "{asked}"
    );
    assert!(
        home.ok(&["market", "asked"])
            .contains("2 of 2 adverts ask for this.")
    );

    home.ok(&["market", "advert", "2", "--put-away", "not-for-me"]);
    assert!(
        home.ok(&["market", "adverts"])
            .contains("put away: not for you after all")
    );
    let first = asked["asked"][0]["competency"].as_str().unwrap();
    home.ok(&["market", "advert", "Editor", "--asks-not", first]);
    let now = home.json(&["market", "asked"]);
    assert_eq!(now["adverts"], 1);
    assert!(
        now["asked"]
            .as_array()
            .unwrap()
            .iter()
            .all(|a| a["competency"] != first),
        "{now}"
    );
    home.ok(&["market", "also-called", first, "work in HubSpot"]);
    home.ok(&["market", "plan", first]);
    home.ok(&["market", "plan", "--name", "HubSpot"]);
    home.ok(&["market", "set-aside", "HubSpot"]);
    home.ok(&["market", "looked"]);
    assert!(!home.ok(&["market"]).contains("HubSpot: 1"));
    let wrong = home.fails(&["market", "advert", "9"]);
    assert!(wrong.contains("metier market adverts"), "{wrong}");
    let empty = home.fails(&["market", "save", &home.file("empty.txt", " \n")]);
    assert!(empty.contains("the text is empty"), "{empty}");
    let large = home.fails(&[
        "market",
        "save",
        &home.file("large.txt", "x".repeat((1 << 20) + 1)),
    ]);
    assert!(large.contains("1 MiB"), "{large}");
}

#[test]
fn sources_and_notes_are_kept_and_changed() {
    let home = Home::of_ada();
    home.ok(&[
        "market",
        "sources",
        "--add",
        "The Plain Letter",
        "--kind",
        "periodical",
        "--every",
        "monthly",
    ]);
    home.ok(&["market", "sources", "--looked", "the plain letter"]);
    assert!(
        home.ok(&["market", "sources"])
            .contains("The Plain Letter: magazine or newsletter, every month, next")
    );
    home.ok(&[
        "market",
        "note",
        "Captions",
        "Everybody captions now",
        "--source",
        "The Plain Letter",
    ]);
    let id = home.json(&["market", "notes"])["notes"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    home.ok(&[
        "market",
        "note",
        "Captions",
        "Everybody does",
        "--changed",
        "I caption mine",
        "--instead-of",
        &id,
    ]);
    let notes = home.ok(&["market", "notes"]);
    assert!(
        notes.contains("What I changed: I caption mine") && !notes.contains("captions now"),
        "{notes}"
    );
    let wrong = home.fails(&["market", "note", "Captions", "Yes", "--source", "Nobody"]);
    assert!(wrong.contains("metier market sources"), "{wrong}");
}

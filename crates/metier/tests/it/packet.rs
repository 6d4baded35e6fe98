//! `metier packet` and `metier review-sheet`: the case, and nothing but what was let through.

use serde_json::Value;

use crate::binary::Home;
use crate::case::{edith, walked};

/// Records something and gives its id.
fn log(home: &Home, arguments: &[&str]) -> String {
    let said = home.json(&[&["log"], arguments].concat());
    said["recorded"][0]
        .as_str()
        .unwrap_or_else(|| panic!("{said}"))
        .to_owned()
}

/// Ada's home, and the id of her first project.
fn ada() -> (Home, String) {
    let home = Home::of_ada();
    let step = [
        "--for",
        "publish-an-article/delivers",
        "--kind",
        "project",
        "--met",
    ];
    let spring = log(
        &home,
        &[
            &["The spring series", "--link", "https://example.org/spring"][..],
            &step,
        ]
        .concat(),
    );
    log(
        &home,
        &[
            &[
                "Turned Umbrella's crisis around",
                "--redacted",
                "Wrote for a client in a crisis",
            ][..],
            &step,
        ]
        .concat(),
    );
    log(
        &home,
        &[
            &[
                "The takeover of Umbrella",
                "--story",
                "before it was public",
                "--confidential",
            ][..],
            &step,
        ]
        .concat(),
    );
    home.ok(&[
        "rate",
        "publish-an-article",
        "reliable",
        "--role",
        "manager",
        "--by",
        "Edith",
        "--reason",
        "I still edit",
    ]);
    (home, spring)
}

#[test]
fn a_packet_tells_what_was_let_through_and_nothing_else() {
    let (home, _) = ada();
    for said in [
        home.ok(&["packet", "--for", "Edith"]),
        home.json(&["packet", "--for", "Edith"]).to_string(),
    ] {
        for private in ["Umbrella", "takeover", "before it was public"] {
            assert!(!said.contains(private), "{private} in {said}");
        }
        assert!(said.contains("I still edit"), "{said}");
    }
    let said = home.ok(&["packet"]);
    assert!(
        said.starts_with("# The case for Senior content marketer for Ada\n"),
        "{said}"
    );
    for shown in [
        "The spring series",
        "https://example.org/spring",
        "Wrote for a client in a crisis",
    ] {
        assert!(said.contains(shown), "{shown} not in {said}");
    }
    assert!(said.contains("It stands on two pieces of evidence"), "{said}");
    let look = home.ok(&["packet", "--look"]);
    assert!(
        look.contains("The takeover of Umbrella") && look.contains("no text for others"),
        "{look}"
    );
    // For one's own eyes all of it.
    assert!(home.ok(&["review-sheet"]).contains("The takeover of Umbrella"));
}

#[test]
fn what_is_left_away_stays_away_until_it_is_put_back() {
    let (home, spring) = ada();
    let id = spring.as_str();
    assert!(
        !home
            .ok(&["packet", "--leave-away", id])
            .contains("The spring series")
    );
    assert!(!home.ok(&["packet"]).contains("The spring series"));
    assert!(
        home.ok(&["packet", "--put-back", id])
            .contains("The spring series")
    );
    let wrong = home.run(&["packet", "--leave-away", "ffffffff"]);
    assert_eq!(wrong.status, 1, "{}", wrong.err);
}

#[test]
fn a_sheet_in_json_has_every_criterion_and_what_to_ask_for() {
    let (home, _) = ada();
    let sheet = home.json(&["review-sheet"]);
    let parts = sheet["parts"].as_array().unwrap();
    assert!(parts.len() > 20);
    let publish = parts.iter().find(|p| p["id"] == "publish-an-article").unwrap();
    assert!(!publish["ask"].as_array().unwrap().is_empty());
    assert_eq!(publish["met"], Value::Bool(false));
    let ahead = home.run(&["review-sheet", "--since", "2999-01-01"]);
    assert!(
        ahead.status == 1 && ahead.err.contains("lies ahead"),
        "{}",
        ahead.err
    );
    let aimless = Home::empty();
    aimless.ok(&["start", "--profession", "content-marketing", "--name", "Ada"]);
    let none = aimless.run(&["packet"]);
    assert!(
        none.status == 1 && none.err.contains("no level is aimed at"),
        "{}",
        none.err
    );
}

#[test]
fn what_was_agreed_and_what_is_contested_stands_in_the_packet_of_whom_it_concerns() {
    let (ada, _) = ada();
    let edith = edith();
    let (_, receipt) = walked(&ada, &edith);
    ada.ok(&["agreement", "confirm", &receipt]);
    ada.ok(&["rate", "publish-an-article", "leads"]);
    ada.ok(&[
        "disagree",
        "write",
        "publish-an-article/teaches",
        "--convince",
        "Edith",
        "--what",
        "two articles I need not touch",
        "--by",
        "2998-12-12",
    ]);
    let hers = ada.ok(&["packet", "--for", "Edith"]);
    assert!(hers.contains("Agreed with Edith on "), "{hers}");
    assert!(hers.contains("Edith (manager), signed on "), "{hers}");
    assert!(hers.contains("(by file, signed with their key)"), "{hers}");
    let others = ada.ok(&["packet", "--for", "Jonas"]);
    assert!(
        !others.contains("Agreed with") && !others.contains("signed on"),
        "{others}"
    );
    assert!(!others.contains("two articles"), "{others}");
    for said in [&hers, &ada.ok(&["review-sheet"])] {
        assert!(
            said.contains("two articles I need not touch") && said.contains("12 December 2998"),
            "{said}"
        );
    }
    // By another level it is no longer what was agreed; and when it is over it is over.
    let other = ada.ok(&["packet", "--for", "edith", "--level", "lead"]);
    assert!(!other.contains("Agreed with"), "{other}");
    let agreement = ada.json(&["agreement", "list"])["agreements"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ada.ok(&["agreement", "end", &agreement, "--how", "called-off"]);
    let after = ada.ok(&["packet", "--for", "Edith"]);
    assert!(!after.contains("Agreed with"), "{after}");
}

/// The receipt with everything about a signature taken out of it, and its digest made to fit.
fn unsigned(receipt: &str) -> String {
    use metier_core::agreement::Letter;
    let Letter::Receipt(mut read) = metier_exchange::agreement_file::read(receipt.as_bytes()).unwrap() else {
        panic!("a receipt")
    };
    read.answer.signature = None;
    metier_exchange::agreement_file::write(&Letter::Receipt(read)).unwrap()
}

#[test]
fn a_file_without_a_signature_is_nobodys_word() {
    let (ada, _) = ada();
    let edith = edith();
    let (_, receipt) = walked(&ada, &edith);
    let bare = ada.file("bare.txt", unsigned(&std::fs::read_to_string(&receipt).unwrap()));
    let said = ada.ok(&["agreement", "confirm", &bare]);
    assert!(said.contains("a file you brought, unsigned"), "{said}");
    let packet = ada.ok(&["packet", "--for", "Edith"]);
    assert!(packet.contains("a file Ada brought, unsigned"), "{packet}");
    assert!(!packet.contains("Edith (manager), "), "no witness: {packet}");
    // The signed one may still come, and is hers.
    ada.ok(&["agreement", "confirm", &receipt]);
    let packet = ada.ok(&["packet", "--for", "Edith"]);
    assert!(packet.contains("Edith (manager), signed on "), "{packet}");
}

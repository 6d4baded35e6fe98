//! What others would see, and names that stay out of it.

use crate::binary::Home;

#[test]
fn a_scan_shows_exactly_what_would_be_seen() {
    let home = Home::of_ada();
    assert_eq!(home.ok(&["scan"]), "In a packet, nothing would be seen.\n");
    home.ok(&["log", "Wrote the letter"]);
    home.ok(&["log", "Settled it", "--confidential"]);
    home.ok(&[
        "log",
        "Calmed her down",
        "--confidential",
        "--redacted",
        "Settled a complaint",
    ]);
    let said = home.ok(&["scan"]);
    assert!(
        said.starts_with("In a packet, two things would be seen, and one left out."),
        "{said}"
    );
    assert!(
        said.contains("Settled a complaint") && !said.contains("Calmed her down"),
        "{said}"
    );
    assert!(
        said.contains("It is confidential and has no text for others"),
        "{said}"
    );

    home.ok(&["log", "Coached Bo, reach him at bo@example.org"]);
    let warned = home.run(&["scan"]);
    assert_eq!(warned.status, 1);
    assert!(
        warned.out.contains("Coached »Bo«, reach him at »bo@example.org«"),
        "{}",
        warned.out
    );
    assert!(
        warned
            .out
            .contains("Look: “bo@example.org” looks like an e-mail address.")
    );
    assert!(
        home.ok(&["scan", "--for", "receipt"])
            .starts_with("In a receipt, nothing"),
        "a receipt tells nothing"
    );
    let shared = home.json(&["scan", "--shared"]);
    let all = shared["items"].as_array().unwrap();
    assert!(
        all.iter().all(|item| item["outcome"]["left_out"] == "not_shown"),
        "{shared}"
    );
    let one = home.run(&["scan", "--for", "public", "--to", "x", "last", "--json"]);
    assert_eq!(one.status, 1, "something in it looks like a name");
    let one: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
}

#[test]
fn others_read_the_text_that_stands_in_place_of_what_somebody_said() {
    let home = Home::of_ada();
    home.ok(&[
        "rate",
        "publish-an-article",
        "reliable",
        "--role",
        "manager",
        "--by",
        "Mo",
        "--reason",
        "Calmed Edith Moss well",
    ]);
    let list: serde_json::Value = serde_json::from_str(&home.run(&["scan", "--json"]).out).unwrap();
    let item = &list["items"][0];
    assert_eq!(item["what"]["kind"], "rating");
    let entry = item["entry"].as_str().unwrap();
    assert!(home.run(&["scan"]).out.contains("A rating by a manager"));
    home.ok(&["redact", entry, "Calmed a patient well"]);
    let said = home.ok(&["scan"]);
    assert!(
        said.contains("Calmed a patient well") && !said.contains("Edith"),
        "{said}"
    );
    home.ok(&["redact", entry, "--nothing"]);
    assert!(
        home.ok(&["scan"])
            .contains("nothing would be seen, and one left out")
    );
    home.ok(&["redact", entry, "--as-it-stands"]);
    assert!(home.run(&["scan"]).out.contains("Edith Moss"));

    home.ok(&["log", "Calmed Edith Moss"]);
    home.ok(&["redact", "last", "Calmed a frightened patient"]);
    assert!(home.ok(&["scan", "last"]).contains("Calmed a frightened patient"));
    assert!(
        home.fails(&["redact", "last", " "])
            .contains("no text for others was given")
    );
    assert_eq!(home.run(&["redact", "last"]).status, 2, "a text, or --nothing");
    assert!(
        home.fails(&["redact", "nosuch", "x"])
            .contains("no entry goes by")
    );
}

#[test]
fn names_are_kept_out_listed_and_taken_off() {
    let home = Home::of_ada();
    assert!(home.ok(&["names"]).starts_with("No name is kept out yet."));
    assert_eq!(
        home.ok(&["names", "Zebedee Quill", "Acme", "--whose", "client"]),
        "Two names stay out from now on.\n"
    );
    assert_eq!(home.ok(&["names", "acme"]), "On the list already.\n");
    home.ok(&["log", "Wrote to ZEBEDEE-QUILL of Acme"]);
    assert!(home.ok(&["scan"]).contains("Wrote to [a client] of [a client]"));
    assert!(
        home.ok(&["names"])
            .contains("Zebedee Quill (a client’s or a customer’s)")
    );
    home.ok(&["names", "--remove", "zebedee quill"]);
    assert!(
        home.fails(&["names", "--remove", "zebedee quill"])
            .contains("not on the list")
    );
    assert!(home.fails(&["names", "K"]).contains("at least two letters"));
    let list = home.ok(&["log", "--list"]);
    assert!(
        !list.contains("Zebedee Quill"),
        "the list of names is no news: {list}"
    );
    assert!(home.ok(&["verify"]).contains("all is well"));
}

//! Contacts, mentors, communities, presence and brand, as they are typed.

use crate::binary::Home;

#[test]
fn contacts_are_noted_spoken_with_and_go_out_and_in_as_cards() {
    let home = Home::of_ada();
    home.ok(&[
        "contact",
        "add",
        "Rosa Diaz",
        "--offer",
        "support=reads drafts",
        "--mail",
        "rosa@example.org",
        "--next",
        "2999-01-15",
    ]);
    let twice = home.fails(&["contact", "add", " rosa diaz"]);
    assert!(
        twice.contains("Rosa Diaz is among your contacts already") && twice.contains("--another"),
        "{twice}"
    );
    let scripted = home.fails(&["contact", "add", "Al", "--web", "javascript:alert(1)"]);
    assert!(
        scripted.contains("start it with https:// or http://"),
        "{scripted}"
    );
    let said = home.ok(&["contact", "list", "drafts"]);
    assert!(
        said.contains("Offers support: reads drafts") && said.contains("15 January 2999"),
        "{said}"
    );
    home.ok(&["contact", "touch", "rosa diaz", "--words", "will read it"]);
    assert!(
        home.ok(&["contact", "show", "Rosa Diaz"])
            .contains("will read it")
    );
    assert!(home.json(&["contact", "list"])["contacts"][0]["next_touch"].is_null());
    let file = home.beside("cards.vcf").display().to_string();
    home.ok(&["contact", "export", &file]);
    assert!(
        home.fails(&["contact", "export", &file])
            .contains("nothing is overwritten")
    );
    let said = home.ok(&["contact", "import", &file]);
    assert!(said.contains("here already: the same card"), "{said}");
    let other = Home::of_ada();
    assert!(
        other
            .ok(&["contact", "import", &file])
            .contains("Nobody was taken in")
    );
    assert!(
        other
            .ok(&["contact", "import", &file, "--yes"])
            .contains("Taken in: 1")
    );
    assert!(
        other
            .ok(&["contact", "show", "Rosa Diaz"])
            .contains("rosa@example.org")
    );
    let odd = "BEGIN:VCARD\nFN:Al\nEND:VCARD\nBEGIN:VCARD\nFN:\nEND:VCARD\nBEGIN:VCARD\nKIND:group\nFN:All\nEND:VCARD\n";
    let said = other.ok(&["contact", "import", &home.file("odd.vcf", odd)]);
    assert!(
        said.contains("3 cards, one of them a list of others")
            && said.contains("Card 2 says nobody's name, and was left out."),
        "{said}"
    );
    let bad = home.file("bad.vcf", "BEGIN:VCARD\nFN:Al\n");
    assert!(
        other
            .fails(&["contact", "import", &bad, "--yes"])
            .contains("END:VCARD")
    );
}

#[test]
fn mentors_and_communities_are_noted() {
    let home = Home::of_ada();
    home.ok(&["mentor", "add", "Rosa", "--gap", "publish-an-article"]);
    home.ok(&["mentor", "log", "Rosa", "cut the beginning"]);
    let list = home.json(&["mentor", "list"]);
    let guidance = list["mentorships"][0]["guidance"][0]["entry"]
        .as_str()
        .unwrap()
        .to_owned();
    home.ok(&["mentor", "log", &guidance, "--done", "did so in spring"]);
    assert!(home.ok(&["mentor", "list"]).contains("did so in spring"));
    home.ok(&["mentor", "willing", "publish-an-article"]);
    assert!(home.ok(&["mentor", "willing"]).contains("Willing to teach"));
    home.ok(&["mentor", "end", "Rosa"]);
    home.ok(&[
        "community",
        "add",
        "Spring fair",
        "--kind",
        "event",
        "--part",
        "speak",
    ]);
    assert!(
        home.ok(&["community", "list"])
            .contains("Spring fair (event): speak")
    );
    home.ok(&["log", "A talk on roses", "--form", "talk"]);
    assert!(home.ok(&["community", "shared"]).contains("A talk on roses"));
}

#[test]
fn what_is_shown_is_held_against_the_record_and_the_values() {
    let home = Home::of_ada();
    home.ok(&[
        "brand",
        "--value",
        "Plainness=I cut",
        "--apart",
        "Was a gardener first",
    ]);
    assert!(
        home.ok(&["brand"])
            .contains("Was a gardener first: nothing shows it yet")
    );
    home.ok(&[
        "presence",
        "add",
        "My site",
        "--kind",
        "site",
        "--looked",
        "2999-01-01",
    ]);
    home.ok(&[
        "presence",
        "claim",
        "My site",
        "I lead",
        "--asserts",
        "publish-an-article=leads",
    ]);
    home.ok(&[
        "presence",
        "claim",
        "My site",
        "--at",
        "1",
        "--expresses",
        "plainness",
    ]);
    let checked = home.run(&["presence", "check"]);
    assert_eq!(checked.status, 1, "the answer is no");
    let said = checked.out;
    assert!(
        said.contains("My site says") && !said.contains("Nothing you show"),
        "{said}"
    );
    home.ok(&["presence", "claim", "My site", "--at", "1", "--remove"]);
    assert!(home.ok(&["presence", "list"]).contains("My site"));
}

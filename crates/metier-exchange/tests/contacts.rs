//! Cards: what is read of the versions in use, what is refused with which card and line, and the way back.

// In a test, what does not hold may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::Timestamp;
use metier_exchange::contacts::{CARDS_MAX, Contact, FILE_MAX, NameParts, Version, Way, read, write};
use proptest::prelude::*;

fn refused(text: impl AsRef<[u8]>) -> Vec<String> {
    read(text.as_ref())
        .expect_err("should be refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn way(value: &str, kinds: &[&str], preferred: bool) -> Way {
    Way {
        value: value.into(),
        kinds: kinds.iter().map(|k| (*k).to_owned()).collect(),
        preferred,
    }
}

#[test]
fn a_card_of_version_3_is_read_and_what_is_left_out_is_named() {
    let cards = read(include_bytes!("fixtures/cards/three.vcf")).unwrap();
    assert_eq!(
        cards.contacts,
        [Contact {
            uid: Some("7f5d-ngozi".into()),
            name: "Dr Ngozi Ada Okafor".into(),
            parts: NameParts {
                family: "Okafor".into(),
                given: "Ngozi".into(),
                additional: "Ada".into(),
                prefix: "Dr".into(),
                suffix: String::new(),
            },
            organisation: vec!["Harbour Bakery, Ltd".into(), "Ovens".into()],
            title: "Head baker".into(),
            mails: vec![
                way("ngozi@example.org", &["work"], true),
                way("n.okafor@example.net", &["home"], false)
            ],
            phones: vec![way("+44 20 7946 0958", &["cell"], false)],
            urls: vec!["https://example.org/ovens?day=1,2".into()],
            note: "Met at the guild; asks good questions.\nOwes me a starter, the rye one. \u{1f35e}".into(),
            categories: vec!["guild".into(), "mentors".into()],
            revised: Some("2026-02-03T04:05:06Z".parse().unwrap()),
        }]
    );
    let left_out: Vec<_> = cards
        .left_out
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(left_out, [("BDAY", 1), ("PHOTO", 1), ("X-ABLABEL", 1)]);
}

#[test]
fn several_cards_of_version_4_are_read_and_lists_of_others_left_out() {
    let cards = read(include_bytes!("fixtures/cards/four.vcf")).unwrap();
    assert_eq!(cards.contacts.len(), 1);
    assert_eq!(cards.contacts[0].name, "Iwona \u{c5}kesson");
    assert_eq!(cards.contacts[0].phones, [way("+46-8-555-0100", &["work"], true)]);
    assert_eq!(cards.left_out.get("KIND:GROUP"), Some(&1));
}

#[test]
fn an_old_card_is_read_in_its_character_sets_and_gets_a_name() {
    let cards = read(include_bytes!("fixtures/cards/two.vcf")).unwrap();
    let contact = &cards.contacts[0];
    assert_eq!(contact.name, "J\u{f6}rg M\u{fc}ller");
    assert_eq!(contact.organisation, ["B\u{e4}ckerei am Markt"]);
    assert_eq!(contact.phones, [way("0151 555", &["cell"], false)]);
    assert_eq!(contact.note, "eins\nzwei");
}

#[test]
fn a_card_without_a_full_name_goes_by_what_else_it_says() {
    let name = |lines: &str| {
        let text = format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n");
        read(text.as_bytes()).unwrap().contacts.swap_remove(0).name
    };
    assert_eq!(name("N:Bell;Ann,Mary"), "Ann Mary Bell");
    assert_eq!(name("FN:\nORG:Mill;Stones"), "Mill");
    assert_eq!(name("EMAIL:ann@example.org"), "ann@example.org");
}

#[test]
fn a_card_that_says_nobodys_name_is_passed_over_and_the_others_are_read() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n\
        BEGIN:VCARD\nKIND:group\nFN:Friends\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:\nTEL:1\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n";
    let cards = read(text.as_bytes()).unwrap();
    let names: Vec<&str> = cards.contacts.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Bo"]);
    assert_eq!(cards.nameless, [3]);
    assert_eq!(cards.left_out["KIND:GROUP"], 1);
}

#[test]
fn notes_of_old_programs_are_decoded_and_what_cannot_be_is_counted_as_such() {
    let note = |line: &str| {
        let text = format!("BEGIN:VCARD\nVERSION:2.1\nFN:Ann\n{line}\nEND:VCARD\n");
        let mut cards = read(text.as_bytes()).unwrap();
        (cards.contacts.swap_remove(0).note, cards.left_out)
    };
    for (line, said) in [
        ("NOTE;ENCODING=QUOTED-PRINTABLE:caf=E9", "caf\u{e9}"),
        (
            "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:at the f=c3=aate=0D=0Atwo",
            "at the f\u{ea}te\ntwo",
        ),
        (
            "NOTE;QUOTED-PRINTABLE;CHARSET=windows-1252:50 =80=\n a day",
            "50 \u{20ac} a day",
        ),
    ] {
        let (read, left_out) = note(line);
        assert_eq!((read.as_str(), left_out.len()), (said, 0), "{line}: {left_out:?}");
    }
    for line in [
        "NOTE;CHARSET=X-NONE;ENCODING=QUOTED-PRINTABLE:=E9",
        "NOTE;ENCODING=QUOTED-PRINTABLE:=G9",
    ] {
        let (read, left_out) = note(line);
        assert_eq!((read.as_str(), left_out["NOTE;ENCODING"]), ("", 1));
    }
}

#[test]
fn a_name_that_nobody_took_apart_stands_whole_as_the_given_one_where_3_0_demands_it() {
    let text = "BEGIN:VCARD\nVERSION:4.0\nFN:Diaz\\, Rosa\nEND:VCARD\n";
    let cards = read(text.as_bytes()).unwrap();
    let written = write(&cards.contacts, Version::V3);
    assert!(written.contains("\r\nN:;Diaz\\, Rosa;;;\r\n"), "{written}");
    assert_eq!(read(written.as_bytes()).unwrap().contacts, cards.contacts);
    assert!(!write(&cards.contacts, Version::V4).contains("\r\nN:"));
}

#[test]
fn what_is_wrong_is_said_with_its_card_and_line() {
    let good = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n";
    assert_eq!(
        refused(format!(
            "{good}BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nno colon\nEND:VCARD\n"
        )),
        [
            "line 8: card 2 (Bo): `no colon` has no colon (a line is a name, a colon and a value; export the file again, or delete the line)"
        ]
    );
    for (text, said) in [
        (
            format!("{good}FN:Bo\n"),
            "line 5: after card 1: `FN` stands outside of any card",
        ),
        (
            format!("{good}BEGIN:VCARD\nFN:Bo\n"),
            "line 5: card 2 (Bo): the card does not end",
        ),
        (
            format!("BEGIN:VCARD\nFN:Bo\n{good}"),
            "line 3: card 1 (Bo): another card begins inside the one that began on line 1",
        ),
        (
            "END:VCARD\n".into(),
            "line 1: before the first card: END:VCARD without a card that began",
        ),
        (
            "BEGIN:VCARD\nVERSION:5.0\nFN:A\nEND:VCARD".into(),
            "line 1: card 1 (A): `5.0` is no version that is read",
        ),
        (String::new(), "there is no card in the file"),
    ] {
        let problems = refused(&text);
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert!(problems[0].starts_with(said), "{problems:?}");
    }
    let latin = refused(b"BEGIN:VCARD\nFN:J\xf6rg\nEND:VCARD\n");
    assert!(
        latin[0].starts_with("line 2, column 5: is not UTF-8 at byte 16"),
        "{latin:?}"
    );
    assert!(latin[0].contains("export the contacts again"), "{latin:?}");
}

#[test]
fn limits_are_kept_and_at_most_twenty_problems_named() {
    let text = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(CARDS_MAX + 1);
    let problems = refused(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("more than 50000 cards"), "{problems:?}");
    assert!(refused(vec![b' '; FILE_MAX + 1])[0].contains("at most 16777216 are read"));
    assert_eq!(refused("nothing\n".repeat(30)).len(), 20);
}

#[test]
fn of_one_card_no_more_is_kept_than_anybody_has() {
    let lines: String = (0..10_000)
        .map(|n| format!("CATEGORIES:a{n},b{n}\nTEL:{n}\n"))
        .collect();
    let cards = read(format!("BEGIN:VCARD\nFN:A\n{lines}END:VCARD\n").as_bytes()).unwrap();
    let contact = &cards.contacts[0];
    assert_eq!((contact.categories.len(), contact.phones.len()), (100, 100));
    assert_eq!(cards.left_out["TEL"], 9_900);
    assert_eq!(cards.left_out["CATEGORIES"], 9_950);
}

#[test]
fn both_versions_are_written_as_ever() {
    let contacts: Vec<Contact> = [
        &include_bytes!("fixtures/cards/three.vcf")[..],
        include_bytes!("fixtures/cards/four.vcf"),
        include_bytes!("fixtures/cards/two.vcf"),
    ]
    .iter()
    .flat_map(|bytes| read(bytes).unwrap().contacts)
    .collect();
    for (version, golden) in [
        (Version::V3, include_str!("fixtures/cards/written-3.vcf")),
        (Version::V4, include_str!("fixtures/cards/written-4.vcf")),
    ] {
        let written = write(&contacts, version);
        assert_eq!(written, golden, "{written}");
    }
}

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9\u{e9}\u{4e2d}\u{1f600},;:\\\\\"'= \n\t.-]{0,80}".prop_map(|text| text.trim().to_owned())
}

fn ways() -> impl Strategy<Value = Vec<Way>> {
    let way = (
        "[a-z0-9+@,;\\\\ ]{0,30}[a-z0-9]",
        prop::sample::subsequence(vec!["work", "home", "cell"], 0..3),
        any::<bool>(),
    )
        .prop_map(|(value, kinds, preferred)| Way {
            value: value.trim().to_owned(),
            kinds: kinds.into_iter().map(str::to_owned).collect(),
            preferred,
        });
    prop::collection::vec(way, 0..3)
}

fn some_words(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(words(), 0..most).prop_map(|list| {
        let mut kept: Vec<String> = Vec::new();
        for text in list {
            if !text.is_empty() && !kept.contains(&text) {
                kept.push(text);
            }
        }
        kept
    })
}

prop_compose! {
    fn contact()(
        uid in prop::option::of("[a-z0-9,;\\\\-]{1,40}|urn:uuid:[a-f0-9-]{36}"),
        name in words().prop_filter("a name", |n| !n.is_empty()),
        family in "[a-z\u{e9};\\\\]{0,20}", given in "[a-z\u{e9};]{0,20}", prefix in "[a-z.]{0,5}",
        organisation in some_words(3), title in words(), mails in ways(), phones in ways(),
        urls in prop::collection::hash_set("https://[a-z.]{1,60}/[a-z0-9?=&,;]{0,90}", 0..2),
        note in words(), categories in some_words(4),
        revised in prop::option::of(-60_000_000_000_i64..250_000_000_000),
    ) -> Contact {
        Contact {
            uid, name,
            parts: NameParts { family, given, additional: String::new(), prefix, suffix: String::new() },
            organisation, title, mails, phones,
            urls: urls.into_iter().collect(),
            note, categories,
            revised: revised.map(|second| Timestamp::from_second(second).unwrap()),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(contacts in prop::collection::vec(contact(), 1..4)) {
        for version in [Version::V3, Version::V4] {
            let written = write(&contacts, version);
            prop_assert!(written.split("\r\n").all(|line| line.len() <= 75));
            let cards = read(written.as_bytes()).unwrap();
            prop_assert_eq!(&cards.contacts, &contacts);
            prop_assert!(cards.left_out.is_empty());
        }
    }

    #[test]
    fn what_is_accepted_of_a_spoilt_file_is_written_and_read_back(
        which in 0_usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, "[\\PC\n\r\t]|[;:,=\\\\.\n ]|TYPE=|tel:|\\\\n|END:VCARD|VERSION:2.1|ENCODING=QUOTED-PRINTABLE"), 0..6),
    ) {
        let files = [
            include_str!("fixtures/cards/two.vcf"),
            include_str!("fixtures/cards/three.vcf"),
            include_str!("fixtures/cards/four.vcf"),
        ];
        let mut text: Vec<char> = files[which].chars().collect();
        for (place, gone, put) in edits {
            let place = place.index(text.len());
            let end = (place + gone).min(text.len());
            text.splice(place..end, put.chars());
        }
        let Ok(cards) = read(text.into_iter().collect::<String>().as_bytes()) else {
            return Ok(());
        };
        for version in [Version::V3, Version::V4] {
            let written = write(&cards.contacts, version);
            if cards.contacts.is_empty() {
                prop_assert_eq!(written, "");
            } else {
                let again = read(written.as_bytes()).map(|again| again.contacts);
                prop_assert_eq!(again, Ok(cards.contacts.clone()));
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "(BEGIN:VCARD|END:VCARD|FN:|[;:,=\\\\\n x])*") {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
    }
}

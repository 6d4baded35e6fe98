use super::*;

fn read_all(text: &str) -> Vec<(Option<String>, String)> {
    read(text)
        .proposals
        .into_iter()
        .map(|p| (p.day.map(|d| d.date.to_string()), p.title))
        .collect()
}

fn one(text: &str) -> (Option<String>, String) {
    let mut items = read_all(text);
    assert_eq!(items.len(), 1, "{text}");
    items.remove(0)
}

#[test]
fn bullets_and_numbers_come_off() {
    for line in [
        "Did it",
        "- Did it",
        "  * Did it",
        "•Did it",
        "•\tDid it",
        "1. Did it",
        "12) Did it",
        "(3) Did it",
        "b) Did it",
        "- [x] Did it",
        "1. [ ] Did it",
    ] {
        assert_eq!(one(line), (None, "Did it".into()), "{line}");
    }
    assert_eq!(read("- [ ] Did it").proposals[0].doubt, UNTICKED);
    assert_eq!(read("- [x] Did it").proposals[0].doubt, "");
}

#[test]
fn what_only_looks_like_a_bullet_stays() {
    for line in [
        "3.5 hours with a client",
        "-5 degrees outside",
        "a client",
        "2026 in review",
        "1234. x",
    ] {
        assert_eq!(one(line), (None, line.into()));
    }
}

#[test]
fn a_date_in_front_is_taken_in_every_unambiguous_form() {
    for line in [
        "2026-03-04: did x",
        "2026-03-04 did x",
        "- 2026-03-04 – did x",
        "[2026-03-04] did x",
        "**2026-03-04:** did x",
        "2026-03-04T10:00:00Z did x",
        "4.3.2026 did x",
        "04.03.2026: did x",
        "4 March 2026 - did x",
        "4th of March 2026, did x",
        "Mar 4, 2026 | did x",
        "March 4th, 2026: did x",
        "did x (2026-03-04)",
    ] {
        assert_eq!(one(line), (Some("2026-03-04".into()), "did x".into()), "{line}");
    }
}

#[test]
fn a_date_at_the_end_is_taken_where_it_is_set_apart() {
    for line in [
        "did x, 2026-03-04",
        "did x – 4 March 2026.",
        "did x | 04.03.2026",
        "did x - 2026-03-04",
    ] {
        assert_eq!(one(line), (Some("2026-03-04".into()), "did x".into()), "{line}");
    }
    for (line, day) in [
        ("did x on 4 March 2026", "2026-03-04"),
        ("did x in March 2026.", "2026-03-01"),
        ("did x in 2026", "2026-01-01"),
    ] {
        assert_eq!(one(line), (Some(day.into()), line.into()), "{line}");
    }
    assert_eq!(one("did x, 2026"), (Some("2026-01-01".into()), "did x".into()));
    for line in [
        "did x, 2014 – 2017",
        "worked there in 2014 – 2017",
        "did x, y, 20",
        "sold for 1,500",
        "moved in",
        "from March to 2026 clients",
    ] {
        assert_eq!(one(line), (None, line.into()), "{line}");
    }
}

#[test]
fn a_month_stands_for_its_first_day_and_says_so() {
    for line in [
        "March 2026 - did x",
        "Mar. 2026: did x",
        "2026-03: did x",
        "did x (March 2026)",
    ] {
        assert_eq!(one(line), (Some("2026-03-01".into()), "did x".into()), "{line}");
    }
    let day = read("did x (March 2026)").proposals[0].day.clone().unwrap();
    assert_eq!((day.said.as_str(), day.exact), ("March 2026", Exactness::Month));
}

#[test]
fn what_is_not_surely_a_date_stays_in_the_text() {
    for line in [
        "04/03/2026 did x",
        "May 2026 plan agreed",
        "2026-13-01: did x",
        "2026-02-30: did x",
        "Marching 2026: did x",
        "12 monkeys seen",
        "0026-03-04: did x",
    ] {
        assert_eq!(one(line), (None, line.into()));
    }
    let doubt = &crate::capture::read(b"04/03/2026 did x", None).unwrap().proposals[0].doubt;
    assert!(doubt.contains("04/03/2026"), "{doubt}");
}

#[test]
fn headings_are_left_out_and_dated_ones_date_what_is_under_them() {
    let text = "# What I did\n\nMarch 2026\n- did x\n- 2026-03-09: did y\n\n## April 2026:\n* did z\nOther things:\n- did q\n2025:\nQ3:\n- did r";
    assert_eq!(
        read_all(text),
        [
            (Some("2026-03-01".into()), "did x".into()),
            (Some("2026-03-09".into()), "did y".into()),
            (Some("2026-04-01".into()), "did z".into()),
            (None, "did q".into()),
            (Some("2025-07-01".into()), "did r".into()),
        ]
    );
    assert!(read(text).left_out[0].contains('6'));
}

#[test]
fn a_wrapped_item_stays_one_item_and_a_bullet_under_a_bullet_its_detail() {
    let text = "- did x\n  and more of it\n    * a detail\n      of it\n- did y\nplain\n  indented plain\n";
    let items = read(text).proposals;
    let titles: Vec<&str> = items.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(
        titles,
        ["did x and more of it", "did y", "plain", "indented plain"]
    );
    assert_eq!(items[0].note, "- a detail of it");
    assert_eq!(items[1].place, "line 5");
}

#[test]
fn greetings_signatures_and_headings_are_no_drafts_and_are_said() {
    let text = "Hi Ada,\n\nMY YEAR\n\nProjects\n- did x\n- did y\n\nTeaching\n--------\ndid z on 4 March 2026\n\nBest regards,\nBo Quist\nHead of Sales\n";
    let titles: Vec<String> = read_all(text).into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles, ["did x", "did y", "did z on 4 March 2026"]);
    let said = read(text).left_out.join(" ");
    for part in [
        "greeting",
        "signature: 3 lines",
        "“MY YEAR”",
        "“Projects”",
        "“Teaching”",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // What comes after a sign-off and is a thing done stays one.
    let after = "- did x\nThanks!\nPS: On top of it I ran the whole fair with three people, too.";
    assert_eq!(read_all(after).len(), 2);
    assert_eq!(read_all("Thanks")[0].1, "Thanks");
}

#[test]
fn odd_characters_are_harmless() {
    assert!(read_all("\n \t\n---\n").is_empty());
    assert!(read_all("").is_empty());
    assert_eq!(one("日本語"), (None, "日本語".into()));
}

//! What is pasted, whole: what each form becomes, and what bad input is told.

#![allow(clippy::unwrap_used, clippy::panic)]

use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;
use metier_exchange::DocumentProblem;
use metier_exchange::capture::{Form, PASTE_MAX, PROPOSALS_MAX, Proposal, Proposed, Reading, form_of, read};

fn fixture(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/capture");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A proposal in a line: its kind, its day with how exact it is, its title.
fn told(p: &Proposal) -> String {
    let kind = match &p.what {
        Proposed::Evidence(what) => format!("{:?}", what.kind()),
        Proposed::Position {
            organisation,
            from,
            until,
        } => {
            let until = until.map_or("now".to_owned(), |d| d.to_string());
            return format!("Position {from} to {until}: {} at {organisation}", p.title);
        }
    };
    let day = p.day.as_ref();
    let day = day.map_or("no day".into(), |d| format!("{} {:?}", d.date, d.exact));
    format!("{kind}, {day}: {}", p.title)
}

fn all_told(reading: &Reading) -> Vec<String> {
    reading.proposals.iter().map(told).collect()
}

fn problems(text: impl AsRef<[u8]>) -> Vec<DocumentProblem> {
    read(text.as_ref(), None).unwrap_err()
}

#[test]
fn a_resume_becomes_positions_and_what_was_done_in_them() {
    let text = fixture("resume.txt");
    let reading = read(text.as_bytes(), None).unwrap();
    assert_eq!(reading.form, Form::Resume);
    assert_eq!(
        all_told(&reading),
        [
            "Position 2021-03-01 to now: Senior Content Editor at Northwind Books",
            "Communication, no day: Published 120 articles in the house style and cut the error rate by half",
            "Teaching, no day: Trained four junior writers",
            "Recognition, 2023-06-01 Month: Won the 2023 regional newsletter award",
            "Position 2018-01-01 to 2021-02-28: Content Writer at Fabrikam Ltd, Leeds",
            "Accomplishment, 2021-02-28 Span: Wrote product pages, see https://example.org/pages.",
            "Incident, 2021-02-28 Span: Resolved the 2020 print outage within a day",
            "Learning, 2015-12-31 Span: University of Leeds",
            "Credential, 2022-01-01 Year: Certified Content Strategist",
        ]
    );
    let of = |at: usize| &reading.proposals[at];
    assert_eq!(of(0).note, "Leads the newsletter and the style guide.");
    assert_eq!(of(0).because, "its time, “Mar 2021 – Present”");
    assert!(of(1).doubt.contains("choose the day"), "{}", of(1).doubt);
    assert_eq!(of(1).note, "Senior Content Editor, Northwind Books");
    assert_eq!(of(5).links, ["https://example.org/pages"]);
    assert!(of(7).note.contains("Thesis on plain language"));
    assert_eq!(
        reading.left_out,
        [
            "The lines before the first section (2): your particulars.",
            "A section that tells of no deed: “PROFILE”.",
            "A section that tells of no deed: “Skills”.",
            "A section that tells of no deed: “References”.",
        ]
    );
}

#[test]
fn json_resume_becomes_positions_evidence_and_a_word_about_the_rest() {
    let reading = read(fixture("resume.json").as_bytes(), None).unwrap();
    assert_eq!(reading.form, Form::JsonResume);
    assert_eq!(
        all_told(&reading),
        [
            "Position 2021-03-01 to now: Senior Content Editor at Northwind Books",
            "Communication, no day: Published 120 articles",
            "Position 2018-01-01 to 2021-02-28: Content Writer at Fabrikam Ltd",
            "Teaching, 2021-02-28 Span: Trained Bo",
            "Accomplishment, no day: Intern, Contoso",
            "Accomplishment, 2020-12-31 Span: Host, Book club (volunteering)",
            "Accomplishment, 2020-12-31 Span: Ran 12 evenings",
            "Project, 2022-06-30 Span: Style guide",
            "Learning, 2015-12-31 Span: BA, English, University of Leeds",
            "Credential, 2022-05-01 Month: Content strategist",
            "Recognition, 2023-06-01 Day: Newsletter of the year",
            "Communication, 2024-02-03 Day: On short sentences, A journal",
            "Recognition, no day: Reference by Edith Moss",
        ]
    );
    let of = |at: usize| &reading.proposals[at];
    assert_eq!(of(0).note, "Location: Leeds\n\nLeads the newsletter.");
    assert_eq!(of(0).place, "/work/0");
    assert_eq!(of(1).place, "/work/0/highlights/0");
    assert_eq!(of(4).doubt, "No day could be read from “sometime”.");
    assert_eq!(of(8).note, "Courses: Plain language\n\nScore: 2:1");
    assert_eq!(of(11).links, ["https://example.org/short_(2)"]);
    assert_eq!(of(12).note, "She finishes what she begins.");
    assert!(matches!(
        &of(7).what,
        Proposed::Evidence(Happening::Project { goal, tasks, met: None, .. })
            if goal == "One guide for all" && tasks == "Agreed with six teams\nOn time"
    ));
    assert!(matches!(
        &of(9).what,
        Proposed::Evidence(Happening::Credential { body, .. }) if body == "A council"
    ));
    let left_out = reading.left_out.join("\n");
    assert!(
        left_out.contains("“skills” (2)") && left_out.contains("“hobbies”"),
        "{left_out}"
    );
}

#[test]
fn json_resume_with_wrong_types_is_refused_by_pointer_and_nothing_is_read() {
    let found = problems(
        r#"{"work": [{"name": ["Acme"], "startDate": 2013, "highlights": "one"}, "two"],
            "awards": {"title": "x"}, "education": [{"courses": [1, "a"]}]}"#,
    );
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "/work/1: expected an object, found the text \"two\"",
        "/work/0/name: expected a text, found a list",
        "/work/0/highlights: expected a list, found the text \"one\"",
        "/education/0/courses/0: expected a text, found the number 1",
        "/awards: expected a list, found an object",
    ];
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
        assert!(found.contains("jsonresume.org"), "{found}");
    }
    assert_eq!(found.len(), expected.len());

    let cut = problems("{\"work\": [\n  {\"name\": \"Acme\"");
    assert_eq!(cut[0].line, Some(2));
    assert!(
        cut[0].to_string().contains("from the first { to the last }"),
        "{}",
        cut[0]
    );
    assert!(
        problems("[1, 2]")[0]
            .what
            .contains("expected an object, found a list")
    );
    assert!(
        problems("{\"basics\": {\"name\": \"Ada\"}}")[0]
            .what
            .contains("“basics”")
    );
    let deep = format!("{{\"work\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(problems(deep)[0].what.contains("recursion"));
}

#[test]
fn what_is_no_text_or_too_much_is_refused_with_a_way_on() {
    for (bytes, said) in [
        (b"%PDF-1.7 ...".as_slice(), "a PDF"),
        (b"PK\x03\x04....", "Word document"),
        (b"\xd0\xcf\x11\xe0....", "old Word"),
        (b"- did x\n\x00\x01", "zero"),
        (b"- did x\n\xff\xfe", "not UTF-8"),
        (b" \n\t\n", "nothing in it"),
        (b"From: Bo\nTo: Ada\n\n> only quoted\n", "quoted"),
    ] {
        let found = read(bytes, None).unwrap_err();
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().contains(said), "{}", found[0]);
        assert!(!found[0].remedy.is_empty());
    }
    let huge = "did x\n".repeat(PASTE_MAX / 6 + 1);
    assert!(problems(huge)[0].remedy.contains("a part of it"));
    let long = read("x ".repeat(PASTE_MAX / 2).as_bytes(), None).unwrap();
    assert_eq!(long.proposals.len(), 1);
    assert!(long.proposals[0].title.chars().count() <= 201);
    let many = "d\n".repeat(PASTE_MAX / 2);
    let many = read(many.as_bytes(), None).unwrap();
    assert_eq!(many.proposals.len(), PROPOSALS_MAX);
    assert!(many.left_out.last().unwrap().contains("first 5000"));
    for text in [
        "best\n", "\n", "> x\n", "On a\n", "# x\n", "- ", "* a\n ", "(", "[a](",
    ] {
        let mail = format!("From: Bo\nTo: Ada\n\n{}", text.repeat(20_000));
        // However often it says the same, it is read or refused.
        drop(read(mail.as_bytes(), None));
        drop(read(mail.as_bytes(), Some(Form::Markdown)));
        drop(read(mail.as_bytes(), Some(Form::Resume)));
    }
}

#[test]
fn a_date_or_a_sign_by_itself_is_nothing_done() {
    let text = "EXPERIENCE\n\nMarch 2026\n- ***\n- did x\n\nAWARDS\n2025\n---\n";
    let reading = read(text.as_bytes(), None).unwrap();
    let titles: Vec<&str> = reading.proposals.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(titles, ["did x", "2025"]);
    let rows = read(b"what,when\n-,2026-01-01\ndid x,\n", None).unwrap();
    assert_eq!((rows.proposals.len(), rows.left_out.len()), (1, 1));
}

#[test]
fn a_day_that_is_none_is_said_to_be_unread() {
    let rows = read(b"what,when\ndid x,31.02.2026\ndid y,spring 2026\n", None).unwrap();
    assert_eq!(rows.proposals[0].day, None);
    assert!(rows.proposals[0].doubt.contains("31.02.2026"));
    assert!(rows.proposals[1].day.is_some(), "a year in words is one");
}

#[test]
fn each_form_is_told_from_the_others() {
    for (text, form) in [
        ("- did x\n- did y", Form::List),
        ("{not json at all", Form::List),
        ("[x] did y\n[ ] did z", Form::List),
        ("{\"work\": []}", Form::JsonResume),
        ("# 2026\n\n- did x", Form::Markdown),
        ("From: Bo\nSubject: x\n\nwell done", Form::Mail),
        ("what\twhen\ndid x\t2026-01-01\n", Form::Table),
        ("EXPERIENCE\nx\nEDUCATION\ny", Form::Resume),
        ("From 2026 on, did x", Form::List),
    ] {
        assert_eq!(form_of(text), form, "{text}");
    }
    let as_list = read(b"# 2026\n- did x", Some(Form::List)).unwrap();
    assert_eq!(as_list.form, Form::List);
}

#[test]
fn every_proposal_is_of_a_kind_a_line_can_tell() {
    for text in ["attempted 30 times, 29 clean", "Did it"] {
        let reading = read(text.as_bytes(), None).unwrap();
        assert_ne!(reading.proposals[0].what.kind(), Some(EvidenceKind::Attempts));
    }
}

/// The sample of the schema's own package, where it is found.
#[test]
fn the_sample_of_the_schema_is_read() {
    let beside = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let root = std::env::var_os("METIER_VECTORS").map_or_else(beside, Into::into);
    let path = root.join("json-resume/sample.resume.json");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("vectors not found at {}, skipped", path.display());
        return;
    };
    let reading = read(&bytes, None).unwrap();
    assert_eq!(
        all_told(&reading),
        [
            "Position 2013-12-01 to 2014-12-01: CEO/President at Pied Piper",
            "Accomplishment, 2014-12-01 Span: Build an algorithm for artist to detect if their music was violating copy right infringement laws",
            "Accomplishment, 2014-12-01 Span: Successfully won Techcrunch Disrupt",
            "Accomplishment, 2014-12-01 Span: Optimized an algorithm that holds the current world record for Weisman Scores",
            "Accomplishment, 2013-01-01 Span: Teacher, CoderDojo (volunteering)",
            "Recognition, 2013-01-01 Span: Awarded 'Teacher of the Month'",
            "Project, 2016-08-24 Span: Miss Direction, Smoogle",
            "Learning, 2014-01-01 Span: Bachelor, Information Technology, University of Oklahoma",
            "Recognition, 2014-11-01 Day: Digital Compression Pioneer Award",
            "Communication, 2014-10-01 Day: Video compression for 3d media, Hooli",
            "Recognition, no day: Reference by Erlich Bachman",
        ]
    );
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(&reading.proposals[9].links[0]));
}

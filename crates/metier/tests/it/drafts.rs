//! Anything pasted or imported becomes drafts, and a yes records them.

use std::io::Write;
use std::process::Stdio;

use crate::binary::{Home, Said};

const RESUME: &str = r#"{"work": [{"name": "Acme", "position": "Editor", "startDate": "2020-01", "endDate": "2021-06",
  "highlights": ["Published an article every week"]}],
  "awards": [{"title": "Best newsletter", "date": "2021-05-02", "awarder": "The region"}], "skills": [{"name": "x"}]}"#;

#[test]
fn a_pasted_list_is_kept_as_drafts_and_recorded_when_told() {
    let home = Home::of_ada();
    let before = home.entries();
    let list = home.file("brag.txt", "# 2026\n- 2026-03-04: Ran the launch\n- Coached Bo\n");
    let shown = home.ok(&["log", "--paste", &list]);
    assert!(
        shown.contains("Read as a document with headings. Two drafts to confirm."),
        "{shown}"
    );
    assert!(shown.contains("Ran the launch"), "{shown}");
    assert!(shown.contains("4 March 2026, from “2026-03-04”"), "{shown}");
    assert!(shown.contains("Taken for teaching, from “coached”"), "{shown}");
    assert_eq!(home.entries(), before, "a paste records nothing");

    let drafts = home.json(&["drafts"]);
    let ids: Vec<String> = drafts
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["id"].as_str().unwrap().replace('-', ""))
        .collect();
    assert_eq!(ids.len(), 2);
    let said = home.ok(&[
        "drafts",
        "--confirm",
        &ids[0][24..],
        "--for",
        "publish-an-article/delivers",
    ]);
    assert!(said.starts_with("Recorded one thing."), "{said}");
    assert_eq!(home.entries(), before + 2, "the thing and its claim");
    assert!(
        home.fails(&["drafts", "--confirm", &ids[0][24..]])
            .contains("no draft goes by")
    );
    home.ok(&["drafts", "--dismiss", "all"]);
    assert!(home.ok(&["drafts"]).starts_with("No draft waits."));
    assert!(home.ok(&["drafts", "--dismissed"]).contains("Coached Bo"));
    home.ok(&["drafts", "--bring-back", &ids[1][24..]]);
    home.ok(&["drafts", "--dismiss", &ids[1][24..]]);
    assert!(
        home.ok(&["drafts", "--forget"])
            .starts_with("One draft forgotten")
    );

    let again = home.ok(&["log", "--paste", &list, "--yes"]);
    assert!(
        again.contains("One draft to confirm.") && again.contains("Recognised: one recorded before."),
        "{again}"
    );
    assert!(again.contains("Recorded one thing."), "{again}");
    assert_eq!(home.entries(), before + 3);
    let nothing = home.ok(&["log", "--paste", &list, "--yes"]);
    assert!(nothing.contains("Nothing in it is new."), "{nothing}");
    assert_eq!(home.entries(), before + 3);
}

#[test]
fn a_paste_recorded_at_once_shows_what_was_said_of_all_of_it() {
    let home = Home::of_ada();
    let list = home.file("launch.txt", "Wrote the launch mail\nSent the launch mail\n");
    let claim = [
        "--for",
        "publish-an-article/delivers",
        "--met",
        "--on",
        "2026-02-03",
    ];
    let said = home.ok(&[["log", "--paste", &list, "--yes"].as_slice(), &claim].concat());
    assert!(said.contains("Recorded two things."), "{said}");
    let list = home.ok(&["log", "--list"]);
    assert!(list.contains("Sent the launch mail (goal met)"), "{list}");
    assert!(list.contains("2026-02-03"), "{list}");
}

#[test]
fn recorded_together_is_only_what_leaves_no_question_open() {
    let home = Home::of_ada();
    let list = home.file(
        "list.txt",
        "2026-03-04: Ran the launch project (CONFIDENTIAL)\n03/04/2025 ran the fair\nMoved the archive last spring\nTidied up\n",
    );
    let before = home.entries();
    let shown = home.ok(&["log", "--paste", &list]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "03/04/2025 can be read in two ways",
        "“last spring” names no day",
        "Marked confidential, from “confidential”",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let said = home.ok(&["drafts", "--confirm", "all"]);
    assert!(
        said.contains("Recorded one thing.")
            && said.contains("Three keep waiting")
            && said.contains("No day is said"),
        "{said}"
    );
    assert_eq!(home.entries(), before + 1);
    let listed = home.ok(&["log", "--list"]);
    assert!(
        listed.contains("whether the goal was met is not said"),
        "{listed}"
    );
    let said = home.ok(&["drafts", "--confirm", "all", "--on", "2026-02-03"]);
    assert!(
        said.contains("Recorded one thing.") && said.contains("Two keep waiting"),
        "{said}"
    );
    assert_eq!(home.entries(), before + 2);
}

#[test]
fn what_is_piped_in_is_read_too() {
    let home = Home::of_ada();
    let mut child = home
        .command(&["log", "--paste", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mail =
        "From: Edith <e@example.org>\nDate: 3 Mar 2026\n\nHi Ada,\n\nthank you for the launch.\n\n> old\n";
    child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    let said = Said::of(&child.wait_with_output().unwrap());
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.out.contains("Read as a mail. One draft to confirm."),
        "{}",
        said.out
    );
    assert!(said.out.contains("Taken for recognition"), "{}", said.out);
    assert!(
        said.out.contains("Left out:") && said.out.contains("quoted"),
        "{}",
        said.out
    );
}

#[test]
fn a_resume_in_json_is_imported_as_drafts() {
    let home = Home::of_ada();
    let file = home.file("resume.json", RESUME);
    let before = home.entries();
    let preview = home.ok(&["import", &file, "--preview"]);
    assert!(
        preview.contains("Read as a resume in JSON: three drafts."),
        "{preview}"
    );
    assert!(home.ok(&["drafts"]).starts_with("No draft waits."));
    let said = home.ok(&["import", &file]);
    assert!(
        said.contains("Taken for a position: Acme, 1 January 2020 to 30 June 2021."),
        "{said}"
    );
    let on_one_line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        on_one_line.contains("It may show publish-an-article (“published”, “article”)."),
        "{said}"
    );
    assert!(said.contains("“skills” (1)"), "{said}");
    assert_eq!(home.entries(), before);
    let said = home.ok(&["drafts", "--confirm", "all"]);
    assert!(said.starts_with("Recorded three things."), "{said}");
    assert_eq!(home.entries(), before + 3);
    assert!(home.ok(&["position"]).contains("Editor"));
    assert!(
        home.ok(&["import", &file])
            .contains("Recognised: three recorded before.")
    );
}

#[test]
fn a_table_is_imported_by_its_columns() {
    let home = Home::of_ada();
    let file = home.file(
        "deeds.csv",
        "Done on,Deed,Colour,Effect\n25/03/2026,Ran the stock count,red,2 days faster\n04/03/2026,Coached Bo,blue,\n",
    );
    let preview = home.ok(&["import", &file, "--preview", "--column", "impact=Effect"]);
    assert!(
        preview.starts_with("Columns taken for what: “Deed”; when: “Done on”; impact: “Effect”."),
        "{preview}"
    );
    assert!(preview.contains("25 March 2026, from “25/03/2026”"), "{preview}");
    for (column, says) in [
        ("impact=Size", "Its columns are: Done on, Deed, Colour, Effect"),
        ("taste=Deed", "It can tell: what, when, kind"),
        ("what", "names no column"),
        ("what=", "no column says what was done"),
    ] {
        let said = home.fails(&["import", &file, "--column", column]);
        assert!(said.contains(says), "{said}");
    }
    home.ok(&["import", &file, "--column", "note=3", "--column", "impact=Effect"]);
    let drafts = home.json(&["drafts"]);
    assert_eq!(drafts[0]["proposal"]["note"], "red");
    let what = &drafts[0]["proposal"]["what"]["evidence"];
    assert_eq!(what["impact"], "2 days faster");
    assert_eq!(drafts[0]["source"], "deeds.csv");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_kept() {
    let home = Home::of_ada();
    let cases: [(&str, &[u8], &str); 6] = [
        ("cv.pdf", b"%PDF-1.7", "this is a PDF, not text"),
        ("cv.docx", b"PK\x03\x04", "Word document"),
        ("wrong.json", b"{\"work\": {}}", "/work: expected a list"),
        ("cut.json", b"{\"work\": [\n", "line 2"),
        ("broken.csv", b"what,when\na\n", "line 2"),
        ("zero.txt", b"did x\0", "zero"),
    ];
    for (name, bytes, says) in cases {
        let file = home.file(name, bytes);
        let said = home.fails(&["import", &file]);
        assert!(
            said.contains(says) && said.contains("Nothing was kept."),
            "{name}: {said}"
        );
    }
    let huge = home.file("huge.txt", "did x\n".repeat(400_000));
    assert!(
        home.fails(&["log", "--paste", &huge])
            .contains("at most 1000000 are read at once")
    );
    assert!(home.ok(&["drafts"]).starts_with("No draft waits."));
    let nobody = Home::empty();
    let file = nobody.file("resume.json", RESUME);
    assert!(nobody.fails(&["import", &file]).contains("metier start"));
    assert!(!nobody.path().exists());
}

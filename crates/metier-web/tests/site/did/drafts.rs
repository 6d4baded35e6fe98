//! Anything pasted: what it becomes, one tap to record it, and what bad input is told.

use std::collections::HashSet;

use axum::http::StatusCode;
use metier_app::{Captured, Metier, deeds};
use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;

use super::{Part, entries, how_many, leads_to, nurse, upload};
use crate::browser::{Answer, Browser};

async fn paste(browser: &Browser, text: &str) -> Answer {
    let parts = [
        Part::Text("list", text),
        Part::Text("form", ""),
        Part::File("file", "", b""),
    ];
    browser.send(upload(browser, "/did/paste", &parts)).await
}

async fn waiting(metier: &Metier) -> Vec<Captured> {
    metier.captured().await.unwrap()
}

const LIST: &str =
    "# 2026\n- 2026-03-04: Ran the falls project\n- Taught two students to assess pain\n- Not mine";

#[tokio::test]
async fn a_paste_becomes_drafts_each_recorded_by_one_tap() {
    let (browser, metier) = nurse().await;
    let before = how_many(&metier).await;
    let page = paste(&browser, LIST).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in [
        "Three drafts to confirm",
        "Taken for a project, from “project”",
        "4 March 2026, from “2026-03-04”",
        "Taken for teaching, from “taught”",
        "1 January 2026, from “2026”: a year stands for its first day",
        "It shows “Assess pain",
        "because of “assess”, “pain”",
    ] {
        assert!(
            page.body.contains(said) || page.body.contains(&said.replace("It shows", "it shows")),
            "{said}"
        );
    }
    assert_eq!(how_many(&metier).await, before, "nothing is recorded yet");
    assert!(
        browser
            .open("/did")
            .await
            .body
            .contains("Three drafts</a> wait for your yes")
    );

    let drafts = waiting(&metier).await;
    let ids: Vec<String> = drafts.iter().map(|d| d.id.to_string()).collect();
    let day = format!("on-{}", ids[0]);
    let fields = [("one", &*ids[0]), (&*day, "2026-03-05"), ("together", "yes")];
    let to = browser.post("/did/drafts/confirm", &fields).await;
    let to = leads_to(&to).to_owned();
    assert!(to.ends_with(&format!("#d-{}", ids[1])), "{to}");
    let said = browser.open(to.split('#').next().unwrap()).await.body;
    assert!(said.contains("Recorded: ") && said.contains("Ran the falls project"));

    let pressed = format!("{}/assess-pain", ids[1]);
    let shows = [("one", &*pressed), ("together", "yes")];
    leads_to(&browser.post("/did/drafts/confirm", &shows).await);
    let again = browser.post("/did/drafts/confirm", &shows).await;
    assert!(leads_to(&again).contains("done=before"));
    assert_eq!(how_many(&metier).await, before + 3, "two things and one claim");
    let entries = entries(&metier).await;
    let deeds = deeds(&entries);
    let of = |id: &str| deeds.iter().find(|d| d.id.to_string() == id).unwrap();
    assert_eq!(of(&ids[0]).wording.on.to_string(), "2026-03-05");
    assert_eq!(of(&ids[0]).claims.len(), 0, "never claimed without a tap");
    assert_eq!(of(&ids[1]).claims.len(), 1);

    let to = browser.post("/did/drafts/dismiss", &[("draft", &*ids[2])]).await;
    assert!(leads_to(&to).contains("done=dismissed"));
    assert!(waiting(&metier).await.is_empty());
    let gone = browser.open("/did/drafts?dismissed=yes").await.body;
    assert!(gone.contains("Not mine") && gone.contains("Bring it back"));
    leads_to(
        &browser
            .post("/did/drafts/bring-back", &[("draft", &*ids[2])])
            .await,
    );
    assert_eq!(waiting(&metier).await.len(), 1);
    leads_to(&browser.post("/did/drafts/dismiss", &[("draft", &*ids[2])]).await);
    leads_to(&browser.post("/did/drafts/forget", &[("all", "yes")]).await);
    assert!(
        !browser
            .open("/did/drafts?dismissed=yes")
            .await
            .body
            .contains("Not mine")
    );

    let known = paste(&browser, LIST).await.body;
    assert!(known.contains("One draft to confirm.") && known.contains("Recognised: two recorded before."));
}

#[tokio::test]
async fn several_are_recorded_together_or_none() {
    let (browser, metier) = nurse().await;
    paste(&browser, LIST).await;
    let before = how_many(&metier).await;
    let drafts = waiting(&metier).await;
    let ids: Vec<String> = drafts.iter().map(|d| d.id.to_string()).collect();
    let day = format!("on-{}", ids[1]);
    for (value, says) in [
        ("2031-01-01", "This day has not come yet"),
        ("soon", "year-month-day"),
    ] {
        let fields = [("draft", &*ids[0]), ("draft", &*ids[1]), (&*day, value)];
        let answer = browser.post("/did/drafts/confirm", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(&format!("value=\"{value}\"")),
            "what was typed stays"
        );
        assert!(answer.body.contains(says) && answer.body.contains("Nothing was recorded"));
    }
    assert_eq!(how_many(&metier).await, before);
    let none = browser.post("/did/drafts/confirm", &[("page", "1")]).await;
    assert!(none.body.contains("Tick at least one"));
    let unknown = browser
        .post(
            "/did/drafts/dismiss",
            &[("draft", "0190f000-0000-7000-8000-000000000000")],
        )
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let fields = [("draft", &*ids[0]), ("draft", &*ids[2]), ("page", "1")];
    let to = browser.post("/did/drafts/confirm", &fields).await;
    assert_eq!(leads_to(&to), "/did/drafts?done=recorded&n=2&page=1");
    assert_eq!(how_many(&metier).await, before + 2);
}

#[tokio::test]
async fn a_draft_is_changed_before_it_is_recorded() {
    let (browser, metier) = nurse().await;
    paste(&browser, "- Taught two students to assess pain (March 2026)").await;
    let id = waiting(&metier).await[0].id.to_string();
    let here = format!("/did/drafts/{id}");
    let form = browser.open(&here).await.body;
    assert!(form.contains("Whom you taught") && form.contains("value=\"2026-03-01\""));
    let as_project = browser.open(&format!("{here}?kind=project")).await.body;
    assert!(as_project.contains("Was the goal or the deadline met?"));
    let parts = [
        Part::Text("kind", "project"),
        Part::Text("title", ""),
        Part::Text("date", "2026-03-09"),
        Part::Text("met", "yes"),
    ];
    let wrong = browser.send(upload(&browser, &here, &parts)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let parts = [
        Part::Text("kind", "project"),
        Part::Text("title", "Pain teaching, spring"),
        Part::Text("date", "2026-03-09"),
        Part::Text("met", "yes"),
        Part::Text("competency-0", "assess-pain"),
    ];
    let to = browser.send(upload(&browser, &here, &parts)).await;
    assert_eq!(leads_to(&to), format!("/did/{id}?done=recorded"));
    {
        let entries = entries(&metier).await;
        let deed = deeds(&entries).remove(0);
        assert_eq!(deed.wording.evidence.title, "Pain teaching, spring");
        assert_eq!(deed.wording.evidence.what.kind(), EvidenceKind::Project);
        assert_eq!(deed.claims.len(), 1);
    }
    let gone = browser.open(&here).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("waits no longer"));
}

#[tokio::test]
async fn a_resume_in_json_brings_positions_too() {
    let (browser, metier) = nurse().await;
    let resume = br#"{"work": [{"name": "St Anne", "position": "Staff nurse", "startDate": "2020-01", "highlights": ["Led the falls project"]}],
        "skills": [{"name": "Kindness"}]}"#;
    let parts = [Part::Text("list", ""), Part::File("file", "resume.json", resume)];
    let page = browser.send(upload(&browser, "/did/paste", &parts)).await.body;
    assert!(
        page.contains("Taken for a position: St Anne, 1 January 2020 to now."),
        "{page}"
    );
    assert!(page.contains("“skills” (1): skills, which are claims until something shows them."));
    assert!(page.contains("It still lasts: choose the day this was done."));
    let drafts = waiting(&metier).await;
    let first = drafts[0].id.to_string();
    let to = browser.post("/did/drafts/confirm", &[("draft", &*first)]).await;
    assert!(leads_to(&to).contains("done=position"));
    let life = metier.life().await.unwrap();
    assert_eq!(life.positions[0].what.title, "Staff nurse");
    let second = format!("/did/drafts/{}?kind=position", drafts[1].id);
    assert!(browser.open(&second).await.body.contains("Practices of"));
}

#[tokio::test]
async fn a_table_says_first_what_its_columns_are() {
    let (browser, metier) = nurse().await;
    let table = "Task;Done on;Effect\n\"Ran the stock count;\nall of it\";25/03/2026;2 days faster\nTaught Bo;04/03/2026;\n";
    let parts = [
        Part::Text("list", ""),
        Part::File("file", "deeds.csv", table.as_bytes()),
    ];
    let page = browser.send(upload(&browser, "/did/paste", &parts)).await.body;
    assert!(page.contains("Which column tells what?") && page.contains("Two drafts so"));
    assert!(page.contains("25 March 2026, from “25/03/2026”"), "{page}");
    assert!(waiting(&metier).await.is_empty());
    let fields = [
        ("table", table),
        ("name", "deeds.csv"),
        ("what", "1"),
        ("when", "2"),
        ("impact", ""),
        ("note", "3"),
    ];
    let with = |what: &'static str| {
        let mut fields = fields.to_vec();
        fields.push(("do", what));
        fields
    };
    let shown = browser.post("/did/paste/table", &with("show")).await.body;
    assert!(shown.contains("<option value=\"3\" selected>Effect</option>"));
    let mut without = with("keep");
    without.retain(|(name, _)| *name != "what");
    let refused = browser.post("/did/paste/table", &without).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("No column says what was done")
            || refused.body.contains("no column says what was done")
    );
    let kept = browser.post("/did/paste/table", &with("keep")).await.body;
    assert!(kept.contains("Two drafts to confirm"));
    let drafts = waiting(&metier).await;
    assert_eq!(drafts[0].proposal.note, "2 days faster");
    assert_eq!(drafts[0].source, "deeds.csv");
    let accomplishment = evidence_kind(&drafts[0]);
    assert!(matches!(accomplishment, Happening::Accomplishment { .. }));
}

fn evidence_kind(draft: &Captured) -> Happening {
    metier_app::evidence_of(&draft.proposal).what
}

#[tokio::test]
async fn a_mail_is_read_without_what_is_quoted_and_what_was_left_out_is_said() {
    let (browser, metier) = nurse().await;
    let mail = "From: Sister Moss <moss@example.org>\nDate: Tue, 3 Mar 2026 09:14:00 +0000\nSubject: Falls\n\nHi Ada,\n\nthank you for the falls project.\n\nKind regards,\nSister Moss\n\n> I did it\n> all\n";
    let page = paste(&browser, mail).await.body;
    assert!(page.contains("Read as a mail.") && page.contains("What is quoted from other mails: 2 lines."));
    assert!(page.contains("A signature: 2 lines.") && page.contains("The greeting."));
    let drafts = waiting(&metier).await;
    assert_eq!(drafts.len(), 1);
    assert!(matches!(
        evidence_kind(&drafts[0]),
        Happening::Recognition { by, .. } if by == "Sister Moss"
    ));
}

#[tokio::test]
async fn bad_pastes_are_answered_and_what_was_written_is_kept() {
    let (browser, metier) = nurse().await;
    let large = "x ".repeat(700_000);
    for (text, says) in [
        ("", "nothing in it reads as something you did"),
        (&*large, "at most 1000000 are read at once"),
        ("{\"work\": {}}", "/work: expected a list, found an object"),
        ("{\"work\": [\n{\"name\": ", "line 2"),
        ("did x\u{0}y", "bytes of zero"),
        (
            "From: Bo\nTo: Ada\n\n> quoted\n",
            "nothing in it is left to record",
        ),
    ] {
        let answer = paste(&browser, text).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(
            answer.body.to_lowercase().contains(&says.to_lowercase()),
            "{says}"
        );
        assert!(answer.body.contains("id=\"e-list\""), "{says}: beside the field");
        if !text.is_empty() && text.len() < 1000 && !text.contains('\u{0}') {
            let kept = text.lines().next().unwrap().replace('"', "&quot;");
            assert!(answer.body.contains(&kept), "{says}: kept");
        }
    }
    for (name, bytes, says) in [
        ("cv.pdf", b"%PDF-1.7".as_slice(), "this is a PDF"),
        ("cv.docx", b"PK\x03\x04", "Word document"),
        ("notes.txt", b"caf\xe9", "not UTF-8"),
        ("deeds.csv", b"a,b\n\"x", "never closed"),
    ] {
        let parts = [Part::Text("list", ""), Part::File("file", name, bytes)];
        let answer = browser.send(upload(&browser, "/did/paste", &parts)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(says), "{name}: {says}");
        assert!(answer.body.contains("id=\"e-file\""), "{name}");
    }
    assert!(waiting(&metier).await.is_empty());
}

#[tokio::test]
async fn many_drafts_are_paged_and_every_page_stays_light() {
    let (browser, metier) = nurse().await;
    let text: String = (0..130)
        .map(|n| format!("- Assessed pain and taught the family to, number {n}\n"))
        .collect();
    let first = paste(&browser, &text).await.body;
    assert!(first.contains("130 drafts to confirm") && first.contains("Page 1 of 7"));
    let mut seen = HashSet::new();
    for page in 1..=7 {
        let body = browser.open(&format!("/did/drafts?page={page}")).await.body;
        assert!(body.len() < 100_000, "{}", body.len());
        seen.extend((0..130).filter(|n| body.contains(&format!("number {n}<"))));
    }
    assert_eq!(seen.len(), 130);
    let more = paste(&browser, "- one more").await.body;
    assert!(more.contains("Page 7 of 7") && more.contains("one more"));
    assert_eq!(waiting(&metier).await.len(), 131);
}

#[tokio::test]
async fn a_day_chosen_for_one_or_for_all_answers_what_is_open_of_the_day() {
    let (browser, metier) = nurse().await;
    let lines = "- Calmed a ward at night\n- Wrote the handover sheet\n- Rang the pharmacy of 2026-05-12 about a dose\n";
    paste(&browser, lines).await;
    let drafts = waiting(&metier).await;
    let ids: Vec<String> = drafts.iter().map(|d| d.id.to_string()).collect();
    assert_eq!(
        drafts[2].proposal.day.as_ref().unwrap().date.to_string(),
        "2026-05-12"
    );
    let page = browser.open("/did/drafts").await.body;
    assert!(
        !page.contains("value=\"2026-11-22\""),
        "no day is put into anybody's mouth"
    );

    let day = format!("on-{}", ids[0]);
    let all = [
        ("all", "yes"),
        ("together", "yes"),
        ("page", "1"),
        (&*day, "2026-02-01"),
    ];
    let to = browser.post("/did/drafts/confirm", &all).await;
    assert_eq!(leads_to(&to), "/did/drafts?done=open&n=2&open=1&page=1");
    assert_eq!(waiting(&metier).await.len(), 1, "the one without a day waits");
    let rest = [
        ("all", "yes"),
        ("together", "yes"),
        ("page", "1"),
        ("on-all", "2025-12-01"),
    ];
    leads_to(&browser.post("/did/drafts/confirm", &rest).await);
    assert!(waiting(&metier).await.is_empty());
    let entries = entries(&metier).await;
    let days: Vec<String> = deeds(&entries).iter().map(|d| d.wording.on.to_string()).collect();
    for day in ["2026-02-01", "2026-05-12", "2025-12-01"] {
        assert!(days.contains(&day.to_owned()), "{day}: {days:?}");
    }
}

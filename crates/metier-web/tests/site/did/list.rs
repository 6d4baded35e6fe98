//! Many at once: a pasted list, a table of attempts.

use axum::http::StatusCode;
use metier_app::deeds;
use metier_core::framework::EvidenceKind;

use super::{Part, entries, how_many, leads_to, nurse, upload};

#[tokio::test]
async fn a_pasted_list_becomes_drafts_and_those_ticked_are_recorded_together() {
    let (browser, metier) = nurse().await;
    let list = "# 2026\n- 2026-03-04: Ran the falls project\n- Coached two students\n- Not mine";
    let drafts = browser.post("/did/paste", &[("list", list)]).await;
    assert_eq!(drafts.status, StatusCode::OK);
    assert!(drafts.body.contains("value=\"Coached two students\"") && drafts.body.contains("2026-03-04"));
    let before = how_many(&metier).await;
    let fields = [
        ("drafts", "3"),
        ("date", "2025-06-01"),
        ("take", "0"),
        ("text-0", "Ran the falls project"),
        ("date-0", "2026-03-04"),
        ("competency-0", "screen-for-risk"),
        ("step-0", "delivers"),
        ("take", "1"),
        ("text-1", "Coached two students"),
        ("date-1", ""),
        ("text-2", "Not mine"),
    ];
    let to = browser.post("/did/paste/record", &fields).await;
    assert_eq!(leads_to(&to), "/did?recorded=2");
    assert!(
        browser
            .open("/did?recorded=2")
            .await
            .body
            .contains("Recorded two things.")
    );
    {
        let entries = entries(&metier).await;
        let all = deeds(&entries);
        let told: Vec<(&str, String)> = all
            .iter()
            .map(|d| (d.wording.evidence.title.as_str(), d.wording.on.to_string()))
            .collect();
        assert_eq!(
            told,
            [
                ("Ran the falls project", "2026-03-04".to_owned()),
                ("Coached two students", "2025-06-01".to_owned())
            ]
        );
        assert_eq!(all[0].wording.evidence.what.kind(), EvidenceKind::Project);
    }
    let recorded = how_many(&metier).await;
    assert_eq!(recorded, before + 3);

    // One fault, and none of them is recorded.
    for (field, value, says) in [
        ("date-1", "2031-01-01", "This day has not come yet"),
        ("text-1", "", "Say in one line"),
        ("competency-1", "alchemy", "none of the competencies"),
    ] {
        let mut fields = fields.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let answer = browser.post("/did/paste/record", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            answer.body.contains(says) && answer.body.contains("Not mine"),
            "{field}"
        );
    }
    let none = browser
        .post("/did/paste/record", &[("drafts", "1"), ("text-0", "x")])
        .await;
    assert!(none.body.contains("Tick at least one"));
    let large = "x ".repeat(6 << 20);
    for (list, says) in [
        ("", "Write one thing a line"),
        (&*large, "at most 1048576 are read at once"),
    ] {
        let answer = browser.post("/did/paste", &[("list", list)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}");
    }
    assert_eq!(how_many(&metier).await, recorded);
}

#[tokio::test]
async fn a_table_of_attempts_is_taken_whole_or_not_at_all() {
    let (browser, metier) = nurse().await;
    let before = how_many(&metier).await;
    let send = async |table: &[u8]| {
        let parts = [
            Part::Text("competency", "take-observations"),
            Part::Text("step", ""),
            Part::File("file", "log.csv", table),
        ];
        browser.send(upload(&browser, "/did/table", &parts)).await
    };
    let answer = send(b"date,attempts,clean\n2026-01-01,3,5\n2099-01-01,1,1\nx,y,z\n").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["line 2", "line 3", "line 4", "Choose the file again"] {
        assert!(answer.body.contains(said), "{said}");
    }
    let missing = browser
        .send(upload(
            &browser,
            "/did/table",
            &[Part::Text("competency", "explain-common-conditions")],
        ))
        .await;
    assert!(
        missing.body.contains("Choose the file.") && missing.body.contains("not shown by counting attempts")
    );
    assert_eq!(how_many(&metier).await, before);

    let example = browser.open("/did/table/example.csv").await;
    let to = send(example.body.as_bytes()).await;
    assert_eq!(leads_to(&to), "/did?recorded=2");
    let page = browser.open("/did?kind=attempts").await.body;
    assert!(page.contains("Take and score a set of observations") && page.contains("7 of 10 clean"));
}

//! One line, and the timeline it lands in.

use axum::http::StatusCode;
use metier_app::{LogEvidence, ToClaim, evidence, happening_of};
use metier_core::framework::EvidenceKind;

use super::{TODAY, entries, how_many, leads_to, nurse, only};

#[tokio::test]
async fn one_line_is_recorded_and_said_to_count_for_the_next_step() {
    let (browser, metier) = nurse().await;
    let empty = browser.open("/did").await;
    assert!(empty.body.contains("Nothing is here yet"));
    let fields = [
        ("title", "Ran the pain\nround"),
        ("date", "2026-03-04"),
        ("competency", "assess-pain"),
        ("step", ""),
        ("link", "https://example.org/a"),
    ];
    let to = browser.post("/did", &fields).await;
    let page = browser.open(leads_to(&to)).await;
    assert!(
        page.body
            .contains("It counts for Assess pain, also in those who cannot say, Follows.")
    );
    assert!(page.body.contains("March 2026") && page.body.contains("Shown by one link."));
    let entries = entries(&metier).await;
    let deed = only(&entries);
    assert_eq!(deed.wording.evidence.title, "Ran the pain round");
    assert_eq!(deed.claims.len(), 1);
}

#[tokio::test]
async fn every_fault_of_a_line_is_said_beside_its_field_and_nothing_is_recorded() {
    let (browser, metier) = nurse().await;
    let before = how_many(&metier).await;
    let (long, huge) = ("x".repeat(501), "y".repeat(10 << 20));
    for (field, value, says) in [
        ("title", "", "Say in one line what you did"),
        ("title", &*long, "This has 501 characters"),
        ("title", &*huge, "at most 1024 KB are kept"),
        ("date", "2031-01-01", "This day has not come yet"),
        ("date", "yesterday", "year-month-day"),
        ("competency", "alchemy", "none of the competencies"),
        ("step", "flies", "none of the steps"),
        ("link", "example.org", "begins with https://"),
    ] {
        let mut fields = vec![
            ("title", "Kept as I wrote it"),
            ("date", TODAY),
            ("competency", "assess-pain"),
            ("step", ""),
            ("link", ""),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let answer = browser.post("/did", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.body.contains(says), "{field}: {says}");
        assert!(
            answer.body.contains(&format!("id=\"e-{field}\"")),
            "{field}: beside the field"
        );
        assert!(
            field == "title" || answer.body.contains("Kept as I wrote it"),
            "{field}: kept"
        );
    }
    assert_eq!(how_many(&metier).await, before);
}

#[tokio::test]
async fn the_timeline_is_searched_filtered_and_paged_and_stays_light() {
    let (browser, metier) = nurse().await;
    let framework = metier.life().await.unwrap().current().unwrap().framework.clone();
    let what = |n: u32| {
        let kind = if n.is_multiple_of(2) {
            EvidenceKind::Project
        } else {
            EvidenceKind::Attempts
        };
        let competency = &framework.competencies[n as usize % framework.competencies.len()].id;
        LogEvidence {
            on: jiff::civil::date(
                2025 + i16::try_from(n % 2).unwrap(),
                1 + i8::try_from(n % 9).unwrap(),
                3,
            ),
            evidence: evidence(&format!("Thing number {n} done on the ward"), happening_of(kind)),
            claims: vec![ToClaim::read(&format!("{competency}/follows"), &framework).unwrap()],
            files: Vec::new(),
        }
    };
    metier.log_all((0..1000).map(what).collect()).await.unwrap();
    let page = browser.open("/did").await.body;
    assert!(page.contains("1000 things, page 1 of 25"));
    assert!(page.len() < 100_000, "{} bytes", page.len());
    assert!(page.contains("page=2") && page.contains("<svg class=\"bars\""));
    let second = browser.open("/did?page=2").await.body;
    assert_ne!(page, second);
    assert!(
        browser
            .open("/did?page=999999")
            .await
            .body
            .contains("page 25 of 25")
    );

    let found = browser.open("/did?q=number+77+ward").await.body;
    assert!(found.contains("Thing number 77 ") && !found.contains("Thing number 5 "));
    let projects = browser.open("/did?kind=project&year=2025").await.body;
    assert!(projects.contains("500 things"));
    assert!(
        browser
            .open("/did?kind=project&year=2026")
            .await
            .body
            .contains("Nothing fits")
    );
    let of_one = browser.open("/did?for=take-observations").await.body;
    assert!(of_one.contains("Take and score") && of_one.contains("24 things"));
    assert!(
        browser
            .open("/did?kind=project&page=2")
            .await
            .body
            .contains("kind=project&amp;page=3")
    );
}

#[tokio::test]
async fn what_somebody_wrote_is_never_markup() {
    let (browser, _) = nurse().await;
    let title = "<script>alert(1)</script> & \"more\"";
    let to = browser.post("/did", &[("title", title), ("date", TODAY)]).await;
    let page = browser.open(leads_to(&to)).await.body;
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
}

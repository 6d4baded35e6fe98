//! One thing: corrected, claimed, confirmed, taken back, erased.

use axum::http::StatusCode;
use metier_app::{deeds, tombstones};
use metier_core::evidence::Artefact;

use super::{Part, TODAY, entries, how_many, leads_to, nurse, only, upload};

#[tokio::test]
async fn a_correction_keeps_what_was_said_and_the_files_that_are_ticked() {
    let (browser, metier) = nurse().await;
    let parts = [
        Part::Text("kind", "learning"),
        Part::Text("title", "A course"),
        Part::Text("date", "2026-03-04"),
        Part::Text("links", "https://example.org/a"),
        Part::File("files", "a.pdf", b"a"),
        Part::File("files", "b.pdf", b"b"),
    ];
    leads_to(&browser.send(upload(&browser, "/did/new", &parts)).await);
    let (id, keep) = {
        let entries = entries(&metier).await;
        let deed = only(&entries);
        let keep = deed.wording.evidence.artefacts.iter().find_map(|a| match a {
            Artefact::Attachment { digest, .. } => Some(digest.to_string()),
            Artefact::Link { .. } => None,
        });
        (deed.id, keep.unwrap())
    };
    let parts = [
        Part::Text("kind", "learning"),
        Part::Text("title", "A better course"),
        Part::Text("date", "2026-03-05"),
        Part::Text("keep", &keep),
        Part::File("files", "c.pdf", b"c"),
    ];
    let to = browser
        .send(upload(&browser, &format!("/did/{id}/correct"), &parts))
        .await;
    let page = browser.open(leads_to(&to)).await;
    for said in ["A better course", "What it said before", "A course", "c.pdf"] {
        assert!(page.body.contains(said), "{said}");
    }
    let entries = entries(&metier).await;
    let deed = only(&entries);
    assert_eq!(deed.id, id);
    assert_eq!(deed.wording.evidence.artefacts.len(), 2);
    let list = browser.open("/did").await.body;
    assert!(list.contains("Corrected on 22 November 2026, was: “A course”, 4 March 2026"));
}

#[tokio::test]
async fn a_form_drawn_before_another_correction_takes_nothing_back() {
    let (browser, metier) = nurse().await;
    let parts = |title: &'static str, more: &[(&'static str, String)]| {
        let mut fields = vec![
            ("kind".to_owned(), "learning".to_owned()),
            ("title".into(), title.into()),
            ("date".into(), "2026-03-04".into()),
        ];
        fields.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        fields
    };
    let send = async |path: &str, fields: &[(String, String)]| {
        let parts: Vec<Part<'_>> = fields.iter().map(|(n, v)| Part::Text(n, v)).collect();
        browser.send(upload(&browser, path, &parts)).await
    };
    leads_to(&send("/did/new", &parts("Nursed Zebedee", &[])).await);
    let id = only(&entries(&metier).await).id;
    let path = format!("/did/{id}/correct");
    let of = |page: &str| {
        let rest = page.split("name=\"of\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    // Two windows; the first makes it confidential, the second knows nothing of that.
    let drawn = of(&browser.open(&path).await.body);
    let first = [("of", drawn.clone()), ("confidential", "yes".into())];
    leads_to(&send(&path, &parts("Nursed Zebedee", &first)).await);
    let stale = send(&path, &parts("Nursed Zebedee well", &[("of", drawn)])).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "corrected in another window",
        "Nursed Zebedee\u{201d}, confidential",
        "Nursed Zebedee well",
    ] {
        assert!(stale.body.contains(said), "{said}: {}", stale.body);
    }
    assert!(only(&entries(&metier).await).wording.evidence.confidential);
    // Sent once more, it is meant.
    let meant = [("of", of(&stale.body)), ("confidential", "yes".into())];
    leads_to(&send(&path, &parts("Nursed Zebedee well", &meant)).await);
}

#[tokio::test]
async fn what_can_be_done_with_one_thing() {
    let (browser, metier) = nurse().await;
    let fields = [
        ("title", "Led the round"),
        ("date", TODAY),
        ("link", "https://example.org/a"),
    ];
    let to = browser.post("/did", &fields).await;
    let id = leads_to(&to).split('=').nth(1).unwrap().to_owned();
    let at = format!("/did/{id}");
    let post = async |path: &str, fields: &[(&str, &str)]| browser.post(&format!("{at}{path}"), fields).await;

    leads_to(&post("/claim", &[("competency", "assess-pain"), ("step", "reliable")]).await);
    leads_to(
        &post(
            "/confirm",
            &[("by", "K.L."), ("role", "peer"), ("words", "I saw it")],
        )
        .await,
    );
    leads_to(&post("/link", &[("url", "https://example.org/a"), ("works", "no")]).await);
    let page = browser.open(&at).await.body;
    for said in [
        "Reliable",
        "K.L.",
        "I saw it",
        "It did not work",
        &format!("/competency/assess-pain?without={id}"),
    ] {
        assert!(page.contains(said), "{said}");
    }
    let (claim, word) = {
        let entries = entries(&metier).await;
        let deed = only(&entries);
        (deed.claims[0].0.to_string(), deed.confirmations[0].0.to_string())
    };
    leads_to(&post("/undo", &[("entry", &claim)]).await);
    leads_to(&post("/undo", &[("entry", &word)]).await);
    leads_to(&post("/take-back", &[("reason", "not mine")]).await);
    assert!(
        browser.open("/did").await.body.contains("Nothing fits"),
        "out of sight"
    );
    let with = browser.open("/did?all=yes").await.body;
    assert!(with.contains("Taken back on 22 November 2026.") && with.contains("not mine"));
    {
        let entries = entries(&metier).await;
        let deed = only(&entries);
        assert!(deed.claims.is_empty() && deed.confirmations.is_empty() && deed.taken_back.is_some());
    }
    leads_to(&post("/bring-back", &[]).await);
    assert!(browser.open("/did").await.body.contains("Led the round"));

    let before = how_many(&metier).await;
    for (path, fields, says) in [
        ("/claim", vec![("competency", "")], "Choose what it shows"),
        (
            "/claim",
            vec![("competency", "alchemy")],
            "none of the competencies",
        ),
        (
            "/confirm",
            vec![("by", ""), ("role", "peer")],
            "Say who confirmed it",
        ),
        (
            "/confirm",
            vec![("by", "K"), ("role", "self")],
            "Choose who they are to you",
        ),
    ] {
        let answer = post(path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.body.contains(says), "{says}");
    }
    let other = post("/link", &[("url", "https://elsewhere.org"), ("works", "yes")]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert_eq!(how_many(&metier).await, before);
    for nowhere in ["/did/nonsense", "/did/0190a5b0-0000-7000-8000-000000000000"] {
        assert_eq!(browser.open(nowhere).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn erasing_wants_a_reason_and_a_tick_and_leaves_a_mark() {
    let (browser, metier) = nurse().await;
    let to = browser
        .post("/did", &[("title", "Nursed Mr X"), ("date", TODAY)])
        .await;
    let id = leads_to(&to).split('=').nth(1).unwrap().to_owned();
    let at = format!("/did/{id}/erase");
    assert!(
        browser
            .open(&at)
            .await
            .body
            .contains("Nobody can bring them back")
    );
    for fields in [
        vec![("reason", "")],
        vec![("reason", "named a patient")],
        vec![("sure", "yes")],
    ] {
        let answer = browser.post(&at, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    assert_eq!(deeds(&entries(&metier).await).len(), 1);
    let fields = [("reason", "named a patient"), ("sure", "yes")];
    let page = browser
        .open(leads_to(&browser.post(&at, &fields).await))
        .await
        .body;
    assert!(!page.contains("Nursed Mr X"));
    assert!(page.contains("erased for good on 22 November 2026") && page.contains("named a patient"));
    assert_eq!(tombstones(&entries(&metier).await).len(), 1);
    assert_eq!(
        browser.open(&format!("/did/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
}

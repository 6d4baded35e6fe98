//! The criteria: read, changed in small steps, published, compared, mapped; and every refusal.

use axum::http::{Method, StatusCode, header};

use metier_core::framework::{Provenance, ProvenanceKind};

use crate::browser::{Answer, Browser, PORT, plain};
use crate::page::{refused, seen};

pub fn leads_to(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.header(header::LOCATION), path);
}

/// A form with files, as a browser sends it: name, file name (empty: a field), content.
pub async fn post_files(browser: &Browser, path: &str, parts: &[(&str, &str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = if file.is_empty() {
            String::new()
        } else {
            format!("; filename=\"{file}\"")
        };
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let mut request = plain(Method::POST, path);
    *request.body_mut() = body.into();
    let headers = request.headers_mut();
    headers.insert(header::COOKIE, browser.session.parse().unwrap());
    headers.insert(
        header::ORIGIN,
        format!("http://127.0.0.1:{PORT}").parse().unwrap(),
    );
    headers.insert(
        header::CONTENT_TYPE,
        "multipart/form-data; boundary=x".parse().unwrap(),
    );
    browser.send(request).await
}

pub async fn post_file(browser: &Browser, path: &str, name: &str, content: &[u8]) -> Answer {
    post_files(browser, path, &[("file", name, content)]).await
}

#[tokio::test]
async fn the_criteria_read_as_a_document() {
    let browser = Browser::on_example().await;
    let page = browser.open("/framework").await;
    seen(
        &page,
        &[
            "Content marketing",
            "Version 1, since",
            "A starting point written by the Metier authors",
            "Follows the guide",
            "Not in use: Recognised in public",
            "Must I meet 100%?",
            "Which matter most?",
            "your aim",
            "Publish an article to house standard",
            "90%: 36 in a row without a miss show it",
            "unless it is said beside one: a starting point, to be checked with masters",
        ],
    );
    // Required, weighted and not asked differ in words, not only in looks.
    seen(&page, &[", required</span>", "not asked</span>"]);
}

#[tokio::test]
async fn a_list_of_an_employer_alone_is_flagged() {
    let browser = Browser::on_example().await;
    let mut ours = metier_app::find_framework(None, "content-marketing").unwrap();
    for competency in &mut ours.competencies {
        competency.provenance = vec![Provenance {
            kind: ProvenanceKind::Employer,
            name: "Example Garden Tools".into(),
            reference: String::new(),
        }];
    }
    let text = metier_app::document(&ours);
    let kept = post_files(
        &browser,
        "/framework/edit/document",
        &[("document", "", text.as_bytes())],
    )
    .await;
    leads_to(&kept, "/framework/edit");
    leads_to(
        &browser.post("/framework/publish", &[("version", "ours")]).await,
        "/framework/publish",
    );
    assert!(!browser.open("/framework").await.body.contains("Not yet checked"));
    leads_to(&browser.post("/framework/adopt", &[]).await, "/framework");
    seen(
        &browser.open("/framework").await,
        &["Not yet checked against the profession"],
    );
}

#[tokio::test]
async fn a_draft_is_changed_looked_at_published_and_only_then_aimed_at() {
    let browser = Browser::on_example().await;
    let practice = [("name", "Film"), ("summary", "Moving pictures.")];
    leads_to(
        &browser.post("/framework/edit/practice", &practice).await,
        "/framework/edit#practices",
    );
    let competency = [
        ("id", "publish-an-article"),
        ("practice", "write"),
        ("name", "Publish an article to house standard"),
        ("frequency", "daily"),
        ("kind", "technical"),
        ("layer", "profession"),
        ("grain", "task"),
        ("foundation", "yes"),
    ];
    leads_to(
        &browser.post("/framework/edit/competency", &competency).await,
        "/framework/edit#practices",
    );
    let criterion = [
        ("competency", "publish-an-article"),
        ("step", "reliable"),
        ("criterion", "accuracy"),
        ("target", "95"),
        ("days", "12"),
    ];
    leads_to(
        &browser.post("/framework/edit/criterion", &criterion).await,
        "/framework/edit/competency?id=publish-an-article",
    );
    leads_to(
        &browser
            .post("/framework/edit/steps", &[("do", "on:recognised")])
            .await,
        "/framework/edit#steps",
    );
    seen(
        &browser.open("/framework").await,
        &["A draft with changes is kept"],
    );
    seen(
        &browser.open("/framework/publish").await,
        &[
            "Practice: Film",
            "how often it is done",
            "several times a week",
            "about daily",
            "95% or better, on at least 12 days",
            "Recognised in public, in use or not",
            "value=\"2\"",
        ],
    );
    refused(
        &browser.post("/framework/publish", &[("version", "")]).await,
        &["Give the version a name."],
    );
    refused(
        &browser.post("/framework/publish", &[("version", "1")]).await,
        &["published versions never change", "value=\"1\""],
    );
    leads_to(
        &browser.post("/framework/publish", &[("version", "2")]).await,
        "/framework/publish",
    );
    seen(
        &browser.open("/framework").await,
        &["Version 1, since", "A newer version, 2, is published"],
    );
    seen(&browser.open("/framework/publish").await, &["Aim at version 2?"]);
    leads_to(&browser.post("/framework/adopt", &[]).await, "/framework");
    seen(&browser.open("/framework").await, &["Version 2, since", "Film"]);
    let versions = browser.open("/framework/compare").await;
    seen(&versions, &["Version 1", "Version 2", "What would change"]);
    let link = versions.body.split("href=\"/framework/compare?").nth(1).unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    seen(
        &browser.open(&format!("/framework/compare?{link}")).await,
        &["From version 2 to version 1", "Taken out."],
    );
    assert_eq!(
        browser.open("/framework/compare?from=x&to=y").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn levels_and_steps_are_changed_and_what_cannot_be_is_said_beside_the_field() {
    let browser = Browser::on_example().await;
    let page = browser.open("/framework/edit/level?id=senior").await;
    seen(&page, &["name=\"step-publish-an-article\"", "counts 5"]);
    let level = [
        ("id", "senior"),
        ("name", "Senior editor"),
        ("step-publish-an-article", "owns"),
        ("weight-publish-an-article", "4"),
        ("step-interview-an-expert", ""),
        ("weight-interview-an-expert", "required"),
    ];
    refused(
        &browser.post("/framework/edit/level", &level).await,
        &["Choose the step it asks for", "value=\"Senior editor\""],
    );
    leads_to(
        &browser.post("/framework/edit/level", &level[..4]).await,
        "/framework/edit#levels",
    );
    seen(
        &browser.open("/framework/edit").await,
        &["Senior editor", "0 required, 1 weighted"],
    );
    let unnamed = [
        ("id", "reliable"),
        ("name", ""),
        ("title", "T"),
        ("criterion", "accuracy"),
        ("target", "30"),
    ];
    refused(
        &browser.post("/framework/edit/step", &unnamed).await,
        &[
            "Give the step a name of one word.",
            "Give a share from 50 to 99.9 per cent.",
            "value=\"30\"",
        ],
    );
    let asked = [("id", "follows"), ("do", "remove")];
    let answer = browser.post("/framework/edit/step", &asked).await;
    assert!(
        answer.status == StatusCode::SEE_OTHER || answer.body.contains("still ask"),
        "{}",
        answer.body
    );
    refused(
        &browser
            .post("/framework/edit/practice", &[("id", "write"), ("do", "remove")])
            .await,
        &["Move them to another practice"],
    );
    refused(
        &browser
            .post(
                "/framework/edit/competency",
                &[("name", ""), ("practice", "nowhere")],
            )
            .await,
        &[
            "Give the competency a name.",
            "Choose the practice it belongs to.",
            "Choose how often it is done.",
        ],
    );
    for path in [
        "step?id=x",
        "level?id=x",
        "practice?id=x",
        "competency?id=x",
        "criterion?competency=x&step=y",
    ] {
        let answer = browser.open(&format!("/framework/edit/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    leads_to(
        &browser.post("/framework/edit/undo", &[]).await,
        "/framework/edit",
    );
    leads_to(
        &browser
            .post("/framework/edit/steps", &[("do", "up:follows")])
            .await,
        "/framework/edit#steps",
    );
    leads_to(&browser.post("/framework/edit/discard", &[]).await, "/framework");
    seen(
        &browser.open("/framework/edit").await,
        &["The first change begins a draft"],
    );
}

#[tokio::test]
async fn the_document_is_kept_or_refused_with_line_and_the_text_stays() {
    let browser = Browser::on_example().await;
    let download = browser.open("/framework/document.yaml").await;
    assert!(
        download
            .header(header::CONTENT_DISPOSITION)
            .contains("content-marketing.yaml")
    );
    seen(&browser.open("/framework/template.yaml").await, &["family:"]);
    let broken = download.body.replace("practice: write\n", "practise: write\n");
    assert_ne!(broken, download.body);
    let answer = post_files(
        &browser,
        "/framework/edit/document",
        &[("document", "", broken.as_bytes())],
    )
    .await;
    refused(
        &answer,
        &[
            "nothing was kept",
            "line ",
            "practise",
            "perhaps `practice` is meant",
        ],
    );
    assert!(
        answer.body.contains("practise: write"),
        "the text is kept in the field"
    );
    seen(
        &browser.open("/framework/edit").await,
        &["The first change begins a draft"],
    );
    let lacking = download.body.replace("practice: write\n", "practice: nowhere\n");
    let answer = post_file(
        &browser,
        "/framework/edit/document",
        "mine.yaml",
        lacking.as_bytes(),
    )
    .await;
    seen(
        &answer,
        &["Kept in the draft", "line ", "which `practices` does not list"],
    );
    seen(
        &browser.open("/framework/publish").await,
        &["To be mended before it can be published"],
    );
    refused(
        &post_file(&browser, "/framework/edit/document", "odd.yaml", b"\xff\xfe\x00").await,
        &["UTF-16"],
    );
    refused(
        &post_files(&browser, "/framework/edit/document", &[("document", "", b"")]).await,
        &["there is no document"],
    );
}

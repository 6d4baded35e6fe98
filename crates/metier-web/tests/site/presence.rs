//! Where one shows, what does not fit, and what one stands for.

use axum::http::{StatusCode, header};

use crate::browser::Browser;

fn mark(body: &str) -> String {
    let at = body.find("name=\"mark\" value=\"").unwrap() + 19;
    body[at..].split('"').next().unwrap().to_owned()
}

async fn channel(browser: &Browser, name: &str) -> String {
    let form = browser.open("/show/presence/add").await.body;
    let added = browser
        .post(
            "/show/presence/add",
            &[
                ("mark", &mark(&form)),
                ("name", name),
                ("kind", "profile"),
                ("looked", "2026-11-01"),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    added
        .header(header::LOCATION)
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

/// Notes a claim through its form.
async fn claim(browser: &Browser, page: &str, fields: &[(&str, &str)]) {
    let form = browser.open(&format!("{page}/claim/new")).await.body;
    let mark = mark(&form);
    let all = [&[("mark", mark.as_str())], fields].concat();
    let noted = browser.post(&format!("{page}/claim/new"), &all).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
}

#[tokio::test]
async fn what_is_claimed_and_not_proven_and_told_otherwise_is_put_to_the_person() {
    let browser = Browser::on_example().await;
    let (site, bio) = (
        channel(&browser, "My site").await,
        channel(&browser, "The bio").await,
    );
    claim(
        &browser,
        &site,
        &[
            ("words", "I lead the field"),
            ("competency", "publish-an-article"),
            ("step", "leads"),
        ],
    )
    .await;
    claim(
        &browser,
        &site,
        &[("words", "Since 2014"), ("tells", "since"), ("told", "2014")],
    )
    .await;
    claim(
        &browser,
        &bio,
        &[("words", "Since 2012"), ("tells", "since"), ("told", "2012")],
    )
    .await;
    let body = browser.open("/show/presence").await.body;
    for said in [
        "My site says",
        "Your record",
        "2012",
        "2014",
        "Say the same everywhere",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert!(body.contains(&format!("{site}#claim-0")), "a way to the claim");
}

#[tokio::test]
async fn a_pasted_profile_becomes_claims_sentence_by_sentence() {
    let browser = Browser::on_example().await;
    let site = channel(&browser, "My site").await;
    let looked = browser
        .post(
            &format!("{site}/paste"),
            &[("text", "I edit. I write for gardeners.\n\nI edit.")],
        )
        .await;
    assert_eq!(looked.status, StatusCode::OK);
    assert_eq!(looked.body.matches("value=\"I edit.\"").count(), 1, "each once");
    let before = mark(&looked.body);
    let take = [
        ("mark", before.as_str()),
        ("claim", "I edit."),
        ("claim", "I write for gardeners."),
    ];
    let taken = browser.post(&format!("{site}/take"), &take).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let again = browser.post(&format!("{site}/take"), &take).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "sent twice");
    let body = browser.open(&site).await.body;
    assert!(body.contains("I write for gardeners.") && body.contains("Linked to nothing yet"));
}

#[tokio::test]
async fn what_one_stands_for_is_said_and_what_nothing_shows_is_named() {
    let browser = Browser::on_example().await;
    let form = browser.open("/show/brand/change").await.body;
    let said = browser
        .post(
            "/show/brand/change",
            &[
                ("mark", &mark(&form)),
                ("value-0", "Plainness"),
                ("means-0", "I cut what a beginner would not understand"),
                ("skill", "publish-an-article"),
                ("apart-0", "Was a gardener first"),
            ],
        )
        .await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let page = browser.open("/show/brand").await.body;
    for text in [
        "Plainness",
        "Was a gardener first",
        "Nothing shows it yet",
        "I cut what",
    ] {
        assert!(page.contains(text), "{text}");
    }
    channel(&browser, "My site").await;
    let check = browser.open("/show/presence").await.body;
    assert!(check.contains("Nothing you show expresses"), "{check}");
    let old = browser
        .post("/show/brand/change", &[("mark", "old"), ("sentence", "mine")])
        .await;
    assert_eq!(old.status, StatusCode::CONFLICT);
}

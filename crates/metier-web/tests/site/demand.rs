//! What postings ask for: the analyst's page, before anything was read and after.

use axum::http::StatusCode;
use metier_app::{Columns, Ingest, ingest, market_concepts};

use crate::browser::{Browser, surroundings};
use crate::page::seen;

/// Postings of three years; one competency is asked for more and more, one always alike.
fn postings() -> String {
    let mut lines = String::new();
    for month in 0..36 {
        for n in 0..40 {
            let rising = if n < month {
                "Publish an article to house standard. "
            } else {
                ""
            };
            let even = if n % 5 == 0 {
                "Brief a designer: <b>well</b> &amp; kindly, jo@example.org. "
            } else {
                ""
            };
            let (year, of_year) = (2021 + month / 12, month % 12 + 1);
            lines += &format!(
                "{{\"text\": \"Office {n} of month {month}. {rising}{even}\", \"date\": \"{year}-{of_year:02}-05\", \"occupation\": \"{}\"}}\n",
                2431 + n % 2
            );
        }
    }
    lines
}

async fn on_market() -> Browser {
    let browser = Browser::on_example().await;
    let file = browser.home().join("postings.jsonl");
    std::fs::write(&file, postings()).unwrap();
    let concepts = market_concepts(browser.home(), &surroundings()).await.unwrap();
    let asked = Ingest {
        paths: vec![file],
        columns: Columns::default(),
        once: false,
        save_after: 1000,
    };
    ingest(browser.home(), &asked, &concepts, false, |_| ()).unwrap();
    browser
}

#[tokio::test]
async fn before_any_posting_was_read_the_page_says_how_to() {
    let browser = Browser::on_example().await;
    let page = browser.open("/market/demand").await;
    seen(&page, &["No postings were read yet", "metier market ingest"]);
}

#[tokio::test]
async fn shares_have_intervals_tested_trends_sentences_and_the_caution() {
    let browser = on_market().await;
    let page = browser.open("/market/demand").await;
    seen(
        &page,
        &[
            "1440 postings.",
            "white-collar",
            "Publish an article to house standard",
            "rising,",
            "no trend beyond chance",
            "class=\"interval\"",
            "Your own competencies",
            "postings.jsonl: 1440 postings",
        ],
    );
    assert!(page.body.len() < 100_000, "{}", page.body.len());
    // One profession only, drawn towards all of them where that can be estimated.
    let one = browser.open("/market/demand?profession=2432&sort=name").await;
    seen(&one, &["720 postings of profession 2432."]);
    // One click away: the sentences, as they stand, and the months with their table.
    let link = page.body.split("href=\"/market/demand/").nth(1).unwrap();
    let id = link.split('"').next().unwrap();
    let concept = browser.open(&format!("/market/demand/{id}")).await;
    seen(
        &concept,
        &[
            "In these words",
            "<mark>",
            "month-strip",
            "As a table",
            "2021-01",
            "white-collar",
        ],
    );
    assert!(!concept.body.contains("jo@example.org") && !concept.body.contains("<b>well</b>"));
}

#[tokio::test]
async fn what_no_posting_asks_for_has_no_page() {
    let browser = on_market().await;
    assert_eq!(
        browser.open("/market/demand/99999").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.open("/market/demand/x").await.status,
        StatusCode::NOT_FOUND
    );
    let odd = browser
        .open("/market/demand?from=99999999999999999999&month=2020-99&profession=%22%3E")
        .await;
    seen(&odd, &["Nothing that is looked for is in these postings."]);
}

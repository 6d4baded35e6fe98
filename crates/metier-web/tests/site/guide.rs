//! The guide: there before anything else is, linked from where it matters, with links that lead somewhere.

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;
use metier_app::guide::{SOURCES, guide};

use crate::browser::Browser;

/// The pages where the guide says why.
const WHERE_IT_MATTERS: [&str; 9] = [
    "/market",
    "/",
    "/competency/publish-an-article",
    "/framework",
    "/people/ask",
    "/people/disagreements",
    "/mastery",
    "/scan",
    "/start?again=1",
];

fn links(body: &str) -> BTreeSet<String> {
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn the_guide_can_be_read_before_a_profession_is_chosen() {
    let browser = Browser::on_nothing().await;
    let start = browser.open("/start").await;
    assert!(
        links(&start.body).contains("/guide/why-mastery"),
        "{}",
        start.body
    );
    let contents = browser.open("/guide").await;
    assert_eq!(contents.status, StatusCode::OK);
    for page in guide() {
        let address = format!("/guide/{}", page.name);
        assert!(links(&contents.body).contains(&address), "{address}");
        let answer = browser.open(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.body.contains("Begin with your profession"), "{address}");
    }
}

#[tokio::test]
async fn every_page_of_the_guide_is_linked_from_where_it_matters() {
    let browser = Browser::on_example().await;
    let mut found = BTreeSet::new();
    for page in WHERE_IT_MATTERS {
        let answer = browser.open(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let here: Vec<String> = links(&answer.body)
            .into_iter()
            .filter(|link| link.starts_with("/guide/"))
            .collect();
        assert!(!here.is_empty(), "{page}");
        found.extend(here);
    }
    for page in guide().iter().filter(|page| page.name != SOURCES) {
        assert!(found.contains(&format!("/guide/{}", page.name)), "{}", page.name);
    }
}

#[tokio::test]
async fn every_link_of_the_guide_leads_somewhere() {
    let browser = Browser::on_example().await;
    let mut seen = BTreeSet::new();
    let mut open: VecDeque<String> = VecDeque::from(["/guide".to_owned()]);
    while let Some(address) = open.pop_front() {
        let answer = browser.open(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        if !address.starts_with("/guide") {
            continue;
        }
        let content = answer.body.split("<main").nth(1).unwrap_or_default();
        for link in links(content) {
            let (page, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if !anchor.is_empty() {
                let target = browser.open(page).await.body;
                assert!(target.contains(&format!("id=\"{anchor}\"")), "{address}: {link}");
            }
            if seen.insert(page.to_owned()) {
                open.push_back(page.to_owned());
            }
        }
    }
    assert!(seen.len() > guide().len(), "{seen:?}");
}

#[tokio::test]
async fn a_page_shows_its_words_its_sources_and_its_neighbours() {
    let browser = Browser::on_example().await;
    let body = browser.open("/guide/stages").await.body;
    for part in [
        "<h1>Stages, and how long they take</h1>",
        "<th scope=\"col\">Indicative years</th>",
        "<a href=\"/guide/sources#dreyfus-1986\">Dreyfus and Dreyfus 1986</a>",
        "rel=\"prev\" href=\"/guide/barriers\"",
        "rel=\"next\" href=\"/guide/your-part\"",
    ] {
        assert!(body.contains(part), "{part}\n{body}");
    }
    assert_eq!(browser.open("/guide/nothing").await.status, StatusCode::NOT_FOUND);
}

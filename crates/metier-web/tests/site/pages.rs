//! What the pages say, as text: golden files of their structure, not of their markup.

use axum::http::{StatusCode, header};

use crate::browser::Browser;

/// The words of a page's content, a line for each element that begins one, marks and links included.
pub fn text_of(html: &str) -> String {
    let content = html.split("<main id=\"content\">").nth(1).unwrap();
    let content = content.split("</main>").next().unwrap();
    let mut text = String::new();
    let mut rest = content;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find('>').unwrap();
        let tag = &rest[open + 1..close];
        let name = tag.split([' ', '/']).find(|n| !n.is_empty()).unwrap_or_default();
        if let Some(label) = tag.split("aria-label=\"").nth(1) {
            text.push_str(&format!("[{}] ", label.split('"').next().unwrap()));
        }
        let block = [
            "h1", "h2", "h3", "p", "li", "tr", "section", "form", "table", "div", "summary", "label", "dt",
        ];
        if block.contains(&name) && !tag.starts_with('/') && !text.ends_with('\n') {
            text.push('\n');
        }
        rest = &rest[close + 1..];
    }
    let unescaped = text
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
    let lines = unescaped.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn where_i_stand() {
    let browser = Browser::on_example().await;
    let answer = browser.open("/").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(text_of(&answer.body));
}

#[tokio::test]
async fn a_competency() {
    let browser = Browser::on_example().await;
    let answer = browser.open("/competency/publish-an-article").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(text_of(&answer.body));
}

#[tokio::test]
async fn a_competency_that_is_disputed() {
    let browser = Browser::on_example().await;
    let path = "/competency/optimise-a-page-for-search";
    let before = browser.open(path).await.body;
    assert!(!before.contains("Answer the dispute"));
    let fields = [
        ("disputed", "reliable"),
        ("disputer", "Edith"),
        ("why", "the last two failed"),
    ];
    let answer = browser.post(&format!("{path}/dispute"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = browser.open(path).await.body;
    assert!(page.contains("Edith disputes it: the last two failed"));
    let dispute = page
        .split("name=\"dispute\"")
        .nth(1)
        .unwrap()
        .split("value=\"")
        .nth(1)
        .unwrap();
    let dispute = dispute.split('"').next().unwrap().to_owned();
    let fields = [
        ("dispute", dispute.as_str()),
        ("settler", "Edith"),
        ("outcome", "a wrong test page"),
    ];
    let answer = browser.post(&format!("{path}/settle"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(!browser.open(path).await.body.contains("Answer the dispute"));
}

#[tokio::test]
async fn how_this_is_worked_out() {
    let browser = Browser::on_nothing().await;
    insta::assert_snapshot!(text_of(&browser.open("/how").await.body));
}

#[tokio::test]
async fn what_was_called_likely() {
    let browser = Browser::on_example().await;
    assert!(browser.open("/how").await.body.contains("href=\"/how/calls\""));
    let answer = browser.open("/how/calls").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(text_of(&answer.body));
}

#[tokio::test]
async fn somebody_new_is_led_to_the_first_run() {
    let browser = Browser::on_nothing().await;
    for path in ["/", "/competency/anything", "/how/calls"] {
        let answer = browser.open(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.header(header::LOCATION), "/start");
    }
}

#[tokio::test]
async fn a_form_with_a_fault_is_shown_again_with_what_was_written() {
    let browser = Browser::on_example().await;
    let fields = [
        ("rater-role", "manager"),
        ("rater", ""),
        ("sees", "teaches"),
        ("because", "she <b>does</b>"),
    ];
    let answer = browser.post("/competency/publish-an-article/rate", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Say who says it; initials will do."));
    assert!(
        answer.body.contains("she &lt;b&gt;does&lt;/b&gt;"),
        "what was written is kept, and is text"
    );
    assert!(answer.body.contains("<option value=\"teaches\" selected>"));
}

#[tokio::test]
async fn looking_back_is_said_and_can_be_left() {
    let browser = Browser::on_example().await;
    let back = browser.open("/?as-of=2026-08-12").await.body;
    assert!(back.contains("As of 12 August 2026."));
    assert!(back.contains("Back to today"));
    assert!(back.contains("href=\"/competency/publish-an-article?as-of=2026-08-12#reliable\""));
    let future = browser.open("/?as-of=2031-01-01").await;
    assert_eq!(future.status, StatusCode::OK);
    assert!(future.body.contains("That is no day that has come"));
    let too_early = browser.open("/?as-of=1999-01-01&known=then").await;
    assert_eq!(too_early.status, StatusCode::NOT_FOUND);
    assert!(too_early.body.contains("Nothing was recorded by 1 January 1999."));
}

#[tokio::test]
async fn leaving_something_out_shows_what_it_carries() {
    let browser = Browser::on_example().await;
    let page = browser.open("/competency/publish-an-article").await.body;
    let link = page
        .split("href=\"")
        .find(|l| l.starts_with("?without=") && l.contains("Spring launch series"))
        .unwrap();
    let question = link.split('"').next().unwrap();
    let without = browser
        .open(&format!("/competency/publish-an-article{question}"))
        .await
        .body;
    assert!(without.contains("Without \u{201c}Spring launch series\u{201d}"));
    assert!(without.contains("becomes"), "something here hangs on it");
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let browser = Browser::on_example().await;
    let answer = browser.open("/competency/juggling").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("has no competency `juggling`"));
}

#[tokio::test]
async fn the_map_stays_small() {
    let browser = Browser::on_example().await;
    let page = browser.open("/").await;
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
}

#[tokio::test]
async fn an_address_that_names_nothing_is_answered_with_the_page_that_says_so() {
    let browser = Browser::on_example().await;
    for path in [
        "/people/gather/round/x",
        "/people/gather/asked/x",
        "/mastery/outreach/x",
        "/people/asked/x",
        "/plan/goal/%ff",
        "/people/network/%ff",
    ] {
        let answer = browser.open(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
        assert!(
            answer.body.contains("There is no such thing here"),
            "{path}: {}",
            answer.body
        );
        assert!(!answer.body.contains("UUID"), "{path}: {}", answer.body);
    }
}

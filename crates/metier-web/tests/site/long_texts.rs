//! Texts as long as a guest can send: the owner's pages stay small, and nothing that was typed is lost.

use axum::http::{Method, StatusCode};

use crate::browser::{Answer, Browser, plain};
use crate::guest::form;
use crate::page::{hidden, led, refused};

const UNTIL: &str = "2026-12-06";
const KB_100: usize = 100 * 1024;

async fn small(browser: &Browser, path: &str) -> Answer {
    let page = browser.open(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    assert!(page.body.len() < KB_100, "{path}: {} bytes", page.body.len());
    page
}

async fn link_of(browser: &Browser, page: &str) -> String {
    let body = browser.open(page).await.body;
    let from = body.split("/for/").nth(1).unwrap();
    format!("/for/{}", from.split('<').next().unwrap())
}

#[tokio::test]
async fn long_answers_and_comments_leave_every_page_of_the_series_small() {
    let browser = Browser::on_example().await;
    let words = "A long answer. ".repeat(1_400);
    let mut last = String::new();
    for _ in 0..25 {
        let said = [("question", "profession"), ("words", words.as_str())];
        led(&browser.post("/mastery/series", &said).await);
        let page = small(&browser, "/mastery/series?question=profession").await;
        last = hidden(&page.body, "id");
    }
    let before = small(&browser, "/mastery/series?question=profession&from=20").await;
    assert!(before.body.contains("A long answer.") && !before.body.contains("Answers before these"));
    let offered = small(&browser, "/mastery/series/show").await;
    assert!(offered.body.contains("A long answer.") && offered.body.contains('\u{2026}'));
    small(&browser, &format!("/mastery/series/comment?answer={last}")).await;
    let whole = small(&browser, &format!("/mastery/series/answer?id={last}")).await;
    assert!(
        whole.body.contains(words.trim()),
        "the page of one answer has all of it"
    );
    let many: Vec<(&str, &str)> = vec![("to", "Petra"), ("until", UNTIL), ("answers", &last)];
    let page = led(&browser.post("/mastery/series/show", &many).await);
    let shown = small(&browser, &page).await;
    assert!(shown.body.contains(words.trim()), "exactly what they will see");
    let mail = small(&browser, &format!("{page}/mail")).await;
    assert!(mail.body.contains("Dear Petra"));
    let link = link_of(&browser, &page).await;
    let field = format!("a-{last}");
    let long = "Too long ".repeat(1_000);
    let sent = [(field.as_str(), long.as_str()), ("question", "And now?")];
    let back = browser.send(form(&link, &sent)).await;
    refused(&back, &["at most 4000 are kept", "And now?", long.trim()]);
    let fits = "c".repeat(4_000);
    let sent = [(field.as_str(), fits.as_str()), ("question", "And now?")];
    assert_eq!(
        browser.send(form(&link, &sent)).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        browser.send(plain(Method::GET, &link)).await.status,
        StatusCode::OK
    );
    for place in [
        "/mastery/series",
        "/mastery/series?question=profession",
        "/mastery",
        "/people",
    ] {
        small(&browser, place).await;
    }
}

#[tokio::test]
async fn what_is_too_much_to_be_shown_together_says_so_at_the_answers_and_a_passed_day_at_the_day() {
    let browser = Browser::on_example().await;
    let words = "A long answer. ".repeat(1_000);
    let mut chosen = Vec::new();
    for question in ["profession", "need"] {
        let said = [("question", question), ("words", words.as_str())];
        led(&browser.post("/mastery/series", &said).await);
        let page = browser
            .open(&format!("/mastery/series?question={question}"))
            .await;
        chosen.push(hidden(&page.body, "id"));
    }
    let mut show = vec![("to", "Petra"), ("until", UNTIL)];
    show.extend(chosen.iter().map(|id| ("answers", id.as_str())));
    let back = browser.post("/mastery/series/show", &show).await;
    refused(&back, &["at most 24000 can be shown", "value=\"Petra\""]);
    let passed = [
        ("to", "Petra"),
        ("until", "2020-01-01"),
        ("answers", chosen[0].as_str()),
    ];
    let back = browser.post("/mastery/series/show", &passed).await;
    refused(&back, &["2020-01-01 has passed", "href=\"#f-until\""]);
}

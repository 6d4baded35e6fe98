//! What mastery is: circumstances told, corrected, ended and taken back; and every refusal.

use axum::http::{StatusCode, header};

use crate::browser::{Answer, Browser};
use crate::page::{refused, seen};

fn recorded(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.header(header::LOCATION).starts_with("/mastery"));
}

/// The ids of a sort of entry that the page links to.
fn ids(page: &Answer, form: &str) -> Vec<String> {
    let start = format!("/mastery/{form}?id=");
    page.body
        .split(&start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_page_says_what_mastery_is_here() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/mastery").await,
        &[
            "Every required step of Senior content marketer is proven and fresh.",
            "Serves three of the needs people have",
            "Learning<span class=\"hide\">, served",
            "Practices",
            "The same as a table",
            "Foundations",
            "Times away",
            "Reviews",
        ],
    );
}

#[tokio::test]
async fn positions_are_added_ended_and_taken_back() {
    let browser = Browser::on_example().await;
    let before = ids(&browser.open("/mastery").await, "position");
    refused(
        &browser
            .post(
                "/mastery/position",
                &[("title", ""), ("from", "2025-01-01"), ("until", "2024-01-01")],
            )
            .await,
        &[
            "Give the position its title.",
            "This is before it begins",
            "Tick at least one practice",
            "value=\"2024-01-01\"",
        ],
    );
    refused(
        &browser
            .post("/mastery/position", &[("title", "Editor"), ("from", "soon")])
            .await,
        &["Write the day as year-month-day", "value=\"Editor\""],
    );
    let position = [
        ("title", "Volunteer editor"),
        ("organisation", "A charity"),
        ("industry", "Third sector"),
        ("from", "2022-03-01"),
        ("practices", "lead"),
    ];
    recorded(&browser.post("/mastery/position", &position).await);
    let page = browser.open("/mastery").await;
    seen(&page, &["Volunteer editor, A charity", "2022", "Third sector"]);
    let id = ids(&page, "position")
        .into_iter()
        .find(|id| !before.contains(id))
        .unwrap();
    let form = browser.open(&format!("/mastery/position?id={id}")).await;
    seen(&form, &["value=\"Volunteer editor\"", "value=\"lead\" checked"]);
    let mut ended = position.to_vec();
    ended.extend([("id", id.as_str()), ("until", "2022-12-31")]);
    recorded(&browser.post("/mastery/position", &ended).await);
    seen(
        &browser.open("/mastery").await,
        &["1 March 2022 to 31 December 2022"],
    );
    recorded(&browser.post("/mastery/take-back", &[("entry", &id)]).await);
    let page = browser.open("/mastery").await;
    assert!(!page.body.contains("Volunteer editor"));
    let gone = browser.open(&format!("/mastery/position?id={id}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let again = browser.post("/mastery/take-back", &[("entry", &id)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn professions_keep_their_history_and_needs_can_be_one_s_own() {
    let browser = Browser::on_example().await;
    refused(
        &browser
            .post("/mastery/profession", &[("name", ""), ("other", "!!")])
            .await,
        &["Name the profession.", "has no letter or digit"],
    );
    let wanted = [
        ("name", "Teaching"),
        ("status", "aspired"),
        ("needs", "learning"),
        ("other", "Play, beauty"),
        ("from", "2026-01-01"),
    ];
    recorded(&browser.post("/mastery/profession", &wanted).await);
    let page = browser.open("/mastery").await;
    seen(
        &page,
        &["<b>Teaching</b> · wanted", "Serves three of the needs", "Beauty"],
    );
    let id = ids(&page, "profession").pop().unwrap();
    let mut ended = wanted.to_vec();
    ended.extend([("id", id.as_str()), ("until", "2026-06-30")]);
    ended[1].1 = "held";
    recorded(&browser.post("/mastery/profession", &ended).await);
    seen(
        &browser.open("/mastery").await,
        &["<b>Teaching</b> · practised", "1 January 2026 to 30 June 2026"],
    );
}

#[tokio::test]
async fn leave_and_reviews_are_told() {
    let browser = Browser::on_example().await;
    refused(
        &browser.post("/mastery/leave", &[("from", "")]).await,
        &["Give the first day away."],
    );
    recorded(
        &browser
            .post(
                "/mastery/leave",
                &[("from", "2026-02-01"), ("until", "2026-02-20")],
            )
            .await,
    );
    seen(
        &browser.open("/mastery").await,
        &["1 February 2026 to 20 February 2026"],
    );
    recorded(
        &browser
            .post("/mastery/review", &[("on", "2026-11-01"), ("with", "Bo")])
            .await,
    );
    let page = browser.open("/mastery").await;
    seen(&page, &["1 November 2026 with Bo"]);
    let id = ids(&page, "review").remove(0);
    let changed = [
        ("id", id.as_str()),
        ("on", "2026-11-02"),
        ("with", "Bo"),
        ("note", "Lead more."),
    ];
    recorded(&browser.post("/mastery/review", &changed).await);
    seen(
        &browser.open("/mastery").await,
        &["2 November 2026 with Bo", "Lead more."],
    );
}

#[tokio::test]
async fn a_review_to_come_is_planned_counted_down_to_and_noted_once_it_was() {
    let browser = Browser::on_example().await;
    let planned = [
        ("on", "2026-12-03"),
        ("with", "Edith"),
        ("note", "the larger series"),
    ];
    recorded(&browser.post("/mastery/review", &planned).await);
    let told = "Review with Edith on 3 December 2026: 11 days left";
    seen(&browser.open("/").await, &[told]);
    seen(&browser.open("/show/review").await, &[told]);
    let page = browser.open("/mastery").await;
    seen(&page, &[told, "the larger series"]);
    let id = ids(&page, "review").remove(0);
    let moved = [("id", id.as_str()), ("on", "2026-12-10"), ("with", "Edith")];
    recorded(&browser.post("/mastery/review", &moved).await);
    seen(&browser.open("/").await, &["10 December 2026: 18 days left"]);
    let took_place = [
        ("id", id.as_str()),
        ("on", "2026-11-22"),
        ("with", "Edith"),
        ("note", "Lead more."),
    ];
    recorded(&browser.post("/mastery/review", &took_place).await);
    assert!(!browser.open("/").await.body.contains("Review with Edith"));
    let page = browser.open("/mastery").await;
    seen(&page, &["22 November 2026 with Edith", "Lead more."]);
    let ahead = [("id", id.as_str()), ("on", "2026-12-24"), ("with", "Edith")];
    refused(
        &browser.post("/mastery/review", &ahead).await,
        &["This review took place", "value=\"Edith\""],
    );
}

#[tokio::test]
async fn a_credential_is_recorded_and_then_held() {
    let browser = Browser::on_example().await;
    let id = ids(&browser.open("/mastery").await, "credential").remove(0);
    refused(
        &browser
            .post(
                "/mastery/credential",
                &[
                    ("id", &id),
                    ("title", "Certificate"),
                    ("on", "2026-05-01"),
                    ("expires", "2025-01-01"),
                ],
            )
            .await,
        &[
            "Say who gave it.",
            "This is before the day it was given.",
            "value=\"Certificate\"",
        ],
    );
    let fields = [
        ("id", id.as_str()),
        ("title", "Certificate"),
        ("body", "The institute"),
        ("on", "2026-05-01"),
        ("expires", "2031-05-01"),
    ];
    recorded(&browser.post("/mastery/credential", &fields).await);
    seen(&browser.open("/mastery").await, &["Held, until 1 May 2031"]);
    let unknown = browser.open("/mastery/credential?id=none").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

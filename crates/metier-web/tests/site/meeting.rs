//! The one-to-one at one device: nothing but what both may see, and nothing typed in an address.

use axum::http::{StatusCode, header};

use crate::browser::{Answer, Browser};
use crate::page::{led, refused, seen};

const ABOUT: &str = "publish-an-article";

/// The page a one-to-one leads to, by way of the one on which the device is handed back.
async fn handed_back(browser: &Browser, answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let last = browser.open(answer.header(header::LOCATION)).await;
    seen(&last, &["Give the device back to"]);
    assert!(
        !last.body.contains("<nav") && !last.body.contains("two launches"),
        "{}",
        last.body
    );
    let on = last.body.split("class=\"btn quiet\" href=\"").nth(1).unwrap();
    on.split(['"', '?']).next().unwrap().to_owned()
}

/// Peers who said where they see the person on what the one-to-one is about.
async fn peers(browser: &Browser) -> Vec<String> {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let sight = metier.sight(metier_app::AsOf::default()).await.unwrap();
    let id = "publish-an-article".parse().unwrap();
    let ratings = &sight.standing.competency(&id).unwrap().ratings;
    ratings
        .iter()
        .filter(|r| r.role == metier_core::rating::Role::Peer)
        .map(|r| r.rater.clone())
        .collect()
}

#[tokio::test]
async fn the_one_to_one_shows_only_what_both_may_see_and_records_what_both_say() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/people/meeting").await,
        &["This screen is yours alone", "Turn the screen"],
    );
    let alone = [("with", "Edith"), ("role", "manager"), ("c", ABOUT)];
    assert_eq!(
        led(&browser.post("/people/meeting", &alone).await),
        "/people/meeting/area"
    );
    let area = browser.open("/people/meeting/area").await;
    seen(&area, &["Which area, and which criterion?", "Publish an article"]);
    assert!(
        !area.body.contains("Ada Lind (example): "),
        "one's own view only when chosen"
    );
    let others = peers(&browser).await;
    assert!(!others.is_empty());
    let shown = [&alone[..], &[("own", "yes"), ("about", ABOUT)]].concat();
    let next = browser.post("/people/meeting/area", &shown).await;
    assert_eq!(led(&next), "/people/meeting/convince");
    let convince = browser.open("/people/meeting/convince").await;
    seen(
        &convince,
        &[
            "What would convince you, and by when?",
            "Where Edith sees it today",
        ],
    );
    for page in [&area, &convince] {
        for other in &others {
            assert!(!page.body.contains(&format!("{other}:")), "{other} is not shown");
        }
        assert!(!page.body.contains("href=\"/did"), "no way into the journal");
    }
    let step = [("rung", "teaches")];
    let missing = browser
        .post("/people/meeting/convince", &[&shown[..], &step].concat())
        .await;
    refused(&missing, &["Write what would convince"]);
    let said = [
        ("rung", "delivers"),
        ("their-step", "follows"),
        ("own-step", "teaches"),
        ("by", "2027-01-31"),
        ("convincing", "two launches"),
    ];
    let next = browser
        .post("/people/meeting/convince", &[&shown[..], &said].concat())
        .await;
    let address = next.header(header::LOCATION);
    assert_eq!(
        address, "/people/meeting/confirm",
        "nothing of it stands in the address"
    );
    seen(
        &browser.open("/people/meeting/confirm").await,
        &["Both confirm", "two launches", "31 January 2027"],
    );
    // What was typed is there again, on the way back as after a break.
    seen(&browser.open("/people/meeting/convince").await, &["two launches"]);
    let mut fields = vec![
        ("with", "Edith"),
        ("role", "manager"),
        ("about", ABOUT),
        ("rung", "delivers"),
        ("their-step", "follows"),
        ("own-step", "teaches"),
        ("convincing", "two launches"),
        ("by", "2027-01-31"),
        ("i-say", "yes"),
    ];
    refused(
        &browser.post("/people/meeting/confirm", &fields).await,
        &["Both have to say so"],
    );
    fields.push(("they-say", "yes"));
    let page = handed_back(&browser, &browser.post("/people/meeting/confirm", &fields).await).await;
    seen(&browser.open(&page).await, &["both said yes", "two launches"]);
    // It is recorded, so nothing of it is going on any more.
    assert_eq!(
        led(&browser.open("/people/meeting/confirm").await),
        "/people/meeting"
    );
    // Where somebody sees them is said by nobody else.
    let unsaid = [
        ("with", "Edith"),
        ("about", ABOUT),
        ("rung", "delivers"),
        ("convincing", "two"),
    ];
    refused(
        &browser.post("/people/meeting/convince", &unsaid).await,
        &["Choose the step they see today", "Choose the step you see today"],
    );
}

#[tokio::test]
async fn the_one_to_one_can_end_in_an_agreement() {
    let browser = Browser::on_example().await;
    refused(
        &browser.post("/people/meeting", &[("with", " ")]).await,
        &["Say who is there."],
    );
    let target = [("with", "Edith"), ("about", "target")];
    led(&browser.post("/people/meeting/area", &target).await);
    seen(
        &browser.open("/people/meeting/convince").await,
        &["The target: Senior"],
    );
    let fields = [
        ("with", "Edith"),
        ("about", "target"),
        ("by", "2027-06-30"),
        ("i-say", "yes"),
        ("they-say", "yes"),
    ];
    let page = handed_back(&browser, &browser.post("/people/meeting/confirm", &fields).await).await;
    seen(
        &browser.open(&page).await,
        &["both at one device", "Download the receipt"],
    );
    assert_eq!(
        led(&browser.open("/people/meeting/area").await),
        "/people/meeting"
    );
}

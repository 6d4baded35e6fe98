//! Who helps and whom one helps: contacts, cards, mentors, communities, what was shared.

use axum::http::{StatusCode, header};

use crate::browser::Browser;

/// The mark that a page's form carries.
fn mark(body: &str) -> String {
    let at = body.find("name=\"mark\" value=\"").unwrap() + 19;
    body[at..].split('"').next().unwrap().to_owned()
}

/// Notes somebody, and returns the address of their page.
async fn note(browser: &Browser, fields: &[(&str, &str)]) -> String {
    let mark = mark(&browser.open("/people/network/add").await.body);
    let all = [&[("mark", mark.as_str())], fields].concat();
    let answer = browser.post("/people/network/add", &all).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let to = answer.header(header::LOCATION);
    to.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_is_noted_spoken_with_and_found_and_no_window_overwrites_another() {
    let browser = Browser::on_example().await;
    let rosa = [
        ("name", "Rosa Diaz"),
        ("organisation", "The Weekly"),
        ("offer-support", "reads drafts"),
        ("next", "2027-01-15"),
        ("next-what", "the spring issue"),
        ("mail", "rosa@example.org"),
    ];
    let page = note(&browser, &rosa).await;
    let body = browser.open(&page).await.body;
    assert!(body.contains("Support: reads drafts") && body.contains("15 January 2027: the spring issue"));
    let list = browser.open("/people/network?q=weekly").await.body;
    assert!(
        list.contains("Rosa Diaz") && list.contains("not spoken yet"),
        "{list}"
    );
    assert!(browser.open("/people").await.body.contains("One contact"));
    let before = mark(&body);
    let tapped = browser.post(&format!("{page}/spoke"), &[("mark", &before)]).await;
    assert_eq!(tapped.status, StatusCode::SEE_OTHER);
    let again = browser
        .post(
            &format!("{page}/spoke"),
            &[("mark", &before), ("words", "a word twice")],
        )
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("a word twice"), "nothing typed is lost");
    let body = browser.open(&page).await.body;
    assert!(body.contains("No day is chosen") && body.contains("No words noted"));
    let changing = browser.open(&format!("{page}/change")).await.body;
    let changed = browser
        .post(
            &format!("{page}/change"),
            &[
                ("mark", &mark(&changing)),
                ("name", "Rosa Diaz"),
                ("organisation", "The Daily"),
            ],
        )
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let body = browser.open(&page).await.body;
    assert!(body.contains("The Daily") && body.contains("What stood before (1)"));
}

#[tokio::test]
async fn contacts_leave_as_cards_and_notes_only_when_asked_for() {
    let browser = Browser::on_example().await;
    note(
        &browser,
        &[("name", "Al"), ("note", "owes me a lunch"), ("phone", "+49 30 1")],
    )
    .await;
    let cards = browser.open("/people/network/contacts.vcf").await;
    assert!(cards.header(header::CONTENT_TYPE).starts_with("text/vcard"));
    assert!(cards.body.contains("FN:Al") && !cards.body.contains("lunch"));
    let cards = browser.open("/people/network/contacts.vcf?notes=1").await;
    assert!(cards.body.contains("owes me a lunch"));
}

#[tokio::test]
async fn a_mentor_is_noted_for_a_gap_and_guidance_with_what_was_done() {
    let browser = Browser::on_example().await;
    let form = browser.open("/people/network/mentors/add").await.body;
    let added = browser
        .post(
            "/people/network/mentors/add",
            &[
                ("mark", &mark(&form)),
                ("side", "they"),
                ("with", "Rosa"),
                ("gap", "publish-an-article"),
                ("from", "2026-01-10"),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = added
        .header(header::LOCATION)
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let body = browser.open(&page).await.body;
    let logged = browser
        .post(
            &format!("{page}/log"),
            &[("mark", &mark(&body)), ("words", "cut the beginning")],
        )
        .await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    let body = browser.open(&page).await.body;
    assert!(body.contains("cut the beginning") && body.contains("Something was done with it"));
    let competency = browser.open("/competency/publish-an-article").await.body;
    assert!(competency.contains("Guides you through it"));
    let list = browser.open("/people/network/mentors").await.body;
    assert!(list.contains("Gaps nobody guides you through") && list.contains("Rosa"));
    let form = browser.open("/people/network/mentors/willing").await.body;
    assert!(form.contains("Proven already"));
    let fields = [("mark", mark(&form)), ("teach", "publish-an-article".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post("/people/network/mentors/willing", &fields).await;
    let competency = browser.open("/competency/publish-an-article").await.body;
    assert!(competency.contains("You are willing to teach it"));
}

#[tokio::test]
async fn where_the_field_meets_is_noted_and_what_was_shared_is_derived() {
    let browser = Browser::on_example().await;
    let page = browser.open("/people/network/communities").await.body;
    let wrong = browser
        .post(
            "/people/network/communities",
            &[
                ("mark", &mark(&page)),
                ("name", ""),
                ("kind", "event"),
                ("part", "speak"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Say what it is called") && wrong.body.contains("value=\"speak\""));
    let added = browser
        .post(
            "/people/network/communities",
            &[
                ("mark", &mark(&page)),
                ("name", "Spring fair"),
                ("kind", "event"),
                ("part", "speak"),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert!(
        browser
            .open("/people/network/communities")
            .await
            .body
            .contains("Spring fair")
    );
    let shared = browser.open("/people/network/shared").await;
    assert_eq!(shared.status, StatusCode::OK);
    assert!(
        shared.body.contains("in all, the latest first"),
        "{}",
        shared.body
    );
}

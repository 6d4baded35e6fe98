//! What adverts ask for, on its pages: pasted, counted, put right, planned.

use axum::http::{StatusCode, header};

use crate::browser::Browser;

const ADVERT: &str = "What you will do\n\n- Write case studies with our customers\n- Sing to the tomatoes\n- Work in HubSpot\n\nBenefits\n\n- A newsletter for staff\n";

async fn started() -> Browser {
    let browser = Browser::on_nothing().await;
    let start = [
        ("profession", "content-marketing"),
        ("name", "Ada"),
        ("status", "held"),
    ];
    assert_eq!(browser.post("/start", &start).await.status, StatusCode::SEE_OTHER);
    let aim = [("level", "content-marketer"), ("by", "2028-06-30")];
    assert_eq!(
        browser.post("/start/aim", &aim).await.status,
        StatusCode::SEE_OTHER
    );
    browser
}

async fn save(browser: &Browser, text: &str, title: &str) -> String {
    let saved = browser
        .post(
            "/market/save",
            &[("text", text), ("title", title), ("employer", "Fernhill")],
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    saved.header(header::LOCATION).to_owned()
}

fn advert_page(body: &str) -> String {
    let at = body.find("href=\"/market/advert/").unwrap() + 6;
    body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn pasted_adverts_are_counted_with_their_sentences_and_the_empty_page_says_how_to_begin() {
    let browser = started().await;
    let empty = browser.open("/market").await.body;
    assert!(
        empty.contains("Paste the first advert") && empty.contains("over-represent"),
        "{empty}"
    );
    assert!(!browser.open("/").await.body.contains("Your one advert"));

    assert_eq!(save(&browser, ADVERT, "Editor").await, "/market?said=saved");
    assert_eq!(
        save(&browser, ADVERT, "Editor again").await,
        "/market/adverts?said=same"
    );
    let body = browser.open("/market").await.body;
    assert!(body.contains("2 of 2 adverts ask for this."), "{body}");
    assert!(
        body.contains("Your 2 adverts ask for 1 competency of your framework; you have proof for none yet."),
        "{body}"
    );
    assert!(
        body.contains("Write <mark>case studies</mark> with our customers"),
        "{body}"
    );
    assert!(
        body.contains("HubSpot") && body.contains("over-represent") && body.contains("no trained file"),
        "{body}"
    );
    assert!(
        browser
            .open("/")
            .await
            .body
            .contains("Your 2 adverts ask for 1 competency")
    );
    let story = browser.open("/competency/write-a-customer-story").await.body;
    assert!(story.contains("2 of 2 adverts ask for this."), "{story}");
    let none = browser.open("/competency/research-an-audience").await.body;
    assert!(
        none.contains("None of the 2 adverts you saved asks for this."),
        "{none}"
    );
    assert!(
        browser
            .open("/plan/rhythm")
            .await
            .body
            .contains("Look at your adverts again")
    );
}

#[tokio::test]
async fn what_was_read_wrongly_is_put_right_in_the_advert() {
    let browser = started().await;
    save(&browser, ADVERT, "Editor").await;
    let page = advert_page(&browser.open("/market/adverts").await.body);
    let body = browser.open(&page).await.body;
    assert!(
        body.contains("Does not ask for this") && body.contains("A newsletter for staff"),
        "{body}"
    );
    let rule = format!("{page}/rule");
    let wrong = [
        ("competency", "write-a-customer-story"),
        ("sentence", "- Write case studies with our customers"),
        ("asks", "no"),
    ];
    assert_eq!(browser.post(&rule, &wrong).await.status, StatusCode::SEE_OTHER);
    let right = [
        ("competency", "interview-an-expert"),
        ("sentence", "- Sing to the tomatoes"),
        ("asks", "yes"),
    ];
    assert_eq!(browser.post(&rule, &right).await.status, StatusCode::SEE_OTHER);
    let body = browser.open(&page).await.body;
    assert!(
        body.contains("(you said so)") && !body.contains("<mark>case studies"),
        "{body}"
    );
    let nowhere = [
        ("competency", "interview-an-expert"),
        ("sentence", "Not there"),
        ("asks", "yes"),
    ];
    let refused = browser.post(&rule, &nowhere).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("no such sentence"), "{}", refused.body);

    browser
        .post(
            "/market/called",
            &[
                ("name", "work in hubspot"),
                ("competency", "run-an-email-programme"),
            ],
        )
        .await;
    assert!(
        browser
            .open("/market")
            .await
            .body
            .contains("id=\"c-run-an-email-programme\"")
    );
    browser
        .post(&format!("{page}/put-away"), &[("why", "not-for-me")])
        .await;
    assert!(
        browser
            .open("/market")
            .await
            .body
            .contains("One advert is put away")
    );
    browser
        .post(&format!("{page}/put-away"), &[("why", "again")])
        .await;
    assert!(
        browser.open("/market").await.body.contains("1 advert asks")
            || browser
                .open("/market")
                .await
                .body
                .contains("Your one advert asks")
    );
}

#[tokio::test]
async fn what_is_asked_for_and_has_no_record_goes_on_the_plan_once_or_is_set_aside() {
    let browser = started().await;
    save(&browser, ADVERT, "Editor").await;
    for _ in 0..2 {
        let planned = browser.post("/market/plan", &[("name", "HubSpot")]).await;
        assert_eq!(planned.header(header::LOCATION), "/market?said=planned");
    }
    let plan = browser.open("/plan/activity").await.body;
    assert_eq!(
        plan.matches("Learn what adverts mean by HubSpot").count(),
        1,
        "{plan}"
    );
    assert!(browser.open("/market").await.body.contains("On your plan"));
    browser
        .post("/market/plan", &[("competency", "write-a-customer-story")])
        .await;
    assert!(
        browser
            .open("/plan/activity")
            .await
            .body
            .contains("Practise: Write a customer story")
    );
    browser.post("/market/aside", &[("name", "HubSpot")]).await;
    assert!(
        !browser
            .open("/market")
            .await
            .body
            .contains("Asked for, and no record yet")
    );
}

#[tokio::test]
async fn an_empty_or_hostile_advert_is_refused_or_shown_as_text() {
    let browser = started().await;
    let empty = browser
        .post("/market/save", &[("text", " "), ("employer", "Fernhill")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.body.contains("the text is empty") && empty.body.contains("Fernhill"),
        "{}",
        empty.body
    );
    save(
        &browser,
        "Duties:\n- Write case studies <script>alert(1)</script> & more\n",
        "<b>Editor</b>",
    )
    .await;
    for page in [
        "/market",
        "/market/adverts",
        &advert_page(&browser.open("/market/adverts").await.body),
    ] {
        let body = browser.open(page).await.body;
        assert!(
            !body.contains("<script>alert") && !body.contains("<b>Editor"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn sources_and_notes_are_kept_with_what_changed_because_of_them() {
    let browser = started().await;
    let source = [
        ("name", "The Plain Letter"),
        ("kind", "periodical"),
        ("every", "monthly"),
    ];
    assert_eq!(
        browser.post("/market/follow/source", &source).await.status,
        StatusCode::SEE_OTHER
    );
    let note = [
        ("about", "Captions"),
        ("text", "Everybody captions now."),
        ("competency", "make-content-accessible"),
    ];
    assert_eq!(
        browser.post("/market/follow/note", &note).await.status,
        StatusCode::SEE_OTHER
    );
    let body = browser.open("/market/follow").await.body;
    for words in [
        "The Plain Letter",
        "every month",
        "Captions",
        "Nothing changed because of it yet",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    let at = body.find("/market/follow/note?id=").unwrap() + 23;
    let id = body[at..].split('"').next().unwrap();
    let changed = [&note[..], &[("id", id), ("changed", "I caption mine.")]].concat();
    assert_eq!(
        browser.post("/market/follow/note", &changed).await.status,
        StatusCode::SEE_OTHER
    );
    let body = browser.open("/market/follow").await.body;
    assert!(
        body.contains("I caption mine.") && !body.contains("Nothing changed"),
        "{body}"
    );
    let refused = browser
        .post("/market/follow/note", &[("about", ""), ("text", "x")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_saved_page_and_several_adverts_at_once_are_read_as_what_they_are() {
    let browser = started().await;
    let page = r#"<!doctype html><html><head><script type="application/ld+json">
{"@type":"JobPosting","title":"Story editor","datePosted":"2026-01-05","url":"https://jobs.example.org/7",
"hiringOrganization":{"name":"Larkspur"},"description":"<p>You write <b>case studies</b> with our customers, take them
through legal review, and keep the style guide of the house up to date.</p>"}
</script></head><body><nav>All jobs</nav><p>We use cookies.</p></body></html>"#;
    let sent = browser.post("/market/save", &[("text", page)]).await;
    assert_eq!(sent.header(header::LOCATION), "/market?said=saved");
    let list = browser.open("/market/adverts").await.body;
    assert!(
        list.contains("Story editor") && list.contains("Larkspur."),
        "{list}"
    );
    let one = browser.open(&advert_page(&list)).await.body;
    assert!(
        one.contains("posted 5 January 2026") && one.contains("href=\"https://jobs.example.org/7\""),
        "{one}"
    );
    assert!(
        !one.contains("We use cookies") && !one.contains("&lt;b&gt;"),
        "{one}"
    );

    let two = "Baker\n\nYou bake bread every night.\n---\nMiller\n\nYou mill grain every morning.\n";
    let refused = browser
        .post("/market/save", &[("text", two), ("title", "Both")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("there are 2 adverts"), "{}", refused.body);
    let sent = browser.post("/market/save", &[("text", two)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let list = browser.open("/market/adverts").await.body;
    assert!(list.contains(">Baker<") && list.contains(">Miller<"), "{list}");
}

#[tokio::test]
async fn without_a_catalogue_near_professions_say_how_to_get_one() {
    let browser = started().await;
    let page = browser.open("/market/neighbours").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("metier catalog import"), "{}", page.body);
    let market = browser.open("/market").await.body;
    assert!(
        market.contains("href=\"/market/neighbours\"") && market.contains("href=\"/market/demand\""),
        "{market}"
    );
}

#[tokio::test]
async fn near_professions_say_what_carries_over_what_is_missing_and_what_is_left_unused() {
    let browser = started().await;
    let data = std::env::var("METIER_DATA").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let archive = data.join("onet/db_29_2_text.zip");
    if !archive.exists() {
        eprintln!("METIER_DATA not found at {}: not run", data.display());
        return;
    }
    metier_app::import_catalogue(browser.shared.home(), &archive, |_| {}).unwrap();
    let choose = browser.open("/market/neighbours?q=web+desiner").await.body;
    assert!(
        choose.contains("From which occupation do you look?") && choose.contains("occupation=15-1255.00"),
        "{choose}"
    );
    let near = browser
        .open("/market/neighbours?occupation=29-1141.00")
        .await
        .body;
    for said in [
        "From <strong>Registered Nurses",
        "Missing <strong>",
        "Left unused <strong>",
        "Carries over",
        "href=\"/start?search=",
        "Look from there",
        "O*NET",
    ] {
        assert!(near.contains(said), "{said}: {near}");
    }
    assert!(near.len() < 100_000, "{}", near.len());
    let way = browser
        .open("/market/neighbours?occupation=29-1141.00&to=29-1171.00")
        .await
        .body;
    assert_eq!(way.matches("Missing <strong>").count(), 1, "{way}");
    // What the publisher has not rated is said to be so, and what is near to it is named.
    let unrated = browser
        .open("/market/neighbours?occupation=15-1252.00")
        .await
        .body;
    assert!(
        unrated.contains("has no rated skills") && unrated.contains("Look from one of these"),
        "{unrated}"
    );
    let unknown = browser.open("/market/neighbours?occupation=%3Cb%3E").await;
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(
        unknown.body.contains("no occupation &lt;b&gt;"),
        "{}",
        unknown.body
    );
}

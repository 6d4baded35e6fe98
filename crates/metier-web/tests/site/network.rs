//! Who helps and whom one helps: contacts, cards, mentors, communities, what was shared.

use axum::http::{StatusCode, header};

use crate::browser::Browser;
use crate::framework::post_file;

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
        ("another", "1"),
        ("organisation", "The Weekly"),
        ("offer-support", "reads drafts"),
        ("next", "2027-01-15"),
        ("next-what", "the spring issue"),
        ("mail", "rosa@example.org"),
    ];
    let typed = mark(&browser.open("/people/network/add").await.body);
    let twice = [
        &[("mark", typed.as_str())],
        &[("name", " rosa diaz "), ("note", "kept")][..],
    ]
    .concat();
    let twice = browser.post("/people/network/add", &twice).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "among your contacts already",
        "href=\"/people/network/contact/",
        "It is somebody else of the same name",
        "kept",
    ] {
        assert!(twice.body.contains(said), "{said}: {}", twice.body);
    }
    let page = note(&browser, &rosa).await;
    let body = browser.open(&page).await.body;
    assert!(body.contains("Support: reads drafts") && body.contains("15 January 2027: the spring issue"));
    let list = browser.open("/people/network?q=weekly").await.body;
    assert!(
        list.contains("Rosa Diaz") && list.contains("Not spoken yet"),
        "{list}"
    );
    assert!(browser.open("/people").await.body.contains("Six contacts"));
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
    assert!(cards.body.contains("owes me a lunch") && cards.body.contains("VERSION:3.0"));
    let cards = browser.open("/people/network/contacts.vcf?version=4.0").await;
    assert!(cards.body.contains("VERSION:4.0") && !cards.body.contains("VERSION:3.0"));
}

#[tokio::test]
async fn a_file_of_cards_is_looked_at_first_and_nobody_is_taken_in_twice() {
    let browser = Browser::on_example().await;
    let cards = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Diaz;Rosa\r\nFN:Rosa Diaz\r\nPHOTO;ENCODING=BASE64;JPEG:AAAA\r\n\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a1\r\nN:Lee;Al;;;\r\nFN:Al Lee\r\nORG:Shed\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nUID;VALUE=text:a1\r\nFN:Al Lee\r\nX-SHOE:44\r\nEND:VCARD\r\n";
    let sent = post_file(&browser, "/people/network/cards", "few.vcf", cards.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let look = sent.header(header::LOCATION).to_owned();
    let body = browser.open(&look).await.body;
    for said in [
        "3 cards",
        "One of them is not here yet",
        "somebody of this name is here",
        "twice in this file",
        "pictures (1)",
        "what other programs add (1: X-SHOE)",
        "Take in who is ticked",
        "Take in the one not here yet",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert!(
        !body.contains(" checked"),
        "nobody is ticked before somebody ticks: {body}"
    );
    let doc = look.split("doc=").nth(1).unwrap();
    let nobody = browser.post("/people/network/cards/look", &[("doc", doc)]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = browser
        .post("/people/network/cards/look", &[("doc", doc), ("card", "1")])
        .await;
    assert_eq!(taken.header(header::LOCATION), "/people/network?taken=1");
    assert!(
        browser
            .open("/people/network?taken=1")
            .await
            .body
            .contains("Al Lee")
    );
    let body = browser.open(&look).await.body;
    assert!(body.contains("here already: the same card") && body.contains("None of them is new"));
    let broken = post_file(
        &browser,
        "/people/network/cards",
        "few.vcf",
        b"BEGIN:VCARD\nFN:Al\n",
    )
    .await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.body.contains("Nobody was taken in") && broken.body.contains("END:VCARD"));
}

#[tokio::test]
async fn an_address_that_is_none_of_the_web_is_refused_where_it_was_typed() {
    let browser = Browser::on_example().await;
    for (page, fields) in [
        (
            "add",
            [
                ("name", "Al"),
                ("web", "example.org\njavascript:alert(1)"),
                ("kind", ""),
            ],
        ),
        (
            "communities",
            [("name", "Guild"), ("url", "data:text/html,x"), ("kind", "online")],
        ),
    ] {
        let page = format!("/people/network/{page}");
        let mark = mark(&browser.open(&page).await.body);
        let typed = [&[("mark", mark.as_str())], &fields[..]].concat();
        let answer = browser.post(&page, &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(
            answer
                .body
                .contains("Start the address with https:// or http://."),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn cards_say_what_is_left_out_of_them_and_names_come_back_as_they_came() {
    let browser = Browser::on_example().await;
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Diaz Lopez;Maria;;Dr;\r\nFN:Dr Maria Diaz Lopez\r\nURL:javascript:alert(1)\r\nURL:https://example.org/maria\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Team\r\nKIND:group\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\r\nTEL:1\r\nEND:VCARD\r\n";
    let sent = post_file(&browser, "/people/network/cards", "odd.vcf", cards.as_bytes()).await;
    let look = sent.header(header::LOCATION).to_owned();
    let body = browser.open(&look).await.body;
    for said in [
        "3 cards, one of them a list of others",
        "Card 3 says nobody's name, and was left out.",
        "addresses that are none of the web (1)",
        "Take them in",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    let doc = look.split("doc=").nth(1).unwrap();
    let taken = browser
        .post("/people/network/cards/look", &[("doc", doc), ("all", "1")])
        .await;
    assert_eq!(taken.header(header::LOCATION), "/people/network?taken=1");
    let out = browser.open("/people/network/contacts.vcf").await.body;
    assert!(
        out.contains("N:Diaz Lopez;Maria;;Dr;\r\n") && !out.contains("javascript"),
        "{out}"
    );
    let broken = post_file(
        &browser,
        "/people/network/cards",
        "odd.vcf",
        b"BEGIN:VCARD\nFN:J\xf6rg\n",
    )
    .await;
    for said in [
        "\u{201c}odd.vcf\u{201d}: line 2",
        "is not UTF-8 at byte 16",
        "export the contacts again as vCard 3.0 or 4.0",
    ] {
        assert!(broken.body.contains(said), "{said}: {}", broken.body);
    }
}

#[tokio::test]
async fn two_thousand_contacts_are_searched_and_listed_by_the_page() {
    let browser = Browser::on_example().await;
    let cards: String = (0..2000)
        .map(|n| format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Person {n:04}\r\nTITLE:Search and budgets\r\nNOTE:Number {n}\r\nEND:VCARD\r\n"))
        .collect();
    let sent = post_file(&browser, "/people/network/cards", "many.vcf", cards.as_bytes()).await;
    let look = sent.header(header::LOCATION).to_owned();
    assert!(browser.open(&look).await.body.len() < 100_000);
    let doc = look.split("doc=").nth(1).unwrap();
    let taken = browser
        .post("/people/network/cards/look", &[("doc", doc), ("all", "1")])
        .await;
    assert_eq!(taken.header(header::LOCATION), "/people/network?taken=2000");
    for path in [
        "/people/network",
        "/people/network?page=40",
        "/people/network/mentors",
        "/people/network/mentors/add",
        "/people/network/communities",
        "/people",
    ] {
        let body = browser.open(path).await.body;
        assert!(body.len() < 100_000, "{path}: {}", body.len());
    }
    let found = browser.open("/people/network?q=person+1234").await.body;
    assert!(found.contains("Person 1234") && !found.contains("Person 1235"));
}

#[tokio::test]
async fn a_day_that_has_gone_by_is_said_calmly_and_a_mentorship_can_be_taken_back() {
    let browser = Browser::on_example().await;
    let list = browser.open("/people/network").await.body;
    assert!(list.contains("the day you chose was") && !list.to_lowercase().contains("overdue"));
    let mentors = browser.open("/people/network/mentors").await.body;
    let at = mentors.find("/people/network/mentors/0").unwrap();
    let page = mentors[at..].split('"').next().unwrap().to_owned();
    let body = browser.open(&page).await.body;
    let fields = [("mark", mark(&body))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let stale = browser.post(&format!("{page}/remove"), &[("mark", "old")]).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER);
    let gone = browser.post(&format!("{page}/remove"), &fields).await;
    assert_eq!(
        gone.header(header::LOCATION),
        "/people/network/mentors?said=removed"
    );
    assert_eq!(browser.open(&page).await.status, StatusCode::NOT_FOUND);
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

//! People: asking, the ways an answer comes back, one's own view first, what was done with it, disputes.

use axum::http::{StatusCode, header};
use jiff::ToSpan;

use crate::browser::{Browser, surroundings};

const COMPETENCY: &str = "publish-an-article";
/// A competency that the example career has no own view of.
const UNPLACED: &str = "measure-what-a-piece-did";

fn asked<'a>(way: &'a str, about: &'a str, until: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("to", "Bo"),
        ("role", "peer"),
        ("about", about),
        ("purpose", "decision"),
        ("seen-by", "Edith, Mo"),
        ("until", until),
        ("channel", way),
    ]
}

/// Asks and returns the address of the request.
async fn ask(browser: &Browser, way: &str, about: &str) -> String {
    let until = (surroundings().today() + 7.days()).to_string();
    let answer = browser.post("/people/ask", &asked(way, about, &until)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION).to_owned()
}

/// A competency of the example without a view of one's own, or any.
async fn unplaced(browser: &Browser) -> String {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let (entries, life) = metier.read().await.unwrap();
    let placed = |id: &str| {
        entries.iter().any(|e| {
            matches!(&e.payload.fact, metier_core::journal::Fact::Rating(r)
                if r.role == metier_core::rating::Role::Oneself && r.competency.as_str() == id)
        })
    };
    let framework = &life.needed().unwrap().framework;
    let found = framework.competencies.iter().find(|c| !placed(c.id.as_str()));
    found.map_or(UNPLACED.to_owned(), |c| c.id.to_string())
}

#[tokio::test]
async fn a_request_with_something_missing_is_shown_again_with_nothing_lost() {
    let browser = Browser::on_example().await;
    let answer = browser
        .post(
            "/people/ask",
            &[
                ("to", ""),
                ("note", "You sat beside me"),
                ("until", "soon"),
                ("role", "peer"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "Say whom you ask",
        "Choose what you ask about",
        "Write the day as",
        "You sat beside me",
    ] {
        assert!(answer.body.contains(said), "{said}");
    }
    let past = browser
        .post("/people/ask", &asked("link", COMPETENCY, "2020-01-01"))
        .await;
    assert!(past.body.contains("2020-01-01 has passed"), "{}", past.body);
    let page = browser.open("/people").await.body;
    assert!(page.contains("Nobody is asked right now"));
}

#[tokio::test]
async fn a_link_is_shown_with_where_it_opens_and_a_new_one_takes_its_place() {
    let browser = Browser::on_example().await;
    let request = ask(&browser, "link", COMPETENCY).await;
    let link_in = |body: &str| -> String {
        let at = body.find("/for/").unwrap();
        body[at..at + 57].to_owned()
    };
    let page = browser.open(&request).await.body;
    assert!(page.contains("It opens on this machine only"));
    assert!(page.contains("You and Edith and Mo see the answer"));
    let first = link_in(&page);
    assert_eq!(browser.open(&first).await.status, StatusCode::OK);
    let renewed = browser.post(&format!("{request}/link"), &[]).await;
    assert_eq!(renewed.status, StatusCode::SEE_OTHER);
    let page = browser.open(&request).await.body;
    let second = link_in(&page);
    assert_ne!(first, second);
    assert_eq!(browser.open(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.open(&second).await.status, StatusCode::OK);
    assert!(browser.open(&request).await.body.contains("Opened one time"));

    browser.post(&format!("{request}/withdraw"), &[]).await;
    assert_eq!(browser.open(&second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.open(&request).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pasted_mail_is_looked_at_first_and_what_came_of_it_is_kept() {
    let browser = Browser::on_example().await;
    let about = unplaced(&browser).await;
    let request = ask(&browser, "mail", &about).await;
    let page = browser.open(&request).await.body;
    assert!(
        page.contains("Edith, Mo and I see what you write") && page.contains("1. What did you see me do"),
        "{page}"
    );
    let empty = browser.post(&format!("{request}/mail"), &[("mail", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    let reply = "1. You read the numbers aloud\n3. not yet\n5. Write them down";
    let draft = browser.post(&format!("{request}/mail"), &[("mail", reply)]).await;
    assert!(
        draft.body.contains("Is this what Bo wrote?") && draft.body.contains("You read the numbers aloud")
    );
    assert!(browser.open("/people").await.body.contains("Waiting"));
    let next = format!("next-{about}");
    let fields = [
        ("channel", "mail"),
        ("saw", "You read the numbers aloud"),
        (next.as_str(), "not-yet"),
    ];
    let recorded = browser.post(&format!("{request}/answer"), &fields).await;
    let said = recorded.header(header::LOCATION).to_owned();
    assert!(said.starts_with("/people/said/"), "{}", recorded.body);

    // Whoever pasted it has read it: nothing is kept from them.
    let shown = browser.open(&said).await.body;
    assert!(shown.contains("read the numbers") && shown.contains("by mail, pasted by you"));

    let missing = browser
        .post(&format!("{said}/use"), &[("how", "changed"), ("words", "")])
        .await;
    assert!(missing.body.contains("Say what came of it"));
    browser
        .post(
            &format!("{said}/use"),
            &[("how", "set-aside"), ("words", "Numbers are on the wall now")],
        )
        .await;
    assert!(
        browser
            .open(&said)
            .await
            .body
            .contains("Numbers are on the wall now")
    );
    let people = browser.open("/people?role=peer").await.body;
    assert!(people.contains("set it aside") && people.contains("relayed by you"));
    assert!(
        !browser
            .open("/people?role=manager")
            .await
            .body
            .contains("read the numbers")
    );
}

#[tokio::test]
async fn a_dispute_is_held_until_a_person_answers_and_keeps_its_history() {
    let browser = Browser::on_example().await;
    let path = format!("/competency/{COMPETENCY}");
    let fields = [
        ("disputed", "follows"),
        ("disputer", "Edith"),
        ("why", "I saw it done otherwise"),
    ];
    browser.post(&format!("{path}/dispute"), &fields).await;
    let people = browser.open("/people").await.body;
    assert!(
        people.contains("I saw it done otherwise")
            && people.contains("counts neither way until a person answers")
    );
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let (entries, _) = metier.read().await.unwrap();
    let dispute = entries
        .iter()
        .find(|e| matches!(e.payload.fact, metier_core::journal::Fact::Dispute(_)))
        .unwrap();
    let id = dispute.link.id.to_string();
    let fields = [
        ("dispute", id.as_str()),
        ("settler", "Mo"),
        ("outcome", "It was the old guide"),
    ];
    browser.post(&format!("{path}/settle"), &fields).await;
    let people = browser.open("/people").await.body;
    assert!(people.contains("I saw it done otherwise") && people.contains("It was the old guide"));
    assert!(!people.contains("counts neither way"));
}

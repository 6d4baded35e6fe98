//! The guided series with a coach over three meetings, names given by colleagues, and masters asked.

use axum::http::{Method, StatusCode};

use crate::browser::{Answer, Browser, plain};
use crate::guest::form;
use crate::page::{hidden, led, refused, seen};

/// Answers a question of the series; the entry of the answer.
async fn answer(browser: &Browser, question: &str, words: &str) -> String {
    let said = [("question", question), ("words", words)];
    led(&browser.post("/mastery/series", &said).await);
    let page = browser
        .open(&format!("/mastery/series?question={question}"))
        .await;
    assert!(page.body.contains(words), "{}", page.body);
    hidden(&page.body, "id")
}

/// The address of the link that a page shows.
async fn link_of(browser: &Browser, page: &str) -> String {
    let body = browser.open(page).await.body;
    let from = body.split("/for/").nth(1).unwrap();
    format!("/for/{}", from.split('<').next().unwrap())
}

async fn guest(browser: &Browser, path: &str) -> Answer {
    browser.send(plain(Method::GET, path)).await
}

#[tokio::test]
async fn the_question_of_the_week_is_answered_and_earlier_answers_stand_side_by_side() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/mastery").await,
        &["A question a week", "What is your profession"],
    );
    let page = browser.open("/mastery/series").await;
    seen(
        &page,
        &[
            "The question of this week",
            "A good answer names",
            "href=\"/mastery/profession\"",
        ],
    );
    let empty = [("question", "profession"), ("words", " ")];
    refused(
        &browser.post("/mastery/series", &empty).await,
        &["Write an answer"],
    );
    let unknown = [("question", "no-such"), ("words", "Kept though")];
    let answer_to_none = browser.post("/mastery/series", &unknown).await;
    assert_eq!(answer_to_none.status, StatusCode::NOT_FOUND);
    answer(&browser, "profession", "I make dry facts plain").await;
    let second = answer(&browser, "profession", "I make people act on facts").await;
    let page = browser.open("/mastery/series?question=profession").await;
    seen(&page, &["I make dry facts plain", "I make people act on facts"]);
    seen(
        &browser.open("/mastery/series").await,
        &["This week\u{2019}s is answered", "Which need of people"],
    );
    led(&browser
        .post("/mastery/series/take-back", &[("id", &second)])
        .await);
    let page = browser.open("/mastery/series?question=profession").await.body;
    assert!(page.contains("I make dry facts plain") && !page.contains("I make people act on facts"));
}

/// Reads what Petra wrote, once, and notes it as read.
async fn read_what_came(browser: &Browser) {
    let page = browser.open("/mastery/series").await;
    seen(
        &page,
        &["Whose craft is it?", "Petra asks", "Who would miss it first?"],
    );
    assert_eq!(
        page.body.matches("Whose craft is it?").count(),
        1,
        "sent twice is kept once"
    );
    let waiting: Vec<String> = page
        .body
        .split("name=\"read\" value=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect();
    let read: Vec<(&str, &str)> = waiting.iter().map(|id| ("read", id.as_str())).collect();
    assert_eq!(read.len(), 2);
    led(&browser.post("/mastery/series/read", &read).await);
    assert!(!browser.open("/people").await.body.contains("not read yet"));
}

#[tokio::test]
async fn a_coach_comments_over_three_meetings_and_sees_what_changed_and_nothing_else() {
    let browser = Browser::on_example().await;
    let first = answer(&browser, "profession", "I write for an agency").await;
    let private = "Nobody but me reads this";
    answer(&browser, "need", private).await;
    // The first meeting.
    let until = "2026-12-06";
    refused(
        &browser
            .post("/mastery/series/show", &[("to", "Petra"), ("until", until)])
            .await,
        &["Choose at least one answer", "value=\"Petra\""],
    );
    let show = [
        ("to", "Petra"),
        ("answers", first.as_str()),
        ("until", until),
        ("beside", "yes"),
    ];
    let page = led(&browser.post("/mastery/series/show", &show).await);
    seen(
        &browser.open(&page).await,
        &[
            "What Petra will see, exactly",
            "I write for an agency",
            "Or copy it into a mail",
        ],
    );
    let link = link_of(&browser, &page).await;
    let form_page = guest(&browser, &link).await;
    seen(
        &form_page,
        &[
            "First: what this is",
            "<strong>Petra</strong>",
            "I write for an agency",
        ],
    );
    let order = form_page.body.find("First: what this is") < form_page.body.find("I write for an agency");
    assert!(order && !form_page.body.contains(private) && !form_page.body.contains("href=\"/\""));
    let nothing = browser.send(form(&link, &[("question", " ")])).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let comment = format!("a-{first}");
    let said = [
        (comment.as_str(), "Whose craft is it?"),
        ("question", "Who would miss it first?"),
    ];
    assert_eq!(
        browser.send(form(&link, &said)).await.status,
        StatusCode::SEE_OTHER
    );
    let receipt = guest(&browser, &link).await;
    assert!(receipt.body.contains("Thank you") && !receipt.body.contains("Whose craft"));
    browser.send(form(&link, &said)).await;
    // What came waits where other arrivals stand, until it was read.
    for place in ["/mastery", "/people"] {
        seen(&browser.open(place).await, &["not read yet"]);
    }
    read_what_came(&browser).await;
    // The second: the same question answered anew, and the coach's own.
    let page = browser.open("/mastery/series").await;
    let put = hidden(&page.body, "question");
    assert!(put.starts_with("asked-"), "{put}");
    let hers = answer(&browser, &put, "The people who buy on a promise").await;
    let anew = answer(&browser, "profession", "I make people act on facts").await;
    let show = [
        ("to", "petra"),
        ("answers", anew.as_str()),
        ("answers", hers.as_str()),
        ("until", until),
        ("beside", "yes"),
        ("note", "For Thursday."),
    ];
    let page = led(&browser.post("/mastery/series/show", &show).await);
    let link = link_of(&browser, &page).await;
    let second = guest(&browser, &link).await;
    seen(
        &second,
        &[
            "For Thursday.",
            "Answered anew since",
            "I write for an agency",
            "You said",
            "Whose craft is it?",
            "New since",
        ],
    );
    assert!(!second.body.contains(private));
    // In the meeting she says it, and the owner notes it.
    let noted = [(&*format!("a-{anew}"), "Now it is yours")];
    led(&browser.post(&page, &noted).await);
    seen(
        &browser.open("/mastery/series?question=profession").await,
        &["Now it is yours", "relayed by you", "by link"],
    );
    third_meeting(&browser, &anew).await;
}

/// Nothing new; then it is taken back.
async fn third_meeting(browser: &Browser, anew: &str) {
    let show = [
        ("to", "Petra"),
        ("answers", anew),
        ("until", "2026-12-06"),
        ("beside", "yes"),
    ];
    let page = led(&browser.post("/mastery/series/show", &show).await);
    let link = link_of(browser, &page).await;
    seen(&guest(browser, &link).await, &["As on", "Now it is yours"]);
    led(&browser.post(&format!("{page}/end"), &[]).await);
    assert_eq!(guest(browser, &link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_somebody_else_was_shown_never_stands_beside() {
    let browser = Browser::on_example().await;
    let first = answer(&browser, "profession", "For Petra alone").await;
    let show = |to: &'static str, answer: String| {
        let browser = &browser;
        async move {
            let show = [
                ("to", to),
                ("answers", answer.as_str()),
                ("until", "2026-12-06"),
                ("beside", "yes"),
            ];
            let page = led(&browser.post("/mastery/series/show", &show).await);
            let link = link_of(browser, &page).await;
            guest(browser, &link).await.body
        }
    };
    show("Petra", first).await;
    let anew = answer(&browser, "profession", "For Quentin").await;
    let seen_by_other = show("Quentin", anew).await;
    assert!(seen_by_other.contains("For Quentin") && !seen_by_other.contains("For Petra alone"));
}

#[tokio::test]
async fn a_colleague_names_an_expert_in_a_minute_and_one_tap_makes_them_one_to_look_at() {
    let browser = Browser::on_example_unsaid().await;
    seen(
        &browser.open("/mastery").await,
        &["Ask colleagues whom they would name"],
    );
    let late = [("to", "Bo"), ("until", "2026-01-01")];
    refused(
        &browser.post("/mastery/named/ask", &late).await,
        &["has passed", "value=\"Bo\""],
    );
    let ask = [
        ("to", "Bo"),
        ("until", "2026-12-06"),
        ("note", "You know everybody."),
    ];
    let page = led(&browser.post("/mastery/named/ask", &ask).await);
    let link = link_of(&browser, &page).await;
    seen(
        &guest(&browser, &link).await,
        &["About a minute", "You know everybody.", "without your name"],
    );
    assert_eq!(
        browser.send(form(&link, &[("name", "")])).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let said = [("name", " Rosa  Lindt "), ("why", "Rewrites a page in an hour")];
    assert_eq!(
        browser.send(form(&link, &said)).await.status,
        StatusCode::SEE_OTHER
    );
    seen(&guest(&browser, &link).await, &["Thank you"]);
    // A mail that came back becomes a draft, and is recorded once it was looked at.
    let page = led(&browser
        .post("/mastery/named/ask", &[("to", "Edith"), ("until", "2026-12-06")])
        .await);
    let mail = "Hello,\n> 1. To whom would you bring the hardest case: who is the expert?\nrosa lindt\n\
        > 2. What have you seen them do that others could not?\nShe says no\n";
    let read = browser.post(&format!("{page}/mail"), &[("mail", mail)]).await;
    seen(&read, &["value=\"rosa lindt\"", "She says no"]);
    let asked = hidden(&read.body, "asked");
    let note = [
        ("asked", asked.as_str()),
        ("name", "rosa lindt"),
        ("why", "She says no"),
    ];
    led(&browser.post("/mastery/named/note", &note).await);
    let told = [("by", "Anna"), ("name", "Zora Meyer")];
    led(&browser.post("/mastery/named/note", &told).await);
    refused(
        &browser.post("/mastery/named/note", &[("name", "Kept")]).await,
        &["Say who told you", "Kept"],
    );
    let names = browser.open("/mastery/named").await;
    seen(
        &names,
        &[
            "named by Bo and Edith",
            "Rewrites a page in an hour",
            "She says no",
            "named by Anna",
        ],
    );
    assert_eq!(
        names.body.matches("Look at them").count(),
        2,
        "one line for one person"
    );
    let exemplar = led(&browser
        .post("/mastery/named/look", &[("name", "Rosa Lindt")])
        .await);
    assert_eq!(exemplar, "/mastery/exemplar");
    let again = browser
        .post("/mastery/named/look", &[("name", "rosa lindt")])
        .await;
    let page = browser.open(again.header(axum::http::header::LOCATION)).await;
    seen(&page, &["Rosa Lindt", "Named by colleagues", "She says no"]);
    assert_eq!(
        browser
            .open("/mastery")
            .await
            .body
            .matches("Look at them")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_master_is_asked_with_a_draft_and_what_they_say_leads_to_the_list() {
    let browser = Browser::on_example().await;
    let begun = browser.open("/mastery/outreach/new").await;
    let mark = hidden(&begun.body, "mark");
    let question = "Which of these competencies would you strike, and what is missing?";
    let asked = [
        ("mark", mark.as_str()),
        ("to", "Rosa Lindt"),
        ("channel", "rosa@example.org"),
        ("questions", question),
        ("own", "How did you learn to cut?"),
    ];
    let mut draft = asked.to_vec();
    draft.push(("do", "draft"));
    let drafted = browser.post("/mastery/outreach/new", &draft).await;
    seen(
        &drafted,
        &[
            "Dear Rosa Lindt,",
            "I am a content marketer",
            "How did you learn to cut?",
            "twenty minutes",
        ],
    );
    let mut keep = asked.to_vec();
    keep.extend([
        ("draft", "Dear Rosa,\nmy words & yours"),
        ("next", "send it"),
        ("next-on", "2026-12-03"),
    ]);
    let page = led(&browser.post("/mastery/outreach/new", &keep).await);
    seen(
        &browser.open(&page).await,
        &[
            "mailto:rosa@example.org?subject=",
            "my%20words%20%26%20yours",
            "Next: send it (for 3 December 2026)",
            "Being written",
        ],
    );
    led(&browser.post(&format!("{page}/state"), &[("state", "sent")]).await);
    refused(
        &browser
            .post(
                &format!("{page}/talked"),
                &[("words", ""), ("next", "Write again")],
            )
            .await,
        &["Write what was said", "Write again"],
    );
    let talked = [("words", "Half of it is listening"), ("next", "Read her book")];
    led(&browser.post(&format!("{page}/talked"), &talked).await);
    let told = browser.open(&page).await;
    seen(
        &told,
        &[
            "Half of it is listening",
            "Answered",
            "Next: Read her book",
            "/mastery/check/new?by=Rosa+Lindt",
        ],
    );
    seen(
        &browser.open("/mastery/check/new?by=Rosa+Lindt").await,
        &["value=\"Rosa Lindt\""],
    );
    seen(
        &browser.open("/mastery/outreach").await,
        &["Rosa Lindt", "Next: Read her book"],
    );
    // Two windows: the second loses nothing of what it wrote.
    let id = page.rsplit('/').next().unwrap();
    let stale = [
        ("id", id),
        ("mark", mark.as_str()),
        ("to", "Rosa"),
        ("draft", "From another window"),
    ];
    let answer = browser.post("/mastery/outreach/new", &stale).await;
    refused(
        &answer,
        &["another window", "From another window</textarea>", "my words"],
    );
    led(&browser.post(&format!("{page}/state"), &[("state", "over")]).await);
    let over = browser.open(&page).await.body;
    assert!(over.contains("Begin again") && !over.contains("class=\"card\"><h2>Next"));
    led(&browser.post(&format!("{page}/end"), &[]).await);
    assert_eq!(browser.open(&page).await.status, StatusCode::NOT_FOUND);
}

//! A no to an agreement and what can be done after it; answers by mail; files that are nobody's word.

use axum::http::{Method, StatusCode, header};

use crate::browser::{Browser, PORT, plain};
use crate::case::{PROPOSED, proposed};
use crate::framework::post_files;
use crate::page::{hidden, led, refused, seen};

/// Notes that Edith said no.
async fn declined(browser: &Browser) -> String {
    let page = proposed(browser).await;
    let mark = hidden(&browser.open(&page).await.body, "mark");
    let no = [("mark", mark.as_str()), ("answer", "no")];
    refused(
        &browser.post(&format!("{page}/word"), &no).await,
        &["Say why not, or what would have to be otherwise."],
    );
    let no = [&no[..], &[("words", "the team is too small")]].concat();
    let answer = browser.post(&format!("{page}/word"), &no).await;
    assert!(answer.header(header::LOCATION).ends_with("said=declined"));
    page
}

#[tokio::test]
async fn a_no_by_link_is_kept_with_its_reason_and_leaves_a_receipt() {
    let browser = Browser::on_example().await;
    let page = proposed(&browser).await;
    let made = browser.post(&format!("{page}/link"), &[]).await.body;
    let path = made.split(&format!("http://127.0.0.1:{PORT}")).nth(1).unwrap();
    let path = path.split('<').next().unwrap().to_owned();
    let send = async |fields: &[(&str, &str)]| {
        let request = browser.form(&path, fields, &format!("http://127.0.0.1:{PORT}"));
        browser.send(request).await
    };
    refused(
        &send(&[("answer", "no")]).await,
        &["Say why not, or what would have to be otherwise"],
    );
    let fields = [
        ("answer", "no"),
        ("words", "not before the budget is known"),
        ("otherwise", "a day in autumn"),
    ];
    assert_eq!(led(&send(&fields).await), path);
    let receipt = browser.send(plain(Method::GET, &path)).await;
    seen(&receipt, &["You said no to", "Text answered"]);
    let file = browser.send(plain(Method::GET, &format!("{path}?file=1"))).await;
    assert!(
        file.body.starts_with("NOT AGREED: RECEIPT FOR BOTH SIDES"),
        "{}",
        file.body
    );
    seen(
        &browser.open(&page).await,
        &[
            "Edith said no on 22 November 2026 (by link)",
            "not before the budget is known",
            "a day in autumn",
        ],
    );
}

#[tokio::test]
async fn after_a_no_one_answers_notes_what_would_convince_and_proposes_again() {
    let browser = Browser::on_example().await;
    let page = declined(&browser).await;
    let open = browser.open(&page).await;
    seen(
        &open,
        &[
            "the team is too small",
            "relayed by you",
            "Propose it again, changed",
            "The receipt of the no",
        ],
    );
    seen(
        &browser.open("/people/disagreements").await,
        &[
            "The target as a whole: Senior",
            "What would convince Edith was not said yet.",
        ],
    );
    let mark = hidden(&open.body, "mark");
    let talk = format!("{page}/talk");
    refused(
        &browser.post(&talk, &[("mark", &mark)]).await,
        &["Write what would convince them, or what you answered."],
    );
    let said = [
        ("mark", mark.as_str()),
        ("convincing", "two launches on the day"),
        ("reply", "I ran the spring one"),
        ("again", "2027-03-01"),
    ];
    assert_eq!(led(&browser.post(&talk, &said).await), page);
    let second = browser.post(&talk, &said).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "a second window");
    assert!(
        second.body.contains("I ran the spring one"),
        "what was typed is shown"
    );
    seen(
        &browser.open("/people/disagreements").await,
        &[
            "What would convince Edith: two launches on the day",
            "To be looked at again by 1 March 2027",
        ],
    );

    let id = page.rsplit('/').next().unwrap();
    let form = browser.open(&format!("/people/agreement/new?amends={id}")).await;
    seen(
        &form,
        &[
            "Propose it again, changed",
            "two launches on the day",
            "value=\"Edith\"",
        ],
    );
    let mut changed = PROPOSED.to_vec();
    changed[3] = ("by", "2027-12-31");
    changed.push(("amends", id));
    // What one said no to is nobody else's to read.
    let mut to_another = changed.clone();
    to_another[0] = ("with", "Mo");
    refused(
        &browser.post("/people/agreement/new", &to_another).await,
        &["It was Edith who said no", "value=\"Mo\""],
    );
    let anew = led(&browser.post("/people/agreement/new", &changed).await);
    seen(
        &browser.open(&anew).await,
        &[
            "What was declined",
            "The day: 31 December 2027; before 30 June 2027",
        ],
    );
    seen(&browser.open(&page).await, &["It was proposed again, changed"]);
    let differ = browser.open("/people/disagreements").await;
    assert!(
        !differ.body.contains("The target as a whole"),
        "it was proposed again"
    );

    // They may still say yes to what they declined.
    let mark = hidden(&browser.open(&page).await.body, "mark");
    let yes = [("mark", mark.as_str()), ("answer", "yes")];
    led(&browser.post(&format!("{page}/word"), &yes).await);
    seen(&browser.open(&page).await, &["In force since", "also said no"]);
}

#[tokio::test]
async fn a_no_goes_back_as_a_file_signed_with_its_reason() {
    let (ada, edith) = (Browser::on_example().await, Browser::on_example().await);
    let page = proposed(&ada).await;
    let file = ada.open(&format!("{page}/file")).await.body;
    let mut answer = vec![
        ("letter", file.as_str()),
        ("as", "Edith"),
        ("it-is-me", "yes"),
        ("answer", "no"),
    ];
    refused(
        &edith.post("/people/agreement/agree", &answer).await,
        &["Say why not, or what would have to be otherwise."],
    );
    answer.push(("words", "the team is too small"));
    answer.push(("otherwise", "a launch of your own"));
    let kept = led(&edith.post("/people/agreement/agree", &answer).await);
    seen(
        &edith.open(&kept).await,
        &["You said no on 22 November 2026", "a launch of your own"],
    );
    let receipt = edith.open(&format!("{kept}/file")).await.body;
    assert!(receipt.starts_with("NOT AGREED"), "{receipt}");
    let send = async |text: &str| {
        post_files(
            &ada,
            "/people/agreement/read",
            &[("file", "answer.txt", text.as_bytes())],
        )
        .await
    };
    let taken = send(&receipt).await;
    assert!(
        taken.header(header::LOCATION).ends_with("said=declined"),
        "{}",
        taken.body
    );
    seen(
        &ada.open(&page).await,
        &[
            "by file, signed with their key",
            "the team is too small",
            "a launch of your own",
        ],
    );
    refused(&send(&receipt).await, &["said no to this already"]);

    // Edith thinks again, and her yes comes after her no.
    let yes = [
        ("letter", file.as_str()),
        ("as", "Edith"),
        ("it-is-me", "yes"),
        ("answer", "yes"),
    ];
    let kept = led(&edith.post("/people/agreement/agree", &yes).await);
    let receipt = edith.open(&format!("{kept}/file")).await.body;
    led(&send(&receipt).await);
    seen(&ada.open(&page).await, &["In force since", "also said no"]);
    answer[3] = ("answer", "no");
    refused(
        &edith.post("/people/agreement/agree", &answer).await,
        &["it holds until one of you ends it"],
    );
}

#[tokio::test]
async fn a_mail_asks_and_its_pasted_answer_is_looked_at_and_kept_as_relayed() {
    let browser = Browser::on_example().await;
    let page = proposed(&browser).await;
    let open = browser.open(&page).await;
    seen(
        &open,
        &[
            "By mail",
            "1. Do you agree? Write yes, or no and why.",
            "What Senior content marketer asks:",
        ],
    );
    let nothing = browser.post(&format!("{page}/mail"), &[("mail", "")]).await;
    refused(&nothing, &["there is no answer in it"]);
    let reply = "Hi Ada,\n\n1. No, the team is too small.\n2. A launch of your own.\n\nBest,\nEdith\n";
    let look = browser.post(&format!("{page}/mail"), &[("mail", reply)]).await;
    seen(
        &look,
        &[
            "Is this what Edith wrote?",
            "value=\"no\" selected",
            "the team is too small.",
            "A launch of your own.",
        ],
    );
    seen(&browser.open(&page).await, &["Proposed to Edith"]);
    let mark = hidden(&look.body, "mark");
    let read = [
        ("mark", mark.as_str()),
        ("answer", "no"),
        ("words", "the team is too small."),
    ];
    led(&browser.post(&format!("{page}/word"), &read).await);
    seen(&browser.open(&page).await, &["Edith said no", "relayed by you"]);
}

#[tokio::test]
async fn what_is_left_after_six_open_things_can_be_unfolded() {
    let browser = Browser::on_example().await;
    let page = proposed(&browser).await;
    seen(
        &browser.open(&page).await,
        &["more</summary>", "<a href=\"/\">The map</a>"],
    );
}

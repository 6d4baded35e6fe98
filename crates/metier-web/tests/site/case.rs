//! What was agreed, where people differ, the one-to-one, what was decided; and every refusal.

use axum::http::{Method, StatusCode, header};

use crate::browser::{Browser, PORT, plain};
use crate::framework::post_files;
use crate::page::{hidden, led, refused, seen};

pub const PROPOSED: [(&str, &str); 5] = [
    ("with", "Edith"),
    ("role", "manager"),
    ("level", "senior"),
    ("by", "2027-06-30"),
    ("answer-by", "2026-12-06"),
];

/// The page of an agreement that waits for an answer.
pub async fn proposed(browser: &Browser) -> String {
    led(&browser.post("/people/agreement/new", &PROPOSED).await)
}

#[tokio::test]
async fn an_agreement_is_proposed_answered_by_word_and_reminded_of() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/people/agreement/new").await,
        &["selected>Senior", "value=\"2026-12-06\""],
    );
    let page = proposed(&browser).await;
    let open = browser.open(&page).await;
    seen(
        &open,
        &[
            "Proposed to Edith on 22 November 2026",
            "14 days left",
            "The file for Edith",
        ],
    );
    let file = browser.open(&format!("{page}/file")).await;
    assert!(
        file.header(header::CONTENT_DISPOSITION)
            .contains("agreement-proposal-2026-11-22.txt")
    );
    assert!(file.body.starts_with("AGREEMENT PROPOSED"));
    assert!(!browser.open("/").await.body.contains("220 days left"));
    let mark = hidden(&open.body, "mark");
    let answer = browser
        .post(
            &format!("{page}/word"),
            &[("mark", &mark), ("answer", "yes"), ("words", "gladly")],
        )
        .await;
    assert_eq!(led(&answer), page);
    seen(
        &browser.open(&page).await,
        &[
            "In force since 22 November 2026",
            "relayed by you",
            "gladly",
            "Download the receipt",
        ],
    );
    seen(&browser.open("/").await, &["Agreed with Edith", "220 days left"]);
    let file = browser.open(&format!("{page}/file")).await;
    assert!(file.body.starts_with("AGREEMENT: RECEIPT FOR BOTH SIDES"));

    // A form from before is not taken: what it was drawn from has changed.
    let typed = [("mark", mark.as_str()), ("words", "rather not")];
    let late = browser.post(&format!("{page}/word"), &typed).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("It has changed meanwhile") && late.body.contains("rather not"));
    let end = [("mark", mark.as_str()), ("how", "called-off")];
    assert_eq!(
        browser.post(&format!("{page}/end"), &end).await.status,
        StatusCode::CONFLICT
    );
    let mark = hidden(&browser.open(&page).await.body, "mark");
    led(&browser
        .post(
            &format!("{page}/end"),
            &[("mark", &mark), ("how", "kept"), ("why", "")],
        )
        .await);
    seen(
        &browser.open(&page).await,
        &["Reached and kept on 22 November 2026", "no reason was given"],
    );
}

#[tokio::test]
async fn what_cannot_be_proposed_is_said_with_nothing_lost() {
    let browser = Browser::on_example().await;
    let mut wrong = PROPOSED;
    wrong[0] = ("with", "");
    wrong[3] = ("by", "");
    refused(
        &browser.post("/people/agreement/new", &wrong).await,
        &["Say with whom.", "Say by when", "value=\"2026-12-06\""],
    );
    wrong[0] = ("with", "Edith");
    wrong[3] = ("by", "2001-01-01");
    refused(
        &browser.post("/people/agreement/new", &wrong).await,
        &["2001-01-01 has passed"],
    );
    let nowhere = browser
        .open("/people/agreement/01a2025f-2898-78f1-9a19-e06f04719970")
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(
        browser.open("/people/agreement/nonsense").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_file_goes_to_another_home_and_its_answer_comes_back() {
    let (ada, edith) = (Browser::on_example().await, Browser::on_example().await);
    let page = proposed(&ada).await;
    let file = ada.open(&format!("{page}/file")).await.body;
    let shown = post_files(
        &edith,
        "/people/agreement/read",
        &[("file", "p.txt", file.as_bytes())],
    )
    .await;
    seen(
        &shown,
        &[
            "proposes: Senior",
            "What Senior",
            "I am the Edith it was proposed to",
        ],
    );
    let mut answer = vec![
        ("letter", file.as_str()),
        ("as", "Edith"),
        ("answer", "yes"),
        ("words", "gladly"),
    ];
    refused(
        &edith.post("/people/agreement/agree", &answer).await,
        &["Say that this is you"],
    );
    answer.push(("it-is-me", "yes"));
    let kept = led(&edith.post("/people/agreement/agree", &answer).await);
    seen(&edith.open(&kept).await, &["You agreed on 22 November 2026"]);
    assert_eq!(
        led(&edith.post("/people/agreement/agree", &answer).await),
        kept,
        "once"
    );
    let receipt = edith.open(&format!("{kept}/file")).await.body;

    // Ada takes it in once; altered, it is refused beside its field.
    let altered = receipt.replace("2027-06-30", "2028-06-30");
    let send = async |browser: &Browser, path: &str, field: &str, text: &str| {
        post_files(browser, path, &[(field, "answer.txt", text.as_bytes())]).await
    };
    let answer = send(&ada, "/people/agreement/read", "file", &altered).await;
    refused(&answer, &["changed after it was written", "Nothing was recorded"]);
    let answer = send(&ada, "/people/agreement/read", "file", &receipt).await;
    assert_eq!(led(&answer), page);
    let answer = send(&ada, "/people/agreement/read", "file", &receipt).await;
    refused(&answer, &["agreed to this already"]);
    for browser in [&ada, &edith] {
        let answer = send(browser, "/people/agreement/verify", "receipt", &receipt).await;
        seen(
            &answer,
            &["The past is still as it was", "goes on from where it stood"],
        );
    }
    let third = Browser::on_example().await;
    let answer = send(&third, "/people/agreement/verify", "receipt", &receipt).await;
    refused(&answer, &["says nothing of the journal"]);
    refused(
        &third.post("/people/agreement/verify", &[]).await,
        &["Choose a file first."],
    );
}

#[tokio::test]
async fn a_link_is_answered_once_without_an_account_and_gives_the_receipt() {
    let browser = Browser::on_example().await;
    let page = proposed(&browser).await;
    let made = browser.post(&format!("{page}/link"), &[]).await;
    seen(
        &made,
        &["A link for Edith", &format!("http://127.0.0.1:{PORT}/for/")],
    );
    let path = made
        .body
        .split(&format!("http://127.0.0.1:{PORT}"))
        .nth(1)
        .unwrap();
    let path = path.split('<').next().unwrap().to_owned();
    let open = browser.send(plain(Method::GET, &path)).await;
    seen(
        &open,
        &[
            "asks you to agree",
            "First: what your answer is for",
            "What Senior",
            "<strong>Edith</strong>",
        ],
    );
    assert!(!open.body.contains("href=\"/\""), "no way into the site");
    let send = async |fields: &[(&str, &str)]| {
        let mut request = browser.form(&path, fields, &format!("http://127.0.0.1:{PORT}"));
        request.headers_mut().remove(header::COOKIE);
        browser.send(request).await
    };
    refused(&send(&[("words", "hm")]).await, &["Choose yes or no.", "hm"]);
    assert_eq!(led(&send(&[("answer", "yes"), ("words", "gladly")]).await), path);
    let receipt = browser.send(plain(Method::GET, &path)).await;
    seen(&receipt, &["You agreed with", "Head of the journal"]);
    let file = browser.send(plain(Method::GET, &format!("{path}?file=1"))).await;
    assert!(file.body.starts_with("AGREEMENT: RECEIPT FOR BOTH SIDES"));
    assert_eq!(led(&send(&[("answer", "no")]).await), path, "answered once");
    seen(
        &browser.open(&page).await,
        &["In force since", "by link", "gladly"],
    );
    let verified = post_files(
        &browser,
        "/people/agreement/verify",
        &[("receipt", "r.txt", file.body.as_bytes())],
    )
    .await;
    seen(&verified, &["The past is still as it was"]);
}

#[tokio::test]
async fn where_people_differ_is_shown_as_said_and_evened_out() {
    let browser = Browser::on_example().await;
    let page = browser.open("/people/disagreements").await;
    seen(
        &page,
        &[
            "Where people differ",
            "taking into account how strict each usually is",
            "assumed",
            "svg class=\"scale\"",
        ],
    );
    let text = crate::pages::text_of(&page.body);
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn a_disagreement_is_written_down_and_settled() {
    let browser = Browser::on_example().await;
    let form = browser
        .open("/people/disagreements/new?competency=publish-an-article")
        .await;
    seen(&form, &["What would settle it?", "the method's proposal"]);
    let fields = [
        ("competency", "publish-an-article"),
        ("whom", "Edith"),
        ("rung", "delivers"),
        ("convincing", "two launches on the day"),
        ("by", "2027-01-31"),
    ];
    let mut past = fields;
    past[4] = ("by", "2001-01-01");
    refused(
        &browser.post("/people/disagreements/new", &past).await,
        &["That day has passed"],
    );
    let page = led(&browser.post("/people/disagreements/new", &fields).await);
    let open = browser.open(&page).await;
    seen(
        &open,
        &["two launches on the day", "70 days left", "The criterion"],
    );
    let mark = hidden(&open.body, "mark");
    let looked = [
        ("mark", mark.as_str()),
        ("how", "open"),
        ("reason", "one so far"),
        ("again", "2027-03-01"),
    ];
    assert_eq!(led(&browser.post(&page, &looked).await), page);
    assert_eq!(
        browser.post(&page, &looked).await.status,
        StatusCode::CONFLICT,
        "a second window"
    );
    let mark = hidden(&browser.open(&page).await.body, "mark");
    refused(
        &browser
            .post(&page, &[("mark", &mark), ("how", "convinced")])
            .await,
        &["Say why"],
    );
    let ended = [
        ("mark", mark.as_str()),
        ("how", "convinced"),
        ("reason", "both on the day"),
    ];
    led(&browser.post(&page, &ended).await);
    seen(
        &browser.open("/people/disagreements").await,
        &["Settled", "what was shown convinced"],
    );
}

#[tokio::test]
async fn a_picture_is_no_agreement_file() {
    let browser = Browser::on_example().await;
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff";
    let answer = post_files(
        &browser,
        "/people/agreement/read",
        &[("file", "scan.png", picture)],
    )
    .await;
    refused(&answer, &["this is a picture", "the .txt file"]);
    assert!(!answer.body.contains("UTF-8"), "{}", answer.body);
}

#[tokio::test]
async fn a_decision_without_a_reason_is_shown_as_one() {
    let browser = Browser::on_example().await;
    let mark = hidden(
        browser
            .open("/people/decisions")
            .await
            .body
            .split("action=\"/people/decisions\"")
            .nth(1)
            .unwrap(),
        "mark",
    );
    let fields = [
        ("mark", mark.as_str()),
        ("about", "promotion"),
        ("outcome", "denied"),
        ("level", "senior"),
        ("by", "Edith"),
        ("reason", ""),
    ];
    led(&browser.post("/people/decisions", &fields).await);
    // The same form in a second window, or sent twice: nothing is recorded twice, and nothing typed is lost.
    let mut again = fields;
    again[5] = ("reason", "the budget is closed");
    let twice = browser.post("/people/decisions", &again).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
    assert!(twice.body.contains("recorded in another window") && twice.body.contains("the budget is closed"));
    let page = browser.open("/people/decisions").await;
    seen(
        &page,
        &[
            "Promotion to Senior",
            "denied",
            "No reason was given.",
            "A reason was given since",
        ],
    );
    let form = page.body.split("action=\"/people/decisions/").nth(1).unwrap();
    let action = format!("/people/decisions/{}", form.split('"').next().unwrap());
    let mark = hidden(form, "mark");
    let given = |reason| [("mark", mark.clone()), ("reason", String::from(reason))];
    let send = async |reason: &'static str| {
        let fields = given(reason);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        browser.post(&action, &fields).await
    };
    led(&send("more work on planning").await);
    let other = send("a launch of your own").await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.body);
    assert!(other.body.contains("a launch of your own") && other.body.contains("more work on planning"));
    seen(
        &browser.open("/people/decisions").await,
        &["more work on planning", "history"],
    );
    let mark = hidden(
        browser
            .open("/people/decisions")
            .await
            .body
            .split("action=\"/people/decisions\"")
            .nth(1)
            .unwrap(),
        "mark",
    );
    let nothing = [("mark", mark.as_str()), ("about", "promotion")];
    refused(
        &browser.post("/people/decisions", &nothing).await,
        &["Say who decided.", "Choose which way"],
    );
}

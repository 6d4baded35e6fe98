//! Somebody with an empty home was sent a file, or has a company's ladder: no profession is asked for first.

use axum::http::{StatusCode, header};
use jiff::ToSpan;

use crate::browser::{Answer, Browser, surroundings};
use crate::framework::{post_file, post_files};
use crate::page::{refused, seen};

fn led(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

#[tokio::test]
async fn the_first_page_offers_every_way_and_warns_before_anything_is_written() {
    let browser = Browser::on_nothing().await;
    let page = browser.open("/start").await;
    seen(
        &page,
        &[
            "I was sent a file",
            "My company has a ladder",
            "href=\"/framework/import\"",
        ],
    );
    let warned = page.body.find("employer’s computer").unwrap();
    assert!(warned < page.body.find("<input").unwrap());
    seen(
        &browser.open("/people/agreement").await,
        &["Open the file you were sent"],
    );
    assert!(
        browser.shared.metier().await.unwrap().is_none(),
        "looking makes nothing"
    );
}

#[tokio::test]
async fn an_agreement_is_read_and_answered_without_a_profession() {
    let (ada, edith) = (Browser::on_example().await, Browser::on_nothing().await);
    let fields = [
        ("with", "Edith"),
        ("role", "manager"),
        ("level", "senior"),
        ("by", "2027-06-30"),
        ("answer-by", "2026-12-06"),
    ];
    let page = led(&ada.post("/people/agreement/new", &fields).await).to_owned();
    let page = page.split('?').next().unwrap();
    let file = ada.open(&format!("{page}/file")).await.body;

    let shown = post_file(&edith, "/start/sent", "p.txt", file.as_bytes()).await;
    seen(&shown, &["proposes: Senior", "What Senior", "I am the Edith"]);
    assert!(
        edith.shared.metier().await.unwrap().is_none(),
        "reading makes nothing"
    );
    let mut answer = vec![("letter", file.as_str()), ("as", "Edith")];
    let unsaid = edith.post("/people/agreement/agree", &answer).await;
    refused(&unsaid, &["Say that this is you"]);
    assert!(edith.shared.metier().await.unwrap().is_none());
    answer.push(("it-is-me", "yes"));
    let unanswered = edith.post("/people/agreement/agree", &answer).await;
    refused(&unanswered, &["Choose yes or no"]);
    assert!(edith.shared.metier().await.unwrap().is_none());
    answer.push(("answer", "yes"));
    let kept = led(&edith.post("/people/agreement/agree", &answer).await).to_owned();
    seen(
        &edith.open(&kept).await,
        &["You agreed on 22 November 2026", "Download the file for"],
    );
    let kept = kept.split('?').next().unwrap();
    let receipt = edith.open(&format!("{kept}/file")).await.body;
    seen(
        &edith.open("/people/agreement").await,
        &["Receipts you keep", "Choose a profession"],
    );
    seen(&edith.open("/start").await, &["What I agreed to"]);
    let parts = [("receipt", "r.txt", receipt.as_bytes())];
    let held = post_files(&edith, "/people/agreement/verify", &parts).await;
    seen(&held, &["The past is still as it was"]);

    // Ada opens the answer where she opens whatever she is sent.
    let taken = post_file(&ada, "/start/sent", "r.txt", receipt.as_bytes()).await;
    assert_eq!(led(&taken), format!("{page}?said=confirmed"));
    // A receipt in a home that proposed nothing says where it belongs.
    let nobody = Browser::on_nothing().await;
    let lost = post_file(&nobody, "/start/sent", "r.txt", receipt.as_bytes()).await;
    refused(&lost, &["It belongs into the journal of"]);
}

#[tokio::test]
async fn a_feedback_form_is_answered_and_saved_without_a_journal() {
    let (ada, bo) = (Browser::on_example().await, Browser::on_nothing().await);
    let until = (surroundings().today() + 7.days()).to_string();
    let fields = [
        ("to", "Bo"),
        ("role", "peer"),
        ("about", "publish-an-article"),
        ("purpose", "decision"),
        ("seen-by", "Edith, Mo"),
        ("until", until.as_str()),
        ("channel", "file"),
    ];
    let page = led(&ada.post("/people/ask", &fields).await).to_owned();
    let page = page.split('?').next().unwrap();
    let form = ada.post(&format!("{page}/file"), &[]).await.body;

    let shown = post_file(&bo, "/start/sent", "form.txt", form.as_bytes()).await;
    seen(
        &shown,
        &[
            "You are asked for feedback",
            "First, who sees it:",
            "value=\"not yet\"",
        ],
    );
    let mut answer = vec![("form", form.as_str()), ("place-name", "Bo")];
    refused(
        &bo.post("/start/sent/form", &answer).await,
        &["Answer at least one"],
    );
    answer.push(("place-saw", "She rewrote the lead.\n| and the table"));
    answer.push(("place-next-publish-an-article", "yes"));
    let filled = bo.post("/start/sent/form", &answer).await;
    assert!(
        filled
            .header(header::CONTENT_DISPOSITION)
            .contains("feedback-answered.txt")
    );
    assert!(
        bo.shared.metier().await.unwrap().is_none(),
        "nothing is begun for it"
    );

    let back = post_files(&ada, "/people/back", &[("form", "f.txt", filled.body.as_bytes())]).await;
    let said = led(&back).to_owned();
    assert!(said.starts_with("/people/said/"), "{said}");
    seen(&ada.open(&said).await, &["She rewrote the lead."]);
}

#[tokio::test]
async fn a_copy_of_a_journal_is_looked_at_and_gone_on_with_by_whose_it_is() {
    let (ada, other) = (Browser::on_example().await, Browser::on_nothing().await);
    let metier = ada.shared.metier().await.unwrap().unwrap();
    let mut file = std::io::Cursor::new(Vec::new());
    metier.export_to(&mut file).await.unwrap();
    let file = file.into_inner();
    let shown = post_file(&other, "/start/sent", "copy.zip", &file).await;
    seen(
        &shown,
        &["A copy of the journal of", "It is whole", "Is it your own?"],
    );
    assert!(other.shared.metier().await.unwrap().is_none());
    assert_eq!(
        led(&post_file(&other, "/start/sent/own", "copy.zip", &file).await),
        "/"
    );
    seen(&other.open("/").await, &["Senior content marketer"]);

    let nobody = Browser::on_nothing().await;
    let mut damaged = file.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    for (name, bytes) in [("copy.zip", &damaged[..]), ("holiday.txt", b"Dear all")] {
        refused(
            &post_file(&nobody, "/start/sent", name, bytes).await,
            &["Nothing was"],
        );
    }
    assert!(nobody.shared.metier().await.unwrap().is_none());
}

#[tokio::test]
async fn a_companys_ladder_is_what_one_begins_with() {
    let ladder = "Role,Level,Skill,Expectation\nBaker,Junior,Dough,Kneads\nBaker,Senior,Dough,Teaches kneading\n\
                  Porter,Porter,Lifting,Lifts\n";
    let look = async |browser: &Browser| {
        let sent = post_file(browser, "/framework/import", "levels.csv", ladder.as_bytes()).await;
        let path = led(&sent).to_owned();
        seen(
            &browser.open(&path).await,
            &["Begin with what is ticked", "call you"],
        );
        path.split("doc=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned()
    };
    let browser = Browser::on_nothing().await;
    let document = look(&browser).await;
    assert!(
        browser.shared.metier().await.unwrap().is_none(),
        "looking makes nothing"
    );
    let fields = [
        ("doc", document.as_str()),
        ("seen", "0"),
        ("role", "Baker"),
        ("name", "Ada"),
    ];
    assert_eq!(
        led(&browser.post("/framework/import/take", &fields).await),
        "/start/aim"
    );
    seen(
        &browser.open("/start/aim").await,
        &["What do you want in Baker", "Senior"],
    );
    let aim = [("level", "senior"), ("by", "")];
    assert_eq!(led(&browser.post("/start/aim", &aim).await), "/start/place");
    seen(&browser.open("/start/place").await, &["Dough"]);
    seen(&browser.open("/").await, &["Baker"]);
    assert_eq!(browser.shared.metier().await.unwrap().unwrap().name(), "Ada");

    // Of several one is chosen to begin with.
    let browser = Browser::on_nothing().await;
    let document = look(&browser).await;
    let mut fields = vec![("doc", document.as_str()), ("seen", "0"), ("role", "Baker")];
    fields.push(("role", "Porter"));
    assert_eq!(
        led(&browser.post("/framework/import/take", &fields).await),
        "/start/company"
    );
    seen(
        &browser.open("/start").await,
        &["Begin with criteria that are here"],
    );
    seen(&browser.open("/start/company").await, &["Baker", "Porter"]);
    refused(
        &browser.post("/start/company", &[]).await,
        &["Choose the one to begin with."],
    );
    assert_eq!(
        led(&browser
            .post("/start/company", &[("family", "levels-porter")])
            .await),
        "/start/aim"
    );
    seen(&browser.open("/start/aim").await, &["What do you want in Porter"]);
}

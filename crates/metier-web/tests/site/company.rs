//! A company's criteria: looked at, taken in, mapped, read side by side; and every refusal.

use axum::http::{StatusCode, header};

use crate::browser::{Answer, Browser};
use crate::framework::{leads_to, post_files};
use crate::page::{refused, seen};

const LADDER: &str = "\
Role,Level,Area,What we expect
Content designer,Junior,Publishing,Publishes an article to the house standard with a check
Content designer,Senior,Publishing,Regularly publishes articles to the house standard alone
Content designer,Junior,Interviewing,Sits in when a subject-matter expert is interviewed
Content designer,Senior,Interviewing,Interviews subject-matter experts effectively
Editor,,Editing,Edits
Porter,Porter,Lifting,Lifts
";

/// Sends a document and follows to where it is looked at.
async fn sent(browser: &Browser, name: &str, content: &[u8]) -> String {
    let parts = [
        ("publisher", "", "Garden & Tools".as_bytes()),
        ("file", name, content),
    ];
    let answer = post_files(browser, "/framework/import", &parts).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.header(header::LOCATION).to_owned();
    assert!(path.starts_with("/framework/import/look?doc="), "{path}");
    path
}

fn document(path: &str) -> &str {
    path.split("doc=").nth(1).unwrap().split('&').next().unwrap()
}

/// Takes a role in, as its ticked box does.
async fn take(browser: &Browser, path: &str, seen: &str, roles: &[&str]) -> Answer {
    let mut fields = vec![
        ("doc", document(path)),
        ("publisher", "Garden & Tools"),
        ("seen", seen),
    ];
    fields.extend(roles.iter().map(|r| ("role", *r)));
    browser.post("/framework/import/take", &fields).await
}

/// The text between two others in a page.
fn between<'b>(body: &'b str, before: &str, after: &str) -> &'b str {
    assert!(body.contains(before), "no {before} in\n{body}");
    let rest = body.split_once(before).unwrap().1;
    rest.split_once(after).unwrap().0
}

#[tokio::test]
async fn a_document_is_looked_at_and_only_what_is_ticked_is_taken_in() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/framework").await,
        &["Bring your company’s criteria"],
    );
    seen(
        &browser.open("/framework/import").await,
        &["The document", "multipart/form-data"],
    );
    let path = sent(&browser, "levels.csv", LADDER.as_bytes()).await;
    let page = browser.open(&path).await;
    seen(
        &page,
        &[
            "Two roles with three levels. Nothing of it is taken in yet",
            "Two levels: Junior → Senior",
            "One role without levels",
            "<li>Editor</li>",
            "what is asked (the criterion)",
            "name=\"publisher\" value=\"Garden &amp; Tools\"",
        ],
    );
    assert_eq!(
        browser
            .shared
            .metier()
            .await
            .unwrap()
            .unwrap()
            .life()
            .await
            .unwrap()
            .versions
            .len(),
        1
    );

    refused(&take(&browser, &path, "1", &[]).await, &["Nothing is ticked."]);
    refused(
        &take(&browser, &path, "1", &["Porter", "Editor"]).await,
        &["names no level of `Editor`"],
    );
    assert!(
        browser.open("/framework/beside").await.status == StatusCode::SEE_OTHER,
        "nothing partly kept"
    );
    let taken = take(&browser, &path, "1", &["Content designer"]).await;
    leads_to(&taken, "/framework/others?taken=garden-tools-content-designer");
    seen(
        &browser.open(taken.header(header::LOCATION)).await,
        &[
            "Taken in: Content designer",
            "From “levels.csv” of Garden &amp; Tools",
            "can be read either way",
        ],
    );
    // A tab that still shows what was there before.
    refused(
        &take(&browser, &path, "1", &["Porter"]).await,
        &[
            "Criteria were published elsewhere since you looked at this.",
            "name=\"seen\" value=\"2\"",
        ],
    );
    leads_to(
        &take(&browser, &path, "2", &["Porter"]).await,
        "/framework/others?taken=garden-tools-porter",
    );
}

#[tokio::test]
async fn what_columns_mean_can_be_said_where_it_is_not_known() {
    let browser = Browser::on_example().await;
    let path = sent(&browser, "odd.csv", b"Thing,Remark\nDough,x\nOven,y\n").await;
    refused(
        &browser.open(&path).await,
        &["no column says what is asked", "Dough · Oven", "Read it again so"],
    );
    let page = browser.open(&format!("{path}&col=A%3Dskill&col=B%3Dtext")).await;
    seen(
        &page,
        &["Nothing that has levels", "say which column holds the levels"],
    );
    assert!(!page.body.contains("Take in what is ticked"));
    refused(
        &browser.open(&format!("{path}&col=A%3Dskill&col=B%3Dskill")).await,
        &["two columns are said to be `skill`", "Dough · Oven"],
    );

    let path = sent(
        &browser,
        "odd.csv",
        b"Thing,Remark,Class\nDough,x,u\nDough,y,v\nOven,z,u\n",
    )
    .await;
    let said = format!("{path}&col=A%3Dskill&col=B%3Dtext&col=C%3Dskill-level&skill-levels=u%2C+v&head=1");
    let page = browser.open(&said).await;
    seen(&page, &["Two tracks of two steps", "value=\"A=skill\" selected"]);
    refused(
        &browser.open(&said.replace("head=1", "head=x")).await,
        &["Write the number of the row"],
    );
    // Everything that was said goes with what is taken in.
    let fields = [
        ("doc", document(&path)),
        ("col", "A=skill"),
        ("col", "B=text"),
        ("col", "C=skill-level"),
        ("skill-levels", "u, v"),
        ("seen", "1"),
        ("role", "Dough"),
        ("role", "Oven"),
        ("together", "yes"),
    ];
    leads_to(
        &browser.post("/framework/import/take", &fields).await,
        "/framework/others?taken=odd-odd",
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_nothing_is_held() {
    let browser = Browser::on_example().await;
    let send = async |name: &str, content: &[u8]| {
        post_files(&browser, "/framework/import", &[("file", name, content)]).await
    };
    let bomb = {
        let mut deep = b"[".repeat(200_000);
        deep.extend(b"]".repeat(200_000));
        deep
    };
    for (name, content, why) in [
        ("a.pdf", &b"%PDF-1.7 x"[..], "PDF"),
        ("empty.csv", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04nothing", "workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx"),
        ("deep.json", &bomb, "JSON"),
    ] {
        let answer = send(name, content).await;
        refused(
            &answer,
            &["Nothing was taken in.", &format!("“{name}” cannot be read")],
        );
        assert!(
            between(&answer.body, "role=\"alert\"", "</div>").contains(why),
            "{name}: {}",
            answer.body
        );
    }
    refused(
        &post_files(&browser, "/framework/import", &[("publisher", "", b"x")]).await,
        &["No file was chosen."],
    );
    let gone = browser
        .open(&format!("/framework/import/look?doc={}", "0".repeat(64)))
        .await;
    leads_to(&gone, "/framework/import?gone=1");
    refused(
        &browser.open("/framework/import?gone=1").await,
        &["The document is no longer held", "Choose the file again."],
    );
    leads_to(
        &browser
            .post("/framework/import/take", &[("doc", "x"), ("role", "y")])
            .await,
        "/framework/import?gone=1",
    );
}

/// The example career with the company's criteria of a content designer taken in.
async fn with_company() -> Browser {
    let browser = Browser::on_example().await;
    let path = sent(&browser, "levels.csv", LADDER.as_bytes()).await;
    let answer = take(&browser, &path, "1", &["Content designer"]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser
}

const FAMILY: &str = "garden-tools-content-designer";

#[tokio::test]
async fn what_counts_is_proposed_settled_row_by_row_and_read_side_by_side() {
    let browser = with_company().await;
    let to = format!("/framework/crosswalk?family={FAMILY}");
    let page = browser.open(&to).await;
    seen(
        &page,
        &[
            "What of Content marketing counts in Content designer?",
            "Proposed: ",
            "Both speak of “",
            "publish-an-article=publishing=open\" selected",
            "Take all as proposed",
        ],
    );
    let state = between(&page.body, "name=\"seen\" value=\"", "\"").to_owned();
    let settle = async |state: &str, more: &[(&str, &str)]| {
        let mut fields = vec![
            ("family", FAMILY),
            ("from", "content-marketing"),
            ("seen", state),
            ("both", "yes"),
            ("step", "follows=junior"),
            ("step", "reliable=senior"),
        ];
        fields.extend(more);
        browser.post("/framework/crosswalk", &fields).await
    };
    let saved = format!("{to}&saved=1");
    let same = [("pair", "publish-an-article=publishing=same")];
    leads_to(&settle(&state, &same).await, &saved);
    seen(
        &browser.open(&saved).await,
        &[
            "Recorded.",
            "You said so",
            "publish-an-article=publishing=same\" selected",
        ],
    );
    // Another tab that still shows the page as it was.
    let old_tab = settle(&state, &[("pair", "publish-an-article=publishing=different")]).await;
    refused(
        &old_tab,
        &["changed elsewhere since you looked", "different\" selected"],
    );

    let beside = browser
        .open(&format!("/framework/beside?family={FAMILY}&level=senior"))
        .await;
    seen(
        &beside,
        &[
            "The same record, read against both",
            "What you aim at: Content marketing",
            "Content designer, Senior",
            "Something is known of 1 of the 2 it asks for.",
            "href=\"/competency/publish-an-article\"",
            "nothing yet",
        ],
    );

    let page = browser.open(&to).await;
    let state = between(&page.body, "name=\"seen\" value=\"", "\"").to_owned();
    let fields = [
        ("pair", "publish-an-article=publishing=different"),
        ("hand-from", "edit-others-drafts"),
        ("hand-to", "interviewing"),
        ("hand-sure", "partly"),
    ];
    leads_to(&settle(&state, &fields).await, &saved);
    let page = browser.open(&to).await;
    seen(
        &page,
        &[
            "You said: not the same",
            "edit-others-drafts=interviewing=partly\" selected",
        ],
    );
    let state = between(&page.body, "name=\"seen\" value=\"", "\"").to_owned();
    for (wrong, why) in [
        (&[("hand-from", "edit-others-drafts")][..], "only one is chosen"),
        (&[("pair", "nonsense")], "cannot be read"),
        (&[("step", "follows"), ("pair", "a=b=same")], "cannot be read"),
    ] {
        refused(&settle(&state, wrong).await, &[why, "Nothing was recorded."]);
    }
    let strange = settle(&state, &[("pair", "weld=publishing=same")]).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn everything_proposed_is_taken_at_once() {
    let browser = with_company().await;
    let to = format!("/framework/crosswalk?family={FAMILY}");
    let page = browser.open(&to).await.body;
    let values = |name: &str, state: &str| -> Vec<String> {
        page.split("<select ")
            .filter(|s| s.contains(&format!("name=\"{name}\"")))
            .filter_map(|s| {
                let chosen = s.split("<option ").find(|o| o.contains(state))?;
                Some(between(chosen, "value=\"", "\"").to_owned())
            })
            .collect()
    };
    let (pairs, steps) = (values("pair", "=open\""), values("step", "selected"));
    assert!(pairs.len() >= 2 && !steps.is_empty(), "{pairs:?} {steps:?}");
    let mut fields = vec![("family", FAMILY), ("from", "content-marketing"), ("all", "yes")];
    fields.extend(pairs.iter().map(|p| ("pair", p.as_str())));
    fields.extend(steps.iter().map(|s| ("step", s.as_str())));
    leads_to(
        &browser.post("/framework/crosswalk", &fields).await,
        &format!("{to}&saved=1"),
    );
    let page = browser.open(&to).await;
    seen(&page, &["You said so"]);
    assert!(!page.body.contains("Proposed: "), "nothing is left to say");
}

#[tokio::test]
async fn open_words_are_marked_with_the_question_to_ask() {
    let browser = with_company().await;
    let page = browser
        .open(&format!("/framework/questions?family={FAMILY}"))
        .await;
    seen(
        &page,
        &[
            "What these criteria leave open",
            "<mark>Regularly</mark> publishes articles",
            "<mark>effectively</mark>",
            "What would make it “effectively” for you?",
            "Nobody",
        ]
        .map(|t| {
            if t == "Nobody" {
                "It says more or less, and not how much is enough."
            } else {
                t
            }
        }),
    );
    let junior = page
        .body
        .split("href=\"")
        .find(|l| l.starts_with("/framework/questions?version=") && l.contains("level=junior"))
        .unwrap();
    let junior = between(&format!("\"{junior}"), "\"", "\"").replace("&amp;", "&");
    let page = browser.open(&junior).await;
    seen(&page, &["Nothing that this level asks for was found to be open."]);
    let own = browser.open("/framework/questions").await;
    seen(&own, &["Content marketing"]);
    assert_eq!(
        browser.open("/framework/questions?family=welding").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_level_of_it_is_aimed_at_and_its_words_stand_where_it_is_judged() {
    let browser = with_company().await;
    let aim = async |level: &str| {
        browser
            .post("/framework/others", &[("family", FAMILY), ("level", level)])
            .await
    };
    refused(&aim("emperor").await, &["It has no such level."]);
    leads_to(&aim("senior").await, "/framework/others?aimed=1");
    let told = browser.open("/framework/others?aimed=1").await;
    seen(
        &told,
        &[
            "You aim at <strong>Content designer, Senior</strong> now.",
            "say what of yours counts here",
        ],
    );
    // The address of before leads to the same question, which has not turned round.
    let before = browser
        .open(&format!("/framework/crosswalk?family={FAMILY}"))
        .await;
    seen(
        &before,
        &[
            "What of Content marketing counts in Content designer?",
            "You aim at Content designer.",
        ],
    );
    assert_eq!(
        browser
            .open(&format!("/framework/beside?family={FAMILY}"))
            .await
            .status,
        StatusCode::OK
    );
    seen(&browser.open("/").await, &["aiming for Senior"]);
    seen(
        &browser.open("/framework").await,
        &[
            "What the document says at each step",
            "Not yet checked against the profession",
        ],
    );
    seen(
        &browser.open("/competency/publishing").await,
        &["Regularly publishes articles to the house standard alone"],
    );
    assert_eq!(
        browser
            .post("/framework/others", &[("family", "welding"), ("level", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    seen(
        &browser.open("/framework/others").await,
        &["You aim at", "Content marketing"],
    );
}

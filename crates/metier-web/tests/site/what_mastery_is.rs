//! What mastery is, as a document that lives: written, changed, met, looked at, aimed at; and every refusal.

use axum::http::{StatusCode, header};
use metier_core::person::OwnAim;

use crate::browser::Browser;
use crate::page::{hidden, led, refused, seen};

const STATEMENT: &str = "Somebody whose articles people act on";

async fn defined() -> Browser {
    let browser = Browser::on_example_unsaid().await;
    let form = browser.open("/mastery/definition").await;
    let mark = hidden(&form.body, "mark");
    let fields = [
        ("mark", mark.as_str()),
        ("statement", STATEMENT),
        ("c-publish-an-article", "teaches"),
    ];
    assert_eq!(
        led(&browser.post("/mastery/definition", &fields).await),
        "/mastery"
    );
    browser
}

#[tokio::test]
async fn a_definition_is_written_prefilled_changed_with_a_reason_and_kept() {
    let browser = Browser::on_example_unsaid().await;
    seen(
        &browser.open("/mastery").await,
        &["nobody else can say", "Write what a master is to you"],
    );
    refused(
        &browser.post("/mastery/definition", &[("statement", "")]).await,
        &["another window"],
    );
    let browser = defined().await;
    seen(
        &browser.open("/mastery").await,
        &[
            STATEMENT,
            "One competency",
            "Publish an article to house standard",
        ],
    );
    let form = browser.open("/mastery/definition").await;
    let mark = hidden(&form.body, "mark");
    let level = [
        ("mark", mark.as_str()),
        ("statement", "Typed before"),
        ("level", "senior"),
        ("do", "prefill"),
    ];
    seen(
        &browser.post("/mastery/definition", &level).await,
        &["Typed before", "41 chosen"],
    );
    let change = [("mark", mark.as_str()), ("statement", "Another")];
    refused(
        &browser.post("/mastery/definition", &change).await,
        &["Say why you change it", "Another"],
    );
    let change = [change[0], change[1], ("because", "I saw more of it")];
    led(&browser.post("/mastery/definition", &change).await);
    seen(
        &browser.open("/mastery/definition/earlier").await,
        &[STATEMENT, "Another", "I saw more of it"],
    );
}

#[tokio::test]
async fn a_second_window_loses_none_of_what_it_wrote() {
    let browser = defined().await;
    let mark = hidden(&browser.open("/mastery/definition").await.body, "mark");
    let first = [
        ("mark", mark.as_str()),
        ("statement", "From the first window"),
        ("because", "one"),
    ];
    led(&browser.post("/mastery/definition", &first).await);
    let second = [
        ("mark", mark.as_str()),
        ("statement", "From the second window"),
        ("because", "two"),
    ];
    let answer = browser.post("/mastery/definition", &second).await;
    refused(
        &answer,
        &[
            "From the second window</textarea>",
            "How it stands now",
            "From the first window",
        ],
    );
    let again = hidden(&answer.body, "mark");
    let second = [("mark", again.as_str()), second[1], second[2]];
    led(&browser.post("/mastery/definition", &second).await);
    seen(
        &browser.open("/mastery/definition/earlier").await,
        &["From the first window", "From the second window"],
    );
}

#[tokio::test]
async fn a_significant_thing_is_met_with_what_one_did() {
    let browser = Browser::on_example_unsaid().await;
    let add = [
        ("what", "A guide that other houses use"),
        ("recognised_by", "Editors"),
    ];
    assert_eq!(
        led(&browser.post("/mastery/thing", &add).await),
        "/mastery/definition",
        "a definition comes first"
    );
    let browser = defined().await;
    refused(
        &browser.post("/mastery/thing", &[("what", "")]).await,
        &["Say what is to be accomplished."],
    );
    led(&browser.post("/mastery/thing", &add).await);
    seen(
        &browser.open("/mastery").await,
        &["A guide that other houses use", "Not yet"],
    );
    let page = browser
        .open("/mastery/thing?id=a-guide-that-other-houses-use")
        .await;
    let evidence = page.body.split("<select id=\"f-by\"").nth(1).unwrap();
    let evidence = evidence
        .split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let id = ("id", "a-guide-that-other-houses-use");
    led(&browser.post("/mastery/thing/met", &[id, ("by", evidence)]).await);
    seen(
        &browser.open("/mastery").await,
        &["<b>Met</b> with", &format!("/did/{evidence}")],
    );
    let nothing = browser
        .post(
            "/mastery/thing/met",
            &[id, ("by", "0199a0a0-0000-7000-8000-000000000000")],
        )
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let mark = hidden(&page.body, "mark");
    let reword = [
        id,
        ("mark", "old"),
        ("what", "A handbook"),
        ("because", "It is larger"),
    ];
    refused(
        &browser.post("/mastery/thing", &reword).await,
        &["another window", "A handbook"],
    );
    led(&browser.post("/mastery/thing/met", &[id, ("not", evidence)]).await);
    let reword = [reword[0], ("mark", mark.as_str()), reword[2], reword[3]];
    led(&browser.post("/mastery/thing", &reword).await);
    seen(&browser.open("/mastery").await, &["A handbook", "Not yet"]);
    let found = browser
        .open("/mastery/thing?id=a-guide-that-other-houses-use&find=zzzz")
        .await;
    seen(&found, &["Nothing you did reads like that."]);
}

#[tokio::test]
async fn the_six_are_answered_and_the_earlier_answer_stands_beside() {
    let browser = Browser::on_example_unsaid().await;
    let answer = [
        ("a0", "helps"),
        ("r0", "It shows"),
        ("was-a0", ""),
        ("was-r0", ""),
    ];
    led(&browser.post("/mastery/criteria", &answer).await);
    refused(
        &browser
            .post("/mastery/criteria", &[("a4", "words"), ("r4", "")])
            .await,
        &["Write the answer here, in words."],
    );
    refused(
        &browser.post("/mastery/criteria", &[("r1", "Because")]).await,
        &["Choose one of the answers"],
    );
    let again = [
        ("a0", "no"),
        ("r0", "The best never did"),
        ("was-a0", "helps"),
        ("was-r0", "It shows"),
    ];
    led(&browser.post("/mastery/criteria", &again).await);
    // A window that still shows the first answer, and answers another question.
    let stale = [
        ("a0", "helps"),
        ("r0", "It shows"),
        ("was-a0", "helps"),
        ("was-r0", "It shows"),
        ("a5", "must"),
        ("r5", ""),
    ];
    led(&browser.post("/mastery/criteria", &stale).await);
    seen(
        &browser.open("/mastery").await,
        &[
            "<b>No</b>: The best never did",
            "it helps: It shows",
            "<b>A master must</b>",
            "Four not answered yet.",
        ],
    );
}

#[tokio::test]
async fn from_what_a_master_accomplished_the_chain_is_seen_from_both_ends() {
    let browser = Browser::on_example_unsaid().await;
    refused(
        &browser.post("/mastery/exemplar/edit", &[("name", "")]).await,
        &["Name them."],
    );
    let who = [
        ("name", "Rosa Lindt"),
        ("kind", "person"),
        ("known", "yes"),
        ("personality", "Never raises her voice"),
    ];
    let answer = browser.post("/mastery/exemplar/edit", &who).await;
    let page = answer.header(header::LOCATION).to_owned();
    let id = page.split("id=").nth(1).unwrap().to_owned();
    let id = ("id", id.as_str());
    led(&browser
        .post("/mastery/exemplar/accomplished", &[id, ("what", "Built a desk")])
        .await);
    let row = |what: &'static str, competency: &'static str, rung: &'static str| {
        [
            id,
            ("of", "Built a desk"),
            ("what", what),
            ("daily", "yes"),
            ("competency", competency),
            ("rung", rung),
        ]
    };
    refused(
        &browser
            .post("/mastery/exemplar/did", &row("Reads", "", "reliable"))
            .await,
        &["Choose the competency it is a step of.", "Reads"],
    );
    led(&browser
        .post(
            "/mastery/exemplar/did",
            &row("Reads aloud", "publish-an-article", "follows"),
        )
        .await);
    led(&browser
        .post("/mastery/exemplar/did", &row("Answers letters", "", ""))
        .await);
    seen(
        &browser.open(&page).await,
        &[
            "Reads aloud",
            "I have this",
            "Day in, day out",
            "no competency named yet",
            "/framework/edit/competency?name=Answers+letters",
            "Kept apart",
        ],
    );
    seen(
        &browser.open("/competency/publish-an-article").await,
        &["Who does this day in, day out?", "Rosa Lindt", "Reads aloud"],
    );
    seen(
        &browser
            .open("/framework/edit/competency?name=Answers+letters")
            .await,
        &["value=\"Answers letters\""],
    );
    let gone = [id, ("of", "Built a desk"), ("was", "Not there"), ("do", "remove")];
    let answer = browser.post("/mastery/exemplar/did", &gone).await;
    assert!(answer.header(header::LOCATION).ends_with("gone=yes"));
    led(&browser.post("/mastery/exemplar/take-back", &[id]).await);
    assert_eq!(browser.open(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn masters_look_at_the_list_and_what_is_missing_leads_to_a_draft() {
    let browser = Browser::on_example_unsaid().await;
    refused(
        &browser.post("/mastery/check/new", &[("by", "")]).await,
        &["Say who looked at it."],
    );
    refused(
        &browser.post("/mastery/check/new", &[("by", "Rosa")]).await,
        &["one thing they confirmed"],
    );
    let said = [
        ("by", "Rosa"),
        ("c-publish-an-article", "confirmed"),
        ("c-attribute-revenue", "struck"),
        ("missing", ""),
        ("missing", "Interviewing the unwilling"),
        ("words", "Ask me again"),
    ];
    led(&browser.post("/mastery/check/new", &said).await);
    seen(
        &browser.open("/mastery/check").await,
        &[
            "One of three masters has looked at this list.",
            "Interviewing the unwilling",
            "/framework/edit/competency?name=Interviewing+the+unwilling",
            "Ask me again",
        ],
    );
    seen(
        &browser.open("/mastery/check/sheet").await,
        &[
            "Is this what a master can do?",
            "Publish an article to house standard",
        ],
    );
}

#[tokio::test]
async fn which_layer_one_sees_oneself_on_is_noted_and_years_are_context() {
    let browser = Browser::on_example_unsaid().await;
    refused(
        &browser.post("/mastery/identity", &[("words", "x")]).await,
        &["Choose one of the five."],
    );
    let said = [("layer", "profession"), ("words", "I make hard things readable")];
    led(&browser.post("/mastery/identity", &said).await);
    seen(
        &browser.open("/mastery").await,
        &[
            "my profession",
            "I make hard things readable",
            "Practitioner",
            "Years are context.",
            "in positions that exercise it",
        ],
    );
}

#[tokio::test]
async fn ones_own_definition_is_aimed_at_and_told_to_nobody() {
    let browser = defined().await;
    let add = [("what", "A guide that other houses use"), ("recognised_by", "")];
    led(&browser.post("/mastery/thing", &add).await);
    let form = browser.open("/settings/aim").await;
    let value = form.body.split("value=\"definition:").nth(1).unwrap();
    let value = format!("definition:{}", value.split('"').next().unwrap());
    led(&browser
        .post("/settings/aim", &[("level", &value), ("by", "")])
        .await);
    seen(
        &browser.open("/settings").await,
        &["your own definition of mastery"],
    );
    seen(
        &browser.open("/").await,
        &[
            "aiming for your own definition of mastery",
            "significant thing you wrote down is still to accomplish",
            "\u{201c}A guide that other houses use\u{201d}",
        ],
    );
    for path in ["/show/packet/paper", "/show/packet.md"] {
        let given = browser.open(path).await;
        // Here an agreement is in force, and the packet is made towards what was agreed.
        seen(&given, &["Senior content marketer"]);
        assert!(!given.body.contains("A guide that other houses use"), "{path}");
        assert!(!given.body.contains(STATEMENT), "{path}");
    }
    seen(
        &browser.open("/people/agreement/new").await,
        &["<option value=\"senior\">Senior"],
    );
    refused(
        &browser
            .post("/settings/aim", &[("level", "definition:none")])
            .await,
        &["Choose one of these."],
    );
}

#[tokio::test]
async fn every_page_stands_with_a_target_of_ones_own_and_calls_it_no_level() {
    let browser = defined().await;
    let saved = browser
        .post(
            "/mastery/exemplar/edit",
            &[("name", "Rosa Lindt"), ("kind", "person")],
        )
        .await;
    let exemplar = saved
        .header(header::LOCATION)
        .split("id=")
        .nth(1)
        .unwrap()
        .to_owned();
    let did = [("id", exemplar.as_str()), ("what", "A desk of her own")];
    led(&browser.post("/mastery/exemplar/accomplished", &did).await);
    let seen_to = [
        ("id", exemplar.as_str()),
        ("of", "A desk of her own"),
        ("what", "Reads aloud"),
        ("competency", "publish-an-article"),
        ("rung", "teaches"),
    ];
    led(&browser.post("/mastery/exemplar/did", &seen_to).await);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let (entries, life) = metier.read().await.unwrap();
    let definition = {
        let view = metier_core::journal::view(&entries, jiff::Timestamp::MAX);
        let family = &life.needed().unwrap().framework.family;
        metier_core::mastery::Mastery::of(&view, family)
            .definition()
            .unwrap()
            .id
    };
    for (own, name) in [
        (OwnAim::Definition(definition), "your own definition of mastery"),
        (
            OwnAim::Exemplar(exemplar.parse().unwrap()),
            "what Rosa Lindt does",
        ),
    ] {
        let choice = metier_app::AimChoice {
            own: Some(own),
            ..metier_app::AimChoice::default()
        };
        metier.aim(None, choice).await.unwrap();
        for path in [
            "/",
            "/mastery",
            "/plan",
            "/plan/route",
            "/show",
            "/show/map",
            "/show/packet",
            "/show/review",
            "/people",
            "/people/agreement",
            "/people/agreement/new",
            "/people/decisions",
            "/settings/aim",
            "/competency/publish-an-article",
            "/framework",
        ] {
            let page = browser.open(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            for wrong in [
                "your level",
                "this level",
                "the level you aim at",
                "Not asked for at",
            ] {
                assert!(!page.body.contains(wrong), "{path} says {wrong}");
            }
        }
        seen(&browser.open("/").await, &[name]);
        seen(&browser.open("/plan/route").await, &[name]);
        let paper = browser.open("/show/map").await;
        seen(&paper, &["an own target asks for"]);
        assert!(
            !paper.body.contains(name) && !paper.body.contains("Rosa"),
            "it may be handed over"
        );
    }
}

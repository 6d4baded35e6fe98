//! Show: the packet is chosen, looked at, printed and taken along; the review sheet; the map.

use axum::http::{StatusCode, header};

use crate::browser::Browser;
use crate::page::seen;

/// The values of the ticked boxes of a name, and of all.
fn boxes(body: &str, name: &str) -> (Vec<String>, Vec<String>) {
    let (mut ticked, mut all) = (Vec::new(), Vec::new());
    for input in body.split("<input type=\"checkbox\" ").skip(1) {
        let input = &input[..input.find('>').unwrap()];
        let Some(rest) = input.strip_prefix(&format!("name=\"{name}\" value=\"")) else {
            continue;
        };
        let value = rest[..rest.find('"').unwrap()].to_owned();
        if input.ends_with("checked") {
            ticked.push(value.clone());
        }
        all.push(value);
    }
    (ticked, all)
}

fn known(body: &str) -> String {
    let rest = body.split("name=\"known\" value=\"").nth(1).unwrap();
    rest[..rest.find('"').unwrap()].to_owned()
}

#[tokio::test]
async fn show_leads_to_the_packet_the_review_sheet_and_the_map() {
    let browser = Browser::on_example().await;
    let show = browser.open("/show").await;
    seen(&show, &["/show/packet", "/show/review", "/show/map"]);
    seen(
        &browser.open("/show/map").await,
        &["Mastery map", "What the marks mean"],
    );
    for path in [
        "/show",
        "/show/packet",
        "/show/packet/paper",
        "/show/review",
        "/show/map",
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn what_is_unticked_is_in_no_packet_until_it_is_ticked_again() {
    let browser = Browser::on_example().await;
    let page = browser.open("/show/packet?for=Edith").await;
    let (ticked, all) = boxes(&page.body, "in");
    let (groups, _) = boxes(&page.body, "all-sessions");
    assert_eq!(ticked, all, "everything is in it at first");
    assert!(all.len() > 10 && !groups.is_empty());
    let paper = browser.open("/show/packet/paper?for=Edith").await;
    seen(
        &paper,
        &["Spring launch series", "Coached two colleagues to publish"],
    );
    // All but the first twenty; of what goes together nothing.
    let kept: Vec<(&str, &str)> = all.iter().skip(20).map(|id| ("in", id.as_str())).collect();
    let until = known(&page.body);
    let mut fields = vec![("known", until.as_str())];
    fields.extend(all.iter().map(|id| ("one", id.as_str())));
    fields.extend(&kept);
    let chosen = browser.post("/show/packet/choose?for=Edith", &fields).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen.header(header::LOCATION), "/show/packet?for=Edith");
    let page = browser.open("/show/packet?for=Edith").await;
    let (now, _) = boxes(&page.body, "in");
    assert_eq!(now, all[20..]);
    assert!(boxes(&page.body, "all-sessions").0.is_empty());
    let paper = browser.open("/show/packet/paper?for=Edith").await.body;
    assert!(!paper.contains("Garden survey of 40 customers") && !paper.contains("sessions of attempts"));
    // What Edith is not to see says nothing of anybody else.
    for other in ["/show/packet/paper?for=Hugo", "/show/packet/paper"] {
        let paper = browser.open(other).await;
        seen(&paper, &["Garden survey of 40 customers"]);
    }
    // Whatever was recorded since the page was made is not unticked by it.
    let again: Vec<(&str, &str)> = all.iter().map(|id| ("in", id.as_str())).collect();
    let mut fields = vec![("known", until.as_str())];
    fields.extend(all.iter().map(|id| ("one", id.as_str())));
    fields.extend(&again);
    fields.extend(groups.iter().map(|group| ("all-sessions", group.as_str())));
    browser.post("/show/packet/choose?for=edith", &fields).await;
    seen(
        &browser.open("/show/packet/paper?for=Edith").await,
        &["Garden survey of 40 customers", "sessions of attempts"],
    );
}

#[tokio::test]
async fn each_kind_of_item_can_be_unticked_and_is_then_in_no_form_of_the_packet() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let sight = metier.sight(metier_app::AsOf::default()).await.unwrap();
    let asked = sight.standing.competencies.iter().find(|c| c.expected.is_some());
    let competency = asked.unwrap().competency.to_string();
    let (peer, words) = (metier_core::rating::Role::Peer, "said at the lakeside");
    let confirmed = metier
        .confirm_step(&competency, "follows", "Quillon", peer, words)
        .await
        .unwrap();
    let rated = metier
        .rate(
            &competency,
            Some("follows"),
            peer,
            "Ratewell",
            "seen on the ferry",
        )
        .await
        .unwrap();
    let forms = async || {
        let made = metier.packet(&metier_app::PacketAsked::default()).await.unwrap();
        [
            browser.open("/show/packet/paper").await.body,
            browser.open("/show/packet.md").await.body,
            serde_json::to_string(&(made.sheet(), &made.packet)).unwrap(),
        ]
    };
    let page = browser.open("/show/packet").await.body;
    let (_, all) = boxes(&page, "in");
    let (sessions, _) = boxes(&page, "all-sessions");
    let said = |id: &str| {
        page.split(id)
            .nth(2)
            .and_then(|rest| rest.split("</label>").next())
            .unwrap()
    };
    for id in [confirmed, rated] {
        assert!(all.contains(&id.to_string()), "what people said is offered");
    }
    for telling in [
        "Quillon",
        "Ratewell",
        "Garden survey of 40 customers",
        "sessions of attempts",
    ] {
        for form in forms().await {
            assert!(form.contains(telling), "{telling}\n{form}");
        }
        let until = known(&page);
        let mut fields = vec![("known", until.as_str())];
        fields.extend(all.iter().map(|id| ("one", id.as_str())));
        let kept = all.iter().filter(|id| !said(id).contains(telling));
        fields.extend(kept.map(|id| ("in", id.as_str())));
        if telling != "sessions of attempts" {
            fields.extend(sessions.iter().map(|group| ("all-sessions", group.as_str())));
        }
        let chosen = browser.post("/show/packet/choose", &fields).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
        for form in forms().await {
            assert!(!form.contains(telling), "{telling}\n{form}");
        }
    }
}

#[tokio::test]
async fn a_choice_without_its_page_is_refused_and_changes_nothing() {
    let browser = Browser::on_example().await;
    let before = browser.open("/show/packet/paper").await.body;
    let refused = browser.post("/show/packet/choose", &[("in", "nothing")]).await;
    assert!(refused.status.is_client_error());
    assert!(refused.body.contains("does not say when it was made"));
    assert_eq!(browser.open("/show/packet/paper").await.body, before);
}

#[tokio::test]
async fn the_files_are_markdown_and_the_paper_speaks_of_the_person() {
    let browser = Browser::on_example().await;
    for (path, title) in [
        ("/show/packet.md", "# The case for Senior content marketer"),
        ("/show/review.md", "# Before the review: Senior content marketer"),
    ] {
        let file = browser.open(path).await;
        assert_eq!(file.header(header::CONTENT_TYPE), "text/markdown; charset=utf-8");
        assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
        assert!(file.body.starts_with(title), "{}", &file.body[..200]);
    }
    let packet = browser.open("/show/packet.md").await.body;
    for you in [" you ", "You ", " your "] {
        assert!(!packet.contains(you), "{you:?} in a packet: {packet}");
    }
    let review = browser.open("/show/review.md").await.body;
    assert!(review.contains("Ask for:") && review.contains("You meet"));
}

#[tokio::test]
async fn a_day_that_lies_ahead_is_refused() {
    let browser = Browser::on_example().await;
    let refused = browser.open("/show/packet?since=2099-01-01").await;
    assert!(refused.status.is_client_error());
    assert!(refused.body.contains("lies ahead"));
    seen(
        &browser.open("/show/packet/paper?since=2026-03-01").await,
        &["What changed"],
    );
}

#[tokio::test]
async fn without_a_level_the_pages_say_what_to_do() {
    let browser = Browser::on_example().await;
    browser.post("/settings/aim", &[("level", ""), ("by", "")]).await;
    // What was agreed would be the target else.
    let metier = browser.shared.metier().await.unwrap().unwrap();
    for agreement in metier.agreements().await.unwrap() {
        let end = metier_app::EndAgreement {
            how: metier_core::agreement::AgreementEnding::CalledOff,
            by: String::new(),
            reason: String::new(),
        };
        metier.end_agreement(agreement.id, end).await.unwrap();
    }
    seen(&browser.open("/show").await, &["Choose what you aim at"]);
    let none = browser.open("/show/packet").await;
    assert!(none.body.contains("No level is aimed at"), "{}", none.body);
}

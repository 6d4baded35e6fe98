//! Names to keep out, and exactly what others would see.

use axum::http::{StatusCode, header};
use metier_app::{LogEvidence, Metier, evidence, happening_of};
use metier_core::framework::EvidenceKind;

use crate::browser::Browser;

async fn log(metier: &Metier, title: &str, confidential: bool, redacted: &str) -> String {
    let mut what = evidence(title, happening_of(EvidenceKind::Accomplishment));
    what.confidential = confidential;
    redacted.clone_into(&mut what.redacted);
    let log = LogEvidence {
        on: jiff::civil::date(2026, 3, 4),
        evidence: what,
        claims: Vec::new(),
        files: Vec::new(),
    };
    metier.log(log).await.unwrap().to_string()
}

#[tokio::test]
async fn a_name_kept_out_is_in_nothing_others_see() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let open = log(&metier, "Wrote the letter to Zebedee QUILL", false, "").await;
    let entry = format!("/did/{open}");
    assert!(
        browser
            .open(&entry)
            .await
            .body
            .contains("What others would read, if you shared it")
    );
    let names = [("names", "Zebedee Quill\n\nAcme Holding"), ("whose", "client")];
    let to = browser.post("/settings/names", &names).await;
    assert_eq!(to.header(header::LOCATION), "/settings/names?done=added&n=2");
    let list = browser.open(to.header(header::LOCATION)).await.body;
    assert!(list.contains("Two more kept out from now on.") && list.contains("Acme Holding"));
    let shown = browser.open(&entry).await.body;
    assert!(shown.contains("Wrote the letter to <span class=\"instead\">[a client]</span>"));
    assert!(
        shown.contains("<h1>Wrote the letter to Zebedee QUILL</h1>"),
        "its owner still sees it"
    );
    let scan = browser.open(&format!("/scan?for=packet&entry={open}")).await.body;
    assert!(scan.contains("[a client]") && !scan.to_lowercase().contains("zebedee"));
    assert!(
        browser
            .open("/settings")
            .await
            .body
            .contains("Two names stay out of everything others see.")
    );

    let id = metier.names_kept_out().await.unwrap()[0].0.to_string();
    let gone = browser.post("/settings/names/remove", &[("entry", &id)]).await;
    assert!(
        browser
            .open(gone.header(header::LOCATION))
            .await
            .body
            .contains("erased for good")
    );
    assert!(
        browser
            .open("/scan?for=packet")
            .await
            .body
            .contains("Zebedee QUILL")
    );
    for (fields, says) in [
        ([("names", ""), ("whose", "client")], "Write at least one name."),
        ([("names", "K"), ("whose", "client")], "give at least two letters"),
    ] {
        let answer = browser.post("/settings/names", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}");
    }
}

#[tokio::test]
async fn a_scan_shows_the_text_for_others_marks_names_and_says_what_is_left_out() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let silent = log(&metier, "Calmed a client down", true, "").await;
    let told = log(
        &metier,
        "Calmed the second client down",
        true,
        "Settled a complaint of Mr Brown, +44 20 7946 0000",
    )
    .await;
    let scan = browser.open("/scan").await.body;
    assert!(
        scan.contains("one confidential, with no text for others"),
        "{scan}"
    );
    assert!(scan.contains(&format!("/did/{silent}/correct#f-redacted")));
    assert!(
        !scan.contains("Calmed the second client"),
        "the private words are not what others see"
    );
    assert!(scan.contains("Settled a complaint of <mark>Mr Brown</mark>, <mark>+44 20 7946 0000</mark>"));
    assert!(scan.contains("“Mr Brown” looks like a person’s name."));
    assert!(
        scan.find("Settled a complaint") < scan.find("Calmed a client down"),
        "warnings come first"
    );
    let one = browser.open(&format!("/scan?for=public&entry={told}")).await.body;
    assert!(one.contains("One thing would be seen</strong>"));
    let receipt = browser.open("/scan?for=receipt").await.body;
    assert!(receipt.contains("Such a view tells nothing of it."));
    let entry = browser.open(&format!("/did/{told}")).await.body;
    assert!(entry.contains("<mark>Mr Brown</mark>"));
    let quiet = browser.open(&format!("/did/{silent}")).await.body;
    assert!(quiet.contains("has no text for others, so it is left out"));
}

#[tokio::test]
async fn what_somebody_said_is_read_by_others_in_the_words_written_for_them() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let said = metier
        .rate(
            "publish-an-article",
            None,
            metier_core::rating::Role::Manager,
            "Mo",
            "Edith Moss was angry",
        )
        .await
        .unwrap();
    let scan = browser.open(&format!("/scan?for=packet&entry={said}")).await.body;
    assert!(
        scan.contains("Edith Moss was angry") && scan.contains("a rating by a manager"),
        "{scan}"
    );
    let feedback = browser
        .open(&format!("/scan?for=feedback&entry={said}"))
        .await
        .body;
    assert!(feedback.contains("Such a view tells nothing of it."));
    let form = format!("/scan/words/{said}");
    assert!(scan.contains(&form));
    let page = browser.open(&form).await.body;
    assert!(page.contains("Edith Moss was angry") && !page.contains("as it stands</button>"));
    let to = browser
        .post(&form, &[("do", "text"), ("text", "A client was angry")])
        .await;
    let seen = browser.open(to.header(header::LOCATION)).await.body;
    assert!(
        seen.contains("A client was angry") && !seen.contains("Edith"),
        "{seen}"
    );
    assert!(seen.contains("the text for others"));
    assert!(
        browser
            .open(&form)
            .await
            .body
            .contains(">A client was angry</textarea>")
    );
    browser.post(&form, &[("do", "nothing"), ("text", "")]).await;
    let none = browser.open(&format!("/scan?entry={said}")).await.body;
    assert!(none.contains("one confidential, with no text for others"));
    browser.post(&form, &[("do", "itself"), ("text", "")]).await;
    assert!(
        browser
            .open(&format!("/scan?entry={said}"))
            .await
            .body
            .contains("Edith Moss was angry")
    );
    let empty = browser.post(&form, &[("do", "text"), ("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("No text for others was given"));
    let nosuch = browser
        .open("/scan/words/0198a000-0000-7000-8000-000000000000")
        .await;
    assert_eq!(nosuch.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_scan_of_many_entries_is_paged_and_stays_light() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let logs = (0..500).map(|n| LogEvidence {
        on: jiff::civil::date(2026, 3, 4),
        evidence: evidence(
            &format!("Coached Bo, and wrote about it at some length, number {n}"),
            happening_of(EvidenceKind::Accomplishment),
        ),
        claims: Vec::new(),
        files: Vec::new(),
    });
    metier.log_all(logs.collect()).await.unwrap();
    let page = browser.open("/scan?for=public").await.body;
    assert!(page.len() < 100_000, "{}", page.len());
    assert!(page.contains("Page 1 of ") && page.contains("for=public&amp;page=2"));
}

#[tokio::test]
async fn what_was_shown_to_somebody_is_noted_and_listed() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let open = log(&metier, "Ran the fair", false, "").await;
    let closed = log(&metier, "Closed the merger", true, "").await;
    let look = browser.open(&format!("/scan?for=packet&entry={open}")).await.body;
    assert!(look.contains("Have you shown it to somebody?") && !look.contains("What you showed"));
    assert!(
        browser
            .open("/show/packet")
            .await
            .body
            .contains("Note that I showed it")
    );
    let fields = [("for", "packet"), ("entry", &*open), ("with", "Mo"), ("on", "")];
    let to = browser.post("/scan/shared", &fields).await;
    let to = to.header(header::LOCATION).to_owned();
    assert!(to.contains("noted=1"), "{to}");
    let listed = browser.open(to.split('#').next().unwrap()).await.body;
    assert!(
        listed.contains("Noted: you showed one thing.") && listed.contains("one thing to Mo"),
        "{listed}"
    );
    for (fields, says) in [
        ([("entry", &*open), ("with", ""), ("on", "")], "Say to whom"),
        (
            [("entry", &*open), ("with", "Mo"), ("on", "2099-01-01")],
            "has not come yet",
        ),
        (
            [("entry", &*closed), ("with", "Mo"), ("on", "")],
            "nothing in it that Mo would see",
        ),
    ] {
        let answer = browser.post("/scan/shared", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
    }
}

#[tokio::test]
async fn noting_that_a_packet_was_shown_carries_no_list_and_notes_what_is_in_it() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let page = browser.open("/show/packet?for=Mo").await.body;
    assert!(
        !page.contains("name=\"entry\""),
        "however much is in it, the page names none of it twice"
    );
    let known = page.split("name=\"known\" value=\"").nth(1).unwrap();
    let known = known.split('"').next().unwrap().to_owned();
    let asked = metier_app::PacketAsked {
        reader: Some("Mo".into()),
        level: None,
        since: None,
    };
    let seen = metier
        .packet(&asked)
        .await
        .unwrap()
        .seen(known.parse().unwrap())
        .len();
    assert!(seen > 5);
    for (fields, says) in [
        ([("known", &*known), ("with", ""), ("on", "")], "Say to whom"),
        (
            [("known", &*known), ("with", "Mo"), ("on", "2099-01-01")],
            "has not come yet",
        ),
    ] {
        let answer = browser.post("/show/packet/shown?for=Mo", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(says) && answer.body.contains("/show/packet/shown?for=Mo"),
            "{says}"
        );
    }
    let undated = browser
        .post("/show/packet/shown?for=Mo", &[("with", "Mo"), ("on", "")])
        .await;
    assert!(
        undated.body.contains("does not say when it was made"),
        "{}",
        undated.body
    );
    let fields = [("known", &*known), ("with", "Mo"), ("on", "")];
    let to = browser.post("/show/packet/shown?for=Mo", &fields).await;
    let to = to.header(header::LOCATION).to_owned();
    assert!(to.contains(&format!("noted={seen}")), "{to}, {seen}");
}

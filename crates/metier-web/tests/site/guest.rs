//! Links for somebody without an account: one form, and nothing else.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use jiff::ToSpan;
use metier_app::{AskFeedback, FeedbackBook, Requested};
use metier_core::feedback::{Channel, FeedbackSaid, NextTime};
use metier_core::journal::{Arrival, Audience, Fact, Purpose};
use metier_core::rating::Role;

use crate::browser::{Answer, Browser, PORT, plain, surroundings};

const COMPETENCY: &str = "publish-an-article";

pub fn ask() -> AskFeedback {
    AskFeedback {
        to: "Bo".into(),
        role: Role::Peer,
        competencies: vec![COMPETENCY.into()],
        work: None,
        purpose: Purpose::Administrative,
        seen_by: vec!["Edith".into()],
        until: surroundings().today() + 7.days(),
        channel: Channel::Link,
        note: "You sat beside me in October.".into(),
    }
}

pub async fn asked(browser: &Browser, ask: AskFeedback) -> (Requested, String) {
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let requested = metier.ask_feedback(ask).await.unwrap();
    let token = requested.link.as_ref().unwrap().token.as_str().to_owned();
    (requested, format!("/for/{token}"))
}

/// A form as the page of the link sends it, without any session.
pub fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request = plain(Method::POST, path);
    *request.body_mut() = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
        .into();
    let headers = request.headers_mut();
    headers.insert(
        header::ORIGIN,
        format!("http://127.0.0.1:{PORT}").parse().unwrap(),
    );
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    request
}

async fn get(browser: &Browser, path: &str) -> Answer {
    browser.send(plain(Method::GET, path)).await
}

const WELL: [(&str, &str); 5] = [
    ("saw", "Rewrote the lead twice, unasked, before it went to Edith"),
    ("when", "in October"),
    ("next-publish-an-article", "yes"),
    ("step-publish-an-article", "reliable"),
    ("change", "Show it earlier"),
];

#[tokio::test]
async fn the_holder_of_a_link_reads_who_sees_it_answers_once_and_keeps_a_receipt() {
    let browser = Browser::on_example().await;
    let (requested, path) = asked(&browser, ask()).await;
    let page = get(&browser, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    let first = page.body.find("First: who sees this").unwrap();
    assert!(first < page.body.find("What did you see them do?").unwrap());
    for said in [
        "and Edith see what you write",
        "decision about",
        "You sat beside me",
        "<strong>Bo</strong>",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains("href=\"/\""), "no way into the site");

    let faulty = browser
        .send(form(&path, &[("saw", ""), ("change", "Show it earlier")]))
        .await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.body.contains("Say what you saw") && faulty.body.contains("Show it earlier"));

    let sent = browser.send(form(&path, &WELL)).await;
    assert_eq!(
        (sent.status, sent.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    let receipt = get(&browser, &path).await;
    assert!(receipt.body.contains("Thank you") && receipt.body.contains("sha256:"));
    assert!(!receipt.body.contains("Rewrote"), "a receipt repeats nothing");
    let file = get(&browser, &format!("{path}?file=1")).await;
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert!(file.body.contains("digest of answer  sha256:"));

    // Sent again, by a second click: nothing more is recorded.
    let again = browser.send(form(&path, &WELL)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let (entries, _) = metier.read().await.unwrap();
    let book = FeedbackBook::of(&entries, surroundings().today());
    assert_eq!(book.requests[0].answers.len(), 1);
    let given = &book.given[0];
    assert_eq!(given.given.request, Some(requested.id));
    let FeedbackSaid::Observed(observed) = &given.given.said else {
        panic!()
    };
    assert_eq!(observed.of[0].next_time, NextTime::Unsupervised);
    let ratings: Vec<_> = entries
        .iter()
        .filter_map(|e| match &e.payload.fact {
            Fact::Rating(r) if r.arrival == Arrival::ByLink => Some((r, &e.payload)),
            _ => None,
        })
        .collect();
    let [(rating, payload)] = ratings.as_slice() else {
        panic!("{ratings:?}")
    };
    assert_eq!((rating.rater.as_str(), rating.role), ("Bo", Role::Peer));
    assert_eq!(rating.rung.as_ref().unwrap().as_str(), "reliable");
    assert_eq!(payload.purpose, Purpose::Administrative);
    assert_eq!(payload.audience, Audience::Parties(vec!["Edith".into()]));
    let link = &metier.links().await.unwrap()[0];
    assert_eq!(link.opened.unwrap().times, 1);
}

#[tokio::test]
async fn what_is_unknown_or_taken_back_looks_the_same_and_what_is_over_says_whom_to_ask() {
    let browser = Browser::on_example().await;
    let (requested, path) = asked(&browser, ask()).await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    assert_eq!(metier.revoke_links(requested.id).await.unwrap(), 1);
    let revoked = get(&browser, &path).await;
    let unknown = get(&browser, &format!("/for/{}", "a".repeat(52))).await;
    assert_eq!((revoked.status, &revoked.body), (unknown.status, &unknown.body));
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!unknown.body.contains(metier.name()));
    let sent = browser.send(form(&path, &WELL)).await;
    assert_eq!(sent.body, unknown.body);

    let (requested, path) = asked(&browser, ask()).await;
    metier.withdraw_request(requested.id, "").await.unwrap();
    assert_eq!(get(&browser, &path).await.body, unknown.body);
}

#[tokio::test]
async fn the_form_of_another_site_and_one_that_is_too_large_record_nothing() {
    let browser = Browser::on_example().await;
    let (_, path) = asked(&browser, ask()).await;
    for origin in ["https://evil.example", "null"] {
        let mut foreign = form(&path, &WELL);
        foreign
            .headers_mut()
            .insert(header::ORIGIN, origin.parse().unwrap());
        assert_eq!(browser.send(foreign).await.status, StatusCode::FORBIDDEN);
    }
    let mut silent = form(&path, &WELL);
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(browser.send(silent).await.status, StatusCode::FORBIDDEN);
    let mut elsewhere = form(&path, &WELL);
    elsewhere
        .headers_mut()
        .insert(header::HOST, "evil.example".parse().unwrap());
    assert_eq!(browser.send(elsewhere).await.status, StatusCode::FORBIDDEN);

    let long = "x".repeat(30_000);
    let answer = browser.send(form(&path, &[("saw", &long)])).await;
    assert!(answer.body.contains("at most 20000") && answer.body.contains(&long));
    let huge = "x".repeat(300_000);
    let answer = browser.send(form(&path, &[("saw", &huge)])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("That was too long") && !answer.body.contains("bytes"));
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let (entries, _) = metier.read().await.unwrap();
    assert!(
        FeedbackBook::of(&entries, surroundings().today())
            .given
            .is_empty()
    );
}

#[tokio::test]
async fn nobody_tries_links_without_end() {
    let browser = Browser::on_example().await;
    let (_, path) = asked(&browser, ask()).await;
    let wrong = format!("/for/{}", "b".repeat(52));
    let mut statuses = Vec::new();
    for _ in 0..61 {
        statuses.push(get(&browser, &wrong).await.status);
    }
    assert_eq!(statuses[59], StatusCode::NOT_FOUND);
    assert_eq!(statuses[60], StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        get(&browser, &path).await.status,
        StatusCode::OK,
        "a link that opens still opens"
    );
}

/// Every address of the site, as the sources name them.
fn every_route() -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let parts = text.split(".route(").skip(1);
                found.extend(parts.filter_map(|part| Some(part.split('"').nth(1)?.to_owned())));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    found
}

#[tokio::test]
async fn a_link_opens_no_other_page() {
    let browser = Browser::on_example().await;
    let (requested, path) = asked(&browser, ask()).await;
    let token = path.rsplit('/').next().unwrap().to_owned();
    let routes = every_route();
    assert!(
        routes.len() > 40 && routes.iter().any(|r| r == "/for/{token}"),
        "{routes:?}"
    );
    let open = ["/for/{token}", "/assets/{digest}/{name}"];
    for route in routes.iter().filter(|r| !open.contains(&r.as_str())) {
        let parts = route.split('/').map(|part| match part {
            "{id}" | "{entry}" => requested.id.to_string(),
            part if part.starts_with('{') => COMPETENCY.to_owned(),
            part => part.to_owned(),
        });
        let address = parts.collect::<Vec<_>>().join("/");
        let with_token = format!("{address}?token={token}");
        for (method, address) in [
            (Method::GET, &address),
            (Method::GET, &with_token),
            (Method::POST, &address),
            (Method::DELETE, &address),
        ] {
            let mut request = if method == Method::POST {
                form(address, &WELL)
            } else {
                plain(method.clone(), address)
            };
            request
                .headers_mut()
                .insert(header::COOKIE, format!("metier-{PORT}={token}").parse().unwrap());
            let answer = browser.send(request).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {address}");
        }
    }
    for below in ["", "/", "/receipt", "/../did", "/%2e%2e/did"] {
        let address = if below.is_empty() {
            "/for/".to_owned()
        } else {
            format!("{path}{below}")
        };
        let answer = get(&browser, &address).await;
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
    }
}

#[tokio::test]
async fn who_is_asked_what_a_piece_of_work_was_worth_reads_its_text_for_others() {
    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let mut told = metier_app::evidence(
        "Saved the Zanzibar account",
        metier_app::happening_of(metier_core::framework::EvidenceKind::Accomplishment),
    );
    told.confidential = true;
    told.redacted = "Saved a large account".into();
    let work = metier_app::LogEvidence {
        on: surroundings().today(),
        evidence: told,
        claims: Vec::new(),
        files: Vec::new(),
    };
    let work = metier.log(work).await.unwrap();
    let recognition = AskFeedback {
        competencies: Vec::new(),
        work: Some(work),
        ..ask()
    };
    let (_, path) = asked(&browser, recognition).await;
    let page = get(&browser, &path).await.body;
    assert!(page.contains("Saved a large account") && page.contains("How hard was it?"));
    assert!(!page.contains("Zanzibar"));
    let fields = [
        ("what", "They kept a client that had left"),
        ("otherwise", "We would have let two go"),
    ];
    assert_eq!(
        browser.send(form(&path, &fields)).await.status,
        StatusCode::SEE_OTHER
    );
    let (entries, _) = metier.read().await.unwrap();
    let book = FeedbackBook::of(&entries, surroundings().today());
    let FeedbackSaid::Recognised(said) = &book.given[0].given.said else {
        panic!()
    };
    assert_eq!(said.otherwise, "We would have let two go");
    let page = browser
        .open(&format!("/people/said/{}", book.given[0].id))
        .await
        .body;
    assert!(page.contains("They kept a client that had left"));
}

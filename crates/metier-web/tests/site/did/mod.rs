//! What I did: every way of writing down, correcting, taking back and erasing, with what each refuses.

mod drafts;
mod entry;
mod form;
mod line;
mod list;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use metier_app::{AimChoice, Deed, Metier, deeds, starters};
use metier_core::journal::Entry;
use metier_core::person::ProfessionStatus;

use crate::browser::{Answer, Browser, PORT, plain};

const TODAY: &str = "2026-11-22";

/// A nurse who has begun and recorded nothing.
async fn nurse() -> (Browser, Arc<Metier>) {
    let browser = Browser::on_nothing().await;
    let metier = browser.shared.start("Ada").await.unwrap();
    let nursing = starters().remove(0).framework;
    let choice = AimChoice {
        level: Some(nursing.levels[1].id.clone()),
        own: None,
        by: None,
    };
    metier
        .begin(nursing, ProfessionStatus::Held, choice)
        .await
        .unwrap();
    (browser, metier)
}

async fn entries(metier: &Metier) -> Arc<Vec<Entry>> {
    metier.read().await.unwrap().0
}

async fn how_many(metier: &Metier) -> usize {
    entries(metier).await.len()
}

fn leads_to(answer: &Answer) -> &str {
    let faults = answer.body.split("role=\"alert\"").nth(1).unwrap_or_default();
    let faults: String = faults.chars().take(400).collect();
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{faults}");
    answer.header(header::LOCATION)
}

fn only(entries: &[Entry]) -> Deed<'_> {
    let mut deeds = deeds(entries);
    assert_eq!(deeds.len(), 1);
    deeds.remove(0)
}

/// Part of a form with files.
enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a str, &'a [u8]),
}

/// A form with files, as a browser sends it.
fn upload(browser: &Browser, path: &str, parts: &[Part<'_>]) -> Request<Body> {
    let mut body = Vec::new();
    for part in parts {
        let (head, bytes) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\""), text.as_bytes()),
            Part::File(name, file, bytes) => (
                format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: text/html"),
                *bytes,
            ),
        };
        body.extend(format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    let mut request = plain(Method::POST, path);
    *request.body_mut() = body.into();
    let headers = request.headers_mut();
    headers.insert(header::COOKIE, browser.session.parse().unwrap());
    headers.insert(
        header::ORIGIN,
        format!("http://127.0.0.1:{PORT}").parse().unwrap(),
    );
    headers.insert(
        header::CONTENT_TYPE,
        "multipart/form-data; boundary=cut".parse().unwrap(),
    );
    request
}

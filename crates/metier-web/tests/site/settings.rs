//! Settings: everything out and in, verified; the aim; and every refusal.

use axum::body::to_bytes;
use axum::http::{Method, StatusCode, header};
use tower::ServiceExt;

use crate::browser::{Browser, plain};
use crate::framework::post_file;
use crate::page::seen;

/// The export's bytes.
async fn export(browser: &Browser) -> Vec<u8> {
    let mut request = plain(Method::GET, "/settings/export");
    request
        .headers_mut()
        .insert(header::COOKIE, browser.session.parse().unwrap());
    let response = metier_web::router(browser.shared.clone())
        .oneshot(request)
        .await
        .unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/zip");
    let name = response.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(name, "attachment; filename=\"metier-2026-11-22.zip\"");
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

#[tokio::test]
async fn the_page_says_where_everything_is() {
    let browser = Browser::on_example().await;
    let home = browser.shared.home().display().to_string();
    seen(
        &browser.open("/settings").await,
        &[
            home.as_str(),
            "metier.db",
            "Download everything",
            "Erase everything here",
            "Fingerprint of your key",
            "sha256:",
            "Days before its end that a credential is warned about",
            "Senior",
        ],
    );
}

#[tokio::test]
async fn everything_goes_out_and_comes_back_and_what_is_damaged_changes_nothing() {
    let browser = Browser::on_example().await;
    let file = export(&browser).await;
    let head = browser
        .shared
        .metier()
        .await
        .unwrap()
        .unwrap()
        .head()
        .await
        .unwrap();
    seen(
        &post_file(&browser, "/settings/import", "copy.zip", &file).await,
        &["nothing in it was new"],
    );
    for (name, bytes) in [("cut.zip", &file[..file.len() / 2]), ("text.zip", &b"hello"[..])] {
        let answer = post_file(&browser, "/settings/import", name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            answer.body.contains(name) && answer.body.contains("Nothing was changed"),
            "{}",
            answer.body
        );
    }
    let other = Browser::on_example().await;
    let foreign = export(&other).await;
    let answer = post_file(&browser, "/settings/import", "other.zip", &foreign).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("another than the one here"),
        "{}",
        answer.body
    );
    let answer = browser.post("/settings/import", &[]).await;
    assert!(answer.body.contains("Choose a file first."), "{}", answer.body);
    let after = browser
        .shared
        .metier()
        .await
        .unwrap()
        .unwrap()
        .head()
        .await
        .unwrap();
    assert_eq!(head, after);
}

#[tokio::test]
async fn verifying_says_that_all_is_well() {
    let browser = Browser::on_example().await;
    seen(
        &browser.post("/settings/verify", &[]).await,
        &["All is well.", "entries and"],
    );
}

#[tokio::test]
async fn the_aim_is_changed_and_a_day_gone_by_is_refused() {
    let browser = Browser::on_example().await;
    let level = browser.open("/settings/aim").await;
    seen(&level, &["selected>Senior"]);
    let answer = browser
        .post("/settings/aim", &[("level", "nowhere"), ("by", "2001-01-01")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Choose one of these."), "{}", answer.body);
    assert!(answer.body.contains("This day has passed"), "{}", answer.body);
    let answer = browser
        .post("/settings/aim", &[("level", ""), ("by", "2028-01-01")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    seen(
        &browser.open("/settings").await,
        &["Nothing yet", "1 January 2028"],
    );
}

#[tokio::test]
async fn damage_is_named_and_the_page_that_looks_for_it_still_opens() {
    let browser = Browser::on_example().await;
    browser.open("/settings").await;
    browser.shared.close().await;
    let file = browser.shared.home().join(metier_app::STORE_FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    let title = b"Example Garden Tools";
    let at = bytes.windows(title.len()).position(|w| w == title).unwrap();
    bytes[at] = b'X';
    std::fs::write(&file, bytes).unwrap();
    let found = browser.post("/settings/verify", &[]).await;
    seen(&found, &["Something is damaged", "entry "]);
    let page = browser.open("/settings").await;
    seen(&page, &["action=\"/settings/verify\""]);
}

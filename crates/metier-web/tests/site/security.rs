//! Who may ask, and what a browser may do with the answer.

use axum::http::{HeaderValue, Method, StatusCode, header};

use crate::browser::{Browser, PORT, plain};

#[tokio::test]
async fn a_foreign_host_is_refused_even_with_the_session() {
    let browser = Browser::on_nothing().await;
    for host in [
        "evil.example:4711",
        "127.0.0.1.evil.example:4711",
        "127.0.0.1:4712",
        "127.0.0.1",
        "localhost",
        "[::2]:4711",
        "",
    ] {
        let mut request = plain(Method::GET, "/");
        let headers = request.headers_mut();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        headers.insert(header::COOKIE, browser.session.parse().unwrap());
        assert_eq!(
            browser.send(request).await.status,
            StatusCode::FORBIDDEN,
            "{host}"
        );
    }
    let mut nameless = plain(Method::GET, "/");
    nameless.headers_mut().remove(header::HOST);
    assert_eq!(browser.send(nameless).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_name_of_this_machine_is_answered() {
    let browser = Browser::on_nothing().await;
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        let mut request = plain(Method::GET, "/how");
        let headers = request.headers_mut();
        headers.insert(header::HOST, format!("{host}:{PORT}").parse().unwrap());
        headers.insert(header::COOKIE, browser.session.parse().unwrap());
        assert_eq!(browser.send(request).await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn without_the_session_nothing_is_shown_but_how_to_get_in() {
    let browser = Browser::on_example().await;
    for path in [
        "/",
        "/how",
        "/did",
        "/competency/publish-an-article",
        "/no-such-page",
    ] {
        let answer = browser.send(plain(Method::GET, path)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(answer.body.contains("?token="), "{path} says how to get in");
        assert!(!answer.body.contains("Ada"), "{path} tells nothing");
    }
    for cookie in ["metier-4711=", "metier-4711=00", "metier-4712=x", "nonsense"] {
        let mut request = plain(Method::GET, "/");
        request
            .headers_mut()
            .insert(header::COOKIE, cookie.parse().unwrap());
        assert_eq!(
            browser.send(request).await.status,
            StatusCode::UNAUTHORIZED,
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn the_token_is_exchanged_for_a_cookie_and_leaves_the_address() {
    let browser = Browser::on_nothing().await;
    let token = browser.shared.token().to_owned();
    let answer = browser
        .send(plain(Method::GET, &format!("/?as-of=2026-08-12&token={token}")))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(header::LOCATION), "/?as-of=2026-08-12");
    let cookie = answer.header(header::SET_COOKIE);
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains(&token), "the session is not the token");

    let elsewhere = browser
        .send(plain(Method::GET, &format!("//evil.example/?token={token}")))
        .await;
    assert!(!elsewhere.header(header::LOCATION).starts_with("//"));

    let wrong = browser.send(plain(Method::GET, "/?token=1234")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.header(header::SET_COOKIE), "");
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let browser = Browser::on_example().await;
    let path = "/competency/publish-an-article/rate";
    let fields = [("rater-role", "self"), ("sees", "owns")];
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:4712",
        "https://127.0.0.1:4711",
    ] {
        let answer = browser.send(browser.form(path, &fields, origin)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    let mut cross = browser.form(path, &fields, "http://127.0.0.1:4711");
    cross
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(browser.send(cross).await.status, StatusCode::FORBIDDEN);
    let mut silent = browser.form(path, &fields, "http://127.0.0.1:4711");
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(browser.send(silent).await.status, StatusCode::FORBIDDEN);

    let own = browser.post(path, &fields).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_answer_says_what_the_browser_may_do() {
    let browser = Browser::on_example().await;
    for path in ["/", "/how", "/no-such-page", "/start"] {
        let answer = browser.open(path).await;
        assert_eq!(
            answer.header(header::CONTENT_SECURITY_POLICY),
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        // `no-referrer` would make a browser send our own forms with `Origin: null`.
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
        assert!(
            !answer.body.contains("style=\"") && !answer.body.contains("onclick"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_words() {
    let browser = Browser::on_example().await;
    let long = "x".repeat(5 << 20);
    let answer = browser
        .post(
            "/competency/publish-an-article/rate",
            &[("rater-role", "self"), ("sees", "owns"), ("because", &long)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Nothing was recorded"));
}

#[tokio::test]
async fn assets_can_be_kept_for_ever_and_are_named_by_their_content() {
    let browser = Browser::on_nothing().await;
    let page = browser.open("/how").await.body;
    let sheet = page
        .split('"')
        .find(|part| part.starts_with("/assets/") && part.contains("style.css"))
        .unwrap();
    let answer = browser.send(plain(Method::GET, sheet)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header(header::CACHE_CONTROL).contains("immutable"));
    let stale = browser
        .send(plain(Method::GET, "/assets/000000000000/style.css"))
        .await;
    assert_eq!(stale.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_attachment_is_only_ever_downloaded() {
    use metier_app::{LogEvidence, evidence, happening_of};
    use metier_core::framework::EvidenceKind;

    let browser = Browser::on_example().await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let active = b"<script>alert(1)</script>".to_vec();
    let log = LogEvidence {
        on: metier.surroundings().today(),
        evidence: evidence("A page", happening_of(EvidenceKind::Accomplishment)),
        claims: Vec::new(),
        files: vec![("page\".html".into(), "text/html".into(), active.clone())],
    };
    let entry = metier.log(log).await.unwrap();
    let page = browser.open(&format!("/did/{entry}")).await.body;
    let link = format!("/did/{entry}/file/");
    let link = page.split('"').find(|part| part.starts_with(&link)).unwrap();
    let answer = browser.open(link).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body.as_bytes(), active);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/octet-stream");
    assert!(
        answer
            .header(header::CONTENT_DISPOSITION)
            .starts_with("attachment; filename=\"page_.html\"")
    );
    assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
}

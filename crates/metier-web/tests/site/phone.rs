//! A phone of the same network: paired by a square, it adds and sees nothing.

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use metier_web::phone_router;
use tower::ServiceExt;

use crate::browser::{Answer, Browser, plain};

const AT: &str = "192.168.1.5:8738";

/// A phone in the network: its cookie, once it has one.
struct Handset<'b> {
    browser: &'b Browser,
    cookie: String,
}

impl<'b> Handset<'b> {
    fn new(browser: &'b Browser) -> Self {
        Self {
            browser,
            cookie: String::new(),
        }
    }

    /// Pairs by what the owner's page shows.
    async fn paired(browser: &'b Browser) -> Self {
        let mut phone = Self::new(browser);
        let code = code(browser).await;
        let answer = phone
            .post("/pair", &[("code", &code), ("name", "Ada's <phone>")])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.header(header::SET_COOKIE);
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        phone.cookie = cookie.split(';').next().unwrap().into();
        phone
    }

    fn request(&self, method: Method, path: &str) -> Request<Body> {
        let mut request = plain(method, path);
        let headers = request.headers_mut();
        headers.insert(header::HOST, AT.parse().unwrap());
        if !self.cookie.is_empty() {
            headers.insert(header::COOKIE, self.cookie.parse().unwrap());
        }
        request
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let router = phone_router(self.browser.shared.clone());
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn open(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    fn form(&self, path: &str, fields: &[(&str, &str)], origin: &str) -> Request<Body> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = self.request(Method::POST, path);
        *request.body_mut() = body.into();
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".parse().unwrap(),
        );
        request
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields, &format!("http://{AT}"))).await
    }
}

async fn reached() -> Browser {
    let mut browser = Browser::on_example().await;
    browser.shared = browser.shared.reached_by_phones(AT.parse().unwrap());
    browser
}

/// The code on the owner's page.
async fn code(browser: &Browser) -> String {
    let page = browser.post("/settings/phone", &[]).await.body;
    assert!(
        page.contains("<svg class=\"qr\"") && page.contains("It pairs one phone."),
        "{page}"
    );
    let from = page.find("/pair?code=").unwrap() + "/pair?code=".len();
    page[from..from + 32].to_owned()
}

/// Words of the example career that no phone may read.
const OF_THE_JOURNAL: [&str; 6] = ["Publish", "house standard", "Senior", "Ada", "Edith", "market"];

fn shows_nothing(answer: &Answer, of: &str) {
    for word in OF_THE_JOURNAL {
        assert!(!answer.body.contains(word), "{of} shows {word}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_paired_phone_adds_what_waits_for_a_yes() {
    let browser = reached().await;
    let phone = Handset::paired(&browser).await;
    let page = phone.open("/").await;
    assert_eq!(page.status, StatusCode::OK);
    shows_nothing(&page, "/");
    let note = [
        ("what", "note"),
        ("note", "Coached Bo\nthrough it"),
        ("on", "2026-11-20"),
    ];
    let kept = phone.post("/", &note).await;
    assert_eq!(kept.header(header::LOCATION), "/?done=kept");
    let practice = [
        ("what", "practice"),
        ("title", "Wrote a headline"),
        ("attempts", "5"),
        ("clean", "4"),
        ("time", "1"),
    ];
    phone.post("/", &practice).await;
    let told = phone.open("/?done=kept").await;
    assert!(told.body.contains("waits on your computer"));
    assert!(
        !told.body.contains("Bo") && !told.body.contains("headline"),
        "not even what it added"
    );

    let drafts = browser.open("/did/drafts").await.body;
    assert!(
        drafts.contains("Coached Bo") && drafts.contains("Wrote a headline"),
        "{drafts}"
    );
    assert!(
        drafts.contains("Ada&#39;s &lt;phone&gt;") || drafts.contains("Ada's &lt;phone&gt;"),
        "{drafts}"
    );
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let waiting = metier.captured().await.unwrap();
    let yes = waiting.iter().map(|d| metier_app::Yes::to(d.id)).collect();
    let recorded = metier.confirm_drafts(yes).await.unwrap();
    assert_eq!(recorded.now.len(), 2);

    let twice = [
        ("what", "practice"),
        ("title", "Wrote a headline"),
        ("attempts", "4"),
        ("clean", "5"),
    ];
    let wrong = phone.post("/", &twice).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("5 came off and only 4 were tried."));
    assert!(
        wrong.body.contains("value=\"Wrote a headline\""),
        "nothing typed is lost"
    );
    for (fields, says) in [
        (vec![("what", "note"), ("note", " ")], "Say what you did"),
        (
            vec![("what", "note"), ("note", "x1"), ("on", "soon")],
            "Write the day like",
        ),
        (
            vec![("what", "practice"), ("title", "x1"), ("attempts", "many")],
            "Write a whole number.",
        ),
    ] {
        let answer = phone.post("/", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_paired_phone_is_refused_every_other_page() {
    let browser = reached().await;
    let phone = Handset::paired(&browser).await;
    let metier = browser.shared.metier().await.unwrap().unwrap();
    let entry = metier.read().await.unwrap().0[9].link.id;
    let paths = [
        "/did",
        "/did/drafts",
        "/did/paste",
        "/did/new",
        "/did/table",
        "/mastery",
        "/framework",
        "/how",
        "/calls",
        "/settings",
        "/settings/export",
        "/settings/import",
        "/settings/names",
        "/settings/phone",
        "/settings/aim",
        "/scan",
        "/start",
        "/competency/publish-an-article",
        "/assets/0/style.css",
        "//did",
        "/%2e%2e/did",
        "/?token=1",
    ];
    for path in paths
        .map(str::to_owned)
        .into_iter()
        .chain([format!("/did/{entry}")])
    {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            if path.starts_with("/?") {
                continue;
            }
            let mut request = phone.form(&path, &[("entry", "x")], &format!("http://{AT}"));
            *request.method_mut() = method.clone();
            let answer = phone.send(request).await;
            assert!(
                [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&answer.status),
                "{method} {path}: {}",
                answer.status
            );
            shows_nothing(&answer, &path);
        }
    }
    // The owner's token opens nothing here, nor the phone's key there, under any name of it.
    let token = format!("/?token={}", browser.shared.token());
    shows_nothing(&phone.open(&token).await, "with the owner's token");
    let key = phone.cookie.split_once('=').unwrap().1;
    for cookie in [phone.cookie.clone(), format!("metier-4711={key}")] {
        let mut request = plain(Method::GET, "/did");
        request
            .headers_mut()
            .insert(header::COOKIE, cookie.parse().unwrap());
        assert_eq!(browser.send(request).await.status, StatusCode::UNAUTHORIZED);
    }
    let mut owner = Handset::new(&browser);
    owner.cookie.clone_from(&browser.session);
    assert_eq!(
        owner.open("/").await.status,
        StatusCode::UNAUTHORIZED,
        "nor the owner's session here"
    );
    // And it writes nothing into the journal itself.
    let before = metier.read().await.unwrap().0.len();
    phone.post("/", &[("what", "note"), ("note", "Coached Bo")]).await;
    assert_eq!(metier.read().await.unwrap().0.len(), before);
}

#[tokio::test]
async fn a_code_pairs_one_phone_and_looking_at_it_uses_nothing_up() {
    let browser = reached().await;
    let phone = Handset::new(&browser);
    assert_eq!(phone.open("/").await.status, StatusCode::UNAUTHORIZED);
    let old = code(&browser).await;
    let new = code(&browser).await;
    for wrong in ["", "0", old.as_str()] {
        let asked = phone.open(&format!("/pair?code={wrong}")).await;
        assert_eq!(asked.status, StatusCode::GONE, "a newer square is in its place");
        assert_eq!(
            phone.post("/pair", &[("code", wrong)]).await.status,
            StatusCode::GONE
        );
    }
    for _ in 0..2 {
        let asked = phone.open(&format!("/pair?code={new}")).await;
        assert_eq!(asked.status, StatusCode::OK);
        shows_nothing(&asked, "/pair");
    }
    assert_eq!(
        phone.post("/pair", &[("code", &new)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        phone.post("/pair", &[("code", &new)]).await.status,
        StatusCode::GONE
    );
    let page = browser.open("/settings/phone").await.body;
    assert!(page.contains("Pair a phone") && !page.contains("code="), "{page}");
}

#[tokio::test]
async fn an_unpaired_phone_adds_nothing_more() {
    let browser = reached().await;
    let phone = Handset::paired(&browser).await;
    let other = Handset::paired(&browser).await;
    let page = browser.open("/settings/phone").await.body;
    let from = page.find("name=\"phone\" value=\"").unwrap() + "name=\"phone\" value=\"".len();
    let id = &page[from..from + 36];
    let done = browser.post("/settings/phone/unpair", &[("phone", id)]).await;
    assert!(
        browser
            .open(done.header(header::LOCATION))
            .await
            .body
            .contains("adds nothing from now on")
    );
    let again = browser.post("/settings/phone/unpair", &[("phone", id)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let note = [("what", "note"), ("note", "Coached Bo")];
    let refused = phone.post("/", &note).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.body.contains("This phone is not paired"));
    assert_eq!(
        other.open("/").await.status,
        StatusCode::OK,
        "the other one still may"
    );
    assert_eq!(other.post("/forget", &[]).await.status, StatusCode::OK);
    assert_eq!(other.open("/").await.status, StatusCode::UNAUTHORIZED);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    assert_eq!(metier.captured().await.unwrap(), []);
}

#[tokio::test]
async fn another_name_another_origin_or_too_much_is_refused() {
    let browser = reached().await;
    let phone = Handset::paired(&browser).await;
    for host in [
        "evil.example",
        "192.168.1.5",
        "192.168.1.5:80",
        "127.0.0.1:8738",
        "localhost:4711",
    ] {
        let mut request = phone.request(Method::GET, "/");
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        assert_eq!(phone.send(request).await.status, StatusCode::FORBIDDEN, "{host}");
    }
    let note = [("what", "note"), ("note", "Coached Bo")];
    for origin in ["http://evil.example", "null", "https://192.168.1.5:8738"] {
        let answer = phone.send(phone.form("/", &note, origin)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    let mut silent = phone.form("/", &note, "x");
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(phone.send(silent).await.status, StatusCode::FORBIDDEN);
    let much = "x".repeat(600 << 10);
    let answer = phone.post("/", &[("what", "note"), ("note", &much)]).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let metier = browser.shared.metier().await.unwrap().unwrap();
    assert_eq!(metier.captured().await.unwrap(), []);
}

#[tokio::test]
async fn unless_it_is_asked_for_no_phone_is_answered() {
    let browser = Browser::on_example().await;
    let page = browser.post("/settings/phone", &[]).await.body;
    assert!(page.contains("It is off.") && page.contains("metier serve --phone"));
    assert!(!page.contains("code="));
    let phone = Handset::new(&browser);
    assert_eq!(phone.open("/").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn in_the_network_a_link_opens_its_form_and_nothing_else() {
    let browser = reached().await;
    let (asked, _) = crate::guest::asked(&browser, crate::guest::ask()).await;
    browser
        .post(&format!("/people/asked/{}/link", asked.id), &[])
        .await;
    let page = browser.open(&format!("/people/asked/{}", asked.id)).await.body;
    assert!(page.contains("It opens in the local network"), "{page}");
    let from = page
        .find(&format!("http://{AT}/for/"))
        .unwrap_or_else(|| panic!("{page}"));
    let path = page[from..].strip_prefix(&format!("http://{AT}")).unwrap();
    let path = path[..path.find('<').unwrap()].to_owned();
    let neighbour = Handset::new(&browser);
    let form = neighbour.open(&path).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    assert!(form.body.contains("who sees this"), "{}", form.body);
    // Neither the way in of the owner nor that of a phone.
    for elsewhere in ["/", "/people", "/did", "/for/", "/for/nothing"] {
        let answer = neighbour.open(elsewhere).await;
        shows_nothing(&answer, elsewhere);
    }
    let foreign = neighbour.form(&path, &[("saw", "it")], "http://elsewhere.example");
    assert_eq!(neighbour.send(foreign).await.status, StatusCode::FORBIDDEN);
}

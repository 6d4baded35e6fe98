//! A browser in a few lines: it keeps the session and asks the router directly.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::Timestamp;
use metier_app::{Metier, Surroundings};
use metier_core::journal::{Fact, view};
use metier_web::{Shared, router};
use tempfile::TempDir;
use tower::ServiceExt;

/// The port the site believes to be served on.
pub const PORT: u16 = 4711;

/// A clock that moves on a millisecond whenever it is looked at, so that what is told later reads later,
/// and dice that always fall alike, but for ids.
pub fn surroundings() -> Surroundings {
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
    static LOOKED: AtomicI64 = AtomicI64::new(0);
    static THROWN: AtomicU64 = AtomicU64::new(1);
    Surroundings {
        now: || {
            let millis = LOOKED.fetch_add(1, Ordering::Relaxed);
            jiff::Timestamp::constant(1_795_305_600, 0) + jiff::SignedDuration::from_millis(millis)
        },
        random: |bytes| {
            let n = THROWN.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            for (byte, i) in bytes.iter_mut().zip(0..) {
                *byte = n[i % 8];
            }
        },
        zone: jiff::tz::TimeZone::UTC,
    }
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

/// A site over a home, and the session of who opened it.
pub struct Browser {
    pub shared: Shared,
    pub session: String,
    home: TempDir,
}

impl Browser {
    /// On an empty home.
    pub async fn on_nothing() -> Self {
        Self::on(tempfile::tempdir().unwrap()).await
    }

    /// On the example career.
    pub async fn on_example() -> Self {
        let home = tempfile::tempdir().unwrap();
        let metier = Metier::open_or_start(home.path(), surroundings(), &Metier::example_name())
            .await
            .unwrap();
        metier.fill_example().await.unwrap();
        metier.close().await;
        Self::on(home).await
    }

    /// The folder of its home.
    pub fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// On the example career, before anything was said of what mastery is.
    pub async fn on_example_unsaid() -> Self {
        let browser = Self::on_example().await;
        let metier = Metier::open(browser.home.path(), surroundings()).await.unwrap();
        let entries = metier.whole().await.unwrap().entries;
        for fact in view(&entries, Timestamp::MAX).facts {
            if matches!(fact.fact(), Fact::Mastery(_)) {
                metier.withdraw(fact.root, "").await.unwrap();
            }
        }
        metier.close().await;
        browser
    }

    async fn on(home: TempDir) -> Self {
        let shared = Shared::new(home.path().to_owned(), surroundings(), PORT);
        let mut browser = Self {
            shared,
            session: String::new(),
            home,
        };
        let entered = browser
            .send(plain(Method::GET, &format!("/?token={}", browser.shared.token())))
            .await;
        let cookie = entered.header(header::SET_COOKIE);
        browser.session = cookie.split(';').next().unwrap().into();
        browser
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(self.shared.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Answer {
        let mut request = plain(Method::GET, path);
        request
            .headers_mut()
            .insert(header::COOKIE, self.session.parse().unwrap());
        self.send(request).await
    }

    /// Sends a form from a page of the site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields, &format!("http://127.0.0.1:{PORT}")))
            .await
    }

    /// A form as a page of some origin would send it.
    pub fn form(&self, path: &str, fields: &[(&str, &str)], origin: &str) -> Request<Body> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = plain(Method::POST, path);
        *request.body_mut() = body.into();
        let headers = request.headers_mut();
        headers.insert(header::COOKIE, self.session.parse().unwrap());
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".parse().unwrap(),
        );
        request
    }
}

/// A request to this machine, without a session.
pub fn plain(method: Method, path: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, format!("127.0.0.1:{PORT}"))
        .body(Body::empty())
        .unwrap()
}

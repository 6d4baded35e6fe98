//! Who may ask, and what a browser may do with the answer.
//!
//! The site holds one person's journal on their own machine. It listens on the loopback interface only,
//! which every program and every web page of that machine can reach; so each request must name this
//! machine as its host (a foreign name that points here is refused: DNS rebinding), carry the session
//! that only the opener of the address with the token gets, and, when it changes something, come from a
//! page of this site. A phone reaches another, add-only site: see `phone`.

use std::fmt;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::Surroundings;

use crate::layout::Page;
use crate::pages::guest;

/// What the browser may load and do for a page.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The secrets of one start and the port it listens on.
pub struct Keys {
    port: u16,
    token: String,
    session: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Keys {
    /// Fresh secrets, 256 random bits each.
    pub fn new(surroundings: &Surroundings, port: u16) -> Self {
        let hex = |bytes: [u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect();
        Self {
            port,
            token: hex(surroundings.bytes()),
            session: hex(surroundings.bytes()),
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// The name of the cookie: cookies are shared by all ports of a host, so the port is part of it.
    fn cookie(&self) -> String {
        format!("metier-{}", self.port)
    }

    /// True when `host` is a name of this machine with this port.
    fn is_here(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(self.port) && ["127.0.0.1", "localhost", "[::1]"].contains(&name.to_lowercase().as_str())
    }

    fn lets_in(&self, headers: &HeaderMap) -> bool {
        cookies(headers, &self.cookie()).any(|value| same(value, &self.session))
    }
}

/// Compares secrets in a time that does not depend on where they differ.
pub fn same(given: &str, secret: &str) -> bool {
    given.len() == secret.len()
        && given
            .bytes()
            .zip(secret.bytes())
            .fold(0, |differing, (a, b)| differing | (a ^ b))
            == 0
}

/// Lets a request through that names this machine, carries the session, and changes something only
/// from a page of this site.
pub async fn guard(State(shared): State<crate::Shared>, request: Request, next: Next) -> Response {
    let keys = shared.keys();
    if !host_of(&request).is_some_and(|host| keys.is_here(host)) {
        return foreign_host();
    }
    // The holder of a link has no session: the link is the key, to one form and to nothing else.
    if guest::is_guest(request.uri().path()) {
        if !request.method().is_safe() && !from_this_site(request.headers(), |host| keys.is_here(host)) {
            return guest::foreign_form();
        }
        return next.run(request).await;
    }
    if let Some(given) = token_in(request.uri())
        && request.method() == Method::GET
    {
        return if same(&given, keys.token()) {
            enter(keys, request.uri())
        } else {
            no_session()
        };
    }
    // The style sheet of the page that says how to get in is no secret.
    if !request.uri().path().starts_with("/assets/") && !keys.lets_in(request.headers()) {
        return no_session();
    }
    if !request.method().is_safe() && !from_this_site(request.headers(), |host| keys.is_here(host)) {
        return foreign_form();
    }
    next.run(request).await
}

/// The host that a request names.
pub fn host_of(request: &Request) -> Option<&str> {
    let named = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    named.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str))
}

/// The values of a cookie that a request carries.
pub fn cookies<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(n, _)| *n == name)
        .map(|(_, value)| value)
}

fn token_in(uri: &Uri) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(name, _)| name == "token")
        .map(|(_, value)| value.into_owned())
}

/// Gives the session and leads on to the same address without the token, so that the token stays out of
/// the history and of what is copied from the address bar.
fn enter(keys: &Keys, uri: &Uri) -> Response {
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        if name != "token" {
            rest.append_pair(&name, &value);
        }
    }
    let rest = rest.finish();
    // One leading slash: an address that begins with two would lead to another host.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    let to = if rest.is_empty() {
        path
    } else {
        format!("{path}?{rest}")
    };
    let cookie = format!(
        "{}={}; HttpOnly; SameSite=Strict; Path=/",
        keys.cookie(),
        keys.session
    );
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to), (header::SET_COOKIE, cookie)],
    )
        .into_response()
}

/// Browsers say where a form was sent from: in `Sec-Fetch-Site`, in `Origin`, or in both. A request that
/// says neither does not come from a browser's form.
pub fn from_this_site(headers: &HeaderMap, is_here: impl Fn(&str) -> bool) -> bool {
    let said = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let site = said(HeaderName::from_static("sec-fetch-site"));
    let origin = said(header::ORIGIN);
    let origin_here = |origin: &str| origin.strip_prefix("http://").is_some_and(&is_here);
    match (site, origin) {
        (None, None) => false,
        (site, origin) => site.is_none_or(|s| s == "same-origin") && origin.is_none_or(origin_here),
    }
}

/// Adds what every answer says to the browser.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut say = |name, value| headers.insert(name, HeaderValue::from_static(value));
    say(header::CONTENT_SECURITY_POLICY, POLICY);
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: under it a browser sends this site's own forms with `Origin: null`.
    say(header::REFERRER_POLICY, "same-origin");
    say(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    say(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn refused(status: StatusCode, title: &str, why: &str, what_to_do: &str) -> Response {
    Page::new(title).status(status).alone().show(&html! {
        h1 { (title) }
        p { (why) }
        p { (what_to_do) }
    })
}

fn foreign_host() -> Response {
    refused(
        StatusCode::FORBIDDEN,
        "This address is not answered",
        "These pages answer only when they are called by this machine's own address, so that no page of \
         the web can read them under another name.",
        "Open the address that the program printed when it started: it begins with http://127.0.0.1.",
    )
}

fn no_session() -> Response {
    refused(
        StatusCode::UNAUTHORIZED,
        "Open the address with its token",
        "Other programs on this machine could call this address too, so it opens only for who has seen \
         the terminal.",
        "Open the whole address that the program printed when it started, with everything after \
         ?token=. After a restart there is a new one.",
    )
}

fn foreign_form() -> Response {
    refused(
        StatusCode::FORBIDDEN,
        "Nothing was changed",
        "This did not come from a page of this program.",
        "Open the page here and send the form again.",
    )
}

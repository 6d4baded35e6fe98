//! The site of the local network: a paired phone adds and is shown nothing of the journal; whoever has a link
//! answers what it asks.
//!
//! It is a router of its own on a socket of its own, so that no page of the other site can be reached
//! through it whatever a request says. A phone shows the code of its pairing once, within minutes, and
//! gets a key of its own; each request names this address as its host and carries the key. What it sends
//! becomes drafts.

mod page;

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use metier_app::{AppError, Phone, Surroundings};
use tower_http::compression::CompressionLayer;

use crate::pages::guest;
use crate::security::{cookies, from_this_site, headers, host_of, same};
use crate::{Shared, asset};

/// For how many minutes a code to pair by holds.
pub const PAIRING_MINUTES: i64 = 10;

/// The most bytes a phone sends at once. A note's characters may take several bytes, and each of these
/// three on the way.
const SENT_MAX: usize = 512 << 10;

/// Where phones reach this machine, and the code by which one can be paired.
pub struct PhoneSite {
    address: SocketAddr,
    pairing: Mutex<Option<Pairing>>,
}

struct Pairing {
    code: String,
    until: Timestamp,
}

impl fmt::Debug for PhoneSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneSite")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl PhoneSite {
    pub fn at(address: SocketAddr) -> Self {
        Self {
            address,
            pairing: Mutex::new(None),
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A fresh code, 128 random bits, in place of any other.
    pub fn open(&self, surroundings: &Surroundings) -> String {
        let code: String = surroundings
            .bytes::<16>()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let now = surroundings.now();
        let until = now
            .checked_add(SignedDuration::from_mins(PAIRING_MINUTES))
            .unwrap_or(now);
        *self.pairing() = Some(Pairing {
            code: code.clone(),
            until,
        });
        code
    }

    /// Uses a code up: true for the one that holds, and only once.
    fn take(&self, code: &str, now: Timestamp) -> bool {
        let mut pairing = self.pairing();
        let holds = pairing
            .as_ref()
            .is_some_and(|p| p.until > now && same(code, &p.code));
        if holds {
            *pairing = None;
        }
        holds
    }

    /// Whether a code would still hold.
    fn holds(&self, code: &str, now: Timestamp) -> bool {
        self.pairing()
            .as_ref()
            .is_some_and(|p| p.until > now && same(code, &p.code))
    }

    fn pairing(&self) -> std::sync::MutexGuard<'_, Option<Pairing>> {
        // Nothing half-done can be behind it: a pairing is set whole.
        self.pairing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of the cookie: cookies are shared by all ports of a host.
    fn cookie(&self) -> String {
        format!("metier-phone-{}", self.address.port())
    }

    fn is_here(&self, host: &str) -> bool {
        let bare = || self.address.port() == 80 && host == self.address.ip().to_string();
        host == self.address.to_string() || bare()
    }
}

/// The site for phones, without a socket. It refuses everything unless [`Shared::reached_by_phones`].
pub fn router(shared: Shared) -> Router {
    Router::new()
        .route("/", get(page::show).post(page::add))
        .route("/pair", get(page::ask).post(page::pair))
        .route("/forget", post(page::forget))
        .merge(guest::routes())
        .merge(asset::routes())
        .fallback(page::nothing_here)
        .layer(DefaultBodyLimit::max(SENT_MAX))
        .with_state(shared.clone())
        .layer(from_fn_with_state(shared, guard))
        .layer(from_fn(headers))
        .layer(CompressionLayer::new())
}

/// Lets a request through that names this address, and changes something only from a page of this site.
async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let site = shared.phone();
    let Some(site) = site.filter(|site| host_of(&request).is_some_and(|host| site.is_here(host))) else {
        return page::refused(
            StatusCode::FORBIDDEN,
            "This address is not answered",
            "Open the address that your own computer shows, exactly as it is.",
        );
    };
    if !request.method().is_safe() && !from_this_site(request.headers(), |host| site.is_here(host)) {
        return page::refused(
            StatusCode::FORBIDDEN,
            "Nothing was added",
            "This did not come from the page for phones. Open it here and send it again.",
        );
    }
    next.run(request).await
}

/// The phone that sent a request; `None` when it is not paired, or no longer.
async fn paired(shared: &Shared, request: &axum::http::HeaderMap) -> Result<Option<Phone>, AppError> {
    let (Some(site), Some(metier)) = (shared.phone(), shared.metier().await?) else {
        return Ok(None);
    };
    metier.phone_of(cookies(request, &site.cookie())).await
}

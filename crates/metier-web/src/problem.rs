//! What goes wrong, as a page: what happened, where, what to do.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::{AppError, Kind};

use crate::layout::{Page, see_other};

/// Why a page cannot be shown as asked.
#[derive(Debug)]
pub enum Problem {
    /// Nobody chose a profession in this home yet: the first run comes first.
    NotStarted,
    /// A use case says no.
    App(AppError),
}

impl Problem {
    /// There is no such page or thing.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::App(AppError::not_found(what))
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::NotStarted => see_other("/start"),
            Self::App(error) => page(&error),
        }
    }
}

/// The status that says the same to a machine.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Input => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::NotReady => StatusCode::CONFLICT,
        Kind::Damaged | Kind::Machine => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn page(error: &AppError) -> Response {
    let title = match error.kind {
        Kind::Input => "That cannot be used as it is",
        Kind::NotFound => "There is no such thing here",
        Kind::NotReady => "Something has to come first",
        Kind::Damaged => "Something here is damaged",
        Kind::Machine => "The machine did not do its part",
    };
    if status(error.kind).is_server_error() {
        tracing::error!(message = %error.message, "a page could not be shown");
    }
    Page::new(title).status(status(error.kind)).show(&html! {
        h1 { (title) }
        p.lead { (sentence(&error.message)) }
        @for hint in &error.hints { p { (hint) } }
        p { a href="/" { "Back to where I stand" } }
    })
}

/// A message as a sentence: messages begin small, so that commands can put a name before them.
pub fn sentence(message: &str) -> String {
    let text = metier_app::words::capital(message);
    if text.ends_with(['.', '?', '!']) {
        text
    } else {
        text + "."
    }
}

//! What the holder of a link sees: one form, without an account.
//!
//! To add a purpose: a variant of `LinkPurpose`, a module here with `show` and `take`, and its line in
//! [`form`] and [`answer`]. A module draws from the entry its invitation names and from nothing else of
//! the journal. The routes stand without the session guard, so they can be mounted on any listener that
//! checks `Host` and, for a form, where it was sent from.

mod agreement;
pub mod comments;
pub mod feedback;
mod links;
mod nomination;
mod turns;
mod unnamed;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use metier_app::{AppError, KeptLink, Kind, Metier, words};
use metier_core::invitation::{LinkPurpose, LinkState, LinkToken};

use crate::Shared;
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Page, see_other};
use crate::problem::{Problem, status};
pub use links::Links;
pub use turns::Turns;

/// Where links lead.
const PREFIX: &str = "/for/";

/// The most bytes a guest's form may have.
const GUEST_LIMIT: usize = 256 << 10;

/// The most characters a guest's field may have.
pub const FIELD_MAX: usize = 20_000;

/// The routes of guests.
pub fn routes() -> Router<Shared> {
    Router::new().route(
        "/for/{token}",
        get(open).post(send).layer(DefaultBodyLimit::max(GUEST_LIMIT)),
    )
}

/// True for an address that a link may lead to.
pub fn is_guest(path: &str) -> bool {
    path.strip_prefix(PREFIX)
        .is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

/// The path of a link.
pub fn path_of(token: &str) -> String {
    format!("{PREFIX}{token}")
}

/// The holder of a link, let in.
pub struct Guest {
    /// The journal of who sent the link.
    pub metier: Arc<Metier>,
    /// The link.
    pub link: KeptLink,
    /// Where its form is sent to.
    pub action: String,
}

impl Guest {
    /// Who sent the link.
    pub fn name(&self) -> &str {
        self.metier.name()
    }

    /// The last day on which the link opens.
    fn last_day(&self) -> String {
        let zone = self.metier.surroundings().zone.clone();
        let end = self.link.invitation.expires_at.to_zoned(zone).date();
        words::day(end.yesterday().unwrap_or(end))
    }
}

/// A page for a guest.
pub fn page(title: &str, content: &Markup) -> Response {
    Page::new(title).guest().show(content)
}

/// What a guest's form says when it was taken in.
pub enum Taken {
    /// It was recorded: the receipt is shown.
    Recorded,
    /// Something is wrong with it: it is shown again with nothing lost.
    Faults(Vec<Fault>),
    /// It was answered in another way, or ended, since the link was sent.
    Over,
}

async fn open(State(shared): State<Shared>, Path(token): Path<String>, asked: Asked) -> Response {
    let entered = enter(&shared, &token).await;
    let guest = match entered {
        Ok(guest) => guest,
        Err(refusal) => return refusal,
    };
    let shown = match guest.link.state {
        LinkState::Answered => receipt(&guest, asked.0.has("file")).await,
        _ => match guest.metier.note_opened(&guest.link).await {
            Ok(()) => form(&guest, &Sent::default(), &[]).await,
            Err(error) => Err(error),
        },
    };
    shown.unwrap_or_else(|error| failed(&error))
}

async fn send(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    sent: Result<Sent, Problem>,
) -> Response {
    let guest = match enter(&shared, &token).await {
        Ok(guest) => guest,
        Err(refusal) => return refusal,
    };
    let sent = match sent {
        Ok(sent) => sent,
        Err(Problem::App(error)) if error.kind == Kind::Input => return too_large(),
        Err(Problem::App(error)) => return failed(&error),
        Err(Problem::NotStarted) => return closed(),
    };
    // Sent twice, by a second click or a step back: what was taken in stays as it is.
    if guest.link.state == LinkState::Answered {
        return see_other(&guest.action);
    }
    let outcome = match long(&sent) {
        Some(fault) => Ok(Taken::Faults(vec![fault])),
        None => answer(&guest, &sent).await,
    };
    match outcome {
        Ok(Taken::Recorded) => see_other(&guest.action),
        Ok(Taken::Over) => answered_already(&guest),
        Ok(Taken::Faults(faults)) => match form(&guest, &sent, &faults).await {
            Ok(mut response) => {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                response
            }
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error),
    }
}

/// The form of a purpose.
async fn form(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    match guest.link.invitation.purpose {
        LinkPurpose::Feedback | LinkPurpose::Recognition => feedback::show(guest, sent, faults).await,
        LinkPurpose::Agreement => agreement::show(guest, sent, faults).await,
        LinkPurpose::Comment => comments::show(guest, sent, faults).await,
        LinkPurpose::Nomination => nomination::show(guest, sent, faults).await,
        LinkPurpose::Unnamed => unnamed::show(guest, sent, faults).await,
    }
}

/// Takes in the form of a purpose.
async fn answer(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    match guest.link.invitation.purpose {
        LinkPurpose::Feedback | LinkPurpose::Recognition => feedback::take(guest, sent).await,
        LinkPurpose::Agreement => agreement::take(guest, sent).await,
        LinkPurpose::Comment => comments::take(guest, sent).await,
        LinkPurpose::Nomination => nomination::take(guest, sent).await,
        LinkPurpose::Unnamed => unnamed::take(guest, sent).await,
    }
}

/// What the holder keeps: a page, or a file.
async fn receipt(guest: &Guest, as_file: bool) -> Result<Response, AppError> {
    if guest.link.invitation.purpose == LinkPurpose::Agreement
        && let Some(shown) = agreement::receipt(guest, as_file).await?
    {
        return Ok(shown);
    }
    let receipt = guest.metier.receipt(guest.link.invitation.answer).await?;
    let what = match guest.link.invitation.purpose {
        LinkPurpose::Feedback => "feedback given",
        LinkPurpose::Recognition => "recognition given",
        LinkPurpose::Agreement => "agreement answered",
        LinkPurpose::Comment => "comment given",
        LinkPurpose::Nomination => "name given",
        LinkPurpose::Unnamed => "answer given, to be told without a name",
    };
    if as_file {
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"metier-receipt.txt\"",
            ),
        ];
        return Ok((headers, receipt.text(what)).into_response());
    }
    let zone = guest.metier.surroundings().zone.clone();
    let on = receipt.recorded_at.to_zoned(zone).date();
    Ok(page(
        "Thank you",
        &html! {
            div.narrow {
                h1 { "Thank you" }
                p.lead {
                    @if guest.link.invitation.purpose == LinkPurpose::Unnamed { "Your answer is with " (guest.name()) " since " (words::day(on)) "." }
                    @else { "What you wrote was recorded for " (guest.name()) " on " (words::day(on)) "." }
                }
                p { "This is your receipt. It names your answer and does not repeat it. Nobody can change the answer afterwards and keep these numbers." }
                dl.receipt {
                    dt { "Entry" } dd.mono { (receipt.entry) }
                    dt { "Digest of the entry" } dd.mono { (receipt.digest) }
                    dt { "Digest of your answer" } dd.mono { (receipt.said) }
                    dt { "Head of the journal" } dd.mono { (receipt.head) }
                }
                p { a.btn.quiet href={ (guest.action) "?file=1" } { "Keep it as a file" } }
                p.soft { "You can close this page." }
            }
        },
    ))
}

/// Finds the link of a token and lets its holder in, when it opens. What cannot be a link, and more tries than
/// anybody needs, are turned away before the store is asked.
async fn enter(shared: &Shared, token: &str) -> Result<Guest, Response> {
    let now = shared.surroundings().now();
    let turns = shared.turns();
    let missed = || if turns.miss(now) { closed() } else { busy() };
    let Some(digest) = LinkToken::read(token).map(|token| token.digest()) else {
        return Err(missed());
    };
    if !turns.take(digest, now) {
        return Err(busy());
    }
    let metier = match shared.metier().await {
        Ok(Some(metier)) => metier,
        Ok(None) => return Err(closed()),
        Err(error) => return Err(failed(&error)),
    };
    let link = metier.link(token).await.map_err(|error| failed(&error))?;
    let Some(link) = link.filter(|l| l.state != LinkState::Revoked) else {
        // One that was taken back answers like one that never was, and counts like it.
        return Err(missed());
    };
    turns.opened(digest);
    let guest = Guest {
        metier,
        link,
        action: path_of(token),
    };
    if guest.link.state == LinkState::Expired {
        return Err(over(&guest));
    }
    Ok(guest)
}

fn plain(status: StatusCode, title: &str, content: &Markup) -> Response {
    Page::new(title).status(status).guest().show(&html! {
        h1 { (title) }
        (content)
    })
}

/// No such link, or one that was taken back: the same page.
fn closed() -> Response {
    plain(
        StatusCode::NOT_FOUND,
        "This link does not open",
        &html! {
            p { "It may have been taken back, or a part of it was lost on the way: it is long, and must be copied whole." }
            p { "Ask the person who sent it to you." }
        },
    )
}

fn over(guest: &Guest) -> Response {
    plain(
        StatusCode::GONE,
        "This link is no longer open",
        &html! {
            p { "It was open until " (guest.last_day()) ", and nothing was recorded through it." }
            p { "If you still want to answer, ask " strong { (guest.name()) } " for a new one." }
        },
    )
}

fn busy() -> Response {
    let mut response = plain(
        StatusCode::TOO_MANY_REQUESTS,
        "Please wait a minute",
        &html! { p { "Too many pages were asked for at once. Nothing was lost: wait a minute, then try again." } },
    );
    let wait = header::HeaderValue::from_static("60");
    response.headers_mut().insert(header::RETRY_AFTER, wait);
    response
}

/// A form that was not sent from the page of its link.
pub fn foreign_form() -> Response {
    plain(
        StatusCode::FORBIDDEN,
        "Nothing was recorded",
        &html! {
            p { "This did not come from the page of the link." }
            p { "Open the link again and send the form from there." }
        },
    )
}

/// What was asked for was answered in another way, or called off.
fn answered_already(guest: &Guest) -> Response {
    plain(
        StatusCode::CONFLICT,
        "It needs no answer any more",
        &html! {
            p { "What " strong { (guest.name()) } " asked was answered in another way meanwhile, or taken back. Nothing was recorded." }
            p { "If you meant something else than was recorded, tell " (guest.name()) "." }
        },
    )
}

/// A form of more than a form needs.
fn too_large() -> Response {
    plain(
        StatusCode::PAYLOAD_TOO_LARGE,
        "That was too long",
        &html! {
            p { "More came than this form can hold, so nothing was recorded." }
            p { "Go back: what you wrote is still in the form. Shorten it, then send it again." }
        },
    )
}

/// What went wrong, in words for who has no account: what the program says to its owner is not for them.
fn failed(error: &AppError) -> Response {
    let own_fault = error.kind == Kind::Input;
    if !own_fault {
        tracing::error!(message = %error.message, "a guest's page could not be shown");
    }
    plain(
        status(error.kind),
        "That did not work",
        &html! {
            @if own_fault { p { "What you sent could not be taken in as it is. It may have been asked anew meanwhile, or the day to answer has passed." } }
            @else { p { "The program could not do its part." } }
            p { "Nothing was recorded. Go back: what you wrote is still in the form. Then try again, or ask who sent you the link." }
        },
    )
    .into_response()
}

/// A field that is longer than any answer needs to be.
fn long(sent: &Sent) -> Option<Fault> {
    let (field, text) = sent.fields().find(|(_, text)| text.chars().count() > FIELD_MAX)?;
    Some(Fault {
        field: field.to_owned(),
        what: format!(
            "This is {} characters long; at most {FIELD_MAX} are taken. Please shorten it.",
            text.chars().count()
        ),
    })
}

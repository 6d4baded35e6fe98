//! The case before anyone decides: agreements, where people differ, the one-to-one, decisions.

mod agreement;
mod agreements;
mod answer;
mod decisions;
mod differing;
mod disagreement;
mod letters;
mod meeting;
mod prepare;
mod scale;

pub use agreement::reminder;
pub use letters::{again, level_asks, proposal_page, receipt_came};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::{AppError, Kind, Metier};
use metier_core::id::EntryId;
use metier_core::rating::Role;

use crate::Shared;
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page};
use crate::problem::{Problem, sentence};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/people/agreement", get(agreements::page))
        .route(
            "/people/agreement/new",
            get(agreements::form).post(agreements::propose),
        )
        .route("/people/agreement/read", post(letters::read))
        .route("/people/agreement/agree", post(letters::agree))
        .route("/people/agreement/verify", post(letters::verify))
        .route("/people/agreement/kept/{id}", get(letters::kept))
        .route("/people/agreement/kept/{id}/file", get(letters::kept_file))
        .route("/people/agreement/{id}", get(agreement::page))
        .route("/people/agreement/{id}/file", get(agreement::file))
        .route("/people/agreement/{id}/word", post(answer::by_word))
        .route("/people/agreement/{id}/mail", post(answer::mail))
        .route("/people/agreement/{id}/talk", post(answer::talk))
        .route("/people/agreement/{id}/link", post(agreement::link))
        .route("/people/agreement/{id}/end", post(agreement::end))
        .route("/people/disagreements", get(differing::page))
        .route(
            "/people/disagreements/new",
            get(disagreement::form).post(disagreement::write),
        )
        .route(
            "/people/disagreements/{id}",
            get(disagreement::page).post(disagreement::end),
        )
        .route("/people/meeting", get(prepare::page).post(prepare::turn))
        .route("/people/meeting/area", get(meeting::area).post(meeting::chosen))
        .route(
            "/people/meeting/convince",
            get(meeting::convince).post(meeting::said),
        )
        .route("/people/meeting/done", get(meeting::done))
        .route(
            "/people/meeting/confirm",
            get(meeting::confirm).post(meeting::record),
        )
        .route("/people/decisions", get(decisions::page).post(decisions::add))
        .route("/people/decisions/{id}/reason", post(decisions::reason))
}

/// The pages that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// What others see, and what was asked of them.
    Feedback,
    /// What peers say without their names.
    Unnamed,
    /// What was agreed.
    Agreements,
    /// Where people differ.
    Differing,
    /// The one-to-one.
    Meeting,
    /// What was decided.
    Decisions,
    /// Who helps, and whom one helps.
    Network,
}

/// The way between the pages that belong together, at the top of each.
pub fn beside(here: Here) -> Markup {
    let all = [
        (Here::Feedback, "/people", "What others see"),
        (Here::Unnamed, "/people/gather", "Without names"),
        (Here::Agreements, "/people/agreement", "Agreements"),
        (Here::Differing, "/people/disagreements", "Where people differ"),
        (Here::Meeting, "/people/meeting", "One-to-one"),
        (Here::Decisions, "/people/decisions", "Decisions"),
        (Here::Network, "/people/network", "Who helps, whom I help"),
    ];
    html! {
        nav aria-label="People" {
            ul.chips {
                @for (which, path, name) in all {
                    li { a.chip href=(path) aria-current=[(which == here).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// A page of a letter: with the way around for whoever has chosen a profession, else with the ways on from
/// a letter alone.
pub(super) async fn page_of(shared: &Shared, title: &str) -> Result<Page, Problem> {
    Ok(match shared.started().await {
        Ok(metier) => Page::new(title).under(Nav::People).of(&metier),
        Err(Problem::NotStarted) => Page::new(title).alone(),
        Err(problem) => return Err(problem),
    })
}

/// Roles of others, as forms write them.
const OTHERS: [(&str, &str, Role); 4] = [
    ("manager", "my manager", Role::Manager),
    ("peer", "a peer", Role::Peer),
    ("client", "a client", Role::Client),
    ("mentor", "a mentor", Role::Mentor),
];

fn roles() -> Vec<(&'static str, &'static str)> {
    OTHERS.iter().map(|(value, name, _)| (*value, *name)).collect()
}

/// The role a form names; the manager when it names none.
fn role_of(text: &str) -> Role {
    OTHERS
        .iter()
        .find(|(value, ..)| *value == text)
        .map_or(Role::Manager, |(.., role)| *role)
}

/// The entry an address names.
pub(super) fn entry_of(word: &str) -> Result<EntryId, Problem> {
    word.parse()
        .map_err(|_| Problem::not_found(format!("`{word}` is no entry")))
}

/// What was refused, under a field of the form; anything else stays a problem.
pub(super) fn refused(field: &str, error: AppError) -> Result<Vec<Fault>, Problem> {
    match error.kind {
        Kind::Input | Kind::NotReady | Kind::NotFound => {
            let hints: String = error.hints.iter().map(|hint| format!(" {hint}")).collect();
            Ok(vec![Fault {
                field: field.into(),
                what: sentence(&error.message) + &hints,
            }])
        }
        Kind::Damaged | Kind::Machine => Err(error.into()),
    }
}

/// The status of a page with these faults.
pub(super) fn status(faults: &[Fault]) -> StatusCode {
    if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// Fields of forms that hold no words somebody typed.
const UNTYPED: [&str; 6] = ["mark", "how", "answer", "again", "rung", "competency"];

/// What was shown when the form was drawn has changed since: in another window, or on another device. What was
/// typed is shown, so that it is not lost.
pub(super) fn changed_meanwhile(metier: &Metier, back: &str, sent: &Sent) -> Response {
    let typed: Vec<&str> = sent
        .fields()
        .filter(|(name, text)| !UNTYPED.contains(name) && !text.trim().is_empty())
        .map(|(_, text)| text)
        .collect();
    Page::new("It has changed meanwhile").under(Nav::People)
        .of(metier)
        .status(StatusCode::CONFLICT)
        .show(&html! {
            h1 { "It has changed meanwhile" }
            p.lead { "Since you opened the form, something else was recorded about it: in another window, or on another device. Nothing of your form was recorded." }
            @if !typed.is_empty() {
                p { "What you wrote, to take with you:" }
                @for text in typed { pre.quoted { (text) } }
            }
            div.act { a.btn href=(back) { "Look at how it stands now" } }
        })
}

/// A text to be kept as a file.
pub fn download(name: &str, text: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
        ],
        text,
    )
        .into_response()
}

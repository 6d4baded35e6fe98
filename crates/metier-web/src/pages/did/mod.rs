//! What I did: the timeline with one-line capture, the full forms, one entry with everything in it,
//! drafts of what was pasted, and tables of attempts.

mod acts;
pub mod claims;
mod correct;
mod draft;
mod drafts;
mod entry;
mod erase;
mod files;
pub mod full;
pub mod kinds;
pub mod line;
mod new;
mod paste;
mod quick;
mod table;
mod timeline;
mod year;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use metier_core::id::EntryId;

use crate::Shared;
use crate::problem::Problem;

/// The most bytes a form with files may have: four files of the largest size that is kept, and text.
const UPLOAD_LIMIT: usize = 104 << 20;
/// The most bytes a form without files may have: room to say what is wrong with a text that is too long.
const TEXT_LIMIT: usize = 34 << 20;

pub fn routes() -> Router<Shared> {
    let upload = || DefaultBodyLimit::max(UPLOAD_LIMIT);
    let text = || DefaultBodyLimit::max(TEXT_LIMIT);
    Router::new()
        .route("/did", get(timeline::show).post(quick::add).layer(text()))
        .route("/did/new", get(new::show).post(new::record).layer(upload()))
        .route("/did/paste", get(paste::show).post(paste::read).layer(text()))
        .route("/did/paste/table", post(paste::table).layer(text()))
        .route("/did/drafts", get(drafts::show))
        .route("/did/drafts/confirm", post(drafts::confirm))
        .route("/did/drafts/dismiss", post(drafts::dismiss))
        .route("/did/drafts/bring-back", post(drafts::bring_back))
        .route("/did/drafts/forget", post(drafts::forget))
        .route(
            "/did/drafts/{draft}",
            get(draft::show).post(draft::record).layer(upload()),
        )
        .route("/did/table", get(table::show).post(table::log).layer(upload()))
        .route("/did/table/example.csv", get(table::example))
        .route("/did/{entry}", get(entry::show))
        .route(
            "/did/{entry}/correct",
            get(correct::show).post(correct::record).layer(upload()),
        )
        .route("/did/{entry}/erase", get(erase::show).post(erase::erase))
        .route("/did/{entry}/file/{digest}", get(files::download))
        .route("/did/{entry}/claim", post(acts::claim))
        .route("/did/{entry}/confirm", post(acts::confirm))
        .route("/did/{entry}/link", post(acts::check_link))
        .route("/did/{entry}/take-back", post(acts::take_back))
        .route("/did/{entry}/bring-back", post(acts::bring_back))
        .route("/did/{entry}/undo", post(acts::undo))
}

/// The address of an entry.
fn address(entry: EntryId) -> String {
    format!("/did/{entry}")
}

/// The entry that an address names.
fn named(word: &str) -> Result<EntryId, Problem> {
    word.parse()
        .map_err(|_| Problem::not_found("there is no such entry; the page What I did lists those there are"))
}

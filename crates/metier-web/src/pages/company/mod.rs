//! Other criteria beside one's own: what of the record counts there, and both read side by side.

mod beside;
mod crosswalk;

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::AppError;

use crate::Shared;
use crate::problem::sentence;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/framework/crosswalk", get(crosswalk::page).post(crosswalk::save))
        .route("/framework/beside", get(beside::page))
}

/// The way back to the criteria.
fn crumbs(here: &str) -> Markup {
    html! { p.crumbs { a href="/framework" { "Framework" } " / " (here) } }
}

/// What was refused, above what it is about: what, where, what to do.
fn refusal(head: &str, error: &AppError) -> Markup {
    html! {
        div.faults role="alert" {
            p { strong { (head) } }
            ul {
                li { (sentence(&error.message)) }
                @for hint in &error.hints { li { (hint) } }
            }
        }
    }
}

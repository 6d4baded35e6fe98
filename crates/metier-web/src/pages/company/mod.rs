//! A company's criteria: its document looked at and taken in, what of the record counts there, both read
//! side by side, and what its words leave open.

mod beside;
mod choices;
mod columns;
mod crosswalk;
mod import;
mod look;
mod others;
mod questions;
mod take;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::AppError;

use crate::Shared;
use crate::problem::sentence;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/framework/import", get(import::form).post(import::send))
        .route("/framework/import/look", get(look::page))
        .route("/framework/import/take", post(take::take))
        .route("/framework/others", get(others::page).post(others::aim))
        .route("/framework/crosswalk", get(crosswalk::page).post(crosswalk::save))
        .route("/framework/beside", get(beside::page))
        .route("/framework/questions", get(questions::page))
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

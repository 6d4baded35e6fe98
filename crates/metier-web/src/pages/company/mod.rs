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

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::{AppError, Metier};
use metier_core::id::FamilyId;

use crate::Shared;
use crate::layout::{Nav, Page};
use crate::problem::{Problem, sentence};

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

/// Where somebody is who looks at a document: with criteria of their own, or at the very beginning.
#[derive(Debug)]
struct Bringing {
    /// The journal, when there is one.
    metier: Option<Arc<Metier>>,
    /// True when nothing is aimed at yet: what is taken in is begun with.
    first: bool,
}

impl Bringing {
    async fn of(shared: &Shared) -> Result<Self, Problem> {
        let metier = shared.metier().await?;
        let first = match &metier {
            Some(metier) => metier.life().await?.current().is_none(),
            None => true,
        };
        Ok(Self { metier, first })
    }

    /// How many versions of criteria are here.
    async fn versions(&self) -> Result<usize, Problem> {
        Ok(match &self.metier {
            Some(metier) => metier.life().await?.versions.len(),
            None => 0,
        })
    }

    fn page(&self, title: &str) -> Page {
        match &self.metier {
            Some(metier) if !self.first => Page::new(title).under(Nav::Framework).of(metier),
            _ => Page::new(title).alone(),
        }
    }

    fn crumbs(&self, here: &str) -> Markup {
        if self.first {
            html! { p.crumbs { a href="/start" { "Begin" } " / " (here) } }
        } else {
            crumbs(here)
        }
    }
}

/// The family beside what is aimed at that an address names, else the newest that is here. An address of the
/// time before it was aimed at itself leads to what it is read beside now.
async fn other_family(metier: &Metier, wanted: &str) -> Result<Option<FamilyId>, Problem> {
    let life = metier.life().await?;
    if wanted.is_empty() {
        return Ok(life.other_families().first().map(|v| v.framework.family.clone()));
    }
    let family = FamilyId::new(wanted).ok();
    let here = |f: &FamilyId| life.latest(f).is_some();
    match family.as_ref().and_then(|f| life.beside(f)) {
        Some(version) => Ok(Some(version.framework.family.clone())),
        None if family.as_ref().is_some_and(here) => Ok(None),
        None => Err(Problem::App(
            AppError::not_found("there are no such criteria here")
                .hint("Under Framework stand those that are."),
        )),
    }
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

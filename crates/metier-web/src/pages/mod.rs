//! The pages, one file or folder each.

mod calls;
mod case;
mod company;
mod competency;
mod did;
mod framework;
mod gather;
pub(crate) mod guest;
mod guide;
mod how;
mod lead;
mod link;
mod market;
mod mastery;
mod people;
mod plan;
mod scan;
mod settings;
mod show;
mod stand;
mod start;

use axum::Router;

use crate::Shared;
use crate::problem::Problem;

/// Every page.
pub fn routes() -> Router<Shared> {
    Router::new()
        .merge(stand::routes())
        .merge(competency::routes())
        .merge(company::routes())
        .merge(how::routes())
        .merge(calls::routes())
        .merge(case::routes())
        .merge(start::routes())
        .merge(did::routes())
        .merge(scan::routes())
        .merge(market::routes())
        .merge(mastery::routes())
        .merge(framework::routes())
        .merge(show::routes())
        .merge(settings::routes())
        .merge(gather::routes())
        .merge(guest::routes())
        .merge(guide::routes())
        .merge(people::routes())
        .merge(plan::routes())
        .fallback(async || Problem::not_found("there is no such page"))
}

//! The market: what employers ask for.

mod demand;
mod demand_charts;

use axum::Router;

use crate::Shared;

pub fn routes() -> Router<Shared> {
    demand::routes()
}

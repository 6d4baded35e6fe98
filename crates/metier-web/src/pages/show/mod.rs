//! Show: the case for a level, for whoever decides and for oneself, and the map on one page.

mod brand;
mod packet;
mod paper;
mod presence;
mod review;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use maud::html;
use metier_app::words::{self, Words};
use metier_app::{AsOf, Sight};
use metier_core::target::TargetOf;

use super::stand;
use crate::Shared;
use crate::layout::{Nav, Page};
use crate::problem::Problem;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/show", get(show))
        .route("/show/packet", get(packet::prepare))
        .route("/show/packet/choose", post(packet::choose))
        .route("/show/packet/shown", post(packet::note_shown))
        .route("/show/packet/paper", get(packet::paper))
        .route("/show/packet.md", get(packet::markdown))
        .route("/show/review", get(review::sheet))
        .route("/show/review.md", get(review::markdown))
        .route("/show/map", get(map))
        .route("/show/brand", get(brand::page))
        .route("/show/brand/change", get(brand::form).post(brand::change))
        .merge(presence::routes())
}

async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let target = sight.target.as_ref();
    let case = match target.map(|t| &t.of) {
        Some(TargetOf::Level(_)) => {
            "The case for your level, criterion by criterion, of what you choose. To print or to send."
        }
        _ => {
            "The case for what you aim at, criterion by criterion, of what you choose. Others are told that it is a target of your own, and none of its words. To print or to send."
        }
    };
    Ok(Page::new("Show").under(Nav::Show).of(&metier).show(&html! {
        h1 { "Show" }
        p.lead { "What you give to others, and what you bring to the talk. Nothing leaves this machine by itself." }
        @if target.is_none() {
            div.card.first {
                p { "A case is made for what you aim at, and you aim at nothing yet." }
                p { a.btn href="/settings/aim" { "Choose what you aim at" } }
            }
        }
        div.cards {
            @if target.is_some() {
                (card("/show/packet", "The packet", case))
                (card("/show/review", "The review sheet", "For your own eyes: where you stand, your strongest proof, and what to ask for."))
            }
            (card("/show/map", "The mastery map", "All of it on one page, to print."))
            (card("/show/presence", "Where you show", "What you say of yourself in public, held against your record, against itself and against your values."))
            (card("/show/brand", "What you stand for", "Values, skills, experiences, and what sets you apart. One page, for yourself."))
        }
    }))
}

fn card(to: &str, title: &str, says: &str) -> maud::Markup {
    html! {
        section.card {
            h2 { a href=(to) { (title) } }
            p { (says) }
        }
    }
}

async fn map(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut sight = metier.sight(AsOf::default()).await?;
    // The paper may be handed over: a target of one's own is on it as others are told of it.
    let told = sight.target.as_ref().map(|t| t.for_others().name);
    if let (Some(name), Some(target)) = (told, sight.standing.target.as_mut()) {
        target.name = name;
    }
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let day = stand::Day::today(sight.standing.at);
    Ok(Page::new("Mastery map")
        .under(Nav::Show)
        .of(&metier)
        .marks()
        .show(&html! {
            div.sheet.one-page {
                p.crumbs { a href="/show" { "Show" } " / Mastery map" }
                h1 { "Mastery map" }
                p.eyebrow { (heading(&sight, metier.name())) }
                (stand::map(&sight, &words, &day))
                (stand::key(&sight))
                p.act { "Print this page: everything that is only to be pressed stays away." }
            }
        }))
}

/// "Ada: Content marketing, as of 22 November 2026".
fn heading(sight: &Sight, name: &str) -> String {
    format!(
        "{name}: {}, as of {}",
        sight.version.framework.title,
        words::day(sight.standing.at)
    )
}

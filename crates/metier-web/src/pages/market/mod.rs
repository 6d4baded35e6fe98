//! Market: what the adverts one would answer ask for, beside where one stands; and what one follows.

mod advert;
mod asked;
mod demand;
mod demand_charts;
mod follow;
mod glance;
mod neighbours;
mod save;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::words::COVERAGE;

use crate::Shared;
use crate::layout::notice;
pub use glance::{mention, remind, tell};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/market", get(asked::page))
        .route("/market/save", get(save::form).post(save::save))
        .route("/market/adverts", get(asked::adverts))
        .route("/market/plan", post(asked::plan))
        .route("/market/aside", post(asked::aside))
        .route("/market/looked", post(asked::looked))
        .route("/market/advert/{id}", get(advert::page))
        .route(
            "/market/advert/{id}/change",
            get(save::changing).post(save::change),
        )
        .route("/market/advert/{id}/put-away", post(advert::put_away))
        .route("/market/advert/{id}/rule", post(advert::rule))
        .route("/market/called", post(advert::name_it))
        .route("/market/neighbours", get(neighbours::page))
        .route("/market/follow", get(follow::page))
        .route(
            "/market/follow/source",
            get(follow::source_form).post(follow::source),
        )
        .route("/market/follow/note", get(follow::note_form).post(follow::note))
        .route("/market/follow/looked", post(follow::looked))
        .merge(demand::routes())
}

/// The pages of the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    Asked,
    Adverts,
    Neighbours,
    Demand,
    Follow,
}

fn beside(here: Here) -> Markup {
    let all = [
        (Here::Asked, "/market", "What they ask for"),
        (Here::Adverts, "/market/adverts", "Adverts"),
        (Here::Neighbours, "/market/neighbours", "Near professions"),
        (Here::Demand, "/market/demand", "Many postings"),
        (Here::Follow, "/market/follow", "What you follow"),
    ];
    html! {
        nav aria-label="Market" {
            ul.chips {
                @for (which, path, name) in all {
                    li { a.chip href=(path) aria-current=[(which == here).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// What was just done, by the word the address carries.
fn said(word: &str) -> Markup {
    let text = match word {
        "saved" => "Saved. What it asks for is counted below.",
        "same" => {
            "Saved. It is nearly the same as another advert here: put one of them away if they are one."
        }
        "changed" => "Changed. What stood before is kept in your journal.",
        "put-away" => "Put away. It stays readable and counts no longer.",
        "again" => "It counts again.",
        "ruled" => "Noted. Your word counts from now on.",
        "called" => "Noted. From now on adverts that say so ask for it.",
        "planned" => "It is on your plan, with hours that are a first guess.",
        "aside" => "Set aside. It is named no more.",
        "looked" => "Noted that you looked today.",
        "followed" => "Noted.",
        _ => return html! {},
    };
    notice(&html! { p { (text) } })
}

/// How far such counts carry, in a line.
fn coverage() -> Markup {
    html! { p.soft.small { (COVERAGE) } }
}

/// A text with some stretches of it marked.
fn marked(text: &str, words: &[std::ops::Range<usize>]) -> Markup {
    let mut parts: Vec<(bool, &str)> = Vec::new();
    let mut at = 0;
    for word in words {
        let (Some(before), Some(here)) = (text.get(at..word.start), text.get(word.clone())) else {
            continue;
        };
        parts.push((false, before));
        parts.push((true, here));
        at = word.end;
    }
    parts.push((false, text.get(at..).unwrap_or("")));
    html! { @for (is, part) in parts { @if is { mark { (part) } } @else { (part) } } }
}

//! What was released, as the person reads it.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{AppError, Metier};
use metier_core::gathering::Aggregate;
use metier_core::id::{CompetencyId, EntryId, FamilyId};

use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::path::Path;
use crate::problem::Problem;

/// The most releases that are listed beside something else.
const LISTED: usize = 3;

/// The page.
pub async fn page(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let asks = metier.asks_of_peers().await?;
    let came = asks.iter().filter_map(|ask| ask.came.as_ref());
    let Some(came) = came.into_iter().find(|c| c.id == entry) else {
        return Err(Problem::not_found("nothing that peers said goes by this"));
    };
    let release = &came.release;
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people/gather" { "Without names" } }
            h1.close { "What peers say" }
            p.lead.soft { "Gathered by " (release.collector) ", released on " (day(release.released_on)) "." }
            @if asked.has("said") { (notice(&html! { p { "It is in your journal." } })) }
            p.big { (words::at_least(release.told.threshold)) }
            p { (words::NOT_HOW_MANY) }
            (told(&release.told))
            p.soft { (words::NO_RATING) }
        }
    };
    Ok(Page::new("What peers say")
        .under(Nav::People)
        .of(&metier)
        .show(&content))
}

/// What is told, competency by competency, and the words.
pub fn told(told: &Aggregate) -> Markup {
    let n = told.threshold;
    html! {
        @for of in &told.of {
            section.card {
                h2.label { (of.name) }
                p { (words::of_peers(of, n)) }
            }
        }
        @for (title, texts) in [("What you do well, in their words", &told.strengths), ("What they would change", &told.changes)] {
            @if !texts.is_empty() {
                section {
                    h2.label { (title) }
                    ul.lines { @for text in texts { li.as-written { (text) } } }
                    p.hint { "In an order that tells nothing." }
                }
            }
        }
        @if told.strengths.is_empty() && told.changes.is_empty() {
            p.soft { "No words are shown: fewer than " (n) " people let theirs be shown, or wrote any." }
        }
    }
}

/// What came, in lines under the page of people; empty when nothing did.
pub async fn came_list(metier: &Metier) -> Result<Markup, AppError> {
    let asks = metier.asks_of_peers().await?;
    let came: Vec<_> = asks
        .iter()
        .rev()
        .filter_map(|ask| ask.came.as_ref().map(|came| (ask, came)))
        .collect();
    Ok(html! {
        @if !came.is_empty() {
            section aria-labelledby="unnamed" {
                h2 #unnamed { "What peers say, without names" }
                ul.lines {
                    @for (ask, came) in came.iter().take(LISTED) {
                        li {
                            a href={ "/people/gather/came/" (came.id) } { (words::asked_of_peers(&ask.asked)) }
                            div.soft.small { "Gathered by " (ask.asked.collector) ", released on " (day(came.release.released_on)) }
                        }
                    }
                }
                @if came.len() > LISTED { p { a href="/people/gather" { "All of them" } } }
            }
        }
    })
}

/// What peers say of one competency, latest first, as far as it had come by a day; empty when nothing had.
pub async fn beside(
    metier: &Metier,
    family: &FamilyId,
    competency: &CompetencyId,
    known: Date,
) -> Result<Markup, AppError> {
    let asks = metier.asks_of_peers().await?;
    let of: Vec<_> = asks
        .iter()
        .rev()
        .filter(|ask| ask.asked.family == *family && ask.came.as_ref().is_some_and(|c| c.on <= known))
        .filter_map(|ask| ask.of(competency))
        .take(LISTED)
        .collect();
    Ok(html! {
        @if !of.is_empty() {
            h3 { "Peers, without names" }
            @for peered in &of {
                p {
                    (words::beside_competency(peered)) " "
                    a href={ "/people/gather/came/" (peered.id) } { "Read all of it" }
                }
            }
            p.soft.small { "No rating, and no step moves by it." }
        }
    })
}

//! What was released, as the person reads it.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{AppError, Life, Metier};
use metier_core::gathering::{Aggregate, AskSeen};
use metier_core::id::{CompetencyId, EntryId, FamilyId};
use metier_core::own_view::Spoken;

use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::pages::people::own_view::taps;
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
    let whole = metier.whole().await?;
    let release = metier.release_anyway(entry).await?;
    let missing = whole.waiting.missing(entry);
    if !missing.is_empty() && !asked.has("anyway") {
        let content = own_view_first(&whole.life, missing, entry, asked.has("said"));
        return Ok(Page::new("What peers say")
            .under(Nav::People)
            .of(&metier)
            .show(&content));
    }
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

/// One's own view is asked for before that of others is shown.
fn own_view_first(life: &Life, missing: &[Spoken], entry: EntryId, new: bool) -> Markup {
    html! {
        div.narrow {
            p.crumbs { a href="/people/gather" { "Without names" } }
            h1.close { "What peers say" }
            @if new { (notice(&html! { p { "It is in your journal." } })) }
            section.card.first {
                p.big { "Your own view first." }
                p { "Where do you see yourself? Afterwards you read what your peers say." }
                (taps(life, missing, Some(entry)))
            }
            p.soft { "This is a courtesy to yourself: it is already in your own journal, and nothing holds you back. "
                a href={ "/people/gather/came/" (entry) "?anyway=1" } { "Show it now" } }
        }
    }
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
    let came: Vec<(&AskSeen, EntryId)> = asks
        .iter()
        .rev()
        .filter_map(|ask| Some((ask, ask.came.as_ref().map(|c| c.id).or(ask.waits)?)))
        .collect();
    Ok(html! {
        @if !came.is_empty() {
            section aria-labelledby="unnamed" {
                h2 #unnamed { "What peers say, without names" }
                ul.lines {
                    @for (ask, came) in came.iter().take(LISTED) {
                        li {
                            a href={ "/people/gather/came/" (came) } { (words::asked_of_peers(&ask.asked)) }
                            (came_line(ask))
                        }
                    }
                }
                @if came.len() > LISTED { p { a href="/people/gather" { "All of them" } } }
            }
        }
    })
}

/// Where a question stands that something came of.
pub fn came_line(ask: &AskSeen) -> Markup {
    html! {
        div.soft.small {
            @if let Some(came) = &ask.came { "Gathered by " (ask.asked.collector) ", released on " (day(came.release.released_on)) }
            @else { "Gathered by " (ask.asked.collector) ". It waits until you have said where you see yourself" }
        }
    }
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

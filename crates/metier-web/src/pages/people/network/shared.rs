//! Knowledge shared: what one told, wrote and taught, with where it can be read; from what one did.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::words::{capital, day, knowledge_shared};
use metier_core::journal::view;
use metier_core::network::Shared as Told;

use super::{Part, link, ways};
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page};
use crate::problem::Problem;

/// How many stand on a page.
const SHOWN: usize = 50;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let all = Told::of(&view);
    let pages = all.len().div_ceil(SHOWN).max(1);
    let page: usize = asked.text("page").parse().unwrap_or(1).clamp(1, pages);
    let content = html! {
        (ways(Part::Shared))
        h1.close { "Knowledge shared" }
        p.lead.soft { "What you told, wrote and taught, from what you did. Nothing is said twice: each line is a thing you recorded." }
        div.row {
            a.btn href="/did/new?kind=communication" { "Add something told or written" }
            a.btn.quiet href="/did/new?kind=teaching" { "Add something taught" }
        }
        @if all.is_empty() { p { "Nothing yet. A page for a colleague, a short talk, an answer that others can read: the first one is often there already and only not noted." } }
        @else {
            p.soft.small { (all.len()) " in all, the latest first." }
            ul.lines {
                @for one in all.iter().skip((page - 1) * SHOWN).take(SHOWN) {
                    li {
                        p.name { a href={ "/did/" (one.evidence) } { (one.title) } }
                        p { (capital(&knowledge_shared(one))) }
                        @for url in one.links.iter().take(5) { p.small { (link(url)) } }
                        p.soft.small { (day(one.on)) }
                    }
                }
            }
            @if pages > 1 {
                nav.row aria-label="Pages" {
                    @if page > 1 { a href={ "/people/network/shared?page=" (page - 1) } rel="prev" { "Later ones" } }
                    span.soft { "Page " (page) " of " (pages) }
                    @if page < pages { a href={ "/people/network/shared?page=" (page + 1) } rel="next" { "Earlier ones" } }
                }
            }
        }
    };
    Ok(Page::new("Knowledge shared")
        .under(Nav::People)
        .of(&metier)
        .show(&content))
}

//! The guide: its list of contents, its pages, and the quiet links to them from where each matters.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::guide::{Block, GuidePage, Run, guide, guide_address, guide_page, plain};

use crate::Shared;
use crate::layout::Page;
use crate::path::Path;
use crate::problem::Problem;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/guide", get(contents))
        .route("/guide/{name}", get(page))
}

/// A quiet line of links to pages of the guide that say why.
pub fn why(names: &[&str]) -> Markup {
    let pages = names.iter().filter_map(|name| guide_page(name));
    html! {
        p.why {
            "From the guide: "
            @for (place, (page, _, _)) in pages.enumerate() {
                @if place > 0 { " \u{b7} " }
                a href={ "/guide/" (page.name) } { (page.title) }
            }
        }
    }
}

async fn contents(State(shared): State<Shared>) -> Result<Response, Problem> {
    let mut parts: Vec<(&str, Vec<&GuidePage>)> = Vec::new();
    for page in guide() {
        match parts.last_mut() {
            Some((part, pages)) if *part == page.part => pages.push(page),
            _ => parts.push((page.part, vec![page])),
        }
    }
    show(&shared, "Guide", &html! {
        div.narrow.guide {
            h1 { "Guide" }
            p.lead { "Short pages about becoming good at your trade: why, what it takes, what gets in the way, and whose part is what. Each takes two minutes." }
            @for (part, pages) in parts {
                section {
                    h2 { (part) }
                    ul.contents {
                        @for page in pages {
                            li { a href={ "/guide/" (page.name) } { (page.title) } p.soft { (page.summary) } }
                        }
                    }
                }
            }
        }
    })
    .await
}

async fn page(State(shared): State<Shared>, Path(name): Path<String>) -> Result<Response, Problem> {
    let Some((page, before, next)) = guide_page(&name) else {
        return Err(Problem::not_found("the guide has no page of this name"));
    };
    show(&shared, &page.title, &html! {
        article.narrow.guide {
            p.crumbs { a href="/guide" { "Guide" } " / " (page.part) }
            h1 { (page.title) }
            @for block in &page.blocks { (block_of(block)) }
            nav.turn aria-label="Pages of the guide" {
                @if let Some(before) = before {
                    a rel="prev" href={ "/guide/" (before.name) } { span.soft { "Before" } span { (before.title) } }
                }
                @if let Some(next) = next {
                    a.on rel="next" href={ "/guide/" (next.name) } { span.soft { "Next" } span { (next.title) } }
                }
            }
        }
    })
    .await
}

/// Before a profession is chosen there is nowhere else to go: the way back leads to the beginning.
async fn show(shared: &Shared, title: &str, content: &Markup) -> Result<Response, Problem> {
    let metier = shared.metier().await?;
    let begun = match &metier {
        Some(metier) => metier.life().await?.current().is_some(),
        None => false,
    };
    let page = Page::new(title);
    Ok(match metier {
        Some(metier) if begun => page.of(&metier).show(content),
        _ => page.alone().show(&html! {
            (content)
            p.why { a href="/start" { "Begin with your profession" } }
        }),
    })
}

fn block_of(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading { level, id, runs } => {
                @if *level == 2 { h2 id=[id.as_ref()] { (runs_of(runs)) } }
                @else { h3 id=[id.as_ref()] { (runs_of(runs)) } }
            }
            Block::Paragraph(runs) => { p { (runs_of(runs)) } }
            Block::Quote(runs) => { blockquote { p { (runs_of(runs)) } } }
            Block::List { numbered: true, items } => { ol { @for item in items { li { (runs_of(item)) } } } }
            Block::List { numbered: false, items } => { ul { @for item in items { li { (runs_of(item)) } } } }
            Block::Table { head, rows } => {
                table {
                    thead { tr { @for cell in head { th scope="col" { (runs_of(cell)) } } } }
                    tbody {
                        @for row in rows {
                            tr { @for (head, cell) in head.iter().zip(row) { td data-head=(plain(head)) { (runs_of(cell)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn runs_of(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match &run.to {
                Some(to) => { a href=(guide_address(to)) { (look(run)) } }
                None => { (look(run)) }
            }
        }
    }
}

fn look(run: &Run) -> Markup {
    html! {
        @if run.strong { strong { (run.text) } }
        @else if run.emphasis { em { (run.text) } }
        @else { (run.text) }
    }
}

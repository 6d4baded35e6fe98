//! The review sheet: for one's own eyes.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::words;

use super::super::people::own_view::waits;
use super::paper;
use crate::Shared;
use crate::form::{Asked, Reading};
use crate::layout::{Nav, Page};
use crate::problem::Problem;

pub async fn sheet(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let since = Reading::of(&asked).day("since");
    let (sight, sheet) = metier.review_sheet(None, since).await?;
    let by = sight.life.aim().and_then(|aim| aim.by);
    let since = since.or_else(|| sight.last_review());
    Ok(Page::new(&*sheet.title)
        .under(Nav::Show)
        .of(&metier)
        .marks()
        .show(&html! {
            div.sheet {
                p.crumbs { a href="/show" { "Show" } " / Review sheet" }
                h1 { (sheet.title) }
                p.eyebrow {
                    "For your own eyes"
                    @if let Some(by) = by { "; aimed at by " (words::day(by)) }
                    @if let Some(since) = since { "; changes since " (words::day(since)) }
                    "."
                }
                p.act { a.btn.quiet href="/show/review.md" download="review-sheet.md" { "As Markdown" } " "
                    a href="/show/packet" { "What you give away is the packet" } }
                (waits(&metier).await?)
                (paper::paper(&sheet))
            }
        }))
}

pub async fn markdown(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let since = Reading::of(&asked).day("since");
    let (_, sheet) = metier.review_sheet(None, since).await?;
    Ok(file(sheet.markdown(), "review-sheet.md"))
}

/// A Markdown file to keep.
pub fn file(text: String, name: &str) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
        ],
        text,
    )
        .into_response()
}

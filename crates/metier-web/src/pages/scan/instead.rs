//! What others read in place of what somebody said.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::words::{self, capital, day};
use metier_app::{InItsPlace, Metier};
use metier_core::disclosure::{Disclosure, Reader, Scanned, View, Which, scan};
use metier_core::id::EntryId;

use super::texts;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::{Problem, sentence};

pub async fn show(State(shared): State<Shared>, Path(entry): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, named(&entry)?, None).await
}

fn named(entry: &str) -> Result<EntryId, Problem> {
    entry.parse().map_err(|_| no_entry())
}

fn no_entry() -> Problem {
    Problem::not_found("there is no such entry")
}

async fn draw(metier: &Metier, entry: EntryId, back: Option<(&Sent, &[Fault])>) -> Result<Response, Problem> {
    let (entries, _) = metier.read().await?;
    let now = metier.surroundings().now();
    let chosen = [entry].into_iter().collect();
    let found = scan(
        &entries,
        now,
        Which::IfShared(&chosen),
        &Reader::Anyone,
        View::Packet,
    );
    let item: &Scanned<'_> = found.items.first().ok_or_else(no_entry)?;
    let disclosure = Disclosure::of(&entries, now);
    let there = disclosure.for_others(entry).map(|(_, text)| text);
    let kept = Sent::default().with("text", there.unwrap_or_default());
    let (sent, faults) = back.unwrap_or((&kept, &[]));
    let form = Shown { sent, faults };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let address = format!("/scan/words/{entry}");
    Ok(Page::new("What others read of it")
        .under(Nav::Did)
        .of(metier)
        .status(status)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/did" { "What I did" } " / " a href="/scan" { "What others would see" } }
                h1 { "What others read of it" }
                p.soft { (capital(&words::sort(&item.what))) ", " (day(item.on)) }
                @if !item.line().is_empty() { blockquote.as-written { (item.line()) } }
                @if let metier_core::disclosure::Outcome::Seen(seen) = &item.outcome {
                    @if seen.redacted() { p.label { "Others read now" } (texts(seen)) }
                }
                (form.summary())
                form.card.first method="post" action=(address) {
                    (form.lines(3, Field::new("text", "What others read in its place").optional()
                        .hint("The words above stay as they were said; others see this and that it is your wording.")))
                    div.act {
                        button.btn name="do" value="text" { "Others read this" }
                        button.btn.quiet name="do" value="nothing" { "Others read nothing of it" }
                        @if there.is_some() { button.btn.quiet name="do" value="itself" { "Others read it as it stands" } }
                    }
                }
                p.soft { "Nobody sees it by this alone: it says what they would read where you share it." }
            }
        }))
}

pub async fn save(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = named(&entry)?;
    let what = match sent.text("do") {
        "nothing" => InItsPlace::Nothing,
        "itself" => InItsPlace::Itself,
        _ => InItsPlace::Text(sent.text("text").to_owned()),
    };
    match metier.for_others(id, what).await {
        Ok(_) => Ok(see_other(&format!("/scan?entry={id}"))),
        Err(error) if error.kind == metier_app::Kind::Input => {
            let fault = Fault {
                field: "text".into(),
                what: sentence(&error.message),
            };
            draw(&metier, id, Some((&sent, &[fault]))).await
        }
        Err(error) => Err(error.into()),
    }
}

//! Publishing the draft, and then, as a step of its own, aiming at what was published.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{Kind, Life, Metier, Version, WorkingCopy, version_names};

use super::compare::changes;
use super::refused;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let copy = life.working_copy()?;
    let taken = version_names(&life, &copy.framework.family);
    let sent = Sent::default().with("version", next_name(&taken));
    Ok(draw(&metier, &life, &copy, &sent, &[]))
}

/// The next whole number that no version is called yet. Of one more numbers than there are names, one is
/// free.
fn next_name(taken: &[String]) -> String {
    (taken.len() + 1..=2 * taken.len() + 1)
        .map(|n| n.to_string())
        .find(|n| !taken.contains(n))
        .unwrap_or_default()
}

fn draw(metier: &Metier, life: &Life, copy: &WorkingCopy, sent: &Sent, faults: &[Fault]) -> Response {
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = Shown { sent, faults };
    let newer = life
        .latest(&copy.framework.family)
        .filter(|v| v.digest != copy.current.digest);
    Page::new("Publish")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&html! {
            p.crumbs { a href="/framework" { "Framework" } " / Publish" }
            h1 { @if copy.drafted { "Publish the draft" } @else { "Published versions" } }
            (shown.summary())
            @if let Some(newer) = newer { (offer(copy, newer)) }
            @if copy.drafted { (draft(copy, &shown)) }
            @else if newer.is_none() {
                p { "There is no draft and no newer version than the one you aim at. " a href="/framework/edit" { "Change the criteria" } }
            }
        })
}

/// A newer version than the one aimed at: its changes, and the button that takes them on.
fn offer(copy: &WorkingCopy, newer: &Version) -> Markup {
    html! {
        section.card.first aria-labelledby="newer" {
            h2 #newer { "Aim at version " (newer.framework.version) "?" }
            p {
                "You aim at version " (copy.current.framework.version) ". Until you say so, nothing you are held to changes. "
                "With version " (newer.framework.version) " these would hold:"
            }
            (changes(&copy.current.framework, &newer.framework))
            form.act method="post" action="/framework/adopt" {
                button.btn { "Aim at version " (newer.framework.version) }
                a href="/framework" { "Keep version " (copy.current.framework.version) }
            }
        }
    }
}

fn draft(copy: &WorkingCopy, shown: &Shown<'_>) -> Markup {
    let problems = copy.problems();
    html! {
        section aria-labelledby="changes" {
            h2 #changes { "What changes from version " (copy.current.framework.version) }
            (changes(&copy.current.framework, &copy.framework))
        }
        @if problems.is_empty() {
            form.narrow method="post" action="/framework/publish" {
                h2 { "Publish" }
                (shown.line("text", Field::new("version", "What to call this version")
                    .hint("For example 2, or 2027 spring. A published version never changes again.")))
                div.act {
                    button.btn { "Publish" }
                    a href="/framework/edit" { "Go on changing" }
                }
            }
        } @else {
            div.faults {
                p { strong { "To be mended before it can be published:" } }
                ul { @for problem in problems.iter().take(50) { li { b { (problem.place) } " " (problem.what) } } }
                p { a href="/framework/edit" { "Go on changing" } }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let name = sent.text("version");
    let faults = if name.is_empty() {
        vec![Fault {
            field: "version".into(),
            what: "Give the version a name.".into(),
        }]
    } else {
        match metier.publish_draft(name).await {
            Ok(()) => return Ok(see_other("/framework/publish")),
            Err(error) if error.kind == Kind::Input => vec![refused("version", &error)],
            Err(error) => return Err(error.into()),
        }
    };
    let life = metier.life().await?;
    Ok(draw(&metier, &life, &life.working_copy()?, &sent, &faults))
}

/// Aims at the latest published version.
pub async fn adopt(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match metier.adopt_latest().await {
        Ok(_) => Ok(see_other("/framework")),
        // The level aimed at is gone: another has to be chosen first.
        Err(error) if error.kind == Kind::NotFound => Ok(Page::new("Choose a level first")
            .under(Nav::Framework)
            .of(&metier)
            .status(StatusCode::CONFLICT)
            .show(&html! {
                h1 { "Choose a level first" }
                (notice(&html! { p { (crate::problem::sentence(&error.message)) } }))
                p { "The newer version no longer has the level you aim at. Nothing was changed." }
                div.act { a.btn href="/settings/aim?newest=1" { "Choose a level of the newer version" } }
            })),
        Err(error) => Err(error.into()),
    }
}

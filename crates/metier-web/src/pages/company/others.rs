//! The other criteria that are here: what to do with each, and aiming at one of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{AimChoice, AppError, Life, Metier, Version};
use metier_core::framework::ambiguity::ambiguities;
use metier_core::id::FamilyId;

use super::{crumbs, refusal};
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

/// Families listed at most.
const LISTED: usize = 100;

/// With more families than these, what is open in each is not counted: a page is not waited for.
const COUNTED: usize = 12;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, &asked, None).await
}

async fn draw(metier: &Metier, asked: &Sent, refused: Option<&AppError>) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let current = life.needed()?;
    let others = life.other_families();
    let taken: Vec<&Version> = asked
        .all("taken")
        .filter_map(|f| others.iter().find(|v| v.framework.family.as_str() == f).copied())
        .collect();
    let told = if asked.has("aimed") {
        Some(aimed(metier, &life).await?)
    } else {
        None
    };
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(Page::new("Other criteria")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&html! {
            (crumbs("Other criteria"))
            h1 { "Other criteria that are here" }
            @if let Some(error) = refused { (refusal("Nothing was changed.", error)) }
            @if !taken.is_empty() {
                (notice(&html! {
                    p {
                        "Taken in: "
                        (words::list(&taken.iter().map(|v| v.framework.title.clone()).collect::<Vec<_>>()))
                        ". Next: say what of your own counts there."
                    }
                }))
            }
            @if let Some(told) = &told { (told) }
            p.lead { "You aim at " a href="/framework" { (current.framework.title) } ". What you recorded can be read against any of these too." }
            @if others.is_empty() { p { "There are no others yet." } }
            div.cards.wide-cards {
                @for version in others.iter().take(LISTED) {
                    (one(version, taken.iter().any(|t| t.digest == version.digest), others.len() <= COUNTED))
                }
            }
            @if others.len() > LISTED { p.soft { "And " (others.len() - LISTED) " more, older ones." } }
            div.act { a.btn.quiet href="/framework/import" { "Bring your company’s criteria" } }
        }))
}

/// What happened when something else was aimed at, and what to do next.
async fn aimed(metier: &Metier, life: &Life) -> Result<Markup, Problem> {
    let current = life.needed()?;
    let f = &current.framework;
    let level = life.aim().and_then(|a| f.level(a.level.as_ref()?));
    let before = life.beside(&f.family);
    let waiting = match before {
        Some(before) => metier.facing(&before.framework.family).await?.proposed.len(),
        None => 0,
    };
    Ok(notice(&html! {
        p {
            "You aim at " strong { (f.title) @if let Some(level) = level { ", " (level.name) } } " now. "
            @if let Some(before) = before {
                "What you recorded under " (before.framework.title) " stays, and counts here as far as you say it does."
            }
        }
        @if let Some(before) = before {
            p {
                @let to = format!("/framework/crosswalk?family={}", before.framework.family);
                @if waiting > 0 {
                    "Next: " a href=(to) { "say what of yours counts here" } "; "
                    (words::plural(waiting as u64, "pair waits", "pairs wait")) ". "
                } @else {
                    a href=(to) { "What of yours counts here" } " · "
                }
                a href="/" { "Where I stand" }
            }
        }
    }))
}

fn one(version: &Version, fresh: bool, counted: bool) -> Markup {
    let f = &*version.framework;
    let open: Option<usize> = counted.then(|| ambiguities(f).iter().map(|a| a.flags.len()).sum());
    html! {
        section.card.first[fresh] aria-labelledby={ "o-" (f.family) } {
            h2.big id={ "o-" (f.family) } { a href={ "/framework?version=" (version.digest) } { (f.title) } }
            p.soft.small {
                @if let Some(source) = &f.source {
                    "From “" (source.document) "”"
                    @if !source.publisher.is_empty() { " of " (source.publisher) }
                    ". "
                }
                (words::capital(&words::plural(f.competencies.len() as u64, "competency", "competencies"))) ", "
                (words::plural(f.levels.len() as u64, "level", "levels")) "."
            }
            ul.plain {
                li { a href={ "/framework/crosswalk?family=" (f.family) } { "What of yours counts there" } }
                li { a href={ "/framework/beside?family=" (f.family) } { "Both, side by side" } }
                @if open != Some(0) {
                    li {
                        a href={ "/framework/questions?family=" (f.family) } { "What to ask" }
                        @if let Some(open) = open {
                            span.soft { ": " (words::plural(open as u64, "place", "places")) " can be read either way" }
                        }
                    }
                }
            }
            @if !f.levels.is_empty() {
                form.inline method="post" action="/framework/others" {
                    input type="hidden" name="family" value=(f.family);
                    label {
                        span.hide { "Level of " (f.title) }
                        select name="level" {
                            @for level in &f.levels { option value=(level.id) { (level.name) } }
                        }
                    }
                    button.btn.quiet { "Aim at it" span.hide { ": " (f.title) } }
                }
            }
        }
    }
}

/// Aims at a level of another family.
pub async fn aim(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let version = FamilyId::new(sent.text("family"))
        .ok()
        .and_then(|family| life.latest(&family))
        .ok_or_else(|| Problem::not_found("there are no such criteria here"))?;
    let level = version
        .framework
        .levels
        .iter()
        .find(|l| l.id.as_str() == sent.text("level"));
    let Some(level) = level else {
        let error = AppError::input("it has no such level").hint("Choose one of its levels.");
        return draw(&metier, &sent, Some(&error)).await;
    };
    let choice = AimChoice {
        level: Some(level.id.clone()),
        own: None,
        by: life.aim().and_then(|a| a.by),
    };
    metier.aim(Some(&version.framework.family), choice).await?;
    Ok(see_other("/framework/others?aimed=1"))
}

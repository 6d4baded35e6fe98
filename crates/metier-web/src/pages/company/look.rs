//! A levelling document looked at: what its columns are read as, what it names, what it lacks. Nothing is
//! recorded here.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, found};
use metier_app::{AppError, Levelling, Part};

use super::{Bringing, choices, columns, refusal};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::held::Document;
use crate::layout::see_other;
use crate::problem::Problem;

/// Roles listed at most; with more, one searches.
const LISTED: usize = 100;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let here = Bringing::of(&shared).await?;
    look(&shared, &here, &asked, None).await
}

/// The page, with what was refused above it.
pub async fn look(
    shared: &Shared,
    here: &Bringing,
    sent: &Sent,
    refused: Option<&AppError>,
) -> Result<Response, Problem> {
    let document = match choices::document(sent) {
        Some(digest) => shared.held().get(&digest).await,
        None => None,
    };
    let Some(document) = document else {
        return Ok(see_other("/framework/import?gone=1"));
    };
    let mut reading = Reading::of(sent);
    let said = choices::read(&mut reading, sent);
    let faults = reading.done(()).err().unwrap_or_default();
    let seen = here.versions().await?;
    let page = match document.levelling(&said).await {
        Ok(levelling) => {
            let status = if refused.is_some() || !faults.is_empty() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            let shown = understood(&document, &levelling, (here, seen), sent, &faults, refused);
            (status, shown)
        }
        Err(error) => {
            // What was said may itself be wrong: then the columns are shown as they are guessed.
            let sheets = match document.sheets(&said).await {
                Ok(sheets) => sheets,
                Err(_) => document.sheets(&metier_app::Choices::default()).await?,
            };
            let shown = html! {
                (head(here, &document))
                (refusal("It cannot be read so yet. Nothing was taken in.", &error))
                (columns::form(&sheets, sent, &faults, true))
            };
            (StatusCode::UNPROCESSABLE_ENTITY, shown)
        }
    };
    let (status, content) = page;
    Ok(here.page(document.name.as_str()).status(status).show(&content))
}

fn head(here: &Bringing, document: &Document) -> Markup {
    html! {
        (here.crumbs("Your company’s criteria"))
        p.eyebrow { (document.name) " · " span.mono title=(document.digest) { (document.digest.short()) } }
        h1 { "What the document says" }
    }
}

fn understood(
    document: &Document,
    levelling: &Levelling,
    (here, seen): (&Bringing, usize),
    sent: &Sent,
    faults: &[Fault],
    refused: Option<&AppError>,
) -> Markup {
    let empty = levelling.usable().next().is_none();
    let (matter, also): (Vec<_>, Vec<_>) = levelling.notes.iter().partition(|n| n.matters());
    html! {
        (head(here, document))
        @if let Some(error) = refused { (refusal("Nothing was taken in.", error)) }
        p.lead {
            (words::capital(&found(levelling))) ". Nothing of it is taken in yet: "
            @if empty { "say which column holds the levels." }
            @else if levelling.tracks { "check what the columns are read as, then choose tracks." }
            @else { "check what the columns are read as, then choose roles." }
        }
        @if !matter.is_empty() {
            div.notice.warn {
                h2.label { "Worth a look" }
                ul { @for note in &matter { li { (note) } } }
            }
        }
        @if !also.is_empty() || !levelling.findings.is_empty() {
            details.fold {
                summary { "How it was read" }
                ul {
                    @for finding in &levelling.findings { li { (finding) } }
                    @for note in &also { li { (note) } }
                }
            }
        }
        details.fold open[!faults.is_empty() || empty] {
            summary { "What the columns mean" }
            (columns::form(&levelling.sheets, sent, faults, false))
        }
        @if !empty { (choose(levelling, (here, seen), sent)) }
        (without_levels(levelling))
    }
}

/// The roles or tracks to take in.
fn choose(levelling: &Levelling, (here, seen): (&Bringing, usize), sent: &Sent) -> Markup {
    let wanted = sent.text("find").to_lowercase();
    let all: Vec<&Part> = levelling.usable().collect();
    let fit: Vec<&Part> = all
        .iter()
        .copied()
        .filter(|p| {
            wanted.is_empty()
                || p.name.to_lowercase().contains(&wanted)
                || p.family.to_lowercase().contains(&wanted)
        })
        .collect();
    let only = all.len() == 1;
    let what = if levelling.tracks { "track" } else { "role" };
    html! {
        section aria-labelledby="roles" {
            h2 #roles { "Choose " @if only { "it" } @else { "the " (what) "s that matter to you" } }
            @if all.len() > 12 {
                form.inline method="get" action="/framework/import/look" {
                    (choices::hidden(sent))
                    div.field {
                        label for="f-find" { "Find a " (what) }
                        input #f-find type="search" name="find" value=(sent.text("find"));
                    }
                    button.btn.quiet { "Find" }
                }
            }
            @if fit.is_empty() { p { "No " (what) " here has this in its name." } }
            form method="post" action="/framework/import/take" {
                (choices::hidden(sent))
                input type="hidden" name="seen" value=(seen);
                ul.lines {
                    @for part in fit.iter().take(LISTED) {
                        li { (one(part, levelling.tracks, only || sent.ticks("role", &part.name))) }
                    }
                }
                @if fit.len() > LISTED { p.soft { "And " (fit.len() - LISTED) " more: find them by name." } }
                @if levelling.tracks && !only {
                    label.tick-box {
                        input type="checkbox" name="together" value="yes" checked[sent.has("together")];
                        span { "Those I tick are one set of criteria together" }
                    }
                }
                @if here.metier.is_none() {
                    (Shown { sent, faults: &[] }.line("text", Field::new("name", "What should your record call you?")
                        .hint("A first name or initials will do.").may_stay_empty()))
                }
                div.stay { button.btn { @if here.first { "Begin with what is ticked" } @else { "Take in what is ticked" } } a href="/framework/import" { "Another document" } }
            }
        }
    }
}

fn one(part: &Part, tracks: bool, ticked: bool) -> Markup {
    let levels: Vec<&str> = part.levels.iter().map(|l| l.name.as_str()).collect();
    html! {
        label.tick-box.role {
            input type="checkbox" name="role" value=(part.name) checked[ticked];
            span {
                span.name { (part.name) }
                @if !part.family.is_empty() { span.soft { " · " (part.family) } }
                br;
                span.soft.small {
                    @if tracks { (words::capital(&words::plural(part.steps.len() as u64, "step", "steps"))) ": " (part.steps.join(" → ")) }
                    @else {
                        (words::capital(&words::plural(levels.len() as u64, "level", "levels"))) ": " (levels.join(" → ")) ". "
                        (words::capital(&words::plural(part.skills.len() as u64, "skill", "skills"))) "."
                    }
                }
            }
        }
    }
}

/// Roles that are named and have nothing to aim at.
fn without_levels(levelling: &Levelling) -> Markup {
    let without: Vec<&Part> = levelling.unusable().collect();
    html! {
        @if !without.is_empty() {
            section aria-labelledby="without" {
                h2 #without {
                    (words::capital(&words::plural(without.len() as u64, "role", "roles"))) " without levels"
                }
                p.soft { "The document names them and no level of them, so there is nothing to aim at." }
                ul { @for part in without.iter().take(LISTED) { li { (part.name) } } }
                @if without.len() > LISTED { p.soft { "And " (without.len() - LISTED) " more." } }
            }
        }
    }
}

//! The draft: everything that can be changed, each in a small form of its own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{Edit, Head, Metier, WorkingCopy, compare, words};
use metier_core::framework::Weight;

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let copy = metier.life().await?.working_copy()?;
    Ok(draw(&metier, &copy, &[]))
}

/// The draft, with what was refused last above it.
pub fn draw(metier: &Metier, copy: &WorkingCopy, faults: &[Fault]) -> Response {
    let f = &*copy.framework;
    let sent = Sent::default();
    let shown = Shown { sent: &sent, faults };
    let content = html! {
        p.crumbs { a href="/framework" { "Framework" } " / Change it" }
        h1 { "Change the criteria" }
        (shown.summary())
        (standing(copy))
        section aria-labelledby="whole" {
            h2 #whole { "The whole" }
            p { b { (f.title) } @if !f.practitioner.is_empty() { " · " (f.practitioner) } }
            p.soft { (f.summary) }
            div.act {
                a.btn.quiet href="/framework/edit/head" { "Reword" }
                a href="/framework/edit/document" { "Edit it as one document" }
            }
        }
        (super::steps::list(f))
        (super::competencies::list(f))
        (levels(copy))
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::new("Change the criteria")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&content)
}

/// Whether there is a draft, and what to do with it.
fn standing(copy: &WorkingCopy) -> Markup {
    let changes = compare(&copy.current.framework, &copy.framework).len() as u64;
    html! {
        @if copy.drafted {
            (notice(&html! {
                p {
                    "This is a draft: " (words::plural(changes, "change", "changes")) " from version "
                    (copy.current.framework.version) ", which holds until you publish the draft and say so."
                }
                form.act method="post" {
                    a.btn href="/framework/publish" { "Look at the changes and publish" }
                    button.btn.quiet formaction="/framework/edit/undo" { "Take the last change back" }
                    button.btn.risky formaction="/framework/edit/discard" { "Throw the draft away" }
                }
            }))
        } @else {
            p.lead {
                "The first change begins a draft. Version " (copy.current.framework.version)
                " stays as it is, and nothing you are held to moves, until you publish the draft and aim at it."
            }
        }
    }
}

fn levels(copy: &WorkingCopy) -> Markup {
    let f = &copy.framework;
    html! {
        section #levels aria-labelledby="levels-h" {
            h2 #levels-h { "Levels" }
            ul.lines {
                @for level in &f.levels {
                    @let required = level.expectations.iter().filter(|e| e.weight == Weight::Required).count();
                    @let weighted = level.expectations.iter().filter(|e| matches!(e.weight, Weight::Weighted(_))).count();
                    li.entry {
                        div {
                            p.name { (level.name) }
                            p.soft.small { (required) " required, " (weighted) " weighted" }
                        }
                        a.btn.quiet.small href={ "/framework/edit/level?id=" (level.id) } { "Change" span.hide { " " (level.name) } }
                    }
                }
            }
            div.act { a.btn.quiet href="/framework/edit/level" { "Add a level" } }
        }
    }
}

pub async fn undo(State(shared): State<Shared>) -> Result<Response, Problem> {
    shared.started().await?.undo_draft().await?;
    Ok(see_other("/framework/edit"))
}

pub async fn discard(State(shared): State<Shared>) -> Result<Response, Problem> {
    shared.started().await?.discard_draft().await?;
    Ok(see_other("/framework"))
}

pub async fn head(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let sent = Sent::default()
        .with("title", f.title.as_str())
        .with("practitioner", f.practitioner.as_str())
        .with("summary", f.summary.as_str())
        .with("note", f.note.as_str());
    Ok(draw_head(&metier, &sent, &[]))
}

pub async fn save_head(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let head = Head {
        title: reading.needed("title", "Name the profession."),
        practitioner: sent.text("practitioner").into(),
        summary: sent.text("summary").into(),
        note: sent.text("note").into(),
    };
    let faults = match reading.done(head) {
        Ok(head) => match super::keep(&metier, Edit::Head(head), "title", "/framework/edit").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    Ok(draw_head(&metier, &sent, &faults))
}

fn draw_head(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    form_page(
        metier,
        "The whole",
        &shown,
        &html! {
            form method="post" action="/framework/edit/head" {
                (shown.line("text", Field::new("title", "Title").hint("Usually the profession: Content marketing.")))
                (shown.line("text", Field::new("practitioner", "What one who does it is called").optional()))
                (shown.lines(3, Field::new("summary", "What the profession is for").optional()))
                (shown.lines(6, Field::new("note", "Who wrote this, from what, and how far it was checked").optional()))
                (buttons())
            }
        },
    )
}

/// One form of the draft on a page of its own.
pub fn form_page(metier: &Metier, title: &str, shown: &Shown<'_>, form: &Markup) -> Response {
    let status = if shown.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::new(title)
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&html! {
            div.narrow {
                (super::crumbs(title))
                h1 { (title) }
                (shown.summary())
                (form)
            }
        })
}

/// What ends every form of the draft.
pub fn buttons() -> Markup {
    html! {
        div.act {
            button.btn { "Keep in the draft" }
            a href="/framework/edit" { "Leave it as it was" }
        }
    }
}

/// The same with a way to take the thing out.
pub fn buttons_and_remove(what: &str) -> Markup {
    html! {
        div.act {
            button.btn { "Keep in the draft" }
            a href="/framework/edit" { "Leave it as it was" }
            button.btn.risky name="do" value="remove" formnovalidate { "Take out " (what) }
        }
    }
}

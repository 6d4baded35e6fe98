//! Times away, for which the clock of freshness stands still, and reviews, from which one looks back.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{Kind, Life, Metier};
use metier_core::journal::{Fact, Review};
use metier_core::person::Leave;

use super::{day_field, form_page, in_order, take_back_form, tell, told_by};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::{Problem, sentence};

/// Both lists, as they stand on the page.
pub fn section(life: &Life) -> Markup {
    html! {
        section.card aria-labelledby="leave" {
            h2.label #leave { "Times away" }
            p.small { "While you are away nothing grows stale: the clock of freshness stands still." }
            ul.plain {
                @for t in life.leaves.iter().rev() {
                    li.circumstance {
                        p {
                            (words::capital(&words::span(Some(t.what.from), t.what.until))) " · "
                            a href={ "/mastery/leave?id=" (t.id) } { "Change or end" span.hide { " the time away from " (t.what.from) } }
                        }
                    }
                }
            }
            div.act { a href="/mastery/leave" { "Add a time away" } }
        }
        section.card aria-labelledby="reviews" {
            h2.label #reviews { "Reviews" }
            p.small { "A day to look back from." }
            ul.plain {
                @for t in life.reviews.iter().rev() {
                    li.circumstance {
                        p {
                            (words::day(t.on))
                            @if !t.what.with.is_empty() { " with " (t.what.with) }
                            " · " a href={ "/mastery/review?id=" (t.id) } { "Change" span.hide { " the review of " (t.on) } }
                        }
                        @if !t.what.note.is_empty() { p.soft.small { (t.what.note) } }
                    }
                }
            }
            div.act { a href="/mastery/review" { "Add a review" } }
        }
    }
}

pub async fn leave(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let sent = match told_by(&life.leaves, &asked)? {
        None => Sent::default(),
        Some(t) => Sent::default()
            .with("id", t.id.to_string())
            .with("from", t.what.from.to_string())
            .with("until", day_field(t.what.until)),
    };
    draw_leave(&metier, &life, &sent, &[])
}

fn draw_leave(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let shown = Shown { sent, faults };
    let told = told_by(&life.leaves, sent)?;
    Ok(form_page(
        metier,
        "A time away",
        &shown,
        &html! {
            p { "Illness, a child, a year abroad: why is your own affair and is not asked." }
            form method="post" action="/mastery/leave" {
                input type="hidden" name="id" value=(sent.text("id"));
                (shown.line("date", Field::new("from", "First day away")))
                (shown.line("date", Field::new("until", "Last day away").hint("Empty while it lasts.").optional()))
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it" } }
            }
            @if let Some(t) = told { (take_back_form(t.id)) }
        },
    ))
}

pub async fn save_leave(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let told = told_by(&life.leaves, &sent)?.map(|t| t.id);
    let mut reading = Reading::of(&sent);
    if !sent.has("from") {
        reading.fault("from", "Give the first day away.");
    }
    let (from, until) = (reading.day("from"), reading.day("until"));
    in_order(&mut reading, from, until);
    let faults = match reading.done(from) {
        Ok(from) => {
            let from = from.unwrap_or_else(|| shared.surroundings().today());
            match tell(&metier, told, Fact::Leave(Leave { from, until }), "from").await? {
                Ok(done) => return Ok(done),
                Err(faults) => faults,
            }
        }
        Err(faults) => faults,
    };
    draw_leave(&metier, &life, &sent, &faults)
}

pub async fn review(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let sent = match told_by(&life.reviews, &asked)? {
        None => Sent::default().with("on", shared.surroundings().today().to_string()),
        Some(t) => Sent::default()
            .with("id", t.id.to_string())
            .with("on", t.on.to_string())
            .with("with", t.what.with.as_str())
            .with("note", t.what.note.as_str()),
    };
    draw_review(&metier, &life, &sent, &[])
}

fn draw_review(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let shown = Shown { sent, faults };
    let told = told_by(&life.reviews, sent)?;
    Ok(form_page(
        metier,
        "A review",
        &shown,
        &html! {
            form method="post" action="/mastery/review" {
                input type="hidden" name="id" value=(sent.text("id"));
                (shown.line("date", Field::new("on", "When it was")))
                (shown.line("text", Field::new("with", "With whom").optional()))
                (shown.lines(4, Field::new("note", "What came out of it").optional()))
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it" } }
            }
            @if let Some(t) = told { (take_back_form(t.id)) }
        },
    ))
}

pub async fn save_review(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let told = told_by(&life.reviews, &sent)?.map(|t| t.id);
    let mut reading = Reading::of(&sent);
    let on = reading.past_day("on", shared.surroundings().today());
    let review = Review {
        with: sent.text("with").into(),
        note: sent.text("note").into(),
    };
    let faults = match reading.done(review) {
        Ok(review) => {
            let recorded = match told {
                Some(entry) => metier.correct(entry, on, Fact::Review(review)).await,
                None => metier.reviewed(on, review).await,
            };
            match recorded {
                Ok(_) => return Ok(see_other("/mastery")),
                Err(error) if error.kind == Kind::Input => vec![Fault {
                    field: "on".into(),
                    what: sentence(&error.message),
                }],
                Err(error) => return Err(error.into()),
            }
        }
        Err(faults) => faults,
    };
    draw_review(&metier, &life, &sent, &faults)
}

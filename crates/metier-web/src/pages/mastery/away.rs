//! Times away, for which the clock of freshness stands still, and reviews, from which one looks back.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{Kind, Life, Metier};
use metier_core::id::EntryId;
use metier_core::journal::{Fact, Review};
use metier_core::person::Leave;

use super::{day_field, form_page, in_order, take_back_form, tell, told_by};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::{Problem, sentence};

/// Both lists, as they stand on the page.
pub fn section(life: &Life, today: Date) -> Markup {
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
            p.small { "A day to look back from, or one to come." }
            ul.plain {
                @for t in life.planned.iter().filter(|t| t.on > today) {
                    li.circumstance {
                        p {
                            (words::planned(&t.what, Some(today)))
                            " · " a href={ "/mastery/review?id=" (t.id) } { "Change" span.hide { " the review of " (t.on) } }
                        }
                        @if !t.what.note.is_empty() { p.soft.small { (t.what.note) } }
                    }
                }
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
            div.act { a href="/mastery/review" { "Add or plan a review" } }
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
    let sent = match told_of_review(&life, &asked)? {
        None => Sent::default().with("on", shared.surroundings().today().to_string()),
        Some((id, on, review)) => Sent::default()
            .with("id", id.to_string())
            .with("on", on.to_string())
            .with("with", review.with)
            .with("note", review.note),
    };
    draw_review(&metier, &life, &sent, &[])
}

/// The review an address or form names, whether it took place or is to be.
fn told_of_review(life: &Life, sent: &Sent) -> Result<Option<(EntryId, Date, Review)>, Problem> {
    let id: Option<EntryId> = sent.text("id").parse().ok();
    if let Some(planned) = life.planned.iter().find(|planned| Some(planned.id) == id) {
        let review = Review {
            with: planned.what.with.clone(),
            note: planned.what.note.clone(),
        };
        return Ok(Some((planned.id, planned.on, review)));
    }
    Ok(told_by(&life.reviews, sent)?.map(|told| (told.id, told.on, told.what.clone())))
}

fn draw_review(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let shown = Shown { sent, faults };
    let told = told_of_review(life, sent)?;
    Ok(form_page(
        metier,
        "A review",
        &shown,
        &html! {
            form method="post" action="/mastery/review" {
                input type="hidden" name="id" value=(sent.text("id"));
                (shown.line("date", Field::new("on", "The day").hint("When it was; or a day to come, when it is to be: the days until then are counted for you.")))
                (shown.line("text", Field::new("with", "With whom").optional()))
                (shown.lines(4, Field::new("note", "What came out of it").hint("Or what it is to be about.").optional()))
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it" } }
            }
            @if let Some((id, ..)) = told { (take_back_form(id)) }
        },
    ))
}

pub async fn save_review(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let told = told_of_review(&life, &sent)?.map(|(id, ..)| id);
    let mut reading = Reading::of(&sent);
    let on = reading.day("on").unwrap_or_else(|| shared.surroundings().today());
    let review = Review {
        with: sent.text("with").into(),
        note: sent.text("note").into(),
    };
    let faults = match reading.done(review) {
        Ok(review) => {
            let recorded = match told {
                Some(entry) => metier.review_again(entry, on, review).await,
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

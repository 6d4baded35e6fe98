//! A position: its title, with whom, from when until when, and which practices it exercises.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{Life, Metier};
use metier_core::framework::Framework;
use metier_core::id::PracticeId;
use metier_core::journal::Fact;
use metier_core::person::Position;

use super::{day_field, form_page, in_order, take_back_form, tell, told_by};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::problem::Problem;

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let sent = match told_by(&life.positions, &asked)? {
        None => Sent::default(),
        Some(t) => {
            let p = &t.what;
            let sent = Sent::default()
                .with("id", t.id.to_string())
                .with("title", p.title.as_str())
                .with("organisation", p.organisation.as_str())
                .with("industry", p.industry.as_str())
                .with("from", p.from.to_string())
                .with("until", day_field(p.until));
            p.practices
                .iter()
                .fold(sent, |sent, id| sent.with("practices", id.as_str()))
        }
    };
    draw(&metier, &life, &sent, &[])
}

/// The framework whose practices a position names: its own, or the one aimed at.
fn framework_of<'l>(life: &'l Life, sent: &Sent) -> Result<&'l Framework, Problem> {
    let told = told_by(&life.positions, sent)?;
    let own = told.and_then(|t| life.latest(&t.what.family));
    Ok(&own.map_or_else(|| life.needed(), Ok)?.framework)
}

fn draw(metier: &Metier, life: &Life, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let shown = Shown { sent, faults };
    let f = framework_of(life, sent)?;
    let told = told_by(&life.positions, sent)?;
    let title = if told.is_some() {
        "A position"
    } else {
        "A new position"
    };
    Ok(form_page(
        metier,
        title,
        &shown,
        &html! {
            form method="post" action="/mastery/position" {
                input type="hidden" name="id" value=(sent.text("id"));
                (fields(&shown, f))
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it" } }
            }
            @if let Some(t) = told { (take_back_form(t.id)) }
        },
    ))
}

/// The fields of a position in one framework.
pub fn fields(form: &Shown<'_>, f: &Framework) -> Markup {
    html! {
        (form.line("text", Field::new("title", "Title")))
        (form.line("text", Field::new("organisation", "With whom").optional()))
        (form.line("text", Field::new("industry", "Industry").optional()))
        (form.line("date", Field::new("from", "First day")))
        (form.line("date", Field::new("until", "Last day").hint("Empty while it lasts.").optional()))
        fieldset.ticks id="f-practices" {
            legend { "Practices of " (f.title) " it exercises" }
            @for p in &f.practices { (form.tick("practices", p.id.as_str(), &p.name)) }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let told = told_by(&life.positions, &sent)?.map(|t| t.id);
    let faults = match read(framework_of(&life, &sent)?, &sent, shared.surroundings().today()) {
        Ok(position) => match tell(&metier, told, Fact::Position(position), "title").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    draw(&metier, &life, &sent, &faults)
}

/// What the fields of a position say.
pub fn read(f: &Framework, sent: &Sent, today: jiff::civil::Date) -> Result<Position, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let title = reading.needed("title", "Give the position its title.");
    let from = match sent.text("from") {
        "" => {
            reading.fault("from", "Give its first day.");
            today
        }
        _ => reading.day("from").unwrap_or(today),
    };
    let until = reading.day("until");
    in_order(&mut reading, Some(from), until);
    let practices: Vec<PracticeId> = f
        .practices
        .iter()
        .filter(|p| sent.ticks("practices", p.id.as_str()))
        .map(|p| p.id.clone())
        .collect();
    if practices.is_empty() {
        reading.fault("practices", "Tick at least one practice it exercises.");
    }
    reading.done(Position {
        title,
        organisation: sent.text("organisation").into(),
        industry: sent.text("industry").into(),
        family: f.family.clone(),
        practices,
        from,
        until,
    })
}

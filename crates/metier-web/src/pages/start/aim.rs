//! What one wants, and by when.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{AimChoice, Metier};
use metier_core::framework::{Level, Weight};
use metier_core::id::LevelId;

use super::{Stage, pick, shown};
use crate::Shared;
use crate::field::Field;
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The value of "not sure yet".
const OPEN: &str = "open";

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let mut sent = Sent::default();
    if let Some(aim) = life.aim() {
        if let Some(level) = &aim.level {
            sent = sent.with("level", level.as_str());
        }
        if let Some(by) = aim.by {
            sent = sent.with("by", by.to_string());
        }
    }
    page(&metier, &sent, &[]).await
}

async fn page(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let form = shown(sent, faults);
    Ok(Stage::Aim.page(
        "Your aim",
        faults,
        &html! {
            div.start {
                h1 { "What do you want in " (framework.title) ", and by when?" }
                p.lead { "This decides what you are compared with. You can change it at any time." }
                (form.summary())
                form method="post" action="/start/aim" {
                    fieldset.picks id="f-level" {
                        legend { "The level to reach" }
                        div.stack {
                            @for level in &framework.levels { (level_card(sent, level)) }
                            (pick(sent, "level", OPEN, "Not sure yet", &html! {
                                span { "Record first; choose when you have seen what the levels ask for." }
                            }))
                        }
                    }
                    (form.line("date", Field::new("by", "By when").optional()
                        .hint("Your next review, or the day you would like to be there.")))
                    div.stay { button.btn { "Go on" } a href="/start" { "Back" } }
                }
            }
        },
    ))
}

fn level_card(sent: &Sent, level: &Level) -> Markup {
    let of = |wanted: fn(&Weight) -> bool| level.expectations.iter().filter(|e| wanted(&e.weight)).count();
    let required = of(|w| *w == Weight::Required);
    let weighted = of(|w| matches!(w, Weight::Weighted(_)));
    pick(
        sent,
        "level",
        level.id.as_str(),
        &level.name,
        &html! {
            span { (level.summary) }
            span.soft.small {
                (required) " things must be met" @if weighted > 0 { ", " (weighted) " more count" } "."
                @if !level.indicative_years.is_empty() { " Usual: " (level.indicative_years) "." }
            }
        },
    )
}

pub async fn choose(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let mut reading = Reading::of(&sent);
    let level = match sent.text("level") {
        "" | OPEN => None,
        word => {
            let level = LevelId::new(word).ok().filter(|id| framework.level(id).is_some());
            if level.is_none() {
                reading.fault(
                    "level",
                    format!("{} has no such level; choose one of these.", framework.title),
                );
            }
            level
        }
    };
    let by = reading.day("by");
    if by.is_some_and(|by| by < metier.surroundings().today()) {
        reading.fault(
            "by",
            "This day has passed; choose one to come, or leave it empty.",
        );
    }
    match reading.done(AimChoice { level, own: None, by }) {
        Ok(choice) => {
            let same = life
                .aim()
                .is_some_and(|a| a.level == choice.level && a.own.is_none() && a.by == choice.by);
            if !same {
                metier.aim(None, choice).await?;
            }
            Ok(see_other("/start/place"))
        }
        Err(faults) => page(&metier, &sent, &faults).await,
    }
}

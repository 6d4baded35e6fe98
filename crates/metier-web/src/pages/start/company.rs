//! Criteria of a company are here and nothing is aimed at yet: which of them to begin with.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::{Life, Version, words};
use metier_core::id::FamilyId;
use metier_core::person::ProfessionStatus;

use super::{Stage, pick, shown};
use crate::Shared;
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// Criteria listed at most.
const LISTED: usize = 100;

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let life = shared.opened().await?.life().await?;
    Ok(draw(&life, &Sent::default(), &[]))
}

fn draw(life: &Life, sent: &Sent, faults: &[Fault]) -> Response {
    let all: Vec<&Version> = life.families();
    if all.is_empty() {
        return see_other("/framework/import");
    }
    let form = shown(sent, faults);
    Stage::Profession.page("Begin", faults, &html! {
        div.start {
            h1 { "Which of them is yours?" }
            p.lead { "You begin with one; the others stay here, and the same record can be read against each of them." }
            (form.summary())
            form method="post" action="/start/company" {
                fieldset.picks id="f-family" {
                    legend.hide { "The criteria to begin with" }
                    div.cards.two-up {
                        @for version in all.iter().take(LISTED) {
                            @let f = &version.framework;
                            (pick(sent, "family", f.family.as_str(), &f.title, &html! {
                                span.soft.small {
                                    (words::capital(&words::plural(f.competencies.len() as u64, "competency", "competencies"))) ", "
                                    (words::plural(f.levels.len() as u64, "level", "levels")) "."
                                }
                            }))
                        }
                    }
                }
                div.stay { button.btn { "Go on" } a href="/start" { "Back" } }
            }
        }
    })
}

pub async fn choose(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.opened().await?;
    let life = metier.life().await?;
    let mut reading = Reading::of(&sent);
    let family: Option<FamilyId> = reading.read("family", "Choose one of them.");
    let there = family.filter(|f| life.latest(f).is_some());
    if there.is_none() {
        reading.fault("family", "Choose the one to begin with.");
    }
    match (reading.done(()), there) {
        (Ok(()), Some(family)) => {
            metier.begin_with(&family, ProfessionStatus::Held).await?;
            Ok(see_other("/start/aim"))
        }
        (Err(faults), _) => Ok(draw(&life, &sent, &faults)),
        (Ok(()), None) => Ok(draw(&life, &sent, &[])),
    }
}

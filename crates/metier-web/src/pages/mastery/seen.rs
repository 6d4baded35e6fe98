//! What a master was seen to do: one row at a time, each on its own, so that two windows lose nothing.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::html;
use metier_app::{AppError, Kind, Metier, Seen};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId, RungId};
use metier_core::journal::view;
use metier_core::mastery::{Behaviour, Mastery};

use super::exemplar::{competencies, found, steps};
use super::{address, entry_of, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// Back to the master; where what was meant was gone, saying so.
pub fn back(done: Result<(), AppError>, id: EntryId) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(see_other(&format!("/mastery/exemplar?id={id}"))),
        Err(error) if error.kind == Kind::NotFound => {
            Ok(see_other(&format!("/mastery/exemplar?id={id}&gone=yes")))
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds something they accomplished.
pub async fn accomplished(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(sent.text("id"))?;
    let what = sent.text("what").to_owned();
    back(metier.seen_of(id, Seen::Accomplished(what)).await, id)
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &framework.family);
    let exemplar = found(&mastery, asked.text("id"))?;
    let row = exemplar
        .what
        .accomplished
        .iter()
        .find(|a| a.what == asked.text("of"));
    let row = row.ok_or_else(|| {
        Problem::not_found("that is not among what they accomplished; perhaps it was taken out")
    })?;
    let mut sent = Sent::default()
        .with("id", asked.text("id"))
        .with("of", row.what.as_str());
    if asked.has("what") {
        let there = row.behaviours.iter().find(|b| b.what == asked.text("what"));
        let there = there.ok_or_else(|| {
            Problem::not_found("that is not among what they were seen to do; perhaps it was taken out")
        })?;
        sent = sent
            .with("was", there.what.as_str())
            .with("what", there.what.as_str())
            .with("daily", there.daily.map_or("", |d| if d { "yes" } else { "no" }))
            .with(
                "competency",
                there.competency.as_ref().map_or("", CompetencyId::as_str),
            )
            .with("rung", there.rung.as_ref().map_or("", RungId::as_str));
    }
    Ok(draw(&metier, framework, &exemplar.what.name, &sent, &[]))
}

fn draw(metier: &Metier, f: &Framework, name: &str, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let draft = address("/framework/edit/competency", &[("name", sent.text("what"))]);
    form_page(
        metier,
        "What they were seen to do",
        &shown,
        &html! {
            p.lead { (name) ": " (sent.text("of")) }
            form method="post" action="/mastery/exemplar/did" {
                input type="hidden" name="id" value=(sent.text("id"));
                input type="hidden" name="of" value=(sent.text("of"));
                input type="hidden" name="was" value=(sent.text("was"));
                (shown.lines(2, Field::new("what", "For that, they were seen to").hint("So that a colleague could see it happen: tastes every sauce before service.")))
                (shown.choice(Field::new("daily", "Day in, day out?"), &[("", "I do not know"), ("yes", "yes"), ("no", "not every day")]))
                (shown.grouped_choice(Field::new("competency", "Which competency does it come down to?").hint("Leave it open where none fits.").may_stay_empty(), "none named yet", &competencies(f)))
                (shown.choice(Field::new("rung", "At which step do they do it?"), &steps(f)))
                div.act {
                    button.btn { "Record it" }
                    @if sent.has("was") { button.btn.risky name="do" value="remove" { "Take it out" } }
                    a href={ "/mastery/exemplar?id=" (sent.text("id")) } { "Leave it" }
                }
            }
            p.soft.small { "These criteria have nothing like it? " a href=(draft) { "Add a competency to a draft of them" } ", and name it here once the draft is published." }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &framework.family);
    let exemplar = found(&mastery, sent.text("id"))?;
    let of = sent.text("of").to_owned();
    let was = sent.text("was").to_owned();
    if sent.text("do") == "remove" {
        return back(
            metier.seen_of(exemplar.id, Seen::DidNot(of, was)).await,
            exemplar.id,
        );
    }
    let mut reading = Reading::of(&sent);
    let what = reading.needed("what", "Say what they were seen to do.");
    let competency: Option<CompetencyId> = reading.read("competency", "Choose one of the competencies.");
    let rung: Option<RungId> = reading.read("rung", "Choose one of the steps.");
    if rung.is_some() && competency.is_none() {
        reading.fault("competency", "Choose the competency it is a step of.");
    }
    let behaviour = Behaviour {
        what,
        daily: match sent.text("daily") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        competency,
        rung,
    };
    let faults = match reading.done(behaviour) {
        Ok(behaviour) => {
            let seen = if was.is_empty() || was == behaviour.what {
                Seen::Did(of, behaviour)
            } else {
                Seen::Reworded(of, was, behaviour)
            };
            match metier.seen_of(exemplar.id, seen).await {
                Err(error) if error.kind == Kind::Input => refused(error, "what")?,
                done => return back(done, exemplar.id),
            }
        }
        Err(faults) => faults,
    };
    Ok(draw(&metier, framework, &exemplar.what.name, &sent, &faults))
}

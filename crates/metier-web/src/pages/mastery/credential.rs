//! Recording a credential the field asks for, or its renewal.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::{Kind, LogEvidence, Metier, ToClaim, evidence};
use metier_core::evidence::Happening;
use metier_core::framework::{Framework, RequiredCredential};

use super::form_page;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::{Problem, sentence};

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let wanted = named(&life.needed()?.framework, &asked)?;
    let sent = Sent::default()
        .with("id", wanted.id.as_str())
        .with("title", wanted.name.as_str())
        .with("body", wanted.body.as_str());
    Ok(draw(&metier, wanted, &sent, &[]))
}

fn named<'f>(f: &'f Framework, sent: &Sent) -> Result<&'f RequiredCredential, Problem> {
    f.credentials
        .iter()
        .find(|c| c.id.as_str() == sent.text("id"))
        .ok_or_else(|| Problem::not_found("the framework asks for no such credential"))
}

fn draw(metier: &Metier, wanted: &RequiredCredential, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    form_page(
        metier,
        &wanted.name,
        &shown,
        &html! {
            @if !wanted.note.is_empty() { p { (wanted.note) } }
            form method="post" action="/mastery/credential" {
                input type="hidden" name="id" value=(wanted.id);
                (shown.line("text", Field::new("title", "Name, as it stands on it")))
                (shown.line("text", Field::new("body", "Who gave it")))
                (shown.line("text", Field::new("number", "Number, or where it can be looked up").optional()))
                (shown.line("date", Field::new("on", "Day it was given")))
                (shown.line("date", Field::new("expires", "Last day it holds").hint("Empty when it does not lapse.").optional()))
                div.act { button.btn { "Record it" } a href="/mastery#credentials" { "Leave it" } }
            }
            p.soft.small { "To keep a copy of it as well, " a href="/did/new?kind=credential" { "record it with a file" } "." }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let wanted = named(&life.needed()?.framework, &sent)?;
    let mut reading = Reading::of(&sent);
    let title = reading.needed("title", "Give it its name.");
    let body = reading.needed("body", "Say who gave it.");
    if !sent.has("on") {
        reading.fault("on", "Give the day it was given.");
    }
    let on = reading.past_day("on", shared.surroundings().today());
    let expires = reading.day("expires");
    if expires.is_some_and(|e| e < on) {
        reading.fault("expires", "This is before the day it was given.");
    }
    let what = Happening::Credential {
        body,
        number: sent.text("number").into(),
        expires,
    };
    let log = LogEvidence {
        on,
        evidence: evidence(&title, what),
        claims: vec![ToClaim::Credential(wanted.id.clone())],
        files: Vec::new(),
    };
    let faults = match reading.done(log) {
        Ok(log) => match metier.log(log).await {
            Ok(_) => return Ok(see_other("/mastery#credentials")),
            Err(error) if error.kind == Kind::Input => vec![Fault {
                field: "title".into(),
                what: sentence(&error.message),
            }],
            Err(error) => return Err(error.into()),
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, wanted, &sent, &faults))
}

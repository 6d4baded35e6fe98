//! Which layer one's identity sits on: a reflection over time, of which nothing is worked out.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::{Metier, words};
use metier_core::journal::{Entry, view};
use metier_core::mastery::{IdentityLayer, IdentitySaid, Mastery};

use super::{form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The layers, as a form writes them.
const LAYERS: [(&str, IdentityLayer); 5] = [
    ("need", IdentityLayer::Need),
    ("profession", IdentityLayer::Profession),
    ("industry", IdentityLayer::Industry),
    ("organisation", IdentityLayer::Organisation),
    ("position", IdentityLayer::Position),
];

/// How many earlier ones are shown, latest first.
const EARLIER: usize = 20;

pub fn card(mastery: &Mastery<'_>) -> Markup {
    html! {
        section.card aria-labelledby="identity" {
            h2.label #identity { "Who you are at work" }
            @match mastery.identity.last() {
                None => p { "A need people have, a profession, an industry, an organisation, a position: on which of these does your idea of yourself sit? There is no right one; the first lasts longest." },
                Some(last) => {
                    p { "You see yourself on: " b { (words::identity_layer(last.what.layer)) } span.soft { ", " (words::day(last.on)) } }
                    @if !last.what.words.is_empty() { p.as-written { (last.what.words) } }
                }
            }
            div.act { a href="/mastery/identity" { @if mastery.identity.is_empty() { "Say where" } @else { "Look at it again" } } }
        }
    }
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let family = &life.needed()?.framework.family;
    Ok(draw(&metier, &entries, family, &Sent::default(), &[]))
}

fn draw(
    metier: &Metier,
    entries: &[Entry],
    family: &metier_core::id::FamilyId,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let shown = Shown { sent, faults };
    let view = view(entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, family);
    form_page(
        metier,
        "Who you are at work",
        &shown,
        &html! {
            p.lead { "What lasts longest stands first. Nothing is worked out from your answer, and nobody else sees it." }
            form method="post" action="/mastery/identity" {
                fieldset #f-layer .taps {
                    legend { "You see yourself on" }
                    @for (value, layer) in LAYERS {
                        label {
                            input type="radio" name="layer" value=(value) checked[sent.text("layer") == value];
                            span { (words::identity_layer(layer)) }
                        }
                    }
                }
                (shown.lines(3, Field::new("words", "In your own words").hint("I am somebody who…").optional()))
                div.act { button.btn { "Note it" } a href="/mastery#identity" { "Leave it" } }
            }
            @if !mastery.identity.is_empty() {
                section aria-labelledby="before" {
                    h2 #before { "What you said before" }
                    ul.lines {
                        @for told in mastery.identity.iter().rev().take(EARLIER) {
                            li {
                                p { b { (words::capital(words::identity_layer(told.what.layer))) } span.soft { ", " (words::day(told.on)) } }
                                @if !told.what.words.is_empty() { p.as-written { (told.what.words) } }
                            }
                        }
                    }
                }
            }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let layer = LAYERS.iter().find(|(word, _)| *word == sent.text("layer"));
    if layer.is_none() {
        reading.fault("layer", "Choose one of the five.");
    }
    let said = layer.map(|(_, layer)| IdentitySaid {
        layer: *layer,
        words: sent.text("words").to_owned(),
    });
    let faults = match (reading.done(()), said) {
        (Ok(()), Some(said)) => match metier.identity(said).await {
            Ok(_) => return Ok(see_other("/mastery?said=identity#identity")),
            Err(error) => refused(error, "words")?,
        },
        (faults, _) => faults.err().unwrap_or_default(),
    };
    let (entries, life) = metier.read().await?;
    let family = &life.needed()?.framework.family;
    Ok(draw(&metier, &entries, family, &sent, &faults))
}

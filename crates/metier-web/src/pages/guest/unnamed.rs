//! The form of somebody who answers without the person learning who they are: first who gathers it and who will see
//! what, then the questions.

use axum::response::Response;
use maud::{Markup, html};
use metier_app::AppError;
use metier_app::words::{self, NEXT_TIME};
use metier_core::feedback::{Channel, NextTime};
use metier_core::gathering::{AskedOf, Peer, PeerAnswered, PeerSays, PeersAsked, Round, WORDS_MAX};

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};

async fn round_of(guest: &Guest) -> Result<(Round, Peer), AppError> {
    guest.metier.peer(guest.link.invitation.about).await
}

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let (round, peer) = round_of(guest).await?;
    let asked = &round.letter.asked;
    let form = Shown { sent, faults };
    let title = format!("{} asks what you see of {}’s work", asked.collector, asked.person);
    let content = html! {
        div.narrow {
            h1 { (title) }
            (told_first(guest, asked, &peer))
            (form.summary())
            form method="post" action=(guest.action) {
                @for of in &asked.about { (of_competency(&form, of)) }
                (form.lines(2, Field::new("strengths", "What do they do well?").optional()))
                (form.lines(2, Field::new("change", "One thing to change").hint("The one that would help most next time.").optional()))
                (form.tick("show", "yes", &format!("{} may read these words, without my name", asked.person)))
                p.hint { (words::MIND_YOUR_WORDS) " Without this tick only " (asked.collector) " can read them." }
                button.btn { "Send it to " (asked.collector) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&title, &content))
}

fn told_first(guest: &Guest, asked: &PeersAsked, peer: &Peer) -> Markup {
    html! {
        section.card.first aria-labelledby="first" {
            h2 #first { "First: who sees what" }
            @for told in words::unnamed_first(asked) { p { (told) } }
            p { "This link is for " strong { (peer.name) } ", " (words::role(peer.role))
                ". If that is not you, please leave it." }
            p.soft { "About five minutes. Open until " (guest.last_day()) "." }
            @if !asked.note.is_empty() {
                p { (asked.person) " writes:" }
                blockquote { (asked.note) }
            }
        }
    }
}

fn field_of(of: &AskedOf) -> String {
    format!("next-{}", of.competency)
}

fn of_competency(form: &Shown<'_>, of: &AskedOf) -> Markup {
    let field = field_of(of);
    let fault = form.faults.iter().find(|f| f.field == field);
    html! {
        section.card aria-labelledby={ "c-" (of.competency) } {
            h2 id={ "c-" (of.competency) } { (of.name) }
            @if !of.looks_like.is_empty() { p.soft { (of.looks_like) } }
            fieldset.taps id={ "f-" (field) } {
                legend { (NEXT_TIME) }
                @if let Some(fault) = fault { p.fault { (fault.what) } }
                @for answer in NextTime::ALL {
                    label {
                        input type="radio" name=(field) value=(answer.word()) required checked[form.sent.text(&field) == answer.word()];
                        span { (words::capital(words::next_time(answer))) }
                    }
                }
            }
        }
    }
}

/// Takes in an answer.
pub async fn take(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    let (round, peer) = round_of(guest).await?;
    let today = guest.metier.surroundings().today();
    if peer.answer.is_some() || round.open(today).is_err() {
        return Ok(Taken::Over);
    }
    let mut reading = Reading::of(sent);
    let mut says = Vec::new();
    for of in &round.letter.asked.about {
        let field = field_of(of);
        match NextTime::of_word(sent.text(&field)) {
            Some(next_time) => says.push(PeerSays {
                competency: of.competency.clone(),
                next_time,
            }),
            None => reading.fault(
                &field,
                format!("Choose one for “{}”; “cannot say” is an answer, too.", of.name),
            ),
        }
    }
    for field in ["strengths", "change"] {
        let characters = sent.text(field).chars().count();
        if characters > WORDS_MAX {
            reading.fault(
                field,
                format!("{characters} characters; at most {WORDS_MAX} are taken."),
            );
        }
    }
    let answer = PeerAnswered {
        invited: peer.id,
        channel: Channel::Link,
        says,
        strengths: sent.text("strengths").to_owned(),
        change: sent.text("change").to_owned(),
        words_shown: sent.has("show"),
    };
    let answer = match reading.done(answer) {
        Ok(answer) => answer,
        Err(faults) => return Ok(Taken::Faults(faults)),
    };
    guest
        .metier
        .keep_unnamed(guest.link.invitation.answer, answer)
        .await?;
    Ok(Taken::Recorded)
}

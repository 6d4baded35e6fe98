//! The one question to a colleague: who is the expert to go to?

use axum::response::Response;
use maud::html;
use metier_app::words::NAME_QUESTIONS;
use metier_app::{AppError, NameSaid};
use metier_core::journal::Arrival;
use metier_core::mastery::{NAME_MAX, WORDS_MAX};

use super::comments::longer;
use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let asked = guest.metier.name_asked(guest.link.invitation.about).await?;
    let (name, form) = (guest.name(), Shown { sent, faults });
    let title = format!("{name} asks you for a name");
    let content = html! {
        div.narrow {
            h1 { (title) }
            section.card.first aria-labelledby="first" {
                h2 #first { "First: what it is for" }
                p { (name) " wants to get better at their profession (" (asked.profession) ") and looks for people to learn from. Only " (name) " reads your answer, and may ask whom you name for advice, without your name." }
                p { "Your name stands beside it: " strong { (asked.to) } ". If that is not you, this link is not for you: please leave it." }
                p.soft { "About a minute. Open until " (guest.last_day()) "." }
                @if !asked.note.is_empty() { p { (name) " writes:" } blockquote { (asked.note) } }
            }
            (form.summary())
            form method="post" action=(guest.action) {
                (form.line("text", Field::new("name", NAME_QUESTIONS[0]).hint("One name. They need not be known, nor senior, nor work where you do.")))
                (form.lines(2, Field::new("why", NAME_QUESTIONS[1]).optional()))
                button.btn { "Send it to " (name) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&title, &content))
}

/// Takes in a name.
pub async fn take(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    let invitation = &guest.link.invitation;
    let asked = guest.metier.name_asked(invitation.about).await?;
    let mut reading = Reading::of(sent);
    let said = NameSaid {
        name: reading.needed(
            "name",
            "Write a name; if nobody comes to mind, just close this page.",
        ),
        why: sent.text("why").to_owned(),
        by: asked.to,
        asked: Some(asked.id),
        arrival: Arrival::ByLink,
    };
    let long: Vec<Fault> = [("name", NAME_MAX), ("why", WORDS_MAX)]
        .into_iter()
        .filter_map(|(field, most)| longer(sent, field, most))
        .collect();
    if !long.is_empty() {
        return Ok(Taken::Faults(long));
    }
    match reading.done(said) {
        Ok(said) => {
            guest.metier.name_given(said, Some(invitation.answer)).await?;
            Ok(Taken::Recorded)
        }
        Err(faults) => Ok(Taken::Faults(faults)),
    }
}

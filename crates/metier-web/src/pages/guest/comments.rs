//! The form of somebody who was shown answers of the guided series: first who reads it and for what, then
//! each answer with what changed, and room for a comment and a next question.

use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{AnswerRead, AppError, Commented, Kind, ShowingRead, SinceRead};
use metier_core::journal::Arrival;

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let read = guest.metier.showing(guest.link.invitation.about).await?;
    let (name, form) = (guest.name(), Shown { sent, faults });
    let title = format!("{name} asks what you think");
    let content = html! {
        div.narrow {
            h1 { (title) }
            section.card.first aria-labelledby="first" {
                h2 #first { "First: what this is" }
                p { (name) " answers questions about the work they want to master, and chose "
                    (words::answers(read.answers.len())) " for you to read." }
                @if read.answers.is_empty() { p { "What was chosen was taken back meanwhile; you may still put a question." } }
                p { "Only " (name) " reads what you write here, to think on. It is no rating, and is used in no decision." }
                p { "Your name stands beside it: " strong { (read.to) } ". If that is not you, this link is not for you: please leave it." }
                @if let Some(before) = read.before { p { "Answers were chosen for you on " (words::day(before)) ", too; what changed since then is marked." } }
                p.soft { "Open until " (guest.last_day()) "." }
                @if !read.note.is_empty() { p { (name) " writes:" } blockquote { (read.note) } }
            }
            (form.summary())
            form method="post" action=(guest.action) {
                (with_answers(&form, &read))
                button.btn { "Send it to " (name) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&title, &content))
}

/// An answer as whoever is shown it reads it; `said` begins what they said the time before.
pub fn answer(answer: &AnswerRead, read: &ShowingRead, said: &str) -> Markup {
    let since = words::since_shown(&answer.since, read.before);
    html! {
        h3 { (answer.asked) }
        p.soft.small { (words::day(answer.on)) @if !since.is_empty() { " · " (since) } }
        p.as-written { (answer.words) }
        @if let SinceRead::Answered(before, on) = &answer.since {
            div.before {
                p.soft.small { "On " (words::day(*on)) " it was:" }
                p.as-written.soft { (before) }
            }
        }
        @for words in &answer.said {
            blockquote { p.soft.small { (said) ":" } p.as-written { (words) } }
        }
    }
}

fn with_answers(form: &Shown<'_>, read: &ShowingRead) -> Markup {
    html! {
        @for one in &read.answers {
            section.card {
                (answer(one, read, "You said"))
                (form.lines(3, Field::new(&field(one), "What do you think?").optional()))
            }
        }
        (next_question(form, read))
    }
}

/// The same questions for the owner, who notes what was said, beside the answers.
pub fn questions(form: &Shown<'_>, read: &ShowingRead) -> Markup {
    html! {
        @for one in &read.answers { (form.lines(2, Field::new(&field(one), &one.asked).may_stay_empty())) }
        (next_question(form, read))
    }
}

fn next_question(form: &Shown<'_>, read: &ShowingRead) -> Markup {
    html! {
        (form.lines(2, Field::new("question", "A question to answer next")
            .hint(if read.before.is_some() { "It is asked first, before the series goes on." } else { "It is asked before the series goes on." })
            .optional()))
    }
}

fn field(answer: &AnswerRead) -> String {
    format!("a-{}", answer.id)
}

/// What a form says of the answers that were shown.
pub fn said(sent: &Sent, read: &ShowingRead) -> Commented {
    Commented {
        shown: Some(read.id),
        by: read.to.clone(),
        comments: read
            .answers
            .iter()
            .map(|a| (a.id, sent.text(&field(a)).to_owned()))
            .collect(),
        question: sent.text("question").to_owned(),
        arrival: Arrival::ByLink,
    }
}

/// Takes in what was said.
pub async fn take(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    let invitation = &guest.link.invitation;
    let read = guest.metier.showing(invitation.about).await?;
    match guest
        .metier
        .commented(said(sent, &read), Some(invitation.answer))
        .await
    {
        Ok(_) => Ok(Taken::Recorded),
        Err(error) if error.kind == Kind::Input => Ok(Taken::Faults(vec![Fault {
            field: "question".into(),
            what: "Write something under one of the answers, or put a question.".into(),
        }])),
        Err(error) => Err(error),
    }
}

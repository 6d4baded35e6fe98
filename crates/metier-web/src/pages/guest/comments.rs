//! The form of somebody who was shown answers of the guided series: first who reads it and for what, then
//! each answer with what changed, and room for a comment and a next question.

use axum::response::Response;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{AnswerRead, AppError, Commented, Kind, ShowingRead, SinceRead};
use metier_core::journal::Arrival;
use metier_core::mastery::{QUESTION_MAX, WORDS_MAX};

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};

/// Characters of what somebody said before that stand beside the answer.
const SAID_SHOWN: usize = 600;

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
            blockquote { p.soft.small { (said) ":" } p.as-written { (cut(words, SAID_SHOWN)) } }
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

/// What of it is longer than it may be, each at its field.
pub fn too_long(sent: &Sent, read: &ShowingRead) -> Vec<Fault> {
    let answers = read.answers.iter().map(|a| (field(a), WORDS_MAX));
    let all = answers.chain([("question".to_owned(), QUESTION_MAX)]);
    all.filter_map(|(field, most)| longer(sent, &field, most))
        .collect()
}

/// The fault of a field that is longer than it may be.
pub fn longer(sent: &Sent, field: &str, most: usize) -> Option<Fault> {
    let long = sent.text(field).chars().count();
    (long > most).then(|| Fault {
        field: field.to_owned(),
        what: format!("This has {long} characters; at most {most} are kept. Please shorten it."),
    })
}

/// The beginning of a text that is longer than there is room for.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => text[..at].trim_end().to_owned() + "\u{2026}",
        None => text.to_owned(),
    }
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
    let long = too_long(sent, &read);
    if !long.is_empty() {
        return Ok(Taken::Faults(long));
    }
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

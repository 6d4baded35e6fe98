//! One request: what to send, from where a link can be opened, what came of it, taking it back.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AppError, Kind, Metier, RequestSeen, RequestState};
use metier_core::feedback::Channel;
use metier_core::id::EntryId;
use metier_core::journal::Purpose;

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::link::link_card;
use crate::path::Path;
use crate::problem::{Problem, sentence};

/// The page.
pub async fn page(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    draw(&shared, entry, &Sent::default(), &[]).await
}

/// The page, with what was pasted and what is wrong with it.
pub async fn draw(
    shared: &Shared,
    entry: EntryId,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.feedback_request(entry).await?;
    let (entries, life) = metier.read().await?;
    let words = Words::new(&life.needed()?.framework, &entries, metier.surroundings().today());
    let form = Shown { sent, faults };
    let open = seen.state == RequestState::Open;
    let way = if open {
        Some(way_out(shared, &metier, &seen).await?)
    } else {
        None
    };
    let content = html! {
        p.crumbs { a href="/people" { "People" } }
        h1 { (words.asked_for_feedback(&seen.request)) }
        (form.summary())
        div.two {
            div {
                @match seen.state {
                    RequestState::Answered => {
                        section.card.first {
                            p.big { (seen.request.to) " has answered." }
                            @for answer in &seen.answers { p { a.btn href={ "/people/said/" (answer) } { "Read it" } } }
                        }
                    },
                    RequestState::Expired => {
                        section.card.first {
                            p.big { "Its last day was " (words::day(seen.request.until)) "." }
                            p { a href="/people/ask" { "Ask again" } ", or take in an answer that came late below." }
                        }
                    },
                    RequestState::Open => { (way.unwrap_or_default()) },
                }
                @if seen.state != RequestState::Answered { (coming_back(&form, &seen)) }
            }
            (facts(&seen))
        }
    };
    let status = if faults.is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("A request")
        .under(Nav::People)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// What is to be sent, by the way it goes.
async fn way_out(shared: &Shared, metier: &Metier, seen: &RequestSeen) -> Result<Markup, AppError> {
    let to = &seen.request.to;
    Ok(match seen.request.channel {
        Channel::Link => {
            let renew = format!("/people/asked/{}/link", seen.id);
            link_card(shared, metier, seen.id, to, &renew).await?
        }
        Channel::File => html! {
            section.card.first {
                h2 { "Send " (to) " this file" }
                p { "It is plain text: any editor opens it, any mail carries it. " (to) " writes under each question, saves it, and sends it back." }
                form.act method="post" action={ "/people/asked/" (seen.id) "/file" } { button.btn { "Save the form as a file" } }
                p.hint { "Save it anew after a restart of the program, and the file from before no longer counts." }
            }
        },
        Channel::Mail | Channel::Told => {
            let mail = metier.feedback_mail(&seen.request).await?;
            html! {
                section.card.first {
                    h2 { "Copy this into a mail to " (to) }
                    label.hide for="mail" { "The mail" }
                    textarea #mail .whole readonly rows="18" { (mail) }
                }
            }
        }
    })
}

/// The ways an answer comes back.
fn coming_back(form: &Shown<'_>, seen: &RequestSeen) -> Markup {
    let wrong = |field: &str| form.faults.iter().any(|f| f.field == field);
    let mail = seen.request.channel == Channel::Mail;
    html! {
        section aria-labelledby="back" {
            h2 #back { "When the answer comes" }
            details.fold open[mail || wrong("mail")] {
                summary { "Paste the mail that came back" }
                form method="post" action={ "/people/asked/" (seen.id) "/mail" } {
                    (form.lines(8, Field::new("mail", "The whole mail").hint("Quoted or not, answered above, below or between: you look at it before it is recorded.")))
                    button.btn { "Read it" }
                }
            }
            details.fold open[seen.request.channel == Channel::File] {
                summary { "Take in the file that came back" }
                p { a.btn.quiet href="/people/back" { "Choose the file" } }
            }
            details.fold {
                summary { (seen.request.to) " told you" }
                p { a.btn.quiet href={ "/people/asked/" (seen.id) "/answer" } { "Write it down" } }
                p.hint { "Kept as relayed by you, and shown as such." }
            }
        }
    }
}

fn facts(seen: &RequestSeen) -> Markup {
    let request = &seen.request;
    html! {
        section.card {
            h2.label { "What they are told first" }
            p { @if request.seen_by.is_empty() { "Only you see the answer." } @else { "You and " (words::list(&request.seen_by)) " see the answer." } }
            p {
                @match request.purpose {
                    Purpose::Development => "It is for you to get better, and shown in no paper made for a decision.",
                    Purpose::Administrative => "It may be used in a decision about you.",
                }
            }
            p { "Open until " (words::day(request.until)) "." }
            @if !request.note.is_empty() { blockquote { (request.note) } }
            @if seen.state != RequestState::Answered {
                form.act method="post" action={ "/people/asked/" (seen.id) "/withdraw" } { button.btn.risky.small { "Take the request back" } }
            }
        }
    }
}

/// Makes a new link.
pub async fn link(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match metier.renew_link(entry).await {
        Ok(link) => {
            shared.links().made(entry, link.token);
            Ok(see_other(&format!("/people/asked/{entry}")))
        }
        Err(error) if error.kind == Kind::Input => {
            let fault = Fault {
                field: "mail".into(),
                what: sentence(&error.message),
            };
            draw(&shared, entry, &Sent::default(), &[fault]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as a file, with the code of the link made last.
pub async fn file(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let token = if let Some(token) = shared.links().of(entry) {
        token
    } else {
        let token = metier.renew_link(entry).await?.token;
        shared.links().made(entry, token.clone());
        token
    };
    let file = metier.feedback_file(entry, &token).await?;
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, file.text).into_response())
}

/// Takes the request back.
pub async fn withdraw(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.withdraw_request(entry, "").await?;
    Ok(see_other("/people?done=withdrawn"))
}

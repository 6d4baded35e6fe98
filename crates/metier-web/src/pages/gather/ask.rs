//! Asking peers through somebody else: what about, who gathers it, until when; and the file to send them.

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{AskPeers, Kind, Metier, gathering_text};
use metier_core::feedback::COMPETENCIES_MAX;
use metier_core::id::EntryId;
use metier_core::policy::Policy;

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::people::about;
use crate::pages::{case, guide::why};
use crate::path::Path;
use crate::problem::{Problem, sentence};

/// For how long a question is open unless another day is chosen.
const DAYS: i64 = 21;

/// The form.
pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    let until = today.checked_add(DAYS.days()).unwrap_or(today);
    let mut sent = Sent::default().with("until", until.to_string());
    for competency in asked.all("about") {
        sent = sent.with("about", competency);
    }
    draw(&metier, &sent, &[]).await
}

async fn draw(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let form = Shown { sent, faults };
    let hint = format!("Up to {COMPETENCIES_MAX}, so that it takes five minutes.");
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people/gather" { "Without names" } }
            h1 { "Ask my peers" }
            p.lead { (words::unnamed_for_me(Policy::version_1().anonymity)) }
            (form.summary())
            form method="post" action="/people/gather/ask" {
                (about(&form, &life, &hint))
                (form.line("text", Field::new("by", "Who gathers the answers?")
                    .hint("Somebody you and your peers trust: a coach, a colleague of another team, the head of the profession. Not somebody who decides about you: they can read each answer with its name.")))
                (form.line("text", Field::new("not-among", "Who leads you?")
                    .hint("Names, with commas between. They cannot be among the peers: there is one of them, so a number would hide nobody. Ask them with their name.").optional()))
                (form.line("date", Field::new("until", "Until when?")))
                (form.lines(3, Field::new("note", "A few words to whoever answers").optional()))
                button.btn { "Make the file" }
                p.hint { "Nothing is sent. You get a file to give to whoever gathers the answers; the page shows what they and your peers read." }
            }
            (why(&["giving-feedback"]))
        }
    };
    Ok(Page::new("Ask my peers")
        .under(Nav::People)
        .of(metier)
        .status(case::status(faults))
        .show(&content))
}

/// Records the question and leads to its page.
pub async fn send(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let by = reading.needed("by", "Say who gathers the answers.");
    let today = metier.surroundings().today();
    let until = reading.day("until").unwrap_or(today);
    let competencies: Vec<String> = sent
        .all("about")
        .filter(|c| !c.is_empty())
        .map(str::to_owned)
        .collect();
    match competencies.len() {
        0 => reading.fault("about", "Choose at least one competency."),
        n if n > COMPETENCIES_MAX => {
            reading.fault("about", format!("Choose at most {COMPETENCIES_MAX}."));
        }
        _ => {}
    }
    let ask = AskPeers {
        by,
        competencies,
        not_among: sent.text("not-among").split(',').map(str::to_owned).collect(),
        until,
        note: sent.text("note").to_owned(),
    };
    let ask = match reading.done(ask) {
        Ok(ask) => ask,
        Err(faults) => return draw(&metier, &sent, &faults).await,
    };
    match metier.ask_peers(ask).await {
        Ok(id) => Ok(see_other(&format!("/people/gather/asked/{id}"))),
        Err(error) if error.kind == Kind::Input => {
            let field = if error.message.starts_with(|c: char| c.is_ascii_digit()) {
                "until"
            } else if error.message.contains("competenc") {
                "about"
            } else {
                "by"
            };
            let fault = Fault {
                field: field.into(),
                what: format!("{} {}", sentence(&error.message), error.hints.join(" "))
                    .trim()
                    .to_owned(),
            };
            draw(&metier, &sent, &[fault]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A question: the file to send, and what its readers are told.
pub async fn asked(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.ask_of_peers(entry).await?;
    let asked = &seen.asked;
    let content = html! {
        p.crumbs { a href="/people/gather" { "Without names" } }
        h1 { "Asked of peers: " (words::asked_of_peers(asked)) }
        div.two {
            div {
                @if let Some(waits) = seen.waits {
                    section.card.first {
                        p.big { "Your own view first." }
                        p { (words::RELEASE_WAITS) }
                        p { a.btn href={ "/people/gather/came/" (waits) } { "Say where I see myself" } }
                    }
                } @else if let Some(came) = &seen.came {
                    section.card.first {
                        p.big { "What was released is here." }
                        p { a.btn href={ "/people/gather/came/" (came.id) } { "Read it" } }
                    }
                } @else {
                    section.card.first aria-labelledby="send" {
                        h2 #send { "Give " (asked.collector) " this file" }
                        p { (asked.collector) " opens it in Metier, names the peers and gives each a link or a form. No profession and no account is needed for it." }
                        div.act { a.btn href={ "/people/gather/asked/" (entry) "/file" } { "Save the file" } }
                        p.hint { "It can be read as it is. Answers count until " (day(asked.until)) "; then " (asked.collector) " sends you what may be released, if at least " (asked.threshold) " people answered." }
                    }
                    section aria-labelledby="back" {
                        h2 #back { "When it comes back" }
                        p { "Say where you see yourself before you read it, so that your own view is yours:" }
                        ul.chips { @for of in &asked.about { li { a.chip href={ "/competency/" (of.competency) "#people" } { (of.name) } } } }
                        p { a.btn.quiet href="/people/gather#file" { "Choose the file that came" } }
                        form.act method="post" action={ "/people/gather/asked/" (entry) "/withdraw" } { button.btn.risky.small { "Take the question back" } }
                    }
                }
            }
            (told_first(asked))
        }
    };
    Ok(Page::new("Asked of peers")
        .under(Nav::People)
        .of(&metier)
        .show(&content))
}

/// What whoever answers reads first.
pub fn told_first(asked: &metier_core::gathering::PeersAsked) -> Markup {
    html! {
        section.card aria-labelledby="told" {
            h2.label #told { "What your peers read first" }
            @for told in words::unnamed_first(asked) { p { (told) } }
            @if !asked.note.is_empty() { blockquote { (asked.note) } }
            @if !asked.not_among.is_empty() { p.soft { "Not asked without a name: " (words::list(&asked.not_among)) "." } }
        }
    }
}

/// The file to give to whoever gathers the answers.
pub async fn file(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let letter = metier.peers_letter(entry).await?;
    Ok(case::download("ask-my-peers.txt", gathering_text(&letter)?))
}

/// Takes the question back.
pub async fn withdraw(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.withdraw_peers(entry, "").await?;
    Ok(see_other("/people/gather?said=withdrawn"))
}

//! Answers shown to somebody: choosing them, exactly what they will see, the link, and what they said in a
//! meeting.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use metier_app::{Commented, Kind, Metier, SHOWN_MAX, ShowAnswers, ShowingRead, words};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, view};
use metier_core::mastery::Mastery;

use super::refused;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::did::line::short;
use crate::pages::guest::{self, comments};
use crate::pages::link::link_card;
use crate::path::Path;
use crate::problem::Problem;

/// For how long it can be answered unless another day is chosen.
const DAYS: i64 = 14;
/// How many of the latest answers are offered.
const OFFERED: usize = 60;

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    let until = today.checked_add(DAYS.days()).unwrap_or(today);
    let mut sent = Sent::default()
        .with("until", until.to_string())
        .with("beside", "yes");
    for (name, value) in asked.fields().filter(|(n, _)| ["to", "answer"].contains(n)) {
        sent = sent.with(name, value);
    }
    draw_form(&metier, &sent, &[]).await
}

async fn draw_form(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let shown = Shown { sent, faults };
    let fault = faults.iter().find(|f| f.field == "answers");
    Ok(super::form_page(
        metier,
        "Show answers to somebody",
        &shown,
        &html! {
            p { "They get a link, or a mail. They see what you choose here and nothing else, may write under each answer, and may put a question." }
            form method="post" action="/mastery/series/show" {
                (shown.line("text", Field::new("to", "To whom?").hint("As you call them. By the same name as before, they can see what changed.")))
                fieldset #f-answers {
                    legend { "Which answers?" }
                    p.hint { "At most " (SHOWN_MAX) "." }
                    @if let Some(fault) = fault { p.fault { (fault.what) } }
                    @if mastery.answers.is_empty() { p { "You have answered none yet. " a href="/mastery/series" { "Begin with the question of this week" } } }
                    @for answer in mastery.answers.iter().rev().take(OFFERED) {
                        label.tick-box {
                            input type="checkbox" name="answers" value=(answer.id) checked[sent.ticks("answers", &answer.id.to_string())];
                            span {
                                strong { (short(&answer.what.asked)) }
                                span.line { (short(&answer.what.words)) }
                                span.soft.small.line { (words::day(answer.on)) }
                            }
                        }
                    }
                }
                (shown.tick("beside", "yes", "If I showed them answers before: what changed since then stands beside"))
                (shown.line("date", Field::new("until", "Until when?")))
                (shown.lines(2, Field::new("note", "A few words to them").optional()))
                button.btn { "Look at what they will see" }
            }
        },
    ))
}

/// Records what is shown, and leads to exactly what they will see, with the link.
pub async fn send(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let to = reading.needed("to", "Say to whom.");
    let until = reading.day("until");
    let answers: Vec<EntryId> = sent.all("answers").filter_map(|id| id.parse().ok()).collect();
    if answers.is_empty() {
        reading.fault("answers", "Choose at least one answer.");
    }
    let since = if sent.has("beside") {
        metier.shown_before(&to).await?
    } else {
        None
    };
    let show = ShowAnswers {
        answers,
        to,
        since,
        note: sent.text("note").to_owned(),
    };
    let until = until.unwrap_or_else(|| metier.surroundings().today());
    let faults = match reading.done(show) {
        Ok(show) => match metier.show_answers(show, until).await {
            Ok((id, link)) => {
                shared.links().made(id, link.token);
                return Ok(see_other(&format!("/mastery/series/shown/{id}")));
            }
            Err(error) => {
                let field = if error.field.as_deref() == Some("until") {
                    "until"
                } else {
                    "answers"
                };
                refused(error, field)?
            }
        },
        Err(faults) => faults,
    };
    draw_form(&metier, &sent, &faults).await
}

pub async fn page(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    draw(&shared, entry, &Sent::default(), &[]).await
}

async fn draw(shared: &Shared, id: EntryId, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let read = metier.showing(id).await?;
    let today = metier.surroundings().today();
    let over = today > read.until;
    let card = link_card(
        shared,
        &metier,
        id,
        &read.to,
        &format!("/mastery/series/shown/{id}/link"),
    )
    .await?;
    let shown = Shown { sent, faults };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let content = html! {
        p.crumbs { a href="/mastery/series" { "A question a week" } " / For " (read.to) }
        h1.close { (words::capital(&words::answers(read.answers.len()))) " for " (read.to) }
        (shown.summary())
        div.two {
            div {
                section.card.first aria-labelledby="see" {
                    h2 #see { "What " (read.to) " will see, exactly" }
                    p.soft { "Nothing is sent by itself. Look at it first; then send the link or the mail. They go on reading each answer in these words, also when you change it later; what you take back is gone from their page." }
                    (seen_by_them(&read))
                }
            }
            div {
                @if over { section.card { p { "It could be answered until " (words::day(read.until)) "." } p { a href="/mastery/series/show" { "Show answers again" } } } }
                @else {
                    (card)
                    p.act { a href={ "/mastery/series/shown/" (id) "/mail" } { "Or copy it into a mail" } }
                }
                details.fold open[!faults.is_empty()] {
                    summary { "What " (read.to) " said, in a meeting or a mail" }
                    form method="post" action={ "/mastery/series/shown/" (id) } {
                        (comments::questions(&shown, &read))
                        button.btn { "Note it" }
                        p.hint { "Kept as relayed by you, and shown as such." }
                    }
                }
                form.act method="post" action={ "/mastery/series/shown/" (id) "/end" } {
                    button.btn.risky.small { "Take it back" }
                    span.soft.small { "The link opens no longer. What was said stays." }
                }
            }
        }
    };
    Ok(Page::new(format!("For {}", read.to))
        .under(Nav::Mastery)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// The same as a mail, on a page of its own: the texts stand on a page once.
pub async fn mail(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let read = metier.showing(entry).await?;
    let back = format!("/mastery/series/shown/{entry}");
    let content = html! {
        p.crumbs { a href="/mastery/series" { "A question a week" } " / " a href=(back) { "For " (read.to) } " / As a mail" }
        h1.close { "A mail to " (read.to) }
        label.hide for="mail" { "The mail" }
        textarea #mail .whole readonly rows="24" { (words::showing_mail(&read, metier.name())) }
        p.hint { "Copy it into a mail of yours. What comes back you note on the page before." }
        div.act { a href=(back) { "Back" } }
    };
    Ok(Page::new(format!("A mail to {}", read.to))
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

fn seen_by_them(read: &ShowingRead) -> Markup {
    html! {
        @if !read.note.is_empty() { blockquote { (read.note) } }
        @if read.answers.is_empty() { p { "Nothing: the answers were taken back." } }
        @for answer in &read.answers { (guest::comments::answer(answer, read, "You said")) }
    }
}

/// Notes what they said.
pub async fn note(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let read = metier.showing(entry).await?;
    let long = comments::too_long(&sent, &read);
    if !long.is_empty() {
        return draw(&shared, entry, &sent, &long).await;
    }
    let said = Commented {
        by: read.to.clone(),
        arrival: Arrival::Relayed,
        ..comments::said(&sent, &read)
    };
    match metier.commented(said, None).await {
        Ok(_) => Ok(see_other("/mastery/series?said=comment")),
        Err(error) => {
            let faults = refused(error, "question")?;
            draw(&shared, entry, &sent, &faults).await
        }
    }
}

/// Makes a new link.
pub async fn link(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match metier.renew_showing(entry).await {
        Ok(link) => {
            shared.links().made(entry, link.token);
            Ok(see_other(&format!("/mastery/series/shown/{entry}")))
        }
        Err(error) if error.kind == Kind::Input => {
            let faults = refused(error, "question")?;
            draw(&shared, entry, &Sent::default(), &faults).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the showing back.
pub async fn end(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.end_showing(entry).await?;
    Ok(see_other("/mastery/series?said=back"))
}

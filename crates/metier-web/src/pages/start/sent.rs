//! Somebody was sent a file: it is looked at, and answered where it asks for an answer, by people who have
//! chosen no profession and need none.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{
    AppError, FormPart, FormPlace, FormRead, JournalFile, Kind, Metier, WasSent, form_of_text, look_at_sent,
};
use metier_core::agreement::Letter;
use metier_core::feedback::NextTime;
use metier_core::gathering::GatheringLetter;

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Page, notice, see_other};
use crate::pages::{case, gather};
use crate::problem::{Problem, sentence};

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    draw(&shared, &[]).await
}

/// The page that asks for the file; with what is wrong with the one that was sent.
pub async fn draw(shared: &Shared, faults: &[Fault]) -> Result<Response, Problem> {
    let nothing = Sent::default();
    let form = Shown {
        sent: &nothing,
        faults,
    };
    let (receipts, rounds) = match shared.metier().await? {
        Some(metier) => (metier.kept_receipts().await?.len(), metier.rounds().await?.len()),
        None => (0, 0),
    };
    let own = if shared.metier().await?.is_some() {
        "/"
    } else {
        "/start"
    };
    Ok(framed(
        "A file you were sent",
        faults,
        &html! {
            div.start.narrow {
                p.crumbs { a href=(own) { "Back" } }
                h1 { "Open the file you were sent" }
                p.lead { "An agreement, a question to peers, a feedback form or a copy of a journal. You read it first; nothing is recorded by looking, \
                          and you need no profession and no account." }
                (form.summary())
                form method="post" action="/start/sent" enctype="multipart/form-data" {
                    (form.file(Field::new("file", "The file").hint("As it came: the text file, the mail saved as text, or the archive (.zip)."), false))
                    button.btn { "Open it" }
                }
                @if receipts > 0 {
                    p { a href="/people/agreement" { "What you agreed to before" } }
                }
                @if rounds > 0 {
                    p { a href="/people/gather" { "What you gather for others" } }
                }
            }
        },
    ))
}

fn framed(title: &str, faults: &[Fault], content: &Markup) -> Response {
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::new(title).alone().status(status).show(content)
}

fn fault(field: &str, error: &AppError) -> Fault {
    Fault {
        field: field.into(),
        what: format!("{} {}", sentence(&error.message), error.hints.join(" "))
            .trim()
            .to_owned(),
    }
}

/// Shows what was sent.
pub async fn open(State(shared): State<Shared>, sent: Result<Sent, Problem>) -> Result<Response, Problem> {
    let file = match &sent {
        Ok(sent) => sent.files("file").next(),
        Err(_) => None,
    };
    let Some(file) = file else {
        let missing = Fault {
            field: "file".into(),
            what: "Choose the file first; at most 512 MiB can be opened here.".into(),
        };
        return draw(&shared, &[missing]).await;
    };
    match look_at_sent(&file.name, &file.bytes, shared.surroundings().now()) {
        Ok(WasSent::Letter(letter)) => match *letter {
            Letter::Proposal(proposal) => case::proposal_page(&shared, proposal).await,
            Letter::Receipt(receipt) => case::receipt_came(&shared, &receipt).await,
        },
        Ok(WasSent::Gathering(letter)) => match *letter {
            GatheringLetter::Ask(letter) => gather::ask_page(&shared, &letter).await,
            GatheringLetter::Release(release) => gather::release_came(&shared, &release).await,
        },
        Ok(WasSent::Form(form)) => {
            let answers: Vec<(&str, &str)> = form
                .places
                .iter()
                .map(|p| (p.name.as_str(), p.answer.as_str()))
                .collect();
            let sent = answers.iter().fold(Sent::default(), |sent, (name, answer)| {
                sent.with(&field_of(name), *answer)
            });
            Ok(form_page(&form, &sent, &[]))
        }
        Ok(WasSent::Journal(journal)) => journal_page(&shared, &journal, &[]).await,
        Err(error) if error.kind == Kind::Input => draw(&shared, &[fault("file", &error)]).await,
        Err(error) => Err(error.into()),
    }
}

/// The field of a place; a place may be called anything.
fn field_of(place: &str) -> String {
    format!("place-{}", place.replace(':', "-"))
}

/// The form, to be answered here and sent back as the same file.
fn form_page(form: &FormRead, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let parts = form.parts();
    let content = html! {
        div.start.narrow {
            p.crumbs { a href="/start/sent" { "Another file" } }
            h1 { "You are asked for feedback" }
            p.lead { "Answer here, then save the answered form and send it back to whoever asked. It stays on this machine until you do." }
            (shown.summary())
            form method="post" action="/start/sent/form" {
                textarea.hide name="form" aria-hidden="true" tabindex="-1" { (form.filled(&[])) }
                @for (at, part) in parts.iter().enumerate() {
                    @match part {
                        // The last word of the form is about its code, which is kept for the giver here.
                        FormPart::Said(text) => @if at + 1 < parts.len() { p.soft { (text) } },
                        FormPart::Place(place) => (place_field(&shown, place)),
                    }
                }
                div.stay { button.btn { "Save the answered form" } a href="/start/sent" { "Leave it" } }
                p.hint { "Send the saved file back as it is: by mail, or however it came." }
            }
        }
    };
    framed("You are asked for feedback", faults, &content)
}

fn place_field(shown: &Shown<'_>, place: &FormPlace) -> Markup {
    let field = field_of(&place.name);
    let label = match place.name.split(':').next().unwrap_or_default() {
        "name" => "Your name",
        "step" => "The step’s word, if you like",
        "show" => "yes or no",
        _ => "Your answer",
    };
    html! {
        @if place.name.starts_with("next:") {
            fieldset.taps id={ "f-" (field) } {
                legend { "Your answer" }
                @for answer in NextTime::ALL {
                    @let word = words::next_time(answer);
                    label {
                        input type="radio" name=(field) value=(word) checked[shown.sent.text(&field) == word];
                        span { (words::capital(word)) }
                    }
                }
            }
        } @else if matches!(place.name.split(':').next(), Some("name" | "step" | "when" | "show")) {
            (shown.line("text", Field::new(&field, label).may_stay_empty()))
        } @else {
            (shown.lines(3, Field::new(&field, label).may_stay_empty()))
        }
    }
}

/// The answered form as the file to send back.
pub async fn answered(sent: Sent) -> Result<Response, Problem> {
    let form = form_of_text("the form", sent.text("form").as_bytes())?;
    let answers: Vec<(String, String)> = form
        .places
        .iter()
        .map(|p| (p.name.clone(), sent.text(&field_of(&p.name)).to_owned()))
        .collect();
    if answers
        .iter()
        .all(|(name, answer)| name == "name" || answer.is_empty())
    {
        let fault = form.places.iter().find(|p| p.name != "name").map(|p| Fault {
            field: field_of(&p.name),
            what: "Answer at least one question.".into(),
        });
        return Ok(form_page(&form, &sent, fault.as_slice()));
    }
    Ok(case::download("feedback-answered.txt", form.filled(&answers)))
}

/// A copy of a journal: whose it is, and the way to go on with it for whom it belongs to.
async fn journal_page(shared: &Shared, file: &JournalFile, faults: &[Fault]) -> Result<Response, Problem> {
    let header = &file.header;
    let days = (
        file.entries.iter().map(|e| e.link.recorded_at).min(),
        file.entries.iter().map(|e| e.link.recorded_at).max(),
    );
    let zone = &jiff::tz::TimeZone::UTC;
    let own = shared.metier().await?;
    let nothing = Sent::default();
    let form = Shown {
        sent: &nothing,
        faults,
    };
    let content = html! {
        div.start.narrow {
            p.crumbs { a href="/start/sent" { "Another file" } }
            h1 { "A copy of the journal of " (header.subject) }
            (notice(&html! { p { "It is whole: every entry is as it was written. Nothing of it was taken in." } }))
            dl.facts {
                dt { "Entries" } dd { (words::plural(file.entries.len() as u64, "entry", "entries")) }
                @if let (Some(first), Some(last)) = days {
                    dt { "Recorded" } dd { (day(first.to_zoned(zone.clone()).date())) " to " (day(last.to_zoned(zone.clone()).date())) }
                }
                dt { "Files" } dd { (words::plural(file.attachments.len() as u64, "file", "files")) }
                dt { "Copied" } dd { (day(header.written_at.to_zoned(zone.clone()).date())) }
            }
            (form.summary())
            @if own.is_none() {
                section.card aria-labelledby="own" {
                    h2.label #own { "Is it your own?" }
                    p { "Go on with it on this machine: choose the file once more. If it is somebody else’s, leave it; it is theirs to show." }
                    form method="post" action="/start/sent/own" enctype="multipart/form-data" {
                        (form.file(Field::new("file", "The copy of your journal"), false))
                        button.btn.quiet { "It is mine: go on with it here" }
                    }
                }
            } @else {
                p { "If it is a copy of your own journal, unite both under "
                    a href="/settings#data" { "Take it all with you" } "." }
            }
        }
    };
    Ok(framed("A copy of a journal", faults, &content))
}

/// Goes on with one's own journal from a copy of it.
pub async fn own(State(shared): State<Shared>, sent: Result<Sent, Problem>) -> Result<Response, Problem> {
    if shared.metier().await?.is_some() {
        return Ok(see_other("/settings#data"));
    }
    let file = match &sent {
        Ok(sent) => sent.files("file").next(),
        Err(_) => None,
    };
    let Some(file) = file else {
        let missing = Fault {
            field: "file".into(),
            what: "Choose the file first.".into(),
        };
        return draw(&shared, &[missing]).await;
    };
    let read = match Metier::read_upload(&file.name, &file.bytes, shared.surroundings().now()) {
        Ok(read) => read,
        Err(error) => return draw(&shared, &[fault("file", &error)]).await,
    };
    Metier::start_from(shared.home(), shared.surroundings().clone(), read).await?;
    Ok(see_other("/"))
}

//! Names that stay out of everything others see.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{capital, number, whose};
use metier_app::{Kind, Metier};
use metier_core::disclosure::{KeptOut, Whose};
use metier_core::id::EntryId;

use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::{Problem, sentence};

const WHOSE: [(&str, Whose); 4] = [
    ("patient", Whose::Patient),
    ("client", Whose::Client),
    ("employer", Whose::Employer),
    ("other", Whose::Other),
];

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let told = match (asked.text("done"), asked.text("n").parse::<u64>()) {
        ("added", Ok(0)) => notice(&html! { p { "On the list already." } }),
        ("added", Ok(n)) => notice(&html! { p { (capital(&number(n))) " more kept out from now on." } }),
        ("removed", _) => notice(&html! { p { "Taken off the list, and erased for good." } }),
        _ => html! {},
    };
    draw(&metier, &told, &Sent::default(), &[]).await
}

async fn draw(metier: &Metier, told: &Markup, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let names = metier.names_kept_out().await?;
    let form = Shown { sent, faults };
    let options: Vec<(&str, &str)> = WHOSE.iter().map(|(id, of)| (*id, whose(*of))).collect();
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("Names to keep out")
        .under(Nav::Settings)
        .of(metier)
        .status(status)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/settings" { "Settings" } " / Names to keep out" }
                h1 { "Names to keep out" }
                (told)
                p { "Patients, pupils, clients, your employer’s secrets: in everything others see, something like "
                    span.instead { (Whose::Patient.in_its_place()) } " stands in place of the name. You still see it. Only the criteria of an agreement are shown word for word: both sides pin every word of them." }
                (form.summary())
                form.card.first method="post" action="/settings/names" {
                    (form.lines(3, Field::new("names", "Names").hint("One a line. Case, accents and hyphens do not matter.")))
                    (form.choice(Field::new("whose", "Whose they are"), &options))
                    button.btn { "Keep them out" }
                }
                @if names.is_empty() { p { "No name is kept out yet." } }
                ul.lines { @for (id, name) in &names { (line(*id, name)) } }
                p.soft { "The list stays here, with your journal and its exports. A name taken off it is erased for good. "
                    a href="/scan" { "Look what others would see" } }
            }
        }))
}

fn line(id: EntryId, kept: &KeptOut) -> Markup {
    html! {
        li.entry {
            div { p.name { (kept.name) } p.soft.small { (capital(whose(kept.whose))) } }
            form method="post" action="/settings/names/remove" {
                input type="hidden" name="entry" value=(id);
                button.btn.quiet.small aria-label={ "Take it off: " (kept.name) } { "Take it off" }
            }
        }
    }
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let names: Vec<String> = sent
        .text("names")
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect();
    let whose = WHOSE
        .iter()
        .find(|(id, _)| *id == sent.text("whose"))
        .map_or(Whose::Other, |(_, whose)| *whose);
    let fault = |what: String| Fault {
        field: "names".into(),
        what,
    };
    if names.is_empty() {
        return draw(
            &metier,
            &html! {},
            &sent,
            &[fault("Write at least one name.".into())],
        )
        .await;
    }
    match metier.keep_out(&names, whose).await {
        Ok(n) => Ok(see_other(&format!("/settings/names?done=added&n={n}"))),
        Err(error) if error.kind == Kind::Input => {
            draw(&metier, &html! {}, &sent, &[fault(sentence(&error.message))]).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn remove(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let entry: EntryId = sent
        .text("entry")
        .parse()
        .map_err(|_| Problem::not_found("there is no such name on the list"))?;
    metier.no_longer_keep_out(entry).await?;
    Ok(see_other("/settings/names?done=removed"))
}

//! Saving an advert: pasted, or from a file; and changing what it is called.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::{AdvertSaid, Metier, advert_text, adverts_in};
use metier_core::market::Market;

use super::super::case::{entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    Ok(draw(&metier, None, &Sent::default(), &[]))
}

fn draw(metier: &Metier, change: Option<&str>, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let title = if change.is_some() {
        "Change an advert"
    } else {
        "Save an advert"
    };
    let back = change.unwrap_or("/market");
    let action = change.map_or_else(|| "/market/save".to_owned(), |at| format!("{at}/change"));
    Page::new(title).under(Nav::Market).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/market" { "Market" } }
            h1 { (title) }
            (shown.summary())
            form method="post" action=(action) enctype="multipart/form-data" {
                (shown.lines(12, Field::new("text", "The advert").hint("Copy all of it, from its title to its end. Several at once: a line of hyphens (---) between them.").may_stay_empty()))
                @if change.is_none() {
                    (shown.file(Field::new("file", "Or a file you saved").hint("Text, or the page as HTML: menus and notices around the advert are left out. Several may be chosen.").optional(), true))
                }
                (shown.line("text", Field::new("title", "What the work is called").hint("Left empty, the first line of the text.").optional()))
                (shown.line("text", Field::new("employer", "Who asks").optional()))
                (shown.line("text", Field::new("place", "Where").optional()))
                (shown.line("date", Field::new("posted", "Posted on").optional()))
                (shown.line("url", Field::new("link", "Where it stood").hint("Nobody looks there but you.").optional()))
                div.act { button.btn { "Save it" } a href=(back) { "Leave it" } }
            }
            p.soft.small { "It is kept in your journal, for you alone. Nobody you show anything to sees it." }
        }
    })
}

fn read(sent: &Sent) -> Result<AdvertSaid, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let posted = reading.day("posted");
    let text = |name: &str| sent.text(name).to_owned();
    reading.done(AdvertSaid {
        title: text("title"),
        employer: text("employer"),
        place: text("place"),
        posted,
        link: text("link"),
        text: text("text"),
    })
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let said = match read(&sent) {
        Ok(said) => said,
        Err(faults) => return Ok(draw(&metier, None, &sent, &faults)),
    };
    let mut all = Vec::new();
    let files: Vec<_> = sent.files("file").collect();
    for file in &files {
        let given = if files.len() == 1 {
            said.clone()
        } else {
            // What is said is of one advert: several files have each their own.
            AdvertSaid::default()
        };
        let found = advert_text(&file.bytes).and_then(|text| adverts_in(&AdvertSaid { text, ..given }));
        match found {
            Ok(found) => all.extend(found),
            Err(error) => {
                let title = error.field.as_deref() == Some("title");
                let at = if title { "title" } else { "file" };
                return Ok(draw(&metier, None, &sent, &refused(at, error.of(at))?));
            }
        }
    }
    if files.is_empty() || !said.text.trim().is_empty() {
        match adverts_in(&said) {
            Ok(found) => all.extend(found),
            Err(error) => {
                let field = error.field.clone().unwrap_or_else(|| "text".into());
                return Ok(draw(&metier, None, &sent, &refused(&field, error)?));
            }
        }
    }
    let like = match metier.save_adverts(all).await {
        Ok(saved) => saved.iter().any(|one| one.like.is_some()),
        Err(error) => {
            let field = error.field.clone().unwrap_or_else(|| "text".into());
            return Ok(draw(&metier, None, &sent, &refused(&field, error)?));
        }
    };
    Ok(see_other(if like {
        "/market/adverts?said=same"
    } else {
        "/market?said=saved"
    }))
}

pub async fn changing(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let (entries, _) = metier.read().await?;
    let advert = Market::in_journal(&entries)
        .advert(id)
        .ok_or_else(super::advert::gone)?
        .what;
    let sent = Sent::default()
        .with("text", advert.text.as_str())
        .with("title", advert.title.as_str())
        .with("employer", advert.employer.as_str())
        .with("place", advert.place.as_str())
        .with(
            "posted",
            advert.posted.map_or_else(String::new, |on| on.to_string()),
        )
        .with("link", advert.link.as_str());
    Ok(draw(&metier, Some(&format!("/market/advert/{id}")), &sent, &[]))
}

pub async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/market/advert/{id}");
    let faults = match read(&sent) {
        Err(faults) => faults,
        Ok(said) => match metier.change_advert(id, said).await {
            Ok(_) => return Ok(see_other(&format!("{back}?said=changed"))),
            Err(error) => {
                let field = error.field.clone().unwrap_or_else(|| "text".into());
                refused(&field, error)?
            }
        },
    };
    Ok(draw(&metier, Some(&back), &sent, &faults))
}

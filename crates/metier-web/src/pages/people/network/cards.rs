//! Cards both ways: a file is looked at first, what was ticked is taken in; and the way out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use metier_app::words::{card_here, card_lines_left_out, cards_counted, cards_nameless, plural};
use metier_app::{AppError, CardVersion, CardsSeen, Kind, Known, Metier, cards_of, read_cards};
use metier_core::canonical::Digest;
use metier_core::id::EntryId;
use metier_core::network::Network;

use super::contacts::place;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Sent};
use crate::held::Document;
use crate::layout::{Nav, Page, see_other};
use crate::problem::{Problem, sentence};

/// How many cards stand on one page.
const SHOWN: usize = 200;

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let gone = asked.has("gone").then(|| {
        AppError::input("the file is no longer held: the program was started again, or others came after it")
            .hint("Choose it again.")
    });
    draw(&metier, gone.as_ref()).await
}

async fn draw(metier: &Metier, error: Option<&AppError>) -> Result<Response, Problem> {
    let (entries, _) = metier.read().await?;
    let here = Network::in_journal(&entries).contacts.len();
    let sent = Sent::default();
    let shown = Shown {
        sent: &sent,
        faults: &[],
    };
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(Page::new("Cards").under(Nav::People).of(metier).status(status).show(&html! {
        div.narrow {
            p.crumbs { a href="/people/network" { "Who helps, whom I help" } }
            h1 { "Contacts in and out" }
            (refusal(error))
            section.card.first aria-labelledby="in" {
                h2 #in { "Take in" }
                p { "Export the few people it is about from your address book as vCard. You see who is in the file before anybody is taken in." }
                form method="post" action="/people/network/cards" enctype="multipart/form-data" {
                    (shown.file(Field::new("file", "The file").hint("Ends in .vcf; up to 16 MB."), false))
                    button.btn { "Look at it" }
                }
            }
            section.card aria-labelledby="out" {
                h2 #out { "Give out" }
                @if here == 0 { p.soft { "There is nobody here yet." } }
                @else {
                    p { "All of " (plural(here as u64, "contact", "contacts")) ", with how to reach them and their categories. What they offer and when you spoke stays here." }
                    form.inline method="get" action="/people/network/contacts.vcf" {
                        (shown.choice(Field::new("version", "Version"), &[("3.0", "3.0, read everywhere"), ("4.0", "4.0")]))
                        (shown.tick("notes", "1", "with your notes"))
                        button.btn.quiet { "Keep as a file" }
                    }
                    p.soft.small { "A single one: on the page of the contact." }
                }
            }
        }
    }))
}

fn refusal(error: Option<&AppError>) -> Markup {
    html! {
        @if let Some(error) = error {
            div.faults role="alert" {
                p { strong { "Nobody was taken in." } }
                ul { li { (sentence(&error.message)) } @for hint in &error.hints { li { (hint) } } }
            }
        }
    }
}

pub async fn send(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Some(file) = sent.files("file").next() else {
        let error = AppError::input("no file was chosen").hint("Choose a file that ends in .vcf.");
        return draw(&metier, Some(&error)).await;
    };
    let document = shared.held().hold(file.name.clone(), file.bytes.clone()).await;
    match seen(&metier, &document).await {
        Ok(_) => Ok(see_other(&format!(
            "/people/network/cards/look?doc={}",
            document.digest
        ))),
        Err(error) => {
            shared.held().drop(&document.digest).await;
            draw(&metier, Some(&error)).await
        }
    }
}

/// What is in the file, read away from the other requests.
async fn seen(metier: &Metier, document: &Arc<Document>) -> Result<CardsSeen, AppError> {
    let (entries, _) = metier.read().await?;
    let document = Arc::clone(document);
    tokio::task::spawn_blocking(move || read_cards(&document.name, document.bytes(), &entries))
        .await
        .map_err(|e| AppError::new(Kind::Machine, format!("the file cannot be read: {e}")))?
}

async fn held(shared: &Shared, asked: &Sent) -> Option<Arc<Document>> {
    let digest: Digest = asked.text("doc").parse().ok()?;
    shared.held().get(&digest).await
}

pub async fn look(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Some(document) = held(&shared, &asked).await else {
        return Ok(see_other("/people/network/cards?gone=1"));
    };
    let seen = seen(&metier, &document).await?;
    let digest = document.digest.to_string();
    Ok(looked(&metier, &document.name, &digest, &seen, &asked, None))
}

fn looked(
    metier: &Metier,
    name: &str,
    digest: &str,
    seen: &CardsSeen,
    asked: &Sent,
    error: Option<&AppError>,
) -> Response {
    let pages = seen.cards.len().div_ceil(SHOWN).max(1);
    let page: usize = asked.text("page").parse().unwrap_or(1).clamp(1, pages);
    let from = (page - 1) * SHOWN;
    let ticked: Vec<usize> = asked.all("card").filter_map(|word| word.parse().ok()).collect();
    let left_out = card_lines_left_out(&seen.left_out);
    let new = seen.new_ones();
    let at = |page: usize| format!("/people/network/cards/look?doc={digest}&page={page}");
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Page::new("Look at the cards").under(Nav::People).of(metier).status(status).show(&html! {
        div.narrow {
            p.crumbs { a href="/people/network" { "Who helps, whom I help" } " / " a href="/people/network/cards" { "In and out" } }
            h1.close { (cards_counted(seen)) }
            p.lead.soft { "In \u{201c}" (name) "\u{201d}. " (how_many_new(new, seen.cards.len())) @if new > 0 { " Nobody was taken in so far: tick whom you mean to keep in touch with, or take all of them in." } }
            (refusal(error))
            @if !seen.nameless.is_empty() { p { (cards_nameless(&seen.nameless)) } }
            @if !left_out.is_empty() { details.link { summary { "What of the cards is left out" } p.soft { (left_out) } } }
            form method="post" action="/people/network/cards/look" {
                input type="hidden" name="doc" value=(digest);
                input type="hidden" name="page" value=(page);
                ul.plain {
                    @for (place_of, card) in seen.cards.iter().enumerate().skip(from).take(SHOWN) {
                        li {
                            label.tick-box {
                                input type="checkbox" name="card" value=(place_of)
                                    checked[ticked.contains(&place_of)] disabled[matches!(card.here, Some(Known::ByCard(_)))];
                                span {
                                    (card.contact.name)
                                    @if !place(&card.contact).is_empty() { span.soft { " \u{b7} " (place(&card.contact)) } }
                                    @if let Some(here) = &card.here { span.soft.small.line { (card_here(here)) } }
                                }
                            }
                        }
                    }
                }
                @if pages > 1 {
                    nav.row aria-label="Pages" {
                        @if page > 1 { a href=(at(page - 1)) rel="prev" { "Cards before" } }
                        span.soft { "Page " (page) " of " (pages) ": what is ticked on it is taken in" }
                        @if page < pages { a href=(at(page + 1)) rel="next" { "Further cards" } }
                    }
                }
                div.act {
                    @if !seen.cards.is_empty() { button.btn { "Take in who is ticked" } }
                    @if new > 0 { button.btn.quiet name="all" value="1" { (take_all(new, seen.cards.len())) } }
                    a href="/people/network" { "Leave it" }
                }
            }
        }
    })
}

fn take_all(new: usize, all: usize) -> String {
    match new {
        1 if all == 1 => "Take them in".into(),
        n if n == all => "Take all in".into(),
        1 => "Take in the one not here yet".into(),
        n => format!("Take in all {n} not here yet"),
    }
}

fn how_many_new(new: usize, all: usize) -> String {
    match new {
        0 if all == 0 => "There is nobody in it to take in.".into(),
        0 if all == 1 => "They are here already, it seems.".into(),
        0 => "None of them is new here.".into(),
        1 if all == 1 => "They are not here yet.".into(),
        1 => "One of them is not here yet.".into(),
        n if n == all => "None of them is here yet.".into(),
        n => format!("{n} of them are not here yet."),
    }
}

pub async fn take(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Some(document) = held(&shared, &sent).await else {
        return Ok(see_other("/people/network/cards?gone=1"));
    };
    let seen = seen(&metier, &document).await?;
    let places: Vec<usize> = if sent.has("all") {
        let new = seen.cards.iter().enumerate().filter(|(_, c)| c.here.is_none());
        new.map(|(place, _)| place).collect()
    } else {
        sent.all("card").filter_map(|word| word.parse().ok()).collect()
    };
    let taken = if places.is_empty() {
        Err(AppError::input("nobody is ticked").hint("Tick at least one, then take them in."))
    } else {
        metier.take_in_cards(&seen, &places).await
    };
    match taken {
        Ok(taken) => Ok(see_other(&format!("/people/network?taken={taken}"))),
        Err(error) if error.kind == Kind::Input => {
            let digest = document.digest.to_string();
            Ok(looked(
                &metier,
                &document.name,
                &digest,
                &seen,
                &sent,
                Some(&error),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// All contacts as a file, or those that are named.
pub async fn file(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let which: Vec<EntryId> = asked
        .all("id")
        .map(super::super::super::case::entry_of)
        .collect::<Result<_, _>>()?;
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    if network.contacts.is_empty()
        || which
            .iter()
            .any(|id| !network.contacts.iter().any(|c| c.id == *id))
    {
        return Err(Problem::not_found("there is nobody to give out"));
    }
    let version = match asked.text("version") {
        "4.0" => CardVersion::V4,
        _ => CardVersion::V3,
    };
    let text = cards_of(&network, &which, asked.has("notes"), version);
    let head = [
        (header::CONTENT_TYPE, "text/vcard; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"contacts.vcf\"",
        ),
    ];
    Ok((head, text).into_response())
}

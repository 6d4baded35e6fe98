//! Noting somebody one knows, and changing what is noted.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::words::{capital, offer};
use metier_app::{Metier, network_mark, of_name};
use metier_core::id::EntryId;
use metier_core::network::{Contact, Network, Offer, OfferKind, Reach, ReachKind};
use metier_core::presence::is_of_the_web;

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::contact::gone;
use super::contacts::OFFERS;
use super::{MEANWHILE, next_of, so_far, with_next};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

const REACH: [(&str, &str, ReachKind); 3] = [
    ("mail", "Mail", ReachKind::Mail),
    ("phone", "Telephone", ReachKind::Phone),
    ("web", "On the web", ReachKind::Web),
];

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let sent = Sent::default().with("mark", so_far(&Network::in_journal(&entries)));
    Ok(filling(
        &metier,
        "Add somebody",
        "/people/network/add",
        "/people/network",
        &sent,
        &[],
        None,
    ))
}

pub async fn changing(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    let contact = network.contacts.iter().find(|c| c.id == id).ok_or_else(gone)?;
    let sent =
        with_next(as_sent(contact.what), network.next_with(contact)).with("mark", network_mark(&network, id));
    let back = format!("/people/network/contact/{id}");
    Ok(filling(
        &metier,
        &contact.what.name,
        &format!("{back}/change"),
        &back,
        &sent,
        &[],
        None,
    ))
}

fn filling(
    metier: &Metier,
    title: &str,
    action: &str,
    back: &str,
    sent: &Sent,
    faults: &[Fault],
    there: Option<&(EntryId, String)>,
) -> Response {
    let shown = Shown { sent, faults };
    Page::new(title)
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/people/network" { "Who helps, whom I help" } }
                h1 { (title) }
                (shown.summary())
                form method="post" action=(action) {
                    input type="hidden" name="mark" value=(sent.text("mark"));
                    (shown.line("text", Field::new("name", "Name")))
                    @if let Some((id, name)) = there {
                        p { "Here already: " a href={ "/people/network/contact/" (id) } { (name) } }
                    }
                    @if there.is_some() || sent.has("another") {
                        (shown.tick("another", "1", "It is somebody else of the same name"))
                    }
                    (shown.line("text", Field::new("title", "What they do").optional()))
                    (shown.line("text", Field::new("organisation", "Where").optional()))
                    fieldset {
                        legend { "What they could offer" }
                        p.hint { "Tick what fits; a line each says what exactly." }
                        @for (name, kind) in OFFERS {
                            (shown.tick("offers", name, says(kind)))
                            textarea.whole name={ "offer-" (name) } rows="1" aria-label={ (capital(offer(kind))) ": what exactly" } { (sent.text(&format!("offer-{name}"))) }
                        }
                    }
                    (shown.line("date", Field::new("next", "A day for the next word").hint("You choose it; it is listed and nothing more.").optional()))
                    (shown.line("text", Field::new("next-what", "About what").may_stay_empty()))
                    details.fold open[REACH.iter().any(|(name, ..)| sent.has(name)) || sent.has("categories")] {
                        summary { "How to reach them, and words to find them by" }
                        @for (name, label, _) in REACH {
                            (shown.lines(1, Field::new(name, label).hint("One a line.").may_stay_empty()))
                        }
                        (shown.line("text", Field::new("categories", "Words to find them by").hint("With commas between: press, gardeners").may_stay_empty()))
                    }
                    (shown.lines(3, Field::new("note", "Note").optional()))
                    div.act { button.btn { "Note it" } a href=(back) { "Leave it" } }
                }
            }
        })
}

fn says(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Support => "Support: advice, a second pair of eyes, an ear",
        OfferKind::Opportunity => "Opportunities: work, introductions",
        OfferKind::Platform => "A platform: somewhere to speak, write, show",
    }
}

fn as_sent(contact: &Contact) -> Sent {
    let mut sent = Sent::default()
        .with("name", &*contact.name)
        .with("title", &*contact.title)
        .with("organisation", &*contact.organisation)
        .with("categories", contact.categories.join(", "))
        .with("note", &*contact.note)
        .with("card", &*contact.card);
    for (name, kind) in OFFERS {
        let of_kind: Vec<&Offer> = contact.offers.iter().filter(|o| o.kind == kind).collect();
        if !of_kind.is_empty() {
            let lines: Vec<&str> = of_kind
                .iter()
                .map(|o| o.what.as_str())
                .filter(|w| !w.is_empty())
                .collect();
            sent = sent
                .with("offers", name)
                .with(&format!("offer-{name}"), lines.join("\n"));
        }
    }
    for (name, _, kind) in REACH {
        let values = contact
            .reach
            .iter()
            .filter(|r| r.kind == kind)
            .map(|r| r.value.as_str());
        sent = sent.with(name, values.collect::<Vec<_>>().join("\n"));
    }
    sent
}

fn read(sent: &Sent, card: &str) -> Result<Contact, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let name = reading.needed("name", "Say who it is.");
    let next = next_of(&mut reading, sent);
    let mut offers = Vec::new();
    for (word, kind) in OFFERS {
        let lines: Vec<&str> = lines(sent.text(&format!("offer-{word}"))).collect();
        if lines.is_empty() && sent.ticks("offers", word) {
            offers.push(Offer {
                kind,
                what: String::new(),
            });
        }
        offers.extend(lines.into_iter().map(|what| Offer {
            kind,
            what: what.to_owned(),
        }));
    }
    let mut reach = Vec::new();
    for (word, _, kind) in REACH {
        reach.extend(lines(sent.text(word)).map(|value| Reach {
            kind,
            value: value.to_owned(),
        }));
    }
    if lines(sent.text("web")).any(|address| !is_of_the_web(address)) {
        reading.fault("web", super::NOT_OF_THE_WEB);
    }
    let categories = sent.text("categories").split(',').map(str::trim);
    let contact = Contact {
        name,
        parts: None,
        title: sent.text("title").to_owned(),
        organisation: sent.text("organisation").to_owned(),
        reach,
        offers,
        categories: categories.filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        note: sent.text("note").to_owned(),
        next,
        card: card.to_owned(),
    };
    reading.done(contact)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty())
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (now, there) = {
        let (entries, _) = metier.read().await?;
        let network = Network::in_journal(&entries);
        let there = of_name(&network, sent.text("name")).map(|c| (c.id, c.what.name.clone()));
        (so_far(&network), there)
    };
    let there = there.filter(|_| !sent.has("another"));
    let faults = match read(&sent, "") {
        Ok(_) if now != sent.text("mark") => vec![Fault {
            field: "name".into(),
            what: MEANWHILE.into(),
        }],
        Ok(_) if there.is_some() => vec![Fault {
            field: "name".into(),
            what:
                "Somebody of this name is among your contacts already. If it is somebody else, say so below."
                    .into(),
        }],
        Ok(contact) => match metier.know(contact).await {
            Ok(id) => return Ok(see_other(&format!("/people/network/contact/{id}?said=added"))),
            Err(error) => refused("name", error)?,
        },
        Err(faults) => faults,
    };
    let sent = fresh(&sent, now);
    Ok(filling(
        &metier,
        "Add somebody",
        "/people/network/add",
        "/people/network",
        &sent,
        &faults,
        there.as_ref(),
    ))
}

/// What was sent, as it is shown again beside how things stand now.
fn fresh(sent: &Sent, mark: String) -> Sent {
    let mut again = Sent::default().with("mark", mark);
    for (name, value) in sent.fields().filter(|(name, _)| *name != "mark") {
        again = again.with(name, value);
    }
    again
}

pub async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/people/network/contact/{id}");
    let card = {
        let (entries, _) = metier.read().await?;
        let network = Network::in_journal(&entries);
        let contact = network.contacts.iter().find(|c| c.id == id).ok_or_else(gone)?;
        if network_mark(&network, id) != sent.text("mark") {
            return Ok(changed_meanwhile(&metier, &back, &sent));
        }
        contact.what.card.clone()
    };
    let faults = match read(&sent, &card) {
        Ok(contact) => match metier.change_contact(id, contact).await {
            Ok(_) => return Ok(see_other(&format!("{back}?said=changed"))),
            Err(error) => refused("name", error)?,
        },
        Err(faults) => faults,
    };
    Ok(filling(
        &metier,
        "Change",
        &format!("{back}/change"),
        &back,
        &sent,
        &faults,
        None,
    ))
}

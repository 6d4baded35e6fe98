//! Contacts: whom one looks for, with what they offer, when one last spoke and what comes next.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{ago, all_offered, capital, chosen_touch, day, offer};
use metier_core::journal::Noted;
use metier_core::network::{Contact, Network, OfferKind, Wanted};

use super::{Part, said, ways};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page};
use crate::pages::guide::why;
use crate::problem::Problem;

/// How many contacts stand on a page.
const SHOWN: usize = 50;
/// How many days that were chosen are listed.
const COMING: usize = 8;
/// From how many contacts on they can be searched.
const MANY: usize = 6;
/// How many categories are offered.
const CATEGORIES: usize = 12;

/// What is offered, as forms and addresses write it.
pub const OFFERS: [(&str, OfferKind); 3] = [
    ("support", OfferKind::Support),
    ("opportunity", OfferKind::Opportunity),
    ("platform", OfferKind::Platform),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let today = metier.surroundings().today();
    let network = Network::in_journal(&entries);
    let kind = OFFERS.iter().find(|(name, _)| *name == asked.text("offer"));
    let wanted = Wanted {
        words: asked.text("q").to_owned(),
        offers: kind.map(|(_, kind)| *kind),
        category: asked.text("category").to_owned(),
    };
    let found = network.found(&wanted);
    let content = html! {
        (ways(Part::Contacts))
        div.row.spread {
            h1.close { "Who helps, whom I help" }
            a.btn href="/people/network/add" { "Add somebody" }
        }
        p.lead.soft { "Only you see this. Nothing of it is in anything you show to others." }
        (said(asked.text("said")))
        @if asked.has("taken") { (crate::layout::notice(&html! { p { "Taken in: " (asked.text("taken")) "." } })) }
        @if network.contacts.is_empty() { (nobody_yet()) }
        @else {
            div.two {
                section aria-labelledby="contacts" {
                    h2 #contacts { "Contacts" }
                    @if network.contacts.len() > MANY { (search(&network, &wanted, &asked)) }
                    (people(&network, &found, &wanted, &asked, today))
                }
                div {
                    (coming(&network, today))
                    section.card aria-labelledby="cards" {
                        h2.label #cards { "Cards" }
                        p { a href="/people/network/cards" { "Take in contacts, or give them out" } }
                        p.soft.small { "As a file (.vcf) that every address book reads and writes." }
                    }
                }
            }
        }
    };
    Ok(Page::new("Who helps, whom I help")
        .under(Nav::People)
        .of(&metier)
        .show(&content))
}

fn nobody_yet() -> Markup {
    html! {
        section.card.first {
            p.big { "Whom would you ask if you were stuck tomorrow?" }
            p { "Note one person and what they could offer: an ear or advice, an opportunity, a place to speak or write. Choose a day for the next word if you like; you are never reminded twice." }
            div.act {
                a.btn href="/people/network/add" { "Add one person" }
                a href="/people/network/cards" { "Take in contacts from a file" }
            }
        }
        (why(&["asking-a-master"]))
    }
}

fn search(network: &Network<'_>, wanted: &Wanted, asked: &Sent) -> Markup {
    let shown = Shown {
        sent: asked,
        faults: &[],
    };
    let mut categories: Vec<(&str, usize)> = network.categories().into_iter().collect();
    categories.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    categories.truncate(CATEGORIES);
    let mut offers = vec![("", "anything")];
    offers.extend(OFFERS.iter().map(|(name, kind)| (*name, offer(*kind))));
    let mut kinds = vec![("", "any")];
    kinds.extend(categories.iter().map(|(name, _)| (*name, *name)));
    if !wanted.category.is_empty() && !kinds.iter().any(|(name, _)| *name == wanted.category) {
        kinds.push((&wanted.category, &wanted.category));
    }
    html! {
        form.inline method="get" action="/people/network" role="search" {
            (shown.line("search", Field::new("q", "Name or word").may_stay_empty()))
            (shown.choice(Field::new("offer", "Offers"), &offers))
            @if kinds.len() > 1 { (shown.choice(Field::new("category", "Category"), &kinds)) }
            button.btn.quiet { "Find" }
            @if !wanted.anybody() { a href="/people/network" { "Everybody" } }
        }
    }
}

fn people(
    network: &Network<'_>,
    found: &[Noted<'_, Contact>],
    wanted: &Wanted,
    asked: &Sent,
    today: Date,
) -> Markup {
    let pages = found.len().div_ceil(SHOWN).max(1);
    let page: usize = asked.text("page").parse().unwrap_or(1).clamp(1, pages);
    let shown = &found[(page - 1) * SHOWN..(page * SHOWN).min(found.len())];
    let last = network.last_touches();
    html! {
        @if found.is_empty() { p.soft { "Nobody here fits that. " a href="/people/network" { "Everybody" } } }
        @if !wanted.anybody() && !found.is_empty() { p.soft.small { (found.len()) " of " (network.contacts.len()) } }
        ul.lines {
            @for contact in shown { (line(network, contact, last.get(&contact.id).map(|t| t.on), today)) }
        }
        @if pages > 1 {
            nav.row aria-label="Pages" {
                @if page > 1 { a href=(at(asked, page - 1)) rel="prev" { "Earlier names" } }
                span.soft { "Page " (page) " of " (pages) }
                @if page < pages { a href=(at(asked, page + 1)) rel="next" { "Further names" } }
            }
        }
    }
}

fn at(asked: &Sent, page: usize) -> String {
    let mut question = form_urlencoded::Serializer::new(String::new());
    for name in ["q", "offer", "category"] {
        if asked.has(name) {
            question.append_pair(name, asked.text(name));
        }
    }
    question.append_pair("page", &page.to_string());
    format!("/people/network?{}", question.finish())
}

fn line(network: &Network<'_>, contact: &Noted<'_, Contact>, last: Option<Date>, today: Date) -> Markup {
    let what = contact.what;
    let offers = all_offered(&what.offers[..what.offers.len().min(4)]);
    html! {
        li {
            p.name {
                a href={ "/people/network/contact/" (contact.id) } { (what.name) }
                @if !place(what).is_empty() { span.soft { " \u{b7} " (place(what)) } }
            }
            @if !offers.is_empty() { p { "Offers " (offers) } }
            p.soft.small {
                (last.map_or_else(|| "Not spoken yet".to_owned(), |on| format!("Spoke {}", ago(on, today))))
                @if let Some(next) = network.next_with(contact) { " \u{b7} " (chosen_touch(next, today)) }
            }
        }
    }
}

/// What somebody does, and where.
pub fn place(contact: &Contact) -> String {
    let parts = [contact.title.as_str(), contact.organisation.as_str()];
    let said: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    said.join(", ")
}

/// The days one chose, the nearest to come first; those gone by are folded.
fn coming(network: &Network<'_>, today: Date) -> Markup {
    let (gone, ahead): (Vec<_>, Vec<_>) = network
        .next_touches()
        .into_iter()
        .partition(|c| c.next.on < today);
    let lines = |coming: &[metier_core::network::Coming<'_>]| {
        html! {
            ul.plain {
                @for one in coming.iter().take(COMING) {
                    @let of_contact = network.contacts.iter().any(|c| c.id == one.entry);
                    li {
                        (day(one.next.on)) ": "
                        a href={ "/people/network/" @if of_contact { "contact/" } @else { "communities/" } (one.entry) } { (one.name) }
                        @if !one.next.what.is_empty() { span.soft.line.small { (capital(&one.next.what)) } }
                    }
                }
            }
            @if coming.len() > COMING { p.soft.small { "And " (coming.len() - COMING) " more." } }
        }
    };
    let mut gone = gone;
    gone.reverse();
    html! {
        section.card aria-labelledby="coming" {
            h2.label #coming { "Days you chose" }
            @if ahead.is_empty() { p.soft { "None to come." } } @else { (lines(&ahead)) }
            @if !gone.is_empty() {
                details.link { summary { "Gone by (" (gone.len()) ")" } (lines(&gone)) }
            }
        }
    }
}

//! Who helps, whom I help: contacts, mentors, where the field meets, what one shared.

mod cards;
mod communities;
mod contact;
mod contact_form;
mod contacts;
mod mentor;
mod mentors;
mod shared;

pub use mentors::guided;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::stands_as;
use metier_app::words::{self, plural};
use metier_core::journal::Entry;
use metier_core::network::{MentorshipSide, Network, NextTouch};

use super::super::case;
use crate::Shared;
use crate::form::{Reading, Sent};
use crate::layout::notice;

/// The most bytes of a file of cards with its form.
const CARDS_LIMIT: usize = 17 << 20;

/// Said where something was recorded since the form was drawn.
const MEANWHILE: &str = "Something was recorded in another window or on another device since you opened this form. Nothing of yours is lost: look at what is there now, and send it again if it is still missing.";

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/people/network", get(contacts::page))
        .route("/people/network/contacts.vcf", get(cards::file))
        .route(
            "/people/network/add",
            get(contact_form::form).post(contact_form::add),
        )
        .route("/people/network/contact/{id}", get(contact::page))
        .route(
            "/people/network/contact/{id}/change",
            get(contact_form::changing).post(contact_form::change),
        )
        .route("/people/network/contact/{id}/spoke", post(contact::spoke))
        .route("/people/network/contact/{id}/remove", post(contact::remove))
        .route(
            "/people/network/cards",
            get(cards::form)
                .post(cards::send)
                .layer(DefaultBodyLimit::max(CARDS_LIMIT)),
        )
        .route("/people/network/cards/look", get(cards::look).post(cards::take))
        .route("/people/network/mentors", get(mentors::page))
        .route("/people/network/mentors/add", get(mentor::form).post(mentor::add))
        .route(
            "/people/network/mentors/willing",
            get(mentors::willing_form).post(mentors::willing),
        )
        .route("/people/network/mentors/{id}", get(mentor::page))
        .route("/people/network/mentors/{id}/log", post(mentor::log))
        .route("/people/network/mentors/{id}/end", post(mentor::end))
        .route("/people/network/mentors/{id}/remove", post(mentor::remove))
        .route("/people/network/guidance/{id}", post(mentor::used))
        .route(
            "/people/network/communities",
            get(communities::page).post(communities::add),
        )
        .route(
            "/people/network/communities/{id}",
            get(communities::changing).post(communities::change),
        )
        .route("/people/network/shared", get(shared::page))
}

/// The part of the network on the page of people.
pub fn lead(entries: &[Entry], today: Date) -> Markup {
    let network = Network::in_journal(entries);
    let guides = network.mentorships.iter().filter(|m| {
        m.what.side == MentorshipSide::TheyGuide && m.what.until.is_none_or(|until| today <= until)
    });
    let counts = [network.contacts.len() as u64, guides.count() as u64];
    html! {
        section.card aria-labelledby="network" {
            h2 #network { a href="/people/network" { "Who helps, whom I help" } }
            @if counts == [0, 0] {
                p { "Whom you know and what they could help with, who guides you, whom you guide, where your field meets." }
            } @else {
                p { (words::capital(&plural(counts[0], "contact", "contacts"))) ", " (plural(counts[1], "mentor", "mentors")) "." }
            }
        }
    }
}

/// The pages of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Contacts,
    Mentors,
    Communities,
    Shared,
}

/// The way between the pages of the network, at the top of each.
fn ways(here: Part) -> Markup {
    let all = [
        (Part::Contacts, "/people/network", "Contacts"),
        (Part::Mentors, "/people/network/mentors", "Mentors"),
        (Part::Communities, "/people/network/communities", "Communities"),
        (Part::Shared, "/people/network/shared", "Knowledge shared"),
    ];
    html! {
        (case::beside(case::Here::Network))
        nav aria-label="Who helps, whom I help" {
            ul.parts {
                @for (which, path, name) in all {
                    li { a href=(path) aria-current=[(which == here).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// What was just done, by the word the address carries.
fn said(word: &str) -> Markup {
    let text = match word {
        "added" => "Noted.",
        "changed" => "Changed. What stood before is kept below.",
        "spoke" => "Noted that you spoke.",
        "removed" => "Taken back. It can be found no longer; the journal keeps that it was there.",
        "logged" => "Noted what was said.",
        "used" => "Noted what you did with it.",
        "ended" => "Noted that it ended. It stays here with everything that was said.",
        "willing" => "Noted what you are willing to teach.",
        _ => return html! {},
    };
    notice(&html! { p { (text) } })
}

/// A name for how much is here, for forms that add: a form sent twice, or beside another window, is looked at
/// once more.
fn so_far(network: &Network<'_>) -> String {
    stands_as(&[
        network.contacts.len(),
        network.mentorships.len(),
        network.communities.len(),
        network.willing.len(),
    ])
}

/// The next touch of a form: a day, and about what.
fn next_of(reading: &mut Reading<'_>, sent: &Sent) -> Option<NextTouch> {
    let what = sent.text("next-what").to_owned();
    let on = reading.day("next");
    if on.is_none() && !what.is_empty() && !sent.has("next") {
        reading.fault("next", "Choose a day for it, or leave both empty.");
    }
    on.map(|on| NextTouch { on, what })
}

/// The same, as a form shows it.
fn with_next(sent: Sent, next: Option<&NextTouch>) -> Sent {
    match next {
        Some(next) => sent
            .with("next", next.on.to_string())
            .with("next-what", &*next.what),
        None => sent,
    }
}

/// An address as a link, where a browser may follow it.
/// What is said of an address that is none of the web.
const NOT_OF_THE_WEB: &str = "Start the address with https:// or http://.";

fn link(url: &str) -> Markup {
    html! {
        @if url.starts_with("https://") || url.starts_with("http://") {
            a href=(url) rel="noreferrer noopener" { (url) }
        } @else { (url) }
    }
}

//! One contact: what they offer, what was spoken, what comes next.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{ago, capital, day, next_touch, offered};
use metier_app::{Metier, contact_wordings, network_mark, not_standing};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted};
use metier_core::network::{Contact, MentorshipSide, Network, Reach, ReachKind, Touch};

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::contacts::place;
use super::{link, next_of, said};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// How many times one spoke stand on the page unfolded.
const SHOWN: usize = 10;
/// How many are drawn at all.
const DRAWN: usize = 200;

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    draw(&metier, id, asked.text("said"), &Sent::default(), &[]).await
}

pub fn gone() -> Problem {
    Problem::not_found("there is no such contact; they may have been taken back")
}

async fn draw(
    metier: &Metier,
    id: EntryId,
    word: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    let contact = network.contacts.iter().find(|c| c.id == id).ok_or_else(gone)?;
    let mark = network_mark(&network, id);
    let form = Shown { sent, faults };
    let content = html! {
        p.crumbs { a href="/people/network" { "Who helps, whom I help" } }
        h1.close { (contact.what.name) }
        @if !place(contact.what).is_empty() { p.lead.soft { (place(contact.what)) } }
        (said(word))
        (form.summary())
        div.two {
            div {
                (speaking(&network, contact, &mark, &form, metier.surroundings().today()))
                (history(metier, &network, id))
                (before(metier, &entries, id))
            }
            div { (about(&network, contact, &mark)) }
        }
    };
    Ok(Page::new(&contact.what.name)
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&content))
}

fn speaking(
    network: &Network<'_>,
    contact: &Noted<'_, Contact>,
    mark: &str,
    form: &Shown<'_>,
    today: Date,
) -> Markup {
    let action = format!("/people/network/contact/{}/spoke", contact.id);
    html! {
        section.card.first aria-labelledby="next" {
            h2.label #next { "Next" }
            @let next = network.next_with(contact);
            p { (next.map_or_else(|| "No day is chosen.".to_owned(), |n| capital(&next_touch(n)))) }
            @if next.is_some_and(|n| n.on < today) { p.soft.small { "That day has gone by. Choose another, or none." } }
            form method="post" action=(action) {
                input type="hidden" name="mark" value=(mark);
                button.btn { "Spoke today" }
            }
            details.link open[!form.faults.is_empty()] {
                summary { "With words, another day, or what comes next" }
                form method="post" action=(action) {
                    input type="hidden" name="mark" value=(mark);
                    (form.lines(3, Field::new("words", "What came of it").optional()))
                    (form.line("date", Field::new("on", "On which day").hint("Empty: today.").may_stay_empty()))
                    (form.line("date", Field::new("next", "The next day").hint("Empty: no day is chosen.").may_stay_empty()))
                    (form.line("text", Field::new("next-what", "About what").may_stay_empty()))
                    button.btn.quiet { "Note it" }
                }
            }
        }
    }
}

fn history(metier: &Metier, network: &Network<'_>, id: EntryId) -> Markup {
    let today = metier.surroundings().today();
    let all: Vec<&Noted<'_, Touch>> = network.touches_of(id).rev().collect();
    let lines = |touches: &[&Noted<'_, Touch>]| {
        html! {
            ul.lines {
                @for touch in touches {
                    li {
                        p.soft.small { (day(touch.on)) ", " (ago(touch.on, today)) }
                        @if touch.what.words.is_empty() { p.soft { "No words noted." } } @else { p.as-written { (touch.what.words) } }
                    }
                }
            }
        }
    };
    let (near, far) = all.split_at(all.len().min(SHOWN));
    html! {
        section aria-labelledby="spoken" {
            h2 #spoken { "When you spoke" }
            @if all.is_empty() { p.soft { "Nothing noted yet." } } @else { (lines(near)) }
            @if !far.is_empty() {
                details.fold { summary { "Before that (" (far.len()) ")" } (lines(&far[..far.len().min(DRAWN)])) }
            }
        }
    }
}

fn about(network: &Network<'_>, contact: &Noted<'_, Contact>, mark: &str) -> Markup {
    let what = contact.what;
    let mentorships = network
        .mentorships
        .iter()
        .filter(|m| m.what.contact == Some(contact.id));
    let mentorships: Vec<_> = mentorships.collect();
    html! {
        section.card aria-labelledby="offers" {
            h2.label #offers { "What they offer" }
            @if what.offers.is_empty() { p.soft { "Nothing noted yet." } }
            ul.plain { @for one in &what.offers { li { (capital(&offered(one))) } } }
            @if !what.categories.is_empty() {
                ul.chips aria-label="Categories" {
                    @for category in &what.categories {
                        @let asked = form_urlencoded::byte_serialize(category.as_bytes()).collect::<String>();
                        li { a.chip href={ "/people/network?category=" (asked) } { (category) } }
                    }
                }
            }
        }
        @if !what.reach.is_empty() {
            section.card aria-labelledby="reach" {
                h2.label #reach { "How to reach them" }
                ul.plain.reach { @for reach in &what.reach { li { (reached(reach)) } } }
            }
        }
        section.card aria-labelledby="guides" {
            h2.label #guides { "Guidance" }
            @if mentorships.is_empty() { p.soft { "Neither guides the other so far." } }
            @else {
                ul.plain {
                    @for m in mentorships {
                        li { a href={ "/people/network/mentors/" (m.id) } {
                            @if m.what.side == MentorshipSide::TheyGuide { "Guides you" } @else { "You guide them" }
                        } ", since " (day(m.what.from)) @if let Some(until) = m.what.until { " until " (day(until)) } }
                    }
                }
            }
            p { a href={ "/people/network/mentors/add?contact=" (contact.id) } { "Note who guides whom" } }
        }
        @if !what.note.is_empty() {
            section.card aria-labelledby="note" { h2.label #note { "Note" } p.as-written { (what.note) } }
        }
        div.act {
            a.btn.quiet href={ "/people/network/contact/" (contact.id) "/change" } { "Change" }
            a href={ "/people/network/contacts.vcf?id=" (contact.id) } { "Their card (.vcf)" }
            details.link {
                summary { "Take back" }
                form method="post" action={ "/people/network/contact/" (contact.id) "/remove" } {
                    input type="hidden" name="mark" value=(mark);
                    p.soft.small { "They leave your list; the days you spoke stay in the journal." }
                    button.btn.risky { "Take " (what.name) " back" }
                }
            }
        }
    }
}

fn reached(reach: &Reach) -> Markup {
    html! {
        @match reach.kind {
            ReachKind::Mail => a href={ "mailto:" (reach.value) } { (reach.value) },
            ReachKind::Phone => a href={ "tel:" (reach.value.replace(' ', "")) } { (reach.value) },
            ReachKind::Web => (link(&reach.value)),
        }
    }
}

/// What stood before, on request.
fn before(metier: &Metier, entries: &[Entry], id: EntryId) -> Markup {
    let wordings = not_standing(contact_wordings(entries, id));
    let zone = &metier.surroundings().zone;
    html! {
        @if !wordings.is_empty() {
            details.fold {
                summary { "What stood before (" (wordings.len()) ")" }
                ul.lines {
                    @for wording in wordings.iter().take(SHOWN) {
                        @let was = wording.what;
                        li {
                            p.soft.small { "As noted on " (day(wording.recorded_at.to_zoned(zone.clone()).date())) }
                            p { (was.name) @if !place(was).is_empty() { ", " (place(was)) } }
                            @for one in &was.offers { p { (capital(&offered(one))) } }
                            @for one in &was.reach { p { (one.value) } }
                            @if let Some(next) = &was.next { p { "Next: " (next_touch(next)) } }
                            @if !was.note.is_empty() { p.as-written { (was.note) } }
                        }
                    }
                }
            }
        }
    }
}

pub async fn spoke(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/people/network/contact/{id}");
    if mark_of(&metier, id).await? != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let mut reading = Reading::of(&sent);
    let on = reading.past_day("on", shared.surroundings().today());
    let next = next_of(&mut reading, &sent);
    let faults = match reading.done(()) {
        Ok(()) => {
            let touch = Touch {
                contact: id,
                words: sent.text("words").to_owned(),
                next,
            };
            match metier.spoke(on, touch).await {
                Ok(_) => return Ok(see_other(&format!("{back}?said=spoke"))),
                Err(error) => refused("words", error)?,
            }
        }
        Err(faults) => faults,
    };
    draw(&metier, id, "", &sent, &faults).await
}

pub async fn remove(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    if mark_of(&metier, id).await? != sent.text("mark") {
        return Ok(changed_meanwhile(
            &metier,
            &format!("/people/network/contact/{id}"),
            &sent,
        ));
    }
    metier.withdraw(id, "").await?;
    Ok(see_other("/people/network?said=removed"))
}

async fn mark_of(metier: &Metier, id: EntryId) -> Result<String, Problem> {
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    if !network.contacts.iter().any(|c| c.id == id) {
        return Err(gone());
    }
    Ok(network_mark(&network, id))
}

//! One contact: what they offer, what was spoken, what comes next.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{ago, capital, day, next_touch, offer, offered};
use metier_app::{Metier, earlier, network_mark};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Fact, Noted, view};
use metier_core::network::{
    Contact, MentorshipSide, Network, NetworkFact, Offer, OfferKind, Reach, ReachKind, Touch,
};

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::contacts::{OFFERS, place};
use super::{MEANWHILE, link, next_of, said, so_far, with_next};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// How many times one spoke stand on the page unfolded.
const SHOWN: usize = 10;
/// How many are drawn at all.
const DRAWN: usize = 200;

const REACH: [(&str, &str, ReachKind); 3] = [
    ("mail", "Mail", ReachKind::Mail),
    ("phone", "Telephone", ReachKind::Phone),
    ("web", "On the web", ReachKind::Web),
];

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    draw(&metier, id, asked.text("said"), &Sent::default(), &[]).await
}

fn gone() -> Problem {
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
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
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
                (speaking(&network, contact, &mark, &form))
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

fn speaking(network: &Network<'_>, contact: &Noted<'_, Contact>, mark: &str, form: &Shown<'_>) -> Markup {
    let action = format!("/people/network/contact/{}/spoke", contact.id);
    html! {
        section.card.first aria-labelledby="next" {
            h2.label #next { "Next" }
            p { (network.next_with(contact).map_or_else(|| "No day is chosen.".to_owned(), next_touch)) }
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
        @if !mentorships.is_empty() {
            section.card aria-labelledby="guides" {
                h2.label #guides { "Guidance" }
                ul.plain {
                    @for m in mentorships {
                        li { a href={ "/people/network/mentors/" (m.id) } {
                            @if m.what.side == MentorshipSide::TheyGuide { "Guides you" } @else { "You guide them" }
                        } ", since " (day(m.what.from)) @if let Some(until) = m.what.until { " until " (day(until)) } }
                    }
                }
            }
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
    let wordings = earlier(entries, id);
    let zone = &metier.surroundings().zone;
    html! {
        @if !wordings.is_empty() {
            details.fold {
                summary { "What stood before (" (wordings.len()) ")" }
                ul.lines {
                    @for (at, fact) in wordings.iter().take(SHOWN) {
                        @if let Fact::Network(said) = fact && let NetworkFact::Contact(was) = &**said {
                            li {
                                p.soft.small { "As noted on " (day(at.to_zoned(zone.clone()).date())) }
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
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
    if !network.contacts.iter().any(|c| c.id == id) {
        return Err(gone());
    }
    Ok(network_mark(&network, id))
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let sent = Sent::default().with("mark", so_far(&Network::of(&view)));
    Ok(filling(
        &metier,
        "Add somebody",
        "/people/network/add",
        "/people/network",
        &sent,
        &[],
    ))
}

pub async fn changing(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
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
    ))
}

fn filling(
    metier: &Metier,
    title: &str,
    action: &str,
    back: &str,
    sent: &Sent,
    faults: &[Fault],
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
                    @for (name, label, _) in REACH {
                        (shown.lines(1, Field::new(name, label).hint("One a line.").may_stay_empty()))
                    }
                    (shown.line("text", Field::new("categories", "Words to find them by").hint("With commas between: press, gardeners").may_stay_empty()))
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
    let categories = sent.text("categories").split(',').map(str::trim);
    let contact = Contact {
        name,
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
    let now = {
        let (entries, _) = metier.read().await?;
        let view = view(&entries, jiff::Timestamp::MAX);
        so_far(&Network::of(&view))
    };
    let faults = match read(&sent, "") {
        Ok(_) if now != sent.text("mark") => vec![Fault {
            field: "name".into(),
            what: MEANWHILE.into(),
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
        let view = view(&entries, jiff::Timestamp::MAX);
        let network = Network::of(&view);
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
    ))
}

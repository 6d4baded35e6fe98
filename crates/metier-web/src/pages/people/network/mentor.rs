//! One mentorship: for which gap, since when, what was said and what was done with it.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, ago, day};
use metier_app::{Life, Metier, network_mark};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted};
use metier_core::network::{Guidance, Mentorship, MentorshipSide, Network};

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::mentors::through;
use super::{MEANWHILE, said, so_far};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// How many words of guidance stand on the page.
const SHOWN: usize = 100;
/// How many contacts are offered to be chosen among.
const OFFERED: usize = 200;

const SIDES: [(&str, &str, MentorshipSide); 2] = [
    ("they", "They guide me", MentorshipSide::TheyGuide),
    ("me", "I guide them", MentorshipSide::IGuide),
];

fn gone() -> Problem {
    Problem::not_found("there is no such mentorship; it may have been taken back")
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let today = metier.surroundings().today();
    let mut sent = Sent::default()
        .with("side", "they")
        .with("from", today.to_string());
    for name in ["gap", "contact"] {
        if asked.has(name) {
            sent = sent.with(name, asked.text(name));
        }
    }
    filling(&metier, &entries, &life, &sent, &[])
}

fn filling(
    metier: &Metier,
    entries: &[Entry],
    life: &Life,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let network = Network::in_journal(entries);
    let framework = &life.needed()?.framework;
    let shown = Shown { sent, faults };
    let ids: Vec<(String, &str)> = network
        .contacts
        .iter()
        .map(|c| (c.id.to_string(), c.what.name.as_str()))
        .enumerate()
        .filter(|(place, (id, _))| *place < OFFERED || id == sent.text("contact"))
        .map(|(_, contact)| contact)
        .collect();
    let mut people = vec![("", "somebody else")];
    people.extend(ids.iter().map(|(id, name)| (id.as_str(), *name)));
    let sides: Vec<(&str, &str)> = SIDES.iter().map(|(value, name, _)| (*value, *name)).collect();
    Ok(Page::new("Note a mentor").under(Nav::People).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/people/network/mentors" { "Mentors" } }
            h1 { "Who guides whom?" }
            (shown.summary())
            form method="post" action="/people/network/mentors/add" {
                input type="hidden" name="mark" value=(so_far(&network));
                (shown.choice(Field::new("side", "Which way"), &sides))
                @if people.len() > 1 { (shown.choice(Field::new("contact", "Among your contacts"), &people)) }
                (shown.line("text", Field::new("with", "Their name").hint("Empty: the contact's. A name that only one of your contacts has is taken for that one.").may_stay_empty()))
                fieldset #f-gap {
                    legend { "Through which gap?" }
                    p.hint { "One or two; none means in general." }
                    @for practice in &framework.practices {
                        @let chosen = framework.competencies_of(&practice.id).any(|c| sent.ticks("gap", c.id.as_str()));
                        details.fold open[chosen] {
                            summary { (practice.name) }
                            @for c in framework.competencies_of(&practice.id) { (shown.tick("gap", c.id.as_str(), &c.name)) }
                        }
                    }
                }
                (shown.line("text", Field::new("purpose", "What is to come of it").optional()))
                (shown.line("date", Field::new("from", "Since when")))
                (shown.line("date", Field::new("until", "Until when").hint("Empty while it lasts.").may_stay_empty()))
                div.act { button.btn { "Note it" } a href="/people/network/mentors" { "Leave it" } }
            }
        }
    }))
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let mut reading = Reading::of(&sent);
    let today = shared.surroundings().today();
    let mut contact: Option<EntryId> = reading.read("contact", "Choose one of your contacts.");
    let (name, now) = {
        let network = Network::in_journal(&entries);
        let known = match contact {
            Some(id) => network.contacts.iter().find(|c| c.id == id),
            None => network.only_one_called(sent.text("with")),
        };
        contact = known.map(|c| c.id);
        (known.map(|c| c.what.name.clone()), so_far(&network))
    };
    let with = match (sent.text("with"), name) {
        ("", Some(name)) => name,
        ("", None) => reading.needed("with", "Say who it is, or choose a contact."),
        (with, _) => with.to_owned(),
    };
    let from = reading.day("from").unwrap_or(today);
    let until = reading.day("until");
    let side = SIDES.iter().find(|(value, ..)| *value == sent.text("side"));
    if now != sent.text("mark") {
        reading.fault("with", MEANWHILE);
    }
    let gaps = sent.all("gap").filter_map(|word| word.parse().ok()).collect();
    let faults = match reading.done(()) {
        Ok(()) => {
            let mentorship = Mentorship {
                with,
                contact,
                side: side.map_or(MentorshipSide::TheyGuide, |(.., side)| *side),
                family: None,
                gaps,
                purpose: sent.text("purpose").to_owned(),
                from,
                until,
            };
            match metier.mentoring(mentorship).await {
                Ok(id) => return Ok(see_other(&format!("/people/network/mentors/{id}?said=added"))),
                Err(error) => refused("until", error)?,
            }
        }
        Err(faults) => faults,
    };
    filling(&metier, &entries, &life, &sent, &faults)
}

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, entry_of(&id)?, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    metier: &Metier,
    id: EntryId,
    word: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let today = metier.surroundings().today();
    let network = Network::in_journal(&entries);
    let m = network.mentorships.iter().find(|m| m.id == id).ok_or_else(gone)?;
    let words = Words::new(&life.needed()?.framework, &entries, today);
    let mark = network_mark(&network, id);
    let shown = Shown { sent, faults };
    let title = match m.what.side {
        MentorshipSide::TheyGuide => format!("{} guides you", m.what.with),
        MentorshipSide::IGuide => format!("You guide {}", m.what.with),
    };
    let content = html! {
        p.crumbs { a href="/people/network/mentors" { "Mentors" } }
        h1.close { (title) }
        p.lead.soft { (through(m.what, &words)) }
        (said(word))
        (shown.summary())
        div.two {
            div { (log_of(&network, m, today)) }
            div {
                section.card.first aria-labelledby="log" {
                    h2.label #log { "Something was said" }
                    form method="post" action={ "/people/network/mentors/" (id) "/log" } {
                        input type="hidden" name="mark" value=(mark);
                        (shown.lines(3, Field::new("words", if m.what.side == MentorshipSide::TheyGuide { "What they said" } else { "What you said" })))
                        (shown.lines(2, Field::new("done", "What was done with it").hint("Empty: nothing yet.").may_stay_empty()))
                        (shown.line("date", Field::new("on", "On which day").hint("Empty: today.").may_stay_empty()))
                        button.btn { "Note it" }
                    }
                }
                section.card aria-labelledby="since" {
                    h2.label #since { "Since when" }
                    p { "Since " (day(m.what.from)) @if let Some(until) = m.what.until { " until " (day(until)) } @else { ", and it lasts" } "." }
                    @if let Some(contact) = m.what.contact { p { a href={ "/people/network/contact/" (contact) } { "Among your contacts" } } }
                    details.link {
                        summary { "Take back" }
                        form method="post" action={ "/people/network/mentors/" (id) "/remove" } {
                            input type="hidden" name="mark" value=(mark);
                            p.soft.small { "For what was noted by mistake. It leaves this list with what was said; the journal keeps it." }
                            button.btn.risky { "Take it back" }
                        }
                    }
                    @if m.what.until.is_none() {
                        details.link {
                            summary { "It ended" }
                            form method="post" action={ "/people/network/mentors/" (id) "/end" } {
                                input type="hidden" name="mark" value=(mark);
                                (shown.line("date", Field::new("until", "On which day").hint("Empty: today.").may_stay_empty()))
                                button.btn.quiet { "Note that it ended" }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Page::new(title)
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&content))
}

fn log_of(network: &Network<'_>, m: &Noted<'_, Mentorship>, today: jiff::civil::Date) -> Markup {
    let mut all: Vec<&Noted<'_, Guidance>> = network.guidance_of(m.id).collect();
    all.reverse();
    html! {
        section aria-labelledby="said" {
            h2 #said { "What was said" }
            @if all.is_empty() { p.soft { "Nothing noted yet. A sentence after each talk is enough." } }
            ul.lines {
                @for g in all.iter().take(SHOWN) {
                    li {
                        p.soft.small { (day(g.on)) ", " (ago(g.on, today)) }
                        p.as-written { (g.what.words) }
                        @if g.what.done.is_empty() {
                            details.link {
                                summary { "Something was done with it" }
                                form method="post" action={ "/people/network/guidance/" (g.id) } {
                                    input type="hidden" name="mark" value=(network_mark(network, m.id));
                                    div.field {
                                        label for={ "done-" (g.id) } { "What was done with it" }
                                        textarea id={ "done-" (g.id) } name="done" rows="2" required {}
                                    }
                                    button.btn.quiet { "Note it" }
                                }
                            }
                        } @else { p { strong { "Done with it: " } span.as-written { (g.what.done) } } }
                    }
                }
            }
            @if all.len() > SHOWN { p.soft { "And " (all.len() - SHOWN) " before that, in the journal." } }
        }
    }
}

/// The mark of a mentorship, and that it is there.
async fn mark_of(metier: &Metier, id: EntryId) -> Result<String, Problem> {
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    if !network.mentorships.iter().any(|m| m.id == id) {
        return Err(gone());
    }
    Ok(network_mark(&network, id))
}

pub async fn log(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/people/network/mentors/{id}");
    if mark_of(&metier, id).await? != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let mut reading = Reading::of(&sent);
    let words = reading.needed("words", "Say what was said.");
    let on = reading.past_day("on", shared.surroundings().today());
    let faults = match reading.done(()) {
        Ok(()) => {
            let guidance = Guidance {
                mentorship: id,
                words,
                done: sent.text("done").to_owned(),
            };
            match metier.guidance(on, guidance).await {
                Ok(_) => return Ok(see_other(&format!("{back}?said=logged"))),
                Err(error) => refused("words", error)?,
            }
        }
        Err(faults) => faults,
    };
    draw(&metier, id, "", &sent, &faults).await
}

pub async fn used(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let mentorship = {
        let (entries, _) = metier.read().await?;
        let network = Network::in_journal(&entries);
        let guidance = network.guidance.iter().find(|g| g.id == id).ok_or_else(gone)?;
        guidance.what.mentorship
    };
    let back = format!("/people/network/mentors/{mentorship}");
    if mark_of(&metier, mentorship).await? != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    match metier.guidance_used(id, sent.text("done")).await {
        Ok(_) => Ok(see_other(&format!("{back}?said=used"))),
        Err(error) => {
            let faults = refused("words", error)?;
            draw(&metier, mentorship, "", &sent, &faults).await
        }
    }
}

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/people/network/mentors/{id}");
    if mark_of(&metier, id).await? != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let mut reading = Reading::of(&sent);
    let until = reading.past_day("until", shared.surroundings().today());
    let faults = match reading.done(()) {
        Ok(()) => match metier.end_mentoring(id, until).await {
            Ok(_) => return Ok(see_other(&format!("{back}?said=ended"))),
            Err(error) => refused("until", error)?,
        },
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
        let back = format!("/people/network/mentors/{id}");
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    metier.withdraw(id, "").await?;
    Ok(see_other("/people/network/mentors?said=removed"))
}

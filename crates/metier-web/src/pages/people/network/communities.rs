//! Where the field meets: communities, professional bodies, industry groups, events, online.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{capital, chosen_touch, community_days, community_kind};
use metier_app::{Metier, network_mark};
use metier_core::journal::Noted;
use metier_core::network::{Community, CommunityKind, Network};
use metier_core::presence::is_of_the_web;

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::{MEANWHILE, Part, link, next_of, said, so_far, ways, with_next};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::guide::why;
use crate::path::Path;
use crate::problem::Problem;

/// How many of a sort stand on the page.
const SHOWN: usize = 60;

const KINDS: [(&str, CommunityKind); 5] = [
    ("community", CommunityKind::Community),
    ("body", CommunityKind::ProfessionalBody),
    ("industry", CommunityKind::IndustryGroup),
    ("online", CommunityKind::Online),
    ("event", CommunityKind::Event),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(metier: &Metier, word: &str, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let (entries, _) = metier.read().await?;
    let today = metier.surroundings().today();
    let network = Network::in_journal(&entries);
    let shown = Shown { sent, faults };
    let content = html! {
        (ways(Part::Communities))
        h1.close { "Where the field meets" }
        p.lead.soft { "Communities, professional bodies, industry groups, events: which part you take, and what comes next." }
        (said(word))
        (shown.summary())
        div.two {
            div {
                @if network.communities.is_empty() { p { "Nothing noted yet. One place where people of your trade talk is enough to begin with: listen there first." } (why(&["conditions"])) }
                @for (_, kind) in KINDS { (sort(&network, kind, today)) }
            }
            section.card.first aria-labelledby="add" {
                h2.label #add { "Note one" }
                form method="post" action="/people/network/communities" {
                    input type="hidden" name="mark" value=(so_far(&network));
                    (fields(&shown))
                    button.btn { "Note it" }
                }
            }
        }
    };
    Ok(Page::new("Where the field meets")
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&content))
}

fn sort(network: &Network<'_>, kind: CommunityKind, today: Date) -> Markup {
    let of_kind = network.communities.iter().filter(|c| c.what.kind == kind);
    let (over, lasts): (Vec<_>, Vec<_>) =
        of_kind.partition(|c| c.what.until.is_some_and(|until| until < today));
    html! {
        @if !over.is_empty() || !lasts.is_empty() {
            section {
                h2 { (capital(community_kind(kind))) }
                ul.lines { @for one in lasts.iter().take(SHOWN) { (line(one, today)) } }
                @if lasts.len() > SHOWN { p.soft { "And " (lasts.len() - SHOWN) " more: " code { "metier community list" } } }
                @if !over.is_empty() {
                    details.fold { summary { "Over (" (over.len()) ")" } ul.lines { @for one in over.iter().take(SHOWN) { (line(one, today)) } } }
                }
            }
        }
    }
}

fn line(community: &Noted<'_, Community>, today: Date) -> Markup {
    let what = community.what;
    html! {
        li {
            p.name { a href={ "/people/network/communities/" (community.id) } { (what.name) } }
            @if !what.part.is_empty() { p { (capital(&what.part)) } }
            @if !what.url.is_empty() { p.small { (link(&what.url)) } }
            @if !what.note.is_empty() { p.as-written { (what.note) } }
            p.soft.small {
                @let days = community_days(what);
                (capital(&days))
                @if let Some(next) = &what.next {
                    @let next = chosen_touch(next, today);
                    @if days.is_empty() { (capital(&next)) } @else { " \u{b7} " (next) }
                }
            }
        }
    }
}

fn fields(shown: &Shown<'_>) -> Markup {
    let kinds: Vec<(&str, String)> = KINDS
        .iter()
        .map(|(value, kind)| (*value, capital(community_kind(*kind))))
        .collect();
    let kinds: Vec<(&str, &str)> = kinds
        .iter()
        .map(|(value, name)| (*value, name.as_str()))
        .collect();
    html! {
        (shown.line("text", Field::new("name", "Name")))
        (shown.choice(Field::new("kind", "Which sort"), &kinds))
        (shown.line("url", Field::new("url", "Where it is found").optional()))
        (shown.line("text", Field::new("part", "Which part you take").hint("Listen, ask, speak, organise").may_stay_empty()))
        details.fold open[["from", "until", "next", "next-what", "note"].iter().any(|name| shown.sent.has(name)) || !shown.faults.is_empty()] {
            summary { "Days, what comes next, what you took along" }
        (shown.line("date", Field::new("from", "Since when, or the first day").may_stay_empty()))
        (shown.line("date", Field::new("until", "Until when, or the last day").may_stay_empty()))
        (shown.line("date", Field::new("next", "What comes next: the day").may_stay_empty()))
        (shown.line("text", Field::new("next-what", "What comes next").may_stay_empty()))
        (shown.lines(2, Field::new("note", "What you took along").optional()))
        }
    }
}

fn read(sent: &Sent, mut reading: Reading<'_>) -> Result<Community, Vec<Fault>> {
    let name = reading.needed("name", "Say what it is called.");
    let kind = KINDS.iter().find(|(value, _)| *value == sent.text("kind"));
    if kind.is_none() {
        reading.fault("kind", "Choose which sort it is.");
    }
    if !is_of_the_web(sent.text("url")) {
        reading.fault("url", super::NOT_OF_THE_WEB);
    }
    let (from, until) = (reading.day("from"), reading.day("until"));
    let next = next_of(&mut reading, sent);
    reading.done(Community {
        name,
        kind: kind.map_or(CommunityKind::Community, |(_, kind)| *kind),
        url: sent.text("url").to_owned(),
        part: sent.text("part").to_owned(),
        from,
        until,
        note: sent.text("note").to_owned(),
        next,
    })
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    {
        let (entries, _) = metier.read().await?;
        if so_far(&Network::in_journal(&entries)) != sent.text("mark") {
            reading.fault("name", MEANWHILE);
        }
    }
    let faults = match read(&sent, reading) {
        Ok(community) => match metier.belong(community).await {
            Ok(_) => return Ok(see_other("/people/network/communities?said=added")),
            Err(error) => refused("until", error)?,
        },
        Err(faults) => faults,
    };
    draw(&metier, "", &sent, &faults).await
}

fn gone() -> Problem {
    Problem::not_found("there is no such community; it may have been taken back")
}

pub async fn changing(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    let found = network.communities.iter().find(|c| c.id == id).ok_or_else(gone)?;
    let what = found.what;
    let kind = KINDS.iter().find(|(_, kind)| *kind == what.kind);
    let day = |day: Option<Date>| day.map_or_else(String::new, |d| d.to_string());
    let sent = Sent::default()
        .with("mark", network_mark(&network, id))
        .with("name", &*what.name)
        .with("kind", kind.map_or("", |(value, _)| *value))
        .with("url", &*what.url)
        .with("part", &*what.part)
        .with("from", day(what.from))
        .with("until", day(what.until))
        .with("note", &*what.note);
    Ok(filling(
        &metier,
        &id.to_string(),
        &with_next(sent, what.next.as_ref()),
        &[],
    ))
}

fn filling(metier: &Metier, id: &str, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    Page::new("Change it")
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/people/network/communities" { "Where the field meets" } }
                h1 { (sent.text("name")) }
                (shown.summary())
                form method="post" action={ "/people/network/communities/" (id) } {
                    input type="hidden" name="mark" value=(sent.text("mark"));
                    (fields(&shown))
                    div.act {
                        button.btn { "Change it" }
                        button.btn.risky name="remove" value="1" formnovalidate { "Take it back" }
                        a href="/people/network/communities" { "Leave it" }
                    }
                }
            }
        })
}

pub async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    {
        let (entries, _) = metier.read().await?;
        let network = Network::in_journal(&entries);
        if !network.communities.iter().any(|c| c.id == id) {
            return Err(gone());
        }
        if network_mark(&network, id) != sent.text("mark") {
            return Ok(changed_meanwhile(
                &metier,
                &format!("/people/network/communities/{id}"),
                &sent,
            ));
        }
    }
    if sent.has("remove") {
        metier.withdraw(id, "").await?;
        return Ok(see_other("/people/network/communities?said=removed"));
    }
    let faults = match read(&sent, Reading::of(&sent)) {
        Ok(community) => match metier.change_community(id, community).await {
            Ok(_) => return Ok(see_other("/people/network/communities?said=changed")),
            Err(error) => refused("until", error)?,
        },
        Err(faults) => faults,
    };
    Ok(filling(&metier, &id.to_string(), &sent, &faults))
}

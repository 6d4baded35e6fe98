//! One channel: where it is, when one looked at it, and what is claimed there.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{Words, ago, capital, channel_kind, day, tells_of};
use metier_app::{Metier, channel_wordings, not_standing, presence_mark, stands_as};
use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::presence::{Channel, ChannelKind, Presence, PublicClaim};

use super::super::super::case::{changed_meanwhile, entry_of, refused, status};
use super::{found, said, standing};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// How many claims stand on the page.
const SHOWN: usize = 150;
/// How many earlier wordings are drawn.
const EARLIER: usize = 5;

const KINDS: [(&str, ChannelKind); 8] = [
    ("profile", ChannelKind::Profile),
    ("site", ChannelKind::Site),
    ("bio", ChannelKind::Bio),
    ("resume", ChannelKind::Resume),
    ("talk", ChannelKind::Talk),
    ("writing", ChannelKind::Writing),
    ("in-person", ChannelKind::InPerson),
    ("other", ChannelKind::Other),
];

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let (entries, life) = metier.read().await?;
    let today = metier.surroundings().today();
    let presence = Presence::in_journal(&entries);
    let channel = found(&presence, id)?;
    let words = Words::new(&life.needed()?.framework, &entries, today);
    let mark = presence_mark(Some(channel));
    let what = channel.what;
    let content = html! {
        p.crumbs { a href="/show" { "Show" } " / " a href="/show/presence" { "Where you show" } }
        h1.close { (what.name) }
        p.lead.soft { (capital(channel_kind(what.kind))) @if !what.url.is_empty() { " \u{b7} " a href=(what.url) rel="noreferrer noopener" { (what.url) } } }
        (said(asked.text("said")))
        div.two {
            section aria-labelledby="claims" {
                h2 #claims { "What it claims" }
                @if what.claims.is_empty() { p { "Nothing noted yet. Paste its text: each sentence can become a claim." } }
                ul.lines.claims {
                    @for (place, claim) in what.claims.iter().enumerate().take(SHOWN) {
                        li #{ "claim-" (place) } {
                            blockquote { (claim.words) }
                            (linked(claim, &presence, &words))
                            p.small { a href={ "/show/presence/" (id) "/claim/" (place) "?mark=" (mark) } { "Link or change it" } }
                        }
                    }
                }
                @if what.claims.len() > SHOWN { p.soft { "And " (what.claims.len() - SHOWN) " more." } }
                div.act { a.btn.quiet href={ "/show/presence/" (id) "/claim/new" } { "Add a claim" } }
                (before(&metier, &entries, id))
            }
            div {
                (looking(what.looked_on, id, &mark, today))
                (pasting(id))
                div.act { a href={ "/show/presence/" (id) "/change" } { "Change name, sort or address" } }
            }
        }
    };
    Ok(Page::new(&what.name).under(Nav::Show).of(&metier).show(&content))
}

/// To what a claim is linked.
fn linked(claim: &PublicClaim, presence: &Presence<'_>, words: &Words<'_>) -> Markup {
    let brand = presence.brand();
    let value = |id: &metier_core::id::ThingId| {
        let stated = brand.and_then(|b| b.what.values.iter().find(|v| v.id == *id));
        stated.map_or_else(|| id.to_string(), |v| v.name.clone())
    };
    let bare = claim.asserts.is_none() && claim.tells.is_none() && claim.values.is_empty();
    html! {
        @if bare { p.soft.small { "Linked to nothing yet, so it is not checked." } }
        @if let Some(asserted) = &claim.asserts {
            p.small { "Asserts " a href={ "/competency/" (asserted.competency) } { (words.competency(&asserted.competency)) } ": " (words.rung(&asserted.rung)) }
        }
        @if let Some(tells) = &claim.tells { p.small { "Tells " (tells_of(tells.of)) ": " (tells.value) } }
        @for expressed in &claim.values {
            p.small { @if expressed.agrees { "Expresses " } @else { "Goes against " } a href="/show/brand" { (value(&expressed.value)) } }
        }
    }
}

fn looking(looked_on: Option<Date>, id: EntryId, mark: &str, today: Date) -> Markup {
    html! {
        section.card aria-labelledby="looked" {
            h2.label #looked { "Last looked at" }
            p { @match looked_on { Some(on) => { (day(on)) ", " (ago(on, today)) }, None => "Not noted yet." } }
            form method="post" action={ "/show/presence/" (id) "/looked" } {
                input type="hidden" name="mark" value=(mark);
                button.btn.quiet { "Looked at it today" }
            }
        }
    }
}

fn pasting(id: EntryId) -> Markup {
    let sent = Sent::default();
    let shown = Shown {
        sent: &sent,
        faults: &[],
    };
    html! {
        section.card.first aria-labelledby="paste" {
            h2.label #paste { "Paste what stands there" }
            form method="post" action={ "/show/presence/" (id) "/paste" } {
                (shown.lines(6, Field::new("text", "Its text").hint("You choose sentence by sentence what is kept.")))
                button.btn { "Take it apart" }
            }
        }
    }
}

fn before(metier: &Metier, entries: &[Entry], id: EntryId) -> Markup {
    let wordings = not_standing(channel_wordings(entries, id));
    let zone = &metier.surroundings().zone;
    html! {
        @if !wordings.is_empty() {
            details.fold {
                summary { "What stood before (" (wordings.len()) ")" }
                @for wording in wordings.iter().take(EARLIER) {
                    @let was = wording.what;
                    p.soft.small { "As noted on " (day(wording.recorded_at.to_zoned(zone.clone()).date())) ": " (was.name) ", " (channel_kind(was.kind)) }
                    ul { @for claim in was.claims.iter().take(40) { li { (claim.words) } } }
                }
            }
        }
    }
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mark = so_far(&metier).await?;
    let sent = Sent::default().with("mark", mark);
    Ok(filling(
        &metier,
        "Note a channel",
        "/show/presence/add",
        "/show/presence",
        &sent,
        &[],
    ))
}

/// How many channels there are: a form sent twice adds one.
async fn so_far(metier: &Metier) -> Result<String, Problem> {
    let (entries, _) = metier.read().await?;
    Ok(stands_as(&Presence::in_journal(&entries).channels.len()))
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
    let kinds: Vec<(&str, String)> = KINDS
        .iter()
        .map(|(value, kind)| (*value, capital(channel_kind(*kind))))
        .collect();
    let kinds: Vec<(&str, &str)> = kinds
        .iter()
        .map(|(value, name)| (*value, name.as_str()))
        .collect();
    let new = action == "/show/presence/add";
    Page::new(title).under(Nav::Show).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/show" { "Show" } " / " a href="/show/presence" { "Where you show" } }
            h1 { (title) }
            (shown.summary())
            form method="post" action=(action) {
                input type="hidden" name="mark" value=(sent.text("mark"));
                (shown.line("text", Field::new("name", "What you call it").hint("My site; the profile; the bio I send to organisers")))
                (shown.choice(Field::new("kind", "Which sort"), &kinds))
                (shown.line("url", Field::new("url", "Where it is").hint("Nobody looks there but you.").optional()))
                (shown.line("date", Field::new("looked", "When you last looked at it").optional()))
                div.act {
                    button.btn { "Note it" }
                    @if !new { button.btn.risky name="remove" value="1" formnovalidate { "Take it back" } }
                    a href=(back) { "Leave it" }
                }
            }
        }
    })
}

/// The head of a channel, with the claims it has.
fn read(sent: &Sent, today: Date, claims: Vec<PublicClaim>) -> Result<Channel, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let name = reading.needed("name", "Say what you call it.");
    let kind = KINDS.iter().find(|(value, _)| *value == sent.text("kind"));
    let looked_on = reading.day("looked");
    if looked_on.is_some_and(|on| on > today) {
        reading.fault("looked", "This day has not come yet.");
    }
    reading.done(Channel {
        name,
        kind: kind.map_or(ChannelKind::Other, |(_, kind)| *kind),
        url: sent.text("url").to_owned(),
        looked_on,
        claims,
    })
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    if so_far(&metier).await? != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, "/show/presence", &sent));
    }
    let faults = match read(&sent, shared.surroundings().today(), Vec::new()) {
        Ok(channel) => match metier.show_at(channel).await {
            Ok(id) => return Ok(see_other(&format!("/show/presence/{id}?said=added"))),
            Err(error) => refused("url", error)?,
        },
        Err(faults) => faults,
    };
    Ok(filling(
        &metier,
        "Note a channel",
        "/show/presence/add",
        "/show/presence",
        &sent,
        &faults,
    ))
}

pub async fn changing(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let now = standing(&metier, id).await?;
    let kind = KINDS.iter().find(|(_, kind)| *kind == now.what.kind);
    let sent = Sent::default()
        .with("mark", now.mark)
        .with("name", &*now.what.name)
        .with("kind", kind.map_or("other", |(value, _)| *value))
        .with("url", &*now.what.url)
        .with(
            "looked",
            now.what.looked_on.map_or_else(String::new, |d| d.to_string()),
        );
    let back = format!("/show/presence/{id}");
    Ok(filling(
        &metier,
        &now.what.name,
        &format!("{back}/change"),
        &back,
        &sent,
        &[],
    ))
}

pub async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/show/presence/{id}");
    let now = standing(&metier, id).await?;
    if now.mark != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    if sent.has("remove") {
        metier.withdraw(id, "").await?;
        return Ok(see_other("/show/presence?said=removed"));
    }
    let faults = match read(&sent, shared.surroundings().today(), now.what.claims) {
        Ok(channel) => match metier.change_channel(id, channel).await {
            Ok(_) => return Ok(see_other(&format!("{back}?said=changed"))),
            Err(error) => refused("url", error)?,
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

pub async fn looked(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/show/presence/{id}");
    let now = standing(&metier, id).await?;
    if now.mark != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let channel = Channel {
        looked_on: Some(shared.surroundings().today()),
        ..now.what
    };
    metier.change_channel(id, channel).await?;
    Ok(see_other(&format!("{back}?said=looked")))
}

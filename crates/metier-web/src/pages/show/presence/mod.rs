//! Presence: where one shows, what is claimed there, and what of it does not fit.

mod channel;
mod claim;
mod paste;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::words::{Finding, Words, ago, capital, channel_kind, plural};
use metier_app::{AsOf, Metier, presence_mark};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted};
use metier_core::presence::{Channel, ClaimAt, Presence};

use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::problem::Problem;

/// How many findings stand unfolded.
const FINDINGS: usize = 12;
/// How many are drawn at all.
const DRAWN: usize = 120;
/// How many letters of a claim are quoted.
const QUOTED: usize = 60;
/// How many channels are listed.
const CHANNELS: usize = 100;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/show/presence", get(page))
        .route("/show/presence/add", get(channel::form).post(channel::add))
        .route("/show/presence/{id}", get(channel::page))
        .route(
            "/show/presence/{id}/change",
            get(channel::changing).post(channel::change),
        )
        .route("/show/presence/{id}/looked", post(channel::looked))
        .route("/show/presence/{id}/paste", post(paste::look))
        .route("/show/presence/{id}/take", post(paste::take))
        .route(
            "/show/presence/{id}/claim/{place}",
            get(claim::form).post(claim::change),
        )
}

async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let today = metier.surroundings().today();
    let presence = Presence::in_journal(&sight.entries);
    let words = Words::new(&sight.version.framework, &sight.entries, today);
    let findings: Vec<Finding> = presence
        .check(&sight.standing, today)
        .iter()
        .map(|found| words.finding(found, &presence))
        .collect();
    let content = html! {
        p.crumbs { a href="/show" { "Show" } }
        div.row.spread {
            h1.close { "Where you show" }
            a.btn href="/show/presence/add" { "Note a channel" }
        }
        p.lead.soft { "What you say of yourself in public, as you noted it. Nothing is fetched: you look yourself and paste what stands there." }
        (said(asked.text("said")))
        @if presence.channels.is_empty() {
            section.card.first {
                p.big { "What would somebody read who looks for you?" }
                p { "Note one place, such as your profile or your site, and paste its text. Each sentence can be held against your record." }
                div.act { a.btn href="/show/presence/add" { "Note the first channel" } }
            }
        } @else {
            div.two {
                section aria-labelledby="check" {
                    h2 #check { "What does not fit" }
                    (checked(&presence, &findings))
                }
                div { (channels(&presence, today)) }
            }
        }
        p { a href="/show/brand" { "What you stand for" } " says which values and skills it is held against." }
    };
    Ok(Page::new("Where you show")
        .under(Nav::Show)
        .of(&metier)
        .show(&content))
}

/// What was just done, by the word the address carries.
fn said(word: &str) -> Markup {
    let text = match word {
        "added" => "Noted. Now say what it claims.",
        "changed" => "Changed. What stood before is kept below.",
        "looked" => "Noted that you looked today.",
        "claimed" => "Noted. Link each claim to what it asserts, so that it can be checked.",
        "removed" => "Taken back.",
        _ => return html! {},
    };
    notice(&html! { p { (text) } })
}

fn checked(presence: &Presence<'_>, findings: &[Finding]) -> Markup {
    let claims: usize = presence.channels.iter().map(|c| c.what.claims.len()).sum();
    let linked = presence
        .channels
        .iter()
        .flat_map(|c| &c.what.claims)
        .filter(|c| c.asserts.is_some() || c.tells.is_some() || !c.values.is_empty())
        .count();
    let lines = |findings: &[Finding]| {
        html! {
            @for group in findings.chunk_by(|a, b| a.against == b.against) {
                h3.label { (group[0].against.title()) }
                ul.lines.findings { @for one in group { li { (finding(presence, one)) } } }
            }
        }
    };
    let (near, far) = findings.split_at(findings.len().min(FINDINGS));
    html! {
        p.soft.small {
            @if claims == 1 { (if linked == 1 { "The one claim is" } else { "The one claim is not" }) " linked to something it can be held against." }
            @else { (linked) " of " (claims) " claims " (if linked == 1 { "is" } else { "are" }) " linked to something to be held against." }
        }
        @if findings.is_empty() {
            p { @if linked == 0 { "Nothing can be checked yet: link a claim to the competency it asserts, to what it tells, or to a value." } @else { "All that is linked fits: your record, the channels among each other, and your values." } }
        } @else { (lines(near)) }
        @if !far.is_empty() {
            details.fold { summary { (far.len()) " more" } (lines(&far[..far.len().min(DRAWN)])) }
        }
    }
}

/// One thing that does not fit, what to do, and the way to both sides of it.
fn finding(presence: &Presence<'_>, finding: &Finding) -> Markup {
    let name = |id: EntryId| {
        let found = presence.channels.iter().find(|c| c.id == id);
        found.map_or("the channel", |c| c.what.name.as_str())
    };
    let quoted = |at: &ClaimAt| {
        let channel = presence.channels.iter().find(|c| c.id == at.channel);
        let claim = channel.and_then(|c| c.what.claims.get(at.claim));
        claim.map_or_else(String::new, |c| cut(&c.words))
    };
    html! {
        p { (finding.what) }
        p.soft { (finding.to_do) }
        p.small.row {
            @for at in finding.at.iter().take(6) {
                a href={ "/show/presence/" (at.channel) "#claim-" (at.claim) } { "\u{201c}" (quoted(at)) "\u{201d} on " (name(at.channel)) }
            }
            @if let Some(id) = finding.channel { a href={ "/show/presence/" (id) } { (name(id)) } }
            @if let Some(id) = &finding.competency { a href={ "/competency/" (id) } { "Your record" } }
            @if finding.of_values { a href="/show/brand" { "What you stand for" } }
        }
    }
}

/// The beginning of a claim, by which it is known again.
fn cut(words: &str) -> String {
    let mut letters = words.chars();
    let begin: String = letters.by_ref().take(QUOTED).collect();
    if letters.next().is_some() {
        format!("{}\u{2026}", begin.trim_end())
    } else {
        begin
    }
}

fn channels(presence: &Presence<'_>, today: jiff::civil::Date) -> Markup {
    html! {
        section aria-labelledby="channels" {
            h2 #channels { "Channels" }
            ul.lines {
                @for channel in presence.channels.iter().take(CHANNELS) {
                    li {
                        p.name { a href={ "/show/presence/" (channel.id) } { (channel.what.name) } " " span.soft { (channel_kind(channel.what.kind)) } }
                        p.soft.small {
                            (capital(&plural(channel.what.claims.len() as u64, "claim", "claims")))
                            @match channel.what.looked_on {
                                Some(on) => { ", looked at " (ago(on, today)) },
                                None => ", not looked at yet",
                            }
                        }
                    }
                }
            }
            @if presence.channels.len() > CHANNELS { p.soft { "And " (presence.channels.len() - CHANNELS) " more: " code { "metier presence list" } } }
        }
    }
}

/// A channel as it stands, for what is done with it.
struct Standing {
    what: Channel,
    mark: String,
}

fn gone() -> Problem {
    Problem::not_found("there is no such channel; it may have been taken back")
}

fn found<'a>(presence: &'a Presence<'a>, id: EntryId) -> Result<&'a Noted<'a, Channel>, Problem> {
    presence.channels.iter().find(|c| c.id == id).ok_or_else(gone)
}

async fn standing(metier: &Metier, id: EntryId) -> Result<Standing, Problem> {
    let (entries, _) = metier.read().await?;
    of_entries(&entries, id)
}

fn of_entries(entries: &[Entry], id: EntryId) -> Result<Standing, Problem> {
    let presence = Presence::in_journal(entries);
    let channel = found(&presence, id)?;
    Ok(Standing {
        what: channel.what.clone(),
        mark: presence_mark(Some(channel)),
    })
}

//! Mentors: who guides me through what, whom I guide, what I am willing to teach, and what nobody helps with.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, ago, day, list};
use metier_app::{AsOf, Metier, Sight, Willing, stands_as};
use metier_core::framework::Framework;
use metier_core::id::CompetencyId;
use metier_core::journal::{Entry, Noted};
use metier_core::network::{Mentorship, MentorshipSide, Network};
use metier_core::standing::Standing;

use super::super::super::case::{changed_meanwhile, refused, status};
use super::{Part, said, ways};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::guide::why;
use crate::problem::Problem;

/// How many gaps without a guide stand unfolded.
const GAPS: usize = 8;
/// How many people are named for one.
const COULD: usize = 4;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let today = metier.surroundings().today();
    let network = Network::in_journal(&sight.entries);
    let words = Words::new(&sight.version.framework, &sight.entries, today);
    let content = html! {
        (ways(Part::Mentors))
        div.row.spread {
            h1.close { "Mentors" }
            a.btn href="/people/network/mentors/add" { "Note a mentor" }
        }
        p.lead.soft { "Who guides you through which gap, and whom you guide. Anybody can be one for a while." }
        (said(asked.text("said")))
        div.two {
            div {
                (side(&network, &words, MentorshipSide::TheyGuide, today))
                (side(&network, &words, MentorshipSide::IGuide, today))
            }
            div {
                (unguided(sight, &network, today))
                (willing_card(&network, &words, &sight.standing, today))
            }
        }
        (why(&["asking-a-master", "giving-feedback"]))
    };
    Ok(Page::new("Mentors").under(Nav::People).of(&metier).show(&content))
}

fn side(network: &Network<'_>, words: &Words<'_>, side: MentorshipSide, today: jiff::civil::Date) -> Markup {
    let (title, none, id) = match side {
        MentorshipSide::TheyGuide => (
            "Who guides you",
            "Nobody yet. One hour with somebody who is a step ahead can be enough: name the gap, and ask for that hour.",
            "they",
        ),
        MentorshipSide::IGuide => (
            "Whom you guide",
            "Nobody yet. Teaching what you can is how some steps are reached; say first what you are willing to teach.",
            "me",
        ),
    };
    let of_side = network.mentorships.iter().filter(|m| m.what.side == side);
    let (over, lasts): (Vec<_>, Vec<_>) =
        of_side.partition(|m| m.what.until.is_some_and(|until| until < today));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if lasts.is_empty() { p.soft { (none) } } @else { ul.lines { @for m in &lasts { (line(network, words, m, today)) } } }
            @if !over.is_empty() {
                details.fold { summary { "Over (" (over.len()) ")" } ul.lines { @for m in over.iter().rev().take(100) { (line(network, words, m, today)) } } }
            }
        }
    }
}

fn line(
    network: &Network<'_>,
    words: &Words<'_>,
    m: &Noted<'_, Mentorship>,
    today: jiff::civil::Date,
) -> Markup {
    let last = network.guidance_of(m.id).last();
    html! {
        li {
            p.name { a href={ "/people/network/mentors/" (m.id) } { (m.what.with) } }
            p { (through(m.what, words)) }
            p.soft.small {
                "Since " (day(m.what.from)) @if let Some(until) = m.what.until { " until " (day(until)) }
                @if let Some(last) = last { " \u{b7} last word " (ago(last.on, today)) }
            }
        }
    }
}

/// Through which gaps.
pub fn through(mentorship: &Mentorship, words: &Words<'_>) -> String {
    let names: Vec<String> = mentorship
        .gaps
        .iter()
        .map(|g| words.competency(g).to_owned())
        .collect();
    match (names.as_slice(), mentorship.purpose.as_str()) {
        ([], "") => "In general".into(),
        ([], purpose) => purpose.to_owned(),
        (names, "") => list(names),
        (names, purpose) => format!("{}: {purpose}", list(names)),
    }
}

fn unguided(sight: &Sight, network: &Network<'_>, today: jiff::civil::Date) -> Markup {
    let mut gaps = network.unguided(&sight.gap(), today);
    let framework = &sight.version.framework;
    let known: Vec<_> = gaps.iter().filter_map(|id| framework.competency(id)).collect();
    let helpers: HashMap<&CompetencyId, _> = known
        .iter()
        .map(|c| &c.id)
        .zip(network.could_help(&known))
        .collect();
    // Where somebody could be asked there is a first step.
    gaps.sort_by_key(|id| helpers.get(id).is_none_or(Vec::is_empty));
    let one = |id: &CompetencyId| {
        let competency = framework.competency(id);
        let could = helpers.get(id).map(Vec::as_slice).unwrap_or_default();
        html! {
            li {
                a href={ "/competency/" (id) } { (competency.map_or(id.as_str(), |c| &c.name)) }
                span.soft.small.line {
                    @if could.is_empty() { a href={ "/people/network/mentors/add?gap=" (id) } { "Note somebody" } }
                    @else {
                        "Could help, by what you noted: "
                        @for (place, contact) in could.iter().take(COULD).enumerate() {
                            @if place > 0 { ", " }
                            a href={ "/people/network/mentors/add?gap=" (id) "&contact=" (contact.id) } { (contact.what.name) }
                        }
                        @if could.len() > COULD { " and " (could.len() - COULD) " more" }
                    }
                }
            }
        }
    };
    html! {
        section.card.first aria-labelledby="unguided" {
            h2.label #unguided { "Gaps nobody guides you through" }
            @if sight.standing.target.is_none() {
                p { "You aim at no level yet, so there is no gap to speak of. " a href="/settings/aim" { "Choose what you aim at" } }
            } @else if gaps.is_empty() { p { "None: each has somebody, or is met." } }
            @else {
                ul.plain.gaps { @for id in gaps.iter().take(GAPS) { (one(id)) } }
                @if gaps.len() > GAPS {
                    details.link { summary { (gaps.len() - GAPS) " more" } ul.plain.gaps { @for id in gaps.iter().skip(GAPS).take(200) { (one(id)) } } }
                }
            }
        }
    }
}

fn willing_card(
    network: &Network<'_>,
    words: &Words<'_>,
    standing: &Standing,
    today: jiff::civil::Date,
) -> Markup {
    let now = network.willing.last();
    let proven = standing
        .competencies
        .iter()
        .filter(|c| c.proven.is_some())
        .count();
    html! {
        section.card aria-labelledby="willing" {
            h2.label #willing { "Willing to teach" }
            @match now {
                Some(said) if !said.what.competencies.is_empty() => {
                    ul.plain { @for id in &said.what.competencies { li { a href={ "/competency/" (id) } { (words.competency(id)) } } } }
                    @if !said.what.note.is_empty() { p.as-written { (said.what.note) } }
                    p.soft.small { "Said " (ago(said.on, today)) }
                },
                Some(_) => p { "Nothing at the moment." },
                None if proven == 0 => p { "What is proven will be proposed here. You may name anything you can do." },
                None => p { (metier_app::words::capital(&metier_app::words::plural(proven as u64, "competency of yours is", "competencies of yours are"))) " proven. Which would you teach?" },
            }
            p { a href="/people/network/mentors/willing" { @if now.is_some() { "Change it" } @else { "Say so" } } }
        }
    }
}

pub async fn willing_form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let network = Network::in_journal(&seen.sight.entries);
    let mut sent = Sent::default().with("mark", willing_mark(&network));
    if let Some(now) = network.willing.last() {
        sent = sent.with("note", &*now.what.note);
        for id in &now.what.competencies {
            sent = sent.with("teach", id.as_str());
        }
    }
    Ok(choosing(
        &metier,
        &seen.sight.version.framework,
        &seen.sight.standing,
        &sent,
        &[],
    ))
}

fn willing_mark(network: &Network<'_>) -> String {
    stands_as(&network.willing.last().map(|w| w.recorded_at.to_string()))
}

fn choosing(
    metier: &Metier,
    framework: &Framework,
    standing: &Standing,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let shown = Shown { sent, faults };
    let is_proven = |id: &CompetencyId| standing.competency(id).is_some_and(|c| c.proven.is_some());
    let proven: Vec<_> = framework
        .competencies
        .iter()
        .filter(|c| is_proven(&c.id))
        .collect();
    Page::new("Willing to teach").under(Nav::People).of(metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/people/network/mentors" { "Mentors" } }
            h1 { "What are you willing to teach?" }
            (shown.summary())
            form method="post" action="/people/network/mentors/willing" {
                input type="hidden" name="mark" value=(sent.text("mark"));
                @if !proven.is_empty() {
                    fieldset {
                        legend { "Proven already" }
                        @for c in &proven { (shown.tick("teach", c.id.as_str(), &c.name)) }
                    }
                }
                @for practice in &framework.practices {
                    @let others: Vec<_> = framework.competencies_of(&practice.id).filter(|c| !is_proven(&c.id)).collect();
                    @let chosen = others.iter().any(|c| sent.ticks("teach", c.id.as_str()));
                    @if !others.is_empty() {
                        details.fold open[chosen] {
                            summary { (practice.name) }
                            @for c in others { (shown.tick("teach", c.id.as_str(), &c.name)) }
                        }
                    }
                }
                (shown.lines(2, Field::new("note", "How, how often, to whom").optional()))
                p.soft.small { "Ticking nothing says: nothing at the moment." }
                div.act { button.btn { "Say so" } a href="/people/network/mentors" { "Leave it" } }
            }
        }
    })
}

pub async fn willing(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let now = { willing_mark(&Network::in_journal(&seen.sight.entries)) };
    if now != sent.text("mark") {
        return Ok(changed_meanwhile(
            &metier,
            "/people/network/mentors/willing",
            &sent,
        ));
    }
    let said = Willing {
        competencies: sent.all("teach").filter_map(|word| word.parse().ok()).collect(),
        note: sent.text("note").to_owned(),
    };
    match metier.willing(said).await {
        Ok(_) => Ok(see_other("/people/network/mentors?said=willing")),
        Err(error) => {
            let faults = refused("note", error)?;
            Ok(choosing(
                &metier,
                &seen.sight.version.framework,
                &seen.sight.standing,
                &sent,
                &faults,
            ))
        }
    }
}

/// Who guides one through a competency, and whom one guides, in a line of its page; nothing when nobody does.
pub fn guided(entries: &[Entry], competency: &CompetencyId, today: jiff::civil::Date) -> Markup {
    let network = Network::guiding(entries);
    let of = |side| -> Vec<_> {
        let lasting = network.lasting(side, today);
        lasting.filter(|m| m.what.gaps.contains(competency)).collect()
    };
    let (they, me) = (of(MentorshipSide::TheyGuide), of(MentorshipSide::IGuide));
    let teaches = network
        .willing
        .last()
        .is_some_and(|w| w.what.competencies.contains(competency));
    let names = |all: &[&Noted<'_, Mentorship>]| {
        html! {
            @for (place, m) in all.iter().enumerate() {
                @if place > 0 { ", " }
                a href={ "/people/network/mentors/" (m.id) } { (m.what.with) }
            }
        }
    };
    html! {
        @if !they.is_empty() { p { "Guides you through it: " (names(&they)) "." } }
        @if !me.is_empty() { p { "You guide through it: " (names(&me)) "." } }
        @if teaches { p { a href="/people/network/mentors" { "You are willing to teach it." } } }
    }
}

//! What the adverts ask for: "7 of 12", with the sentences one click away; what to do about it; and the adverts.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{
    self, NAMES_ONLY, advert_end, ago, asked_for, capital, day, market_headline, plural,
};
use metier_app::{AsOf, AskedFor, MarketSeen, NameSeen};
use metier_core::framework::Framework;
use metier_core::market::Market;

use super::{Here, beside, coverage, marked, said};
use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::mark::mark;
use crate::pages::guide::why;
use crate::problem::Problem;

/// How many lines of a list stand unfolded.
const NEAR: usize = 6;
/// How many sentences are drawn of one competency; of many adverts fewer.
const SENTENCES: usize = 14;
const OF_MANY: usize = 5;
/// From how many adverts on there are many.
const MANY: usize = 20;
/// How many names stand unfolded.
const NAMES: usize = 6;
/// How many adverts are listed.
const ADVERTS: usize = 60;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let framework = &sight.version.framework;
    let market = Market::in_journal(&sight.entries);
    // A catalogue is read only where its date is said beside an importance.
    let rated = framework.competencies.iter().any(|c| c.importance.is_some());
    let catalogue = if rated { shared.catalogue().await? } else { None };
    let found = sight.market(&market, catalogue.as_deref());
    let today = metier.surroundings().today();
    Ok(Page::new("Market")
        .under(Nav::Market)
        .of(&metier)
        .marks()
        .show(&html! {
            (beside(Here::Asked))
            div.row.spread {
                h1.close { "What employers ask for" }
                a.btn href="/market/save" { "Save an advert" }
            }
            (said(asked.text("said")))
            @if found.adverts == 0 { (nothing_yet(&found)) } @else { (counted(&found, framework, today)) }
        (why(&["what-employers-ask"]))
        }))
}

fn nothing_yet(found: &MarketSeen) -> Markup {
    html! {
        section.card.first {
            p.big { "Which work would you apply for?" }
            p { "Save the 5 to 20 adverts you would answer. You will read what they ask for, sentence by sentence, beside what you can show. Nothing is fetched and nothing leaves this machine." }
            @if found.put_away > 0 { p { (capital(&plural(found.put_away as u64, "advert", "adverts"))) " " (if found.put_away == 1 { "is" } else { "are" }) " put away: " a href="/market/adverts" { "look" } } }
            div.act { a.btn href="/market/save" { "Paste the first advert" } }
        }
        (coverage())
    }
}

fn counted(found: &MarketSeen, framework: &Framework, today: Date) -> Markup {
    let (done, open): (Vec<&AskedFor>, Vec<&AskedFor>) = found.asked.iter().partition(|a| a.has_proof());
    let (likely, open): (Vec<&AskedFor>, Vec<&AskedFor>) = open
        .into_iter()
        .partition(|a| a.state == metier_core::standing::State::Likely);
    html! {
        p.lead { (market_headline(found)) }
        (remind_here(found, today))
        div.two {
            div {
                (list("open", "Asked for and not shown", &open, found, true))
                (list("likely", "Likely, not proven", &likely, found, true))
                (list("done", "You have proof", &done, found, false))
                @if !found.shown_not_asked.is_empty() {
                    section aria-labelledby="unasked" {
                        h2 #unasked { "You can show it, and nobody here asks" }
                        details.fold {
                            summary { (capital(&plural(found.shown_not_asked.len() as u64, "competency", "competencies"))) }
                            ul.lines { @for one in &found.shown_not_asked { li { p { (mark(one.state, one.grade)) " " a href={ "/competency/" (one.competency) } { (one.name) } " " span.soft.small { (words::state(one.state, one.grade)) } } } } }
                        }
                    }
                }
            }
            div {
                (names(&found.names, found.adverts, framework))
                section.card aria-labelledby="counted" {
                    h2.label #counted { "How this is counted" }
                    p.small { "An advert counts once for a competency, however often it says it. Marked is what said so. Where it is wrong, put it right in the advert: your word counts from then on. " a href="/guide/what-employers-ask" { "More" } }
                    p.soft.small { (NAMES_ONLY) }
                    p.soft.small {
                        @match &found.importance_from {
                            Some(from) => { "Importance (1 to 5) is of " (from) "; a survey of the whole occupation." },
                            None => "No importance stands beside it: these criteria were not drafted from an occupation of the catalogue.",
                        }
                    }
                    (coverage())
                    p.small { "Have you many postings? " a href="/market/demand" { "Shares and trends of thousands" } }
                }
            }
        }
    }
}

/// When to look again, where it is due; and when it will be.
fn remind_here(found: &MarketSeen, today: Date) -> Markup {
    html! {
        @match found.look_again {
            Some(on) if on <= today => {
                div.notice {
                    p { "You last looked at adverts three months ago or more. What do employers ask for now?" }
                    form method="post" action="/market/looked" { button.btn.quiet { "I looked, and nothing is new" } }
                }
            }
            Some(on) => p.soft.small { "To look again: " (day(on)) ". " a href="/plan/rhythm" { "Rhythm and calendar" } },
            None => {}
        }
    }
}

fn list(id: &str, title: &str, all: &[&AskedFor], found: &MarketSeen, open: bool) -> Markup {
    let (near, far) = all.split_at(all.len().min(NEAR));
    let lines = |these: &[&AskedFor]| html! { ul.lines { @for one in these { (line(one, found, open)) } } };
    html! {
        @if !all.is_empty() {
            section aria-labelledby=(id) {
                h2 #(id) { (title) " (" (all.len()) ")" }
                (lines(near))
                @if !far.is_empty() { details.fold { summary { (far.len()) " more" } (lines(far)) } }
            }
        }
    }
}

fn line(one: &AskedFor, found: &MarketSeen, open: bool) -> Markup {
    let drawn = if found.adverts > MANY { OF_MANY } else { SENTENCES };
    html! {
        li #{ "c-" (one.competency) } {
            p.name { (mark(one.state, one.grade)) " " a href={ "/competency/" (one.competency) } { (one.name) } }
            p.small {
                strong { (asked_for(one, found.adverts)) }
                " " span.soft { (capital(words::state(one.state, one.grade))) @if let Some(importance) = one.importance { ". Importance " (format!("{importance:.1}")) } "." }
            }
            details.small {
                summary { "The sentences" span.hide { " that ask for " (one.name) } }
                ul { @for said in one.sentences.iter().take(drawn) {
                    li { q { (marked(&said.sentence, &said.words)) } " " a href={ "/market/advert/" (said.advert) } { (said.title) } }
                } }
                @if one.sentences.len() > drawn { p.soft { "And " (one.sentences.len() - drawn) " more, in the adverts themselves." } }
                @if open {
                    form method="post" action="/market/plan" {
                        input type="hidden" name="competency" value=(one.competency);
                        button.btn.quiet.small { "Put it on the plan" span.hide { ": " (one.name) } }
                    }
                }
            }
        }
    }
}

fn names(all: &[NameSeen], of: usize, framework: &Framework) -> Markup {
    let (near, far) = all.split_at(all.len().min(NAMES));
    let lines = |these: &[NameSeen]| html! { ul.lines { @for one in these { (name(one, of, framework)) } } };
    html! {
        @if !all.is_empty() {
            section aria-labelledby="names" {
                h2 #names { "Asked for, and no record yet" }
                p.soft.small { "Names and phrases in your adverts that no competency of yours has." }
                (lines(near))
                @if !far.is_empty() { details.fold { summary { (far.len()) " more" } (lines(far)) } }
                (another_name(all, framework))
            }
        }
    }
}

/// One of the names is another name of a competency.
fn another_name(all: &[NameSeen], framework: &Framework) -> Markup {
    html! {
        details.fold {
            summary { "One of them is another name of a competency" }
            form method="post" action="/market/called" {
                p.row {
                    label for="f-name" { "The name" }
                    select #f-name name="name" { @for one in all { option value=(one.name) { (one.name) } } }
                }
                p.row {
                    label for="f-competency" { "Of which competency" }
                    select #f-competency name="competency" { @for c in &framework.competencies { option value=(c.id) { (c.name) } } }
                }
                button.btn.quiet.small { "Note it" }
            }
        }
    }
}

fn name(one: &NameSeen, of: usize, framework: &Framework) -> Markup {
    let practice = framework.practices.first().map_or("", |p| p.id.as_str());
    let add = form_urlencoded::Serializer::new(String::new())
        .append_pair("practice", practice)
        .append_pair("name", &format!("Work with {}", one.name))
        .finish();
    html! {
        li {
            p.name { (one.name) " " span.soft.small { (one.adverts) " of " (of) } }
            details.small {
                summary { "Where, and what to do" span.hide { " about " (one.name) } }
                ul { @for said in one.sentences.iter().take(if of > MANY { OF_MANY } else { SENTENCES }) {
                    li { q { (marked(&said.sentence, std::slice::from_ref(&said.words))) } " " a href={ "/market/advert/" (said.advert) } { (said.title) } }
                } }
                p.row {
                    a.btn.quiet.small href={ "/framework/edit/competency?" (add) } { "Add a competency" span.hide { ": " (one.name) } }
                    @if let Some(planned) = one.planned { a href={ "/plan/activity/" (planned) } { "On your plan" } }
                }
                form.row method="post" action="/market/plan" {
                    input type="hidden" name="name" value=(one.name);
                    @if one.planned.is_none() { button.btn.quiet.small { "Put it on the plan" span.hide { ": " (one.name) } } }
                    button.btn.quiet.small formaction="/market/aside" { "Nothing one can do" span.hide { ": " (one.name) } }
                }
            }
        }
    }
}

pub async fn plan(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let planned = match (sent.text("competency"), sent.text("name")) {
        ("", "") => return Err(Problem::not_found("nothing was said to plan")),
        ("", name) => Some(seen.sight.plan_for_name(name)),
        (id, _) => id.parse().ok().and_then(|id| seen.sight.plan_for_asked(&id)),
    };
    let planned = planned.ok_or_else(|| Problem::not_found("there is no such competency"))?;
    // Pressed twice, it is planned once.
    let there = seen
        .sight
        .plan()
        .open_planned()
        .any(|p| p.what.name == planned.name);
    if !there {
        metier.plan_to(vec![planned]).await?;
    }
    Ok(see_other("/market?said=planned"))
}

pub async fn aside(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.set_name_aside(sent.text("name")).await?;
    Ok(see_other("/market?said=aside"))
}

pub async fn looked(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    metier.looked_at_adverts().await?;
    Ok(see_other("/market?said=looked"))
}

pub async fn adverts(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let today = metier.surroundings().today();
    let (open, away): (Vec<_>, Vec<_>) = market
        .adverts
        .iter()
        .rev()
        .partition(|a| market.ended(a.id).is_none());
    let line = |advert: &metier_core::journal::Noted<'_, metier_core::market::Advert>| {
        let what = advert.what;
        html! {
            li {
                p.name { a href={ "/market/advert/" (advert.id) } { (what.title) } }
                p.soft.small {
                    @if !what.employer.is_empty() { (what.employer) ". " }
                    @if !what.place.is_empty() { (what.place) ". " }
                    @match what.posted { Some(on) => { "Posted " (ago(on, today)) "." }, None => { "Saved " (ago(advert.on, today)) "." } }
                    @if let Some(end) = market.ended(advert.id) { " Put away: " (advert_end(end.what.why)) "." }
                }
            }
        }
    };
    Ok(Page::new("Adverts").under(Nav::Market).of(&metier).show(&html! {
        (beside(Here::Adverts))
        div.row.spread {
            h1.close { "Adverts you would answer" }
            a.btn href="/market/save" { "Save an advert" }
        }
        (said(asked.text("said")))
        @if open.is_empty() { p { "None yet. Five to twenty tell something; more tell little more." } }
        ul.lines { @for advert in open.iter().take(ADVERTS) { (line(advert)) } }
        @if open.len() > ADVERTS { p.soft { "And " (open.len() - ADVERTS) " more: " code { "metier market adverts" } } }
        @if !away.is_empty() {
            details.fold { summary { "Put away (" (away.len()) ")" } ul.lines { @for advert in away.iter().take(ADVERTS) { (line(advert)) } } }
        }
    }))
}

//! One advert, with what was found in it marked; and what the person puts right there.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{advert_end, capital, day};
use metier_app::{AdvertPart as Part, AdvertSeen, AsOf, By, SentenceSeen};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::market::{Advert, AdvertEnd, Market};

use super::super::case::{entry_of, refused, status};
use super::{marked, said};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// Sentences that are drawn.
const DRAWN: usize = 120;
/// Letters of a sentence that are drawn.
const LONG: usize = 400;
/// Letters by which a sentence is chosen.
const BEGIN: usize = 80;

const ENDS: [(&str, AdvertEnd); 3] = [
    ("answered", AdvertEnd::Answered),
    ("closed", AdvertEnd::Closed),
    ("not-for-me", AdvertEnd::NotForMe),
];

pub fn gone() -> Problem {
    Problem::not_found("there is no such advert; it may have been taken back")
}

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, entry_of(&id)?, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    id: EntryId,
    word: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let framework = &sight.version.framework;
    let market = Market::in_journal(&sight.entries);
    let advert = market.advert(id).ok_or_else(gone)?;
    let read = sight.advert(&market, id).ok_or_else(gone)?;
    let what = advert.what;
    let shown = Shown { sent, faults };
    Ok(Page::new(&what.title).under(Nav::Market).of(&metier).status(status(faults)).show(&html! {
        p.crumbs { a href="/market" { "Market" } " / " a href="/market/adverts" { "Adverts" } }
        h1.close { (what.title) }
        p.lead.soft {
            (head(what))
            @if !what.link.is_empty() { " " a href=(what.link) rel="noreferrer noopener" { "Where it stood" } }
        }
        (said(word))
        (shown.summary())
        div.two {
            section aria-labelledby="text" {
                h2 #text { "What it says" }
                p.soft.small { "Marked is what asks for something of your framework. What is grey was read as the house, the pay or the law." }
                @for sentence in read.sentences.iter().take(DRAWN) { (one(&what.text, sentence, framework, id)) }
                @if read.sentences.len() > DRAWN { p.soft { "And " (read.sentences.len() - DRAWN) " sentences more, read and counted." } }
            }
            div {
                (asks(&shown, &read, &what.text, framework, id))
                (called(&shown, framework, id))
                (away(&market, id))
            }
        }
    }))
}

fn head(advert: &Advert) -> String {
    let parts = [advert.employer.as_str(), advert.place.as_str()];
    let mut parts: Vec<String> = parts
        .iter()
        .filter(|p| !p.is_empty())
        .map(|p| (*p).to_owned())
        .collect();
    if let Some(on) = advert.posted {
        parts.push(format!("posted {}", day(on)));
    }
    parts.join(" \u{b7} ")
}

fn short(text: &str, letters: usize) -> &str {
    let end = text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn one(text: &str, sentence: &SentenceSeen, framework: &Framework, id: EntryId) -> Markup {
    let words = short(&text[sentence.at.clone()], LONG);
    if sentence.part == Part::Heading {
        return html! { p.name { (words) } };
    }
    if sentence.asks.is_empty() {
        return html! { p.soft[sentence.part == Part::Around] { (words) } };
    }
    let mut places: Vec<std::ops::Range<usize>> = sentence
        .asks
        .iter()
        .flat_map(|(_, words, _)| words)
        .map(|w| w.start - sentence.at.start..w.end - sentence.at.start)
        .collect();
    places.sort_by_key(|p| (p.start, p.end));
    let mut apart: Vec<std::ops::Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    html! {
        p.close { (marked(words, &apart)) }
        ul.plain.small {
            @for (competency, _, by) in &sentence.asks {
                @let name = framework.competency(competency).map_or(competency.as_str(), |c| c.name.as_str());
                li {
                    form.row method="post" action={ "/market/advert/" (id) "/rule" } {
                        a href={ "/competency/" (competency) } { (name) }
                        @if *by == By::Person { span.soft { "(you said so)" } }
                        input type="hidden" name="competency" value=(competency);
                        input type="hidden" name="sentence" value=(sentence.at.start);
                        button.btn.quiet.small name="asks" value="no" { "Does not ask for this" span.hide { ": " (name) } }
                    }
                }
            }
        }
    }
}

fn competencies(framework: &Framework) -> Vec<(&str, &str)> {
    framework
        .competencies
        .iter()
        .map(|c| (c.id.as_str(), c.name.as_str()))
        .collect()
}

fn asks(shown: &Shown<'_>, read: &AdvertSeen, text: &str, framework: &Framework, id: EntryId) -> Markup {
    let sentences: Vec<(String, &str)> = read
        .sentences
        .iter()
        .filter(|s| s.part != Part::Heading)
        .take(DRAWN)
        .map(|s| (s.at.start.to_string(), short(&text[s.at.clone()], BEGIN)))
        .collect();
    let sentences: Vec<(&str, &str)> = sentences
        .iter()
        .map(|(at, begin)| (at.as_str(), *begin))
        .collect();
    html! {
        section.card aria-labelledby="missed" {
            h2.label #missed { "It asks for something that is not marked" }
            form method="post" action={ "/market/advert/" (id) "/rule" } {
                (shown.choice(Field::new("competency", "For which competency"), &competencies(framework)))
                (shown.choice(Field::new("sentence", "In which sentence"), &sentences))
                button.btn.quiet name="asks" value="yes" { "It asks for this" }
            }
        }
    }
}

fn called(shown: &Shown<'_>, framework: &Framework, id: EntryId) -> Markup {
    html! {
        section.card aria-labelledby="called" {
            h2.label #called { "Adverts call it something else" }
            form method="post" action="/market/called" {
                input type="hidden" name="advert" value=(id);
                (shown.line("text", Field::new("name", "Their words").hint("As adverts write it: blog posts. From now on it counts, in every advert.")))
                (shown.choice(Field::new("called", "Are another name of"), &competencies(framework)))
                button.btn.quiet { "Note it" }
            }
        }
    }
}

fn away(market: &Market<'_>, id: EntryId) -> Markup {
    html! {
        section.card aria-labelledby="away" {
            h2.label #away { "This advert" }
            @if let Some(end) = market.ended(id) {
                p { "Put away: " (advert_end(end.what.why)) "." }
                form method="post" action={ "/market/advert/" (id) "/put-away" } { button.btn.quiet name="why" value="again" { "Count it again" } }
            } @else {
                form.row method="post" action={ "/market/advert/" (id) "/put-away" } {
                    @for (value, end) in ENDS { button.btn.quiet.small name="why" value=(value) { (capital(advert_end(end))) } }
                }
            }
            p { a href={ "/market/advert/" (id) "/change" } { "Change its text or title" } }
        }
    }
}

pub async fn put_away(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let end = ENDS.iter().find(|(value, _)| *value == sent.text("why"));
    let said = if let Some((_, why)) = end {
        metier.close_advert(id, *why).await?;
        "put-away"
    } else {
        metier.reopen_advert(id).await?;
        "again"
    };
    Ok(see_other(&format!("/market/advert/{id}?said={said}")))
}

pub async fn rule(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let competency = sent
        .text("competency")
        .parse()
        .map_err(|_| Problem::not_found("there is no such competency"))?;
    let part = sent.text("sentence").to_owned();
    // A form names a sentence by where it begins.
    let whole = match part.parse::<usize>() {
        Err(_) => part,
        Ok(at) => {
            let seen = shared.kept().sight(&metier, AsOf::default()).await?;
            let market = Market::in_journal(&seen.sight.entries);
            let text = &market.advert(id).ok_or_else(gone)?.what.text;
            let read = seen.sight.advert(&market, id).ok_or_else(gone)?;
            let found = read.sentences.iter().find(|s| s.at.start == at);
            found.map_or(part, |s| text[s.at.clone()].to_owned())
        }
    };
    match metier
        .rule_asked(id, &competency, &whole, sent.text("asks") == "yes")
        .await
    {
        Ok(_) => Ok(see_other(&format!("/market/advert/{id}?said=ruled"))),
        Err(error) => draw(&shared, id, "", &sent, &refused("sentence", error)?).await,
    }
}

pub async fn name_it(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let word = if sent.has("called") {
        sent.text("called")
    } else {
        sent.text("competency")
    };
    let competency = word
        .parse()
        .map_err(|_| Problem::not_found("there is no such competency"))?;
    let advert = sent.text("advert").parse::<EntryId>().ok();
    match (metier.also_called(&competency, sent.text("name")).await, advert) {
        (Ok(_), Some(id)) => Ok(see_other(&format!("/market/advert/{id}?said=called"))),
        (Ok(_), None) => Ok(see_other("/market?said=called")),
        (Err(error), Some(id)) => draw(&shared, id, "", &sent, &refused("name", error)?).await,
        (Err(error), None) => Err(error.into()),
    }
}

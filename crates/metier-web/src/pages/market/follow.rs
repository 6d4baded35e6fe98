//! What one follows: sources, notes of the field, and what one changed because of them.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{Words, ago, capital, day, how_often, source_kind};
use metier_app::{AsOf, Metier, NoteSaid};
use metier_core::id::EntryId;
use metier_core::journal::Noted;
use metier_core::market::{HowOften, Market, MarketNote, SourceFollowed, SourceKind};

use super::super::case::{refused, status};
use super::{Here, beside, said};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// How many notes are listed, and sources.
const LISTED: usize = 60;

const KINDS: [(&str, SourceKind); 6] = [
    ("periodical", SourceKind::Periodical),
    ("person", SourceKind::Person),
    ("body", SourceKind::Body),
    ("event", SourceKind::Event),
    ("job-board", SourceKind::JobBoard),
    ("other", SourceKind::Other),
];
const EVERY: [(&str, HowOften); 4] = [
    ("weekly", HowOften::Weekly),
    ("monthly", HowOften::Monthly),
    ("quarterly", HowOften::Quarterly),
    ("yearly", HowOften::Yearly),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let today = metier.surroundings().today();
    let words = Words::new(&life.needed()?.framework, &entries, today);
    Ok(Page::new("What you follow").under(Nav::Market).of(&metier).show(&html! {
        (beside(Here::Follow))
        h1.close { "What you follow" }
        p.lead.soft { "Sources you look at, what you noted, and what you changed because of it. The last is what counts." }
        (said(asked.text("said")))
        div.two {
            section aria-labelledby="notes" {
                div.row.spread { h2 #notes { "Notes" } a.btn href="/market/follow/note" { "Note something" } }
                @if market.notes.is_empty() { p { "Nothing noted yet. A tool that turns up, a rule that changes, a thing everybody begins to do: one line is enough." } }
                ul.lines { @for note in market.notes.iter().take(LISTED) { (noted(note, &market, &words)) } }
                @if market.notes.len() > LISTED { p.soft { "And " (market.notes.len() - LISTED) " more: " code { "metier market notes" } } }
            }
            section aria-labelledby="sources" {
                div.row.spread { h2 #sources { "Sources" } a.btn.quiet href="/market/follow/source" { "Add a source" } }
                @if market.sources.is_empty() { p { "No source yet. Two or three that you do look at are worth more than twenty." } }
                ul.lines { @for source in market.sources.iter().take(LISTED) { (followed(source, today)) } }
            }
        }
    }))
}

fn noted(note: &Noted<'_, MarketNote>, market: &Market<'_>, words: &Words<'_>) -> Markup {
    let what = note.what;
    let source = what
        .source
        .and_then(|id| market.sources.iter().find(|s| s.id == id));
    html! {
        li {
            p.name { (what.about) " " span.soft.small { (day(note.on)) @if let Some(source) = source { ", " (source.what.name) } } }
            p { (what.text) }
            @if what.changed.is_empty() { p.soft { "Nothing changed because of it yet. " a href={ "/market/follow/note?id=" (note.id) } { "Say what did" span.hide { " about " (what.about) } } } }
            @else { p { strong { "What I changed: " } (what.changed) " " a.small href={ "/market/follow/note?id=" (note.id) } { "Change" span.hide { " the note about " (what.about) } } } }
            @if let Some(id) = &what.competency { p.small { a href={ "/competency/" (id) } { (words.competency(id)) } } }
            @if let Some(id) = &what.planned { p.small { a href={ "/plan/activity/" (id) } { "On your plan" } } }
        }
    }
}

fn followed(source: &Noted<'_, SourceFollowed>, today: Date) -> Markup {
    let what = source.what;
    html! {
        li {
            p.name { @if what.link.is_empty() { (what.name) } @else { a href=(what.link) rel="noreferrer noopener" { (what.name) } } }
            p.soft.small {
                (capital(source_kind(what.kind)))
                @if let Some(every) = what.every { ", " (how_often(every)) }
                @if let Some(on) = what.looked_on { ". Looked at " (ago(on, today)) }
                @if let Some(on) = what.due(source.on) { @if on <= today { ". To look at again now" } @else { ". Next: " (day(on)) } }
                "."
            }
            form.row.small method="post" action="/market/follow/looked" {
                input type="hidden" name="id" value=(source.id);
                button.btn.quiet.small { "I looked" span.hide { " at " (what.name) } }
                a href={ "/market/follow/source?id=" (source.id) } { "Change" span.hide { " " (what.name) } }
            }
        }
    }
}

fn id_of(sent: &Sent) -> Option<EntryId> {
    sent.text("id").parse().ok()
}

pub async fn source_form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let sent = match id_of(&asked).and_then(|id| market.sources.iter().find(|s| s.id == id)) {
        None => Sent::default(),
        Some(source) => {
            let what = source.what;
            let kind = KINDS
                .iter()
                .find(|(_, k)| *k == what.kind)
                .map_or("", |(v, _)| *v);
            let every = EVERY
                .iter()
                .find(|(_, e)| Some(*e) == what.every)
                .map_or("", |(v, _)| *v);
            Sent::default()
                .with("id", source.id.to_string())
                .with("name", what.name.as_str())
                .with("link", what.link.as_str())
                .with("kind", kind)
                .with("every", every)
                .with(
                    "looked",
                    what.looked_on.map_or_else(String::new, |on| on.to_string()),
                )
        }
    };
    Ok(draw_source(&metier, &sent, &[]))
}

fn draw_source(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let kinds: Vec<(&str, String)> = KINDS
        .iter()
        .map(|(v, k)| (*v, capital(source_kind(*k))))
        .collect();
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(v, n)| (*v, n.as_str())).collect();
    let mut every = vec![("", "When it comes up")];
    let named: Vec<(&str, String)> = EVERY.iter().map(|(v, e)| (*v, capital(how_often(*e)))).collect();
    every.extend(named.iter().map(|(v, n)| (*v, n.as_str())));
    Page::new("A source")
        .under(Nav::Market)
        .of(metier)
        .status(status(faults))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/market/follow" { "What you follow" } }
                h1 { "A source" }
                (shown.summary())
                form method="post" action="/market/follow/source" {
                    input type="hidden" name="id" value=(sent.text("id"));
                    (shown.line("text", Field::new("name", "What it is called")))
                    (shown.line("url", Field::new("link", "Where it is").optional()))
                    (shown.choice(Field::new("kind", "Which sort"), &kinds))
                    (shown.choice(Field::new("every", "How often you look"), &every))
                    (shown.line("date", Field::new("looked", "When you last looked").optional()))
                    div.act { button.btn { "Note it" } a href="/market/follow" { "Leave it" } }
                }
            }
        })
}

pub async fn source(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = metier.surroundings().today();
    let mut reading = Reading::of(&sent);
    let source = SourceFollowed {
        name: reading.needed("name", "Say what it is called."),
        link: sent.text("link").to_owned(),
        kind: KINDS
            .iter()
            .find(|(v, _)| *v == sent.text("kind"))
            .map_or(SourceKind::Other, |(_, k)| *k),
        every: EVERY
            .iter()
            .find(|(v, _)| *v == sent.text("every"))
            .map(|(_, e)| *e),
        looked_on: if sent.has("looked") {
            Some(reading.past_day("looked", today))
        } else {
            None
        },
    };
    let source = match reading.done(source) {
        Ok(source) => source,
        Err(faults) => return Ok(draw_source(&metier, &sent, &faults)),
    };
    let done = match id_of(&sent) {
        Some(id) => metier.change_source(id, source).await,
        None => metier.follow_source(source).await,
    };
    match done {
        Ok(_) => Ok(see_other("/market/follow?said=followed")),
        Err(error) => {
            let field = error.field.clone().unwrap_or_else(|| "name".into());
            Ok(draw_source(&metier, &sent, &refused(&field, error)?))
        }
    }
}

pub async fn looked(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let gone = || Problem::not_found("there is no such source; it may have been taken back");
    let id = id_of(&sent).ok_or_else(gone)?;
    let mut source = {
        let (entries, _) = metier.read().await?;
        let market = Market::in_journal(&entries);
        market
            .sources
            .iter()
            .find(|s| s.id == id)
            .ok_or_else(gone)?
            .what
            .clone()
    };
    let today = metier.surroundings().today();
    if source.looked_on != Some(today) {
        source.looked_on = Some(today);
        metier.change_source(id, source).await?;
    }
    Ok(see_other("/market/follow?said=followed"))
}

pub async fn note_form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let market = Market::in_journal(&entries);
    let sent = match id_of(&asked).and_then(|id| market.notes.iter().find(|n| n.id == id)) {
        None => Sent::default().with("about", asked.text("about")),
        Some(note) => {
            let what = note.what;
            let entry = |id: Option<EntryId>| id.map_or_else(String::new, |id| id.to_string());
            Sent::default()
                .with("id", note.id.to_string())
                .with("on", note.on.to_string())
                .with("about", what.about.as_str())
                .with("text", what.text.as_str())
                .with("changed", what.changed.as_str())
                .with("source", entry(what.source))
                .with("competency", what.competency.as_ref().map_or("", |c| c.as_str()))
                .with("planned", entry(what.planned))
        }
    };
    draw_note(&shared, &sent, &[]).await
}

async fn draw_note(shared: &Shared, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let market = Market::in_journal(&sight.entries);
    let shown = Shown { sent, faults };
    let mut sources = vec![(String::new(), "None of them")];
    sources.extend(
        market
            .sources
            .iter()
            .map(|s| (s.id.to_string(), s.what.name.as_str())),
    );
    let sources: Vec<(&str, &str)> = sources.iter().map(|(v, n)| (v.as_str(), *n)).collect();
    let mut competencies = vec![("", "None")];
    competencies.extend(
        sight
            .version
            .framework
            .competencies
            .iter()
            .map(|c| (c.id.as_str(), c.name.as_str())),
    );
    let plan = sight.plan();
    let mut planned = vec![(String::new(), "Nothing")];
    planned.extend(
        plan.open_planned()
            .map(|p| (p.id.to_string(), p.what.name.as_str())),
    );
    let planned: Vec<(&str, &str)> = planned.iter().map(|(v, n)| (v.as_str(), *n)).collect();
    Ok(Page::new("A note").under(Nav::Market).of(&metier).status(status(faults)).show(&html! {
        div.narrow {
            p.crumbs { a href="/market/follow" { "What you follow" } }
            h1 { "A note" }
            (shown.summary())
            form method="post" action="/market/follow/note" {
                input type="hidden" name="id" value=(sent.text("id"));
                (shown.line("text", Field::new("about", "Which technology or skill").hint("As the field calls it.")))
                (shown.lines(3, Field::new("text", "What you noted")))
                (shown.lines(2, Field::new("changed", "What you changed because of it").optional()))
                (shown.choice(Field::new("source", "From which source"), &sources))
                (shown.choice(Field::new("competency", "About which competency"), &competencies))
                (shown.choice(Field::new("planned", "What you planned because of it"), &planned))
                (shown.line("date", Field::new("on", "When").hint("Left empty, today.").optional()))
                div.act { button.btn { "Note it" } a href="/market/follow" { "Leave it" } }
            }
        }
    }))
}

pub async fn note(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let said = NoteSaid {
        on: reading.day("on"),
        source: reading.read("source", "Choose one of your sources."),
        about: reading.needed("about", "Say which technology or skill it is about."),
        text: reading.needed("text", "Say what you noted, in a line."),
        changed: sent.text("changed").to_owned(),
        competency: reading.read("competency", "Choose a competency."),
        planned: reading.read("planned", "Choose something you planned."),
    };
    let said = match reading.done(said) {
        Ok(said) => said,
        Err(faults) => return draw_note(&shared, &sent, &faults).await,
    };
    let done = match id_of(&sent) {
        Some(id) => metier.change_note(id, said).await,
        None => metier.note_market(said).await,
    };
    match done {
        Ok(_) => Ok(see_other("/market/follow?said=followed")),
        Err(error) => {
            let field = error.field.clone().unwrap_or_else(|| "text".into());
            draw_note(&shared, &sent, &refused(&field, error)?).await
        }
    }
}

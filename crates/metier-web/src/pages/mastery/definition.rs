//! One's own definition of mastery: writing it, changing it, and what it said before.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Define, Metier, definition_wordings, prefilled, stands_as};
use metier_core::framework::{Expectation, Framework, Weight};
use metier_core::id::{LevelId, RungId};
use metier_core::journal::{Entry, view};
use metier_core::mastery::{Definition, Mastery};

use super::{MEANWHILE, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// How many earlier wordings are shown, latest first.
const EARLIER: usize = 50;

fn now(entries: &[Entry], framework: &Framework) -> Option<Definition> {
    let view = view(entries, Timestamp::MAX);
    let there = Mastery::of(&view, &framework.family).definition();
    there.map(|d| d.what.clone())
}

fn field(expectation: &Expectation) -> String {
    format!("c-{}", expectation.competency)
}

/// The form as a definition fills it.
fn filled(definition: Option<&Definition>) -> Sent {
    let Some(d) = definition else {
        return Sent::default().with("mark", stands_as(&definition));
    };
    let sent = Sent::default()
        .with("mark", stands_as(&definition))
        .with("statement", d.statement.as_str())
        .with("needs_to", d.needs_to.as_str())
        .with("will_say", d.will_say.as_str());
    d.asks
        .iter()
        .fold(sent, |sent, asked| sent.with(&field(asked), asked.rung.as_str()))
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let there = now(&entries, framework);
    Ok(draw(
        &metier,
        framework,
        there.as_ref(),
        &filled(there.as_ref()),
        &[],
    ))
}

fn draw(
    metier: &Metier,
    f: &Framework,
    there: Option<&Definition>,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let shown = Shown { sent, faults };
    let title = "What a master is to you";
    let levels: Vec<(&str, &str)> = f
        .levels
        .iter()
        .map(|l| (l.id.as_str(), l.name.as_str()))
        .collect();
    let chosen = f
        .competencies
        .iter()
        .filter(|c| sent.has(&format!("c-{}", c.id)))
        .count() as u64;
    let meanwhile = faults.iter().any(|fault| fault.what == MEANWHILE);
    form_page(
        metier,
        title,
        &shown,
        &html! {
            @if let Some(there) = there.filter(|_| meanwhile) {
                div.notice {
                    p { strong { "How it stands now" } }
                    (told(there, f))
                }
            }
            form method="post" action="/mastery/definition" {
                input type="hidden" name="mark" value=(sent.text("mark"));
                (shown.lines(3, Field::new("statement", "A master of this is somebody who…").hint("What they do and are trusted with, not what they are called.")))
                (shown.lines(3, Field::new("needs_to", "To be a master I need to…").optional()))
                (shown.lines(3, Field::new("will_say", "What I will have to say").hint("When you are there: what will you know that others come to hear?").optional()))
                details.fold open[sent.text("do") == "prefill" || !faults.is_empty()] {
                    summary { span { "Competencies to have " span.soft.small { @if chosen == 0 { "none chosen" } @else { (words::plural(chosen, "chosen", "chosen")) } } } }
                    p.hint { "Up to which step each. What you leave empty is not asked for." }
                    @if !levels.is_empty() {
                        div.inline {
                            (shown.choice(Field::new("level", "Begin with what a level asks"), &levels))
                            button.btn.quiet name="do" value="prefill" formnovalidate { "Fill in" }
                        }
                    }
                    @for practice in &f.practices {
                        h3 { (practice.name) }
                        div.columns {
                            @for c in f.competencies_of(&practice.id) { (step(f, sent, c.id.as_str(), &c.name)) }
                        }
                    }
                }
                @if there.is_some() {
                    (shown.lines(2, Field::new("because", "Why do you change it?").hint("What you wrote before is kept, with this beside it.").may_stay_empty()))
                }
                div.act { button.btn { "Record it" } a href="/mastery" { "Leave it as it is" } }
            }
        },
    )
}

/// The choice of a step of one competency.
fn step(f: &Framework, sent: &Sent, id: &str, name: &str) -> Markup {
    let field = format!("c-{id}");
    let chosen = sent.text(&field);
    html! {
        div.field {
            label for={ "f-" (field) } { (name) }
            select id={ "f-" (field) } name=(field) {
                option value="" { "not asked for" }
                @for rung in f.ladder.active() { option value=(rung.id) selected[chosen == rung.id.as_str()] { (rung.name) } }
            }
        }
    }
}

/// A definition as it reads.
fn told(d: &Definition, f: &Framework) -> Markup {
    let words = Words::new(f, &[], jiff::civil::Date::ZERO);
    html! {
        p.as-written { (d.statement) }
        @if !d.needs_to.is_empty() { p.as-written { b { "To be a master I need to: " } (d.needs_to) } }
        @if !d.will_say.is_empty() { p.as-written { b { "What I will have to say: " } (d.will_say) } }
        @if !d.asks.is_empty() {
            p.small {
                b { "Competencies: " }
                @for (i, asked) in d.asks.iter().enumerate() {
                    @if i > 0 { "; " }
                    (words.competency(&asked.competency)) " (" (words.rung(&asked.rung)) ")"
                }
            }
        }
        @if !d.things.is_empty() {
            p.small {
                b { "To accomplish: " }
                @for (i, thing) in d.things.iter().enumerate() {
                    @if i > 0 { "; " }
                    (thing.what) @if !thing.shown_by.is_empty() { " (met)" }
                }
            }
        }
    }
}

fn read(sent: &Sent, f: &Framework, there: Option<&Definition>) -> Result<Define, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let statement = reading.needed("statement", "Say in a sentence what a master is.");
    let before: HashMap<_, _> = there
        .iter()
        .flat_map(|d| &d.asks)
        .map(|asked| (&asked.competency, asked))
        .collect();
    let mut asks = Vec::new();
    for competency in &f.competencies {
        let name = format!("c-{}", competency.id);
        let Some(rung) = reading.read::<RungId>(&name, "Choose one of the steps.") else {
            continue;
        };
        let weight = before
            .get(&competency.id)
            .filter(|asked| asked.rung == rung)
            .map_or(Weight::Required, |asked| asked.weight);
        asks.push(Expectation {
            competency: competency.id.clone(),
            rung,
            weight,
        });
    }
    let because = sent.text("because").to_owned();
    reading.done(Define {
        statement,
        will_say: sent.text("will_say").into(),
        needs_to: sent.text("needs_to").into(),
        asks,
        because,
    })
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let there = now(&entries, framework);
    if sent.text("do") == "prefill" {
        let level = LevelId::new(sent.text("level"))
            .ok()
            .filter(|l| framework.level(l).is_some());
        let Some(level) = level else {
            let fault = Fault {
                field: "level".into(),
                what: "Choose one of the levels.".into(),
            };
            return Ok(draw(&metier, framework, there.as_ref(), &sent, &[fault]));
        };
        let kept = sent.fields().filter(|(name, _)| !name.starts_with("c-"));
        let sent = kept.fold(Sent::default(), |all, (name, value)| all.with(name, value));
        let sent = prefilled(framework, &level)
            .iter()
            .fold(sent, |all, asked| all.with(&field(asked), asked.rung.as_str()));
        return Ok(draw(&metier, framework, there.as_ref(), &sent, &[]));
    }
    let mark = stands_as(&there.as_ref());
    if sent.text("mark") != mark {
        // Nothing is lost: the words stay in the form, and the next sending is against how it stands now.
        let kept = sent.fields().filter(|(name, _)| *name != "mark");
        let sent = kept.fold(Sent::default().with("mark", mark), |all, (name, value)| {
            all.with(name, value)
        });
        let fault = Fault {
            field: "statement".into(),
            what: MEANWHILE.into(),
        };
        return Ok(draw(&metier, framework, there.as_ref(), &sent, &[fault]));
    }
    let faults = match read(&sent, framework, there.as_ref()) {
        Ok(define) => match metier.define(define).await {
            Ok(_) => return Ok(see_other("/mastery?said=defined")),
            Err(error) => refused(error, if there.is_some() { "because" } else { "statement" })?,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, framework, there.as_ref(), &sent, &faults))
}

/// What it said before, latest first.
pub async fn earlier(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let there = Mastery::of(&view, &framework.family).definition();
    let all = there.map_or_else(Vec::new, |d| definition_wordings(&entries, d.id));
    Ok(Page::new("What you wrote before")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/mastery" { "What mastery is" } " / What you wrote before" }
                h1 { "What a master was to you" }
                @if all.is_empty() { p { "Nothing is written yet. " a href="/mastery/definition" { "Write what a master is to you" } } }
                ol.lines reversed {
                    @for wording in all.iter().rev().take(EARLIER) {
                        li {
                            p.soft.small { (words::day(wording.on)) }
                            (told(wording.what, framework))
                            @if !wording.what.because.is_empty() { p { b { "Why it was changed: " } (wording.what.because) } }
                        }
                    }
                }
            }
        }))
}

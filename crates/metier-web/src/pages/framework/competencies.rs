//! Practices and competencies of the draft: their words, how often each thing is done, what a step asks
//! for there.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Edit, Metier, Stated};
use metier_core::framework::{Competency, Framework, Frequency, Grain, Kind, Layer, Practice};
use metier_core::id::PracticeId;

use super::{edit, from_slug, keep, named, radios, slug_of};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::problem::Problem;

const FREQUENCIES: [Frequency; 5] = [
    Frequency::ManyADay,
    Frequency::Daily,
    Frequency::Weekly,
    Frequency::Rarer,
    Frequency::NotCountable,
];

/// Every practice with its competencies, and what can be changed.
pub fn list(f: &Framework) -> Markup {
    html! {
        section #practices aria-labelledby="practices-h" {
            h2 #practices-h { "Practices and competencies" }
            @for practice in &f.practices {
                section.practice aria-labelledby={ "p-" (practice.id) } {
                    div.entry {
                        h3.big id={ "p-" (practice.id) } { (practice.name) }
                        a.btn.quiet.small href={ "/framework/edit/practice?id=" (practice.id) } { "Change" span.hide { ": " (practice.name) } }
                    }
                    ul.lines {
                        @for c in f.competencies_of(&practice.id) {
                            li.entry {
                                div {
                                    p.name { (c.name) }
                                    p.soft.small {
                                        (words::capital(&words::done(c.frequency))) " (" (words::asks(c.frequency)) ")."
                                        @if !c.criteria.is_empty() { " " (words::capital(&words::plural(c.criteria.len() as u64, "step asks", "steps ask"))) " for something of its own." }
                                    }
                                }
                                a.btn.quiet.small href={ "/framework/edit/competency?id=" (c.id) } { "Change" span.hide { ": " (c.name) } }
                            }
                        }
                    }
                    p { a href={ "/framework/edit/competency?practice=" (practice.id) } { "Add a competency" span.hide { " to " (practice.name) } } }
                }
            }
            div.act { a.btn.quiet href="/framework/edit/practice" { "Add a practice" } }
        }
    }
}

pub async fn practice(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let sent = match named(&asked) {
        "" => Sent::default(),
        id => {
            let practice = practice_of(&f, id)?;
            Sent::default()
                .with("id", id)
                .with("name", practice.name.as_str())
                .with("summary", practice.summary.as_str())
        }
    };
    Ok(draw_practice(&metier, &sent, &[]))
}

fn practice_of<'f>(f: &'f Framework, id: &str) -> Result<&'f Practice, Problem> {
    f.practices
        .iter()
        .find(|p| p.id.as_str() == id)
        .ok_or_else(|| Problem::not_found(format!("there is no practice `{id}` in this draft")))
}

fn draw_practice(metier: &Metier, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let new = named(sent).is_empty();
    let title = if new { "A new practice" } else { "A practice" };
    edit::form_page(
        metier,
        title,
        &shown,
        &html! {
            form method="post" action="/framework/edit/practice" {
                input type="hidden" name="id" value=(named(sent));
                (shown.line("text", Field::new("name", "Name").hint("Short: Write.")))
                (shown.lines(2, Field::new("summary", "What belongs to it").optional()))
                @if new { (edit::buttons()) } @else { (edit::buttons_and_remove("the practice")) }
            }
        },
    )
}

pub async fn save_practice(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let id = match named(&sent) {
        "" => None,
        id => Some(practice_of(&f, id)?.id.clone()),
    };
    let mut reading = Reading::of(&sent);
    let change = match (id, sent.text("do")) {
        (Some(id), "remove") => Edit::RemovePractice(id),
        (id, _) => {
            let name = reading.needed("name", "Give the practice a name.");
            let summary = sent.text("summary").to_owned();
            match id {
                Some(id) => Edit::Practice(id, name, summary),
                None => Edit::AddPractice(name, summary),
            }
        }
    };
    let faults = match reading.done(change) {
        Ok(change) => match keep(&metier, change, "name", "/framework/edit#practices").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    Ok(draw_practice(&metier, &sent, &faults))
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let sent = match named(&asked) {
        "" => Sent::default()
            .with("practice", asked.text("practice"))
            // What a master was seen to do, or found missing, begins it.
            .with("name", asked.text("name"))
            .with("looks_like", asked.text("looks_like"))
            .with("kind", slug_of(Kind::default()))
            .with("layer", slug_of(Layer::default()))
            .with("grain", slug_of(Grain::default()))
            .with("frequency", slug_of(Frequency::default())),
        id => {
            let c = competency_of(&f, id)?;
            Sent::default()
                .with("id", id)
                .with("practice", c.practice.as_str())
                .with("name", c.name.as_str())
                .with("looks_like", c.looks_like.as_str())
                .with("kind", slug_of(c.kind))
                .with("layer", slug_of(c.layer))
                .with("grain", slug_of(c.grain))
                .with("frequency", slug_of(c.frequency))
                .with("foundation", if c.foundation { "yes" } else { "" })
        }
    };
    Ok(draw(&metier, &f, &sent, &[]))
}

fn competency_of<'f>(f: &'f Framework, id: &str) -> Result<&'f Competency, Problem> {
    f.competencies
        .iter()
        .find(|c| c.id.as_str() == id)
        .ok_or_else(|| Problem::not_found(format!("there is no competency `{id}` in this draft")))
}

fn draw(metier: &Metier, f: &Framework, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let existing = f.competencies.iter().find(|c| c.id.as_str() == named(sent));
    let title = existing.map_or("A new competency", |c| c.name.as_str());
    let practices: Vec<(&str, &str)> = f
        .practices
        .iter()
        .map(|p| (p.id.as_str(), p.name.as_str()))
        .collect();
    edit::form_page(
        metier,
        title,
        &shown,
        &html! {
            form method="post" action="/framework/edit/competency" {
                input type="hidden" name="id" value=(named(sent));
                (shown.choice(Field::new("practice", "Practice"), &practices))
                (shown.line("text", Field::new("name", "Name").hint("Short and active: Publish an article to house standard.")))
                (shown.lines(4, Field::new("looks_like", "What a colleague would see when it is done well").optional()))
                (often(&shown))
                (choices(&shown, "kind", "What sort it is", &[
                    (slug_of(Kind::Technical), words::ability(Kind::Technical)),
                    (slug_of(Kind::Interpersonal), words::ability(Kind::Interpersonal)),
                    (slug_of(Kind::Knowledge), words::ability(Kind::Knowledge)),
                ]))
                (choices(&shown, "layer", "Where it holds", &[
                    (slug_of(Layer::Profession), words::layer(Layer::Profession)),
                    (slug_of(Layer::Industry), words::layer(Layer::Industry)),
                    (slug_of(Layer::Organisation), words::layer(Layer::Organisation)),
                ]))
                (choices(&shown, "grain", "How large it is", &[
                    (slug_of(Grain::Task), words::grain(Grain::Task)),
                    (slug_of(Grain::Project), words::grain(Grain::Project)),
                    (slug_of(Grain::Area), words::grain(Grain::Area)),
                ]))
                (shown.tick("foundation", "yes", "A foundation: the rest of the field stands on it"))
                @if existing.is_some() { (edit::buttons_and_remove("the competency")) } @else { (edit::buttons()) }
            }
            @if let Some(c) = existing { (own_criteria(f, c)) }
        },
    )
}

/// "How often is this done?", with what each answer asks for.
fn often(shown: &Shown<'_>) -> Markup {
    let options: Vec<(String, String, String)> = FREQUENCIES
        .into_iter()
        .map(|f| (slug_of(f), words::capital(words::frequency(f)), words::asks(f)))
        .collect();
    let original = format!(
        "This decides what “reliable” asks for, so that nobody needs hundreds of something done twice a year. \
         The original asks for 99% of everything: {} in a row without a miss.",
        words::clean_ones(0.99).unwrap_or_default()
    );
    radios(shown, "frequency", "How often is this done?", &original, &options)
}

fn choices(shown: &Shown<'_>, name: &str, legend: &str, options: &[(String, &str)]) -> Markup {
    let options: Vec<(&str, String)> = options
        .iter()
        .map(|(v, n)| (v.as_str(), words::capital(n)))
        .collect();
    let options: Vec<(&str, &str)> = options.iter().map(|(v, n)| (*v, n.as_str())).collect();
    shown.choice(Field::new(name, legend), &options)
}

/// What each step asks for here, with a way to agree something else.
fn own_criteria(f: &Framework, c: &Competency) -> Markup {
    let words = Words::new(f, &[], jiff::civil::Date::ZERO);
    html! {
        section aria-labelledby="own" {
            h2 #own { "What each step asks for here" }
            p.soft { "Where you agreed something else with your manager, for example another share, say it here." }
            ul.lines {
                @for rung in f.ladder.active() {
                    li.entry {
                        div {
                            p.name { (rung.name) @if c.criteria.contains_key(&rung.id) { " " span.asked.small { "its own" } } }
                            p.soft.small { (words.criterion(&f.criterion(c, rung))) }
                        }
                        a.btn.quiet.small href={ "/framework/edit/criterion?competency=" (c.id) "&step=" (rung.id) } {
                            "Change" span.hide { ": " (rung.name) }
                        }
                    }
                }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let id = match named(&sent) {
        "" => None,
        id => Some(competency_of(&f, id)?.id.clone()),
    };
    let change = match (id, sent.text("do")) {
        (Some(id), "remove") => Ok(Edit::RemoveCompetency(id)),
        (id, _) => read(&f, &sent).map(|stated| match id {
            Some(id) => Edit::Competency(id, stated),
            None => Edit::AddCompetency(stated),
        }),
    };
    let faults = match change {
        Ok(change) => match keep(&metier, change, "name", "/framework/edit#practices").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, &f, &sent, &faults))
}

fn read(f: &Framework, sent: &Sent) -> Result<Stated, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let practice = PracticeId::new(sent.text("practice"))
        .ok()
        .filter(|p| f.practice(p).is_some());
    if practice.is_none() {
        reading.fault("practice", "Choose the practice it belongs to.");
    }
    let frequency = from_slug(sent.text("frequency"));
    if frequency.is_none() {
        reading.fault("frequency", "Choose how often it is done.");
    }
    let name = reading.needed("name", "Give the competency a name.");
    let stated = practice.zip(frequency).map(|(practice, frequency)| Stated {
        practice,
        name,
        looks_like: sent.text("looks_like").into(),
        kind: from_slug(sent.text("kind")).unwrap_or_default(),
        layer: from_slug(sent.text("layer")).unwrap_or_default(),
        grain: from_slug(sent.text("grain")).unwrap_or_default(),
        frequency,
        foundation: sent.has("foundation"),
    });
    reading.done(()).and_then(|()| stated.ok_or_else(Vec::new))
}

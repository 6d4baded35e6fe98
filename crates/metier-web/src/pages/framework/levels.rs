//! A level of the draft: its words, and what it asks of each competency.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{Edit, Metier};
use metier_core::framework::{Competency, Expectation, Framework, Level, Weight};
use metier_core::id::{CompetencyId, RungId};

use super::{edit, keep, named};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::problem::Problem;

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let sent = match named(&asked) {
        "" => Sent::default(),
        id => filled(level_of(&f, id)?),
    };
    Ok(draw(&metier, &f, &sent, &[]))
}

fn level_of<'f>(f: &'f Framework, id: &str) -> Result<&'f Level, Problem> {
    f.levels
        .iter()
        .find(|l| l.id.as_str() == id)
        .ok_or_else(|| Problem::not_found(format!("there is no level `{id}` in this draft")))
}

/// How a weight stands in the form.
fn weight_word(weight: Weight) -> String {
    match weight {
        Weight::Required => "required".into(),
        Weight::Weighted(n) => n.to_string(),
        Weight::NotApplicable => "na".into(),
    }
}

fn filled(level: &Level) -> Sent {
    let sent = Sent::default()
        .with("id", level.id.as_str())
        .with("name", level.name.as_str())
        .with("summary", level.summary.as_str());
    level.expectations.iter().fold(sent, |sent, e| {
        sent.with(&format!("step-{}", e.competency), e.rung.as_str())
            .with(&format!("weight-{}", e.competency), weight_word(e.weight))
    })
}

fn draw(metier: &Metier, f: &Framework, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let existing = f.levels.iter().find(|l| l.id.as_str() == named(sent));
    let title = existing.map_or("A new level", |l| l.name.as_str());
    edit::form_page(
        metier,
        title,
        &shown,
        &html! {
            form method="post" action="/framework/edit/level" {
                input type="hidden" name="id" value=(named(sent));
                (shown.line("text", Field::new("name", "Name").hint("Senior.")))
                (shown.lines(2, Field::new("summary", "What the level is").optional()))
                @if existing.is_some() {
                    p.hint {
                        "Up to which step, and whether it must be met: required ones must all be met; a number counts so many points, "
                        "which may be made up for elsewhere; not asked leaves it out."
                    }
                    @for practice in &f.practices {
                        h2 { (practice.name) }
                        ul.lines { @for c in f.competencies_of(&practice.id) { (row(f, c, &shown)) } }
                    }
                    (edit::buttons_and_remove("the level"))
                } @else {
                    p.hint { "It begins with what the highest level asks so far; change that afterwards." }
                    (edit::buttons())
                }
            }
        },
    )
}

fn row(f: &Framework, c: &Competency, shown: &Shown<'_>) -> Markup {
    let (step, weight) = (format!("step-{}", c.id), format!("weight-{}", c.id));
    let chosen = shown.sent.text(&step);
    let chosen_weight = shown.sent.text(&weight);
    let fault = shown.faults.iter().find(|x| x.field == step);
    html! {
        li.entry.expect.wrong[fault.is_some()] {
            p.name id={ "n-" (c.id) } { (c.name) }
            @if let Some(fault) = fault { p.fault { (fault.what) } }
            div.row {
                label {
                    span.hide { "Step, " (c.name) }
                    select id={ "f-" (step) } name=(step) aria-invalid=[fault.map(|_| "true")] {
                        option value="" selected[chosen.is_empty()] { "no step" }
                        @for rung in f.ladder.rungs.iter().filter(|r| !r.off || r.id.as_str() == chosen) {
                            option value=(rung.id) selected[chosen == rung.id.as_str()] {
                                (rung.name) @if rung.off { " (not in use)" }
                            }
                        }
                    }
                }
                label {
                    span.hide { "Weight, " (c.name) }
                    select name=(weight) {
                        option value="na" selected[matches!(chosen_weight, "na" | "")] { "not asked" }
                        option value="required" selected[chosen_weight == "required"] { "required" }
                        @for n in 1..=5_u8 {
                            option value=(n) selected[chosen_weight == n.to_string()] { "counts " (n) }
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
        id => Some(level_of(&f, id)?.id.clone()),
    };
    let mut reading = Reading::of(&sent);
    let change = match (id, sent.text("do")) {
        (Some(id), "remove") => Edit::RemoveLevel(id),
        (id, _) => {
            let name = reading.needed("name", "Give the level a name.");
            let summary = sent.text("summary").to_owned();
            match id {
                None => Edit::AddLevel(name, summary),
                Some(id) => {
                    let before = f.level(&id).map_or(&[][..], |l| &l.expectations);
                    Edit::Level(id, name, summary, expectations(&mut reading, &f, before, &sent))
                }
            }
        }
    };
    let faults = match reading.done(change) {
        Ok(change) => match keep(&metier, change, "name", "/framework/edit#levels").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, &f, &sent, &faults))
}

/// What the form asks, in the order the level had it, new ones after.
fn expectations(
    reading: &mut Reading<'_>,
    f: &Framework,
    before: &[Expectation],
    sent: &Sent,
) -> Vec<Expectation> {
    let mut order: Vec<&CompetencyId> = before.iter().map(|e| &e.competency).collect();
    for c in &f.competencies {
        if !order.contains(&&c.id) {
            order.push(&c.id);
        }
    }
    order
        .into_iter()
        .filter_map(|competency| {
            let field = format!("step-{competency}");
            let weight = match sent.text(&format!("weight-{competency}")) {
                "required" => Weight::Required,
                n => n
                    .parse()
                    .ok()
                    .filter(|n| (1..=5).contains(n))
                    .map_or(Weight::NotApplicable, Weight::Weighted),
            };
            let rung = RungId::new(sent.text(&field))
                .ok()
                .filter(|id| f.ladder.rungs.iter().any(|r| r.id == *id));
            if rung.is_none() && weight != Weight::NotApplicable {
                reading.fault(&field, "Choose the step it asks for, or “not asked”.");
            }
            Some(Expectation {
                competency: competency.clone(),
                rung: rung?,
                weight,
            })
        })
        .collect()
}

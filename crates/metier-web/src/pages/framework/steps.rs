//! The ladder: steps in use or not, their order, their words, what each asks for.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::Words;
use metier_app::{Direction, Edit, Kind, Metier, StepWording};
use metier_core::framework::{Framework, Rung};
use metier_core::id::RungId;

use super::{criterion, edit, keep, named, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The steps with what can be done to each.
pub fn list(f: &Framework) -> Markup {
    let words = Words::new(f, &[], jiff::civil::Date::ZERO);
    let last = f.ladder.rungs.len().saturating_sub(1);
    html! {
        section #steps aria-labelledby="steps-h" {
            h2 #steps-h { "The steps" }
            p.soft { "From the lowest to the highest." }
            form method="post" action="/framework/edit/steps" {
                ul.lines {
                    @for (i, rung) in f.ladder.rungs.iter().enumerate() {
                        li.entry {
                            div {
                                p.name { (rung.title) @if rung.off { " " span.asked.small { "not in use" } } }
                                p.soft.small { (super::show::asked(&words, &rung.criterion)) }
                            }
                            div.row { (actions(rung, i == 0, i == last)) }
                        }
                    }
                }
            }
            div.act { a.btn.quiet href="/framework/edit/step" { "Add a step" } }
        }
    }
}

fn actions(rung: &Rung, first: bool, last: bool) -> Markup {
    let button = |what: &str, name: &str| {
        html! {
            button.btn.quiet.small name="do" value={ (what) ":" (rung.id) } { (name) span.hide { ": " (rung.name) } }
        }
    };
    html! {
        a.btn.quiet.small href={ "/framework/edit/step?id=" (rung.id) } { "Change" span.hide { ": " (rung.name) } }
        @if !first { (button("down", "Earlier")) }
        @if !last { (button("up", "Later")) }
        @if rung.off { (button("on", "Use")) } @else { (button("off", "Do not use")) }
    }
}

/// One button of the list of steps.
pub async fn order(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let unknown = || Problem::not_found("this page has no such button");
    let (what, id) = sent.text("do").split_once(':').ok_or_else(unknown)?;
    let id = RungId::new(id).map_err(|_| unknown())?;
    let change = match what {
        "up" => Edit::MoveStep(id, Direction::Up),
        "down" => Edit::MoveStep(id, Direction::Down),
        "on" => Edit::UseStep(id, true),
        "off" => Edit::UseStep(id, false),
        _ => return Err(unknown()),
    };
    metier.edit_framework(change).await?;
    Ok(see_other("/framework/edit#steps"))
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let sent = match named(&asked) {
        "" => Sent::default(),
        id => {
            let rung = step(&f, id)?;
            let sent = Sent::default()
                .with("id", id)
                .with("name", rung.name.as_str())
                .with("title", rung.title.as_str())
                .with("statement", rung.statement.as_str());
            criterion::filled(sent, Some(&rung.criterion))
        }
    };
    Ok(draw(&metier, &f, &sent, &[]))
}

fn step<'f>(f: &'f Framework, id: &str) -> Result<&'f Rung, Problem> {
    f.ladder
        .rungs
        .iter()
        .find(|r| r.id.as_str() == id)
        .ok_or_else(|| Problem::not_found(format!("there is no step `{id}` in this draft")))
}

fn draw(metier: &Metier, f: &Framework, sent: &Sent, faults: &[Fault]) -> Response {
    let shown = Shown { sent, faults };
    let new = named(sent).is_empty();
    let title = if new { "A new step" } else { "A step" };
    edit::form_page(
        metier,
        title,
        &shown,
        &html! {
            form method="post" action="/framework/edit/step" {
                input type="hidden" name="id" value=(named(sent));
                (shown.line("text", Field::new("name", "One word").hint("For the head of a column: Reliable.")))
                (shown.line("text", Field::new("title", "As a heading").hint("Reliable, unaided.")))
                (shown.lines(2, Field::new("statement", "As a sentence about the person").hint("Does it without help, correctly, again and again.")))
                @if new {
                    p.hint { "It begins as the highest step and asks for one example somebody saw; both can be changed afterwards." }
                    (edit::buttons())
                } @else {
                    (criterion::fields(&shown, f, false))
                    (edit::buttons_and_remove("the step"))
                }
            }
        },
    )
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let f = metier.life().await?.working_copy()?.framework;
    let faults = match read(&f, &sent)? {
        Ok(change) => match keep(&metier, change, "name", "/framework/edit#steps").await? {
            Ok(done) => return Ok(done),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, &f, &sent, &faults))
}

fn read(f: &Framework, sent: &Sent) -> Result<Result<Edit, Vec<Fault>>, Problem> {
    let id = match named(sent) {
        "" => None,
        id => Some(step(f, id)?.id.clone()),
    };
    if let (Some(id), "remove") = (&id, sent.text("do")) {
        return Ok(Ok(Edit::RemoveStep(id.clone())));
    }
    let mut reading = Reading::of(sent);
    let wording = StepWording {
        name: reading.needed("name", "Give the step a name of one word."),
        title: reading.needed("title", "Give the step a heading."),
        statement: sent.text("statement").into(),
    };
    let change = match id {
        None => Some(Edit::AddStep(wording)),
        Some(id) => criterion::read(&mut reading, sent, f).map(|asked| Edit::Step(id, wording, asked)),
    };
    Ok(reading.done(()).and_then(|()| {
        change.ok_or_else(|| {
            vec![refused(
                "criterion",
                &metier_app::AppError::new(Kind::Input, "choose what the step asks for"),
            )]
        })
    }))
}

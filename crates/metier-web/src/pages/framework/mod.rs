//! Framework: the criteria, as a document; changing them in small steps; versions and their differences.

mod compare;
mod competencies;
mod criterion;
mod document;
mod edit;
mod levels;
mod publish;
mod show;
mod steps;

pub(super) use compare::changes;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::{AppError, Edit, Kind, Metier};
use metier_core::framework::{Competency, Framework, Wording};

use crate::Shared;
use crate::field::Shown;
use crate::form::{Fault, Sent};
use crate::layout::see_other;
use crate::problem::{Problem, sentence};

pub use show::named_version;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/framework", get(show::page))
        .route("/framework/document.yaml", get(document::download))
        .route("/framework/template.yaml", get(document::template))
        .route("/framework/edit", get(edit::page))
        .route("/framework/edit/undo", post(edit::undo))
        .route("/framework/edit/discard", post(edit::discard))
        .route("/framework/edit/head", get(edit::head).post(edit::save_head))
        .route("/framework/edit/steps", post(steps::order))
        .route("/framework/edit/step", get(steps::form).post(steps::save))
        .route(
            "/framework/edit/practice",
            get(competencies::practice).post(competencies::save_practice),
        )
        .route(
            "/framework/edit/competency",
            get(competencies::form).post(competencies::save),
        )
        .route(
            "/framework/edit/criterion",
            get(criterion::form).post(criterion::save),
        )
        .route("/framework/edit/level", get(levels::form).post(levels::save))
        .route(
            "/framework/edit/document",
            get(document::form).post(document::save),
        )
        .route("/framework/publish", get(publish::form).post(publish::save))
        .route("/framework/adopt", post(publish::adopt))
        .route("/framework/compare", get(compare::page))
}

/// Keeps a change as a draft: on to `then`, or the faults that the form is to show.
async fn keep(
    metier: &Metier,
    edit: Edit,
    field: &str,
    then: &str,
) -> Result<Result<axum::response::Response, Vec<Fault>>, Problem> {
    match metier.edit_framework(edit).await {
        Ok(()) => Ok(Ok(see_other(then))),
        Err(error) if error.kind == Kind::Input => Ok(Err(vec![refused(field, &error)])),
        Err(error) => Err(error.into()),
    }
}

/// What a use case refused, under a field.
fn refused(field: &str, error: &AppError) -> Fault {
    let mut what = sentence(&error.message);
    for hint in &error.hints {
        what.push(' ');
        what.push_str(hint);
    }
    Fault {
        field: field.into(),
        what,
    }
}

/// What a document says of a competency at each step, in its own words.
fn wording(f: &Framework, c: &Competency) -> Markup {
    let there: Vec<(&str, &Wording)> = f
        .ladder
        .active()
        .filter_map(|r| Some((r.name.as_str(), f.wording(&c.id, &r.id)?)))
        .collect();
    html! {
        @if !there.is_empty() {
            details.link {
                summary { "What the document says at each step" }
                dl.thing-facts { @for (step, wording) in there { dt { (step) } dd { (one_wording(wording)) } } }
            }
        }
    }
}

/// What a document says at one step: the criterion, signs to see it by, examples.
pub fn one_wording(wording: &Wording) -> Markup {
    html! {
        @if !wording.text.is_empty() { p.as-written { (wording.text) } }
        @for (head, lines) in [("Seen by", &wording.signals), ("For example", &wording.examples)] {
            @if !lines.is_empty() {
                p.small { b { (head) ":" } }
                ul.small { @for line in lines { li { (line) } } }
            }
        }
    }
}

/// One of a few, all of them in sight: value, name, what it means.
fn radios(
    shown: &Shown<'_>,
    name: &str,
    legend: &str,
    hint: &str,
    options: &[(String, String, String)],
) -> Markup {
    let fault = shown.faults.iter().find(|f| f.field == name);
    html! {
        fieldset.radios.wrong[fault.is_some()] id={ "f-" (name) } {
            legend { (legend) }
            @if !hint.is_empty() { p.hint { (hint) } }
            @if let Some(fault) = fault { p.fault { (fault.what) } }
            @for (value, label, meaning) in options {
                label.tick-box {
                    input type="radio" name=(name) value=(value) checked[shown.sent.text(name) == value];
                    span { (label) @if !meaning.is_empty() { span.soft { " · " (meaning) } } }
                }
            }
        }
    }
}

/// Words of a closed list, as they stand in a form's values.
fn slug_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The value of a closed list that a word of a form stands for.
fn from_slug<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.into())).ok()
}

/// The way back from a form of the draft.
fn crumbs(here: &str) -> Markup {
    html! {
        p.crumbs { a href="/framework" { "Framework" } " / " a href="/framework/edit" { "Change it" } " / " (here) }
    }
}

/// The id a form or an address names; empty for something new.
fn named(sent: &Sent) -> &str {
    sent.text("id")
}

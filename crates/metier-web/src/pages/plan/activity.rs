//! One thing planned: what it is for, the risk and the way back, done or dropped, how it changed.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, EndPlanned, Metier, PlannedSeen, Sight, planned_seen, planned_wordings};
use metier_core::plan::{Plan, planned_changes};

use super::{changed_meanwhile, crumbs, earlier, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, &id, asked.text("said"), &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    id: &str,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let planned = planned_seen(&plan, entry_of(id)?)?;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let shown = Shown { sent, faults };
    let content = html! {
        (crumbs())
        h1.close { (planned.planned.name) }
        @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
        (shown.summary())
        p.lead.soft { (words.planned_line(&planned)) "." }
        div.two {
            div {
                (about(&planned, &plan, sight, &words))
                @if let Some(stretch) = &planned.planned.stretch {
                    section aria-labelledby="stretch" {
                        h2 #stretch { "A risk you chose" }
                        dl.facts { @for (label, text) in words.stretch(stretch) { dt { (label) } dd.as-written { (text) } } }
                    }
                }
            }
            div { (doing(&planned, &words, &shown)) }
        }
        (history(&metier, sight, &planned, &words))
    };
    Ok(under(planned.planned.name.as_str(), &metier)
        .status(status(faults))
        .show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "added" => "It is in your plan.",
        "changed" => "Changed. What was planned before stays readable below.",
        "done" => "Noted. What you recorded is linked below; it is what counts.",
        "just-done" => "Noted as done.",
        "dropped" => "Dropped from the plan. That it was there stays readable.",
        "again" => "It is open again.",
        _ => return None,
    })
}

fn about(seen: &PlannedSeen<'_>, plan: &Plan<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let planned = seen.planned;
    let goal = planned.goal.and_then(|id| plan.goals.iter().find(|g| g.id == id));
    let here = planned.family == sight.version.framework.family;
    html! {
        dl.facts {
            dt { "For" }
            dd {
                @match goal {
                    Some(goal) => a href={ "/plan/goal/" (goal.id) } { (goal.what.title) },
                    None => "no goal in particular",
                }
            }
            @if !planned.shows.is_empty() {
                dt { "Expected to show" }
                @for shows in &planned.shows {
                    dd {
                        @if here { a href={ "/competency/" (shows.competency) "#" (shows.rung) } { (words.competency(&shows.competency)) } }
                        @else { (words.competency(&shows.competency)) }
                        ", " (words.rung(&shows.rung))
                    }
                }
            }
        }
        p.soft.small { "What is planned is effort. Only what happened counts, and what happened is recorded when it is done." }
    }
}

fn doing(seen: &PlannedSeen<'_>, words: &Words<'_>, shown: &Shown<'_>) -> Markup {
    let address = format!("/plan/activity/{}", seen.id);
    html! {
        @match &seen.ended {
            Some(ended) => {
                section.card aria-labelledby="ended" {
                    h2.label #ended { (words::planned_ending(ended.how.how)) " on " (day(ended.on)) }
                    @if !ended.how.reason.is_empty() { p { (ended.how.reason) } }
                    @for id in &ended.how.evidence { p { a href={ "/did/" (id) } { (words.evidence(id)) } } }
                    form method="post" action={ (address) "/again" } {
                        input type="hidden" name="mark" value=(seen.mark());
                        div.act { button.btn.quiet { "Open it again" } }
                    }
                }
            }
            None => {
                section.card.first aria-labelledby="done" {
                    h2.label #done { "When it is done" }
                    p { "You record what happened, and it is linked here." }
                    div.act {
                        a.btn href={ (address) "/done" } { "It is done" }
                        a.btn.quiet href={ (address) "/change" } { "Plan it otherwise" }
                    }
                }
                p { a href={ "/plan/time?on=" (seen.id) "#spent" } { "Note time spent on it" } }
                details.fold open[!shown.faults.is_empty()] {
                    summary { "I will not do it" }
                    form method="post" action={ (address) "/drop" } {
                        input type="hidden" name="mark" value=(seen.mark());
                        (shown.lines(2, Field::new("reason", "Why").hint("It was planned for a reason; say what changed.")))
                        button.btn.quiet { "Drop it from the plan" }
                    }
                }
            }
        }
    }
}

fn history(metier: &Metier, sight: &Sight, seen: &PlannedSeen<'_>, words: &Words<'_>) -> Markup {
    let wordings = planned_wordings(&sight.entries, seen.id);
    let mut told = Vec::with_capacity(wordings.len());
    for (n, wording) in wordings.iter().enumerate() {
        let what = match n.checked_sub(1).and_then(|n| wordings.get(n)) {
            None => {
                let when = words::from_until(wording.what.from, wording.what.until);
                let when = if when.is_empty() {
                    when
                } else {
                    format!(", {when}")
                };
                let long = words::three_hours(wording.what.hours);
                format!("\u{201c}{}\u{201d}, {long}{when}", wording.what.name)
            }
            Some(before) => {
                words::capital(&words.planned_changes(&planned_changes(before.what, wording.what)))
            }
        };
        told.push((wording.recorded_at, what, wording.what.because.clone()));
    }
    earlier(metier, &told)
}

pub async fn drop_it(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let planned = match still(&shared, &metier, &id, &sent).await? {
        Ok(planned) => planned,
        Err(changed) => return Ok(changed),
    };
    let mut reading = Reading::of(&sent);
    let reason = reading.needed("reason", "Say why: a sentence will do.");
    let faults = match reading.done(EndPlanned::Dropped { reason }) {
        Ok(end) => match metier.end_planned(planned, end).await {
            Ok(_) => return Ok(see_other(&format!("/plan/activity/{id}?said=dropped"))),
            Err(error) => refused("reason", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, &id, "", &sent, &faults).await
}

pub async fn again(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    match still(&shared, &metier, &id, &sent).await? {
        Ok(planned) => {
            metier.reopen_planned(planned, "").await?;
            Ok(see_other(&format!("/plan/activity/{id}?said=again")))
        }
        Err(changed) => Ok(changed),
    }
}

/// The thing planned, if it still is what the form was drawn from; else the page that says it is not.
pub async fn still(
    shared: &Shared,
    metier: &Metier,
    id: &str,
    sent: &Sent,
) -> Result<Result<metier_core::id::EntryId, Response>, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let planned = planned_seen(&plan, entry_of(id)?)?;
    if planned.mark() == sent.text("mark") {
        return Ok(Ok(planned.id));
    }
    Ok(Err(changed_meanwhile(metier, &format!("/plan/activity/{id}"))))
}

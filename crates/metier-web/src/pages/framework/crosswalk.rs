//! Another framework's steps, read as steps of this one: proposed here, confirmed by the person, one
//! competency at a time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Kind, Metier, Told, Version, common_steps, crosswalks, proposed};
use metier_core::evidence::Crosswalk;
use metier_core::framework::{Competency, Framework};
use metier_core::id::{CompetencyId, EntryId, FamilyId, RungId};

use super::refused;
use crate::Shared;
use crate::field::{Field, Group, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// How well two competencies match, as people say it.
const SURE: [(&str, &str, f64); 3] = [
    ("same", "the same thing", 1.0),
    ("mostly", "mostly the same", 0.8),
    ("partly", "partly the same", 0.5),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, &asked, &[]).await
}

async fn draw(metier: &Metier, asked: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let current = life.needed()?;
    let others = life.other_families();
    let Some(other) = others
        .iter()
        .find(|v| v.framework.family.as_str() == asked.text("family"))
        .or(others.first())
    else {
        return Err(Problem::not_found(
            "there is only one framework in this journal, so there is nothing to map",
        ));
    };
    let mapped: Vec<Told<Crosswalk>> = crosswalks(&entries)
        .into_iter()
        .filter(|c| {
            c.what.from.family == other.framework.family && c.what.to.family == current.framework.family
        })
        .collect();
    let open: Vec<&Competency> = other
        .framework
        .competencies
        .iter()
        .filter(|c| !mapped.iter().any(|m| m.what.from.competency == c.id))
        .collect();
    let wanted = asked.text("competency");
    let one = open.iter().find(|c| c.id.as_str() == wanted).copied();
    let content = html! {
        p.crumbs { a href="/framework" { "Framework" } " / Another framework’s steps" }
        h1 { "What " (other.framework.title) " means in " (current.framework.title) }
        p.lead { "What you did under " (other.framework.title) " can count here too. Nothing counts until you confirm it, one competency at a time." }
        @if others.len() > 1 {
            ul.chips aria-label="Framework" {
                @for v in &others {
                    li { a.chip aria-current=[(v.digest == other.digest).then_some("true")]
                        href={ "/framework/crosswalk?family=" (v.framework.family) } { (v.framework.title) } }
                }
            }
        }
        @if let Some(competency) = one { (confirm(other, current, competency, asked, faults)) }
        (open_ones(other, &current.framework, &open, wanted))
        (confirmed(other, &current.framework, &mapped))
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("Another framework’s steps")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&content))
}

/// The form for one competency, filled with what is proposed.
fn confirm(other: &Version, current: &Version, c: &Competency, asked: &Sent, faults: &[Fault]) -> Markup {
    let (from, to) = (&*other.framework, &*current.framework);
    let steps = common_steps(from, to);
    let sent = if asked.has("sent") {
        asked.clone()
    } else {
        let sent = Sent::default()
            .with("to", proposed(c, to).map_or("", |p| p.id.as_str()))
            .with("sure", "mostly");
        steps.iter().fold(sent, |sent, (theirs, ours)| {
            sent.with("steps", pair(theirs, ours))
        })
    };
    let shown = Shown { sent: &sent, faults };
    let words = Words::new(from, &[], jiff::civil::Date::ZERO);
    let ours = Words::new(to, &[], jiff::civil::Date::ZERO);
    let options: Vec<Vec<(&str, &str)>> = to
        .practices
        .iter()
        .map(|p| {
            to.competencies_of(&p.id)
                .map(|c| (c.id.as_str(), c.name.as_str()))
                .collect()
        })
        .collect();
    let groups: Vec<Group<'_>> = to
        .practices
        .iter()
        .zip(&options)
        .map(|(p, options)| (p.name.as_str(), options.clone()))
        .collect();
    let sure: Vec<(&str, &str)> = SURE.iter().map(|(v, n, _)| (*v, *n)).collect();
    html! {
        section.card.first aria-labelledby="one" {
            h2 #one { (c.name) }
            p.soft { (c.looks_like) }
            (shown.summary())
            form method="post" action="/framework/crosswalk" {
                input type="hidden" name="sent" value="yes";
                input type="hidden" name="family" value=(from.family);
                input type="hidden" name="competency" value=(c.id);
                (shown.grouped_choice(Field::new("to", "Counts here as"), "nothing here", &groups))
                (shown.choice(Field::new("sure", "How well they match").hint("What is only partly the same carries less weight."), &sure))
                fieldset.ticks id="f-steps" {
                    legend { "For these steps" }
                    @for (theirs, mine) in &steps {
                        (shown.tick("steps", &pair(theirs, mine), &format!("{} → {}", words.rung(theirs), ours.rung(mine))))
                    }
                }
                div.act { button.btn { "Confirm" } a href={ "/framework/crosswalk?family=" (from.family) } { "Not now" } }
            }
        }
    }
}

fn pair(theirs: &RungId, ours: &RungId) -> String {
    format!("{theirs}:{ours}")
}

fn open_ones(other: &Version, to: &Framework, open: &[&Competency], wanted: &str) -> Markup {
    html! {
        section aria-labelledby="open" {
            h2 #open { "To confirm" }
            @if open.is_empty() { p { "Everything is mapped." } }
            ul.lines {
                @for c in open.iter().filter(|c| c.id.as_str() != wanted) {
                    li.entry {
                        div {
                            p.name { (c.name) }
                            p.soft.small {
                                @match proposed(c, to) {
                                    Some(p) => { "Perhaps: " (p.name) }
                                    None => "Nothing here sounds like it"
                                }
                            }
                        }
                        a.btn.quiet.small href={ "/framework/crosswalk?family=" (other.framework.family) "&competency=" (c.id) } {
                            "Look" span.hide { " at " (c.name) }
                        }
                    }
                }
            }
        }
    }
}

fn confirmed(other: &Version, to: &Framework, mapped: &[Told<Crosswalk>]) -> Markup {
    let theirs = Words::new(&other.framework, &[], jiff::civil::Date::ZERO);
    let ours = Words::new(to, &[], jiff::civil::Date::ZERO);
    html! {
        @if !mapped.is_empty() {
            section aria-labelledby="confirmed" {
                h2 #confirmed { "Confirmed" }
                form method="post" action="/framework/crosswalk/withdraw" {
                    input type="hidden" name="family" value=(other.framework.family);
                    ul.lines {
                        @for m in mapped {
                            li.entry {
                                div {
                                    p.name { (theirs.competency(&m.what.from.competency)) " (" (theirs.rung(&m.what.from.rung)) ")" }
                                    p.small { "counts as " (ours.competency(&m.what.to.competency)) " (" (ours.rung(&m.what.to.rung)) "), "
                                        (SURE.iter().find(|s| (s.2 - m.what.confidence).abs() < 1e-9).map_or_else(|| words::chance(m.what.confidence), |s| s.1.to_owned())) }
                                }
                                button.btn.quiet.small name="entry" value=(m.id) { "Take back" }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let family = FamilyId::new(sent.text("family")).ok();
    let from = CompetencyId::new(sent.text("competency")).ok();
    let Some((family, from)) = family.zip(from) else {
        return Err(Problem::not_found("there is no such competency"));
    };
    let fault = |field: &str, what: &str| Fault {
        field: field.into(),
        what: what.into(),
    };
    let mut faults = Vec::new();
    let to = CompetencyId::new(sent.text("to")).ok();
    if to.is_none() {
        faults.push(fault("to", "Choose what it counts as."));
    }
    let steps: Vec<(RungId, RungId)> = sent
        .all("steps")
        .filter_map(|s| s.split_once(':'))
        .filter_map(|(theirs, ours)| Some((theirs.parse().ok()?, ours.parse().ok()?)))
        .collect();
    if steps.is_empty() {
        faults.push(fault("steps", "Tick at least one step."));
    }
    let sure = SURE.iter().find(|s| s.0 == sent.text("sure")).map(|s| s.2);
    if sure.is_none() {
        faults.push(fault("sure", "Choose how well they match."));
    }
    if let (Some(to), Some(sure), true) = (to, sure, faults.is_empty()) {
        match metier.map_competency((&family, &from), &to, &steps, sure).await {
            Ok(_) => return Ok(see_other(&format!("/framework/crosswalk?family={family}"))),
            Err(error) if error.kind == Kind::Input => faults.push(refused("to", &error)),
            Err(error) => return Err(error.into()),
        }
    }
    draw(&metier, &sent, &faults).await
}

pub async fn withdraw(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let entry: Option<EntryId> = sent.text("entry").parse().ok();
    let there = entry.filter(|id| crosswalks(&entries).iter().any(|c| c.id == *id));
    let Some(entry) = there else {
        return Err(Problem::not_found("there is no such mapping"));
    };
    metier.withdraw(entry, "").await?;
    Ok(see_other("/framework/crosswalk"))
}

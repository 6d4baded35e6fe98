//! Something planned is done: what happened is recorded as evidence, begun with what was planned.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::{AsOf, EndPlanned, Metier, PlannedSeen, Sight, ToClaim, planned_seen, wanted_kind};
use metier_core::evidence::Stance;
use metier_core::framework::{ActivityKind, EvidenceKind};

use super::activity::still;
use super::{changed_meanwhile, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::pages::case::{entry_of, status};
use crate::pages::did::kinds::{KINDS, described, of_id};
use crate::pages::did::{claims, full};
use crate::path::Path;
use crate::problem::Problem;

pub async fn form(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let planned = planned_seen(&plan, entry_of(&id)?)?;
    if planned.ended.is_some() {
        return Ok(see_other(&format!("/plan/activity/{id}")));
    }
    let kind = of_id(asked.text("kind")).unwrap_or_else(|| fitting(&planned, &seen.sight));
    let today = metier.surroundings().today();
    let mut sent = Sent::default()
        .with("title", planned.planned.name.as_str())
        .with("date", today.to_string());
    if planned.spent.get() > 0.0 {
        sent = sent.with("hours", metier_app::words::short_hours(planned.spent.get()));
    }
    for (n, shows) in planned.planned.shows.iter().take(claims::PAIRS).enumerate() {
        sent = sent
            .with(&format!("competency-{n}"), shows.competency.as_str())
            .with(&format!("step-{n}"), shows.rung.as_str());
    }
    Ok(draw(&metier, &seen.sight, &planned, kind, &sent, &[]))
}

/// What an activity leaves behind: by its sort, else by the first step it is expected to show.
fn fitting(seen: &PlannedSeen<'_>, sight: &Sight) -> EvidenceKind {
    use ActivityKind as K;
    let by_kind = match seen.planned.kind {
        K::Course | K::Workshop | K::Webinar | K::SelfStudy => Some(EvidenceKind::Learning),
        K::Certification => Some(EvidenceKind::Credential),
        K::Practice => Some(EvidenceKind::Attempts),
        K::BeingAMentor => Some(EvidenceKind::Teaching),
        K::Publishing | K::Speaking => Some(EvidenceKind::Communication),
        K::StretchAssignment | K::Project | K::Volunteering | K::Leading | K::Rotation => {
            Some(EvidenceKind::Project)
        }
        K::Mentoring | K::Community | K::Event | K::Collaboration => None,
    };
    let by_step = || {
        let first = seen.planned.shows.first()?;
        let claim = ToClaim::Step {
            competency: first.competency.clone(),
            rung: first.rung.clone(),
            stance: Stance::Supports,
        };
        wanted_kind(&sight.version.framework, &claim)
    };
    by_kind.or_else(by_step).unwrap_or(EvidenceKind::Accomplishment)
}

fn draw(
    metier: &Metier,
    sight: &Sight,
    seen: &PlannedSeen<'_>,
    kind: EvidenceKind,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let form = Shown { sent, faults };
    let (said, address) = (described(kind), format!("/plan/activity/{}", seen.id));
    let content = html! {
        p.crumbs { a href="/plan" { "Plan" } " / " a href=(address) { (seen.planned.name) } }
        div.narrow {
            h1.close { "What happened?" }
            p.lead.soft { "Recorded as " (said.name.to_lowercase()) ", and linked to what you planned. Change whatever came out otherwise." }
            (form.summary())
            details.link.kinds {
                summary { "It was something else" }
                ul.chips {
                    @for other in KINDS.iter().filter(|k| k.of != kind) {
                        li { a.chip href={ (address) "/done?kind=" (other.id) } title=(other.when) { (other.name) } }
                    }
                }
            }
            form method="post" enctype="multipart/form-data" {
                input type="hidden" name="mark" value=(seen.mark());
                input type="hidden" name="kind" value=(said.id);
                (full::draw(&form, kind, &[]))
                (full::draw_claims(&form, &sight.version.framework, kind))
                div.act { button.btn { "Done: record it" } a href=(address) { "Leave it" } }
            }
            details.fold {
                summary { "It is done, and there is nothing to record" }
                form method="post" action={ (address) "/just-done" } {
                    input type="hidden" name="mark" value=(seen.mark());
                    (form.line("date", Field::new("on", "When").hint("Empty: today.").may_stay_empty()))
                    (form.line("text", Field::new("reason", "What came of it").optional()))
                    button.btn.quiet { "Note it as done" }
                }
            }
        }
    };
    under("What happened?", metier)
        .status(status(faults))
        .show(&content)
}

pub async fn record(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let planned = planned_seen(&plan, entry_of(&id)?)?;
    if planned.mark() != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &format!("/plan/activity/{id}")));
    }
    let kind = of_id(sent.text("kind"))
        .ok_or_else(|| Problem::not_found("there is no such kind of thing; go back and choose one"))?;
    let today = metier.surroundings().today();
    match full::read(&sent, &seen.sight, today, kind, None) {
        Ok(log) => {
            let end = EndPlanned::DoneWith(Box::new(log));
            metier.end_planned(planned.id, end).await?;
            Ok(see_other(&format!("/plan/activity/{id}?said=done")))
        }
        Err(faults) => Ok(draw(&metier, &seen.sight, &planned, kind, &sent, &faults)),
    }
}

pub async fn just_done(
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
    let on = reading.past_day("on", metier.surroundings().today());
    match reading.done(on) {
        Ok(on) => {
            let end = EndPlanned::Done {
                evidence: Vec::new(),
                reason: sent.text("reason").to_owned(),
                on,
            };
            metier.end_planned(planned, end).await?;
            Ok(see_other(&format!("/plan/activity/{id}?said=just-done")))
        }
        Err(faults) => {
            let seen = shared.kept().sight(&metier, AsOf::default()).await?;
            let plan = seen.sight.plan();
            let one = planned_seen(&plan, planned)?;
            let kind = fitting(&one, &seen.sight);
            Ok(draw(&metier, &seen.sight, &one, kind, &sent, &faults))
        }
    }
}

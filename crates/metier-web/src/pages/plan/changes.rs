//! What changed lately in the plan, and why.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, ago};
use metier_app::{AsOf, Metier, PlanChange, Reworded, plan_changes};

use super::overview::Overview;
use super::{crumbs, day_of, under};
use crate::Shared;
use crate::problem::Problem;

/// How many are on the plan.
const LATELY: usize = 4;
/// The most on the page of all.
const MOST: usize = 150;

/// The last few changes.
pub fn lately(over: &Overview<'_>) -> Markup {
    let changes = plan_changes(&over.sight.entries, LATELY + 1);
    html! {
        @if !changes.is_empty() {
            section aria-labelledby="changed" {
                h2 #changed { "What changed lately, and why" }
                (list(over.metier, &over.words, &changes[..changes.len().min(LATELY)]))
                @if changes.len() > LATELY { p { a href="/plan/changes" { "All changes" } } }
            }
        }
    }
}

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let changes = plan_changes(&sight.entries, MOST + 1);
    let content = html! {
        (crumbs())
        h1.close { "How the plan changed" }
        p.lead.soft { "A plan that changes is a plan that is used. What it was before, and why it changed, stays here." }
        @if changes.is_empty() { p { "Nothing is planned yet, so nothing has changed. " a href="/plan/goal/new" { "Write the first goal" } } }
        (list(&metier, &words, &changes[..changes.len().min(MOST)]))
        @if changes.len() > MOST { p.soft { "Older ones are on the pages of each goal and activity." } }
    };
    Ok(under("How the plan changed", &metier).show(&content))
}

fn list(metier: &Metier, words: &Words<'_>, changes: &[PlanChange<'_>]) -> Markup {
    let today = metier.surroundings().today();
    html! {
        ul.lines {
            @for change in changes {
                @let (what, why) = words.plan_change(&change.what);
                li.told {
                    span.when.soft.small { (ago(day_of(metier, change.recorded_at), today)) }
                    p { a.plainly href=(address(change)) { (what) } }
                    @if !why.is_empty() { p.soft { (why) } }
                }
            }
        }
    }
}

fn address(change: &PlanChange<'_>) -> String {
    match change.what {
        Reworded::NewGoal(_) | Reworded::Goal(..) | Reworded::GoalEnded(..) => {
            format!("/plan/goal/{}", change.of)
        }
        Reworded::NewPlanned(_) | Reworded::Planned(..) | Reworded::PlannedEnded(..) => {
            format!("/plan/activity/{}", change.of)
        }
        Reworded::SetAside(_) => "/plan/time".into(),
    }
}

//! What can be planned: the framework's activities by what they would close, one's own of any sort; and all
//! that is planned, done or dropped.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, PlannedSeen, Sight, all_planned};
use metier_core::framework::Activity;
use metier_core::plan::{Choice, Plan, choices};

use super::overview::planned_line;
use super::{crumbs, under};
use crate::Shared;
use crate::form::Asked;
use crate::problem::Problem;

/// The most things planned that one page lists.
const LISTED: usize = 100;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let goal = match asked.text("goal") {
        "" => String::new(),
        goal => format!("&goal={goal}"),
    };
    let content = html! {
        (crumbs())
        h1 { "Plan something" }
        div.two {
            (offered(sight, &plan, &words, &goal))
            (own(&goal))
        }
        (all(&plan, &words, sight))
    };
    Ok(under("Plan something", &metier).show(&content))
}

/// The framework's activities, grouped by what they would close.
fn offered(sight: &Sight, plan: &Plan<'_>, words: &Words<'_>, goal: &str) -> Markup {
    let groups = choices(&sight.standing, &sight.version.framework);
    html! {
        section aria-labelledby="offered" {
            h2 #offered { "What your profession offers" }
            @if groups.is_empty() {
                p.soft { "These criteria name no activities. Plan your own, or add some to the criteria." }
            } @else {
                p.soft { "By what each would show of what is still missing. That it does is an assumption, until you have done it." }
            }
            @for (place, group) in groups.iter().enumerate() {
                details.fold open[place == 0] {
                    summary {
                        @match &group.closes {
                            Some(competency) => { (words.competency(competency)) " (" (group.activities.len()) ")" }
                            None => { "Nothing that is missing now (" (group.activities.len()) ")" }
                        }
                    }
                    ul.lines { @for choice in &group.activities { (offer(choice, sight, plan, words, goal)) } }
                }
            }
        }
    }
}

fn offer(choice: &Choice, sight: &Sight, plan: &Plan<'_>, words: &Words<'_>, goal: &str) -> Markup {
    let activities = &sight.version.framework.activities;
    let there = plan
        .open_planned()
        .find(|p| p.what.activity.as_ref() == Some(&choice.activity));
    let Some(activity) = activities.iter().find(|a| a.id == choice.activity) else {
        return html! {};
    };
    let closes = words.shows(&choice.shows);
    html! {
        li {
            p.name { a href={ "/plan/activity/new?activity=" (activity.id) (goal) } { (activity.name) } }
            p.soft.small { (line(activity)) }
            @if !closes.is_empty() { p.small { "Would show " (closes) "." } }
            @if let Some(there) = there { p.small { a href={ "/plan/activity/" (there.id) } { "In your plan" } } }
        }
    }
}

fn line(activity: &Activity) -> String {
    format!(
        "{}, {}",
        words::capital(words::activity(activity.kind)),
        words::three_hours(activity.hours)
    )
}

fn own(goal: &str) -> Markup {
    html! {
        section.card.first aria-labelledby="own" {
            h2.label #own { "Something of your own" }
            ul.leads.plain {
                @for kind in words::ACTIVITY_KINDS {
                    li { a href={ "/plan/activity/new?kind=" (words::activity_word(kind)) (goal) } { (words::activity_name(kind)) } }
                }
            }
        }
    }
}

/// All that is planned, and all that is done or dropped.
fn all(plan: &Plan<'_>, words: &Words<'_>, sight: &Sight) -> Markup {
    let every = all_planned(plan, sight.standing.at);
    let (ended, open): (Vec<_>, Vec<_>) = every.into_iter().partition(|p| p.ended.is_some());
    let list = |id: &str, name: &str, things: &[PlannedSeen<'_>]| {
        html! {
            @if !things.is_empty() {
                details.fold id=(id) {
                    summary { (name) " (" (things.len()) ")" }
                    ul.lines { @for one in things.iter().take(LISTED) { (planned_line(words, one)) } }
                    @if things.len() > LISTED { p.soft { "And " (things.len() - LISTED) " more: " code { "metier plan list" } "." } }
                }
            }
        }
    };
    html! {
        @if !open.is_empty() || !ended.is_empty() {
            section aria-labelledby="there" {
                h2 #there { "What is in your plan" }
                (list("all", "Open", &open))
                (list("ended", "Done or dropped", &ended))
            }
        }
    }
}

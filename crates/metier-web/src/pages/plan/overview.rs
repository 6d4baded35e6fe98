//! The plan at a glance. Each section is a function of its own over [`Overview`].

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, GoalSeen, Metier, PlannedSeen, Sight, all_planned};
use metier_core::plan::Plan;

use super::{Here, beside, changes, rhythm, time, under};
use crate::Shared;
use crate::field::Shown;
use crate::form::{Asked, Fault, Sent};
use crate::layout::notice;
use crate::pages::case::status;
use crate::problem::Problem;

/// How many goals one sees before the rest is folded: whoever has more has none.
const GOALS: usize = 5;
/// How much of what is planned one sees before the rest is folded.
const NEXT: usize = 4;
/// The most of it that is folded; the rest is on its own page.
const FOLDED: usize = 20;

/// What the sections of the page draw from.
pub struct Overview<'a> {
    pub metier: &'a Metier,
    pub sight: &'a Sight,
    pub plan: &'a Plan<'a>,
    pub words: Words<'a>,
    pub today: Date,
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    draw(&shared, asked.text("said"), &Sent::default(), &[]).await
}

/// The page; `sent` is the entry of time spent that came back with faults.
pub async fn draw(shared: &Shared, said: &str, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let today = metier.surroundings().today();
    let over = Overview {
        metier: &metier,
        sight,
        plan: &plan,
        words: Words::new(&sight.version.framework, &sight.entries, today),
        today,
    };
    let shown = Shown { sent, faults };
    let content = html! {
        (beside(Here::Glance))
        div.row.spread {
            h1 { "Plan" }
            div.row {
                a.btn.quiet href="/plan/goal/new" { "Write a goal" }
                a.btn href="/plan/activity" { "Plan something" }
            }
        }
        (told(said))
        (shown.summary())
        @if plan.goals.is_empty() && plan.planned.is_empty() { (empty(&over)) }
        div.two {
            div {
                (goals(&over))
                (next(&over))
            }
            div {
                (gap(&over))
                (time::glance(&over, &shown))
                (rhythm::glance(&over))
            }
        }
        (changes::lately(&over))
    };
    Ok(under("Plan", &metier).status(status(faults)).show(&content))
}

fn told(said: &str) -> Markup {
    let text = match said {
        "spent" => "Noted. It counts as effort, and is kept apart from how good you are.",
        "taken" => "It is in your plan.",
        _ => return html! {},
    };
    notice(&html! { p { (text) } })
}

fn empty(over: &Overview<'_>) -> Markup {
    let aims = over.sight.target.is_some();
    html! {
        section.card.first aria-labelledby="begin" {
            h2.big #begin { "Nothing is planned yet." }
            p { "A goal says what you want to reach and by when; what you plan for it says how. Both may change as often as you like: each change says why, and what was planned before stays readable." }
            div.act {
                @if aims { a.btn href="/plan/route" { "Look at the way there first" } a href="/plan/goal/new" { "Write the first goal" } }
                @else { a.btn href="/plan/goal/new" { "Write the first goal" } a href="/start/aim" { "Choose a level to aim at" } }
            }
        }
    }
}

/// Goals that are open, with whether one is on the way; those that ended are folded.
fn goals(over: &Overview<'_>) -> Markup {
    let all = over.sight.goals(over.plan);
    let (ended, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|g| g.ended.is_some());
    html! {
        @if !open.is_empty() || !ended.is_empty() {
            section aria-labelledby="goals" {
                h2 #goals { "Goals" }
                @if open.is_empty() { p { "None is open. " a href="/plan/goal/new" { "Write the next one" } } }
                ul.lines { @for goal in open.iter().take(GOALS) { (goal_line(over, goal)) } }
                @if open.len() > GOALS {
                    details.fold {
                        summary { "Other goals (" (open.len() - GOALS) ")" }
                        ul.lines { @for goal in open.iter().skip(GOALS).take(FOLDED) { (goal_line(over, goal)) } }
                    }
                }
                @if !ended.is_empty() {
                    details.fold {
                        summary { "Reached or let go (" (ended.len()) ")" }
                        ul.lines { @for goal in ended.iter().take(FOLDED) { (goal_line(over, goal)) } }
                    }
                }
            }
        }
    }
}

fn goal_line(over: &Overview<'_>, seen: &GoalSeen<'_>) -> Markup {
    let next = seen.goal.milestones.iter().find(|m| m.met_on.is_none());
    html! {
        li.goal {
            p.name { a href={ "/plan/goal/" (seen.id) } { (seen.goal.title) } }
            p { span.chip { (words::capital(words::track_state(seen.track.state))) } " " (over.words.on_track(seen)) }
            @if seen.ended.is_none() {
                p.soft.small {
                    @match seen.goal.by { Some(by) => { "By " (day(by)) }, None => { "Without a day" } }
                    @if let Some(next) = next {
                        " · next milestone: " (next.what) @if let Some(by) = next.by { ", by " (day(by)) }
                    }
                }
            }
        }
    }
}

/// What is planned, in the order it comes.
fn next(over: &Overview<'_>) -> Markup {
    let all = all_planned(over.plan, over.today);
    let open: Vec<&PlannedSeen<'_>> = all.iter().filter(|p| p.ended.is_none()).collect();
    let ended = all.len() - open.len();
    let more = open.get(NEXT..).unwrap_or_default();
    html! {
        @if !all.is_empty() || !over.plan.goals.is_empty() {
            section aria-labelledby="next" {
                h2 #next { "What is planned next" }
                @if open.is_empty() {
                    p { "Nothing is planned. Take a step of the route, or something of your own." }
                    p { a href="/plan/route" { "The route" } " · " a href="/plan/activity" { "Plan something" } }
                }
                ul.lines { @for planned in open.iter().take(NEXT) { (planned_line(&over.words, planned)) } }
                @if !more.is_empty() {
                    details.fold {
                        summary { "What comes after (" (more.len()) ")" }
                        ul.lines { @for planned in more.iter().take(FOLDED) { (planned_line(&over.words, planned)) } }
                        @if more.len() > FOLDED { p { a href="/plan/activity#all" { "All that is planned" } } }
                    }
                }
                @if ended > 0 { p { a href="/plan/activity#ended" { "Done or dropped (" (ended) ")" } } }
            }
        }
    }
}

/// One thing planned, as lists show it.
pub fn planned_line(words: &Words<'_>, seen: &PlannedSeen<'_>) -> Markup {
    let shows = words.shows(&seen.planned.shows);
    html! {
        li {
            p.name { a href={ "/plan/activity/" (seen.id) } { (seen.planned.name) } }
            p.soft.small { (words.planned_line(seen)) }
            @if !shows.is_empty() && seen.ended.is_none() { p.small { "Expected to show " (shows) "." } }
        }
    }
}

/// The gap in a line, and the way to close it.
fn gap(over: &Overview<'_>) -> Markup {
    let target = over.sight.target.as_ref();
    html! {
        section.card.first aria-labelledby="gap" {
            h2.label #gap { "The gap" }
            @match target {
                Some(target) => {
                    p.big { (over.words.gap_line(&over.sight.gap(), &target.name)) }
                    div.act {
                        a.btn href="/plan/route" { "How do I get there?" }
                        a.second href="/" { "Where I stand" }
                    }
                }
                None => {
                    p { "You do not aim at anything yet, so nothing can be missing." }
                    div.act { a.btn href="/start/aim" { "Choose what to aim at" } }
                }
            }
        }
    }
}

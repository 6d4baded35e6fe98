//! The plan: goals and whether one is on the way, what is planned next, the route, time, and what changed;
//! looking back, opportunities, what a quarter leaves empty, the six moves.

mod activities;
mod activity;
mod activity_form;
mod asks;
mod chance;
mod changes;
mod coverage;
mod done;
mod goal;
mod goal_form;
mod looked;
mod milestone;
mod moves;
mod overview;
mod reflect;
mod rhythm;
mod route;
mod setback;
mod steps;
mod time;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::Metier;
use metier_app::words::day;

use crate::Shared;
use crate::layout::{Nav, Page};

/// The most bytes of the form of something done: a file or two, and text.
const UPLOAD_LIMIT: usize = 104 << 20;

pub fn routes() -> Router<Shared> {
    let upload = || DefaultBodyLimit::max(UPLOAD_LIMIT);
    Router::new()
        .route("/plan", get(overview::page))
        .route("/plan/changes", get(changes::page))
        .route("/plan/goal/new", get(goal_form::new).post(goal_form::add))
        .route("/plan/goal/{id}", get(goal::page))
        .route(
            "/plan/goal/{id}/change",
            get(goal_form::change).post(goal_form::save),
        )
        .route("/plan/goal/{id}/milestone", post(milestone::add))
        .route(
            "/plan/goal/{id}/milestone/{milestone}",
            get(milestone::page).post(milestone::save),
        )
        .route("/plan/goal/{id}/end", post(goal::end))
        .route("/plan/goal/{id}/again", post(goal::again))
        .route("/plan/activity", get(activities::page))
        .route(
            "/plan/activity/new",
            get(activity_form::new).post(activity_form::add),
        )
        .route("/plan/activity/{id}", get(activity::page))
        .route(
            "/plan/activity/{id}/change",
            get(activity_form::change).post(activity_form::save),
        )
        .route(
            "/plan/activity/{id}/done",
            get(done::form).post(done::record).layer(upload()),
        )
        .route("/plan/activity/{id}/just-done", post(done::just_done))
        .route("/plan/activity/{id}/drop", post(activity::drop_it))
        .route("/plan/activity/{id}/again", post(activity::again))
        .route("/plan/route", get(route::page))
        .route("/plan/route/take", post(route::take))
        .route("/plan/time", get(time::page))
        .route("/plan/time/aside", post(time::aside))
        .route("/plan/time/spent", post(time::spent))
        .route("/plan/time/take-back", post(time::take_back))
        .merge(looking_back())
        .merge(options())
}

fn looking_back() -> Router<Shared> {
    Router::new()
        .route("/plan/rhythm", get(rhythm::page).post(rhythm::save))
        .route("/plan/calendar.ics", get(rhythm::calendar))
        .route("/plan/reflect", get(reflect::page).post(reflect::add))
        .route("/plan/reflect/{id}", get(reflect::one).post(reflect::save))
        .route("/plan/setback", get(setback::page))
        .route("/plan/setback/new", get(setback::new).post(setback::add))
        .route("/plan/setback/{id}", get(setback::one).post(setback::save))
        .route("/plan/looked/{id}/take-back", post(looked::take_back))
}

fn options() -> Router<Shared> {
    Router::new()
        .route("/plan/coverage", get(coverage::page))
        .route("/plan/chance", get(chance::page))
        .route("/plan/chance/new", get(chance::new).post(chance::add))
        .route("/plan/chance/{id}", get(chance::one))
        .route("/plan/chance/{id}/change", get(chance::change).post(chance::save))
        .route("/plan/chance/{id}/end", post(chance::end))
        .route("/plan/chance/{id}/again", post(chance::again))
        .route("/plan/moves", get(moves::page))
        .route("/plan/moves/new", get(moves::new).post(moves::add))
        .route("/plan/moves/{id}", get(moves::one).post(moves::save))
}

/// The pages of the plan that stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    /// Everything at a glance.
    Glance,
    /// Reflections.
    Reflect,
    /// Setbacks.
    Setbacks,
    /// Opportunities.
    Chances,
    /// The eight areas and the eight strategies.
    Coverage,
    /// The six moves.
    Moves,
    /// The rhythm, and the calendar file.
    Rhythm,
}

/// The way between them, at the top of each.
fn beside(here: Here) -> Markup {
    let all = [
        (Here::Glance, "/plan", "At a glance"),
        (Here::Reflect, "/plan/reflect", "Look back"),
        (Here::Setbacks, "/plan/setback", "Setbacks"),
        (Here::Chances, "/plan/chance", "Opportunities"),
        (Here::Coverage, "/plan/coverage", "Areas and strategies"),
        (Here::Moves, "/plan/moves", "Six moves"),
        (Here::Rhythm, "/plan/rhythm", "Rhythm and calendar"),
    ];
    html! {
        nav aria-label="Plan" {
            ul.chips {
                @for (which, path, name) in all {
                    li { a.chip href=(path) aria-current=[(which == here).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// The way back to the plan, at the top of its pages.
fn crumbs() -> Markup {
    html! { p.crumbs { a href="/plan" { "Plan" } } }
}

/// A page under Plan.
fn under(title: impl Into<String>, metier: &Metier) -> Page {
    Page::new(title).under(Nav::Plan).of(metier)
}

/// The day of an instant, where the person is.
fn day_of(metier: &Metier, at: jiff::Timestamp) -> Date {
    at.to_zoned(metier.surroundings().zone.clone()).date()
}

/// What was shown when a button was drawn has changed since: in another window, or on another device.
fn changed_meanwhile(metier: &Metier, back: &str) -> Response {
    under("It has changed meanwhile", metier)
        .status(StatusCode::CONFLICT)
        .show(&html! {
            h1 { "It has changed meanwhile" }
            p.lead { "Since you opened the page, something else was recorded about it: in another window, or on another device. Nothing was recorded now." }
            div.act { a.btn href=(back) { "Look at how it stands now" } }
        })
}

/// What a form says whose thing was changed in another window: what was written is kept.
const CHANGED: &str = "It was changed meanwhile, in another window or on another device. What you wrote is still here; \
    look at how it stands now, then save again.";

/// Earlier wordings, latest first, folded: when, what differs, why.
fn earlier(metier: &Metier, wordings: &[(jiff::Timestamp, String, String)]) -> Markup {
    html! {
        @if wordings.len() > 1 {
            details.fold {
                summary { "How it was worded before (" (wordings.len() - 1) ")" }
                ol.lines.history reversed {
                    @for (n, (at, what, because)) in wordings.iter().enumerate().rev() {
                        li {
                            p.soft.small { (day(day_of(metier, *at))) @if n == 0 { " · first written down" } }
                            p { (what) }
                            @if !because.is_empty() { p { span.soft { "Because: " } (because) } }
                        }
                    }
                }
            }
        }
    }
}

//! The plan: goals and whether one is on the way, what is planned next, the route, time, and what changed.

mod activities;
mod activity;
mod activity_form;
mod asks;
mod changes;
mod done;
mod goal;
mod goal_form;
mod milestone;
mod overview;
mod route;
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

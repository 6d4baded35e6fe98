//! Where I stand: am I there, how sure, what next.

mod as_of;
mod cell;
mod map;
mod phone;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{Sight, planned_already};
use metier_core::id::CompetencyId;
use metier_core::next_step::{Next, Step};
use metier_core::standing::Difference;

use super::lead;
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page};
use crate::pages::guide::why;
use crate::problem::Problem;
pub use as_of::Day;
pub use cell::key;
pub use map::map;

pub fn routes() -> Router<Shared> {
    Router::new().route("/", get(stand))
}

async fn stand(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = shared.surroundings().today();
    let day = Day::read(&asked, today);
    let seen = day.sight(&shared, &metier).await?;
    let sight = &seen.sight;
    let framework = &sight.version.framework;
    let words = Words::new(framework, &sight.entries, day.shown);
    let since = seen.since_review()?;
    Ok(Page::new("Where I stand")
        .under(Nav::Stand)
        .of(&metier)
        .marks()
        .show(&html! {
            p.eyebrow { (eyebrow(sight)) }
            (headline(&words.headline(&sight.standing)))
            (day.notice(&sight.life.reviews))
            (credentials(sight, &words))
            @if !day.past() { (review_ahead(sight, today)) }
            @for agreed in sight.agreements_in_force() { (super::case::reminder(&agreed, day.shown)) }
            div.stand {
                section.card.first aria-labelledby="next" {
                    h2.label #next { "The one next step" }
                    (next_step(sight, &words))
                }
                section.card.since aria-labelledby="since" {
                    @match since {
                        Some((on, since)) => {
                            h2.label #since { "Since your review, " (words::day(*on)) }
                            (changed(&words, since))
                        }
                        None => {
                            h2.label #since { "Since your review" }
                            p { "No review is noted yet. From a noted one on, this shows what has changed." }
                        }
                    }
                    p { a href="/mastery/review" { "Note a review" } }
                }
                section.wide aria-labelledby="map" {
                    h2.hide #map { "Mastery map" }
                    (map(sight, &words, &day))
                    (phone::cards(sight, &words, &day))
                    (key(sight))
                }
                (day.form(&sight.life.reviews))
                section.wide.last {
                    p.soft.small {
                        "Progress and mastery are separate. Effort so far: "
                        a href="/did" { (words.effort(&sight.standing.effort)) }
                    }
                    (super::market::tell(sight))
                    p.soft.small { a href="/mastery/if-it-ended" { "If this job ended tomorrow: what would go with you" } }
                    (why(&["five-minutes", "your-part"]))
                }
            }
        }))
}

/// The review that is to be, or that was to be and of which nothing is noted yet.
fn review_ahead(sight: &Sight, today: Date) -> Markup {
    html! {
        @if let Some(next) = sight.life.next_review(today) {
            p.small {
                a href={ "/mastery/review?id=" (next.id) } { (words::planned(&next.what, Some(today))) } ". "
                a href="/show/review" { "Prepare it" } "."
            }
        } @else if let Some(was) = sight.life.review_to_note(today) {
            p.small {
                "It was to be: " (words::planned(&was.what, None)) ". "
                a href={ "/mastery/review?id=" (was.id) } { "Note what came out of it" } "."
            }
        }
    }
}

/// "Content marketer, aiming for Senior by June 2027".
fn eyebrow(sight: &Sight) -> Markup {
    let framework = &sight.version.framework;
    let who = if framework.practitioner.is_empty() {
        &framework.title
    } else {
        &framework.practitioner
    };
    let aim = sight.life.aim();
    let target = sight.target.as_ref().map(|t| t.name.as_str());
    let by = aim.and_then(|a| a.by).map(words::month_of);
    html! {
        (words::capital(who))
        @match (target, by) {
            (Some(target), Some(by)) => { ", aiming for " (target) " by " (by) }
            (Some(target), None) => { ", aiming for " (target) }
            (None, _) => { ", not aiming at a level yet" }
        }
    }
}

/// The first sentence is the heading; what follows it is smaller on a phone.
fn headline(text: &str) -> Markup {
    let (first, rest) = text
        .split_once(". ")
        .map_or((text, None), |(first, rest)| (first, Some(rest)));
    html! {
        h1.headline {
            (first)
            @if let Some(rest) = rest { ". " span { (rest) } }
        }
    }
}

fn credentials(sight: &Sight, words: &Words<'_>) -> Markup {
    let said: Vec<String> = sight
        .standing
        .credentials
        .iter()
        .filter_map(|c| words.credential(c))
        .collect();
    html! {
        @if !said.is_empty() {
            div.notice.warn {
                @for line in &said { p { (line) } }
                p { a href="/did/new?kind=credential" { "Record a credential or its renewal" } }
            }
        }
    }
}

fn next_step(sight: &Sight, words: &Words<'_>) -> Markup {
    let Some(Next { step, others }) = sight.next() else {
        return nothing_next(sight);
    };
    let things = sight.gap().things;
    let planned = planned_already(&sight.plan(), &sight.version.framework, &step.what);
    html! {
        p.big { (words.step(&step)) }
        p {
            (words.step_why(&step))
            @if let Some(id) = planned { " It is " a href={ "/plan/activity/" (id) } { "in your plan" } "." }
        }
        div.act {
            @if let Some(id) = planned { a.btn href={ "/plan/activity/" (id) "/done" } { "Done: record it" } }
            @else if let Some(lead) = lead::for_step(&step) { a.btn href=(lead.to) { (lead.says) } }
            @if let Some(first) = step.closes.first() {
                a.second href={ "/competency/" (first.competency) "#" (first.rung) } { "See what is there" }
            }
        }
        @if !things.is_empty() { p.small { (words::still_to_accomplish(&things)) " " a href="/mastery#things" { "What shows them" } } }
        details.link {
            summary { "Why this one?" }
            p { (words.step_choice(&step)) }
            @if !others.is_empty() {
                p { "The next best:" }
                ol { @for other in &others { li { (runner_up(other, words)) } } }
            }
        }
    }
}

fn runner_up(step: &Step, words: &Words<'_>) -> Markup {
    html! {
        @match lead::for_step(step) {
            Some(lead) => a href=(lead.to) { (words.step(step)) },
            None => (words.step(step)),
        }
        " " span.soft { (words.step_why(step)) }
    }
}

fn nothing_next(sight: &Sight) -> Markup {
    let things = sight.gap().things;
    html! {
        @if !things.is_empty() {
            p.big { (words::still_to_accomplish(&things)) }
            p { "Every step you asked of yourself is there. A significant thing is met with something you did." }
            div.act { a.btn href="/mastery#things" { "The significant things" } }
        } @else if sight.standing.target.is_some() {
            p.big { "Nothing is missing." }
            p { "Keep it fresh, or aim higher." }
            div.act { a.btn href="/start/aim" { "Aim higher" } }
        } @else {
            p.big { "Choose what to aim at." }
            p { "With a level to aim at, this says what is missing and what to do first." }
            div.act { a.btn href="/start/aim" { "Choose a level" } " " a href="/framework#levels" { "What the levels ask" } }
        }
    }
}

fn changed(words: &Words<'_>, since: &Difference) -> Markup {
    let lines = words.changed(since);
    html! {
        @if lines.is_empty() { p { "Nothing has changed on the map." } }
        ul.delta {
            @for line in &lines {
                li {
                    b { (line.count) }
                    span {
                        (line.what)
                        @for (i, competency) in named(line).iter().enumerate() {
                            @if i == 0 { ": " } @else { ", " }
                            a href={ "/competency/" (competency) } { (words.competency(competency)) }
                        }
                    }
                }
            }
        }
    }
}

/// The competencies of a line, when they are few enough to be named.
fn named(line: &words::Changed) -> &[CompetencyId] {
    if line.competencies.len() > 4 {
        &[]
    } else {
        &line.competencies
    }
}

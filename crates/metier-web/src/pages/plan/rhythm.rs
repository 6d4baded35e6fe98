//! The rhythm of looking back, what comes next by it, and the calendar file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day};
use metier_app::{AsOf, CalendarEvent, Titles};
use metier_core::plan::{DatedWhat, Plan, Rhythm};

use super::overview::Overview;
use super::{Here, beside, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{refused, status};
use crate::problem::Problem;

/// Weeks and months to choose from.
const WEEKS: [u8; 4] = [1, 2, 4, 8];
const MONTHS: [u8; 5] = [1, 3, 6, 12, 24];
/// Days of the calendar that are listed.
const LISTED: usize = 12;

/// The card on the plan: what comes next by the rhythm, and two minutes to look back.
pub fn glance(over: &Overview<'_>) -> Markup {
    let next = over.plan.next_by_rhythm(over.today);
    html! {
        section.card aria-labelledby="back" {
            h2.label #back { "Looking back" }
            @if next.is_empty() {
                p { "Two minutes every week or two: what you did, what you learnt, what is next. " a href="/plan/rhythm" { "Choose a rhythm" } }
            } @else {
                ul.plain { @for (what, on) in &next { li { (words::dated(*what)) ": " (day(*on)) } } }
            }
            (crate::pages::market::remind(over.sight, over.today))
            div.act {
                a.btn.quiet href="/plan/reflect" { "Look back now" }
                a href="/plan/rhythm" { "Rhythm and calendar" }
            }
        }
    }
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let today = metier.surroundings().today();
    let sent = filled(&plan, today);
    draw(&shared, asked.text("said"), &sent, &[]).await
}

fn filled(plan: &Plan<'_>, today: Date) -> Sent {
    let number = |n: Option<u8>| n.map_or_else(String::new, |n| n.to_string());
    match plan.rhythm(today) {
        Some(now) => Sent::default()
            .with("reflect", number(now.reflect_weeks))
            .with("review", number(now.review_months))
            .with("market", number(now.market_months)),
        None => Sent::default().with("reflect", "2").with("review", "6"),
    }
}

async fn draw(shared: &Shared, said: &str, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let today = metier.surroundings().today();
    let calendar = metier.calendar(Titles::Full).await?;
    let form = Shown { sent, faults };
    let content = html! {
        (beside(Here::Rhythm))
        h1 { "Rhythm and calendar" }
        @if said == "kept" { (notice(&html! { p { "From today this is your rhythm. The calendar file below has its days." } })) }
        (form.summary())
        p.lead { (in_force(&plan, today)) }
        div.two {
            div { (comes_next(&plan, today)) (crate::pages::market::remind(&seen.sight, today)) (calendar_file(&calendar.events, today)) }
            div { (rhythm_form(&form)) }
        }
    };
    Ok(under("Rhythm and calendar", &metier)
        .status(status(faults))
        .show(&content))
}

fn in_force(plan: &Plan<'_>, today: Date) -> String {
    match plan.rhythms.iter().rev().find(|r| r.what.from <= today) {
        Some(said) => words::rhythm(said.what),
        None => "No rhythm is chosen yet. One that is small is one that is kept: two minutes every two weeks, and a review with somebody twice a year.".into(),
    }
}

fn comes_next(plan: &Plan<'_>, today: Date) -> Markup {
    let next = plan.next_by_rhythm(today);
    html! {
        @if !next.is_empty() {
            section aria-labelledby="next" {
                h2 #next { "What comes next" }
                ul.lines {
                    @for (what, on) in &next {
                        li.entry {
                            div {
                                p.name { (words::dated(*what)) }
                                p.soft.small { (words::capital(&day(*on))) }
                            }
                            @match what {
                                DatedWhat::Reflection => a.btn.quiet.small href="/plan/reflect" { "Look back now" },
                                DatedWhat::Review => a.btn.quiet.small href="/mastery/review" { "Give the review its day" },
                                DatedWhat::Market => a.btn.quiet.small href="/market" { "Look at your adverts" },
                                _ => {},
                            }
                        }
                    }
                }
            }
        }
    }
}

fn calendar_file(events: &[CalendarEvent], today: Date) -> Markup {
    let coming: Vec<&CalendarEvent> = events
        .iter()
        .filter(|e| !e.cancelled && e.start >= today)
        .collect();
    let gone = events.iter().filter(|e| e.cancelled).count();
    html! {
        section aria-labelledby="calendar" {
            h2 #calendar { "For your calendar" }
            @if events.is_empty() {
                p { "There is no day to put into a calendar yet. Days come from a rhythm, from goals and milestones, from what is planned, and from answers that are due." }
            } @else {
                p { "A file that calendar programs take in. Take it in again when the plan has changed: days that moved are moved there, and days that are over are taken out. Only what you erase leaves no trace in the file: delete its day in the calendar yourself." }
                div.act {
                    a.btn href="/plan/calendar.ics" download="metier.ics" { "Calendar file" }
                    a href="/plan/calendar.ics?titles=full" download="metier.ics" { "The same with names and subjects" }
                }
                p.soft.small { "In the first file each day says only what sort of day it is, \u{201c}" (words::dated(DatedWhat::Milestone)) "\u{201d}, as colleagues may look into your calendar. In the second it says what the list below says. Both are marked private, which not every calendar program heeds." }
                @if coming.is_empty() { p { "No day in it is still to come." } }
                ul.lines.days { @for event in coming.iter().take(LISTED) { (line(event)) } }
                @if coming.len() > LISTED {
                    details.fold {
                        summary { "What comes after (" (coming.len() - LISTED) ")" }
                        ul.lines.days { @for event in coming.iter().skip(LISTED).take(150) { (line(event)) } }
                    }
                }
                @if gone > 0 {
                    p.soft.small { "The file also names " (words::plural(gone as u64, "day that no longer takes place", "days that no longer take place")) ", so that a calendar that has it takes it out." }
                }
            }
        }
    }
}

fn line(event: &CalendarEvent) -> Markup {
    html! { li { span.soft.small { (day(event.start)) } " " (event.title) } }
}

fn rhythm_form(form: &Shown<'_>) -> Markup {
    let options = |field: &str, some: &[u8], say: fn(u8) -> String| -> Vec<(String, String)> {
        let now: Option<u8> = form.sent.text(field).parse().ok();
        let mut numbers: Vec<u8> = some.iter().copied().chain(now).collect();
        numbers.sort_unstable();
        numbers.dedup();
        std::iter::once((String::new(), "not by a rhythm".to_owned()))
            .chain(numbers.into_iter().map(|n| (n.to_string(), say(n))))
            .collect()
    };
    let choice = |field: &str, label: &str, hint: &str, options: &[(String, String)]| {
        let options: Vec<(&str, &str)> = options.iter().map(|(v, n)| (v.as_str(), n.as_str())).collect();
        form.choice(Field::new(field, label).hint(hint), &options)
    };
    html! {
        section.card.first aria-labelledby="how-often" {
            h2.label #how-often { "How often" }
            form method="post" action="/plan/rhythm" {
                (choice("reflect", "Look back", "Two minutes, alone.", &options("reflect", &WEEKS, words::every_weeks)))
                (choice("review", "A review with somebody", "", &options("review", &MONTHS, words::every_months)))
                (choice("market", "Look at the field", "What is asked for, what is new.", &options("market", &MONTHS, words::every_months)))
                div.act { button.btn { "Keep this rhythm from today" } }
            }
            p.soft.small { "It changes as you like. A day that passes without a look back is a day that passed; nothing counts it." }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let mut number = |field: &str, most: u8| -> Option<u8> {
        let what = format!("Give a number from 1 to {most}, or none.");
        let read: Option<u8> = reading.read(field, &what);
        if read.is_some_and(|n| n == 0 || n > most) {
            reading.fault(field, what);
        }
        read
    };
    let rhythm = Rhythm {
        from: metier.surroundings().today(),
        reflect_weeks: number("reflect", 52),
        review_months: number("review", 60),
        market_months: number("market", 60),
    };
    let faults = match reading.done(rhythm) {
        Ok(rhythm) => match metier.set_rhythm(rhythm).await {
            Ok(_) => return Ok(see_other("/plan/rhythm?said=kept")),
            Err(error) => refused("reflect", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, "", &sent, &faults).await
}

/// The file itself.
pub async fn calendar(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let titles = match asked.text("titles") {
        "full" => Titles::Full,
        _ => Titles::Short,
    };
    let made = metier.calendar(titles).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"metier.ics\""),
    ];
    Ok((headers, made.bytes).into_response())
}

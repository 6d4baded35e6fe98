//! Time set aside and spent: never a percentage, never a streak.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, day, short_day, short_hours};
use metier_app::{AsOf, Metier};
use metier_core::id::EntryId;
use metier_core::plan::{Plan, Quarter, TimeKept, TimeSetAside, TimeSpent};

use super::activity_form::open_options;
use super::overview::{self, Overview};
use super::{crumbs, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::problem::Problem;

/// Weeks and quarters shown.
const WEEKS: u32 = 12;
const QUARTERS: u32 = 4;
/// Entries of time spent that are listed.
const LISTED: usize = 30;
/// Width and height of the drawing of two bars, in drawing units.
const WIDE: f64 = 300.0;

/// The card on the plan: this quarter so far, and an entry of ten seconds.
pub fn glance(over: &Overview<'_>, form: &Shown<'_>) -> Markup {
    let quarter = Quarter::of(over.today);
    let so_far = over.plan.time(quarter.from, over.today);
    let this_week = over.plan.weeks(over.today, 1);
    let nothing = over.plan.set_aside.is_empty() && over.plan.spent.is_empty();
    html! {
        section.card.time aria-labelledby="time" {
            h2.label #time { "Time for learning" }
            @if nothing {
                p { "An hour a week that is set aside is worth more than a day that is not. " a href="/plan/time" { "Set some aside" } }
            } @else {
                (two_bars(&so_far, "this quarter so far", "quarter"))
                p { (words::time_kept(&so_far)) " This quarter so far." }
                details.link {
                    summary { "As a table" }
                    (table("This week and this quarter so far", &[("This week".into(), this_week.first().copied()), ("This quarter so far".into(), Some(so_far))]))
                }
            }
            (entry(form, over.plan, over.today, "/plan"))
            p { a href="/plan/time" { "Week by week" } }
        }
    }
}

/// Two bars: set aside, outlined; spent, filled. The longer one takes the whole width.
fn two_bars(time: &TimeKept, when: &str, id: &str) -> Markup {
    let (aside, spent) = (time.planned.get(), time.spent.get());
    let most = aside.max(spent).max(0.1);
    let wide = |hours: f64| (hours / most * (WIDE - 2.0)).round();
    html! {
        svg.two-bars viewBox={ "0 0 " (WIDE) " 40" } role="img" aria-labelledby={ (id) "-t" } preserveAspectRatio="none" {
            title id={ (id) "-t" } { "Set aside " (short_hours(words::rounded(aside))) " hours, noted " (short_hours(spent)) " hours, " (when) }
            line x1="1" x2="1" y1="0" y2="40" class="axis" {}
            @if aside > 0.0 { rect class="aside" x="1" y="3" width=(wide(aside)) height="13" {} }
            @if spent > 0.0 { rect class="spent" x="1" y="24" width=(wide(spent)) height="13" {} }
        }
        ul.two-key.plain.small { li.aside { "set aside" } li.spent { "spent" } }
    }
}

fn table(name: &str, rows: &[(String, Option<TimeKept>)]) -> Markup {
    html! {
        table {
            caption { (name) ", in hours" }
            thead { tr { th scope="col" { "When" } th.n scope="col" { "Set aside" } th.n scope="col" { "Spent" } } }
            tbody {
                @for (when, time) in rows {
                    @if let Some(time) = time {
                        tr { td { (when) } td.n { (short_hours(words::rounded(time.planned.get()))) } td.n { (short_hours(time.spent.get())) } }
                    }
                }
            }
        }
    }
}

/// The entry of ten seconds: hours, and on what.
fn entry(form: &Shown<'_>, plan: &Plan<'_>, today: Date, back: &str) -> Markup {
    let open = open_options(plan, today);
    let options: Vec<(&str, &str)> = std::iter::once(("", "something else"))
        .chain(open.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    let more = form.sent.has("what") || form.sent.has("day") || form.faults.iter().any(|f| f.field == "day");
    html! {
        form.spend #spent method="post" action="/plan/time/spent" {
            input type="hidden" name="back" value=(back);
            div.inline {
                (form.line("number", Field::new("hours", "Hours spent")))
                (form.choice(Field::new("on", "On what").may_stay_empty(), &options))
                button.btn.quiet { "Note it" }
            }
            details.link open[more] {
                summary { "Another day, or in words" }
                (form.line("date", Field::new("day", "When").hint("Empty: today.").may_stay_empty()))
                (form.line("text", Field::new("what", "On what, in words").may_stay_empty()))
            }
        }
    }
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let sent = Sent::default().with("on", asked.text("on"));
    draw(&shared, asked.text("said"), &sent, &[]).await
}

async fn draw(shared: &Shared, said: &str, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let today = metier.surroundings().today();
    let form = Shown { sent, faults };
    let content = html! {
        (crumbs())
        h1.close { "Time for learning" }
        @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
        (form.summary())
        p.lead { (in_force(&plan, today)) }
        div.two {
            div {
                (by_week(&plan, today))
                (by_quarter(&plan, today))
            }
            div {
                section.card.first aria-labelledby="note" {
                    h2.label #note { "Time spent" }
                    (entry(&form, &plan, today, "/plan/time"))
                }
                (aside_form(&form, &plan, today))
                (noted(&plan))
            }
        }
    };
    Ok(under("Time for learning", &metier)
        .status(status(faults))
        .show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "spent" => "Noted. It counts as effort, and is kept apart from how good you are.",
        "aside" => "Set aside. What held before stays in the table below.",
        "back" => "Taken back.",
        _ => return None,
    })
}

fn in_force(plan: &Plan<'_>, today: Date) -> String {
    let said = plan.set_aside.iter().rev().find(|t| t.what.from <= today);
    match said {
        None => {
            "No time is set aside yet. Say how much of a week you mean to give, and when in the week.".into()
        }
        Some(said) if said.what.hours_a_week <= 0.0 => {
            format!("No time is set aside for now, since {}.", day(said.what.from))
        }
        Some(said) => {
            let when = if said.what.when.is_empty() {
                String::new()
            } else {
                format!(", {}", said.what.when)
            };
            format!(
                "{} a week set aside{when}, since {}.",
                words::capital(&words::exact(said.what.hours_a_week)),
                day(said.what.from)
            )
        }
    }
}

fn by_week(plan: &Plan<'_>, today: Date) -> Markup {
    let weeks = plan.weeks(today, WEEKS);
    let most = weeks
        .iter()
        .map(|w| w.planned.get().max(w.spent.get()))
        .fold(0.1, f64::max);
    html! {
        section aria-labelledby="weeks" {
            h2 #weeks { "Week by week" }
            table.weeks {
                caption { "Hours set aside and hours spent. A week without an entry is a week without an entry." }
                thead { tr { th scope="col" { "Week from" } th scope="col" { span.hide { "Drawing" } } th.n scope="col" { "Set aside" } th.n scope="col" { "Spent" } } }
                tbody {
                    @for week in weeks.iter().rev() {
                        tr {
                            td.nowrap { (short_day(week.from)) }
                            td.drawn { (small_bars(week, most)) }
                            td.n { (short_hours(words::rounded(week.planned.get()))) }
                            td.n { (short_hours(week.spent.get())) }
                        }
                    }
                }
            }
        }
    }
}

fn small_bars(time: &TimeKept, most: f64) -> Markup {
    let wide = |hours: f64| (hours / most * 98.0).round();
    let (aside, spent) = (wide(time.planned.get()), wide(time.spent.get()));
    html! {
        svg.two-bars viewBox="0 0 100 16" aria-hidden="true" preserveAspectRatio="none" {
            @if aside > 0.0 { rect class="aside" x="1" y="1.5" width=(aside) height="5" {} }
            @if spent > 0.0 { rect class="spent" x="1" y="9.5" width=(spent) height="5" {} }
        }
    }
}

fn by_quarter(plan: &Plan<'_>, today: Date) -> Markup {
    let name = |time: &TimeKept| {
        let quarter = (time.from.month() - 1) / 3 + 1;
        format!(
            "{} of {}",
            [
                "First quarter",
                "Second quarter",
                "Third quarter",
                "Fourth quarter"
            ][usize::from(quarter.unsigned_abs()) - 1],
            time.from.year()
        )
    };
    let rows: Vec<(String, Option<TimeKept>)> = plan
        .quarters(today, QUARTERS)
        .into_iter()
        .rev()
        .map(|q| (name(&q), Some(q)))
        .collect();
    html! {
        section aria-labelledby="quarters" {
            h2 #quarters { "By quarter" }
            (table("Whole quarters, this one to its end", &rows))
        }
    }
}

fn aside_form(form: &Shown<'_>, plan: &Plan<'_>, today: Date) -> Markup {
    let now = plan.set_aside.iter().rev().find(|t| t.what.from <= today);
    html! {
        section.card aria-labelledby="aside" {
            h2.label #aside { @if now.is_some() { "Set another time aside" } @else { "Set time aside" } }
            form method="post" action="/plan/time/aside" {
                (form.line("number", Field::new("hours-a-week", "Hours a week").hint("Nought: none for a while.")))
                (form.line("text", Field::new("when", "When in the week").optional().hint("Thursday mornings, the train home.")))
                (form.line("date", Field::new("from", "From when on").hint("Empty: today. What held before stays as it was until then.").may_stay_empty()))
                button.btn.quiet { "Set it aside" }
            }
        }
    }
}

fn noted(plan: &Plan<'_>) -> Markup {
    let name = |spent: &TimeSpent| {
        let planned = spent
            .planned
            .and_then(|id| plan.planned.iter().find(|p| p.id == id));
        match planned {
            Some(planned) if spent.on_what.is_empty() => planned.what.name.clone(),
            Some(planned) => format!("{}: {}", planned.what.name, spent.on_what),
            None if spent.on_what.is_empty() => "something".into(),
            None => spent.on_what.clone(),
        }
    };
    html! {
        @if !plan.spent.is_empty() {
            details.fold {
                summary { "Noted lately" }
                ul.lines {
                    @for spent in plan.spent.iter().rev().take(LISTED) {
                        li {
                            (words::capital(&words::exact(spent.what.hours))) " on " (name(spent.what))
                            div.row.soft.small {
                                (day(spent.on))
                                form method="post" action="/plan/time/take-back" {
                                    input type="hidden" name="entry" value=(spent.id);
                                    button.as-link { "take it back" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub async fn spent(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let hours: Option<f64> = reading.read("hours", "Write a number of hours, as in 1 or 0.5.");
    if !sent.has("hours") {
        reading.fault("hours", "Say how many hours.");
    }
    let planned: Option<EntryId> = reading.read("on", "Choose one of the list.");
    let on = reading.past_day("day", metier.surroundings().today());
    let noted = TimeSpent {
        hours: hours.unwrap_or_default(),
        planned,
        on_what: sent.text("what").to_owned(),
    };
    let back = if sent.text("back") == "/plan/time" {
        "/plan/time"
    } else {
        "/plan"
    };
    let faults = match reading.done(noted) {
        Ok(noted) => match metier.spent(noted, on).await {
            Ok(_) => return Ok(see_other(&format!("{back}?said=spent"))),
            Err(error) => refused("hours", error)?,
        },
        Err(faults) => faults,
    };
    if back == "/plan" {
        return overview::draw(&shared, "", &sent, &faults).await;
    }
    draw(&shared, "", &sent, &faults).await
}

pub async fn aside(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let hours: Option<f64> = reading.read("hours-a-week", "Write a number of hours, as in 4 or 1.5.");
    if !sent.has("hours-a-week") {
        reading.fault("hours-a-week", "Say how many hours a week; 0 for none.");
    }
    if hours.is_some_and(|h| !(0.0..=168.0).contains(&h)) {
        reading.fault("hours-a-week", "Give a number from 0 to 168.");
    }
    let from = reading
        .day("from")
        .unwrap_or_else(|| metier.surroundings().today());
    let aside = TimeSetAside {
        hours_a_week: hours.unwrap_or_default(),
        from,
        when: sent.text("when").to_owned(),
    };
    let faults = match reading.done(aside) {
        Ok(aside) => match metier.set_aside(aside).await {
            Ok(_) => return Ok(see_other("/plan/time?said=aside")),
            Err(error) => refused("hours-a-week", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, "", &sent, &faults).await
}

/// Takes back time that was noted; nothing else goes by this form.
pub async fn take_back(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier: std::sync::Arc<Metier> = shared.started().await?;
    let entry = entry_of(sent.text("entry"))?;
    let there = {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        plan.spent.iter().any(|s| s.id == entry)
    };
    if !there {
        return Err(Problem::not_found(
            "no time is noted by this entry; it may have been taken back before",
        ));
    }
    metier.withdraw(entry, "").await?;
    Ok(see_other("/plan/time?said=back"))
}

//! Writing a goal down, and wording it otherwise with the reason.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::Words;
use metier_app::{AsOf, GoalSeen, Metier, Sight};
use metier_core::framework::Framework;
use metier_core::id::{EntryId, LevelId, ThingId};
use metier_core::journal::view;
use metier_core::mastery::{Mastery, Significant};
use metier_core::plan::{Goal, ThingOf};

use super::{CHANGED, asks, crumbs, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

/// The form of a new goal: empty, or begun with a level or a significant thing of one's own definition.
pub async fn new(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let mut sent = Sent::default();
    let level = LevelId::new(asked.text("level")).ok();
    if let Some(level) = level.and_then(|id| sight.version.framework.level(&id)) {
        sent = asks::fill(sent.with("title", level.name.as_str()), &level.expectations);
        if let Some(by) = sight.life.aim().and_then(|aim| aim.by) {
            sent = sent.with("by", by.to_string());
        }
    }
    let things = things(sight);
    if let Some((of, thing)) = things.iter().find(|(_, t)| t.id.as_str() == asked.text("thing")) {
        sent = sent
            .with("title", thing.what.as_str())
            .with("thing", thing_word(*of, &thing.id));
    }
    Ok(draw(&metier, sight, None, &sent, &[]))
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let today = metier.surroundings().today();
    let faults = match read(&sent, &seen.sight, None, today) {
        Ok((goal, _)) => match metier.add_goal(goal).await {
            Ok(id) => return Ok(see_other(&format!("/plan/goal/{id}?said=added"))),
            Err(error) => refused("title", error)?,
        },
        Err(faults) => faults,
    };
    Ok(draw(&metier, &seen.sight, None, &sent, &faults))
}

pub async fn change(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let goal = seen.sight.goal(&plan, entry_of(&id)?)?;
    let sent = filled(&goal);
    Ok(draw(&metier, &seen.sight, Some(&goal), &sent, &[]))
}

pub async fn save(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let goal = seen.sight.goal(&plan, entry_of(&id)?)?;
    let today = metier.surroundings().today();
    let mut faults = match read(&sent, &seen.sight, Some(goal.goal), today) {
        Ok((new, because)) if goal.mark() == sent.text("mark") => {
            match metier.change_goal(goal.id, new, &because).await {
                Ok(()) => return Ok(see_other(&format!("/plan/goal/{id}?said=changed"))),
                Err(error) => refused("because", error)?,
            }
        }
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    if goal.mark() != sent.text("mark") {
        faults.push(Fault {
            field: "title".into(),
            what: CHANGED.into(),
        });
    }
    Ok(draw(&metier, &seen.sight, Some(&goal), &sent, &faults))
}

fn filled(seen: &GoalSeen<'_>) -> Sent {
    let goal = seen.goal;
    let mut sent = Sent::default()
        .with("title", goal.title.as_str())
        .with("why", goal.why.as_str())
        .with("by", goal.by.map(|by| by.to_string()).unwrap_or_default());
    if let Some(of) = &goal.thing {
        sent = sent.with("thing", thing_word(of.definition, &of.thing));
    }
    asks::fill(sent, &goal.asks)
}

/// The significant things of one's own definition that are not there yet.
fn things(sight: &Sight) -> Vec<(EntryId, &Significant)> {
    let here = view(&sight.entries, sight.standing.known_at);
    let mastery = Mastery::of(&here, &sight.version.framework.family);
    let Some(definition) = mastery.definition() else {
        return Vec::new();
    };
    definition
        .what
        .things
        .iter()
        .map(|t| (definition.id, t))
        .collect()
}

fn thing_word(definition: EntryId, thing: &ThingId) -> String {
    format!("{definition}/{thing}")
}

fn draw(
    metier: &Metier,
    sight: &Sight,
    before: Option<&GoalSeen<'_>>,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let framework = &sight.version.framework;
    let form = Shown { sent, faults };
    let title = if before.is_some() {
        "Change the goal"
    } else {
        "What do you want to reach?"
    };
    let content = html! {
        (crumbs())
        div.narrow {
            h1 { (title) }
            (form.summary())
            @if let (Some(before), true) = (before, faults.iter().any(|f| f.what == CHANGED)) { (stands_now(before, sight)) }
            @if before.is_none() && !sent.has("title") { (beginnings(framework)) }
            form method="post" {
                // The state that is shown above is the one that is changed next.
                @if let Some(before) = before { input type="hidden" name="mark" value=(before.mark()); }
                (form.line("text", Field::new("title", "The goal, in one line")))
                (form.lines(2, Field::new("why", "What it is good for").optional()))
                (form.line("date", Field::new("by", "By when").optional().hint("Without a day there is nothing to be late for.")))
                (thing_choice(&form, sight))
                (asks::draw(&form, framework))
                @if before.is_some() {
                    (form.lines(2, Field::new("because", "Why did you change it?").hint("A sentence will do. What it was before stays readable.")))
                }
                div.act {
                    button.btn { @if before.is_some() { "Save the change" } @else { "Write it down" } }
                    @match before {
                        Some(before) => a href={ "/plan/goal/" (before.id) } { "Leave it" },
                        None => a href="/plan" { "Leave it" },
                    }
                }
            }
        }
    };
    under(title, metier).status(status(faults)).show(&content)
}

/// How it stands now, beside what was written in this window.
fn stands_now(before: &GoalSeen<'_>, sight: &Sight) -> Markup {
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let asks: Vec<String> = before
        .goal
        .asks
        .iter()
        .map(|a| format!("{} ({})", words.competency(&a.competency), words.rung(&a.rung)))
        .collect();
    html! {
        section.card aria-labelledby="now" {
            h2.label #now { "How it stands now" }
            p.name { (before.goal.title) }
            @if !before.goal.why.is_empty() { p { (before.goal.why) } }
            p.soft {
                @match before.goal.by { Some(by) => { "By " (metier_app::words::day(by)) }, None => { "Without a day" } }
                @if !asks.is_empty() { ". It takes " (asks.join(", ")) }
                "."
            }
            @if !before.goal.because.is_empty() { p.soft { "Last changed because: " (before.goal.because) } }
        }
    }
}

/// Ways to begin with something that is there.
fn beginnings(framework: &Framework) -> Markup {
    html! {
        @if !framework.levels.is_empty() {
            p.hint { "Begin with what a level asks, or from nothing:" }
            ul.chips {
                @for level in &framework.levels {
                    li { a.chip href={ "/plan/goal/new?level=" (level.id) } { (level.name) } }
                }
            }
        }
    }
}

fn thing_choice(form: &Shown<'_>, sight: &Sight) -> Markup {
    let things = things(sight);
    let options: Vec<(String, &str)> = things
        .iter()
        .map(|(of, thing)| (thing_word(*of, &thing.id), thing.what.as_str()))
        .collect();
    let choices: Vec<(&str, &str)> = std::iter::once(("", "none"))
        .chain(options.iter().map(|(word, what)| (word.as_str(), *what)))
        .collect();
    html! {
        @if !things.is_empty() {
            (form.choice(Field::new("thing", "Is it one of the significant things of your own definition of mastery?").may_stay_empty(), &choices))
        }
    }
}

/// The goal a form says, and why it changed.
fn read(
    sent: &Sent,
    sight: &Sight,
    before: Option<&Goal>,
    today: Date,
) -> Result<(Goal, String), Vec<Fault>> {
    let framework = &sight.version.framework;
    let mut reading = Reading::of(sent);
    let title = reading.needed("title", "Say in one line what you want to reach.");
    let by = reading.day("by");
    if before.is_none_or(|b| b.by != by) && by.is_some_and(|by| by < today) {
        reading.fault("by", "This day has passed. Name one to come, or none.");
    }
    let because = match before {
        Some(_) => reading.needed("because", "Say in a sentence why it changes."),
        None => String::new(),
    };
    let thing = sent
        .text("thing")
        .split_once('/')
        .and_then(|(definition, thing)| {
            let read = definition.parse().ok().zip(ThingId::new(thing).ok());
            if read.is_none() {
                reading.fault("thing", "This is none of the list; choose one of it, or none.");
            }
            read.map(|(definition, thing)| ThingOf { definition, thing })
        });
    // What belongs to another profession is not in this form, and stays.
    let elsewhere = before.filter(|b| b.family.as_ref().is_some_and(|f| *f != framework.family));
    let chosen = asks::read(&mut reading, sent, framework, before.map_or(&[], |b| &b.asks));
    let (family, asks) = match elsewhere {
        Some(b) if chosen.is_empty() => (b.family.clone(), b.asks.clone()),
        _ => (Some(framework.family.clone()), chosen),
    };
    reading.done((
        Goal {
            title,
            why: sent.text("why").to_owned(),
            family: family.filter(|_| !asks.is_empty()),
            asks,
            thing,
            by,
            milestones: before.map(|b| b.milestones.clone()).unwrap_or_default(),
            because: before.map(|b| b.because.clone()).unwrap_or_default(),
        },
        because,
    ))
}

//! One goal: whether one is on the way, its milestones, what it takes, what is planned for it, its history.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, EndGoal, GoalSeen, Metier, Sight, goal_wordings, planned_seen};
use metier_core::framework::Expectation;
use metier_core::plan::{GoalEnding, Plan, goal_changes};

use super::overview::planned_line;
use super::{changed_meanwhile, crumbs, earlier, milestone, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::mark::mark;
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, &id, asked.text("said"), &Sent::default(), &[]).await
}

/// The page; `sent` is a form of it that came back with faults.
pub async fn draw(
    shared: &Shared,
    id: &str,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let goal = sight.goal(&plan, entry_of(id)?)?;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let shown = Shown { sent, faults };
    let content = html! {
        (crumbs())
        h1.close { (goal.goal.title) }
        @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
        (shown.summary())
        p.lead { span.chip { (words::capital(words::track_state(goal.track.state))) } " " (words.on_track(&goal)) }
        div.two {
            div {
                @if !goal.goal.why.is_empty() { p { (goal.goal.why) } }
                (milestone::section(&goal, &words, &shown))
                (planned(&goal, &plan, &words))
            }
            div {
                (facts(&goal, sight))
                (takes(&goal, sight, &words))
                (ending(&goal, &shown))
            }
        }
        (history(&metier, sight, &goal, &words))
    };
    Ok(under(goal.goal.title.as_str(), &metier)
        .marks()
        .status(status(faults))
        .show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "added" => "Written down. Milestones on the way make it easier to see where you are.",
        "changed" => "Changed. What it was before stays readable below.",
        "milestone" => "The milestone is written down.",
        "met" => "Noted: the milestone is there.",
        "ended" => "Noted.",
        "again" => "It is open again.",
        "planned" => "It is in your plan.",
        _ => return None,
    })
}

fn facts(seen: &GoalSeen<'_>, sight: &Sight) -> Markup {
    let thing = seen.goal.thing.as_ref().map(|of| {
        let here = metier_core::journal::view(&sight.entries, sight.standing.known_at);
        let mastery = metier_core::mastery::Mastery::of(&here, &sight.version.framework.family);
        let mut definitions = mastery.definitions.iter().filter(|d| d.id == of.definition);
        let what = definitions.find_map(|d| d.what.things.iter().find(|t| t.id == of.thing));
        what.map_or("one that is no longer in your definition", |t| t.what.as_str())
    });
    html! {
        section.card aria-label="About it" {
            dl.facts {
                dt { "By" } dd { @match seen.goal.by { Some(by) => (day(by)), None => "no day" } }
                @if let Some(thing) = thing { dt { "A significant thing of your own definition of mastery" } dd { (thing) } }
            }
            div.act { a.btn.quiet href={ "/plan/goal/" (seen.id) "/change" } { "Change it" } }
        }
    }
}

/// Competencies of a goal that are shown before the rest is folded.
const TAKES: usize = 8;

fn takes(seen: &GoalSeen<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let asks = &seen.goal.asks;
    let (first, rest) = asks.split_at(asks.len().min(TAKES));
    html! {
        @if !asks.is_empty() {
            section aria-labelledby="takes" {
                h2 #takes { "What it takes" }
                ul.lines { @for asked in first { (taken(asked, seen, sight, words)) } }
                @if !rest.is_empty() {
                    details.fold {
                        summary { "And " (rest.len()) " more" }
                        ul.lines { @for asked in rest { (taken(asked, seen, sight, words)) } }
                    }
                }
            }
        }
    }
}

fn taken(asked: &Expectation, seen: &GoalSeen<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let here = seen.goal.family.as_ref() == Some(&sight.version.framework.family);
    let standing = sight.standing.competency(&asked.competency).filter(|_| here);
    let rung = standing.and_then(|c| c.rung(&asked.rung));
    html! {
        li {
            @if let Some(rung) = rung { (mark(rung.state, rung.grade)) " " }
            @if here { a href={ "/competency/" (asked.competency) "#" (asked.rung) } { (words.competency(&asked.competency)) } }
            @else { (words.competency(&asked.competency)) }
            ", " (words.rung(&asked.rung))
            @match rung {
                Some(rung) => span.soft { ": " (words::state(rung.state, rung.grade)) },
                None => span.soft { ": of another profession than the one you aim at" },
            }
        }
    }
}

fn planned(seen: &GoalSeen<'_>, plan: &Plan<'_>, words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="planned" {
            h2 #planned { "Planned for it" }
            @if seen.planned.is_empty() { p.soft { "Nothing yet. Something with hours and days is easier to begin than a wish." } }
            ul.lines {
                @for id in &seen.planned {
                    @if let Ok(one) = planned_seen(plan, *id) { (planned_line(words, &one)) }
                }
            }
            @if seen.ended.is_none() {
                div.act { a.btn.quiet href={ "/plan/activity?goal=" (seen.id) } { "Plan something for it" } }
            }
        }
    }
}

fn ending(seen: &GoalSeen<'_>, shown: &Shown<'_>) -> Markup {
    html! {
        @if seen.ended.is_some() {
            form method="post" action={ "/plan/goal/" (seen.id) "/again" } {
                input type="hidden" name="mark" value=(seen.mark());
                button.btn.quiet { "Open it again" }
            }
        } @else {
            details.fold open[shown.faults.iter().any(|f| f.field == "reason")] {
                summary { "It came to its end" }
                form method="post" action={ "/plan/goal/" (seen.id) "/end" } {
                    input type="hidden" name="mark" value=(seen.mark());
                    (shown.choice(Field::new("how", "How"), &[("reached", "reached"), ("let-go", "let go")]))
                    (shown.lines(2, Field::new("reason", "What came of it, or why you let it go").may_stay_empty()
                        .hint("Letting go says why; later you will want to know.")))
                    (shown.line("date", Field::new("on", "When").hint("Empty: today.").may_stay_empty()))
                    button.btn.quiet { "Record it" }
                }
            }
        }
    }
}

fn history(metier: &Metier, sight: &Sight, seen: &GoalSeen<'_>, words: &Words<'_>) -> Markup {
    let wordings = goal_wordings(&sight.entries, seen.id);
    let mut told = Vec::with_capacity(wordings.len());
    for (n, wording) in wordings.iter().enumerate() {
        let what = match n.checked_sub(1).and_then(|n| wordings.get(n)) {
            None => format!(
                "\u{201c}{}\u{201d}{}",
                wording.what.title,
                wording
                    .what
                    .by
                    .map_or_else(String::new, |by| format!(", by {}", day(by)))
            ),
            Some(before) => words::capital(&words.goal_changes(&goal_changes(before.what, wording.what))),
        };
        told.push((wording.recorded_at, what, wording.what.because.clone()));
    }
    earlier(metier, &told)
}

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let goal = seen.sight.goal(&plan, entry_of(&id)?)?;
    if goal.mark() != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &format!("/plan/goal/{id}")));
    }
    let mut reading = Reading::of(&sent);
    let how = match sent.text("how") {
        "reached" => GoalEnding::Reached,
        _ => GoalEnding::LetGo,
    };
    let reason = match how {
        GoalEnding::LetGo => reading.needed("reason", "Say why you let it go: a sentence will do."),
        GoalEnding::Reached => sent.text("reason").to_owned(),
    };
    let on = reading.past_day("on", metier.surroundings().today());
    let faults = match reading.done(EndGoal { how, reason, on }) {
        Ok(end) => match metier.end_goal(goal.id, end).await {
            Ok(_) => return Ok(see_other(&format!("/plan/goal/{id}?said=ended"))),
            Err(error) => refused("reason", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, &id, "", &sent, &faults).await
}

pub async fn again(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let goal = seen.sight.goal(&plan, entry_of(&id)?)?;
    if goal.mark() != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &format!("/plan/goal/{id}")));
    }
    metier.reopen_goal(goal.id, "").await?;
    Ok(see_other(&format!("/plan/goal/{id}?said=again")))
}

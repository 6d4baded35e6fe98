//! Milestones of a goal: added, moved, met with what shows it, taken out.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, day};
use metier_app::{AsOf, GoalSeen, MilestoneDo, deeds};
use metier_core::id::{EntryId, ThingId};
use metier_core::plan::Milestone;

use super::{changed_meanwhile, goal, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

/// How many things that happened are offered as what shows a milestone.
const OFFERED: usize = 40;

/// The milestones of a goal, and the form of another.
pub fn section(seen: &GoalSeen<'_>, words: &Words<'_>, shown: &Shown<'_>) -> Markup {
    html! {
        section aria-labelledby="milestones" {
            h2 #milestones { "Milestones" }
            @if seen.goal.milestones.is_empty() { p.soft { "None yet. What would have to be there halfway?" } }
            ol.milestones.plain {
                @for milestone in &seen.goal.milestones { (line(seen, milestone, words)) }
            }
            @if seen.ended.is_none() {
                details.link open[shown.sent.has("milestone") || seen.goal.milestones.is_empty()] {
                    summary { "Add a milestone" }
                    form.inline method="post" action={ "/plan/goal/" (seen.id) "/milestone" } {
                        (shown.line("text", Field::new("milestone", "What is to be there")))
                        (shown.line("date", Field::new("milestone-by", "By when").may_stay_empty()))
                        button.btn.quiet { "Add it" }
                    }
                }
            }
        }
    }
}

fn line(seen: &GoalSeen<'_>, milestone: &Milestone, words: &Words<'_>) -> Markup {
    let met = milestone.met_on.is_some();
    html! {
        li.met[met] {
            p.name { a href={ "/plan/goal/" (seen.id) "/milestone/" (milestone.id) } { (milestone.what) } }
            p.soft.small {
                @match (milestone.met_on, milestone.by) {
                    (Some(on), _) => { "There since " (day(on)) }
                    (None, Some(by)) => { "By " (day(by)) }
                    (None, None) => "Without a day",
                }
                @for id in &milestone.shown_by {
                    " · " a href={ "/did/" (id) } { (words.evidence(id)) }
                }
            }
        }
    }
}

pub async fn add(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let goal_id = entry_of(&id)?;
    let mut reading = Reading::of(&sent);
    let what = reading.needed("milestone", "Say what is to be there.");
    let by = reading.day("milestone-by");
    let faults = match reading.done(MilestoneDo::Add { what, by }) {
        Ok(add) => match metier.milestone(goal_id, add).await {
            Ok(()) => return Ok(see_other(&format!("/plan/goal/{id}?said=milestone#milestones"))),
            Err(error) => refused("milestone", error)?,
        },
        Err(faults) => faults,
    };
    goal::draw(&shared, &id, "", &sent, &faults).await
}

pub async fn page(
    State(shared): State<Shared>,
    Path((id, milestone)): Path<(String, String)>,
) -> Result<Response, Problem> {
    draw(&shared, &id, &milestone, None, &[]).await
}

async fn draw(
    shared: &Shared,
    id: &str,
    which: &str,
    sent: Option<&Sent>,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let goal = seen.sight.goal(&plan, entry_of(id)?)?;
    let milestone = find(&goal, which)?;
    let filled = Sent::default()
        .with("what", milestone.what.as_str())
        .with("by", milestone.by.map(|by| by.to_string()).unwrap_or_default());
    let shown = Shown {
        sent: sent.unwrap_or(&filled),
        faults,
    };
    let happened = deeds(&seen.sight.entries);
    let offered: Vec<(String, String)> = happened
        .iter()
        .filter(|d| d.taken_back.is_none())
        .take(OFFERED)
        .map(|d| {
            let said = format!(
                "{}: {}",
                day(d.wording.on),
                crate::pages::did::line::short(&d.wording.evidence.title)
            );
            (d.id.to_string(), said)
        })
        .collect();
    let options: Vec<(&str, &str)> = std::iter::once(("", "nothing that is recorded"))
        .chain(offered.iter().map(|(id, said)| (id.as_str(), said.as_str())))
        .collect();
    let mark = goal.mark();
    let met = milestone.met_on.is_some();
    let content = html! {
        p.crumbs { a href="/plan" { "Plan" } " / " a href={ "/plan/goal/" (id) } { (goal.goal.title) } }
        div.narrow {
            h1 { (milestone.what) }
            (shown.summary())
            @if let Some(on) = milestone.met_on { p.lead { "There since " (day(on)) "." } }
            @if !met {
                section.card.first aria-labelledby="there" {
                    h2.label #there { "It is there" }
                    form method="post" {
                        input type="hidden" name="mark" value=(mark);
                        (shown.line("date", Field::new("on", "Since when").hint("Empty: today.").may_stay_empty()))
                        (shown.choice(Field::new("shown-by", "What shows it").hint("Of what you recorded lately.").may_stay_empty(), &options))
                        button.btn name="do" value="met" { "It is there" }
                    }
                    p { a href="/did/new" { "Record what shows it first" } }
                }
            }
            section aria-labelledby="change" {
                h2 #change { "Change it" }
                form method="post" {
                    input type="hidden" name="mark" value=(mark);
                    (shown.line("text", Field::new("what", "What is to be there")))
                    (shown.line("date", Field::new("by", "By when").may_stay_empty()))
                    (shown.lines(2, Field::new("because", "Why did you change it?")))
                    div.act {
                        button.btn.quiet name="do" value="change" { "Save the change" }
                        @if met { button.btn.quiet name="do" value="open" { "It is not there after all" } }
                        button.btn.risky name="do" value="drop" { "Take it out" }
                    }
                }
            }
        }
    };
    Ok(under(milestone.what.as_str(), &metier)
        .status(status(faults))
        .show(&content))
}

fn find<'g>(goal: &GoalSeen<'g>, which: &str) -> Result<&'g Milestone, Problem> {
    let found = goal.goal.milestones.iter().find(|m| m.id.as_str() == which);
    found.ok_or_else(|| Problem::not_found("the goal has no such milestone; it may have been taken out"))
}

pub async fn save(
    State(shared): State<Shared>,
    Path((id, which)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (goal_id, back) = (entry_of(&id)?, format!("/plan/goal/{id}"));
    {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let plan = seen.sight.plan();
        let goal = seen.sight.goal(&plan, goal_id)?;
        find(&goal, &which)?;
        if goal.mark() != sent.text("mark") {
            return Ok(changed_meanwhile(&metier, &back));
        }
    }
    let milestone = ThingId::new(which.as_str()).map_err(|e| Problem::not_found(e.to_string()))?;
    let faults = match read(&sent, milestone, metier.surroundings().today()) {
        Ok(what) => {
            let said = if matches!(what, MilestoneDo::Met { .. }) {
                "met"
            } else {
                "changed"
            };
            match metier.milestone(goal_id, what).await {
                Ok(()) => return Ok(see_other(&format!("{back}?said={said}"))),
                Err(error) => refused("because", error)?,
            }
        }
        Err(faults) => faults,
    };
    draw(&shared, &id, &which, Some(&sent), &faults).await
}

fn read(sent: &Sent, id: ThingId, today: jiff::civil::Date) -> Result<MilestoneDo, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    if sent.text("do") == "met" {
        let on = reading.past_day("on", today);
        let shown_by: Option<EntryId> = reading.read("shown-by", "Choose one of the list, or nothing.");
        return reading.done(MilestoneDo::Met {
            id,
            on,
            shown_by: shown_by.into_iter().collect(),
        });
    }
    let because = reading.needed("because", "Say in a sentence why it changes.");
    match sent.text("do") {
        "open" => reading.done(MilestoneDo::Open { id, because }),
        "drop" => reading.done(MilestoneDo::Drop { id, because }),
        _ => {
            let what = reading.needed("what", "Say what is to be there.");
            let by = reading.day("by");
            reading.done(MilestoneDo::Change {
                id,
                what,
                by,
                because,
            })
        }
    }
}

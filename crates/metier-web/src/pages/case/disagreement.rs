//! One disagreement: which step and criterion, who sees what, what would convince, by when, how it ended.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day, days_left};
use metier_app::{AsOf, Metier, Sight, WriteDown, stands_as};
use metier_core::disagreement::{DisagreementState, Ending};
use metier_core::framework::Competency;
use metier_core::id::RungId;
use metier_core::rating::Role;

use super::{changed_meanwhile, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// Ways to end, as forms write them.
const ENDINGS: [(&str, Ending); 5] = [
    ("convinced", Ending::Convinced),
    ("seen", Ending::SeenAsTheyDo),
    ("criterion", Ending::CriterionChanged),
    ("decision", Ending::DecisionStands),
    ("open", Ending::StaysOpen),
];

/// The form to write one down; which competency is in the address.
pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let mut sent = Sent::default()
        .with("competency", asked.text("competency"))
        .with("agreement", asked.text("agreement"));
    if let Ok(about) = about(&seen.sight, asked.text("competency"))
        && let Some(standing) = seen.sight.standing.competency(&about.id)
        && let Some(differing) = seen.sight.differing_on(standing)
    {
        // Who sees it lowest is to be convinced, of the next step above.
        let lowest = differing.sides.iter().find(|s| s.role != Role::Oneself);
        if let Some(lowest) = lowest {
            let next = standing.rungs.get(lowest.place).map_or("", |r| r.rung.as_str());
            sent = sent.with("whom", lowest.who.clone()).with("rung", next);
        }
    }
    new(&metier, &seen.sight, &sent, &[])
}

fn about<'s>(sight: &'s Sight, word: &str) -> Result<&'s Competency, Problem> {
    let framework = &sight.version.framework;
    framework
        .competencies
        .iter()
        .find(|c| c.id.as_str() == word)
        .ok_or_else(|| Problem::not_found(format!("{} has no competency `{word}`", framework.title)))
}

/// The steps of a competency, as a choice.
pub fn steps<'s>(sight: &'s Sight, words: &'s Words<'_>) -> Vec<(&'s str, &'s str)> {
    sight
        .version
        .framework
        .ladder
        .active()
        .map(|r| (r.id.as_str(), words.rung_title(&r.id)))
        .collect()
}

fn new(metier: &Metier, sight: &Sight, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let about = about(sight, sent.text("competency"))?;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let shown = Shown { sent, faults };
    let others: Vec<&str> = sight.standing.competency(&about.id).map_or_else(Vec::new, |c| {
        c.ratings
            .iter()
            .filter(|r| r.role != Role::Oneself)
            .map(|r| r.rater.as_str())
            .collect()
    });
    let whom: Vec<(&str, &str)> = others.iter().map(|name| (*name, *name)).collect();
    let rung: Option<RungId> = sent.text("rung").parse().ok();
    Ok(Page::new("Write it down").under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/people/disagreements" { "Where people differ" } " / " (about.name) }
                h1 { "What would settle it?" }
                p.lead.soft { (about.name) }
                (shown.summary())
                @if whom.is_empty() {
                    p { "Nobody else has said yet where they see you on it. " a href={ "/competency/" (about.id) "#people" } { "Record what somebody says" } " first." }
                } @else {
                    form method="post" action="/people/disagreements/new" {
                        input type="hidden" name="competency" value=(about.id);
                        input type="hidden" name="agreement" value=(sent.text("agreement"));
                        (shown.choice(Field::new("whom", "Who is to be convinced"), &whom))
                        (shown.choice(Field::new("rung", "Of which step"), &steps(sight, &words)))
                        (shown.lines(3, Field::new("convincing", "What would convince them, in their words").hint("Ask them. It can be added later by writing it down anew.").optional()))
                        (method(sight, about, rung.as_ref(), &words)?)
                        (shown.line("date", Field::new("by", "By when").optional()))
                        div.act { button.btn { "Write it down" } a href="/people/disagreements" { "Leave it" } }
                    }
                }
            }
        }))
}

/// What the method would propose, beside what they say.
fn method(
    sight: &Sight,
    about: &Competency,
    rung: Option<&RungId>,
    words: &Words<'_>,
) -> Result<Markup, Problem> {
    let found = match rung {
        Some(rung) => sight.would_convince(&about.id, rung)?,
        None => sight.convince(&about.id)?,
    };
    let told = found.and_then(|found| words.would_tell(&found));
    Ok(html! {
        @if let Some(told) = told {
            p.notice.small { "By what is recorded, most would be told by " (told) ". That is the method's proposal, not theirs." }
        }
    })
}

pub async fn write(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let by = reading.day("by");
    let whom = reading.needed("whom", "Say who is to be convinced.");
    let agreement = reading.read("agreement", "The agreement it belongs to is not known.");
    let faults = if let Err(faults) = reading.done(()) {
        faults
    } else {
        let down = WriteDown {
            competency: sent.text("competency").to_owned(),
            rung: sent.text("rung").to_owned(),
            whom,
            convincing: sent.text("convincing").to_owned(),
            by,
            both: false,
            agreement,
        };
        match metier.write_down(down).await {
            Ok(id) => return Ok(see_other(&format!("/people/disagreements/{id}?said=written"))),
            Err(error) => refused("whom", error)?,
        }
    };
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    new(&metier, &seen.sight, &sent, &faults)
}

pub async fn page(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&shared, &metier, &id, &asked, &Sent::default(), &[]).await
}

fn find(sight: &Sight, id: &str) -> Result<DisagreementState, Problem> {
    let id = entry_of(id)?;
    sight
        .disagreements()
        .into_iter()
        .find(|d| d.id == id)
        .ok_or_else(|| Problem::not_found("no such disagreement was written down"))
}

async fn draw(
    shared: &Shared,
    metier: &Metier,
    id: &str,
    asked: &Sent,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let state = find(sight, id)?;
    let what = &state.what;
    let today = shared.surroundings().today();
    // The criteria both had in front of them, where they are still here.
    let framework = sight
        .life
        .version(&what.version)
        .map_or(&sight.version.framework, |v| &v.framework);
    let words = Words::new(framework, &sight.entries, today);
    let content = html! {
        p.crumbs { a href="/people/disagreements" { "Where people differ" } " / " (words.competency(&what.competency)) }
        h1.close { (words.competency(&what.competency)) ": " (words.rung_title(&what.rung)) }
        p.lead.soft {
            "Written down on " (day(state.on)) @if what.both { ", both said yes" } ". "
            @if !state.open { "Settled." }
            @else if let Some(by) = state.by { "By " (day(by)) " (" (days_left(by, today)) ")." @if state.overdue { " It is overdue." } }
            @else { "No day was named." }
        }
        @if let Some(agreement) = what.agreement { p { a href={ "/people/agreement/" (agreement) } { "The agreement it belongs to" } } }
        @if asked.text("said") == "written" { (notice(&html! { p { "Written down." } })) }
        @if asked.text("said") == "met" { (notice(&html! { p { "Recorded, as both of you said it." } })) }
        @if asked.text("said") == "looked" { (notice(&html! { p { "Recorded." } })) }
        (Shown { sent, faults }.summary())
        div.two {
            div {
                section aria-labelledby="convince" {
                    h2 #convince { "What would convince " (what.whom) "?" }
                    @if what.convincing.is_empty() { p { "It was not said yet. Ask, and write it down anew." } }
                    @else { blockquote { p.big { (what.convincing) } } }
                }
                section aria-labelledby="sides" {
                    h2 #sides { "Who saw what" }
                    ul.lines {
                        @for side in &what.sides {
                            li {
                                @if side.role == Role::Oneself { "You" } @else { (side.who) ", " (words::role(side.role)) }
                                ": " b { (words.sees(side.rung.as_ref())) }
                            }
                        }
                    }
                }
                @if !state.looked.is_empty() { (history(&state)) }
            }
            div {
                section.card.first aria-labelledby="criterion" {
                    h2.label #criterion { "The criterion" }
                    (criterion(framework, &state))
                    @if let Some(about) = sight.version.framework.competency(&what.competency) {
                        @if state.open { (method(sight, about, Some(&what.rung), &words)?) }
                        p.small { a href={ "/competency/" (about.id) } { "Everything about it" } }
                    }
                }
                @if state.open { (ending(&state, &Shown { sent, faults })) }
            }
        }
    };
    Ok(Page::new("A disagreement")
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&content))
}

/// The step in question as the criteria of then word it.
pub fn criterion(framework: &metier_core::framework::Framework, state: &DisagreementState) -> Markup {
    let found = framework
        .competency(&state.what.competency)
        .zip(framework.ladder.rungs.iter().find(|r| r.id == state.what.rung));
    html! {
        @if let Some((competency, rung)) = found {
            p.big { (rung.title) }
            @if !rung.statement.is_empty() { p { (rung.statement) } }
            @if !competency.looks_like.is_empty() { p.soft { (competency.looks_like) } }
        } @else { p { "It is no longer in this journal." } }
        p.soft.small { "Version " span.mono { (state.what.version.short()) } " of the criteria." }
    }
}

fn history(state: &DisagreementState) -> Markup {
    html! {
        section aria-labelledby="looked" {
            h2 #looked { "How it went on" }
            ul.lines {
                @for looked in &state.looked {
                    li {
                        p.name { (words::capital(words::ending(looked.what.how))) }
                        p { (looked.what.reason) }
                        p.soft.small {
                            (day(looked.on))
                            @if !looked.what.by.is_empty() { ", " (looked.what.by) }
                            @if let Some(again) = looked.what.again { " · to be looked at again by " (day(again)) }
                        }
                    }
                }
            }
        }
    }
}

fn ending(state: &DisagreementState, shown: &Shown<'_>) -> Markup {
    let options: Vec<(&str, &str)> = ENDINGS
        .iter()
        .map(|(value, how)| (*value, words::ending(*how)))
        .collect();
    html! {
        section.card aria-labelledby="end" {
            h2.label #end { "You looked at it together" }
            form method="post" action={ "/people/disagreements/" (state.id) } {
                input type="hidden" name="mark" value=(stands_as(state));
                (shown.choice(Field::new("how", "How it is now"), &options))
                (shown.lines(2, Field::new("reason", "Why, in a sentence")))
                (shown.line("text", Field::new("by", "Who said so").optional()))
                (shown.line("date", Field::new("again", "Look again by").hint("When it stays open.").optional()))
                button.btn.quiet { "Record it" }
            }
        }
    }
}

pub async fn end(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let state = find(&seen.sight, &id)?;
    if stands_as(&state) != sent.text("mark") {
        return Ok(changed_meanwhile(
            &metier,
            &format!("/people/disagreements/{id}"),
            &sent,
        ));
    }
    let mut reading = Reading::of(&sent);
    let how = ENDINGS.iter().find(|(value, _)| *value == sent.text("how"));
    if how.is_none() {
        reading.fault("how", "Choose how it is now.");
    }
    let reason = reading.needed("reason", "Say why: a sentence will do.");
    let again = reading.day("again");
    let faults = match (reading.done(()), how) {
        (Ok(()), Some((_, how))) => {
            let done = metier
                .look_at(state.id, *how, sent.text("by"), &reason, again)
                .await;
            match done {
                Ok(_) if *how == Ending::StaysOpen => {
                    return Ok(see_other(&format!("/people/disagreements/{id}?said=looked")));
                }
                Ok(_) => return Ok(see_other("/people/disagreements?said=ended")),
                Err(error) => refused("reason", error)?,
            }
        }
        (Err(faults), _) => faults,
        _ => Vec::new(),
    };
    draw(&shared, &metier, &id, &Sent::default(), &sent, &faults).await
}

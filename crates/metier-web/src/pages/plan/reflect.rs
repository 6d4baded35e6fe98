//! Looking back for two minutes: what did I do, what did I learn, what is next, what draws me on.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, Metier, Sight, looked_at, looked_mark, reflection_wordings};
use metier_core::id::EntryId;
use metier_core::plan::{Looked, LookedBack, Plan, Reflection};

use super::{CHANGED, Here, beside, earlier, looked, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::pages::guide::why;
use crate::path::Path;
use crate::problem::Problem;

/// Times over which the drive was the same, that are shown.
const SPANS: usize = 8;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    draw(&shared, &asked, &Sent::default(), &[]).await
}

async fn draw(shared: &Shared, asked: &Sent, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let form = Shown { sent, faults };
    let content = html! {
        (beside(Here::Reflect))
        h1 { "Look back, two minutes" }
        @if let Some(text) = told(asked.text("said")) { (notice(&html! { p { (text) } })) }
        (form.summary())
        div.two {
            div {
                form method="post" action="/plan/reflect" {
                    (fields(&form, sight, &words))
                    div.act { button.btn { "Keep it" } span.soft.small { "For you alone. It is in nothing that others see." } }
                }
            }
            div { (last_time(&plan)) (drives(&plan)) }
        }
        (looked::earlier(asked, sight, &plan, &words, "/plan/reflect", |what| matches!(what, Looked::Reflection(_))))
        (why(&["five-minutes", "conditions"]))
    };
    Ok(under("Look back", &metier).status(status(faults)).show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "kept" => "Kept, for you alone.",
        "changed" => "Changed. What you wrote before stays readable below.",
        "back" => "Taken back.",
        _ => return None,
    })
}

/// The questions; a form and a change share them.
fn fields(form: &Shown<'_>, sight: &Sight, words: &Words<'_>) -> Markup {
    let drives: Vec<(&str, &str)> = std::iter::once(("", "I would rather not say"))
        .chain(
            words::DRIVES
                .iter()
                .map(|(word, drive)| (*word, words::drive(*drive))),
        )
        .collect();
    html! {
        (form.lines(3, Field::new("words", "What did you do?")))
        (form.lines(2, Field::new("learnt", "What did you learn?").may_stay_empty()))
        (form.lines(2, Field::new("next", "What is next?").may_stay_empty()))
        (form.choice(Field::new("drive", "How much are you drawn to go on?").hint("Never added up, and never a score.").may_stay_empty(), &drives))
        (looked::about_fields(form, sight, words))
        details.link open[form.sent.has("day")] {
            summary { "Another day than today" }
            (form.line("date", Field::new("day", "When").may_stay_empty()))
        }
    }
}

/// What was said the last time, to hold today against.
fn last_time(plan: &Plan<'_>) -> Markup {
    html! {
        section.card.first aria-labelledby="last" {
            h2.label #last { "Last time" }
            @match plan.reflections.last() {
                Some(last) => {
                    p.soft.small { (day(last.on)) }
                    (answers(last.what))
                    @if !last.what.next.is_empty() { p.soft { "Did it come to that?" } }
                }
                None => p { "This is the first one. The next time, what you write now stands here beside the questions." },
            }
        }
    }
}

/// The answers of one, each under its question.
fn answers(said: &Reflection) -> Markup {
    let parts = [
        ("What you did", &said.words),
        ("What you learnt", &said.learnt),
        ("What was next", &said.next),
    ];
    html! {
        dl.facts {
            @for (label, text) in parts {
                @if !text.is_empty() { dt { (label) } dd.as-written { (text) } }
            }
            @if let Some(drive) = said.drive { dt { "Drawn to go on" } dd { (words::drive(drive)) } }
        }
    }
}

fn drives(plan: &Plan<'_>) -> Markup {
    let over = plan.drive_over_time();
    html! {
        @if !over.is_empty() {
            section.card aria-labelledby="drive" {
                h2.label #drive { "What drew you on, over time" }
                ul.plain { @for one in over.iter().rev().take(SPANS) { li { (words::drive_over(one)) } } }
                @if over.len() > SPANS { p.soft.small { "Before that it changed " (words::plural((over.len() - SPANS) as u64, "time", "times")) " more." } }
                p.soft.small { "As you said it. Nothing is worked out from it." }
            }
        }
    }
}

/// What a form says, and the mark it was drawn with.
fn read(sent: &Sent, sight: &Sight, metier: &Metier) -> Result<(Reflection, jiff::civil::Date), Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let words = reading.needed("words", "Say in a few words what you did.");
    let drive = words::DRIVES
        .iter()
        .find(|(word, _)| *word == sent.text("drive"))
        .map(|(_, drive)| *drive);
    if sent.has("drive") && drive.is_none() {
        reading.fault("drive", "Choose one of the list.");
    }
    let on = reading.past_day("day", metier.surroundings().today());
    let (competencies, goal) = looked::read_about(&mut reading, sent, sight);
    reading.done((
        Reflection {
            words,
            learnt: sent.text("learnt").to_owned(),
            next: sent.text("next").to_owned(),
            drive,
            competencies,
            goal,
        },
        on,
    ))
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let faults = match read(&sent, &seen.sight, &metier) {
        Ok((said, on)) => match metier.reflect(None, said, on).await {
            Ok(_) => return Ok(see_other("/plan/reflect?said=kept")),
            Err(error) => refused("words", error)?,
        },
        Err(faults) => faults,
    };
    draw(&shared, &Sent::default(), &sent, &faults).await
}

/// One of them, beside the one before and the one after.
pub async fn one(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw_one(&shared, entry_of(&id)?, asked.text("said"), None, &[]).await
}

async fn draw_one(
    shared: &Shared,
    id: EntryId,
    said: &str,
    sent: Option<&Sent>,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let (one, reflection) = found(&plan, id)?;
    let place = plan
        .reflections
        .iter()
        .position(|r| r.id == id)
        .unwrap_or_default();
    let before = place.checked_sub(1).and_then(|n| plan.reflections.get(n));
    let after = plan.reflections.get(place + 1);
    let begun = filled(&one, reflection);
    let form = Shown {
        sent: sent.unwrap_or(&begun),
        faults,
    };
    let wordings: Vec<(jiff::Timestamp, String, String)> = reflection_wordings(&sight.entries, id)
        .iter()
        .map(|w| (w.recorded_at, in_one(w.what), String::new()))
        .collect();
    let content = html! {
        (crumbs_to())
        h1.close { "Looked back on " (day(one.on)) }
        @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
        (form.summary())
        div.two {
            div {
                (answers(reflection))
                (looked::about(&one.what, &plan, sight, &words))
                details.fold open[sent.is_some()] {
                    summary { "Word it otherwise" }
                    form method="post" {
                        input type="hidden" name="mark" value=(looked_mark(&one.what));
                        (fields(&form, sight, &words))
                        div.act { button.btn { "Save the change" } }
                    }
                }
                (earlier(&metier, &wordings))
                (looked::take_back_form(id))
            }
            div {
                @for (label, other) in [("The time before", before), ("The time after", after)] {
                    @if let Some(other) = other {
                        section.card aria-label=(label) {
                            h2.label { (label) }
                            p.soft.small { a href={ "/plan/reflect/" (other.id) } { (day(other.on)) } }
                            (answers(other.what))
                        }
                    }
                }
            }
        }
    };
    Ok(under("Looked back", &metier)
        .status(status(faults))
        .show(&content))
}

fn crumbs_to() -> Markup {
    html! { p.crumbs { a href="/plan" { "Plan" } " / " a href="/plan/reflect" { "Looking back" } } }
}

fn found<'p>(plan: &Plan<'p>, id: EntryId) -> Result<(LookedBack<'p>, &'p Reflection), Problem> {
    let one = looked_at(plan, id)?;
    match one.what {
        Looked::Reflection(said) => Ok((one, said)),
        Looked::Setback(_) => Err(Problem::not_found("this entry is a setback and no look back")),
    }
}

/// All that one says, in a line.
fn in_one(said: &Reflection) -> String {
    let parts = [&said.words, &said.learnt, &said.next];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" \u{b7} ")
}

fn filled(one: &LookedBack<'_>, said: &Reflection) -> Sent {
    let drive = words::DRIVES.iter().find(|(_, drive)| Some(*drive) == said.drive);
    let sent = Sent::default()
        .with("words", said.words.as_str())
        .with("learnt", said.learnt.as_str())
        .with("next", said.next.as_str())
        .with("drive", drive.map_or("", |(word, _)| *word))
        .with("day", one.on.to_string());
    looked::fill_about(sent, &one.what)
}

pub async fn save(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let (one, _) = found(&plan, id)?;
    let faults = if looked_mark(&one.what) == sent.text("mark") {
        match read(&sent, &seen.sight, &metier) {
            Ok((said, on)) => match metier.reflect(Some(id), said, on).await {
                Ok(_) => return Ok(see_other(&format!("/plan/reflect/{id}?said=changed"))),
                Err(error) => refused("words", error)?,
            },
            Err(faults) => faults,
        }
    } else {
        vec![Fault {
            field: "words".into(),
            what: CHANGED.into(),
        }]
    };
    draw_one(&shared, id, "", Some(&sent), &faults).await
}

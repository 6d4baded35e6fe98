//! The one-to-one, at one device between two people, after one of them prepared it alone. Three screens for both:
//! which area and which criterion; what would convince, and by when; both confirm. These show the criteria, what the
//! other said themselves, and what was chosen before; nothing else of the journal.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{AsOf, Met, Metier, Propose, Sight};
use metier_core::framework::Competency;
use metier_core::id::{LevelId, RungId};
use metier_core::rating::Role;

use super::disagreement::steps;
use super::prepare::{CARRIED, begun, keep};
use super::{refused, role_of, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Page, see_other};
use crate::problem::Problem;

/// What a form says for "not even the first step".
const NONE: &str = "none";

/// What goes from screen to screen in hidden fields.
fn carried(sent: &Sent, names: &[&str]) -> Markup {
    html! {
        @for name in names {
            @for value in sent.all(name) {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
        }
    }
}

/// Where one is among the three screens.
fn way(now: usize) -> Markup {
    let names = ["Which area", "What would convince", "Both confirm"];
    html! {
        ol.way {
            @for (place, name) in names.iter().enumerate() {
                li aria-current=[(place == now).then_some("step")] { (name) }
            }
        }
    }
}

fn frame(title: &str, metier: &Metier, faults: &[Fault], content: &Markup) -> Response {
    // Without navigation: the other person looks on.
    Page::new(title)
        .of(metier)
        .alone()
        .status(status(faults))
        .show(content)
}

/// Nothing was begun, or it was recorded meanwhile: back to where one begins.
fn to_begin() -> Response {
    see_other("/people/meeting")
}

/// First screen: which area, and which criterion.
pub async fn area(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let asked = begun(&metier).await?;
    if !asked.has("with") {
        return Ok(to_begin());
    }
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let with = asked.text("with");
    let framework = &sight.version.framework;
    let offered: Vec<&Competency> = framework
        .competencies
        .iter()
        .filter(|c| !asked.has("c") || asked.ticks("c", c.id.as_str()))
        .collect();
    let agreed = sight.life.aim().and_then(|a| a.level.as_ref());
    let content = html! {
        (way(0))
        h1 { "Which area, and which criterion?" }
        p.lead.soft { (metier.name()) " and " (with) ". " (framework.title) ", version " (framework.version) "." }
        form method="post" action="/people/meeting/area" {
            (carried(&asked, &["with", "role", "own", "c"]))
            fieldset.picks {
                legend.hide { "Which area" }
                div.stack {
                    @for (place, competency) in offered.iter().enumerate() {
                        label.pick {
                            input type="radio" name="about" value=(competency.id) checked[if asked.has("about") { asked.text("about") == competency.id.as_str() } else { place == 0 }] required;
                            span {
                                strong { (competency.name) }
                                @if !competency.looks_like.is_empty() { span { (competency.looks_like) } }
                                @for said in sight.for_both(&competency.id, with, asked.has("own")) {
                                    span.small.soft {
                                        @if said.role == Role::Oneself { (metier.name()) } @else { (said.rater) }
                                        ": " (words.sees(said.rung.as_ref()))
                                    }
                                }
                            }
                        }
                    }
                    @if let Some(level) = agreed {
                        label.pick {
                            input type="radio" name="about" value="target" required;
                            span {
                                strong { "The target as a whole: " (words.level(level)) }
                                span { "Agree on these criteria, this level and a day." }
                            }
                        }
                    }
                }
            }
            div.act { button.btn { "Go on" } a href="/people/meeting" { "Back" } }
        }
    };
    Ok(frame("One-to-one", &metier, &[], &content))
}

/// Which area was chosen.
pub async fn chosen(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    keep(&metier, &sent).await?;
    Ok(see_other(if sent.has("about") {
        "/people/meeting/convince"
    } else {
        "/people/meeting/area"
    }))
}

/// Second screen: what would convince, and by when.
pub async fn convince(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sent = begun(&metier).await?;
    if !sent.has("with") || !sent.has("about") {
        return Ok(to_begin());
    }
    second(&shared, &metier, &sent, &[]).await
}

/// What would convince was said.
pub async fn said(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    if !sent.has("with") || !sent.has("about") {
        return Ok(to_begin());
    }
    keep(&metier, &sent).await?;
    match wrong(&shared, &sent) {
        Ok(()) => Ok(see_other("/people/meeting/confirm")),
        Err(faults) => second(&shared, &metier, &sent, &faults).await,
    }
}

/// What is still to be said before both can confirm.
fn wrong(shared: &Shared, sent: &Sent) -> Result<(), Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let by = reading.day("by");
    if by.is_some_and(|by| by < shared.surroundings().today()) {
        reading.fault("by", "This day has passed; name one to come.");
    }
    if sent.text("about") == "target" {
        if !sent.has("by") {
            reading.fault("by", "Say by when, as year-month-day.");
        }
    } else {
        reading.needed("convincing", "Write what would convince, in their words.");
        reading.needed("their-step", "Choose the step they see today.");
        reading.needed("own-step", "Choose the step you see today.");
    }
    reading.done(())
}

async fn second(
    shared: &Shared,
    metier: &Metier,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let with = sent.text("with");
    let content = if sent.text("about") == "target" {
        target(sight, &words, sent, with, faults)?
    } else {
        one_area(sight, &words, sent, with, metier.name(), faults)?
    };
    Ok(frame("One-to-one", metier, faults, &content))
}

/// One area: where each sees it, which step is in question, what would convince.
fn one_area(
    sight: &Sight,
    words: &Words<'_>,
    sent: &Sent,
    with: &str,
    own: &str,
    faults: &[Fault],
) -> Result<Markup, Problem> {
    let about = competency(sight, sent.text("about"))?;
    let mut filled = sent.clone();
    for said in sight.for_both(&about.id, with, sent.has("own")) {
        let field = if said.role == Role::Oneself {
            "own-step"
        } else {
            "their-step"
        };
        let step = said.rung.as_ref().map_or(NONE, RungId::as_str);
        filled = filled.with(field, step);
        if said.role != Role::Oneself {
            let next = sight
                .version
                .framework
                .ladder
                .active()
                .skip_while(|r| said.rung.as_ref().is_some_and(|id| r.id != *id))
                .nth(usize::from(said.rung.is_some()));
            filled = filled.with("rung", next.map_or("", |r| r.id.as_str()));
        }
    }
    let shown = Shown {
        sent: &filled,
        faults,
    };
    // Nothing is put into anybody's mouth: a step that is not known is chosen here.
    let mut sees = vec![("", "choose a step"), (NONE, "not even the first step")];
    sees.extend(steps(sight, words));
    let (theirs, mine) = (
        format!("Where {with} sees it today"),
        format!("Where {own} sees it today"),
    );
    let whom = format!("What would convince {with}, in {with}\u{2019}s words?");
    Ok(html! {
        (way(1))
        h1.close { "What would convince you, and by when?" }
        p.lead.soft { (about.name) }
        (shown.summary())
        div.two {
            form method="post" action="/people/meeting/convince" {
                (carried(sent, &["with", "role", "own", "c", "about"]))
                (shown.choice(Field::new("their-step", &theirs), &sees))
                (shown.choice(Field::new("own-step", &mine), &sees))
                (shown.choice(Field::new("rung", "The step it is about"), &steps(sight, words)))
                (shown.lines(3, Field::new("convincing", &whom).hint("Something that can be looked at later: what, how often, seen by whom.")))
                (shown.line("date", Field::new("by", "By when").optional()))
                div.act { button.btn { "Read it once more" } a href="/people/meeting" { "Leave it" } }
            }
            section.card aria-labelledby="ladder" {
                h2.label #ladder { "The steps" }
                ol.small {
                    @for rung in sight.version.framework.ladder.active() {
                        li { b { (rung.title) } @if !rung.statement.is_empty() { span.soft.line { (rung.statement) } } }
                    }
                }
            }
        }
    })
}

/// The target as a whole: by when.
fn target(
    sight: &Sight,
    words: &Words<'_>,
    sent: &Sent,
    with: &str,
    faults: &[Fault],
) -> Result<Markup, Problem> {
    let level = level(sight)?;
    let by = sight
        .life
        .aim()
        .and_then(|a| a.by)
        .map_or_else(String::new, |d| d.to_string());
    let filled = sent.clone().with("by", by);
    let shown = Shown {
        sent: &filled,
        faults,
    };
    let framework = &sight.version.framework;
    let asks = framework
        .level(level)
        .map(|l| words::level_asks(framework, l).must);
    Ok(html! {
        (way(1))
        h1.close { "The target: " (words.level(level)) }
        p.lead.soft { (framework.title) ", version " (framework.version) ", exactly as it is now. With " (with) "." }
        (shown.summary())
        @if let Some(asks) = asks { p { (asks) " " a href="/framework#levels" { "What it asks" } } }
        form.narrow method="post" action="/people/meeting/convince" {
            (carried(sent, &["with", "role", "own", "c", "about"]))
            (shown.line("date", Field::new("by", "By when")))
            (shown.lines(2, Field::new("note", "What else is agreed").optional()))
            div.act { button.btn { "Read it once more" } a href="/people/meeting" { "Leave it" } }
        }
    })
}

fn competency<'s>(sight: &'s Sight, word: &str) -> Result<&'s Competency, Problem> {
    let framework = &sight.version.framework;
    framework
        .competencies
        .iter()
        .find(|c| c.id.as_str() == word)
        .ok_or_else(|| Problem::not_found(format!("{} has no competency `{word}`", framework.title)))
}

fn level(sight: &Sight) -> Result<&LevelId, Problem> {
    sight.life.aim().and_then(|a| a.level.as_ref()).ok_or_else(|| {
        Problem::App(
            metier_app::AppError::not_ready("no level is aimed at").hint("Choose one in Settings first."),
        )
    })
}

/// Third screen: what both confirm.
pub async fn confirm(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sent = begun(&metier).await?;
    if !sent.has("with") || !sent.has("about") {
        return Ok(to_begin());
    }
    third(&shared, &metier, &sent, &[]).await
}

async fn third(shared: &Shared, metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let with = sent.text("with");
    if let Err(faults) = wrong(shared, sent) {
        return second(shared, metier, sent, &faults).await;
    }
    let target = sent.text("about") == "target";
    let by = Reading::of(sent).day("by");
    let shown = Shown { sent, faults };
    let by = by.map_or_else(|| "no day named".to_owned(), day);
    let content = html! {
        (way(2))
        h1.close { "Both confirm" }
        (shown.summary())
        section.card.first aria-label="What is recorded" {
            @if target {
                p.big { (words.level(level(sight)?)) " by " (by) }
                p { (sight.version.framework.title) ", version " (sight.version.framework.version) " (" span.mono { (sight.version.digest.short()) } "), pinned for both." }
                @if sent.has("note") { p { "Also: " (sent.text("note")) } }
            } @else {
                p.eyebrow { (competency(sight, sent.text("about"))?.name) }
                p.big { (sent.text("convincing")) }
                p { "would convince " (with) " of \u{201c}" (step(&words, sent.text("rung"))) "\u{201d}, by: " (by) "." }
                p.soft { (with) " sees " (step(&words, sent.text("their-step"))) " today, " (metier.name()) " sees " (step(&words, sent.text("own-step"))) "." }
            }
        }
        form.narrow method="post" action="/people/meeting/confirm" {
            (carried(sent, &CARRIED))
            p.act { a.small href="/people/meeting/convince" { "Change the words" } }
            (shown.tick("i-say", "yes", &format!("I, {}, say so", metier.name())))
            (shown.tick("they-say", "yes", &format!("I, {with}, say so")))
            div.act { button.btn { "Record it" } a href="/people/meeting" { "Leave it" } }
        }
    };
    Ok(frame("One-to-one", metier, faults, &content))
}

/// The name of a step a form carries.
fn step(words: &Words<'_>, word: &str) -> String {
    match word.parse::<RungId>() {
        Ok(rung) if word != NONE => words.rung_title(&rung).to_owned(),
        _ => "not even the first step".into(),
    }
}

/// Records what both said yes to.
pub async fn record(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    if !sent.has("with") || !sent.has("about") {
        return Ok(to_begin());
    }
    let with = sent.text("with").to_owned();
    let mut reading = Reading::of(&sent);
    if !(sent.has("i-say") && sent.has("they-say")) {
        reading.fault("i-say", "Both have to say so; tick both.");
    }
    let by = reading.day("by");
    if sent.text("about") != "target" && !(sent.has("their-step") && sent.has("own-step")) {
        return third(&shared, &metier, &sent, &[]).await;
    }
    if let Err(faults) = reading.done(()) {
        return third(&shared, &metier, &sent, &faults).await;
    }
    let done = if sent.text("about") == "target" {
        let seen = shared.kept().sight(&metier, AsOf::default()).await?;
        let Some(by) = by else {
            return second(&shared, &metier, &sent, &[]).await;
        };
        let asked = Propose {
            with,
            role: role_of(sent.text("role")),
            level: level(&seen.sight)?.clone(),
            by,
            answer_by: None,
            note: sent.text("note").to_owned(),
            replaces: None,
            amends: None,
        };
        let done = metier.agreed_together(asked).await;
        done.map(|id| format!("/people/meeting/done?agreement={id}"))
    } else {
        let seen_by = |field: &str| match sent.text(field) {
            "" | NONE => None,
            step => Some(step.to_owned()),
        };
        let met = Met {
            with,
            role: role_of(sent.text("role")),
            competency: sent.text("about").to_owned(),
            rung: sent.text("rung").to_owned(),
            theirs: seen_by("their-step"),
            own: seen_by("own-step"),
            convincing: sent.text("convincing").to_owned(),
            by,
        };
        let done = metier.met(met).await;
        done.map(|id| format!("/people/meeting/done?disagreement={id}"))
    };
    match done {
        Ok(path) => {
            metier.meeting_over().await?;
            Ok(see_other(&path))
        }
        Err(error) => {
            let faults = refused("i-say", error)?;
            third(&shared, &metier, &sent, &faults).await
        }
    }
}

/// The end: the other person may still hold the device, so nothing but that it is recorded is shown.
pub async fn done(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let on = match (asked.text("agreement"), asked.text("disagreement")) {
        ("", "") => "/people/meeting".to_owned(),
        ("", id) => format!("/people/disagreements/{}?said=met", super::entry_of(id)?),
        (id, _) => format!("/people/agreement/{}?said=together", super::entry_of(id)?),
    };
    let content = html! {
        h1 { "Recorded, as both of you said it." }
        p.lead { "Give the device back to " (metier.name()) "." }
        p.act { a.btn.quiet href=(on) { "I am " (metier.name()) ": go on" } }
    };
    Ok(frame("One-to-one", &metier, &[], &content))
}

//! What others decided, with the reason that was given or the fact that none was.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, Words, day};
use metier_app::{Decide, Metier, stands_as};
use metier_core::decision::{Decided, DecidedAbout, DecisionOutcome};
use metier_core::id::{EntryId, LevelId};

use super::{Here, beside, entry_of, refused, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::path::Path;
use crate::problem::Problem;

const ABOUT: [(&str, DecidedAbout); 3] = [
    ("promotion", DecidedAbout::Promotion),
    ("raise", DecidedAbout::Raise),
    ("level", DecidedAbout::Level),
];

const OUTCOMES: [(&str, DecisionOutcome); 3] = [
    ("granted", DecisionOutcome::Granted),
    ("not-official-yet", DecisionOutcome::NotOfficialYet),
    ("denied", DecisionOutcome::Denied),
];

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    draw(&metier, asked.text("said"), &Sent::default(), &[], None).await
}

/// A reason that was written where another came meanwhile.
type Meanwhile<'a> = Option<(EntryId, &'a str)>;

async fn draw(
    metier: &Metier,
    said: &str,
    sent: &Sent,
    faults: &[Fault],
    meanwhile: Meanwhile<'_>,
) -> Result<Response, Problem> {
    let (decisions, life) = (metier.decisions().await?, metier.life().await?);
    let framework = &life.needed()?.framework;
    let words = Words::new(framework, &[], metier.surroundings().today());
    let shown = Shown { sent, faults };
    let content = html! {
        (beside(Here::Decisions))
        h1.close { "What was decided" }
        p.lead.soft { "Who decided, when, and with which reason. A decision without a reason is kept as one." }
        @if said == "added" { (notice(&html! { p { "Recorded." } })) }
        @if said == "reason" { (notice(&html! { p { "Recorded. What stood before stays in the history." } })) }
        @if let Some((id, reason)) = meanwhile {
            div.notice.warn role="alert" {
                p { strong { "It has changed meanwhile." } " This decision was changed in another window or on another device since you opened the form. Your words were not recorded; they stand here, and below is how it stands now." }
                @if let Some(decided) = decisions.iter().find(|d| d.id == id) { (giving(decided, reason, "Record mine in its place")) }
            }
        }
        (shown.summary())
        div.two {
            section aria-labelledby="all" {
                h2 #all { "So far" }
                @if decisions.is_empty() { p { "Nothing was recorded yet." } }
                ul.lines { @for decided in decisions.iter().rev() { (line(decided, &words)) } }
            }
            section.card.first aria-labelledby="add" {
                h2.label #add { "Something was decided" }
                (adding(framework, &shown, &stands_as(&decisions)))
            }
        }
    };
    Ok(Page::new("What was decided")
        .under(Nav::People)
        .of(metier)
        .status(
            if meanwhile.is_some() || faults.iter().any(|f| f.what == MEANWHILE) {
                StatusCode::CONFLICT
            } else {
                status(faults)
            },
        )
        .show(&content))
}

/// Said where something was recorded since the form was drawn.
const MEANWHILE: &str = "Something was recorded in another window or on another device since you opened this form. Nothing of yours is lost: look at what is there now, and send it again if it is still missing.";

fn line(decided: &Decided, words: &Words<'_>) -> Markup {
    let what = &decided.what;
    let level = what.level.as_ref().map(|l| words.level(&l.level));
    html! {
        li #{ "d-" (decided.id) } {
            p.name {
                a href={ "/did/" (decided.id) } {
                    (words::capital(words::decided_about(what.about)))
                    @if let Some(level) = level { " to " (level) }
                }
                " " span.asked.small { (words::outcome_word(what.outcome)) }
            }
            @if what.reason.is_empty() { p { "No reason was given." } } @else { blockquote { p { (what.reason) } } }
            p.soft.small {
                (day(decided.on)) ", by " (what.by)
                @if decided.corrected { " · its wording was changed since; " a href={ "/did/" (decided.id) } { "history" } }
                @if let Some(agreement) = what.agreement { " · " a href={ "/people/agreement/" (agreement) } { "the agreement it goes back to" } }
            }
            @if what.reason.is_empty() {
                details.link {
                    summary { "A reason was given since" }
                    (giving(decided, "", "Record it"))
                }
            }
        }
    }
}

/// The form for a reason that came later.
fn giving(decided: &Decided, reason: &str, button: &str) -> Markup {
    html! {
        form method="post" action={ "/people/decisions/" (decided.id) "/reason" } {
            input type="hidden" name="mark" value=(stands_as(decided));
            div.field {
                label for={ "r-" (decided.id) @if !reason.is_empty() { "-mine" } } { "The reason, as it was given" }
                textarea id={ "r-" (decided.id) @if !reason.is_empty() { "-mine" } } name="reason" rows="2" required { (reason) }
            }
            button.btn.quiet { (button) }
        }
    }
}

fn adding(framework: &metier_core::framework::Framework, shown: &Shown<'_>, mark: &str) -> Markup {
    let about: Vec<(&str, &str)> = ABOUT
        .iter()
        .map(|(value, about)| (*value, words::decided_about(*about)))
        .collect();
    let outcomes: Vec<(&str, &str)> = OUTCOMES
        .iter()
        .map(|(value, outcome)| (*value, words::outcome_word(*outcome)))
        .collect();
    let levels: Vec<(&str, &str)> = std::iter::once(("", "no level"))
        .chain(framework.levels.iter().map(|l| (l.id.as_str(), l.name.as_str())))
        .collect();
    html! {
        form method="post" action="/people/decisions" {
            input type="hidden" name="mark" value=(mark);
            (shown.choice(Field::new("about", "About"), &about))
            (shown.choice(Field::new("level", "Level"), &levels))
            (shown.choice(Field::new("outcome", "Which way"), &outcomes))
            (shown.line("text", Field::new("by", "Who decided")))
            (shown.line("date", Field::new("on", "When").hint("Empty: today.").optional()))
            (shown.lines(3, Field::new("reason", "The reason they gave").hint("\u{201c}More work in this area\u{201d} is a beginning: ask which criterion, and what would show it.").optional()))
            button.btn { "Record it" }
        }
    }
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let about = ABOUT.iter().find(|(value, _)| *value == sent.text("about"));
    let outcome = OUTCOMES.iter().find(|(value, _)| *value == sent.text("outcome"));
    if about.is_none() {
        reading.fault("about", "Choose what it is about.");
    }
    if outcome.is_none() {
        reading.fault("outcome", "Choose which way it went.");
    }
    let level: Option<LevelId> = reading.read("level", "Choose one of the levels.");
    let by = reading.needed("by", "Say who decided.");
    let on = reading.past_day("on", shared.surroundings().today());
    // Sent twice, or beside another window: it is looked at once more, with nothing lost.
    if stands_as(&metier.decisions().await?) != sent.text("mark") {
        reading.fault("about", MEANWHILE);
    }
    let faults = match (reading.done(()), about, outcome) {
        (Ok(()), Some((_, about)), Some((_, outcome))) => {
            let decide = Decide {
                on,
                about: *about,
                level,
                outcome: *outcome,
                by,
                reason: sent.text("reason").to_owned(),
                agreement: None,
            };
            match metier.decided(decide).await {
                Ok(_) => return Ok(see_other("/people/decisions?said=added")),
                Err(error) => refused("by", error)?,
            }
        }
        (Err(faults), ..) => faults,
        _ => Vec::new(),
    };
    draw(&metier, "", &sent, &faults, None).await
}

pub async fn reason(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let written = sent.text("reason");
    let now = metier.decisions().await?.into_iter().find(|d| d.id == id);
    if now.is_some_and(|now| stands_as(&now) != sent.text("mark")) {
        return draw(&metier, "", &Sent::default(), &[], Some((id, written))).await;
    }
    match metier.reason_given(id, written).await {
        Ok(_) => Ok(see_other("/people/decisions?said=reason")),
        Err(error) => {
            let faults = refused("reason", error)?;
            draw(&metier, "", &Sent::default(), &faults, None).await
        }
    }
}

//! One answer: one's own view first, then what was said, how it came, and what was done with it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, NEXT_TIME, WORTH, Words};
use metier_app::{FeedbackBook, FeedbackSeen, Life, Whole};
use metier_core::feedback::{FeedbackSaid, Observed, Recognised, Use};
use metier_core::id::EntryId;
use metier_core::journal::Purpose;
use metier_core::own_view::Spoken;

use super::own_view::taps;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// The page.
pub async fn page(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw(&shared, entry, &asked, &Sent::default(), &[]).await
}

async fn draw(
    shared: &Shared,
    entry: EntryId,
    asked: &Sent,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Whole {
        entries,
        life,
        waiting,
    } = metier.whole().await?;
    let today = metier.surroundings().today();
    let words = Words::new(&life.needed()?.framework, &entries, today);
    let book = FeedbackBook::of(&entries, today);
    let seen = book
        .given
        .iter()
        .find(|g| g.id == entry)
        .ok_or_else(|| Problem::not_found(format!("there is no feedback {entry}")))?;
    let missing = waiting.missing(seen.id);
    let form = Shown { sent, faults };
    let content = html! {
        p.crumbs { a href="/people" { "People" } }
        h1 { "What " (seen.given.by) " said" }
        @if asked.text("said") == "before" { (notice(&html! { p { "This answer had been taken in before. Nothing was recorded twice." } })) }
        (form.summary())
        @if missing.is_empty() || asked.has("anyway") {
            div.two {
                div {
                    @match &seen.given.said {
                        FeedbackSaid::Observed(observed) => (observed_section(&words, observed)),
                        FeedbackSaid::Recognised(recognised) => (recognised_section(recognised)),
                    }
                }
                div {
                    (about(seen))
                    (use_section(&form, seen))
                }
            }
        } @else { (own_view_first(&life, seen, missing)) }
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("Feedback")
        .under(Nav::People)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// One's own view is asked for before another's is shown.
fn own_view_first(life: &Life, seen: &FeedbackSeen, missing: &[Spoken]) -> Markup {
    html! {
        div.narrow {
            section.card.first {
                p.big { "Your own view first." }
                p { "Where do you see yourself? Afterwards you read what " (seen.given.by) " said, and both stand side by side." }
                (taps(life, missing, Some(seen.id)))
            }
            p.soft { "This is a courtesy to yourself: the answer is already in your own journal, and nothing holds you back. "
                a href={ "/people/said/" (seen.id) "?anyway=1" } { "Show it now" } }
        }
    }
}

fn part(title: &str, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            h2 { (title) }
            blockquote.said { (text) }
        }
    }
}

fn observed_section(words: &Words<'_>, observed: &Observed) -> Markup {
    html! {
        (part("What they saw", &observed.saw))
        @if !observed.when.is_empty() { p.soft { "When: " (observed.when) } }
        @if !observed.of.is_empty() {
            h2 { (NEXT_TIME) }
            ul.lines {
                @for of in &observed.of {
                    li {
                        a href={ "/competency/" (of.competency) "#people" } { (words.competency(&of.competency)) } ": "
                        strong { (words::next_time(of.next_time)) }
                        @if let Some(step) = &of.step { ". Highest step seen: " (words.rung_title(step)) }
                    }
                }
            }
            p.hint { "A step they chose is kept as their rating. A yes confirms the step whose criterion asks just this, where there is one. Everything else stays words." }
        }
        (part("What you do well", &observed.strengths))
        (part("One thing to change", &observed.change))
    }
}

fn recognised_section(recognised: &Recognised) -> Markup {
    html! {
        (part(WORTH[0], &recognised.what))
        (part(WORTH[1], &recognised.how_hard))
        (part(WORTH[2], &recognised.otherwise))
    }
}

fn about(seen: &FeedbackSeen) -> Markup {
    html! {
        section.card {
            p { (seen.given.by) ", " (words::role(seen.given.role)) ", " (words::day(seen.on)) }
            p { "It came " (words::came(seen.given.channel)) "." }
            p {
                @match seen.purpose {
                    Purpose::Development => "Given for you to get better: shown in no paper made for a decision.",
                    Purpose::Administrative => "It may be used in a decision about you.",
                }
            }
            @if let Some(request) = seen.given.request { p { a href={ "/people/asked/" (request) } { "What you asked" } } }
            p { a href={ "/did/" (seen.id) } { "The entry, and how to take it back" } }
        }
    }
}

fn use_section(form: &Shown<'_>, seen: &FeedbackSeen) -> Markup {
    let uses: Vec<(&str, String)> = Use::ALL
        .into_iter()
        .map(|u| (u.word(), words::capital(words::used(u))))
        .collect();
    let options: Vec<(&str, &str)> = uses.iter().map(|(word, said)| (*word, said.as_str())).collect();
    html! {
        section aria-labelledby="use" {
            h2 #use { "What you did with it" }
            ul.lines {
                @for (on, used) in &seen.used {
                    li { strong { (words::capital(words::used(used.how))) } ": " (used.words) div.soft.small { (words::day(*on)) } }
                }
            }
            form method="post" action={ "/people/said/" (seen.id) "/use" } {
                (form.choice(Field::new("how", "What came of it"), &options))
                (form.lines(2, Field::new("words", "In a few words").hint("What you changed, planned, found out; or why you set it aside.")))
                button.btn.quiet { "Record it" }
            }
        }
    }
}

/// Records what was done with it.
pub async fn used(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let text = reading.needed("words", "Say what came of it, in a few words.");
    let how = Use::of_word(sent.text("how"));
    if how.is_none() {
        reading.fault("how", "Choose what came of it.");
    }
    match (reading.done(text), how) {
        (Ok(text), Some(how)) => {
            metier.use_feedback(entry, how, &text).await?;
            Ok(see_other(&format!("/people/said/{entry}#use")))
        }
        (faults, _) => {
            let faults = faults.err().unwrap_or_default();
            let asked = Sent::default().with("anyway", "1");
            draw(&shared, entry, &asked, &sent, &faults).await
        }
    }
}

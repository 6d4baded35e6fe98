//! The six questions on one page, with what was answered before.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::words;
use metier_app::{CriteriaSaid, Metier};
use metier_core::journal::{Entry, view};
use metier_core::mastery::{CriteriaQuestion, Mastery, Weighs};

use super::{form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The answers, as a form writes them.
const ANSWERS: [(&str, Weighs); 5] = [
    ("must", Weighs::Must),
    ("helps", Weighs::Helps),
    ("no", Weighs::No),
    ("do-not-know", Weighs::DoNotKnow),
    ("words", Weighs::InWords),
];

/// How many earlier answers to a question are shown, latest first.
const EARLIER: usize = 5;

/// The names of one question's fields.
fn fields(place: usize) -> (String, String) {
    (format!("a{place}"), format!("r{place}"))
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let family = &life.needed()?.framework.family;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, family);
    let mut sent = Sent::default();
    for (place, question) in CriteriaQuestion::ALL.into_iter().enumerate() {
        let (answer, reason) = fields(place);
        let last = mastery.criteria_of(question).last();
        let word = last.and_then(|l| ANSWERS.iter().find(|(_, w)| *w == l.what.answer));
        let (word, why) = (
            word.map_or("", |(word, _)| *word),
            last.map_or("", |l| l.what.reason.as_str()),
        );
        sent = sent
            .with(&answer, word)
            .with(&reason, why)
            .with(&format!("was-{answer}"), word)
            .with(&format!("was-{reason}"), why);
    }
    draw(&metier, &entries, &sent, &[]).await
}

async fn draw(
    metier: &Metier,
    entries: &[Entry],
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let life = metier.life().await?;
    let view = view(entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let shown = Shown { sent, faults };
    Ok(form_page(
        metier,
        "Six questions",
        &shown,
        &html! {
            p.lead { "What makes a master of your field? Answer what you can. Come back to it; what you answered before stays beside it." }
            form method="post" action="/mastery/criteria" {
                @for (place, question) in CriteriaQuestion::ALL.into_iter().enumerate() { (asked(place, question, &shown, &mastery)) }
                div.act { button.btn { "Record what changed" } a href="/mastery" { "Leave it" } }
            }
        },
    ))
}

fn asked(place: usize, question: CriteriaQuestion, shown: &Shown<'_>, mastery: &Mastery<'_>) -> Markup {
    let (answer, reason) = fields(place);
    let sent = shown.sent;
    let before: Vec<_> = mastery.criteria_of(question).collect();
    let hint = if question == CriteriaQuestion::Medium {
        "Name the medium, and why there."
    } else {
        ""
    };
    html! {
        section aria-labelledby={ "q" (place) } {
            h2 #{ "q" (place) } { (words::criteria_question(question)) }
            input type="hidden" name={ "was-" (answer) } value=(sent.text(&format!("was-{answer}")));
            input type="hidden" name={ "was-" (reason) } value=(sent.text(&format!("was-{reason}")));
            fieldset.taps {
                legend.hide { "Your answer: " (words::criteria_question(question)) }
                @for (value, weighs) in ANSWERS {
                    label {
                        input type="radio" name=(answer) value=(value) checked[sent.text(&answer) == value];
                        span { (words::capital(words::weighs(weighs))) }
                    }
                }
            }
            (shown.lines(2, Field::new(&reason, "Why").hint(hint).optional()))
            @if !before.is_empty() {
                details.link {
                    summary { "Answered before" }
                    ul {
                        @for told in before.iter().rev().take(EARLIER) {
                            li { (words::day(told.on)) ": " b { (words::weighs(told.what.answer)) } @if !told.what.reason.is_empty() { ", " (told.what.reason) } }
                        }
                    }
                }
            }
        }
    }
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut said = Vec::new();
    let mut faults = Vec::new();
    for (place, question) in CriteriaQuestion::ALL.into_iter().enumerate() {
        let (answer, reason) = fields(place);
        let changed = |field: &str| sent.text(field) != sent.text(&format!("was-{field}"));
        // What was left as the form showed it may have been answered in another window since.
        if !changed(&answer) && !changed(&reason) {
            continue;
        }
        match ANSWERS.iter().find(|(word, _)| *word == sent.text(&answer)) {
            Some((_, Weighs::InWords)) if !sent.has(&reason) => faults.push(Fault {
                field: reason.clone(),
                what: "Write the answer here, in words.".into(),
            }),
            Some((_, weighs)) => said.push(CriteriaSaid {
                question,
                answer: *weighs,
                reason: sent.text(&reason).to_owned(),
            }),
            None => faults.push(Fault {
                field: reason.clone(),
                what: "Choose one of the answers to go with it; “in words” where none fits.".into(),
            }),
        }
    }
    if faults.is_empty() {
        match metier.answer_criteria(said).await {
            Ok(_) => return Ok(see_other("/mastery?said=criteria#criteria")),
            Err(error) => faults = refused(error, "r0")?,
        }
    }
    let (entries, _) = metier.read().await?;
    draw(&metier, &entries, &sent, &faults).await
}

//! Preparing to ask a master: whom, by which way, which questions, and the letter that a draft is written for.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::html;
use metier_app::words::{self, LIST_QUESTION, MASTER_QUESTIONS};
use metier_app::{Metier, OutreachSaid, stands_as};
use metier_core::id::EntryId;
use metier_core::journal::{Noted, view};
use metier_core::mastery::{Mastery, NextAction, Outreach};

use super::outreach::{found, next_action};
use super::{MEANWHILE, entry_of, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// Fields of one's own questions.
const OWN: usize = 3;

/// What of an outreach the form holds.
fn mark(there: Option<&Outreach>) -> String {
    stands_as(&there)
}

/// The outreach that is changed, if one is.
fn there<'a>(mastery: &Mastery<'a>, id: &str) -> Result<Option<Noted<'a, Outreach>>, Problem> {
    if id.is_empty() {
        return Ok(None);
    }
    found(mastery, entry_of(id)?).map(Some)
}

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let changed = there(&mastery, asked.text("id"))?;
    let sent = Sent::default().with("mark", mark(changed.map(|c| c.what)));
    let sent = match changed {
        Some(changed) => {
            let o = changed.what;
            let next = mastery.next_of(&changed);
            let mut sent = sent
                .with("id", changed.id.to_string())
                .with("to", o.to.as_str())
                .with("exemplar", o.exemplar.map_or_else(String::new, |e| e.to_string()))
                .with("channel", o.channel.as_str())
                .with("draft", o.draft.as_str())
                .with("next", next.map_or("", |n| n.what.as_str()))
                .with("next-on", super::day_field(next.and_then(|n| n.on)));
            for question in &o.questions {
                let field = if MASTER_QUESTIONS.contains(&question.as_str()) {
                    "questions"
                } else {
                    "own"
                };
                sent = sent.with(field, question.as_str());
            }
            sent
        }
        None => match asked.text("exemplar") {
            "" => sent,
            id => {
                let exemplar = super::exemplar::found(&mastery, id)?;
                sent.with("to", exemplar.what.name.as_str()).with("exemplar", id)
            }
        },
    };
    draw(&metier, &sent, &[], None).await
}

async fn draw(
    metier: &Metier,
    sent: &Sent,
    faults: &[Fault],
    now: Option<&Outreach>,
) -> Result<Response, Problem> {
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let shown = Shown { sent, faults };
    let ids: Vec<(String, &str)> = mastery
        .exemplars
        .iter()
        .map(|e| (e.id.to_string(), e.what.name.as_str()))
        .collect();
    let mut exemplars = vec![("", "not among those you look at")];
    exemplars.extend(ids.iter().map(|(id, name)| (id.as_str(), *name)));
    let own = sent.all("own").count().max(OWN);
    Ok(form_page(
        metier,
        "Prepare to ask a master",
        &shown,
        &html! {
            @if let Some(now) = now {
                div.notice { p { strong { "How it stands now: " } (now.to) ", " (words::outreach_state(now.state)) } @if !now.draft.is_empty() { p.as-written { (now.draft) } } }
            }
            form method="post" action="/mastery/outreach/new" {
                input type="hidden" name="id" value=(sent.text("id"));
                input type="hidden" name="mark" value=(sent.text("mark"));
                (shown.line("text", Field::new("to", "Whom do you ask?").hint("As you would begin the letter.")))
                @if exemplars.len() > 1 { (shown.choice(Field::new("exemplar", "Among the masters you look at"), &exemplars)) }
                (shown.line("text", Field::new("channel", "By which way?").hint("An address for mail, a number, the break at the conference.").optional()))
                fieldset #f-questions {
                    legend { "What do you ask?" }
                    p.hint { "Three are enough. Ask about one time; what people do in general becomes a speech." }
                    @for question in MASTER_QUESTIONS { (shown.tick("questions", question, question)) }
                    @for place in 0..own {
                        div.field {
                            label for={ "f-own" (place) } { "One of your own" span.soft { " (if you like)" } }
                            input id={ "f-own" (place) } type="text" name="own" value=(sent.all("own").nth(place).unwrap_or_default()) autocomplete="off";
                        }
                    }
                    p.hint { "With \u{201c}" (LIST_QUESTION) "\u{201d}, take " a href="/mastery/check/sheet" { "the sheet with the list" } " along." }
                }
                (shown.lines(14, Field::new("draft", "The letter").hint("Let it be written from the above, then make it yours. What you wrote is only replaced when you ask for it.").optional()))
                div.act { button.btn.quiet name="do" value="draft" formnovalidate { @if sent.has("draft") { "Write it anew from the above" } @else { "Write a draft from the above" } } }
                (shown.line("text", Field::new("next", "What comes next").hint("Send it; ask whether it came.").optional()))
                (shown.line("date", Field::new("next-on", "For when").optional()))
                div.act { button.btn { "Keep it" } a href="/mastery/outreach" { "Leave it" } }
                p.hint { "Nothing is sent by itself, and nobody else sees it." }
            }
        },
    ))
}

fn said(sent: &Sent, reading: &mut Reading<'_>) -> OutreachSaid {
    let to = reading.needed("to", "Say whom you ask.");
    let exemplar: Option<EntryId> = reading.read("exemplar", "Choose one of the masters.");
    let next: Option<NextAction> = next_action(reading, sent);
    OutreachSaid {
        to,
        exemplar,
        channel: sent.text("channel").to_owned(),
        questions: questions(sent),
        draft: sent.text("draft").to_owned(),
        next,
    }
}

fn questions(sent: &Sent) -> Vec<String> {
    let all = sent.all("questions").chain(sent.all("own"));
    all.filter(|q| !q.is_empty()).map(str::to_owned).collect()
}

pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let f = &life.needed()?.framework;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &f.family);
    let changed = there(&mastery, sent.text("id"))?;
    if sent.text("do") == "draft" {
        let exemplar: Option<EntryId> = sent.text("exemplar").parse().ok();
        let exemplar = exemplar.and_then(|id| mastery.exemplars.iter().find(|e| e.id == id));
        let draft = words::outreach_draft(
            f,
            metier.name(),
            sent.text("to"),
            exemplar.map(|e| e.what),
            &mastery,
            &questions(&sent),
        );
        return draw(&metier, &with(&sent, "draft", &draft), &[], None).await;
    }
    let now = mark(changed.map(|c| c.what));
    if changed.is_some() && sent.text("mark") != now {
        let fault = Fault {
            field: "draft".into(),
            what: MEANWHILE.into(),
        };
        return draw(
            &metier,
            &with(&sent, "mark", &now),
            &[fault],
            changed.map(|c| c.what),
        )
        .await;
    }
    let mut reading = Reading::of(&sent);
    let said = said(&sent, &mut reading);
    let faults = match reading.done(said) {
        Ok(said) => match metier.reach_out(changed.map(|c| c.id), said).await {
            Ok(id) => return Ok(see_other(&format!("/mastery/outreach/at/{id}?said=kept"))),
            Err(error) => refused(error, "to")?,
        },
        Err(faults) => faults,
    };
    draw(&metier, &sent, &faults, None).await
}

/// The same form with another text in one field.
fn with(sent: &Sent, field: &str, text: &str) -> Sent {
    let kept = sent.fields().filter(|(name, _)| *name != field && *name != "do");
    kept.fold(Sent::default().with(field, text), |all, (name, value)| {
        all.with(name, value)
    })
}

//! The form of somebody who was asked for feedback: first who will see it and for what, then what they
//! saw, then the question that decides most.

use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, NEXT_TIME};
use metier_app::{AppError, Life};
use metier_core::canonical::Digest;
use metier_core::feedback::{
    Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, Observed, OfCompetency,
    Recognised,
};
use metier_core::framework::{Competency, Framework};
use metier_core::id::{CompetencyId, RungId};
use metier_core::journal::Fact;

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let request = request_of(guest).await?;
    let life = guest.metier.life().await?;
    let name = guest.name();
    let form = Shown { sent, faults };
    let title = match request.about {
        FeedbackAbout::Competencies { .. } => format!("{name} asks what you saw"),
        FeedbackAbout::Recognition { .. } => format!("{name} asks what it was worth"),
    };
    let content = html! {
        div.narrow {
            h1 { (title) }
            (told_first(guest, &request))
            (form.summary())
            form method="post" action=(guest.action) {
                @match &request.about {
                    FeedbackAbout::Competencies { version, competencies, .. } => {
                        (observed(&form, framework_of(&life, version)?, competencies))
                    }
                    FeedbackAbout::Recognition { .. } => (recognised(&form)),
                }
                button.btn { "Send it to " (name) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&title, &content))
}

/// Who sees it and for what, before anything is asked.
fn told_first(guest: &Guest, request: &FeedbackRequest) -> Markup {
    let name = guest.name();
    html! {
        section.card.first aria-labelledby="first" {
            h2 #first { "First: who sees this" }
            p { (words::who_sees(name, &request.seen_by)) " " (words::what_for(name, request.purpose)) }
            p { "Your name stands beside it: " strong { (request.to) } ", " (words::role(request.role))
                ". If that is not you, this link is not for you: please leave it." }
            p.soft { "About five minutes. Open until " (guest.last_day()) "." }
            @if !request.note.is_empty() {
                p { (name) " writes:" }
                blockquote { (request.note) }
            }
        }
    }
}

fn observed(form: &Shown<'_>, framework: &Framework, asked: &[CompetencyId]) -> Markup {
    html! {
        (form.lines(5, Field::new("saw", "What did you see them do?")
            .hint("One occasion, as a camera would have seen it: what they did, and what came of it. Not what they are like.")))
        (form.line("text", Field::new("when", "When was that?").hint("A month is enough.").optional()))
        @for competency in asked.iter().filter_map(|id| framework.competency(id)) {
            (of_competency(form, framework, competency))
        }
        (form.lines(2, Field::new("strengths", "What do they do well?").optional()))
        (form.lines(2, Field::new("change", "One thing to change").hint("The one that would help most next time.").optional()))
    }
}

fn of_competency(form: &Shown<'_>, framework: &Framework, competency: &Competency) -> Markup {
    let next = next_field(&competency.id);
    let step = step_field(&competency.id);
    let fault = form.faults.iter().find(|f| f.field == next);
    html! {
        section.card aria-labelledby={ "c-" (competency.id) } {
            h2 id={ "c-" (competency.id) } { (competency.name) }
            @if !competency.looks_like.is_empty() { p.soft { (competency.looks_like) } }
            fieldset.taps id={ "f-" (next) } {
                legend { (NEXT_TIME) }
                @if let Some(fault) = fault { p.fault { (fault.what) } }
                @for answer in NextTime::ALL {
                    label {
                        input type="radio" name=(next) value=(answer.word()) required checked[form.sent.text(&next) == answer.word()];
                        span { (words::capital(words::next_time(answer))) }
                    }
                }
            }
            details.link open[form.sent.has(&step)] {
                summary { "Which step have you seen? (if you like)" }
                fieldset {
                    legend.hide { "The highest step you have seen" }
                    p.hint { "Choose the highest one that you saw yourself. It is kept as your rating." }
                    label.tick-box {
                        input type="radio" name=(step) value="" checked[!form.sent.has(&step)];
                        span { "I do not want to say" }
                    }
                    @for rung in framework.ladder.active() {
                        label.tick-box {
                            input type="radio" name=(step) value=(rung.id) checked[form.sent.text(&step) == rung.id.as_str()];
                            span { strong { (rung.title) } " " span.soft { (rung.statement) } }
                        }
                    }
                }
            }
        }
    }
}

fn recognised(form: &Shown<'_>) -> Markup {
    html! {
        (form.lines(3, Field::new("what", "What was it?").hint("In your own words, for somebody who was not there.")))
        (form.lines(3, Field::new("how-hard", "How hard was it?").hint("Compared with what you usually see.").optional()))
        (form.lines(3, Field::new("otherwise", "What would have happened otherwise?").optional()))
    }
}

/// Takes in an answer.
pub async fn take(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    let request = request_of(guest).await?;
    let life = guest.metier.life().await?;
    let mut reading = Reading::of(sent);
    let said = match &request.about {
        FeedbackAbout::Competencies {
            version,
            competencies,
            ..
        } => FeedbackSaid::Observed(Observed {
            saw: reading.needed("saw", "Say what you saw: one occasion is enough."),
            when: sent.text("when").to_owned(),
            of: of_all(&mut reading, sent, framework_of(&life, version)?, competencies),
            strengths: sent.text("strengths").to_owned(),
            change: sent.text("change").to_owned(),
        }),
        FeedbackAbout::Recognition { .. } => FeedbackSaid::Recognised(Recognised {
            what: reading.needed("what", "Say what it was, in a sentence."),
            how_hard: sent.text("how-hard").to_owned(),
            otherwise: sent.text("otherwise").to_owned(),
        }),
    };
    let said = match reading.done(said) {
        Ok(said) => said,
        Err(faults) => return Ok(Taken::Faults(faults)),
    };
    let given = FeedbackGiven {
        request: Some(guest.link.invitation.about),
        by: request.to,
        role: request.role,
        channel: Channel::Link,
        said,
    };
    guest
        .metier
        .take_feedback(guest.link.invitation.answer, given)
        .await?;
    Ok(Taken::Recorded)
}

fn of_all(
    reading: &mut Reading<'_>,
    sent: &Sent,
    framework: &Framework,
    asked: &[CompetencyId],
) -> Vec<OfCompetency> {
    let mut of = Vec::new();
    for competency in asked.iter().filter_map(|id| framework.competency(id)) {
        let field = next_field(&competency.id);
        let Some(next_time) = NextTime::of_word(sent.text(&field)) else {
            reading.fault(
                &field,
                format!(
                    "Choose one for “{}”; “cannot say” is an answer, too.",
                    competency.name
                ),
            );
            continue;
        };
        let step = sent.text(&step_field(&competency.id));
        let step = framework.ladder.active().find(|r| r.id.as_str() == step);
        of.push(OfCompetency {
            competency: competency.id.clone(),
            next_time,
            step: step.map(|r| RungId::clone(&r.id)),
        });
    }
    of
}

fn next_field(competency: &CompetencyId) -> String {
    format!("next-{competency}")
}

fn step_field(competency: &CompetencyId) -> String {
    format!("step-{competency}")
}

async fn request_of(guest: &Guest) -> Result<FeedbackRequest, AppError> {
    let request = |fact: &Fact| match fact {
        Fact::FeedbackRequested(request) => Some((**request).clone()),
        _ => None,
    };
    guest.metier.invited_about(&guest.link.invitation, request).await
}

/// The words the giver was asked about: the version that the request names, whatever came since.
fn framework_of<'a>(life: &'a Life, version: &Digest) -> Result<&'a Framework, AppError> {
    life.version(version)
        .map(|v| &*v.framework)
        .ok_or_else(|| AppError::not_found("the criteria asked about are not here"))
}

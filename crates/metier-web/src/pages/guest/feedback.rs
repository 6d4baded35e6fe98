//! The form of somebody who was asked for feedback: first who will see it and for what, then what they
//! saw, then the question that decides most.

use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{self, NEXT_TIME};
use metier_app::{AppError, AskedCompetency, ShownToGiver};
use metier_core::feedback::{
    Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, Observed, OfCompetency,
    Recognised,
};
use metier_core::id::CompetencyId;
use metier_core::journal::Fact;

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let request = request_of(guest).await?;
    let shown = guest.metier.shown_to_giver(&request).await?;
    let name = guest.name();
    let form = Shown { sent, faults };
    let title = match request.about {
        FeedbackAbout::Competencies { .. } => format!("{name} asks what you saw"),
        FeedbackAbout::Recognition { .. } => format!("{name} asks what it was worth"),
    };
    let content = html! {
        div.narrow {
            h1 { (title) }
            (told_first(guest, &request, &shown))
            (form.summary())
            form method="post" action=(guest.action) {
                (questions(&form, &request.about, &shown, By::Giver))
                button.btn { "Send it to " (name) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&title, &content))
}

/// Who fills the form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever was asked: of each competency they say something, if only that they cannot.
    Giver,
    /// The owner, who writes down an answer: what was not answered stays so.
    Owner,
}

/// The questions, as a giver reads them; the owner who writes an answer down reads the same.
pub fn questions(form: &Shown<'_>, about: &FeedbackAbout, shown: &ShownToGiver, by: By) -> Markup {
    match about {
        FeedbackAbout::Competencies { .. } => observed(form, shown, by),
        FeedbackAbout::Recognition { .. } => recognised(form),
    }
}

/// Who sees it and for what, before anything is asked.
fn told_first(guest: &Guest, request: &FeedbackRequest, shown: &ShownToGiver) -> Markup {
    let name = guest.name();
    html! {
        section.card.first aria-labelledby="first" {
            h2 #first { "First: who sees this" }
            p { (words::who_sees(name, &request.seen_by)) " " (words::what_for(name, request.purpose)) }
            p { "Your name stands beside it: " strong { (request.to) } ", " (words::role(request.role))
                ". If that is not you, this link is not for you: please leave it." }
            p.soft { "About five minutes. Open until " (guest.last_day()) "." }
            @if let Some(work) = &shown.work { p { "It is about: " strong { (work) } } }
            @if !shown.note.is_empty() {
                p { (name) " writes:" }
                blockquote { (shown.note) }
            }
        }
    }
}

fn observed(form: &Shown<'_>, shown: &ShownToGiver, by: By) -> Markup {
    html! {
        (form.lines(5, Field::new("saw", "What did you see them do?")
            .hint("One occasion, as a camera would have seen it: what they did, and what came of it. Not what they are like.")))
        (form.line("text", Field::new("when", "When was that?").hint("A month is enough.").optional()))
        @for competency in &shown.competencies {
            (of_competency(form, shown, competency, by))
        }
        (form.lines(2, Field::new("strengths", "What do they do well?").optional()))
        (form.lines(2, Field::new("change", "One thing to change").hint("The one that would help most next time.").optional()))
    }
}

fn of_competency(form: &Shown<'_>, shown: &ShownToGiver, competency: &AskedCompetency, by: By) -> Markup {
    let next = next_field(&competency.id);
    let step = step_field(&competency.id);
    let fault = form.faults.iter().find(|f| f.field == next);
    html! {
        section.card aria-labelledby={ "c-" (competency.id) } {
            h2 id={ "c-" (competency.id) } { (competency.name) }
            @if !competency.looks_like.is_empty() { p.soft { (competency.looks_like) } }
            fieldset.taps id={ "f-" (next) } {
                legend { (NEXT_TIME) }
                @if by == By::Owner { p.hint { "Leave it open if they did not answer this." } }
                @if let Some(fault) = fault { p.fault { (fault.what) } }
                @for answer in NextTime::ALL {
                    label {
                        input type="radio" name=(next) value=(answer.word()) required[by == By::Giver] checked[form.sent.text(&next) == answer.word()];
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
                    @for (id, title, statement) in &shown.steps {
                        label.tick-box {
                            input type="radio" name=(step) value=(id) checked[form.sent.text(&step) == id];
                            span {
                                strong { (title) } " " span.soft { (statement) }
                                @if let Some((_, text)) = competency.worded.iter().find(|(step, _)| step == id) { br; (text) }
                            }
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
    let shown = guest.metier.shown_to_giver(&request).await?;
    let said = match said(sent, &request.about, &shown, By::Giver) {
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

/// What a form with the questions says.
///
/// # Errors
/// What is wrong with it.
pub fn said(
    sent: &Sent,
    about: &FeedbackAbout,
    shown: &ShownToGiver,
    by: By,
) -> Result<FeedbackSaid, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let said = match about {
        FeedbackAbout::Competencies { .. } => FeedbackSaid::Observed(Observed {
            saw: reading.needed("saw", "Say what you saw: one occasion is enough."),
            when: sent.text("when").to_owned(),
            of: of_all(&mut reading, sent, shown, by),
            strengths: sent.text("strengths").to_owned(),
            change: sent.text("change").to_owned(),
        }),
        FeedbackAbout::Recognition { .. } => FeedbackSaid::Recognised(Recognised {
            what: reading.needed("what", "Say what it was, in a sentence."),
            how_hard: sent.text("how-hard").to_owned(),
            otherwise: sent.text("otherwise").to_owned(),
        }),
    };
    reading.done(said)
}

/// The same as a form would have sent it.
pub fn as_sent(said: &FeedbackSaid) -> Sent {
    match said {
        FeedbackSaid::Observed(o) => {
            let mut sent = Sent::default()
                .with("saw", &o.saw)
                .with("when", &o.when)
                .with("strengths", &o.strengths)
                .with("change", &o.change);
            for of in &o.of {
                sent = sent.with(&next_field(&of.competency), of.next_time.word());
                if let Some(step) = &of.step {
                    sent = sent.with(&step_field(&of.competency), step.as_str());
                }
            }
            sent
        }
        FeedbackSaid::Recognised(r) => Sent::default()
            .with("what", &r.what)
            .with("how-hard", &r.how_hard)
            .with("otherwise", &r.otherwise),
    }
}

fn of_all(reading: &mut Reading<'_>, sent: &Sent, shown: &ShownToGiver, by: By) -> Vec<OfCompetency> {
    let mut of = Vec::new();
    for competency in &shown.competencies {
        let field = next_field(&competency.id);
        let Some(next_time) = NextTime::of_word(sent.text(&field)) else {
            if by == By::Owner && !sent.has(&field) && !sent.has(&step_field(&competency.id)) {
                continue;
            }
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
        let step = shown.steps.iter().find(|(id, ..)| id == step);
        of.push(OfCompetency {
            competency: competency.id.clone(),
            next_time,
            step: step.and_then(|(id, ..)| id.parse().ok()),
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

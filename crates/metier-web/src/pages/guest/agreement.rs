//! The answer to an agreement, without an account: what is proposed and what it asks, yes or no, a receipt.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::words::{self, day, days_left};
use metier_app::{AppError, Reply, letter_file};
use metier_core::agreement::Agreement;
use metier_core::journal::Fact;

use super::{Guest, Taken, page};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::pages::case::{again, level_asks};

async fn terms_of(guest: &Guest) -> Result<Agreement, AppError> {
    let terms = |fact: &Fact| match fact {
        Fact::AgreementProposed(terms) => Some((**terms).clone()),
        _ => None,
    };
    guest.metier.invited_about(&guest.link.invitation, terms).await
}

/// The form, with what was sent and what is wrong with it.
pub async fn show(guest: &Guest, sent: &Sent, faults: &[Fault]) -> Result<Response, AppError> {
    let terms = terms_of(guest).await?;
    let life = guest.metier.life().await?;
    let criteria = life
        .version(&terms.version)
        .ok_or_else(|| AppError::not_found("the criteria that are proposed are not here"))?;
    let before = match terms.amends {
        Some(id) => guest.metier.agreement(id).await.ok().map(|state| state.terms),
        None => None,
    }
    .filter(|before| terms.proposes_again(before));
    let (name, form) = (guest.name(), Shown { sent, faults });
    let today = guest.metier.surroundings().today();
    let fault = faults.iter().find(|f| f.field == "answer");
    let content = html! {
        div.narrow {
            h1 { (name) " asks you to agree" }
            section.card.first aria-labelledby="first" {
                h2 #first { "First: what your answer is for" }
                p { (name) " and you pin criteria, a level and a day, so that both know what is asked. It may be used in a decision. Criteria that change later hold only once both agree again." }
                p { "Your name stands beside it: " strong { (terms.with) } ", " (words::role(terms.role)) ". If that is not you, this link is not for you: please leave it." }
                p.soft { "It can be answered until " (day(terms.answer_by)) " (" (days_left(terms.answer_by, today)) ")." }
            }
            p.big { (terms.level_name) " by " (day(terms.by)) }
            p { (terms.title) ", version " (terms.version_name) " " span.mono.soft { (terms.version.short()) } }
            @if !terms.note.is_empty() { p { "Also: " (terms.note) } }
            @if let Some(before) = &before { (again(before, &terms)) }
            (level_asks(&criteria.framework, &terms.level))
            (form.summary())
            form method="post" action=(guest.action) {
                fieldset.taps #f-answer {
                    legend { "Do you agree?" }
                    @if let Some(fault) = fault { p.fault { (fault.what) } }
                    @for (value, label) in [("yes", "Yes, I agree"), ("no", "No")] {
                        label {
                            input type="radio" name="answer" value=(value) required checked[sent.text("answer") == value];
                            span { (label) }
                        }
                    }
                }
                (form.lines(3, Field::new("words", "A word to it").hint("When you do not agree: why not?").optional()))
                (form.lines(3, Field::new("otherwise", "When you do not agree: what would have to be otherwise?").optional()))
                button.btn { "Send it to " (name) }
                p.hint { "It can be sent once. You get a receipt to keep." }
            }
        }
    };
    Ok(page(&format!("{name} asks you to agree"), &content))
}

/// Takes in an answer.
pub async fn take(guest: &Guest, sent: &Sent) -> Result<Taken, AppError> {
    let mut reading = Reading::of(sent);
    let answer = reading.needed("answer", "Choose yes or no.");
    if answer == "no" && !sent.has("words") && !sent.has("otherwise") {
        reading.fault(
            "otherwise",
            "Say why not, or what would have to be otherwise, so that it can be proposed anew.",
        );
    }
    if let Err(faults) = reading.done(()) {
        return Ok(Taken::Faults(faults));
    }
    let (invitation, words) = (&guest.link.invitation, sent.text("words"));
    let (entry, about) = (invitation.answer, invitation.about);
    let reply = match answer.as_str() {
        "yes" => Reply::yes(words),
        _ => Reply::no(words, sent.text("otherwise")),
    };
    if !guest.metier.agreement(about).await?.awaits_answer() {
        return Ok(Taken::Over);
    }
    guest.metier.answered_by_link(entry, about, &reply).await?;
    Ok(Taken::Recorded)
}

/// What the holder keeps once they answered: the receipt both sides keep, of a yes or a no. `None` when what they
/// said does not stand any more.
pub async fn receipt(guest: &Guest, as_file: bool) -> Result<Option<Response>, AppError> {
    let state = guest.metier.agreement(guest.link.invitation.about).await?;
    let mine = guest.link.invitation.answer;
    let yes = state.confirmed.filter(|c| c.id == mine).map(|c| c.what.answer);
    let no = state.declined.filter(|d| d.id == mine).map(|d| d.what.answer);
    let Some(answer) = yes.or(no) else {
        return Ok(None);
    };
    if as_file {
        let letter = guest.metier.agreement_receipt(state.id).await?;
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"agreement-receipt-{}.txt\"", answer.on),
            ),
        ];
        return Ok(Some((headers, letter_file(&letter)?).into_response()));
    }
    let terms = &state.terms;
    Ok(Some(page(
        "Thank you",
        &html! {
            div.narrow {
                h1 { "Thank you" }
                p.lead {
                    @if answer.says.is_yes() { "You agreed with " } @else { "You said no to " }
                    (guest.name()) " on " (day(answer.on)) ": " (terms.level_name) " by " (day(terms.by)) "."
                }
                p { "Keep the receipt. It names the exact criteria and where " (guest.name()) "\u{2019}s journal stood: nobody can change either afterwards and keep these numbers." }
                dl.receipt {
                    dt { "Criteria" } dd.mono { (terms.version) }
                    dt { @if answer.says.is_yes() { "Text agreed to" } @else { "Text answered" } } dd.mono { (state.text) }
                    dt { "Head of the journal" } dd.mono { (terms.checkpoint.head) }
                }
                p { a.btn href={ (guest.action) "?file=1" } { "Keep it as a file" } }
                p.soft { "You can close this page." }
            }
        },
    )))
}

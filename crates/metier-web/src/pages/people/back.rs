//! An answer that came back: a pasted mail to look at, a file to take in, something told to write down.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::{AppError, Kind, Lenient, MailDraft, RequestSeen, words};
use metier_core::feedback::{Channel, FeedbackGiven};
use metier_core::id::EntryId;

use super::asked;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::pages::guest::feedback;
use crate::path::Path;
use crate::problem::{Problem, sentence};

/// Reads a pasted mail and shows what was understood. Nothing is recorded.
pub async fn mail(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.feedback_request(entry).await?;
    match metier.read_feedback_mail(&seen, sent.text("mail")).await {
        Ok(draft) => {
            let filled = feedback::as_sent(&draft.said).with("channel", "mail");
            look(&shared, &seen, &filled, &[], Some(&draft)).await
        }
        Err(error) if error.kind == Kind::Input => {
            asked::draw(&shared, entry, &sent, &[fault("mail", &error)]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The questions, to write down what was told.
pub async fn told(State(shared): State<Shared>, Path(entry): Path<EntryId>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.feedback_request(entry).await?;
    let filled = Sent::default().with("channel", "told");
    look(&shared, &seen, &filled, &[], None).await
}

async fn look(
    shared: &Shared,
    seen: &RequestSeen,
    sent: &Sent,
    faults: &[Fault],
    draft: Option<&MailDraft>,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let shown = metier.shown_to_giver(&seen.request).await?;
    let form = Shown { sent, faults };
    let by_mail = sent.text("channel") == "mail";
    let to = &seen.request.to;
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people" { "People" } " · " a href={ "/people/asked/" (seen.id) } { "The request" } }
            h1 { @if by_mail { "Is this what " (to) " wrote?" } @else { "What " (to) " told you" } }
            @if let Some(draft) = draft {
                @if draft.in_one {
                    (notice(&html! { p { "The answers could not be told apart, so all of it stands under the first question. Move what belongs elsewhere." } }))
                }
                @if !draft.beside.is_empty() {
                    details.fold { summary { "What belongs to no question" } pre.quoted { (draft.beside) } }
                }
            }
            (form.summary())
            form method="post" action={ "/people/asked/" (seen.id) "/answer" } {
                input type="hidden" name="channel" value=(sent.text("channel"));
                (feedback::questions(&form, &seen.request.about, &shown, feedback::By::Owner))
                button.btn { "Record it" }
                p.hint { "Kept as " (words::came(if by_mail { Channel::Mail } else { Channel::Told })) ", and shown as such. Put down their words, not yours." }
            }
        }
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Page::new("An answer")
        .under(Nav::People)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// Records an answer that the owner wrote down or confirmed.
pub async fn answer(
    State(shared): State<Shared>,
    Path(entry): Path<EntryId>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = metier.feedback_request(entry).await?;
    let shown = metier.shown_to_giver(&seen.request).await?;
    let said = match feedback::said(&sent, &seen.request.about, &shown, feedback::By::Owner) {
        Ok(said) => said,
        Err(faults) => return look(&shared, &seen, &sent, &faults, None).await,
    };
    let given = FeedbackGiven {
        request: Some(entry),
        by: seen.request.to.clone(),
        role: seen.request.role,
        channel: if sent.text("channel") == "mail" {
            Channel::Mail
        } else {
            Channel::Told
        },
        said,
    };
    let answered = metier
        .take_feedback(metier.surroundings().entry_id(), given)
        .await?;
    // What was asked for is here: a link that is still open takes nothing more.
    metier.revoke_links(entry).await?;
    Ok(see_other(&format!("/people/said/{}", answered.id)))
}

/// The page for a form that came back.
pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    draw_form(&shared, &Sent::default(), &[]).await
}

async fn draw_form(shared: &Shared, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let form = Shown { sent, faults };
    let again = !faults.is_empty();
    let content = html! {
        div.narrow {
            p.crumbs { a href="/people" { "People" } }
            h1 { "A form came back" }
            (form.summary())
            form method="post" action="/people/back" enctype="multipart/form-data" {
                (form.file(Field::new("form", "The file").hint("The text file that was sent to you, or the mail it stood in, saved as text."), false))
                @if again {
                    (form.line("text", Field::new("from", "Whose answer is it?").hint("Only if somebody else answered than the one you asked.").optional()))
                    (form.tick("late", "1", "Take it even if it came after its last day"))
                }
                button.btn { "Take it in" }
                p.hint { "The form knows which request it belongs to. What is damaged, altered or sent twice is told, and nothing of it is kept." }
            }
        }
    };
    let status = if again {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(Page::new("A form came back")
        .under(Nav::People)
        .of(&metier)
        .status(status)
        .show(&content))
}

/// Takes in a form that came back.
pub async fn file(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Some(file) = sent.files("form").next() else {
        let missing = Fault {
            field: "form".into(),
            what: "Choose the file that came back.".into(),
        };
        return draw_form(&shared, &sent, &[missing]).await;
    };
    let lenient = Lenient {
        from: Some(sent.text("from").to_owned()).filter(|f| !f.is_empty()),
        late: sent.has("late"),
    };
    match metier.read_feedback_file(&file.bytes, &lenient).await {
        Ok(answered) if answered.new => Ok(see_other(&format!("/people/said/{}", answered.id))),
        Ok(answered) => Ok(see_other(&format!("/people/said/{}?said=before", answered.id))),
        Err(error) if error.kind == Kind::Input => draw_form(&shared, &sent, &[fault("form", &error)]).await,
        Err(error) => Err(error.into()),
    }
}

fn fault(field: &str, error: &AppError) -> Fault {
    Fault {
        field: field.into(),
        what: format!("{} {}", sentence(&error.message), error.hints.join(" "))
            .trim()
            .to_owned(),
    }
}

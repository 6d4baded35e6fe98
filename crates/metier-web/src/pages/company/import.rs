//! A levelling document is sent to be looked at. Nothing of it is recorded.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::{AppError, Choices};

use super::{Bringing, refusal};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// What is said above every refusal that is not about one file.
const NOTHING: &str = "Nothing was taken in.";

pub async fn form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let here = Bringing::of(&shared).await?;
    let gone = asked.has("gone").then(gone);
    Ok(draw(&here, &asked, gone.as_ref().map(|e| (NOTHING, e))))
}

/// Why a document that was looked at is no longer here.
fn gone() -> AppError {
    AppError::input("the document is no longer held: the program was started again, or others came after it")
        .hint("Choose the file again.")
}

fn draw(here: &Bringing, sent: &Sent, refused: Option<(&str, &AppError)>) -> Response {
    let shown = Shown { sent, faults: &[] };
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let back = if here.first { "/start" } else { "/framework" };
    here.page("Your company’s criteria")
        .status(status)
        .show(&html! {
            div.narrow {
                (here.crumbs("Your company’s criteria"))
                h1 { "Read your company’s criteria" }
                p.lead { "The levelling guide, career ladder or role profile you are held to, as it is. "
                    @if here.first { "You begin with it: its levels are what you aim at, its criteria what you are compared with." }
                    @else { "What you recorded is then read against it, beside your own criteria." }
                }
                @if let Some((head, error)) = refused { (refusal(head, error)) }
                form method="post" action="/framework/import" enctype="multipart/form-data" {
                    (shown.file(Field::new("file", "The document")
                        .hint("A table as CSV or Excel workbook (.xlsx), or YAML or JSON; up to 16 MB. A row for each thing asked, or a matrix with the levels above or beside it."), false))
                    (shown.line("text", Field::new("publisher", "Whose is it?").optional().hint("“Example Garden Tools”")))
                    div.act { button.btn { "Look at it" } a href=(back) { "Leave it" } }
                }
                p.soft { "You see what each column is read as, which roles it names and what it lacks, before anything is taken in. From a text document or a PDF, copy the table into a spreadsheet first." }
            }
        })
}

/// Holds the document when a table can be found in it at all; what its columns mean is asked next.
pub async fn send(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let here = Bringing::of(&shared).await?;
    let Some(file) = sent.files("file").next() else {
        let error = AppError::input("no file was chosen").hint("Choose the document.");
        return Ok(draw(&here, &sent, Some((NOTHING, &error))));
    };
    let document = shared.held().hold(file.name.clone(), file.bytes.clone()).await;
    if let Err(error) = document.sheets(&Choices::default()).await {
        shared.held().drop(&document.digest).await;
        let head = format!("“{}” cannot be read. Nothing was taken in.", document.name);
        return Ok(draw(&here, &sent, Some((&head, &error))));
    }
    let publisher: String = form_urlencoded::byte_serialize(sent.text("publisher").as_bytes()).collect();
    Ok(see_other(&format!(
        "/framework/import/look?doc={}&publisher={publisher}",
        document.digest
    )))
}

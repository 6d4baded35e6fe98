//! The criteria as one document: to download, to change in the browser, to send back.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use metier_app::{DocumentProblem, Metier, check_document, document, document_template};
use metier_core::framework::Framework;

use super::crumbs;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// A version, the draft (`?version=draft`), or what is aimed at.
pub async fn download(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let draft;
    let framework: &Framework = match asked.text("version") {
        "" => &life.needed()?.framework,
        "draft" => {
            draft = life.working_copy()?.framework;
            &draft
        }
        named => &super::show::named_version(&life, named)?.framework,
    };
    Ok(file(&format!("{}.yaml", framework.family), document(framework)))
}

pub async fn template() -> Response {
    file("framework-template.yaml", document_template().to_owned())
}

/// A text to keep. The name is an id, so it needs no escaping.
fn file(name: &str, text: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/yaml; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
        ],
        text,
    )
        .into_response()
}

pub async fn form(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let text = document(&metier.life().await?.working_copy()?.framework);
    Ok(draw(&metier, &text, &[], false))
}

/// Keeps the document as the draft when its form holds; what its content lacks is shown beside it.
pub async fn save(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let upload = sent.files("file").next();
    let bytes = upload.map_or_else(|| sent.text("document").as_bytes(), |file| file.bytes.as_slice());
    if bytes.is_empty() {
        let problem = DocumentProblem {
            line: None,
            column: None,
            place: String::new(),
            what: "there is no document".into(),
            remedy: "paste one, or choose a file".into(),
        };
        return Ok(draw(&metier, "", &[problem], true));
    }
    let text = String::from_utf8_lossy(bytes);
    if let Err(problems) = metier.draft_document(bytes).await {
        return Ok(draw(&metier, &text, &problems, true));
    }
    let problems = check_document(bytes);
    if problems.is_empty() {
        return Ok(see_other("/framework/edit"));
    }
    Ok(draw(&metier, &text, &problems, false))
}

fn draw(metier: &Metier, text: &str, problems: &[DocumentProblem], refused: bool) -> Response {
    let sent = Sent::default().with("document", text);
    let shown = Shown {
        sent: &sent,
        faults: &[],
    };
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Page::new("The whole document")
        .under(Nav::Framework)
        .of(metier)
        .status(status)
        .show(&html! {
            (crumbs("The whole document"))
            h1 { "The whole document" }
            p { "Everything in one text, in the form the program reads and writes (YAML). "
                a href="/framework/document.yaml?version=draft" { "Download it" } ", change it in your own editor and send it back, or start from the "
                a href="/framework/template.yaml" { "template" } ", which explains the form."
            }
            (told(problems, text, refused))
            form method="post" action="/framework/edit/document" enctype="multipart/form-data" {
                div.field.document {
                    label for="f-document" { "The document" }
                    textarea id="f-document" name="document" rows="30" spellcheck="false" wrap="off"
                        aria-invalid=[refused.then_some("true")] aria-describedby=[(!problems.is_empty()).then_some("problems")]
                        { (text) }
                }
                (shown.file(Field::new("file", "Or a file in its place").optional(), false))
                (super::edit::buttons())
            }
        })
}

/// What is wrong, each with the line it stands on and the line itself.
fn told(problems: &[DocumentProblem], text: &str, refused: bool) -> Markup {
    let lines: Vec<&str> = text.lines().collect();
    let line = |n: u64| {
        usize::try_from(n)
            .ok()
            .and_then(|n| lines.get(n.checked_sub(1)?))
            .map(|l| l.trim().chars().take(120).collect::<String>())
    };
    html! {
        @if !problems.is_empty() {
            div.faults #problems role="alert" {
                p { strong {
                    @if refused { "This cannot be read yet, so nothing was kept." }
                    @else { "Kept in the draft. Before it can be published, mend these:" }
                } }
                ul {
                    @for problem in problems {
                        li {
                            a href="#f-document" { (problem.to_string()) }
                            @if let Some(said) = problem.line.and_then(line) { br; code { (said) } }
                        }
                    }
                }
            }
        }
    }
}

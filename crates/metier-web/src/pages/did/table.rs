//! A table of attempts, for one step: all of it or nothing.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::{AppError, AsOf, Metier, Sight, ToClaim};

use super::claims;
use super::line::title_of;
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent, Upload};
use crate::layout::{Nav, Page, see_other};
use crate::problem::{Problem, sentence};

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let mut sent = Sent::default();
    if let Ok(ToClaim::Step { competency, rung, .. }) =
        ToClaim::read(asked.text("for"), &sight.version.framework)
    {
        sent = sent
            .with("competency", competency.as_str())
            .with("step", rung.as_str());
    }
    Ok(page(&metier, &sight, &sent, &[], None))
}

/// `unread` is why the table cannot be used: what, and every line.
fn page(
    metier: &Metier,
    sight: &Sight,
    sent: &Sent,
    faults: &[Fault],
    unread: Option<&AppError>,
) -> Response {
    let form = Shown { sent, faults };
    let framework = &sight.version.framework;
    let page = Page::new("A table of attempts").under(Nav::Did).of(metier);
    let wrong = !faults.is_empty() || unread.is_some();
    let page = if wrong {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        page
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { "Bring a table of attempts" }
            p { "One row a session, with at least the columns " code { "date" } ", " code { "attempts" } " and "
                code { "clean" } " (right, without help). "
                a href="/did/table/example.csv" download="attempts.csv" { "An example to fill in" } "." }
            @if let Some(error) = unread {
                div.faults role="alert" {
                    p { strong { "Nothing was recorded." } " Mend these lines and bring it again:" }
                    ul {
                        li { (error.message) }
                        // The last hint says what the heading here says.
                        @for hint in error.hints.iter().filter(|h| !h.starts_with("Nothing was")) { li { (hint) } }
                    }
                }
            }
            (form.summary())
            form method="post" action="/did/table" enctype="multipart/form-data" {
                (form.grouped_choice(Field::new("competency", "Attempts at what"), "choose", &claims::competencies(framework)))
                (form.choice(Field::new("step", "Which step"), &claims::steps(framework)))
                (form.line("text", Field::new("title", "What to call each session").optional().hint("“Cannulations on the ward”")))
                @if wrong { p.fault { "Choose the file again: a browser forgets it when a form comes back." } }
                (form.file(Field::new("file", "The table, as CSV"), false))
                div.act { button.btn { "Record the sessions" } a href="/did" { "Leave it" } }
            }
        }
    })
}

pub async fn log(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    match asked(&sent, &sight) {
        Ok((file, claim, title)) => match metier.log_table(&file.name, &file.bytes, &title, &claim).await {
            Ok(rows) => Ok(see_other(&format!("/did?recorded={}", rows.len()))),
            Err(error) if error.kind == metier_app::Kind::Input => {
                Ok(page(&metier, &sight, &sent, &[], Some(&error)))
            }
            Err(error) => Err(error.into()),
        },
        Err(faults) => Ok(page(&metier, &sight, &sent, &faults, None)),
    }
}

fn asked<'a>(sent: &'a Sent, sight: &Sight) -> Result<(&'a Upload, ToClaim, String), Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let framework = &sight.version.framework;
    let word = reading.needed("competency", "Choose what these are attempts at.");
    let claim = if word.is_empty() {
        None
    } else {
        let step = Some(sent.text("step")).filter(|s| !s.is_empty());
        ToClaim::of_attempts(framework, &word, step)
            .map_err(|error| reading.fault("competency", sentence(&error.message)))
            .ok()
    };
    let title = match (sent.has("title"), &claim) {
        (true, _) => title_of(&mut reading, sent, "title"),
        (false, Some(ToClaim::Step { competency, .. })) => framework
            .competency(competency)
            .map_or_else(|| "Attempts".into(), |c| c.name.clone()),
        (false, _) => "Attempts".into(),
    };
    let file = sent.files("file").next();
    if file.is_none() {
        reading.fault("file", "Choose the file.");
    }
    reading.done(()).and_then(|()| {
        file.zip(claim)
            .map(|(file, claim)| (file, claim, title))
            .ok_or_else(Vec::new)
    })
}

pub async fn example() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"attempts.csv\"",
            ),
        ],
        metier_app::attempts_template(),
    )
        .into_response()
}

//! Everything out, everything in, and whether all of it is whole.

use std::io::Cursor;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;
use metier_app::words;
use metier_app::{AppError, Kind, Metier};

use super::draw;
use crate::Shared;
use crate::form::{Fault, Sent};
use crate::layout::notice;
use crate::problem::Problem;

/// The most bytes a file sent to the page may have; larger ones go through the command.
pub const IMPORT_LIMIT: usize = 512 << 20;

/// Everything as one file to keep.
pub async fn export(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut file = Cursor::new(Vec::new());
    metier.export_to(&mut file).await?;
    let name = format!("metier-{}.zip", shared.surroundings().today());
    Ok((
        [
            (header::CONTENT_TYPE, "application/zip".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
        ],
        file.into_inner(),
    )
        .into_response())
}

/// Unites the journal with the file that was sent; what is wrong with it is said beside its field.
pub async fn import(State(shared): State<Shared>, sent: Result<Sent, Problem>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let Ok(sent) = sent else {
        let what = "The file could not be read whole: at most 512 MiB can be sent here. For a larger one: metier import FILE. Nothing was changed.";
        return refuse(&metier, what.into()).await;
    };
    let Some(file) = sent.files("file").next() else {
        return refuse(&metier, "Choose a file first.".into()).await;
    };
    let read = Metier::read_upload(&file.name, &file.bytes, shared.surroundings().now());
    let imported = match read {
        Ok(read) => metier.import(read).await,
        Err(error) => Err(error),
    };
    match imported {
        Ok(done) => {
            let told = notice(&html! {
                p {
                    (words::capital(&words::plural(done.entries as u64, "entry", "entries"))) " read from " (file.name) "; "
                    @match done.added {
                        0 => "nothing in it was new.",
                        n => { (words::plural(n as u64, "was new and is here now", "were new and are here now")) "." }
                    }
                }
            });
            draw(&metier, &told, &[]).await
        }
        Err(error) if error.kind == Kind::Input => refuse(&metier, said(&error)).await,
        Err(error) => Err(error.into()),
    }
}

/// The message begins with the file's name, which is not to be changed into a capital.
fn said(error: &AppError) -> String {
    let mut said = error.message.trim_end_matches('.').to_owned();
    said.push('.');
    for hint in &error.hints {
        said.push(' ');
        said.push_str(hint);
    }
    said
}

async fn refuse(metier: &Metier, what: String) -> Result<Response, Problem> {
    let fault = Fault {
        field: "file".into(),
        what,
    };
    draw(metier, &html! {}, &[fault]).await
}

/// Looks at everything and names what is damaged.
pub async fn verify(State(shared): State<Shared>) -> Result<Response, Problem> {
    // Not as somebody who has started: a damaged journal cannot say whether they have.
    let metier = shared.metier().await?.ok_or(Problem::NotStarted)?;
    let found = metier.verify().await?;
    let seen = format!(
        "{} and {}",
        words::plural(found.entries as u64, "entry", "entries"),
        words::plural(found.attachments as u64, "attachment", "attachments")
    );
    if found.troubles.is_empty() {
        let told = notice(&html! {
            p { strong { "All is well." } " " (words::capital(&seen)) " are as they were written." }
            p.small { "State: " code { (found.head) } }
        });
        return draw(&metier, &told, &[]).await;
    }
    // A damaged journal may not be readable as a whole, so the report stands on a page of its own.
    Ok(crate::layout::Page::new("Damage found")
        .under(crate::layout::Nav::Settings)
        .of(&metier)
        .show(&html! {
            h1 { "Something is damaged" }
            p.lead { "Of " (seen) " looked at, this is not as it was written:" }
            div.faults { ul { @for trouble in &found.troubles { li { (trouble) } } } }
            p { "Restore a backup, or unite with an export made before the damage. Nothing was changed by looking." }
            p { a href="/settings" { "Back to settings" } }
        }))
}

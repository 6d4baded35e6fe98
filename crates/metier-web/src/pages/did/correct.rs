//! Correcting one thing: the new wording stands in its place, the old one stays to be read.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::{AsOf, Deed, Metier, deeds};
use metier_core::evidence::Artefact;
use metier_core::id::EntryId;

use super::kinds::of_id;
use super::{address, full, kinds, named};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

pub async fn show(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let deed = find(deeds(&entries), named(&entry)?)?;
    let mut sent = full::fill(deed.wording.on, deed.wording.evidence);
    sent = sent.with(
        "kind",
        kinds::described(of_id(asked.text("kind")).unwrap_or(deed.wording.evidence.what.kind())).id,
    );
    Ok(page(&metier, &deed, &sent, &[]))
}

/// The deed that an entry belongs to.
pub fn find(deeds: Vec<Deed<'_>>, entry: EntryId) -> Result<Deed<'_>, Problem> {
    deeds
        .into_iter()
        .find(|d| d.id == entry || d.wording.entry == entry || d.earlier.iter().any(|w| w.entry == entry))
        .ok_or_else(|| {
            Problem::not_found(
                "there is no such entry; it may have been erased. The page What I did lists those there are",
            )
        })
}

fn page(metier: &Metier, deed: &Deed<'_>, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let kind = of_id(sent.text("kind")).unwrap_or(deed.wording.evidence.what.kind());
    let kept: Vec<&Artefact> = deed.wording.evidence.artefacts.iter().collect();
    let names: Vec<(&str, &str)> = kinds::KINDS.iter().map(|k| (k.id, k.name)).collect();
    let page = Page::new("Correct").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } " / "
                a href=(address(deed.id)) { (super::line::short(&deed.wording.evidence.title)) } }
            h1 { "Correct it" }
            p { "The new wording stands in its place. What you wrote before stays to be read, marked as corrected." }
            (form.summary())
            @if faults.is_empty() {
                details.link.kinds {
                    summary { "It was another kind of thing" }
                    form.inline method="get" {
                        (Shown { sent, faults: &[] }.choice(Field::new("kind", "It was"), &names))
                        button.btn.quiet { "Show its fields" }
                    }
                }
            }
            form method="post" action={ (address(deed.id)) "/correct" } enctype="multipart/form-data" {
                input type="hidden" name="kind" value=(kinds::described(kind).id);
                input type="hidden" name="of" value=(deed.wording.entry);
                (full::draw(&form, kind, &kept))
                div.act { button.btn { "Correct it" } a href=(address(deed.id)) { "Leave it as it is" } }
            }
        }
    })
}

pub async fn record(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let deed = find(deeds(&sight.entries), named(&entry)?)?;
    // A form drawn before another correction would take that one back without a word.
    if sent.has("of") && sent.text("of") != deed.wording.entry.to_string() {
        let kept_back = if deed.wording.evidence.confidential {
            ", confidential"
        } else {
            ""
        };
        let fault = Fault {
            field: "title".into(),
            what: format!(
                "It was corrected in another window since; nothing was recorded. What stands now: \u{201c}{}\u{201d}{kept_back}. \
                 Below is what you wrote; correct it again if it should stand in its place.",
                deed.wording.evidence.title
            ),
        };
        return Ok(page(&metier, &deed, &sent, &[fault]));
    }
    let kind = of_id(sent.text("kind")).unwrap_or(deed.wording.evidence.what.kind());
    let today = metier.surroundings().today();
    match full::read(&sent, &sight, today, kind, Some(deed.wording.evidence)) {
        Ok(log) => {
            let same =
                log.files.is_empty() && log.on == deed.wording.on && log.evidence == *deed.wording.evidence;
            if !same {
                metier.correct_evidence(deed.wording.entry, log).await?;
            }
            let done = if same { "same" } else { "corrected" };
            Ok(see_other(&format!("{}?done={done}", address(deed.id))))
        }
        Err(faults) => Ok(page(&metier, &deed, &sent, &faults)),
    }
}

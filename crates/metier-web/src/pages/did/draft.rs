//! One draft, changed before it is recorded: as one of the ten kinds of things, or as a position.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use metier_app::{AsOf, Captured, Instead, Metier, Proposed, Sight, Yes, evidence_of};
use metier_core::framework::EvidenceKind;

use super::kinds::of_id;
use super::{address, full, kinds, named};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::pages::mastery::position;
use crate::path::Path;
use crate::problem::Problem;

/// What a position is called among the kinds.
const POSITION: &str = "position";

pub async fn show(
    State(shared): State<Shared>,
    Path(draft): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let draft = find(&metier, &draft).await?;
    let sent = filled(&draft, &metier, asked.text("kind"));
    Ok(page(&metier, &sight, &draft, &sent, &[]))
}

async fn find(metier: &Metier, word: &str) -> Result<Captured, Problem> {
    let id = named(word)?;
    let drafts = metier.captured().await?;
    drafts.into_iter().find(|d| d.id == id).ok_or_else(|| {
        Problem::not_found(
            "this draft waits no longer; it was recorded or dismissed. The page Drafts lists those that wait",
        )
    })
}

/// The form filled with what the draft says, as the kind asked for.
fn filled(draft: &Captured, metier: &Metier, kind: &str) -> Sent {
    let proposal = &draft.proposal;
    let on = proposal
        .day
        .as_ref()
        .map_or_else(|| metier.surroundings().today(), |d| d.date);
    let own = match proposal.what.kind() {
        Some(kind) => kinds::described(kind).id,
        None => POSITION,
    };
    let kind = if kind.is_empty() { own } else { kind };
    let sent = full::fill(on, &evidence_of(proposal)).with("kind", kind);
    match &proposal.what {
        Proposed::Position {
            organisation,
            from,
            until,
        } => sent
            .with("organisation", organisation.as_str())
            .with("from", from.to_string())
            .with("until", until.map(|d| d.to_string()).unwrap_or_default()),
        Proposed::Evidence(_) => sent.with("from", on.to_string()),
    }
}

fn page(metier: &Metier, sight: &Sight, draft: &Captured, sent: &Sent, faults: &[Fault]) -> Response {
    let form = Shown { sent, faults };
    let framework = &*sight.version.framework;
    let names: Vec<(&str, &str)> = kinds::KINDS
        .iter()
        .map(|k| (k.id, k.name))
        .chain([(POSITION, "Position")])
        .collect();
    let kind = of_id(sent.text("kind"));
    let here = format!("/did/drafts/{}", draft.id);
    let page = Page::new("A draft").under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } " / " a href="/did/drafts" { "Drafts" } }
            h1 { "Change it, then record it" }
            blockquote.soft.as-written { (super::line::short(&draft.proposal.from)) }
            (form.summary())
            @if faults.is_empty() {
                details.link.kinds {
                    summary { "It was another kind of thing" }
                    form.inline method="get" action=(here) {
                        (Shown { sent, faults: &[] }.choice(Field::new("kind", "It was"), &names))
                        button.btn.quiet { "Show its fields" }
                    }
                }
            }
            form method="post" action=(here) enctype="multipart/form-data" {
                input type="hidden" name="kind" value=(sent.text("kind"));
                @match kind {
                    Some(kind) => {
                        (full::draw(&form, kind, &[]))
                        (full::draw_claims(&form, framework, kind))
                    }
                    None => (position::fields(&form, framework)),
                }
                div.act { button.btn { "Record it" } a href="/did/drafts" { "Leave it as a draft" } }
            }
        }
    })
}

pub async fn record(
    State(shared): State<Shared>,
    Path(draft): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let draft = find(&metier, &draft).await?;
    let today = metier.surroundings().today();
    let kind: Option<EvidenceKind> = of_id(sent.text("kind"));
    let read = match kind {
        Some(kind) => {
            full::read(&sent, &sight, today, kind, None).map(|log| Instead::Evidence(Box::new(log)))
        }
        None => {
            position::read(&sight.version.framework, &sent, today).map(|p| Instead::Position(Box::new(p)))
        }
    };
    match read {
        Ok(instead) => {
            let yes = Yes {
                instead: Some(instead),
                ..Yes::to(draft.id)
            };
            metier.confirm_drafts(vec![yes]).await?;
            Ok(see_other(&match kind {
                Some(_) => format!("{}?done=recorded", address(draft.id)),
                None => "/did/drafts?done=position".to_owned(),
            }))
        }
        Err(faults) => Ok(page(&metier, &sight, &draft, &sent, &faults)),
    }
}

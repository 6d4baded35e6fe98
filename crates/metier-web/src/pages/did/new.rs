//! Recording one thing with everything to it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{AsOf, Metier, ToClaim, wanted_kind};
use metier_core::framework::{EvidenceKind, Framework};

use super::kinds::{KINDS, described, of_id};
use super::{address, full};
use crate::Shared;
use crate::field::Shown;
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let wanted = ToClaim::read(asked.text("for"), framework).ok();
    let fitting = wanted.as_ref().and_then(|claim| wanted_kind(framework, claim));
    let kind = of_id(asked.text("kind")).or(fitting);
    let today = metier.surroundings().today();
    let mut sent = Sent::default().with("date", today.to_string());
    if let Some(ToClaim::Step { competency, rung, .. }) = &wanted {
        sent = sent
            .with("competency-0", competency.as_str())
            .with("step-0", rung.as_str());
    }
    if let (None, None) = (kind, &wanted) {
        return Ok(chooser(&metier));
    }
    let kind = kind.unwrap_or(EvidenceKind::Accomplishment);
    Ok(page(&metier, framework, kind, asked.text("for"), &sent, &[]))
}

fn chooser(metier: &Metier) -> Response {
    Page::new("Add something")
        .under(Nav::Did)
        .of(metier)
        .show(&html! {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { "What sort of thing was it?" }
            ul.plain.cards {
                @for kind in &KINDS {
                    li.card.link-card {
                        h2.big { a href={ "/did/new?kind=" (kind.id) } { (kind.name) } }
                        p { (kind.when) }
                    }
                }
            }
            p { "Several at once? " a href="/did/paste" { "Paste a list or a resume" } " or "
                a href="/did/table" { "bring a table of attempts" } "." }
        })
}

fn page(
    metier: &Metier,
    framework: &Framework,
    kind: EvidenceKind,
    wanted: &str,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let form = Shown { sent, faults };
    let said = described(kind);
    let page = Page::new(said.name).under(Nav::Did).of(metier);
    let page = if faults.is_empty() {
        page
    } else {
        page.status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    page.show(&html! {
        div.narrow {
            p.crumbs { a href="/did" { "What I did" } }
            h1 { (said.name) }
            p.soft { (said.when) }
            (form.summary())
            @if faults.is_empty() { (other_kinds(kind, wanted)) }
            form method="post" action="/did/new" enctype="multipart/form-data" {
                input type="hidden" name="kind" value=(said.id);
                (full::draw(&form, kind, &[]))
                (full::draw_claims(&form, framework, kind))
                div.act { button.btn { "Record it" } a href="/did" { "Leave it" } }
            }
        }
    })
}

fn other_kinds(kind: EvidenceKind, wanted: &str) -> Markup {
    let with = if wanted.is_empty() {
        String::new()
    } else {
        format!("&for={wanted}")
    };
    html! {
        details.link.kinds {
            summary { "It was something else" }
            ul.chips {
                @for other in KINDS.iter().filter(|k| k.of != kind) {
                    li { a.chip href={ "/did/new?kind=" (other.id) (with) } title=(other.when) { (other.name) } }
                }
            }
        }
    }
}

pub async fn record(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let kind = of_id(sent.text("kind"))
        .ok_or_else(|| Problem::not_found("there is no such kind of thing; go back and choose one"))?;
    let today = metier.surroundings().today();
    match full::read(&sent, &sight, today, kind, None) {
        Ok(log) => {
            let entry = metier.log(log).await?;
            Ok(see_other(&format!("{}?done=recorded", address(entry))))
        }
        Err(faults) => Ok(page(&metier, &sight.version.framework, kind, "", &sent, &faults)),
    }
}

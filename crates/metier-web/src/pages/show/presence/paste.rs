//! A profile's text, pasted: its sentences become claims, those that are ticked.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_core::presence::{PublicClaim, sentences};

use super::super::super::case::{changed_meanwhile, entry_of};
use super::standing;
use crate::Shared;
use crate::field::Shown;
use crate::form::Sent;
use crate::layout::{Nav, Page, see_other};
use crate::path::Path;
use crate::problem::Problem;

/// The most text that is taken apart, in bytes.
const TEXT_MAX: usize = 200_000;

pub async fn look(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let now = standing(&metier, id).await?;
    let text = sent.text("text");
    let end = (0..=text.len().min(TEXT_MAX))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let found = sentences(&text[..end.unwrap_or(0)]);
    let there = |sentence: &str| now.what.claims.iter().any(|c| c.words == sentence);
    let shown = Shown {
        sent: &Sent::default(),
        faults: &[],
    };
    let back = format!("/show/presence/{id}");
    Ok(Page::new("Which of it claims something?").under(Nav::Show).of(&metier).show(&html! {
        div.narrow {
            p.crumbs { a href="/show/presence" { "Where you show" } " / " a href=(back) { (now.what.name) } }
            h1.close { "Which of it claims something?" }
            @if found.all.is_empty() {
                p { "There is no sentence in it." }
                div.act { a.btn href=(back) { "Paste another text" } }
            } @else {
                p.lead.soft { "Nothing was recorded yet. Tick what says something of you; you link it to your record next." }
                @if found.left_out > 0 || text.len() > TEXT_MAX { p.notice.warn { "The text is long: only its first part stands here. Paste the rest by itself." } }
                form method="post" action={ (back) "/take" } {
                    input type="hidden" name="mark" value=(now.mark);
                    @for sentence in &found.all {
                        @if there(sentence) { p.soft { (sentence) " " span.small { "(noted already)" } } }
                        @else { (shown.tick("claim", sentence, sentence)) }
                    }
                    div.act { button.btn { "Note what is ticked" } a href=(back) { "Leave it" } }
                }
            }
        }
    }))
}

pub async fn take(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let back = format!("/show/presence/{id}");
    if standing(&metier, id).await?.mark != sent.text("mark") {
        return Ok(changed_meanwhile(&metier, &back, &sent));
    }
    let claims: Vec<PublicClaim> = sent
        .all("claim")
        .filter(|words| !words.is_empty())
        .map(|words| PublicClaim {
            words: words.to_owned(),
            asserts: None,
            tells: None,
            values: Vec::new(),
        })
        .collect();
    if claims.is_empty() {
        return Ok(see_other(&back));
    }
    metier.claim_at(id, claims).await?;
    Ok(see_other(&format!("{back}?said=claimed")))
}

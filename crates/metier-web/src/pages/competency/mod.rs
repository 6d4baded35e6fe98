//! Competency: am I there, and why.

mod beside;
mod people;
mod step;
mod without;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use metier_app::words::{self, Settles, Words};
use metier_app::{Carried, Sight};
use metier_core::framework::Competency;
use metier_core::standing::{CompetencyStanding, State as Rung};

use super::people::own_view::waits_about;
use super::stand::Day;
use crate::Shared;
use crate::field::Shown;
use crate::form::{Asked, Fault, Sent};
use crate::layout::{Nav, Page, notice};
use crate::pages::guide::why;
use crate::path::Path;
use crate::problem::Problem;
use without::Without;

/// How many of the strongest pieces of evidence are weighed by leaving each out.
const WEIGHED: usize = 3;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/competency/{id}", get(competency))
        .route("/competency/{id}/rate", post(people::rate))
        .route("/competency/{id}/confirm", post(people::confirm))
        .route("/competency/{id}/dispute", post(people::dispute))
        .route("/competency/{id}/settle", post(people::settle))
}

async fn competency(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    show(&shared, &id, &asked, &Sent::default(), &[]).await
}

/// Everything the parts of the page draw from.
struct View<'a> {
    sight: &'a Sight,
    words: &'a Words<'a>,
    about: &'a Competency,
    standing: &'a CompetencyStanding,
    day: Day,
    carried: Vec<Carried>,
    /// What would settle it most, where that is a question.
    settle: Option<Settles>,
    without: Option<Without>,
    /// The word that answers about it wait.
    waits: Markup,
    unnamed: Markup,
    form: Shown<'a>,
    asked: &'a Sent,
}

async fn show(
    shared: &Shared,
    id: &str,
    asked: &Sent,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let day = Day::read(asked, shared.surroundings().today());
    let seen = day.sight(shared, &metier).await?;
    let sight = &seen.sight;
    let framework = &sight.version.framework;
    let found = framework
        .competencies
        .iter()
        .zip(&sight.standing.competencies)
        .find(|(c, _)| c.id.as_str() == id);
    let Some((about, standing)) = found else {
        return Err(Problem::not_found(format!(
            "{} has no competency `{id}`",
            framework.title
        )));
    };
    let words = Words::new(framework, &sight.entries, day.shown);
    let view = View {
        sight,
        words: &words,
        about,
        standing,
        day,
        carried: sight.carried(&about.id, WEIGHED)?,
        settle: sight
            .convince(&about.id)?
            .and_then(|found| words.would_settle(standing, &found)),
        without: Without::read(asked, sight, &words, about)?,
        form: Shown { sent, faults },
        asked,
        unnamed: super::gather::beside(&metier, &framework.family, &about.id, day.shown).await?,
        waits: waits_about(&metier, &framework.family, &about.id).await?,
    };
    Ok(Page::new(&about.name)
        .under(Nav::Stand)
        .of(&metier)
        .marks()
        .show(&view.page()))
}

impl View<'_> {
    fn page(&self) -> Markup {
        let practice = self.words.practice(&self.standing.practice);
        html! {
            p.crumbs { a href={ "/" (self.day.question()) } { "Where I stand" } " / " (practice) }
            h1.close { (self.about.name) }
            @if !self.about.looks_like.is_empty() { p.lead.soft { (self.about.looks_like) } }
            @if let Some(said) = said(self.asked.text("said")) { (notice(&html! { p { (said) } })) }
            @if self.day.past() {
                (notice(&html! {
                    p {
                        strong { "As of " (words::day(self.day.shown)) ". " }
                        a href={ "/competency/" (self.about.id) } { "Back to today" }
                    }
                }))
            }
            (self.form.summary())
            @if let Some(without) = &self.without { (without.notice(self)) }
            div.weigh {
                section.card.first.answer aria-labelledby="there" { (self.there()) }
                div.rungs { (self.rungs()) }
                aside aria-label="More about it" { (self.beside()) }
            }
            (why(&["how-metier-judges"]))
        }
    }

    fn there(&self) -> Markup {
        let asked = self.standing.expected.as_ref();
        html! {
            h2.label #there { "Am I there?" }
            dl.quant {
                dt { "Proven" }
                dd { (self.words.proven(self.standing)) }
                dt { "Probably" }
                dd {
                    @if self.standing.blank() { "no record" } @else { (self.words.probably(&self.standing.probably)) }
                }
                @if let Some(asked) = asked {
                    dt { "Your target asks" }
                    dd { (self.words.rung_title(&asked.rung)) }
                }
            }
            @if self.standing.own_view_only { p { "Your own view, nothing behind it yet." } }
            p { (self.words.verdict(self.standing)) }
            @if !self.standing.items.is_empty() {
                p { a href="#without" { "What if I leave something out?" } }
            }
        }
    }

    /// The steps up to the last one that something is behind or that is asked for, and the others folded.
    fn rungs(&self) -> Markup {
        let rungs = &self.standing.rungs;
        let asked = self.standing.expected.as_ref().map(|e| &e.rung);
        let last = rungs
            .iter()
            .rposition(|r| {
                let open = matches!(r.state, Rung::NoRecord | Rung::NotYet);
                !open || !r.evidence.is_empty() || Some(&r.rung) == asked
            })
            .map_or(1, |last| last + 1)
            .min(rungs.len());
        let (near, further) = rungs.split_at(last);
        html! {
            @for (place, rung) in near.iter().enumerate() { (self.step(place, rung)) }
            @if !further.is_empty() {
                details.fold.further {
                    summary {
                        span {
                            "Further up, nothing behind it yet: "
                            span.soft {
                                @for (i, rung) in further.iter().enumerate() {
                                    @if i > 0 { ", " }
                                    (self.words.rung(&rung.rung))
                                }
                            }
                        }
                    }
                    @for (place, rung) in further.iter().enumerate() { (self.step(last + place, rung)) }
                }
            }
        }
    }
}

/// What was just done, by the word the address carries after a form.
fn said(word: &str) -> Option<&'static str> {
    match word {
        "rated" => Some("Recorded. What people say has changed; the page shows it."),
        "confirmed" => Some("Recorded: somebody else's word stands behind it now."),
        "disputed" => Some("Recorded. The step is held until the dispute is answered."),
        "settled" => Some("Recorded: the dispute is answered."),
        _ => None,
    }
}

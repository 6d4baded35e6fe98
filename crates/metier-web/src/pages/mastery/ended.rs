//! If this job ended tomorrow: what is proven and goes along, which practices the position leaves untouched,
//! year by year. Counts that unfold, and no score.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::AsOf;
use metier_app::words::{self, Words};
use metier_core::endurance::IfItEnded;
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, PracticeId};

use super::coverage;
use crate::Shared;
use crate::layout::{Nav, Page};
use crate::pages::guide::why;
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let f = &*sight.version.framework;
    let words = Words::new(f, &sight.entries, sight.standing.at);
    let ended = sight.if_it_ended();
    let content = html! {
        p.crumbs { a href="/mastery" { "What mastery is" } }
        h1 { "If this job ended tomorrow" }
        p.lead { (words.if_it_ended(&ended)) }
        div.two.even {
            section aria-labelledby="along" {
                h2 #along { "What you have proven, by how far it holds" }
                @for (label, about, ids) in layers(&ended) { (layer(label, about, ids, &words)) }
                p.soft.small { "Counts, and no score: one that you could show anywhere may be worth more than ten." }
            }
            section aria-labelledby="practices" {
                h2 #practices { "What your work exercises" }
                p.big { (words.same_practices(&ended)) }
                (practices("Exercised now", &ended.exercised, f))
                @if !ended.exercised.is_empty() { (practices("Left untouched now", &ended.untouched, f)) }
                @if !ended.untouched.is_empty() && !ended.exercised.is_empty() {
                    p { "What lies untouched does not get better by itself. " a href="/plan/moves/new?kind=grow-in-place" { "Ask for a piece of it" } }
                }
            }
        }
        @if ended.years.is_empty() {
            p { "No position is recorded yet. With the practices that yours exercise, this page shows year by year how much of the field they touch. " a href="/mastery/position" { "Record a position" } }
        } @else {
            section aria-labelledby="years" {
                h2 #years { "Year by year" }
                (coverage::drawn(f, &ended.years))
            }
        }
        div.act { a.btn.quiet href="/plan/moves" { "Think the six moves through" } a href="/mastery/position" { "Add a position" } }
        (why(&["your-part", "conditions"]))
    };
    Ok(Page::new("If this job ended tomorrow")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

fn layers(ended: &IfItEnded) -> [(&'static str, &'static str, &[CompetencyId]); 3] {
    [
        (
            "The profession",
            "What stands here holds wherever the profession is practised.",
            &ended.profession,
        ),
        (
            "The industry",
            "What stands here holds with other employers of the same industry.",
            &ended.industry,
        ),
        (
            "Only this employer",
            "What stands here has to be shown anew elsewhere.",
            &ended.organisation,
        ),
    ]
}

fn layer(label: &str, about: &str, ids: &[CompetencyId], words: &Words<'_>) -> Markup {
    html! {
        @if ids.is_empty() {
            p { b { (label) } ": nothing proven. " span.soft { (about) } }
        } @else {
            details.fold {
                summary { (label) ": " (words::plural(ids.len() as u64, "competency", "competencies")) }
                p.soft.small { (about) }
                ul { @for id in ids { li { a href={ "/competency/" (id) } { (words.competency(id)) } } } }
            }
        }
    }
}

fn practices(label: &str, ids: &[PracticeId], f: &Framework) -> Markup {
    let named: Vec<&str> = f
        .practices
        .iter()
        .filter(|p| ids.contains(&p.id))
        .map(|p| p.name.as_str())
        .collect();
    html! {
        @if !named.is_empty() {
            details.fold {
                summary { (label) ": " (named.len()) " of " (f.practices.len()) }
                ul { @for name in named { li { (name) } } }
            }
        }
    }
}

//! Where somebody sees themselves: one tap a competency.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::{AsOf, Metier, Sight};
use metier_core::framework::{Competency, Framework};
use metier_core::id::RungId;
use metier_core::rating::Role;
use metier_core::standing::State as Step;

use super::{Stage, shown};
use crate::Shared;
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

/// The answers, for ladders that have these steps; others are asked by their own steps' names.
const ANSWERS: [(&str, &str); 5] = [
    ("follows", "with a guide"),
    ("reliable", "alone"),
    ("delivers", "in projects"),
    ("teaches", "I teach it"),
    ("owns", "I own it"),
];
/// The value of "don't know": no view at all.
const UNKNOWN: &str = "unknown";
/// Practices shown unfolded.
const UNFOLDED: usize = 2;

pub async fn show(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let mut sent = Sent::default();
    for (competency, _, rung) in own_views(&sight) {
        sent = sent.with(&competency, rung.as_str());
    }
    Ok(page(&sight, &sent, &[]))
}

/// The person's own view of each competency, with the entry it is in.
fn own_views(sight: &Sight) -> Vec<(String, metier_core::id::EntryId, RungId)> {
    let view = |c: &metier_core::standing::CompetencyStanding| {
        let own = c.ratings.iter().rev().find(|r| r.role == Role::Oneself)?;
        Some((c.competency.to_string(), own.entry, own.rung.clone()?))
    };
    sight.standing.competencies.iter().filter_map(view).collect()
}

/// What can be answered: step and words.
fn answers(framework: &Framework) -> Vec<(RungId, &str)> {
    let usual: Vec<(RungId, &str)> = ANSWERS
        .iter()
        .filter_map(|(id, words)| {
            let id = RungId::new(*id).ok()?;
            framework.rung(&id).map(|_| (id, *words))
        })
        .collect();
    if usual.len() == ANSWERS.len() {
        return usual;
    }
    let own = |r: &'_ metier_core::framework::Rung| r.id.clone();
    framework
        .ladder
        .active()
        .map(|r| (own(r), r.name.as_str()))
        .collect()
}

fn page(sight: &Sight, sent: &Sent, faults: &[Fault]) -> Response {
    let framework = &sight.version.framework;
    let form = shown(sent, faults);
    let answers = answers(framework);
    let chosen = |c: &Competency| sent.has(c.id.as_str());
    Stage::Place.page("Your own view", faults, &html! {
        div.start {
            h1 { "How do you do each of these today?" }
            p.lead { "One tap each. Skip what you do not do; six or seven are enough to begin with." }
            p.own-view {
                (crate::mark::mark(Step::Likely, None))
                span { "This is your own view, with nothing behind it yet. The map will say so, until you add \
                     what shows it." }
            }
            (crate::mark::symbols())
            (form.summary())
            form method="post" action="/start/place" {
                @for (place, practice) in framework.practices.iter().enumerate() {
                    @let of_it: Vec<&Competency> = framework.competencies_of(&practice.id).collect();
                    details.fold open[place < UNFOLDED || of_it.iter().any(|c| chosen(c))] {
                        summary { h2 { (practice.name) } span.soft.small { (of_it.len()) } }
                        @for competency in of_it {
                            (question(sent, competency, &answers))
                        }
                    }
                }
                div.stay {
                    button.btn { "Save and go on" }
                    a href="/start/aim" { "Back" }
                }
            }
        }
    })
}

fn question(sent: &Sent, competency: &Competency, answers: &[(RungId, &str)]) -> Markup {
    let id = competency.id.as_str();
    let now = sent.text(id);
    html! {
        fieldset.place id={ "f-" (id) } {
            legend { (competency.name) }
            div.taps.even {
                @for (rung, words) in answers {
                    label {
                        input type="radio" name=(id) value=(rung) checked[now == rung.as_str()];
                        span { (words) }
                    }
                }
                label {
                    input type="radio" name=(id) value=(UNKNOWN) checked[now == UNKNOWN];
                    span { "don’t know" }
                }
            }
        }
    }
}

pub async fn choose(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let sight = metier.sight(AsOf::default()).await?;
    match placed(&sight, &sent) {
        Ok(placed) => {
            keep(&metier, &sight, placed).await?;
            Ok(see_other("/start/things"))
        }
        Err(faults) => Ok(page(&sight, &sent, &faults)),
    }
}

/// What was tapped: a step, or `None` for "don't know". What was not tapped is not in it.
fn placed(sight: &Sight, sent: &Sent) -> Result<Vec<(String, Option<String>)>, Vec<Fault>> {
    let framework = &sight.version.framework;
    let mut reading = Reading::of(sent);
    let mut placed = Vec::new();
    for competency in &framework.competencies {
        let id = competency.id.as_str();
        match sent.text(id) {
            "" => {}
            UNKNOWN => placed.push((id.to_owned(), None)),
            word if RungId::new(word).is_ok_and(|r| framework.rung(&r).is_some()) => {
                placed.push((id.to_owned(), Some(word.to_owned())));
            }
            _ => reading.fault(
                id,
                format!("Choose one of the answers for “{}”.", competency.name),
            ),
        }
    }
    reading.done(placed)
}

/// Records what is new; what was said before and is unknown now is taken back.
async fn keep(metier: &Metier, sight: &Sight, placed: Vec<(String, Option<String>)>) -> Result<(), Problem> {
    let before = own_views(sight);
    let mut new = Vec::new();
    for (competency, step) in placed {
        let said = before.iter().find(|(c, ..)| *c == competency);
        match (step, said) {
            (Some(step), Some((.., rung))) if rung.as_str() == step => {}
            (Some(step), _) => new.push((competency, step)),
            (None, Some((_, entry, _))) => {
                metier.withdraw(*entry, "").await?;
            }
            (None, None) => {}
        }
    }
    metier.place_myself(&new).await?;
    Ok(())
}

//! One's own view of what others answered about, one tap each; and the word on every page that answers wait.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{OWN_VIEW_FIRST, Words, answers_wait};
use metier_app::{AppError, Life, Metier};
use metier_core::id::{CompetencyId, EntryId, FamilyId};
use metier_core::own_view::Spoken;

use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::problem::Problem;

/// Where it is given.
const PATH: &str = "/people/own-view";

/// The word that answers wait, with the way to give one's own view; nothing when none waits.
pub async fn waits(metier: &Metier) -> Result<Markup, Problem> {
    let waiting = metier.whole().await?.waiting;
    let wanted = waiting.wanted();
    Ok(html! {
        @if let Some(first) = wanted.first() { (word(waiting.people(), first)) }
    })
}

/// The same of one competency.
pub async fn waits_about(
    metier: &Metier,
    family: &FamilyId,
    competency: &CompetencyId,
) -> Result<Markup, Problem> {
    let people = metier.whole().await?.waiting.about(family, competency);
    let of_it = Spoken {
        family: Some(family.clone()),
        competency: competency.clone(),
    };
    Ok(if people > 0 {
        word(people, &of_it)
    } else {
        html! {}
    })
}

fn word(people: usize, first: &Spoken) -> Markup {
    notice(&html! {
        p {
            (answers_wait(people)) " "
            a href={ (PATH) "#" (first.competency) } { "Give your own view" } "."
        }
        p.soft.small { (OWN_VIEW_FIRST) }
    })
}

/// One tap for each competency; afterwards it leads back to `answer`, where there is one.
pub fn taps(life: &Life, wanted: &[Spoken], answer: Option<EntryId>) -> Markup {
    html! {
        @for spoken in wanted {
            @let version = spoken.family.as_ref().map_or_else(|| life.current(), |f| life.criteria_of(f).ok());
            @if let Some(version) = version {
                form method="post" action=(PATH) {
                    @if let Some(family) = &spoken.family { input type="hidden" name="family" value=(family); }
                    input type="hidden" name="competency" value=(spoken.competency);
                    @if let Some(answer) = answer { input type="hidden" name="answer" value=(answer); }
                    fieldset.taps id=(spoken.competency) {
                        legend {
                            (version.framework.competency(&spoken.competency).map_or(spoken.competency.as_str(), |c| &*c.name))
                        }
                        @for rung in version.framework.ladder.active() {
                            button.btn.quiet name="step" value=(rung.id) { (rung.title) }
                        }
                        details.link {
                            summary { "What each step asks" }
                            dl {
                                @for rung in version.framework.ladder.active() {
                                    dt { (rung.title) }
                                    dd.soft {
                                        @match version.framework.wording(&spoken.competency, &rung.id) {
                                            Some(wording) if !wording.text.is_empty() => (wording.text),
                                            _ => (rung.statement),
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The page.
pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let whole = metier.whole().await?;
    let (wanted, framework) = (whole.waiting.wanted(), &whole.life.needed()?.framework);
    let placed: Option<CompetencyId> = asked.text("placed").parse().ok();
    let (seen, _) = metier.read().await?;
    let words = Words::new(framework, &seen, metier.surroundings().today());
    Ok(Page::new("Your own view first")
        .under(Nav::People)
        .of(&metier)
        .show(&html! {
            p.crumbs { a href="/people" { "People" } }
            h1 { "Your own view first" }
            @if let Some(placed) = placed.filter(|placed| framework.competency(placed).is_some()) {
                (notice(&html! {
                    p { "Recorded. What others say of it stands beside it now: "
                        a href={ "/competency/" (placed) "#people" } { (words.competency(&placed)) } "." }
                }))
            }
            @if wanted.is_empty() {
                p.lead { "No answer waits for your view." }
            } @else {
                p.lead { (answers_wait(whole.waiting.people())) " One tap each." }
                section.card.first { (taps(&whole.life, &wanted, None)) }
                p.soft { (OWN_VIEW_FIRST) }
            }
        }))
}

/// Records it.
pub async fn give(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let family: Option<FamilyId> = match sent.text("family") {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            AppError::input(format!("`{text}` names no criteria"))
                .hint("Open the page again and tap once more.")
        })?),
    };
    let competency = sent.text("competency");
    metier
        .own_view(family.as_ref(), competency, sent.text("step"))
        .await?;
    Ok(see_other(&match sent.text("answer").parse::<EntryId>() {
        Ok(answer) if metier.release_anyway(answer).await.is_ok() => {
            format!("/people/gather/came/{answer}")
        }
        Ok(answer) => format!("/people/said/{answer}"),
        Err(_) => format!("{PATH}?placed={competency}"),
    }))
}

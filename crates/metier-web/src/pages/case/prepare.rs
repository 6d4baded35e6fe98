//! The one-to-one before the screen is turned: alone, with whom, about what, and whether one's own view is shown.
//! And what goes from screen to screen, kept beside the journal until both confirm.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use metier_app::words::Words;
use metier_app::{AsOf, Metier, Sight};
use metier_core::id::CompetencyId;
use metier_core::rating::Role;

use super::{Here, beside, roles, status};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};
use crate::layout::{Nav, Page, see_other};
use crate::problem::Problem;

/// What the screens carry. None of it stands in an address: it is sent, and kept beside the journal until both
/// confirm.
pub const CARRIED: [&str; 11] = [
    "with",
    "role",
    "own",
    "c",
    "about",
    "their-step",
    "own-step",
    "rung",
    "convincing",
    "by",
    "note",
];

/// The one-to-one that is going on, as its screens were filled in.
pub async fn begun(metier: &Metier) -> Result<Sent, Problem> {
    let fields = metier.meeting_begun().await?;
    Ok(fields
        .into_iter()
        .fold(Sent::default(), |sent, (name, value)| sent.with(&name, value)))
}

/// Keeps what was sent. What was typed on the next screen stays while it is about the same.
pub async fn keep(metier: &Metier, sent: &Sent) -> Result<(), Problem> {
    let before = begun(metier).await?;
    let mut fields: Vec<(String, String)> = sent
        .fields()
        .filter(|(name, value)| CARRIED.contains(name) && !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let same = |name: &str| before.text(name) == sent.text(name);
    if same("with") && same("about") {
        let old = before
            .fields()
            .filter(|(name, _)| sent.all(name).next().is_none());
        let typed = ["their-step", "own-step", "rung", "convincing", "by", "note"];
        fields.extend(
            old.filter(|(name, _)| typed.contains(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
    }
    Ok(metier.keep_meeting(fields).await?)
}

/// Alone, before the screen is turned: with whom, about what.
pub async fn page(State(shared): State<Shared>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    alone(&shared, &metier, &Sent::default(), &[]).await
}

/// Turns the screen.
pub async fn turn(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    reading.needed("with", "Say who is there.");
    if let Err(faults) = reading.done(()) {
        return alone(&shared, &metier, &sent, &faults).await;
    }
    keep(&metier, &sent).await?;
    Ok(see_other("/people/meeting/area"))
}

async fn alone(shared: &Shared, metier: &Metier, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let seen = shared.kept().sight(metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let manager = sight
        .standing
        .competencies
        .iter()
        .flat_map(|c| &c.ratings)
        .rfind(|r| r.role == Role::Manager)
        .map_or_else(String::new, |r| r.rater.clone());
    let begun = begun(metier).await?;
    let sent = if sent.fields().next().is_some() {
        sent.clone()
    } else if begun.fields().next().is_some() {
        begun
    } else {
        Sent::default().with("with", manager)
    };
    let shown = Shown { sent: &sent, faults };
    let worth: Vec<&CompetencyId> = sight
        .differing(1)
        .iter()
        .map(|d| &d.standing.competency)
        .collect();
    let content = html! {
        (beside(Here::Meeting))
        h1.close { "Prepare the one-to-one" }
        p.lead.soft { "This screen is yours alone. The next three are for both of you, with one device between you." }
        (shown.summary())
        form.narrow method="post" action="/people/meeting" {
            (shown.line("text", Field::new("with", "With whom")))
            (shown.choice(Field::new("role", "Who they are to you"), &roles()))
            fieldset {
                legend { "What you want to talk about" }
                p.hint { "One or two areas are enough. Those on which people differ come first. Nothing ticked: all are offered." }
                @for competency in worth.iter().copied().chain(rest(sight, &worth)) {
                    (shown.tick("c", competency.as_str(), words.competency(competency)))
                }
            }
            (shown.tick("own", "yes", "Show where I see myself"))
            p.hint { "They see the criteria, what they said of you themselves, and what you choose here. Nothing others said, no notes, no feedback." }
            div.act { button.btn { "Turn the screen" } }
        }
    };
    Ok(Page::new("Prepare the one-to-one")
        .under(Nav::People)
        .of(metier)
        .status(status(faults))
        .show(&content))
}

/// What the target asks for and is not met, besides those named already.
fn rest<'s>(sight: &'s Sight, named: &[&'s CompetencyId]) -> Vec<&'s CompetencyId> {
    use metier_core::standing::Verdict;
    const OFFERED: usize = 12;
    sight
        .standing
        .competencies
        .iter()
        .filter(|c| matches!(c.verdict, Verdict::NotYet { .. } | Verdict::CannotTell { .. }))
        .map(|c| &c.competency)
        .filter(|c| !named.contains(c))
        .take(OFFERED)
        .collect()
}

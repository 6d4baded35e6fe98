//! Where people differ: as said, and evened out by how strict each usually is; and the disagreements that were written down.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words, capital, day, days_left};
use metier_app::{AsOf, Differing, DifferingSide, Sight};
use metier_core::agreement::AgreementState;
use metier_core::disagreement::DisagreementState;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::policy::Policy;
use metier_core::rating::Role;

use super::super::people::own_view::waits;
use super::scale::scale;
use super::{Here, beside};
use crate::Shared;
use crate::form::Asked;
use crate::layout::{Nav, Page, notice};
use crate::pages::guide::why;
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let today = shared.surroundings().today();
    let words = Words::new(&sight.version.framework, &sight.entries, today);
    let (differing, written) = (sight.differing(1), sight.disagreements());
    let declined = metier.unsettled_agreements().await?;
    let (open, over): (Vec<_>, Vec<_>) = written.iter().partition(|d| d.open);
    let worth: Vec<&CompetencyId> = sight.worth_settling().iter().map(|c| &c.competency).collect();
    let about = match asked.text("agreement") {
        "" => None,
        id => Some(super::entry_of(id)?),
    };
    let content = html! {
        (beside(Here::Differing))
        h1.close { "Where people differ" }
        p.lead.soft { "What each says is kept as said. Beside it stands the same evened out: taking into account how strict people in that role usually are." }
        @if asked.text("said") == "ended" { (notice(&html! { p { "Recorded. It stays here, with how it ended." } })) }
        @if !open.is_empty() || !declined.is_empty() {
            section aria-labelledby="open" {
                h2 #open { "To be settled" }
                ul.lines {
                    @for state in &declined { (refused(state, today)) }
                    @for state in &open { (line(state, &words, today)) }
                }
            }
        }
        (waits(&metier).await?)
        section aria-labelledby="apart" {
            h2 #apart { "A step apart or more" }
            @if differing.is_empty() {
                p { "Nowhere, by what was said so far. It shows once you and somebody else have placed you on the same thing." }
            } @else {
                (assumed(sight))
                @for one in &differing { (apart(one, &words, worth.contains(&&one.standing.competency), about)) }
            }
        }
        @if !over.is_empty() {
            section aria-labelledby="over" {
                h2 #over { "Settled" }
                ul.lines { @for state in over.iter().rev() { (line(state, &words, today)) } }
            }
        }
        (why(&["as-a-manager", "how-metier-judges"]))
    };
    Ok(Page::new("Where people differ")
        .under(Nav::People)
        .of(&metier)
        .show(&content))
}

/// One disagreement that was written down.
pub fn line(state: &DisagreementState, words: &Words<'_>, today: Date) -> Markup {
    let what = &state.what;
    html! {
        li.entry {
            div {
                p.name {
                    a href={ "/people/disagreements/" (state.id) } {
                        (words.competency(&what.competency)) ": " (words.rung_title(&what.rung))
                    }
                    " "
                    @if state.overdue { span.asked.small { "overdue" } }
                    @else if let Some(looked) = state.looked.last() { span.asked.small { (words::ending(looked.what.how)) } }
                }
                p.small {
                    @if what.convincing.is_empty() { "What would convince " (what.whom) " was not said yet." }
                    @else { "What would convince " (what.whom) ": " (what.convincing) }
                }
                p.soft.small {
                    "Written down on " (day(state.on))
                    @if let Some(by) = state.by.filter(|_| state.open) { " · by " (day(by)) " (" (days_left(by, today)) ")" }
                }
            }
        }
    }
}

/// An agreement to which somebody said no.
fn refused(state: &AgreementState, today: Date) -> Markup {
    let terms = &state.terms;
    let again = state.again();
    html! {
        li.entry {
            div {
                p.name {
                    a href={ "/people/agreement/" (state.id) } { "The target as a whole: " (terms.level_name) " by " (day(terms.by)) }
                    " " span.asked.small { @if again.is_some_and(|day| day < today) { "overdue" } @else { "declined" } }
                }
                p.small { (words::phase(state, today)) }
                p.small {
                    @if state.convincing().is_empty() { "What would convince " (terms.with) " was not said yet." }
                    @else { "What would convince " (terms.with) ": " (state.convincing()) }
                }
                @if let Some(again) = again { p.soft.small { "To be looked at again by " (day(again)) " (" (days_left(again, today)) ")" } }
            }
        }
    }
}

/// What is assumed of the roles that spoke, or that it was estimated.
fn assumed(sight: &Sight) -> Markup {
    let policy = Policy::version_1();
    let rungs = sight.version.framework.ladder.active().count();
    let mut roles: Vec<Role> = sight
        .standing
        .competencies
        .iter()
        .flat_map(|c| c.ratings.iter().map(|r| r.role))
        .collect();
    roles.sort_unstable();
    roles.dedup();
    html! {
        details.link {
            summary { "What is taken into account" }
            ul { @for role in roles { li { (words::leniency(&policy, role, rungs)) "." } } }
            p.soft.small { "These are the policy's numbers, chosen and published, not learned about anybody here. " a href="/how" { "How this is worked out" } }
        }
    }
}

fn apart(one: &Differing<'_>, words: &Words<'_>, worth: bool, about: Option<EntryId>) -> Markup {
    let id = &one.standing.competency;
    let name = words.competency(id);
    html! {
        section.card aria-labelledby={ "on-" (id) } {
            h3 #{ "on-" (id) } { a href={ "/competency/" (id) "#people" } { (name) } }
            p {
                (capital(&words.apart(one.steps))) " as said; "
                (format!("{:.1}", one.allowed_steps)) " taking into account how strict each usually is."
            }
            div.scroll tabindex="0" role="region" aria-label={ "Who says what on " (name) } {
                table.differ {
                    thead {
                        tr {
                            th scope="col" { "who" } th scope="col" { "says" }
                            th.n scope="col" { "step" } th.n scope="col" { "evened out" }
                        }
                    }
                    tbody { @for side in &one.sides { (row(side, one, words)) } }
                }
            }
            @if worth {
                div.act { a.btn.quiet.small href={ "/people/disagreements/new?competency=" (id) @if let Some(about) = about { "&agreement=" (about) } } { "Write down what would settle it" span.hide { " on " (name) } } }
            }
        }
    }
}

fn row(side: &DifferingSide, one: &Differing<'_>, words: &Words<'_>) -> Markup {
    html! {
        tr {
            td {
                a href={ "/did/" (side.entry) } { @if side.role == Role::Oneself { "you" } @else { (side.who) } }
                @if side.role != Role::Oneself { span.soft.small.line { (words::role(side.role)) } }
            }
            td { (words.sees(side.rung.as_ref())) (scale(side, one.standing.rungs.len())) }
            td.n { (side.place) }
            td.n { (format!("{:.1}", side.allowed)) @if side.estimated { span.soft.small.line { "estimated" } } }
        }
    }
}

//! The map on a phone: a card a competency, nearest to the target first.

use maud::{Markup, html};
use metier_app::Sight;
use metier_app::words::Words;
use metier_core::framework::Weight;
use metier_core::standing::{CompetencyStanding, Verdict};

use super::as_of::Day;
use super::cell;
use crate::mark;

/// Cards shown unfolded at most.
const NEAREST: usize = 12;

/// The cards, in folds: what is on its way, what is met, what nothing is known of, what is not
/// asked for.
pub fn cards(sight: &Sight, words: &Words<'_>, day: &Day) -> Markup {
    let mut open = Vec::new();
    let mut met = Vec::new();
    let mut unknown = Vec::new();
    let mut rest = Vec::new();
    for standing in &sight.standing.competencies {
        match &standing.verdict {
            Verdict::CannotTell { .. } if standing.blank() => unknown.push(standing),
            Verdict::NotYet { .. } | Verdict::CannotTell { .. } => open.push(standing),
            Verdict::Yes => met.push(standing),
            Verdict::NotAsked => rest.push(standing),
        }
    }
    open.sort_by_key(|s| far(s));
    rest.sort_by_key(|s| s.blank());
    let question = day.question();
    let list = |cards: &[&CompetencyStanding]| {
        html! {
            ol.lines { @for standing in cards { li { (card(standing, words, &question)) } } }
        }
    };
    let fold = |title: &str, cards: &[&CompetencyStanding]| {
        html! {
            @if !cards.is_empty() {
                details.fold { summary { (title) ": " (cards.len()) } (list(cards)) }
            }
        }
    };
    let level = sight.standing.target.as_ref().map(|t| t.name.clone());
    html! {
        div.phone {
            @if let Some(level) = level {
                h2.label { "Nearest to " (level) " first" }
                (list(&open[..open.len().min(NEAREST)]))
                (fold("Further away", &open[open.len().min(NEAREST)..]))
                (fold("No record yet", &unknown))
                (fold("What you meet", &met))
                (fold("Not asked for", &rest))
            } @else {
                (list(&rest))
            }
        }
    }
}

/// How far a competency is from what is asked: required ones first, by what is missing; one's own view with
/// nothing behind it last.
fn far(standing: &CompetencyStanding) -> (bool, bool, usize) {
    let optional = standing
        .expected
        .as_ref()
        .is_none_or(|e| e.weight != Weight::Required);
    let missing = match &standing.verdict {
        Verdict::NotYet { missing } | Verdict::CannotTell { missing, .. } => missing.len(),
        Verdict::Yes | Verdict::NotAsked => 0,
    };
    (standing.own_view_only, optional, missing)
}

/// The marks are drawn for the eye; the sentence and the name say it for everybody, and the page behind
/// the name has every step as text.
fn card(standing: &CompetencyStanding, words: &Words<'_>, question: &str) -> Markup {
    html! {
        a href={ "/competency/" (standing.competency) (question) } { (words.competency(&standing.competency)) }
        div.strip aria-hidden="true" {
            @for (place, rung) in standing.rungs.iter().enumerate() {
                @let classes = cell::classes(standing, place);
                span class=[(!classes.is_empty()).then_some(classes)] { (mark::bare(rung.state, rung.grade)) }
            }
        }
        p.soft.small {
            @if standing.proven.is_some() { "Proven: " b { (words.proven(standing)) } ". " }
            (words.line(standing))
        }
    }
}

//! One cell of the map: a state, whether it is probable, whether it is asked for.

use maud::{Markup, html};
use metier_app::Sight;
use metier_app::words::{self, Words};
use metier_core::framework::Weight;
use metier_core::standing::{CompetencyStanding, Grade, RungStanding, State};

use crate::mark::mark;

/// The run of steps that is probable, as places in the ladder.
pub fn band(standing: &CompetencyStanding) -> Option<(usize, usize)> {
    if standing.blank() {
        // Nothing is known, so the range says nothing; the marks say "no record" already.
        return None;
    }
    let place = |id| standing.rungs.iter().position(|r| Some(&r.rung) == id);
    let high = place(standing.probably.high.as_ref())?;
    Some((place(standing.probably.low.as_ref()).unwrap_or(0), high))
}

/// The place of the step asked for; none where it is said not to apply.
pub fn target(standing: &CompetencyStanding) -> Option<usize> {
    let asked = standing.expected.as_ref()?;
    if asked.weight == Weight::NotApplicable {
        return None;
    }
    standing.rungs.iter().position(|r| r.rung == asked.rung)
}

/// What a cell looks like, as classes of the style sheet.
pub fn classes(standing: &CompetencyStanding, place: usize) -> String {
    let mut classes = Vec::new();
    if let Some((low, high)) = band(standing).filter(|(low, high)| (*low..=*high).contains(&place)) {
        classes.push("b");
        if place == low {
            classes.push("bl");
        }
        if place == high {
            classes.push("br");
        }
        if standing.own_view_only {
            classes.push("v");
        }
    }
    if target(standing) == Some(place) {
        classes.push("t");
    }
    classes.join(" ")
}

/// What a cell says to who cannot see it: "Reliable: likely; within the probable range; Senior asks for
/// this".
pub fn label(
    standing: &CompetencyStanding,
    rung: &RungStanding,
    place: usize,
    words: &Words<'_>,
    level: &str,
) -> String {
    let mut said = format!(
        "{}: {}",
        words.rung(&rung.rung),
        words::state(rung.state, rung.grade)
    );
    if band(standing).is_some_and(|(low, high)| (low..=high).contains(&place)) {
        said += if standing.own_view_only {
            "; your own view"
        } else {
            "; within the probable range"
        };
    }
    if target(standing) == Some(place) {
        said += &format!("; {level} asks for this");
    }
    said
}

/// What the marks mean.
pub fn key(sight: &Sight) -> Markup {
    let level = sight.standing.target.as_ref().map(|t| t.name.as_str());
    let own_view = sight.standing.competencies.iter().any(|c| c.own_view_only);
    let rungs = || sight.standing.competencies.iter().flat_map(|c| &c.rungs);
    let across = rungs()
        .any(|r| r.grade == Some(Grade::ReadAcross))
        .then_some((State::Proven, Some(Grade::ReadAcross)));
    let states = [
        Some((State::Proven, Some(Grade::Confirmed))),
        Some((State::Proven, None)),
        across,
        Some((State::Likely, None)),
        Some((State::NotYet, None)),
        Some((State::NoRecord, None)),
        Some((State::RefresherDue, None)),
        Some((State::Disputed, None)),
    ];
    html! {
        ul.key aria-label="What the marks mean" {
            @for (state, grade) in states.into_iter().flatten() {
                li { (mark(state, grade)) (words::state(state, grade)) }
            }
            li { span.cell.b.bl.br {} "probably here (80%)" }
            @if own_view { li { span.cell.b.bl.br.v {} "your own view, nothing behind it yet" } }
            @if let Some(level) = level {
                li { span.cell.t { (mark(State::NoRecord, None)) } (level) " asks for this" }
            }
        }
    }
}

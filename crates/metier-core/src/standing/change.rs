//! What changed between two standings of the same framework: since the last review, for example.

use serde::Serialize;

use super::{Standing, State};
use crate::id::{CompetencyId, RungId};

/// A rung whose state changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
    /// Its state before.
    pub before: State,
    /// Its state now.
    pub after: State,
}

/// What changed, sorted by what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Difference {
    /// Newly proven.
    pub proven: Vec<Moved>,
    /// A refresher has become due.
    pub refresher: Vec<Moved>,
    /// Has become disputed.
    pub disputed: Vec<Moved>,
    /// Every other change.
    pub other: Vec<Moved>,
}

/// What changed from one standing to a later one. Rungs and competencies that only one of them has are
/// changes of the criteria, not of the person, and are left out.
pub fn changes(before: &Standing, after: &Standing) -> Difference {
    let mut difference = Difference::default();
    for now in &after.competencies {
        let Some(then) = before.competency(&now.competency) else {
            continue;
        };
        for rung in &now.rungs {
            let Some(earlier) = then.rung(&rung.rung) else {
                continue;
            };
            if earlier.state == rung.state {
                continue;
            }
            let moved = Moved {
                competency: now.competency.clone(),
                rung: rung.rung.clone(),
                before: earlier.state,
                after: rung.state,
            };
            match rung.state {
                State::Proven => difference.proven.push(moved),
                State::RefresherDue => difference.refresher.push(moved),
                State::Disputed => difference.disputed.push(moved),
                State::Likely | State::NotYet | State::NoRecord => difference.other.push(moved),
            }
        }
    }
    difference
}

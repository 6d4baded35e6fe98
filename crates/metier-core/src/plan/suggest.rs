//! What each of the six moves could be, out of the criteria alone: for a move that nobody thought of yet.

use std::collections::BTreeSet;

use serde::Serialize;

use super::CareerMove;
use crate::framework::{ActivityKind, Framework, Layer};
use crate::id::{ActivityId, CompetencyId, LevelId, PracticeId};
use crate::standing::Standing;

/// What a move could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggested {
    /// Practices of the field that one does not exercise now.
    Practices(Vec<PracticeId>),
    /// The lowest level of which something is not proven.
    Level(LevelId),
    /// Activities of the criteria that are of this sort.
    Activities(Vec<ActivityId>),
    /// What is proven and goes along to another employer.
    GoesAlong(Vec<CompetencyId>),
    /// No position that is held now names a practice, so that nothing can be held against it.
    NoPosition,
    /// The criteria say nothing of it.
    Nothing,
}

/// How many practices or activities are named.
const NAMED: usize = 3;

/// What a move could be for somebody who exercises some practices now.
pub fn suggested(
    kind: CareerMove,
    now: &BTreeSet<PracticeId>,
    framework: &Framework,
    standing: &Standing,
) -> Suggested {
    use ActivityKind as K;
    match kind {
        CareerMove::GrowInPlace if now.is_empty() => Suggested::NoPosition,
        CareerMove::GrowInPlace => {
            let untouched = framework.practices.iter().filter(|p| !now.contains(&p.id));
            or_nothing(
                untouched.take(NAMED).map(|p| p.id.clone()).collect(),
                Suggested::Practices,
            )
        }
        CareerMove::Across => activities(framework, &[K::Rotation, K::Collaboration, K::Project]),
        CareerMove::Up => {
            let proven = |level: &&crate::framework::Level| {
                let mut asks = level.expectations.iter();
                asks.all(|asked| {
                    let competency = standing.competency(&asked.competency);
                    let rung = competency.and_then(|c| c.rung(&asked.rung));
                    rung.is_some_and(|r| r.state.proven())
                })
            };
            let next = framework.levels.iter().find(|level| !proven(level));
            next.map_or(Suggested::Nothing, |level| Suggested::Level(level.id.clone()))
        }
        CareerMove::StepBack => activities(framework, &[K::Practice, K::Course, K::Certification]),
        CareerMove::Explore => activities(framework, &[K::Volunteering, K::Event, K::Community, K::Rotation]),
        CareerMove::MoveOn => {
            let along = framework.competencies.iter().filter(|c| {
                c.layer != Layer::Organisation
                    && standing.competency(&c.id).is_some_and(|s| s.proven.is_some())
            });
            or_nothing(along.map(|c| c.id.clone()).collect(), Suggested::GoesAlong)
        }
    }
}

/// The first activities of some sorts, in the order of the sorts.
fn activities(framework: &Framework, kinds: &[ActivityKind]) -> Suggested {
    let fitting = kinds
        .iter()
        .flat_map(|kind| framework.activities.iter().filter(move |a| a.kind == *kind));
    or_nothing(
        fitting.take(NAMED).map(|a| a.id.clone()).collect(),
        Suggested::Activities,
    )
}

fn or_nothing<T>(list: Vec<T>, make: fn(Vec<T>) -> Suggested) -> Suggested {
    if list.is_empty() {
        Suggested::Nothing
    } else {
        make(list)
    }
}

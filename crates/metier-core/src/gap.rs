//! The gap to a target: what is met, what is missing, and what is ready to be shown now.

use serde::Serialize;

use crate::framework::Weight;
use crate::id::{CompetencyId, RungId};
use crate::standing::{CompetencyStanding, MissingAt, Standing, Verdict};
use crate::target::ThingStanding;

/// The gap on one competency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapItem {
    /// Which competency.
    pub competency: CompetencyId,
    /// The rung asked for.
    pub asked: RungId,
    /// Whether it must be met.
    pub weight: Weight,
    /// The highest rung proven with all below it.
    pub proven: Option<RungId>,
    /// What is missing, lowest rung first; empty once it is met.
    pub missing: Vec<MissingAt>,
    /// True when it cannot be told yet.
    pub unknown: bool,
}

/// The gap to the target.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Gap {
    /// Everything the target asks for and is not met, in the framework's order.
    pub open: Vec<GapItem>,
    /// What is met.
    pub met: Vec<CompetencyId>,
    /// Open ones with exactly one thing missing and everything before it there: ready now.
    pub ready: Vec<CompetencyId>,
    /// The significant things the target asks for that are not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<ThingStanding>,
}

/// The gap from a standing to the target it was asked with; empty without a target.
pub fn gap(standing: &Standing) -> Gap {
    let mut gap = Gap::default();
    let things = standing.target.iter().flat_map(|target| &target.things);
    gap.things = things.filter(|thing| !thing.met()).cloned().collect();
    for competency in &standing.competencies {
        match (&competency.verdict, item(competency)) {
            (Verdict::Yes, _) => gap.met.push(competency.competency.clone()),
            (Verdict::NotAsked, _) | (_, None) => {}
            (_, Some(item)) => {
                if item.missing.len() == 1 {
                    gap.ready.push(item.competency.clone());
                }
                gap.open.push(item);
            }
        }
    }
    gap
}

fn item(competency: &CompetencyStanding) -> Option<GapItem> {
    let expected = competency.expected.as_ref()?;
    let (missing, unknown) = match &competency.verdict {
        Verdict::NotYet { missing } => (missing.clone(), false),
        Verdict::CannotTell { missing, .. } => (missing.clone(), true),
        Verdict::Yes | Verdict::NotAsked => (Vec::new(), false),
    };
    Some(GapItem {
        competency: competency.competency.clone(),
        asked: expected.rung.clone(),
        weight: expected.weight,
        proven: competency.proven.clone(),
        missing,
        unknown,
    })
}

//! What each considered move would do: to the practices one exercises, and to the gap.

use std::collections::BTreeSet;

use serde::Serialize;

use super::MoveConsidered;
use crate::framework::Framework;
use crate::gap::gap;
use crate::id::PracticeId;
use crate::next_step::Closes;
use crate::standing::Standing;

/// What a move would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoveEffect {
    /// Practices one would exercise and does not now.
    pub gained: Vec<PracticeId>,
    /// Practices one exercises now and would no longer.
    pub left: Vec<PracticeId>,
    /// Practices exercised before and after.
    pub kept: Vec<PracticeId>,
    /// Practices of the framework that neither touches.
    pub untouched: Vec<PracticeId>,
    /// Rungs that the target misses and that it would give the occasion to show.
    pub closes: Vec<Closes>,
    /// How many competencies the target still misses something of.
    pub open: usize,
}

/// What a move would do for somebody who exercises some practices now.
pub fn effect(
    considered: &MoveConsidered,
    now: &BTreeSet<PracticeId>,
    framework: &Framework,
    standing: &Standing,
) -> MoveEffect {
    let then: BTreeSet<&PracticeId> = considered.practices.iter().collect();
    let practices = |keep: &dyn Fn(&PracticeId) -> bool| -> Vec<PracticeId> {
        let all = framework.practices.iter().map(|p| &p.id);
        all.filter(|id| keep(id)).cloned().collect()
    };
    let gap = gap(standing);
    let closes = gap
        .open
        .iter()
        .flat_map(|item| {
            let rungs: BTreeSet<_> = item.missing.iter().map(|m| &m.rung).collect();
            let shown: Vec<_> = rungs
                .iter()
                .filter(|rung| {
                    let shows =
                        |s: &crate::framework::Shows| s.competency == item.competency && s.rung == ***rung;
                    considered.shows.iter().any(shows)
                })
                .collect();
            let completes = shown.len() == rungs.len();
            shown
                .into_iter()
                .map(|rung| Closes {
                    competency: item.competency.clone(),
                    rung: (**rung).clone(),
                    completes,
                })
                .collect::<Vec<_>>()
        })
        .collect();
    MoveEffect {
        gained: practices(&|id| then.contains(id) && !now.contains(id)),
        left: practices(&|id| now.contains(id) && !then.contains(id)),
        kept: practices(&|id| now.contains(id) && then.contains(id)),
        untouched: practices(&|id| !now.contains(id) && !then.contains(id)),
        closes,
        open: gap.open.len(),
    }
}

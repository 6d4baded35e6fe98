//! What changed between two days, in a few lines.

use metier_core::id::CompetencyId;
use metier_core::standing::{Difference, Moved};

use super::Words;

/// One line of what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// How many steps.
    pub count: usize,
    /// What became of them: "more steps proven".
    pub what: &'static str,
    /// The competencies they belong to, each once, in the framework's order.
    pub competencies: Vec<CompetencyId>,
}

impl Words<'_> {
    /// What changed, what matters most first; empty when nothing did.
    pub fn changed(&self, difference: &Difference) -> Vec<Changed> {
        let line = |moved: &[Moved], one, many| {
            let mut competencies: Vec<CompetencyId> = moved.iter().map(|m| m.competency.clone()).collect();
            competencies.dedup();
            (!moved.is_empty()).then_some(Changed {
                count: moved.len(),
                what: if moved.len() == 1 { one } else { many },
                competencies,
            })
        };
        [
            line(&difference.proven, "more step proven", "more steps proven"),
            line(&difference.refresher, "refresher due", "refreshers due"),
            line(&difference.disputed, "disagreement", "disagreements"),
            line(&difference.other, "step known better", "steps known better"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

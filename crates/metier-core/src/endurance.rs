//! If this job ended tomorrow: what of what is proven would go along, and which practices of the profession
//! the position leaves untouched. Counts, and no score.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::framework::{Framework, Layer};
use crate::id::{CompetencyId, PracticeId};
use crate::person::{Position, YearCovered, coverage};
use crate::standing::Standing;

/// What would be left if the job ended tomorrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IfItEnded {
    /// Proven competencies that hold wherever the profession is practised.
    pub profession: Vec<CompetencyId>,
    /// Proven competencies that hold within the industry.
    pub industry: Vec<CompetencyId>,
    /// Proven competencies that hold with this employer alone.
    pub organisation: Vec<CompetencyId>,
    /// Practices that the positions held today exercise.
    pub exercised: Vec<PracticeId>,
    /// Practices that they leave untouched.
    pub untouched: Vec<PracticeId>,
    /// Which practices were exercised, year by year.
    pub years: Vec<YearCovered>,
    /// The last years in a row, this one included, in which the same practices were exercised and no other.
    pub same_for_years: usize,
}

/// What would be left, by the standing and the positions as of a day.
pub fn if_it_ended(
    standing: &Standing,
    framework: &Framework,
    positions: &[Position],
    today: Date,
) -> IfItEnded {
    let proven = |layer: Layer| -> Vec<CompetencyId> {
        framework
            .competencies
            .iter()
            .filter(|c| c.layer == layer)
            .filter(|c| standing.competency(&c.id).is_some_and(|s| s.proven.is_some()))
            .map(|c| c.id.clone())
            .collect()
    };
    let now: BTreeSet<&PracticeId> = positions
        .iter()
        .filter(|p| p.family == framework.family && p.covers(today))
        .flat_map(|p| &p.practices)
        .collect();
    let practices = |touched: bool| -> Vec<PracticeId> {
        let all = framework.practices.iter().map(|p| &p.id);
        all.filter(|id| now.contains(id) == touched).cloned().collect()
    };
    let years = coverage(positions, &framework.family, today);
    let same_for_years = match years.last() {
        Some(last) => years
            .iter()
            .rev()
            .take_while(|year| year.practices == last.practices)
            .count(),
        None => 0,
    };
    IfItEnded {
        profession: proven(Layer::Profession),
        industry: proven(Layer::Industry),
        organisation: proven(Layer::Organisation),
        exercised: practices(true),
        untouched: practices(false),
        years,
        same_for_years,
    }
}

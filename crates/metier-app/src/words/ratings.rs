//! What people's judgements say by themselves, before any evidence is weighed.

use metier_core::policy::Policy;
use metier_core::standing::CompetencyStanding;
use metier_measure::range::shortest_run;

use super::{Words, chance, list};

/// Chances worth naming: below it is as good as not, above it as good as certain.
const WORTH_NAMING: std::ops::RangeInclusive<f64> = 0.10..=0.97;

impl Words<'_> {
    /// "From the ratings alone: Reliable to Teaches, most likely Delivers (at least Reliable 91%, …)";
    /// `None` while nobody judged.
    pub fn from_ratings(&self, standing: &CompetencyStanding) -> Option<String> {
        if standing.ratings.is_empty() {
            return None;
        }
        let mass: Vec<f64> = standing.probably.from_ratings.iter().map(|n| n.get()).collect();
        // Nine digits of each number are kept, so the sum is one but for rounding.
        let total: f64 = mass.iter().sum();
        let mass: Vec<f64> = mass.iter().map(|m| m / total).collect();
        let run = shortest_run(&mass, Policy::version_1().range).ok()?;
        let name = |category: usize| match category.checked_sub(1) {
            None => "not yet on the first step",
            Some(rung) => standing.rungs.get(rung).map_or("", |r| self.rung(&r.rung)),
        };
        let range = match (run.lo, run.hi) {
            (lo, hi) if lo == hi => name(lo).to_owned(),
            (0, hi) => format!("anything up to {}", name(hi)),
            (lo, hi) => format!("{} to {}", name(lo), name(hi)),
        };
        let most = mass
            .iter()
            .enumerate()
            .max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)))
            .map_or("", |(category, _)| name(category));
        let chances: Vec<String> = (1..mass.len())
            .map(|k| (k, mass[k..].iter().sum::<f64>()))
            .filter(|(_, p)| WORTH_NAMING.contains(p))
            .map(|(k, p)| format!("at least {} {}", name(k), chance(p)))
            .collect();
        let chances = match chances.as_slice() {
            [] => String::new(),
            some => format!(" ({})", list(some)),
        };
        Some(format!(
            "From the ratings alone: {range}, most likely {most}{chances}."
        ))
    }
}

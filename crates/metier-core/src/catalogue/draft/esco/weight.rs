//! How much a skill tells about an occupation.

use std::collections::HashMap;

use crate::catalogue::Esco;

/// What the whole classification and one unit group of it say about skills.
pub(super) struct Telling {
    occupations: usize,
    /// By skill, in how many occupations it is.
    everywhere: Vec<u32>,
    kin: usize,
    /// By skill, in how many occupations of the unit group it is.
    among_kin: HashMap<u32, u32>,
}

impl Telling {
    /// Counts once over all relations.
    pub(super) fn of(esco: &Esco, isco_group: &str) -> Self {
        let mut telling = Self {
            occupations: esco.occupations.len(),
            everywhere: vec![0; esco.skills.len()],
            kin: 0,
            among_kin: HashMap::new(),
        };
        for occupation in &esco.occupations {
            let kin = occupation.isco_group == isco_group;
            telling.kin += usize::from(kin);
            for &skill in occupation.essential.iter().chain(&occupation.optional) {
                if let Some(count) = telling.everywhere.get_mut(skill as usize) {
                    *count += 1;
                }
                if kin {
                    *telling.among_kin.entry(skill).or_default() += 1;
                }
            }
        }
        telling
    }

    /// `ln(N / df)`, half of it only for a skill that no other occupation of the unit group has.
    pub(super) fn weight(&self, skill: u32) -> f64 {
        let everywhere = self.everywhere.get(skill as usize).copied().unwrap_or(0).max(1);
        let rarity = libm::log(self.occupations.max(1) as f64 / f64::from(everywhere));
        let others = f64::from(self.among_kin.get(&skill).copied().unwrap_or(0).saturating_sub(1));
        let share = if self.kin > 1 {
            others / (self.kin - 1) as f64
        } else {
            1.0
        };
        rarity * (0.5 + 0.5 * share)
    }
}

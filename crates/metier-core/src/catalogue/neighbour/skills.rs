//! The way between two occupations that list the skills they need.

use metier_measure::MeasureError;
use metier_measure::sets::{Frequencies, Overlap, overlap};

use super::{End, Item, Way, WayError, ranked};
use crate::catalogue::{Catalogue, Classification, Esco, EscoOccupation, SkillKind};

/// ESCO with how much each of its skills tells.
pub(super) struct Skills<'a> {
    esco: &'a Esco,
    /// `ln(N / n)` by skill; 0 where no occupation needs it.
    weights: Vec<f64>,
}

impl<'a> Skills<'a> {
    /// Counts once over the essential skills of all occupations.
    pub(super) fn of(catalogue: &'a Catalogue) -> Result<Self, WayError> {
        let esco = catalogue
            .esco
            .as_ref()
            .ok_or(WayError::Unknown { code: String::new() })?;
        let mut frequencies = Frequencies::new(esco.skills.len());
        for occupation in &esco.occupations {
            let set: Vec<usize> = occupation.essential.iter().map(|s| *s as usize).collect();
            frequencies.add(&set)?;
        }
        let weights = (0..esco.skills.len())
            .map(|skill| frequencies.weight(skill).unwrap_or(0.0))
            .collect();
        Ok(Self { esco, weights })
    }

    fn weight(&self, skill: u32) -> f64 {
        self.weights.get(skill as usize).copied().unwrap_or(0.0)
    }

    fn overlap(&self, from: &[u32], to: &[u32]) -> Result<Overlap, MeasureError> {
        overlap(from, to, |skill| Ok(self.weight(*skill)))
    }

    /// What is missing and what is left unused, from one set of skills to another.
    pub(super) fn gap(&self, from: &[u32], to: &[u32]) -> Result<(f64, f64), MeasureError> {
        let there = self.overlap(from, to)?.coverage()?;
        let back = self.overlap(to, from)?.coverage()?;
        Ok((1.0 - there, 1.0 - back))
    }

    /// The way from one occupation to another.
    pub(super) fn way(&self, from: &EscoOccupation, to: &EscoOccupation) -> Result<Way, WayError> {
        for end in [from, to] {
            if end.essential.is_empty() {
                return Err(WayError::NotRated {
                    code: end.code.clone(),
                    title: end.title.clone(),
                });
            }
        }
        let (missing, unused) = self.gap(&from.essential, &to.essential)?;
        let whole = |set: &[u32]| set.iter().map(|s| self.weight(*s)).sum::<f64>();
        let (of_from, of_to) = (whole(&from.essential), whole(&to.essential));
        let listed = |of: &[u32], other: &[u32], shared: bool, whole: f64| {
            let held = |s: &&u32| other.binary_search(s).is_ok() == shared;
            ranked(
                of.iter()
                    .filter(held)
                    .filter_map(|s| self.item(*s, whole))
                    .collect(),
            )
        };
        let carries_over = listed(&to.essential, &from.essential, true, of_to);
        let to_learn = listed(&to.essential, &from.essential, false, of_to);
        let left_unused = listed(&from.essential, &to.essential, false, of_from);
        Ok(Way {
            classification: Classification::Esco,
            from: end(from),
            to: end(to),
            missing,
            unused,
            compared: to.essential.len() + left_unused.len(),
            carries_over,
            to_learn,
            left_unused,
            without_figure: 0,
        })
    }

    /// The nearest occupations; their reasons are only gathered for as many as are wanted.
    pub(super) fn nearest(&self, from: &EscoOccupation, limit: usize) -> Vec<Way> {
        let others = self.esco.occupations.iter().filter(|o| o.code != from.code);
        let mut near: Vec<(f64, &EscoOccupation)> = others
            .filter_map(|to| {
                let (missing, unused) = self.gap(&from.essential, &to.essential).ok()?;
                Some((missing + unused, to))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
        near.truncate(limit);
        near.into_iter()
            .filter_map(|(_, to)| self.way(from, to).ok())
            .collect()
    }

    fn item(&self, skill: u32, whole: f64) -> Option<Item> {
        let known = self.esco.skills.get(skill as usize)?;
        Some(Item {
            key: known.uri.clone(),
            name: known.label.clone(),
            knowledge: known.kind == SkillKind::Knowledge,
            part: self.weight(skill) / whole,
            level_from: None,
            level_to: None,
        })
    }
}

fn end(occupation: &EscoOccupation) -> End {
    End {
        code: occupation.code.clone(),
        title: occupation.title.clone(),
    }
}

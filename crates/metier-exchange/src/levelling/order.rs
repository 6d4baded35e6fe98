//! The order of a role's levels and of the levels of skill, lowest first.

use std::collections::HashMap;

use super::gather::{Layout, key};
use super::scale::{self, Basis};
use super::{Asked, Choices, Part};

impl Part {
    /// Puts steps and levels in their order, lowest first.
    pub(super) fn order(&mut self, steps: Option<&[String]>, choices: &Choices, layout: Layout) {
        if let Some(steps) = steps {
            self.steps = steps.to_vec();
            self.spell(steps);
        }
        let order = self.order_of_levels(choices, layout.in_columns);
        let mut levels = Vec::new();
        let mut places = vec![0; self.levels.len()];
        for (new, old) in order.iter().enumerate() {
            places[*old] = new;
            levels.push(self.levels[*old].clone());
        }
        self.levels = levels;
        for asked in &mut self.asked {
            asked.level = places[asked.level];
        }
        for (cell, ..) in &mut self.kept {
            cell.level = cell.level.map(|l| places[l]);
        }
        if steps.is_none() {
            self.steps = self.levels.iter().map(|l| l.name.clone()).collect();
            self.carry_up();
        }
    }

    /// Spells every step as the document does first.
    fn spell(&mut self, steps: &[String]) {
        let first: HashMap<String, &String> = steps.iter().map(|s| (key(s), s)).collect();
        let spelled = |step: &str| {
            first
                .get(&key(step))
                .map_or_else(|| step.to_owned(), |s| (*s).clone())
        };
        for asked in &mut self.asked {
            asked.step = spelled(&asked.step);
        }
        for skill in &mut self.skills {
            skill.wording = std::mem::take(&mut skill.wording)
                .into_iter()
                .map(|(step, wording)| (spelled(&step), wording))
                .collect();
        }
    }

    /// The places of the levels, lowest first.
    fn order_of_levels(&mut self, choices: &Choices, in_columns: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.levels.len()).collect();
        let heights: Vec<u32> = self
            .levels
            .iter()
            .map(|l| scale::role_or_plain(&l.name))
            .collect();
        let asks = self.asks();
        let mut sorted = heights.clone();
        sorted.sort_unstable();
        let distinct = sorted.windows(2).all(|p| p[0] < p[1]);
        let falling = heights.windows(2).all(|p| p[0] > p[1]);
        self.basis = if in_columns && !(distinct && falling) {
            Basis::Columns
        } else if distinct {
            order.sort_by_key(|l| heights[*l]);
            Basis::Names
        } else if asks.iter().any(|a| *a > 0) {
            order.sort_by_key(|l| (asks[*l], heights[*l]));
            Basis::Asked
        } else {
            order.sort_by_key(|l| heights[*l]);
            Basis::Met
        };
        let said = |l: &usize| {
            choices
                .levels
                .iter()
                .position(|s| key(s) == key(&self.levels[*l].name))
                .unwrap_or(usize::MAX)
        };
        if self
            .levels
            .iter()
            .enumerate()
            .any(|(l, _)| said(&l) != usize::MAX)
        {
            order.sort_by_key(said);
            self.basis = Basis::Said;
        }
        order
    }

    /// How high each level's asks stand on average, in tenths of a step; 0 where nothing is known.
    fn asks(&self) -> Vec<usize> {
        let heights: HashMap<&String, usize> = (1..).zip(&self.steps).map(|(h, s)| (s, h)).collect();
        let mut sums = vec![(0_usize, 0_usize); self.levels.len()];
        for asked in &self.asked {
            if let Some(height) = heights.get(&asked.step) {
                sums[asked.level].0 += height * 10;
                sums[asked.level].1 += 1;
            }
        }
        sums.into_iter()
            .map(|(sum, count)| (sum + count / 2).checked_div(count).unwrap_or(0))
            .collect()
    }

    /// Where the steps are the levels themselves, a level that says nothing of a skill asks what the level
    /// below asks.
    fn carry_up(&mut self) {
        self.asked.clear();
        for (place, skill) in self.skills.iter().enumerate() {
            let mut last: Option<&String> = None;
            for (level, name) in self.steps.iter().enumerate() {
                if skill.wording.get(name).is_some_and(|w| !w.is_empty()) {
                    last = Some(name);
                }
                if let Some(step) = last {
                    self.asked.push(Asked {
                        level,
                        skill: place,
                        step: step.clone(),
                    });
                }
            }
        }
    }
}

//! The work done so far, counted rather than timed.

use super::Work;

/// Counts work against a limit.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    limit: u64,
    /// So far.
    pub work: Work,
}

impl Meter {
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            work: Work::default(),
        }
    }

    /// True while there is work left to do.
    pub fn left(&self) -> bool {
        self.work.steps < self.limit
    }

    /// What is left.
    pub fn rest(&self) -> u64 {
        self.limit.saturating_sub(self.work.steps)
    }

    /// Work of so many elementary steps.
    pub fn steps(&mut self, steps: usize) {
        self.work.steps = self.work.steps.saturating_add(steps as u64);
    }

    pub fn pivot(&mut self, steps: usize) {
        self.work.pivots += 1;
        self.steps(steps);
    }

    pub fn node(&mut self) {
        self.work.nodes += 1;
    }

    /// Takes over what was done on another meter.
    pub fn add(&mut self, other: Work) {
        self.work.nodes += other.nodes;
        self.work.pivots += other.pivots;
        self.work.steps = self.work.steps.saturating_add(other.steps);
    }
}

//! The exact law of the first time a sequence of independent trials passes a gate.

/// The chance to pass at each trial.
pub(crate) struct Passage {
    at: Vec<(u64, f64)>,
}

impl Passage {
    /// Of trials with error rate `rate`, up to `horizon` of them, at a gate that a sequence with `k` errors passes
    /// from trial `first(k)` on; `first` grows by at least one with `k`.
    ///
    /// With `k` errors the gate is passed at trial `first(k)` or never, so the chance of each count is carried from
    /// one such trial to the next and what has passed is taken out.
    pub(crate) fn new(horizon: u64, rate: f64, first: impl Fn(u64) -> u64) -> Self {
        let mut at = Vec::new();
        let (mut k, mut next) = (0, first(0));
        let mut chance = vec![1.0];
        for trial in 1..=horizon {
            chance.push(0.0);
            for errors in (0..chance.len()).rev() {
                let fewer = if errors == 0 { 0.0 } else { chance[errors - 1] };
                chance[errors] = chance[errors] * (1.0 - rate) + fewer * rate;
            }
            // Counts beyond any chance are dropped, so that the row stays short.
            while chance.len() > 1 && chance.last().is_some_and(|c| *c < 1e-30) {
                chance.pop();
            }
            if trial == next {
                let errors = usize::try_from(k).unwrap_or(usize::MAX);
                if let Some(passed) = chance.get_mut(errors) {
                    at.push((trial, std::mem::take(passed)));
                }
                k += 1;
                next = first(k);
            }
        }
        Self { at }
    }

    /// The share that passes.
    pub(crate) fn share(&self) -> f64 {
        self.at.iter().map(|(_, chance)| chance).sum()
    }

    /// That `median` can be the median passing time of `passed` sequences that passed: a time at which one can
    /// pass, and within four standard errors of the middle.
    #[track_caller]
    #[allow(dead_code, reason = "not every test target compares medians")]
    pub(crate) fn assert_median(&self, median: f64, passed: f64) {
        let (mut before, mut here) = (0.0, 0.0);
        for &(trial, chance) in &self.at {
            let after = trial as f64 - median;
            if after < 0.0 {
                before += chance / self.share();
            } else if after <= 0.0 {
                here = chance / self.share();
            }
        }
        assert!(here > 0.0, "nothing passes at trial {median}");
        let error = 0.5 / passed.sqrt();
        let middle = before - 4.0 * error..=before + here + 4.0 * error;
        assert!(
            middle.contains(&0.5),
            "{median}: {middle:?} does not hold the middle"
        );
    }
}

//! The fixed point of a map in a few dimensions, sooner than by applying it again and again.
//!
//! Anderson's mixing: the next point is where the last few changes, taken as linear, would stand still
//! (Anderson, Journal of the ACM 12, 1965; Walker and Ni, SIAM Journal on Numerical Analysis 49, 2011). A
//! point from which the map moves twice as far as from the best one so far is given up for a plain step from
//! that one.

/// The points tried and where the map moved them.
#[derive(Debug, Default)]
pub(super) struct Mixing {
    tried: Vec<(Vec<f64>, Vec<f64>)>,
    best: Option<(Vec<f64>, Vec<f64>)>,
    /// Plain steps still to make, and how many the last rejection asked for.
    plain: usize,
    penalty: usize,
}

/// No coordinate moves further in one step.
const FARTHEST: f64 = 1.0;

impl Mixing {
    /// The next point to try, after the map moved `at` by `moved`.
    pub(super) fn next(&mut self, at: &[f64], moved: &[f64]) -> Vec<f64> {
        let here = (at.to_vec(), moved.to_vec());
        if self.plain > 0 {
            self.plain -= 1;
            self.tried = vec![here.clone()];
            self.best = Some(here);
            return plus(at, moved);
        }
        match &self.best {
            Some((from, moved_best)) if norm(moved) > 2.0 * norm(moved_best) => {
                // Twice as many plain steps each time, so that the same mixture is not tried for ever.
                self.penalty = (2 * self.penalty).max(1);
                self.plain = self.penalty;
                return plus(from, moved_best);
            }
            Some((_, moved_best)) if norm(moved) >= norm(moved_best) => {}
            _ => self.best = Some(here.clone()),
        }
        self.tried.push(here);
        // More differences than dimensions say nothing new.
        if self.tried.len() > at.len() + 1 {
            self.tried.remove(0);
        }
        let step = self.mixed();
        at.iter()
            .zip(step)
            .map(|(at, step)| at + step.clamp(-FARTHEST, FARTHEST))
            .collect()
    }

    /// Forgets what was tried, because the map has changed.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// The step from the last point: its move, and for each orthogonal part of the differences of moves the
    /// share that cancels it.
    fn mixed(&self) -> Vec<f64> {
        let Some(((last_at, last_moved), before)) = self.tried.split_last() else {
            return Vec::new();
        };
        let (mut left, mut step) = (last_moved.clone(), last_moved.clone());
        let mut basis: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for (at, moved) in before.iter().rev() {
            // The difference of moves made orthogonal to those before; the difference of points goes along.
            let mut of_moved = minus(last_moved, moved);
            let mut of_point = minus(last_at, at);
            let whole = norm(&of_moved);
            for (unit, along) in &basis {
                let share = inner(&of_moved, unit);
                add(&mut of_moved, unit, -share);
                add(&mut of_point, along, -share);
            }
            let size = norm(&of_moved);
            if size.is_nan() || size <= 1e-6 * whole {
                continue;
            }
            scale(&mut of_moved, 1.0 / size);
            scale(&mut of_point, 1.0 / size);
            let share = inner(&left, &of_moved);
            add(&mut left, &of_moved, -share);
            add(&mut step, &of_moved, -share);
            add(&mut step, &of_point, -share);
            basis.push((of_moved, of_point));
        }
        step
    }
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    libm::sqrt(inner(a, a))
}

fn plus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], of: &[f64], times: f64) {
    for (to, of) in to.iter_mut().zip(of) {
        *to += times * of;
    }
}

fn scale(of: &mut [f64], by: f64) {
    for value in of {
        *value *= by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_slow_fixed_point_in_a_few_steps() {
        // Contractions by 0.99 and 0.5, a little bent, towards (1, -2).
        let map = |x: &[f64]| {
            let (a, b) = (x[0] - 1.0, x[1] + 2.0);
            vec![-0.01 * a + 0.01 * a * b, -0.5 * b + 0.05 * a * a]
        };
        let mut mixing = Mixing::default();
        let mut at = vec![1.4, -1.7];
        let mut steps = 0;
        while norm(&map(&at)) > 1e-10 {
            at = mixing.next(&at, &map(&at));
            steps += 1;
            assert!(steps < 40, "{at:?}");
        }
        assert!((at[0] - 1.0).abs() < 1e-7 && (at[1] + 2.0).abs() < 1e-7);
    }
}

//! The Bernoulli CUSUM: has the error rate risen from `p0` towards `p1`?
//!
//! `S_t = max(0, S_{t-1} + ln[ f(x_t; p1) / f(x_t; p0) ])`, with an alarm at the first `S_t >= h`. Page,
//! Biometrika 41 (1954); Reynolds and Stoumbos, Journal of Quality Technology 31 (1999).

use crate::error::{MeasureError, Result, open_unit, positive, within};

/// A chart that is told each trial as it comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cusum {
    on_error: f64,
    on_success: f64,
    h: f64,
    s: f64,
}

impl Cusum {
    /// A chart at zero. `0 < p0 < p1 < 1`, `h > 0` in natural logarithms of a likelihood ratio.
    ///
    /// # Errors
    /// When a parameter is outside its domain.
    pub fn new(p0: f64, p1: f64, h: f64) -> Result<Self> {
        let p0 = open_unit("p0", p0)?;
        let p1 = within("p1", p1, |v| v > p0 && v < 1.0, "more than p0 and less than 1")?;
        Ok(Self {
            on_error: libm::log(p1 / p0),
            on_success: libm::log1p(-p1) - libm::log1p(-p0),
            h: positive("h", h)?,
            s: 0.0,
        })
    }

    /// Takes one trial and returns the statistic after it.
    pub fn push(&mut self, error: bool) -> f64 {
        self.s = (self.s + if error { self.on_error } else { self.on_success }).max(0.0);
        self.s
    }

    /// The statistic now.
    pub fn statistic(&self) -> f64 {
        self.s
    }

    /// True while the statistic is at `h` or above.
    pub fn alarm(&self) -> bool {
        self.s >= self.h
    }
}

/// The statistic after each trial, and where it first reached `h`.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// One value per trial.
    pub statistic: Vec<f64>,
    /// The index of the first trial at which the statistic is at least `h`.
    pub alarm: Option<usize>,
}

/// Runs a chart over a finished sequence.
///
/// # Errors
/// As for [`Cusum::new`].
pub fn cusum(errors: &[bool], p0: f64, p1: f64, h: f64) -> Result<Trace> {
    let mut chart = Cusum::new(p0, p1, h)?;
    let statistic: Vec<f64> = errors.iter().map(|e| chart.push(*e)).collect();
    let alarm = statistic.iter().position(|s| *s >= h);
    Ok(Trace { statistic, alarm })
}

/// A chart in whole steps, one step being what a success takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lattice {
    /// The steps that an error adds: what it adds over what a success takes away, rounded, at least 1.
    pub jump: usize,
    /// The steps at which the alarm is given: `h` over what a success takes away, rounded up.
    pub top: usize,
}

impl Cusum {
    /// The chart in whole steps; of up to 10^4 of them.
    ///
    /// # Errors
    /// When there would be more steps.
    pub fn lattice(&self) -> Result<Lattice> {
        const LARGEST: f64 = 10_000.0;
        let top = libm::ceil(self.h / -self.on_success).max(1.0);
        let jump = libm::round(self.on_error / -self.on_success).max(1.0);
        if top > LARGEST {
            return Err(MeasureError::OutOfReach {
                quantity: "lattice of the chart",
                limit: 10_000,
            });
        }
        // Both are whole numbers from 1 to 10^4 here (a jump past the top ends the run all the same).
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok(Lattice {
            jump: jump.min(LARGEST) as usize,
            top: top as usize,
        })
    }
}

/// The average number of trials to the alarm when the true error rate is `rate`, started at zero.
///
/// Exact for the chart in whole steps, [`Cusum::lattice`] (a Markov chain, solved in closed order without
/// cancellation).
///
/// # Errors
/// When a parameter is outside its domain, the lattice would be larger than 10^4 steps, or the answer than 10^18.
pub fn average_run_length(p0: f64, p1: f64, h: f64, rate: f64) -> Result<f64> {
    const LONGEST: u64 = 1_000_000_000_000_000_000;
    let Lattice { jump, top } = Cusum::new(p0, p1, h)?.lattice()?;
    let p = open_unit("rate", rate)?;
    // L_i = 1 + p L_{i+jump} + q L_{i-1}, so from the top down L_i = a_i + (1 - g_i) L_{i-1}. Climbing from i
    // to i+jump composes these: L_{i+jump} = c + (1 - g) L_i.
    let mut steps = vec![(0.0, 0.0); top];
    for i in (0..top).rev() {
        let (mut c, mut g) = (0.0, 0.0);
        if i + jump < top {
            for &(a, fall) in &steps[i + 1..=i + jump] {
                c = a + (1.0 - fall) * c;
                g += fall * (1.0 - g);
            }
        } else {
            g = 1.0;
        }
        let stays = 1.0 - p + p * g;
        // For i = 0 a success stays at 0: L_0 (1 - q - p (1-g)) = 1 + p c, and 1 - q - p(1-g) = p g.
        steps[i] = if i == 0 {
            ((1.0 + p * c) / (p * g), 0.0)
        } else {
            ((1.0 + p * c) / stays, p * g / stays)
        };
    }
    if steps[0].0 <= LONGEST as f64 {
        Ok(steps[0].0)
    } else {
        Err(MeasureError::OutOfReach {
            quantity: "run length",
            limit: LONGEST,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn climbs_on_errors_and_never_below_zero() {
        let trace = cusum(&[false, true, false, true], 0.01, 0.1, 3.0).unwrap();
        let up = 10f64.ln();
        let down = (0.9_f64 / 0.99).ln();
        let expected = [0.0, up, up + down, up + down + up];
        for (got, want) in trace.statistic.iter().zip(expected) {
            assert!((got - want).abs() < 1e-14);
        }
        assert_eq!(trace.alarm, Some(3));
        assert_eq!(cusum(&[], 0.01, 0.1, 3.0).unwrap().alarm, None);
    }

    #[test]
    fn run_length_matches_the_exact_chain() {
        let arl = |h, rate| average_run_length(0.01, 0.05, h, rate).unwrap();
        assert!((arl(2.0, 0.01) - 480.768_794_873_152_96).abs() < 1e-9);
        assert!((arl(5.0, 0.1) - 43.130_402_174_446_566).abs() < 1e-9);
        // One error is enough: the mean of a geometric law.
        assert!((arl(0.01, 0.02) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn refuses_charts_that_cannot_be() {
        assert!(Cusum::new(0.1, 0.1, 1.0).is_err());
        assert!(Cusum::new(0.0, 0.1, 1.0).is_err());
        assert!(Cusum::new(0.1, f64::NAN, 1.0).is_err());
        assert!(Cusum::new(0.1, 0.2, f64::INFINITY).is_err());
        assert!(average_run_length(0.01, 0.05, 1e6, 0.01).is_err());
    }
}

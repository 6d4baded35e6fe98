//! Have errors become more frequent since an accuracy was proven?

use metier_measure::Result;
use metier_measure::cusum::Cusum;

use crate::policy::Policy;

/// The watch over one proven accuracy: a Bernoulli CUSUM from the error rate the target allows to a multiple of it,
/// begun with the first session after the proof. The policy's limits are chosen by how often it would be wrong:
/// see `docs/method/trials.md`.
#[derive(Default)]
pub(super) struct Drift(Option<Cusum>);

impl Drift {
    /// Takes a session and says whether the alarm is given in it.
    ///
    /// A session says how many errors it had and not when; they are taken as evenly spread, which gives fewer
    /// alarms than any that come together.
    pub fn session(&mut self, attempts: u32, errors: u32, target: f64, policy: &Policy) -> Result<bool> {
        let chart = match &mut self.0 {
            Some(chart) => chart,
            none => none.insert(chart(target, policy)?),
        };
        let mut seen = 0;
        for i in 1..=u64::from(attempts) {
            let due = i * u64::from(errors) / u64::from(attempts);
            chart.push(due > seen);
            seen = due;
            if chart.alarm() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The error rates watched for a target: the one it allows, and the one that is to be noticed.
fn rates(target: f64, policy: &Policy) -> (f64, f64) {
    let eps = 1.0 - target;
    (eps, (eps * policy.drift_factor).min(f64::midpoint(1.0, eps)))
}

fn chart(target: f64, policy: &Policy) -> Result<Cusum> {
    let (eps, worse) = rates(target, policy);
    Cusum::new(eps, worse, policy.drift_alarm)
}

#[cfg(test)]
mod tests {
    use metier_measure::cusum::average_run_length;

    use super::*;

    /// How many attempts go by, on average, until the alarm at that error rate.
    fn until_alarm(target: f64, rate: f64) -> f64 {
        let policy = Policy::version_1();
        let (eps, worse) = rates(target, &policy);
        average_run_length(eps, worse, policy.drift_alarm, rate).unwrap()
    }

    #[test]
    fn the_limits_are_those_the_method_states() {
        // Target; false alarm once in so many attempts at the target itself and at half its errors; attempts until
        // the alarm at twice and at four times its errors.
        for (target, at_target, at_half, at_twice, at_four_times) in [
            (0.99, 5001, 63_573, 584, 137),
            (0.98, 2489, 31_401, 290, 68),
            (0.95, 1076, 13_733, 119, 27),
            (0.90, 949, 14_928, 80, 14),
        ] {
            let eps = 1.0 - target;
            for (rate, stated) in [
                (eps, at_target),
                (0.5 * eps, at_half),
                (2.0 * eps, at_twice),
                (4.0 * eps, at_four_times),
            ] {
                let got = until_alarm(target, rate);
                assert!(
                    (got - f64::from(stated)).abs() <= 0.5,
                    "{target} at {rate}: {got}, stated {stated}"
                );
            }
        }
    }

    #[test]
    fn alarms_on_frequent_errors_and_not_on_rare_ones() {
        let policy = Policy::version_1();
        let mut steady = Drift::default();
        for _ in 0..200 {
            // Two errors of a hundred where five are allowed.
            assert!(!steady.session(100, 2, 0.95, &policy).unwrap());
        }
        let mut slipping = Drift::default();
        let alarm = (1..=100).find(|_| slipping.session(10, 2, 0.95, &policy).unwrap());
        assert_eq!(alarm, Some(3), "four times the errors allowed");
        // The order within a session is not known, the sum is: cut differently, the same alarm.
        let mut cut = Drift::default();
        assert!(!cut.session(20, 4, 0.95, &policy).unwrap());
        assert!(cut.session(10, 2, 0.95, &policy).unwrap());
    }

    #[test]
    fn every_target_a_framework_may_ask_for_has_a_chart() {
        let policy = Policy::version_1();
        for target in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999] {
            assert!(chart(target, &policy).is_ok(), "{target}");
            assert!(until_alarm(target, 1.0 - target).is_finite());
        }
        assert!(!Drift::default().session(0, 0, 0.9, &policy).unwrap());
    }
}

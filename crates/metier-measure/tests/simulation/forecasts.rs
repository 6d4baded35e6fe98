//! How often does the check of stated probabilities object when they are right, and when they are not?

use metier_measure::forecast::{Finding, Forecast, check};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::Share;

const RUNS: u32 = 1_500;

/// Forecasts stated from .5 to .95, things that come with what was stated plus `shift`.
fn told(rng: &mut Pcg64Mcg, count: usize, shift: f64) -> Vec<Forecast> {
    (0..count)
        .map(|_| {
            let stated = rng.random_range(0.5..0.95);
            Forecast {
                stated,
                came: rng.random_bool((stated + shift).clamp(0.0, 1.0)),
            }
        })
        .collect()
}

#[test]
fn objects_to_right_statements_no_more_often_than_said() {
    println!("check at 95%, shift .2, power .8; seed 11, {RUNS} runs: stated right, .2 too high");
    let mut rng = Pcg64Mcg::seed_from_u64(11);
    for count in [2, 5, 10, 20, 40, 100] {
        let mut finding = |shift| {
            check(&told(&mut rng, count, shift), 0.95, 0.2, 0.8)
                .unwrap()
                .finding
        };
        let objects = |f| matches!(f, Finding::StatedTooHigh | Finding::StatedTooLow);
        let (mut false_alarms, mut assured) = (0, 0);
        for _ in 0..RUNS {
            let found = finding(0.0);
            false_alarms += u32::from(objects(found));
            assured += u32::from(found == Finding::NotContradicted);
        }
        let (mut noticed, mut wrongly_assured) = (0, 0);
        for _ in 0..RUNS {
            let found = finding(-0.2);
            noticed += u32::from(found == Finding::StatedTooHigh);
            wrongly_assured += u32::from(found == Finding::NotContradicted);
        }
        let [false_alarms, assured, noticed, wrongly_assured] =
            [false_alarms, assured, noticed, wrongly_assured].map(|hits| Share::new(hits, RUNS));
        println!(
            "{count:4} forecasts: objects {false_alarms}, not contradicted {assured} | noticed {noticed}, \
             wrongly not contradicted {wrongly_assured}"
        );
        // Exact, so never more than said; and no assurance is given that was wrong more than one time in five.
        assert!(false_alarms.value - 4.0 * false_alarms.error <= 0.05);
        assert!(wrongly_assured.value - 4.0 * wrongly_assured.error <= 0.2);
        if count <= 10 {
            assert!(assured.value <= 0.0, "{count} are too few to assure anything");
        }
    }
}

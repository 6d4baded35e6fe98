#[path = "../../../metier-measure/tests/common/harness.rs"]
mod harness;

use serde_json::Value;

use super::*;
use harness::{EXACT, Vector, f, list, u};

#[track_caller]
fn near(got: f64, want: f64, tolerance: f64) {
    assert!(
        (got - want).abs() <= tolerance * want.abs().max(1.0),
        "got {got}, want {want}"
    );
}

fn review(days: &Value, grade: &Value) -> Review {
    Review {
        days: u32::try_from(u(days)).unwrap(),
        grade: Grade::new(u32::try_from(u(grade)).unwrap()).unwrap(),
    }
}

fn state(memory: Memory) -> (f64, f64) {
    (f64::from(memory.0.stability), f64::from(memory.0.difficulty))
}

fn of_stability(stability: f64) -> MemoryState {
    #[allow(clippy::cast_possible_truncation)]
    let stability = stability as f32;
    MemoryState {
        stability,
        difficulty: 5.0,
    }
}

fn reference_log(v: &Value) {
    assert_eq!(list(&v["w"]).len(), fsrs::DEFAULT_PARAMETERS.len());
    for (want, got) in list(&v["w"]).iter().zip(fsrs::DEFAULT_PARAMETERS) {
        near(f64::from(got), f(want), 1e-6);
    }
    near(-f64::from(FSRS6_DEFAULT_DECAY), f(&v["decay"]), 1e-6);
    // The factor is what makes the chance 0.9 after S days.
    near(
        raw_chance(of_stability(1.0), 1.0 / f(&v["factor"])),
        2f64.powf(f(&v["decay"])),
        1e-6,
    );
    let mut log: Vec<Review> = Vec::new();
    for look in list(&v["review_log"]) {
        let next = review(&look["days_since_last"], &look["grade"]);
        if let Some(want) = look["retrievability_before"].as_f64() {
            let before = Memory::after(&log).unwrap();
            near(raw_chance(before.0, f64::from(next.days)), want, 1e-4);
            near(before.chance(f64::from(next.days)).unwrap(), want, 1.5e-3);
        }
        log.push(next);
        let after = Memory::after(&log).unwrap();
        let (stability, difficulty) = state(after);
        near(stability, f(&look["stability_after"]), 1e-4);
        near(difficulty, f(&look["difficulty_after"]), 1e-4);
        near(
            f64::from(after.days_until(0.9).unwrap()),
            f(&look["due_in_days"]),
            1e-4,
        );
    }
    for case in list(&v["retrievability"]) {
        let got = raw_chance(of_stability(f(&case["S"])), f(&case["t"]));
        near(got, f(&case["R"]), 1e-4);
        // The interval is the curve's inverse.
        let back = raw_days_until(of_stability(f(&case["S"])), f(&case["R"]));
        near(back / f(&case["t"]), 1.0, 1e-4);
    }
}

fn other_crates(v: &Value) {
    let case = &v["fsrs6_sequence_[days,grade]->[stability,difficulty]"];
    let log: Vec<Review> = list(&case["input"])
        .iter()
        .map(|r| review(&r[0], &r[1]))
        .collect();
    let mut last = (0.0, 0.0);
    for (n, want) in (1..).zip(list(&case["rust_fsrs_6.6.2"])) {
        last = state(Memory::after(&log[..n]).unwrap());
        near(last.0, f(&want[0]), 1e-5);
        near(last.1, f(&want[1]), 1e-5);
    }
    near(last.0, f(&case["python_fsrs_6.3.2_last"][0]), 1e-4);
    near(last.1, f(&case["python_fsrs_6.3.2_last"][1]), 1e-4);
}

#[test]
fn v3_fsrs6() {
    let vector = Vector {
        file: "v3_fsrs6.json",
        check: reference_log,
        tolerance: 1e-4,
        coarser: &[("/w/*", 1e-6), ("/decay", 1e-6), ("/factor", 1e-5)],
        given_by: &[("/retrievability/*/S", 1.5), ("/retrievability/*/t", 1.5)],
        ..EXACT
    };
    vector.reproduce();
}

#[test]
fn rust_crosschecks() {
    const ELSEWHERE: &str = "reproduced by the tests of metier-measure, or named there";
    let vector = Vector {
        file: "rust_crosschecks.json",
        check: other_crates,
        tolerance: 1e-4,
        coarser: &[("/fsrs6*/rust*", 1e-5)],
        unused: &[
            ("/statrs*", ELSEWHERE),
            ("/binomial*", ELSEWHERE),
            ("/e_process*", ELSEWHERE),
            ("/robbins*", ELSEWHERE),
            ("/glicko2*", ELSEWHERE),
            ("/ilp/*", ELSEWHERE),
        ],
        ..EXACT
    };
    vector.reproduce();
}

fn log(looks: &[(u32, Grade)]) -> Vec<Review> {
    looks
        .iter()
        .map(|&(days, grade)| Review { days, grade })
        .collect()
}

#[test]
fn the_chance_falls_and_a_good_look_puts_the_next_one_off() {
    let once = Memory::after(&log(&[(0, Grade::Good)])).unwrap();
    let twice = Memory::after(&log(&[(0, Grade::Good), (2, Grade::Good)])).unwrap();
    let forgotten = Memory::after(&log(&[(0, Grade::Good), (2, Grade::Forgotten)])).unwrap();
    assert_eq!(once.chance(0.0), Ok(1.0));
    let chances: Vec<f64> = [0.5, 1.0, 5.0, 50.0, 36_500.0]
        .map(|d| once.chance(d).unwrap())
        .to_vec();
    assert!(chances.windows(2).all(|pair| pair[0] > pair[1]), "{chances:?}");
    assert!(
        chances
            .iter()
            .all(|c| (c * 1000.0 - (c * 1000.0).round()).abs() < 1e-9)
    );
    assert!(twice.days_until(0.9).unwrap() > once.days_until(0.9).unwrap());
    assert!(forgotten.days_until(0.9).unwrap() < twice.days_until(0.9).unwrap());
    assert!(once.days_until(0.8).unwrap() > once.days_until(0.95).unwrap());
}

#[test]
fn the_ends_are_named_and_not_passed() {
    let weak = Memory::after(&log(&[(0, Grade::Forgotten)])).unwrap();
    assert_eq!(weak.days_until(0.99), Ok(1));
    let looks: Vec<(u32, Grade)> = (0..40)
        .map(|i| (if i == 0 { 0 } else { MAX_DAYS }, Grade::Easy))
        .collect();
    let strong = Memory::after(&log(&looks)).unwrap();
    assert_eq!(strong.days_until(0.5), Ok(MAX_DAYS));
    assert!(strong.chance(f64::from(MAX_DAYS)).unwrap() >= 0.9);
}

#[test]
fn refuses_what_is_no_log() {
    assert!(Grade::new(0).is_err() && Grade::new(5).is_err() && Grade::new(u32::MAX).is_err());
    assert!(Memory::after(&[]).is_err());
    assert!(Memory::after(&log(&[(1, Grade::Good)])).is_err());
    assert!(Memory::after(&log(&[(0, Grade::Good), (MAX_DAYS + 1, Grade::Good)])).is_err());
    let long = vec![(0, Grade::Good); MAX_REVIEWS + 1];
    assert!(Memory::after(&log(&long)).is_err());
    assert!(Memory::after(&log(&long[1..])).is_ok());
    let memory = Memory::after(&log(&[(0, Grade::Good)])).unwrap();
    for days in [-1.0, -f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, 36_501.0] {
        assert!(memory.chance(days).is_err(), "{days}");
    }
    for wanted in [0.0, 0.49, 0.995, 1.0, f64::NAN, f64::INFINITY] {
        assert!(memory.days_until(wanted).is_err(), "{wanted}");
    }
}

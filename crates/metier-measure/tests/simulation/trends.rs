//! Trends: how often is one seen where there is none, and how often does the slope's interval hold?

use metier_measure::trend::{
    Series, Test, hamed_rao, mann_kendall, seasonal, seasonal_dependent, seasonal_slope, theil_sen,
};
use rand::SeedableRng;
use rand_distr::{Distribution, Poisson, StandardNormal, StudentT};
use rand_pcg::Pcg64Mcg;

use crate::Share;

const LENGTHS: [usize; 4] = [24, 36, 60, 120];

/// An autoregression of first order with innovations of variance 1, run in, with a slope a year and seasons
/// of that height.
fn persistent(generator: &mut Pcg64Mcg, n: usize, phi: f64, yearly: f64, season: f64) -> Series {
    let mut last = 0.0;
    let mut values = Vec::with_capacity(n);
    for t in 0..n + 50 {
        let innovation: f64 = StandardNormal.sample(generator);
        last = phi * last + innovation;
        if t >= 50 {
            let time = (t - 50) as f64 / 12.0;
            values.push(Some(
                last + yearly * time + season * (std::f64::consts::TAU * time).sin(),
            ));
        }
    }
    Series::new(&values).unwrap()
}

type Try = fn(&Series) -> bool;

fn seen(test: &Test) -> bool {
    test.p_value <= 0.05
}

const PLAIN: Try = |s| seen(&mann_kendall(s).unwrap());
const HAMED_RAO: Try = |s| hamed_rao(s, 0.05).is_ok_and(|t| seen(&t));
const SEASONAL: Try = |s| seen(&seasonal(s, 12).unwrap());
const DEPENDENT: Try = |s| seen(&seasonal_dependent(s, 12).unwrap());

/// How often each of the four sees a trend.
fn rates(runs: u32, seed: u64, n: usize, phi: f64, yearly: f64, season: f64) -> [Share; 4] {
    let mut generator = Pcg64Mcg::seed_from_u64(seed);
    let mut hits = [0_u32; 4];
    for _ in 0..runs {
        let series = persistent(&mut generator, n, phi, yearly, season);
        for (hits, sees) in hits.iter_mut().zip([PLAIN, HAMED_RAO, SEASONAL, DEPENDENT]) {
            *hits += u32::from(sees(&series));
        }
    }
    hits.map(|hits| Share::new(hits, runs))
}

#[test]
fn false_alarms_without_seasons() {
    println!(
        "no trend, no seasons, tests at 5%, 2000 runs (error .005): Mann-Kendall, Hamed-Rao, seasonal, seasonal dependent"
    );
    for (i, n) in (0..).zip(LENGTHS) {
        for (j, phi) in (0..).zip([0.0, 0.2, 0.4, 0.6]) {
            let found = rates(2000, 1000 + 10 * i + j, n, phi, 0.0, 0.0);
            let [plain, hamed, season, dependent] = found.map(|share| share.value);
            println!("n = {n}, AR(1) {phi}: {plain:.3} {hamed:.3} {season:.3} {dependent:.3}");
            // The one that is meant for such series holds its level, but for the simulation's own error.
            assert!(dependent <= 0.05 + 0.015, "n = {n}, phi = {phi}: {dependent}");
            assert!(dependent <= season);
            if j == 0 {
                assert!((0.035..=0.065).contains(&plain), "n = {n}: {plain}");
                assert!(season <= 0.065, "n = {n}: {season}");
            }
        }
    }
}

#[test]
fn false_alarms_with_strong_seasons() {
    println!(
        "no trend, seasons of five standard deviations: Mann-Kendall, Hamed-Rao, seasonal, seasonal dependent"
    );
    for (i, n) in (0..).zip(LENGTHS) {
        for (j, phi) in (0..).zip([0.0, 0.4]) {
            let found = rates(2000, 2000 + 10 * i + j, n, phi, 0.0, 5.0);
            let [plain, hamed, season, dependent] = found.map(|share| share.value);
            println!("n = {n}, AR(1) {phi}: {plain:.3} {hamed:.3} {season:.3} {dependent:.3}");
            assert!(dependent <= 0.05 + 0.015, "n = {n}, phi = {phi}: {dependent}");
            if j == 0 {
                assert!(season <= 0.065, "n = {n}: {season}");
            }
        }
    }
}

#[test]
fn trends_found() {
    println!(
        "a slope of so many innovations' standard deviations a year, seasons of five: share of runs in which it is seen"
    );
    for (i, (n, phi, yearly)) in (0..).zip([
        (36, 0.0, 0.5),
        (36, 0.4, 0.5),
        (60, 0.0, 0.5),
        (60, 0.4, 0.5),
        (120, 0.4, 0.3),
    ]) {
        let found = rates(1000, 3000 + i, n, phi, yearly, 5.0);
        let [plain, hamed, season, dependent] = found.map(|share| share.value);
        println!("n = {n}, AR(1) {phi}, slope {yearly}: {plain:.3} {hamed:.3} {season:.3} {dependent:.3}");
        // What the correction costs is bounded: it still finds more than the test that is blinded by the
        // seasons.
        assert!(dependent > 0.05 && dependent <= season);
        if phi == 0.0 {
            assert!(dependent > plain, "{dependent} {plain}");
        }
    }
}

#[test]
fn slopes_of_independent_values() {
    println!(
        "slope with its 95% interval, 2000 runs: coverage of the plain one (no seasons) and the seasonal one (seasons of 5)"
    );
    for (i, n) in (0..).zip(LENGTHS) {
        let mut generator = Pcg64Mcg::seed_from_u64(4000 + i);
        let mut noise = |kind: &str| -> f64 {
            match kind {
                "normal" => StandardNormal.sample(&mut generator),
                "t with 3 degrees" => StudentT::new(3.0).unwrap().sample(&mut generator),
                // A count of 30, wide enough that a slope of 0.6 a year moves it.
                _ => Poisson::new(30.0_f64).unwrap().sample(&mut generator),
            }
        };
        for kind in ["normal", "t with 3 degrees", "counts"] {
            let (mut plain, mut yearly) = (0, 0);
            for _ in 0..2000 {
                let noise: Vec<f64> = (0..n).map(|_| noise(kind)).collect();
                let of = |season: f64| {
                    let value = |(t, noise): (usize, &f64)| {
                        let time = t as f64 / 12.0;
                        Some(noise + 0.6 * time + season * (std::f64::consts::TAU * time).sin())
                    };
                    Series::new(&noise.iter().enumerate().map(value).collect::<Vec<_>>()).unwrap()
                };
                let line = theil_sen(&of(0.0), 0.95, 1.0).unwrap().interval;
                plain += u32::from(12.0 * line.lower <= 0.6 && 0.6 <= 12.0 * line.upper);
                let line = seasonal_slope(&of(5.0), 12, 0.95, 1.0).unwrap().interval;
                yearly += u32::from(line.lower <= 0.6 + 1e-9 && 0.6 - 1e-9 <= line.upper);
            }
            let (plain, yearly) = (Share::new(plain, 2000), Share::new(yearly, 2000));
            println!("n = {n}, {kind}: plain {plain}, seasonal {yearly}");
            assert!((0.93..=0.97).contains(&plain.value), "{plain}");
            // Few years have few orders, and equal counts fewer still: the excess is theirs.
            assert!(yearly.value >= 0.93, "{yearly}");
            if n >= 60 && kind != "counts" {
                assert!(yearly.value <= 0.97, "{yearly}");
            }
        }
    }
}

#[test]
fn slopes_of_persistent_values() {
    println!(
        "seasonal slope, 95%, seasons of 5, 1500 runs: coverage as if independent, with the inflation of the dependent test,"
    );
    println!("and runs without an interval");
    for (i, (n, phi)) in (0..).zip([
        (36, 0.0),
        (36, 0.4),
        (60, 0.4),
        (120, 0.2),
        (120, 0.4),
        (120, 0.6),
    ]) {
        let mut generator = Pcg64Mcg::seed_from_u64(5000 + i);
        let (mut plain, mut inflated, mut none) = (0, 0, 0);
        for _ in 0..1500 {
            let series = persistent(&mut generator, n, phi, 0.4, 5.0);
            let holds = |inflation: f64| {
                let line = seasonal_slope(&series, 12, 0.95, inflation).ok()?.interval;
                Some(line.lower <= 0.4 && 0.4 <= line.upper)
            };
            plain += u32::from(holds(1.0).unwrap());
            match holds(seasonal_dependent(&series, 12).unwrap().inflation) {
                Some(holds) => inflated += u32::from(holds),
                None => none += 1,
            }
        }
        let (plain, inflated) = (Share::new(plain, 1500), Share::new(inflated, 1500 - none));
        println!("n = {n}, AR(1) {phi}: {plain}; inflated {inflated}; none in {none}");
        assert!(inflated.value >= 0.93, "{inflated}");
    }
}

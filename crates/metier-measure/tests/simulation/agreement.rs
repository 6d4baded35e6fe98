//! How often do the intervals of agreement hold what they estimate?
//!
//! Units are drawn from a normal law, raters add normal noise, and what they say is cut into categories. What
//! an interval should hold is the coefficient of 100,000 or more such units. Below the stated sizes figures are printed
//! and not asserted; the intervals there are marked `Unchecked`.

use metier_measure::agreement::alpha::{Level, Resampling, alpha, bootstrap, interval};
use metier_measure::agreement::chance::{CHANCE_UNITS, Chance, coefficient};
use metier_measure::agreement::icc::icc;
use metier_measure::agreement::kappa::{KAPPA_UNITS, kappa};
use metier_measure::agreement::{Ratings, Weights};
use metier_measure::interval::{Coverage, Interval};
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use crate::Share;

/// Where ratings come from.
#[derive(Debug, Clone, Copy)]
struct World {
    /// Categories, cut at equal distances on [-1.5, 1.5] where a unit has standard deviation 1.
    categories: u8,
    raters: usize,
    /// The standard deviation of a rater's noise.
    noise: f64,
    /// The chance that a rating is missing.
    missing: f64,
    /// The units' mean.
    mean: f64,
}

const fn world(categories: u8, raters: usize, noise: f64, missing: f64, mean: f64) -> World {
    World {
        categories,
        raters,
        noise,
        missing,
        mean,
    }
}

/// Alpha from .35 to .9, two to eight raters, thin and skewed categories, missing ratings.
const WORLDS: [World; 7] = [
    world(5, 2, 0.5, 0.0, 0.0),
    world(5, 4, 1.0, 0.0, 0.0),
    world(5, 8, 0.5, 0.2, 0.0),
    world(3, 4, 1.0, 0.0, 0.0),
    world(5, 3, 0.7, 0.3, 1.0),
    world(5, 4, 0.5, 0.0, 1.5),
    world(7, 5, 0.3, 0.1, 0.0),
];

fn normal(rng: &mut Pcg64Mcg) -> f64 {
    StandardNormal.sample(rng)
}

impl World {
    fn scale(&self) -> Vec<f64> {
        (1..=self.categories).map(f64::from).collect()
    }

    fn draw(&self, rng: &mut Pcg64Mcg, units: usize) -> Vec<Vec<Option<f64>>> {
        let cuts: Vec<f64> = (0..self.categories - 1)
            .map(|k| 3.0 * f64::from(k) / f64::from(self.categories - 2) - 1.5)
            .collect();
        let unit = |rng: &mut Pcg64Mcg| {
            let truth = self.mean + normal(rng);
            let rating = |rng: &mut Pcg64Mcg| {
                let said = truth + self.noise * normal(rng);
                let category = 1 + cuts.iter().filter(|cut| said > **cut).count();
                (rng.random::<f64>() >= self.missing).then_some(category as f64)
            };
            (0..self.raters).map(|_| rating(rng)).collect()
        };
        (0..units).map(|_| unit(rng)).collect()
    }

    /// So many units that about as many as asked for have two ratings.
    fn with_spare(&self, units: usize) -> usize {
        if self.missing > 0.25 { 3 * units / 2 } else { units }
    }

    fn ratings(&self, rng: &mut Pcg64Mcg, units: usize) -> Ratings {
        Ratings::of_table(&self.draw(rng, units), &self.scale()).unwrap()
    }
}

/// How often an interval held the truth, apart by how it was marked.
struct Held {
    checked: Option<Share>,
    unchecked: Option<Share>,
    none: u32,
}

impl Held {
    fn count(runs: u32, truth: f64, mut of: impl FnMut() -> Option<Interval>) -> Self {
        let (mut hits, mut given) = ([0; 2], [0; 2]);
        for _ in 0..runs {
            let Some(got) = of() else { continue };
            let at = usize::from(got.coverage == Coverage::Checked);
            given[at] += 1;
            hits[at] += u32::from(got.lower <= truth && truth <= got.upper);
        }
        let share = |at: usize| (given[at] > 0).then(|| Share::new(hits[at], given[at]));
        Self {
            checked: share(1),
            unchecked: share(0),
            none: runs - given[0] - given[1],
        }
    }

    /// What is marked as checked, if that is half of the runs or more, holds between 93 and 97 times of 100.
    #[track_caller]
    fn assert_as_marked(&self, what: &str) -> bool {
        println!("{what}: {self}");
        let unchecked = self.unchecked.as_ref().map_or(0, |share| share.of);
        let Some(checked) = self.checked.as_ref().filter(|share| share.of >= unchecked) else {
            return false;
        };
        assert!((0.93..=0.97).contains(&checked.value), "{what}: {checked}");
        true
    }
}

impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (mark, share) in [("checked", &self.checked), ("unchecked", &self.unchecked)] {
            if let Some(share) = share {
                write!(f, "{mark} {share}; ")?;
            }
        }
        write!(f, "{} without interval", self.none)
    }
}

/// Prints the coverage of the jackknife over the worlds and sizes; how many of them were asserted.
fn jackknife(level: Level) -> u32 {
    println!("jackknife of ln(1 - alpha), 95%");
    let mut asserted = 0;
    for (at, world) in WORLDS.iter().enumerate() {
        let mut rng = Pcg64Mcg::seed_from_u64(2_001 + at as u64);
        let truth = alpha(&world.ratings(&mut rng, 200_000), level).unwrap().alpha;
        let fewest = level.jackknife_units().unwrap_or(50);
        for (units, runs) in [(8, 500), (20, 500), (fewest, 2_000), (120, 1_500)] {
            let units = world.with_spare(units);
            let held = Held::count(runs, truth, || {
                interval(&world.ratings(&mut rng, units), level, 0.95).ok()
            });
            let what = format!("{level:?}, {world:?}, alpha {truth:.3}, {units} units");
            asserted += u32::from(held.assert_as_marked(&what));
        }
    }
    asserted
}

#[test]
fn the_jackknife_of_alpha_covers_for_ordinal_data() {
    assert_eq!(jackknife(Level::Ordinal), 11);
}

#[test]
fn the_jackknife_of_alpha_covers_for_interval_data() {
    assert_eq!(jackknife(Level::Interval), 11);
}

#[test]
fn the_jackknife_of_alpha_covers_for_nominal_data() {
    assert_eq!(jackknife(Level::Nominal), 13);
}

#[test]
fn the_jackknife_of_alpha_is_not_claimed_to_cover_for_ratios() {
    assert_eq!(jackknife(Level::Ratio), 0);
}

/// Prints the coverage of the percentile bootstrap over some worlds and sizes, the largest of which is asserted.
fn percentile(level: Level, worlds: &[World]) {
    println!("percentile bootstrap of alpha, 400 samples, 95%");
    for (at, world) in worlds.iter().enumerate() {
        let mut rng = Pcg64Mcg::seed_from_u64(3_001 + at as u64);
        let truth = alpha(&world.ratings(&mut rng, 200_000), level).unwrap().alpha;
        for (units, runs) in [(8, 500), (30, 500), (level.bootstrap_units().unwrap(), 4_000)] {
            let units = world.with_spare(units);
            let held = Held::count(runs, truth, || {
                let resampling = Resampling {
                    samples: 400,
                    seed: rng.random(),
                };
                let ratings = world.ratings(&mut rng, units);
                bootstrap(&ratings, level, resampling, 0.95)
                    .ok()
                    .map(|b| b.interval)
            });
            let what = format!("{level:?}, {world:?}, alpha {truth:.3}, {units} units");
            assert_eq!(held.assert_as_marked(&what), units >= 300, "{what}");
        }
    }
}

#[test]
fn the_bootstrap_of_alpha_covers_for_ordinal_data() {
    percentile(Level::Ordinal, &[WORLDS[0], WORLDS[3], WORLDS[6]]);
}

#[test]
fn the_bootstrap_of_alpha_covers_for_nominal_data() {
    percentile(Level::Nominal, &[WORLDS[1], WORLDS[3], WORLDS[4]]);
}

#[test]
fn the_bootstrap_of_alpha_covers_for_interval_data() {
    percentile(Level::Interval, &[WORLDS[2], WORLDS[5]]);
}

/// Prints the coverage of coefficients corrected for chance over the worlds in which every unit has two ratings, or
/// nearly every; how many sizes were asserted.
fn corrected(kinds: &[(Chance, Weights)]) -> u32 {
    println!("t intervals of coefficients corrected for chance, 95%");
    let mut asserted = 0;
    for (at, world) in WORLDS
        .iter()
        .enumerate()
        .filter(|(_, world)| world.missing < 0.15)
    {
        for (chance, weights) in kinds {
            let mut rng = Pcg64Mcg::seed_from_u64(4_001 + at as u64);
            let of = |ratings: &Ratings| coefficient(ratings, *chance, *weights, 0.95).unwrap();
            let truth = of(&world.ratings(&mut rng, 100_000)).value;
            for (units, runs) in [(20, 500), (CHANCE_UNITS, 2_000)] {
                let held = Held::count(runs, truth, || of(&world.ratings(&mut rng, units)).interval);
                let what = format!("{chance:?}, {weights:?}, {world:?}, {truth:.3}, {units} units");
                asserted += u32::from(held.assert_as_marked(&what));
            }
        }
    }
    asserted
}

#[test]
fn gwet_covers_from_two_hundred_units_on() {
    let weights = [Weights::Identity, Weights::Quadratic];
    assert_eq!(corrected(&weights.map(|weights| (Chance::Gwet, weights))), 10);
}

#[test]
fn single_ratings_swell_the_standard_error_and_are_not_marked() {
    let (world, mut rng) = (WORLDS[4], Pcg64Mcg::seed_from_u64(4_100));
    let of = |ratings: &Ratings| coefficient(ratings, Chance::Gwet, Weights::Quadratic, 0.95).unwrap();
    let truth = of(&world.ratings(&mut rng, 100_000)).value;
    let held = Held::count(1_000, truth, || of(&world.ratings(&mut rng, 300)).interval);
    println!("AC2, quadratic, a fifth of 300 units with a single rating: {held}");
    assert!(held.checked.is_none() && held.unchecked.is_some_and(|share| share.value > 0.99));
}

#[test]
fn conger_covers_from_two_hundred_units_on() {
    let weights = [Weights::Identity, Weights::Quadratic];
    assert_eq!(corrected(&weights.map(|weights| (Chance::Conger, weights))), 10);
}

#[test]
fn the_other_coefficients_cover_from_two_hundred_units_on() {
    let others = [
        (Chance::Fleiss, Weights::Linear),
        (Chance::BrennanPrediger, Weights::Ordinal),
        (Chance::Krippendorff, Weights::Ordinal),
        (Chance::Uncorrected, Weights::Identity),
    ];
    assert_eq!(corrected(&others), 20);
}

#[test]
fn weighted_kappa_covers_from_three_hundred_units_on() {
    println!("large-sample intervals of kappa, 95%");
    let mut asserted = 0;
    for (at, world) in WORLDS.iter().enumerate() {
        let two = World {
            raters: 2,
            missing: 0.0,
            ..*world
        };
        for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic] {
            let mut rng = Pcg64Mcg::seed_from_u64(5_001 + at as u64);
            let mut of = |units: usize| {
                let drawn = two.draw(&mut rng, units);
                let said = |g: usize| drawn.iter().filter_map(|row| row[g]).collect::<Vec<f64>>();
                kappa(&said(0), &said(1), &two.scale(), weights, 0.95).ok()
            };
            let truth = of(200_000).unwrap().kappa;
            for (units, runs) in [(20, 500), (100, 500), (KAPPA_UNITS, 2_000)] {
                let held = Held::count(runs, truth, || of(units).and_then(|kappa| kappa.interval));
                let what = format!("{weights:?}, {two:?}, kappa {truth:.3}, {units} units");
                asserted += u32::from(held.assert_as_marked(&what));
            }
        }
    }
    assert_eq!(asserted, 21);
}

#[test]
fn exact_intervals_of_the_icc_cover_at_least_as_stated() {
    println!("ICC, 95%; standard deviations of units, raters, rest");
    for (unit, rater, rest) in [(1.0, 0.5, 1.0), (1.0, 1.0, 0.5), (2.0, 0.0, 0.5)] {
        for (units, raters) in [(3, 2), (10, 8), (30, 3)] {
            let mut rng = Pcg64Mcg::seed_from_u64(6_001);
            // With the same raters for all units forms 2 and 3 hold, with new raters for each form 1.
            let mut draw = |same: bool| {
                let leniency: Vec<f64> = (0..raters).map(|_| rater * normal(&mut rng)).collect();
                let row = |_| {
                    let truth = unit * normal(&mut rng);
                    let mut said = |own: &f64| {
                        let off = if same { *own } else { rater * normal(&mut rng) };
                        truth + off + rest * normal(&mut rng)
                    };
                    leniency.iter().map(&mut said).collect()
                };
                let rows: Vec<Vec<f64>> = (0..units).map(row).collect();
                icc(&rows, 0.95).unwrap()
            };
            let total = unit * unit + rater * rater + rest * rest;
            let (absolute, consistent) = (unit * unit / total, unit * unit / (unit * unit + rest * rest));
            let mean = consistent * f64::from(raters) / (1.0 + f64::from(raters - 1) * consistent);
            let (mut one, mut two, mut three, mut three_k) = (0, 0, 0, 0);
            for _ in 0..1_500 {
                let holds = |i: Option<Interval>, truth: f64| {
                    u32::from(i.is_some_and(|i| i.lower <= truth && truth <= i.upper))
                };
                one += holds(draw(false).one.interval, absolute);
                let got = draw(true);
                two += holds(got.two.interval, absolute);
                three += holds(got.three.interval, consistent);
                three_k += holds(got.three_k.interval, mean);
            }
            let [one, two, three, three_k] = [one, two, three, three_k].map(|hits| Share::new(hits, 1_500));
            println!(
                "({unit}, {rater}, {rest}), {units} units, {raters} raters: \
                 ICC1 {one}; ICC3 {three}; ICC3k {three_k}; ICC2, approximate, {two}"
            );
            for exact in [one, three, three_k] {
                assert!(exact.value >= 0.95 - 4.0 * exact.error, "{exact}");
            }
        }
    }
}

//! What must hold of agreement and of two groups' rates whatever the numbers.

use metier_measure::MeasureError;
use metier_measure::agreement::alpha::{Level, Resampling, alpha, bootstrap, interval};
use metier_measure::agreement::chance::{Chance, coefficient};
use metier_measure::agreement::icc::{icc, raters_needed, spearman_brown};
use metier_measure::agreement::kappa::kappa;
use metier_measure::agreement::loevinger::loevinger;
use metier_measure::agreement::within::within;
use metier_measure::agreement::{Ratings, Weights};
use metier_measure::impact::{Group, impact};
use proptest::prelude::*;

type Table = Vec<Vec<Option<f64>>>;

const SCALE: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
const LEVELS: [Level; 4] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];
const CHANCES: [Chance; 5] = [
    Chance::Uncorrected,
    Chance::Gwet,
    Chance::Fleiss,
    Chance::BrennanPrediger,
    Chance::Krippendorff,
];

/// Tables of 2 to 12 units and 2 to 5 raters, an eighth missing, with units that differ more or less.
fn table() -> impl Strategy<Value = Table> {
    (2..6_usize, 0..3_u8).prop_flat_map(|(raters, noise)| {
        let unit = (0..5_u8).prop_flat_map(move |base| {
            let cell = (0..=noise, 0..8_u8)
                .prop_map(move |(off, missing)| (missing > 0).then(|| f64::from((base + off).min(4))));
            proptest::collection::vec(cell, raters)
        });
        proptest::collection::vec(unit, 2..13)
    })
}

fn ratings(table: &Table) -> Ratings {
    Ratings::of_table(table, &SCALE).unwrap()
}

/// Units and raters in another order.
fn shuffled(table: &Table, by: usize) -> Table {
    let (n, r) = (table.len(), table[0].len());
    (0..n)
        .map(|i| {
            (0..r)
                .map(|j| table[(i + by) % n][(r - 1 - j + by) % r])
                .collect()
        })
        .rev()
        .collect()
}

fn bits(result: Result<f64, MeasureError>) -> Option<u64> {
    result.ok().map(f64::to_bits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn order_changes_no_bit(table in table(), by in 0..7_usize) {
        let (one, other) = (ratings(&table), ratings(&shuffled(&table, by)));
        for level in LEVELS {
            prop_assert_eq!(bits(alpha(&one, level).map(|a| a.alpha)), bits(alpha(&other, level).map(|a| a.alpha)));
            let lower = |r: &Ratings| bits(interval(r, level, 0.95).map(|i| i.lower));
            prop_assert_eq!(lower(&one), lower(&other));
        }
        for chance in CHANCES {
            for weights in [Weights::Identity, Weights::Ordinal] {
                let se = |r: &Ratings| bits(coefficient(r, chance, weights, 0.95).map(|c| c.value + c.se));
                prop_assert_eq!(se(&one), se(&other));
            }
        }
        let conger = |r: &Ratings| coefficient(r, Chance::Conger, Weights::Linear, 0.95);
        match (conger(&one), conger(&other)) {
            (Ok(a), Ok(b)) => prop_assert!((a.value - b.value).abs() < 1e-12 && (a.se - b.se).abs() < 1e-12),
            (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
        }
    }

    #[test]
    fn a_table_and_its_lists_are_the_same_ratings(table in table()) {
        let lists: Vec<Vec<f64>> = table.iter().map(|row| row.iter().flatten().copied().collect()).collect();
        let lists = Ratings::of_units(&lists, &SCALE).unwrap();
        let table = ratings(&table);
        for level in LEVELS {
            prop_assert_eq!(alpha(&table, level), alpha(&lists, level));
        }
        prop_assert!(coefficient(&lists, Chance::Conger, Weights::Linear, 0.95).is_err());
    }

    #[test]
    fn alpha_is_one_exactly_for_perfect_agreement_with_variation(table in table()) {
        let paired: Vec<Vec<f64>> = table
            .iter()
            .map(|row| row.iter().flatten().copied().collect::<Vec<f64>>())
            .filter(|unit| unit.len() >= 2)
            .collect();
        let same = |values: &[f64]| values.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits());
        let all: Vec<f64> = paired.iter().flatten().copied().collect();
        for level in LEVELS {
            match alpha(&ratings(&table), level) {
                Ok(got) => {
                    prop_assert!(got.alpha <= 1.0 && paired.len() >= 2 && !same(&all));
                    prop_assert_eq!(got.alpha.to_bits() == 1.0_f64.to_bits(), paired.iter().all(|u| same(u)));
                }
                Err(error) => {
                    let not_estimable = matches!(error, MeasureError::NotEstimable { .. });
                    prop_assert!(not_estimable && (paired.len() < 2 || same(&all)));
                }
            }
        }
    }

    #[test]
    fn ordinal_alpha_sees_only_the_order(table in table(), mut steps in proptest::collection::vec(0.1..50.0_f64, 5)) {
        for i in 1..5 {
            steps[i] += steps[i - 1];
        }
        let relabel = |v: &f64| SCALE.iter().position(|s| s.to_bits() == v.to_bits()).map(|i| steps[i]);
        let other: Table = table.iter().map(|row| row.iter().map(|c| c.as_ref().and_then(relabel)).collect()).collect();
        let other = Ratings::of_table(&other, &steps).unwrap();
        prop_assert_eq!(alpha(&ratings(&table), Level::Ordinal), alpha(&other, Level::Ordinal));
        // And names have no order at all.
        let reversed: Table = table.iter().map(|row| row.iter().map(|c| c.map(|v| 4.0 - v)).collect()).collect();
        let (one, other) = (alpha(&ratings(&table), Level::Nominal), alpha(&ratings(&reversed), Level::Nominal));
        match (one, other) {
            (Ok(a), Ok(b)) => prop_assert!((a.alpha - b.alpha).abs() < 1e-12),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn intervals_hold_their_coefficient(table in table(), seed in any::<u64>()) {
        let ratings = ratings(&table);
        for level in LEVELS {
            if let (Ok(a), Ok(i)) = (alpha(&ratings, level), interval(&ratings, level, 0.9)) {
                prop_assert!(i.lower <= a.alpha && a.alpha <= i.upper && i.upper <= 1.0);
                let wider = interval(&ratings, level, 0.99).unwrap();
                prop_assert!(wider.lower <= i.lower && wider.upper >= i.upper);
            }
            let resampling = Resampling { samples: 100, seed };
            if let Ok(b) = bootstrap(&ratings, level, resampling, 0.9) {
                prop_assert!(b.interval.lower <= b.interval.upper && b.interval.upper <= 1.0);
                prop_assert_eq!(Ok(b), bootstrap(&ratings, level, resampling, 0.9));
            }
        }
    }

    #[test]
    fn two_raters_are_a_case_of_several(pairs in proptest::collection::vec((0..5_u8, 0..5_u8), 2..30)) {
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).unzip();
        let rows: Table = a.iter().zip(&b).map(|(a, b)| vec![Some(*a), Some(*b)]).collect();
        for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic, Weights::Ordinal] {
            let two = kappa(&a, &b, &SCALE, weights, 0.95);
            let several = coefficient(&ratings(&rows), Chance::Conger, weights, 0.95);
            match (two, several) {
                // Conger's kappa of two raters is Cohen's.
                (Ok(two), Ok(several)) => prop_assert!((two.kappa - several.value).abs() < 1e-12),
                (two, several) => prop_assert_eq!(two.is_err(), several.is_err()),
            }
            let swapped = kappa(&b, &a, &SCALE, weights, 0.95);
            if let (Ok(one), Ok(other)) = (kappa(&a, &b, &SCALE, weights, 0.95), swapped) {
                prop_assert!((one.kappa - other.kappa).abs() < 1e-12 && (one.se - other.se).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn icc_does_not_see_a_shift_or_a_unit_of_measure(
        rows in proptest::collection::vec(proptest::collection::vec(-10.0..10.0_f64, 3), 3..10),
        shift in -1e3..1e3_f64,
        scale in 0.01..100.0_f64,
    ) {
        let moved: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|v| scale * v + shift).collect()).collect();
        let (one, other) = (icc(&rows, 0.95).unwrap(), icc(&moved, 0.95).unwrap());
        for (a, b) in [(one.one, other.one), (one.two, other.two), (one.three_k, other.three_k)] {
            prop_assert!((a.value - b.value).abs() < 1e-6 * a.value.abs().max(1.0));
        }
        for icc in [one.one, one.three, one.one_k, one.three_k] {
            let interval = icc.interval.unwrap();
            prop_assert!(interval.lower <= icc.value && icc.value <= interval.upper && icc.value < 1.0);
        }
        // The mean of k is Spearman and Brown's step from one.
        if one.three.value >= 0.0 {
            prop_assert!((spearman_brown(one.three.value, 3.0).unwrap() - one.three_k.value).abs() < 1e-9);
        }
    }

    #[test]
    fn raters_needed_reach_the_target_and_one_less_does_not(r in 0.01..0.99_f64, target in 0.01..0.999_f64) {
        let k = raters_needed(r, target).unwrap();
        prop_assert!(spearman_brown(r, k as f64).unwrap() >= target - 1e-12);
        prop_assert!(k == 1 || spearman_brown(r, (k - 1) as f64).unwrap() < target);
    }

    #[test]
    fn h_sees_no_order_of_respondents_and_is_the_mean_of_its_pairs(
        mut rows in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 4), 2..30),
    ) {
        if let Ok(got) = loevinger(&rows) {
            prop_assert!(got.h <= 1.0 && got.pairs.len() == 6);
            let low = got.pairs.iter().filter_map(|pair| pair.h).fold(f64::INFINITY, f64::min);
            let high = got.pairs.iter().filter_map(|pair| pair.h).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(low - 1e-12 <= got.h && got.h <= high + 1e-12);
            for pair in &got.pairs {
                prop_assert_eq!(pair.contradicted.is_some(), got.passed[pair.first] < got.passed[pair.later]);
            }
            rows.reverse();
            prop_assert_eq!(loevinger(&rows).unwrap(), got);
        }
    }

    #[test]
    fn within_one_unit(mut ratings in proptest::collection::vec((0..9_u8).prop_map(f64::from), 1..20)) {
        let got = within(&ratings, 9).unwrap();
        prop_assert!(got.ad_median <= got.ad_mean + 1e-12 && got.ad_mean <= got.range + 1e-12);
        prop_assert!(got.r_wg.is_none_or(|r| r <= 1.0));
        ratings.reverse();
        prop_assert_eq!(within(&ratings, 9).unwrap(), got);
    }

    #[test]
    fn swapping_groups_turns_the_ratio_over((m, n) in (1..60_u64, 1..60_u64), (a, c) in (0..60_u64, 0..60_u64)) {
        let (one, other) = (Group { selected: a.min(m), of: m }, Group { selected: c.min(n), of: n });
        let (got, back) = (impact(one, other, 0.95).unwrap(), impact(other, one, 0.95).unwrap());
        prop_assert_eq!(got.fisher_p.to_bits(), back.fisher_p.to_bits());
        prop_assert!(got.fisher_p > 0.0 && got.fisher_p <= 1.0);
        if let (Some(k), Some(b)) = (got.katz, back.katz) {
            let ratio = got.ratio.unwrap();
            prop_assert!((ratio * back.ratio.unwrap() - 1.0).abs() < 1e-12);
            prop_assert!((k.lower * b.upper - 1.0).abs() < 1e-12 && k.lower <= ratio && ratio <= k.upper);
        }
        // Not selected is the mirror of selected.
        let mirror = |g: Group| Group { selected: g.of - g.selected, of: g.of };
        let mirrored = impact(mirror(one), mirror(other), 0.95).unwrap();
        prop_assert!((mirrored.fisher_p / got.fisher_p - 1.0).abs() < 1e-11);
    }
}

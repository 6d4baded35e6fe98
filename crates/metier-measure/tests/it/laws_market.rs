//! What must hold whatever the numbers: shares, rates, trends, sets and profiles.
#![allow(clippy::float_cmp, reason = "what is equal here is equal to the bit")]

use metier_measure::accuracy::{Interval, Sides};
use metier_measure::minhash::{Bands, MinHash, NearDuplicates, Place, estimate};
use metier_measure::multiple::{benjamini_hochberg, findings};
use metier_measure::profile::{Need, cosine, euclid, gap};
use metier_measure::rate::{Observed, garwood, ratio};
use metier_measure::relatedness::Table;
use metier_measure::sets::{jaccard, overlap};
use metier_measure::share::{exact, wilson};
use metier_measure::shrink::{Gamma, fit};
use metier_measure::trend::{
    Series, hamed_rao, mann_kendall, seasonal, seasonal_dependent, seasonal_slope, theil_sen,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

/// Counts over all magnitudes, `k <= n`.
fn counts() -> impl Strategy<Value = (u64, u64)> {
    (0.0..9.0_f64, 0.0..=1.0_f64, any::<bool>()).prop_map(|(magnitude, share, few)| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let n = 10f64.powf(magnitude) as u64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let k = (share * if few { 10.0 } else { n as f64 }) as u64;
        (n, k.min(n))
    })
}

fn observed() -> impl Strategy<Value = Observed> {
    (counts(), -3.0..6.0_f64).prop_map(|((events, _), magnitude)| Observed {
        events,
        exposure: 10f64.powf(magnitude),
    })
}

/// Series with ties and gaps, of at least 24 values.
fn values() -> impl Strategy<Value = Vec<Option<f64>>> {
    vec(
        proptest::option::weighted(0.9, (0..40_i32).prop_map(|v| f64::from(v) / 4.0)),
        40..120,
    )
}

fn mapped(values: &[Option<f64>], f: impl Fn(f64) -> f64) -> Series {
    let values: Vec<Option<f64>> = values.iter().map(|v| v.map(&f)).collect();
    Series::new(&values).unwrap()
}

fn set() -> impl Strategy<Value = Vec<u64>> {
    btree_set(0..40_u64, 1..25).prop_map(|set| set.into_iter().collect())
}

fn profile() -> impl Strategy<Value = Vec<Need>> {
    vec(
        (0.01..=1.0_f64, 0.0..=1.0_f64).prop_map(|(importance, level)| Need { importance, level }),
        6,
    )
}

fn inside(inner: Interval, outer: Interval) -> bool {
    outer.lower <= inner.lower && inner.upper <= outer.upper
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn intervals_hold_the_share_and_widen((n, k) in counts(), c in 0.01..0.98_f64, more in 0.001..0.01_f64) {
        let share = k as f64 / n as f64;
        for of in [
            |n, k, c| exact(n, k, c, Sides::Two).unwrap(),
            |n, k, c| wilson(n, k, c).unwrap(),
        ] {
            let (narrow, wide) = (of(n, k, c), of(n, k, c + more));
            prop_assert!(narrow.lower <= share && share <= narrow.upper);
            prop_assert!(0.0 <= wide.lower && wide.upper <= 1.0 && inside(narrow, wide));
        }
        let (narrow, wide) = (garwood(k, c).unwrap(), garwood(k, c + more).unwrap());
        prop_assert!(narrow.lower <= k as f64 + 1.0 && narrow.upper >= k as f64 && inside(narrow, wide));
    }

    #[test]
    fn a_ratio_turned_round_is_one_over_it(now in observed(), before in observed(), c in 0.1..0.99_f64) {
        prop_assume!(now.events + before.events > 0);
        let (there, back) = (ratio(now, before, c).unwrap(), ratio(before, now, c).unwrap());
        prop_assert!((0.0..=1.0).contains(&there.p_value));
        prop_assert!((there.p_value - back.p_value).abs() <= 1e-9 * there.p_value);
        if let Some(upper) = there.upper && back.lower > 0.0 {
            prop_assert!((upper * back.lower - 1.0).abs() < 1e-9);
        }
        if let Some(ratio) = there.ratio {
            prop_assert!(there.lower <= ratio && there.upper.is_none_or(|upper| ratio <= upper));
        }
    }

    #[test]
    fn a_shrunken_rate_lies_between(a in 0.01..100.0_f64, b in 0.01..100.0_f64, seen in observed()) {
        let law = Gamma::new(a, b).unwrap();
        let after = law.after(seen).unwrap().mean();
        let own = seen.events as f64 / seen.exposure;
        let slack = 1e-12 * after;
        prop_assert!(own.min(law.mean()) - slack <= after && after <= own.max(law.mean()) + slack);
    }

    #[test]
    fn a_fitted_law_ignores_order_and_follows_the_unit(
        things in vec((0..60_u64, 0.1..9.0_f64), 3..12), unit in 0.01..100.0_f64,
    ) {
        let seen = |unit: f64| -> Vec<Observed> {
            things.iter().map(|&(events, e)| Observed { events, exposure: e * unit }).collect()
        };
        prop_assume!(things.iter().any(|t| t.0 > 0));
        let here = fit(&seen(1.0)).unwrap();
        let mut turned = seen(1.0);
        turned.reverse();
        let turned = fit(&turned).unwrap();
        prop_assert!((here.law.mean() / turned.law.mean() - 1.0).abs() < 1e-5);
        let there = fit(&seen(unit)).unwrap();
        prop_assert_eq!(here.spread, there.spread);
        prop_assert!((here.law.mean() / (there.law.mean() * unit) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn adjusting_keeps_the_order_and_never_lowers(mut p in vec(0.0..=1.0_f64, 1..60), i in any::<prop::sample::Index>(), q in 0.01..0.99_f64) {
        let before = benjamini_hochberg(&p).unwrap();
        for (a, &x) in before.iter().zip(&p) {
            prop_assert!(*a >= x && *a <= 1.0);
            for (b, &y) in before.iter().zip(&p) {
                prop_assert!(x > y || a <= b);
            }
        }
        let found = findings(&p, q).unwrap().into_iter().filter(|f| *f).count();
        let more = findings(&p, (q + 0.01).min(0.999)).unwrap().into_iter().filter(|f| *f).count();
        prop_assert!(more >= found);
        // Turned round, and with one of them smaller.
        let mut turned = p.clone();
        turned.reverse();
        let mut back = benjamini_hochberg(&turned).unwrap();
        back.reverse();
        prop_assert_eq!(&back, &before);
        let i = i.index(p.len());
        p[i] *= 0.5;
        for (after, before) in benjamini_hochberg(&p).unwrap().iter().zip(&before) {
            prop_assert!(after <= before);
        }
    }

    #[test]
    fn a_series_backwards_has_the_opposite_trend(values in values()) {
        prop_assume!(values.iter().flatten().count() >= 24);
        let backwards: Vec<Option<f64>> = values.iter().rev().copied().collect();
        let (there, back) = (Series::new(&values).unwrap(), Series::new(&backwards).unwrap());
        let upside_down = mapped(&values, |v| -v);
        let opposite = |a: metier_measure::trend::Test, b: metier_measure::trend::Test| {
            a.score == -b.score && a.z == -b.z && (a.variance - b.variance).abs() <= 1e-9 * a.variance
        };
        prop_assert!(opposite(mann_kendall(&there).unwrap(), mann_kendall(&back).unwrap()));
        for of in [|s: &Series| mann_kendall(s), |s: &Series| seasonal(s, 12)] {
            prop_assert!(opposite(of(&there).unwrap(), of(&upside_down).unwrap()));
        }
        let test = seasonal(&there, 12).unwrap();
        prop_assert!(test.z.abs() < 100.0 && (-1.0..=1.0).contains(&test.tau));
        if let (Ok(there), Ok(upside_down)) = (theil_sen(&there, 0.9, 1.0), theil_sen(&upside_down, 0.9, 1.0)) {
            prop_assert!((there.slope + upside_down.slope).abs() < 1e-12);
            prop_assert!((there.interval.lower + upside_down.interval.upper).abs() < 1e-12);
        }
    }

    #[test]
    fn only_the_order_of_values_counts(values in values(), move_by in -50.0..50.0_f64) {
        prop_assume!(values.iter().flatten().count() >= 24);
        let series = Series::new(&values).unwrap();
        let bent = mapped(&values, |v| (v / 4.0 + move_by / 10.0).exp());
        prop_assert_eq!(mann_kendall(&series), mann_kendall(&bent));
        prop_assert_eq!(seasonal(&series, 12), seasonal(&bent, 12));
    }

    #[test]
    fn slopes_follow_the_scale_and_the_level(values in values(), by in 0.25..8.0_f64, up in -100.0..100.0_f64) {
        prop_assume!(values.iter().flatten().count() >= 24);
        let series = Series::new(&values).unwrap();
        let moved = mapped(&values, |v| up + by * v);
        for of in [|s: &Series| theil_sen(s, 0.9, 1.0), |s: &Series| seasonal_slope(s, 12, 0.9, 1.0)] {
            let (Ok(here), Ok(there)) = (of(&series), of(&moved)) else { continue };
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            prop_assert!(near(by * here.slope, there.slope));
            prop_assert!(near(by * here.interval.lower, there.interval.lower));
            prop_assert!(near(by * here.interval.upper, there.interval.upper));
            prop_assert!(near(up + by * here.intercept, there.intercept));
            prop_assert!(here.interval.lower <= here.slope && here.slope <= here.interval.upper);
        }
        if let (Ok(here), Ok(there)) = (hamed_rao(&series, 0.05), hamed_rao(&mapped(&values, |v| 4.0 * v), 0.05)) {
            prop_assert!((here.z - there.z).abs() < 1e-9);
        }
        let dependent = seasonal_dependent(&series, 12).unwrap();
        prop_assert!(dependent.inflation >= 1.0);
        prop_assert!(dependent.z.abs() <= seasonal(&series, 12).unwrap().z.abs());
    }

    #[test]
    fn jaccard_is_a_metric_and_coverage_a_share(a in set(), b in set(), c in set()) {
        let far = |x: &[u64], y: &[u64]| 1.0 - jaccard(x, y).unwrap();
        prop_assert_eq!(far(&a, &a), 0.0);
        prop_assert_eq!(far(&a, &b) == 0.0, a == b);
        prop_assert_eq!(far(&a, &b), far(&b, &a));
        prop_assert!(far(&a, &c) <= far(&a, &b) + far(&b, &c) + 1e-12);
        let weight = |e: &u64| Ok(f64::from(u8::try_from(*e).unwrap()) + 0.5);
        let there = overlap(&a, &b, weight).unwrap();
        let covered = there.coverage().unwrap();
        prop_assert!((0.0..=1.0).contains(&covered));
        prop_assert_eq!(covered == 1.0, b.iter().all(|e| a.contains(e)));
        prop_assert!(there.jaccard().unwrap() <= covered);
        // A larger start covers no less.
        let mut larger = a.clone();
        larger.extend(&c);
        larger.sort_unstable();
        larger.dedup();
        prop_assert!(overlap(&larger, &b, weight).unwrap().coverage().unwrap() >= covered);
    }

    #[test]
    fn a_gap_is_none_exactly_when_nothing_is_missing(a in profile(), b in profile(), turn in 1..6_usize) {
        let there = gap(&a, &b).unwrap();
        prop_assert!((0.0..=1.0).contains(&there.missing) && (0.0..=1.0).contains(&there.unused));
        let dominated = a.iter().zip(&b).all(|(a, b)| a.level >= b.level);
        prop_assert_eq!(there.missing == 0.0, dominated);
        prop_assert_eq!(gap(&a, &a).unwrap().missing, 0.0);
        prop_assert_eq!(gap(&b, &a).unwrap().missing, there.unused);
        let raised: Vec<Need> = a.iter().map(|n| Need { level: (n.level + 0.1).min(1.0), ..*n }).collect();
        prop_assert!(gap(&raised, &b).unwrap().missing <= there.missing);
        let turned = |p: &[Need]| { let mut p = p.to_vec(); p.rotate_left(turn); p };
        let again = gap(&turned(&a), &turned(&b)).unwrap();
        prop_assert!((again.missing - there.missing).abs() < 1e-14);
        let z = |p: &[Need]| -> Vec<f64> { p.iter().map(Need::product).collect() };
        if let Ok(cos) = cosine(&z(&a), &z(&b)) {
            prop_assert!((0.0..=1.0).contains(&cos));
            prop_assert!(euclid(&z(&a), &z(&b)).unwrap() >= 0.0);
        }
    }

    #[test]
    fn relatedness_ignores_the_order_of_rows_and_the_scale(rows in vec(vec(0..6_u32, 5), 1..12)) {
        prop_assume!(rows.iter().flatten().any(|v| *v > 0));
        let sparse = |scale: f64| -> Vec<Vec<(usize, f64)>> {
            let row = |row: &Vec<u32>| -> Vec<(usize, f64)> {
                row.iter().map(|v| scale * f64::from(*v)).enumerate().filter(|c| c.1 > 0.0).collect()
            };
            rows.iter().map(row).collect()
        };
        let table = Table::new(5, sparse(1.0)).unwrap();
        let pairs = table.related().unwrap();
        prop_assert!(pairs.iter().all(|p| p.theta > 0.0 && p.theta <= 1.0 && p.first < p.second && p.both >= 1));
        let mut turned = sparse(1.0);
        turned.reverse();
        prop_assert_eq!(&Table::new(5, turned).unwrap().related().unwrap(), &pairs);
        prop_assert_eq!(&Table::new(5, sparse(8.0)).unwrap().related().unwrap(), &pairs);
        // By the definition, pair by pair.
        let used = table.more_than_usual();
        for first in 0..5 {
            for second in first + 1..5 {
                let both = used.iter().filter(|r| r.contains(&first) && r.contains(&second)).count();
                let got = pairs.iter().find(|p| (p.first, p.second) == (first, second));
                prop_assert_eq!(both, got.map_or(0, |p| p.both as usize));
            }
        }
    }

    #[test]
    fn what_is_called_a_duplicate_is_one(sets in vec(set(), 1..30), least in 0.2..0.95_f64, seed in any::<u64>()) {
        // Bands of one row each: every pair that shares a first element is a candidate.
        let bands = Bands::new(64, 1).unwrap();
        let mut near = NearDuplicates::new(bands, least, 64, seed).unwrap();
        let mut kept: Vec<&[u64]> = Vec::new();
        for set in &sets {
            let place = near.place(set, |number| Some(kept[number as usize])).unwrap();
            let likeness = |other: &&[u64]| jaccard(set, other).unwrap();
            match place {
                Place::Duplicate { of, jaccard } => {
                    prop_assert!(jaccard >= least);
                    prop_assert_eq!(jaccard, likeness(&kept[of as usize]));
                    prop_assert!(kept[..of as usize].iter().all(|other| likeness(other) < jaccard || likeness(other) < 0.4));
                }
                Place::Kept(number) => {
                    prop_assert_eq!(number as usize, kept.len());
                    // Missed with a probability of at most (1 - 0.4)^64 otherwise.
                    prop_assert!(kept.iter().all(|other| likeness(other) < least.max(0.4)));
                    kept.push(set);
                }
            }
        }
    }

    #[test]
    fn signatures_of_equal_sets_are_equal(a in set(), b in set(), seed in any::<u64>()) {
        let hasher = MinHash::new(32, seed).unwrap();
        let (x, y) = (hasher.signature(&a).unwrap(), hasher.signature(&b).unwrap());
        prop_assert_eq!(estimate(&x, &x), Ok(1.0));
        // The union's place is the lower of the two.
        let mut both = a;
        both.extend(&b);
        let lower: Vec<u32> = x.iter().zip(&y).map(|(x, y)| *x.min(y)).collect();
        prop_assert_eq!(hasher.signature(&both).unwrap(), lower);
    }
}

//! What must hold whatever the numbers.

use metier_measure::accuracy::{bound, clean_needed, ln_e, ln_e_mirror};
use metier_measure::evidence::{Curve, Item, temper};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use metier_measure::range::shortest_run;
use metier_measure::special::{ln_inc_beta_reg, normal_quantile, normal_upper};
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

fn rate() -> impl Strategy<Value = f64> {
    prop_oneof![(-12.0..-0.01_f64).prop_map(|t| 10f64.powf(t)), 0.001..0.999_f64]
}

fn rating() -> impl Strategy<Value = Rating> {
    (0..9_usize, -1.0..1.0_f64, prop_oneof![Just(0.0), 0.1..1.0_f64]).prop_map(
        |(category, leniency_mean, leniency_sd)| Rating {
            category,
            leniency_mean,
            leniency_sd,
        },
    )
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (0..6_usize, any::<bool>(), 0.0..=1.0_f64).prop_map(|(target, supports, weight)| Item {
        target,
        supports,
        weight,
    });
    proptest::collection::vec(item, 0..12)
}

fn model() -> OrdinalModel {
    OrdinalModel::new(&equal_thresholds(8), 1.3).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_success_never_lowers_the_evidence_and_an_error_never_raises_it((n, k) in counts(), eps in rate()) {
        let now = ln_e(n, k, eps).unwrap();
        let slack = 1e-9 + 1e-13 * now.abs();
        prop_assert!(now.is_finite());
        prop_assert!(ln_e(n + 1, k, eps).unwrap() >= now - slack);
        prop_assert!(ln_e(n + 1, k + 1, eps).unwrap() <= now + slack);
        let mirror = ln_e_mirror(n, k, eps).unwrap();
        let slack = 1e-9 + 1e-13 * mirror.abs();
        prop_assert!(ln_e_mirror(n + 1, k, eps).unwrap() <= mirror + slack);
        prop_assert!(ln_e_mirror(n + 1, k + 1, eps).unwrap() >= mirror - slack);
    }

    #[test]
    fn the_bound_moves_the_same_way_and_inverts_the_gate((n, k) in counts(), alpha in 0.001..0.5_f64) {
        let now = bound(n, k, alpha).unwrap();
        prop_assert!((0.0..1.0).contains(&now));
        prop_assert!(bound(n + 1, k, alpha).unwrap() >= now - 1e-12);
        prop_assert!(bound(n + 1, k + 1, alpha).unwrap() <= now + 1e-12);
        if now > 1e-6 && now < 1.0 - 1e-6 {
            let goal = -alpha.ln();
            prop_assert!(ln_e(n, k, (1.0 - now) * (1.0 + 1e-6)).unwrap() >= goal);
            prop_assert!(ln_e(n, k, (1.0 - now) * (1.0 - 1e-6)).unwrap() <= goal);
        }
    }

    #[test]
    fn the_gate_opens_exactly_after_the_trials_needed(n in 0..2000_u64, k in 0..5_u64, eps in 0.005..0.5_f64) {
        let k = k.min(n);
        let more = clean_needed(n, k, eps, 0.05).unwrap();
        prop_assert!(ln_e(n + more, k, eps).unwrap() >= 20f64.ln());
        prop_assert!(more == 0 || ln_e(n + more - 1, k, eps).unwrap() < 20f64.ln());
    }

    #[test]
    fn the_two_tails_of_a_beta_make_one(a in -2.0..9.0_f64, b in -2.0..9.0_f64, z in -6.0..6.0_f64) {
        let (a, b) = (10f64.powf(a), 10f64.powf(b));
        // Around the mean, where both tails count. A power of two's denominator keeps 1 - x exact.
        let spread = (a * b / ((a + b) * (a + b) * (a + b + 1.0))).sqrt();
        let x = (a / (a + b) + z * spread).clamp(1e-3, 1.0 - 1e-3);
        let x = (x * 4_294_967_296.0).round() / 4_294_967_296.0;
        let sum = ln_inc_beta_reg(a, b, x).unwrap().exp() + ln_inc_beta_reg(b, a, 1.0 - x).unwrap().exp();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{a} {b} {x}: {sum}");
    }

    #[test]
    fn normal_quantile_inverts(z in -8.0..8.0_f64) {
        let p = normal_upper(-z).unwrap();
        prop_assert!((normal_quantile(p).unwrap() - z).abs() < 1e-12 / normal_upper(z.abs()).unwrap().min(1e-3).sqrt().powi(2));
    }

    #[test]
    fn a_posterior_sums_to_one_and_ignores_order(said in proptest::collection::vec(rating(), 0..10)) {
        let after = model().posterior(&said).unwrap();
        prop_assert!((after.mass.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(after.at_least.windows(2).all(|w| w[0] >= w[1]));
        let mut reversed = said.clone();
        reversed.reverse();
        let again = model().posterior(&reversed).unwrap();
        for (a, b) in after.mass.iter().zip(&again.mass) {
            prop_assert!((a - b).abs() <= 1e-12);
        }
        let run = shortest_run(&after.mass, 0.8).unwrap();
        prop_assert!(run.held >= 0.8 - 1e-9 && run.hi < after.mass.len());
    }

    #[test]
    fn a_higher_rating_never_lowers(said in proptest::collection::vec(rating(), 1..8), up in 1..9_usize) {
        let before = model().posterior(&said).unwrap();
        let mut higher = said.clone();
        higher[0].category = (higher[0].category + up).min(8);
        let mut added = said;
        added.push(Rating { category: 8, leniency_mean: 0.0, leniency_sd: 0.5 });
        for after in [model().posterior(&higher).unwrap(), model().posterior(&added).unwrap()] {
            for (a, b) in after.at_least.iter().zip(&before.at_least) {
                prop_assert!(*a >= b - 1e-10);
            }
        }
    }

    #[test]
    fn tempered_evidence_is_a_distribution_and_support_never_lowers(mut items in items(), weight in 0.0..=1.0_f64) {
        let prior = [0.25, 0.25, 0.2, 0.15, 0.1, 0.05];
        let before = temper(&prior, &items, Curve::default()).unwrap();
        prop_assert!((before.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        items.push(Item { target: 3, supports: true, weight });
        let after = temper(&prior, &items, Curve::default()).unwrap();
        for r in 0..6 {
            prop_assert!(after[r..].iter().sum::<f64>() >= before[r..].iter().sum::<f64>() - 1e-12);
        }
    }
}

//! What must hold of the expected worth of a further observation.

use metier_measure::evidence::{Curve, Item};
use metier_measure::further::{Further, Known};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use proptest::prelude::*;

const CATEGORIES: usize = 6;

fn rating() -> impl Strategy<Value = Rating> {
    (0..CATEGORIES, -1.0..1.0_f64, 0.0..1.2_f64).prop_map(|(category, leniency_mean, leniency_sd)| Rating {
        category,
        leniency_mean,
        leniency_sd,
    })
}

fn item() -> impl Strategy<Value = Item> {
    (0..CATEGORIES, any::<bool>(), 0.0..=1.0_f64).prop_map(|(target, supports, weight)| Item {
        target,
        supports,
        weight,
    })
}

/// Observations for which probability is conserved: ratings, and items of full weight.
fn further() -> impl Strategy<Value = Further> {
    prop_oneof![
        (-1.0..1.0_f64, 0.0..1.2_f64).prop_map(|(leniency_mean, leniency_sd)| Further::Rating {
            leniency_mean,
            leniency_sd
        }),
        (0..CATEGORIES).prop_map(|target| Further::Item { target, weight: 1.0 }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_average_after_is_the_distribution_before_and_entropy_never_rises(
        ratings in proptest::collection::vec(rating(), 0..6),
        items in proptest::collection::vec(item(), 0..6),
        further in further(),
        level in 0.5..0.95_f64,
    ) {
        let mut model = OrdinalModel::new(&equal_thresholds(5), 1.3).unwrap();
        let mut known = Known { model: &mut model, ratings: &ratings, items: &items, curve: Curve::default(), level };
        let before = known.mass().unwrap();
        let now = known.open().unwrap();
        let outcomes = known.outcomes(further).unwrap();
        prop_assert!((outcomes.iter().map(|o| o.0).sum::<f64>() - 1.0).abs() < 1e-12);
        for (category, p) in before.iter().enumerate() {
            let average: f64 = outcomes.iter().map(|(chance, mass)| chance * mass[category]).sum();
            prop_assert!((average - p).abs() < 1e-12, "{category}: {average} {p}");
        }
        let expected = known.expected(further).unwrap();
        prop_assert!(expected.entropy <= now.entropy + 1e-12);
        // But for the rounding of the chances' sum, between one category and all.
        prop_assert!((1.0 - 1e-12..=CATEGORIES as f64 + 1e-12).contains(&expected.length));
    }

    #[test]
    fn an_outcome_leads_where_the_rating_itself_would(
        ratings in proptest::collection::vec(rating(), 0..6),
        items in proptest::collection::vec(item(), 0..4),
        next in rating(),
    ) {
        let mut model = OrdinalModel::new(&equal_thresholds(5), 1.3).unwrap();
        let mut known = Known { model: &mut model, ratings: &ratings, items: &items, curve: Curve::default(), level: 0.8 };
        let further = Further::Rating { leniency_mean: next.leniency_mean, leniency_sd: next.leniency_sd };
        let (_, after) = known.outcomes(further).unwrap().swap_remove(next.category);
        let mut longer = ratings.clone();
        longer.push(next);
        known.ratings = &longer;
        for (a, b) in known.mass().unwrap().iter().zip(&after) {
            prop_assert!((a - b).abs() < 1e-12);
        }
    }
}

//! What must hold of stated probabilities, whatever was stated and whatever came.

use metier_measure::forecast::{
    Edges, Finding, Forecast, brier, check, decompose, log_score, overall, pooled, reliability,
};
use proptest::prelude::*;

fn forecasts() -> impl Strategy<Value = Vec<Forecast>> {
    let stated = prop_oneof![
        3 => 0.0..=1.0_f64,
        2 => (0..=10_u8).prop_map(|tenths| f64::from(tenths) / 10.0),
    ];
    let one = (stated, any::<bool>()).prop_map(|(stated, came)| Forecast { stated, came });
    proptest::collection::vec(one, 1..80)
}

fn shuffled() -> impl Strategy<Value = (Vec<Forecast>, Vec<Forecast>)> {
    forecasts().prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle()))
}

fn edges(kind: usize) -> Edges<'static> {
    [Edges::Values, Edges::At(&[0.2, 0.5, 0.55, 0.9]), Edges::Equal(7)][kind]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn scores_stay_in_their_domain(told in forecasts()) {
        prop_assert!((0.0..=1.0).contains(&brier(&told).unwrap()));
        if let Ok(score) = log_score(&told) {
            prop_assert!(score >= 0.0 && score.is_finite());
            // A Brier score never exceeds the surprise: (1-p)^2 <= -ln p.
            prop_assert!(brier(&told).unwrap() <= score + 1e-12);
        }
    }

    #[test]
    fn order_changes_no_bit((told, other) in shuffled(), kind in 0..3_usize) {
        prop_assert_eq!(brier(&told).unwrap().to_bits(), brier(&other).unwrap().to_bits());
        prop_assert_eq!(log_score(&told), log_score(&other));
        prop_assert_eq!(decompose(&told, edges(kind)), decompose(&other, edges(kind)));
        prop_assert_eq!(reliability(&told, edges(kind), 5, 0.9), reliability(&other, edges(kind), 5, 0.9));
        prop_assert_eq!(overall(&told, 0.9), overall(&other, 0.9));
        prop_assert_eq!(pooled(&told), pooled(&other));
    }

    #[test]
    fn the_parts_add_up_to_the_score(told in forecasts(), kind in 0..3_usize) {
        let d = decompose(&told, edges(kind)).unwrap();
        let sum = d.reliability - d.resolution + d.uncertainty + d.spread - d.covariance;
        prop_assert!((sum - d.brier).abs() < 1e-13, "{:?}", d);
        prop_assert!(d.reliability >= 0.0 && d.resolution >= 0.0 && d.resolution <= d.uncertainty + 1e-13);
        let p = pooled(&told).unwrap();
        prop_assert!((p.miscalibration - p.discrimination + p.uncertainty - d.brier).abs() < 1e-13);
        prop_assert!(p.miscalibration >= -1e-13 && p.discrimination >= -1e-13);
        for pair in p.pools.windows(2) {
            prop_assert!(pair[0].share() < pair[1].share() && pair[0].to < pair[1].from);
        }
    }

    #[test]
    fn bins_hold_every_forecast_once_and_none_is_too_small(
        told in forecasts(), kind in 0..3_usize, least in 1..40_usize,
    ) {
        let bins = reliability(&told, edges(kind), least, 0.95).unwrap();
        prop_assert_eq!(bins.iter().map(|b| b.count).sum::<u64>(), told.len() as u64);
        prop_assert_eq!(bins.iter().map(|b| b.came).sum::<u64>(), told.iter().filter(|f| f.came).count() as u64);
        prop_assert!(bins.len() == 1 || bins.iter().all(|b| b.count >= least as u64));
        for bin in &bins {
            prop_assert!(bin.from <= bin.stated + 1e-12 && bin.stated <= bin.to + 1e-12);
            prop_assert!(bin.interval.lower <= bin.share && bin.share <= bin.interval.upper);
        }
        for pair in bins.windows(2) {
            prop_assert!(pair[0].to < pair[1].from);
        }
    }

    #[test]
    fn the_check_agrees_with_its_p_value(told in forecasts(), shift in 0.05..0.4_f64) {
        let c = check(&told, 0.95, shift, 0.8).unwrap();
        let all = c.overall;
        prop_assert!((0.0..=1.0).contains(&all.p_value) && all.low <= all.high);
        let outside = all.came < all.low || all.came > all.high;
        // Away from the edge itself, where rounding decides.
        prop_assume!((all.p_value - 0.05).abs() > 1e-9);
        prop_assert_eq!(outside, all.p_value < 0.05);
        prop_assert_eq!(outside, matches!(c.finding, Finding::StatedTooHigh | Finding::StatedTooLow));
    }

    #[test]
    fn what_comes_when_stated_higher_speaks_less_for_too_low(
        told in forecasts(), place in any::<prop::sample::Index>(), more in 0.0..1.0_f64,
    ) {
        // The law moves up with every stated probability, and the range with it.
        let mut higher = told.clone();
        let one = &mut higher[place.index(told.len())].stated;
        *one += (1.0 - *one) * more;
        let (before, after) = (overall(&told, 0.9).unwrap(), overall(&higher, 0.9).unwrap());
        prop_assert!(after.low >= before.low && after.high >= before.high);
    }
}

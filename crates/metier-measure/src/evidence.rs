//! From weighed items to a distribution over ordered categories.
//!
//! `P(r | all) ~ P(r) * Prod_e L_e(r)^w_e`: each item's likelihood is tempered by a weight between 0 (says
//! nothing) and 1 (one full independent observation). Tempering a likelihood by a power is the usual guard
//! against items that repeat each other or are not what they seem; see Good, Probability and the Weighing of
//! Evidence (1950), for weights of evidence and the deciban.

use crate::decay::retained;
use crate::error::{MeasureError, Result, closed_unit, not_negative, within};

/// How an item that asks for a category responds to the category a source really is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// How sharply it tells neighbours apart; above zero.
    pub a: f64,
    /// The chance of such an item from far below the category asked for.
    pub g: f64,
    /// The chance of its absence far above; `g + s < 1`.
    pub s: f64,
}

impl Default for Curve {
    /// `a = 1.5`, `g = 0.1`, `s = 0.05`.
    fn default() -> Self {
        Self {
            a: 1.5,
            g: 0.1,
            s: 0.05,
        }
    }
}

impl Curve {
    fn checked(self) -> Result<Self> {
        within(
            "a",
            self.a,
            |v| v > 0.0 && v <= 100.0,
            "more than 0 and at most 100",
        )?;
        within("g", self.g, |v| v > 0.0 && v < 1.0, "more than 0 and less than 1")?;
        within(
            "s",
            self.s,
            |v| v > 0.0 && v + self.g < 1.0,
            "more than 0 and less than 1 - g",
        )?;
        Ok(self)
    }

    fn at(&self, category: usize, target: usize, supports: bool) -> f64 {
        let distance = category as f64 - target as f64 + 0.5;
        let yes = self.g + (1.0 - self.g - self.s) / (1.0 + libm::exp(-2.0 * self.a * distance));
        if supports { yes } else { 1.0 - yes }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// The category it speaks about.
    pub target: usize,
    /// True when it says "at least that", false when it says "not yet".
    pub supports: bool,
    /// Its weight, from 0 to 1; see [`weight`].
    pub weight: f64,
}

/// The chance of an item about `target` from a source in `category`:
/// `g + (1-g-s) / (1 + exp(-2a (category - target + 1/2)))`, and one minus that when it contradicts.
///
/// # Errors
/// When the curve is outside its domain.
pub fn likelihood(category: usize, target: usize, supports: bool, curve: Curve) -> Result<f64> {
    Ok(curve.checked()?.at(category, target, supports))
}

/// What each of `same_source_count` items of one source counts for: `1 / (1 + (m-1) rho)`; `rho` from 0
/// (independent) to 1 (copies).
///
/// # Errors
/// When the count is zero or `rho` is outside its domain.
pub fn independence(same_source_count: usize, rho: f64) -> Result<f64> {
    let m = within(
        "same_source_count",
        same_source_count as f64,
        |m| m >= 1.0,
        "at least 1",
    )?;
    Ok(1.0 / (1.0 + (m - 1.0) * closed_unit("rho", rho)?))
}

/// An item's weight: `verifiability * independence * 2^(-age / half_life)`, from 0 to 1.
///
/// For an item that does not age, give age zero.
///
/// # Errors
/// When a parameter is outside its domain.
pub fn weight(
    verifiability: f64,
    same_source_count: usize,
    rho: f64,
    age: f64,
    half_life: f64,
) -> Result<f64> {
    let verifiability = closed_unit("verifiability", verifiability)?;
    Ok(verifiability * independence(same_source_count, rho)? * retained(age, half_life)?)
}

/// The distribution over the categories after all items, from the distribution `prior` before them.
///
/// `prior[r]` is the probability of category `r`: not negative, of positive sum (it is normalised). The
/// result sums to 1 and does not depend on the items' order but for rounding.
///
/// # Errors
/// When `prior` is empty or no distribution, an item's target is not a category, or a weight or the curve is
/// outside its domain.
pub fn temper(prior: &[f64], items: &[Item], curve: Curve) -> Result<Vec<f64>> {
    let curve = check(prior, items, curve)?;
    Ok(temper_but(prior, items, curve, None))
}

/// For each item, how the probability of `category` or above would change if it were taken away; negative
/// for an item that holds it up.
///
/// # Errors
/// As for [`temper`], and when `category` is not one.
pub fn change_if_removed(prior: &[f64], items: &[Item], category: usize, curve: Curve) -> Result<Vec<f64>> {
    let curve = check(prior, items, curve)?;
    check_category("category", category, prior.len())?;
    let at_least =
        |without: Option<usize>| -> f64 { temper_but(prior, items, curve, without)[category..].iter().sum() };
    let all = at_least(None);
    Ok((0..items.len()).map(|i| at_least(Some(i)) - all).collect())
}

/// The weight of evidence of one item for "at least its target" against "below it", in decibans:
/// `10 w log10( P(item | r >= t) / P(item | r < t) )`, the chances averaged over `prior` on either side.
///
/// # Errors
/// As for [`temper`], and when the prior has no mass on one side of the target: then nothing is at stake.
pub fn decibans(prior: &[f64], item: Item, curve: Curve) -> Result<f64> {
    let curve = check(prior, &[item], curve)?;
    let mean = |categories: std::ops::Range<usize>| {
        let mass: f64 = prior[categories.clone()].iter().sum();
        let sum: f64 = categories
            .map(|r| prior[r] * curve.at(r, item.target, item.supports))
            .sum();
        if mass > 0.0 {
            Ok(sum / mass)
        } else {
            let because = "the prior leaves one side of the target without mass";
            Err(MeasureError::NotEstimable {
                quantity: "decibans",
                because,
            })
        }
    };
    Ok(10.0 * item.weight * libm::log10(mean(item.target..prior.len())? / mean(0..item.target)?))
}

fn check_category(name: &'static str, category: usize, count: usize) -> Result<()> {
    within(
        name,
        category as f64,
        |_| category < count,
        "a category of the prior",
    )
    .map(|_| ())
}

fn check(prior: &[f64], items: &[Item], curve: Curve) -> Result<Curve> {
    for &p in prior {
        not_negative("prior", p)?;
    }
    within(
        "sum of prior",
        prior.iter().sum(),
        |s| s > 0.0,
        "finite and more than 0",
    )?;
    for item in items {
        closed_unit("weight", item.weight)?;
        check_category("target", item.target, prior.len())?;
    }
    curve.checked()
}

fn temper_but(prior: &[f64], items: &[Item], curve: Curve, without: Option<usize>) -> Vec<f64> {
    let mut logs: Vec<f64> = prior.iter().map(|&p| libm::log(p)).collect();
    for (i, item) in items.iter().enumerate() {
        if Some(i) == without || item.weight == 0.0 {
            continue;
        }
        for (category, log) in logs.iter_mut().enumerate() {
            *log += item.weight * libm::log(curve.at(category, item.target, item.supports));
        }
    }
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut mass: Vec<f64> = logs.into_iter().map(|l| libm::exp(l - top)).collect();
    let total: f64 = mass.iter().sum();
    for m in &mut mass {
        *m /= total;
    }
    mass
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighs_by_proof_source_and_age() {
        let w = weight(0.7, 2, 0.7, 1.0, 13.0).unwrap();
        assert!((w - 0.390_384_858_845_541_14).abs() < 1e-15);
        assert_eq!(independence(1, 0.7), Ok(1.0));
        assert!(independence(0, 0.7).is_err() && weight(1.1, 1, 0.7, 0.0, 13.0).is_err());
    }

    #[test]
    fn six_items_over_six_categories() {
        let prior = [0.25, 0.25, 0.2, 0.15, 0.1, 0.05];
        let items = [
            (2, true, 0.584_215_632_418_460_5),
            (3, true, 0.808_965_875_875_987_7),
            (4, true, 0.390_384_858_845_541_14),
            (4, true, 0.390_384_858_845_541_14),
            (4, true, 0.379_231_005_735_668_65),
            (5, false, 0.876_323_448_627_690_7),
        ]
        .map(|(target, supports, weight)| Item {
            target,
            supports,
            weight,
        });
        let curve = Curve::default();
        let mass = temper(&prior, &items, curve).unwrap();
        assert!((mass[4] - 0.583_665_611_726_373_2).abs() < 1e-12);
        assert!((decibans(&prior, items[5], curve).unwrap() + 5.552_667_372_857_221).abs() < 1e-12);
        let change = change_if_removed(&prior, &items, 4, curve).unwrap();
        assert!((change[1] + 0.122_749_464_687_878_84).abs() < 1e-12);
    }

    #[test]
    fn no_items_leave_the_prior() {
        let mass = temper(&[1.0, 3.0], &[], Curve::default()).unwrap();
        assert!((mass[0] - 0.25).abs() < 1e-15 && (mass[1] - 0.75).abs() < 1e-15);
        assert!(temper(&[], &[], Curve::default()).is_err());
        assert!(temper(&[0.0, 0.0], &[], Curve::default()).is_err());
        assert!(temper(&[0.5, f64::NAN], &[], Curve::default()).is_err());
        let beyond = Item {
            target: 2,
            supports: true,
            weight: 1.0,
        };
        assert!(temper(&[0.5, 0.5], &[beyond], Curve::default()).is_err());
    }

    #[test]
    fn a_target_at_the_bottom_has_nothing_below() {
        let item = Item {
            target: 0,
            supports: true,
            weight: 1.0,
        };
        assert!(decibans(&[0.5, 0.5], item, Curve::default()).is_err());
    }

    #[test]
    fn many_items_do_not_underflow() {
        let items = vec![
            Item {
                target: 1,
                supports: false,
                weight: 1.0
            };
            10_000
        ];
        let mass = temper(&[0.5, 0.5], &items, Curve::default()).unwrap();
        assert!((mass.iter().sum::<f64>() - 1.0).abs() < 1e-12 && mass[0] > 0.999);
    }
}

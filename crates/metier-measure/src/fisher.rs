//! Fisher's exact test of two groups' rates.
//!
//! Given how many were selected in all, the number selected in one group is hypergeometric if both have the
//! same chance. The two-sided p-value is the probability of all numbers no more probable than the one
//! seen (Fisher, Statistical Methods for Research Workers, 5th edition 1934, section 21.02; Yates, Journal of the
//! Royal Statistical Society A 147, 1984, for what "two-sided" may mean). It is exact for the groups as they are
//! and errs, if at all, on the side of a larger p.

use crate::error::{MeasureError, Result};

/// The largest group.
pub const MAX_GROUP: u64 = 10_000_000;

/// One group: how many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Members of the group, from 1 to [`MAX_GROUP`].
    pub of: u64,
    /// How many of them were selected.
    pub selected: u64,
}

impl Group {
    /// The share selected.
    pub fn rate(&self) -> f64 {
        self.selected as f64 / self.of as f64
    }

    /// Passes a possible group on.
    pub(crate) fn checked(self, name: &'static str) -> Result<Self> {
        let refused = |value: u64, allowed| MeasureError::OutOfDomain {
            name,
            value: value as f64,
            allowed,
        };
        if !(1..=MAX_GROUP).contains(&self.of) {
            return Err(refused(self.of, "1 to 10 million members"));
        }
        if self.selected > self.of {
            return Err(refused(self.selected, "no more selected than members"));
        }
        Ok(self)
    }
}

/// `ln p` of Fisher's exact two-sided test, for p-values too small to be written; see [`two_sided`].
///
/// # Errors
/// When a group is outside its domain.
pub fn ln_two_sided(one: Group, other: Group) -> Result<f64> {
    // In an order of their own: swapping the groups changes no bit.
    let (one, other) = (one.checked("group")?, other.checked("group")?);
    let law = Law::new(one.min(other), one.max(other));
    let seen = one.min(other).selected;
    let (mode, steps) = (law.mode(), law.high - law.low);
    // Equal probabilities must compare as equal: the reference's 1e-14, and what rounding may add on the way.
    let slack = 1e-14 + 4e-16 * steps as f64;

    let (down, up) = (law.walk(mode, false), law.walk(mode, true));
    let total = 1.0 + down.sum() + up.sum();
    let (own, opposite) = if seen < mode { (down, up) } else { (up, down) };
    let Some(at) = own.reach(seen) else {
        // The mode itself.
        return Ok(0.0);
    };
    if at.ln >= -slack {
        return Ok(0.0);
    }
    let mut tails = at.tail();
    if let Some(equal) = opposite.below(at.ln + slack) {
        tails += libm::exp(equal.ln - at.ln) * equal.tail();
    }
    Ok((at.ln + libm::log(tails) - libm::log(total)).min(0.0))
}

/// Fisher's exact two-sided p-value for "both groups have the same chance of being selected". 1 when everybody
/// or nobody was selected.
///
/// # Errors
/// When a group has no or more than [`MAX_GROUP`] members, or more selected than members.
pub fn two_sided(one: Group, other: Group) -> Result<f64> {
    ln_two_sided(one, other).map(libm::exp)
}

/// The hypergeometric law of the number selected in the first group.
struct Law {
    first: f64,
    second: f64,
    selected: f64,
    low: u64,
    high: u64,
}

impl Law {
    fn new(first: Group, second: Group) -> Self {
        let selected = first.selected + second.selected;
        Self {
            first: first.of as f64,
            second: second.of as f64,
            selected: selected as f64,
            low: selected.saturating_sub(second.of),
            high: first.of.min(selected),
        }
    }

    /// A most probable number.
    fn mode(&self) -> u64 {
        let at = (self.selected + 1.0) * (self.first + 1.0) / (self.first + self.second + 2.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between low and high"
        )]
        let at = libm::floor(at) as u64;
        at.clamp(self.low, self.high)
    }

    /// `P(k + 1) / P(k)`.
    fn rise(&self, k: u64) -> f64 {
        let k = k as f64;
        (self.first - k) * (self.selected - k) / ((k + 1.0) * (self.second - self.selected + k + 1.0))
    }

    fn walk(&self, from: u64, up: bool) -> Walk<'_> {
        Walk {
            law: self,
            up,
            k: from,
            scale: 0.0,
            value: 1.0,
            ln: 0.0,
        }
    }
}

/// From the mode outwards: probabilities against the mode's, which fall.
#[derive(Clone)]
struct Walk<'a> {
    law: &'a Law,
    up: bool,
    k: u64,
    /// The weight is `value exp(scale)`.
    scale: f64,
    value: f64,
    ln: f64,
}

impl Walk<'_> {
    /// One step; none at the end of the support.
    fn step(&mut self) -> Option<f64> {
        let law = self.law;
        let ratio = if self.up && self.k < law.high {
            self.k += 1;
            law.rise(self.k - 1)
        } else if !self.up && self.k > law.low {
            self.k -= 1;
            1.0 / law.rise(self.k)
        } else {
            return None;
        };
        self.value *= ratio;
        if self.value < 1e-200 {
            self.scale += libm::log(self.value);
            self.value = 1.0;
        }
        Some(ratio)
    }

    /// The weights beyond, until they no longer count.
    fn sum(&self) -> f64 {
        let mut walk = self.clone();
        let (mut sum, mut term) = (0.0, 1.0);
        while let Some(ratio) = walk.step() {
            term *= ratio;
            sum += term;
            if term < 1e-18 * sum {
                break;
            }
        }
        sum
    }

    /// This weight and those beyond, in units of this one.
    fn tail(&self) -> f64 {
        1.0 + self.sum()
    }

    /// At `k`; none when that is where the walk starts.
    fn reach(mut self, k: u64) -> Option<Self> {
        if self.k == k {
            return None;
        }
        while self.k != k {
            self.step()?;
        }
        self.ln = self.scale + libm::log(self.value);
        Some(self)
    }

    /// At the first weight whose logarithm is at most `ln`.
    fn below(mut self, ln: f64) -> Option<Self> {
        // exp is needed once per scale, not once per step.
        let (mut scale, mut least) = (0.0, libm::exp(ln));
        loop {
            self.step()?;
            if self.scale < scale {
                scale = self.scale;
                least = libm::exp(ln - scale);
            }
            if self.value <= least {
                self.ln = self.scale + libm::log(self.value);
                return Some(self);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(selected: u64, of: u64) -> Group {
        Group { of, selected }
    }

    #[test]
    fn tables_by_hand() {
        // 3 of 4 against 1 of 4: 34/70, the lady tasting tea.
        let tea = two_sided(group(3, 4), group(1, 4)).unwrap();
        assert!((tea - 34.0 / 70.0).abs() < 1e-15);
        let all = two_sided(group(4, 4), group(0, 4)).unwrap();
        assert!((all - 2.0 / 70.0).abs() < 1e-16);
        for (a, b) in [
            (group(0, 7), group(0, 3)),
            (group(7, 7), group(3, 3)),
            (group(2, 4), group(2, 4)),
        ] {
            assert_eq!(two_sided(a, b), Ok(1.0));
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        // One table only is as extreme, its mirror the other: 2 / C(2000, 1000).
        let ln = ln_two_sided(group(1_000, 1_000), group(0, 1_000)).unwrap();
        let want = libm::log(2.0) - (libm::lgamma(2001.0) - 2.0 * libm::lgamma(1001.0));
        assert!((ln - want).abs() < 1e-9, "{ln} {want}");
        assert!(ln_two_sided(group(10_000_000, 10_000_000), group(0, 10_000_000)).unwrap() < -1e7);
    }

    #[test]
    fn refuses_what_is_no_group() {
        let good = group(1, 2);
        for bad in [group(0, 0), group(3, 2), group(1, MAX_GROUP + 1)] {
            assert!(two_sided(bad, good).is_err() && two_sided(good, bad).is_err());
        }
    }
}

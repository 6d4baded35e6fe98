//! How alike are two sets, and how much of one does the other hold?
//!
//! A set is a slice in strictly increasing order; it is walked once. Weights say how much an element tells:
//! one that nearly every set holds tells next to nothing, and its inverse document frequency `ln(N/n)`, for
//! `n` of `N` sets that hold it, is near 0 (Sparck Jones, Journal of Documentation 28, 1972).

use crate::error::{MeasureError, Result, not_negative, within};

/// What two sets hold in common, and apart, counted or weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// In both.
    pub both: f64,
    /// In the first only.
    pub first_only: f64,
    /// In the second only.
    pub second_only: f64,
}

impl Overlap {
    /// The weight in both over the weight in either: Jaccard's index (Bulletin de la Societe vaudoise des
    /// sciences naturelles 37, 1901), or its weighted form. From 0 to 1; one minus it is a metric.
    ///
    /// # Errors
    /// When nothing in either set has any weight.
    pub fn jaccard(&self) -> Result<f64> {
        let either = self.both + (self.first_only + self.second_only);
        part("Jaccard index", self.both, either)
    }

    /// How much of the second set the first one holds, by weight, from 0 to 1.
    ///
    /// # Errors
    /// When nothing in the second set has any weight.
    pub fn coverage(&self) -> Result<f64> {
        part("coverage", self.both, self.both + self.second_only)
    }
}

fn part(quantity: &'static str, held: f64, whole: f64) -> Result<f64> {
    if whole > 0.0 {
        Ok(held / whole)
    } else {
        Err(MeasureError::NotEstimable {
            quantity,
            because: "nothing in the sets has any weight",
        })
    }
}

/// Walks both sets and adds up `weight`, which is finite and not negative, of what they have in common and
/// apart.
///
/// # Errors
/// When a set is not in strictly increasing order, or a weight outside its domain.
pub fn overlap<T: Ord>(first: &[T], second: &[T], weight: impl Fn(&T) -> Result<f64>) -> Result<Overlap> {
    ordered("first", first)?;
    ordered("second", second)?;
    let weight = |element: &T| not_negative("weight", weight(element)?);
    let mut overlap = Overlap {
        both: 0.0,
        first_only: 0.0,
        second_only: 0.0,
    };
    let (mut i, mut j) = (0, 0);
    while i < first.len() || j < second.len() {
        match (first.get(i), second.get(j)) {
            (Some(a), Some(b)) if a == b => {
                overlap.both += weight(a)?;
                i += 1;
                j += 1;
            }
            (Some(a), b) if b.is_none_or(|b| a < b) => {
                overlap.first_only += weight(a)?;
                i += 1;
            }
            (_, Some(b)) => {
                overlap.second_only += weight(b)?;
                j += 1;
            }
            (_, None) => break,
        }
    }
    Ok(overlap)
}

/// Jaccard's index of two sets: the count in both over the count in either.
///
/// # Errors
/// When a set is not in strictly increasing order, or both are empty.
pub fn jaccard<T: Ord>(first: &[T], second: &[T]) -> Result<f64> {
    overlap(first, second, |_| Ok(1.0))?.jaccard()
}

pub(crate) fn ordered<T: Ord>(name: &'static str, set: &[T]) -> Result<()> {
    match set.windows(2).position(|pair| pair[0] >= pair[1]) {
        None => Ok(()),
        Some(at) => Err(MeasureError::OutOfDomain {
            name,
            value: (at + 1) as f64,
            allowed: "strictly increasing elements; the value is the place of the first that is not",
        }),
    }
}

/// In how many sets each element occurs. Elements are numbered from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Frequencies {
    sets: u64,
    holding: Vec<u64>,
}

impl Frequencies {
    /// No sets yet, of elements numbered below `elements`.
    pub fn new(elements: usize) -> Self {
        Self {
            sets: 0,
            holding: vec![0; elements],
        }
    }

    /// Counts one set in.
    ///
    /// # Errors
    /// When the set is not in strictly increasing order or holds an element that is not numbered; nothing is
    /// counted then.
    pub fn add(&mut self, set: &[usize]) -> Result<()> {
        ordered("set", set)?;
        let elements = self.holding.len();
        if let Some(&last) = set.last() {
            within(
                "element",
                last as f64,
                |_| last < elements,
                "below the number of elements",
            )?;
        }
        self.sets += 1;
        for &element in set {
            self.holding[element] += 1;
        }
        Ok(())
    }

    /// The inverse document frequency `ln(N/n)` of an element that `n` of the `N` sets hold; 0 when all do.
    ///
    /// # Errors
    /// When the element is not numbered, or no set holds it: how much it tells is not known then.
    pub fn weight(&self, element: usize) -> Result<f64> {
        match self.holding.get(element) {
            None => Err(MeasureError::OutOfDomain {
                name: "element",
                value: element as f64,
                allowed: "below the number of elements",
            }),
            Some(0) => Err(MeasureError::NotEstimable {
                quantity: "inverse document frequency",
                because: "no set holds the element",
            }),
            Some(&n) => Ok(libm::log(self.sets as f64 / n as f64)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(jaccard(&[1, 2, 3, 4], &[2, 3, 5]), Ok(0.4));
        assert_eq!(jaccard::<u8>(&[1], &[]), Ok(0.0));
        let weighed = overlap(&[1, 2], &[2, 3], |&e| Ok(f64::from(e))).unwrap();
        assert_eq!(
            (weighed.both, weighed.first_only, weighed.second_only),
            (2.0, 1.0, 3.0)
        );
        assert_eq!((weighed.jaccard(), weighed.coverage()), (Ok(2.0 / 6.0), Ok(0.4)));
    }

    #[test]
    fn refuses_what_is_no_set_and_what_has_no_weight() {
        assert!(jaccard(&[2, 1], &[1]).is_err() && jaccard(&[1], &[3, 3]).is_err());
        assert!(jaccard::<u8>(&[], &[]).is_err());
        assert!(overlap(&[1], &[1], |_| Ok(0.0)).unwrap().jaccard().is_err());
        assert!(overlap(&[1], &[], |_| Ok(1.0)).unwrap().coverage().is_err());
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(overlap(&[1], &[2], |_| Ok(bad)).is_err());
        }
    }

    #[test]
    fn what_all_hold_tells_nothing() {
        let mut seen = Frequencies::new(3);
        seen.add(&[0, 1]).unwrap();
        seen.add(&[0]).unwrap();
        assert_eq!(seen.weight(0), Ok(0.0));
        assert!((seen.weight(1).unwrap() - 2f64.ln()).abs() < 1e-15);
        assert!(seen.weight(2).is_err() && seen.weight(3).is_err());
        let before = seen.clone();
        assert!(seen.add(&[0, 3]).is_err() && seen.add(&[1, 0]).is_err());
        assert_eq!(seen, before);
    }
}

//! Which documents are nearly the same as an earlier one, among millions?
//!
//! A document is a set of hashes of its shingles (overlapping runs of words, say); which shingles and which
//! hash is the caller's choice. Nearness is [Jaccard's index](crate::sets::jaccard). Comparing all pairs is
//! out of the question, so:
//!
//! 1. [`MinHash`]: under a random order of all hashes, two sets have the same first element with a
//!    probability equal to their Jaccard index (Broder, Compression and Complexity of Sequences, 1997). A
//!    signature holds the first element under each of many orders; the share of equal places estimates the
//!    index, with the error of a binomial share ([`estimate_sd`]).
//! 2. [`Bands`], [`Index`]: a signature is cut into bands, and two documents are candidates when some band is
//!    equal throughout: likely for near ones, unlikely for others ([`Bands::probability`]; Leskovec,
//!    Rajaraman and Ullman, Mining of Massive Datasets, 2014, section 3.4).
//! 3. [`NearDuplicates`]: candidates are verified by the exact index. What is called a duplicate is one; what
//!    is missed is missed with the probability that the bands state.
//!
//! Memory is fixed at the start: see [`Index::bytes`]. The same sets in the same order with the same seed
//! give the same answers on every platform.

mod index;
mod near;

pub use index::{Bands, Index};
pub use near::{NearDuplicates, Place};

use crate::error::{MeasureError, Result, closed_unit};

/// The longest signature.
pub const MAX_LENGTH: usize = 4_096;

/// Makes signatures of sets.
///
/// The orders come from the strongly universal family `x -> (a x + b mod 2^64) >> 32` for 32-bit `x` and
/// random 64-bit `a` and `b` (Dietzfelbinger, Symposium on Theoretical Aspects of Computer Science 1996). A
/// universal family is not quite a family of random orders; on keys that are themselves well mixed, as they
/// are after the bijection applied to each hash first, the difference does not show (Mitzenmacher and Vadhan,
/// Symposium on Discrete Algorithms 2008), and a test holds the error to the binomial law.
#[derive(Debug, Clone, PartialEq)]
pub struct MinHash {
    key: u64,
    orders: Vec<(u64, u64)>,
}

impl MinHash {
    /// Signatures of `length` places, from 1 to [`MAX_LENGTH`]. Only signatures made with the same length and
    /// seed may be compared.
    ///
    /// # Errors
    /// When `length` is outside its domain.
    pub fn new(length: usize, seed: u64) -> Result<Self> {
        within_length("length", length)?;
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mix(state)
        };
        let key = next();
        let orders = (0..length).map(|_| (next(), next())).collect();
        Ok(Self { key, orders })
    }

    /// The signature of a set, in any order; elements given twice change nothing.
    ///
    /// # Errors
    /// When the set is empty.
    pub fn signature(&self, set: &[u64]) -> Result<Vec<u32>> {
        let (mut keys, mut signature) = (Vec::new(), Vec::new());
        self.sign(set, &mut keys, &mut signature)?;
        Ok(signature)
    }

    fn sign(&self, set: &[u64], keys: &mut Vec<u64>, signature: &mut Vec<u32>) -> Result<()> {
        if set.is_empty() {
            return Err(MeasureError::Length {
                name: "set",
                length: 0,
                allowed: "at least 1",
            });
        }
        keys.clear();
        keys.extend(set.iter().map(|&hash| mix(hash ^ self.key) >> 32));
        signature.clear();
        signature.extend(self.orders.iter().map(|&(a, b)| first_under(a, b, keys)));
        Ok(())
    }
}

/// The lowest place of a key in the order. The lower half is dropped from the lowest alone, which comes to
/// the same as dropping it from each.
fn first_under(a: u64, b: u64, keys: &[u64]) -> u32 {
    let place = |&key: &u64| a.wrapping_mul(key).wrapping_add(b);
    let least = keys.iter().map(place).fold(u64::MAX, u64::min);
    #[allow(clippy::cast_possible_truncation, reason = "32 bits are left")]
    let upper = (least >> 32) as u32;
    upper
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014): a bijection after which every bit
/// depends on all.
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The Jaccard index estimated from two signatures: the share of equal places.
///
/// # Errors
/// When the signatures are empty or of different length.
pub fn estimate(first: &[u32], second: &[u32]) -> Result<f64> {
    if first.is_empty() || first.len() != second.len() {
        return Err(MeasureError::Length {
            name: "second",
            length: second.len(),
            allowed: "as many as in the first signature, at least 1",
        });
    }
    let equal = first.iter().zip(second).filter(|(a, b)| a == b).count();
    Ok(equal as f64 / first.len() as f64)
}

/// The standard deviation of [`estimate`] for sets of the Jaccard index `jaccard`: `sqrt(j (1-j) / length)`.
///
/// # Errors
/// When `jaccard` is not from 0 to 1, or `length` not from 1 to [`MAX_LENGTH`].
pub fn estimate_sd(jaccard: f64, length: usize) -> Result<f64> {
    let (j, length) = (closed_unit("jaccard", jaccard)?, within_length("length", length)?);
    Ok(libm::sqrt(j * (1.0 - j) / length as f64))
}

fn within_length(name: &'static str, length: usize) -> Result<usize> {
    if (1..=MAX_LENGTH).contains(&length) {
        return Ok(length);
    }
    Err(MeasureError::Length {
        name,
        length,
        allowed: "from 1 to 4096",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_depend_on_the_set_and_the_seed_only() {
        let hasher = MinHash::new(64, 1).unwrap();
        let signature = hasher.signature(&[3, 1, 2]).unwrap();
        assert_eq!(signature, hasher.signature(&[1, 2, 3, 3, 1]).unwrap());
        assert_ne!(
            signature,
            MinHash::new(64, 2).unwrap().signature(&[1, 2, 3]).unwrap()
        );
        assert_eq!(estimate(&signature, &signature), Ok(1.0));
        // The first places are the same whatever the length.
        assert_eq!(
            signature[..8],
            MinHash::new(8, 1).unwrap().signature(&[1, 2, 3]).unwrap()
        );
    }

    #[test]
    fn signatures_stay_what_they_are() {
        // Kept signatures must still compare after an upgrade: these numbers never change.
        let signature = MinHash::new(3, 7).unwrap().signature(&[1, 2, 3]).unwrap();
        assert_eq!(signature, [293_328_514, 305_285_091, 564_433_336]);
    }

    #[test]
    fn a_larger_set_has_no_later_first_element() {
        let hasher = MinHash::new(128, 5).unwrap();
        let all: Vec<u64> = (0..50).collect();
        let (some, all) = (
            hasher.signature(&all[..20]).unwrap(),
            hasher.signature(&all).unwrap(),
        );
        assert!(some.iter().zip(&all).all(|(some, all)| all <= some));
    }

    #[test]
    fn refuses_what_has_no_signature() {
        assert!(MinHash::new(0, 1).is_err() && MinHash::new(4097, 1).is_err());
        assert!(MinHash::new(4, 1).unwrap().signature(&[]).is_err());
        assert!(estimate(&[], &[]).is_err() && estimate(&[1], &[1, 2]).is_err());
        assert!(estimate_sd(f64::NAN, 4).is_err() && estimate_sd(0.5, 0).is_err());
    }
}

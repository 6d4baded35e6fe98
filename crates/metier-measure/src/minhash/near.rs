//! Placing documents one at a time: kept, or a duplicate of one kept earlier.

use crate::error::{MeasureError, Result, open_unit};
use crate::minhash::{Bands, Index, MinHash};
use crate::sets::jaccard;

/// Where a document belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// It is like none kept so far, and has this number from now on.
    Kept(u32),
    /// It is nearly the same as one kept earlier, and is not kept.
    Duplicate {
        /// The number of the one it is most like; of equals the earliest.
        of: u32,
        /// Their exact Jaccard index.
        jaccard: f64,
    },
}

/// Tells near duplicates from first comers, one document after the other.
///
/// Each document is compared with those kept, not with the duplicates of those: a chain of small changes ends
/// where it has moved too far from its first link. The outcome depends on the order of documents.
#[derive(Debug, Clone)]
pub struct NearDuplicates {
    hasher: MinHash,
    index: Index,
    least: f64,
    keys: Vec<u64>,
    signature: Vec<u32>,
    found: Vec<u32>,
}

impl NearDuplicates {
    /// Documents of a Jaccard index of at least `least` (more than 0, less than 1) count as the same; up to
    /// `capacity` are kept. A pair of the index `s` is missed with probability `1 - bands.probability(s)`.
    ///
    /// # Errors
    /// When a parameter is outside its domain.
    pub fn new(bands: Bands, least: f64, capacity: usize, seed: u64) -> Result<Self> {
        Ok(Self {
            hasher: MinHash::new(bands.length(), seed)?,
            index: Index::new(bands, capacity)?,
            least: open_unit("least", least)?,
            keys: Vec::new(),
            signature: Vec::new(),
            found: Vec::new(),
        })
    }

    /// The index of those kept.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Places one document. `set` holds its hashes in strictly increasing order; `kept` gives the set of a
    /// kept document by its number, or `None` for one that the caller has let go, which is then passed over.
    ///
    /// # Errors
    /// When a set is empty or not in strictly increasing order, or a first comer finds the index full.
    pub fn place<'a>(&mut self, set: &[u64], kept: impl Fn(u32) -> Option<&'a [u64]>) -> Result<Place> {
        self.hasher.sign(set, &mut self.keys, &mut self.signature)?;
        crate::sets::ordered("set", set)?;
        self.index.candidates(&self.signature, &mut self.found)?;
        let mut nearest: Option<(u32, f64)> = None;
        for &number in &self.found {
            let Some(other) = kept(number) else { continue };
            if other.is_empty() {
                return Err(MeasureError::Length {
                    name: "kept set",
                    length: 0,
                    allowed: "at least 1",
                });
            }
            // No index exceeds the smaller size over the larger.
            let (small, large) = (set.len().min(other.len()), set.len().max(other.len()));
            let floor = nearest.map_or(self.least, |(_, jaccard)| jaccard);
            if (small as f64) < floor * large as f64 * (1.0 - 1e-12) {
                continue;
            }
            let like = jaccard(set, other)?;
            if like >= self.least && nearest.is_none_or(|(_, most)| like > most) {
                nearest = Some((number, like));
            }
        }
        match nearest {
            Some((of, jaccard)) => Ok(Place::Duplicate { of, jaccard }),
            None => Ok(Place::Kept(self.index.insert(&self.signature)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_all(near: &mut NearDuplicates, sets: &[Vec<u64>]) -> Vec<Place> {
        let mut kept: Vec<&[u64]> = Vec::new();
        let mut places = Vec::new();
        for set in sets {
            let place = near.place(set, |number| Some(kept[number as usize])).unwrap();
            if let Place::Kept(_) = place {
                kept.push(set);
            }
            places.push(place);
        }
        places
    }

    #[test]
    fn keeps_first_comers_and_names_what_duplicates_duplicate() {
        let bands = Bands::new(32, 4).unwrap();
        let mut near = NearDuplicates::new(bands, 0.8, 10, 1).unwrap();
        let sets: Vec<Vec<u64>> = vec![
            (0..100).collect(),
            (1000..1100).collect(),
            (0..95).collect(),
            (1002..1100).collect(),
            (0..40).collect(),
        ];
        let places = place_all(&mut near, &sets);
        assert_eq!(places[0], Place::Kept(0));
        assert_eq!(places[1], Place::Kept(1));
        assert_eq!(places[2], Place::Duplicate { of: 0, jaccard: 0.95 });
        assert_eq!(places[3], Place::Duplicate { of: 1, jaccard: 0.98 });
        assert_eq!(places[4], Place::Kept(2));
        assert_eq!(near.index().len(), 3);
    }

    #[test]
    fn what_the_caller_let_go_is_passed_over() {
        let bands = Bands::new(8, 2).unwrap();
        let mut near = NearDuplicates::new(bands, 0.8, 10, 1).unwrap();
        assert_eq!(near.place(&[1, 2, 3], |_| None), Ok(Place::Kept(0)));
        assert_eq!(near.place(&[1, 2, 3], |_| None), Ok(Place::Kept(1)));
    }

    #[test]
    fn refuses_what_is_no_set() {
        let bands = Bands::new(8, 2).unwrap();
        assert!(NearDuplicates::new(bands, 0.0, 10, 1).is_err());
        assert!(NearDuplicates::new(bands, f64::NAN, 10, 1).is_err());
        let mut near = NearDuplicates::new(bands, 0.8, 1, 1).unwrap();
        assert!(near.place(&[], |_| None).is_err() && near.place(&[2, 1], |_| None).is_err());
        assert!(near.place(&[1, 2], |_| None).is_ok());
        assert!(near.place(&[1, 2], |_| Some(&[][..])).is_err());
        assert!(near.place(&[1, 2], |_| Some(&[2, 1][..])).is_err());
        assert!(near.place(&[7, 8], |_| None).is_err(), "full");
    }
}

//! Finding candidates: tables of bands.

use crate::error::{MeasureError, Result, closed_unit};
use crate::minhash::{MAX_LENGTH, mix};

/// The most documents an index holds.
const MAX_CAPACITY: usize = 1 << 31;

/// How a signature is cut: so many bands of so many rows, used to the last place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    bands: usize,
    rows: usize,
}

impl Bands {
    /// `bands` bands of `rows` rows each, each at least 1; the signature has their product, at most
    /// [`MAX_LENGTH`].
    ///
    /// # Errors
    /// When the product is outside its domain.
    pub fn new(bands: usize, rows: usize) -> Result<Self> {
        match bands.checked_mul(rows) {
            Some(1..=MAX_LENGTH) => Ok(Self { bands, rows }),
            length => Err(MeasureError::Length {
                name: "bands times rows",
                length: length.unwrap_or(usize::MAX),
                allowed: "from 1 to 4096",
            }),
        }
    }

    /// The length of the signatures.
    pub fn length(self) -> usize {
        self.bands * self.rows
    }

    /// The probability that two documents of this Jaccard index become candidates: `1 - (1 - s^rows)^bands`.
    ///
    /// # Errors
    /// When `similarity` is not from 0 to 1.
    pub fn probability(self, similarity: f64) -> Result<f64> {
        let s = closed_unit("similarity", similarity)?;
        let band = libm::pow(s, self.rows as f64);
        Ok(-libm::expm1(self.bands as f64 * libm::log1p(-band)))
    }

    /// The Jaccard index at which two documents become candidates with probability one half. Choose the bands
    /// so that it lies well below the index from which two documents count as the same.
    pub fn half(self) -> f64 {
        let band = -libm::expm1(-std::f64::consts::LN_2 / self.bands as f64);
        libm::pow(band, 1.0 / self.rows as f64)
    }
}

/// Finds the documents that share a band with a new one.
///
/// One table of open addressing for each band, in one piece of memory that is taken at the start: 8 bytes for
/// each of 4/3 `capacity` places, so 10.7 bytes a document and band, or 341 bytes a document with 32 bands.
/// Neither signatures nor sets are kept.
#[derive(Debug, Clone)]
pub struct Index {
    bands: Bands,
    capacity: usize,
    held: usize,
    /// Places of one band.
    places: usize,
    /// A document's number plus one, and above it 32 bits of its band's hash; 0 where nothing is.
    table: Vec<u64>,
}

impl Index {
    /// An empty index for up to `capacity` documents, from 1 to 2^31.
    ///
    /// # Errors
    /// When `capacity` is outside its domain, or the table would exceed the address space.
    pub fn new(bands: Bands, capacity: usize) -> Result<Self> {
        if !(1..=MAX_CAPACITY).contains(&capacity) {
            return Err(MeasureError::Length {
                name: "capacity",
                length: capacity,
                allowed: "from 1 to 2^31",
            });
        }
        let places = capacity + capacity.div_ceil(3) + 1;
        let mut table = Vec::new();
        let whole = places.checked_mul(bands.bands);
        if whole.is_none_or(|whole| table.try_reserve_exact(whole).is_err()) {
            return Err(MeasureError::OutOfReach {
                quantity: "memory of the index",
                limit: usize::MAX as u64,
            });
        }
        table.resize(places * bands.bands, 0);
        Ok(Self {
            bands,
            capacity,
            held: 0,
            places,
            table,
        })
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.held
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.held == 0
    }

    /// The memory of its table, in bytes.
    pub fn bytes(&self) -> usize {
        self.table.len() * size_of::<u64>()
    }

    /// Puts into `found` the numbers, in increasing order, of all documents held that share a band with this
    /// signature. Of a band's hash 32 bits are compared, with its neighbours in the table only: a stranger
    /// comes in with a probability of 2^-32 for each neighbour, and verification sees to that.
    ///
    /// # Errors
    /// When the signature is not of the length of the bands.
    pub fn candidates(&self, signature: &[u32], found: &mut Vec<u32>) -> Result<()> {
        found.clear();
        for (band, hash) in self.hashes(signature)?.enumerate() {
            self.walk(band, hash, |entry| {
                if entry >> 32 == hash & 0xffff_ffff {
                    #[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
                    found.push(entry as u32 - 1);
                }
            });
        }
        found.sort_unstable();
        found.dedup();
        Ok(())
    }

    /// Adds a document and returns its number: 0 for the first, then 1, and so on.
    ///
    /// A document that is a near duplicate of one held had better not be added: a thousand equal documents
    /// fill a thousand neighbouring places in every table, and every later one of their kind walks through
    /// them.
    ///
    /// # Errors
    /// When the signature is not of the length of the bands, or the index is full.
    pub fn insert(&mut self, signature: &[u32]) -> Result<u32> {
        let full = MeasureError::OutOfReach {
            quantity: "documents in the index",
            limit: self.capacity as u64,
        };
        if self.held >= self.capacity {
            return Err(full);
        }
        let number = u32::try_from(self.held).map_err(|_| full)?;
        let hashes: Vec<u64> = self.hashes(signature)?.collect();
        for (band, hash) in hashes.into_iter().enumerate() {
            let free = self.walk(band, hash, |_| ());
            self.table[free] = (hash & 0xffff_ffff) << 32 | (u64::from(number) + 1);
        }
        self.held += 1;
        Ok(number)
    }

    /// One hash for each band.
    fn hashes<'a>(&self, signature: &'a [u32]) -> Result<impl Iterator<Item = u64> + use<'a>> {
        if signature.len() != self.bands.length() {
            return Err(MeasureError::Length {
                name: "signature",
                length: signature.len(),
                allowed: "bands times rows",
            });
        }
        let hash = |rows: &[u32]| rows.iter().fold(0_u64, |hash, &row| mix(hash ^ u64::from(row)));
        Ok(signature.chunks_exact(self.bands.rows).map(hash))
    }

    /// Visits the entries of a band from where `hash` belongs to the first free place, and returns that
    /// place. At least a quarter of the places is always free.
    fn walk(&self, band: usize, hash: u64, mut visit: impl FnMut(u64)) -> usize {
        let (from, to) = (band * self.places, (band + 1) * self.places);
        #[allow(clippy::cast_possible_truncation, reason = "below the number of places")]
        let offset = ((u128::from(hash) * self.places as u128) >> 64) as usize;
        let mut place = from + offset;
        while self.table[place] != 0 {
            visit(self.table[place]);
            place += 1;
            if place == to {
                place = from;
            }
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_and_its_middle() {
        for (bands, rows) in [(32, 8), (1, 1), (20, 5), (1, 64)] {
            let bands = Bands::new(bands, rows).unwrap();
            assert!((bands.probability(bands.half()).unwrap() - 0.5).abs() < 1e-12);
            assert_eq!(
                (bands.probability(0.0), bands.probability(1.0)),
                (Ok(0.0), Ok(1.0))
            );
        }
    }

    #[test]
    fn finds_who_shares_a_band_and_nobody_else() {
        let bands = Bands::new(2, 2).unwrap();
        let mut index = Index::new(bands, 3).unwrap();
        assert!(index.is_empty());
        assert_eq!(index.insert(&[1, 2, 3, 4]), Ok(0));
        assert_eq!(index.insert(&[1, 2, 9, 9]), Ok(1));
        assert_eq!(index.insert(&[3, 4, 1, 2]), Ok(2));
        assert!(index.insert(&[0; 4]).is_err(), "full");
        let mut found = vec![77];
        index.candidates(&[1, 2, 3, 4], &mut found).unwrap();
        assert_eq!(found, [0, 1]);
        index.candidates(&[2, 1, 4, 3], &mut found).unwrap();
        assert!(found.is_empty());
        assert_eq!((index.len(), index.bytes()), (3, 2 * 5 * 8));
    }

    #[test]
    fn a_full_index_still_finds_each() {
        let bands = Bands::new(3, 1).unwrap();
        let mut index = Index::new(bands, 1000).unwrap();
        let signature = |i: u32| [i, i + 5000, i / 10];
        for i in 0..1000 {
            assert_eq!(index.insert(&signature(i)), Ok(i));
        }
        let mut found = Vec::new();
        for i in 0..1000 {
            index.candidates(&signature(i), &mut found).unwrap();
            let ten: Vec<u32> = (i / 10 * 10..i / 10 * 10 + 10).collect();
            assert_eq!(found, ten);
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert!(Bands::new(0, 3).is_err() && Bands::new(3, 0).is_err() && Bands::new(64, 65).is_err());
        assert!(Bands::new(usize::MAX, 2).is_err());
        let bands = Bands::new(2, 2).unwrap();
        assert!(Index::new(bands, 0).is_err() && Index::new(bands, usize::MAX).is_err());
        let mut index = Index::new(bands, 3).unwrap();
        assert!(index.insert(&[1; 3]).is_err() && index.candidates(&[1; 5], &mut Vec::new()).is_err());
        for bad in [-0.1, 1.1, f64::NAN] {
            assert!(bands.probability(bad).is_err());
        }
    }
}

//! Ids and salts that look random and repeat.

use jiff::Timestamp;
use metier_core::journal::Salt;
use uuid::Uuid;

/// A source of ids and salts; the same seed gives the same ones.
#[derive(Debug, Clone)]
pub struct Ids(u64);

impl Ids {
    /// The source of a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number spread evenly over all 64 bits (`SplitMix64`, Steele, Lea and Flood 2014).
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    /// A UUID v7 made at that instant.
    pub fn uuid(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.number().to_be_bytes());
        random[8..].copy_from_slice(&self.number().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A salt.
    pub fn salt(&mut self) -> Salt {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.number().to_be_bytes());
        bytes[8..].copy_from_slice(&self.number().to_be_bytes());
        Salt(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock;

    #[test]
    fn ids_repeat_for_a_seed_and_differ_within_it() {
        let at = Clock::MONDAY.now();
        let mut ids = Ids::seeded(7);
        let first = ids.uuid(at);
        assert_eq!(first, Ids::seeded(7).uuid(at));
        assert_ne!(first, ids.uuid(at));
        assert_eq!(first.get_version_num(), 7);
        assert_ne!(Ids::seeded(7).number(), Ids::seeded(8).number());
    }
}

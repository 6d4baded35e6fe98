//! Short digests of texts: for the order of a sample and for sets of words, never for trust.
//!
//! The numbers are kept in files, so the function never changes.

/// Two odd numbers without a pattern (the fractional parts of the golden ratio and of the root of two).
const KEYS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0x6a09_e667_f3bc_c909];

/// Both halves of a product, one on the other: every bit depends on nearly all.
pub(crate) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[allow(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// The digest of two numbers, in this order.
pub(crate) fn pair(a: u64, b: u64) -> u64 {
    fold(
        fold(a ^ KEYS[0], KEYS[1]).wrapping_add(b) ^ KEYS[1],
        KEYS[0] ^ b.rotate_left(32),
    )
}

/// The digest of bytes, under a seed.
pub(crate) fn digest(bytes: &[u8], seed: u64) -> u64 {
    let mut state = seed ^ KEYS[0];
    let mut pieces = bytes.chunks_exact(8);
    for piece in &mut pieces {
        let mut word = [0; 8];
        word.copy_from_slice(piece);
        state = fold(u64::from_le_bytes(word) ^ KEYS[1], state ^ KEYS[0]).wrapping_add(KEYS[1]);
    }
    let mut word = [0; 8];
    word[..pieces.remainder().len()].copy_from_slice(pieces.remainder());
    pair(state ^ u64::from_le_bytes(word), bytes.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_stay_what_they_are() {
        // They order the samples of kept files: these numbers never change.
        let kept = [digest(b"", 0), digest(b"kubernetes", 0), digest(b"kubernetes", 1)];
        let expected = [
            9_677_096_115_135_746_360,
            13_956_301_267_928_197_323,
            7_583_121_163_052_887_441,
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn texts_of_one_changed_bit_differ_and_spread_evenly() {
        let mut seen: Vec<u64> = (0..100_000_u64).map(|n| digest(&n.to_le_bytes(), 7)).collect();
        let mut bins = [0_u32; 64];
        for d in &seen {
            bins[(d >> 58) as usize] += 1;
        }
        // Chi-square of 63 degrees: 1 in 10,000 lies above 113.
        let expected = 100_000.0 / 64.0;
        let chi: f64 = bins
            .iter()
            .map(|&b| (f64::from(b) - expected).powi(2) / expected)
            .sum();
        assert!(chi < 113.0, "{chi}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 100_000);
        assert_ne!(digest(b"ab", 0), digest(b"ab\0", 0));
    }
}

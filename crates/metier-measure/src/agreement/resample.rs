//! Random choices from a seed that the caller gives: the same on every platform.

use crate::error::{Result, within};

/// The linear congruential generator modulo 2^64 with Knuth's multiplier (The Art of Computer Programming 2,
/// 1997, section 3.3.4, MMIX), of which the upper 31 bits are used.
pub(crate) struct Lcg(u64);

impl Lcg {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `count`, which must not be 0 and stays far below 2^31: no index is favoured by more
    /// than `count / 2^31`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // 31 bits fit a usize wherever this crate's tables do.
        usize::try_from(self.0 >> 33).unwrap_or(usize::MAX) % count
    }
}

/// The quantile of ascending `values` by linear interpolation between order statistics (Hyndman and Fan,
/// American Statistician 50, 1996, definition 7).
pub(crate) fn quantile(values: &[f64], p: f64) -> Result<f64> {
    let last = values.len().saturating_sub(1);
    within("values", values.len() as f64, |n| n >= 1.0, "at least 1")?;
    let at = p.clamp(0.0, 1.0) * last as f64;
    let low = libm::floor(at);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to the last index"
    )]
    let i = (low as usize).min(last);
    let next = values[(i + 1).min(last)];
    Ok(values[i] + (at - low) * (next - values[i]))
}

//! Numbers as they leave the core: at nine significant digits, so that the same question has the same
//! bytes for an answer on every platform.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A derived number; it compares and serialises at nine significant digits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Number(f64);

impl Number {
    /// Rounds to nine significant digits. What is not finite becomes 0, which no method here yields.
    pub fn new(value: f64) -> Self {
        if value == 0.0 || !value.is_finite() {
            return Self(0.0);
        }
        // Decimal text is the one rounding that is the same everywhere.
        Self(format!("{value:.8e}").parse().unwrap_or(value))
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self::new(value)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn nine_significant_digits_are_kept() {
        assert_eq!(Number::new(0.123_456_789_123), Number::new(0.123_456_789_4));
        assert_eq!(
            serde_json::to_string(&Number::new(2.0 / 3.0)).unwrap(),
            "0.666666667"
        );
        assert_eq!(serde_json::to_string(&Number::new(-0.0)).unwrap(), "0.0");
    }
}

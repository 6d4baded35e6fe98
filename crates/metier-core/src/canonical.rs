//! Canonical form and digest: the one implementation, for entries, frameworks and attachments.
//!
//! Canonical JSON is RFC 8785 (keys sorted, no white space, numbers as ECMAScript prints them);
//! integers beyond 2^53 are refused, because other readers would round them. The digest is SHA-256
//! in lower-case hexadecimal behind `sha256:`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The largest integer every JSON reader keeps exactly.
const SAFE_INTEGER: u64 = 1 << 53;

/// The same as a float.
const SAFE_FLOAT: f64 = 9_007_199_254_740_992.0;

/// Why a value has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// An integer that other readers would round.
    #[error("the integer {0} is beyond 2^53 and would not be read back exactly everywhere")]
    Integer(String),
    /// The value could not be written as JSON at all.
    #[error("no canonical JSON: {0}")]
    Json(String),
}

/// The canonical JSON bytes of a value.
///
/// # Errors
/// When the value holds an integer beyond 2^53 or cannot be written as JSON.
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let value = serde_json::to_value(value).map_err(|e| CanonicalError::Json(e.to_string()))?;
    canonical_json_of(&value)
}

/// [`canonical_json`] of what is a JSON value already, without copying it first.
///
/// # Errors
/// When the value holds an integer beyond 2^53.
pub fn canonical_json_of(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    refuse_large_integers(value)?;
    serde_json_canonicalizer::to_vec(value).map_err(|e| CanonicalError::Json(e.to_string()))
}

/// [`canonical_json`] as text.
///
/// # Errors
/// As [`canonical_json`].
pub fn canonical_text(value: &impl Serialize) -> Result<String, CanonicalError> {
    String::from_utf8(canonical_json(value)?).map_err(|e| CanonicalError::Json(e.to_string()))
}

fn refuse_large_integers(value: &Value) -> Result<(), CanonicalError> {
    match value {
        Value::Number(n) => {
            // A whole float below 1e21 is written as an integer, and read back as one.
            let large = n.as_u64().is_some_and(|u| u > SAFE_INTEGER)
                || n.as_i64().is_some_and(|i| i.unsigned_abs() > SAFE_INTEGER)
                || n.as_f64().is_some_and(|f| f.abs() > SAFE_FLOAT && f.abs() < 1e21);
            if large {
                Err(CanonicalError::Integer(n.to_string()))
            } else {
                Ok(())
            }
        }
        Value::Array(items) => items.iter().try_for_each(refuse_large_integers),
        Value::Object(fields) => fields.values().try_for_each(refuse_large_integers),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// The digest of a value's canonical JSON.
///
/// # Errors
/// As [`canonical_json`].
pub fn digest_of(value: &impl Serialize) -> Result<Digest, CanonicalError> {
    Ok(Digest::of(&canonical_json(value)?))
}

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// What the first entry of a chain names as its predecessor.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest these 32 bytes are.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first eight hexadecimal digits, enough to tell versions apart on a page.
    pub fn short(&self) -> String {
        self.to_string()[7..15].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not a digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a digest: expected `sha256:` and 64 lower-case hexadecimal digits")]
pub struct DigestError;

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let hex = text.strip_prefix("sha256:").ok_or(DigestError)?.as_bytes();
        if hex.len() != 64 {
            return Err(DigestError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = nibble(pair[0]).ok_or(DigestError)? << 4 | nibble(pair[1]).ok_or(DigestError)?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(hex: u8) -> Option<u8> {
    match hex {
        b'0'..=b'9' => Some(hex - b'0'),
        b'a'..=b'f' => Some(hex - b'a' + 10),
        _ => None,
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;
    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_numbers_are_ecmascript() {
        let bytes = canonical_json(&json!({"b": 1.0, "a": [1e21, 0.1, "é\u{1}"]})).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "{\"a\":[1e+21,0.1,\"é\\u0001\"],\"b\":1}"
        );
    }

    #[test]
    fn an_integer_others_would_round_is_refused() {
        assert!(canonical_json(&json!(9_007_199_254_740_992_u64)).is_ok());
        assert!(matches!(
            canonical_json(&json!({"n": 9_007_199_254_740_993_u64})),
            Err(CanonicalError::Integer(_))
        ));
    }

    #[test]
    fn a_digest_reads_back_as_written() {
        let digest = Digest::of(b"abc");
        assert_eq!(
            digest.to_string(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!("sha256:00".parse::<Digest>().is_err());
        assert!(digest.to_string().to_uppercase().parse::<Digest>().is_err());
    }
}

//! An entry as it is kept, carried and verified: a link that stays, and a payload that can be erased.

use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::entry::{Entry, Payload};
use crate::canonical::{Digest, canonical_json_of, digest_of};
use crate::id::{ChainId, EntryId, JournalId};

/// The part of an entry that stays for ever and that the chain runs over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The entry's own id.
    pub id: EntryId,
    /// Whose journal.
    pub journal: JournalId,
    /// Which writer's chain.
    pub chain: ChainId,
    /// Place in the chain, from 1.
    pub sequence: u64,
    /// When we were told, to the microsecond.
    pub recorded_at: Timestamp,
    /// Digest of the previous entry's link; [`Digest::ZERO`] for the first of a chain.
    pub previous: Digest,
    /// Digest of the payload, salt included.
    pub payload: Digest,
}

/// One immutable line of a journal, as it is kept.
///
/// The payload is canonical JSON text, not a parsed fact, so that a copy of a newer program's journal
/// is kept, merged and exported whole even by a program that cannot read every fact in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// What stays for ever.
    pub link: Link,
    /// The digest of `link`: what the next entry of the chain names.
    pub digest: Digest,
    /// The writer's signature over `digest`, where the writer has a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// The payload as canonical JSON; absent once it was erased.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "payload_out",
        deserialize_with = "payload_in"
    )]
    pub payload: Option<String>,
}

// `serialize_with` hands over the field as it is.
#[allow(clippy::ref_option)]
fn payload_out<S: Serializer>(payload: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let value: Option<Value> = payload
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(serde::ser::Error::custom)?;
    value.serialize(serializer)
}

fn payload_in<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let bytes = canonical_json_of(&value).map_err(serde::de::Error::custom)?;
    String::from_utf8(bytes)
        .map(Some)
        .map_err(serde::de::Error::custom)
}

/// An Ed25519 signature over the text of an entry's digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The public key, 64 hexadecimal digits.
    pub key: String,
    /// The signature, 128 hexadecimal digits.
    pub signature: String,
}

/// What is wrong with one sealed entry, seen by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The link is not what its digest says.
    #[error("its place, time or predecessor was changed after it was written")]
    Link,
    /// The payload is not what the link's digest says.
    #[error("its content was changed after it was written")]
    Payload,
    /// The signature does not hold.
    #[error("its signature does not hold")]
    Signature,
    /// The payload cannot be read by this program.
    #[error("its content cannot be read: {0}")]
    Unreadable(String),
}

impl Sealed {
    /// Checks link, payload and signature against their digests.
    ///
    /// # Errors
    /// The first that does not hold.
    pub fn check(&self) -> Result<(), SealError> {
        if digest_of(&self.link) != Ok(self.digest) {
            return Err(SealError::Link);
        }
        if let Some(payload) = &self.payload
            && Digest::of(payload.as_bytes()) != self.link.payload
        {
            return Err(SealError::Payload);
        }
        match &self.signature {
            Some(signature) if !signature.holds(&self.digest) => Err(SealError::Signature),
            _ => Ok(()),
        }
    }

    /// Reads the entry; `None` when it was erased.
    ///
    /// # Errors
    /// When the payload is not a fact this program knows.
    pub fn open(&self) -> Result<Option<Entry>, SealError> {
        let Some(text) = &self.payload else {
            return Ok(None);
        };
        let payload: Payload =
            serde_json::from_str(text).map_err(|e| SealError::Unreadable(e.to_string()))?;
        Ok(Some(Entry {
            link: self.link.clone(),
            payload,
        }))
    }

    /// The same entry signed by its writer.
    #[must_use]
    pub fn signed(mut self, key: &SigningKey) -> Self {
        let signature = key.sign(self.digest.to_string().as_bytes());
        self.signature = Some(Signature {
            key: hex(key.verifying_key().as_bytes()),
            signature: hex(&signature.to_bytes()),
        });
        self
    }

    /// The same entry with its payload gone. The chain still verifies.
    #[must_use]
    pub fn erased(mut self) -> Self {
        self.payload = None;
        self
    }

    /// The reading order of a journal: when it was recorded, then id.
    pub fn reading_order(&self) -> (Timestamp, EntryId) {
        (self.link.recorded_at, self.link.id)
    }
}

impl Signature {
    /// True when the signature was made with the named key over this digest.
    pub fn holds(&self, digest: &Digest) -> bool {
        let key = bytes_of(&self.key).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature = bytes_of(&self.signature).map(|bytes| ed25519_dalek::Signature::from_bytes(&bytes));
        match (key, signature) {
            (Some(key), Some(signature)) => key.verify(digest.to_string().as_bytes(), &signature).is_ok(),
            _ => false,
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
            text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            text
        })
}

/// Exactly `N` bytes from lower-case hexadecimal, the one form [`hex`] writes.
pub fn bytes_of<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let lower = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if hex.len() != N * 2 || !hex.bytes().all(lower) {
        return None;
    }
    let mut bytes = [0; N];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}

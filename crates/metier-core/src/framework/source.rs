//! The document a framework was read from, and what it says in its own words.

use serde::{Deserialize, Serialize};

use crate::canonical::Digest;

/// What a document says of one competency at one rung, in its own words: the criterion that somebody
/// will hold the person to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The text itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Signs by which it is to be seen, where the document lists them apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<String>,
    /// Examples it gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
}

impl Wording {
    /// True when the document says nothing there.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.signals.is_empty() && self.examples.is_empty()
    }
}

/// The document a framework was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its file name.
    pub document: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Whose it is: an employer, a public body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Which part of it this is: a role, a track.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
}

/// Something the document says that has no place of its own in a framework: kept as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What it is said of, as a path: `levels > lead > user-research`; empty: of the whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What the document calls it: the heading of a column.
    pub name: String,
    /// What it says.
    pub text: String,
}

//! Where reading stands.

use serde::{Deserialize, Serialize};

/// A place between two documents from which reading can go on.
///
/// Sources are walked in a stable order, so everything before the position has been read, if the files are
/// still the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The file, as [`crate::posting::Origin::file`] names it.
    pub file: String,
    /// The number of the next document.
    pub document: u64,
    /// Where it begins, in bytes of the file as it is once expanded; an uncompressed file is gone on with
    /// right there, a compressed one is expanded up to there. Nothing for formats that have no such place.
    pub byte: Option<u64>,
}

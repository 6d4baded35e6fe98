//! What a reader is told, and what it refuses.

use std::collections::BTreeMap;

use super::format::Format;
use super::position::Position;
use super::row::Field;

/// How postings are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format, where content and name are not to be asked.
    pub format: Option<Format>,
    /// The encoding of every file, by its label ("windows-1252"), where the files do not say.
    pub encoding: Option<String>,
    /// The name of the column or key of a field, before the well-known ones.
    pub columns: BTreeMap<Field, String>,
    /// What is refused.
    pub limits: Limits,
    /// Where to go on: everything before it has been read.
    pub from: Option<Position>,
}

/// What a reader refuses rather than let memory or time run away. Each is named in the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text of one posting. Default 4 MiB.
    pub text: usize,
    /// Bytes of one document as it stands: a page with its mark-up, a line, a row. Default 16 MiB.
    pub document: usize,
    /// Bytes that may come out of one compressed file. Default 1 TiB.
    pub expanded: u64,
    /// How many bytes may come out for each that went in, once 64 MiB have come out. Default 1,000.
    pub ratio: u64,
    /// Columns of a table. Default 4,096.
    pub columns: usize,
    /// Folders inside folders. Default 64.
    pub folders: usize,
    /// Bytes that are read and cut at once: the unit of work for several threads. Default 1 MiB.
    pub block: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text: 4 << 20,
            document: 16 << 20,
            expanded: 1 << 40,
            ratio: 1_000,
            columns: 4_096,
            folders: 64,
            block: 1 << 20,
        }
    }
}

/// A number of bytes as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        1_048_576..1_073_741_824 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

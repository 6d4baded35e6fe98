//! A whole journal as one file: what `metier export` writes and `metier import` reads.
//!
//! A zip archive of `journal.jsonl` (a [`Header`], then one sealed entry a line, in chain order) and
//! `attachments/` named by digest; see `docs/journal-format.md`. The same journal and header give the
//! same bytes. Reading verifies everything and returns all of it or nothing.

mod attachments;
mod error;
mod read;
mod write;

pub use error::JournalFileError;
pub use read::read;
pub use write::{WriteError, write};

use jiff::Timestamp;
use metier_core::canonical::Digest;
use metier_core::id::JournalId;
use metier_core::journal::{Head, Sealed};
use serde::{Deserialize, Serialize};

/// The version of the journal file this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// The name of the lines inside the archive.
const LINES: &str = "journal.jsonl";

/// The folder of the attachments inside the archive.
const ATTACHMENTS: &str = "attachments/";

/// The first line of a journal file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of the format; [`FORMAT`].
    pub metier_journal: u32,
    /// Whose journal, as they are called.
    pub subject: String,
    /// Which journal.
    pub journal: JournalId,
    /// The head of the entries below.
    pub head: Head,
    /// When the file was written.
    pub written_at: Timestamp,
    /// How many entries follow.
    pub entries: u64,
}

/// How large a journal file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Bytes of the archive itself.
    pub archive: u64,
    /// Bytes of one line; the largest fact is a framework of about 2 MiB.
    pub line: u64,
    /// Bytes of all lines together.
    pub lines: u64,
    /// Bytes of one attachment.
    pub attachment: u64,
    /// Bytes of all attachments together.
    pub attachments: u64,
    /// Files in the archive.
    pub files: usize,
}

/// The limits in force unless configured otherwise: 8 MiB a line, 1 GiB of lines, 25 MiB an
/// attachment, 1 GiB and 50,000 of them.
pub const FILE_LIMITS: FileLimits = FileLimits {
    archive: 2 << 30,
    line: 8 << 20,
    lines: 1 << 30,
    attachment: metier_core::journal::LIMITS.attachment,
    attachments: 1 << 30,
    files: 50_000,
};

/// A journal file, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    /// Its first line.
    pub header: Header,
    /// Its entries, in chain order.
    pub entries: Vec<Sealed>,
    /// The attachments its entries name, by digest.
    pub attachments: Vec<(Digest, Vec<u8>)>,
}

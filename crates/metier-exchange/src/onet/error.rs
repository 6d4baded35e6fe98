//! Why an O*NET release was not read.

use crate::DocumentProblem;
use crate::packed::PackedError;

/// Why a release was not read. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum OnetError {
    /// The bytes are not a whole zip archive.
    #[error(
        "this is not a whole zip archive: {why} (download the \"Text\" edition of the O*NET database again, as one zip)"
    )]
    NotAZip {
        /// What the archive reader found.
        why: String,
    },
    /// The archive would unpack to more than is read.
    #[error("{what} would unpack to {bytes} bytes; at most {limit} are read (this is no O*NET release)")]
    TooLarge {
        /// The archive or the file in it.
        what: String,
        /// Bytes it would unpack to, as far as is known.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file in the archive could not be unpacked.
    #[error("{file}: could not be unpacked: {why} (the archive is damaged; download it again)")]
    Unpacking {
        /// The file in the archive.
        file: String,
        /// What went wrong.
        why: String,
    },
    /// Tables without which there is no catalogue are not there.
    #[error(
        "{} missing in this archive: {} (use the \"Text\" edition of the O*NET database)",
        if tables.len() == 1 { "a table is" } else { "tables are" },
        tables.join(", ")
    )]
    TablesMissing {
        /// Their names.
        tables: Vec<String>,
    },
    /// One table is there twice.
    #[error(
        "the archive holds the table {table} twice: {first} and {second} (keep one release in one archive)"
    )]
    TableTwice {
        /// Name of the table.
        table: String,
        /// The first file.
        first: String,
        /// The second file.
        second: String,
    },
    /// A table does not say what it should.
    #[error("{file}: {problem}")]
    Table {
        /// The file in the archive.
        file: String,
        /// What is wrong, where in it, and what to do.
        problem: Box<DocumentProblem>,
    },
}

impl From<PackedError> for OnetError {
    fn from(error: PackedError) -> Self {
        match error {
            PackedError::NotAZip { why } => Self::NotAZip { why },
            PackedError::TooLarge { what, bytes, limit } => Self::TooLarge { what, bytes, limit },
            PackedError::Unpacking { file, why } => Self::Unpacking { file, why },
            PackedError::Twice { table, first, second } => Self::TableTwice { table, first, second },
        }
    }
}

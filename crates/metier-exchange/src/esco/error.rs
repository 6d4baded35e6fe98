//! Why an ESCO release was not read.

use crate::DocumentProblem;
use crate::packed::PackedError;

/// Why a release was not read. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum EscoError {
    /// The bytes are not a whole zip archive.
    #[error(
        "this is not a whole zip archive: {why} (download ESCO again as CSV, in one language, as one zip)"
    )]
    NotAZip {
        /// What the archive reader found.
        why: String,
    },
    /// The archive would unpack to more than is read.
    #[error("{what} would unpack to {bytes} bytes; at most {limit} are read (this is no ESCO release)")]
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
    /// Files without which there is no classification are not there.
    #[error(
        "{} missing in this archive: {} (download the whole \"ESCO dataset\", \"classification\", as CSV)",
        if files.len() == 1 { "a file is" } else { "files are" },
        files.join(", ")
    )]
    FilesMissing {
        /// Their names, without the language.
        files: Vec<String>,
    },
    /// One file is there twice.
    #[error(
        "the archive holds {file} twice: {first} and {second} (keep one release in one language in one archive)"
    )]
    FileTwice {
        /// Name of the file, without the language.
        file: String,
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A file does not say what it should.
    #[error("{file}: {problem}")]
    Table {
        /// The file in the archive.
        file: String,
        /// What is wrong, where in it, and what to do.
        problem: Box<DocumentProblem>,
    },
}

impl From<PackedError> for EscoError {
    fn from(error: PackedError) -> Self {
        match error {
            PackedError::NotAZip { why } => Self::NotAZip { why },
            PackedError::TooLarge { what, bytes, limit } => Self::TooLarge { what, bytes, limit },
            PackedError::Unpacking { file, why } => Self::Unpacking { file, why },
            PackedError::Twice { table, first, second } => Self::FileTwice {
                file: table,
                first,
                second,
            },
        }
    }
}

//! What can go wrong, said so that the reader knows what to do.

use std::path::{Path, PathBuf};

use metier_core::id::{ChainId, EntryId};
use sqlx::migrate::MigrateError;

use crate::write::ChainEnd;

/// Why the store could not do what was asked. Nothing half-done is left behind.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or database has a form this program does not know yet. It was not touched.
    #[error(
        "{place} was written by a newer version of metier (form {found}; this one knows up to {known}) and was not touched; open it with the newer version"
    )]
    Newer {
        /// Which file or database.
        place: String,
        /// The version of its form.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The file is something else. It was not touched.
    #[error("{} is not a metier journal and was not touched; name another file", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A backup never replaces a file.
    #[error("{} exists already; a backup never overwrites, name a new file", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// A PostgreSQL database has tools of its own for this.
    #[error("this journal is kept in PostgreSQL: back it up with pg_dump, restore it with pg_restore")]
    NotAFile,
    /// There is no room left.
    #[error("the disk is full and nothing was recorded; free some space and try again")]
    Full(#[source] sqlx::Error),
    /// The operating system could not read or write.
    #[error("the disk did not take it ({0}) and nothing was recorded; see whether it is full or failing")]
    Disk(#[source] sqlx::Error),
    /// Somebody else holds the journal.
    #[error("another program kept the journal busy and nothing was recorded; try again")]
    Busy(#[source] sqlx::Error),
    /// The file's own structure is broken.
    #[error("the database file is damaged ({0}); restore a backup, or import an export into a new home")]
    Damaged(#[source] sqlx::Error),
    /// Anything else the database said.
    #[error("the database answered: {0}")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

// SQLite's result codes; the extended ones keep these in their low byte (https://sqlite.org/rescode.html).
const SQLITE_BUSY: i32 = 5;
const SQLITE_LOCKED: i32 = 6;
const SQLITE_IOERR: i32 = 10;
const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_NOTADB: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(code) = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
        else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                _ => Self::Database(error),
            };
        };
        // PostgreSQL's codes have five characters, SQLite's are small numbers.
        match code.parse::<i32>().map(|number| number & 0xff) {
            _ if code == "53100" => Self::Full(error),
            Ok(SQLITE_FULL) if code.len() < 5 => Self::Full(error),
            Ok(SQLITE_BUSY | SQLITE_LOCKED) if code.len() < 5 => Self::Busy(error),
            Ok(SQLITE_IOERR) if code.len() < 5 => Self::Disk(error),
            Ok(SQLITE_CORRUPT | SQLITE_NOTADB) if code.len() < 5 => Self::Damaged(error),
            _ => Self::Database(error),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Database(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

/// True when the same transaction may well succeed if it is run again.
pub(crate) fn passes(error: &sqlx::Error) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK: &str = "40P01";
    // Two writers took the same place at the same moment; run again, the loser sees the winner's entry
    // and can say so.
    const UNIQUE_VIOLATION: &str = "23505";
    error.as_database_error().is_some_and(|e| {
        e.code()
            .is_some_and(|c| [SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION].contains(&c.as_ref()))
    })
}

/// Why a batch was not appended. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody appended to the chain since its end was read.
    #[error(
        "the chain has moved on: its last entry is number {}, not {}; read its end and write again",
        actual.sequence,
        expected.sequence
    )]
    Stale {
        /// The end the batch was written for.
        expected: ChainEnd,
        /// The end as it is.
        actual: ChainEnd,
    },
    /// There is nothing in the batch.
    #[error("the batch holds no entry")]
    Empty,
    /// An entry does not continue the chain.
    #[error("entry {entry} cannot be appended: {what}")]
    Misplaced {
        /// Which entry.
        entry: EntryId,
        /// What is wrong with its place.
        what: &'static str,
    },
    /// The entry to erase is not in the journal.
    #[error("entry {entry} cannot be erased: this journal does not hold it")]
    Unknown {
        /// Which entry.
        entry: EntryId,
    },
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why two copies were not united. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum UniteError {
    /// The journal holds an entry that the union does not: it was appended since the journal was read.
    #[error("the journal has moved on: it also holds entry {entry}; read it, merge and unite again")]
    Stale {
        /// The entry that is missing in the union.
        entry: EntryId,
    },
    /// The union has another entry in a place the journal has filled.
    #[error("number {sequence} of chain {chain} is another entry in this journal ({held}, not {given})")]
    Conflict {
        /// Which chain.
        chain: ChainId,
        /// Which place.
        sequence: u64,
        /// The entry the journal holds there.
        held: EntryId,
        /// The entry given.
        given: EntryId,
    },
    /// An entry cannot be kept as it is.
    #[error("entry {entry} cannot be kept: {what}")]
    Misplaced {
        /// Which entry.
        entry: EntryId,
        /// What is wrong.
        what: &'static str,
    },
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

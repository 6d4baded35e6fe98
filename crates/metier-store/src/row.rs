//! Rows read forgivingly: a damaged column must not stop the rest from being read and checked, so it
//! becomes a value that its entry's digest cannot match, and `verify` names the entry.

use jiff::Timestamp;
use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Link, Sealed, Signature};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// The two databases' rows, read by position without regard to the declared type.
pub(crate) trait Columns {
    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, sqlx::Error>;
    fn integer(&self, column: usize) -> Result<i64, sqlx::Error>;
}

impl Columns for SqliteRow {
    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, sqlx::Error> {
        self.try_get_unchecked(column)
    }

    fn integer(&self, column: usize) -> Result<i64, sqlx::Error> {
        Ok(self
            .try_get_unchecked::<Option<i64>, _>(column)?
            .unwrap_or_default())
    }
}

impl Columns for PgRow {
    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, sqlx::Error> {
        self.try_get_unchecked(column)
    }

    fn integer(&self, column: usize) -> Result<i64, sqlx::Error> {
        Ok(self
            .try_get_unchecked::<Option<i64>, _>(column)?
            .unwrap_or_default())
    }
}

/// An id; all zeros when the column does not hold 16 bytes.
pub(crate) fn id(row: &impl Columns, column: usize) -> Result<Uuid, sqlx::Error> {
    let bytes = row.bytes(column)?.unwrap_or_default();
    Ok(Uuid::from_slice(bytes).unwrap_or_default())
}

/// A digest; all zeros when the column does not hold 32 bytes.
pub(crate) fn digest(row: &impl Columns, column: usize) -> Result<Digest, sqlx::Error> {
    let bytes = row.bytes(column)?.unwrap_or_default();
    Ok(bytes.try_into().map_or(Digest::ZERO, Digest::from_bytes))
}

/// A number that is never negative; 0 when it is.
pub(crate) fn count(row: &impl Columns, column: usize) -> Result<u64, sqlx::Error> {
    Ok(u64::try_from(row.integer(column)?).unwrap_or_default())
}

/// An instant kept as microseconds since the epoch; the epoch when it is none.
pub(crate) fn time(row: &impl Columns, column: usize) -> Result<Timestamp, sqlx::Error> {
    Ok(Timestamp::from_microsecond(row.integer(column)?).unwrap_or_default())
}

/// A text exactly as stored; when it is no longer UTF-8, a longer text than was ever stored, so that
/// no digest of the original matches it.
pub(crate) fn text(row: &impl Columns, column: usize) -> Result<Option<String>, sqlx::Error> {
    Ok(row.bytes(column)?.map(|bytes| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned() + "\u{fffd}",
    }))
}

/// The columns [`link`] reads, in its order.
macro_rules! link_columns {
    () => {
        "id, journal, chain, sequence, recorded_at, previous, payload_digest"
    };
}
pub(crate) use link_columns;

/// The link in columns 0 to 6.
pub(crate) fn link(row: &impl Columns) -> Result<Link, sqlx::Error> {
    Ok(Link {
        id: EntryId(id(row, 0)?),
        journal: JournalId(id(row, 1)?),
        chain: ChainId(id(row, 2)?),
        sequence: count(row, 3)?,
        recorded_at: time(row, 4)?,
        previous: digest(row, 5)?,
        payload: digest(row, 6)?,
    })
}

/// The entry in columns 0 to 10: the link, then digest, key, signature and payload.
pub(crate) fn sealed(row: &impl Columns) -> Result<Sealed, sqlx::Error> {
    Ok(Sealed {
        link: link(row)?,
        digest: digest(row, 7)?,
        signature: signature(row, 8)?,
        payload: text(row, 10)?,
    })
}

/// The signature in two columns: its key, and itself.
pub(crate) fn signature(row: &impl Columns, column: usize) -> Result<Option<Signature>, sqlx::Error> {
    Ok(match (text(row, column)?, text(row, column + 1)?) {
        (None, None) => None,
        (key, signature) => Some(Signature {
            key: key.unwrap_or_default(),
            signature: signature.unwrap_or_default(),
        }),
    })
}

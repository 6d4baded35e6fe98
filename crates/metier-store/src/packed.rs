//! Reading entries from SQLite fast.
//!
//! sqlx copies every column of every SQLite row into an allocation of its own and hands it from a
//! thread to another; for 10,000 entries of eight columns that takes three times as long as SQLite
//! and the parsing of JSON together. So SQLite puts the columns of fixed width into one. Where a row
//! does not come apart again, a column is damaged, and the caller reads column by column instead.

use jiff::Timestamp;
use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Link, Sealed};
use uuid::Uuid;

use crate::open::Sqlite;
use crate::read::Reading;
use crate::row::{Columns, signature, text};

/// Three ids of 16 bytes, three digests of 32, then two numbers as text.
macro_rules! packed {
    () => {
        "id || journal || chain || previous || payload_digest || digest || sequence || ' ' || recorded_at"
    };
}

/// A journal opened, in reading order; `None` when a row does not come apart.
pub(crate) async fn entries(database: &Sqlite, journal: JournalId) -> Result<Option<Reading>, sqlx::Error> {
    const SQL: &str = concat!(
        "SELECT ",
        packed!(),
        ", payload FROM entries WHERE journal = $1 AND payload IS NOT NULL ORDER BY recorded_at, id"
    );
    let rows = sqlx::query(SQL)
        .bind(journal.0)
        .fetch_all(database.reader())
        .await?;
    let mut reading = Reading::with_room_for(rows.len());
    for row in &rows {
        let Some((link, _)) = row.bytes(0)?.and_then(unpacked) else {
            return Ok(None);
        };
        reading.take(link, row.bytes(1)?.unwrap_or_default());
    }
    Ok(Some(reading))
}

/// A journal as it is kept, in order of chain; `None` when a row does not come apart.
pub(crate) async fn sealed(
    database: &Sqlite,
    journal: JournalId,
) -> Result<Option<Vec<Sealed>>, sqlx::Error> {
    const SQL: &str = concat!(
        "SELECT ",
        packed!(),
        ", payload, sig_key, signature FROM entries WHERE journal = $1 ORDER BY chain, sequence"
    );
    let rows = sqlx::query(SQL)
        .bind(journal.0)
        .fetch_all(database.reader())
        .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some((link, digest)) = row.bytes(0)?.and_then(unpacked) else {
            return Ok(None);
        };
        entries.push(Sealed {
            link,
            digest,
            signature: signature(row, 2)?,
            payload: text(row, 1)?,
        });
    }
    Ok(Some(entries))
}

fn unpacked(bytes: &[u8]) -> Option<(Link, Digest)> {
    let (ids, rest) = bytes.split_first_chunk::<48>()?;
    let (digests, numbers) = rest.split_first_chunk::<96>()?;
    let id = |n: usize| Uuid::from_slice(&ids[16 * n..16 * (n + 1)]).ok();
    let digest = |n: usize| {
        let bytes = digests[32 * n..32 * (n + 1)].try_into().ok()?;
        Some(Digest::from_bytes(bytes))
    };
    let (sequence, recorded_at) = std::str::from_utf8(numbers).ok()?.split_once(' ')?;
    let link = Link {
        id: EntryId(id(0)?),
        journal: JournalId(id(1)?),
        chain: ChainId(id(2)?),
        sequence: sequence.parse().ok()?,
        recorded_at: Timestamp::from_microsecond(recorded_at.parse().ok()?).ok()?,
        previous: digest(0)?,
        payload: digest(1)?,
    };
    Some((link, digest(2)?))
}

//! Reading entries: sealed, to carry and verify them, or opened, to think about them.

use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::{Entry, Link, Payload, Sealed};

use crate::error::StoreError;
use crate::packed;
use crate::row::{Columns, count, digest, id, link, link_columns, sealed};
use crate::write::ChainEnd;
use crate::{Store, on};

/// A journal's entries, opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// What could be read, in reading order: when it was recorded, then id. Erased entries have
    /// nothing to read.
    pub entries: Vec<Entry>,
    /// What could not: damaged, or written by a newer program. Never left out in silence.
    pub unreadable: Vec<Unreadable>,
}

/// An entry whose content this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {entry} cannot be read: {what}")]
pub struct Unreadable {
    /// Which entry.
    pub entry: EntryId,
    /// Why.
    pub what: String,
}

impl Store {
    /// The end of a chain: what the next entry continues. An empty chain ends at [`ChainEnd::START`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chain_end(&self, journal: JournalId, chain: ChainId) -> Result<ChainEnd, StoreError> {
        const SQL: &str = "SELECT sequence, digest FROM entries \
                           WHERE journal = $1 AND chain = $2 ORDER BY sequence DESC LIMIT 1";
        on!(Store, self, |database| {
            let row = sqlx::query(SQL)
                .bind(journal.0)
                .bind(chain.0)
                .fetch_optional(database.reader())
                .await?;
            match row {
                None => Ok(ChainEnd::START),
                Some(row) => Ok(ChainEnd {
                    sequence: count(&row, 0)?,
                    digest: digest(&row, 1)?,
                }),
            }
        })
    }

    /// The end of every chain of a journal, in order of chain: what the journal's head is made of, and
    /// what tells a reader whether anything was added since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chain_ends(&self, journal: JournalId) -> Result<Vec<(ChainId, ChainEnd)>, StoreError> {
        const SQL: &str = "SELECT e.chain, e.sequence, e.digest FROM entries e JOIN \
                           (SELECT chain, MAX(sequence) AS last FROM entries WHERE journal = $1 GROUP BY chain) l \
                           ON e.chain = l.chain AND e.sequence = l.last WHERE e.journal = $1 ORDER BY e.chain";
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL)
                .bind(journal.0)
                .fetch_all(database.reader())
                .await?;
            rows.iter()
                .map(|row| {
                    let end = ChainEnd {
                        sequence: count(row, 1)?,
                        digest: digest(row, 2)?,
                    };
                    Ok((ChainId(id(row, 0)?), end))
                })
                .collect()
        })
    }

    /// Every entry of a journal exactly as stored, in order of chain, then sequence; what
    /// [`metier_core::journal::verify`] and an export read.
    ///
    /// # Errors
    /// When the database fails. A damaged entry is no error here: it comes back such that `verify`
    /// names it.
    pub async fn sealed(&self, journal: JournalId) -> Result<Vec<Sealed>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            link_columns!(),
            ", digest, sig_key, signature, payload FROM entries WHERE journal = $1 ORDER BY chain, sequence"
        );
        if let Self::Sqlite(database) = self
            && let Some(entries) = packed::sealed(database, journal).await?
        {
            return Ok(entries);
        }
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL)
                .bind(journal.0)
                .fetch_all(database.reader())
                .await?;
            Ok(rows.iter().map(sealed).collect::<Result<_, _>>()?)
        })
    }

    /// Every entry of a journal, opened, in reading order. Nothing is verified on the way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entries(&self, journal: JournalId) -> Result<Reading, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            link_columns!(),
            ", payload FROM entries WHERE journal = $1 AND payload IS NOT NULL ORDER BY recorded_at, id"
        );
        if let Self::Sqlite(database) = self
            && let Some(reading) = packed::entries(database, journal).await?
        {
            return Ok(reading);
        }
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL)
                .bind(journal.0)
                .fetch_all(database.reader())
                .await?;
            let mut reading = Reading::with_room_for(rows.len());
            for row in &rows {
                reading.take(link(row)?, row.bytes(7)?.unwrap_or_default());
            }
            Ok(reading)
        })
    }

    /// What the database itself finds wrong with its file: broken pages, rows missing from an index.
    /// Empty when all is well, and on PostgreSQL, which checks its own pages.
    ///
    /// # Errors
    /// When the check cannot be run.
    pub async fn broken_pages(&self) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Postgres(_) => Ok(Vec::new()),
            Self::Sqlite(database) => {
                let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)")
                    .fetch_all(database.reader())
                    .await?;
                Ok(found.into_iter().filter(|line| line != "ok").collect())
            }
        }
    }
}

impl Reading {
    pub(crate) fn with_room_for(entries: usize) -> Self {
        Self {
            entries: Vec::with_capacity(entries),
            unreadable: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, link: Link, payload: &[u8]) {
        match serde_json::from_slice::<Payload>(payload) {
            Ok(payload) => self.entries.push(Entry { link, payload }),
            Err(e) => self.unreadable.push(Unreadable {
                entry: link.id,
                what: e.to_string(),
            }),
        }
    }
}

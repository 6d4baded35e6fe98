//! What is kept beside a journal: it can be changed and dropped, and is no part of its history.

use jiff::Timestamp;
use metier_core::canonical::Digest;
use metier_core::id::JournalId;
use uuid::Uuid;

use crate::change::{Change, Halt, Scope};
use crate::error::StoreError;
use crate::row::{Columns, digest, id, text, time};
use crate::{Store, on};

/// Something kept beside a journal: a draft that waits for a yes, the key of a paired phone. It is in
/// every backup of the store, and in no export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// What sort of thing it is, in the words of who keeps it.
    pub kind: String,
    /// Of what makes it the same thing again: of one kind there is one of it.
    pub digest: Digest,
    /// Its id. When an entry of this id is erased, what is kept beside it under the id goes too.
    pub id: Uuid,
    /// Since when it is kept, to the microsecond.
    pub kept_at: Timestamp,
    /// What it is, as JSON.
    pub body: String,
}

/// A change of something that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideChange {
    /// Its kind.
    pub kind: String,
    /// Its digest.
    pub digest: Digest,
    /// What it becomes; `None` drops it.
    pub body: Option<String>,
}

impl Store {
    /// Keeps things beside a journal: all of them or none. One that is there already, of the same kind
    /// and digest, stays as it is.
    ///
    /// # Errors
    /// When the database fails; nothing was then kept.
    pub async fn keep_asides(&self, journal: JournalId, asides: &[Aside]) -> Result<(), StoreError> {
        let kept = self.write(Scope::Nothing, |_| {
            Ok::<_, std::convert::Infallible>(Change {
                keep: asides,
                ..Change::to(journal)
            })
        });
        kept.await.map(drop).map_err(Halt::store)
    }

    /// Changes or drops things kept beside a journal: all of them or none. What is not there stays away.
    ///
    /// # Errors
    /// When the database fails; nothing was then changed.
    pub async fn change_asides(&self, journal: JournalId, rework: &[AsideChange]) -> Result<(), StoreError> {
        let changed = self.write(Scope::Nothing, |_| {
            Ok::<_, std::convert::Infallible>(Change {
                rework,
                ..Change::to(journal)
            })
        });
        changed.await.map_err(Halt::store)?;
        if rework.iter().any(|c| c.body.is_none()) {
            self.forget().await;
        }
        Ok(())
    }

    /// What of a kind is kept beside a journal, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asides(&self, journal: JournalId, kind: &str) -> Result<Vec<Aside>, StoreError> {
        const SQL: &str = "SELECT digest, id, kept_at, body FROM asides \
                           WHERE journal = $1 AND kind = $2 ORDER BY kept_at, id";
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL)
                .bind(journal.0)
                .bind(kind)
                .fetch_all(database.reader())
                .await?;
            rows.iter().map(|row| aside_of(kind, row)).collect()
        })
    }
}

fn aside_of(kind: &str, row: &impl Columns) -> Result<Aside, StoreError> {
    Ok(Aside {
        kind: kind.to_owned(),
        digest: digest(row, 0)?,
        id: id(row, 1)?,
        kept_at: time(row, 2)?,
        body: text(row, 3)?.unwrap_or_default(),
    })
}

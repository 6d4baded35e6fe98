//! The statements of a transaction. One SQL text serves both databases.

use std::ops::{Deref, DerefMut};

use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::Sealed;
use sqlx::pool::PoolConnection;
use sqlx::{Database, Executor, Pool, QueryBuilder};

use crate::aside::{Aside, AsideChange};
use crate::attachment::{Attachment, CHUNK, put_together};
use crate::change::Held;
use crate::journal::{Journal, Writer, subject_word};
use crate::on;
use crate::row::count;

/// Rows of one INSERT: few round trips, far below either database's limit of bound values.
const ROWS: usize = 64;

/// A transaction that writes. Dropped without a commit, it leaves nothing behind.
pub(crate) enum Transaction {
    Sqlite(Open<sqlx::Sqlite>),
    Postgres(Open<sqlx::Postgres>),
}

/// A connection inside a transaction. One whose transaction did not end well is closed rather than
/// used again: after a failed commit neither we nor sqlx (whose own transaction type then refuses to
/// begin another) can be sure of its state, and closing rolls back whatever is left.
pub(crate) struct Open<D: Database> {
    connection: PoolConnection<D>,
    ended_well: bool,
}

impl<D: Database> Open<D> {
    pub(crate) async fn begin(pool: &Pool<D>, statement: &'static str) -> Result<Self, sqlx::Error>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    {
        let mut open = Self {
            connection: pool.acquire().await?,
            ended_well: false,
        };
        open.connection.execute(statement).await?;
        Ok(open)
    }

    async fn end(&mut self, statement: &'static str) -> Result<(), sqlx::Error>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    {
        self.connection.execute(statement).await?;
        self.ended_well = true;
        Ok(())
    }
}

impl<D: Database> Drop for Open<D> {
    fn drop(&mut self) {
        if !self.ended_well {
            self.connection.close_on_drop();
        }
    }
}

impl<D: Database> Deref for Open<D> {
    type Target = D::Connection;
    fn deref(&self) -> &Self::Target {
        &self.connection
    }
}

impl<D: Database> DerefMut for Open<D> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.connection
    }
}

impl Transaction {
    /// Makes it all durable.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        on!(Transaction, &mut self, |transaction| transaction
            .end("COMMIT")
            .await)
    }

    /// Takes it all back. When that fails the connection is closed, which does the same.
    pub(crate) async fn give_up(mut self) {
        let given_up = on!(Transaction, &mut self, |transaction| {
            transaction.end("ROLLBACK").await
        });
        drop(given_up);
    }

    /// The last entry of a chain, or nothing.
    pub(crate) async fn end(&mut self, journal: JournalId, chain: ChainId) -> Result<Vec<Held>, sqlx::Error> {
        const SQL: &str = "SELECT id, chain, sequence, digest, signature, NULL FROM entries \
                           WHERE journal = $1 AND chain = $2 ORDER BY sequence DESC LIMIT 1";
        on!(Transaction, self, |transaction| {
            let last = sqlx::query(SQL).bind(journal.0).bind(chain.0);
            let last = last.fetch_optional(&mut **transaction).await?;
            last.iter().map(Held::of).collect()
        })
    }

    /// Every entry of a journal.
    pub(crate) async fn whole(&mut self, journal: JournalId) -> Result<Vec<Held>, sqlx::Error> {
        const SQL: &str =
            "SELECT id, chain, sequence, digest, signature, payload FROM entries WHERE journal = $1";
        on!(Transaction, self, |transaction| {
            let rows = sqlx::query(SQL).bind(journal.0).fetch_all(&mut **transaction);
            rows.await?.iter().map(Held::of).collect()
        })
    }

    /// Begins a journal, unless it is there.
    pub(crate) async fn begin_journal(&mut self, journal: &Journal) -> Result<(), sqlx::Error> {
        const SQL: &str = "INSERT INTO journals (id, subject, name, created_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT DO NOTHING";
        on!(Transaction, self, |transaction| {
            let begun = sqlx::query(SQL)
                .bind(journal.id.0)
                .bind(subject_word(journal))
                .bind(&journal.name)
                .bind(journal.created_at.as_microsecond());
            begun.execute(&mut **transaction).await.map(drop)
        })
    }

    /// Sets the chain this home writes, unless it writes one already.
    pub(crate) async fn set_writer(
        &mut self,
        journal: JournalId,
        writer: &Writer,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str = "INSERT INTO writers (journal, chain, author, secret_key) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (journal) DO NOTHING";
        on!(Transaction, self, |transaction| {
            let set = sqlx::query(SQL)
                .bind(journal.0)
                .bind(writer.chain.0)
                .bind(&writer.author)
                .bind(writer.secret_key.as_ref().map(|key| key.0.to_vec()));
            set.execute(&mut **transaction).await.map(drop)
        })
    }

    /// Adds entries.
    pub(crate) async fn insert(&mut self, entries: &[&Sealed]) -> Result<(), sqlx::Error> {
        const SQL: &str = "INSERT INTO entries (journal, id, chain, sequence, recorded_at, previous, \
                           payload_digest, digest, sig_key, signature, payload) ";
        on!(Transaction, self, |transaction| {
            for some in entries.chunks(ROWS) {
                let mut statement = QueryBuilder::new(SQL);
                statement.push_values(some, |mut row, entry| {
                    let (link, signature) = (&entry.link, entry.signature.as_ref());
                    row.push_bind(link.journal.0)
                        .push_bind(link.id.0)
                        .push_bind(link.chain.0)
                        // Checked when the batch or union was: it fits.
                        .push_bind(link.sequence.cast_signed())
                        .push_bind(link.recorded_at.as_microsecond())
                        .push_bind(link.previous.as_bytes().as_slice())
                        .push_bind(link.payload.as_bytes().as_slice())
                        .push_bind(entry.digest.as_bytes().as_slice())
                        .push_bind(signature.map(|s| s.key.as_str()))
                        .push_bind(signature.map(|s| s.signature.as_str()))
                        .push_bind(entry.payload.as_deref());
                });
                statement.build().execute(&mut **transaction).await?;
            }
            Ok(())
        })
    }

    /// Gives an entry its payload and signature back.
    pub(crate) async fn restore(&mut self, entry: &Sealed) -> Result<(), sqlx::Error> {
        const SQL: &str =
            "UPDATE entries SET payload = $1, sig_key = $2, signature = $3 WHERE journal = $4 AND id = $5";
        let signature = entry.signature.as_ref();
        on!(Transaction, self, |transaction| {
            let restored = sqlx::query(SQL)
                .bind(entry.payload.as_deref())
                .bind(signature.map(|s| s.key.as_str()))
                .bind(signature.map(|s| s.signature.as_str()))
                .bind(entry.link.journal.0)
                .bind(entry.link.id.0);
            restored.execute(&mut **transaction).await.map(drop)
        })
    }

    /// Erases an entry's payload, and what is kept beside it under its id; `false` when there is no such
    /// entry.
    pub(crate) async fn erase(&mut self, journal: JournalId, entry: EntryId) -> Result<bool, sqlx::Error> {
        const SQL: &str = "UPDATE entries SET payload = NULL WHERE journal = $1 AND id = $2";
        const BESIDE: &str = "DELETE FROM asides WHERE journal = $1 AND id = $2";
        on!(Transaction, self, |transaction| {
            let beside = sqlx::query(BESIDE).bind(journal.0).bind(entry.0);
            beside.execute(&mut **transaction).await?;
            let erased = sqlx::query(SQL).bind(journal.0).bind(entry.0);
            Ok(erased.execute(&mut **transaction).await?.rows_affected() > 0)
        })
    }

    /// Keeps an attachment. One that is there and whole is left alone; a damaged one is replaced.
    pub(crate) async fn attach(&mut self, attachment: &Attachment) -> Result<(), sqlx::Error> {
        const HELD: &str = "SELECT c.bytes, a.size FROM attachments a \
                            JOIN attachment_chunks c ON c.digest = a.digest WHERE a.digest = $1 ORDER BY c.n";
        const NAME: &str = "INSERT INTO attachments (digest, size) VALUES ($1, $2)";
        const CHUNK_OF_IT: &str = "INSERT INTO attachment_chunks (digest, n, bytes) VALUES ($1, $2, $3)";
        let digest = attachment.digest();
        let digest = digest.as_bytes().as_slice();
        let size = attachment.bytes().len() as u64;
        let whole = on!(Transaction, self, |transaction| {
            let chunks = sqlx::query(HELD).bind(digest).fetch_all(&mut **transaction);
            let chunks = chunks.await?;
            match chunks.first() {
                None => false,
                Some(first) => count(first, 1)? == size && put_together(&chunks)? == attachment.bytes(),
            }
        });
        if whole {
            return Ok(());
        }
        self.detach(attachment.digest()).await?;
        on!(Transaction, self, |transaction| {
            let named = sqlx::query(NAME).bind(digest).bind(size.cast_signed());
            named.execute(&mut **transaction).await?;
            for (n, bytes) in (0_i64..).zip(attachment.bytes().chunks(CHUNK)) {
                let chunk = sqlx::query(CHUNK_OF_IT).bind(digest).bind(n).bind(bytes);
                chunk.execute(&mut **transaction).await?;
            }
            Ok(())
        })
    }

    /// Drops an attachment, if it is there.
    pub(crate) async fn detach(&mut self, digest: Digest) -> Result<(), sqlx::Error> {
        const CHUNKS: &str = "DELETE FROM attachment_chunks WHERE digest = $1";
        const NAME: &str = "DELETE FROM attachments WHERE digest = $1";
        let digest = digest.as_bytes().as_slice();
        on!(Transaction, self, |transaction| {
            for sql in [CHUNKS, NAME] {
                sqlx::query(sql).bind(digest).execute(&mut **transaction).await?;
            }
            Ok(())
        })
    }

    /// Keeps things beside a journal, but for those that are there.
    pub(crate) async fn keep(&mut self, journal: JournalId, asides: &[Aside]) -> Result<(), sqlx::Error> {
        const SQL: &str = "INSERT INTO asides (journal, kind, digest, id, kept_at, body) ";
        on!(Transaction, self, |transaction| {
            for some in asides.chunks(ROWS) {
                let mut statement = QueryBuilder::new(SQL);
                statement.push_values(some, |mut row, aside| {
                    row.push_bind(journal.0)
                        .push_bind(aside.kind.as_str())
                        .push_bind(aside.digest.as_bytes().as_slice())
                        .push_bind(aside.id)
                        .push_bind(aside.kept_at.as_microsecond())
                        .push_bind(aside.body.as_str());
                });
                statement.push(" ON CONFLICT DO NOTHING");
                statement.build().execute(&mut **transaction).await?;
            }
            Ok(())
        })
    }

    /// Changes or drops something kept beside a journal, if it is there.
    pub(crate) async fn change(
        &mut self,
        journal: JournalId,
        change: &AsideChange,
    ) -> Result<(), sqlx::Error> {
        const BODY: &str = "UPDATE asides SET body = $4 WHERE journal = $1 AND kind = $2 AND digest = $3";
        const DROP: &str = "DELETE FROM asides WHERE journal = $1 AND kind = $2 AND digest = $3";
        on!(Transaction, self, |transaction| {
            let digest = change.digest.as_bytes().as_slice();
            let sql = if change.body.is_some() { BODY } else { DROP };
            let mut changed = sqlx::query(sql).bind(journal.0).bind(&change.kind).bind(digest);
            if let Some(body) = &change.body {
                changed = changed.bind(body);
            }
            changed.execute(&mut **transaction).await.map(drop)
        })
    }
}

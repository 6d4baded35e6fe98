//! Fresh stores for tests, on either database.

use metier_core::id::EntryId;
use metier_core::journal::Sealed;
use metier_store::{Batch, ChainEnd, Journal, Store, SubjectKind, Writer};
use metier_testkit::{Clock, Pen, postgres};
use tempfile::TempDir;

/// The databases every test of the journal runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A store, and what it lives in.
pub struct Home {
    pub store: Store,
    pub folder: TempDir,
}

impl On {
    /// An empty store; `None` when PostgreSQL is to be left out.
    pub async fn open(self) -> Option<Home> {
        let folder = tempfile::tempdir().unwrap();
        let store = match self {
            Self::Sqlite => Store::open_sqlite(&folder.path().join("metier.db"))
                .await
                .unwrap(),
            Self::Postgres => Store::open_postgres(&postgres::fresh_database().await?)
                .await
                .unwrap(),
        };
        Some(Home { store, folder })
    }

    /// A store with the journal of a pen, still empty.
    pub async fn begin(self, pen: &Pen) -> Option<Home> {
        let home = self.open().await?;
        begin(&home.store, pen).await;
        Some(home)
    }
}

pub async fn begin(store: &Store, pen: &Pen) {
    store.create_journal(&journal(pen), &writer(pen)).await.unwrap();
}

pub fn journal(pen: &Pen) -> Journal {
    Journal {
        id: pen.journal,
        kind: SubjectKind::Person,
        name: "Ada".into(),
        created_at: Clock::MONDAY.now(),
    }
}

pub fn writer(pen: &Pen) -> Writer {
    Writer {
        chain: pen.chain,
        author: pen.author.clone(),
        secret_key: None,
    }
}

/// A batch that continues the chain its first entry names as its predecessor.
pub fn batch(entries: Vec<Sealed>) -> Batch {
    let first = &entries[0].link;
    let expected = ChainEnd {
        sequence: first.sequence - 1,
        digest: first.previous,
    };
    Batch::of(first.journal, entries, expected)
}

pub fn ids(entries: &[Sealed]) -> Vec<EntryId> {
    entries.iter().map(|e| e.link.id).collect()
}

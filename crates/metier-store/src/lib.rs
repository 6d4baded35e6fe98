//! The journal on disk: one SQLite file in a person's home, or a PostgreSQL database.
//!
//! What [`Store::append`] and [`Store::unite`] have answered with `Ok` survives a killed process, a
//! power cut and a full disk, and either happens whole or not at all. The store keeps entries as
//! they are ([`metier_core::journal::Sealed`]) and judges nothing: what they mean is the domain's.
//!
//! ```
//! use metier_core::id::{ChainId, JournalId};
//! use metier_store::{Journal, Store, SubjectKind, Writer};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let home = tempfile::tempdir()?;
//! # let at = jiff::Timestamp::UNIX_EPOCH;
//! # let (journal, chain) = (JournalId(uuid::Uuid::max()), ChainId(uuid::Uuid::max()));
//! let store = Store::open_sqlite(&home.path().join("metier.db")).await?;
//! store
//!     .create_journal(
//!         &Journal { id: journal, kind: SubjectKind::Person, name: "Ada".into(), created_at: at },
//!         &Writer { chain, author: "Ada".into(), secret_key: None },
//!     )
//!     .await?;
//! assert_eq!(store.chain_end(journal, chain).await?.sequence, 0);
//! assert!(store.entries(journal).await?.entries.is_empty());
//! store.close().await;
//! # Ok(())
//! # }
//! ```

mod aside;
mod attachment;
mod backup;
mod change;
mod error;
mod journal;
mod open;
mod packed;
mod read;
mod row;
mod transaction;
mod write;

pub use aside::{Aside, AsideChange};
pub use attachment::{Attachment, DamagedAttachment};
pub use error::{AppendError, StoreError, UniteError};
pub use journal::{Journal, SecretKey, SubjectKind, Writer};
pub use open::SCHEMA_VERSION;
pub use read::{Reading, Unreadable};
pub use write::{Batch, ChainEnd, Union, United};

/// Where journals are kept. Cheap to clone: clones share their connections.
#[derive(Debug, Clone)]
pub enum Store {
    /// One file in a person's home.
    Sqlite(open::Sqlite),
    /// A database that several program processes may share.
    Postgres(open::Postgres),
}

/// Runs the same code, and so the same SQL text, on whichever database a [`Store`] or a
/// `Transaction` is on.
macro_rules! on {
    ($on:ident, $it:expr, |$database:ident| $body:expr) => {
        match $it {
            $on::Sqlite($database) => $body,
            $on::Postgres($database) => $body,
        }
    };
}
use on;

//! What one transaction changes: read first, decided, then written.

use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::Sealed;

use crate::aside::{Aside, AsideChange};
use crate::attachment::Attachment;
use crate::error::StoreError;
use crate::journal::{Journal, Writer};
use crate::row::{Columns, count, digest, id, text};
use crate::transaction::Transaction;

/// What a transaction reads before it is decided what to write.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scope {
    Nothing,
    /// The last entry of a chain.
    End(JournalId, ChainId),
    /// Every entry of a journal.
    Whole(JournalId),
}

/// An entry that the journal holds already.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) id: EntryId,
    pub(crate) chain: ChainId,
    pub(crate) sequence: u64,
    pub(crate) digest: Digest,
    pub(crate) signed: bool,
    pub(crate) payload: Option<String>,
}

impl Held {
    /// Columns id, chain, sequence, digest, signature, payload.
    pub(crate) fn of(row: &impl Columns) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: EntryId(id(row, 0)?),
            chain: ChainId(id(row, 1)?),
            sequence: count(row, 2)?,
            digest: digest(row, 3)?,
            signed: row.bytes(4)?.is_some(),
            payload: text(row, 5)?,
        })
    }
}

/// What one transaction changes.
pub(crate) struct Change<'a> {
    pub(crate) to: JournalId,
    pub(crate) journal: Option<&'a Journal>,
    pub(crate) writer: Option<&'a Writer>,
    pub(crate) insert: Vec<&'a Sealed>,
    /// Entries whose payload and signature become these.
    pub(crate) restore: Vec<&'a Sealed>,
    pub(crate) erase: Vec<EntryId>,
    pub(crate) attach: &'a [Attachment],
    pub(crate) drop: &'a [Digest],
    pub(crate) keep: &'a [Aside],
    pub(crate) rework: &'a [AsideChange],
}

impl Change<'_> {
    /// No change to a journal.
    pub(crate) fn to(journal: JournalId) -> Self {
        Self {
            to: journal,
            journal: None,
            writer: None,
            insert: Vec::new(),
            restore: Vec::new(),
            erase: Vec::new(),
            attach: &[],
            drop: &[],
            keep: &[],
            rework: &[],
        }
    }
}

/// Why a transaction was given up.
pub(crate) enum Halt<E> {
    Database(sqlx::Error),
    /// The entry to erase is not there.
    Unknown(EntryId),
    Refused(E),
}

impl<E> From<sqlx::Error> for Halt<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl Halt<std::convert::Infallible> {
    pub(crate) fn store(self) -> StoreError {
        match self {
            Self::Database(error) => error.into(),
            Self::Unknown(_) => StoreError::Database(sqlx::Error::RowNotFound),
            Self::Refused(never) => match never {},
        }
    }
}

/// Everything of a transaction between its begin and its end.
pub(crate) async fn run<'a, E>(
    transaction: &mut Transaction,
    scope: Scope,
    plan: &impl Fn(Vec<Held>) -> Result<Change<'a>, E>,
) -> Result<Change<'a>, Halt<E>> {
    let held = match scope {
        Scope::Nothing => Vec::new(),
        Scope::End(journal, chain) => transaction.end(journal, chain).await?,
        Scope::Whole(journal) => transaction.whole(journal).await?,
    };
    let change = plan(held).map_err(Halt::Refused)?;
    if let Some(journal) = change.journal {
        transaction.begin_journal(journal).await?;
    }
    if let Some(writer) = change.writer {
        transaction.set_writer(change.to, writer).await?;
    }
    transaction.insert(&change.insert).await?;
    for entry in &change.restore {
        transaction.restore(entry).await?;
    }
    for &entry in &change.erase {
        if !transaction.erase(change.to, entry).await? {
            return Err(Halt::Unknown(entry));
        }
    }
    for attachment in change.attach {
        transaction.attach(attachment).await?;
    }
    for &digest in change.drop {
        transaction.detach(digest).await?;
    }
    transaction.keep(change.to, change.keep).await?;
    for aside in change.rework {
        transaction.change(change.to, aside).await?;
    }
    Ok(change)
}

//! The journals a store holds, and the chain this home writes in each.

use std::fmt;

use jiff::Timestamp;
use metier_core::id::{ChainId, JournalId};

use crate::change::{Change, Halt, Scope};
use crate::error::StoreError;
use crate::row::{Columns, id, text, time};
use crate::{Store, on};

/// A journal: everything known about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// Its id.
    pub id: JournalId,
    /// What sort of subject it is about.
    pub kind: SubjectKind,
    /// The subject's name.
    pub name: String,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// What a journal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// One person's career.
    Person,
    /// A framework family.
    Framework,
    /// An organisation.
    Organisation,
}

impl SubjectKind {
    fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Framework => "framework",
            Self::Organisation => "organisation",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Person, Self::Framework, Self::Organisation]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// The chain this home writes in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Its chain.
    pub chain: ChainId,
    /// Who writes here, as they are called.
    pub author: String,
    /// The Ed25519 key that signs what is written here, where there is one.
    pub secret_key: Option<SecretKey>,
}

/// 32 secret bytes, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(pub [u8; 32]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl Store {
    /// Begins a journal, with the chain this home writes. A journal that is there already stays as it
    /// is, and so does its writer.
    ///
    /// # Errors
    /// When the database fails; nothing was then begun.
    pub async fn create_journal(&self, journal: &Journal, writer: &Writer) -> Result<(), StoreError> {
        let begun = self.write(Scope::Nothing, |_| {
            Ok::<_, std::convert::Infallible>(Change {
                journal: Some(journal),
                writer: Some(writer),
                ..Change::to(journal.id)
            })
        });
        begun.await.map(drop).map_err(Halt::store)
    }

    /// All journals, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn journals(&self) -> Result<Vec<Journal>, StoreError> {
        const SQL: &str = "SELECT id, subject, name, created_at FROM journals ORDER BY created_at, id";
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL).fetch_all(database.reader()).await?;
            rows.iter().map(journal_of).collect()
        })
    }

    /// The chain this home writes in a journal; `None` when it only keeps a copy.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn writer(&self, journal: JournalId) -> Result<Option<Writer>, StoreError> {
        const SQL: &str = "SELECT chain, author, secret_key FROM writers WHERE journal = $1";
        on!(Store, self, |database| {
            let row = sqlx::query(SQL)
                .bind(journal.0)
                .fetch_optional(database.reader())
                .await?;
            row.map(|row| writer_of(&row)).transpose()
        })
    }
}

fn journal_of(row: &impl Columns) -> Result<Journal, StoreError> {
    let kind = text(row, 1)?.unwrap_or_default();
    Ok(Journal {
        id: JournalId(id(row, 0)?),
        kind: SubjectKind::of_word(&kind).ok_or_else(|| {
            StoreError::Database(sqlx::Error::Decode(
                format!("a journal's subject is `{kind}`; expected person, framework or organisation").into(),
            ))
        })?,
        name: text(row, 2)?.unwrap_or_default(),
        created_at: time(row, 3)?,
    })
}

fn writer_of(row: &impl Columns) -> Result<Writer, StoreError> {
    let secret_key = match row.bytes(2)? {
        None => None,
        Some(bytes) => Some(SecretKey(bytes.try_into().map_err(|_| {
            StoreError::Database(sqlx::Error::Decode("the writer's key is not 32 bytes".into()))
        })?)),
    };
    Ok(Writer {
        chain: ChainId(id(row, 0)?),
        author: text(row, 1)?.unwrap_or_default(),
        secret_key,
    })
}

/// The word a subject is stored as.
pub(crate) fn subject_word(journal: &Journal) -> &'static str {
    journal.kind.word()
}

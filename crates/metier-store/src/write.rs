//! Writing: everything of one append or one union in one transaction, durable when it returns.

use std::collections::HashMap;
use std::time::Duration;

use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId, JournalId};
use metier_core::journal::Sealed;

use crate::attachment::Attachment;
use crate::change::{Change, Halt, Held, Scope, run};
use crate::error::{AppendError, UniteError, passes};
use crate::journal::{Journal, Writer};
use crate::{Store, on};

/// The last entry of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainEnd {
    /// Its number; 0 when the chain is empty.
    pub sequence: u64,
    /// Its digest; [`Digest::ZERO`] when the chain is empty.
    pub digest: Digest,
}

impl ChainEnd {
    /// The end of an empty chain.
    pub const START: Self = Self {
        sequence: 0,
        digest: Digest::ZERO,
    };

    /// The end of a chain whose last entry this is.
    pub fn after(entry: &Sealed) -> Self {
        Self {
            sequence: entry.link.sequence,
            digest: entry.digest,
        }
    }
}

/// What is appended together: kept whole, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Whose journal.
    pub journal: JournalId,
    /// At least one entry, all of one chain, each continuing the one before.
    pub entries: Vec<Sealed>,
    /// The end of the chain that the first entry continues.
    pub expected: ChainEnd,
    /// Files that the entries name.
    pub attachments: Vec<Attachment>,
    /// Earlier entries whose content goes, named by an erasure among `entries`.
    pub erase: Vec<EntryId>,
    /// Attachments that no remaining entry names.
    pub drop_attachments: Vec<Digest>,
}

impl Batch {
    /// A batch of entries alone.
    pub fn of(journal: JournalId, entries: Vec<Sealed>, expected: ChainEnd) -> Self {
        Self {
            journal,
            entries,
            expected,
            attachments: Vec::new(),
            erase: Vec::new(),
            drop_attachments: Vec::new(),
        }
    }
}

/// What a journal becomes when another copy is united with it.
#[derive(Debug, Clone, Copy)]
pub struct Union<'a> {
    /// The journal; begun when this store does not hold it yet.
    pub journal: &'a Journal,
    /// The chain this home is to write, unless it writes one already.
    pub writer: Option<&'a Writer>,
    /// All entries of both copies, verified ([`metier_core::journal::merge`], `verify`).
    pub entries: &'a [Sealed],
    /// The files that came with the other copy.
    pub attachments: &'a [Attachment],
    /// Attachments that no remaining entry names.
    pub drop_attachments: &'a [Digest],
}

/// How much a union changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct United {
    /// Entries that were missing here.
    pub added: usize,
    /// Entries whose content was missing or damaged here, and came back.
    pub restored: usize,
    /// Entries whose content had been erased in the other copy.
    pub erased: usize,
}

impl Store {
    /// Appends a batch to a chain. When this returns `Ok`, the batch is durable; otherwise nothing of
    /// it was kept. (When the connection to PostgreSQL breaks in the very moment of the commit, the
    /// error cannot tell which; reading the chain's end does.)
    ///
    /// # Errors
    /// [`AppendError::Stale`] when somebody else appended since `expected` was read; other errors when
    /// the batch does not continue its chain, or the store fails.
    pub async fn append(&self, batch: &Batch) -> Result<(), AppendError> {
        let chain = in_one_chain(batch)?;
        let appended = self.write(Scope::End(batch.journal, chain), |held| {
            let actual = held.first().map_or(ChainEnd::START, |last| ChainEnd {
                sequence: last.sequence,
                digest: last.digest,
            });
            if actual != batch.expected {
                return Err(AppendError::Stale {
                    expected: batch.expected,
                    actual,
                });
            }
            Ok(Change {
                insert: batch.entries.iter().collect(),
                erase: batch.erase.clone(),
                attach: &batch.attachments,
                drop: &batch.drop_attachments,
                ..Change::to(batch.journal)
            })
        });
        appended.await.map_err(|halt| match halt {
            Halt::Refused(error) => error,
            Halt::Unknown(entry) => AppendError::Unknown { entry },
            Halt::Database(error) => AppendError::Store(error.into()),
        })?;
        if !batch.erase.is_empty() {
            self.forget().await;
        }
        Ok(())
    }

    /// Makes the stored journal equal to the given union of two copies: adds what is missing,
    /// restores or erases contents. Whole, or not at all.
    ///
    /// # Errors
    /// [`UniteError::Stale`] when the journal holds an entry the union lacks (read, merge and unite
    /// again); [`UniteError::Conflict`] when the two differ in one place; or when the store fails.
    pub async fn unite(&self, union: &Union<'_>) -> Result<United, UniteError> {
        let journal = union.journal.id;
        for entry in union.entries {
            let what = match entry {
                e if e.link.journal != journal => "it belongs to another journal",
                e if !storable(e) => UNSTORABLE,
                _ => continue,
            };
            return Err(UniteError::Misplaced {
                entry: entry.link.id,
                what,
            });
        }
        let united = self.write(Scope::Whole(journal), |held| difference(union, &held));
        let change = united.await.map_err(|halt| match halt {
            Halt::Refused(error) => error,
            Halt::Unknown(entry) => UniteError::Stale { entry },
            Halt::Database(error) => UniteError::Store(error.into()),
        })?;
        let united = United {
            added: change.insert.len(),
            restored: change.restore.len(),
            erased: change.erase.len(),
        };
        if united.erased > 0 {
            self.forget().await;
        }
        Ok(united)
    }

    /// Reads `scope`, lets `plan` decide, writes what it decided: one transaction, run again when
    /// another transaction crossed it.
    pub(crate) async fn write<'a, E>(
        &self,
        scope: Scope,
        plan: impl Fn(Vec<Held>) -> Result<Change<'a>, E>,
    ) -> Result<Change<'a>, Halt<E>> {
        let mut pause = Duration::from_millis(2);
        loop {
            match self.write_once(scope, &plan).await {
                Err(Halt::Database(e)) if passes(&e) && pause < Duration::from_secs(1) => {
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                }
                done => return done,
            }
        }
    }

    async fn write_once<'a, E>(
        &self,
        scope: Scope,
        plan: &impl Fn(Vec<Held>) -> Result<Change<'a>, E>,
    ) -> Result<Change<'a>, Halt<E>> {
        let mut transaction = on!(Store, self, |database| database.begin().await?);
        match run(&mut transaction, scope, plan).await {
            Ok(change) => {
                transaction.commit().await?;
                Ok(change)
            }
            Err(halt) => {
                transaction.give_up().await;
                Err(halt)
            }
        }
    }

    /// After an erasure or a drop, empties SQLite's log, which still holds the pages as they were. When a reader
    /// is in the way it happens at the next checkpoint instead.
    pub(crate) async fn forget(&self) {
        if let Self::Sqlite(database) = self {
            let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&database.writer)
                .await;
            // The erasure itself is recorded already; a log that stays a while is no failure of it.
            drop(emptied);
        }
    }
}

const UNSTORABLE: &str = "its number is too large or its time finer than a microsecond";

/// Columns hold 63-bit numbers and whole microseconds; anything else would come back changed.
fn storable(entry: &Sealed) -> bool {
    let at = entry.link.recorded_at;
    i64::try_from(entry.link.sequence).is_ok() && at.subsec_nanosecond() % 1000 == 0
}

/// Checks that the batch is one run of one chain; returns the chain.
fn in_one_chain(batch: &Batch) -> Result<ChainId, AppendError> {
    let chain = batch.entries.first().ok_or(AppendError::Empty)?.link.chain;
    let mut end = batch.expected;
    for entry in &batch.entries {
        let link = &entry.link;
        let what = if link.journal != batch.journal {
            "it belongs to another journal"
        } else if link.chain != chain {
            "it is of another chain than the first of the batch"
        } else if link.sequence != end.sequence.saturating_add(1) || link.previous != end.digest {
            "it does not continue the entry before it"
        } else if !storable(entry) {
            UNSTORABLE
        } else {
            end = ChainEnd::after(entry);
            continue;
        };
        return Err(AppendError::Misplaced { entry: link.id, what });
    }
    Ok(chain)
}

/// What has to change for the journal that holds `held` to become the union.
fn difference<'a>(union: &Union<'a>, held: &[Held]) -> Result<Change<'a>, UniteError> {
    let mut held: HashMap<(ChainId, u64), &Held> = held.iter().map(|h| ((h.chain, h.sequence), h)).collect();
    let mut change = Change {
        journal: Some(union.journal),
        writer: union.writer,
        attach: union.attachments,
        drop: union.drop_attachments,
        ..Change::to(union.journal.id)
    };
    for entry in union.entries {
        let place = (entry.link.chain, entry.link.sequence);
        let Some(held) = held.remove(&place) else {
            change.insert.push(entry);
            continue;
        };
        if held.digest != entry.digest || held.id != entry.link.id {
            return Err(UniteError::Conflict {
                chain: place.0,
                sequence: place.1,
                held: held.id,
                given: entry.link.id,
            });
        }
        if entry.payload.is_none() && held.payload.is_some() {
            change.erase.push(held.id);
        } else if entry.payload != held.payload || (entry.signature.is_some() && !held.signed) {
            change.restore.push(entry);
        }
    }
    match held.values().map(|h| h.id).min() {
        Some(entry) => Err(UniteError::Stale { entry }),
        None => Ok(change),
    }
}

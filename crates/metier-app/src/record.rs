//! Recording: drafts become signed entries at the end of this device's chain, durably and together.

use jiff::{SignedDuration, Timestamp};
use metier_core::canonical::Digest;
use metier_core::gathering::holds_a_release;
use metier_core::id::EntryId;
use metier_core::journal::{Draft, Entry, Erasure, Fact, LIMITS, Place, Withdrawal, view};
use metier_store::{AppendError, Attachment, Batch, ChainEnd};

use crate::error::AppError;
use crate::home::Metier;

/// How often an append is tried again when another process was faster.
const TRIES: usize = 20;

/// A draft with the id it will have, so that others of the same batch can name it.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// Its id.
    pub id: EntryId,
    /// What is written.
    pub draft: Draft,
}

impl Metier {
    /// A fact of today, by the person, with a fresh id.
    pub fn writing(&self, fact: Fact) -> Writing {
        self.writing_on(self.surroundings.today(), fact)
    }

    /// A fact of a given day, by the person, with a fresh id.
    pub fn writing_on(&self, on: jiff::civil::Date, fact: Fact) -> Writing {
        Writing {
            id: self.surroundings.entry_id(),
            draft: Draft::new(&self.journal.name, on, fact),
        }
    }

    /// Refuses a day that has not come, and says what to do with such a day.
    pub(crate) fn not_to_come(&self, on: jiff::civil::Date, hint: &str) -> Result<(), AppError> {
        if on > self.surroundings.today() {
            return Err(AppError::input(format!("{on} has not come yet")).hint(hint));
        }
        Ok(())
    }

    /// Records drafts: all of them or none. When this returns, they are on disk.
    ///
    /// # Errors
    /// When a draft is not well formed, or the store cannot be written.
    pub async fn record(&self, writings: Vec<Writing>) -> Result<Vec<EntryId>, AppError> {
        self.record_with(writings, Vec::new(), Vec::new(), Vec::new())
            .await
    }

    pub(crate) async fn record_with(
        &self,
        writings: Vec<Writing>,
        attachments: Vec<Attachment>,
        erase: Vec<EntryId>,
        drop_attachments: Vec<Digest>,
    ) -> Result<Vec<EntryId>, AppError> {
        let ids = writings.iter().map(|w| w.id).collect();
        if writings.is_empty() {
            return Ok(ids);
        }
        let mut batch = Batch {
            attachments,
            erase,
            drop_attachments,
            ..Batch::of(self.journal.id, Vec::new(), ChainEnd::START)
        };
        for _ in 0..TRIES {
            batch.expected = self.store.chain_end(self.journal.id, self.writer.chain).await?;
            let now = self.surroundings.now();
            // A microsecond apart, so that reading order is writing order.
            let at = (0_i64..).map(|i| now.checked_add(SignedDuration::from_micros(i)).unwrap_or(now));
            batch.entries = self.seal(at.zip(&writings), batch.expected)?;
            match self.store.append(&batch).await {
                Err(AppendError::Stale { .. }) => {}
                other => return other.map(|()| ids).map_err(AppError::from),
            }
        }
        Err(AppError::new(
            crate::Kind::Machine,
            "another program keeps writing to this journal",
        )
        .hint("Nothing was recorded. Try again."))
    }

    /// Records writings as if each had been recorded at an instant of the past: for examples only.
    pub(crate) async fn record_dated(&self, told: Vec<(Timestamp, Writing)>) -> Result<(), AppError> {
        let expected = self.store.chain_end(self.journal.id, self.writer.chain).await?;
        let entries = self.seal(told.iter().map(|(at, writing)| (*at, writing)), expected)?;
        Ok(self
            .store
            .append(&Batch::of(self.journal.id, entries, expected))
            .await?)
    }

    fn seal<'w>(
        &self,
        writings: impl Iterator<Item = (Timestamp, &'w Writing)>,
        end: ChainEnd,
    ) -> Result<Vec<metier_core::journal::Sealed>, AppError> {
        let (mut sequence, mut previous) = (end.sequence, end.digest);
        let mut entries = Vec::new();
        for (recorded_at, writing) in writings {
            sequence += 1;
            let place = Place {
                id: writing.id,
                journal: self.journal.id,
                chain: self.writer.chain,
                sequence,
                previous,
                recorded_at,
                salt: self.surroundings.salt(),
            };
            let mut sealed = writing.draft.clone().record(&place, &LIMITS)?;
            if let Some(key) = &self.key {
                sealed = sealed.signed(key);
            }
            previous = sealed.digest;
            entries.push(sealed);
        }
        Ok(entries)
    }

    /// Takes an entry back; the entry stays in the journal, and taking this back brings it again.
    ///
    /// # Errors
    /// When there is no such entry, or it holds a round closed of which something was released.
    pub async fn withdraw(&self, entry: EntryId, reason: &str) -> Result<EntryId, AppError> {
        self.withdraw_all(&[entry], reason).await.map(|ids| ids[0])
    }

    /// Takes entries back, all or none.
    pub(crate) async fn withdraw_all(
        &self,
        taken: &[EntryId],
        reason: &str,
    ) -> Result<Vec<EntryId>, AppError> {
        let entries = self.whole().await?.entries;
        if let Some(missing) = taken.iter().find(|t| !entries.iter().any(|e| e.link.id == **t)) {
            return Err(no_entry(*missing));
        }
        for entry in taken {
            may_be_changed(&entries, *entry)?;
        }
        let writings = taken.iter().map(|taken| {
            let mut writing = self.writing(Fact::Withdrawal(Withdrawal {
                reason: reason.into(),
            }));
            writing.draft.corrects = Some(*taken);
            writing
        });
        self.record(writings.collect()).await
    }

    /// Corrects an entry: the new wording stands in its place, the old one stays readable.
    ///
    /// # Errors
    /// When there is no such entry, it holds a round closed of which something was released, or the new wording is
    /// not well formed.
    pub async fn correct(
        &self,
        entry: EntryId,
        on: jiff::civil::Date,
        fact: Fact,
    ) -> Result<EntryId, AppError> {
        let entries = self.whole().await?.entries;
        if !entries.iter().any(|e| e.link.id == entry) {
            return Err(no_entry(entry));
        }
        may_be_changed(&entries, entry)?;
        let mut writing = self.writing_on(on, fact);
        writing.draft.corrects = Some(entry);
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Erases the content of an entry for good, with every other wording of it and the attachments
    /// nothing else names. A tombstone says who, when and why, and the chain still verifies.
    ///
    /// # Errors
    /// When there is no such entry, it is already erased, or it holds a round closed of which something was released.
    pub async fn erase(&self, entry: EntryId, reason: &str) -> Result<(), AppError> {
        let entries = self.whole().await?.entries;
        may_be_changed(&entries, entry)?;
        let roots = metier_core::journal::View::roots(&entries);
        let root = |id: EntryId| roots.get(&id).copied().unwrap_or(id);
        let of_it = |id: EntryId| root(id) == root(entry);
        let erased: Vec<EntryId> = entries
            .iter()
            .filter(|e| of_it(e.link.id) && !matches!(e.payload.fact, Fact::Erasure(_)))
            .map(|e| e.link.id)
            .collect();
        if erased.is_empty() {
            return Err(no_entry(entry).hint("It may have been erased before."));
        }
        let named = |e: &metier_core::journal::Entry| crate::evidence::attachments_of(&e.payload.fact);
        let kept: Vec<Digest> = entries
            .iter()
            .filter(|e| !of_it(e.link.id))
            .flat_map(named)
            .collect();
        let dropped: Vec<Digest> = entries
            .iter()
            .filter(|e| of_it(e.link.id))
            .flat_map(named)
            .filter(|d| !kept.contains(d))
            .collect();
        let tombstones = erased
            .iter()
            .map(|&entry| {
                self.writing(Fact::Erasure(Erasure {
                    entry,
                    reason: reason.into(),
                }))
            })
            .collect();
        self.record_with(tombstones, Vec::new(), erased, dropped)
            .await
            .map(drop)
    }
}

/// The entry a person names: by its whole id, by at least six characters of its end as lists show them,
/// or `last` for the evidence recorded last that still holds.
///
/// # Errors
/// When there is none, or more than one.
pub fn find_entry(entries: &[Entry], word: &str) -> Result<EntryId, AppError> {
    let word = word.trim().trim_start_matches('…').to_lowercase();
    if word == "last" {
        let last = view(entries, Timestamp::MAX)
            .facts
            .into_iter()
            .rfind(|f| matches!(f.fact(), Fact::Evidence(_)));
        return last
            .map(|f| f.root)
            .ok_or_else(|| AppError::not_found("nothing was recorded yet"));
    }
    if let Ok(id) = word.parse::<EntryId>() {
        let there = entries.iter().any(|e| e.link.id == id);
        return if there { Ok(id) } else { Err(no_entry(id)) };
    }
    let ends: Vec<EntryId> = entries
        .iter()
        .map(|e| e.link.id)
        .filter(|id| word.len() >= 6 && id.0.simple().to_string().ends_with(&word))
        .collect();
    match ends.as_slice() {
        [one] => Ok(*one),
        [] => Err(AppError::not_found(format!("no entry goes by `{word}`"))
            .hint("`metier log --list` shows what each goes by; `last` is the latest evidence.")),
        several => Err(
            AppError::input(format!("{} entries end in `{word}`", several.len()))
                .hint("Give more of its id."),
        ),
    }
}

/// Refuses to open a round again of which something was released.
fn may_be_changed(entries: &[Entry], entry: EntryId) -> Result<(), AppError> {
    if holds_a_release(entries, entry) {
        return Err(AppError::input(
            "what peers said was released by this, and a round is released once: it can be neither taken back nor \
             changed nor erased, or a second release could be set against the first",
        )
        .hint("Each answer can be erased by itself. Nothing was recorded."));
    }
    Ok(())
}

pub(crate) fn no_entry(entry: EntryId) -> AppError {
    AppError::not_found(format!("there is no entry {entry}"))
        .hint("`metier log --list` and the page What I did show the entries there are.")
}

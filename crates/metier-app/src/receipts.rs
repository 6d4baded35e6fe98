//! Receipts: what somebody keeps of what they said, so that the journal cannot be rebuilt without it.
//!
//! A receipt names entries and tells none: who, when, the digest of the entry and the head of the journal.
//! Whoever holds one can later ask for the entry of that digest, and sees whether it is still there.

use jiff::Timestamp;
use metier_core::canonical::{Digest, digest_of};
use metier_core::id::EntryId;
use metier_core::journal::Head;
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;

/// What somebody keeps of an entry they gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Whose journal it is in.
    pub journal: String,
    /// The entry.
    pub entry: EntryId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The digest of the entry: what it is found again by.
    pub digest: Digest,
    /// The digest of what was said, with the random bits kept beside it.
    pub said: Digest,
    /// The head of the journal when the receipt was made.
    pub head: Head,
}

impl Metier {
    /// The receipt of an entry.
    ///
    /// # Errors
    /// When there is no such entry.
    pub async fn receipt(&self, entry: EntryId) -> Result<Receipt, AppError> {
        let entries = self.whole().await?.entries;
        let found = entries
            .iter()
            .find(|e| e.link.id == entry)
            .ok_or_else(|| crate::record::no_entry(entry))?;
        Ok(Receipt {
            journal: self.name().to_owned(),
            entry,
            recorded_at: found.link.recorded_at,
            digest: digest_of(&found.link)?,
            said: found.link.payload,
            head: self.head().await?,
        })
    }
}

impl Receipt {
    /// As a file of text to keep.
    pub fn text(&self, what: &str) -> String {
        let lines = [
            format!("Metier receipt: {what}"),
            String::new(),
            format!("journal of        {}", self.journal),
            format!("recorded          {:.0}", self.recorded_at),
            format!("entry             {}", self.entry),
            format!("digest of entry   {}", self.digest),
            format!("digest of answer  {}", self.said),
            format!("head of journal   {}", self.head),
            String::new(),
            "Keep this. If it is ever asked what was said and when, the entry with this digest".to_owned(),
            "must be in the journal: nobody can change it and keep its digest.".to_owned(),
        ];
        lines.join("\n") + "\n"
    }
}

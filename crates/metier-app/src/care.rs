//! Taking care of the journal: export, import, verify, backup.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use metier_core::canonical::Digest;
use metier_core::journal::{Head, Sealed, head, hex, merge, verify};
use metier_exchange::journal_file::{self, FILE_LIMITS, Header, JournalFile};
use metier_store::{Attachment, Journal, Store, SubjectKind, Union};
use serde::Serialize;

use crate::error::{AppError, Kind};
use crate::evidence::attachments_of;
use crate::home::{Metier, STORE_FILE, new_writer};
use crate::surroundings::Surroundings;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Whose journal.
    pub subject: String,
    /// Entries in the file.
    pub entries: usize,
    /// Entries that were new here.
    pub added: usize,
    /// The head afterwards.
    pub head: Head,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Entries looked at.
    pub entries: usize,
    /// Attachments looked at.
    pub attachments: usize,
    /// The head.
    pub head: Head,
    /// Everything found wrong, a sentence each; empty: all is well.
    pub troubles: Vec<String>,
}

impl Metier {
    /// The head of the journal: names its exact state.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn head(&self) -> Result<Head, AppError> {
        let ends = self.store.chain_ends(self.journal.id).await?;
        Ok(Head::of_chains(
            ends.into_iter().map(|(chain, end)| (chain, end.digest)),
        )?)
    }

    /// Writes everything into one file. The file appears only when it is whole.
    ///
    /// # Errors
    /// When the file exists already or cannot be written.
    pub async fn export(&self, path: &Path) -> Result<Header, AppError> {
        if path.exists() {
            return Err(AppError::input(format!("{} exists already", path.display()))
                .hint("Give another name; nothing is overwritten."));
        }
        let failed = |e: &dyn std::fmt::Display| {
            AppError::new(
                Kind::Machine,
                format!("{} cannot be written: {e}", path.display()),
            )
        };
        let unfinished = path.with_extension("unfinished");
        let file = File::create(&unfinished).map_err(|e| failed(&e))?;
        let mut out = BufWriter::new(file);
        let header = self.export_to(&mut out).await;
        let finished = match header {
            Ok(header) => out
                .flush()
                .and_then(|()| out.get_ref().sync_all())
                .and_then(|()| std::fs::rename(&unfinished, path))
                .map(|()| header)
                .map_err(|e| failed(&e)),
            Err(error) => Err(error),
        };
        if finished.is_err() {
            // What is left of a failed export is of no use to anyone.
            let _ = std::fs::remove_file(&unfinished);
        }
        finished
    }

    /// Writes everything into a writer that can seek.
    ///
    /// # Errors
    /// When the store cannot be read or the writer fails.
    pub async fn export_to(&self, out: &mut (impl Write + std::io::Seek)) -> Result<Header, AppError> {
        let entries = self.store.sealed(self.journal.id).await?;
        let mut attachments = Vec::new();
        for digest in named_attachments(&entries) {
            if let Some(bytes) = self.store.attachment(digest).await? {
                attachments.push((digest, bytes));
            }
        }
        let header = Header {
            metier_journal: journal_file::FORMAT,
            subject: self.journal.name.clone(),
            journal: self.journal.id,
            head: head(&entries)?,
            written_at: self.surroundings.now(),
            entries: entries.len() as u64,
        };
        journal_file::write(out, &header, &entries, attachments)
            .map_err(|e| AppError::new(Kind::Machine, format!("the export cannot be written: {e}")))?;
        Ok(header)
    }

    /// Unites this journal with a copy of it. All of the file is taken, or nothing.
    ///
    /// # Errors
    /// When the file is damaged, of another journal, or contradicts what is here.
    pub async fn import(&self, file: JournalFile) -> Result<Imported, AppError> {
        if file.header.journal != self.journal.id {
            return Err(AppError::input(format!(
                "the file holds the journal of {}, which is another than the one here ({})",
                file.header.subject, self.journal.name
            ))
            .hint("Import it into a home of its own: --home DIR. Nothing was changed."));
        }
        let ours = self.store.sealed(self.journal.id).await?;
        let union = merge(&ours, &file.entries)?;
        unite(&self.store, &self.journal, None, file, &union.entries).await
    }

    /// Reads a journal file.
    ///
    /// # Errors
    /// With line and reason when the file is damaged.
    pub fn read_file(path: &Path, now: jiff::Timestamp) -> Result<JournalFile, AppError> {
        let named = path.display();
        let file = File::open(path).map_err(|e| AppError::input(format!("{named} cannot be opened: {e}")))?;
        journal_file::read(std::io::BufReader::new(file), &FILE_LIMITS, Some(now))
            .map_err(|e| AppError::input(format!("{named}: {e}")).hint("Nothing was changed."))
    }

    /// Reads a journal file that was sent, by the name it was sent under.
    ///
    /// # Errors
    /// With line and reason when the file is damaged.
    pub fn read_upload(name: &str, bytes: &[u8], now: jiff::Timestamp) -> Result<JournalFile, AppError> {
        journal_file::read(std::io::Cursor::new(bytes), &FILE_LIMITS, Some(now))
            .map_err(|e| AppError::input(format!("{name}: {e}")).hint("Nothing was changed."))
    }

    /// The fingerprint of the key that signs what is written here: the beginning of the digest of its
    /// public half, in groups of four. `None` when nothing is signed here.
    pub fn key_fingerprint(&self) -> Option<String> {
        const GROUPS: usize = 8;
        let public = self.key.as_ref()?.verifying_key();
        let digest = hex(Digest::of(public.as_bytes()).as_bytes());
        let groups: Vec<&str> = (0..GROUPS).filter_map(|i| digest.get(4 * i..4 * i + 4)).collect();
        Some(groups.join(" "))
    }

    /// Starts a home from a journal file: the same journal, with a chain of its own for this device.
    ///
    /// # Errors
    /// When the home holds a journal already, or cannot be written.
    pub async fn start_from(
        home: &Path,
        surroundings: Surroundings,
        file: JournalFile,
    ) -> Result<Imported, AppError> {
        std::fs::create_dir_all(home).map_err(|e| {
            AppError::new(
                Kind::Machine,
                format!("the folder {} cannot be made: {e}", home.display()),
            )
        })?;
        let store = Store::open_sqlite(&home.join(STORE_FILE)).await?;
        let journal = Journal {
            id: file.header.journal,
            kind: SubjectKind::Person,
            name: file.header.subject.clone(),
            created_at: surroundings.now(),
        };
        let writer = new_writer(&surroundings, &file.header.subject);
        let entries = file.entries.clone();
        let imported = unite(&store, &journal, Some(&writer), file, &entries).await;
        store.close().await;
        imported
    }

    /// Looks at every entry, chain, signature and attachment.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub async fn verify(&self) -> Result<Verified, AppError> {
        let entries = self.store.sealed(self.journal.id).await?;
        let mut troubles: Vec<String> = verify(&entries).iter().map(ToString::to_string).collect();
        let kept: HashSet<Digest> = self.store.attachment_digests().await?.into_iter().collect();
        for damaged in self.store.damaged_attachments().await? {
            troubles.push(damaged.to_string());
        }
        for digest in named_attachments(&entries) {
            if !kept.contains(&digest) {
                troubles.push(format!("attachment {digest} is named by an entry and missing"));
            }
        }
        troubles.extend(self.store.broken_pages().await?);
        Ok(Verified {
            entries: entries.len(),
            attachments: kept.len(),
            head: head(&entries)?,
            troubles,
        })
    }

    /// Copies the whole store, key included, into one file while it is in use.
    ///
    /// # Errors
    /// When the file exists already or cannot be written.
    pub async fn backup(&self, path: &Path) -> Result<(), AppError> {
        if path.exists() {
            return Err(AppError::input(format!("{} exists already", path.display()))
                .hint("Give another name; nothing is overwritten."));
        }
        Ok(self.store.backup(path).await?)
    }
}

async fn unite(
    store: &Store,
    journal: &Journal,
    writer: Option<&metier_store::Writer>,
    file: JournalFile,
    entries: &[Sealed],
) -> Result<Imported, AppError> {
    let attachments: Vec<Attachment> = file
        .attachments
        .into_iter()
        .map(|(_, bytes)| Attachment::of(bytes))
        .collect();
    let wanted: HashSet<Digest> = named_attachments(entries).into_iter().collect();
    let dropped: Vec<Digest> = store
        .attachment_digests()
        .await?
        .into_iter()
        .filter(|d| !wanted.contains(d))
        .collect();
    let attachments: Vec<Attachment> = attachments
        .into_iter()
        .filter(|a| wanted.contains(&a.digest()))
        .collect();
    let union = Union {
        journal,
        writer,
        entries,
        attachments: &attachments,
        drop_attachments: &dropped,
    };
    let united = store.unite(&union).await?;
    Ok(Imported {
        subject: file.header.subject,
        entries: file.entries.len(),
        added: united.added,
        head: head(entries)?,
    })
}

/// The attachments that readable entries name, each once, in order.
fn named_attachments(entries: &[Sealed]) -> Vec<Digest> {
    let mut seen = HashSet::new();
    entries
        .iter()
        .filter(|e| e.payload.as_deref().is_some_and(|p| p.contains("\"attachment\"")))
        .filter_map(|e| e.open().ok().flatten())
        .flat_map(|e| attachments_of(&e.payload.fact))
        .filter(|digest| seen.insert(*digest))
        .collect()
}

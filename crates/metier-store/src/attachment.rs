//! Attachments: files kept with the journal, named by their digest, in the same database.

use metier_core::canonical::Digest;

use crate::error::StoreError;
use crate::row::{Columns, count, digest};
use crate::{Store, on};

/// Bytes of one row: large files are read and written in pieces of this size.
pub(crate) const CHUNK: usize = 256 << 10;

/// A file that goes with an entry, under the digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    digest: Digest,
    bytes: Vec<u8>,
}

impl Attachment {
    /// The attachment these bytes are.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self {
            digest: Digest::of(&bytes),
            bytes,
        }
    }

    /// What it is named by.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Its content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// An attachment whose bytes are not what its digest says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("attachment {digest}: its bytes were changed or lost ({found} of {size} bytes are there)")]
pub struct DamagedAttachment {
    /// Which attachment.
    pub digest: Digest,
    /// Bytes it should have.
    pub size: u64,
    /// Bytes it has.
    pub found: u64,
}

impl Store {
    /// The bytes of an attachment; `None` when it is not here. They are not checked against the digest
    /// ([`Store::damaged_attachments`] does).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attachment(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        // An empty file has a name and no chunk.
        const NAME: &str = "SELECT size FROM attachments WHERE digest = $1";
        const CHUNKS: &str = "SELECT bytes FROM attachment_chunks WHERE digest = $1 ORDER BY n";
        let digest = digest.as_bytes().as_slice();
        on!(Store, self, |database| {
            let named = sqlx::query(NAME).bind(digest);
            if named.fetch_optional(database.reader()).await?.is_none() {
                return Ok(None);
            }
            let chunks = sqlx::query(CHUNKS).bind(digest).fetch_all(database.reader());
            Ok(Some(put_together(&chunks.await?)?))
        })
    }

    /// The digests of all attachments, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attachment_digests(&self) -> Result<Vec<Digest>, StoreError> {
        Ok(self
            .sizes()
            .await?
            .into_iter()
            .map(|(digest, _)| digest)
            .collect())
    }

    /// Reads and hashes every attachment, one at a time; returns those that are not whole.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn damaged_attachments(&self) -> Result<Vec<DamagedAttachment>, StoreError> {
        let mut damaged = Vec::new();
        for (digest, size) in self.sizes().await? {
            let bytes = self.attachment(digest).await?.unwrap_or_default();
            let found = bytes.len() as u64;
            if Digest::of(&bytes) != digest || found != size {
                damaged.push(DamagedAttachment { digest, size, found });
            }
        }
        Ok(damaged)
    }

    async fn sizes(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        const SQL: &str = "SELECT digest, size FROM attachments ORDER BY digest";
        on!(Store, self, |database| {
            let rows = sqlx::query(SQL).fetch_all(database.reader()).await?;
            rows.iter()
                .map(|row| Ok((digest(row, 0)?, count(row, 1)?)))
                .collect()
        })
    }
}

/// The bytes of chunks read in order.
pub(crate) fn put_together(chunks: &[impl Columns]) -> Result<Vec<u8>, sqlx::Error> {
    let mut bytes = Vec::new();
    for chunk in chunks {
        bytes.extend_from_slice(chunk.bytes(0)?.unwrap_or_default());
    }
    Ok(bytes)
}

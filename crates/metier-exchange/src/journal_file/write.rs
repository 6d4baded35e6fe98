//! Writing a journal file.

use std::io::{Seek, Write};

use metier_core::canonical::{CanonicalError, Digest, canonical_json};
use metier_core::id::{ChainId, EntryId};
use metier_core::journal::{Sealed, hex};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{ATTACHMENTS, Header, LINES};

/// Why a journal file could not be written. What was written so far is not a journal file.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The bytes could not be written.
    #[error("the journal file could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The archive could not be written.
    #[error("the journal file could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// An entry has no canonical form.
    #[error("an entry cannot be written: {0}")]
    Canonical(#[from] CanonicalError),
    /// The entries do not come in chain order.
    #[error("entry {0} does not come in chain order; sort by chain and sequence")]
    EntryOrder(EntryId),
    /// The attachments do not come in the order of their digests, or one comes twice.
    #[error("attachment {0} does not come in the order of digests, each once")]
    AttachmentOrder(Digest),
    /// The bytes of an attachment are not those of its digest.
    #[error("the bytes of attachment {0} are not those it was recorded with")]
    Attachment(Digest),
    /// The header promises another number of entries.
    #[error("the header says {promised} entries, and {written} were given")]
    Entries {
        /// What the header says.
        promised: u64,
        /// What was given.
        written: u64,
    },
}

/// Writes a journal file: `entries` in chain order (by chain, then sequence), `attachments` in the
/// order of their digests. The same input gives the same bytes.
///
/// # Errors
/// When writing fails, or the input is not in the order and number promised; the output is then to
/// be thrown away.
pub fn write<'a, W: Write + Seek, B: AsRef<[u8]>>(
    to: W,
    header: &Header,
    entries: impl IntoIterator<Item = &'a Sealed>,
    attachments: impl IntoIterator<Item = (Digest, B)>,
) -> Result<W, WriteError> {
    // A fixed time: the file says in its header when it was written.
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    let mut zip = ZipWriter::new(to);

    zip.start_file(LINES, options.compression_method(CompressionMethod::Deflated))?;
    line(&mut zip, header)?;
    let (mut written, mut last): (u64, Option<(ChainId, u64)>) = (0, None);
    for entry in entries {
        let place = (entry.link.chain, entry.link.sequence);
        if last.is_some_and(|last| last >= place) {
            return Err(WriteError::EntryOrder(entry.link.id));
        }
        last = Some(place);
        line(&mut zip, entry)?;
        written += 1;
    }
    if written != header.entries {
        return Err(WriteError::Entries {
            promised: header.entries,
            written,
        });
    }

    let mut last = None;
    for (digest, bytes) in attachments {
        if last.is_some_and(|last| last >= digest) {
            return Err(WriteError::AttachmentOrder(digest));
        }
        if Digest::of(bytes.as_ref()) != digest {
            return Err(WriteError::Attachment(digest));
        }
        last = Some(digest);
        let name = format!("{ATTACHMENTS}{}", hex(digest.as_bytes()));
        // Most attachments are pictures and documents, which are compressed already.
        zip.start_file(name, options.compression_method(CompressionMethod::Stored))?;
        zip.write_all(bytes.as_ref())?;
    }
    Ok(zip.finish()?)
}

fn line(to: &mut impl Write, value: &impl serde::Serialize) -> Result<(), WriteError> {
    let mut line = canonical_json(value)?;
    line.push(b'\n');
    Ok(to.write_all(&line)?)
}

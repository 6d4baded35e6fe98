//! The attachments of a journal file: named by their digests, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use metier_core::canonical::Digest;
use metier_core::evidence::Artefact;
use metier_core::journal::{Entry, Fact};
use zip::ZipArchive;

use super::{ATTACHMENTS, FileLimits, JournalFileError, LINES};

/// The digests an entry names.
pub(super) fn named_by(entry: &Entry) -> impl Iterator<Item = Digest> {
    let artefacts = match &entry.payload.fact {
        Fact::Evidence(evidence) => evidence.artefacts.as_slice(),
        _ => &[],
    };
    artefacts.iter().filter_map(|artefact| match artefact {
        Artefact::Attachment { digest, .. } => Some(*digest),
        Artefact::Link { .. } => None,
    })
}

/// Where the attachments are in the archive, by digest; refuses every name that has no business in a
/// journal file.
pub(super) fn places<R: Read + Seek>(
    zip: &ZipArchive<R>,
) -> Result<BTreeMap<Digest, usize>, JournalFileError> {
    let mut places = BTreeMap::new();
    for index in 0..zip.len() {
        let Some(Ok(name)) = zip.name_for_index(index) else {
            return Err(JournalFileError::damaged(
                "a file in the archive has no readable name",
            ));
        };
        if name == LINES || name == ATTACHMENTS {
            continue;
        }
        let digest = name
            .strip_prefix(ATTACHMENTS)
            .and_then(|hex| format!("sha256:{hex}").parse::<Digest>().ok());
        match digest {
            Some(digest) => {
                places.insert(digest, index);
            }
            None => {
                return Err(JournalFileError::damaged(format!(
                    "`{}` has no place in a journal file",
                    crate::problem::shown(&name)
                )));
            }
        }
    }
    Ok(places)
}

/// Reads the wanted attachments and checks each against its digest.
pub(super) fn read<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    wanted: &BTreeSet<Digest>,
    limits: &FileLimits,
) -> Result<Vec<(Digest, Vec<u8>)>, JournalFileError> {
    let places = places(zip)?;
    let mut attachments = Vec::new();
    let mut left = limits.attachments;
    for digest in wanted {
        let Some(&index) = places.get(digest) else {
            return Err(JournalFileError::damaged(format!(
                "attachment {digest} is named by an entry and not in the file"
            )));
        };
        let mut bytes = Vec::new();
        let file = zip
            .by_index(index)
            .map_err(|e| JournalFileError::damaged(format!("attachment {digest} cannot be read: {e}")))?;
        let limit = limits.attachment.min(left);
        // The size an archive declares may be a lie, so what is unpacked is counted.
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|e| JournalFileError::damaged(format!("attachment {digest} cannot be read: {e}")))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(JournalFileError::too_large(format!(
                "attachment {digest} has more than {limit} bytes (at most {} each, {} together)",
                limits.attachment, limits.attachments
            )));
        }
        left -= size;
        if Digest::of(&bytes) != *digest {
            return Err(JournalFileError::damaged(format!(
                "attachment {digest} is not what it was when it was attached"
            )));
        }
        attachments.push((*digest, bytes));
    }
    Ok(attachments)
}

//! The index as one file: compact, quick to open, and rebuilt from the catalogue at will.
//!
//! Ten bytes say what the file is, four which version of the layout, four are the CRC-32 of what follows;
//! so a file of another kind, of another program, or one that was cut or changed by accident is told apart
//! from a good one. Nobody else writes it: against intent it needs no guard, and reading stays within
//! bounds whatever the bytes.

use super::Concepts;
use super::search::NameIndex;

/// What every file begins with.
const MAGIC: &[u8; 10] = b"METIER-CON";
/// The version of the layout this program writes, and the only one it reads: another file is rebuilt.
const VERSION: u32 = 1;
/// Largest file read, in bytes; the whole of ESCO and O*NET comes to a twentieth.
const FILE_MAX: usize = 256 << 20;

/// Why a file of concepts was not read, or not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConceptFileError {
    /// The bytes are something else.
    #[error("this is no file of concepts (run `metier catalog import` with a publication to build one)")]
    NotConcepts,
    /// Another version of the program wrote it.
    #[error(
        "the file of concepts has layout {found}, this program reads {VERSION} (run `metier catalog import` again to \
         rebuild it)"
    )]
    OtherVersion {
        /// The layout found.
        found: u32,
    },
    /// It was cut or changed.
    #[error("the file of concepts is damaged: {why} (run `metier catalog import` again to rebuild it)")]
    Damaged {
        /// What is wrong.
        why: String,
    },
    /// It could not be written.
    #[error("the concepts could not be written: {why}")]
    Unwritable {
        /// What is wrong.
        why: String,
    },
}

/// The bytes of a file.
pub(super) fn to_bytes(concepts: &Concepts, names: &NameIndex) -> Result<Vec<u8>, ConceptFileError> {
    let content =
        postcard::to_allocvec(&(concepts, names)).map_err(|error| ConceptFileError::Unwritable {
            why: error.to_string(),
        })?;
    let mut bytes = Vec::with_capacity(content.len() + 18);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&content).to_le_bytes());
    bytes.extend_from_slice(&content);
    Ok(bytes)
}

/// What the bytes of a file say.
pub(super) fn from_bytes(bytes: &[u8]) -> Result<(Concepts, NameIndex), ConceptFileError> {
    let damaged = |why: &str| ConceptFileError::Damaged { why: why.to_owned() };
    let rest = bytes.strip_prefix(MAGIC).ok_or(ConceptFileError::NotConcepts)?;
    let (version, rest) = rest
        .split_first_chunk::<4>()
        .ok_or_else(|| damaged("it is cut short"))?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(ConceptFileError::OtherVersion { found });
    }
    let (sum, content) = rest
        .split_first_chunk::<4>()
        .ok_or_else(|| damaged("it is cut short"))?;
    if content.len() > FILE_MAX {
        return Err(damaged("it is larger than any index"));
    }
    if crc32fast::hash(content) != u32::from_le_bytes(*sum) {
        return Err(damaged("its content is not what was written"));
    }
    match postcard::take_from_bytes::<(Concepts, NameIndex)>(content) {
        Ok((read, [])) => Ok(read),
        Ok(_) => Err(damaged("something follows its content")),
        Err(error) => Err(damaged(&error.to_string())),
    }
}

//! Which publication of occupations a file is, told from what is in it.

use std::io::{Read, Seek, SeekFrom};

use crate::esco;
use crate::packed::PackedError;
use crate::problem::shown;

/// Bytes at the beginning that are looked at.
const LOOKED_AT: u64 = 64 << 10;

/// A publication that can be read into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// A release of the O*NET database ([`crate::onet`]).
    Onet,
    /// A release of ESCO ([`crate::esco`]).
    Esco,
    /// The crosswalk between the two ([`crate::esco::read_crosswalk`]).
    Crosswalk,
}

/// Why it could not be told.
#[derive(Debug, thiserror::Error)]
pub enum PublicationError {
    /// It could not be read.
    #[error("it cannot be read: {why}")]
    Unreadable {
        /// What went wrong.
        why: String,
    },
    /// It is something else.
    #[error(
        "this is no publication of occupations that is known here (give the O*NET database in text form as its zip, \
         the ESCO classification as CSV in its zip, or the ESCO-O*NET crosswalk as CSV)"
    )]
    Unknown,
}

/// What the file is; it is left at its beginning.
///
/// # Errors
/// When it cannot be read, is a damaged archive, or something else.
pub fn publication(file: &mut (impl Read + Seek)) -> Result<Publication, PublicationError> {
    let unreadable = |error: std::io::Error| PublicationError::Unreadable {
        why: shown(&error.to_string()),
    };
    let mut beginning = Vec::new();
    file.rewind().map_err(unreadable)?;
    file.by_ref()
        .take(LOOKED_AT)
        .read_to_end(&mut beginning)
        .map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if beginning.starts_with(b"PK") {
        let found = esco::is_esco(&mut *file).map_err(|error| PublicationError::Unreadable {
            why: match error {
                PackedError::NotAZip { why } => format!("it is not a whole zip archive: {why}"),
                PackedError::TooLarge { what, bytes, limit } => {
                    format!("{what} would unpack to {bytes} bytes; at most {limit} are read")
                }
                PackedError::Unpacking { file, why } => format!("{file} could not be unpacked: {why}"),
                PackedError::Twice { table, first, second } => {
                    format!("it holds {table} twice: {first} and {second} (keep one release in one language)")
                }
            },
        });
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        return Ok(if found? {
            Publication::Esco
        } else {
            Publication::Onet
        });
    }
    if esco::is_crosswalk(&String::from_utf8_lossy(&beginning)) {
        return Ok(Publication::Crosswalk);
    }
    Err(PublicationError::Unknown)
}

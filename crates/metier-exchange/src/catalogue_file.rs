//! The catalogue as one file: compact, quick to read, and rebuilt from the release at will.
//!
//! Ten bytes say what the file is, four which version of the layout, thirty-two are the SHA-256 of what
//! follows; so a file of another kind, of a newer program, or with one byte changed is told apart from
//! a good one.

use metier_core::canonical::Digest;
use metier_core::catalogue::Catalogue;

/// What every catalogue file begins with.
const MAGIC: &[u8; 10] = b"METIER-CAT";
/// The version of the layout this program writes, and the only one it reads: an older file is rebuilt.
const VERSION: u32 = 1;
/// Largest file read, in bytes; the newest release comes to about a fiftieth of it.
const FILE_MAX: usize = 512 << 20;

/// Why a catalogue file was not read, or not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFileError {
    /// The bytes are something else.
    #[error(
        "this is not a catalogue file (run `metier catalog import` with the downloaded release to build one)"
    )]
    NotACatalogue,
    /// Another version of the program wrote it.
    #[error(
        "the catalogue file has layout {found}, this program reads {VERSION} (run `metier catalog import` again to rebuild it)"
    )]
    OtherVersion {
        /// The layout found.
        found: u32,
    },
    /// It was cut or changed.
    #[error("the catalogue file is damaged: {why} (run `metier catalog import` again to rebuild it)")]
    Damaged {
        /// What is wrong.
        why: String,
    },
    /// It could not be written.
    #[error("the catalogue could not be written: {why}")]
    Unwritable {
        /// What is wrong.
        why: String,
    },
}

/// The catalogue as the bytes of a file.
///
/// # Errors
/// When it has no binary form; a catalogue that was read always has one.
pub fn to_bytes(catalogue: &Catalogue) -> Result<Vec<u8>, CatalogueFileError> {
    let content = postcard::to_allocvec(catalogue).map_err(|error| CatalogueFileError::Unwritable {
        why: error.to_string(),
    })?;
    let mut bytes = Vec::with_capacity(content.len() + 46);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(Digest::of(&content).as_bytes());
    bytes.extend_from_slice(&content);
    Ok(bytes)
}

/// The catalogue from the bytes of a file.
///
/// # Errors
/// When the bytes are something else, of another layout, cut or changed.
pub fn from_bytes(bytes: &[u8]) -> Result<Catalogue, CatalogueFileError> {
    let damaged = |why: &str| CatalogueFileError::Damaged { why: why.to_owned() };
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or(CatalogueFileError::NotACatalogue)?;
    let (version, rest) = rest
        .split_first_chunk::<4>()
        .ok_or_else(|| damaged("it is cut short"))?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(CatalogueFileError::OtherVersion { found });
    }
    let (digest, content) = rest
        .split_first_chunk::<32>()
        .ok_or_else(|| damaged("it is cut short"))?;
    if content.len() > FILE_MAX {
        return Err(damaged("it is larger than any catalogue"));
    }
    if Digest::of(content).as_bytes() != digest {
        return Err(damaged("its content is not what was written"));
    }
    postcard::from_bytes(content).map_err(|error| damaged(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use metier_core::catalogue::Occupation;

    fn small() -> Catalogue {
        let mut catalogue = Catalogue::default();
        catalogue.source = "Example release".into();
        catalogue.occupations = vec![Occupation {
            code: "51-3011.00".into(),
            title: "Bakers".into(),
            ..Occupation::default()
        }];
        catalogue
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = to_bytes(&small()).unwrap();
        let read = from_bytes(&bytes).unwrap();
        assert_eq!(read.source, "Example release");
        assert_eq!(read.occupations, small().occupations);
        assert_eq!(to_bytes(&read).unwrap(), bytes);
    }

    #[test]
    fn any_changed_byte_and_any_cut_is_noticed() {
        let bytes = to_bytes(&small()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(from_bytes(&changed).is_err(), "byte {at}");
            assert!(from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_file_of_another_kind_or_layout_is_named_as_such() {
        assert_eq!(
            from_bytes(b"PK..").unwrap_err(),
            CatalogueFileError::NotACatalogue
        );
        let mut newer = to_bytes(&small()).unwrap();
        newer[10] = 9;
        assert_eq!(
            from_bytes(&newer).unwrap_err(),
            CatalogueFileError::OtherVersion { found: 9 }
        );
    }
}

//! The catalogue as one file: compact, quick to read, and rebuilt from the release at will.
//!
//! Ten bytes say what the file is, four which version of the layout, one how many parts follow:  one for each
//! publication: a byte says which, eight how long, thirty-two are the SHA-256 of what follows. So a file of
//! another kind, of a newer program, or with one byte changed is told apart from a good one. Layout 1 had
//! one part, O*NET's, and is still read.

use metier_core::canonical::Digest;
use metier_core::catalogue::{Catalogue, Esco, OccupationLinks};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What every catalogue file begins with.
const MAGIC: &[u8; 10] = b"METIER-CAT";
/// The version of the layout this program writes.
const VERSION: u32 = 2;
/// The version that held O*NET and nothing else.
const ONET_ALONE: u32 = 1;
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
        "the catalogue file has layout {found}, this program reads up to {VERSION} (run `metier catalog import` again to rebuild it)"
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
    let mut bytes = Vec::new();
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    let parts = [
        !catalogue.occupations.is_empty(),
        catalogue.esco.is_some(),
        catalogue.links.is_some(),
    ];
    bytes.push(parts.into_iter().map(u8::from).sum());
    if !catalogue.occupations.is_empty() {
        add(&mut bytes, Part::Onet, catalogue)?;
    }
    if let Some(esco) = &catalogue.esco {
        add(&mut bytes, Part::Esco, esco)?;
    }
    if let Some(links) = &catalogue.links {
        add(&mut bytes, Part::Links, links)?;
    }
    Ok(bytes)
}

/// The parts of a file, as the byte before each says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Part {
    Onet = 1,
    Esco = 2,
    Links = 3,
}

fn add(bytes: &mut Vec<u8>, part: Part, value: &impl Serialize) -> Result<(), CatalogueFileError> {
    let content = postcard::to_allocvec(value).map_err(|error| CatalogueFileError::Unwritable {
        why: error.to_string(),
    })?;
    bytes.push(part as u8);
    bytes.extend_from_slice(&(content.len() as u64).to_le_bytes());
    bytes.extend_from_slice(Digest::of(&content).as_bytes());
    bytes.extend_from_slice(&content);
    Ok(())
}

/// The catalogue from the bytes of a file.
///
/// # Errors
/// When the bytes are something else, of another layout, cut or changed.
pub fn from_bytes(bytes: &[u8]) -> Result<Catalogue, CatalogueFileError> {
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or(CatalogueFileError::NotACatalogue)?;
    let (version, mut rest) = rest
        .split_first_chunk::<4>()
        .ok_or_else(|| damaged("it is cut short"))?;
    if rest.len() > FILE_MAX {
        return Err(damaged("it is larger than any catalogue"));
    }
    match u32::from_le_bytes(*version) {
        VERSION => {}
        ONET_ALONE => return decoded(checked(rest)?),
        found => return Err(CatalogueFileError::OtherVersion { found }),
    }
    let (mut onet, mut esco, mut links) = (None::<Catalogue>, None::<Esco>, None::<OccupationLinks>);
    let (parts, behind) = rest.split_first().ok_or_else(|| damaged("it is cut short"))?;
    rest = behind;
    for _ in 0..*parts {
        let (part, behind) = rest.split_first().ok_or_else(|| damaged("it is cut short"))?;
        let (length, behind) = behind
            .split_first_chunk::<8>()
            .ok_or_else(|| damaged("it is cut short"))?;
        let end = usize::try_from(u64::from_le_bytes(*length))
            .ok()
            .and_then(|length| length.checked_add(32))
            .filter(|end| *end <= behind.len())
            .ok_or_else(|| damaged("it is cut short"))?;
        let content = checked(&behind[..end])?;
        match *part {
            p if p == Part::Onet as u8 && onet.is_none() => onet = Some(decoded(content)?),
            p if p == Part::Esco as u8 && esco.is_none() => esco = Some(decoded(content)?),
            p if p == Part::Links as u8 && links.is_none() => links = Some(decoded(content)?),
            _ => return Err(damaged("it holds a part that no catalogue has")),
        }
        rest = &behind[end..];
    }
    if !rest.is_empty() {
        return Err(damaged("something follows its parts"));
    }
    let mut catalogue = onet.unwrap_or_default();
    (catalogue.esco, catalogue.links) = (esco, links);
    Ok(catalogue)
}

fn damaged(why: &str) -> CatalogueFileError {
    CatalogueFileError::Damaged { why: why.to_owned() }
}

/// The content behind its digest.
fn checked(bytes: &[u8]) -> Result<&[u8], CatalogueFileError> {
    let (digest, content) = bytes
        .split_first_chunk::<32>()
        .ok_or_else(|| damaged("it is cut short"))?;
    if Digest::of(content).as_bytes() != digest {
        return Err(damaged("its content is not what was written"));
    }
    Ok(content)
}

/// The value that a whole content says.
fn decoded<T: DeserializeOwned>(content: &[u8]) -> Result<T, CatalogueFileError> {
    match postcard::take_from_bytes(content) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(damaged("something follows its content")),
        Err(error) => Err(damaged(&error.to_string())),
    }
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

    fn both() -> Catalogue {
        use metier_core::catalogue::{EscoOccupation, Match, OccupationLink};
        small()
            .with_esco(Esco {
                source: "ESCO 9.9.9".into(),
                occupations: vec![EscoOccupation {
                    code: "7512.1".into(),
                    title: "baker".into(),
                    ..EscoOccupation::default()
                }],
                ..Esco::default()
            })
            .with_links(OccupationLinks {
                links: vec![OccupationLink {
                    onet: "51-3011.00".into(),
                    esco: "http://example.org/esco/occupation/1".into(),
                    closeness: Match::Exact,
                }],
                ..OccupationLinks::default()
            })
    }

    #[test]
    fn both_classifications_and_their_links_are_kept() {
        let bytes = to_bytes(&both()).unwrap();
        let read = from_bytes(&bytes).unwrap();
        assert_eq!((&read.esco, &read.links), (&both().esco, &both().links));
        assert_eq!(read.occupations, both().occupations);
        assert_eq!(to_bytes(&read).unwrap(), bytes);
        let empty = from_bytes(&to_bytes(&Catalogue::default()).unwrap()).unwrap();
        assert!(empty.is_empty() && empty.esco.is_none());
    }

    #[test]
    fn a_file_of_the_first_layout_is_still_read() {
        let content = postcard::to_allocvec(&small()).unwrap();
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&1_u32.to_le_bytes());
        bytes.extend_from_slice(Digest::of(&content).as_bytes());
        bytes.extend_from_slice(&content);
        assert_eq!(from_bytes(&bytes).unwrap().occupations, small().occupations);
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
        let bytes = to_bytes(&both()).unwrap();
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
